/**
 * Notes of the compiler in its own words: the lines of -gcflags=-m and -m=2, byte for byte.
 *
 * One note is one line, but explanations, which are one line for each flow and each step of it. Order is that of the notes.
 *
 * Go: the formats in cmd/compile/internal/{inline,devirtualize,escape,walk}.
 */
import { unreachable } from "../base/bug.ts";
import { COLUMN_LIMIT, type Position } from "../base/source.ts";
import type { Flow, Note } from "../record/notes.ts";

/** All lines of `notes` at `level` 1 or 2 (as -m=1 and -m=2), each ended by a line feed. */
export function compilerLines(notes: readonly Note[], level: number): string {
  let text = "";
  for (const note of notes) for (const line of noteLines(note, level)) text += `${line}\n`;
  return text;
}

/** The lines of one note; none where the level does not show it. */
export function noteLines(note: Note, level: number): readonly string[] {
  if (note.kind === "verbatim") return [note.text];
  if (RECORDS_ONLY.has(note.kind)) return [];
  const place = prefix(note);
  if (level < 2) return VERBOSE_ONLY.has(note.kind) ? [] : [`${place}${shortText(note)}`];
  const explanation = note.kind === "explainEscape" || note.kind === "explainLeak" ? note.flow.flatMap((f) => flowLines(f)) : [];
  return [longText(note), ...explanation].map((text) => `${place}${text}`);
}

/** Lines that the compiler prints itself; all others are queued as warnings, which leave out a position that is not known. */
const PRINTED: ReadonlySet<Note["kind"]> = new Set(["canInline", "cannotInline", "bigFunction", "recursiveCycle", "inlining", "explainEscape", "explainLeak"]);

function prefix(note: Note & { readonly at: Position }): string {
  const unknown = note.at.line === 0 && note.at.file === "";
  return unknown && !PRINTED.has(note.kind) ? "" : `${placeText(note.at)}: `;
}

/** What only the record form tells. */
const RECORDS_ONLY: ReadonlySet<Note["kind"]> = new Set(["wrapperEscapes", "cannotInlineCall", "iterationVariable", "loopModified"]);

const VERBOSE_ONLY: ReadonlySet<Note["kind"]> = new Set([
  "cannotInline", "bigFunction", "recursiveCycle", "capturing", "explainEscape", "explainLeak", "keptAlive", "missing",
]);

/** `./main.go:4:2`; without a column where it is unknown or too large to be kept. */
function placeText({ file, line, col }: Position): string {
  if (line === 0) return file === "" ? "<unknown line number>" : file;
  return col > 0 && col < COLUMN_LIMIT ? `${file}:${line}:${col}` : `${file}:${line}`;
}

function longText(note: Note): string {
  if (note.kind === "canInline" && note.body !== undefined) return `can inline ${note.func} with cost ${note.cost} as: ${note.body}`;
  return shortText(note);
}

function shortText(note: Note): string {
  switch (note.kind) {
    case "canInline":
      return `can inline ${note.func}`;
    case "cannotInline":
      return `cannot inline ${note.func}: ${note.reason}`;
    case "bigFunction":
      return `function ${note.func} considered 'big'; reducing max cost of inlinees`;
    case "recursiveCycle":
      return `cannot inline ${note.callee} into ${note.caller}: repeated recursive cycle`;
    case "inlining":
      return `inlining call to ${note.func}`;
    case "devirtualizing":
      return `${note.partially ? "partially devirtualizing" : "devirtualizing"} ${note.call} to ${note.type}`;
    case "cannotDevirtualize":
      return `cannot devirtualize ${note.call}: ${note.reason}`;
    case "moved":
      return `moved to heap: ${note.name}`;
    case "escapes":
      return `${note.expr} escapes to heap`;
    case "stays":
      return `${note.expr} does not escape${note.untouched ? ", mutate, or call" : ""}`;
    case "touches":
      return `${note.how} param: ${note.param} derefs=${note.derefs}`;
    case "leaks":
      if (note.result !== undefined) return `leaking param: ${note.param} to result ${note.result} level=${note.level ?? 0}`;
      return `leaking param${note.content ? " content" : ""}: ${note.param}`;
    case "selfAssignment":
      return `${note.func} ignoring self-assignment in ${note.stmt}`;
    case "zeroCopy":
      return "zero-copy string->[]byte conversion";
    case "boundsElided":
      return "index bounds check elided";
    case "impreciseCall":
      return "imprecise interface call";
    case "unsafeUintptr":
      if (!note.marking) return `assuming ${note.name} is unsafe uintptr`;
      return `marking ${note.name} as escaping ${note.dots ? "...uintptr" : "uintptr"}`;
    case "capturing": {
      const flags = `addr=${note.addr} assign=${note.assign} width=${note.width}`;
      return `${note.func} capturing by ${note.byValue ? "value" : "ref"}: ${note.name} (${flags})`;
    }
    case "explainEscape":
      return `${note.expr} escapes to heap in ${note.func}:`;
    case "explainLeak":
      return `parameter ${note.param} leaks to ${note.to} for ${note.func} with derefs=${note.derefs}:`;
    case "keptAlive":
      return note.what;
    case "verbatim":
      return note.text;
    case "wrapperEscapes": case "cannotInlineCall": case "iterationVariable": case "loopModified":
      return "";
    case "missing":
      return `lines of ${note.construct} are missing here`;
    default:
      return unreachable(note);
  }
}

/** `  flow: x ← &y:` and `    from &y (address-of) at ./main.go:4:9`. */
function flowLines(flow: Flow): readonly string[] {
  if (flow.truncated) return ["  warning: truncated explanation due to assignment cycle; see golang.org/issue/35518"];
  const ops = flow.derefs < 0 ? "&" : "*".repeat(flow.derefs);
  return [`  flow: ${flow.to} ← ${ops}${flow.from}:`, ...flow.steps.map((s) => `    from ${s.expr} (${s.why}) at ${placeText(s.at)}`)];
}
