/**
 * Counterfactuals: small edits of a program that make heap lines disappear, each tried by the analysis itself before it is proposed.
 *
 * An edit (edits.ts) is made in the text, the edited program is checked and analysed, and only if it compiles, loses heap lines that were
 * asked about and wins none is it shown. So a proposal is never a guess; what it may change in meaning is for the reader to judge, and its
 * words say what it does.
 */
import type { Position } from "../base/source.ts";
import type { Note } from "../record/notes.ts";
import { compilerLines } from "../views/index.ts";
import type { Compiler } from "./compile.ts";
import { type Edit, editsFor, type Sort } from "./edits.ts";
import type { CompilerFlags } from "./gcflags.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { filesOf, sameFile, withText } from "./texts.ts";

/** An edit that the analysis has confirmed. */
export interface Proposal {
  readonly sort: Sort;
  /** What the edit does, in a few words. */
  readonly says: string;
  /** The file that is edited. */
  readonly file: string;
  /** 1-based number and text of each changed line. Empty where only flags are changed. */
  readonly changes: readonly { readonly line: number; readonly before: string; readonly after: string }[];
  /** The lines of -m that are gone, as they were printed. */
  readonly gone: readonly string[];
  readonly edited: string;
}

/** Most programs that are analysed for one question, and most proposals that are shown. */
const MOST_TRIALS = 80;
const MOST_SHOWN = 8;

/** Edits of a program, each in one of its files, that lose the heap lines among `about`, best first. Cells of a session are not edited. */
export function proposals(compiler: Compiler, subject: Subject, about: readonly Note[], flags: CompilerFlags): Proposal[] {
  const heap = about.filter(isHeap);
  if (heap.length === 0 || subject.checked) return [];
  const before = heapLines(compiler.analyse(subject, flags).notes);
  const targets = new Set(heap.map((n) => placeOf(n)));
  const found: Proposal[] = [];
  const consider = (file: SubjectFile, { sort, says, text }: Edit, with_: CompilerFlags): void => {
    const trial = compiler.analyse(withText(subject, file.name, text), with_);
    if (trial.errors || trial.unsupported) return;
    const gone = lost(before, heapLines(trial.notes), targets);
    if (gone.length > 0) found.push({ sort, says, file: file.name, changes: changed(file.text, text), gone: gone.map((g) => g.text), edited: text });
  };
  let trials = 0;
  for (const file of filesOf(subject)) {
    const own = heap.filter((n) => sameFile(n.at.file, file.name));
    if (own.length === 0) continue;
    if (flags.analyse.l) consider(file, { sort: "without -l", says: "compile without -l, so that calls are inlined", text: file.text }, { ...flags, analyse: { ...flags.analyse, l: false } });
    const seen = new Set([file.text]);
    const typeAt = (at: Position): string | undefined => (subject.packages ? undefined : compiler.typeAt(subject, at));
    for (const edit of editsFor({ text: file.text, about: own, typeAt })) {
      if (seen.has(edit.text)) continue;
      seen.add(edit.text);
      if (++trials > MOST_TRIALS) break;
      consider(file, edit, flags);
    }
  }
  return distinct(found.sort((a, b) => b.gone.length - a.gone.length || a.changes.length - b.changes.length)).slice(0, MOST_SHOWN);
}

/** The lines that are gone, if the trial lost some that were asked about and has fewer in all. */
function lost(before: readonly HeapLine[], after: readonly HeapLine[], targets: ReadonlySet<string>): HeapLine[] {
  const count = (list: readonly HeapLine[], line: string): number => list.filter((h) => h.line === line).length;
  const gone = before.filter((b) => !after.some((a) => same(a, b)) && count(after, b.line) < count(before, b.line));
  return after.length < before.length && gone.some((g) => targets.has(g.line)) ? gone : [];
}

/** Of proposals that lose the same lines by the same words the first. */
const distinct = (list: readonly Proposal[]): Proposal[] =>
  list.filter((p, i) => !list.slice(0, i).some((q) => q.says === p.says && q.gone.join() === p.gone.join()));

const isHeap = (n: Note): boolean => n.kind === "moved" || n.kind === "escapes";

/** File and line. */
const placeOf = ({ at }: Note): string => `${at.file}:${at.line}`;

interface HeapLine {
  readonly line: string;
  /** What is on the heap, without its column: an edit may move that. */
  readonly what: string;
  readonly text: string;
}

const heapLines = (notes: readonly Note[]): HeapLine[] =>
  notes.filter(isHeap).map((n) => ({ line: placeOf(n), what: n.kind === "moved" ? `moved ${n.name}` : n.kind === "escapes" ? n.expr : "", text: compilerLines([n], 1).trimEnd() }));

const same = (a: HeapLine, b: HeapLine): boolean => a.line === b.line && a.what === b.what;

function changed(before: string, after: string): Proposal["changes"] {
  const old = before.split("\n");
  return after.split("\n").flatMap((line, i) => (line === old[i] ? [] : [{ line: i + 1, before: old[i] ?? "", after: line }]));
}
