/**
 * A WebAssembly module in the making: types, imports, functions, exports; `encode` gives its bytes.
 *
 * All function imports come before the first function, because they share one index space:
 *
 *     const m = new ModuleBuilder();
 *     m.importMemory("m", "memory");
 *     const log = m.importFunc("e", "log", m.type([I32], []));
 *     const f = m.declare(m.type([I32], [I32]));   // its index is known, so recursion can be written
 *     m.define(f, code);
 *     m.exportFunc("f", f);
 *     new WebAssembly.Module(m.encode());
 *
 * Names are never looked at; two calls with the same type share one entry.
 */
import { bug } from "../base/bug.ts";
import { ByteWriter } from "./bytes.ts";
import type { Code } from "./code.ts";
import { F32, F64, I32, I64, OP, type ValType } from "./opcodes.ts";

interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  readonly write: (out: ByteWriter) => void;
}

interface Global {
  readonly type: ValType;
  readonly mutable: boolean;
  readonly value: number | bigint;
}

const SECTION = { type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, element: 9, code: 10 } as const;
/** An element segment that is put into a table when the module is instantiated; functions by index. */
const ACTIVE = 2;
const KIND = { func: 0, table: 1, memory: 2, global: 3 } as const;
const FUNCREF = 0x70;
/** Flags of the limits of a shared memory, and its largest size. */
const SHARED = 3;
const MAX_PAGES = 65536;

export class ModuleBuilder {
  readonly #types = new Map<string, number>();
  readonly #typeBytes = new ByteWriter();
  readonly #imports: Import[] = [];
  readonly #funcTypes: number[] = [];
  readonly #codes: (Code | Uint8Array | undefined)[] = [];
  readonly #globals: Global[] = [];
  readonly #exports: { readonly name: string; readonly kind: number; readonly index: number }[] = [];
  /** After `encode`: where in the bytes the patched constants are. */
  patches: readonly { readonly at: number; readonly kind: number }[] = [];
  #memoryPages: number | undefined;
  #importedFuncs = 0;
  #importedGlobals = 0;
  #importedTables = 0;
  /** Slots of the table of its own. */
  #ownTable: number | undefined;
  readonly #elements: { readonly table: number; readonly at: number; readonly funcs: readonly number[] }[] = [];

  /** The index of the function type with these parameters and results. */
  type(params: readonly ValType[], results: readonly ValType[]): number {
    const key = `${params.join()}>${results.join()}`;
    const known = this.#types.get(key);
    if (known !== undefined) return known;
    const index = this.#types.size;
    this.#types.set(key, index);
    this.#typeBytes.u8(0x60);
    for (const list of [params, results]) {
      this.#typeBytes.u32(list.length);
      for (const t of list) this.#typeBytes.u8(t);
    }
    return index;
  }

