/**
 * Operands: the value of an expression for whoever needs one, constants, zero values, and what can be told of an expression before it is lowered.
 *
 * The dispatch itself stands in expr.ts and is reached through the context's doors.
 *
 * Go: cmd/compile/internal/walk/expr.go (walkExpr), ir/const.go.
 */
import { bug } from "../../base/bug.ts";
import { I64, OP } from "../../wasm/opcodes.ts";
import { boolVal, float64Val, imag, int64Val, real, roundTo, stringVal, toComplex, toFloat, toInt } from "../constant/index.ts";
import { type Expr, type LiteralExpr, someNode } from "../ir/index.ts";
import { type Type, under } from "../types/index.ts";
import { floatConst } from "./arith.ts";
import type { Fn, Value } from "./context.ts";
import { basicName, intKind, isComplexType, isFloat32 } from "./kinds.ts";
import { i32, i64, type LExpr, op, zeroOf } from "./lir.ts";

/** The value of `n`. */
export const value = (c: Fn, n: Expr): Value => c.doors.value(c, n);

/** The value of an expression that is one leaf. */
export const single = (c: Fn, n: Expr): LExpr => value(c, n)[0] ?? bug(`${n.kind} has no value`);

const CALLS: ReadonlySet<string> = new Set(["CALLFUNC", "CALLINTER", "INLCALL", "RECV"]);

/** Evaluates an array of which only the length is wanted: Go does that only if it contains a call. */
export function evaluateArray(c: Fn, x: Expr): void {
  if (!someNode(x, (n) => CALLS.has(n.kind))) return;
  if (!isAddressable(x)) return c.storeBlank(value(c, x));
  const p = c.doors.place(c, x);
  if (p.kind === "memory") c.storeBlank([p.addr]);
}

/** Whether `n` denotes a variable or memory, so that its address need not be made. */
export function isAddressable(n: Expr): boolean {
  switch (n.kind) {
    case "NAME": return n.class !== "func";
    case "DEREF": case "DOTPTR": return true;
    case "DOT": case "PAREN": return isAddressable(n.x);
    case "INDEX": {
      const t = under(n.x.type);
      return t.kind === "Slice" || (t.kind === "Array" && isAddressable(n.x));
    }
    default: return false;
  }
}

/** Which leaves of a flat struct are its field number `i`: first and count. */
export function leafRange(c: Fn, t: Type, i: number): readonly [number, number] {
  const u = under(t);
  if (u.kind !== "Struct") return bug("a field of something that is no struct");
  let first = 0;
  for (let f = 0; f < i; f++) first += c.unit.layouts.leaves(u.fields[f]?.type ?? bug("a field without type")).length;
  return [first, c.unit.layouts.leaves(u.fields[i]?.type ?? bug("a field without type")).length];
}

/** The length or capacity operand of make, whatever integer type it has, as int. */
export function asInt(c: Fn, n: Expr): LExpr {
  const x = single(c, n);
  if (intKind(n.type)?.type === I64) return x;
  if (x.type === I64) return x;
  return op(intKind(n.type)?.signed === false ? OP.i64_extend_i32_u : OP.i64_extend_i32_s, x);
}

// ---- constants ----------------------------------------------------------------------------------------------

/** Zero of any type. */
export function zeroValue(c: Fn, t: Type): Value {
  const { leaves, size, pointers } = c.unit.layouts.of(t);
  if (leaves) return leaves.map((l) => zeroOf(l.type));
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  return [c.frame(object)];
}

/** A constant as a value of its type. */
export function constant(c: Fn, n: LiteralExpr): Value {
  const t = under(n.type);
  const { value: v } = n;
  if (t.kind === "Interface") return bug("a constant of interface type");
  if (v.kind === "bool") return [i32(boolVal(v) ? 1 : 0)];
  if (v.kind === "string") {
    const text = stringVal(v);
    return [text === "" ? i32(0) : c.unit.bytes(text), i64(text.length)];
  }
  const k = intKind(n.type);
  if (k) {
    const whole = int64Val(toInt(v)).value;
    const all = toInt(v);
    const exact = all.kind === "int" ? all.value : whole;
    if (k.type === I64) return [i64(BigInt.asIntN(64, exact))];
    return [i32(Number(k.signed ? BigInt.asIntN(k.bits, exact) : BigInt.asUintN(k.bits, exact)) | 0)];
  }
  if (isComplexType(n.type)) {
    const narrow = basicName(n.type) === "complex64";
    const whole = toComplex(v);
    return [floatPart(narrow, real(whole)), floatPart(narrow, imag(whole))];
  }
  if (basicName(n.type).includes("float")) return [floatPart(isFloat32(n.type), v)];
  if (t.kind === "Basic" && (t.basic === "unsafe.Pointer" || t.basic === "untyped nil")) return [i32(Number(int64Val(toInt(v)).value))];
  if (t.kind === "Pointer") return [i32(Number(int64Val(toInt(v)).value))];
  return bug(`a constant of type ${basicName(n.type)}`);
}

function floatPart(narrow: boolean, v: LiteralExpr["value"]): LExpr {
  const x = toFloat(v);
  return floatConst(narrow, float64Val(narrow ? roundTo(x, 32) : x).value);
}
