/**
 * The heap of one process: spans over pages, the cache, the lists, the counts, and objects looked up from pointers.
 *
 * It allocates spans and slots. What a Go program calls allocation (sizes, tiny blocks, types, the collector's trigger) is malloc.ts;
 * marking and sweeping are gc/, which gives this file a `Sweeper` and is told about live bytes through a `LiveAccount`.
 *
 * Go: mheap in GOROOT/src/runtime/mheap.go.
 */
import type { Memory } from "../memory.ts";
import { Cache, type LiveAccount } from "./cache.ts";
import { Central, type Sweeper } from "./central.ts";
import { BITS_SIZE, HEAP_CELL, type Layout, layoutFor, SPAN, SPAN_HEAP, SPAN_MANUAL } from "./layout.ts";
import { Pages } from "./pages.ts";
import { CLASS_OF, CLASS_SIZE, HEADER_SIZE, MAX_BITMAP_SIZE, objectsPerSpan, PAGE_SIZE, SPAN_CLASSES } from "./sizeclass.ts";
import { SiteTable } from "./sites.ts";
import { divMagic, pagesOf, Spans } from "./span.ts";
import { type HeapStats, heapStats } from "./stats.ts";

/** What the heap is given by the collector. */
export interface HeapPorts {
  readonly account: LiveAccount;
  readonly sweeper: Sweeper;
  /** After an allocation that took a span: a cycle may have to begin. */
  testTrigger(): void;
  /** Moves events of swept spans to the recorder. */
  flushSwept(): void;
  /** A span was taken: memory may have to be given back first. Go: the scavenging in mheap.allocSpan. */
  spanTaken(releasedPages: number): void;
}

const NO_PORTS: HeapPorts = {
  account: { update: () => undefined },
  sweeper: { deductCredit: () => undefined, sweepKept: () => false, sweepStale: () => undefined, sweepOther: () => false, reclaim: () => undefined, active: false },
  testTrigger: () => undefined,
  flushSwept: () => undefined,
  spanTaken: () => undefined,
};

/** Everything of the heap that isn't in linear memory. */
export interface HeapState {
  readonly sites: readonly number[];
}

/** Receives each object: its slot's start and size, its span, its index. */
export type ObjectVisitor = (slot: number, size: number, span: number, index: number) => void;

/** Bytes of arena that are mapped from the start; untouched they cost the host nothing. */
const FIRST_ARENA = 64 << 20;

/** The heap of one process. */
export class Heap {
  readonly memory: Memory;
  readonly layout: Layout;
  readonly spans: Spans;
  readonly pages: Pages;
  readonly central: Central;
  readonly cache: Cache;
  readonly sites: SiteTable;
  readonly stats: HeapStats;
  /** Set by the collector when it is made. */
  ports: HeapPorts = NO_PORTS;

  /** A heap of at most `limit` bytes in `memory`, which is grown to hold the tables. */
  constructor(memory: Memory, limit: number) {
    this.memory = memory;
    this.layout = layoutFor(limit);
    memory.growTo(this.layout.arena + FIRST_ARENA);
    memory.u8.set(CLASS_OF, this.layout.classOf);
    writeClasses(memory);
    this.spans = new Spans(memory, this.layout);
    this.pages = new Pages(memory, this.layout);
    this.central = new Central(memory, this.layout);
    this.stats = heapStats(memory);
    this.cache = new Cache(this.spans, this.central, this.stats);
    this.sites = new SiteTable(memory, this.layout);
  }

  /**
   * Changes the cached span of the class, which is full, for one with a free slot; false if the heap limit is reached.
   * Go: mcache.refill, mcentral.cacheSpan.
   */
  refill(spanClass: number): boolean {
    this.cache.retire(spanClass);
    const npages = pagesOf(spanClass);
    this.ports.sweeper.deductCredit(npages * PAGE_SIZE, 0);
    let s = this.central.take(spanClass, this.ports.sweeper);
    if (s === 0) s = this.allocSpan(npages, spanClass);
    if (s === 0) return false;
    this.cache.install(spanClass, s, this.ports.account);
    return true;
  }

  /** A span of its own for a large object of `size` bytes; 0 if the heap limit is reached. */
  takeLarge(size: number, noscan: boolean): number {
    const npages = Math.ceil(size / PAGE_SIZE);
    this.ports.sweeper.deductCredit(npages * PAGE_SIZE, npages);
    const s = this.allocSpan(npages, noscan ? 1 : 0);
    if (s === 0) return 0;
    const bytes = npages * PAGE_SIZE;
    this.stats.largeAllocs++;
    this.stats.totalAlloc += bytes;
    this.ports.account.update(bytes, 0);
    this.spans.set(s, SPAN.freeIndex, 1);
    this.spans.set(s, SPAN.allocCount, 1);
    this.spans.set(s, SPAN.limit, this.spans.base(s) + size);
    this.central.pushSwept(s, true);
    return s;
  }

