/**
 * Budgets in the source: comments that say what may not happen, held against what the compiler decided.
 *
 *   //gomem:noescape     nothing on this line (or in this function) goes to the heap
 *   //gomem:inline       this function can be inlined, or: a call on this line is
 *   //gomem:allocs n     at most n places of this line (or function) allocate; the command `allocs` counts what really happens
 *
 * A comment speaks of the line that it ends, or of the next line of code; on a function's own line of the whole function. The peers'
 * `//gcassert:noescape` and `//gcassert:inline` are read too.
 */
import { type Position, Sources } from "../base/source.ts";
import { scanText, spelling, type Tokens } from "../compiler/index.ts";
import type { Note } from "../record/notes.ts";
import { sentences } from "../views/index.ts";
import { alwaysStays } from "./allocates.ts";
import { nearest } from "./nearest.ts";
import type { SubjectFile } from "./subject.ts";

/** A budget and what it speaks of. */
export interface Budget {
  readonly what: "noescape" | "inline" | "allocs";
  /** Of allocs: how many. */
  readonly most: number;
  /** Where the comment stands. */
  readonly at: Position;
  /** Lines that it speaks of. */
  readonly from: number;
  readonly to: number;
  /** The function that it speaks of, where it stands on a function's own line. */
  readonly func?: string;
}

/** A budget that was not kept, or one that cannot be read. */
export interface Broken {
  readonly at: Position;
  readonly message: string;
}

/** A comment may hold several words: `//gcassert:inline,noescape`. */
const COMMENT = /\/\/(?:gomem|gcassert):([^\n]*)/g;

/** The budgets of a file. */
export function budgetsIn(file: SubjectFile): { readonly budgets: readonly Budget[]; readonly broken: readonly Broken[] } {
  const budgets: Budget[] = [];
  const broken: Broken[] = [];
  if (!file.text.includes(":")) return { budgets, broken };
  let tokens: Tokens | undefined;
  const sources = new Sources();
  const source = sources.add(file.name, file.text);
  for (const found of file.text.matchAll(COMMENT)) {
    tokens ??= scanText(file.text);
    if (insideToken(tokens, found.index, file.text)) continue;
    const at = sources.position(sources.pos(source, found.index));
    const target = targetOf(file.text, tokens, at.line);
    for (const word of (found[1] ?? "").split(",").map((w) => w.trim()).filter((w) => w !== "")) {
      const read = readWord(word);
      if (typeof read === "string") broken.push({ at, message: read });
      else budgets.push({ ...read, at, ...target });
    }
  }
  return { budgets, broken };
}

/** Whether a byte lies inside a string: then it begins no comment. */
function insideToken(tokens: Tokens, offset: number, text: string): boolean {
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.starts[i] ?? 0;
    if (start > offset) return false;
    const next = tokens.starts[i + 1] ?? text.length;
    if (start <= offset && offset < next) return /^["'`]/.test(text.slice(start, start + 1)) && !endsBefore(text, start, offset);
  }
  return false;
}

/** Whether the string that begins at `start` has ended before `offset`. */
function endsBefore(text: string, start: number, offset: number): boolean {
  const quote = text[start];
  for (let i = start + 1; i < offset; i++) {
    if (quote !== "`" && text[i] === "\\") i++;
    else if (text[i] === quote) return true;
  }
  return false;
}

function readWord(word: string): Pick<Budget, "what" | "most"> | string {
  if (word === "noescape" || word === "inline") return { what: word, most: 0 };
  const most = /^allocs\s+(\d{1,9})$/.exec(word)?.[1];
  if (most !== undefined) return { what: "allocs", most: Number(most) };
  if (/^allocs\b/.test(word)) return `allocs needs a number, as in //gomem:allocs 0`;
  if (word === "bce") return "bce is decided by Go's back end, which is not modelled";
  const near = nearest(word.split(/\s/)[0] ?? "", ["noescape", "inline", "allocs"]);
  return `unknown budget ${word}${near === undefined ? "" : `: did you mean ${near}?`}`;
}

