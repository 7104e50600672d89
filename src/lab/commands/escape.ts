/**
 * `escape`: what goes to the heap, byte for byte as `go build -gcflags=-m` prints it, with the source marked and one sentence for each variable.
 *
 * Analyses only; nothing runs. The words of the lines are views/compiler-lines.ts.
 */
import type { Note } from "../../record/notes.ts";
import { compilerLines, compilerRecords, markedSource, type RecordFile } from "../../views/index.ts";
import { decodeUtf8 } from "../../base/source.ts";
import { brokenBudgets } from "../budget.ts";
import { type CompilerFlags, compilerFlags } from "../gcflags.ts";
import { brokenOutput } from "./broken.ts";
import type { Analysis } from "../compile.ts";
import { nearest } from "../nearest.ts";
import { type Subject, subjectOf } from "../subject.ts";
import { type Command, CommandError, type Context, flagValue } from "./command.ts";

const kinds: Readonly<Record<string, readonly Note["kind"][]>> = {
  moved: ["moved"],
  escapes: ["moved", "escapes"],
  leaks: ["leaks"],
  stays: ["stays"],
  inline: ["canInline", "cannotInline", "inlining"],
};

export const escape: Command = {
  verb: "escape",
  group: "compiler",
  summary: "what goes to the heap, exactly as the Go compiler says it, and why",
  syntax: "escape [-m[=2]] [-l] [-N] [-only=kind] [-json] [-gcflags=FLAGS] [file… | function]",
  flags: [
    { name: "m", value: "optional", metavar: "2", doc: "level of detail, as the compiler's own -m" },
    { name: "l", value: "none", doc: "do not inline" },
    { name: "N", value: "none", doc: "do not optimise" },
    { name: "only", value: "required", choices: Object.keys(kinds), many: true, doc: "lines of some kinds, as -only=moved,leaks" },
    { name: "json", value: "optional", metavar: "0,dir", doc: "the compiler's own records for editors, shown or written below a folder" },
    { name: "gcflags", value: "required", metavar: "FLAGS", doc: 'compiler flags in one word, as in -gcflags="-m=2 -l"' },
  ],
  maxArgs: 10_000,
  examples: [
    { line: "escape", says: "the last Go cell, or the session" },
    { line: "escape -m=2 newInt", says: "one function, with the path of each escape" },
    { line: "escape -l main.go", says: "a file, without inlining" },
  ],
  goEquivalent: "go build -gcflags=-m main.go",
  goSource: "cmd/compile/internal/escape/escape.go",
  run(context, call) {
    const flags = compilerFlags(call);
    const { subject, functions } = subjectOf(context, call);
    const all = context.session.analyseAll(subject, flags.json ? { ...flags, m: 2 } : flags);
    if (all.length === 1 && all[0]?.errors && !subject.packages) return void reportErrors(context, all[0].errors);
    if (flags.json) {
      for (const a of all) showRecords(context, a.path, compilerRecords(a.notes, { pkg: a.path, whole: (file) => context.files.whole?.(file) ?? file }), flags.json.folder);
      if (flags.m === 0) return reportLast(context, all);
    }
    refuseUnknown(context, subject, functions, flags);
    const only = flagValue(call, "only")?.split(",");
    const whole = only === undefined && functions.length === 0;
    const isShown = context.session.printed.filter(subject, `${flags.m} ${flags.analyse.l ?? false}`, whole);
    const wanted = (a: Analysis): Note[] =>
      a.notes.filter((n) => (only === undefined || only.some((k) => kinds[k]?.includes(n.kind))) && (functions.length === 0 || inFunctions(n, functions)) && isShown(n));
    for (const a of all) showAnalysis(context, subject, a, { notes: wanted(a), m: flags.m });
    reportLast(context, all);
    if (all.every((a) => !a.errors)) reportBudgets(context, subject, flags);
  },
};

