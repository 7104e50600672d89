/**
 * Allocation as Go code sees it: size and type in, address out; tiny blocks, classes, headers, large objects, assists, the trigger.
 *
 * This is the long way and the whole truth. heap/fast.ts holds the short way as WebAssembly, which compiled code calls first; both
 * take slots from the same cells. Zeroing, pointer bits, site counters and virtual time are done here.
 *
 * Go: mallocgc in GOROOT/src/runtime/malloc.go.
 */
import { CELL, MAP, POINTER_SIZE } from "../abi/structs.ts";
import { DESC } from "../abi/types.ts";
import { bug } from "../base/bug.ts";
import { type Addr, addr } from "../base/units.ts";
import type { Recorder } from "../record/recorder.ts";
import { type Clock, UNITS_PER_NANO } from "./clock.ts";
import { type Costs, mallocCost } from "./cost.ts";
import type { Collector } from "./gc/index.ts";
import {
  allocateBaseline, allocateWorker, CLASS_SIZE, HEADER_SIZE, type Heap, HEAP_CELL, MAX_BITMAP_SIZE, MAX_SMALL_OBJECT, NEEDS_ZERO, roundUpSize,
  sizeClass, SPAN, SPAN_CLASSES, TINY_SIZE, TINY_SPAN_CLASS, writeBitmap,
} from "./heap/index.ts";

/** The heap limit is reached: the process ends the program with Go's words for it. */
export type OutOfMemory = (size: number) => never;

/** Go's own goroutines beside main: they are in the table of all. */
const SYSTEM_GOROUTINES = 5;
/** Entries that the table begins with. */
const FIRST_ROOM = 8;
/** Where the descriptor of a pointer lies among the runtime's own types. */
const POINTER_TYPE = 49_152;
/** Pages of a span that small stacks come from. */
const STACK_SPAN_PAGES = 4;
/** Such spans that Go's system goroutines and threads hold; a program with package os has one more. Measured (StackInuse). */
const SYSTEM_STACK_SPANS = 3;

/** The allocator of one process. */
export class Malloc {
  readonly #heap: Heap;
  readonly #collector: Collector;
  readonly #clock: Clock;
  readonly #costs: Costs;
  readonly #recorder: Recorder;
  readonly #outOfMemory: OutOfMemory;
  #stress = false;
  /** A span was changed since the last trigger test. */
  #refilled = false;
  /** No collection starts before the runtime's own objects are all kept. Go: memstats.enablegc. */
  #enabled = true;

  constructor(heap: Heap, collector: Collector, clock: Clock, costs: Costs, recorder: Recorder, outOfMemory: OutOfMemory) {
    this.#heap = heap;
    this.#collector = collector;
    this.#clock = clock;
    this.#costs = costs;
    this.#recorder = recorder;
    this.#outOfMemory = outOfMemory;
    this.#writeCosts();
    if (recorder.detailed) this.#setSlow(2);
  }

