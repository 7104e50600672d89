/**
 * The lists of spans of each class that are not in the cache: with free slots or full, swept or not.
 *
 * Lists are first in, first out: number class * 4 + full * 2 + parity of the generation, in memory, since refill.ts works on them too. Which pair is the swept one changes with every cycle, so nothing is moved when a sweep phase begins. A span may leave
 * by another way (swept alone and freed) and stay listed; its sweep generation says so and whoever pops it passes on.
 *
 * Go: GOROOT/src/runtime/mcentral.go, mspanset.go.
 */
import type { Memory } from "../memory.ts";
import { HEAP_CELL, type Layout, SPAN } from "./layout.ts";
import { SPAN_CLASSES } from "./sizeclass.ts";

/** What the lists need of the sweeper; given by gc/sweep.ts. */
export interface Sweeper {
  /** Sweeps in proportion to allocation, before a span of `bytes` is taken. Go: deductSweepCredit. */
  deductCredit(bytes: number, callerPages: number): void;
  /** Sweeps `span` and keeps it for the caller; false if it is swept already. */
  sweepKept(span: number): boolean;
  /** Sweeps `span`, which was cached when the sweep phase began, and files it. */
  sweepStale(span: number): void;
  /** Sweeps `span`, whose objects have finalizers or the like; `keep`: for the caller. Whether its pages came free. */
  sweepOther(span: number, keep: boolean): boolean;
  /** Frees whole spans until `pages` pages came free. Go: mheap.reclaim. */
  reclaim(pages: number): void;
  /** Whether spans are left to sweep. */
  readonly active: boolean;
}

/** Spans that an allocation sweeps at most before it takes a fresh one. */
export const SPAN_BUDGET = 100;

/** The four lists of every class. */
export class Central {
  readonly #memory: Memory;
  readonly #layout: Layout;

  constructor(memory: Memory, layout: Layout) {
    this.#memory = memory;
    this.#layout = layout;
  }

  /** Go: mheap.sweepgen. Even; grows by 2 a cycle. */
  get sweepGen(): number {
    return this.#memory.u32[HEAP_CELL.sweepGen >>> 2]!;
  }

  set sweepGen(generation: number) {
    this.#memory.u32[HEAP_CELL.sweepGen >>> 2] = generation;
  }

  /** Files a span that needs no sweeping. */
  pushSwept(span: number, full: boolean): void {
    this.#push(span, this.#list(span, full, this.#parity));
  }

  /** Takes a swept span of the class with free slots, 0 if there is none. */
  popPartialSwept(spanClass: number): number {
    return this.#pop(spanClass * 4 + this.#parity);
  }

  /** Takes a span of the class that waits for sweeping, 0 if there is none. */
  popUnswept(spanClass: number, full: boolean): number {
    return this.#pop(spanClass * 4 + (full ? 2 : 0) + (this.#parity ^ 1));
  }

  /** Forgets what is left of the lists that were unswept: all of it is swept. */
  clearUnswept(): void {
    for (let list = this.#parity ^ 1; list < SPAN_CLASSES * 4; list += 2) this.#memory.u32.fill(0, head(list), head(list) + 2);
  }

  /**
   * A span of the class with a free slot from the lists, sweeping some if need be; 0 if a fresh one is needed.
   * The caller makes the fresh one, because that takes pages.
   */
  take(spanClass: number, sweeper: Sweeper): number {
    const swept = this.popPartialSwept(spanClass);
    if (swept !== 0 || !sweeper.active) return swept;
    let budget = SPAN_BUDGET;
    for (; budget >= 0; budget--) {
      const s = this.popUnswept(spanClass, false);
      if (s === 0) break;
      if (sweeper.sweepKept(s)) return s;
    }
    for (; budget >= 0; budget--) {
      const s = this.popUnswept(spanClass, true);
      if (s === 0) break;
      if (!sweeper.sweepKept(s)) continue;
      if (this.#memory.u32[(s + SPAN.allocCount) >>> 2]! < this.#memory.u32[(s + SPAN.nelems) >>> 2]!) return s;
      this.pushSwept(s, true);
    }
    return 0;
  }

  get #parity(): number {
    return (this.sweepGen >>> 1) & 1;
  }

  #list(span: number, full: boolean, parity: number): number {
    return this.#memory.u32[(span + SPAN.spanClass) >>> 2]! * 4 + (full ? 2 : 0) + parity;
  }

  #push(span: number, list: number): void {
    const m = this.#memory;
    const last = m.u32[head(list) + 1]!;
    m.u32[this.#link(span, list)] = 0;
    m.u32[last === 0 ? head(list) : this.#link(last, list)] = span;
    m.u32[head(list) + 1] = span;
  }

  #pop(list: number): number {
    const m = this.#memory;
    const span = m.u32[head(list)]!;
    if (span === 0) return 0;
    const next = m.u32[this.#link(span, list)]!;
    m.u32[head(list)] = next;
    if (next === 0) m.u32[head(list) + 1] = 0;
    return span;
  }

  /** The word that says which span comes behind `span`: it is at most once in lists of one parity. */
  #link(span: number, list: number): number {
    return (this.#layout.links >>> 2) + ((span - this.#layout.spans) / SPAN.size) * 2 + (list & 1);
  }
}

/** The word with a list's first span; its last is behind. */
const head = (list: number): number => (HEAP_CELL.lists >>> 2) + 2 * list;
