/** `run`: runs a program and shows what it writes. It leaves with the program's own exit code. */
import { exitOutput } from "../failure.ts";
import { readSubject } from "../subject.ts";
import type { World } from "../session.ts";
import { type Command, CommandError, type Context } from "./command.ts";
import { reportErrors } from "./escape.ts";

export const run: Command = {
  verb: "run",
  group: "run",
  summary: "run a program in the laboratory",
  syntax: "run [file… | package] [argument…]",
  flags: [],
  maxArgs: 10_000,
  examples: [
    { line: "run main.go", says: "a program; its memory stays as at exit" },
    { line: "run ./cmd/app", says: "a package of a module, with what it imports" },
    { line: "GOGC=50 run", says: "the last program again with another setting" },
  ],
  goEquivalent: "go run main.go",
  goSource: "runtime/proc.go (main)",
  run(context, call) {
    const files = programOf(call.args);
    const subject = files.length > 0 ? readSubject(context, files) : context.session.subject;
    if (!subject) throw call.args.length > 0 ? new CommandError(`run: ${call.args[0]} is neither a Go file nor a package`, "run main.go, or run ./folder") : new CommandError("run: there is no Go yet", "run main.go");
    runSubject(context, subject);
  },
};

/** The Go files that the arguments begin with, or the one package; the rest is the program's. */
function programOf(args: readonly string[]): readonly string[] {
  const others = args.findIndex((a) => !a.endsWith(".go"));
  const files = others < 0 ? args : args.slice(0, others);
  const [first] = args;
  return files.length > 0 || first === undefined || !(first === "-" || /^\.\.?$|\//.test(first)) ? files : [first];
}

/** Runs `subject` and shows its output and how it ended; undefined if it could not be compiled or failed. */
export function runSubject(context: Context, subject: Parameters<Context["session"]["run"]>[0]): World | undefined {
  const world = context.session.run(subject, context.settings, (o) => context.show(o));
  if ("faults" in world) {
    reportErrors(context, world.faults);
    return undefined;
  }
  const failure = exitOutput(world.exit);
  if (failure) context.show(failure);
  return failure ? undefined : world;
}
