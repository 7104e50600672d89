/** The live state that a memory command looks at: of a file that it names, of the last program run again with other settings, or as it stands. */
import { readSubject } from "./subject.ts";
import { type Context, CommandError } from "./commands/command.ts";
import { runSubject } from "./commands/run.ts";
import type { CommandCall } from "./parts.ts";
import type { World } from "./session.ts";

/** The world of a call; undefined if a program had to be run and failed, which has then been shown. */
export function worldOf(context: Context, call: CommandCall): World | undefined {
  if (call.args.length > 0) return runSubject(context, readSubject(context, call.args));
  const { session } = context;
  if (session.world && call.settings.length === 0) return session.world;
  if (session.subject) return runSubject(context, session.subject);
  throw new CommandError(`${call.verb}: no program has run yet`, `run a cell with Go first, or name a file: ${call.verb} main.go`);
}
