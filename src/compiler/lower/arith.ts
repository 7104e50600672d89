/**
 * Operators on numbers: wrapping integers of every width, shifts as Go defines them, floats, complex numbers.
 *
 * Small integers are kept sign- or zero-extended in 32 bits, so every operation that may leave the range ends in `normal`.
 *
 * Go: cmd/compile/internal/ssagen (the op tables), walk/expr.go (walkDivMod, walkShift).
 */
import { bug } from "../../base/bug.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { BinaryOp } from "../ir/index.ts";
import type { Type } from "../types/index.ts";
import type { Fn, Value } from "./context.ts";
import { basicName, type IntKind, intKind, isComplexType, isFloat32, needInt } from "./kinds.ts";
import { f32, f64, get, i32, i64, type LExpr, op } from "./lir.ts";

/** x brought back into the range of a small integer type. */
export function normal(k: IntKind, x: LExpr): LExpr {
  if (k.bits >= 32) return x;
  if (!k.signed) return op(OP.i32_and, x, i32(k.bits === 8 ? 0xff : 0xffff));
  return op(k.bits === 8 ? OP.i32_extend8_s : OP.i32_extend16_s, x);
}

const INT32: Partial<Record<BinaryOp, number>> = { ADD: OP.i32_add, SUB: OP.i32_sub, MUL: OP.i32_mul, AND: OP.i32_and, OR: OP.i32_or, XOR: OP.i32_xor };
const INT64: Partial<Record<BinaryOp, number>> = { ADD: OP.i64_add, SUB: OP.i64_sub, MUL: OP.i64_mul, AND: OP.i64_and, OR: OP.i64_or, XOR: OP.i64_xor };
const FLOAT32: Partial<Record<BinaryOp, number>> = { ADD: OP.f32_add, SUB: OP.f32_sub, MUL: OP.f32_mul, DIV: OP.f32_div };
const FLOAT64: Partial<Record<BinaryOp, number>> = { ADD: OP.f64_add, SUB: OP.f64_sub, MUL: OP.f64_mul, DIV: OP.f64_div };
const STAYS_NORMAL: ReadonlySet<BinaryOp> = new Set(["AND", "OR", "XOR"]);

/** x op y for numbers of type `t`. */
export function arithmetic(c: Fn, kind: BinaryOp, t: Type, x: Value, y: Value): Value {
  const k = intKind(t);
  const a = x[0] ?? bug("no operand");
  const b = y[0] ?? bug("no operand");
  if (k) return [integer(c, kind, k, a, b)];
  if (isComplexType(t)) return complexOp(c, kind, basicName(t) === "complex64", x, y);
  const table = isFloat32(t) ? FLOAT32 : FLOAT64;
  return [op(table[kind] ?? bug(`${kind} of floats`), a, b)];
}

function integer(c: Fn, kind: BinaryOp, k: IntKind, x: LExpr, y: LExpr): LExpr {
  if (kind === "DIV" || kind === "MOD") return divide(c, kind, k, x, y);
  if (kind === "ANDNOT") {
    const not = k.type === I32 ? op(OP.i32_xor, y, i32(-1)) : op(OP.i64_xor, y, i64(-1));
    return op(k.type === I32 ? OP.i32_and : OP.i64_and, x, not);
  }
  const code = (k.type === I32 ? INT32 : INT64)[kind] ?? bug(`${kind} of integers`);
  const z = op(code, x, y);
  // And, or and xor of extended values are extended.
  return STAYS_NORMAL.has(kind) ? z : normal(k, z);
}

function divide(c: Fn, kind: "DIV" | "MOD", k: IntKind, x: LExpr, y: LExpr): LExpr {
  const wide = k.type === I64;
  const div = wide ? (k.signed ? OP.i64_div_s : OP.i64_div_u) : k.signed ? OP.i32_div_s : OP.i32_div_u;
  const rem = wide ? (k.signed ? OP.i64_rem_s : OP.i64_rem_u) : k.signed ? OP.i32_rem_s : OP.i32_rem_u;
  const constant = y.kind === "const" ? BigInt(y.value) : undefined;
  let by = y;
  let from = x;
  if (constant === undefined || constant === 0n) {
    by = c.reuse(y);
    by = c.trap(op(wide ? OP.i64_eqz : OP.i32_eqz, by), "panicDivide", [], by);
  }
  if (kind === "MOD") return op(rem, from, by);
  // The one quotient out of range wraps in Go and traps in WebAssembly.
  if (!k.signed || k.bits < 32 || (constant !== undefined && constant !== -1n)) return normal(k, op(div, from, by));
  from = c.reuse(x);
  const divisor = c.reuse(by);
  const minusOne = wide ? op(OP.i64_eq, divisor, i64(-1)) : op(OP.i32_eq, divisor, i32(-1));
  const negated = wide ? op(OP.i64_sub, i64(0), from) : op(OP.i32_sub, i32(0), from);
  return { kind: "choose", type: k.type, cond: minusOne, x: negated, y: op(div, from, divisor) };
}

