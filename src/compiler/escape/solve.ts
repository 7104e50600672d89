/**
 * Solving the graph: from each location backwards to all that flows to it, by ways with the fewest derefs. What finds its address
 * flow to something that outlives it escapes.
 *
 * Go: cmd/compile/internal/escape/solve.go.
 */
import { type Batch, CALLS, containsFrame, ESCAPES, type Location, MUTATES, PERSISTS } from "./graph.ts";

/** Called when a location escapes or a parameter leaks; the path lies in `dst` and `dstEdge` of the locations. */
export interface Watcher {
  escapes(root: Location, l: Location): void;
  leaks(root: Location, l: Location, derefs: number): void;
}

/** Finds a fixed point of all attributes and leaks. */
export function solve(b: Batch, watch: Watcher): void {
  const todo = new Deque();
  const enqueue = (l: Location): void => {
    if (l.queued) return;
    l.queued = true;
    if (l.has(ESCAPES)) todo.pushFront(l);
    else todo.pushBack(l);
  };
  for (const l of [...b.locations, b.mutator, b.callee, b.heap]) {
    todo.pushFront(l);
    l.queued = true;
  }
  let walk = 0;
  for (let root = todo.popFront(); root; root = todo.popFront()) {
    root.queued = false;
    walkOne(b, root, ++walk, enqueue, watch);
  }
}

function walkOne(b: Batch, root: Location, walk: number, enqueue: (l: Location) => void, watch: Watcher): void {
  root.walk = walk;
  root.derefs = 0;
  root.dst = undefined;
  if (root.has(CALLS) && root.closure && !root.closure.resultsLost) {
    // What the closure returns may go anywhere now.
    root.closure.resultsLost = true;
    if (root.closure.func) root.closure.func.closureResultsLost = true;
    for (const result of root.closure.results) enqueue(result);
  }
  const todo = new Deque();
  todo.pushFront(root);
  for (let l = todo.popFront(); l; l = todo.popFront()) {
    l.queuedWalk = 0;
    const address = l.derefs < 0;
    // After `root = &l; l = x` the address of `l` is in root, that of `x` is not.
    const derefs = address ? 0 : l.derefs;
    const gained = attributes(b, root, l, derefs, watch);
    if ((gained & ~l.attrs) !== 0) {
      l.attrs |= gained;
      enqueue(l);
      if (l.has(ESCAPES)) continue;
    }
    for (let i = 0; i < l.edges.length; i++) {
      const edge = l.edges[i];
      if (!edge || edge.src.has(ESCAPES)) continue;
      const { src } = edge;
      const d = derefs + edge.derefs;
      if (src.walk === walk && src.derefs <= d) continue;
      src.walk = walk;
      src.derefs = d;
      src.dst = l;
      src.dstEdge = i;
      if (src.queuedWalk === walk) continue;
      src.queuedWalk = walk;
      todo.pushBack(src);
    }
  }
}

/** What `l` becomes because it flows to `root`; records leaks of parameters. */
function attributes(b: Batch, root: Location, l: Location, derefs: number, watch: Watcher): number {
  let gained = 0;
  const outlived = (l.derefs < 0 || l.param) && outlives(b, root, l);
  if (l.derefs < 0) {
    if (outlived) {
      if (!l.has(ESCAPES)) watch.escapes(root, l);
      gained |= ESCAPES | PERSISTS | MUTATES | CALLS;
    } else if (root.has(PERSISTS)) gained |= PERSISTS;
  }
  if (derefs === 0) gained |= root.attrs & (MUTATES | CALLS);
  if (!l.param) return gained;
  if (outlived) {
    if (!l.has(ESCAPES)) watch.leaks(root, l, derefs);
    l.leakTo(root, derefs);
  }
  if (root.has(MUTATES)) l.leaks.addMutator(derefs);
  if (root.has(CALLS)) l.leaks.addCallee(derefs);
  return gained;
}

/** Whether what `l` holds may be used after `other` is gone. */
function outlives(b: Batch, l: Location, other: Location): boolean {
  if (l.has(ESCAPES)) return true;
  if (l === b.mutator || l === b.callee || l.transit) return false;
  // Callers may do anything with a result, unless all calls of the closure are known and `other` is outside of it.
  if (l.paramOut) return !(containsFrame(other.frame, l.frame) && !l.frame.resultsLost);
  if (l.frame === other.frame && l.loopDepth < other.loopDepth) return true;
  return containsFrame(l.frame, other.frame);
}

/** A queue with two ends. */
class Deque {
  #items: (Location | undefined)[] = new Array<Location | undefined>(16);
  #head = 0;
  #size = 0;

  pushFront(l: Location): void {
    this.#grow();
    this.#head = (this.#head - 1) & (this.#items.length - 1);
    this.#items[this.#head] = l;
    this.#size++;
  }

  pushBack(l: Location): void {
    this.#grow();
    this.#items[(this.#head + this.#size) & (this.#items.length - 1)] = l;
    this.#size++;
  }

  popFront(): Location | undefined {
    if (this.#size === 0) return undefined;
    const l = this.#items[this.#head];
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#size--;
    return l;
  }

  #grow(): void {
    const size = this.#items.length;
    if (this.#size < size) return;
    const items = new Array<Location | undefined>(size * 2);
    for (let i = 0; i < size; i++) items[i] = this.#items[(this.#head + i) & (size - 1)];
    this.#items = items;
    this.#head = 0;
  }
}
