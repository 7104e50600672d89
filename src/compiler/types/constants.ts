/** Whether a constant fits a type, and the value it has in it. Go: types2/const.go. */
import type { Pos } from "../../base/source.ts";
import { bitLen, makeComplex, makeUnknown, real, imag, roundTo, toComplex, toFloat, toInt, type Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { error } from "./errors.ts";
import * as messages from "./messages.ts";
import { type Operand, invalidate } from "./operand.ts";
import { isInteger, isNumeric, isTyped } from "./predicates.ts";
import { startPos } from "./positions.ts";
import { under } from "./under.ts";
import { IS_BOOLEAN, IS_COMPLEX, IS_FLOAT, IS_INTEGER, IS_STRING, IS_UNSIGNED, IS_UNTYPED, flagsOf } from "./universe.ts";
import { sizeof } from "./sizes.ts";
import type { BasicType, Type } from "./type.ts";

/** Why a constant does not have a type. */
export type Misfit = "truncated" | "overflow" | "mismatch";

/** The value that `x` has as a `t`, rounded for floats; undefined if it has none. */
export function representable(x: Value, t: BasicType): Value | undefined {
  if (x.kind === "unknown") return x;
  const flags = flagsOf(t);
  if (flags & IS_INTEGER) return asInteger(toInt(x), t, flags);
  if (flags & IS_FLOAT) return asFloat(toFloat(x), t.basic === "float32" ? 32 : 64, (flags & IS_UNTYPED) !== 0);
  if (flags & IS_COMPLEX) return asComplex(toComplex(x), t.basic === "complex64" ? 32 : 64, (flags & IS_UNTYPED) !== 0);
  if (flags & IS_STRING) return x.kind === "string" ? x : undefined;
  if (flags & IS_BOOLEAN) return x.kind === "bool" ? x : undefined;
  return undefined;
}

function asInteger(x: Value, t: BasicType, flags: number): Value | undefined {
  if (x.kind !== "int") return undefined;
  if (flags & IS_UNTYPED) return x;
  const bits = BigInt(sizeof(t) * 8);
  const [low, high] = flags & IS_UNSIGNED ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  return low <= x.value && x.value <= high ? x : undefined;
}

function asFloat(x: Value, size: 32 | 64, untyped: boolean): Value | undefined {
  if (x.kind !== "float" && x.kind !== "int") return undefined;
  if (untyped) return x;
  const rounded = roundTo(x, size);
  return rounded.kind === "unknown" ? undefined : rounded;
}

function asComplex(x: Value, size: 32 | 64, untyped: boolean): Value | undefined {
  if (x.kind !== "complex") return undefined;
  if (untyped) return x;
  const re = asFloat(toFloat(real(x)), size, false);
  const im = asFloat(toFloat(imag(x)), size, false);
  return re && im ? makeComplex(re, im) : undefined;
}

/** The value of a constant operand as a `t`, or why it has none. */
export function representation(x: Operand, t: BasicType): Value | Misfit {
  const value = representable(x.value ?? makeUnknown(), t);
  if (value) return value;
  if (!isNumeric(x.type) || !isNumeric(t)) return "mismatch";
  return !isInteger(x.type) && isInteger(t) ? "truncated" : "overflow";
}

/** Gives a constant operand the value it has as a `t`; reports where it has none. */
export function makeRepresentable(c: Checker, x: Operand, t: BasicType): void {
  const value = representation(x, t);
  if (typeof value !== "string") {
    x.value = value;
    return;
  }
  reportMisfit(c, value, x, t);
  invalidate(x);
}

/** Reports that a constant cannot be converted implicitly. */
export function reportMisfit(c: Checker, why: Misfit, x: Operand, t: Type): void {
  if (why === "truncated") error(c, x, messages.truncated(x, t));
  else if (why === "overflow") error(c, x, messages.overflows(x, t));
  else error(c, x, messages.cannotConvert(x, t));
}

/** Untyped integers have at most this many bits. */
const MAX_BITS = 512;

/** Checks the result of a constant operation: it must fit its type, or be of bearable size. */
export function checkOverflow(c: Checker, x: Operand, at: Pos): void {
  if (!x.value || x.value.kind === "unknown") {
    error(c, at, messages.resultNotRepresentable());
    return;
  }
  if (isTyped(x.type)) {
    const u = under(x.type);
    if (u.kind === "Basic") makeRepresentable(c, x, u);
    return;
  }
  if (x.value.kind === "int" && bitLen(x.value) > MAX_BITS) {
    error(c, at, messages.constantOverflow(x.expr ? operationName(x.expr) : ""));
    x.value = makeUnknown();
  }
}

/** Where the overflow of an operation is reported: at its operator. */
export const operatorPos = (e: ast.Expr): Pos => (e.kind === "Operation" ? e.pos : startPos(e));

function operationName(e: ast.Expr): string {
  if (e.kind !== "Operation") return "";
  if (!e.y) return e.op === "^" ? "bitwise complement" : "";
  switch (e.op) {
    case "+":
      return "addition";
    case "-":
      return "subtraction";
    case "^":
      return "bitwise XOR";
    case "*":
      return "multiplication";
    case "<<":
      return "shift";
    default:
      return "";
  }
}
