/** Chart 2: everything that made the program wait for memory: each pause by kind, over their distribution. */
import type { EventRecord } from "../../record/recorder.ts";
import { type Pause, pauses, quantile } from "../../record/reader.ts";
import { type Chart, chart, COLOURS, counted, PALETTE, reduced, timeText, timeUnit, WIDTH, withReduction } from "./theme.ts";

export interface PausesChartOptions {
  readonly subtitle: string;
  readonly width?: number;
}

const MOST_POINTS = 900;
const KINDS = ["sweep termination", "mark termination", "assist", "stack growth"] as const;

/** The pauses of a run; a strip by kind over the share of pauses that are shorter. */
export function pausesChart(record: EventRecord, options: PausesChartOptions): Chart {
  const all = pauses(record).filter((p) => p.nanos > 0);
  const lengths = all.map((p) => p.nanos);
  const longest = all.reduce<Pause | undefined>((a, b) => (a === undefined || b.nanos > a.nanos ? b : a), undefined);
  const title = pausesFinding(lengths, longest);
  const shown = reduced(all, MOST_POINTS, (p) => p.nanos);
  const unit = timeUnit(quantile(lengths, 0.5) * 2);
  const low = lengths.reduce((a, b) => Math.min(a, b), longest?.nanos ?? 1);
  const domain = [(low / unit.nanos) * 0.8, ((longest?.nanos ?? 1) / unit.nanos) * 1.25];
  const x = { field: "length", type: "quantitative", scale: { type: "log", domain, nice: false }, axis: { tickCount: 6, format: "~g" } };
  const width = options.width ?? WIDTH;
  return chart({
    title,
    subtitle: withReduction(options.subtitle, shown.length, all.length),
    description: `Each pause by kind and length, and the share of pauses below each length. ${title}.`,
    fallback: title,
    body: {
      vconcat: [
        { width, height: 110, ...strip(shown, unit, x) },
        { width, height: 110, layer: distribution(lengths, unit, x) },
      ],
    },
  });
}

/** What the rows say: how many, half, nearly all, the longest and what it was. */
export function pausesFinding(lengths: readonly number[], longest: Pause | undefined): string {
  if (longest === undefined) return "the program never waited for memory";
  const half = timeText(quantile(lengths, 0.5));
  const nearly = timeText(quantile(lengths, 0.99));
  return `${counted(lengths.length, "pause")}: half up to ${half}, 99 % up to ${nearly}, the longest ${timeText(longest.nanos)} (${longest.kind})`;
}

type Encoding = Readonly<Record<string, unknown>>;
type Unit = ReturnType<typeof timeUnit>;

function strip(shown: readonly Pause[], unit: Unit, x: Encoding): Encoding {
  const values = shown.map((p) => ({ kind: p.kind, length: p.nanos / unit.nanos, at: timeText(p.time), long: timeText(p.nanos) }));
  return {
    data: { values },
    mark: { type: "tick", thickness: 2 },
    encoding: {
      x: { ...x, title: null },
      y: { field: "kind", type: "nominal", title: null, sort: KINDS },
      color: { field: "kind", type: "nominal", legend: null, scale: { domain: KINDS, range: [PALETTE[0], PALETTE[5], PALETTE[2], PALETTE[3]] } },
      tooltip: [
        { field: "kind", type: "nominal" }, { field: "long", type: "nominal", title: "length" }, { field: "at", type: "nominal", title: "at" },
      ],
    },
  };
}

/** The share of pauses up to each length, with rules at the quantiles. */
function distribution(lengths: readonly number[], unit: Unit, x: Encoding): Encoding[] {
  const sorted = [...lengths].sort((a, b) => a - b);
  const curve = sorted.map((nanos, i) => ({ length: nanos / unit.nanos, share: (i + 1) / sorted.length, long: timeText(nanos) }));
  const shown = reduced(curve, MOST_POINTS, (p) => p.share);
  const marks = quantileMarks(sorted, unit);
  const tooltip = [{ field: "share", type: "quantitative", format: ".1%" }, { field: "long", type: "nominal", title: "up to" }];
  const named = [{ field: "name", type: "nominal" }, { field: "long", type: "nominal", title: "length" }];
  const y = { field: "share", type: "quantitative", title: "share of pauses", axis: { format: "%" }, scale: { domain: [0, 1] } };
  const at = { ...x, title: `length (virtual ${unit.name})` };
  return [
    { data: { values: shown }, mark: { type: "line", interpolate: "step-after", color: COLOURS.stack }, encoding: { x: at, y, tooltip } },
    { data: { values: sorted.length === 0 ? [] : marks }, mark: { type: "rule", color: COLOURS.goal, strokeDash: [4, 3] }, encoding: { x: at, tooltip: named } },
    {
      data: { values: sorted.length === 0 ? [] : marks },
      mark: { type: "text", align: "left", dx: 3, baseline: "bottom", color: COLOURS.goal },
      encoding: { x: at, y: { ...y, field: "share" }, text: { field: "name", type: "nominal" }, tooltip: named },
    },
  ];
}

/** The median, the 99th percentile and the longest, as one mark where they are equal. */
function quantileMarks(sorted: readonly number[], unit: Unit): { name: string; length: number; share: number; long: string }[] {
  const marks: { name: string; length: number; share: number; long: string }[] = [];
  for (const [name, q] of [["p50", 0.5], ["p99", 0.99], ["max", 1]] as const) {
    const nanos = quantile(sorted, q);
    const last = marks.at(-1);
    if (last?.length === nanos / unit.nanos) last.name += ` = ${name}`;
    else marks.push({ name, length: nanos / unit.nanos, share: q, long: timeText(nanos) });
  }
  return marks;
}
