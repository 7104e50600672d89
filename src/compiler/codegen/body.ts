/**
 * What the emitters of expressions and statements share while they write one version of one function, and the expressions themselves.
 *
 * Checks stand inside expressions: a bad value calls the runtime's panic and leaves the function, whatever is on
 * WebAssembly's stack. Nothing else in an expression leaves it.
 *
 * Go: cmd/compile/internal/ssagen (ssa.go, genValue).
 */
import { isPure } from "../../abi/entries.ts";
import { PATCH } from "../../abi/program.ts";
import { CELL, FRAME, UNWIND } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { Code, type Label } from "../../wasm/code.ts";
import { F32, F64, I32, I64, OP, type V128, type ValType } from "../../wasm/opcodes.ts";
import type { FuncRef, GlobalRef, LCall, LExpr, LFunc, Local, Site } from "../lower/index.ts";
import type { Frame } from "./frame.ts";
import { LiveSet } from "./liveset.ts";
import type { Points } from "./points.ts";

/** How symbols become indices: the module that is being written. */
export interface ModuleContext {
  func(ref: FuncRef): number;
  global(ref: GlobalRef): number;
  /** The global that holds a base of this unit, or of the one at the import path `home`. */
  base(of: BaseOf, home?: string): number;
  /** Whether those of this unit are imported, in place of constants that linking puts in. */
  readonly importsBases: boolean;
  /** Resume code for loops: the global that holds the table slot of the whole resume code. */
  readonly elsewhere: number;
  /** The runtime's call that enters resume code; undefined where the module has the table. */
  readonly enter: number | undefined;
  /** Offset in the unit's data of the variables that start as zero. */
  readonly zeroStart: number;
  type(params: readonly ValType[], results: readonly ValType[]): number;
  /** Table slot, relative to the unit's, of the form of an own function that takes a context. */
  valueSlot(symbol: string): number;
  /** Bases are imported globals, as in resume code; else they are put in when the module is linked. */
  readonly imported: boolean;
  readonly inlining: Inlining;
  /** Symbol of the function that runs once. */
  readonly once: string | undefined;
}

/** What may be written in place of a call (inline.ts). */
export interface Inlining {
  /** Nodes that may be written in place of calls in one function, and how many a function is. */
  readonly room: number;
  weight(ready: Ready): number;
  /** Whether a function may be under way several times on one stack. */
  recursive(ready: Ready): boolean;
  /** The function that a direct call runs; `once`: from the function that runs once. */
  direct(target: LCall["target"], once: boolean): Ready | undefined;
  /** Functions that a call through the table may well run: each with its table slot, relative to the unit's. */
  likely(target: LCall["target"]): readonly Likely[];
}

/** A function with its table slot. */
export interface Likely {
  readonly callee: Ready;
  readonly slot: number;
}

/** A function that is ready to be written. */
export interface Ready {
  readonly fn: LFunc;
  readonly points: Points;
  readonly frame: Frame;
  /** Index in the unit of its first site. */
  readonly firstSite: number;
  /** Table slot of its resume code, relative to the unit's. */
  readonly resumeSlot: number;
  /** Only its quick part (prune.ts). */
  readonly quick?: true;
  /** Import path of the unit that it belongs to, if that is another one (shelf.ts). */
  readonly home?: string;
}

/** What a unit has a base of: its data, its table slots, its sites. */
export type BaseOf = "data" | "table" | "site";

/** Whether a call goes to compiled code, which takes its caller's frame as the first parameter: not to the runtime or a native. */
export const isGo = (target: LCall["target"]): boolean => target.module === "own" || target.module === "f" || target.module === "table";

/** WebAssembly parameters of a function. */
export const passed = (fn: LFunc): ValType[] => [I32, ...fn.params.map((p) => p.type)];

type Trap = Extract<LExpr, { kind: "trap" }>;

