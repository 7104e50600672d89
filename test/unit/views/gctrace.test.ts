/** The trace lines against those of real programs: a line is taken apart into numbers and printed again. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nanos } from "../../../src/base/units.ts";
import type { CycleRecord } from "../../../src/record/cycle.ts";
import { gctraceLine, goFloat, milliseconds, pacerTraceLines } from "../../../src/views/gctrace.ts";

const file = new URL("../../truth/gctrace/lines.json", import.meta.url);
const { runs } = JSON.parse(readFileSync(file, "utf8")) as { runs: { program: string; lines: string[] }[] };
const lines = runs.flatMap((r) => r.lines);

const ns = (ms: string): number => Math.round(Number(ms) * 1e6);
const GC = new RegExp(
  "^gc (\\d+) @([\\d.]+)s (\\d+)%: ([\\d.]+)\\+([\\d.]+)\\+([\\d.]+) ms clock, ([\\d.]+)\\+([\\d.]+)/([\\d.]+)/([\\d.]+)\\+([\\d.]+) ms cpu, " +
    "(\\d+)->(\\d+)->(\\d+) MB, (\\d+) MB goal, (\\d+) MB stacks, (\\d+) MB globals, (\\d+) P( \\(forced\\))?$",
);

const empty: CycleRecord = {
  number: 0, why: "heap", sweepTermAt: nanos(0), markAt: nanos(0), markTermAt: nanos(0), endAt: nanos(0), heapStart: 0, heapEnd: 0, heapMarked: 0, trigger: 0,
  goal: 0, goalAtStart: 0, stackScan: 0, globalsScan: 0, heapScanWork: 0, expectedWork: 0, heapScanAtStart: 0, assistRatio: 0, dedicatedWorkers: 0,
  fractionalUtilization: 0, utilization: 0, consMark: 0, assistTime: 0, dedicatedTime: 0, fractionalTime: 0, idleTime: 0, gcFraction: 0, procs: 1,
};

/** The numbers of a gctrace line; times on one processor, so that clock and cpu agree. */
function parse(line: string): CycleRecord | undefined {
  const m = GC.exec(line);
  if (m === null) return undefined;
  const n = (i: number): number => Number(m[i]);
  const at = n(2) * 1e9;
  const markAt = at + ns(m[4]!);
  const markTermAt = markAt + ns(m[5]!);
  return {
    ...empty, number: n(1), why: m[19] ? "forced" : "heap", sweepTermAt: nanos(Math.round(at)), markAt: nanos(Math.round(markAt)),
    markTermAt: nanos(Math.round(markTermAt)), endAt: nanos(Math.round(markTermAt + ns(m[6]!))), gcFraction: (n(3) + 0.5) / 100, assistTime: ns(m[8]!),
    fractionalTime: ns(m[9]!), idleTime: ns(m[10]!), heapStart: n(12) << 20, heapEnd: n(13) << 20, heapMarked: n(14) << 20, goal: n(15) << 20,
    stackScan: n(16) << 20, globalsScan: n(17) << 20, procs: n(18),
  };
}

describe("a gctrace line", () => {
  it("is printed as Go prints it, for every recorded line of one processor", () => {
    const single = lines.filter((l) => l.startsWith("gc ") && / 1 P/.test(l));
    expect(single.length).toBeGreaterThan(30);
    for (const line of single) {
      const c = parse(line);
      expect(c && gctraceLine(c)).toBe(line);
    }
  });

  it("multiplies the stops by the processors in the cpu part", () => {
    const c = { ...empty, procs: 2, markAt: nanos(100_000), markTermAt: nanos(300_000), endAt: nanos(350_000) };
    expect(gctraceLine(c)).toBe("gc 0 @0.000s 0%: 0.10+0.20+0.050 ms clock, 0.20+0/0/0+0.10 ms cpu, 0->0->0 MB, 0 MB goal, 0 MB stacks, 0 MB globals, 2 P");
  });
});

describe("the pacer's lines", () => {
  it("are printed as Go prints them", () => {
    const start = /^pacer: assist ratio=(\S+) \(scan (\d+) MB in (\d+)->(\d+) MB\) workers=(\d+)\+(\S+)$/;
    const end = /^pacer: (\d+)% CPU \(25 exp\.\) for (\d+)\+(\d+)\+(\d+) B work \((\d+) B exp\.\) in (\d+) B -> (\d+) B \(∆goal (-?\d+), cons\/mark (\S+)\)$/;
    let seen = 0;
    for (const line of lines) {
      const s = start.exec(line);
      const e = end.exec(line);
      if (s) {
        const c = {
          ...empty, assistRatio: Number(s[1]), heapScanAtStart: Number(s[2]) << 20, heapStart: Number(s[3]) << 20, goalAtStart: Number(s[4]) << 20,
          dedicatedWorkers: Number(s[5]), fractionalUtilization: Number(s[6]),
        };
        expect(pacerTraceLines(c)[0]).toBe(line);
      } else if (e) {
        const n = (i: number): number => Number(e[i]);
        const c = {
          ...empty, utilization: (n(1) + 0.5) / 100, heapScanWork: n(2), stackScan: n(3), globalsScan: n(4), expectedWork: n(5), heapStart: n(6), heapEnd: n(7),
          goal: n(7) - n(8), consMark: n(9),
        };
        expect(pacerTraceLines(c)[1]).toBe(line);
      } else continue;
      seen++;
    }
    expect(seen).toBeGreaterThan(60);
  });
});

describe("numbers in traces", () => {
  it("keep two digits of a time", () => {
    expect([0, 999, 1_000, 53_900, 123_456, 1_999_999, 9_999_999, 10_000_000, 123_999_999].map(milliseconds))
      .toEqual(["0", "0", "0.001", "0.053", "0.12", "1.9", "9.9", "10", "123"]);
  });

  it("are the shortest that give the double back", () => {
    expect([0, 0.25, 1, 123456.5, 1234567, 1e-5, 0.0001234, 1.5e300, -2].map(goFloat)).toEqual(["0", "0.25", "1", "123456.5", "1.234567e+06", "1e-05", "0.0001234", "1.5e+300", "-2"]);
  });
});
