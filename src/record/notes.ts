/**
 * What the compiler decided, as data, in the order in which the real one would say it.
 *
 * Written by compiler/inline, compiler/devirtualize and compiler/escape; read by views (which hold the words) and by `why`.
 * Plain data: it survives JSON and structuredClone.
 *
 * Go: the messages of cmd/compile/internal/{inline,devirtualize,escape,walk}; catalogue in their sources.
 */
import type { Position } from "../base/source.ts";

interface At {
  /** Where the line is printed. */
  readonly at: Position;
}

/** One step of a flow: `from EXPR (WHY) at POS`. */
export interface FlowStep {
  readonly expr: string;
  readonly why: string;
  readonly at: Position;
}

/** `flow: TO ← OPS FROM:` and the steps behind it. `derefs` -1 is an address. */
export interface Flow {
  readonly to: string;
  readonly from: string;
  readonly derefs: number;
  readonly steps: readonly FlowStep[];
  /** Where `from` is, if there are no steps to tell. */
  readonly at?: Position;
  /** Stands in for the rest of a path that came back to where it was. */
  readonly truncated?: true;
}

export type Note =
  | (At & { readonly kind: "canInline"; readonly func: string; readonly cost: number; /** `func(int) int { return x }`, for -m=2. */ readonly body?: string })
  | (At & { readonly kind: "cannotInline"; readonly func: string; readonly reason: string })
  | (At & { readonly kind: "bigFunction"; readonly func: string })
  | (At & { readonly kind: "recursiveCycle"; readonly callee: string; readonly caller: string })
  | (At & { readonly kind: "inlining"; readonly func: string })
  /** A call of a function that may be inlined, but not here: known to records only, no line is printed. */
  | (At & { readonly kind: "cannotInlineCall"; readonly reason: string })
  /** A loop's variable that is new in each iteration, and the loop that was rewritten for it: known to records only. */
  | (At & { readonly kind: "iterationVariable"; readonly name: string; readonly heap: boolean })
  | (At & { readonly kind: "loopModified"; readonly loop: "for" | "range"; /** The last place of the loop. */ readonly last: Position })
  | (At & { readonly kind: "devirtualizing"; readonly call: string; readonly type: string; readonly partially: boolean })
  | (At & { readonly kind: "cannotDevirtualize"; readonly call: string; readonly reason: string })
  /** A variable that the heap holds. */
  | (At & { readonly kind: "moved"; readonly name: string; readonly flow?: readonly Flow[]; readonly func?: string })
  /** An allocating expression. */
  | (At & { readonly kind: "escapes"; readonly expr: string; readonly flow?: readonly Flow[]; readonly func?: string })
  /** The closure that the compiler makes of a go or defer statement escapes: known to records only, no line is printed. */
  | (At & { readonly kind: "wrapperEscapes" })
  | (At & { readonly kind: "stays"; readonly expr: string; readonly param: boolean; /** Nor is it written through or called. */ readonly untouched?: true; readonly func?: string })
  /** -d=escapemutationscalls: what a parameter points to is written, or may be called. */
  | (At & { readonly kind: "touches"; readonly param: string; readonly how: "mutates" | "calls"; readonly derefs: number })
  | (At & { readonly kind: "leaks"; readonly param: string; readonly content: boolean; /** Result and level, when it leaks there. */ readonly result?: string; readonly level?: number; readonly flow?: readonly Flow[]; readonly func?: string })
  | (At & { readonly kind: "selfAssignment"; readonly func: string; readonly stmt: string })
  | (At & { readonly kind: "zeroCopy" })
  | (At & { readonly kind: "boundsElided" })
  | (At & { readonly kind: "impreciseCall" })
  | (At & { readonly kind: "unsafeUintptr"; readonly name: string; readonly marking: boolean; readonly dots: boolean })
  /** -m=2: `F capturing by value: V (addr=false assign=false width=8)`. */
  | (At & { readonly kind: "capturing"; readonly func: string; readonly name: string; readonly byValue: boolean; readonly addr: boolean; readonly assign: boolean; readonly width: number })
  /** -m=2: heads and flows printed while solving. */
  | (At & { readonly kind: "explainEscape"; readonly expr: string; readonly func: string; readonly flow: readonly Flow[]; /** Seen when the flow was made, not when the graph was solved. */ readonly direct?: true })
  | (At & { readonly kind: "explainLeak"; readonly param: string; readonly to: string; readonly func: string; readonly derefs: number; readonly flow: readonly Flow[] })
  | (At & { readonly kind: "keptAlive"; readonly what: string })
  /** A line that is known as it stands (lines of generic instances of Go's library). */
  | (At & { readonly kind: "verbatim"; readonly text: string })
  /** Lines of the real compiler that are missing here, and why. */
  | (At & { readonly kind: "missing"; readonly construct: string; readonly func?: string });
