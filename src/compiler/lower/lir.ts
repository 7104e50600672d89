/**
 * The low form: what lowering makes of IR and what code generation writes twice, as normal and as resume code.
 *
 * Values are WebAssembly's four types; a Go value of several words is several locals. Expressions have no effect but loads, checks
 * and leaf calls; everything that may collect, block or panic in a callee is a statement, so no operand is ever left on
 * WebAssembly's stack while a goroutine unwinds. Control flow is structured: labels name the block or loop that is left.
 *
 * Lowering fills it, codegen reads it; locals and sites get their places (slots, numbers) from codegen.
 *
 * Go: the form between cmd/compile/internal/walk and ssagen.
 */
import type { EntryName } from "../../abi/entries.ts";
import type { XPos } from "../ir/index.ts";
import { bug } from "../../base/bug.ts";
import { F32, F64, I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";

/** A WebAssembly local. `pointer`: the collector must know it where it is live. */
export interface Local {
  readonly id: number;
  readonly type: ValType;
  readonly pointer: boolean;
}

/** Memory in the frame: a variable with an address, a large value, an argument or result copy. */
export interface FrameObject {
  readonly size: number;
  /** Offsets of pointer words. */
  readonly pointers: readonly number[];
  /** The loop body (or the function) in which it lives, from `order` on; "call": only at the sites that name it. */
  readonly region: Region | "call";
  /** Number of the first site that may see it. */
  readonly order: number;
  /** Offset in the frame, set by codegen. */
  offset: number;
}

/** A loop body or a function's: frame objects die at its end, because escape analysis lets no address outlive it. */
export interface Region {
  readonly parent: Region | undefined;
}

/** Where a frame may stand: what the collector, a traceback and resumption know of it. */
export interface Site {
  readonly at: XPos;
  readonly region: Region;
  readonly order: number;
  /** Argument copies that are live in this call. */
  readonly objects: readonly FrameObject[];
  readonly alloc?: { readonly what: string; readonly type: string };
  /** Number within the function from 1, set by codegen: resume points first, in order. */
  number: number;
}

/** A function that is called by name: of this unit, of an earlier one ("f"), a native ("n") or a runtime call ("r"). */
export interface FuncRef {
  readonly module: "own" | "f" | "n" | "r";
  readonly name: string;
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

/** A function that is called through the table; `method`: by way of an interface, and so named. */
export interface TableRef {
  readonly module: "table";
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
  readonly index: LExpr;
  readonly method?: string;
}

/** An imported immutable global: a variable's address, a function's table index, a type, an itab, a base of another unit. */
export interface GlobalRef {
  readonly module: "s" | "v" | "t" | "i" | "b";
  readonly name: string;
}

export type LExpr =
  | { readonly kind: "const"; readonly type: ValType; readonly value: number | bigint }
  | { readonly kind: "get"; readonly type: ValType; readonly local: Local }
  /** Sets the local and is its value. */
  | { readonly kind: "tee"; readonly type: ValType; readonly local: Local; readonly x: LExpr }
  | { readonly kind: "op"; readonly type: ValType; readonly op: number; readonly x: LExpr; readonly y?: LExpr }
  | { readonly kind: "load"; readonly type: ValType; readonly op: number; readonly offset: number; readonly x: LExpr }
  /** `cond ? x : y`; only one of the two is evaluated. */
  | { readonly kind: "choose"; readonly type: ValType; readonly cond: LExpr; readonly x: LExpr; readonly y: LExpr }
  /** An address in this unit's initialised data, or among its variables that start as zero. */
  | { readonly kind: "base"; readonly type: ValType; readonly of: "data" | "zero"; readonly offset: number }
  | { readonly kind: "global"; readonly type: ValType; readonly ref: GlobalRef }
  /** Table index of the form of one of this unit's functions that takes a context. */
  | { readonly kind: "slot"; readonly type: ValType; readonly symbol: string }
  | { readonly kind: "frame"; readonly type: ValType; readonly object: FrameObject; readonly offset: number }
  /** The address just above this frame. */
  | { readonly kind: "frameEnd"; readonly type: ValType }
  /** The frame's own address. */
  | { readonly kind: "frameStart"; readonly type: ValType }
  | { readonly kind: "leaf"; readonly type: ValType; readonly fn: FuncRef; readonly args: readonly LExpr[] }
  /** Panics if `bad`; otherwise it is `x`. */
  | { readonly kind: "trap"; readonly type: ValType; readonly bad: LExpr; readonly panic: EntryName; readonly args: readonly LExpr[]; readonly site: Site; readonly x: LExpr };

/** A label: the statement that carries it is left (block) or begun again (loop's `again`). */
export interface LLabel {
  readonly name: string;
}

export interface LCall {
  readonly kind: "call";
  /** By name, or through the table. */
  readonly target: FuncRef | TableRef;
  readonly args: readonly LExpr[];
  /** Where results go; undefined drops one. */
  readonly results: readonly (Local | undefined)[];
  readonly site: Site;
  /** "gc": a site, but never unwinds. "panic": never returns. */
  readonly may: "gc" | "block" | "panic";
}

export interface LIf { readonly kind: "if"; readonly cond: LExpr; readonly then: readonly LStmt[]; readonly else: readonly LStmt[] }
export interface LBlock { readonly kind: "block"; readonly label: LLabel; readonly body: readonly LStmt[] }
/** Endless until something branches to `out`; a branch to `again` ends this round, charges `cost` and polls. */
export interface LLoop { readonly kind: "loop"; readonly out: LLabel; readonly again: LLabel; readonly body: readonly LStmt[]; readonly cost: number; readonly site: Site }

export type LStmt =
  | { readonly kind: "set"; readonly local: Local; readonly x: LExpr }
  /** `begins`: what that object held before is of no use any more. */
  | { readonly kind: "store"; readonly op: number; readonly offset: number; readonly addr: LExpr; readonly x: LExpr; readonly begins?: FrameObject }
  /** Bytes from `from` to `to`; they may overlap. */
  | { readonly kind: "copy"; readonly to: LExpr; readonly from: LExpr; readonly size: LExpr }
  | { readonly kind: "zero"; readonly to: LExpr; readonly size: LExpr; readonly begins?: FrameObject }
  /** Evaluated for its checks or its effect; a value is dropped. `type` undefined: a leaf call without result. */
  | { readonly kind: "eval"; readonly x: LExpr }
  | { readonly kind: "leafCall"; readonly fn: FuncRef; readonly args: readonly LExpr[] }
  | LCall | LIf | LBlock | LLoop
  | { readonly kind: "br"; readonly label: LLabel; readonly cond?: LExpr }
  /** Branches to the label whose number `x` (i32) is; other numbers go to `otherwise`. */
  | { readonly kind: "switch"; readonly x: LExpr; readonly labels: readonly LLabel[]; readonly otherwise: LLabel }
  | { readonly kind: "return"; readonly values: readonly LExpr[] }
  /** Only in what stands in place of a call: nothing has happened yet, so the call is made after all. */
  | { readonly kind: "abandon" };

/** One function in low form. */
export interface LFunc {
  readonly symbol: string;
  readonly at: XPos;
  readonly params: readonly Local[];
  readonly results: readonly ValType[];
  /** Name of a method. */
  readonly method?: string;
  /** The last parameter is the closure. */
  readonly hasContext: boolean;
  readonly locals: readonly Local[];
  readonly objects: readonly FrameObject[];
  readonly body: readonly LStmt[];
  /** Fuel that entering costs. */
  readonly cost: number;
  readonly hasDefer: boolean;
  /** The site of the deferred calls at the end. */
  readonly deferSite?: Site;
  /** Where its deferred calls are, if in the frame (defers.ts). */
  readonly openDefers?: { readonly object: FrameObject; readonly count: number };
  /** Locals that keep their slot from the start: what the end of a function with defer needs after a panic. */
  readonly pinned: readonly Local[];
  /** Results in memory of such a function: live at every site. */
  readonly pinnedObjects: readonly FrameObject[];
  /** Never polled: the channels and maps of our Go text are not to be left half-way, as Go's own runtime is not. */
  readonly unpreemptible: boolean;
  /** Is one call in tail position and needs no frame: its callee's frame follows the caller's at once. */
  readonly tail: boolean;
}

// ---- making expressions -------------------------------------------------------------------------------------

export const i32 = (value: number): LExpr => ({ kind: "const", type: I32, value });
export const i64 = (value: number | bigint): LExpr => ({ kind: "const", type: I64, value });
export const f32 = (value: number): LExpr => ({ kind: "const", type: F32, value });
export const f64 = (value: number): LExpr => ({ kind: "const", type: F64, value });
export const get = (local: Local): LExpr => ({ kind: "get", type: local.type, local });
export const tee = (local: Local, x: LExpr): LExpr => ({ kind: "tee", type: local.type, local, x });

/** An instruction of one or two operands. */
export const op = (code: number, x: LExpr, y?: LExpr): LExpr =>
  y ? { kind: "op", type: resultType(code), op: code, x, y } : { kind: "op", type: resultType(code), op: code, x };

export const load = (code: number, x: LExpr, offset = 0): LExpr => foldAddress({ kind: "load", type: resultType(code), op: code, offset, x });

/** Zero of a type. */
export const zeroOf = (type: ValType): LExpr => ({ kind: "const", type, value: type === I64 ? 0n : 0 });

/** An address plus a constant. */
export function plus(x: LExpr, offset: number): LExpr {
  if (offset === 0) return x;
  if (x.kind === "const") return i32(Number(x.value) + offset);
  if (x.kind === "base" || x.kind === "frame") return { ...x, offset: x.offset + offset };
  if (x.kind === "op" && x.op === OP.i32_add && x.y?.kind === "const") return plus(x.x, Number(x.y.value) + offset);
  return op(OP.i32_add, x, i32(offset));
}

function foldAddress(e: Extract<LExpr, { kind: "load" }>): LExpr {
  const { x } = e;
  if (x.kind === "op" && x.op === OP.i32_add && x.y?.kind === "const" && Number(x.y.value) >= 0) return { ...e, x: x.x, offset: e.offset + Number(x.y.value) };
  return e;
}

/** The type that an instruction leaves on the stack. */
export function resultType(code: number): ValType {
  if (code >= 0xfc00) return code >= OP.i64_trunc_sat_f32_s ? I64 : I32;
  if (code >= OP.i32_eqz && code <= OP.f64_ge) return I32;
  if (code >= OP.i32_clz && code <= OP.i32_rotr) return I32;
  if (code >= OP.i64_clz && code <= OP.i64_rotr) return I64;
  if (code >= OP.f32_abs && code <= OP.f32_copysign) return F32;
  if (code >= OP.f64_abs && code <= OP.f64_copysign) return F64;
  if (code >= OP.i32_load && code <= OP.i64_load32_u) return LOAD_TYPES[code - OP.i32_load] ?? bug(`load ${code}`);
  return CONVERSION_TYPES[code - OP.i32_wrap_i64] ?? bug(`no result type for instruction ${code}`);
}

const LOAD_TYPES: readonly ValType[] = [I32, I64, F32, F64, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64];
const CONVERSION_TYPES: readonly ValType[] = [
  I32, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64, F32, F32, F32, F32, F32, F64, F64, F64, F64, F64, I32, I64, F32, F64, I32, I32, I64, I64, I64,
];

/** Characters of abi signatures as value types. */
export function valTypes(signature: string): ValType[] {
  return Array.from(signature, (c) => (c === "i" ? I32 : c === "I" ? I64 : c === "f" ? F32 : c === "F" ? F64 : bug(`no value type ${c}`)));
}

/** Value types as characters of abi signatures. */
export const signatureOf = (types: readonly ValType[]): string =>
  types.map((t) => (t === I32 ? "i" : t === I64 ? "I" : t === F32 ? "f" : "F")).join("");
