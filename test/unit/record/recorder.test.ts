import { describe, expect, it } from "vitest";
import { Recorder } from "../../../src/record/recorder.ts";
import { count, cycles, pauses, quantile, rows } from "../../../src/record/reader.ts";

describe("a recorder", () => {
  it("gives back what was written, by name", () => {
    const r = new Recorder();
    r.add("pause", 10, 0, 500, 1);
    r.add("pause", 20, 2, 700, 1);
    expect(rows(r.record(), "pause")).toEqual([{ time: 10, kind: 0, nanos: 500, cycle: 1 }, { time: 20, kind: 2, nanos: 700, cycle: 1 }]);
    expect(rows(r.record(), "goEnd")).toEqual([]);
  });

  it("has another hash for another value, another order or another kind", () => {
    const hash = (f: (r: Recorder) => void): string => {
      const r = new Recorder();
      f(r);
      return r.hash();
    };
    const hashes = [
      hash((r) => (r.add("goEnd", 1, 5), r.add("goEnd", 2, 6))),
      hash((r) => (r.add("goEnd", 1, 6), r.add("goEnd", 2, 5))),
      hash((r) => (r.add("goEnd", 1, 5), r.add("goPark", 2, 6))),
      hash((r) => (r.add("goEnd", 1, 5), r.add("goEnd", 2 ** 40, 6))),
      hash((r) => r.add("goEnd", 1, 5)),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash((r) => r.add("goEnd", 1, 5))).toBe(hashes[4]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it("keeps at most its limit of a kind and counts the rest", () => {
    const r = new Recorder(100);
    for (let i = 0; i < 250; i++) r.add("goEnd", i, i);
    expect([rows(r.record(), "goEnd").length, count(r.record(), "goEnd")]).toEqual([100, 250]);
  });

  it("is plain data", () => {
    const r = new Recorder();
    r.add("heap", 1, 2, 3, 4, 5, 6, 7);
    expect(structuredClone(r.record())).toEqual(r.record());
  });
});

describe("a reader", () => {
  const r = new Recorder();
  r.add("gcStart", 100, 1, 4_000_000, 3_900_000, 4_194_304, 1, 2048);
  r.add("pause", 110, 0, 10, 1);
  r.add("assist", 120, 1, 65_536, 40);
  r.add("pause", 200, 2, 12, 1);
  r.add("gcEnd", 200, 1, 4_100_000, 300_000, 20_000, 1500, 145_962);
  r.add("gcSwept", 300, 1, 3_700_000, 60_000, 4_194_304, 3_997_696);

  it("puts a cycle together from its events", () => {
    expect(cycles(r.record())).toEqual([{
      number: 1, why: "forced", start: 100, markEnd: 200, sweepEnd: 300, heapStart: 4_000_000, heapEnd: 4_100_000, marked: 300_000,
      trigger: 3_900_000, goal: 4_194_304, heapWork: 20_000, stackWork: 1500, globalsWork: 145_962, freedBytes: 3_700_000, freedObjects: 60_000,
      pauses: [10, 12], assist: 40,
    }]);
  });

  it("lists what made the program wait, in order", () => {
    expect(pauses(r.record()).map((p) => [p.kind, p.nanos])).toEqual([["sweep termination", 10], ["assist", 40], ["mark termination", 12]]);
  });

  it("takes quantiles as the nearest value from above", () => {
    expect([quantile([], 0.5), quantile([3, 1, 2], 0.5), quantile([3, 1, 2, 4], 0.5), quantile([1, 2, 3], 0.99), quantile([5], 0)]).toEqual([0, 2, 2, 3, 5]);
  });
});
