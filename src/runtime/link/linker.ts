/**
 * Links units into one memory and one table, one after another; a later unit sees the symbols of earlier ones, and redefines them for its successors.
 *
 * What a Program holds and how its module imports are spelled is told in abi/program.ts. The linker runs nothing.
 *
 * Go: cmd/link (relocation, layout); at run time runtime/plugin.go is the nearest.
 */
import { bug } from "../../base/bug.ts";
import { padded32, readPadded32 } from "../../wasm/bytes.ts";
import type { LibraryUnit } from "../../abi/library.ts";
import { type DataSymbol, exportName, type FuncInfo, type Program, type ProgramImport, type Relocation, type SiteInfo, type StackObject } from "../../abi/program.ts";
import { importsOf } from "../../wasm/split.ts";
import type { Memory } from "../memory.ts";
import { type KeptCode, Modules } from "../modules.ts";
import { Descriptors } from "./descriptors.ts";
import { funcOf, type HeldUnit, Library, RESUME_KEPT } from "./library.ts";
import type { ImageImport, LinkImage } from "./image.ts";
import { JournalMap } from "./journal.ts";
import { type LinkedFunc, SiteTable } from "./sites.ts";
import { Relays } from "./relays.ts";
import { Slots } from "./slots.ts";
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

/** A unit in memory. */
export interface PlacedUnit {
  readonly path: string;
  readonly symbols: () => readonly DataSymbol[];
  /** Offsets in its data of all pointer words of its variables. */
  readonly roots: () => ArrayLike<number>;
  readonly dataBase: number;
  readonly tableBase: number;
  readonly siteBase: number;
}

/** What linking needs of a program once its types and data are in memory; call sites are asked for one by one. */
export interface LinkableProgram extends Pick<Program, "path" | "wasm" | "patches" | "imports" | "funcs" | "symbols" | "slots" | "resume" | "resumeLoops"> {
  readonly siteCount: number;
  readonly site: (n: number) => SiteInfo | undefined;
}

/** A program's or cell's unit after linking. */
export interface LinkedUnit extends PlacedUnit {
  readonly program: LinkableProgram;
  readonly funcs: readonly LinkedFunc[];
}

/** Code that the runtime writes itself: one function with its resume code and two table slots. */
export interface MadeCode {
  readonly symbol: string;
  /** Bytes of its frame. */
  readonly frame: number;
  readonly objects: readonly StackObject[];
  /** Live words at each of its call sites. */
  readonly sites: readonly { readonly pointers: readonly number[]; readonly objects: readonly number[] }[];
  /** Its module, for these bases: resume code goes to the first slot, exported as `resume`, the function to the second, as `code`. */
  readonly module: (bases: { readonly table: number; readonly site: number }) => Uint8Array;
}

/** The symbols at one moment. */
export interface LinkerState {
  readonly units: number;
  readonly sites: ReturnType<SiteTable["save"]>;
  readonly library: ReturnType<Library["save"]>;
  readonly code: number;
  readonly funcs: number;
  readonly data: number;
}

/** The symbols, types and code of one process. */
export class Linker {
  readonly sites = new SiteTable();
  readonly types: Descriptors;
  readonly #slots = new Slots();
  /** Where the whole resume code of a function is whose own slot has the code for loops. */
  readonly #elsewhere = new Map<LinkedFunc, number>();
  readonly #relays = new Relays();
  readonly #memory: Memory;
  readonly #space: DataSpace;
  readonly #imports: Imports;
  readonly #library: Library;
  readonly #units: PlacedUnit[] = [];
  readonly #code = new JournalMap<string, WebAssembly.ImportValue>();
  readonly #funcs = new JournalMap<string, LinkedFunc>();
  readonly #data = new JournalMap<string, LinkedData>();
  readonly #unitOf = new Map<LinkedFunc, LinkedUnit>();
  readonly #modules: Modules;
  /** Busy functions that would take too long to be optimised for the next process. */
  readonly #large = new Set<LinkedFunc>();