/** The lines that a comment on `line` speaks of. */
function targetOf(text: string, tokens: Tokens, line: number): Pick<Budget, "from" | "to" | "func"> {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    for (let high = starts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  // A line feed that ends a statement is a token where the line ends; code is what has a spelling of its own there.
  let first = -1;
  for (let i = 0; i < tokens.count && first < 0; i++) {
    const offset = tokens.starts[i] ?? 0;
    if (text[offset] !== "\n" && lineOf(offset) >= line) first = i;
  }
  if (first < 0) return { from: line, to: line };
  const from = lineOf(tokens.starts[first] ?? 0);
  if (spelling(tokens.kinds[first] ?? 0) !== "func") return { from, to: from };
  const end = bodyEnd(tokens, first);
  const name = /^func\s+(?:\([^)]*\)\s*)?(\w+)/.exec(text.slice(tokens.starts[first] ?? 0))?.[1];
  return { from, to: lineOf(tokens.starts[end] ?? 0), ...(name === undefined ? {} : { func: name }) };
}

/** Index of the token that ends the function whose `func` is token `i`. */
function bodyEnd(tokens: Tokens, i: number): number {
  let round = 0;
  let curly = 0;
  for (let at = i; at < tokens.count; at++) {
    const word = spelling(tokens.kinds[at] ?? 0);
    if (word === "(" || word === "[") round++;
    else if (word === ")" || word === "]") round--;
    else if (round === 0 && word === "{") curly++;
    else if (round === 0 && word === "}" && --curly === 0) return at;
    else if (round === 0 && curly === 0 && word === ";") return at;
  }
  return tokens.count - 1;
}

/** The budgets of `files` that these notes (of level 2) do not keep. */
export function brokenBudgets(files: readonly SubjectFile[], notes: readonly Note[]): Broken[] {
  return files.flatMap((file) => {
    const { budgets, broken } = budgetsIn(file);
    const own = notes.filter((n) => n.at.file === file.name);
    return [...broken, ...budgets.flatMap((b) => judge(b, own))];
  });
}

function judge(b: Budget, notes: readonly Note[]): Broken[] {
  const inside = notes.filter((n) => n.at.line >= b.from && n.at.line <= b.to);
  const heap = inside.filter((n) => n.kind === "moved" || n.kind === "escapes");
  switch (b.what) {
    case "noescape":
      return heap.map((n) => ({ at: n.at, message: `noescape: ${sentences([n])[0]?.text ?? ""}` }));
    case "allocs": {
      const places = heap.filter((n) => !alwaysStays(n));
      if (places.length <= b.most) return [];
      const list = places.map((n) => `\n\t${n.at.file}:${n.at.line}:${n.at.col}: ${sentences([n])[0]?.text ?? ""}`).join("");
      return [{ at: b.at, message: `allocs ${b.most}: ${places.length} ${places.length === 1 ? "place allocates" : "places allocate"}${list}` }];
    }
    case "inline":
      return b.func === undefined ? judgeCall(b, inside, notes) : judgeFunction(b, inside);
  }
}

function judgeFunction(b: Budget, inside: readonly Note[]): Broken[] {
  const refused = inside.find((n) => n.kind === "cannotInline" && n.at.line === b.from);
  const can = inside.some((n) => n.kind === "canInline" && n.at.line === b.from);
  if (can) return [];
  return [{ at: b.at, message: `inline: ${b.func} cannot be inlined${refused?.kind === "cannotInline" ? `: ${refused.reason}` : ""}` }];
}

function judgeCall(b: Budget, inside: readonly Note[], notes: readonly Note[]): Broken[] {
  if (inside.some((n) => n.kind === "inlining")) return [];
  const refused = notes.flatMap((n) => (n.kind === "cannotInline" ? [`${n.func}: ${n.reason}`] : []));
  const reasons = refused.length > 0 && refused.length <= 3 ? `; what cannot be inlined here: ${refused.join("; ")}` : "";
  return [{ at: b.at, message: `inline: no call on line ${b.from} is inlined${reasons}` }];
}
