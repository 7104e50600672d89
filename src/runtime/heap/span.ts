/**
 * Spans: runs of pages cut into slots of one size, their records and their bits.
 *
 * A span is named by the address of its record. Reads and writes of fields only; who allocates, sweeps or marks is elsewhere.
 *
 * Go: mspan in GOROOT/src/runtime/mheap.go, mbitmap.go.
 */
import type { Memory } from "../memory.ts";
import { BITS_SIZE, type Layout, SPAN, SPAN_HEAP } from "./layout.ts";
import { CLASS_PAGES, CLASS_SIZE, objectsPerSpan, PAGE_SHIFT, PAGE_SIZE } from "./sizeclass.ts";

/** Access to the span records of one heap. */
export class Spans {
  readonly memory: Memory;
  readonly layout: Layout;

  constructor(memory: Memory, layout: Layout) {
    this.memory = memory;
    this.layout = layout;
  }

  /** The span that holds address `p`, 0 if none does. O(1). */
  of(p: number): number {
    const { arena, arenaEnd, pageMap } = this.layout;
    if (p < arena || p >= arenaEnd) return 0;
    return this.memory.u32[(pageMap >>> 2) + ((p - arena) >>> PAGE_SHIFT)]!;
  }

  /** The span with objects that holds `p`, within its slots; 0 if none does. */
  ofObject(p: number): number {
    const s = this.of(p);
    if (s === 0 || this.get(s, SPAN.state) !== SPAN_HEAP || p >= this.get(s, SPAN.limit)) return 0;
    return s;
  }

  get(s: number, field: number): number {
    return this.memory.u32[(s + field) >>> 2]!;
  }

  set(s: number, field: number, value: number): void {
    this.memory.u32[(s + field) >>> 2] = value;
  }

  base(s: number): number {
    return this.memory.u32[s >>> 2]!;
  }

  elemSize(s: number): number {
    return this.memory.u32[(s + SPAN.elemSize) >>> 2]!;
  }

  nelems(s: number): number {
    return this.memory.u32[(s + SPAN.nelems) >>> 2]!;
  }

  /** Whether objects of `s` hold no pointers. */
  noscan(s: number): boolean {
    return (this.memory.u32[(s + SPAN.spanClass) >>> 2]! & 1) === 1;
  }

  /** Index of the slot of `s` that holds `p`. */
  index(s: number, p: number): number {
    return this.get(s, SPAN.divMagic) === 0 ? 0 : Math.floor((p - this.base(s)) / this.elemSize(s));
  }

  /** Start of slot `i`. */
  slot(s: number, i: number): number {
    return this.base(s) + i * this.elemSize(s);
  }

  /** Number of the first page of `s` in the arena. */
  page(s: number): number {
    return (s - this.layout.spans) / SPAN.size;
  }

  /** Address of the mark bits of `s`; scan and alloc bits lie alike in their tables. */
  marks(s: number): number {
    return this.layout.marks + this.page(s) * BITS_SIZE;
  }

  scans(s: number): number {
    return this.layout.scans + this.page(s) * BITS_SIZE;
  }

  allocs(s: number): number {
    return this.layout.allocs + this.page(s) * BITS_SIZE;
  }

  /** Bit `i` of the bits at `bits`. */
  bit(bits: number, i: number): boolean {
    return ((this.memory.u32[(bits >>> 2) + (i >>> 5)]! >>> (i & 31)) & 1) === 1;
  }

  /** Sets bit `i`; returns whether it was clear. */
  setBit(bits: number, i: number): boolean {
    const word = (bits >>> 2) + (i >>> 5);
    const old = this.memory.u32[word]!;
    this.memory.u32[word] = old | (1 << (i & 31));
    return ((old >>> (i & 31)) & 1) === 0;
  }

  /** Whether slot `i` holds an object (perhaps garbage that isn't swept yet). The span must not be cached, or flushed (Cache.sync). */
  allocated(s: number, i: number): boolean {
    return i < this.get(s, SPAN.freeIndex) || this.bit(this.allocs(s), i);
  }

  /** Makes the record of a span of `npages` at page `page`: state, class and slots, nothing allocated. */
  init(page: number, npages: number, state: number, spanClass: number): number {
    const m = this.memory;
    const s = this.layout.spans + page * SPAN.size;
    m.fill(s, SPAN.size);
    const base = this.layout.arena + page * PAGE_SIZE;
    m.u32[s >>> 2] = base;
    this.set(s, SPAN.npages, npages);
    this.set(s, SPAN.state, state);
    this.set(s, SPAN.spanClass, spanClass);
    const map = (this.layout.pageMap >>> 2) + page;
    m.u32.fill(s, map, map + npages);
    if (state === SPAN_HEAP) this.#initSlots(s, base, npages, spanClass);
    return s;
  }

  /** Forgets `s`: its pages belong to nobody. */
  release(s: number): void {
    const map = (this.layout.pageMap >>> 2) + this.page(s);
    this.memory.u32.fill(0, map, map + this.get(s, SPAN.npages));
    this.set(s, SPAN.state, 0);
  }

  #initSlots(s: number, base: number, npages: number, spanClass: number): void {
    const cls = spanClass >>> 1;
    const large = cls === 0;
    const size = large ? npages * PAGE_SIZE : CLASS_SIZE[cls]!;
    const nelems = large ? 1 : objectsPerSpan(cls, (spanClass & 1) === 1);
    this.set(s, SPAN.elemSize, size);
    this.set(s, SPAN.nelems, nelems);
    this.set(s, SPAN.divMagic, large ? 0 : divMagic(size));
    this.set(s, SPAN.limit, base + nelems * size);
    const bytes = ((nelems + 63) >>> 6) * 8;
    this.memory.fill(this.marks(s), bytes);
    this.memory.fill(this.scans(s), bytes);
    this.memory.fill(this.allocs(s), bytes);
  }
}

/** What an offset is multiplied by to give an index. */
export const divMagic = (size: number): number => Math.ceil(2 ** 32 / size);

/** Pages of a span of the class. */
export const pagesOf = (spanClass: number): number => CLASS_PAGES[spanClass >>> 1]!;

/** Number of 1 bits in the low 32 bits of `x`. */
export function popCount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Index of the lowest 1 bit of `x`, which isn't 0. */
export function lowestBit(x: number): number {
  return 31 - Math.clz32(x & -x);
}
