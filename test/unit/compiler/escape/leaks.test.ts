/** Leaks of parameters, as tags. */
import { describe, expect, it } from "vitest";
import { Leaks } from "../../../../src/compiler/escape/leaks.ts";

describe("leaks", () => {
  it("the shortest way to each place counts", () => {
    const leaks = new Leaks();
    leaks.addHeap(2);
    leaks.addHeap(1);
    leaks.addHeap(3);
    expect(leaks.heap).toBe(1);
    expect(leaks.result(0)).toBe(-1);
  });

  it("a way to the heap makes equal and longer ones elsewhere irrelevant", () => {
    const leaks = new Leaks();
    leaks.addHeap(1);
    leaks.addResult(0, 1);
    leaks.addResult(1, 0);
    leaks.addMutator(2);
    leaks.optimize();
    expect([leaks.result(0), leaks.result(1), leaks.mutator]).toEqual([-1, 0, -1]);
  });

  it("a tag reads back, and the empty tag leaks to the heap", () => {
    const leaks = new Leaks();
    leaks.addMutator(0);
    leaks.addResult(4, 2);
    const back = Leaks.parse(leaks.encode());
    expect([back.heap, back.mutator, back.callee, back.result(4)]).toEqual([-1, 0, -1, 2]);
    expect(Leaks.parse("").heap).toBe(0);
    expect(new Leaks().encode()).toBe("esc:");
  });
});
