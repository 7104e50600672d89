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

/** Saved state of a pool. */
export type StackPoolState = readonly (readonly number[])[];

/** The pieces that are free, by size. */
export class StackPool {
  readonly #pages: StackPages;
  /** Free pieces of 2, 4, 8, 16 KiB. */
  #free: number[][] = [[], [], [], []];

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
    for (let at = span + SPAN - size; at > span; at -= size) list.push(at);
    return span;
  }

  free(at: number, size: number): void {
    if (size >= SMALL_LIMIT) return this.#pages.freeStack(at, size / PAGE);
    this.#free[orderOf(size)]?.push(at);
  }

  save(): StackPoolState {
    return this.#free.map((list) => list.slice());
  }

  restore(state: StackPoolState): void {
    this.#free = state.map((list) => list.slice());
  }
}

const orderOf = (size: number): number => 31 - Math.clz32(size / STACK_MIN);
