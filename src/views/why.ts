/**
 * Why, in plain words: the compiler's notes as one sentence for each variable or expression, and source with marks in the margin.
 *
 * The exact lines of `-m` are compiler-lines.ts; this file says the same to a person. It reads notes and nothing else.
 */
import type { Position } from "../base/source.ts";
import type { Flow, FlowStep, Note } from "../record/notes.ts";
import type { Output, SourceLine } from "./output.ts";

/** A sentence about one line of source. */
export interface Sentence {
  readonly at: Position;
  readonly mark: SourceLine["mark"];
  readonly text: string;
}

/** What each step of a flow means to the thing that flows. `at` is where it happens. */
function stepWords(step: FlowStep): string {
  const line = step.at.line > 0 ? ` on line ${step.at.line}` : "";
  switch (step.why) {
    case "return":
      return `it is returned${line}`;
    case "captured by a closure":
      return `a closure that outlives the call captures it${line}`;
    case "interface-converted":
      return `it is stored in an interface${line}`;
    case "call parameter":
      return `it is passed to a function that keeps it${line}`;
    case "send":
      return `it is sent on a channel${line}`;
    case "assign":
    case "assign-pair":
      return `it is stored where it outlives the call${line}`;
    case "slice-literal-element":
    case "array literal element":
    case "struct literal element":
    case "map literal key":
    case "map literal value":
      return `it becomes part of a literal that outlives the call${line}`;
    case "appended slice...":
    case "appendee slice":
      return `it is appended to a slice that outlives the call${line}`;
    case "key of map put":
      return `it becomes a key of a map${line}`;
    case "range":
    case "range-deref":
      return `a range loop carries it out${line}`;
    case "spill":
    case "address-of":
    case "reference":
      return `its address is taken${line}`;
    default:
      return `${step.why}${line}`;
  }
}

/** The last step that says something a reader can act on. */
function reasonOf(flows: readonly Flow[] | undefined): string | undefined {
  const steps = flows?.flatMap((f) => f.steps) ?? [];
  const telling = steps.filter((s) => !["spill", "address-of", "reference"].includes(s.why));
  const step = telling.at(-1) ?? steps.at(-1);
  if (!step) return undefined;
  const addressed = steps.some((s) => s.why === "address-of" || s.why === "reference");
  const words = stepWords(step);
  return addressed && words.startsWith("it is") ? words.replace(/^it is/, "its address is") : words;
}

/** An expression as a person would call it: results of inlined calls have no name. */
const plainExpr = (expr: string): string => (/^~r\d+$/.test(expr) ? "the result of the call" : expr === "append" ? "what append makes" : expr);

/** One sentence for each note that says where something lives. */
export function sentences(notes: readonly Note[]): Sentence[] {
  return notes.flatMap((note): Sentence[] => {
    switch (note.kind) {
      case "moved": {
        const reason = reasonOf(note.flow) ?? "its address outlives the call";
        return [{ at: note.at, mark: "heap", text: `${note.name} is on the heap because ${reason}` }];
      }
      case "escapes": {
        const reason = reasonOf(note.flow) ?? "it outlives the call";
        return [{ at: note.at, mark: "heap", text: `${plainExpr(note.expr)} is on the heap because ${reason}` }];
      }
      case "stays":
        return [{ at: note.at, mark: "stack", text: note.param ? `what ${note.expr} points to may stay on the caller's stack` : `${plainExpr(note.expr)} stays on the stack` }];
      case "leaks": {
        const what = note.content ? `what ${note.param} points to` : note.param;
        const where = note.result === undefined ? "to the heap: what the caller passes must live there" : `through result ${note.result}: the caller decides where it lives`;
        return [{ at: note.at, mark: "leak", text: `${what} leaves ${where}` }];
      }
      default:
        return [];
    }
  });
}

const rank: Readonly<Record<SourceLine["mark"], number>> = { heap: 3, leak: 2, stack: 1, none: 0 };

/** The source of one file with marks and sentences; `text` is the exact tool output that goes with it. */
export function markedSource(file: { readonly name: string; readonly text: string }, notes: readonly Note[], text: string): Extract<Output, { kind: "source" }> {
  const byLine = new Map<number, Sentence[]>();
  for (const s of sentences(notes)) if (s.at.file === file.name) byLine.set(s.at.line, [...(byLine.get(s.at.line) ?? []), s]);
  const lines = file.text.split("\n").map((line, i): SourceLine => {
    const here = byLine.get(i + 1) ?? [];
    const mark = here.reduce<SourceLine["mark"]>((best, s) => (rank[s.mark] > rank[best] ? s.mark : best), "none");
    return { number: i + 1, text: line, mark, why: [...new Set(here.map((s) => s.text))] };
  });
  return { kind: "source", path: file.name, text, finding: finding(notes), lines };
}

/** The finding of an analysis in one line, computed from the notes. */
export function finding(notes: readonly Note[]): string {
  const heap = sentences(notes).filter((s) => s.mark === "heap");
  if (heap.length === 0) return "Nothing escapes: every variable stays on a stack.";
  const names = [...new Set(notes.flatMap((n) => (n.kind === "moved" ? [n.name] : [])))];
  const first = heap.find((s) => names.some((n) => s.text.startsWith(`${n} is`))) ?? heap[0];
  const count = heap.length === 1 ? "One thing goes to the heap" : `${heap.length} things go to the heap; one of them`;
  return `${count}: ${first?.text}.`;
}
