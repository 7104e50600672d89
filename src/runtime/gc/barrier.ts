/**
 * The write barrier: while marking, a pointer store makes both the old and the new pointer grey (deletion and insertion).
 *
 * Pointers are buffered and made grey when the buffer is full, when the queue is empty, and before marking ends. Compiled code tests
 * CELL.writeBarrier and calls here only while it is on. Stores to frames and to fresh objects need no barrier.
 *
 * Go: GOROOT/src/runtime/mwbbuf.go, mbarrier.go.
 */
import { CELL } from "../../abi/structs.ts";
import { DESC } from "../../abi/types.ts";
import { BARRIER_SIZE, type Heap, HEAP_CELL, maskBit } from "../heap/index.ts";
import type { MarkLoop } from "./mark.ts";

/** Hears of each store that was recorded. */
export type BarrierListener = (slot: number, old: number, value: number) => void;

/** The buffer of one processor. */
export class Barrier {
  readonly #heap: Heap;
  readonly #marker: MarkLoop;
  listener: BarrierListener | undefined;

  constructor(heap: Heap, marker: MarkLoop) {
    this.#heap = heap;
    this.#marker = marker;
  }

  /** Before `value` is stored at `slot`: records and charges time. O(1). */
  store(slot: number, value: number): void {
    const m = this.#heap.memory;
    const old = m.u32[slot >>> 2]!;
    m.storeInt(CELL.fuel, m.loadInt(CELL.fuel) - m.i32[HEAP_CELL.barrierCost >>> 2]!);
    this.listener?.(slot, old, value);
    this.#put(old);
    this.#put(value);
  }

  /**
   * Before `n` values of `type` are copied from `src` to `dst`: the old and the new pointer of every pointer word. `src` 0: the words
   * are cleared. Go: bulkBarrierPreWrite.
   */
  bulk(type: number, dst: number, src: number, n: number): void {
    const m = this.#heap.memory;
    const size = m.u32[(type + DESC.byteSize) >>> 2]!;
    const words = m.u32[(type + DESC.ptrdata) >>> 2]! >>> 3;
    if (words === 0 || dst === src) return;
    if (m.loadPtr(type + DESC.mask) === 0) return this.#bulkLong(dst, src, size * n);
    for (let i = 0; i < n; i++) {
      for (let w = 0; w < words; w++) {
        if (!maskBit(m, type, w)) continue;
        const at = i * size + w * 8;
        const value = src === 0 ? 0 : m.u32[(src + at) >>> 2]!;
        this.listener?.(dst + at, m.u32[(dst + at) >>> 2]!, value);
        this.#put(m.u32[(dst + at) >>> 2]!);
        this.#put(value);
      }
    }
  }

  /** Makes everything in the buffer grey; returns whether there was anything. */
  flush(): boolean {
    const m = this.#heap.memory;
    const n = m.i32[HEAP_CELL.barrierCount >>> 2]!;
    m.i32[HEAP_CELL.barrierCount >>> 2] = 0;
    for (let i = 0; i < n; i++) this.#marker.shade(m.u32[(this.#heap.layout.barrier >>> 2) + i]!);
    return n > 0;
  }

  /** Makes `p` grey, buffered: what a new goroutine starts with, and other pointers that the runtime stores. */
  shade(p: number): void {
    this.#put(p);
  }

  #put(p: number): void {
    if (p === 0) return;
    const m = this.#heap.memory;
    let n = m.i32[HEAP_CELL.barrierCount >>> 2]!;
    if (n === BARRIER_SIZE) {
      this.flush();
      n = 0;
    }
    m.u32[(this.#heap.layout.barrier >>> 2) + n] = p;
    m.i32[HEAP_CELL.barrierCount >>> 2] = n + 1;
  }

  /** A type too long for a mask: every word is treated as if it were a pointer; what isn't one into the heap is ignored. */
  #bulkLong(dst: number, src: number, size: number): void {
    const m = this.#heap.memory;
    for (let at = 0; at < size; at += 8) {
      this.#put(m.u32[(dst + at) >>> 2]!);
      if (src !== 0) this.#put(m.u32[(src + at) >>> 2]!);
    }
  }
}
