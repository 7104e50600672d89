/**
 * Links units into one memory and one table, one after another; a later unit sees the symbols of earlier ones, and redefines them for its successors.
 *
 * What a Program holds and how its module imports are spelled is told in abi/program.ts. The linker runs nothing.
 *
 * Go: cmd/link (relocation, layout); at run time runtime/plugin.go is the nearest.
 */
import { bug } from "../../base/bug.ts";
import { compileOptimised } from "../../base/optimised.ts";
import { padded32, readPadded32 } from "../../wasm/bytes.ts";
import type { DataSymbol, Program, Relocation } from "../../abi/program.ts";
import type { Memory } from "../memory.ts";
import { Descriptors } from "./descriptors.ts";
import { type LinkedFunc, SiteTable } from "./sites.ts";
import type { DataSpace } from "./space.ts";

/** Where compiled code finds what is no Go: runtime calls and natives, made by process.ts. */
export interface Imports {
  /** The function behind import "r" `name`. */
  readonly entry: (name: string) => WebAssembly.ImportValue;
  /** The function behind import "n" `symbol`. */
  readonly native: (symbol: string) => WebAssembly.ImportValue;
}

/** A package variable or static composite in memory. */
export interface LinkedData {
  readonly symbol: DataSymbol;
  readonly at: number;
}

/** A unit after linking. */
export interface LinkedUnit {
  readonly program: Program;
  readonly dataBase: number;
  readonly tableBase: number;
  readonly siteBase: number;
  readonly funcs: readonly LinkedFunc[];
}

/** The symbols at one moment. */
export interface LinkerState {
  readonly units: number;
  readonly sites: number;
  readonly code: ReadonlyMap<string, WebAssembly.ImportValue>;
  readonly funcs: ReadonlyMap<string, LinkedFunc>;
  readonly data: ReadonlyMap<string, LinkedData>;
}

/** The symbols, types and code of one process. */
export class Linker {
  readonly sites = new SiteTable();
  readonly types: Descriptors;
  readonly table: WebAssembly.Table;
  readonly #memory: Memory;
  readonly #space: DataSpace;
  readonly #imports: Imports;
  readonly #units: LinkedUnit[] = [];
  readonly #code = new Map<string, WebAssembly.ImportValue>();
  readonly #funcs = new Map<string, LinkedFunc>();
  readonly #data = new Map<string, LinkedData>();
  readonly #unitOf = new Map<LinkedFunc, LinkedUnit>();
  #stub: (() => void) | undefined;

  constructor(memory: Memory, space: DataSpace, imports: Imports) {
    this.#memory = memory;
    this.#space = space;
    this.#imports = imports;
    this.types = new Descriptors(memory, space);
    this.table = new WebAssembly.Table({ initial: 16, element: "anyfunc" });
  }

  /** What fills the slots of resume code that isn't compiled yet; made by sched/trampoline.ts. */
  setStub(stub: () => void): void {
    this.#stub = stub;
  }

  /** Units in the order of linking. */
  get units(): readonly LinkedUnit[] {
    return this.#units;
  }

  /** The newest function of this symbol. */
  func(symbol: string): LinkedFunc | undefined {
    return this.#funcs.get(symbol);
  }

  /** The callable form of a function: `f(params)` of compiled code. */
  code(symbol: string): WebAssembly.ImportValue | undefined {
    return this.#code.get(symbol);
  }

  /** The newest package variable of this symbol. */
  data(symbol: string): LinkedData | undefined {
    return this.#data.get(symbol);
  }

