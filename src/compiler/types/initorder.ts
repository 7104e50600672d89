/**
 * In which order package-level variables are initialised: as written, but each after those it depends on.
 *
 * Functions are taken out of the graph: whoever uses one depends on what it uses. Go: types2/initorder.go.
 */
import type { Checker } from "./checker.ts";
import { error, report } from "./errors.ts";
import { at } from "./lists.ts";
import * as messages from "./messages.ts";
import type { Const, Func, Obj, Var } from "./type.ts";

interface Node {
  readonly obj: Const | Var | Func;
  readonly order: number;
  readonly pred: Set<Node>;
  readonly succ: Set<Node>;
  waiting: number;
  done: boolean;
}

/** Fills `info.initOrder`; reports variables that depend on themselves. */
export function initOrder(c: Checker): void {
  const nodes = dependencyGraph(c);
  const emitted = new Set<unknown>();
  const queue = new Queue(nodes);
  for (let n = queue.next(); n; n = queue.next()) {
    if (n.waiting > 0) {
      const cycle = findPath(c, n.obj, n.obj, new Set());
      if (cycle) reportCycle(c, cycle);
      // Go on, as if the cycle were not there.
    }
    for (const p of n.pred) {
      p.waiting--;
      queue.changed(p);
    }
    if (n.obj.kind !== "Var") continue;
    const d = c.objects.get(n.obj);
    if (!d?.init) continue;
    // `var a, b = f()` is emitted once.
    const key = d.lhs ?? n.obj;
    if (emitted.has(key)) continue;
    emitted.add(key);
    c.info.initOrder.push({ lhs: d.lhs ?? [n.obj], rhs: d.init });
  }
}

function dependencyGraph(c: Checker): Node[] {
  const nodes = new Map<Obj, Node>();
  for (const [obj, d] of c.objects) {
    if (obj.kind !== "Const" && obj.kind !== "Var" && obj.kind !== "Func") continue;
    nodes.set(obj, { obj, order: d.order, pred: new Set(), succ: new Set(), waiting: 0, done: false });
  }
  for (const n of nodes.values()) {
    for (const dep of depsOf(c, n.obj)) {
      const d = nodes.get(dep);
      if (!d) continue;
      n.succ.add(d);
      d.pred.add(n);
    }
  }
  const functions = [...nodes.values()].filter((n) => n.obj.kind === "Func");
  functions.sort((a, b) => a.pred.size * a.succ.size - b.pred.size * b.succ.size);
  for (const n of functions) removeFunction(n);
  const rest = [...nodes.values()].filter((n) => n.obj.kind !== "Func");
  for (const n of rest) n.waiting = n.succ.size;
  return rest;
}

const depsOf = (c: Checker, obj: Obj): ReadonlySet<Obj> => c.objects.get(obj)?.deps ?? new Set();

function removeFunction(n: Node): void {
  for (const p of n.pred) {
    if (p === n) continue;
    for (const s of n.succ) {
      if (s === n) continue;
      p.succ.add(s);
      s.pred.add(p);
    }
    p.succ.delete(n);
  }
  for (const s of n.succ) s.pred.delete(n);
}

/** Constants first, then whatever waits for least, then source order. */
function before(a: Node, b: Node): boolean {
  const [x, y] = [a.obj.kind === "Const", b.obj.kind === "Const"];
  if (x !== y) return x;
  return a.waiting < b.waiting || (a.waiting === b.waiting && a.order < b.order);
}

/** A binary heap of nodes; nodes whose keys sank are pushed again, stale entries are skipped. */
class Queue {
  readonly #heap: { node: Node; waiting: number }[] = [];

  constructor(nodes: readonly Node[]) {
    for (const n of nodes) this.changed(n);
  }

  changed(node: Node): void {
    if (node.done) return;
    const heap = this.#heap;
    heap.push({ node, waiting: node.waiting });
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#less(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  next(): Node | undefined {
    for (;;) {
      const top = this.#pop();
      if (!top) return undefined;
      if (top.node.done || top.waiting !== top.node.waiting) continue;
      top.node.done = true;
      return top.node;
    }
  }

  #pop(): { node: Node; waiting: number } | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && this.#less(child, least)) least = child;
      if (least === i) return top;
      this.#swap(i, least);
      i = least;
    }
  }

  #less(i: number, j: number): boolean {
    const a = at(this.#heap, i);
    const b = at(this.#heap, j);
    return before({ ...a.node, waiting: a.waiting }, { ...b.node, waiting: b.waiting });
  }

  #swap(i: number, j: number): void {
    const a = at(this.#heap, i);
    this.#heap[i] = at(this.#heap, j);
    this.#heap[j] = a;
  }
}

/** A path of dependencies, last step first; undefined if there is none. */
function findPath(c: Checker, from: Obj, to: Obj, seen: Set<Obj>): Obj[] | undefined {
  if (seen.has(from)) return undefined;
  seen.add(from);
  const order = (o: Obj): number => c.objects.get(o)?.order ?? 0;
  for (const d of [...depsOf(c, from)].sort((a, b) => order(a) - order(b))) {
    if (d === to) return [d];
    const path = findPath(c, d, to, seen);
    if (path) return [...path, d];
  }
  return undefined;
}

function reportCycle(c: Checker, cycle: readonly Obj[]): void {
  let obj = at(cycle, 0);
  if (cycle.length === 1) {
    error(c, obj, messages.initCycleSelf(obj.name));
    return;
  }
  const lines = [{ at: obj, message: messages.initCycle(obj.name) }];
  for (let i = cycle.length - 1; i >= 0; i--) {
    const next = at(cycle, i);
    lines.push({ at: obj, message: messages.refersTo(obj.name, next.name) });
    obj = next;
  }
  report(c, lines);
}