  /** Imports a function and returns its index. */
  importFunc(module: string, name: string, type: number): number {
    if (this.#funcTypes.length > 0) bug("a function import after the first function");
    this.#import(module, name, KIND.func, (out) => out.u32(type));
    return this.#importedFuncs++;
  }

  /** Imports a shared memory of any size. */
  importMemory(module: string, name: string): void {
    this.#import(module, name, KIND.memory, (out) => {
      out.u8(SHARED);
      out.u32(1);
      out.u32(MAX_PAGES);
    });
  }

  /** Imports a table of functions and returns its index. */
  importTable(module: string, name: string): number {
    this.#import(module, name, KIND.table, (out) => {
      out.u8(FUNCREF);
      out.u8(0);
      out.u32(0);
    });
    return this.#importedTables++;
  }

  /** Imports an immutable global and returns its index. */
  importGlobal(module: string, name: string, type: ValType): number {
    if (this.#globals.length > 0) bug("a global import after the first global");
    this.#import(module, name, KIND.global, (out) => {
      out.u8(type);
      out.u8(0);
    });
    return this.#importedGlobals++;
  }

  /** A memory of the module's own, exported as `memory`. */
  memory(pages: number): void {
    this.#memoryPages = pages;
    this.#exports.push({ name: "memory", kind: KIND.memory, index: 0 });
  }

  /** A global of the module's own; returns its index. */
  global(type: ValType, mutable: boolean, value: number | bigint): number {
    return this.#importedGlobals + this.#globals.push({ type, mutable, value }) - 1;
  }

  /** A function whose body comes later; returns its index. */
  declare(type: number): number {
    this.#codes.push(undefined);
    return this.#importedFuncs + this.#funcTypes.push(type) - 1;
  }

  /** Gives a declared function its body: code, or the bytes of one (locals and instructions). */
  define(func: number, code: Code | Uint8Array): void {
    this.#codes[func - this.#importedFuncs] = code;
  }

  /** A function with its body; returns its index. */
  func(type: number, code: Code): number {
    const index = this.declare(type);
    this.define(index, code);
    return index;
  }

  /** A table of the module's own with these functions, exported as `name`. An export each would have the host make a wrapper for each signature at once. */
  functions(name: string, funcs: readonly number[]): void {
    this.#ownTable = funcs.length;
    this.#exports.push({ name, kind: KIND.table, index: this.#importedTables });
    if (funcs.length > 0) this.element(this.#importedTables, 0, funcs);
  }

  /** Puts functions into a table from slot `at` on, when the module is instantiated. */
  element(table: number, at: number, funcs: readonly number[]): void {
    this.#elements.push({ table, at, funcs });
  }

  exportFunc(name: string, func: number): void {
    this.#exports.push({ name, kind: KIND.func, index: func });
  }

  exportGlobal(name: string, global: number): void {
    this.#exports.push({ name, kind: KIND.global, index: global });
  }

  /** What has been imported so far. */
  get imported(): readonly { readonly module: string; readonly name: string; readonly kind: number }[] {
    return this.#imports.map(({ module, name, kind }) => ({ module, name, kind }));
  }

  /** The module's bytes. */
  encode(): Uint8Array {
    const out = new ByteWriter(4096);
    out.raw(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    const types = new ByteWriter();
    types.u32(this.#types.size);
    types.append(this.#typeBytes);
    section(out, SECTION.type, types);
    vector(out, SECTION.import, this.#imports, (w, i) => {
      w.name(i.module);
      w.name(i.name);
      w.u8(i.kind);
      i.write(w);
    });
    vector(out, SECTION.function, this.#funcTypes, (w, type) => w.u32(type));
    vector(out, SECTION.table, this.#ownTable === undefined ? [] : [this.#ownTable], (w, slots) => {
      w.u8(FUNCREF);
      w.u8(1);
      w.u32(slots);
      w.u32(slots);
    });
    vector(out, SECTION.memory, this.#memoryPages === undefined ? [] : [this.#memoryPages], (w, pages) => {
      w.u8(0);
      w.u32(pages);
    });
    vector(out, SECTION.global, this.#globals, writeGlobal);
    vector(out, SECTION.export, this.#exports, (w, e) => {
      w.name(e.name);
      w.u8(e.kind);
      w.u32(e.index);
    });
    vector(out, SECTION.element, this.#elements, writeElement);
    this.#writeCode(out);
    return out.bytes();
  }

  #writeCode(out: ByteWriter): void {
    if (this.#codes.length === 0) return;
    const content = new ByteWriter(4096);
    content.u32(this.#codes.length);
    const found = this.#codes.flatMap((code) => writeCode(content, code ?? bug("a function without a body")));
    section(out, SECTION.code, content);
    const start = out.length - content.length;
    this.patches = found.map(({ at, kind }) => ({ at: start + at, kind }));
  }

  #import(module: string, name: string, kind: number, write: (out: ByteWriter) => void): void {
    this.#imports.push({ module, name, kind, write });
  }
}

function writeCode(out: ByteWriter, code: Code | Uint8Array): { readonly at: number; readonly kind: number }[] {
  if (!(code instanceof Uint8Array)) return code.writeTo(out);
  out.u32(code.length);
  out.raw(code);
  return [];
}

function section(out: ByteWriter, id: number, content: ByteWriter): void {
  out.u8(id);
  out.sized(content);
}

/** A section that is a counted list; left out where the list is empty. */
function vector<T>(out: ByteWriter, id: number, list: readonly T[], write: (w: ByteWriter, item: T) => void): void {
  if (list.length === 0) return;
  const content = new ByteWriter(1024);
  content.u32(list.length);
  for (const item of list) write(content, item);
  section(out, id, content);
}

function writeElement(w: ByteWriter, { table, at, funcs }: { readonly table: number; readonly at: number; readonly funcs: readonly number[] }): void {
  w.u8(ACTIVE);
  w.u32(table);
  w.u8(OP.i32_const);
  w.s32(at);
  w.u8(OP.end);
  w.u8(KIND.func);
  w.u32(funcs.length);
  for (const f of funcs) w.u32(f);
}

function writeGlobal(w: ByteWriter, g: Global): void {
  w.u8(g.type);
  w.u8(g.mutable ? 1 : 0);
  switch (g.type) {
    case I32: w.u8(OP.i32_const); w.s32(Number(g.value)); break;
    case I64: w.u8(OP.i64_const); w.s64(g.value); break;
    case F32: w.u8(OP.f32_const); w.f32(Number(g.value)); break;
    case F64: w.u8(OP.f64_const); w.f64(Number(g.value)); break;
  }
  w.u8(OP.end);
}
