/**
 * What each act of the runtime takes of virtual time, in nanoseconds.
 *
 * Figures were measured with Go 1.26.8 on one processor of a loaded machine (best of 7, so +-30 %) unless "assumed" stands beside
 * them. They are a model and a setting; no answer about memory depends on them except how far a program runs while a collection is on.
 */

/** A cost model; every field is nanoseconds unless its name says otherwise. */
export interface Costs {
  /** An allocation: this plus `mallocPerByte` for each byte of the slot up to 256, plus `zeroPerByte` beyond. */
  readonly malloc: number;
  readonly mallocPerByte: number;
  readonly zeroPerByte: number;
  /** A tiny allocation that fits the current block. */
  readonly mallocTiny: number;
  /** More when the object has pointers. */
  readonly mallocScan: number;
  /** More for each allocation while marking: the assist's bookkeeping and the mark bits. From the mark phases of oracle programs. */
  readonly mallocMarking: number;
  /** Taking a new span into the cache. Assumed. */
  readonly refill: number;
  /** A large object: this much and `largePerByte`. */
  readonly large: number;
  readonly largePerByte: number;
  /** Marking one object, and each byte of scan work in it. */
  readonly markObject: number;
  readonly markByte: number;
  /** Scanning a goroutine's stack: suspend and resume, and each frame. */
  readonly scanGoroutine: number;
  readonly scanFrame: number;
  /** A block of 256 KiB of globals. */
  readonly rootBlock: number;
  /** Each of the two stops of a cycle. */
  readonly stopTheWorld: number;
  /** A pointer store while the write barrier is on. */
  readonly barrierOn: number;
  /** Sweeping a span. Assumed. */
  readonly sweepSpan: number;
  /** Switching goroutines. */
  readonly goSwitch: number;
  /** Copying a stack or a slice: a byte. */
  readonly copyByte: number;
  /** Growing a stack: a frame of it. */
  readonly growFrame: number;
  readonly newGoroutine: number;
  readonly deferCall: number;
  readonly panic: number;
}

/** Defaults: the measurements. */
export const DEFAULT_COSTS: Costs = {
  malloc: 7,
  mallocPerByte: 0.055,
  zeroPerByte: 0.07,
  mallocTiny: 6,
  mallocScan: 4,
  mallocMarking: 20,
  refill: 150,
  large: 300,
  largePerByte: 0.042,
  markObject: 20,
  markByte: 0.5,
  scanGoroutine: 600,
  scanFrame: 90,
  rootBlock: 40_000,
  stopTheWorld: 15_000,
  barrierOn: 4,
  sweepSpan: 300,
  goSwitch: 100,
  copyByte: 0.007,
  growFrame: 38,
  newGoroutine: 250,
  deferCall: 2.5,
  panic: 186,
};

/** Nanoseconds for allocating a small object in a slot of `slot` bytes. */
export function mallocCost(c: Costs, slot: number, scan: boolean): number {
  const small = c.malloc + c.mallocPerByte * Math.min(slot, 256) + c.zeroPerByte * Math.max(0, slot - 256);
  return scan ? small + c.mallocScan : small;
}
