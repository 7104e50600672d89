import { describe, expect, it } from "vitest";
import { Random } from "../../../src/base/random.ts";
import { dominators, type HeapSnapshot, objectAt, reachable, rootPath, tally } from "../../../src/record/snapshot.ts";
import { takeSnapshot } from "../../../src/runtime/gc/index.ts";
import { newLab } from "../runtime/gc/lab.ts";

/** A snapshot of `n` objects of 16 bytes with the given edges and roots. */
function graph(n: number, edges: readonly (readonly [number, number])[], roots: readonly number[]): HeapSnapshot {
  const out: number[][] = Array.from({ length: n }, () => []);
  for (const [a, b] of edges) out[a]!.push(b);
  const firstEdge = [0];
  for (const o of out) firstEdge.push(firstEdge.at(-1)! + o.length);
  const fill = (v: number): number[] => new Array<number>(n).fill(v);
  return {
    time: 0, cycle: 0, marking: false, addr: fill(0).map((_, i) => 4096 + i * 16), size: fill(16), site: fill(1), type: fill(0), colour: fill(0),
    firstEdge, edges: out.flat(), roots: roots.map((to) => ({ kind: "global", name: `r${to}`, to })),
  };
}

/** What is freed with object `x`, by definition: reachable now, not without it. */
function retainedBySearch(s: HeapSnapshot, x: number): number {
  const before = reachable(s);
  const edges: [number, number][] = [];
  for (let i = 0; i < s.addr.length; i++) for (let e = s.firstEdge[i]!; e < s.firstEdge[i + 1]!; e++) if (i !== x && s.edges[e] !== x) edges.push([i, s.edges[e]!]);
  const after = reachable(graph(s.addr.length, edges, s.roots.map((r) => r.to).filter((r) => r !== x)));
  return before.reduce((n, was, i) => n + (was && !after[i] ? 16 : 0), 0);
}

describe("a heap snapshot", () => {
  it("knows what each object keeps alive alone, for random graphs", () => {
    const random = new Random(3);
    for (let round = 0; round < 60; round++) {
      const n = 2 + random.below(25);
      const edges = Array.from({ length: random.below(3 * n) }, () => [random.below(n), random.below(n)] as const);
      const s = graph(n, edges, [random.below(n), random.below(n)]);
      const { retained } = dominators(s);
      expect(retained).toEqual(s.addr.map((_, i) => retainedBySearch(s, i)));
    }
  });

  it("finds a shortest way from a root", () => {
    const s = graph(6, [[0, 1], [1, 2], [2, 3], [4, 3], [0, 4]], [0]);
    expect(rootPath(s, 3)).toEqual({ root: { kind: "global", name: "r0", to: 0 }, objects: [0, 4, 3] });
    expect(rootPath(s, 5)).toBeUndefined();
  });

  it("finds objects by any address inside them", () => {
    const s = graph(3, [], [0]);
    expect([objectAt(s, 4095), objectAt(s, 4096), objectAt(s, 4096 + 31), objectAt(s, 4096 + 48)]).toEqual([-1, 0, 1, -1]);
  });

  it("is taken from a real heap with its pointers, sites and roots", () => {
    const lab = newLab();
    const node = lab.type(24, [0, 2]);
    const nodes = Array.from({ length: 10 }, (_, i) => lab.malloc.allocateAt(24, node, 1, 5 + (i % 2)));
    for (let i = 1; i < 10; i++) lab.memory.storePtr(nodes[i - 1]! + 16, nodes[i]!);
    const big = lab.malloc.allocateAt(70_000, 0, 1, 9);
    lab.memory.storePtr(nodes[9]!, big + 500);
    lab.memory.storePtr(lab.global(), nodes[0]!);
    lab.stack.push(nodes[4]! + 8);
    const names = { global: (w: number) => `g${w}`, goroutine: (i: number) => `goroutine ${i + 1}` };
    const s = takeSnapshot(lab.heap, lab.collector, lab.world, names, 0);
    expect(s.addr.length).toBe(11);
    expect(s.edges.length).toBe(10);
    expect(s.roots.map((r) => [r.kind, s.addr[r.to]])).toEqual([["global", nodes[0]], ["stack", nodes[4]]]);
    expect(tally(s, "site")).toEqual([{ key: 9, objects: 1, bytes: 73_728 }, { key: 5, objects: 5, bytes: 120 }, { key: 6, objects: 5, bytes: 120 }]);
    expect(rootPath(s, objectAt(s, big))?.objects.length).toBe(7);
    expect(dominators(s).retained[objectAt(s, nodes[4]!)]).toBe(6 * 24 + 73_728);
  });
});
