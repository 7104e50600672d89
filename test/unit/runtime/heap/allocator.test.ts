/** The allocator against what real Go programs measured of theirs (test/truth/memstats/allocator.json). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLASS_PAGES, CLASS_SIZE, objectsPerSpan, roundUpSize, slotSize } from "../../../../src/runtime/heap/index.ts";
import { readMemStats } from "../../../../src/runtime/memstats.ts";
import { type Lab, newLab } from "../gc/lab.ts";

interface Truth {
  readonly classes: { readonly size: number[]; readonly pages: number[] };
  readonly facts: Record<string, Record<string, number[] & number>>;
}
const truth = JSON.parse(readFileSync(new URL("../../../truth/memstats/allocator.json", import.meta.url), "utf8")) as Truth;
const fact = (program: string, name: string): number[] => truth.facts[program]![name]!;

/** Objects and bytes that `body` allocates, measured as a Go program would. */
function measure(lab: Lab, body: () => void): { objects: number; bytes: number } {
  const before = readMemStats(lab.heap, lab.collector, lab.clock, 0);
  body();
  const after = readMemStats(lab.heap, lab.collector, lab.clock, 0);
  return { objects: after.Mallocs - before.Mallocs, bytes: after.TotalAlloc - before.TotalAlloc };
}

const times = (n: number, f: () => void): void => {
  for (let i = 0; i < n; i++) f();
};

/** Go's growslice for one element size, in terms of roundUpSize. */
function grow(need: number, old: number, size: number, noscan: boolean): number {
  let cap = old;
  if (need > 2 * old) cap = need;
  else if (old < 256) cap = 2 * old;
  else while (cap < need) cap += (cap + 768) >> 2;
  return Math.floor(roundUpSize(cap * size, noscan) / size);
}

describe("size classes", () => {
  it("are those of Go's generated table", () => {
    expect([CLASS_SIZE, CLASS_PAGES]).toEqual([truth.classes.size, truth.classes.pages]);
  });

  it("lose slots to inline mark bits and pointer bits", () => {
    expect([objectsPerSpan(5, true), objectsPerSpan(5, false), objectsPerSpan(6, true), objectsPerSpan(6, false), objectsPerSpan(26, true)])
      .toEqual([168, 165, 126, 124, 15]);
  });

  it("give appended slices the capacities that Go gives them", () => {
    const kinds: Record<string, [number, boolean, number]> = {
      byte: [1, true, 200000], int16: [2, true, 100000], b3: [3, true, 50000], int32: [4, true, 100000], int: [8, true, 100000],
      string: [16, false, 50000], s24: [24, true, 20000], s40: [40, true, 20000], ptr: [8, false, 100000], any: [16, false, 30000],
    };
    for (const [kind, [size, noscan, n]] of Object.entries(kinds)) {
      const caps: number[] = [];
      for (let cap = 0, len = 0; len < n; len = Math.min(cap, n)) caps.push((cap = grow(len + 1, cap, size, noscan)));
      expect([kind, ...caps]).toEqual([kind, ...fact("slice_append_one", kind)]);
    }
  });
});

describe("allocation", () => {
  it("takes the bytes and objects that Go's takes without pointers", () => {
    const lab = newLab();
    const got = fact("alloc_sizeclass_noscan", "sizes").map((n) => measure(lab, () => times(10, () => lab.malloc.allocate(n, 0))));
    expect(got.map((g) => g.bytes)).toEqual(fact("alloc_sizeclass_noscan", "bytes_for_10"));
    expect(got.map((g) => g.objects)).toEqual(fact("alloc_sizeclass_noscan", "objects_for_10"));
  });

  it("takes the bytes that Go's takes with pointers", () => {
    const lab = newLab();
    const word = lab.type(8, [0]);
    const got = fact("alloc_sizeclass_scan", "words").map((n) => measure(lab, () => times(10, () => lab.malloc.allocate(n * 8, word))).bytes);
    expect(got).toEqual(fact("alloc_sizeclass_scan", "bytes_for_10"));
    expect(slotSize(32760, false)).toBe(32768);
  });

  it("packs tiny objects as Go does", () => {
    const lab = newLab();
    const got = [1, 2, 4, 8, 5, 12, 15].map((n) => measure(lab, () => times(1000, () => lab.malloc.allocate(n, 0))));
    expect(got.map((g) => g.bytes)).toEqual(fact("alloc_tiny", "bytes_for_1000"));
    expect(got.map((g) => g.objects)).toEqual(fact("alloc_tiny", "objects_for_1000"));
  });

  it("places tiny objects of mixed sizes where Go does", () => {
    const lab = newLab();
    const at: number[] = [];
    const { bytes } = measure(lab, () => times(4, () => [1, 4, 2, 3, 8, 7, 8, 1].forEach((n) => at.push(lab.malloc.allocate(n, 0)))));
    expect(bytes).toBe(fact("alloc_tiny_offsets", "bytes"));
    expect(at.map((p) => p % 16)).toEqual(fact("alloc_tiny_offsets", "offset_mod_16"));
  });

  it("gives large objects whole pages and a span of their own", () => {
    const lab = newLab();
    const got = fact("alloc_large", "sizes").map((n) => measure(lab, () => lab.malloc.allocate(n, 0)));
    expect(got.map((g) => g.bytes)).toEqual(fact("alloc_large", "total_alloc"));
    expect(got.map((g) => g.objects)).toEqual(fact("alloc_large", "objects"));
  });

  it("gives size 0 one address and counts nothing", () => {
    const lab = newLab();
    expect(measure(lab, () => expect(lab.malloc.allocate(0, 0)).toBe(lab.malloc.allocate(0, 0)))).toEqual({ objects: 0, bytes: 0 });
  });

  it("hands out zeroed memory, also where a dead object was", () => {
    const lab = newLab();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 2000; i++) {
        const n = 24 + (i % 50) * 40;
        const p = lab.malloc.allocate(n, 0);
        expect(lab.memory.bytes(p, n).every((b) => b === 0)).toBe(true);
        lab.memory.bytes(p, n).fill(0xff);
      }
      lab.collector.collect();
    }
  });

  it("counts objects and bytes by site exactly", () => {
    const lab = newLab();
    for (let i = 0; i < 1000; i++) lab.malloc.allocateAt(40, 0, 1, i % 3 === 0 ? 7 : 9);
    expect([lab.heap.sites.totals(7), lab.heap.sites.totals(9)]).toEqual([{ objects: 334, bytes: 334 * 48 }, { objects: 666, bytes: 666 * 48 }]);
    const p = lab.malloc.allocateAt(40, 0, 1, 7);
    expect(lab.heap.sites.of(p)).toBe(7);
  });
});

describe("an interior pointer", () => {
  it("finds the start of its object in every class", () => {
    const lab = newLab();
    const word = lab.type(8, [0]);
    for (let n = 8; n <= 70000; n = Math.ceil((n * 1.3) / 8) * 8) {
      for (const type of [0, word]) {
        const p = lab.malloc.allocate(n, type);
        const start = lab.heap.objectStart(p);
        expect(lab.heap.objectStart(p + n - 1)).toBe(start);
        expect([0, 8]).toContain(p - start);
      }
    }
  });
});
