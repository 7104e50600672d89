/**
 * Cycle counts of whole programs against real Go's (test/truth/gctrace/cycles.json). The programs are driven by hand here, so that the
 * collector alone is on trial; that compiled Go gives the same is the business of the run tests.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CELL, FRAME } from "../../../../src/abi/structs.ts";
import { NO_LIMIT } from "../../../../src/runtime/gc/index.ts";
import { fastPaths } from "../../../../src/runtime/heap/index.ts";
import { type Lab, newLab } from "./lab.ts";

interface Setting {
  readonly gogc: string;
  readonly gomemlimit: string | null;
  readonly accept: { readonly min: number; readonly max: number };
  readonly trigger: { readonly max: number } | null;
  readonly heap_work: { readonly min: number; readonly max: number } | null;
}
const file = new URL("../../../truth/gctrace/cycles.json", import.meta.url);
const { programs } = JSON.parse(readFileSync(file, "utf8")) as { programs: Record<string, Setting[]> };

type Malloc = (size: number, type: number, zero: number) => number;

function run(s: Setting, program: (lab: Lab, malloc: Malloc, work: (ns: number) => void) => void): Lab {
  const memoryLimit = s.gomemlimit === null ? NO_LIMIT : Number.parseInt(s.gomemlimit, 10) * 2 ** 20;
  const lab = newLab({ gogc: s.gogc === "off" ? -1 : Number(s.gogc), memoryLimit, limit: 1 << 30, wasm: true, otherMapped: 3_600_000 });
  const frame = lab.heap.layout.dataEnd - 64;
  lab.memory.u32[CELL.sp >>> 2] = frame;
  lab.memory.u32[(frame + FRAME.state) >>> 2] = 5;
  const fast = fastPaths(lab.heap, {
    mallocgc: (size, type, zero) => lab.malloc.allocate(size, type, zero),
    newarray: () => 0,
    gcWriteBarrier: (slot, value) => lab.collector.barrier.store(slot, value),
  });
  lab.malloc.bootstrap(0, false);
  let turns = 0;
  program(lab, fast.mallocgc, (ns) => {
    lab.clock.charge(ns);
    if (++turns % 64 === 0) lab.collector.background(false);
  });
  return lab;
}

const store = (lab: Lab, slot: number, value: number): void => {
  if (lab.collector.marking) lab.collector.barrier.store(slot, value);
  lab.memory.storePtr(slot, value);
};

/** test/truth/gctrace/garbage_large.go */
function garbageLarge(lab: Lab, _malloc: Malloc, work: (ns: number) => void): void {
  const ring = Array.from({ length: 64 }, () => lab.global());
  for (let i = 0; i < 20_000; i++) {
    const p = lab.malloc.allocate(100_000, 0);
    work(200);
    store(lab, ring[i % 64]!, p);
  }
}

/** test/truth/gctrace/garbage_small.go */
function garbageSmall(lab: Lab, malloc: Malloc, work: (ns: number) => void): void {
  const type = lab.type(64, [0]);
  const head = lab.global();
  let last = 0;
  for (let i = 0; i < 6_250_000; i++) {
    const p = malloc(64, type, 1) >>> 0;
    work(3);
    if (i % 16 !== 0) store(lab, p, last);
    last = p;
    store(lab, head, p);
  }
}

const settings = (program: string, gogc: readonly string[]): Setting[] => (programs[program] ?? []).filter((s) => gogc.includes(s.gogc));

describe("the number of collections", () => {
  it.each(settings("garbage_large", ["100", "off"]))("of large garbage is Go's at GOGC=$gogc", (s) => {
    const { collector } = run(s, garbageLarge);
    expect(collector.cycles.length).toBeGreaterThanOrEqual(s.accept.min);
    expect(collector.cycles.length).toBeLessThanOrEqual(s.accept.max);
  });

  it.each(settings("garbage_small", ["100"]))("of small garbage is Go's at GOGC=$gogc, and its first trigger and scan work as well", (s) => {
    const { collector } = run(s, garbageSmall);
    expect(collector.cycles.length).toBeGreaterThanOrEqual(s.accept.min);
    expect(collector.cycles.length).toBeLessThanOrEqual(s.accept.max);
    expect(collector.cycles[0]?.heapStart).toBe(4_005_888);
    const work = collector.cycles.map((c) => c.heapScanWork).sort((a, b) => a - b)[collector.cycles.length >> 1];
    expect(Math.abs((work ?? 0) / 26_664 - 1)).toBeLessThan(0.01);
  });
});

describe("a memory limit below what is live", () => {
  it("costs at most about half of the processor, because assists are switched off", () => {
    const setting: Setting = { gogc: "off", gomemlimit: "8MiB", accept: { min: 0, max: 0 }, trigger: null, heap_work: null };
    const { collector, clock } = run(setting, (lab, malloc, work) => {
      const type = lab.type(64, [0]);
      const head = lab.global();
      for (let i = 0; i < 300_000; i++) {
        const p = malloc(64, type, 1) >>> 0;
        work(4000);
        if (i >= 60_000) continue;
        store(lab, p, lab.memory.u32[head >>> 2]!);
        store(lab, head, p);
      }
    });
    expect(clock.now()).toBeGreaterThan(1.2e9);
    expect(collector.gcFraction).toBeGreaterThan(0.05);
    expect(collector.gcFraction).toBeLessThan(0.65);
  });

  it("is met by more processors with less help of the program", () => {
    const assists = [1, 4].map((procs) => {
      const lab = newLab({ gogc: 100, wasm: true, procs });
      const type = lab.type(64, [0]);
      const head = lab.global();
      for (let i = 0; i < 200_000; i++) {
        const p = lab.malloc.allocate(64, type);
        lab.clock.charge(10);
        if (i % 64 === 0) lab.collector.background(false);
        if (i % 4 !== 0) continue;
        store(lab, p, lab.memory.u32[head >>> 2]!);
        store(lab, head, p);
      }
      return lab.collector.cycles.reduce((n, c) => n + c.assistTime, 0);
    });
    expect(assists[1]).toBeLessThan(assists[0]! / 2);
  });
});