  /**
   * Allocates what Go's runtime holds of its own, once, before the program; `goroutines` of its goroutine structures exist already.
   * `os`: the program is linked with package os, as it is when it prints with fmt.
   */
  bootstrap(goroutines: number, os = true): void {
    const { memory, layout } = this.#heap;
    this.#enabled = false;
    this.#collector.keep(allocateBaseline(memory, layout, (size, type) => this.allocateOwn(size, type), { goroutines, os }));
    for (let i = 0; i < SYSTEM_STACK_SPANS + (os ? 1 : 0); i++) this.#heap.allocManual(STACK_SPAN_PAGES);
    this.#enabled = true;
    this.#collector.beforeFirstCycle = () => {
      this.#collector.keep(allocateWorker(memory, layout, (size, type) => this.allocateOwn(size, type)));
      this.#heap.allocManual(STACK_SPAN_PAGES);
    };
  }

  /** A goroutine structure was made: Go's table of all of them grows as a slice does. */
  goroutineMade(): void {
    const { memory: m } = this.#heap;
    const made = (m.u32[HEAP_CELL.goroutines >>> 2] || SYSTEM_GOROUTINES) + 1;
    m.u32[HEAP_CELL.goroutines >>> 2] = made;
    const old = m.u32[HEAP_CELL.goroutineRoom >>> 2] || FIRST_ROOM;
    if (made <= old) return;
    const wanted = old < 256 ? old * 2 : old + Math.floor((old + 768) / 4);
    const room = Math.floor(roundUpSize(wanted * POINTER_SIZE, false) / POINTER_SIZE);
    const table = this.allocateOwn(room * POINTER_SIZE, this.#pointerType());
    this.#collector.replaceOwn(m.u32[HEAP_CELL.goroutineTable >>> 2]!, table);
    m.u32[HEAP_CELL.goroutineRoom >>> 2] = room;
    m.u32[HEAP_CELL.goroutineTable >>> 2] = table;
  }

  /** A descriptor of a single pointer word. */
  #pointerType(): number {
    const m = this.#heap.memory;
    const at = this.#heap.layout.ownTypes + POINTER_TYPE;
    m.storeInt(at + DESC.byteSize, POINTER_SIZE);
    m.storeInt(at + DESC.ptrdata, POINTER_SIZE);
    m.storePtr(at + DESC.mask, at + DESC.size);
    m.u8[at + DESC.size] = 1;
    return at;
  }

  /** Memory for values of `size` bytes in all, of the type at `type` (0: no pointers), one after another. Zeroed unless `zero` is 0. */
  allocate(size: number, type: number, zero = 1): Addr {
    return this.allocateAt(size, type, zero, this.#heap.sites.current());
  }

  /** The same for the runtime itself: counted to no site. */
  allocateOwn(size: number, type: number): Addr {
    return this.allocateAt(size, type, 1, 0);
  }

  /** The same for a given site. */
  allocateAt(size: number, type: number, zero: number, site: number): Addr {
    if (size === 0) return addr(MAP.zerobase);
    if (this.#stress && this.#enabled && !this.#collector.marking) this.#collector.collect();
    const marking = this.#collector.marking;
    const g = this.#heap.memory.u32[CELL.g >>> 2]!;
    if (marking) {
      this.#clock.charge(this.#costs.mallocMarking);
      this.#collector.assists.deduct(g, size);
    }
    const noscan = type === 0 || this.#heap.memory.u32[(type + DESC.ptrdata) >>> 2] === 0;
    this.#refilled = false;
    const p = this.#pick(size, type, noscan, zero, site);
    if (this.#collector.marking && this.#slot > 0) this.#collector.assists.deductRest(g, this.#slot - size);
    if (this.#refilled && this.#enabled) this.#collector.testTrigger();
    return p;
  }

  /** Bytes of the slot that the last allocation took; 0 if it shared a tiny block. */
  #slot = 0;

  #pick(size: number, type: number, noscan: boolean, zero: number, site: number): Addr {
    if (size > MAX_SMALL_OBJECT) return this.#large(size, type, noscan, zero, site);
    if (noscan) return size < TINY_SIZE ? this.#tiny(size, site) : this.#smallNoscan(size, zero, site);
    return size <= MAX_BITMAP_SIZE ? this.#smallScan(size, type, site) : this.#smallHeader(size, type, site);
  }

  #tiny(size: number, site: number): Addr {
    const m = this.#heap.memory;
    const block = m.u32[HEAP_CELL.tiny >>> 2]!;
    const offset = m.u32[HEAP_CELL.tinyOffset >>> 2]!;
    const at = alignTiny(offset, size);
    if (block !== 0 && at + size <= TINY_SIZE) {
      m.u32[HEAP_CELL.tinyOffset >>> 2] = at + size;
      m.i32[HEAP_CELL.tinyAllocs >>> 2]!++;
      this.#slot = 0;
      this.#clock.charge(this.#costs.mallocTiny);
      this.#event(block + at, size, 0, site, 0);
      return addr(block + at);
    }
    const p = this.#take(TINY_SPAN_CLASS, TINY_SIZE, site);
    m.u32.fill(0, p >>> 2, (p + TINY_SIZE) >>> 2);
    if (block === 0 || size < offset) {
      m.u32[HEAP_CELL.tiny >>> 2] = p;
      m.u32[HEAP_CELL.tinyOffset >>> 2] = size;
    }
    this.#event(p, size, TINY_SIZE, site, 0);
    return addr(p);
  }

  #smallNoscan(size: number, zero: number, site: number): Addr {
    const cls = sizeClass(size);
    const slot = CLASS_SIZE[cls]!;
    const p = this.#take(cls * 2 + 1, slot, site);
    if (zero !== 0 && this.#dirty(cls * 2 + 1)) this.#heap.memory.fill(p, slot);
    this.#event(p, size, slot, site, 0);
    return addr(p);
  }

  #smallScan(size: number, type: number, site: number): Addr {
    const cls = sizeClass(size);
    const slot = CLASS_SIZE[cls]!;
    const p = this.#take(cls * 2, slot, site);
    if (this.#dirty(cls * 2)) this.#heap.memory.fill(p, slot);
    const scan = writeBitmap(this.#heap.memory, p, size, type, slot, cls);
    this.#heap.memory.i32[HEAP_CELL.scanAlloc >>> 2]! += cls === 1 ? 8 : scan;
    this.#event(p, size, slot, site, type);
    return addr(p);
  }

  #smallHeader(size: number, type: number, site: number): Addr {
    const cls = sizeClass(size + HEADER_SIZE);
    const slot = CLASS_SIZE[cls]!;
    const p = this.#take(cls * 2, slot, site);
    if (this.#dirty(cls * 2)) this.#heap.memory.fill(p, slot);
    this.#heap.memory.storePtr(p, type);
    this.#heap.memory.i32[HEAP_CELL.scanAlloc >>> 2]! += slot;
    this.#event(p + HEADER_SIZE, size, slot, site, type);
    return addr(p + HEADER_SIZE);
  }

  #large(size: number, type: number, noscan: boolean, zero: number, site: number): Addr {
    const heap = this.#heap;
    const s = heap.takeLarge(size, noscan);
    if (s === 0) return this.#outOfMemory(size);
    const p = heap.spans.base(s);
    const slot = heap.spans.elemSize(s);
    if ((zero !== 0 || !noscan) && (heap.spans.get(s, SPAN.flags) & 1) !== 0) heap.memory.fill(p, slot);
    if (!noscan) {
      heap.spans.set(s, SPAN.largeType, type);
      heap.memory.i32[HEAP_CELL.scanAlloc >>> 2]! += slot;
    }
    if (this.#collector.marking) this.#collector.marker.markNew(s, p);
    heap.sites.count(site, p, slot);
    this.#clock.charge(this.#costs.large + this.#costs.largePerByte * slot);
    this.#slot = slot;
    this.#refilled = true;
    this.#event(p, size, slot, site, noscan ? 0 : type);
    return addr(p);
  }

  /** A slot of the class, counted and, while marking, black. */
  #take(spanClass: number, slot: number, site: number): number {
    const { cache, sites } = this.#heap;
    let p = cache.takeFast(spanClass);
    if (p === 0) {
      if (!cache.loadNext(spanClass)) {
        this.#clock.charge(this.#costs.refill);
        if (!this.#heap.refill(spanClass)) this.#outOfMemory(slot);
        this.#refilled = true;
      }
      p = cache.takeFast(spanClass);
      if (p === 0) bug(`no free slot of span class ${spanClass} after a refill`);
    }
    if (this.#collector.marking) this.#collector.marker.markNew(cache.span(spanClass), p);
    sites.count(site, p, slot);
    this.#slot = slot;
    const m = this.#heap.memory;
    m.storeInt(CELL.fuel, m.loadInt(CELL.fuel) - m.i32[(HEAP_CELL.cost >>> 2) + spanClass]!);
    return p;
  }

  #dirty(spanClass: number): boolean {
    return (this.#heap.memory.u32[((CELL.alloc + spanClass * 16) >>> 2) + 1]! & NEEDS_ZERO) !== 0;
  }

  /** Hears of each allocation; set by `observe`. */
  #observer: ((size: number, slot: number) => void) | undefined;

  /** Tells of each allocation from now on, or of none. */
  observe(hear: ((size: number, slot: number) => void) | undefined): void {
    this.#observer = hear;
    this.setObserved(hear !== undefined || this.#stress || this.#recorder.detailed);
  }

  #event(p: number, size: number, slot: number, site: number, type: number): void {
    this.#observer?.(size, slot);
    if (!this.#recorder.detailed) return;
    const m = this.#heap.memory;
    const number = type === 0 ? 0 : m.loadInt(type + DESC.number);
    this.#recorder.add("alloc", this.#clock.now(), p, size, slot, site, m.u32[CELL.g >>> 2]!, number);
  }

  /** A stress setting: a whole collection before every allocation. */
  set stress(on: boolean) {
    this.#stress = on;
    this.setObserved(on || this.#recorder.detailed);
  }

  /** Turns the long way on for every allocation, or off: detailed recording and stress need to see each. */
  setObserved(on: boolean): void {
    this.#setSlow(on ? 2 : 0);
  }

  #setSlow(bit: 0 | 2): void {
    const m = this.#heap.memory;
    m.i32[HEAP_CELL.slow >>> 2] = (m.i32[HEAP_CELL.slow >>> 2]! & 1) | bit;
  }

  #writeCosts(): void {
    this.#heap.memory.i32[HEAP_CELL.refillCost >>> 2] = Math.round(this.#costs.refill * UNITS_PER_NANO);
    this.#heap.memory.i32[HEAP_CELL.sweepCost >>> 2] = Math.round(this.#costs.sweepSpan * UNITS_PER_NANO);
    this.#heap.memory.i32[HEAP_CELL.markingCost >>> 2] = Math.round(this.#costs.mallocMarking * UNITS_PER_NANO);
    this.#heap.memory.i32[HEAP_CELL.barrierCost >>> 2] = Math.round(this.#costs.barrierOn * UNITS_PER_NANO);
    this.#heap.memory.i32[HEAP_CELL.tinyCost >>> 2] = Math.round(this.#costs.mallocTiny * UNITS_PER_NANO);
    for (let c = 0; c < SPAN_CLASSES; c++) {
      const ns = mallocCost(this.#costs, CLASS_SIZE[c >>> 1]!, (c & 1) === 0);
      this.#heap.memory.i32[(HEAP_CELL.cost >>> 2) + c] = Math.round(ns * UNITS_PER_NANO);
    }
  }
}

/** Where an object of `size` may begin in a tiny block that is full up to `offset`. */
function alignTiny(offset: number, size: number): number {
  if ((size & 7) === 0) return (offset + 7) & ~7;
  if ((size & 3) === 0) return (offset + 3) & ~3;
  return (size & 1) === 0 ? (offset + 1) & ~1 : offset;
}
