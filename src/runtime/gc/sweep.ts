/**
 * Sweeping: turns the mark bits of one cycle into the free slots of the next, span by span, while the program runs.
 *
 * Who sweeps: an allocation that needs a span (in proportion to what it takes, or the very span it wants), the background sweeper, and
 * the start of the next cycle, which sweeps the rest. Finalizers and weak pointers are told by a port before their object goes.
 *
 * All state lies in linear memory, because heap/refill.ts does the same in WebAssembly for allocations that change their span.
 *
 * Go: GOROOT/src/runtime/mgcsweep.go; mheap.go (reclaim).
 */
import { type Heap, HEAP_CELL, PAGE_SIZE, popCount, SPAN, SPAN_CLASSES, SPAN_HEAP, type Sweeper } from "../heap/index.ts";

/** Pages that `reclaim` looks at in one go. Go: pagesPerReclaimerChunk. */
const RECLAIM_CHUNK = 512;
/** Heap left for allocation when proportional sweeping should be done. Go: sweepMinHeapDistance. */
const SWEEP_DISTANCE = 1 << 20;

/** What a sweep reports; the collector passes it on. */
export interface SweepListener {
  /** A span was swept: objects freed, their bytes, objects left. */
  swept(span: number, freed: number, bytes: number, live: number): void;
  /** Before unmarked objects of `span` go: finalizers may keep some by setting their mark. */
  specials(span: number): void;
}

/** The sweep phase of one heap. */
export class Sweep implements Sweeper {
  readonly #heap: Heap;
  readonly #listener: SweepListener;
  readonly #heapLive: () => number;
  constructor(heap: Heap, heapLive: () => number, listener: SweepListener) {
    this.#heap = heap;
    this.#heapLive = heapLive;
    this.#listener = listener;
    this.#reclaimPage = Infinity;
    this.#list = SPAN_CLASSES * 2;
  }

  /** False once somebody looked for a span to sweep and found none. */
  get active(): boolean {
    return this.#heap.memory.i32[HEAP_CELL.sweepActive >>> 2] !== 0;
  }

  set active(on: boolean) {
    this.#heap.memory.i32[HEAP_CELL.sweepActive >>> 2] = Number(on);
  }

