/**
 * Marking: from roots to everything they reach. The readable reference; mark-wasm.ts is the same loop as WebAssembly.
 *
 * An object is white without its mark bit, grey with it, black with its scan bit as well (or without pointers). Work is queued by span:
 * a span is on the queue while it has grey objects (Green Tea). All state lies in linear memory (heap/layout.ts), so both implementations may take turns.
 * Objects above 128 KiB are scanned in pieces of that size (oblets).
 *
 * Go: GOROOT/src/runtime/mgcmark.go, mgcmark_greenteagc.go. There only objects up to 512 bytes are queued by span; larger ones
 * go to a stack. The set of marked objects and the scan work are the same.
 */
import { type Heap, HEAP_CELL, lowestBit, SPAN, visitPointers } from "../heap/index.ts";

/** Large objects are scanned in pieces of this size. Go: maxObletBytes. */
export const OBLET_SIZE = 128 << 10;
/** `SPAN.queued` of the last span on the queue. */
export const QUEUE_END = 1;

/** Hears of single objects; set while detailed recording is on. */
export interface MarkListener {
  grey(object: number, by: number): void;
  black(object: number): void;
}

/** A mark loop over one heap. */
export interface MarkLoop {
  /** Makes the object that `p` points into grey, if it is white. O(1). */
  shade(p: number): void;
  /** Scans until `work` bytes of scan work are done or nothing is grey; returns the work done. */
  drain(work: number): number;
}

/** Colours of an object. */
export type Colour = "white" | "grey" | "black";

/** The mark state of one heap, and the reference loop. */
export class Marker implements MarkLoop {
  readonly #heap: Heap;
  /** The object being scanned, for the listener. */
  #from = 0;
  readonly #visit = (word: number): void => this.shade(this.#heap.memory.u32[word >>> 2]!);
  listener: MarkListener | undefined;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Empties the queue and sets the counts to zero. The bits are clear after a finished sweep. */
  reset(): void {
    const m = this.#heap.memory;
    m.i32[HEAP_CELL.queueFirst >>> 2] = 0;
    m.i32[HEAP_CELL.queueLast >>> 2] = 0;
    m.f64[HEAP_CELL.bytesMarked >>> 3] = 0;
    m.f64[HEAP_CELL.scanWork >>> 3] = 0;
    m.f64[HEAP_CELL.objectsScanned >>> 3] = 0;
  }

  /** Bytes of marked objects so far; grey ones count when they are scanned. */
  get bytesMarked(): number {
    return this.#heap.memory.f64[HEAP_CELL.bytesMarked >>> 3]!;
  }

  get scanWork(): number {
    return this.#heap.memory.f64[HEAP_CELL.scanWork >>> 3]!;
  }

  get objectsScanned(): number {
    return this.#heap.memory.f64[HEAP_CELL.objectsScanned >>> 3]!;
  }

  /** Whether nothing is grey. */
  get empty(): boolean {
    return this.#heap.memory.i32[HEAP_CELL.queueFirst >>> 2] === 0;
  }

  /** The colour of the object in slot `i` of span `s`; all are white while no cycle runs. */
  colour(s: number, i: number): Colour {
    const spans = this.#heap.spans;
    if (!spans.bit(spans.marks(s), i)) return "white";
    return spans.noscan(s) || spans.bit(spans.scans(s), i) ? "black" : "grey";
  }

  shade(p: number): void {
    const spans = this.#heap.spans;
    const s = spans.ofObject(p);
    if (s === 0) return;
    const i = spans.index(s, p);
    if (!spans.setBit(spans.marks(s), i)) return;
    this.listener?.grey(spans.slot(s, i), this.#from);
    if (spans.noscan(s)) {
      this.#heap.memory.f64[HEAP_CELL.bytesMarked >>> 3]! += spans.elemSize(s);
      this.listener?.black(spans.slot(s, i));
    } else this.#enqueue(s);
  }

  /** An object allocated while marking is black at once. Go: gcmarknewobject. */
  markNew(span: number, slot: number): void {
    const spans = this.#heap.spans;
    const i = spans.index(span, slot);
    spans.setBit(spans.marks(span), i);
    spans.setBit(spans.scans(span), i);
    this.#heap.memory.f64[HEAP_CELL.bytesMarked >>> 3]! += spans.elemSize(span);
    this.listener?.black(slot);
  }

  drain(work: number): number {
    const m = this.#heap.memory;
    const before = this.scanWork;
    while (this.scanWork - before < work) {
      const s = m.u32[HEAP_CELL.queueFirst >>> 2]!;
      if (s === 0) break;
      const next = this.#heap.spans.get(s, SPAN.queued);
      this.#heap.spans.set(s, SPAN.queued, 0);
      m.u32[HEAP_CELL.queueFirst >>> 2] = next === QUEUE_END ? 0 : next;
      if (next === QUEUE_END) m.u32[HEAP_CELL.queueLast >>> 2] = 0;
      this.#scanSpan(s);
    }
    return this.scanWork - before;
  }

  #enqueue(s: number): void {
    const { memory: m, spans } = this.#heap;
    if (spans.get(s, SPAN.queued) !== 0) return;
    spans.set(s, SPAN.queued, QUEUE_END);
    const last = m.u32[HEAP_CELL.queueLast >>> 2]!;
    if (last === 0) m.u32[HEAP_CELL.queueFirst >>> 2] = s;
    else spans.set(last, SPAN.queued, s);
    m.u32[HEAP_CELL.queueLast >>> 2] = s;
  }

  /** Scans the grey objects of `s` that were grey when it began. */
  #scanSpan(s: number): void {
    const { memory: m, spans } = this.#heap;
    if (spans.get(s, SPAN.spanClass) < 2) return this.scanLarge(s);
    const marks = spans.marks(s) >>> 2;
    const scans = spans.scans(s) >>> 2;
    for (let w = 0; w * 32 < spans.nelems(s); w++) {
      let grey = m.u32[marks + w]! & ~m.u32[scans + w]!;
      m.u32[scans + w]! |= grey;
      for (; grey !== 0; grey &= grey - 1) this.scanObject(s, spans.slot(s, w * 32 + lowestBit(grey)));
    }
  }

  /** Scans one black object whose scan bit is set already. */
  scanObject(s: number, slot: number): void {
    const m = this.#heap.memory;
    const size = this.#heap.spans.elemSize(s);
    this.#from = slot;
    m.f64[HEAP_CELL.scanWork >>> 3]! += visitPointers(this.#heap.spans, s, slot, 0, size, this.#visit);
    m.f64[HEAP_CELL.bytesMarked >>> 3]! += size;
    m.f64[HEAP_CELL.objectsScanned >>> 3]! += 1;
    this.listener?.black(slot);
    this.#from = 0;
  }

  /** Scans the next piece of a large object and queues it again if there is more. */
  scanLarge(s: number): void {
    const { memory: m, spans } = this.#heap;
    const size = spans.elemSize(s);
    const from = spans.get(s, SPAN.scanned) * 8;
    const to = Math.min(from + OBLET_SIZE, size);
    this.#from = spans.base(s);
    m.f64[HEAP_CELL.scanWork >>> 3]! += visitPointers(spans, s, spans.base(s), from, to, this.#visit);
    this.#from = 0;
    spans.set(s, SPAN.scanned, to === size ? 0 : to / 8);
    if (to < size) return this.#enqueue(s);
    spans.setBit(spans.scans(s), 0);
    m.f64[HEAP_CELL.bytesMarked >>> 3]! += size;
    m.f64[HEAP_CELL.objectsScanned >>> 3]! += 1;
    this.listener?.black(spans.base(s));
  }
}