/** x << y and x >> y, y of any integer type. */
export function shift(c: Fn, kind: "LSH" | "RSH", t: Type, x: LExpr, count: LExpr, countType: Type): LExpr {
  const k = needInt(t);
  const ck = needInt(countType);
  const width = k.type === I64 ? 64 : 32;
  if (count.kind === "const") return shiftBy(k, kind, x, ck.signed ? BigInt(count.value) : BigInt.asUintN(ck.bits, BigInt(count.value)));
  let n = c.reuse(count);
  if (ck.signed) n = c.reuse(c.trap(op(ck.type === I64 ? OP.i64_lt_s : OP.i32_lt_s, n, ck.type === I64 ? i64(0) : i32(0)), "panicShift", [], n));
  const small = op(ck.type === I64 ? OP.i64_lt_u : OP.i32_lt_u, n, ck.type === I64 ? i64(width) : i32(width));
  const fitted = k.type === ck.type ? n : k.type === I64 ? op(OP.i64_extend_i32_u, n) : op(OP.i32_wrap_i64, n);
  if (kind === "RSH" && k.signed) {
    const most = k.type === I64 ? i64(63) : i32(31);
    return op(k.type === I64 ? OP.i64_shr_s : OP.i32_shr_s, x, { kind: "choose", type: k.type, cond: small, x: fitted, y: most });
  }
  const code = kind === "LSH" ? (k.type === I64 ? OP.i64_shl : OP.i32_shl) : k.type === I64 ? OP.i64_shr_u : OP.i32_shr_u;
  const value = c.reuse(x);
  const shifted: LExpr = { kind: "choose", type: k.type, cond: small, x: op(code, value, fitted), y: k.type === I64 ? i64(0) : i32(0) };
  return kind === "LSH" ? normal(k, shifted) : shifted;
}

function shiftBy(k: IntKind, kind: "LSH" | "RSH", x: LExpr, count: bigint): LExpr {
  const wide = k.type === I64;
  const number = (n: number): LExpr => (wide ? i64(n) : i32(n));
  const width = wide ? 64 : 32;
  if (kind === "RSH" && k.signed) return op(wide ? OP.i64_shr_s : OP.i32_shr_s, x, number(count >= BigInt(width) ? width - 1 : Number(count)));
  if (count >= BigInt(width)) return op(wide ? OP.i64_and : OP.i32_and, x, number(0));
  if (kind === "RSH") return op(wide ? OP.i64_shr_u : OP.i32_shr_u, x, number(Number(count)));
  return normal(k, op(wide ? OP.i64_shl : OP.i32_shl, x, number(Number(count))));
}

/** -x, ^x and !x. */
export function unary(c: Fn, kind: "NEG" | "BITNOT" | "NOT" | "PLUS", t: Type, v: Value): Value {
  const x = v[0] ?? bug("no operand");
  if (kind === "PLUS") return v;
  if (kind === "NOT") return [op(OP.i32_eqz, x)];
  const k = intKind(t);
  if (!k) {
    const narrow = isFloat32(t) || basicName(t) === "complex64";
    return v.map((part) => op(narrow ? OP.f32_neg : OP.f64_neg, part));
  }
  if (kind === "BITNOT") return [normal(k, k.type === I32 ? op(OP.i32_xor, x, i32(-1)) : op(OP.i64_xor, x, i64(-1)))];
  return [normal(k, k.type === I32 ? op(OP.i32_sub, i32(0), x) : op(OP.i64_sub, i64(0), c.reuse(x)))];
}

