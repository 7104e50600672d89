/**
 * The laboratory without what runs programs, which is given: cells, commands, sessions.
 *
 * Everything is synchronous and pure but for the session that a Lab holds: time is virtual, so nothing waits. A fault of ours inside a
 * cell is answered as an InternalError and leaves the session usable.
 */
import { flagsOf } from "./gcflags.ts";
import { decodeUtf8, encodeUtf8 } from "../base/source.ts";
import type { Usually } from "../base/machine-code.ts";
import { formatDiagnostic, type Diagnostic } from "../base/diagnostic.ts";
import type { Note } from "../record/notes.ts";
import { compilerLines, type DataRecord, type Output } from "../views/index.ts";
import type { Backend } from "./backend.ts";
import { splitCell } from "./cell.ts";
import { checkCall } from "./commands/check.ts";
import { type Command, CommandError, type Context, type FilePort } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { complete, type Completions, inspect, isComplete } from "./editor.ts";
import { exitOutput, faultOutput } from "./failure.ts";
import { nearest } from "./nearest.ts";
import type { CellPart, CommandCall } from "./parts.ts";
import { loadPackages, packagesOfCell } from "./packages.ts";
import { isFile, type Keep, Session } from "./session.ts";
import { applySetting, defaultSettings, type Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";
import { withWritten } from "./written.ts";

export interface LabOptions {
  /** Settings that differ from Go's defaults. */
  readonly settings?: Partial<Settings>;
  /** Asked at every preemption point; true ends the run. */
  readonly interrupted?: () => boolean;
  /** What comes next on standard input, a line with its newline for instance; undefined is end of file (the default). */
  readonly stdin?: () => string | Uint8Array | undefined;
  /** Files that commands may read; none by default. */
  readonly files?: FilePort;
  /** os.Args[1:] of programs. */
  readonly args?: readonly string[];
  /** Told of each program of one package that was compiled and run: its files, and how to get bytes of it for Again. */
  readonly keep?: Keep;
  /** Does something under V8's usual flags, where a host changes them while a program runs: V8 takes kept machine code under those only. */
  readonly usually?: Usually;
}

/** A program as one text, or as files by name. */
export type Source = string | Readonly<Record<string, string>>;

export type Show = (output: Output, record?: DataRecord) => void;

/** Files for a Lab that was given none. */
const noFiles: FilePort = {
  read: () => ({ problem: "this laboratory reads no files" }),
  list: () => ({ problem: "this laboratory reads no files" }),
};

/** Verbs as cells have them: some only behind `%`. */
const verbs = commands.map((c) => (c.percent ? `%${c.verb}` : c.verb));

/** A laboratory: one session of cells and commands. */
export class Laboratory {
  readonly #session: Session;
  readonly #files: FilePort;
  #cells = 0;

  constructor(options: LabOptions, backend: Backend) {
    this.#files = options.files ?? noFiles;
    const hooks = { interrupted: options.interrupted ?? (() => false), stdin: options.stdin ?? (() => undefined), args: options.args ?? [], ...(options.keep ? { keep: options.keep } : {}) };
    this.#session = new Session({ ...defaultSettings, ...options.settings }, hooks, backend);
  }

  /** Does what a notebook cell does: Go text, commands, or both; shows outputs in order. `number` is the cell's number in positions. */
  cell(text: string, show: Show, number?: number): { readonly ok: boolean } {
    this.#cells = number ?? this.#cells + 1;
    const question = /^\s*(?:\w[\w.]*\?{1,2}|\?{1,2}\w[\w.]*)\s*$/.test(text);
    const shown: Show = question ? (output, record) => show(output.kind === "text" ? { ...output, pager: true } : output, record) : show;
    return this.#guard(shown, (guarded) => this.#parts(splitCell(text, verbs), guarded));
  }

  /** Runs one command. */
  command(call: CommandCall, show: Show): { readonly ok: boolean } {
    return this.#guard(show, (guarded) => this.#command(call, guarded));
  }

  /** Does, a step at a time, what the next cells would have to wait for. Changes nothing that can be seen. */
  *prepare(): Generator<void> {
    yield* this.#session.prepare();
  }

  /** What `go build` says of a program, word for word. */
  check(source: Source): readonly Diagnostic[] {
    return this.#session.compiler.diagnostics(subjectFrom(source));
  }

  /** What `-gcflags=-m` says of a program: as data, and as the exact text. */
  analyse(source: Source, flags: { readonly m?: 1 | 2; readonly l?: boolean; /** As in `-gcflags`: `-m -smallframes`. */ readonly gcflags?: string } = {}): { readonly notes: readonly Note[]; readonly text: string; readonly errors: readonly string[]; readonly unsupported: readonly string[] } {
    const given = flagsOf((flags.gcflags ?? "").split(/\s+/).filter(Boolean));
    const m = flags.m ?? (given.m === 2 ? 2 : 1);
    const a = this.#session.analyse(subjectFrom(source), { ...given, analyse: { ...given.analyse, ...(flags.l === undefined ? {} : { l: flags.l }) }, m });
    return { notes: a.notes, text: compilerLines(a.notes, m), errors: a.errors?.lines ?? [], unsupported: a.unsupported?.lines ?? [] };
  }

  /** One deterministic run of a program. */
  run(source: Source, settings: Partial<Settings> = {}): RunResult {
    let stdout = "";
    let stderr = "";
    const world = this.#session.run(subjectFrom(source), { ...this.#session.settings, ...settings }, (o) => {
      if (o.kind === "stream" && o.name === "stdout") stdout += o.text;
      if (o.kind === "stream" && o.name === "stderr") stderr += o.text;
    });
    if ("faults" in world) return { kind: world.faults.ename, code: world.faults.ename === "CompileError" ? 1 : 6, stdout, stderr: `${world.faults.lines.join("\n")}\n` };
    const { exit } = world;
    return { kind: exit.kind, code: exit.code, stdout, stderr: "text" in exit ? stderr + decodeUtf8(exit.text) : stderr };
  }

  /** What could stand at UTF-16 position `at` of a cell. */
  complete(text: string, at: number): Completions {
    return complete(this.#session, commands, text, at);
  }

  /** A card about what stands at `at`; undefined if nothing is known of it. */
  inspect(text: string, at: number, detail = 0): { readonly text: string; readonly markdown: string } | undefined {
    return inspect(this.#session, commands, { text, at, detail });
  }

  /** Whether a cell could be run as it stands. */
  isComplete(text: string): { readonly status: "complete" | "incomplete" | "invalid"; readonly indent: string } {
    return isComplete(text, verbs);
  }

  #parts(parts: readonly CellPart[], show: Show): void {
    const wrong = parts.find((p) => p.kind === "error");
    if (wrong) throw new CommandError(formatDiagnostic(wrong.diagnostic), wrong.diagnostic.hint);
    for (const part of parts) {
      if (part.kind === "go") this.#go(part.text, part.line, show);
      else if (part.kind === "command") this.#command(part.command, show);
      else if (part.kind === "magic") this.#magic(part, show);
      if (this.#failed) return;
    }
  }

  #failed = false;

  /** A file cell is a program of its own; anything else goes on with the session. */
  #go(text: string, line: number, show: Show): void {
    const padded = "\n".repeat(line - 1) + text;
    const subject = this.#cellSubject(`cell${this.#cells}.go`, encodeUtf8(padded));
    const answer = this.#session.runCell(subject, this.#cells, show);
    if (answer.faults) {
      if (indexedVerb(text)) throw new CommandError(`${JSON.stringify(text.trim())} is an index expression in Go`, `%${text.trim()}`);
      if (isExprOfVerb(text, answer.faults.lines)) throw new CommandError(`${JSON.stringify(text.trim())} is an expression in Go`, `%${text.trim()}`);
      const verb = misspeltVerb(text, answer.faults.lines);
      if (verb !== undefined) throw new CommandError(`unknown command ${JSON.stringify(text.trim())}`, verb);
      show({ kind: "error", ename: answer.faults.ename, evalue: answer.faults.lines.find((l) => !l.startsWith("#")) ?? "", traceback: answer.faults.lines });
      return;
    }
    if (answer.value !== undefined) show({ kind: "value", text: answer.value });
    const failure = answer.exit && exitOutput(answer.exit);
    if (failure) show(failure);
  }

  /** The cell itself, with the packages of the module that it imports. */
  #cellSubject(name: string, text: string): Subject {
    const alone = { files: [{ name: `./${name}`, text }] };
    const { written, compiler } = this.#session;
    if (!/\bimport\b/.test(text)) return alone;
    const files = withWritten(this.#files, new Map([...written, [name, text]]));
    const program = isFile(text);
    const loaded = program ? loadPackages(files, [name], compiler.library) : packagesOfCell(files, { name: `./${name}`, text }, compiler.library);
    if (!loaded) return alone;
    if ("problems" in loaded) return { files: [], problems: loaded.problems };
    return program ? { ...alone, packages: loaded.packages } : { ...alone, imports: loaded.packages };
  }

  /** `%%verb`: the rest of the cell is the subject for this one command and is not kept. */
  #magic(part: Extract<CellPart, { kind: "magic" }>, show: Show): void {
    const { subject: kept, world } = this.#session;
    this.#session.world = undefined;
    this.#session.subject = this.#session.aside(this.#cellSubject(`cell${this.#cells}.go`, encodeUtf8("\n".repeat(part.line - 1) + part.body)));
    try {
      this.#command(part.command, show, part.body);
    } finally {
      this.#session.subject = kept;
      this.#session.world = world;
    }
  }

  #command(asked: CommandCall, show: Show, body?: string): void {
    // As with the go command, -h anywhere asks what there is to know of a command.
    const call = asked.flags.some((f) => f.name === "h" || f.name === "help") ? { ...asked, verb: "help", settings: [], flags: [], args: [asked.verb] } : asked;
    const command: Command = checkCall(commands, call);
    this.#session.disturb();
    const settings = call.settings.reduce((old, { name, value }) => {
      const next = applySetting(old, name, value);
      if ("problem" in next) throw new CommandError(next.problem, "help set");
      return next;
    }, this.#session.settings);
    const context: Context = { session: this.#session, settings, commands, show, files: withWritten(this.#files, this.#session.written), ...(body === undefined ? {} : { body }) };
    command.run(context, call);
  }

  /** Runs `work`; errors that are shown or thrown make the answer false. */
  #guard(show: Show, work: (show: Show) => void): { readonly ok: boolean } {
    this.#failed = false;
    const guarded: Show = (output, record) => {
      if (output.kind === "error") this.#failed = true;
      show(output, record);
    };
    try {
      work(guarded);
    } catch (error) {
      guarded(errorOutput(error));
    }
    return { ok: !this.#failed };
  }
}