/** The failing ends of a loop's checks: code behind the loop, because V8 lays code out in order and a loop should hold nothing cold. */
export interface Cold {
  /** Where the n-th check branches to. */
  readonly labels: readonly Label[];
  readonly pending: Failing[];
}

/** A check that failed: in whose code, and what is clean in the frames of those around it. */
interface Failing {
  readonly body: Body;
  readonly trap: Trap;
  readonly fuel: number | undefined;
  readonly clean: readonly LiveSet[];
}

/** The call in whose place a function's body is written. */
export interface Host {
  /** The caller's. */
  readonly body: Body;
  /** Where the callee's results go. */
  readonly results: readonly (Local | undefined)[];
  /** Behind the call. */
  readonly done: () => Label;
  /** Brings the caller's frame in order, where that waits until somebody looks. */
  readonly prepare: () => void;
  /** Where the call is made after all. */
  readonly abandon: () => Label;
  /** The callee has saved itself: now the caller does, and leaves. */
  readonly leave: () => void;
}

/** Normal code, resume code that goes on anywhere, or resume code that goes on at loops. */
export type Version = "normal" | "resume" | "loops";

/** One version of one function being written. */
export class Body {
  readonly code: Code;
  /** The frame's address: the first parameter, which begins as the caller's frame. In a function without a frame it stays that until it panics. */
  frame = 0;
  /** Set where the function is written in place of a call. */
  readonly host: Host | undefined;
  /** How many calls it stands in. */
  readonly depth: number;
  /** Pointers whose slot holds what the local holds. */
  clean: LiveSet;
  /** Inside a loop: where its checks go. */
  cold: Cold | undefined;
  /** Index of the local that holds the fuel inside a leaf loop. */
  fuel: number | undefined;
  readonly module: ModuleContext;
  readonly ready: Ready;
  readonly resume: boolean;
  /** Resume code goes on at loops only. */
  readonly loopsOnly: boolean;
  /** How much may still be written in place of calls. */
  readonly room: { left: number };
  readonly #indices: Int32Array;
  readonly #scratch: Map<string, number>;
  /** WebAssembly locals of functions in place of calls, by depth and symbol: two such calls are never under way at once. */
  readonly #inlined: Map<string, Int32Array>;

  /** How deep calls may stand in the place of calls here. */
  readonly nesting: number;

