/**
 * Notes of the compiler in its own record form: what `-gcflags=-json=0,dir` writes, one text for each source file.
 *
 * A text is a header and then one diagnostic a line, as an editor's language server has them, sorted by place. Only what the front end
 * knows is here: inlining and escapes. Bounds and nil checks are decided by Go's back end, for which gomem has no counterpart.
 *
 * Go: cmd/compile/internal/logopt/log_opts.go.
 */
import { COLUMN_LIMIT, type Position } from "../base/source.ts";
import type { Flow, Note } from "../record/notes.ts";

/** The records about one source file. */
export interface RecordFile {
  /** Name of the file that Go would write: `main.json`. */
  readonly name: string;
  readonly text: string;
}

/** What records are made with. */
export interface RecordOptions {
  /** Import path of the package, `main` for a program. */
  readonly pkg: string;
  /** A file's name as records have it: whole. */
  readonly whole: (file: string) => string;
}

/** What the go command calls the toolchain and the platform that are modelled. */
const PLATFORM = { goos: "linux", goarch: "amd64", gc_version: "go1.26.8" };

/** The records of an analysis at level 2. */
export function compilerRecords(notes: readonly Note[], options: RecordOptions): RecordFile[] {
  const all = notes.flatMap((note) => recordOf(note, options) ?? []);
  const sorted = all.map((r, i) => ({ ...r, i })).sort((a, b) => byPlace(a.at, b.at) || a.i - b.i);
  const files = new Map<string, string[]>();
  for (const { at, record } of sorted) {
    const file = options.whole(at.file);
    const lines = files.get(file) ?? [goJson({ version: 0, package: options.pkg, ...PLATFORM, file })];
    lines.push(goJson(record));
    files.set(file, lines);
  }
  return [...files].map(([file, lines]) => ({ name: `${pathEscape(baseName(file))}.json`, text: `${lines.join("\n")}\n` }));
}

interface Placed {
  readonly at: Position;
  readonly record: unknown;
}

function byPlace(a: Position, b: Position): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || columnOf(a.col) - columnOf(b.col);
}

/** Columns as Go keeps them. */
const columnOf = (col: number): number => Math.min(col, COLUMN_LIMIT);

function recordOf(note: Note, { whole }: RecordOptions): Placed | undefined {
  const made = (code: string, message: string, flows: readonly Flow[] = [], last = note.at): Placed => {
    const related = [...inlinedAt(note.at, whole, last), ...flows.flatMap((f) => flowRecords(f, whole))];
    const record = { range: rangeOf(note.at, last), severity: 3, code, source: "go compiler", message };
    return { at: note.at, record: related.length === 0 ? record : { ...record, relatedInformation: related } };
  };
  switch (note.kind) {
    case "canInline":
      return made("canInlineFunction", `cost: ${note.cost}`);
    case "cannotInline":
      return made("cannotInlineFunction", note.reason);
    case "cannotInlineCall":
      return made("cannotInlineCall", note.reason);
    case "iterationVariable":
      return made(`iteration-variable-to-${note.heap ? "heap" : "stack"}`, note.name);
    case "loopModified":
      return made(`loop-modified-${note.loop}`, "", [], note.last);
    case "explainEscape":
      return made(note.direct ? "escapes" : "escape", `${note.expr} escapes to heap`, note.flow);
    case "explainLeak":
      return made("leak", `parameter ${note.param} leaks to ${note.to} with derefs=${note.derefs}`, note.flow);
    case "escapes": case "wrapperEscapes":
      return made("escape", "");
    default:
      return undefined;
  }
}

type Whole = RecordOptions["whole"];

/** A flow, then its steps. A path that came back to where it was has no record. */
function flowRecords(flow: Flow, whole: Whole): unknown[] {
  if (flow.truncated) return [];
  const at = flow.steps[0]?.at ?? flow.at ?? { file: "", line: 0, col: 0 };
  const ops = flow.derefs < 0 ? "&" : "*".repeat(flow.derefs);
  return [
    ...related(at, `escflow:    flow: ${flow.to} ← ${ops}${flow.from}:`, whole),
    ...flow.steps.flatMap((s) => related(s.at, `escflow:      from ${s.expr} (${s.why})`, whole)),
  ];
}

const related = (at: Position, message: string, whole: Whole): unknown[] => [{ location: locationOf(at, whole), message }, ...inlinedAt(at, whole)];

const inlinedAt = (at: Position, whole: Whole, last = at): unknown[] =>
  (at.inlined ?? []).map((p, i) => ({ location: locationOf(p, whole, last.inlined?.[i]), message: "inlineLoc" }));

/** A place that the compiler does not know is in a file of this name. */
const UNNAMED = "__unnamed__";

const locationOf = (at: Position, whole: Whole, last = at): unknown =>
  ({ uri: `file://${at.file === "" ? UNNAMED : pathEscape(whole(at.file), "/")}`, range: rangeOf(at, last) });

function rangeOf(first: Position, last: Position): unknown {
  const place = ({ line, col }: Position) => ({ line, character: columnOf(col) });
  return { start: place(first), end: place(last) };
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.go$/, "");

/** Escapes what has no place in a URL's path; `also` stays as it is. Go: net/url (PathEscape). */
function pathEscape(text: string, also = ""): string {
  const kept = /[A-Za-z0-9\-_.~$&+=:@]/;
  return [...Buffer.from(text, "utf8").toString("latin1")].map((c) => (kept.test(c) || also.includes(c) ? c : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)).join("");
}

/** JSON as encoding/json writes it: what HTML or JavaScript would misread is escaped. */
const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