  /** A span of `npages` for objects of the class, its record made; 0 if the heap limit is reached. */
  allocSpan(npages: number, spanClass: number): number {
    if (this.ports.sweeper.active) this.ports.sweeper.reclaim(npages);
    const run = this.pages.alloc(npages);
    if (run === undefined) return 0;
    const dirty = this.pages.dirty(run.page, npages) && run.released < npages;
    const s = this.spans.init(run.page, npages, SPAN_HEAP, spanClass);
    if (dirty) this.#clean(s, npages, spanClass);
    this.spans.set(s, SPAN.sweepGen, this.central.sweepGen);
    this.stats.heapPages += npages;
    this.stats.spans++;
    this.ports.spanTaken(run.released);
    return s;
  }

  /** Gives the pages of a span without objects back. */
  freeSpan(s: number): void {
    const npages = this.spans.get(s, SPAN.npages);
    this.stats.heapPages -= npages;
    this.stats.spans--;
    this.spans.release(s);
    this.pages.free(this.spans.page(s), npages);
  }

  /** Pages for a stack, their bytes undefined; address 0 if the heap limit is reached. Go: mheap.allocManual. */
  allocManual(npages: number): number {
    const run = this.pages.alloc(npages);
    if (run === undefined) return 0;
    this.pages.dirty(run.page, npages);
    const s = this.spans.init(run.page, npages, SPAN_MANUAL, 0);
    this.stats.stackPages += npages;
    this.ports.spanTaken(run.released);
    return this.spans.base(s);
  }

  /** Gives back what `allocManual` gave at `base`. */
  freeManual(base: number): void {
    const s = this.spans.of(base);
    const npages = this.spans.get(s, SPAN.npages);
    this.stats.stackPages -= npages;
    this.spans.release(s);
    this.pages.free(this.spans.page(s), npages);
  }

  /** Start of the slot of the heap object that `p` points into, 0 if it points into none. O(1). */
  objectStart(p: number): number {
    const s = this.spans.ofObject(p);
    return s === 0 ? 0 : this.spans.slot(s, this.spans.index(s, p));
  }

  /** Where the heap object that `p` points into begins, its header left out; 0 if `p` points into none. */
  objectFirst(p: number): number {
    const s = this.spans.ofObject(p);
    if (s === 0) return 0;
    const hasHeader = !this.spans.noscan(s) && this.spans.elemSize(s) > MAX_BITMAP_SIZE && this.spans.get(s, SPAN.spanClass) >>> 1 !== 0;
    return this.spans.slot(s, this.spans.index(s, p)) + (hasHeader ? HEADER_SIZE : 0);
  }

  /** Calls `visit` for every span with objects, by address. */
  forEachSpan(visit: (span: number) => void): void {
    const m = this.memory;
    for (let page = 0; page < this.pages.grown; ) {
      const s = m.u32[(this.layout.pageMap >>> 2) + page]!;
      if (s === 0) {
        page++;
        continue;
      }
      page += this.spans.get(s, SPAN.npages);
      if (this.spans.get(s, SPAN.state) === SPAN_HEAP) visit(s);
    }
  }

  /** Calls `visit` for every slot in use, garbage that isn't swept yet included, by address. */
  forEachObject(visit: ObjectVisitor): void {
    this.cache.sync();
    this.forEachSpan((s) => {
      const nelems = this.spans.nelems(s);
      const size = this.spans.elemSize(s);
      for (let i = 0; i < nelems; i++) if (this.spans.allocated(s, i)) visit(this.spans.slot(s, i), size, s, i);
    });
  }

  /** The ranges of linear memory that hold anything: what a snapshot must copy. Pairs of start and end. */
  usedRanges(): readonly (readonly [number, number])[] {
    const l = this.layout;
    const pages = this.pages.everUsed;
    return [
      [0, l.dataEnd],
      [l.pageMap, l.pageMap + pages * 4],
      [l.spans, l.spans + pages * SPAN.size],
      [l.marks, l.marks + pages * BITS_SIZE],
      [l.scans, l.scans + pages * BITS_SIZE],
      [l.allocs, l.allocs + pages * BITS_SIZE],
      [l.links, l.links + pages * 8],
      [l.taken, l.taken + this.pages.grown / 8],
      [l.released, l.released + this.pages.grown / 8],
      [l.siteOf, l.siteOf + pages * (PAGE_SIZE / 8)],
      [l.sites, this.sites.end],
      [l.barrier, l.arena],
      [l.arena, l.arena + pages * PAGE_SIZE],
    ];
  }

  /** State outside linear memory, for a snapshot. */
  save(): HeapState {
    return { sites: this.sites.save() };
  }

  /** Back to what `save` gave; the caller has restored the memory. */
  restore(state: HeapState): void {
    this.sites.restore(state.sites);
  }

  /** Pages of a new span that held other things: slots are zeroed one by one when taken, pointer bits at once. */
  #clean(s: number, npages: number, spanClass: number): void {
    this.spans.set(s, SPAN.flags, 1);
    const end = this.spans.base(s) + npages * PAGE_SIZE;
    const limit = this.spans.get(s, SPAN.limit);
    if (spanClass > 1) this.memory.fill(limit, end - limit);
  }
}

/** The table of classes for refill.ts. */
function writeClasses(memory: Memory): void {
  for (let c = 2; c < SPAN_CLASSES; c++) {
    const size = CLASS_SIZE[c >>> 1]!;
    memory.u32.set([size, pagesOf(c), objectsPerSpan(c >>> 1, (c & 1) === 1), divMagic(size)], (HEAP_CELL.classes >>> 2) + 4 * c);
  }
}
