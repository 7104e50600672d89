/** Which loops stay long, from where the looks meet them. */
import { expect, test } from "vitest";
import type { LinkedFunc } from "../../../../src/runtime/link/index.ts";
import { Looks } from "../../../../src/runtime/sched/looks.ts";

const func = (): LinkedFunc => ({ resume: 0 }) as LinkedFunc;

test("a frame is counted each time that it is met again", () => {
  const looks = new Looks();
  const f = func();
  expect([looks.meet(900, f), looks.meet(900, f), looks.meet(900, f)]).toEqual([0, 1, 2]);
});

test("a loop is not forgotten while its callees are met", () => {
  const looks = new Looks();
  const [f, g] = [func(), func()];
  looks.meet(900, f);
  looks.meet(800, g);
  expect([looks.meet(900, f), looks.meet(800, g), looks.meet(900, f)]).toEqual([1, 0, 2]);
});

test("another function in the same place, and whatever was below, begins anew", () => {
  const looks = new Looks();
  const [f, g, h] = [func(), func(), func()];
  looks.meet(900, f);
  looks.meet(800, g);
  looks.meet(800, g);
  expect([looks.meet(800, h), looks.meet(900, g), looks.meet(900, f)]).toEqual([0, 0, 0]);
});
