/**
 * The processor's cache of spans, one per class: where small objects come from without asking anybody.
 *
 * The free slots of 64 at a time lie in CELL.alloc, where compiled code's fast path (malloc.ts) takes them; this file loads the next
 * 64, changes spans, and settles the accounts when a span leaves.
 *
 * Go: GOROOT/src/runtime/mcache.go, malloc.go (nextFreeFast, nextFree).
 */
import { CELL } from "../../abi/structs.ts";
import type { Memory } from "../memory.ts";
import type { Central } from "./central.ts";
import { HEAP_CELL, SPAN } from "./layout.ts";
import { PAGE_SIZE, SPAN_CLASSES } from "./sizeclass.ts";
import { lowestBit, popCount, type Spans } from "./span.ts";
import type { HeapStats } from "./stats.ts";

/** Bit of the element size in CELL.alloc: slots must be zeroed before use. */
export const NEEDS_ZERO = 0x80000000;

/** Receives what changes the pacer's picture of the heap. Go: gcController.update. */
export interface LiveAccount {
  update(live: number, scan: number): void;
}

/** The cache of one processor. */
export class Cache {
  readonly #memory: Memory;
  readonly #spans: Spans;
  readonly #central: Central;
  readonly #stats: HeapStats;

  constructor(spans: Spans, central: Central, stats: HeapStats) {
    this.#memory = spans.memory;
    this.#spans = spans;
    this.#central = central;
    this.#stats = stats;
  }

  /** The cached span of a class, 0 if there is none. */
  span(spanClass: number): number {
    return this.#memory.u32[(HEAP_CELL.cached >>> 2) + 2 * spanClass]!;
  }

