/**
 * Counts that the heap keeps as it works. What users see of them is made in memstats.ts.
 *
 * Go: heapStatsDelta in GOROOT/src/runtime/mstats.go, and the totals of gcControllerState.
 */
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

/** All counts zero. */
export function newHeapStats(): HeapStats {
  return {
    totalAlloc: 0,
    totalFree: 0,
    smallAllocs: new Float64Array(SIZE_CLASSES),
    smallFrees: new Float64Array(SIZE_CLASSES),
    largeAllocs: 0,
    largeFrees: 0,
    tinyAllocs: 0,
    heapPages: 0,
    stackPages: 0,
    spans: 0,
  };
}
