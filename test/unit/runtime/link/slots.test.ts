import { expect, test } from "vitest";
import { Slots } from "../../../../src/runtime/link/slots.ts";

test("slots are handed out one behind the other, behind those of the helper frames", () => {
  const slots = new Slots();
  expect([slots.take(3), slots.take(1), slots.take(2)]).toEqual([16, 19, 20]);
});

test("the table grows by many slots at once and holds what was asked for", () => {
  const slots = new Slots();
  slots.take(1);
  const length = slots.table.length;
  slots.take(100);
  expect(slots.table.length).toBe(length);
  const last = slots.take(10_000) + 9_999;
  expect(slots.table.length).toBeGreaterThan(last);
});
