/**
 * The queues of goroutines that can run: the processor's next one, its ring of 256, and the global queue. They lie in linear memory, where
 * switch.ts uses them too; an item is the address of a goroutine's structure.
 *
 * All are first in, first out, but for the next one, which new and woken goroutines take from whoever held it. No clock, no stacks.
 *
 * Go: runtime/proc.go (runqput, runqputslow, runqget, globrunqput).
 */
import type { Memory } from "../memory.ts";
import { G, RING, SCHED } from "./cells.ts";

/** Slices that Go's own goroutines have had when main starts: only that the first look at the global queue isn't at once matters. */
const TICKS_BEFORE_MAIN = 8;

/** Who runs next, and whether the time slice of the one before goes on (it was handed over). */
export interface Picked {
  readonly item: number;
  readonly inherits: boolean;
}

/** The run queues of one processor. All methods but `pick` from a long global queue are O(1). */
export class RunQueue {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    memory.store32(SCHED.tick, TICKS_BEFORE_MAIN);
  }

  get length(): number {
    const m = this.#memory;
    return m.loadU32(SCHED.ringCount) + m.loadU32(SCHED.globalCount) + (m.loadU32(SCHED.next) === 0 ? 0 : 1);
  }

  /** A started or woken goroutine: runs next; the one it displaces goes to the ring's end. */
  putNext(item: number): void {
    const displaced = this.#memory.loadU32(SCHED.next);
    this.#memory.store32(SCHED.next, item);
    if (displaced !== 0) this.putLast(displaced);
  }

  /** The end of the ring; if that is full, half of it moves to the global queue. */
  putLast(item: number): void {
    const m = this.#memory;
    if (m.loadU32(SCHED.ringCount) < RING) {
      this.#pushRing(item);
      return;
    }
    for (let i = 0; i < RING / 2; i++) this.putGlobal(this.#shiftRing());
    this.putGlobal(item);
  }

  /** The end of the global queue: yielded and preempted goroutines. */
  putGlobal(item: number): void {
    const m = this.#memory;
    const last = m.loadU32(SCHED.globalLast);
    m.store32(item + G.link, 0);
    m.store32(last === 0 ? SCHED.globalFirst : last + G.link, item);
    m.store32(SCHED.globalLast, item);
    m.store32(SCHED.globalCount, m.loadU32(SCHED.globalCount) + 1);
  }

  /** Takes who runs next. Every 61st slice looks at the global queue first, so that it isn't starved. */
  pick(): Picked | undefined {
    const m = this.#memory;
    if (m.loadU32(SCHED.tick) % 61 === 0) {
      const fair = this.#shiftGlobal();
      if (fair !== 0) return this.#started(fair);
    }
    const item = m.loadU32(SCHED.next);
    if (item !== 0) {
      m.store32(SCHED.next, 0);
      return { item, inherits: true };
    }
    const local = this.#shiftRing();
    if (local !== 0) return this.#started(local);
    return this.#fromGlobal();
  }

  /** Takes one from the global queue and moves a batch of the others to the ring. Go: globrunqgetbatch. */
  #fromGlobal(): Picked | undefined {
    const batch = Math.min(this.#memory.loadU32(SCHED.globalCount), RING / 2);
    const first = this.#shiftGlobal();
    if (first === 0) return undefined;
    for (let i = 1; i < batch; i++) this.#pushRing(this.#shiftGlobal());
    return this.#started(first);
  }

  #started(item: number): Picked {
    this.#memory.store32(SCHED.tick, this.#memory.loadU32(SCHED.tick) + 1);
    return { item, inherits: false };
  }

  #pushRing(item: number): void {
    const m = this.#memory;
    const count = m.loadU32(SCHED.ringCount);
    m.store32(SCHED.ring + 4 * ((m.loadU32(SCHED.ringHead) + count) % RING), item);
    m.store32(SCHED.ringCount, count + 1);
  }

  #shiftRing(): number {
    const m = this.#memory;
    const count = m.loadU32(SCHED.ringCount);
    if (count === 0) return 0;
    const head = m.loadU32(SCHED.ringHead);
    m.store32(SCHED.ringHead, (head + 1) % RING);
    m.store32(SCHED.ringCount, count - 1);
    return m.loadU32(SCHED.ring + 4 * head);
  }

  #shiftGlobal(): number {
    const m = this.#memory;
    const first = m.loadU32(SCHED.globalFirst);
    if (first === 0) return 0;
    const next = m.loadU32(first + G.link);
    m.store32(SCHED.globalFirst, next);
    if (next === 0) m.store32(SCHED.globalLast, 0);
    m.store32(SCHED.globalCount, m.loadU32(SCHED.globalCount) - 1);
    return first;
  }
}
