/**
 * The heap at one moment: objects, the pointers between them, the roots. Plain data, and what can be asked of it.
 *
 * Made by runtime/gc/snapshot.ts at a stop; read by views. Objects are numbered 0 … n-1 by address; pointers lie in one array, those of
 * object i from `firstEdge[i]` to `firstEdge[i + 1]`.
 *
 * Go: a heap dump (GOROOT/src/runtime/heapdump.go) holds the same.
 */

/** Where a root pointer lies. */
export type RootKind = "global" | "stack" | "other";

/** A pointer from outside the heap. */
export interface Root {
  readonly kind: RootKind;
  /** Variable or goroutine, as far as it is known. */
  readonly name: string;
  /** The object. */
  readonly to: number;
}

export interface HeapSnapshot {
  /** Virtual nanoseconds since the start. */
  readonly time: number;
  /** Cycles that had started. */
  readonly cycle: number;
  /** True while a mark phase runs: colours mean something. */
  readonly marking: boolean;
  /** Start of each object's slot, its size in bytes, its allocation site, the number of its type (0: no pointers, type unknown). */
  readonly addr: readonly number[];
  readonly size: readonly number[];
  readonly site: readonly number[];
  readonly type: readonly number[];
  /** 0 white, 1 grey, 2 black. */
  readonly colour: readonly number[];
  readonly firstEdge: readonly number[];
  readonly edges: readonly number[];
  readonly roots: readonly Root[];
}

/** Objects and bytes of one group. */
export interface Tally {
  readonly key: number;
  readonly objects: number;
  readonly bytes: number;
}

/** Objects and bytes by site, type or size, most bytes first; equal bytes by key. */
export function tally(s: HeapSnapshot, by: "site" | "type" | "size", include: (object: number) => boolean = () => true): Tally[] {
  const groups = new Map<number, { objects: number; bytes: number }>();
  for (const [i, key] of s[by].entries()) {
    if (!include(i)) continue;
    let g = groups.get(key);
    if (g === undefined) groups.set(key, (g = { objects: 0, bytes: 0 }));
    g.objects++;
    g.bytes += s.size[i] ?? 0;
  }
  return [...groups].map(([key, g]) => ({ key, ...g })).sort((a, b) => b.bytes - a.bytes || a.key - b.key);
}

/** Which objects a root reaches, one flag each. */
export function reachable(s: HeapSnapshot): boolean[] {
  const seen = new Array<boolean>(s.addr.length).fill(false);
  const todo: number[] = [];
  const visit = (i: number): void => {
    if (seen[i]) return;
    seen[i] = true;
    todo.push(i);
  };
  for (const r of s.roots) visit(r.to);
  for (let i = todo.pop(); i !== undefined; i = todo.pop()) forEachEdge(s, i, visit);
  return seen;
}

/** The object whose slot holds address `p`, -1 if none does. */
export function objectAt(s: HeapSnapshot, p: number): number {
  let low = 0;
  let high = s.addr.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((s.addr[middle] ?? 0) <= p) low = middle;
    else high = middle - 1;
  }
  const start = s.addr[low];
  return start !== undefined && start <= p && p < start + (s.size[low] ?? 0) ? low : -1;
}

/** A shortest way from a root to an object. */
export interface RootPath {
  readonly root: Root;
  /** Objects on the way; the last is the one asked for. */
  readonly objects: readonly number[];
}

/** Why object `target` is alive: a shortest path from a root, undefined if no root reaches it. */
export function rootPath(s: HeapSnapshot, target: number): RootPath | undefined {
  const from = new Map<number, number>();
  const rootOf = new Map<number, Root>();
  const queue: number[] = [];
  for (const r of s.roots) {
    if (from.has(r.to)) continue;
    from.set(r.to, -1);
    rootOf.set(r.to, r);
    queue.push(r.to);
  }
  for (let head = 0; head < queue.length; head++) {
    const i = queue[head] ?? 0;
    if (i === target) break;
    forEachEdge(s, i, (to) => {
      if (from.has(to)) return;
      from.set(to, i);
      queue.push(to);
    });
  }
  if (!from.has(target)) return undefined;
  const objects: number[] = [];
  for (let i = target; i >= 0; i = from.get(i) ?? -1) objects.unshift(i);
  const root = rootOf.get(objects[0] ?? target);
  return root && { root, objects };
}

/** The dominator tree. */
export interface Dominators {
  /** Immediate dominator of each object: the last object that every way from a root passes; -1 if it is a root's own, -2 if unreachable. */
  readonly parent: readonly number[];
  /** Bytes that would be freed with the object: its own and those of all it dominates. */
  readonly retained: readonly number[];
}

/** What each object keeps alive alone. Iterates over a reverse postorder until nothing changes (Cooper, Harvey, Kennedy). */
export function dominators(s: HeapSnapshot): Dominators {
  const order = postorder(s);
  const rank = new Map(order.map((object, i) => [object, i]));
  const n = order.length;
  const before: number[][] = order.map(() => []);
  for (const [i, object] of order.entries()) forEachEdge(s, object, (to) => before[rank.get(to) ?? n]?.push(i));
  const isRoot = new Set(s.roots.map((r) => r.to));
  // Rank n stands for the roots as a whole.
  const dom = new Array<number>(n).fill(-1);
  for (const r of isRoot) dom[rank.get(r) ?? 0] = n;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a < b) a = dom[a] ?? n;
      while (b < a) b = dom[b] ?? n;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = n - 1; i >= 0; i--) {
      let best = isRoot.has(order[i] ?? -1) ? n : -1;
      for (const p of before[i] ?? []) if ((dom[p] ?? -1) >= 0) best = best < 0 ? p : meet(best, p);
      if (best === dom[i]) continue;
      dom[i] = best;
      changed = true;
    }
  }
  return collectDominators(s, order, dom);
}

function collectDominators(s: HeapSnapshot, order: readonly number[], dom: readonly number[]): Dominators {
  const n = order.length;
  const parent = s.addr.map(() => -2);
  const retained = s.addr.map(() => 0);
  for (const [i, object] of order.entries()) {
    parent[object] = dom[i] === n ? -1 : (order[dom[i] ?? n] ?? -1);
    retained[object] = (retained[object] ?? 0) + (s.size[object] ?? 0);
    const up = parent[object];
    if (up !== undefined && up >= 0) retained[up] = (retained[up] ?? 0) + (retained[object] ?? 0);
  }
  return { parent, retained };
}

/** Reachable objects, each after all it leads to (as far as cycles allow). */
function postorder(s: HeapSnapshot): number[] {
  const seen = new Set<number>();
  const order: number[] = [];
  const stack: { object: number; edge: number }[] = [];
  const enter = (object: number): void => {
    if (seen.has(object)) return;
    seen.add(object);
    stack.push({ object, edge: s.firstEdge[object] ?? 0 });
  };
  for (const r of s.roots) {
    enter(r.to);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.edge < (s.firstEdge[top.object + 1] ?? 0) ? s.edges[top.edge++] : undefined;
      if (next !== undefined) enter(next);
      else {
        order.push(top.object);
        stack.pop();
      }
    }
  }
  return order;
}

function forEachEdge(s: HeapSnapshot, object: number, visit: (to: number) => void): void {
  const end = s.firstEdge[object + 1] ?? 0;
  for (let e = s.firstEdge[object] ?? 0; e < end; e++) {
    const to = s.edges[e];
    if (to !== undefined) visit(to);
  }
}