  constructor(module: ModuleContext, ready: Ready, version: Version, nesting: number, host?: Host) {
    this.nesting = nesting;
    this.module = module;
    this.ready = ready;
    this.resume = version !== "normal";
    this.loopsOnly = version === "loops";
    this.host = host;
    this.depth = host ? host.body.depth + 1 : 0;
    const { fn } = ready;
    this.#scratch = host ? host.body.#scratch : new Map();
    this.#inlined = host ? host.body.#inlined : new Map();
    this.room = host ? host.body.room : { left: module.inlining.room };
    const key = `${this.depth} ${fn.symbol}`;
    this.#indices = (host && this.#inlined.get(key)) ?? new Int32Array(fn.locals.length).fill(-1);
    if (host) this.#inlined.set(key, this.#indices);
    this.code = host ? host.body.code : new Code(this.resume ? 1 : fn.params.length + 1);
    if (host) {
      this.fuel = host.body.fuel;
      this.cold = host.body.cold;
      this.frame = ready.points.frameless ? host.body.frame : this.scratch(`frame ${this.depth}`, I32);
    } else if (!this.resume) fn.params.forEach((p, i) => { this.#indices[p.id] = i + 1; });
    this.clean = new LiveSet(fn.locals.length);
  }

  /** What is clean here and in the callers around. */
  cleanAround(): LiveSet[] {
    return [this.clean.copy(), ...(this.host ? this.host.body.cleanAround() : [])];
  }

  setCleanAround(sets: readonly LiveSet[]): void {
    this.clean = sets[0]?.copy() ?? bug("no clean set");
    this.host?.body.setCleanAround(sets.slice(1));
  }

  /** The WebAssembly local of `local`. */
  local(local: Local): number {
    const known = this.#indices[local.id] ?? -1;
    if (known >= 0) return known;
    const index = this.code.local(local.type);
    this.#indices[local.id] = index;
    return index;
  }

  /** A local of the emitter's own, by use. */
  scratch(use: string, type: ValType | typeof V128): number {
    const known = this.#scratch.get(use);
    if (known !== undefined) return known;
    const index = this.code.local(type);
    this.#scratch.set(use, index);
    return index;
  }

  loadCell(op: number, cell: number): void {
    this.code.i32(0);
    this.code.mem(op, cell);
  }

  /** FRAME.state = the site. */
  storeState(site: Site): void {
    const { code } = this;
    code.get(this.frame);
    this.siteNumber(site);
    code.mem(OP.i32_store, FRAME.state);
  }

  siteNumber(site: Site): void {
    this.based("site", this.ready.firstSite + site.number - 1);
  }

  /** A base of the function's unit plus a number: put in when normal code is linked, or imported, as it is where the unit is another one. */
  based(of: BaseOf, offset: number): void {
    const { home } = this.ready;
    if (!this.module.importsBases && home === undefined) return this.code.patched(offset, PATCH[of]);
    this.code.globalGet(this.module.base(of, home));
    this.#add(offset);
  }

  /** FRAME.func = this function's resume code. */
  storeFunc(): void {
    const { code } = this;
    code.get(this.frame);
    this.resumeIndex();
    code.mem(OP.i32_store, FRAME.func);
  }

  resumeIndex(): void {
    this.based("table", this.ready.resumeSlot);
  }

  /** Leaves the function while unwinding; what it returns is not looked at. */
  bail(): void {
    if (this.host) return this.host.leave();
    if (!this.resume) for (const type of this.ready.fn.results) this.zero(type);
    this.code.return();
  }

  zero(type: ValType): void {
    switch (type) {
      case I32: return this.code.i32(0);
      case I64: return this.code.i64(0);
      case F32: return this.code.f32(0);
      case F64: return this.code.f64(0);
    }
  }

  /** The fuel cell is right again: before anything outside sees it. */
  syncFuel(): void {
    if (this.fuel === undefined) return;
    this.code.i32(0);
    this.code.get(this.fuel);
    this.code.mem(OP.i64_store, CELL.fuel);
  }

  /** Takes the fuel back into its local. */
  reloadFuel(): void {
    if (this.fuel === undefined) return;
    this.loadCell(OP.i64_load, CELL.fuel);
    this.code.set(this.fuel);
  }

  /** Writes `e`: its value ends on WebAssembly's stack. */
  expr(e: LExpr): void {
    const { code } = this;
    switch (e.kind) {
      case "const": return this.#constant(e.type, e.value);
      case "get": return code.get(this.local(e.local));
      case "tee":
        this.expr(e.x);
        this.clean.delete(e.local.id);
        return code.tee(this.local(e.local));
      case "op":
        this.expr(e.x);
        if (e.y) this.expr(e.y);
        return code.op(e.op);
      case "load":
        this.expr(e.x);
        return code.mem(e.op, e.offset);
      case "choose": return this.#choose(e);
      case "base":
        return this.based("data", e.offset + (e.of === "zero" ? this.module.zeroStart : 0));
      case "global": return code.globalGet(this.module.global(e.ref));
      case "slot":
        return this.based("table", this.module.valueSlot(e.symbol));
      case "frame":
        code.get(this.frame);
        return this.#add(e.object.offset + e.offset);
      case "frameStart": return code.get(this.frame);
      case "frameEnd":
        code.get(this.frame);
        return this.#add(this.hasFrame ? this.ready.frame.size : 0);
      case "leaf": return this.leaf(e.fn, e.args);
      case "trap": return this.#trap(e);
    }
  }

  /** A call that neither collects nor blocks. */
  leaf(fn: FuncRef, args: readonly LExpr[]): void {
    const pure = fn.module === "r" && isPure(fn.name);
    if (!pure) {
      this.syncFuel();
      this.storeStackPointer();
    }
    for (const a of args) this.expr(a);
    this.code.call(this.module.func(fn));
    if (!pure) this.reloadFuel();
  }

  #constant(type: ValType, value: number | bigint): void {
    switch (type) {
      case I32: return this.code.i32(Number(value));
      case I64: return this.code.i64(value);
      case F32: return this.code.f32(Number(value));
      case F64: return this.code.f64(Number(value));
    }
  }

  #add(offset: number): void {
    if (offset === 0) return;
    this.code.i32(offset);
    this.code.op(OP.i32_add);
  }

