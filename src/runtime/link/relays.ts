/**
 * The table of relays of a process: how code reaches what it calls seldom without importing it.
 *
 * The host makes a wrapper for each signature of an imported function when it compiles a module, 0.1 ms each, and looks at every slot of an imported
 * table when it instantiates one. So a cell's code that runs once has a small table of its own for the runtime's calls and the library's functions, and
 * imports their slots as numbers. A slot is never given back; a function that is defined anew gets another.
 *
 * Go: no counterpart.
 */
import { ENTRIES, type EntryName } from "../../abi/entries.ts";
import { bug } from "../../base/bug.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { F32, F64, I32, I64, type ValType } from "../../wasm/opcodes.ts";

/** By how many slots the table grows. */
const STEP = 64;

const TYPES: Readonly<Record<string, ValType>> = { i: I32, I: I64, f: F32, F: F64 };

/** Functions that code calls by way of a table. */
export class Relays {
  readonly table = new WebAssembly.Table({ initial: STEP, element: "anyfunc" });
  readonly #slots = new Map<WebAssembly.ImportValue, number>();

  /** The slot of compiled code. */
  code(fn: WebAssembly.ImportValue): number {
    return this.#slots.get(fn) ?? this.#put(fn, fn);
  }

  /** The slot of a runtime call. A table holds only functions that come from a module, so one of TypeScript is led through one. */
  entry(name: string, fn: WebAssembly.ImportValue): number {
    return this.#slots.get(fn) ?? this.#put(fn, isCompiled(fn) ? fn : throughModule(name, fn));
  }

  #put(key: WebAssembly.ImportValue, fn: WebAssembly.ImportValue): number {
    const slot = this.#slots.size;
    if (slot === this.table.length) this.table.grow(STEP);
    this.table.set(slot, fn as Function);
    this.#slots.set(key, slot);
    return slot;
  }
}

/** Whether a function comes from a module: those of TypeScript have no number for a name. */
const isCompiled = (fn: WebAssembly.ImportValue): boolean => typeof fn === "function" && /^\d+$/.test(fn.name);

/** The function as one of WebAssembly. */
function throughModule(name: string, fn: WebAssembly.ImportValue): WebAssembly.ImportValue {
  const entry = ENTRIES[name as EntryName] ?? bug(`no runtime call ${name}`);
  const types = (letters: string): ValType[] => [...letters].map((c) => TYPES[c] ?? bug(`no type ${c}`));
  const m = new ModuleBuilder();
  m.exportFunc(name, m.importFunc("r", name, m.type(types(entry.params), types(entry.results))));
  const made = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(m.encode())), { r: { [name]: fn } }).exports[name];
  return made ?? bug(`${name} was not made`);
}
