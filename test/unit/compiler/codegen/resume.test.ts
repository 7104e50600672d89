/** Normal code and both kinds of resume code of one function are the same function, wherever it is stopped. */
import { expect, test } from "vitest";
import { Random } from "../../../../src/base/random.ts";
import { execute } from "./machine.ts";
import { randomProgram } from "./random.ts";

test.each([false, true])("a program gives the same result and trace whether it never stops, always stops, or stops and re-enters at random; code for loops: %s", (loops) => {
  let stops = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const funcs = randomProgram(seed);
    const argument = BigInt(seed % 13);
    const plain = execute(funcs, argument, { blocks: () => false, polls: () => 0, slice: 1_000_000n, loops });
    const always = execute(funcs, argument, { blocks: () => true, polls: () => 0, slice: 1_000_000n, loops });
    const preempted = execute(funcs, argument, { blocks: () => false, polls: () => 1, slice: 1n, loops });
    const random = new Random(seed);
    const mixed = execute(funcs, argument, { blocks: () => random.below(2) === 0, polls: () => random.below(3), slice: 17n, loops });
    for (const run of [always, preempted, mixed]) {
      expect(run.result, `seed ${seed}`).toBe(plain.result);
      expect(run.log, `seed ${seed}`).toEqual(plain.log);
      stops += run.stops;
    }
  }
  expect(stops).toBeGreaterThan(500);
});
