/**
 * What the collector needs of the rest of a process; process.ts gives it.
 *
 * Go: stopTheWorldWithSema, forEachG, scanstack, clearpools; the data and BSS segments of a module.
 */
/** Receives a pointer found in a root. Anything else (nil, an address outside the heap) is ignored. */
export type PointerSink = (p: number) => void;

/** What scanning one stack took. */
export interface StackScan {
  /** Bytes between the stack pointer and the top of the stack, in the modelled Go frames. */
  readonly bytes: number;
  readonly frames: number;
}

/** The program that the collector works for. */
export interface World {
  /** GOMAXPROCS. */
  readonly procs: number;
  /** Addresses of the pointer words of all package variables. Asked once a cycle. */
  globalWords(): ArrayLike<number>;
  /** Goroutines that exist, dead ones not counted; asked once a cycle. A number names one until the cycle ends. */
  goroutines(): number;
  /** Hands every live pointer of goroutine `i`'s stack, defers and saved context to `sink`; may shrink the stack first. */
  scanStack(i: number, sink: PointerSink): StackScan;
  /** The same pointers without any effect: for a snapshot. */
  peekStack(i: number, sink: PointerSink): void;
  /** Other roots of the runtime: queued finalizers, timers, sudogs that point into the heap. */
  otherRoots(sink: PointerSink): void;
  /** Whether a goroutine could run now: an idle worker stops for it. */
  hasRunnable(): boolean;
  /** The world stands still and a cycle begins: sync.Pool gives up its victims. */
  clearPools(): void;
  /** The world stands still and marking is done: dead stacks are freed, the starting size of stacks is computed. */
  markTerminated(): void;
}