  constructor(memory: Memory, space: DataSpace, imports: Imports, modules = new Modules()) {
    this.#memory = memory;
    this.#space = space;
    this.#imports = imports;
    this.#modules = modules;
    this.#library = new Library({
      modules, slots: this.#slots, memory: memory.wasm, constant: (module, name, home) => this.#constant(module, name, home), entry: imports.entry, native: imports.native,
    });
    this.types = new Descriptors(memory, space, {
      type: (id, home) => this.#library.type(id, home),
      unit: (path) => this.#library.unit(path),
      code: (symbol) => this.#funcs.get(symbol)?.value ?? this.#library.slot(symbol),
      want: (slot) => this.#library.want(slot),
    });
  }

  /** The functions that are reached by number. */
  get table(): WebAssembly.Table {
    return this.#slots.table;
  }

  /** What fills the slots of resume code that isn't compiled yet; made by sched/trampoline.ts. */
  setStub(stub: () => void): void {
    this.#slots.fillWith(stub);
  }

  /** Units in the order of linking. */
  get units(): readonly PlacedUnit[] {
    return this.#units;
  }

  /** The newest function of this symbol. */
  func(symbol: string): LinkedFunc | undefined {
    return this.#funcs.get(symbol) ?? this.#library.func(symbol);
  }

  /** The callable form of a function: `f(params)` of compiled code. One of the library is linked if it is not yet. */
  code(symbol: string): WebAssembly.ImportValue | undefined {
    const own = this.#code.get(symbol);
    if (own) return own;
    if (!this.#library.code(symbol)) this.#library.require(symbol);
    return this.#library.code(symbol);
  }

  /** Links functions of the library before anybody calls them. */
  ready(symbols: readonly string[]): void {
    this.#library.collect(() => symbols.forEach((symbol) => this.#library.require(symbol)));
    for (const name of ["morestack", "poll"]) this.#relays.entry(name, this.#imports.entry(name));
  }

  /** Functions of the library whose code is linked. */
  linkedLibrary(): readonly string[] {
    return this.#library.linked();
  }

  /** Makes sure that a table slot which was read from a descriptor can be called. */
  callable(slot: number): number {
    this.#library.want(slot);
    return slot;
  }

  /** The newest package variable of this symbol. */
  data(symbol: string): LinkedData | undefined {
    return this.#data.get(symbol) ?? this.#library.data(symbol);
  }

  /** Every package variable with pointers, of all units: roots. */
  *roots(): Generator<LinkedData> {
    for (const unit of this.#units)
      for (const symbol of unit.symbols()) if (symbol.pointers.length > 0) yield { symbol, at: unit.dataBase + symbol.offset };
  }

  /** The addresses of all their pointer words, in that order. */
  rootWords(): Uint32Array {
    const roots = this.#units.map((unit) => ({ base: unit.dataBase, offsets: unit.roots() }));
    const words = new Uint32Array(roots.reduce((n, { offsets }) => n + offsets.length, 0));
    let n = 0;
    for (const { base, offsets } of roots) for (let i = 0; i < offsets.length; i++) words[n++] = base + offsets[i]!;
    return words;
  }

  /** Places the data of a package of the library; its functions are linked when something reaches them. */
  hold(units: readonly LibraryUnit[]): void {
    this.#library.collect(() => units.forEach((unit) => this.#hold(unit)));
  }

  #hold(unit: LibraryUnit): void {
    const placed = this.#place(unit, unit.data());
    this.#add(unit, placed);
    for (const r of unit.relocations()) this.#relocate(placed, r, unit);
  }

  /** Remembers how packages of the library are linked from now on, so that `capture` can answer. For a fresh process. */
  record(): void {
    this.#library.record();
  }

  /** What is linked now, of which `unit` is the last and the only program; nothing may have run. Made when it is asked for. Undefined if there is no such image. */
  capture(unit: LinkedUnit): (() => LinkImage) | undefined {
    const modules = this.#library.capture();
    if (!modules || this.#units.length !== this.#library.units.length + 1 || this.#space.used > LARGEST_IMAGE) return undefined;
    const [space, types, slots] = [this.#space.capture(), this.types.capture(this.#library.units.map((h) => h.unit)), this.#slots.taken];
    const { dataBase, tableBase, siteBase, program } = unit;
    return () => ({
      space: space(), types: types(), modules: modules(), slots, program: { dataBase, tableBase, siteBase }, imports: (program.imports ?? importsOf(program.wasm)).map((i) => this.#imageImport(unit, i)),
      units: this.#library.units.map(({ unit: u, ...at }) => ({
        path: u.path, dataBase: at.dataBase, tableBase: at.tableBase, siteBase: at.siteBase, dataSize: u.dataSize, slots: u.slots, sites: u.sites, count: u.count, bodies: u.bodies, inits: u.inits().map((symbol) => [symbol, u.numberOf(symbol) ?? bug(`no ${symbol}`)] as const),
      })),
    });
  }

  #imageImport(unit: LinkedUnit, { module: from, name }: { readonly module: string; readonly name: string }): ImageImport {
    if (from === "f") return { from, name, code: this.#library.placeOf(name) ?? bug(`${name} is not linked`) };
    if (from === "b") return { from, name, value: this.#base(unit, name) };
    return "svti".includes(from) ? { from, name, value: this.#constant(from, name) } : { from, name };
  }

  /** Puts an image in place of what is linked, which is nothing yet. `units` are the library's, in the image's order. */
  adopt(image: LinkImage, units: readonly LibraryUnit[], program: LinkableProgram): LinkedUnit {
    this.#space.adopt(image.space);
    this.#slots.take(image.slots - this.#slots.taken);
    image.units.forEach(({ dataBase, tableBase, siteBase }, i) => {
      const unit = units[i] ?? bug("an image with more units than it names");
      this.#add(unit, { path: unit.path, symbols: unit.symbols, roots: unit.roots, dataBase, tableBase, siteBase });
    });
    this.types.adopt(image.types, units);
    this.#library.adopt(image.modules);
    image.units.forEach(({ inits }, i) => this.#library.know(i, inits));
    const linked = linkedAt(program, { path: program.path, symbols: () => program.symbols, roots: rootsOf(program.symbols), ...image.program });
    this.#addProgram(linked);
    const wanted: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    for (const { from, name, value, code } of image.imports) {
      (wanted[from] ??= {})[name] = value !== undefined ? constant(value) : code ? this.#library.codeAt(code) : this.#resolve(linked, from, name, "unit");
    }
    const code = codeOf(linked);
    const module = this.#modules.make(code, PROGRAM);
    this.#takeCode(linked, new WebAssembly.Instance(module, wanted).exports);
    this.#know(linked, code, module);
    return linked;
  }

  /** Places data and code of `program`, and makes its functions callable; `roots` are functions of the library that will be called besides. */
  link(program: Program, roots: readonly string[] = []): LinkedUnit {
    const { symbols, sites } = program;
    const place = this.#place({ ...program, symbols: () => symbols, roots: rootsOf(symbols) }, program.data);
    const unit = linkedAt({ ...program, site: (n) => sites[n], siteCount: sites.length }, place);
    this.#addProgram(unit);
    this.#library.collect(() => {
      this.types.add(program.types);
      for (const r of program.relocations) this.#relocate(unit, r);
      for (const root of roots) this.#library.require(root);
      for (const { module, name } of program.imports ?? importsOf(program.wasm)) {
        if (module === "f") this.#library.require(name);
        else if (module === "s" || module === "i") this.#constant(module, name);
      }
    });
    const { code, module } = moduleOf(unit, program);
    this.#takeCode(unit, this.#instantiate(unit, module, { what: "unit", ...(program.imports ? { imports: program.imports } : {}) }));
    this.#know(unit, code, module);
    return unit;
  }

  /** `module` has the normal code of `unit`. */
  #know(unit: LinkedUnit, code: Uint8Array, module: WebAssembly.Module): void {
    const [first, ...others] = unit.funcs;
    // A small frame is the sign of a function that is optimised in no time.
    const small = first && others.reduce((a, b) => (b.info.frame < a.info.frame ? b : a), first);
    if (small) this.#modules.know(PROGRAM, code, module, () => this.#normalCode(small));
  }

  /** The function of the host's that is the normal code of `func`. */
  #normalCode(func: LinkedFunc): Function | undefined {
    const code = this.#code.get(func.info.symbol) ?? this.#library.code(func.info.symbol);
    return typeof code === "function" ? code : undefined;
  }

  /** Whether the normal code of this function is optimised from the start. */
  isBusy(func: LinkedFunc): boolean {
    return this.#modules.isBusy(func.info.symbol);
  }

  /** The machine code of the program, its library and the loops that were busy in this process, for one that adopts the same image. */
  machineCode(): KeptCode | undefined {
    const busy = new Map<string, Function>();
    for (const func of [...this.#unitOf.keys(), ...this.#library.funcs()]) {
      const code = func.reentries > 0 && !this.#large.has(func) ? this.#normalCode(func) : undefined;
      if (code) busy.set(func.info.symbol, code);
    }
    return this.#modules.machineCode(busy);
  }

  /** Makes a placed program known. */
  #addProgram(unit: LinkedUnit): void {
    const { program } = unit;
    this.#units.push(unit);
    for (const symbol of program.symbols) this.#data.set(symbol.symbol, { symbol, at: unit.dataBase + symbol.offset });
    for (const f of unit.funcs) {
      this.#funcs.set(f.info.symbol, f);
      this.#unitOf.set(f, unit);
    }
    const values = new Map(unit.funcs.flatMap((f) => (f.value > 0 ? [[f.value - unit.tableBase, f] as const] : [])));
    const resumes = new Map(unit.funcs.map((f) => [f.resume - unit.tableBase, f]));
    this.sites.addUnit({
      ...unit, sites: program.siteCount, slots: program.slots, site: program.site, func: (n) => unit.funcs[n], byResume: (n) => resumes.get(n), byValue: (n) => values.get(n),
    });
  }

  #takeCode(unit: LinkedUnit, exports: WebAssembly.Exports): void {
    for (const f of unit.funcs) {
      const code = exports[exportName("f", f.info.symbol, f.info.once === true)];
      if (code !== undefined) this.#code.set(f.info.symbol, code);
      const value = exports[exportName("s", f.info.symbol, f.info.once === true)];
      if (typeof value === "function") this.table.set(f.value, value);
    }
  }

  /** Links a function that the runtime made; returns the table slot of its code. */
  linkMade(made: MadeCode): number {
    const table = this.#slots.take(2);
    const site = this.sites.next;
    const at = { file: "", line: 0, col: 0 };
    const info: FuncInfo = {
      symbol: made.symbol, frame: made.frame, goFrame: Math.max(0, made.frame - 8), at, resumeSlot: 0, valueSlot: 1, hasDefer: false, wrapper: true, stackObjects: made.objects,
      params: "", results: "",
    };
    const func: LinkedFunc = { info, resume: table, value: table + 1, siteBase: site, helper: true, reentries: 0 };
    this.sites.addUnit({
      siteBase: site, sites: made.sites.length, tableBase: table, slots: 2, site: (n) => made.sites[n] && { ...made.sites[n], func: 0, at }, func: () => func,
      byResume: (slot) => (slot === 0 ? func : undefined), byValue: (slot) => (slot === 1 ? func : undefined),
    });
    const module = new WebAssembly.Module(Uint8Array.from(made.module({ table, site })));
    const imports = { m: { memory: this.#memory.wasm, table: this.table }, r: { morestack: this.#imports.entry("morestack"), gcWriteBarrier: this.#imports.entry("gcWriteBarrier"), bulkBarrier: this.#imports.entry("bulkBarrier") } };
    const { code, resume } = new WebAssembly.Instance(module, imports).exports;
    if (typeof code !== "function" || typeof resume !== "function") return bug(`${made.symbol} was made without code`);
    this.table.set(table, resume);
    this.table.set(table + 1, code);
    return table + 1;
  }

  /** Compiles the resume code of the function whose resume slot is `index`. */
  compileResume(index: number): void {
    const func = this.sites.byResume(index);
    const unit = this.#unitOf.get(func);
    if (!unit) return void this.#library.resume(func, false);
    const bytes = Uint8Array.from(unit.program.resume([unit.funcs.indexOf(func)]));
    const name = `resume ${func.info.symbol}`;
    const module = this.#modules.make(bytes, name);
    const code = this.#resumeCode(unit, func, module);
    if (bytes.length <= RESUME_KEPT) this.#modules.know(name, bytes, module, () => code);
    this.table.set(this.#elsewhere.get(func) ?? func.resume, code);
  }

  /**
   * Resume code for the loops of a function that is busy now, made by the optimising compiler; false if it is too large for that. What it leaves to
   * the whole resume code stands in a slot of its own from now on.
   */
  optimiseResume(func: LinkedFunc): boolean {
    const unit = this.#unitOf.get(func);
    if (!unit) return !func.helper && this.#library.resume(func, true);
    const elsewhere = this.#elsewhere.get(func) ?? this.#slots.take(1);
    const bytes = Uint8Array.from(unit.program.resumeLoops(unit.funcs.indexOf(func)));
    if (bytes.length > LARGEST_OPTIMISED) this.#large.add(func);
    const name = `loops ${func.info.symbol}`;
    const optimised = this.#modules.makeOptimised(bytes, name);
    const code = this.#resumeCode(unit, func, optimised ?? new WebAssembly.Module(bytes), elsewhere);
    if (optimised) this.#modules.know(name, bytes, optimised, () => code);
    if (!this.#elsewhere.has(func)) this.table.set(elsewhere, this.table.get(func.resume));
    this.#elsewhere.set(func, elsewhere);
    this.table.set(func.resume, code);
    return optimised !== undefined;
  }

  #resumeCode(unit: LinkedUnit, func: LinkedFunc, module: WebAssembly.Module, elsewhere?: number): Function {
    const code = this.#instantiate(unit, module, { what: "resume code", ...(elsewhere === undefined ? {} : { elsewhere }) })[exportName("r", func.info.symbol, func.info.once === true)];
    return typeof code === "function" ? code : bug(`no resume code of ${func.info.symbol}`);
  }

  /** What a snapshot keeps: the symbols as they are now. */
  save(): LinkerState {
    return { units: this.#units.length, sites: this.sites.save(), library: this.#library.save(), code: this.#code.save(), funcs: this.#funcs.save(), data: this.#data.save() };
  }

  /** Forgets units, types and symbols that came after `save`; `mark` is where data ended then. Table slots stay taken. */
  restore(state: LinkerState, mark: number): void {
    this.#units.length = state.units;
    this.sites.restore(state.sites);
    this.#library.restore(state.library);
    this.types.release(mark);
    this.#code.restore(state.code);
    this.#funcs.restore(state.funcs);
    this.#data.restore(state.data);
  }

  #place(program: Pick<PlacedUnit, "path" | "symbols" | "roots"> & Pick<Program, "dataSize" | "slots">, data: Uint8Array): PlacedUnit {
    const dataBase = this.#space.alloc(program.dataSize, 16);
    this.#memory.u8.set(data, dataBase);
    return { path: program.path, symbols: program.symbols, roots: program.roots, dataBase, tableBase: this.#slots.take(program.slots), siteBase: this.sites.next };
  }

  /** Makes a placed package of the library known. */
  #add(unit: LibraryUnit, placed: PlacedUnit): void {
    const held: HeldUnit = { ...placed, unit, code: [], doors: new Map(), funcs: [] };
    this.#units.push(placed);
    this.#library.add(held);
    this.sites.addUnit({
      ...placed, sites: unit.sites, slots: unit.slots, site: unit.site, func: (n) => funcOf(held, n), byResume: (n) => (n < unit.count ? funcOf(held, n) : undefined),
      byValue: (slot) => (unit.funcOfSlot(slot) >= 0 ? funcOf(held, unit.funcOfSlot(slot)) : undefined), ...(unit.path === RUNTIME ? { ownFrame: unit.siteFrame } : {}),
    });
  }

  #relocate(unit: PlacedUnit, r: Relocation, home?: LibraryUnit): void {
    const at = unit.dataBase + r.offset;
    switch (r.to.kind) {
      case "data":
        return this.#memory.storePtr(at, unit.dataBase + r.to.addend);
      case "symbol":
        return this.#memory.storePtr(at, this.#dataAddress(r.to.symbol) + r.to.addend);
      case "type":
        return this.#memory.storePtr(at, this.types.address(r.to.id, home));
      case "itab":
        return this.#memory.storePtr(at, this.#itab(r.to.iface, r.to.type, home));
      case "slot":
        return this.#memory.storePtr(at, this.#slot(r.to.symbol));
    }
  }

  #dataAddress(symbol: string): number {
    return this.data(symbol)?.at ?? bug(`no variable ${symbol}`);
  }

  #slot(symbol: string): number {
    const slot = this.#funcs.get(symbol)?.value ?? this.callable(this.#library.slot(symbol));
    return slot > 0 ? slot : bug(`no function value ${symbol}`);
  }

  #itab(iface: string, type: string, home?: LibraryUnit): number {
    const at = this.types.itab(this.types.address(iface, home), this.types.address(type, home));
    return at > 0 ? at : bug(`${type} does not implement ${iface}`);
  }

  /** A base of `unit`, or of the earlier one whose path the name ends with. */
  #base(unit: PlacedUnit | undefined, name: string): number {
    const [of, path] = name.split(" ");
    const whose = path === undefined ? unit : this.#units.findLast((u) => u.path === path);
    if (!whose) return bug(`no unit has a base ${name}`);
    return of === "data" ? whose.dataBase : of === "table" ? whose.tableBase : whose.siteBase;
  }

  /** The value of an immutable global that code imports. */
  #constant(module: string, name: string, home?: LibraryUnit): number {
    switch (module) {
      case "b":
        return this.#base(undefined, name);
      case "s":
        return this.#slot(name);
      case "v":
        return this.#dataAddress(name);
      case "t":
        return this.types.address(name, home);
      default: {
        const [iface = "", type = ""] = name.split("\0");
        return this.#itab(iface, type, home);
      }
    }
  }

  #instantiate(unit: LinkedUnit, module: WebAssembly.Module, { what, imports, elsewhere = 0 }: Instantiation): Readonly<Record<string, WebAssembly.ExportValue>> {
    const wanted: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    for (const { module: from, name, kind } of imports ?? WebAssembly.Module.imports(module)) {
      const group = (wanted[from] ??= {});
      const relayed = (from === "f" || from === "r") && (kind === "global" || kind === GLOBAL);
      if (from === "b" && name === "elsewhere") group[name] = constant(elsewhere);
      else group[name] ??= relayed ? constant(this.#relay(unit, from, name)) : this.#resolve(unit, from, name, what);
    }
    return new WebAssembly.Instance(module, wanted).exports;
  }

  #resolve(unit: LinkedUnit, from: string, name: string, what: "unit" | "resume code"): WebAssembly.ImportValue {
    switch (from) {
      case "m":
        return name === "table" ? this.table : name === "relays" ? this.#relays.table : this.#memory.wasm;
      case "b":
        return constant(this.#base(unit, name));
      case "f":
        return this.#called(unit, name, what);
      case "s": case "v": case "t": case "i":
        return constant(this.#constant(from, name));
      case "r":
        return this.#imports.entry(name);
      case "n":
        return this.#imports.native(name);
      default:
        return bug(`import from module ${from}`);
    }
  }

  #called(unit: LinkedUnit, name: string, what: "unit" | "resume code"): WebAssembly.ImportValue {
    return this.#code.get(name) ?? this.#library.code(name) ?? bug(`${what} of ${unit.path} calls ${name}, which is not linked`);
  }

  #relay(unit: LinkedUnit, from: "f" | "r", name: string): number {
    return from === "f" ? this.#relays.code(this.#called(unit, name, "unit")) : this.#relays.entry(name, this.#imports.entry(name));
  }
}

