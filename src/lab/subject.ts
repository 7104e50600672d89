/** What a command is about: the files that it names, or the last Go that was run. */
import type { Checked } from "../compiler/index.ts";
import type { Exit, Process } from "../runtime/index.ts";
import type { Output } from "../views/index.ts";
import { type Context, CommandError } from "./commands/command.ts";
import type { Faults } from "./compile.ts";
import { nearest } from "./nearest.ts";
import { loadPackages, type ModulePackage } from "./packages.ts";
import type { CommandCall } from "./parts.ts";
import type { Settings } from "./settings.ts";

export interface SubjectFile {
  /** As printed: `./main.go`, `./cell3.go`. */
  readonly name: string;
  /** A byte string. */
  readonly text: string;
}

export interface Subject {
  /** Of several packages those of the last one. */
  readonly files: readonly SubjectFile[];
  /** The packages of a module, each after those it imports. */
  readonly packages?: readonly ModulePackage[];
  /** Of a cell that is no file: the packages of the module that it imports, each after those it imports itself. */
  readonly imports?: readonly ModulePackage[];
  /** What the go command says in place of compiling. */
  readonly problems?: readonly string[];
  /** The cells of a session: how they are checked together; `files` is the last one. */
  readonly checked?: () => Checked;
  /** The cells of a session: runs them once more, in a world of their own. */
  readonly again?: (settings: Settings, show: (output: Output) => void) => { readonly process: Process; readonly exit: Exit } | { readonly faults: Faults };
  /** `files` is a cell that is not kept; only what is in it is asked for. */
  readonly aside?: boolean;
}

const isFile = (arg: string): boolean => arg === "-" || arg.endsWith(".go") || /[/\\]|^\.\.?$/.test(arg);

/** The subject of a call, and those of its arguments that name functions. */
export function subjectOf(context: Context, call: CommandCall): { readonly subject: Subject; readonly functions: readonly string[] } {
  const paths = call.args.filter(isFile);
  const functions = call.args.filter((a) => !isFile(a));
  if (paths.length > 0) return { subject: readSubject(context, paths), functions };
  const last = context.session.subject;
  if (!last) throw new CommandError(`${call.verb}: there is no Go yet`, `run a cell with Go first, or name a file: ${call.verb} main.go`);
  return { subject: last, functions };
}

/** Reads the files that paths mean. */
export function readSubject(context: Context, paths: readonly string[]): Subject {
  for (const path of paths) refuseOther(context, path);
  const loaded = paths.includes("-") ? undefined : loadPackages(context.files, paths, context.session.compiler.library);
  if (loaded && "problems" in loaded) return { files: [], problems: loaded.problems };
  if (loaded) return { files: loaded.packages.at(-1)?.files ?? [], packages: loaded.packages };
  const files = paths.flatMap((path) => {
    const listed = context.files.list(path);
    if ("problem" in listed) throw missingFile(context, path, listed.problem);
    if (listed.paths.length === 0) throw new CommandError(`no Go files in ${path}`);
    return listed.paths;
  });
  return { files: files.map((path) => ({ name: shownName(path), text: readText(context, path) })) };
}

function readText(context: Context, path: string): string {
  const read = context.files.read(path);
  if ("problem" in read) throw missingFile(context, path, read.problem);
  return read.text;
}

/** A file that is no Go is refused by its name; the go command would look for a package of that name. */
function refuseOther(context: Context, path: string): void {
  if (path === "-" || path.endsWith(".go") || path.endsWith("...")) return;
  const listed = context.files.list(path);
  if (!("paths" in listed) || listed.paths.length !== 1 || listed.paths[0] !== path) return;
  const source = path.replace(/(\.\w+)?$/, ".go");
  throw new CommandError(`${path} is not a Go file`, "text" in context.files.read(source) ? source : undefined);
}

/** Says that a file is not there, and which of its folder may be meant. */
function missingFile({ files }: Context, path: string, problem: string): CommandError {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const listed = path.endsWith(".go") ? files.list(folder) : { problem };
  const names = "paths" in listed ? listed.paths.map((p) => p.replace(/^\.\//, "")) : [];
  return new CommandError(`open ${path}: ${problem}`, nearest(path.replace(/^\.\//, ""), names));
}

/** A file as `go build` shows it: relative ones begin with `./`. */
function shownName(path: string): string {
  if (path === "-") return "./stdin.go";
  return /^(\.\.?[/\\]|[/\\])/.test(path) ? path : `./${path}`;
}
