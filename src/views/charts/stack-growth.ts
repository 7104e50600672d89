/** Chart 8: how stacks grew and shrank: each copy with what it cost. */
import type { EventRecord } from "../../record/recorder.ts";
import { rows } from "../../record/reader.ts";
import { grouped, sizeText } from "../text.ts";
import { type Chart, chart, counted, HEIGHT, PALETTE, powersAxis, timeText, timeUnit, WIDTH, withReduction, ZOOM_X } from "./theme.ts";

export interface StackGrowthOptions {
  readonly subtitle: string;
  readonly width?: number;
}

/** One change of one stack. */
interface Change {
  readonly time: number;
  readonly g: number;
  readonly old: number;
  readonly new: number;
  readonly copied: number;
  readonly adjusted: number;
  readonly frames: number;
}

/** Changes that are drawn; each is at most two rows. */
const MOST_CHANGES = 800;
const MOST_GOROUTINES = 7;

/** Sizes of stacks over time; a dot is a copy. */
export function stackGrowthChart(record: EventRecord, options: StackGrowthOptions): Chart {
  const all = [...rows(record, "stackGrow"), ...rows(record, "stackShrink")].sort((a, b) => a.time - b.time);
  const title = stackFinding(all);
  const chosen = busiest(all);
  const shown = all.filter((c) => chosen.includes(c.g)).slice(0, MOST_CHANGES);
  const end = (shown.at(-1)?.time ?? 0) * 1.02;
  const unit = timeUnit(end);
  const low = shown.reduce((n, c) => Math.min(n, c.old, c.new), 2048);
  const high = shown.reduce((n, c) => Math.max(n, c.old, c.new), 4096);
  const encoding = {
    x: { field: "t", type: "quantitative", title: `virtual time (${unit.name})`, scale: { nice: false } },
    y: { field: "size", type: "quantitative", scale: { type: "log", base: 2, domain: [low / 1.4, high * 1.4], nice: false }, axis: powersAxis("stack size", low, high) },
    color: { field: "goroutine", type: "nominal", title: null, scale: { domain: chosen.map(goroutineName), range: PALETTE.slice(0, Math.max(1, chosen.length)) }, legend: { orient: "bottom" } },
  };
  const steps = chosen.flatMap((g) => line(shown.filter((c) => c.g === g), g, unit.nanos, end));
  const dots = shown.map((c) => ({
    t: c.time / unit.nanos, size: c.new, goroutine: goroutineName(c.g), what: c.new > c.old ? "grew" : "shrank", change: `${sizeText(c.old)} → ${sizeText(c.new)}`,
    copied: sizeText(c.copied), pointers: c.adjusted, frames: c.frames, at: timeText(c.time),
  }));
  const tooltip = ["goroutine", "what", "change", "copied", "pointers", "frames", "at"].map((field) => ({ field, type: "nominal" }));
  return chart({
    title,
    subtitle: withReduction(options.subtitle, shown.length, all.length),
    description: `Stack sizes over time, one line a goroutine, a dot where a stack was copied. ${title}.`,
    fallback: title,
    body: {
      width: options.width ?? WIDTH,
      height: HEIGHT,
      layer: [
        {
          params: [ZOOM_X],
          data: { values: steps },
          mark: { type: "line", interpolate: "step-after" },
          encoding: { ...encoding, tooltip: [{ field: "goroutine", type: "nominal" }, { field: "text", type: "nominal", title: "size" }] },
        },
        {
          data: { values: dots },
          mark: { type: "point", filled: true, size: 60, stroke: "#767676", strokeWidth: 0.5 },
          encoding: { ...encoding, shape: { field: "what", type: "nominal", title: null, scale: { domain: ["grew", "shrank"], range: ["triangle-up", "triangle-down"] } }, tooltip },
        },
      ],
    },
  });
}

/** What the rows say: who grew, how often, how far, and what it copied. */
export function stackFinding(changes: readonly Change[]): string {
  const grown = changes.filter((c) => c.new > c.old);
  const shrunk = changes.length - grown.length;
  if (grown.length === 0) return shrunk === 0 ? "no stack had to grow" : `no stack had to grow; ${counted(shrunk, "halving")}`;
  const copied = grown.reduce((n, c) => n + c.copied, 0);
  const adjusted = grown.reduce((n, c) => n + c.adjusted, 0);
  const largest = grown.reduce((n, c) => Math.max(n, c.new), 0);
  const who = new Set(grown.map((c) => c.g));
  const first = grown.find(() => true);
  const subject =
    who.size === 1
      ? `${goroutineName(first?.g ?? 1)}'s stack grew ${grown.length === 1 ? "once" : `${grown.length} times`}, from ${sizeText(first?.old ?? 0)} to ${sizeText(largest)}`
      : `${counted(who.size, "stack")} grew ${grown.length} times, the largest to ${sizeText(largest)}`;
  const cost = `${sizeText(copied)} copied, ${grouped(adjusted)} ${adjusted === 1 ? "pointer" : "pointers"} adjusted`;
  return `${subject}; ${cost}${shrunk === 0 ? "" : `; ${counted(shrunk, "halving")}`}`;
}

const goroutineName = (g: number): string => `goroutine ${g}`;

/** The goroutines with the most changes, by number. */
function busiest(changes: readonly Change[]): number[] {
  const counts = new Map<number, number>();
  for (const c of changes) counts.set(c.g, (counts.get(c.g) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_GOROUTINES);
  return ranked.map(([g]) => g).sort((a, b) => a - b);
}

/** The corners of one goroutine's line, from the size before the first change to the end of the time shown. */
function line(changes: readonly Change[], g: number, unit: number, end: number): Readonly<Record<string, unknown>>[] {
  const first = changes.find(() => true);
  if (first === undefined) return [];
  const point = (time: number, size: number): Readonly<Record<string, unknown>> => ({ t: time / unit, size, goroutine: goroutineName(g), text: sizeText(size) });
  return [point(0, first.old), ...changes.map((c) => point(c.time, c.new)), point(end, changes.at(-1)?.new ?? first.old)];
}
