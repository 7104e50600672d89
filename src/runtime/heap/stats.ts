/**
 * Counts that the heap keeps as it works. What users see of them is made in memstats.ts.
 *
 * Go: heapStatsDelta in GOROOT/src/runtime/mstats.go, and the totals of gcControllerState.
 */
import type { Memory } from "../memory.ts";
import { HEAP_CELL } from "./layout.ts";
import { SIZE_CLASSES } from "./sizeclass.ts";

/** Running totals since the process began. Bytes are bytes of slots. */
export interface HeapStats {
  totalAlloc: number;
  totalFree: number;
  /** Objects of each size class, once per cached span. */
  readonly smallAllocs: Float64Array;
  readonly smallFrees: Float64Array;
  largeAllocs: number;
  largeFrees: number;
  /** Tiny objects that shared a block. */
  tinyAllocs: number;
  /** Pages of spans with objects, and of stacks. */
  heapPages: number;
  stackPages: number;
  /** Spans with objects. */
  spans: number;
}

/** How many numbers `heapStats` keeps at HEAP_CELL.stats. */
const NUMBERS = 8;

/** Where the numbers that WebAssembly counts lie (refill.ts). */
export const STAT = {
  totalAlloc: HEAP_CELL.stats, totalFree: HEAP_CELL.stats + 8, largeFrees: HEAP_CELL.stats + 24, tinyAllocs: HEAP_CELL.stats + 32, heapPages: HEAP_CELL.stats + 40,
  spans: HEAP_CELL.stats + 56,
} as const;

/** The counts of a heap; they lie in its memory, all zero at first. */
export function heapStats(memory: Memory): HeapStats {
  const { buffer } = memory.wasm;
  const cells = new Float64Array(buffer, HEAP_CELL.stats, NUMBERS);
  const stats = {
    smallAllocs: new Float64Array(buffer, HEAP_CELL.smallAllocs, SIZE_CLASSES), smallFrees: new Float64Array(buffer, HEAP_CELL.smallFrees, SIZE_CLASSES),
    get totalAlloc(): number { return cells[0]!; },
    set totalAlloc(n: number) { cells[0] = n; },
    get totalFree(): number { return cells[1]!; },
    set totalFree(n: number) { cells[1] = n; },
    get largeAllocs(): number { return cells[2]!; },
    set largeAllocs(n: number) { cells[2] = n; },
    get largeFrees(): number { return cells[3]!; },
    set largeFrees(n: number) { cells[3] = n; },
    get tinyAllocs(): number { return cells[4]!; },
    set tinyAllocs(n: number) { cells[4] = n; },
    get heapPages(): number { return cells[5]!; },
    set heapPages(n: number) { cells[5] = n; },
    get stackPages(): number { return cells[6]!; },
    set stackPages(n: number) { cells[6] = n; },
    get spans(): number { return cells[7]!; },
    set spans(n: number) { cells[7] = n; },
  };
  return stats;
}