  /** Every package variable with pointers, of all units: roots. */
  *roots(): Generator<LinkedData> {
    for (const unit of this.#units)
      for (const symbol of unit.program.symbols) if (symbol.pointers.length > 0) yield { symbol, at: unit.dataBase + symbol.offset };
  }

  /** Places data and code of `program`, and makes its functions callable. */
  link(program: Program): LinkedUnit {
    const unit = this.#place(program);
    this.#units.push(unit);
    for (const symbol of program.symbols) this.#data.set(symbol.symbol, { symbol, at: unit.dataBase + symbol.offset });
    for (const f of unit.funcs) {
      this.#funcs.set(f.info.symbol, f);
      this.#unitOf.set(f, unit);
    }
    this.sites.addUnit(unit.funcs, program.sites);
    this.types.add(program.types, (symbol) => this.#funcs.get(symbol)?.value ?? 0);
    for (const r of program.relocations) this.#relocate(unit, r);
    const exports = this.#instantiate(unit, moduleOf(unit), false);
    for (const f of unit.funcs) {
      const code = exports[`f:${f.info.symbol}`];
      if (code !== undefined) this.#code.set(f.info.symbol, code);
      const value = exports[`s:${f.info.symbol}`];
      if (typeof value === "function") this.table.set(f.value, value);
    }
    return unit;
  }

  /** Compiles the resume code of the function whose resume slot is `index`, and whatever its unit delivers with it. */
  compileResume(index: number): void {
    const func = this.sites.byResume(index);
    const unit = this.#unitOf.get(func) ?? bug(`${func.info.symbol} has no resume code`);
    const bytes = Uint8Array.from(unit.program.resume([unit.funcs.indexOf(func)]));
    this.#placeResume(unit, new WebAssembly.Module(bytes));
  }

  /** As compileResume, with the optimising compiler: for a function that is busy now. False if it is too large for that. */
  optimiseResume(func: LinkedFunc): boolean {
    const unit = this.#unitOf.get(func);
    const module = unit && compileOptimised(Uint8Array.from(unit.program.resume([unit.funcs.indexOf(func)])));
    if (!unit || !module) return false;
    this.#placeResume(unit, module);
    return true;
  }

  #placeResume(unit: LinkedUnit, module: WebAssembly.Module): void {
    const exports = this.#instantiate(unit, module, true);
    for (const f of unit.funcs) {
      const code = exports[`r:${f.info.symbol}`];
      if (typeof code === "function") this.table.set(f.resume, code);
    }
  }

  /** What a snapshot keeps: the symbols as they are now. */
  save(): LinkerState {
    return { units: this.#units.length, sites: this.sites.next, code: new Map(this.#code), funcs: new Map(this.#funcs), data: new Map(this.#data) };
  }

  /** Forgets units, types and symbols that came after `save`; `mark` is where data ended then. Table slots stay taken. */
  restore(state: LinkerState, mark: number): void {
    this.#units.length = state.units;
    this.sites.truncate(state.sites);
    this.types.release(mark);
    replace(this.#code, state.code);
    replace(this.#funcs, state.funcs);
    replace(this.#data, state.data);
  }

  #place(program: Program): LinkedUnit {
    const dataBase = this.#space.alloc(program.dataSize, 16);
    this.#memory.u8.set(program.data, dataBase);
    const tableBase = this.table.grow(program.slots, this.#stub);
    const siteBase = this.sites.next;
    const funcs = program.funcs.map((info) => ({
      info,
      resume: tableBase + info.resumeSlot,
      value: info.valueSlot < 0 ? 0 : tableBase + info.valueSlot,
      siteBase,
      helper: false,
      reentries: 0,
    }));
    return { program, dataBase, tableBase, siteBase, funcs };
  }

  #relocate(unit: LinkedUnit, r: Relocation): void {
    const at = unit.dataBase + r.offset;
    switch (r.to.kind) {
      case "data":
        return this.#memory.storePtr(at, unit.dataBase + r.to.addend);
      case "symbol":
        return this.#memory.storePtr(at, this.#dataAddress(r.to.symbol) + r.to.addend);
      case "type":
        return this.#memory.storePtr(at, this.types.address(r.to.id));
      case "itab":
        return this.#memory.storePtr(at, this.#itab(r.to.iface, r.to.type));
      case "slot":
        return this.#memory.storePtr(at, this.#slot(r.to.symbol));
    }
  }

  #dataAddress(symbol: string): number {
    return this.#data.get(symbol)?.at ?? bug(`no variable ${symbol}`);
  }

  #slot(symbol: string): number {
    const slot = this.#funcs.get(symbol)?.value ?? 0;
    return slot > 0 ? slot : bug(`no function value ${symbol}`);
  }

  #itab(iface: string, type: string): number {
    const at = this.types.itab(this.types.address(iface), this.types.address(type));
    return at > 0 ? at : bug(`${type} does not implement ${iface}`);
  }

  #instantiate(unit: LinkedUnit, module: WebAssembly.Module, resume: boolean): Readonly<Record<string, WebAssembly.ExportValue>> {
    const wanted: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      const group = (wanted[from] ??= {});
      group[name] ??= this.#resolve(unit, from, name, resume);
    }
    return new WebAssembly.Instance(module, wanted).exports;
  }

  #resolve(unit: LinkedUnit, from: string, name: string, resume: boolean): WebAssembly.ImportValue {
    switch (from) {
      case "m":
        return name === "table" ? this.table : this.#memory.wasm;
      case "b":
        return constant(name === "data" ? unit.dataBase : name === "table" ? unit.tableBase : unit.siteBase);
      case "f":
        return this.#code.get(name) ?? bug(`${resume ? "resume code" : "unit"} of ${unit.program.path} calls ${name}, which is not linked`);
      case "s":
        return constant(this.#slot(name));
      case "v":
        return constant(this.#dataAddress(name));
      case "t":
        return constant(this.types.address(name));
      case "i": {
        const [iface = "", type = ""] = name.split("\0");
        return constant(this.#itab(iface, type));
      }
      case "r":
        return this.#imports.entry(name);
      case "n":
        return this.#imports.native(name);
      default:
        return bug(`import from module ${from}`);
    }
  }
}

/** The compiled code of a unit at its bases; a unit that was linked at the same ones before, in another process, is not compiled again. */
function moduleOf(unit: LinkedUnit): WebAssembly.Module {
  const { program } = unit;
  const bases = `${unit.dataBase} ${unit.tableBase} ${unit.siteBase}`;
  if (program.compiled?.bases === bases) return program.compiled.module;
  const code = Uint8Array.from(program.wasm);
  patch(code, unit);
  const module = new WebAssembly.Module(code);
  program.compiled = { bases, module };
  return module;
}

/** Puts the unit's bases into its code. */
function patch(code: Uint8Array, unit: LinkedUnit): void {
  const bases = [unit.dataBase, unit.tableBase, unit.siteBase];
  for (const p of unit.program.patches ?? []) {
    const at = Math.floor(p / 4);
    code.set(padded32(readPadded32(code, at) + (bases[p % 4] ?? 0)), at);
  }
}

const constant = (value: number): WebAssembly.Global => new WebAssembly.Global({ value: "i32", mutable: false }, value);

function replace<V>(map: Map<string, V>, by: ReadonlyMap<string, V>): void {
  map.clear();
  for (const [symbol, value] of by) map.set(symbol, value);
}
