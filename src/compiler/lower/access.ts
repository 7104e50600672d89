/**
 * Addresses, indices and slices, with their checks.
 *
 * An index is checked where it is used, inside the expression; the bounds of a slice expression are checked by statements before it.
 *
 * Go: cmd/compile/internal/walk/expr.go (walkIndex, walkSlice), ssagen (boundsCheck, slice).
 */
import { bug } from "../../base/bug.ts";
import { int64Val, toInt } from "../constant/index.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { AddrExpr, ConvExpr, Expr, IndexExpr, SliceExpr } from "../ir/index.ts";
import { type Type, under } from "../types/index.ts";
import type { Fn, Place, Value } from "./context.ts";
import { isAddressable, single, value } from "./operand.ts";
import { intKind, isStringType } from "./kinds.ts";
import { i32, i64, type LExpr, load, op, plus } from "./lir.ts";

/** &x. */
export function addressOf(c: Fn, n: AddrExpr): LExpr {
  const at = c.doors.place(c, n.x);
  const p = at.kind === "address" ? at.of : at;
  if (p.kind === "memory") return plus(p.addr, p.offset);
  return bug(`the address of ${n.x.kind}, which is no memory`);
}

/** An index operand as int (i64), and whether a negative value is possible. */
function indexValue(c: Fn, n: Expr): { readonly x: LExpr; readonly signed: boolean } {
  const x = single(c, n);
  const k = intKind(n.type);
  if (!k || k.type === I64) return { x, signed: k?.signed ?? true };
  if (x.kind === "const") return { x: i64(k.signed ? Number(x.value) : Number(x.value) >>> 0), signed: k.signed };
  return { x: op(k.signed ? OP.i64_extend_i32_s : OP.i64_extend_i32_u, x), signed: k.signed };
}

/** `i`, checked against `length`, times `size`, as i32. */
function scaledIndex(c: Fn, n: Expr, length: LExpr, size: number, bounded: boolean): LExpr {
  const { x, signed } = indexValue(c, n);
  if (x.kind === "const" && length.kind === "const" && BigInt(x.value) >= 0n && BigInt(x.value) < BigInt(length.value)) return i32(Number(x.value) * size);
  const i = bounded ? x : c.reuse(x);
  const small = scale(op(OP.i32_wrap_i64, i), size);
  if (bounded) return small;
  const len = c.reuse(length);
  const bad = op(OP.i64_ge_u, i, len);
  if (!signed && intKind(n.type)?.bits === 64) return c.trap(bad, "panicSlice", [i32(CODE.index), i32(0), i, len], small);
  return c.trap(bad, "panicIndex", [i, len], small);
}

function scale(x: LExpr, size: number): LExpr {
  if (size === 1) return x;
  const shift = 31 - Math.clz32(size);
  return size === 2 ** shift ? op(OP.i32_shl, x, i32(shift)) : op(OP.i32_mul, x, i32(size));
}

/** The address of an element of an array in memory or of a slice. */
export function elementAddress(c: Fn, n: IndexExpr): Place {
  const t = under(n.x.type);
  const outer = c.pos;
  c.pos = n.pos;
  const place = t.kind === "Slice" ? sliceElement(c, n, t.elem) : t.kind === "Array" ? arrayElement(c, n, t.elem, t.len) : bug(`an element of ${t.kind}`);
  c.pos = outer;
  return place;
}

function sliceElement(c: Fn, n: IndexExpr, elem: Type): Place {
  if (n.bounded !== true) c.reaches(n.x, LENGTH);
  const [ptr, len] = value(c, n.x);
  if (!ptr || !len) return bug("a slice without parts");
  const size = c.unit.layouts.of(elem).size;
  return { kind: "memory", addr: add(ptr, scaledIndex(c, n.index, len, size, n.bounded === true)), offset: 0, home: "heap" };
}

function arrayElement(c: Fn, n: IndexExpr, elem: Type, length: number): Place {
  const { size } = c.unit.layouts.of(elem);
  c.reaches(n.x, n.index.kind !== "LITERAL" ? -1 : c.reach(n, Number(int64Val(toInt(n.index.value)).value) * size));
  const whole = c.doors.place(c, n.x);
  if (whole.kind !== "memory") return bug("an array that is not in memory");
  const offset = scaledIndex(c, n.index, i64(length), size, n.bounded === true);
  if (offset.kind === "const") return { ...whole, offset: whole.offset + Number(offset.value) };
  return { ...whole, addr: add(whole.addr, offset) };
}

/** Where the length is in a string or slice. */
const LENGTH = 8;

function add(base: LExpr, offset: LExpr): LExpr {
  return offset.kind === "const" ? plus(base, Number(offset.value)) : op(OP.i32_add, base, offset);
}

/** x[i] of an array, slice or string. */
export function index(c: Fn, n: IndexExpr): Value {
  const t = under(n.x.type);
  if (isStringType(n.x.type)) {
    c.reaches(n.x, LENGTH);
    const [ptr, len] = value(c, n.x);
    if (!ptr || !len) return bug("a string without parts");
    return [load(OP.i32_load8_u, add(ptr, scaledIndex(c, n.index, len, 1, n.bounded === true)))];
  }
  if (t.kind === "Array" && !isAddressable(n.x)) {
    const addr = value(c, n.x)[0] ?? i32(0);
    return c.loadValue(n.type, add(addr, scaledIndex(c, n.index, i64(t.len), c.unit.layouts.of(n.type).size, n.bounded === true)), 0);
  }
  const p = elementAddress(c, n);
  return p.kind === "memory" ? c.loadValue(n.type, p.addr, p.offset) : bug("an element that is not in memory");
}

