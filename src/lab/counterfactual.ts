/**
 * Counterfactuals: small edits of a program that make heap lines disappear, each tried by the analysis itself before it is proposed.
 *
 * An edit is made in the text, the edited program is checked and analysed, and only if it compiles, loses heap lines and wins none is it
 * shown. So a proposal is never a guess; what it may change in meaning is for the reader to judge, and its words say what it does.
 */
import type { Note } from "../record/notes.ts";
import { compilerLines } from "../views/index.ts";
import type { Compiler } from "./compile.ts";
import type { CompilerFlags } from "./gcflags.ts";
import type { Subject } from "./subject.ts";

/** An edit that the analysis has confirmed. */
export interface Proposal {
  /** What the edit does, in a few words. */
  readonly says: string;
  /** 1-based number and text of each changed line. */
  readonly changes: readonly { readonly line: number; readonly before: string; readonly after: string }[];
  /** The lines of -m that are gone, as they were printed. */
  readonly gone: readonly string[];
  readonly edited: string;
}

interface Edit {
  readonly says: string;
  /** The edited text; undefined where the edit does not apply. */
  readonly text: string | undefined;
}

/** Most programs that are analysed for one question. */
const MOST_TRIALS = 24;

/** Edits of a one-file program that lose the heap lines among `about` or others, best first. */
export function proposals(compiler: Compiler, subject: Subject, about: readonly Note[], flags: CompilerFlags): Proposal[] {
  const [file] = subject.files;
  if (!file || subject.files.length > 1 || subject.checked) return [];
  const before = heapLines(compiler.analyse(subject, flags).notes);
  const targets = new Set(about.filter(isHeap).map((n) => n.at.line));
  const found: Proposal[] = [];
  const seen = new Set([file.text]);
  for (const edit of edits(file.text, targets).slice(0, MOST_TRIALS)) {
    if (edit.text === undefined || seen.has(edit.text)) continue;
    seen.add(edit.text);
    const trial = compiler.analyse({ files: [{ name: file.name, text: edit.text }] }, flags);
    if (trial.errors || trial.unsupported) continue;
    const after = heapLines(trial.notes);
    const count = (list: readonly HeapLine[], line: number) => list.filter((h) => h.line === line).length;
    const gone = before.filter((b) => !after.some((a) => same(a, b)) && count(after, b.line) < count(before, b.line));
    if (gone.length === 0 || after.length >= before.length || !gone.some((g) => targets.has(g.line))) continue;
    found.push({ says: edit.says, changes: changed(file.text, edit.text), gone: gone.map((g) => g.text), edited: edit.text });
  }
  return found.sort((a, b) => b.gone.length - a.gone.length);
}

const isHeap = (n: Note): boolean => n.kind === "moved" || n.kind === "escapes";

interface HeapLine {
  readonly line: number;
  /** What is on the heap, without its column: an edit may move that. */
  readonly what: string;
  readonly text: string;
}

const heapLines = (notes: readonly Note[]): HeapLine[] =>
  notes.filter(isHeap).map((n) => ({ line: n.at.line, what: n.kind === "moved" ? `moved ${n.name}` : n.kind === "escapes" ? n.expr : "", text: compilerLines([n], 1).trimEnd() }));

const same = (a: HeapLine, b: HeapLine): boolean => a.line === b.line && a.what === b.what;

function changed(before: string, after: string): Proposal["changes"] {
  const old = before.split("\n");
  return after.split("\n").flatMap((line, i) => (line === old[i] ? [] : [{ line: i + 1, before: old[i] ?? "", after: line }]));
}

/** The edits that are worth a trial, for the lines that hold heap notes. Each keeps the number of lines. */
function edits(text: string, targets: ReadonlySet<number>): Edit[] {
  const lines = text.split("\n");
  const onLine = (n: number, change: (line: string) => string): string => lines.map((l, i) => (i === n - 1 ? change(l) : l)).join("\n");
  const perLine = [...targets].flatMap((n): Edit[] => [
    { says: "print with the built-in println, which takes no interfaces", text: onLine(n, (l) => l.replace(/\bfmt\.(Println|Print)\(/g, (_, f: string) => (f === "Println" ? "println(" : "print("))) },
    { says: "allocate a fixed size", text: onLine(n, (l) => l.replace(/\bmake\((\[\][^,()]+),\s*[^,()]+\)/, "make($1, 64)")) },
    { says: "store a value in place of a pointer", text: onLine(n, (l) => l.replace(/&(?=[A-Za-z_][\w.]*\{)/, "")) },
    { says: "use an array in place of a slice", text: onLine(n, (l) => l.replace(/(:=\s*)\[\](?=[A-Za-z_][\w.]*\{)/, "$1[...]")) },
  ]);
  return [
    ...returnByValue(text),
    { says: "let the compiler inline it (no //go:noinline)", text: text.includes("//go:noinline") ? text.replace(/^\/\/go:noinline$/gm, "//") : undefined },
    ...perLine,
  ];
}

/** For each function that returns the address of a local: return the value, and let its callers use it without `*`. */
function returnByValue(text: string): Edit[] {
  const heads = [...text.matchAll(/^func (\w+)\(([^()]*)\) \*([\w.]+) \{$/gm)];
  return heads.map((head) => {
    const [whole, name = "", params = "", type = ""] = head;
    const from = head.index;
    const end = text.indexOf("\n}", from);
    const body = text.slice(from + whole.length, end).replace(/\breturn &(\w+)\b/g, "return $1");
    const edited = `${text.slice(0, from)}func ${name}(${params}) ${type} {${body}${text.slice(end)}`;
    const holders = [...edited.matchAll(new RegExp(`\\b(\\w+) := ${name}\\(`, "g"))].map((m) => m[1] ?? "");
    const callers = holders.reduce((t, v) => t.replace(new RegExp(`\\*${v}\\b`, "g"), v), edited).replaceAll(`*${name}(`, `${name}(`);
    return { says: `return the ${type} itself from ${name}, not a pointer to it`, text: callers };
  });
}
