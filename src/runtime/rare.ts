/**
 * Runtime calls that are rare, as functions of WebAssembly: each leaves its parameters in memory and calls one function of TypeScript with its number.
 *
 * The host makes a wrapper for each signature of a function of TypeScript that a module imports, for every module anew and with its optimising compiler:
 * a third of a millisecond each, some forty of them in a program that prints a line. Functions of another module need none.
 *
 * Go has nothing like it.
 */
import { ENTRIES, type Entry, type EntryName } from "../abi/entries.ts";
import { bug } from "../base/bug.ts";
import { Code } from "../wasm/code.ts";
import { ModuleBuilder } from "../wasm/module.ts";
import { I32, I64, OP } from "../wasm/opcodes.ts";
import type { Memory } from "./memory.ts";
import { OwnCode } from "./own-code.ts";

/** Where parameters lie meanwhile: 8 bytes each, four at most; behind the cells of the scheduler (sched/cells.ts). */
export const PARAMETERS = 0x1f00;

/** What ends or unwinds a goroutine, and morestack. */
const RARE = (Object.keys(ENTRIES) as EntryName[]).filter((name) => name === "morestack" || isRare(ENTRIES[name]));

function isRare({ may, params, results }: Entry): boolean {
  return may === "panic" && results === "" && params.length <= 4 && /^[iI]*$/.test(params);
}

/** The rare calls of these entries, for one memory. */
export function rareFunctions(memory: Memory, entry: (name: EntryName) => (...args: (number | bigint)[]) => unknown, own = new OwnCode()): Readonly<Record<string, Function>> {
  const call = (number: number): number => {
    const name = RARE[number] ?? bug(`no rare call ${number}`);
    const args = [...ENTRIES[name].params].map((type, i) => {
      const at = PARAMETERS + 8 * i;
      return type === "i" ? memory.load32(at) : memory.loadI64(at);
    });
    return Number(entry(name)(...args) ?? 0);
  };
  return own.exports("rare", rareModule, { m: { memory: memory.wasm }, r: { call } }) as Readonly<Record<string, Function>>;
}

function rareModule(): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  const call = m.importFunc("r", "call", m.type([I32], [I32]));
  RARE.forEach((name, number) => {
    const { params, results } = ENTRIES[name];
    const types = [...params].map((type) => (type === "i" ? I32 : I64));
    const c = new Code(types.length);
    types.forEach((type, i) => {
      c.i32(0);
      c.get(i);
      c.mem(type === I32 ? OP.i32_store : OP.i64_store, PARAMETERS + 8 * i);
    });
    c.i32(number);
    c.call(call);
    if (results === "") c.op(OP.drop);
    m.exportFunc(name, m.func(m.type(types, results === "" ? [] : [I32]), c));
  });
  return m.encode();
}