// ---- slices -------------------------------------------------------------------------------------------------

/** Go's boundsErrorCodes: index, alen, acap, b, 3alen, 3acap, 3b, 3c, convert. */
const CODE = { index: 0, alen: 1, acap: 2, b: 3, alen3: 4, acap3: 5, b3: 6, c3: 7, convert: 8 } as const;

interface Operand {
  readonly ptr: LExpr;
  readonly len: LExpr;
  readonly cap: LExpr;
  readonly size: number;
  readonly string: boolean;
  /** The upper bound is a capacity, not a length: other words in the panic. */
  readonly isCap: boolean;
}

function sliceOperand(c: Fn, n: SliceExpr): Operand {
  const t = under(n.x.type);
  if (t.kind === "Pointer") {
    const array = under(t.elem);
    if (array.kind !== "Array") return bug("a slice of a pointer to no array");
    const len = i64(array.len);
    return { ptr: c.reuse(c.notNil(single(c, n.x)), true), len, cap: len, size: c.unit.layouts.of(array.elem).size, string: false, isCap: false };
  }
  const [ptr, len, cap] = value(c, n.x);
  if (!ptr || !len) return bug("a slice of something without parts");
  if (t.kind !== "Slice") {
    const length = c.reuse(len);
    return { ptr: c.reuse(ptr, true), len: length, cap: length, size: 1, string: true, isCap: false };
  }
  return { ptr: c.reuse(ptr, true), len: c.reuse(len), cap: c.reuse(cap ?? bug("no capacity")), size: c.unit.layouts.of(t.elem).size, string: false, isCap: true };
}

/** x[low:high] and x[low:high:max]. */
export function slice(c: Fn, n: SliceExpr): Value {
  const s = sliceOperand(c, n);
  const bound = (x: Expr | undefined): { x: LExpr; signed: boolean } | undefined => {
    if (!x) return undefined;
    const b = indexValue(c, x);
    return { x: c.reuse(b.x), signed: b.signed };
  };
  const low = bound(n.low);
  const high = bound(n.high);
  const max = bound(n.max);
  const panic = (code: number, signed: boolean, x: LExpr, y: LExpr): void => {
    if (x.kind === "const" && y.kind === "const" && BigInt(x.value) >= 0n && BigInt(x.value) <= BigInt(y.value)) return;
    if (x.kind === "const" && BigInt(x.value) === 0n) return;
    c.check(op(OP.i64_gt_u, x, y), "panicSlice", [i32(code), i32(signed ? 1 : 0), x, y]);
  };
  const hi = high?.x ?? s.len;
  if (max) {
    panic(s.isCap ? CODE.acap3 : CODE.alen3, max.signed, max.x, s.cap);
    if (high) panic(CODE.b3, high.signed, high.x, max.x);
    if (low) panic(CODE.c3, low.signed, low.x, hi);
  } else {
    if (high) panic(s.isCap ? CODE.acap : CODE.alen, high.signed, high.x, s.cap);
    if (low) panic(CODE.b, low.signed, low.x, hi);
  }
  const lo = low?.x ?? i64(0);
  const len = minus(hi, lo);
  if (s.string) return [sliceBase(c, s, lo, len), c.reuse(len)];
  const cap = c.reuse(minus(max?.x ?? s.cap, lo));
  return [sliceBase(c, s, lo, cap), c.reuse(len), cap];
}

const minus = (x: LExpr, y: LExpr): LExpr => {
  if (y.kind === "const" && BigInt(y.value) === 0n) return x;
  if (x.kind === "const" && y.kind === "const") return i64(BigInt(x.value) - BigInt(y.value));
  return op(OP.i64_sub, x, y);
};

/** The new pointer: the old one where nothing is left, so that it never points past the object. */
function sliceBase(c: Fn, s: Operand, low: LExpr, left: LExpr): LExpr {
  if (low.kind === "const" && BigInt(low.value) === 0n) return s.ptr;
  const room = c.reuse(left);
  const moved = op(OP.i32_add, s.ptr, scale(op(OP.i32_wrap_i64, low), s.size));
  return c.reuse({ kind: "choose", type: I32, cond: op(OP.i64_eqz, room), x: s.ptr, y: moved }, true);
}

/** [N]T(s) and (*[N]T)(s). */
export function slice2Array(c: Fn, n: ConvExpr): Value {
  const target = under(n.type);
  const array = n.kind === "SLICE2ARR" ? target : target.kind === "Pointer" ? under(target.elem) : target;
  if (array.kind !== "Array") return bug("a conversion to no array");
  const [ptr, len] = value(c, n.x);
  if (!ptr || !len) return bug("a slice without parts");
  const length = c.reuse(len);
  const p = c.reuse(ptr, true);
  c.check(op(OP.i64_gt_u, i64(array.len), length), "panicSlice", [i32(CODE.convert), i32(1), i64(array.len), length]);
  return n.kind === "SLICE2ARR" ? c.loadValue(n.type, p, 0) : [p];
}
