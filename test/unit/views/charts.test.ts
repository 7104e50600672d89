/** Charts: what they say is computed from their rows, and both Vega-Lite versions compile them without a word. */
import * as newer from "vega-lite";
import * as older from "vega-lite-5.6.1";
import * as vega from "vega";
import { describe, expect, it } from "vitest";
import { Recorder } from "../../../src/record/recorder.ts";
import type { HeapSnapshot } from "../../../src/record/snapshot.ts";
import { allocationChart } from "../../../src/views/charts/allocation.ts";
import { layoutChart, wasteChart } from "../../../src/views/charts/layout.ts";
import { tradeOffChart } from "../../../src/views/charts/trade-off.ts";
import { triColourChart } from "../../../src/views/charts/tricolour.ts";
import { heapChart } from "../../../src/views/charts/heap.ts";
import { pausesChart } from "../../../src/views/charts/pauses.ts";
import { stackGrowthChart } from "../../../src/views/charts/stack-growth.ts";
import { type Chart, MAX_POINTS, reduced, timeText } from "../../../src/views/charts/theme.ts";

/** A run of `n` collections of a heap that grows slowly. */
function run(n: number, samples = 20): Recorder {
  const r = new Recorder();
  let t = 0;
  for (let c = 1; c <= n; c++) {
    const marked = 1_000_000 + c * 10_000;
    for (let i = 0; i < samples; i++) r.add("heap", (t += 10_000), marked + i * 100_000, 5_000_000, 8 << 20, 4_194_304, 3_997_696, 65_536);
    r.add("gcStart", t, c, 3_997_696, 3_997_696, 4_194_304, 0, 8192);
    r.add("pause", (t += 15_000), 0, 15_000, c);
    r.add("assist", (t += 30_000), 1, 65_536, 30_000 + c);
    r.add("pause", (t += 15_000), 2, 15_000 + c * 100, c);
    r.add("gcEnd", t, c, c === 3 ? 4_250_000 : 4_100_000, marked, 20_000, 1500, 145_962);
    r.add("gcSwept", t + 5, c, 3_000_000, 40_000, 4_194_304, 3_997_696);
  }
  return r;
}

function grown(): Recorder {
  const r = new Recorder();
  for (let i = 0, size = 2048; i < 6; i++, size *= 2) r.add("stackGrow", 1000 * (i + 1), 1, size, size * 2, size - 900, i * 3, 10 * i);
  r.add("stackShrink", 20_000, 1, 131_072, 65_536, 500, 2, 3);
  return r;
}

/** Warnings and errors of compiling with one version, then of parsing by vega. */
function complaints(compile: typeof newer.compile, chart: Chart): string[] {
  const said: string[] = [];
  const logger: Record<string, (...words: readonly unknown[]) => unknown> = {};
  for (const name of ["error", "warn"]) logger[name] = (...words) => (said.push(words.join(" ")), logger);
  for (const name of ["level", "info", "debug"]) logger[name] = () => logger;
  const { spec } = compile(structuredClone(chart.spec) as unknown as newer.TopLevelSpec, { logger: logger as never });
  vega.parse(spec);
  return said;
}

function rowsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((n: number, v) => n + rowsOf(v), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((n, [key, v]) => n + (key === "values" && Array.isArray(v) && typeof v[0] === "object" ? v.length : rowsOf(v)), 0);
}

/** Every mark of a spec, with its encoding. */
function marks(value: unknown): { readonly encoding?: Record<string, unknown> }[] {
  if (Array.isArray(value)) return value.flatMap(marks);
  if (typeof value !== "object" || value === null) return [];
  const own = "mark" in value ? [value as { encoding?: Record<string, unknown> }] : [];
  return [...own, ...Object.values(value).flatMap(marks)];
}

/** Three objects in a chain from a root and one that nothing reaches, `marked` of them black, the next grey. */
function picture(marked: number): HeapSnapshot {
  const colour = [0, 1, 2, 3].map((i) => (i < marked ? 2 : i === marked && i < 3 ? 1 : 0));
  return { time: 0, cycle: 1, marking: true, addr: [0, 16, 32, 48], size: [16, 16, 16, 16], site: [20, 20, 21, 22], type: [0, 0, 0, 0], colour, firstEdge: [0, 1, 2, 2, 2], edges: [1, 2], roots: [{ kind: "global", name: "main.list", to: 0 }] };
}

const slots = [{ name: "ok", type: "bool", offset: 0, size: 1 }, { name: "", type: "", offset: 1, size: 7 }, { name: "s", type: "string", offset: 8, size: 16 }];

