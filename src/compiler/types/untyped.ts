/**
 * Untyped values and the types they get: implicitly by their context, and down to the operands they came from.
 *
 * `implicitType` needs no checker. Go: types2/expr.go (implicitTypeAndValue, updateExprType, matchTypes), const.go.
 */
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { type Misfit, reportMisfit, representation } from "./constants.ts";
import { error } from "./errors.ts";
import * as messages from "./messages.ts";
import { invalidate, type Operand, operandOf } from "./operand.ts";
import {
  allBoolean, allInteger, allNumeric, allString, defaultType, hasNil, isBoolean, isEmptyInterface, isNonTypeParamInterface, isNumeric, isPointer, isString,
  isTyped, isUntyped, isValid, largerUntyped, underIs,
} from "./predicates.ts";
import { recordType } from "./record.ts";
import { asNamed, isTypeParam, under } from "./under.ts";
import { basic } from "./universe.ts";
import type { Type } from "./type.ts";

/** The type (and for constants the value) that an untyped operand gets; undefined if it can't have one. */
export function implicitType(x: Operand, target: Type): { readonly type: Type; readonly value?: Value } | undefined {
  const found = implicitTypeAndValue(x, target);
  return typeof found === "string" ? undefined : found;
}

/** The type (and for constants the value) that an untyped operand gets where a `target` is wanted, or why it gets none. */
export function implicitTypeAndValue(x: Operand, target: Type): { readonly type: Type; readonly value?: Value } | Misfit {
  if (x.mode === "invalid" || isTyped(x.type) || !isValid(target)) return { type: x.type };
  if (isUntyped(target)) {
    const larger = largerUntyped(x.type, target);
    return larger ? { type: larger } : "mismatch";
  }
  if (x.mode === "nilvalue") return hasNil(target) ? { type: target } : "mismatch";
  const u = under(target);
  if (u.kind === "Basic") {
    if (x.mode !== "constant") return kindFits(x.type, target) ? { type: target } : "mismatch";
    const value = representation(x, u);
    return typeof value === "string" ? value : { type: target, value };
  }
  if (u.kind !== "Interface") return "mismatch";
  if (isTypeParam(target)) {
    return underIs(target, (t) => t !== undefined && implicitType(x, t) !== undefined) ? { type: target } : "mismatch";
  }
  return isEmptyInterface(u) ? { type: defaultType(x.type) } : "mismatch";
}

function kindFits(untyped: Type, target: Type): boolean {
  if (untyped.kind !== "Basic") return false;
  switch (untyped.basic) {
    case "untyped bool":
      return isBoolean(target);
    case "untyped int":
    case "untyped rune":
    case "untyped float":
    case "untyped complex":
      return isNumeric(target);
    case "untyped string":
      return isString(target);
    default:
      return false;
  }
}

/** Gives an untyped operand the type `target`, or reports why it can't have it. */
export function convertUntyped(c: Checker, x: Operand, target: Type): void {
  const found = implicitTypeAndValue(x, target);
  if (typeof found === "string") {
    // A defined type is named by what it is, a type parameter by itself.
    const shown = isTypeParam(target) ? target : (asNamed(target)?.underlying ?? under(target));
    reportMisfit(c, found, x, shown);
    invalidate(x);
    return;
  }
  adopt(c, x, found);
}

/** Sets the operand's type and value, and those of the expressions it came from. */
export function adopt(c: Checker, x: Operand, found: { readonly type: Type; readonly value?: Value }): void {
  if (found.value) {
    x.value = found.value;
    const info = x.expr && c.untyped.get(x.expr);
    if (info) info.value = found.value;
  }
  if (found.type !== x.type) {
    x.type = found.type;
    if (x.expr) updateExprType(c, x.expr, found.type, false);
  }
}

/** Sets the type of an untyped expression and, where they share it, of its operands; `final` even if it is still untyped. */
export function updateExprType(c: Checker, e: ast.Expr, type: Type, final: boolean): void {
  const old = c.untyped.get(e);
  if (!old) return;
  if (e.kind === "ParenExpr") updateExprType(c, e.x, type, final);
  else if (e.kind === "Operation" && !old.value) {
    if (!e.y) updateExprType(c, e.x, type, final);
    else if (!isComparisonOp(e.op)) {
      updateExprType(c, e.x, type, final);
      if (e.op !== "<<" && e.op !== ">>") updateExprType(c, e.y, type, final);
    }
  }
  if (!final && isUntyped(type)) {
    const u = under(type);
    if (u.kind === "Basic") old.type = u;
    return;
  }
  c.untyped.delete(e);
  if (old.isShiftLhs && !allInteger(type)) {
    error(c, e, messages.shiftedOperandType(e, type));
    return;
  }
  if (old.value) {
    const x = operandOf(old.mode, e, old.type, old.value);
    convertUntyped(c, x, type);
    if (x.mode === "invalid") return;
    recordType(c, e, old.mode, type, x.value);
    return;
  }
  recordType(c, e, old.mode, type);
}

/** Whether the operator compares. */
export const isComparisonOp = (op: ast.Operator): boolean => op === "==" || op === "!=" || op === "<" || op === "<=" || op === ">" || op === ">=";

/** Gives two operands a common type where one of them is untyped; `x` is invalid where they can't have one and it was reported. */
export function matchTypes(c: Checker, x: Operand, y: Operand): void {
  if (!mayConvert(x, y)) return;
  convertUntyped(c, x, y.type);
  if (x.mode === "invalid") return;
  convertUntyped(c, y, x.type);
  if (y.mode === "invalid") invalidate(x);
}

/** Whether it makes sense to convert; if not, the operation itself is wrong and says so better. */
function mayConvert(x: Operand, y: Operand): boolean {
  if (isTyped(x.type) && isTyped(y.type)) return false;
  if (allNumeric(x.type) !== allNumeric(y.type)) return false;
  if (isNonTypeParamInterface(x.type) || isNonTypeParamInterface(y.type)) return true;
  if (allBoolean(x.type) !== allBoolean(y.type)) return false;
  if (allString(x.type) !== allString(y.type)) return false;
  if (x.mode === "nilvalue") return hasNil(y.type);
  if (y.mode === "nilvalue") return hasNil(x.type);
  return !isPointer(x.type) && !isPointer(y.type);
}

/** Whether the type is that of nil before it has another. */
export const isUntypedNil = (t: Type): boolean => t === basic["untyped nil"];
