/**
 * The lists of spans of each class that are not in the cache: with free slots or full, swept or not.
 *
 * Lists are first in, first out. Which pair is the swept one changes with every cycle, so nothing is moved when a sweep phase begins. A span may leave
 * by another way (swept alone and freed) and stay listed; its sweep generation says so and whoever pops it passes on.
 *
 * Go: GOROOT/src/runtime/mcentral.go, mspanset.go.
 */
import type { Memory } from "../memory.ts";
import { SPAN } from "./layout.ts";
import { SPAN_CLASSES } from "./sizeclass.ts";

/** What the lists need of the sweeper; given by gc/sweep.ts. */
export interface Sweeper {
  /** Sweeps in proportion to allocation, before a span of `bytes` is taken. Go: deductSweepCredit. */
  deductCredit(bytes: number, callerPages: number): void;
  /** Sweeps `span` and keeps it for the caller; false if it is swept already. */
  sweepKept(span: number): boolean;
  /** Sweeps `span`, which was cached when the sweep phase began, and files it. */
  sweepStale(span: number): void;
  /** Frees whole spans until `pages` pages came free. Go: mheap.reclaim. */
  reclaim(pages: number): void;
  /** Whether spans are left to sweep. */
  readonly active: boolean;
}

/** Taken spans are dropped from a list in lots of this. */
const COMPACT = 1024;
/** Spans that an allocation sweeps at most before it takes a fresh one. */
const SPAN_BUDGET = 100;

/** The lists, for a snapshot. */
export interface CentralState {
  readonly lists: readonly (readonly number[])[];
  readonly sweepGen: number;
}

/** A queue of spans; what is before `head` has been taken. */
interface List {
  readonly spans: number[];
  head: number;
}

const emptyList = (): List => ({ spans: [], head: 0 });

/** The four lists of every class. */
export class Central {
  readonly #memory: Memory;
  /** The list of each class * 4 + full * 2 + generation parity. */
  #lists: List[] = Array.from({ length: SPAN_CLASSES * 4 }, emptyList);
  /** Go: mheap.sweepgen. Even; grows by 2 a cycle. */
  sweepGen = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
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
    for (let i = this.#parity ^ 1; i < this.#lists.length; i += 2) this.#lists[i] = emptyList();
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

  save(): CentralState {
    return { lists: this.#lists.map((l) => l.spans.slice(l.head)), sweepGen: this.sweepGen };
  }

  restore(state: CentralState): void {
    this.#lists = state.lists.map((l) => ({ spans: [...l], head: 0 }));
    this.sweepGen = state.sweepGen;
  }

  get #parity(): number {
    return (this.sweepGen >>> 1) & 1;
  }

  #list(span: number, full: boolean, parity: number): number {
    return this.#memory.u32[(span + SPAN.spanClass) >>> 2]! * 4 + (full ? 2 : 0) + parity;
  }

  #push(span: number, list: number): void {
    this.#lists[list]!.spans.push(span);
  }

  #pop(list: number): number {
    const l = this.#lists[list]!;
    if (l.head === l.spans.length) return 0;
    const span = l.spans[l.head++]!;
    if (l.head === l.spans.length || l.head === COMPACT) {
      l.spans.splice(0, l.head);
      l.head = 0;
    }
    return span;
  }
}