type Ordering = "EQ" | "NE" | "LT" | "LE" | "GT" | "GE";
const I32_COMPARE: Record<Ordering, readonly [number, number]> = {
  EQ: [OP.i32_eq, OP.i32_eq], NE: [OP.i32_ne, OP.i32_ne], LT: [OP.i32_lt_s, OP.i32_lt_u], LE: [OP.i32_le_s, OP.i32_le_u],
  GT: [OP.i32_gt_s, OP.i32_gt_u], GE: [OP.i32_ge_s, OP.i32_ge_u],
};
const I64_COMPARE: Record<Ordering, readonly [number, number]> = {
  EQ: [OP.i64_eq, OP.i64_eq], NE: [OP.i64_ne, OP.i64_ne], LT: [OP.i64_lt_s, OP.i64_lt_u], LE: [OP.i64_le_s, OP.i64_le_u],
  GT: [OP.i64_gt_s, OP.i64_gt_u], GE: [OP.i64_ge_s, OP.i64_ge_u],
};
const F32_COMPARE: Record<Ordering, number> = { EQ: OP.f32_eq, NE: OP.f32_ne, LT: OP.f32_lt, LE: OP.f32_le, GT: OP.f32_gt, GE: OP.f32_ge };
const F64_COMPARE: Record<Ordering, number> = { EQ: OP.f64_eq, NE: OP.f64_ne, LT: OP.f64_lt, LE: OP.f64_le, GT: OP.f64_gt, GE: OP.f64_ge };

/** A comparison of two numbers of a type that is one leaf. */
export function compareNumbers(kind: Ordering, t: Type, x: LExpr, y: LExpr): LExpr {
  const k = intKind(t);
  if (k) return op((k.type === I32 ? I32_COMPARE : I64_COMPARE)[kind][k.signed ? 0 : 1], x, y);
  return op((isFloat32(t) ? F32_COMPARE : F64_COMPARE)[kind], x, y);
}

function complexOp(c: Fn, kind: BinaryOp, narrow: boolean, x: Value, y: Value): Value {
  const [a, b, d, e] = [...x, ...y].map((v) => c.reuse(v));
  if (!a || !b || !d || !e) return bug("a complex number without parts");
  const add = narrow ? OP.f32_add : OP.f64_add;
  const sub = narrow ? OP.f32_sub : OP.f64_sub;
  const mul = narrow ? OP.f32_mul : OP.f64_mul;
  switch (kind) {
    case "ADD": return [op(add, a, d), op(add, b, e)];
    case "SUB": return [op(sub, a, d), op(sub, b, e)];
    case "MUL": return [op(sub, op(mul, a, d), op(mul, b, e)), op(add, op(mul, a, e), op(mul, b, d))];
    case "DIV": return complexDivide(c, narrow, [a, b], [d, e]);
    default: return bug(`${kind} of complex numbers`);
  }
}

/** Quotient of complex numbers as the runtime computes it: scaled by the larger part of the divisor, infinities apart. Go: runtime/complex.go. */
function complexDivide(c: Fn, narrow: boolean, x: Value, y: Value): Value {
  const wide = (e: LExpr): LExpr => c.save(narrow ? op(OP.f64_promote_f32, e) : e);
  const [a, b, d, e] = [...x, ...y].map(wide);
  if (!a || !b || !d || !e) return bug("a complex number without parts");
  const re = c.local(f64(0).type);
  const im = c.local(f64(0).type);
  const scaled = (p: LExpr, q: LExpr, parts: (ratio: LExpr, denom: LExpr) => [LExpr, LExpr]): (() => void) => () => {
    const ratio = c.save(op(OP.f64_div, q, p));
    const denom = c.save(op(OP.f64_add, p, op(OP.f64_mul, ratio, q)));
    const [r, i] = parts(ratio, denom);
    c.set(re, r);
    c.set(im, i);
  };
  const large = op(OP.f64_ge, op(OP.f64_abs, d), op(OP.f64_abs, e));
  const first = scaled(d, e, (ratio, denom) => [
    op(OP.f64_div, op(OP.f64_add, a, op(OP.f64_mul, b, ratio)), denom), op(OP.f64_div, op(OP.f64_sub, b, op(OP.f64_mul, a, ratio)), denom),
  ]);
  const second = scaled(e, d, (ratio, denom) => [
    op(OP.f64_div, op(OP.f64_add, op(OP.f64_mul, a, ratio), b), denom), op(OP.f64_div, op(OP.f64_sub, op(OP.f64_mul, b, ratio), a), denom),
  ]);
  c.emit({ kind: "if", cond: large, then: c.branch(first), else: c.branch(second) });
  const noNumbers = op(OP.i32_and, op(OP.f64_ne, get(re), get(re)), op(OP.f64_ne, get(im), get(im)));
  const limit = c.branch(() => c.setAll([re, im], c.text("complexlimit", [a, b, d, e])));
  c.emit({ kind: "if", cond: noNumbers, then: limit, else: [] });
  const out = (l: LExpr): LExpr => (narrow ? op(OP.f32_demote_f64, l) : l);
  return [out(get(re)), out(get(im))];
}

