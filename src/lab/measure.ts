/**
 * What a run of a process allocates, by site: the counters of all sites before and after.
 *
 * Exact: every allocation counts, nothing is sampled. Allocations of the same place in the source are one line.
 */
import type { Position } from "../base/source.ts";
import type { Exit, Process } from "../runtime/index.ts";

/** Objects and bytes of one place in the source. Divided by the runs if there were several. */
export interface Allocated {
  readonly at: Position;
  /** Symbol of the function that stands there. */
  readonly func: string;
  /** The library's function that is called there, where the library allocates. */
  readonly through?: string;
  readonly objects: number;
  /** With the waste of size classes. */
  readonly bytes: number;
}

/** Counters of all sites at one moment. */
export type Counters = ReadonlyMap<number, { readonly objects: number; readonly bytes: number }>;

/** Reads the counters. */
export const countersOf = (process: Process): Counters => new Map(process.heap.sites.used().map((site) => [site, process.heap.sites.totals(site)]));

/** What was allocated between two moments, most bytes first; `runs` divides. */
export function allocatedBetween(process: Process, before: Counters, after: Counters, runs: number): Allocated[] {
  const places = new Map<string, Allocated>();
  for (const [site, now] of after) {
    const then = before.get(site) ?? { objects: 0, bytes: 0 };
    if (now.objects === then.objects) continue;
    const { at, func } = placeOfSite(process, site);
    const key = `${at.file}:${at.line}:${at.col}`;
    const known = places.get(key);
    const [objects, bytes] = [(now.objects - then.objects) / runs, (now.bytes - then.bytes) / runs];
    places.set(key, { at, func, objects: (known?.objects ?? 0) + objects, bytes: (known?.bytes ?? 0) + bytes });
  }
  return sorted([...places.values()]);
}

/** Where a site stands, and in which function; site 0 is the runtime's own. */
export function placeOfSite(process: Process, site: number): { readonly at: Position; readonly func: string } {
  if (site === 0) return { at: { file: "", line: 0, col: 0 }, func: "runtime" };
  const { func, info } = process.linker.sites.site(site);
  return { at: info.at, func: func.info.symbol };
}

/** Mallocs as runtime.MemStats counts them. */
export const mallocsOf = (process: Process): number => {
  process.collector.flush();
  return process.memStats().Mallocs;
};

/** What a call allocates each time. */
export interface Measured {
  readonly exit: Exit;
  /** Allocations and bytes of one call, whole numbers as testing.AllocsPerRun has them. */
  readonly allocs: number;
  readonly bytes: number;
  readonly places: readonly Allocated[];
}

/** Calls once to warm up, then `runs` times, and counts. */
export function measureRuns(process: Process, call: () => Exit, runs: number): Measured {
  const exit = call();
  const places = new Map<string, Allocated>();
  const nothing = { allocs: 0, bytes: 0, places: [] };
  if (exit.kind !== "ok") return { exit, ...nothing };
  const [mallocs, bytes] = [mallocsOf(process), process.memStats().TotalAlloc];
  process.observe((a) => {
    const key = `${a.at.file}:${a.at.line}:${a.at.col}:${a.through ?? ""}`;
    const known = places.get(key);
    // What shares a tiny block of 16 bytes counts with what it takes of it.
    const taken = a.size < 16 && a.slot !== 8 ? a.size : a.slot;
    places.set(key, { at: a.at, func: a.func, ...(a.through === undefined ? {} : { through: a.through }), objects: (known?.objects ?? 0) + 1 / runs, bytes: (known?.bytes ?? 0) + taken / runs });
  });
  try {
    for (let i = 0; i < runs; i++) {
      const next = call();
      if (next.kind !== "ok") return { exit: next, ...nothing };
    }
  } finally {
    process.observe(undefined);
  }
  const allocs = Math.floor((mallocsOf(process) - mallocs) / runs);
  return { exit, allocs, bytes: Math.floor((process.memStats().TotalAlloc - bytes) / runs), places: sorted([...places.values()]) };
}

/** Most bytes first, then by place. */
const sorted = (places: readonly Allocated[]): Allocated[] =>
  [...places].sort((a, b) => b.bytes - a.bytes || (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.line - b.at.line || a.at.col - b.at.col));
