/** Stack memory: pieces never overlap, and Go's sizes halve and double by Go's rules. */
import { expect, test } from "vitest";
import { shrunkSize, STACK_MIN, StackPool } from "../../../../src/runtime/stack/index.ts";

test("pieces of a pool never overlap and are used again", () => {
  let next = 0x100000;
  const pool = new StackPool({ allocStack: (pages) => (next += pages * 8192) - pages * 8192, freeStack: () => undefined });
  const taken = new Map<number, number>();
  for (let i = 0; i < 500; i++) {
    const size = STACK_MIN << (i % 6);
    const at = pool.alloc(size);
    for (const [other, length] of taken) expect(at >= other + length || at + size <= other).toBe(true);
    taken.set(at, size);
    if (i % 3 === 0) {
      pool.free(at, size);
      taken.delete(at);
    }
  }
});

test("a span goes back when all of its pieces are free, and no sooner", () => {
  const given: number[] = [];
  let next = 0x100000;
  const pool = new StackPool({ allocStack: (pages) => (next += pages * 8192) - pages * 8192, freeStack: (at) => void given.push(at) });
  const pieces = Array.from({ length: 17 }, () => pool.alloc(STACK_MIN));
  for (const at of pieces.slice(0, 15)) pool.free(at, STACK_MIN);
  pool.trim();
  expect(given).toEqual([]);
  pool.free(pieces[15] ?? 0, STACK_MIN);
  pool.trim();
  expect(given).toEqual([0x100000]);
  pool.trim();
  expect(given).toHaveLength(1);
  expect(pool.alloc(STACK_MIN)).toBe(0x100000 + 32768 + STACK_MIN);
});

test("a stack shrinks by half when less than a quarter is in use, never below 2 KiB", () => {
  expect(shrunkSize(1 << 20, 100)).toBe(1 << 19);
  expect(shrunkSize(8192, 2048 - 800)).toBe(8192);
  expect(shrunkSize(8192, 2048 - 801)).toBe(4096);
  expect(shrunkSize(2048, 40)).toBe(2048);
});
