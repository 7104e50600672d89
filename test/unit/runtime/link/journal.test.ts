import { expect, test } from "vitest";
import { JournalMap } from "../../../../src/runtime/link/journal.ts";

test("a map goes back to what it held, however often a key was set since", () => {
  const map = new JournalMap<string, number>();
  map.set("a", 1);
  const then = map.save();
  map.set("a", 2);
  map.set("b", 3);
  map.set("a", 4);
  map.restore(then);
  expect([map.get("a"), map.get("b")]).toEqual([1, undefined]);
});

test("an earlier state can be gone back to after a later one", () => {
  const map = new JournalMap<string, number>();
  const empty = map.save();
  map.set("a", 1);
  const one = map.save();
  map.set("a", 2);
  map.restore(one);
  expect(map.get("a")).toBe(1);
  map.set("a", 5);
  map.restore(empty);
  expect(map.get("a")).toBeUndefined();
});
