import { describe, expect, it } from "vitest";
import { type Lab, newLab } from "./lab.ts";

/** Allocates an object of two words, the first a pointer. */
const node = (lab: Lab): ((to: number) => number) => {
  const type = lab.type(24, [0]);
  return (to) => {
    const p = lab.malloc.allocate(24, type);
    lab.memory.storePtr(p, to);
    return p;
  };
};

/** Collects and returns what was queued. */
function cycle(lab: Lab): string[] {
  lab.collector.collect();
  const ran: string[] = [];
  for (let q = lab.collector.specials.take(); q; q = lab.collector.specials.take()) ran.push(`${q.kind} ${q.closure}`);
  return ran;
}

const F1 = 1001;
const F2 = 1002;
const F3 = 1003;

describe("a finalizer", () => {
  it("runs once when its object is unreachable, and the object goes a cycle later", () => {
    const lab = newLab();
    const p = node(lab)(0);
    lab.collector.specials.setFinalizer(p, F1);
    lab.stack.push(p);
    expect(cycle(lab)).toEqual([]);
    lab.stack.length = 0;
    expect(cycle(lab)).toEqual([`finalizer ${F1}`]);
    expect(cycle(lab)).toEqual([]);
    let left = 0;
    lab.heap.forEachObject(() => left++);
    expect(left).toBe(0);
  });

  it("waits for those that point to its object: a chain takes one cycle a link", () => {
    const lab = newLab();
    const make = node(lab);
    const c = make(0);
    const b = make(c);
    const a = make(b);
    for (const [p, f] of [[a, F1], [b, F2], [c, F3]] as const) lab.collector.specials.setFinalizer(p, f);
    expect([cycle(lab), cycle(lab), cycle(lab), cycle(lab)]).toEqual([[`finalizer ${F1}`], [`finalizer ${F2}`], [`finalizer ${F3}`], []]);
  });

  it("never runs for objects in a cycle", () => {
    const lab = newLab();
    const make = node(lab);
    const a = make(0);
    const b = make(a);
    lab.memory.storePtr(a, b);
    for (const p of [a, b]) lab.collector.specials.setFinalizer(p, F1);
    expect([cycle(lab), cycle(lab)]).toEqual([[], []]);
  });

  it("can be set once and taken back", () => {
    const lab = newLab();
    const p = node(lab)(0);
    const { specials } = lab.collector;
    expect([specials.setFinalizer(p, F1), specials.setFinalizer(p, F2), specials.setFinalizer(p, 0), specials.setFinalizer(p, F3)])
      .toEqual([true, false, true, true]);
    expect(cycle(lab)).toEqual([`finalizer ${F3}`]);
  });
});

describe("a cleanup", () => {
  it("does not keep its object, runs when it is gone, and can be stopped", () => {
    const lab = newLab();
    const p = node(lab)(0);
    const { specials } = lab.collector;
    specials.addCleanup(p, F1);
    specials.stopCleanup(specials.addCleanup(p, F2));
    expect(cycle(lab)).toEqual([`cleanup ${F1}`]);
    expect(cycle(lab)).toEqual([]);
  });

  it("waits until a finalizer of the same object has run", () => {
    const lab = newLab();
    const p = node(lab)(0);
    lab.collector.specials.addCleanup(p, F2);
    lab.collector.specials.setFinalizer(p, F1);
    expect([cycle(lab), cycle(lab)]).toEqual([[`finalizer ${F1}`], [`cleanup ${F2}`]]);
  });
});

describe("a weak pointer", () => {
  it("is nil once its object is unreachable, also before the sweeper came by", () => {
    const lab = newLab();
    const p = node(lab)(0);
    const { specials, sweep } = lab.collector;
    const handle = specials.weakHandle(p, () => lab.malloc.allocate(8, 0));
    expect(specials.weakHandle(p, () => 0)).toBe(handle);
    lab.stack.push(handle, p);
    lab.collector.collect();
    expect(specials.strong(handle, sweep, false)).toBe(p);
    lab.stack.length = 1;
    lab.collector.begin();
    lab.collector.finishMark();
    expect(specials.strong(handle, sweep, false)).toBe(0);
  });
});
