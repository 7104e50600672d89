/**
 * The page allocator: which pages of the arena are taken, first fit by address, growth by 4 MiB.
 *
 * Spans below 16 pages come from a cache of 64 aligned pages, as Go's per-processor cache: it decides where spans lie. A page is also
 * released (given back to the host) or not; new memory begins released. Only numbers depend on that. All state lies in linear memory: refill.ts takes
 * pages from the cache.
 *
 * Go: GOROOT/src/runtime/mpagealloc.go, mpagecache.go; mheap.go (allocSpan, grow, freeSpanLocked).
 */
import type { Memory } from "../memory.ts";
import { CHUNK_PAGES, HEAP_CELL, type Layout } from "./layout.ts";
import { PAGE_SIZE } from "./sizeclass.ts";
import { lowestBit } from "./span.ts";

/** Pages of the cache, and the span size from which it isn't used. */
const CACHE_PAGES = 64;
const CACHE_LIMIT = 16;

/** A run of pages: the first one, and how many of them had been released. */
export interface PageRun {
  readonly page: number;
  readonly released: number;
}

/** The pages of one arena. */
export class Pages {
  readonly #memory: Memory;
  readonly #layout: Layout;
  /** One bit a page: taken (by a span or the cache), released. */
  readonly #taken: Uint32Array;
  readonly #released: Uint32Array;

  constructor(memory: Memory, layout: Layout) {
    this.#memory = memory;
    this.#layout = layout;
    this.#taken = new Uint32Array(memory.wasm.buffer, layout.taken, layout.pages >>> 5);
    this.#released = new Uint32Array(memory.wasm.buffer, layout.released, layout.pages >>> 5);
  }

  /** Pages that exist. */
  get grown(): number {
    return this.#memory.i32[HEAP_CELL.grown >>> 2]!;
  }

  set grown(n: number) {
    this.#memory.i32[HEAP_CELL.grown >>> 2] = n;
  }

