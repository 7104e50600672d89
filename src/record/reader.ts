/**
 * Reads a record of events: rows by kind, cycles, pauses, the heap over time, stack steps.
 *
 * Plain functions over plain data; a view asks here and never the runtime.
 */
import { EVENTS, type EventKind } from "./events.ts";
import type { EventRecord } from "./recorder.ts";

/** One event: its time and the columns of its kind by name. */
export type EventRow<K extends EventKind> = { readonly time: number } & { readonly [C in (typeof EVENTS)[K][number]]: number };

/** All events of one kind, in order. */
export function rows<K extends EventKind>(record: EventRecord, kind: K): EventRow<K>[] {
  const table = record[kind];
  if (table === undefined) return [];
  const names: readonly string[] = EVENTS[kind];
  const result: EventRow<K>[] = [];
  for (let r = 0; r < table.rows; r++) {
    const row: Record<string, number> = { time: table.data[r * table.width] ?? 0 };
    for (const [i, name] of names.entries()) row[name] = table.data[r * table.width + 1 + i] ?? 0;
    result.push(row as EventRow<K>);
  }
  return result;
}

/** Number of events of a kind that happened, those that were not kept included. */
export function count(record: EventRecord, kind: EventKind): number {
  const table = record[kind];
  return table === undefined ? 0 : table.rows + table.dropped;
}

/** One collection as the events tell it. Times in virtual ns, sizes in bytes. */
export interface Cycle {
  readonly number: number;
  readonly why: "heap" | "forced" | "time";
  readonly start: number;
  readonly markEnd: number;
  readonly sweepEnd: number;
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly marked: number;
  readonly trigger: number;
  readonly goal: number;
  readonly heapWork: number;
  readonly stackWork: number;
  readonly globalsWork: number;
  readonly freedBytes: number;
  readonly freedObjects: number;
  /** The two stops. */
  readonly pauses: readonly [number, number];
  /** Time of assists. */
  readonly assist: number;
}

const WHY = ["heap", "forced", "time"] as const;

/** The collections whose mark phase ended, oldest first. */
export function cycles(record: EventRecord): Cycle[] {
  const ends = new Map(rows(record, "gcEnd").map((e) => [e.cycle, e]));
  const swept = new Map(rows(record, "gcSwept").map((e) => [e.cycle, e]));
  const pauses = rows(record, "pause");
  const assists = rows(record, "assist");
  const result: Cycle[] = [];
  for (const s of rows(record, "gcStart")) {
    const end = ends.get(s.cycle);
    if (end === undefined) continue;
    const sweep = swept.get(s.cycle);
    const stop = (kind: number): number => pauses.find((p) => p.cycle === s.cycle && p.kind === kind)?.nanos ?? 0;
    result.push({
      number: s.cycle,
      why: WHY[s.why] ?? "heap",
      start: s.time,
      markEnd: end.time,
      sweepEnd: sweep?.time ?? end.time,
      heapStart: s.heapLive,
      heapEnd: end.heapLive,
      marked: end.marked,
      trigger: s.trigger,
      goal: s.goal,
      heapWork: end.heapWork,
      stackWork: end.stackWork,
      globalsWork: end.globalsWork,
      freedBytes: sweep?.freedBytes ?? 0,
      freedObjects: sweep?.freedObjects ?? 0,
      pauses: [stop(0), stop(2)],
      assist: assists.reduce((n, a) => (a.time >= s.time && a.time <= end.time ? n + a.nanos : n), 0),
    });
  }
  return result;
}

/** A stop of the world or of a goroutine: when it ended, how long, which kind. */
export interface Pause {
  readonly time: number;
  readonly nanos: number;
  readonly kind: "sweep termination" | "mark termination" | "assist" | "stack growth";
  readonly cycle: number;
}

/** Everything that made the program wait for memory, in order. A stack growth's time is `stackCost` of its row. */
export function pauses(record: EventRecord, stackCost: (row: EventRow<"stackGrow">) => number = () => 0): Pause[] {
  const all: Pause[] = [];
  for (const p of rows(record, "pause")) {
    all.push({ time: p.time, nanos: p.nanos, kind: p.kind === 0 ? "sweep termination" : "mark termination", cycle: p.cycle });
  }
  for (const a of rows(record, "assist")) all.push({ time: a.time, nanos: a.nanos, kind: "assist", cycle: 0 });
  for (const s of rows(record, "stackGrow")) all.push({ time: s.time, nanos: stackCost(s), kind: "stack growth", cycle: 0 });
  return all.sort((a, b) => a.time - b.time);
}

/** The value below which a share `q` (0 … 1) of the sorted values lies; 0 for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
}

/** One point of a heap's curve. */
export interface HeapPoint {
  readonly time: number;
  readonly live: number;
  /** What the last cycle marked, and what came since. */
  readonly marked: number;
  readonly goal: number;
  readonly trigger: number;
  readonly stacks: number;
  readonly sys: number;
}

/** The heap over time: every `heap` sample and the corners of every cycle, in order. */
export function heapCurve(record: EventRecord): HeapPoint[] {
  const points: HeapPoint[] = rows(record, "heap").map((h) => ({
    time: h.time, live: h.live, marked: 0, goal: h.goal, trigger: h.trigger, stacks: h.stacks, sys: h.sys,
  }));
  for (const c of cycles(record)) {
    points.push({ time: c.start, live: c.heapStart, marked: 0, goal: c.goal, trigger: c.trigger, stacks: 0, sys: 0 });
    points.push({ time: c.markEnd - 1, live: c.heapEnd, marked: 0, goal: c.goal, trigger: c.trigger, stacks: 0, sys: 0 });
    points.push({ time: c.markEnd, live: c.marked, marked: c.marked, goal: 0, trigger: 0, stacks: 0, sys: 0 });
  }
  points.sort((a, b) => a.time - b.time);
  return filled(points);
}

/** Fills what a point does not know from the one before; a point at the same time as the one before comes a nanosecond later. */
function filled(points: readonly HeapPoint[]): HeapPoint[] {
  let last: HeapPoint | undefined;
  return points.map((p) => {
    const keep = (name: "marked" | "goal" | "trigger" | "stacks" | "sys"): number => (p[name] === 0 ? (last?.[name] ?? 0) : p[name]);
    const time = Math.max(p.time, last === undefined ? 0 : last.time + 1);
    last = { time, live: p.live, marked: keep("marked"), goal: keep("goal"), trigger: keep("trigger"), stacks: keep("stacks"), sys: keep("sys") };
    return last;
  });
}