const options = { subtitle: "GOGC=100 GOMAXPROCS=1 seed=1" };
const CHARTS: Record<string, Chart> = {
  "heap of three collections": heapChart(run(3).record(), options),
  "heap of 500 collections under a limit": heapChart(run(500).record(), { ...options, limit: 6 << 20 }),
  "heap without a collection": heapChart(new Recorder().record(), options),
  "pauses of five collections": pausesChart(run(5).record(), options),
  "pauses of 3,000 collections": pausesChart(run(3000, 1).record(), options),
  "pauses of none": pausesChart(new Recorder().record(), options),
  "stacks that grew": stackGrowthChart(grown().record(), options),
  "a cycle step by step": triColourChart([0, 1, 2, 3].map(picture), { at: 1, subtitle: "seed=1", label: (i) => `object ${i}` }),
  "allocations by place": allocationChart([{ label: "./main.go:3:4", objects: 2, bytes: 4096 }, { label: "./main.go:5:1", objects: 1, bytes: 24 }], { subtitle: "seed=1", what: "f(1) allocates", by: "place" }),
  "a struct with padding": layoutChart({ type: "rec", size: 24, pointers: [false, true], slots, best: { type: "rec", size: 24, pointers: [true], slots } }),
  "a sweep": tradeOffChart([{ settings: "GOGC=50", cycles: 9, peak: 4 << 20, share: 12 }, { settings: "GOGC=100", cycles: 4, peak: 8 << 20, share: 5.5 }], { subtitle: "seed=1" }),
  "a slot that wastes": wasteChart(33, true, (n) => Math.ceil(n / 48) * 48),
  "stacks that did not": stackGrowthChart(new Recorder().record(), options),
};

describe.each(Object.entries(CHARTS))("the chart %s", (_, chart) => {
  it("compiles under Vega-Lite 5.6.1 and 5.23 without a warning", () => {
    expect(complaints(older.compile as unknown as typeof newer.compile, chart)).toEqual([]);
    expect(complaints(newer.compile, chart)).toEqual([]);
  });

  it("keeps the rules: its size, its points, no data from elsewhere, a tooltip on every mark, words for those who don't see it", () => {
    const text = JSON.stringify(chart.spec);
    expect(rowsOf(chart.spec)).toBeLessThanOrEqual(MAX_POINTS);
    expect(text).not.toContain('"url"');
    expect(text).toContain('"width":640');
    expect(chart.spec["background"]).toBeNull();
    expect(String(chart.spec["description"])).toContain(chart.title);
    expect(chart.fallback).not.toBe("");
    for (const m of marks(chart.spec)) expect(m.encoding).toHaveProperty("tooltip");
  });

  it("is drawn by vega", async () => {
    const view = new vega.View(vega.parse(newer.compile(structuredClone(chart.spec) as unknown as newer.TopLevelSpec).spec), { renderer: "none" });
    expect(await view.toSVG()).toContain("<svg");
    view.finalize();
  });
});

describe("a chart's title", () => {
  it("tells collections, peak and how far the goal was passed", () => {
    expect(CHARTS["heap of three collections"]!.title).toBe("3 collections; at most 4.12 MiB in use; the goal was passed once, by at most 1.3 %");
    expect(CHARTS["heap without a collection"]!.title).toBe("no collection; at most 0 B in use");
  });

  it("tells how long the program waited", () => {
    expect(CHARTS["pauses of five collections"]!.title).toBe("15 pauses: half up to 15.3 µs, 99 % up to 30 µs, the longest 30 µs (assist)");
    expect(CHARTS["pauses of none"]!.title).toBe("the program never waited for memory");
  });

  it("tells how stacks grew", () => {
    expect(CHARTS["stacks that grew"]!.title).toBe("goroutine 1's stack grew 6 times, from 2 KiB to 128 KiB; 120.7 KiB copied, 45 pointers adjusted; 1 halving");
    expect(CHARTS["stacks that did not"]!.title).toBe("no stack had to grow");
  });
});

describe("reduction", () => {
  it("keeps order, ends and extremes", () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({ i, v: i === 4321 ? 99 : i === 7777 ? -99 : i % 7 }));
    const few = reduced(points, 200, (p) => p.v);
    expect(few.length).toBeLessThanOrEqual(200);
    expect([few[0]?.i, few.at(-1)?.i, Math.max(...few.map((p) => p.v)), Math.min(...few.map((p) => p.v))]).toEqual([0, 9999, 99, -99]);
    expect(few.every((p, k) => k === 0 || p.i > few[k - 1]!.i)).toBe(true);
  });

  it("names times in the unit that reads best", () => {
    expect([0, 999, 15_400, 1_250_000, 2.5e9].map(timeText)).toEqual(["0 ns", "999 ns", "15.4 µs", "1.25 ms", "2.5 s"]);
  });
});
