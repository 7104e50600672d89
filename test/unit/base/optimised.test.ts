/** Modules that are compiled well at once. */
import { expect, test } from "vitest";
import { compileOptimised } from "../../../src/base/optimised.ts";
import { Code } from "../../../src/wasm/code.ts";
import { ModuleBuilder } from "../../../src/wasm/module.ts";
import { I32, OP } from "../../../src/wasm/opcodes.ts";

/** f(x) = x + 1 + 1 ... */
function adding(times: number): Uint8Array<ArrayBuffer> {
  const m = new ModuleBuilder();
  const code = new Code(1);
  code.get(0);
  for (let i = 0; i < times; i++) {
    code.i32(1);
    code.op(OP.i32_add);
  }
  m.exportFunc("f", m.func(m.type([I32], [I32]), code));
  return Uint8Array.from(m.encode());
}

test("a small module is compiled and does what it says", () => {
  const module = compileOptimised(adding(3));
  const f = module && (new WebAssembly.Instance(module).exports["f"] as (x: number) => number);
  expect(f?.(4)).toBe(7);
});

test("a large module is left to its first calls", () => {
  expect(compileOptimised(adding(20_000))).toBeUndefined();
});

test("a module that is compiled afterwards is compiled as ever", () => {
  compileOptimised(adding(1));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(adding(2)));
  expect((instance.exports["f"] as (x: number) => number)(4)).toBe(6);
});