/** A numeric conversion. */
export function convertNumber(c: Fn, to: Type, from: Type, v: Value): Value {
  if (isComplexType(to)) return convertComplex(to, from, v);
  const x = v[0] ?? bug("no operand");
  const tk = intKind(to);
  const fk = intKind(from);
  if (tk && fk) return [convertInt(tk, fk, x)];
  if (tk) return [floatToInt(c, tk, isFloat32(from) ? op(OP.f64_promote_f32, x) : x)];
  if (fk) return [intToFloat(isFloat32(to), fk, x)];
  if (isFloat32(to) === isFloat32(from)) return [x];
  return [op(isFloat32(to) ? OP.f32_demote_f64 : OP.f64_promote_f32, x)];
}

function convertComplex(to: Type, from: Type, v: Value): Value {
  const narrow = basicName(to) === "complex64";
  const was = basicName(from) === "complex64";
  if (narrow === was) return v;
  return v.map((p) => op(narrow ? OP.f32_demote_f64 : OP.f64_promote_f32, p));
}

/** Between integer types. */
export function convertInt(to: IntKind, from: IntKind, x: LExpr): LExpr {
  if (to.type === I64) return from.type === I64 ? x : op(from.signed ? OP.i64_extend_i32_s : OP.i64_extend_i32_u, x);
  const narrow = from.type === I64 ? op(OP.i32_wrap_i64, x) : x;
  const fits = from.type === I32 && from.bits < to.bits && (from.signed === to.signed || !from.signed);
  return fits || (from.bits === to.bits && from.signed === to.signed) ? narrow : normal(to, narrow);
}

/** As amd64 does it: what is out of range becomes the smallest int64; small integers, but for uint32, go by way of int32. */
function floatToInt(c: Fn, to: IntKind, x: LExpr): LExpr {
  const v = c.reuse(x);
  const inRange = op(OP.i32_and, op(OP.f64_ge, v, f64(-(2 ** 63))), op(OP.f64_lt, v, f64(2 ** 63)));
  const signed: LExpr = { kind: "choose", type: I64, cond: inRange, x: op(OP.i64_trunc_f64_s, v), y: i64(-(2n ** 63n)) };
  if (to.type === I32) {
    const bits = to.bits < 32 || to.signed ? truncate32(v) : op(OP.i32_wrap_i64, signed);
    return normal(to, bits);
  }
  if (to.signed) return signed;
  const above = op(OP.f64_ge, v, f64(2 ** 63));
  const shifted = op(OP.f64_sub, v, f64(2 ** 63));
  const fits = op(OP.f64_lt, shifted, f64(2 ** 63));
  const high: LExpr = { kind: "choose", type: I64, cond: fits, x: op(OP.i64_xor, op(OP.i64_trunc_f64_s, shifted), i64(-(2n ** 63n))), y: i64(-(2n ** 63n)) };
  return { kind: "choose", type: I64, cond: above, x: high, y: signed };
}

function truncate32(v: LExpr): LExpr {
  const inRange = op(OP.i32_and, op(OP.f64_gt, v, f64(-2147483649)), op(OP.f64_lt, v, f64(2147483648)));
  return { kind: "choose", type: I32, cond: inRange, x: op(OP.i32_trunc_f64_s, v), y: i32(-0x80000000) };
}

function intToFloat(narrow: boolean, from: IntKind, x: LExpr): LExpr {
  if (from.type === I32) {
    if (narrow) return op(from.signed ? OP.f32_convert_i32_s : OP.f32_convert_i32_u, x);
    return op(from.signed ? OP.f64_convert_i32_s : OP.f64_convert_i32_u, x);
  }
  if (narrow) return op(from.signed ? OP.f32_convert_i64_s : OP.f32_convert_i64_u, x);
  return op(from.signed ? OP.f64_convert_i64_s : OP.f64_convert_i64_u, x);
}

/** The constant 0 of a float type, and other constants. */
export const floatConst = (narrow: boolean, value: number): LExpr => (narrow ? f32(value) : f64(value));
