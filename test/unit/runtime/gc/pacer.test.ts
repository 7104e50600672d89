/** The pacer against what Go's own pacer answered in its 19 scenarios, cycle by cycle. Replay: test/truth/pacer/README.md. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NO_LIMIT, Pacer } from "../../../../src/runtime/gc/pacer.ts";

type Row = readonly number[];
interface Scenario {
  readonly gc_percent: number;
  readonly memory_limit: number | null;
  readonly globals_bytes: number;
  readonly procs: number;
  readonly cycles: number;
  readonly inputs: readonly Row[];
  readonly results: readonly Row[];
}

const file = new URL("../../../truth/pacer/scenarios.json", import.meta.url);
const { scenarios } = JSON.parse(readFileSync(file, "utf8")) as { scenarios: Record<string, Scenario> };

const STEP_NANOS = 500_000;
/** KiB per processor millisecond to bytes per step and processor. */
const RATE = 1024 * 0.5;

/** One cycle of the Go test's world: `scan` and `alloc` in KiB per processor millisecond. Returns black bytes and what was spent. */
function mark(p: Pacer, procs: number, row: Row, left: number[]): { black: number; elapsed: number } {
  const [alloc = 0, scan = 0, , fraction = 1] = row;
  let black = 0;
  let elapsed = 0;
  while (left[0]! + left[1]! + left[2]! > 0) {
    const ratio = p.assistWorkPerByte;
    const u = Math.max((ratio * alloc) / (ratio * alloc + scan), 0.25);
    const able = Math.trunc(scan * RATE * procs * u);
    let budget = able;
    const done = [0, 0, 0];
    for (let kind = 0; kind < 3; kind++) {
      const d = Math.min(left[kind]!, budget);
      done[kind] = d;
      left[kind]! -= d;
      budget -= d;
    }
    const total = able - budget;
    let time = STEP_NANOS;
    let allocated = Math.trunc(alloc * RATE * procs * (1 - u));
    if (total < able) {
      time = Math.trunc((total * STEP_NANOS) / (scan * RATE * procs * u));
      allocated = Math.trunc(((alloc * RATE * time) / STEP_NANOS) * procs * (1 - u));
    }
    p.work(done[2]!, done[1]!, done[0]!);
    p.heapScan += Math.trunc(allocated * fraction);
    p.update(allocated, 0, true);
    p.assistTime += Math.trunc(time * procs * (u - 0.25));
    black += allocated;
    elapsed += time;
  }
  return { black, elapsed };
}

function replay(s: Scenario): Row[] {
  const p = new Pacer(s.gc_percent, s.memory_limit ?? NO_LIMIT, () => ({ mappedReady: 0, heapFree: 0, heapAlloc: 0 }));
  const rows: Row[] = [];
  let blackBefore = 0;
  for (let i = 0; i < s.cycles; i++) {
    const row = s.inputs[i] ?? s.inputs[0]!;
    const [, , growth = 1, fraction = 1, stacks = 0] = row;
    const live = Math.max(p.trigger(), p.heapMarked);
    p.maxStackScan = stacks;
    p.globalsScan = s.globals_bytes;
    p.heapScan += Math.trunc((live - p.heapMarked) * fraction);
    p.heapLive = live;
    p.startCycle(s.procs);
    const next = i === 0 ? 262_144 : Math.trunc((p.heapMarked - blackBefore) * growth);
    const { black, elapsed } = mark(p, s.procs, row, [s.globals_bytes, stacks, Math.trunc(next * fraction)]);
    const percent = 100 * (p.assistTime / (elapsed * s.procs) + 0.25);
    rows.push([i + 1, percent, p.heapMarked, p.triggered, p.heapLive, p.heapGoal()]);
    p.endCycle(elapsed, s.procs);
    p.resetLive(next + black);
    p.commit(false);
    blackBefore = black;
  }
  return rows;
}

describe("the pacer", () => {
  it("has all 1,100 recorded cycles to answer", () => {
    expect(Object.values(scenarios).reduce((n, s) => n + s.results.length, 0)).toBe(1100);
  });

  for (const [name, s] of Object.entries(scenarios)) {
    it(`answers every cycle of ${name} as Go's`, () => {
      const rows = replay(s);
      expect(rows.map((r) => [r[0], ...r.slice(2)])).toEqual(s.results.map((r) => [r[0], ...r.slice(2)]));
      for (const [i, r] of rows.entries()) expect(Math.abs(r[1]! - s.results[i]![1]!)).toBeLessThan(0.051);
    });
  }

  it("has a goal near the largest integer, as Go's, with GOGC=off and no limit", () => {
    const p = new Pacer(-1, NO_LIMIT, () => ({ mappedReady: 0, heapFree: 0, heapAlloc: 0 }));
    expect(Math.floor(p.heapGoal() / 2 ** 40)).toBe(8136949); // 8532210231538 MB in the gctrace lines of Go 1.26, which maps some MB
    expect(p.trigger()).toBeLessThan(p.heapGoal());
  });

  it("starts the first cycle of a small heap at 61/64 of 4 MiB", () => {
    const p = new Pacer(100, NO_LIMIT, () => ({ mappedReady: 0, heapFree: 0, heapAlloc: 0 }));
    p.commit(true);
    expect(p.trigger()).toBe((4 << 20) * (61 / 64));
  });

  it("gives up a quarter of the processors as whole workers where that comes close", () => {
    const p = new Pacer(100, NO_LIMIT, () => ({ mappedReady: 0, heapFree: 0, heapAlloc: 0 }));
    const plans = [1, 2, 3, 4, 5, 6, 8].map((n) => (p.startCycle(n), [p.dedicatedWorkers, Number(p.fractionalUtilization.toFixed(3))]));
    expect(plans).toEqual([[0, 0.25], [0, 0.25], [0, 0.25], [1, 0], [1, 0], [1, 0.083], [2, 0]]);
  });
});
