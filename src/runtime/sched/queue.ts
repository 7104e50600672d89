/**
 * The queues of goroutines that can run: the processor's next one, its ring of 256, and the global queue.
 *
 * All are first in, first out, but for the next one, which new and woken goroutines take from whoever held it. No clock, no stacks.
 *
 * Go: runtime/proc.go (runqput, runqputslow, runqget, globrunqput).
 */

/** The ring's size. Go: len(p.runq). */
const RING = 256;

/** Slices that Go's own goroutines have had when main starts: only that the first look at the global queue isn't at once matters. */
const TICKS_BEFORE_MAIN = 8;

/** A queue whose removal is O(1) however long it is. */
export class Fifo<T> {
  #items: T[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.#head >= this.#items.length) return undefined;
    const item = this.#items[this.#head++];
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** The items in order. */
  list(): T[] {
    return this.#items.slice(this.#head);
  }

  reset(items: readonly T[]): void {
    this.#items = items.slice();
    this.#head = 0;
  }
}

/** Who runs next, and whether the time slice of the one before goes on (it was handed over). */
export interface Picked<T> {
  readonly item: T;
  readonly inherits: boolean;
}

/** State for a snapshot. */
export interface RunQueueState<T> {
  readonly next: T | undefined;
  readonly ring: readonly T[];
  readonly global: readonly T[];
  readonly tick: number;
}

/** The run queues of one processor. */
export class RunQueue<T> {
  #next: T | undefined;
  readonly #ring = new Fifo<T>();
  readonly #global = new Fifo<T>();
  /** Counts goroutines that began a slice of their own. Go: schedtick. */
  #tick = TICKS_BEFORE_MAIN;

  get length(): number {
    return this.#ring.length + this.#global.length + (this.#next === undefined ? 0 : 1);
  }

  /** A started or woken goroutine: runs next; the one it displaces goes to the ring's end. */
  putNext(item: T): void {
    const displaced = this.#next;
    this.#next = item;
    if (displaced !== undefined) this.putLast(displaced);
  }

  /** The end of the ring; if that is full, half of it moves to the global queue. */
  putLast(item: T): void {
    if (this.#ring.length < RING) {
      this.#ring.push(item);
      return;
    }
    for (let i = 0; i < RING / 2; i++) {
      const moved = this.#ring.shift();
      if (moved !== undefined) this.#global.push(moved);
    }
    this.#global.push(item);
  }

  /** The end of the global queue: yielded and preempted goroutines. */
  putGlobal(item: T): void {
    this.#global.push(item);
  }

  /** Takes who runs next. Every 61st slice looks at the global queue first, so that it isn't starved. */
  pick(): Picked<T> | undefined {
    if (this.#tick % 61 === 0) {
      const fair = this.#global.shift();
      if (fair !== undefined) return this.#started(fair);
    }
    if (this.#next !== undefined) {
      const item = this.#next;
      this.#next = undefined;
      return { item, inherits: true };
    }
    const local = this.#ring.shift();
    if (local !== undefined) return this.#started(local);
    return this.#fromGlobal();
  }

  save(): RunQueueState<T> {
    return { next: this.#next, ring: this.#ring.list(), global: this.#global.list(), tick: this.#tick };
  }

  restore(state: RunQueueState<T>): void {
    this.#next = state.next;
    this.#ring.reset(state.ring);
    this.#global.reset(state.global);
    this.#tick = state.tick;
  }

  /** Takes one from the global queue and moves a batch of the others to the ring. Go: globrunqgetbatch. */
  #fromGlobal(): Picked<T> | undefined {
    const batch = Math.min(this.#global.length, RING / 2);
    const first = this.#global.shift();
    if (first === undefined) return undefined;
    for (let i = 1; i < batch; i++) {
      const moved = this.#global.shift();
      if (moved !== undefined) this.#ring.push(moved);
    }
    return this.#started(first);
  }

  #started(item: T): Picked<T> {
    this.#tick++;
    return { item, inherits: false };
  }
}
