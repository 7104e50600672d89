/**
 * From functions in low form to WebAssembly modules: one with all normal code, and on demand one with the resume code of some functions.
 *
 * Imports are found while the bodies are written, but stand before the functions in WebAssembly's index space. So every function is first
 * scanned for what it refers to. Knows nothing of Go's types or of data.
 */
import { ENTRIES, type EntryName } from "../../abi/entries.ts";
import { exportName, type Program } from "../../abi/program.ts";
import { bug } from "../../base/bug.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { I32, type ValType } from "../../wasm/opcodes.ts";
import { type FuncRef, type GlobalRef, type LCall, type LExpr, type LFunc, type LStmt, type Site, valTypes } from "../lower/index.ts";
import { type BaseOf, type Inlining, isGo, type ModuleContext, passed, type Ready, type Version } from "./body.ts";
import { CLEAR, isCounted, MOVE } from "./bulk.ts";
import { emitFunc } from "./emit.ts";
import { layoutFrame } from "./frame.ts";
import { NO_INLINING, planInlining } from "./inline.ts";
import { findPoints } from "./points.ts";
import type { Shelf } from "./shelf.ts";

/** Lays out every function; the n-th gets resume slot n. */
export function prepare(funcs: readonly LFunc[]): Ready[] {
  let firstSite = 0;
  return funcs.map((fn, i) => {
    const region = { parent: undefined };
    const entry: Site = { at: fn.at, region, order: 0, objects: [], number: 0 };
    const points = findPoints(fn, entry);
    const ready: Ready = { fn, points, frame: layoutFrame(fn, points), firstSite, resumeSlot: i };
    firstSite += points.sites.length;
    return ready;
  });
}

/** Places that are known once everything is lowered. */
export interface Places {
  /** The table slots of value forms: they follow the resume slots. */
  readonly values: ReadonlyMap<string, number>;
  readonly zeroStart: number;
  /** Every call is a call. */
  readonly small: boolean;
  /** Symbol of the function that runs once, or empty: what only it calls, and only outside loops, is reached by relays, as are rare runtime calls. Absent: everything is imported. */
  readonly once?: string;
  /** Functions of other units that may stand in place of calls. */
  readonly shelf?: Shelf;
}

/** The module with the normal code of `all`: exports "f:" + symbol, and "s:" + symbol for forms with a context where those are functions of their own. */
export function normalModule(all: readonly Ready[], places: Places): Required<Pick<Program, "wasm" | "patches" | "imports">> {
  const module = new Linker(places, false, places.small ? NO_INLINING : planInlining(all, places.values, places.shelf), all.length === 1 && all[0]?.fn.symbol === places.once);
  for (const r of all) module.scan(r, false);
  module.makeRelays();
  for (const r of all) module.declareFunc(r.fn);
  for (const r of all) module.builder.define(module.own(r.fn.symbol), emitFunc(module, r, "normal"));
  for (const r of all) {
    const { symbol } = r.fn;
    const once = symbol === places.once;
    module.builder.exportFunc(exportName("f", symbol, once), module.own(symbol));
    if (places.values.has(symbol)) module.builder.exportFunc(exportName("s", symbol, once), r.fn.hasContext ? module.own(symbol) : contextForm(module, r.fn));
  }
  const wasm = module.builder.encode();
  return { wasm, patches: module.builder.patches.map(({ at, kind }) => at * 4 + kind), imports: module.builder.imported };
}

/** The form of a plain function that a func value or an itab reaches: it takes a context and ignores it. It has no frame. */
function contextForm(module: Linker, fn: LFunc): number {
  const params = passed(fn);
  const code = new Code(params.length + 1);
  params.forEach((_, i) => code.get(i));
  code.call(module.own(fn.symbol));
  return module.builder.func(module.type([...params, I32], fn.results), code);
}

/** The module with the resume code of `some`, in one version: exports "r:" + symbol. */
export function resumeModule(all: readonly Ready[], some: readonly Ready[], places: Places, version: Version): Uint8Array {
  const module = new Linker(places, true, places.small ? NO_INLINING : planInlining(all, places.values, places.shelf));
  if (version === "loops") module.elsewhere = module.builder.importGlobal("b", "elsewhere", I32);
  const bySymbol = new Map(all.map((r) => [r.fn.symbol, r]));
  module.importOwn = (ref) => bySymbol.get(ref.name) ?? bug(`no function ${ref.name} in this unit`);
  for (const r of some) module.scan(r, true);
  const type = module.type([I32], []);
  for (const r of some) module.builder.exportFunc(exportName("r", r.fn.symbol, r.fn.symbol === places.once), module.builder.func(type, emitFunc(module, r, version)));
  return module.builder.encode();
}

