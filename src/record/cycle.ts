/**
 * One collection, with every number that Go's traces tell of it. Plain data.
 *
 * Made by runtime/gc/collector.ts at the end of a mark phase; printed by views/gctrace.ts.
 *
 * Go: the `work` structure of GOROOT/src/runtime/mgc.go.
 */
import type { Nanos } from "../base/units.ts";

/** Times are virtual nanoseconds since the start, sizes and work bytes. */
export interface CycleRecord {
  readonly number: number;
  readonly why: "heap" | "forced" | "time";
  /** When the first stop began, marking began, the second stop began, everything ran again. */
  readonly sweepTermAt: Nanos;
  readonly markAt: Nanos;
  readonly markTermAt: Nanos;
  readonly endAt: Nanos;
  /** Heap at the start, at the end of marking, and marked. */
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly heapMarked: number;
  readonly trigger: number;
  /** The goal that the cycle ended with, and the one it began with. */
  readonly goal: number;
  readonly goalAtStart: number;
  readonly stackScan: number;
  readonly globalsScan: number;
  readonly heapScanWork: number;
  /** Work that was expected, and scannable heap, when it began. */
  readonly expectedWork: number;
  readonly heapScanAtStart: number;
  /** Mark work that an allocated byte had to pay at the start. */
  readonly assistRatio: number;
  readonly dedicatedWorkers: number;
  readonly fractionalUtilization: number;
  /** Share of the processors that marked: background and assists. */
  readonly utilization: number;
  /** Cons/mark ratio that was in force. */
  readonly consMark: number;
  readonly assistTime: number;
  readonly dedicatedTime: number;
  readonly fractionalTime: number;
  readonly idleTime: number;
  /** Share of all processor time since the program began that the collector took, 0 … 1. */
  readonly gcFraction: number;
  readonly procs: number;
}
