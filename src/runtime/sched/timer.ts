/**
 * Timers on the virtual clock: a heap ordered by time, then by when they were set.
 *
 * What happens when one fires is a number that the scheduler understands; nothing runs here.
 *
 * Go: runtime/time.go.
 */

/** A timer that is set. */
export interface Timer {
  /** Virtual nanoseconds. */
  when: number;
  /** 0, or again after so many nanoseconds. */
  readonly period: number;
  /** Address of a goroutine to wake, or 0 and a func() to call. */
  readonly wake: number;
  readonly closure: number;
  /** Address of the Go object it stands for, by which it is stopped; 0 for a sleeping goroutine. */
  readonly owner: number;
  seq: number;
}

/** The timers of one process. */
export class Timers {
  #heap: Timer[] = [];
  #seq = 0;
  readonly #changed: (next: number) => void;

  /** `changed` is told when the first timer is due, each time that may be another. */
  constructor(changed: (next: number) => void = () => undefined) {
    this.#changed = changed;
    changed(Infinity);
  }

  get size(): number {
    return this.#heap.length;
  }

  /** When the first one is due; Infinity if there is none. */
  get next(): number {
    return this.#heap[0]?.when ?? Infinity;
  }

  add(timer: Omit<Timer, "seq">): void {
    this.#push({ ...timer, seq: this.#seq++ });
    this.#changed(this.next);
  }

  /** Takes the first timer that is due at `now`. A periodic one is set again. */
  due(now: number): Timer | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.when > now) return undefined;
    this.#removeAt(0);
    if (first.period > 0) {
      const missed = Math.floor((now - first.when) / first.period);
      this.#push({ ...first, when: first.when + first.period * (1 + missed), seq: this.#seq++ });
    }
    this.#changed(this.next);
    return first;
  }

  /** Stops the timer of `owner`; false if it wasn't set. O(timers). */
  remove(owner: number): boolean {
    const index = this.#heap.findIndex((t) => t.owner === owner);
    if (index < 0) return false;
    this.#removeAt(index);
    this.#changed(this.next);
    return true;
  }

  /** All that are set, in no order: their closures and owners are roots. */
  list(): readonly Timer[] {
    return this.#heap;
  }

  save(): { readonly heap: readonly Timer[]; readonly seq: number } {
    return { heap: this.#heap.map((t) => ({ ...t })), seq: this.#seq };
  }

  restore(state: { readonly heap: readonly Timer[]; readonly seq: number }): void {
    this.#heap = state.heap.map((t) => ({ ...t }));
    this.#seq = state.seq;
    this.#changed(this.next);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up]!;
      if (!before(timer, parent)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = timer;
  }

  #removeAt(index: number): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || index >= heap.length) return;
    const moved = heap.splice(index, 1, last)[0];
    if (moved === undefined) return;
    let i = index;
    while (i > 0 && before(last, heap[(i - 1) >> 1]!)) {
      heap[i] = heap[(i - 1) >> 1]!;
      i = (i - 1) >> 1;
    }
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}

const before = (a: Timer, b: Timer): boolean => a.when < b.when || (a.when === b.when && a.seq < b.seq);
