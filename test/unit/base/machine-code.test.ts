/** Machine code of modules, kept and taken again. */
import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { machineCode } from "../../../src/base/machine-code.ts";
import { Code } from "../../../src/wasm/code.ts";
import { ModuleBuilder } from "../../../src/wasm/module.ts";
import { I32, OP } from "../../../src/wasm/opcodes.ts";

/** f(x) = x + n, g(x) = x - n */
function adding(n: number): Uint8Array<ArrayBuffer> {
  const m = new ModuleBuilder();
  for (const [name, op] of [["f", OP.i32_add], ["g", OP.i32_sub]] as const) {
    const code = new Code(1);
    code.get(0);
    code.i32(n);
    code.op(op);
    m.exportFunc(name, m.func(m.type([I32], [I32]), code));
  }
  return Uint8Array.from(m.encode());
}

const func = (module: WebAssembly.Module | undefined, name = "f"): ((x: number) => number) =>
  new WebAssembly.Instance(module ?? expect.unreachable()).exports[name] as (x: number) => number;

const tried = machineCode();

test("versions of V8 that were never tried are left alone", () => {
  expect(machineCode(undefined, "10.2.154.26-node.22")).toBeUndefined();
  expect(machineCode(undefined, "113.0")).toBeUndefined();
});

describe.skipIf(!tried)("machine code", () => {
  const machine = tried ?? expect.unreachable();
  const keep = (n: number): { readonly code: Uint8Array; readonly wire: Uint8Array } => {
    const wire = adding(n);
    const module = new WebAssembly.Module(wire);
    return { code: machine.of(module, func(module)) ?? expect.unreachable(), wire };
  };

  test("makes a module that does the same, with functions that had no code as well", () => {
    const { code, wire } = keep(5);
    const module = machine.module(code, wire);
    expect(func(module)(2)).toBe(7);
    expect(func(module, "g")(2)).toBe(-3);
  });

  test("is taken from the middle of other bytes", () => {
    const { code, wire } = keep(6);
    const all = Buffer.concat([Buffer.from("head"), code, wire]);
    expect(func(machine.module(all.subarray(4, 4 + code.length), all.subarray(4 + code.length)))(2)).toBe(8);
  });

  test("is none under other flags of V8, and is again under those it was made with", () => {
    const { code, wire } = keep(7);
    setFlagsFromString("--no-wasm-loop-peeling");
    expect(machine.module(code, wire)).toBeUndefined();
    const usually = machineCode((work) => (setFlagsFromString("--wasm-loop-peeling"), work()));
    expect(func(usually?.module(code, wire))(2)).toBe(9);
  });

  test("is none when it was made by another V8 or is cut short", () => {
    const { code, wire } = keep(8);
    const other = Uint8Array.from(code);
    other[5] = (other[5] ?? 0) ^ 1;
    expect(machine.module(other, wire)).toBeUndefined();
    expect(machine.module(code.subarray(0, 10), wire)).toBeUndefined();
    expect(machine.module(new Uint8Array(0), wire)).toBeUndefined();
  });

  test("is not asked for with what is no function of WebAssembly", () => {
    expect(machine.optimise(() => 1)).toBe(false);
  });
});
