/**
 * How every chart looks: colours, sizes, axes, and the small tools that keep a chart below its number of points.
 *
 * Specifications are Vega-Lite 5 that compiles under 5.6.1 (JupyterLab's) and 5.23; data is inline. One spec reads on light and dark
 * backgrounds. Colours are Okabe and Ito's; light ones get an edge and are never thin lines.
 */
import type { Output, VegaLiteSpec } from "../output.ts";
import { sizeText } from "../text.ts";

/** A chart as an answer. */
export type Chart = Extract<Output, { kind: "chart" }>;

/** What a colour stands for, the same in every chart. */
export const COLOURS = {
  heap: "#D55E00",
  stack: "#0072B2",
  live: "#009E73",
  fresh: "#E69F00",
  goal: "#767676",
  limit: "#CC79A7",
  mark: "#56B4E9",
  edge: "#767676",
} as const;

/** The palette in order, for categories without a meaning of their own. */
export const PALETTE: readonly string[] = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"];

/** Default size of a chart in pixels. */
export const WIDTH = 640;
export const HEIGHT = 220;

/** Most rows of data that one chart carries. */
export const MAX_POINTS = 2000;

const GREY = "#767676";

/** What a chart is made of. */
export interface Parts {
  /** The finding, computed from the same rows. */
  readonly title: string;
  /** Settings, seed, reductions. */
  readonly subtitle: string;
  /** For those who can't see it. */
  readonly description: string;
  /** The same finding without the picture. */
  readonly fallback: string;
  /** Layers or concatenated views, with their data. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A themed chart. */
export function chart({ title, subtitle, description, fallback, body }: Parts): Chart {
  const spec: VegaLiteSpec = {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description,
    background: null,
    title: { text: title, subtitle, anchor: "start", color: GREY, subtitleColor: GREY, fontSize: 13, subtitleFontSize: 11 },
    config: {
      view: { stroke: null },
      axis: { labelColor: GREY, titleColor: GREY, tickColor: GREY, domainColor: GREY, gridColor: GREY, gridOpacity: 0.15, titleFontWeight: "normal" },
      legend: { labelLimit: 0, labelColor: GREY, titleColor: GREY, titleFontWeight: "normal" },
      text: { color: GREY },
    },
    ...body,
  };
  return { kind: "chart", title, spec, fallback };
}

/** An axis of bytes that ticks at powers of two (or even parts of them) up to `max`. */
export function bytesAxis(title: string, max: number): Readonly<Record<string, unknown>> {
  let step = 1;
  while (step * 6 < max) step *= 2;
  const values: number[] = [];
  for (let v = 0; v <= max + step / 2; v += step) values.push(v);
  return { title, values, labelExpr: byteLabels(values) };
}

/** A logarithmic axis of bytes with a tick at each power of two from `min` to `max`, at most eight. */
export function powersAxis(title: string, min: number, max: number): Readonly<Record<string, unknown>> {
  const values: number[] = [];
  let step = 2;
  for (let count = 0; count === 0 || count > 8; step *= 2) {
    count = 0;
    for (let v = min; v <= max; v *= step) count++;
    if (count <= 8) break;
  }
  for (let v = min; v <= max; v *= step) values.push(v);
  return { title, values, labelExpr: byteLabels(values) };
}

/** A label expression that spells each of the ticks as a size. */
function byteLabels(values: readonly number[]): string {
  const cases = values.map((v) => `datum.value === ${v} ? '${sizeText(v)}' : `).join("");
  return `${cases}''`;
}

/** A unit for times up to `ns`: its name and how many nanoseconds it has. */
export function timeUnit(ns: number): { readonly name: string; readonly nanos: number } {
  if (ns >= 2e9) return { name: "s", nanos: 1e9 };
  if (ns >= 2e6) return { name: "ms", nanos: 1e6 };
  return ns >= 2e3 ? { name: "µs", nanos: 1e3 } : { name: "ns", nanos: 1 };
}

/** A time with three digits: "15 µs", "1.25 ms". */
export function timeText(ns: number): string {
  const { name, nanos } = timeUnit(ns * 2);
  return `${Number((ns / nanos).toPrecision(3))} ${name}`;
}

/**
 * At most about `most` of the points, the extremes of `value` kept: of each stretch its lowest and highest. Order stays.
 * The first and the last point are always kept.
 */
export function reduced<T>(points: readonly T[], most: number, value: (p: T) => number): readonly T[] {
  if (points.length <= most) return points;
  const buckets = Math.max(1, Math.floor((most - 2) / 2));
  const inner = points.length - 2;
  const kept: T[] = [];
  const keep = (p: T | undefined): void => {
    if (p !== undefined) kept.push(p);
  };
  keep(points[0]);
  for (let b = 0; b < buckets; b++) {
    const from = 1 + Math.floor((inner * b) / buckets);
    const to = 1 + Math.floor((inner * (b + 1)) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (value(points[i] as T) < value(points[low] as T)) low = i;
      if (value(points[i] as T) > value(points[high] as T)) high = i;
    }
    keep(points[Math.min(low, high)]);
    if (low !== high) keep(points[Math.max(low, high)]);
  }
  keep(points.at(-1));
  return kept;
}

/** Adds what was left out to a subtitle. */
export function withReduction(subtitle: string, shown: number, all: number): string {
  if (shown >= all) return subtitle;
  const note = `reduced from ${all} points to ${shown}; export for all`;
  return subtitle === "" ? note : `${subtitle} · ${note}`;
}

/** "1 collection", "23 collections". */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** Zoom of the time axis by wheel and drag. */
export const ZOOM_X = { name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" } as const;