/** A function that the program lacks has no lines, but that would be said of nothing. */
function refuseUnknown(context: Context, subject: Subject, functions: readonly string[], flags: CompilerFlags): void {
  if (functions.length === 0) return;
  const notes = context.session.analyseAll(subject, { ...flags, m: 2 }).flatMap((a) => a.notes);
  const names = [...new Set(notes.flatMap((n) => (n.kind === "canInline" || n.kind === "cannotInline" ? [n.func] : [])))];
  const unknown = functions.find((f) => !notes.some((n) => inFunctions(n, [f])));
  if (unknown === undefined || notes.length === 0) return;
  const near = nearest(unknown, names);
  throw new CommandError(`escape: the program has no function ${unknown}`, near && `escape ${near}`);
}

/** Budgets in the source that were not kept end the command. */
function reportBudgets(context: Context, subject: Subject, flags: CompilerFlags): void {
  const files = (subject.packages?.filter((p) => p.named).flatMap((p) => p.files) ?? subject.files).filter((f) => /\/\/(gomem|gcassert):/.test(f.text));
  if (files.length === 0) return;
  const broken = brokenBudgets(files, context.session.analyse(subject, { ...flags, m: 2 }).notes);
  if (broken.length > 0) context.show(brokenOutput(broken));
}

/** The lines of one package under its header; of a single file the marked source with it. */
function showAnalysis(context: Context, { files: [file, ...others], packages }: Subject, { header, errors }: Analysis, { notes, m }: { readonly notes: readonly Note[]; readonly m: number }): void {
  if (errors) return;
  const lines = m === 0 ? "" : compilerLines(notes, m);
  const text = lines === "" ? "" : `# ${header}\n${lines}`;
  const record = { schema: "gomem.v1", verb: "escape", package: header, notes } as const;
  if (file && others.length === 0 && !packages) context.show(markedSource({ name: file.name, text: decodeUtf8(file.text) }, notes, text), record);
  else if (text !== "") context.show({ kind: "text", text }, record);
}

/** What ends the command: the errors of all packages, or what cannot be done yet. */
function reportLast(context: Context, all: readonly Analysis[]): void {
  const wrong = all.flatMap((a) => a.errors ?? []);
  const cannot = all.flatMap((a) => a.unsupported ?? []);
  const [first] = wrong.length > 0 ? wrong : cannot;
  if (first) reportErrors(context, { ename: first.ename, lines: (wrong.length > 0 ? wrong : cannot).flatMap((f) => f.lines) });
}

const MISSING_RECORDS = "the records isInBounds, isSliceInBounds, nilcheck and copy, records about the library's own files, and places inside inlined library functions are not among these";

/** Writes records into a folder as the compiler does, or shows them. */
function showRecords(context: Context, pkg: string, files: readonly RecordFile[], folder: string | undefined): void {
  context.show({ kind: "stream", name: "stderr", text: `gomem: ${MISSING_RECORDS}\n` });
  if (folder === undefined) {
    context.show({ kind: "text", text: files.map((f) => f.text).join("") }, { schema: "gomem.v1", verb: "escape", records: files });
    return;
  }
  const write = context.files.write?.bind(context.files);
  if (!write) throw new CommandError("escape: this laboratory writes no files", "escape -json");
  for (const f of files) {
    const wrong = write(`${folder}/${encodeURIComponent(pkg)}/${f.name}`, f.text);
    if (wrong) throw new CommandError(`escape: ${folder}/${f.name}: ${wrong.problem}`);
  }
}

/** Whether a note speaks of one of the functions: by the function it was decided in, or by its own name. `T.M` is `(*T).M` too. */
function inFunctions(note: Note, functions: readonly string[]): boolean {
  const name = "func" in note ? note.func : undefined;
  return name !== undefined && functions.some((f) => f === name || f === name.replace(/^\(\*(.*?)\)\./, "$1."));
}

/** Shows compile errors or unsupported constructs as the error that ends the command; true if there were none. */
export function reportErrors(context: Context, errors: { readonly ename: "CompileError" | "Unsupported"; readonly lines: readonly string[] } | undefined): boolean {
  if (!errors || errors.lines.length === 0) return true;
  context.show({ kind: "error", ename: errors.ename, evalue: errors.lines.find((l) => !l.startsWith("#")) ?? "", traceback: errors.lines });
  return false;
}