/** One module: symbols to indices. */
class Linker implements ModuleContext {
  readonly builder = new ModuleBuilder();
  /** Set in a resume module: own functions are imports there. */
  importOwn: ((ref: FuncRef) => Ready) | undefined;
  readonly zeroStart: number;
  readonly #values: ReadonlyMap<string, number>;
  readonly #funcs = new Map<string, number>();
  readonly #globals = new Map<string, number>();
  #hasTable = false;
  elsewhere = 0;
  /** Functions that are called rarely, as far as the scan has come, by key. */
  readonly #rare = new Map<string, FuncRef>();
  readonly once: string | undefined;
  /** What is scanned runs at most once. */
  #scansOnce = false;
  /** The unit's bases, as far as code asks for them. */
  readonly #bases: Partial<Record<BaseOf, number>> = {};
  readonly importsBases: boolean;
  /** The function that is scanned runs at most once. */
  #isOnce = false;

  readonly imported: boolean;
  readonly inlining: Inlining;
  /** What was scanned that stands in place of calls: in functions that run often, in the one that runs once. */
  readonly #scanned: readonly Set<Ready>[] = [new Set(), new Set()];

  constructor(places: Places, imported: boolean, inlining: Inlining, alone = false) {
    this.imported = imported;
    // The module of a cell that says what an earlier one said is then the same, byte for byte, and V8 compiles it once.
    this.importsBases = imported || alone;
    this.inlining = inlining;
    this.#values = places.values;
    this.zeroStart = places.zeroStart;
    this.once = imported ? undefined : places.once;
    this.builder.importMemory("m", "memory");
  }

  func(ref: FuncRef): number {
    return this.#funcs.get(keyOf(ref)) ?? bug(`${ref.module} ${ref.name} was not found by the scan`);
  }

  get enter(): number | undefined {
    return this.#funcs.get(keyOf(ENTER));
  }

  own(symbol: string): number {
    return this.#funcs.get(`own ${symbol}`) ?? bug(`no function ${symbol} in this unit`);
  }

  global(ref: GlobalRef): number {
    return this.#globals.get(`${ref.module} ${ref.name}`) ?? bug(`global ${ref.name} was not found by the scan`);
  }

  base(of: BaseOf, home?: string): number {
    return home === undefined ? (this.#bases[of] ??= this.builder.importGlobal("b", of, I32)) : this.global({ module: "b", name: `${of} ${home}` });
  }

  type(params: readonly ValType[], results: readonly ValType[]): number {
    return this.builder.type(params, results);
  }

  valueSlot(symbol: string): number {
    return this.#values.get(symbol) ?? bug(`${symbol} has no table slot`);
  }

  declareFunc(fn: LFunc): void {
    this.#funcs.set(`own ${fn.symbol}`, this.builder.declare(this.type(passed(fn), fn.results)));
  }

  /** Imports all that `r` refers to. */
  scan(r: Ready, resume: boolean): void {
    if (!resume && !r.points.frameless) {
      this.#entry("morestack");
      this.#entry("poll");
    } else if (r.points.count > 1) this.#entry("poll");
    // A poll in a loop may go on in resume code, which it reaches through the table.
    if (r.points.loops.length > 0 && this.once !== undefined) this.#entry("enter");
    else if (r.points.loops.length > 0) this.#table();
    this.#isOnce = r.fn.symbol === this.once;
    this.#scansOnce = this.#isOnce;
    this.#list(r.fn.body);
  }

  /** Imports the table. A module that has it costs the host something at every later change of the table. */
  #table(): void {
    if (this.#hasTable) return;
    this.#hasTable = true;
    this.builder.importTable("m", "table");
  }

  /** What stands in place of a call refers to functions too; those of this unit are scanned anyway in its normal code. */
  #inPlace(target: LCall["target"]): void {
    const scanned = this.#scanned[Number(this.#isOnce)] ?? bug("no set");
    for (const r of [this.inlining.direct(target, this.#isOnce), ...this.inlining.likely(target).map((l) => l.callee)]) {
      if (!r || scanned.has(r) || (!this.imported && r.home === undefined)) continue;
      scanned.add(r);
      if (r.home === undefined) this.#func({ module: "own", name: r.fn.symbol, params: [], results: [] });
      else for (const of of ["data", "table", "site"] as const) this.#global({ module: "b", name: `${of} ${r.home}` });
      this.#list(r.fn.body);
    }
  }

  #entry(name: EntryName): void {
    this.#func(entryOf(name));
  }

  #func(ref: FuncRef): void {
    const key = keyOf(ref);
    if (this.#funcs.has(key)) return;
    if (this.#isRare(ref)) return void this.#rare.set(key, ref);
    this.#rare.delete(key);
    if (ref.module === "own") {
      const own = this.importOwn?.(ref);
      if (own) this.#funcs.set(key, this.builder.importFunc("f", ref.name, this.type(passed(own.fn), own.fn.results)));
      return;
    }
    const { params, results } = this.#signature(ref);
    this.#funcs.set(key, this.builder.importFunc(ref.module, ref.name, this.type(params, results)));
  }

  #isRare(ref: FuncRef): boolean {
    if (this.once === undefined) return false;
    if (ref.module === "r") return this.#scansOnce || isRareEntry(ref.name);
    return ref.module === "f" && this.#scansOnce;
  }

  /**
   * Functions that are called rarely are not imported: a function of the module's own calls them through the table of relays (runtime/link/relays.ts
   * says why). The slot there is a global that is imported under the function's name.
   */
  makeRelays(): void {
    const rare = [...this.#rare].filter(([key]) => !this.#funcs.has(key));
    if (rare.length === 0) return;
    const table = this.builder.importTable("m", "relays");
    const slots = rare.map(([, ref]) => this.builder.importGlobal(ref.module, ref.name, I32));
    for (const [i, [key, ref]] of rare.entries()) {
      const { params, results } = this.#signature(ref);
      const type = this.type(params, results);
      const code = new Code(params.length);
      params.forEach((_, p) => code.get(p));
      code.globalGet(slots[i] ?? bug("no slot"));
      code.callIndirect(type, table);
      this.#funcs.set(key, this.builder.func(type, code));
    }
  }

  #signature(ref: FuncRef): { readonly params: readonly ValType[]; readonly results: readonly ValType[] } {
    if (ref.module !== "r") return { params: isGo(ref) ? [I32, ...ref.params] : ref.params, results: ref.results };
    const entry = ENTRIES[ref.name as EntryName] ?? bug(`no runtime call ${ref.name}`);
    return { params: valTypes(entry.params), results: valTypes(entry.results) };
  }

  #global(ref: GlobalRef): void {
    const key = `${ref.module} ${ref.name}`;
    if (!this.#globals.has(key)) this.#globals.set(key, this.builder.importGlobal(ref.module, ref.name, I32));
  }

  #list(stmts: readonly LStmt[]): void {
    for (const s of stmts) this.#stmt(s);
  }