  /** No free page lies below. */
  get #search(): number {
    return this.#memory.i32[HEAP_CELL.pageSearch >>> 2]!;
  }

  set #search(page: number) {
    this.#memory.i32[HEAP_CELL.pageSearch >>> 2] = page;
  }

  /** First page of the cache and its free pages, two words. */
  get #cachePage(): number {
    return this.#memory.i32[HEAP_CELL.cachePage >>> 2]!;
  }

  set #cachePage(page: number) {
    this.#memory.i32[HEAP_CELL.cachePage >>> 2] = page;
  }

  get #cacheLow(): number {
    return this.#memory.i32[HEAP_CELL.cacheBits >>> 2]!;
  }

  set #cacheLow(bits: number) {
    this.#memory.i32[HEAP_CELL.cacheBits >>> 2] = bits;
  }

  get #cacheHigh(): number {
    return this.#memory.i32[(HEAP_CELL.cacheBits >>> 2) + 1]!;
  }

  set #cacheHigh(bits: number) {
    this.#memory.i32[(HEAP_CELL.cacheBits >>> 2) + 1] = bits;
  }

  /** Pages below have been in use at some time: their memory may not be zero. Go: zeroedBase. */
  get everUsed(): number {
    return this.#memory.i32[HEAP_CELL.everUsed >>> 2]!;
  }

  set everUsed(page: number) {
    this.#memory.i32[HEAP_CELL.everUsed >>> 2] = page;
  }

  /** Pages free (the cache's included) and not released; pages released. */
  get freeRetained(): number {
    return this.#memory.i32[HEAP_CELL.freeRetained >>> 2]!;
  }

  set freeRetained(n: number) {
    this.#memory.i32[HEAP_CELL.freeRetained >>> 2] = n;
  }

  get releasedPages(): number {
    return this.#memory.i32[HEAP_CELL.releasedPages >>> 2]!;
  }

  set releasedPages(n: number) {
    this.#memory.i32[HEAP_CELL.releasedPages >>> 2] = n;
  }

  /** Takes `n` adjoining pages, growing the arena if need be; undefined if the heap limit is reached. */
  alloc(n: number): PageRun | undefined {
    if (n < CACHE_LIMIT) {
      if (this.#cacheLow === 0 && this.#cacheHigh === 0) this.#fillCache();
      const page = this.#fromCache(n);
      if (page >= 0) return this.#take(page, n);
    }
    let page = this.#find(n);
    if (page < 0) {
      if (!this.#grow(n)) return undefined;
      page = this.#find(n);
    }
    for (let i = page; i < page + n; i++) this.#taken[i >>> 5]! |= 1 << (i & 31);
    if (page === this.#search) this.#search = page + n;
    return this.#take(page, n);
  }

  /** Gives `n` pages back; they stay with the process until the scavenger releases them. */
  free(page: number, n: number): void {
    for (let i = page; i < page + n; i++) this.#taken[i >>> 5]! &= ~(1 << (i & 31));
    if (page < this.#search) this.#search = page;
    this.freeRetained += n;
  }

  /** Whether pages from `page` may hold old bytes, and remembers that they are used now. */
  dirty(page: number, n: number): boolean {
    const dirty = page < this.everUsed;
    this.everUsed = Math.max(this.everUsed, page + n);
    return dirty;
  }

  /** Empties the cache: its free pages can be found by everybody again. */
  flushCache(): void {
    for (let i = 0; i < CACHE_PAGES; i++) {
      const word = i < 32 ? this.#cacheLow : this.#cacheHigh;
      if (((word >>> (i & 31)) & 1) === 0) continue;
      const page = this.#cachePage + i;
      this.#taken[page >>> 5]! &= ~(1 << (page & 31));
      if (page < this.#search) this.#search = page;
    }
    this.#cacheLow = 0;
    this.#cacheHigh = 0;
  }

  /** Releases up to `n` free pages, highest addresses first, and returns how many. Their bytes are zero afterwards. */
  release(n: number): number {
    let done = 0;
    for (let page = this.grown - 1; page >= 0 && done < n; page--) {
      const bit = 1 << (page & 31);
      if ((this.#taken[page >>> 5]! & bit) !== 0 || (this.#released[page >>> 5]! & bit) !== 0) continue;
      this.#released[page >>> 5]! |= bit;
      this.#memory.fill(this.#layout.arena + page * PAGE_SIZE, PAGE_SIZE);
      done++;
    }
    this.freeRetained -= done;
    this.releasedPages += done;
    return done;
  }

  /** Counts a run that is taken now out of the free pages. */
  #take(page: number, n: number): PageRun {
    let released = 0;
    for (let i = page; i < page + n; i++) {
      const bit = 1 << (i & 31);
      if ((this.#released[i >>> 5]! & bit) === 0) continue;
      released++;
      this.#released[i >>> 5]! &= ~bit;
    }
    this.releasedPages -= released;
    this.freeRetained -= n - released;
    return { page, released };
  }

  /** Lowest run of `n` free pages, -1 if there is none. O(words of the arena). */
  #find(n: number): number {
    let run = 0;
    for (let page = this.#search; page < this.grown; ) {
      const word = this.#taken[page >>> 5]! >>> (page & 31);
      if (word === 0) {
        const step = 32 - (page & 31);
        run += step;
        page += step;
        if (run >= n) return page - run;
        continue;
      }
      const free = lowestBit(word);
      if (run + free >= n) return page - run;
      const after = ~(word >>> free) | 0;
      // Taken pages follow: jump over those in this word.
      const taken = after === 0 ? 32 : Math.min(lowestBit(after), 32 - (page & 31) - free);
      page += free + taken;
      run = 0;
    }
    return -1;
  }

  #fillCache(): void {
    const page = this.#find(1);
    if (page < 0) return;
    const base = page - (page % CACHE_PAGES);
    const w = base >>> 5;
    this.#cachePage = base;
    this.#cacheLow = ~this.#taken[w]!;
    this.#cacheHigh = ~this.#taken[w + 1]!;
    this.#taken[w] = 0xffffffff;
    this.#taken[w + 1] = 0xffffffff;
    this.#search = base + CACHE_PAGES - 1;
  }

  /** Takes `n` pages from the cache; -1 if it has no such run. */
  #fromCache(n: number): number {
    let run = 0;
    for (let i = 0; i < CACHE_PAGES; i++) {
      const word = i < 32 ? this.#cacheLow : this.#cacheHigh;
      run = ((word >>> (i & 31)) & 1) === 1 ? run + 1 : 0;
      if (run < n) continue;
      for (let k = i - n + 1; k <= i; k++) {
        if (k < 32) this.#cacheLow &= ~(1 << k);
        else this.#cacheHigh &= ~(1 << (k & 31));
      }
      return this.#cachePage + i - n + 1;
    }
    return -1;
  }

  /** Adds whole chunks for at least `n` pages. */
  #grow(n: number): boolean {
    const ask = Math.ceil(n / CHUNK_PAGES) * CHUNK_PAGES;
    if (this.grown + ask > this.#layout.pages) return false;
    if (!this.#memory.growTo(this.#layout.arena + (this.grown + ask) * PAGE_SIZE)) return false;
    for (let w = this.grown >>> 5; w < (this.grown + ask) >>> 5; w++) {
      this.#taken[w] = 0;
      this.#released[w] = 0xffffffff;
    }
    this.grown += ask;
    this.releasedPages += ask;
    return true;
  }
}
