/**
 * Room for stacks: pieces of 2 … 16 KiB cut from spans of 32 KiB, larger ones of whole pages.
 *
 * This is the memory that really holds frames. Its sizes differ from those that Go would show (grow.ts), because our frames are larger.
 *
 * Go: runtime/stack.go (stackpool, stackLarge, stackalloc, stackfree).
 */
import { bug } from "../../base/bug.ts";

/** Where stack memory comes from: the page allocator, in pages of 8 KiB. */
export interface StackPages {
  /** Address of `pages` adjoining pages, 0 if there is no room. */
  readonly allocStack: (pages: number) => number;
  readonly freeStack: (at: number, pages: number) => void;
}

/** The smallest piece. Go: stackMin. */
export const STACK_MIN = 2048;
const PAGE = 8192;
const SPAN = 32768;
/** Sizes below this are cut from spans. */
const SMALL_LIMIT = 32768;

/** Saved state of a pool: its free pieces by size, and the spans that are cut up. */
export interface StackPoolState {
  readonly free: readonly (readonly number[])[];
  readonly spans: readonly number[];
}

/** The pieces that are free, by size. */
export class StackPool {
  readonly #pages: StackPages;
  /** Free pieces of 2, 4, 8, 16 KiB. */
  #free: number[][] = [[], [], [], []];
  /** Spans that are cut up, and by their pages. */
  readonly #spans = new Set<number>();
  readonly #spanOf = new Map<number, number>();

  constructor(pages: StackPages) {
    this.#pages = pages;
  }

  /** Address of `size` bytes, a power of two from STACK_MIN on; 0 if memory is used up. */
  alloc(size: number): number {
    if (size >= SMALL_LIMIT) return this.#pages.allocStack(size / PAGE);
    const order = orderOf(size);
    const list = this.#free[order] ?? bug(`stack of ${size} bytes`);
    const known = list.pop();
    if (known !== undefined) return known;
    const span = this.#pages.allocStack(SPAN / PAGE);
    if (span === 0) return 0;
    this.#note(span);
    for (let at = span + SPAN - size; at > span; at -= size) list.push(at);
    return span;
  }

  free(at: number, size: number): void {
    if (size >= SMALL_LIMIT) return this.#pages.freeStack(at, size / PAGE);
    this.#free[orderOf(size)]?.push(at);
  }

  /** Gives back the spans whose pieces are all free. O(free pieces). Go: freeStackSpans, after a collection. */
  trim(): void {
    for (const [order, list] of this.#free.entries()) {
      const pieces = SPAN / (STACK_MIN << order);
      const count = new Map<number, number>();
      for (const at of list) count.set(this.#span(at), (count.get(this.#span(at)) ?? 0) + 1);
      this.#free[order] = list.filter((at) => count.get(this.#span(at)) !== pieces);
      for (const [span, n] of count) if (n === pieces) this.#giveBack(span);
    }
  }

  #giveBack(span: number): void {
    this.#spans.delete(span);
    for (let at = span; at < span + SPAN; at += PAGE) this.#spanOf.delete(at / PAGE);
    this.#pages.freeStack(span, SPAN / PAGE);
  }

  #note(span: number): void {
    this.#spans.add(span);
    for (let at = span; at < span + SPAN; at += PAGE) this.#spanOf.set(at / PAGE, span);
  }

  #span(at: number): number {
    return this.#spanOf.get(Math.floor(at / PAGE)) ?? bug(`no stack span holds ${at}`);
  }

  save(): StackPoolState {
    return { free: this.#free.map((list) => list.slice()), spans: [...this.#spans] };
  }

  restore(state: StackPoolState): void {
    this.#free = state.free.map((list) => list.slice());
    this.#spans.clear();
    this.#spanOf.clear();
    for (const span of state.spans) this.#note(span);
  }
}

const orderOf = (size: number): number => 31 - Math.clz32(size / STACK_MIN);
