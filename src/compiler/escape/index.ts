/**
 * Escape analysis: which variables and allocations may live on the stack, and how parameters leak.
 *
 * Functions are taken bottom-up, those that call one another together. Each batch becomes a graph of flows, which is solved; what it
 * says is written into the IR (`esc`, `class`, `byval`, `transient`) and recorded as notes in Go's order. Nothing is printed here.
 *
 * Go: cmd/compile/internal/escape.
 */
import {
  type CallExpr, cannedNote, canonical, type ClosureExpr, DEFAULT_GOROOT, type Func, isClosure, type Name, staticCalleeName, staticValue, visitFunc, visitFuncsBottomUp,
} from "../ir/index.ts";
import { explainNow, watcher } from "./explain.ts";
import { considerSize, finish, flowClosure } from "./finish.ts";
import { Batch } from "./graph.ts";
import { type EscapeOptions, Oracles } from "./options.ts";
import { solve } from "./solve.ts";
import { Leaks } from "./leaks.ts";
import { isPassed, tagOf } from "./summary.ts";
import { walkFunction } from "./walk.ts";

export type { EscapeOptions } from "./options.ts";
export { Oracles } from "./options.ts";
export { FRAMES, SMALL_FRAMES, type FrameLimits } from "./types.ts";

/** Analyses all functions of a package. */
export function escapePackage(options: Omit<EscapeOptions, "oracles" | "goroot"> & { readonly goroot?: string }): void {
  const o: EscapeOptions = { goroot: DEFAULT_GOROOT, ...options, oracles: new Oracles() };
  for (const fn of o.ir.funcs) if (fn.canned?.later) fn.body = fn.canned.later;
  visitFuncsBottomUp(o.ir.funcs, (group) => analyse(o, group));
}

/** Whether argument `index` of `call` (the receiver is the first) may be found anywhere after it. Go: slice.argLeak. */
export function argumentLeaks(call: CallExpr, index: number): boolean {
  const callee = call.kind === "CALLFUNC" ? staticCalleeName(staticValue(call.fun)) : undefined;
  if (!callee) return true;
  return (callee.facts ? tagOf(callee.facts, index) : Leaks.parse(callee.func?.tags?.[index] ?? "")).any();
}

function analyse(o: EscapeOptions, all: readonly Func[]): void {
  for (const fn of all) for (const line of fn.canned?.escape ?? []) o.notes.push(cannedNote(line, o.goroot));
  if (all.every((fn) => fn.canned)) return;
  const away = all.flatMap(inlinedAwayIn);
  const gone = new Set(away.filter((x) => isClosure(x.func)).flatMap((x) => withClosures(x.func)));
  const group = all.filter((fn) => !gone.has(fn) && !fn.canned);
  const b = new Batch(o, group, away, (dst, src, derefs, notes) => explainNow(b, dst, src, derefs, notes));
  for (const fn of group) declareVariables(b, fn);
  for (const fn of group) if (!isClosure(fn)) walkFunction(b, fn);
  for (const pending of b.closures) flowClosure(b, pending);
  for (const loc of [...b.locations]) considerSize(b, loc);
  solve(b, watcher(b));
  finish(b, group);
  for (const literal of away) if (isClosure(literal.func)) analyseInlinedAway(o, literal);
}

/** Literals in `fn` that are passed to the library only, where all their calls were inlined. */
function inlinedAwayIn(fn: Func): ClosureExpr[] {
  const found: ClosureExpr[] = [];
  const passed = new Map<Name, number>();
  const uses = new Map<Name, number>();
  visitFunc(fn, (n) => {
    if (n.kind === "NAME") uses.set(n, (uses.get(n) ?? 0) + 1);
    if (n.kind === "CLOSURE") for (const cv of n.func.closureVars) if (cv.outer) uses.set(cv.outer, Infinity);
    if (n.kind !== "CALLFUNC" || !n.std || n.std.calls.size === 0) return;
    for (const arg of n.args) {
      if (!isPassed(n, arg)) continue;
      if (arg.kind === "CLOSURE") found.push(arg);
      if (arg.kind === "NAME") passed.set(arg, (passed.get(arg) ?? 0) + 1);
    }
  });
  // A variable that is declared, assigned once, and passed: it goes with the literal in it.
  for (const [name, times] of passed) {
    const value = staticValue(name);
    if (value.kind === "CLOSURE" && uses.get(name) === times + 2) found.push(value);
  }
  return found;
}

/**
 * A literal whose calls were all inlined is no allocation in Go. Our code still passes it to the library, so its body is analysed, and
 * nobody told: what it captures is taken for the heap's, by reference.
 */
function analyseInlinedAway(o: EscapeOptions, literal: ClosureExpr): void {
  const group = withClosures(literal.func);
  literal.esc = "none";
  const b = new Batch({ ...o, notes: [], verbose: false, explain: false }, group, [], () => undefined);
  for (const cv of literal.func.closureVars) {
    const outer = canonical(cv);
    outer.addrtaken = true;
    b.newLocation(outer, b.frame(literal.func), 1, true).attrs = b.heap.attrs;
  }
  for (const fn of group) declareVariables(b, fn);
  walkFunction(b, literal.func);
  for (const pending of b.closures) flowClosure(b, pending);
  for (const loc of [...b.locations]) if (loc.n?.kind !== "NAME" || loc.n.curfn) considerSize(b, loc);
  solve(b, watcher(b));
  const captured = new Set(literal.func.closureVars.map((cv) => canonical(cv)));
  finish(b, group, captured);
}

const withClosures = (fn: Func): Func[] => [fn, ...fn.closures.flatMap(withClosures)];

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
