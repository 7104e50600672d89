/**
 * Functions bottom-up: callees before callers, functions that call one another together.
 *
 * Any mention of a function counts as a call. Literals that capture something belong to the function around them. The order inside a group,
 * and of the groups, is that of discovery and decides the order of messages.
 *
 * Go: cmd/compile/internal/ir/scc.go.
 */
import type { Func, Node } from "./node.ts";
import { staticCalleeName } from "./value.ts";
import { forEachChild } from "./visit.ts";

/** Number of a function whose group is finished: it never pulls anyone into an open group. */
const FINISHED = Number.MAX_SAFE_INTEGER;

/**
 * Calls `analyse` with each group of mutually recursive functions, bottom-up from the functions of `list`, closures
 * along with their outer function. `recursive` tells whether the group calls itself.
 */
export function visitFuncsBottomUp(list: readonly Func[], analyse: (group: Func[], recursive: boolean) => void): void {
  const search: Search = { generation: 0, ids: new Map(), stack: [], analyse };
  for (const fn of list) if (!isClosure(fn)) discover(search, fn);
}

/** Whether `fn` is a literal that captures something. One that does not is a function like any other. Go: Func.IsClosure. */
export const isClosure = (fn: Func): boolean => fn.closure !== undefined && fn.closureVars.length > 0;

interface Search {
  generation: number;
  readonly ids: Map<Func, number>;
  stack: Func[];
  readonly analyse: (group: Func[], recursive: boolean) => void;
}

/** Visits `fn` and what it mentions; returns the smallest number that can be reached from it. */
function discover(s: Search, fn: Func): number {
  const known = s.ids.get(fn);
  if (known !== undefined) return known;
  const id = ++s.generation;
  s.ids.set(fn, id);
  // One more than the function's own number, so that a call of itself is told from none.
  let lowest = ++s.generation;
  s.stack.push(fn);
  const meet = (callee: Func): void => {
    if (isCompiledHere(callee)) lowest = Math.min(lowest, discover(s, callee));
  };
  for (const stmt of fn.body) mentions(stmt, meet);
  if (lowest < id || isClosure(fn)) return lowest;
  const from = s.stack.lastIndexOf(fn);
  const group = s.stack.splice(from);
  for (const member of group) s.ids.set(member, FINISHED);
  s.analyse(group, lowest === id);
  return lowest;
}

const isCompiledHere = (fn: Func): boolean => !fn.imported && !fn.elsewhere && fn.compiledElsewhere !== true;

/** Calls `meet` with each function that `n` and what is below it mention. */
function mentions(n: Node, meet: (callee: Func) => void): void {
  if (n.kind === "CALLFUNC" && n.std) {
    const inlined = staticCalleeName(n.fun)?.func;
    // The real compiler has the body here: its mentions come after the arguments, and the callee's own name is gone.
    const gone = new Set([...(n.std?.calls.values() ?? [])].map((c) => staticCalleeName(c.call.fun)?.func));
    for (const child of [...n.init, ...n.args]) if (child.kind !== "CLOSURE" || !gone.has(child.func)) mentions(child, meet);
    for (const call of n.std.calls.values()) mentions(call, meet);
    n.std.mentions?.forEach(meet);
    for (const stmt of inlined?.canned?.later ?? inlined?.body ?? []) mentions(stmt, meet);
    return;
  }
  const callee = mentioned(n);
  if (callee && isCompiledHere(callee)) meet(callee);
  forEachChild(n, (child) => mentions(child, meet));
}

/** The function of this package that `n` mentions. */
function mentioned(n: Node): Func | undefined {
  if (n.kind === "NAME") return n.class === "func" ? n.func : undefined;
  if (n.kind === "METHVALUE" || n.kind === "METHEXPR") return n.func?.func;
  return n.kind === "CLOSURE" ? n.func : undefined;
}
