/**
 * Writes MemStats into a Go program's runtime.MemStats.
 *
 * Go: the struct in runtime/mstats.go, whose field order this follows.
 */
import type { Memory } from "./memory.ts";
import type { MemStats } from "./memstats.ts";

const WORDS = [
  "Alloc", "TotalAlloc", "Sys", "Lookups", "Mallocs", "Frees", "HeapAlloc", "HeapSys", "HeapIdle", "HeapInuse", "HeapReleased", "HeapObjects",
  "StackInuse", "StackSys", "MSpanInuse", "MSpanSys", "MCacheInuse", "MCacheSys", "BuckHashSys", "GCSys", "OtherSys", "NextGC", "LastGC", "PauseTotalNs",
] as const satisfies readonly (keyof MemStats)[];

/** Writes `stats` at `at`, 8-aligned; 5,696 + 61 * 24 bytes. */
export function storeMemStats(memory: Memory, at: number, stats: MemStats): void {
  let to = at;
  const word = (v: number): void => {
    memory.storeI64(to, BigInt.asUintN(64, v >= 2 ** 64 ? 0xffff_ffff_ffff_ffffn : BigInt(Math.floor(v))));
    to += 8;
  };
  for (const name of WORDS) word(stats[name]);
  for (const v of stats.PauseNs) word(v);
  for (const v of stats.PauseEnd) word(v);
  memory.store32(to, stats.NumGC);
  memory.store32(to + 4, stats.NumForcedGC);
  memory.storeF64(to + 8, stats.GCCPUFraction);
  memory.store8(to + 16, Number(stats.EnableGC));
  memory.store8(to + 17, Number(stats.DebugGC));
  to += 24;
  for (const c of stats.BySize) {
    memory.store32(to, c.Size);
    to += 8;
    word(c.Mallocs);
    word(c.Frees);
  }
}
