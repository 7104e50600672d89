/**
 * Escape analysis: which variables and allocations may live on the stack, and how parameters leak.
 *
 * Functions are taken bottom-up, those that call one another together. Each batch becomes a graph of flows, which is solved; what it
 * says is written into the IR (`esc`, `class`, `byval`, `transient`) and recorded as notes in Go's order. Nothing is printed here.
 *
 * Go: cmd/compile/internal/escape.
 */
import { canonical, type Func, isClosure, visitFuncsBottomUp } from "../ir/index.ts";
import { explainNow, watcher } from "./explain.ts";
import { considerSize, finish, flowClosure } from "./finish.ts";
import { Batch } from "./graph.ts";
import { type EscapeOptions, Oracles } from "./options.ts";
import { solve } from "./solve.ts";
import { walkFunction } from "./walk.ts";

export type { EscapeOptions } from "./options.ts";
export { Oracles } from "./options.ts";

/** Where Go is usually installed. */
const DEFAULT_GOROOT = "/usr/local/go";

/** Analyses all functions of a package. */
export function escapePackage(options: Omit<EscapeOptions, "oracles" | "goroot"> & { readonly goroot?: string }): void {
  const o: EscapeOptions = { goroot: DEFAULT_GOROOT, ...options, oracles: new Oracles() };
  visitFuncsBottomUp(o.ir.funcs, (group) => analyse(o, group));
}

function analyse(o: EscapeOptions, group: readonly Func[]): void {
  const b: Batch = new Batch(o, group, (dst, src, derefs, notes) => explainNow(b, dst, src, derefs, notes));
  for (const fn of group) declareVariables(b, fn);
  for (const fn of group) if (!isClosure(fn)) walkFunction(b, fn);
  for (const pending of b.closures) flowClosure(b, pending);
  for (const loc of [...b.locations]) considerSize(b, loc);
  solve(b, watcher(b));
  finish(b, group);
}

/** Makes the locations of a function's variables, in order of declaration. */
function declareVariables(b: Batch, fn: Func): void {
  const frame = b.frame(fn);
  for (const n of fn.dcl) b.newLocation(n, frame, 1, true);
  // Hidden parameters of wrappers for method values.
  if (!fn.closure) for (const cv of fn.closureVars) b.newLocation(canonical(cv), frame, 1, true);
  fn.results.forEach((r, i) => {
    const loc = b.location(r);
    loc.resultIndex = i + 1;
    frame.results.push(loc);
  });
}
