/**
 * Why something escapes or leaks: the flows from it to where it goes, as data.
 *
 * The path is read from the solver's state at the moment the solver finds it; later walks overwrite it.
 *
 * Go: cmd/compile/internal/escape/solve.go (explainPath, explainFlow, explainLoc).
 */
import { bug } from "../../base/bug.ts";
import type { Position } from "../../base/source.ts";
import type { Flow, FlowStep } from "../../record/notes.ts";
import { type Node, nodeString, type XPos } from "../ir/index.ts";
import type { Batch, FlowNote, InnerFlow, Location, Site } from "./graph.ts";
import { type EscapeOptions, placeOf } from "./options.ts";
import type { Watcher } from "./solve.ts";

/** The text of a variable or allocation. */
export const textOf = (o: EscapeOptions, n: Node | Site): string => (n.kind === "SITE" ? n.text : nodeString(n, o.print));

/** Where a location is declared or allocated. */
export const positionOf = (l: Location): XPos => l.n?.pos ?? bug("a helper has no position");

/** Where messages say that it is: a variable of a closure of the library stays in its place. */
const placeOfLocation = (b: Batch, l: Location): Position => (l.n?.kind === "SITE" ? l.n.at : l.n?.kind === "NAME" ? l.n.declared : undefined) ?? placeOf(b.o, positionOf(l));

/** A location as explanations name it. */
export function locationString(b: Batch, l: Location): string {
  if (l === b.heap) return "{heap}";
  if (!l.n) return l.label ?? "{temp}";
  return l.n.kind === "NAME" || (l.n.kind === "SITE" && l.n.op === "V") ? textOf(b.o, l.n) : `{storage for ${textOf(b.o, l.n)}}`;
}

/** One flow and the contexts it passes through. */
function flowOf(b: Batch, dst: Location, src: Location, derefs: number, notes: FlowNote | undefined): Flow {
  const at = !notes && src.n && b.o.verbose ? { at: placeOf(b.o, positionOf(src)) } : {};
  return { to: locationString(b, dst), from: locationString(b, src), derefs, steps: stepsOf(b, notes), ...at };
}

function stepsOf(b: Batch, notes: FlowNote | undefined): FlowStep[] {
  const steps: FlowStep[] = [];
  for (let note = notes; note; note = note.next) {
    const { where } = note;
    const place = where.kind === "SITE" ? where.at : undefined;
    steps.push({ expr: textOf(b.o, where), why: note.why, at: place ?? placeOf(b.o, where.pos) });
  }
  return steps;
}

/** The flows that an edge through a library body sums up. */
function innerFlows(b: Batch, dst: Location, src: Location, inner: readonly InnerFlow[]): Flow[] {
  let from = locationString(b, src);
  return inner.map((part) => {
    const to = part.to ?? locationString(b, dst);
    const flow = { to, from, derefs: part.derefs, steps: stepsOf(b, part.notes) };
    from = to;
    return flow;
  });
}

/** So many flows of a path are kept where only `why` asks for them: through a thousand functions that call one another a path leads through all. */
const LONGEST = 40;

/** All flows from `l` to `root`, as the solver just found them. */
function pathOf(b: Batch, root: Location, l: Location): Flow[] {
  const visited = new Set<Location>();
  const flows: Flow[] = [];
  for (let src = l; ; ) {
    if (visited.has(src) || (!b.o.verbose && flows.length >= LONGEST)) {
      flows.push({ to: "", from: "", derefs: 0, steps: [], truncated: true });
      return flows;
    }
    visited.add(src);
    const dst = src.dst ?? bug("a path that leads nowhere");
    const edge = dst.edges[src.dstEdge];
    if (edge?.src !== src) bug("a path along an edge of another location");
    flows.push(...(edge.inner ? innerFlows(b, dst, src, edge.inner) : [flowOf(b, dst, src, edge.derefs, edge.notes)]));
    if (dst === root) return flows;
    src = dst;
  }
}

/** Records that `src` escapes by a flow just added to the graph. */
export function explainNow(b: Batch, dst: Location, src: Location, derefs: number, notes: FlowNote | undefined): void {
  if (b.o.verbose || b.o.explain) tellEscape(b, src, [flowOf(b, dst, src, derefs, notes)], true);
}

/** Records that an allocation of a library body goes to the heap. */
export function explainInner(b: Batch, src: Location, inner: readonly InnerFlow[]): void {
  if (b.o.verbose || b.o.explain) tellEscape(b, src, innerFlows(b, b.heap, src, inner), true);
}

function tellEscape(b: Batch, l: Location, flow: readonly Flow[], direct: boolean): void {
  l.flow ??= flow;
  if (!b.o.verbose || !l.n) return;
  b.o.notes.push({ kind: "explainEscape", at: placeOfLocation(b, l), expr: textOf(b.o, l.n), func: l.frame.func?.printed ?? l.frame.name ?? "", flow, ...(direct ? { direct } : {}) });
}

/** Watches the solver. */
export function watcher(b: Batch): Watcher {
  if (!b.o.verbose && !b.o.explain) return { escapes: () => undefined, leaks: () => undefined };
  return {
    escapes: (root, l) => {
      if (b.o.verbose || !l.flow) tellEscape(b, l, pathOf(b, root, l), false);
    },
    leaks: (root, l, derefs) => {
      if (!b.o.verbose && l.flow) return;
      const flow = pathOf(b, root, l);
      l.flow ??= flow;
      if (!b.o.verbose || !l.n) return;
      const to = locationString(b, root);
      b.o.notes.push({ kind: "explainLeak", at: placeOfLocation(b, l), param: textOf(b.o, l.n), to, func: l.frame.func?.printed ?? l.frame.name ?? "", derefs, flow });
    },
  };
}
