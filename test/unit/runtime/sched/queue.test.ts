/** The run queues give goroutines in Go's order; timers fire in theirs. */
import { expect, test } from "vitest";
import { Memory } from "../../../../src/runtime/memory.ts";
import { G } from "../../../../src/runtime/sched/cells.ts";
import { RunQueue } from "../../../../src/runtime/sched/queue.ts";
import { Timers } from "../../../../src/runtime/sched/timer.ts";

/** A queue whose goroutines are numbers: number i has the structure at 0x10000 + i * 512. */
class Numbers {
  readonly #queue = new RunQueue(new Memory(1 << 20));
  readonly #at = (i: number): number => 0x10000 + (i + 1) * ((G.size + 511) & ~511);

  putNext = (i: number): void => this.#queue.putNext(this.#at(i));
  putLast = (i: number): void => this.#queue.putLast(this.#at(i));
  putGlobal = (i: number): void => this.#queue.putGlobal(this.#at(i));

  pick(): { item: number; inherits: boolean } | undefined {
    const p = this.#queue.pick();
    return p && { item: (p.item - this.#at(-1)) / (this.#at(0) - this.#at(-1)) - 1, inherits: p.inherits };
  }

  get length(): number {
    return this.#queue.length;
  }
}

const drain = (q: Numbers): number[] => {
  const out: number[] = [];
  for (let p = q.pick(); p !== undefined; p = q.pick()) out.push(p.item);
  return out;
};

test("the last started goroutine runs first, then the others in order", () => {
  const q = new Numbers();
  for (let i = 0; i < 8; i++) q.putNext(i);
  // runtime.md 11: 8 goroutines started, then waited for.
  expect(drain(q)).toEqual([7, 0, 1, 2, 3, 4, 5, 6]);
});

test("who is handed the processor inherits the time slice", () => {
  const q = new Numbers();
  q.putNext(1);
  q.putNext(2);
  expect(q.pick()).toEqual({ item: 2, inherits: true });
  expect(q.pick()).toEqual({ item: 1, inherits: false });
});

test("a full ring moves half of itself to the global queue, and nobody is lost", () => {
  const q = new Numbers();
  for (let i = 0; i < 1000; i++) q.putLast(i);
  expect(q.length).toBe(1000);
  expect(drain(q).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

test("the global queue isn't starved by goroutines that keep the ring busy", () => {
  const q = new Numbers();
  q.putGlobal(-1);
  q.putLast(0);
  let turns = 0;
  for (let p = q.pick(); p?.item !== -1 && turns < 200; p = q.pick(), turns++) q.putLast(turns);
  expect(turns).toBeLessThan(62);
});

test("timers fire by time, equal ones in the order in which they were set, stopped ones never", () => {
  const timers = new Timers();
  let seed = 1;
  const want: [number, number][] = [];
  for (let i = 0; i < 300; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    timers.add({ when: seed % 50, period: 0, wake: 0, closure: i, owner: i + 1 });
    if (i % 3 !== 0) want.push([seed % 50, i]);
  }
  for (let i = 0; i < 300; i += 3) expect(timers.remove(i + 1)).toBe(true);
  expect(timers.remove(1)).toBe(false);
  const got: [number, number][] = [];
  for (let t = timers.due(100); t !== undefined; t = timers.due(100)) got.push([t.when, t.closure]);
  expect(got).toEqual(want.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
});

test("a ticker that was missed fires once and goes on in step", () => {
  const timers = new Timers();
  timers.add({ when: 10, period: 10, wake: 0, closure: 1, owner: 1 });
  expect(timers.due(35)?.closure).toBe(1);
  expect(timers.due(35)).toBeUndefined();
  expect(timers.next).toBe(40);
});