  #choose(e: Extract<LExpr, { kind: "choose" }>): void {
    const { code } = this;
    this.expr(e.cond);
    code.if(e.type);
    const before = this.clean.copy();
    this.expr(e.x);
    const afterX = this.clean;
    this.clean = before;
    code.else();
    this.expr(e.y);
    this.clean.intersect(afterX);
    code.end();
  }

  #trap(e: Trap): void {
    const { code } = this;
    this.expr(e.bad);
    const label = this.cold?.labels[this.cold.pending.length];
    if (this.cold && label !== undefined) {
      code.brIf(label);
      this.cold.pending.push({ body: this, trap: e, fuel: this.fuel, clean: this.cleanAround() });
    } else {
      code.if();
      this.panic(e);
      code.end();
    }
    this.expr(e.x);
  }

  /** What happens where a check fails. */
  panic(e: Trap): void {
    const kept = this.clean.copy();
    const { frame } = this;
    this.syncFuel();
    this.panicFrame(e.site);
    for (const a of e.args) this.expr(a);
    this.code.call(this.module.func({ module: "r", name: e.panic, params: [], results: [] }));
    this.clean = kept;
    this.bail();
    this.frame = frame;
  }

  /** Makes the frame readable for a panic at `site`; a function without a frame makes one now. */
  panicFrame(site: Site): void {
    if (!this.hasFrame) this.takeFrame();
    this.storeStackPointer();
    this.storeState(site);
    this.storeFunc();
  }

  /** Whether the function stands in a frame of its own. */
  get hasFrame(): boolean {
    return this.resume || !this.ready.points.frameless;
  }

  /** The frame lies below the caller's. */
  takeFrame(): void {
    const { code, host } = this;
    code.get(this.frame);
    code.i32(this.ready.frame.size);
    code.op(OP.i32_sub);
    if (host) {
      this.frame = this.scratch("frame in panic", I32);
      host.prepare();
    }
    code.set(this.frame);
  }

  /** CELL.sp = the frame: the runtime is about to look, or a resumed parent to go on. */
  storeStackPointer(): void {
    const { code } = this;
    code.i32(0);
    code.get(this.frame);
    code.mem(OP.i32_store, CELL.sp);
  }

  /** Sets CELL.unw. */
  storeUnwind(value: (typeof UNWIND)[keyof typeof UNWIND]): void {
    this.code.i32(0);
    this.code.i32(value);
    this.code.mem(OP.i32_store, CELL.unw);
  }

  /** The function in whose code this stands. */
  get outermost(): LFunc {
    return this.host ? this.host.body.outermost : this.ready.fn;
  }

  /** The function that stands in place of a call by name. */
  direct(target: LCall["target"]): Ready | undefined {
    return this.module.inlining.direct(target, this.module.once === this.outermost.symbol);
  }

  slot(id: number): number {
    const slot = this.ready.frame.slots[id] ?? -1;
    return slot >= 0 ? slot : bug(`${this.ready.fn.symbol}: local ${id} has no slot`);
  }
}
