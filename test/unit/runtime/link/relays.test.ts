import { expect, test } from "vitest";
import { Relays } from "../../../../src/runtime/link/relays.ts";
import { ModuleBuilder } from "../../../../src/wasm/module.ts";
import { Code } from "../../../../src/wasm/code.ts";
import { I32 } from "../../../../src/wasm/opcodes.ts";

/** A compiled function that answers `n`. */
function answering(n: number): () => number {
  const m = new ModuleBuilder();
  const code = new Code(0);
  code.i32(n);
  m.exportFunc("f", m.func(m.type([], [I32]), code));
  return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(m.encode())), {}).exports["f"] as () => number;
}

test("a function keeps its slot, and one that is defined anew gets another", () => {
  const relays = new Relays();
  const [old, anew] = [answering(1), answering(2)];
  const slot = relays.code(old);
  expect(relays.code(old)).toBe(slot);
  const other = relays.code(anew);
  expect([relays.table.get(slot), relays.table.get(other)].map((f) => (f as () => number)())).toEqual([1, 2]);
});

test("a runtime call of TypeScript stands in the table too", () => {
  const relays = new Relays();
  const asked: number[] = [];
  const poll = (resumed: number): number => asked.push(resumed);
  const slot = relays.entry("poll", poll);
  expect((relays.table.get(slot) as (n: number) => number)(7)).toBe(1);
  expect([asked, relays.entry("poll", poll)]).toEqual([[7], slot]);
});

test("there is room for any number of functions", () => {
  const relays = new Relays();
  const slots = Array.from({ length: 200 }, (_, i) => relays.code(answering(i)));
  expect(slots.map((s) => (relays.table.get(s) as () => number)())).toEqual(slots.map((_, i) => i));
});