/** What is made callable, and what that module imports where it is known. `elsewhere`: the slot of whole resume code, for that of loops. */
interface Instantiation {
  readonly what: "unit" | "resume code";
  readonly imports?: readonly ProgramImport[];
  readonly elsewhere?: number;
}

/** The kind of an imported global. */
const GLOBAL = 3;

/** Our counterpart of what Go's own runtime does for a program. */
const RUNTIME = "internal/runtime";

/** The name of the program's module among those that are kept. */
const PROGRAM = "program";

/** Bytes of resume code of a function whose normal code is optimised for the next process: some 0.2 s. */
const LARGEST_OPTIMISED = 65_536;

/** Bytes of data beyond which no image is made: it would take long to look for what is not zero. */
const LARGEST_IMAGE = 2 ** 24;

const rootsOf = (symbols: readonly DataSymbol[]) => (): number[] => symbols.flatMap((s) => s.pointers.map((p) => s.offset + p));

/** A program at its bases. */
function linkedAt(program: LinkableProgram, placed: PlacedUnit): LinkedUnit {
  const { tableBase, siteBase } = placed;
  const funcs = program.funcs.map((info) => ({
    info, resume: tableBase + info.resumeSlot, value: info.valueSlot < 0 ? 0 : tableBase + info.valueSlot, siteBase, helper: false, reentries: 0,
  }));
  return { ...placed, program, funcs };
}

/** The compiled code of a unit at its bases; a unit that was linked at the same ones before, in another process, is not compiled again. */
function moduleOf(unit: LinkedUnit, program: Pick<Program, "compiled">): { readonly code: Uint8Array; readonly module: WebAssembly.Module } {
  const bases = `${unit.dataBase} ${unit.tableBase} ${unit.siteBase}`;
  if (program.compiled?.bases !== bases) {
    const code = codeOf(unit);
    program.compiled = { bases, code, module: new WebAssembly.Module(code) };
  }
  return program.compiled;
}

/** The code of a unit at its bases. */
function codeOf(unit: LinkedUnit): Uint8Array<ArrayBuffer> {
  const code = Uint8Array.from(unit.program.wasm);
  const bases = [unit.dataBase, unit.tableBase, unit.siteBase];
  for (const p of unit.program.patches ?? []) {
    const at = Math.floor(p / 4);
    code.set(padded32(readPadded32(code, at) + (bases[p % 4] ?? 0)), at);
  }
  return code;
}

const constant = (value: number): WebAssembly.Global => new WebAssembly.Global({ value: "i32", mutable: false }, value);