  #setSpan(spanClass: number, s: number): void {
    this.#memory.u32[(HEAP_CELL.cached >>> 2) + 2 * spanClass] = s;
  }

  /** The next group of 64 slots to load. */
  #group(spanClass: number): number {
    return this.#memory.u32[(HEAP_CELL.cached >>> 2) + 2 * spanClass + 1]!;
  }

  #setGroup(spanClass: number, group: number): void {
    this.#memory.u32[(HEAP_CELL.cached >>> 2) + 2 * spanClass + 1] = group;
  }

  /** Takes a free slot of the loaded 64; 0 if none is left. O(1). */
  takeFast(spanClass: number): number {
    const m = this.#memory;
    const cell = (CELL.alloc + spanClass * 16) >>> 2;
    for (let half = 2; half < 4; half++) {
      const bits = m.u32[cell + half]!;
      if (bits === 0) continue;
      m.u32[cell + half] = bits & (bits - 1);
      const size = m.u32[cell + 1]! & ~NEEDS_ZERO;
      return m.u32[cell]! + (lowestBit(bits) + (half - 2) * 32) * size;
    }
    return 0;
  }

  /** Loads the next 64 slots of the cached span that hold a free one; false if the span is full. fast.ts does the same. */
  loadNext(spanClass: number): boolean {
    const s = this.span(spanClass);
    if (s === 0) return false;
    const m = this.#memory;
    const nelems = this.#spans.nelems(s);
    const words = this.#spans.allocs(s) >>> 2;
    // Slots below are in use whatever the bits say: they were taken since the last sweep.
    const first = this.#spans.get(s, SPAN.freeIndex);
    for (let g = this.#group(spanClass); g * 64 < nelems; g++) {
      const low = ~m.u32[words + g * 2]! & below(nelems - g * 64) & ~below(first - g * 64);
      const high = ~m.u32[words + g * 2 + 1]! & below(nelems - g * 64 - 32) & ~below(first - g * 64 - 32);
      if ((low | high) === 0) continue;
      const cell = (CELL.alloc + spanClass * 16) >>> 2;
      const size = this.#spans.elemSize(s);
      m.u32[cell] = this.#spans.base(s) + g * 64 * size;
      m.u32[cell + 1] = size | ((this.#spans.get(s, SPAN.flags) & 1) !== 0 ? NEEDS_ZERO : 0);
      m.u32[cell + 2] = low;
      m.u32[cell + 3] = high;
      this.#setGroup(spanClass, g + 1);
      return true;
    }
    this.#setGroup(spanClass, Math.ceil(nelems / 64));
    return false;
  }

  /** Takes the full span of the class out of the cache and files it. */
  retire(spanClass: number): void {
    const s = this.span(spanClass);
    if (s === 0) return;
    this.#spans.set(s, SPAN.allocCount, this.#spans.nelems(s));
    this.#spans.set(s, SPAN.freeIndex, this.#spans.nelems(s));
    this.#settle(spanClass, s);
    this.#uncache(s);
    this.#setSpan(spanClass, 0);
  }

  /** Puts `s`, which has a free slot, into the cache; its whole free part counts as live from now on. */
  install(spanClass: number, s: number, account: LiveAccount): void {
    const used = this.#spans.get(s, SPAN.allocCount);
    this.#spans.set(s, SPAN.sweepGen, this.#central.sweepGen + 3);
    this.#spans.set(s, SPAN.allocCountBeforeCache, used);
    this.#setSpan(spanClass, s);
    this.#setGroup(spanClass, this.#spans.get(s, SPAN.freeIndex) >>> 6);
    const scan = this.#memory.i32[HEAP_CELL.scanAlloc >>> 2]!;
    this.#memory.i32[HEAP_CELL.scanAlloc >>> 2] = 0;
    account.update(this.#spans.get(s, SPAN.npages) * PAGE_SIZE - used * this.#spans.elemSize(s), scan);
    this.loadNext(spanClass);
  }

  /**
   * Gives all spans back, settles every count and forgets the tiny block. Returns nothing allocated; the next allocation of each class
   * takes a span anew. Go: mcache.releaseAll.
   */
  releaseAll(account: LiveAccount, sweepStale: (span: number) => void): void {
    const m = this.#memory;
    this.sync();
    const scan = m.i32[HEAP_CELL.scanAlloc >>> 2]!;
    m.i32[HEAP_CELL.scanAlloc >>> 2] = 0;
    let live = 0;
    for (let c = 0; c < SPAN_CLASSES; c++) {
      const s = this.span(c);
      if (s === 0) continue;
      this.#settle(c, s);
      const stale = this.#isStale(s);
      if (!stale) live -= (this.#spans.nelems(s) - this.#spans.get(s, SPAN.allocCount)) * this.#spans.elemSize(s);
      this.#setSpan(c, 0);
      m.u32.fill(0, (CELL.alloc + c * 16) >>> 2, ((CELL.alloc + c * 16) >>> 2) + 4);
      if (stale) sweepStale(s);
      else this.#uncache(s);
    }
    m.i32[HEAP_CELL.tiny >>> 2] = 0;
    m.i32[HEAP_CELL.tinyOffset >>> 2] = 0;
    this.flushTiny();
    account.update(live, scan);
  }

  /** Brings freeIndex and allocCount of the cached spans up to date; they stay cached. */
  sync(): void {
    for (let c = 0; c < SPAN_CLASSES; c++) {
      const s = this.span(c);
      if (s === 0) continue;
      const free = this.#freeSlots(c, s);
      this.#spans.set(s, SPAN.allocCount, this.#spans.nelems(s) - free);
      this.#spans.set(s, SPAN.freeIndex, this.#firstFree(c, s));
    }
  }

  /** Adds the tiny objects counted in the cell to the statistics. */
  flushTiny(): void {
    this.#stats.tinyAllocs += this.#memory.i32[HEAP_CELL.tinyAllocs >>> 2]!;
    this.#memory.i32[HEAP_CELL.tinyAllocs >>> 2] = 0;
  }

  /** Counts what was allocated from `s` while it was cached. */
  #settle(spanClass: number, s: number): void {
    const used = this.#spans.get(s, SPAN.allocCount) - this.#spans.get(s, SPAN.allocCountBeforeCache);
    this.#spans.set(s, SPAN.allocCountBeforeCache, 0);
    this.#stats.smallAllocs[spanClass >>> 1]! += used;
    this.#stats.totalAlloc += used * this.#spans.elemSize(s);
    if (spanClass === 5) this.flushTiny();
  }

  /** Whether a sweep phase began while `s` was cached. */
  #isStale(s: number): boolean {
    return this.#spans.get(s, SPAN.sweepGen) === this.#central.sweepGen + 1;
  }

  #uncache(s: number): void {
    this.#spans.set(s, SPAN.sweepGen, this.#central.sweepGen);
    this.#central.pushSwept(s, this.#spans.get(s, SPAN.allocCount) === this.#spans.nelems(s));
  }

  /** Free slots of a cached span: those left of the loaded 64 and those of later groups. */
  #freeSlots(c: number, s: number): number {
    const m = this.#memory;
    const cell = (CELL.alloc + c * 16) >>> 2;
    let free = popCount(m.u32[cell + 2]!) + popCount(m.u32[cell + 3]!);
    const nelems = this.#spans.nelems(s);
    const words = this.#spans.allocs(s) >>> 2;
    for (let w = this.#group(c) * 2; w * 32 < nelems; w++) free += popCount(~m.u32[words + w]! & below(nelems - w * 32));
    return free;
  }

  /** Lowest slot that the cache would hand out next; below it everything is allocated. */
  #firstFree(c: number, s: number): number {
    const m = this.#memory;
    const cell = (CELL.alloc + c * 16) >>> 2;
    const group = (this.#group(c) - 1) * 64;
    if (m.u32[cell + 2] !== 0) return group + lowestBit(m.u32[cell + 2]!);
    if (m.u32[cell + 3] !== 0) return group + 32 + lowestBit(m.u32[cell + 3]!);
    return Math.min(this.#group(c) * 64, this.#spans.nelems(s));
  }
}

/** A word with the lowest `n` bits set; none for n <= 0, all for n >= 32. */
function below(n: number): number {
  if (n >= 32) return 0xffffffff;
  return n <= 0 ? 0 : (1 << n) - 1;
}
