/** The encoder's modules run: what it writes, WebAssembly accepts and executes. */
import { expect, test } from "vitest";
import { Code } from "../../../src/wasm/code.ts";
import { ModuleBuilder } from "../../../src/wasm/module.ts";
import { F64, I32, I64, OP } from "../../../src/wasm/opcodes.ts";

function instance(m: ModuleBuilder, imports: WebAssembly.Imports = {}): Record<string, (...args: never[]) => unknown> {
  return new WebAssembly.Instance(new WebAssembly.Module(m.encode()), imports).exports as Record<string, (...args: never[]) => unknown>;
}

test.each([0n, 63n, 64n, -64n, -65n, 2n ** 31n, -(2n ** 31n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)])("a 64-bit constant %s comes back", (value) => {
  const m = new ModuleBuilder();
  const c = new Code(0);
  c.i64(value);
  m.exportFunc("f", m.func(m.type([], [I64]), c));
  expect(instance(m)["f"]!()).toBe(value);
});

test.each([0, 63, 64, -64, -65, 127, 128, 0x7fffffff, -0x80000000])("a 32-bit constant %s comes back", (value) => {
  const m = new ModuleBuilder();
  const c = new Code(0);
  c.i32(value);
  m.exportFunc("f", m.func(m.type([], [I32]), c));
  expect(instance(m)["f"]!()).toBe(value);
});

test("a loop adds numbers until a branch leaves it", () => {
  const m = new ModuleBuilder();
  const c = new Code(1);
  const sum = c.local(I32);
  const out = c.block();
  const top = c.loop();
  c.get(0); c.op(OP.i32_eqz); c.brIf(out);
  c.get(sum); c.get(0); c.op(OP.i32_add); c.set(sum);
  c.get(0); c.i32(1); c.op(OP.i32_sub); c.set(0);
  c.br(top);
  c.end();
  c.end();
  c.get(sum);
  m.exportFunc("sum", m.func(m.type([I32], [I32]), c));
  expect(instance(m)["sum"]!(...([10] as never[]))).toBe(55);
});

test("functions call imports and each other, also before they are defined", () => {
  const m = new ModuleBuilder();
  const twice = m.importFunc("e", "twice", m.type([F64], [F64]));
  const type = m.type([F64], [F64]);
  const f = m.declare(type);
  const g = m.declare(type);
  const cf = new Code(1);
  cf.get(0); cf.call(g); cf.f64(0.5); cf.op(OP.f64_add);
  m.define(f, cf);
  const cg = new Code(1);
  cg.get(0); cg.call(twice);
  m.define(g, cg);
  m.exportFunc("f", f);
  expect(instance(m, { e: { twice: (x: number) => 2 * x } })["f"]!(...([4] as never[]))).toBe(8.5);
});

test("memory of its own is written, copied and read", () => {
  const m = new ModuleBuilder();
  m.memory(1);
  const c = new Code(0);
  c.i32(16); c.i64(-2n); c.mem(OP.i64_store, 8);
  c.i32(100); c.i32(24); c.i32(8); c.memoryCopy();
  c.i32(100); c.mem(OP.i64_load, 0);
  m.exportFunc("f", m.func(m.type([], [I64]), c));
  expect(instance(m)["f"]!()).toBe(-2n);
});

test("functions stand in an exported table of the module's own, and elements in an imported one", () => {
  const m = new ModuleBuilder();
  const table = m.importTable("m", "table");
  const type = m.type([], [I32]);
  const funcs = [7, 8].map((n) => {
    const c = new Code(0);
    c.i32(n);
    return m.func(type, c);
  });
  m.functions("functions", funcs);
  m.element(table, 3, [funcs[1] ?? 0]);
  const shared = new WebAssembly.Table({ initial: 5, element: "anyfunc" });
  const own = instance(m, { m: { table: shared } })["functions"] as unknown as WebAssembly.Table;
  expect([0, 1].map((i) => (own.get(i) as () => number)())).toEqual([7, 8]);
  expect((shared.get(3) as () => number)()).toBe(8);
  expect(shared.get(2)).toBe(null);
});
