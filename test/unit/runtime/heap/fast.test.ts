/** The short way of allocating must do exactly what the long way does. */
import { describe, expect, it } from "vitest";
import { CELL, FRAME } from "../../../../src/abi/structs.ts";
import { Random } from "../../../../src/base/random.ts";
import { fastPaths, visitPointers } from "../../../../src/runtime/heap/index.ts";
import { readMemStats } from "../../../../src/runtime/memstats.ts";
import { type Lab, newLab } from "../gc/lab.ts";

/** A lab with a frame whose site can be set, and both ways. */
function prepared(): Lab & { site(n: number): void; fast(size: number, type: number, zero: number): number } {
  const lab = newLab({ gogc: 30, markStep: 3000 });
  const frame = lab.heap.layout.dataEnd - 64;
  lab.memory.u32[CELL.sp >>> 2] = frame;
  const fast = fastPaths(lab.heap, {
    mallocgc: (size, type, zero) => lab.malloc.allocate(size, type, zero),
    newarray: () => 0,
    gcWriteBarrier: (slot, value) => lab.collector.barrier.store(slot, value),
  });
  return { ...lab, site: (n) => void (lab.memory.u32[(frame + FRAME.state) >>> 2] = n), fast: (s, t, z) => fast.mallocgc(s, t, z) >>> 0 };
}

function types(lab: Lab): readonly (readonly [number, number])[] {
  return [
    [8, lab.type(8, [0])], [16, lab.type(16, [0])], [16, lab.type(16, [1])], [24, lab.type(24, [0, 2])], [40, lab.type(40, [4])],
    [48, lab.type(48, [0, 1, 3])], [512, lab.type(512, [0, 33, 63])], [504, lab.type(504, [62])], [1000, lab.type(1000, [124])], [64, lab.type(64, [])],
  ];
}

describe("the fast path of allocation", () => {
  it("gives the same addresses, bits, counts, time and statistics as the long way", () => {
    const slow = prepared();
    const fast = prepared();
    const kinds = types(slow);
    types(fast);
    const random = new Random(5);
    for (let i = 0; i < 60_000; i++) {
      const [unit, type] = kinds[random.below(kinds.length)]!;
      const noscan = random.below(3) === 0;
      const n = 1 + random.below(Math.max(1, Math.floor(600 / unit)));
      const size = noscan ? 1 + random.below(random.below(4) === 0 ? 3000 : 40) : unit * n;
      const zero = random.below(2);
      const site = 1 + random.below(9);
      slow.site(site);
      fast.site(site);
      const a = slow.malloc.allocate(size, noscan ? 0 : type, zero);
      const b = fast.fast(size, noscan ? 0 : type, zero);
      if (a !== b) throw new Error(`allocation ${i} of ${size} bytes: ${a} the long way, ${b} the short one`);
      if (noscan) slow.memory.bytes(a, size).fill(i & 0xff);
      if (noscan) fast.memory.bytes(b, size).fill(i & 0xff);
      if (i % 5000 === 2000) for (const lab of [slow, fast]) lab.collector.begin();
      if (i % 5000 === 4999) for (const lab of [slow, fast]) lab.collector.collect();
    }
    expect(readMemStats(fast.heap, fast.collector, fast.clock, 0)).toEqual(readMemStats(slow.heap, slow.collector, slow.clock, 0));
    expect(fast.clock.now()).toBe(slow.clock.now());
    expect(fast.recorder.hash()).toBe(slow.recorder.hash());
    for (let s = 1; s < 10; s++) expect(fast.heap.sites.totals(s)).toEqual(slow.heap.sites.totals(s));
    const { layout } = slow.heap;
    for (const [from, to] of slow.heap.usedRanges()) {
      if (from < layout.pageMap) continue;
      expect(Buffer.compare(fast.memory.bytes(from, to - from), slow.memory.bytes(from, to - from)), `range ${from}`).toBe(0);
    }
  });

  it("writes pointer bits for every place in a span", () => {
    const lab = prepared();
    lab.site(1);
    for (const [size, type] of types(lab)) {
      for (let i = 0; i < 600; i++) {
        const p = lab.fast(size, type, 1);
        const words: number[] = [];
        const s = lab.heap.spans.ofObject(p);
        visitPointers(lab.heap.spans, s, lab.heap.objectStart(p), 0, size + 8, (w) => words.push((w - p) / 8));
        const again: number[] = [];
        const q = lab.malloc.allocate(size, type);
        visitPointers(lab.heap.spans, lab.heap.spans.ofObject(q), lab.heap.objectStart(q), 0, size + 8, (w) => again.push((w - q) / 8));
        expect(words).toEqual(again);
      }
    }
  });
});
