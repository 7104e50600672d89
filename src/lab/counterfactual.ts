/**
 * Counterfactuals: small edits of a program that make heap lines disappear, each tried by the analysis itself before it is proposed.
 *
 * An edit (edits.ts) is made in the text, the edited program is checked and analysed, and only if it compiles, loses heap lines that were
 * asked about and wins none is it shown. So a proposal is never a guess; what it may change in meaning is for the reader to judge, and its
 * words say what it does.
 */
import type { Note } from "../record/notes.ts";
import { compilerLines } from "../views/index.ts";
import type { Compiler } from "./compile.ts";
import { type Edit, editsFor, type Sort } from "./edits.ts";
import type { CompilerFlags } from "./gcflags.ts";
import type { Subject } from "./subject.ts";

/** An edit that the analysis has confirmed. */
export interface Proposal {
  readonly sort: Sort;
  /** What the edit does, in a few words. */
  readonly says: string;
  /** 1-based number and text of each changed line. Empty where only flags are changed. */
  readonly changes: readonly { readonly line: number; readonly before: string; readonly after: string }[];
  /** The lines of -m that are gone, as they were printed. */
  readonly gone: readonly string[];
  readonly edited: string;
}

/** Most programs that are analysed for one question, and most proposals that are shown. */
const MOST_TRIALS = 80;
const MOST_SHOWN = 8;

/** Edits of a one-file program that lose the heap lines among `about`, best first. */
export function proposals(compiler: Compiler, subject: Subject, about: readonly Note[], flags: CompilerFlags): Proposal[] {
  const [file] = subject.files;
  if (!file || subject.files.length > 1 || subject.checked || subject.packages) return [];
  const heap = about.filter(isHeap);
  if (heap.length === 0) return [];
  const before = heapLines(compiler.analyse(subject, flags).notes);
  const targets = new Set(heap.map((n) => n.at.line));
  const found: Proposal[] = [];
  const consider = ({ sort, says, text }: Edit, with_: CompilerFlags): void => {
    const trial = compiler.analyse({ files: [{ name: file.name, text }] }, with_);
    if (trial.errors || trial.unsupported) return;
    const gone = lost(before, heapLines(trial.notes), targets);
    if (gone.length > 0) found.push({ sort, says, changes: changed(file.text, text), gone: gone.map((g) => g.text), edited: text });
  };
  if (flags.analyse.l) consider({ sort: "without -l", says: "compile without -l, so that calls are inlined", text: file.text }, { ...flags, analyse: { ...flags.analyse, l: false } });
  const seen = new Set([file.text]);
  for (const edit of editsFor({ text: file.text, about: heap, typeAt: (line, col) => compiler.typeAt(subject, line, col) })) {
    if (seen.has(edit.text)) continue;
    seen.add(edit.text);
    if (seen.size > MOST_TRIALS) break;
    consider(edit, flags);
  }
  return distinct(found.sort((a, b) => b.gone.length - a.gone.length || a.changes.length - b.changes.length)).slice(0, MOST_SHOWN);
}

/** The lines that are gone, if the trial lost some that were asked about and has fewer in all. */
function lost(before: readonly HeapLine[], after: readonly HeapLine[], targets: ReadonlySet<number>): HeapLine[] {
  const count = (list: readonly HeapLine[], line: number): number => list.filter((h) => h.line === line).length;
  const gone = before.filter((b) => !after.some((a) => same(a, b)) && count(after, b.line) < count(before, b.line));
  return after.length < before.length && gone.some((g) => targets.has(g.line)) ? gone : [];
}

/** Of proposals that lose the same lines by the same words the first. */
const distinct = (list: readonly Proposal[]): Proposal[] =>
  list.filter((p, i) => !list.slice(0, i).some((q) => q.says === p.says && q.gone.join() === p.gone.join()));

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