  #loop(body: readonly LStmt[]): void {
    const before = this.#scansOnce;
    this.#scansOnce = false;
    this.#list(body);
    this.#scansOnce = before;
  }

  #stmt(s: LStmt): void {
    switch (s.kind) {
      case "set": case "eval": case "switch": return this.#expr(s.x);
      case "store": this.#expr(s.addr); return this.#expr(s.x);
      case "copy":
        if (isCounted(s.size)) this.#func(MOVE);
        this.#expr(s.to);
        this.#expr(s.from);
        return this.#expr(s.size);
      case "zero":
        if (isCounted(s.size)) this.#func(CLEAR);
        this.#expr(s.to);
        return this.#expr(s.size);
      case "leafCall":
        this.#func(s.fn);
        return s.args.forEach((a) => this.#expr(a));
      case "call":
        if (s.target.module === "table") {
          this.#table();
          this.#expr(s.target.index);
        } else this.#func(s.target);
        this.#inPlace(s.target);
        return s.args.forEach((a) => this.#expr(a));
      case "if": this.#expr(s.cond); this.#list(s.then); return this.#list(s.else);
      case "block": return this.#list(s.body);
      case "loop": return this.#loop(s.body);
      case "br":
        if (s.cond) this.#expr(s.cond);
        return;
      case "return": return s.values.forEach((v) => this.#expr(v));
      case "abandon":
    }
  }

  #expr(e: LExpr): void {
    switch (e.kind) {
      case "tee": case "load": return this.#expr(e.x);
      case "op":
        this.#expr(e.x);
        if (e.y) this.#expr(e.y);
        return;
      case "choose": this.#expr(e.cond); this.#expr(e.x); return this.#expr(e.y);
      case "global": return this.#global(e.ref);
      case "leaf":
        this.#func(e.fn);
        return e.args.forEach((a) => this.#expr(a));
      case "trap":
        this.#entry(e.panic);
        this.#expr(e.bad);
        e.args.forEach((a) => this.#expr(a));
        return this.#expr(e.x);
      default:
    }
  }
}

/** Runtime calls that even busy code seldom makes: a larger stack, the end of a slice, panics. */
const isRareEntry = (name: string): boolean => name === "morestack" || name === "poll" || name === "enter" || ENTRIES[name as EntryName]?.may === "panic";

const entryOf = (name: EntryName): FuncRef => ({ module: "r", name, params: [], results: [] });
const ENTER = entryOf("enter");

const keyOf = (ref: FuncRef): string => `${ref.module} ${ref.name}`;
