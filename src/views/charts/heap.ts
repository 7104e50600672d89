/** Chart 1: the heap over time, with its goal and the collections. Reads a record; the title is what the rows say. */
import type { EventRecord } from "../../record/recorder.ts";
import { type Cycle, cycles, type HeapPoint, heapCurve } from "../../record/reader.ts";
import { sizeText } from "../text.ts";
import { bytesAxis, type Chart, chart, COLOURS, counted, HEIGHT, reduced, timeText, timeUnit, WIDTH, withReduction, ZOOM_X } from "./theme.ts";

export interface HeapChartOptions {
  /** Settings and seed, as one line. */
  readonly subtitle: string;
  /** GOMEMLIMIT in bytes, if one is set. */
  readonly limit?: number;
  readonly width?: number;
}

/** Points of the curve, each of which is three rows; cycles that are drawn as bands. */
const MOST_POINTS = 400;
const MOST_CYCLES = 120;

/** The heap over time. */
export function heapChart(record: EventRecord, options: HeapChartOptions): Chart {
  const all = heapCurve(record);
  const gcs = cycles(record);
  const points = reduced(all, MOST_POINTS, (p) => p.live);
  const end = all.at(-1)?.time ?? 0;
  const unit = timeUnit(end);
  const peak = all.reduce((n, p) => Math.max(n, p.live + p.stacks), 0);
  const top = all.reduce((n, p) => Math.max(n, p.goal + p.stacks), Math.max(peak, 1));
  const y = { type: "quantitative", axis: bytesAxis("memory", top), scale: { domain: [0, top * 1.05], nice: false } };
  const x = { field: "t", type: "quantitative", title: `virtual time (${unit.name})`, scale: { nice: false } };
  const title = heapFinding(gcs, peak);
  return chart({
    title,
    subtitle: withReduction(options.subtitle, points.length, all.length),
    description: `Memory in use over ${timeText(end)} of virtual time. ${title}.`,
    fallback: `${title}; ${timeText(end)} of virtual time`,
    body: {
      width: options.width ?? WIDTH,
      height: HEIGHT,
      layer: [
        { params: [ZOOM_X], ...areaLayer(points, unit.nanos, x, y) },
        ...markLayers(gcs, unit.nanos, x),
        ...goalLayers(points, unit.nanos, x, y),
        ...(options.limit === undefined ? [] : [limitLayer(options.limit, y)]),
      ],
      resolve: { scale: { color: "independent" } },
    },
  });
}

/** What the rows say: number of collections, peak, and how often the goal was passed. */
export function heapFinding(gcs: readonly Cycle[], peak: number): string {
  if (gcs.length === 0) return `no collection; at most ${sizeText(peak)} in use`;
  const over = gcs.filter((c) => c.goal > 0 && c.heapEnd > c.goal);
  const most = over.reduce((n, c) => Math.max(n, c.heapEnd / c.goal - 1), 0);
  const passed = over.length === 0 ? "the goal was never passed" : `the goal was passed ${times(over.length)}, by at most ${percent(most)}`;
  return `${counted(gcs.length, "collection")}; at most ${sizeText(peak)} in use; ${passed}`;
}

const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${n} times`);
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

type Encoding = Readonly<Record<string, unknown>>;

/** Stacks, what the last collection found live, and what came since, upwards. */
function areaLayer(points: readonly HeapPoint[], unit: number, x: Encoding, y: Encoding): Encoding {
  const values = points.flatMap((p) => {
    const live = Math.min(p.marked, p.live);
    return [
      { t: p.time / unit, part: "stacks", bytes: p.stacks, order: 0 },
      { t: p.time / unit, part: "live at the last collection", bytes: live, order: 1 },
      { t: p.time / unit, part: "allocated since", bytes: p.live - live, order: 2 },
    ];
  });
  return {
    data: { values: withSizes(values) },
    mark: { type: "area", interpolate: "linear", stroke: COLOURS.edge, strokeWidth: 0.5 },
    encoding: {
      x,
      y: { ...y, field: "bytes", stack: "zero" },
      order: { field: "order", type: "quantitative" },
      color: {
        field: "part", type: "nominal", title: null, legend: { orient: "bottom" },
        scale: { domain: ["stacks", "live at the last collection", "allocated since"], range: [COLOURS.stack, COLOURS.live, COLOURS.fresh] },
      },
      tooltip: [{ field: "part", type: "nominal", title: "what" }, { field: "size", type: "nominal" }, { field: "t", type: "quantitative", title: "time" }],
    },
  };
}

/** Bands while marking ran. */
function markLayers(gcs: readonly Cycle[], unit: number, x: Encoding): Encoding[] {
  if (gcs.length === 0) return [];
  const shown = reduced(gcs, MOST_CYCLES, (c) => c.heapEnd);
  const values = shown.map((c) => ({
    t: c.start / unit, until: c.markEnd / unit, cycle: c.number, why: c.why, from: sizeText(c.heapStart), to: sizeText(c.heapEnd), marked: sizeText(c.marked),
  }));
  return [
    {
      data: { values },
      mark: { type: "rect", color: COLOURS.mark, opacity: 0.35 },
      encoding: {
        x,
        x2: { field: "until" },
        tooltip: ["cycle", "why", "from", "to", "marked"].map((field) => ({ field, type: "nominal" })),
      },
    },
  ];
}

/** The heap's goal as a line, named at its right end. It stands on the stacks, as the heap does in this chart. */
function goalLayers(points: readonly HeapPoint[], unit: number, x: Encoding, y: Encoding): Encoding[] {
  const known = points.filter((p) => p.goal > 0);
  if (known.length === 0) return [];
  const values = known.map((p) => ({ t: p.time / unit, bytes: p.goal + p.stacks, part: "goal", size: sizeText(p.goal) }));
  const encoding = { x, y: { ...y, field: "bytes" } };
  const tooltip = [{ field: "part", type: "nominal", title: "what" }, { field: "size", type: "nominal" }];
  return [
    { data: { values }, mark: { type: "line", interpolate: "step-after", color: COLOURS.goal, strokeDash: [4, 3], strokeWidth: 1.5 }, encoding: { ...encoding, tooltip } },
    { data: { values: values.slice(-1) }, mark: { type: "text", align: "right", dy: -6, color: COLOURS.goal }, encoding: { ...encoding, text: { field: "part", type: "nominal" }, tooltip } },
  ];
}

function limitLayer(limit: number, y: Encoding): Encoding {
  return {
    data: { values: [{ bytes: limit, part: `GOMEMLIMIT ${sizeText(limit)}` }] },
    mark: { type: "rule", color: COLOURS.limit, strokeDash: [6, 2, 1, 2], strokeWidth: 1.5 },
    encoding: { y: { ...y, field: "bytes" }, tooltip: [{ field: "part", type: "nominal", title: "limit" }] },
  };
}

function withSizes<T extends { readonly bytes: number }>(rows: readonly T[]): (T & { size: string })[] {
  return rows.map((r) => ({ ...r, size: sizeText(r.bytes) }));
}