  /** Next list to look at: class * 2 + full. */
  get #list(): number {
    return this.#heap.memory.i32[HEAP_CELL.sweepList >>> 2]!;
  }

  set #list(n: number) {
    this.#heap.memory.i32[HEAP_CELL.sweepList >>> 2] = n;
  }

  /** Pages swept, objects and bytes freed in this cycle; then the pace, and what was freed ahead of its use. */
  get pagesSwept(): number {
    return this.#heap.memory.f64[HEAP_CELL.pagesSwept >>> 3]!;
  }

  set pagesSwept(n: number) {
    this.#heap.memory.f64[HEAP_CELL.pagesSwept >>> 3] = n;
  }

  get freedObjects(): number {
    return this.#heap.memory.f64[HEAP_CELL.freedObjects >>> 3]!;
  }

  set freedObjects(n: number) {
    this.#heap.memory.f64[HEAP_CELL.freedObjects >>> 3] = n;
  }

  get freedBytes(): number {
    return this.#heap.memory.f64[HEAP_CELL.freedBytes >>> 3]!;
  }

  set freedBytes(n: number) {
    this.#heap.memory.f64[HEAP_CELL.freedBytes >>> 3] = n;
  }

  get #pagesPerByte(): number {
    return this.#heap.memory.f64[HEAP_CELL.pagesPerByte >>> 3]!;
  }

  set #pagesPerByte(n: number) {
    this.#heap.memory.f64[HEAP_CELL.pagesPerByte >>> 3] = n;
  }

  get #liveBasis(): number {
    return this.#heap.memory.f64[HEAP_CELL.liveBasis >>> 3]!;
  }

  set #liveBasis(n: number) {
    this.#heap.memory.f64[HEAP_CELL.liveBasis >>> 3] = n;
  }

  get #sweptBasis(): number {
    return this.#heap.memory.f64[HEAP_CELL.sweptBasis >>> 3]!;
  }

  set #sweptBasis(n: number) {
    this.#heap.memory.f64[HEAP_CELL.sweptBasis >>> 3] = n;
  }

  get #reclaimCredit(): number {
    return this.#heap.memory.f64[HEAP_CELL.reclaimCredit >>> 3]!;
  }

  set #reclaimCredit(n: number) {
    this.#heap.memory.f64[HEAP_CELL.reclaimCredit >>> 3] = n;
  }

  get #reclaimPage(): number {
    return this.#heap.memory.f64[HEAP_CELL.reclaimPage >>> 3]!;
  }

  set #reclaimPage(n: number) {
    this.#heap.memory.f64[HEAP_CELL.reclaimPage >>> 3] = n;
  }

  /** Marking is done: every span is to be swept. Go: gcSweep. */
  begin(): void {
    this.#heap.central.sweepGen += 2;
    this.active = true;
    this.pagesSwept = 0;
    this.freedObjects = 0;
    this.freedBytes = 0;
    this.#reclaimPage = 0;
    this.#reclaimCredit = 0;
    this.#list = 0;
  }

  /** Sets the pace so that sweeping is done 1 MB before the heap reaches `trigger`. Go: gcPaceSweeper. */
  pace(trigger: number): void {
    this.#pagesPerByte = 0;
    if (!this.active) return;
    const live = this.#heapLive();
    const distance = Math.max(trigger - live - SWEEP_DISTANCE, PAGE_SIZE);
    const pages = this.#heap.stats.heapPages - this.pagesSwept;
    if (pages <= 0) return;
    this.#pagesPerByte = pages / distance;
    this.#liveBasis = live;
    this.#sweptBasis = this.pagesSwept;
  }

  deductCredit(bytes: number, callerPages: number): void {
    if (this.#pagesPerByte === 0) return;
    const fresh = bytes + Math.max(0, this.#heapLive() - this.#liveBasis);
    const target = Math.trunc(this.#pagesPerByte * fresh) - callerPages;
    while (target > this.pagesSwept - this.#sweptBasis) {
      if (this.sweepOne() < 0) {
        this.#pagesPerByte = 0;
        return;
      }
    }
  }

  /** Sweeps one span; returns the pages that came free, -1 if no span is left. */
  sweepOne(): number {
    if (!this.active) return -1;
    for (let s = this.#next(); s !== 0; s = this.#next()) {
      if (!this.#waits(s)) continue;
      const pages = this.#heap.spans.get(s, SPAN.npages);
      if (!this.#sweep(s, false)) return 0;
      this.#reclaimCredit += pages;
      return pages;
    }
    this.active = false;
    return -1;
  }

  /** Sweeps whatever is left. */
  finish(): void {
    while (this.sweepOne() >= 0);
    this.#heap.central.clearUnswept();
  }

  sweepKept(span: number): boolean {
    if (!this.#waits(span)) return false;
    this.#sweep(span, true);
    return true;
  }

  /** Sweeps `span` if it waits for it. Go: ensureSwept. */
  ensure(span: number): void {
    if (this.#waits(span)) this.#sweep(span, false);
  }

  sweepStale(span: number): void {
    this.#sweep(span, false);
  }

  sweepOther(span: number, keep: boolean): boolean {
    return this.#sweep(span, keep);
  }

  reclaim(pages: number): void {
    let wanted = pages;
    while (wanted > 0) {
      const take = Math.min(this.#reclaimCredit, wanted);
      this.#reclaimCredit -= take;
      wanted -= take;
      if (wanted === 0) return;
      if (this.#reclaimPage >= this.#heap.pages.grown) {
        this.#reclaimPage = Infinity;
        return;
      }
      const found = this.#reclaimChunk(this.#reclaimPage);
      this.#reclaimPage += RECLAIM_CHUNK;
      this.#reclaimCredit += Math.max(0, found - wanted);
      wanted -= Math.min(found, wanted);
    }
  }

  /** Sweeps the spans without a marked object that begin in 512 pages; returns the pages that came free. */
  #reclaimChunk(from: number): number {
    const { memory: m, spans, layout } = this.#heap;
    let freed = 0;
    for (let page = from; page < from + RECLAIM_CHUNK; page++) {
      const s = m.u32[(layout.pageMap >>> 2) + page]!;
      if (s === 0 || spans.page(s) !== page || !this.#waits(s) || this.#anyMarked(s)) continue;
      const pages = spans.get(s, SPAN.npages);
      if (this.#sweep(s, false)) freed += pages;
    }
    return freed;
  }

  #waits(s: number): boolean {
    const spans = this.#heap.spans;
    return spans.get(s, SPAN.state) === SPAN_HEAP && spans.get(s, SPAN.sweepGen) === this.#heap.central.sweepGen - 2;
  }

  #anyMarked(s: number): boolean {
    const words = this.#heap.spans.marks(s) >>> 2;
    for (let w = 0; w * 32 < this.#heap.spans.nelems(s); w++) if (this.#heap.memory.u32[words + w] !== 0) return true;
    return false;
  }

  #next(): number {
    for (; this.#list < SPAN_CLASSES * 2; this.#list++) {
      const s = this.#heap.central.popUnswept(this.#list >>> 1, (this.#list & 1) === 0);
      if (s !== 0) return s;
    }
    return 0;
  }

  /** Sweeps `s`; true if its pages came free. `keep`: the caller wants it, so it is neither freed nor filed. O(slots / 32). */
  #sweep(s: number, keep: boolean): boolean {
    const heap = this.#heap;
    const { spans, stats } = heap;
    this.#listener.specials(s);
    const cls = spans.get(s, SPAN.spanClass) >>> 1;
    const size = spans.elemSize(s);
    const npages = spans.get(s, SPAN.npages);
    this.pagesSwept += npages;
    const live = this.#turnBits(s);
    const freed = spans.get(s, SPAN.allocCount) - live;
    spans.set(s, SPAN.allocCount, live);
    spans.set(s, SPAN.freeIndex, 0);
    spans.set(s, SPAN.sweepGen, heap.central.sweepGen);
    if (freed > 0) {
      spans.set(s, SPAN.flags, spans.get(s, SPAN.flags) | 1);
      if (cls === 0) stats.largeFrees++;
      else stats.smallFrees[cls]! += freed;
      stats.totalFree += freed * size;
      this.freedObjects += freed;
      this.freedBytes += freed * size;
    }
    this.#listener.swept(s, freed, freed * size, live);
    if (keep) return false;
    if (live === 0) {
      heap.freeSpan(s);
      return true;
    }
    heap.central.pushSwept(s, live === spans.nelems(s));
    return false;
  }

  /** Alloc bits become the mark bits, mark and scan bits become clear; returns the number of marked objects. */
  #turnBits(s: number): number {
    const { memory: m, spans } = this.#heap;
    const marks = spans.marks(s) >>> 2;
    const scans = spans.scans(s) >>> 2;
    const allocs = spans.allocs(s) >>> 2;
    const words = (spans.nelems(s) + 31) >>> 5;
    let live = 0;
    for (let w = 0; w < words; w++) {
      live += popCount(m.u32[marks + w]!);
      m.u32[allocs + w] = m.u32[marks + w]!;
      m.u32[marks + w] = 0;
      m.u32[scans + w] = 0;
    }
    return live;
  }
}
