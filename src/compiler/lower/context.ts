/**
 * One function while it is lowered: its locals, frame objects, open labels, and the list that statements are added to.
 *
 * The doors at the end are how the files of this room reach one another; index.ts ties them.
 */
import { ENTRIES, type EntryName } from "../../abi/entries.ts";
import { RUNTIME_PACKAGE, RUNTIME_SYMBOLS, type RuntimeSymbolName } from "../../abi/runtime-symbols.ts";
import { CELL, MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { Unsupported } from "../../base/diagnostic.ts";
import { roundUp } from "../../base/units.ts";
import { I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";
import type { Expr, Func, Name, Node, Stmt, XPos } from "../ir/index.ts";
import type { Type } from "../types/index.ts";
import { isAddressLeaf, type Leaf } from "../../abi/leaves.ts";
import {
  type FrameObject, type FuncRef, get, i32, type LCall, type LExpr, type LLabel, load, type Local, type LStmt, op, plus, type Region, type Site, valTypes,
} from "./lir.ts";
import type { OpenDefers } from "./defers.ts";
import type { Fast } from "./maps.ts";
import { readsMemory, setsOrReads } from "./query.ts";
import type { Unit } from "./unit.ts";

/** The leaves of a flat value, or the one address of a value in memory. Each may be evaluated once. */
export type Value = readonly LExpr[];

/** Where a variable lives. */
export type Storage =
  | { readonly kind: "locals"; readonly locals: readonly Local[] }
  | { readonly kind: "frame"; readonly object: FrameObject }
  /** Its address is in a local. */
  | { readonly kind: "pointer"; readonly local: Local; readonly home: Home };

/** Whether a store there needs the write barrier: not in a frame, not in an object that nobody else has seen. */
export type Home = "heap" | "stack";

/** Something that can be assigned to. */
export type Place =
  | { readonly kind: "locals"; readonly locals: readonly Local[] }
  | { readonly kind: "memory"; readonly addr: LExpr; readonly offset: number; readonly home: Home }
  | { readonly kind: "blank" }
  /** An integer that is kept as an address: Data of the headers of reflect. */
  | { readonly kind: "address"; readonly of: Place }
  /** An element of a map: map and key are evaluated, the key as the runtime's function wants it. */
  | { readonly kind: "map"; readonly mapType: Type; readonly type: Type; readonly fast: Fast; readonly map: LExpr; readonly key: readonly LExpr[] };

/** Where break and continue go. */
export interface Jump {
  readonly label: string | undefined;
  readonly break: LLabel;
  readonly continue?: LLabel;
}

export interface LRegion extends Region {
  /** Number of the last site before it. */
  readonly start: number;
  /** Objects to clear at its start. */
  readonly clear: FrameObject[];
}

/** The recursive doors of the room. */
export interface Doors {
  value(c: Fn, n: Expr): Value;
  place(c: Fn, n: Expr): Place;
  stmts(c: Fn, list: readonly Stmt[]): void;
  stmt(c: Fn, n: Stmt): void;
}

export class Fn {
  readonly unit: Unit;
  readonly func: Func;
  readonly doors: Doors;
  readonly locals: Local[] = [];
  readonly objects: FrameObject[] = [];
  readonly storage = new Map<Name, Storage>();
  /** In a second form (placed.ts): the literal whose memory the caller gives, and its address. */
  placed: { readonly literal: Expr; readonly at: Local } | undefined;
  readonly jumps: Jump[] = [];
  /** Labels that goto goes to: what to store and where to branch. */
  readonly gotos = new Map<string, { readonly to: LLabel; readonly state?: Local; readonly number: number }>();
  /** Labels that some goto names. */
  gotoLabels: ReadonlySet<string> = new Set();
  out: LStmt[] = [];
  pos: XPos;
  cost = 0;
  region: LRegion = { parent: undefined, start: 0, clear: [] };
  /** How many conditions of the region stand around what is lowered now. */
  conditional = 0;
  order = 0;
  /** Expressions that were evaluated before their turn (order.ts), and inits and inlined bodies that were. */
  readonly ordered = new Map<Node, Value>();
  readonly initDone = new Set<Node>();
  readonly bodyDone = new Set<Node>();
  /** Whether an expression has effects. */
  readonly effects = new Map<Node, boolean>();
  /** Bytes of outgoing arguments and results of the call being made. */
  outgoing = 0;
  /** Where return goes in a function with defer; its results are variables then. */
  exit: LLabel | undefined;
  /** Deferred calls that are kept in the frame. */
  openDefers: OpenDefers | undefined;
  /** Variables that must live in memory, because something holds their address. */
  readonly addressed: ReadonlySet<Name>;
  /** Result variables, in order. */
  resultNames: readonly Name[] = [];
  readonly #reach = new Map<Expr, number>();
  /** For each result that goes by address: the local that holds where to. */
  areas: readonly (Local | undefined)[] = [];
  /** Local of the closure, in functions that have one. */
  context: Local | undefined;

  constructor(unit: Unit, func: Func, doors: Doors, addressed: ReadonlySet<Name>) {
    this.unit = unit;
    this.func = func;
    this.doors = doors;
    this.pos = func.pos;
    this.addressed = addressed;
  }

  /** Runs the statements that stand before an expression, unless that has happened. */
  runInit(n: Node): void {
    if (n.init.length > 0 && !this.initDone.delete(n)) this.doors.stmts(this, n.init);
  }

  // ---- locals and statements ----------------------------------------------------------------------------------

  local(type: ValType, pointer = false): Local {
    const l: Local = { id: this.locals.length, type, pointer };
    this.locals.push(l);
    return l;
  }

  /** Locals for the leaves of a flat type. */
  localsFor(t: Type): Local[] {
    return this.unit.layouts.leaves(t).map((l) => this.local(l.type, l.pointer));
  }

  emit(s: LStmt): void {
    this.out.push(s);
  }

  set(local: Local, x: LExpr): void {
    this.emit({ kind: "set", local, x });
  }

  /** What `f` emits, as a list of its own. */
  capture(f: () => void): LStmt[] {
    const outer = this.out;
    const list: LStmt[] = [];
    this.out = list;
    f();
    this.out = outer;
    return list;
  }

  /** As capture, for what runs only under a condition. */
  branch(f: () => void): LStmt[] {
    this.conditional++;
    const list = this.capture(f);
    this.conditional--;
    return list;
  }

  unsupported(construct: string): never {
    throw new Unsupported(construct, this.unit.position(this.pos));
  }

  /** `x` in a form that may be evaluated several times, as long as nothing is assigned in between. */
  reuse(x: LExpr, pointer = false): LExpr {
    return x.kind === "get" || isFixed(x) ? x : this.save(x, pointer);
  }

  /** The value of `x` now, whatever happens to variables afterwards. */
  save(x: LExpr, pointer = false): LExpr {
    if (isFixed(x)) return x;
    const l = this.local(x.type, pointer);
    this.set(l, x);
    return get(l);
  }

  /** A value that may be used again later. */
  saveValue(v: Value, t: Type): Value {
    const { leaves, size, pointers } = this.unit.layouts.of(t);
    if (leaves) return v.map((x, i) => this.save(x, leaves[i]?.pointer));
    const object = this.object(size, pointers);
    this.copy(this.frame(object), v[0] ?? bug("no address"), size);
    return [this.frame(object)];
  }

  /** Evaluates a value that nobody wants. */
  storeBlank(v: Value): void {
    for (const x of v) if (x.kind !== "get" && !isFixed(x)) this.emit({ kind: "eval", x });
  }

  /** A flat value in locals; one in memory as it is. */
  saveLeaves(v: Value, t: Type): Value {
    const { leaves } = this.unit.layouts.of(t);
    return leaves ? v.map((x, i) => this.save(x, leaves[i]?.pointer)) : v;
  }

  /** The itab of a dynamic type, which is not 0, for an interface; `canFail`: 0 where there is none, else a panic. */
  itabFor(iface: Type, type: LExpr, canFail: boolean): LExpr {
    this.cost += ITAB_COST;
    const found = this.leaf("finditab", [this.unit.type(iface), type]);
    if (canFail) return found;
    const result = this.local(I32);
    this.set(result, found);
    const raise = this.branch(() => this.set(result, this.entry("getitab", [this.unit.type(iface), type])[0] ?? bug("no result")));
    this.emit({ kind: "if", cond: op(OP.i32_eqz, get(result)), then: raise, else: [] });
    return get(result);
  }

  // ---- frame objects ------------------------------------------------------------------------------------------

  /** Memory in the frame that lives until the end of the region. Its pointers are cleared before a collection can see it. */
  object(size: number, pointers: readonly number[]): FrameObject {
    const early = this.conditional > 0 && pointers.length > 0;
    const object: FrameObject = { size, pointers, region: this.region, order: early ? this.region.start : this.order + 1, offset: 0 };
    if (early) this.region.clear.push(object);
    this.objects.push(object);
    return object;
  }

  /** Memory for an argument or a result of the next call. */
  outgoingObject(size: number, pointers: readonly number[]): FrameObject {
    const object: FrameObject = { size, pointers, region: "call", order: 0, offset: this.outgoing };
    this.outgoing += roundUp(size, 8);
    this.objects.push(object);
    return object;
  }

  frame(object: FrameObject, offset = 0): LExpr {
    return { kind: "frame", type: I32, object, offset };
  }

  /** Runs `f` in a new region (a loop body) and returns its statements, cleared objects first. */
  regionOf(f: () => void): LStmt[] {
    const outer = this.region;
    const conditional = this.conditional;
    this.region = { parent: outer, start: this.order + 1, clear: [] };
    this.conditional = 0;
    const list = this.capture(f);
    const clear = this.clearing();
    this.region = outer;
    this.conditional = conditional;
    return [...clear, ...list];
  }

  /** Statements that clear the pointers of the region's early objects. */
  clearing(): LStmt[] {
    return this.capture(() => {
      for (const o of this.region.clear) for (const p of o.pointers) this.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: this.frame(o, p), x: { kind: "const", type: I64, value: 0n } });
    });
  }

  // ---- memory -------------------------------------------------------------------------------------------------

  /** The value of type `t` at an address; flat values are loaded leaf by leaf. */
  loadValue(t: Type, addr: LExpr, offset: number): Value {
    const { leaves } = this.unit.layouts.of(t);
    if (!leaves) return [plus(addr, offset)];
    if (leaves.length === 0) this.storeBlank([addr]);
    const base = leaves.length > 1 ? this.reuse(addr, true) : addr;
    return leaves.map((l) => load(l.load, base, offset + l.offset));
  }

  /** Stores a value of type `t`; `home` says whether the barrier is needed. */
  storeValue(t: Type, v: Value, addr: LExpr, offset: number, home: Home): void {
    const { leaves, size, pointers } = this.unit.layouts.of(t);
    if (!leaves) {
      const from = v[0] ?? bug("no address");
      if (home === "stack" || pointers.length === 0) return this.copy(plus(addr, offset), from, size);
      const to = this.reuse(plus(addr, offset), true);
      const source = this.reuse(from, true);
      this.ifBarrier(() => this.leafCall("bulkBarrier", [this.unit.type(t), to, source, { kind: "const", type: I64, value: 1n }]));
      return this.copy(to, source, size);
    }
    if (leaves.length === 0) return this.storeBlank([addr]);
    const barrier = home === "heap" && leaves.some((l) => l.pointer);
    const base = leaves.length > 1 || barrier ? this.reuse(addr, true) : addr;
    const clash = leaves.length > 1 && v.slice(1).some(readsMemory);
    const values = v.map((x, i) => {
      const pointer = leaves[i]?.pointer === true;
      return clash ? this.save(x, pointer) : barrier && pointer ? this.reuse(x, true) : x;
    });
    // A new object needs the barrier like any other: it is black from the start, and what it points to may be known to nobody else.
    if (barrier) this.ifBarrier(() => leaves.forEach((l, i) => l.pointer && this.leafCall("gcWriteBarrier", [plus(base, offset + l.offset), values[i] ?? bug("a missing leaf")])));
    leaves.forEach((l, i) => this.#storeLeaf(l, values[i] ?? bug("a missing leaf"), base, offset + l.offset));
  }

  #storeLeaf(l: Leaf, x: LExpr, addr: LExpr, offset: number): void {
    this.emit({ kind: "store", op: l.store, offset, addr, x: isAddressLeaf(l) ? op(OP.i64_extend_i32_u, x) : x });
  }

  ifBarrier(f: () => void): void {
    this.emit({ kind: "if", cond: load(OP.i32_load, i32(0), CELL.writeBarrier), then: this.capture(f), else: [] });
  }

  copy(to: LExpr, from: LExpr, size: number): void {
    if (size > 0) this.emit({ kind: "copy", to, from, size: i32(size) });
  }

  zero(to: LExpr, size: number, begins?: FrameObject): void {
    if (size === 0) return;
    if (size > 64) return this.emit({ kind: "zero", to, size: i32(size), ...(begins ? { begins } : {}) });
    const base = this.reuse(to, true);
    for (let i = 0; i < size; ) {
      const wide = size - i >= 8;
      const x: LExpr = wide ? { kind: "const", type: I64, value: 0n } : i32(0);
      this.emit({ kind: "store", op: wide ? OP.i64_store : OP.i32_store8, offset: i, addr: base, x, ...(begins && i === 0 ? { begins } : {}) });
      i += wide ? 8 : 1;
    }
  }

  /** Clears a whole object: until here nobody needs it, even in a loop. */
  clear(object: FrameObject): void {
    this.zero(this.frame(object), object.size, object);
  }

  /** Sets several locals at once: no new value is read by another. */
  setAll(locals: readonly Local[], v: Value): void {
    const clash = locals.length > 1 && v.some((x, i) => locals.some((l, j) => j < i && setsOrReads(x, l)));
    const values = clash ? v.map((x, i) => this.save(x, locals[i]?.pointer)) : v;
    locals.forEach((l, i) => this.set(l, values[i] ?? bug("a missing leaf")));
  }

  // ---- calls --------------------------------------------------------------------------------------------------

  site(objects: readonly FrameObject[] = [], alloc?: Site["alloc"]): Site {
    return { at: this.pos, region: this.region, order: ++this.order, objects, ...(alloc ? { alloc } : {}), number: 0 };
  }

  /** A runtime call that neither collects nor blocks and has a result. */
  leaf(name: EntryName, args: readonly LExpr[]): LExpr {
    const fn = entryRef(name);
    return { kind: "leaf", type: fn.results[0] ?? bug(`${name} has no result`), fn, args };
  }

  leafCall(name: EntryName, args: readonly LExpr[]): void {
    this.emit({ kind: "leafCall", fn: entryRef(name), args });
  }

  /** A call as a statement; its results are in new locals. */
  call(target: LCall["target"], args: readonly LExpr[], options: { readonly may: LCall["may"]; readonly pointers?: readonly boolean[]; readonly site?: Site }): Local[] {
    const results = target.results.map((type, i) => this.local(type, options.pointers?.[i] ?? false));
    this.emit({ kind: "call", target, args, results, site: options.site ?? this.site(), may: options.may });
    return results;
  }

  /** A runtime call that may collect, block or panic. i32 results are pointers. */
  entry(name: EntryName, args: readonly LExpr[], alloc?: Site["alloc"]): LExpr[] {
    const entry = ENTRIES[name];
    if (entry.may === "none") return bug(`${name} is a leaf`);
    const ref = entryRef(name);
    // What has a result may return, whatever else it may do.
    const may = entry.may === "panic" && ref.results.length > 0 ? "block" : entry.may;
    return this.call(ref, args, { may, pointers: ref.results.map((t) => t === I32), site: this.site([], alloc) }).map(get);
  }

  /** A leaf that may raise a panic. i32 results are pointers. */
  callPanicking(name: EntryName, args: readonly LExpr[]): LExpr[] {
    return this.call(entryRef(name), args, { may: "block", pointers: [true] }).map(get);
  }

  /** A leaf with several results, as a statement. */
  callLeaf(name: EntryName, args: readonly LExpr[], pointers: readonly boolean[]): LExpr[] {
    return this.call(entryRef(name), args, { may: "gc", pointers }).map(get);
  }

  /** A function of our Go text in internal/runtime. i32 results are pointers, which is harmless where they are not. */
  text(name: RuntimeSymbolName, args: readonly LExpr[], alloc?: Site["alloc"], objects: readonly FrameObject[] = []): LExpr[] {
    const { params, results } = RUNTIME_SYMBOLS[name];
    const ref = this.unit.func(`${RUNTIME_PACKAGE}.${name}`, valTypes(params), valTypes(results));
    return this.call(ref, args, { may: "block", pointers: POINTER_RESULTS[name] ?? [], site: this.site(objects, alloc) }).map(get);
  }

  /** `x`, or a panic if `bad`. */
  trap(bad: LExpr, panic: EntryName, args: readonly LExpr[], x: LExpr): LExpr {
    return { kind: "trap", type: x.type, bad, panic, args, site: this.site(), x };
  }

  /** Panics now if `bad`. */
  check(bad: LExpr, panic: EntryName, args: readonly LExpr[]): void {
    if (bad.kind === "const" && bad.value === 0) return;
    this.emit({ kind: "eval", x: this.trap(bad, panic, args, i32(0)) });
  }

  /** Says that code touches the place of `x` first at `bytes` from its start: what a fault would tell; below 0 that the pointer is checked by itself. */
  reaches(x: Expr, bytes: number): void {
    if (bytes !== 0) this.#reach.set(x, bytes);
  }

  /** How far into what a pointer points to the place `x`, `offset` bytes from there, is touched first. */
  reach(x: Expr, offset = 0): number {
    const more = this.#reach.get(x) ?? 0;
    return more < 0 ? more : offset + more;
  }

  /** `p`, known not to be nil; `reach` bytes from there is the fault. Beyond the first page Go checks the pointer itself. */
  notNil(p: LExpr, reach = 0): LExpr {
    if (p.kind === "frame" || p.kind === "base" || p.kind === "global") return p;
    const x = this.reuse(p, true);
    return this.trap(op(OP.i32_eqz, x), "panicNil", [i32(reach > 0 && reach < NIL_PAGE ? reach : 0)], x);
  }

  /** A new zeroed object in the heap. */
  newObject(t: Type, what: string): LExpr {
    const { size } = this.unit.layouts.of(t);
    if (size === 0) return i32(MAP.zerobase);
    return this.entry("mallocgc", [i32(size), this.unit.type(t), i32(1)], { what, type: this.unit.typeName(t) })[0] ?? bug("no result");
  }

  /** Keeps `x` alive up to here. */
  keepAlive(x: LExpr): void {
    if (x.kind === "get") this.emit({ kind: "eval", x });
  }

  label(name: string): LLabel {
    return { name };
  }
}

/** Fuel of a look at the table of itabs. */
const ITAB_COST = 20;
/** Go: minZeroPage. */
const NIL_PAGE = 4096;

const entryRef = (name: EntryName): FuncRef => {
  const { params, results } = ENTRIES[name];
  return { module: "r", name, params: valTypes(params), results: valTypes(results) };
};

/** Which results of the Go text are pointers into the heap. */
const POINTER_RESULTS: Partial<Record<RuntimeSymbolName, readonly boolean[]>> = {
  makemap: [true], mapaccess1: [true], mapaccess2: [true, false], mapassign: [true], makechan: [true], concatstring2: [true], concatstring3: [true],
  concatstrings: [true], slicebytetostring: [true], stringtoslicebyte: [true], slicerunetostring: [true], stringtoslicerune: [true], intstring: [true],
  growslice: [true], makeslice: [true],
};

/** Constants and addresses that never change. */
export const isFixed = (x: LExpr): boolean =>
  x.kind === "const" || x.kind === "base" || x.kind === "global" || x.kind === "slot" || x.kind === "frame" || x.kind === "frameStart" || x.kind === "frameEnd";
