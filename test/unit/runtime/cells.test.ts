/** Cells of the machine are told apart by their addresses alone, and several files claim some. */
import { expect, test } from "vitest";
import { CELL, MAP } from "../../../src/abi/structs.ts";
import { HEAP_CELL } from "../../../src/runtime/heap/layout.ts";
import { PARAMETERS } from "../../../src/runtime/rare.ts";
import { SCHED } from "../../../src/runtime/sched/cells.ts";

const claims = (): readonly (readonly [string, number])[] =>
  [
    ...Object.entries(CELL), ...Object.entries(HEAP_CELL), ...Object.entries(SCHED),
    ...[0, 1, 2, 3].map((n) => [`parameter ${n}`, PARAMETERS + 8 * n] as const),
  ].filter(([, at]) => at >= MAP.cells && at < MAP.zeroArea);

test("no two cells of the machine have one address", () => {
  const owners = new Map<number, string[]>();
  for (const [name, at] of claims()) owners.set(at, [...(owners.get(at) ?? []), name]);
  expect(owners.size).toBeGreaterThan(80);
  expect([...owners.values()].filter((names) => names.length > 1)).toEqual([]);
});

test("cells lie on words", () => {
  expect(claims().filter(([, at]) => at % 4 !== 0)).toEqual([]);
});