export interface RunResult {
  readonly kind: string;
  /** Exit code. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A verb before a `[`: Go's, unless it is wrong. */
const indexedVerb = (text: string): boolean => verbs.includes(/^\s*([\w-]+)[ \t]+\[[^\n]*\s*$/.exec(text)?.[1] ?? "");

/** A verb before an operator or a parenthesis, `sizeclass -1`: Go's, but of a name that it does not know. */
function isExprOfVerb(text: string, faults: readonly string[]): boolean {
  const word = /^\s*([\w-]+)[ \t]+[-+*&(][^\n]*\s*$/.exec(text)?.[1];
  return word !== undefined && verbs.includes(word) && faults.some((l) => l.endsWith(`undefined: ${word}`));
}

/** A cell that is one unknown word is nearer to a command than to Go, if there is one like it. */
function misspeltVerb(text: string, faults: readonly string[]): string | undefined {
  const word = /^\s*([\w-]+)\s*$/.exec(text)?.[1];
  return word !== undefined && faults.length === 1 && faults[0]?.endsWith(`undefined: ${word}`) ? nearest(word, verbs) : undefined;
}

function subjectFrom(source: Source): { files: { name: string; text: string }[] } {
  const files = typeof source === "string" ? { "main.go": source } : source;
  return { files: Object.entries(files).map(([name, text]) => ({ name: /^[./]/.test(name) ? name : `./${name}`, text: encodeUtf8(text) })) };
}

/** A hint is a command to type, or an advice in words, which has a comma. */
const hintLine = (hint: string): string => (hint.includes(", ") ? `\t${hint}` : `\tdid you mean ${JSON.stringify(hint)}?`);

function errorOutput(error: unknown): Output {
  if (error instanceof CommandError) {
    const hint = error.hint === undefined ? [] : [hintLine(error.hint)];
    return { kind: "error", ename: "CommandError", evalue: error.message, traceback: [`gomem: ${error.message}`, ...hint] };
  }
  return faultOutput(error);
}
