/**
 * MemStats: the numbers that runtime.ReadMemStats, runtime/metrics and the commands show, and their effect on the heap.
 *
 * Reading is not passive in Go: it gives every cached span back, corrects the pacer's picture of the heap and forgets the tiny block.
 *
 * Go: GOROOT/src/runtime/mstats.go (readmemstats_m).
 */
import type { Clock } from "./clock.ts";
import type { Collector } from "./gc/index.ts";
import { BY_SIZE_CLASSES, CLASS_SIZE, type Heap, PAGE_SIZE } from "./heap/index.ts";

/** The fields of runtime.MemStats, under Go's names. */
export interface MemStats {
  readonly Alloc: number;
  readonly TotalAlloc: number;
  readonly Sys: number;
  readonly Lookups: number;
  readonly Mallocs: number;
  readonly Frees: number;
  readonly HeapAlloc: number;
  readonly HeapSys: number;
  readonly HeapIdle: number;
  readonly HeapInuse: number;
  readonly HeapReleased: number;
  readonly HeapObjects: number;
  readonly StackInuse: number;
  readonly StackSys: number;
  readonly MSpanInuse: number;
  readonly MSpanSys: number;
  readonly MCacheInuse: number;
  readonly MCacheSys: number;
  readonly BuckHashSys: number;
  readonly GCSys: number;
  readonly OtherSys: number;
  readonly NextGC: number;
  /** Nanoseconds since 1970. */
  readonly LastGC: number;
  readonly PauseTotalNs: number;
  readonly NumGC: number;
  readonly NumForcedGC: number;
  readonly GCCPUFraction: number;
  readonly EnableGC: boolean;
  readonly DebugGC: boolean;
  /** Lengths and ends of the last 256 pauses; the newest at (NumGC + 255) % 256. */
  readonly PauseNs: readonly number[];
  readonly PauseEnd: readonly number[];
  readonly BySize: readonly { readonly Size: number; readonly Mallocs: number; readonly Frees: number }[];
}

/** Byte counts of Go's own structures that this runtime has no counterpart for; a plain process's, as measured. */
const OTHER = { mspan: 160, mcacheInuse: 2296, mcacheSys: 15_704, buckHash: 1_443_000, gc: 2_000_000, other: 700_000 } as const;

/** Flushes the cache and reads the numbers, as ReadMemStats does. `start` is the wall clock at virtual time 0, ns since 1970. */
export function readMemStats(heap: Heap, collector: Collector, _clock: Clock, start: number): MemStats {
  collector.flush();
  return peekMemStats(heap, collector, start);
}

/** The same numbers without the effect: what is cached counts as the last flush left it. For views of a running program. */
export function peekMemStats(heap: Heap, collector: Collector, start: number): MemStats {
  const { stats, pages } = heap;
  const mallocs = sum(stats.smallAllocs) + stats.largeAllocs;
  const frees = sum(stats.smallFrees) + stats.largeFrees;
  const heapAlloc = stats.totalAlloc - stats.totalFree;
  const inuse = stats.heapPages * PAGE_SIZE;
  const stacks = stats.stackPages * PAGE_SIZE;
  const sys = pages.grown * PAGE_SIZE;
  const spans = stats.spans * OTHER.mspan;
  const pauses = pauseRings(collector, start);
  return {
    Alloc: heapAlloc,
    TotalAlloc: stats.totalAlloc,
    Sys: sys + OTHER.buckHash + OTHER.gc + OTHER.other + OTHER.mcacheSys + spans,
    Lookups: 0,
    Mallocs: mallocs + stats.tinyAllocs,
    Frees: frees + stats.tinyAllocs,
    HeapAlloc: heapAlloc,
    HeapSys: sys - stacks,
    HeapIdle: sys - stacks - inuse,
    HeapInuse: inuse,
    HeapReleased: pages.releasedPages * PAGE_SIZE,
    HeapObjects: mallocs - frees,
    StackInuse: stacks,
    StackSys: stacks,
    MSpanInuse: spans,
    MSpanSys: Math.ceil(spans / 16_320) * 16_320,
    MCacheInuse: OTHER.mcacheInuse,
    MCacheSys: OTHER.mcacheSys,
    BuckHashSys: OTHER.buckHash,
    GCSys: OTHER.gc,
    OtherSys: OTHER.other,
    NextGC: collector.pacer.heapGoal(),
    LastGC: collector.cycles.length === 0 ? 0 : start + collector.lastEnd,
    PauseTotalNs: collector.pauseTotal,
    NumGC: collector.cycles.length,
    NumForcedGC: collector.forcedCycles,
    GCCPUFraction: collector.gcFraction,
    EnableGC: true,
    DebugGC: false,
    ...pauses,
    BySize: Array.from({ length: BY_SIZE_CLASSES }, (_, c) => ({
      Size: CLASS_SIZE[c]!,
      Mallocs: stats.smallAllocs[c]!,
      Frees: stats.smallFrees[c]!,
    })),
  };
}

function pauseRings(collector: Collector, start: number): { PauseNs: readonly number[]; PauseEnd: readonly number[] } {
  const PauseNs = new Array<number>(256).fill(0);
  const PauseEnd = new Array<number>(256).fill(0);
  for (const [i, c] of collector.cycles.entries()) {
    PauseNs[i % 256] = c.markAt - c.sweepTermAt + (c.endAt - c.markTermAt);
    PauseEnd[i % 256] = start + c.endAt;
  }
  return { PauseNs, PauseEnd };
}

function sum(a: Float64Array): number {
  let n = 0;
  for (let i = 0; i < a.length; i++) n += a[i]!;
  return n;
}
