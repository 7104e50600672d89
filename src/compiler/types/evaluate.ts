/** The ways to check an expression, by what its place wants: one value, several, a type, or either. Go: types2/expr.go (second half). */
import type * as ast from "../syntax/ast.ts";
import type { Checker, Target } from "./checker.ts";
import { error } from "./errors.ts";
import * as messages from "./messages.ts";
import { invalidate, isUsable, newOperand, type Operand, operandOf } from "./operand.ts";
import { isTypeParam } from "./under.ts";
import { unparen } from "./positions.ts";
import { isMethodSet, typeSet } from "./identical.ts";
import { under } from "./under.ts";
import { basic, errorType, invalidType } from "./universe.ts";
import { startPos } from "./positions.ts";
import type { SignatureType, Type } from "./type.ts";

/** One value. */
export function expr(c: Checker, x: Operand, e: ast.Expr, target?: Target): void {
  c.rawExpr(target, x, e, undefined, false);
  wantValue(c, x);
}

/** One value, possibly a generic function. */
export function genericExpr(c: Checker, x: Operand, e: ast.Expr): void {
  c.rawExpr(undefined, x, e, undefined, true);
  wantValue(c, x);
}

/** One value inside a composite literal whose elements have type `hint`. */
export function exprWithHint(c: Checker, x: Operand, e: ast.Expr, hint: Type): void {
  c.rawExpr(undefined, x, e, hint, false);
  wantValue(c, x);
}

/** One value, or a type. */
export function exprOrType(c: Checker, x: Operand, e: ast.Expr, allowGeneric: boolean): void {
  c.rawExpr(undefined, x, e, undefined, allowGeneric);
  exclude(c, x, "novalue");
  singleValue(c, x);
}

function wantValue(c: Checker, x: Operand): void {
  exclude(c, x, "novalue", "builtin", "type");
  singleValue(c, x);
}

/** All values of a call; with `allowCommaOk` the value and the boolean of a map read, receive or assertion. */
export function multiExpr(c: Checker, e: ast.Expr, allowCommaOk: boolean): { readonly list: Operand[]; readonly commaOk: boolean } {
  const x = newOperand();
  c.rawExpr(undefined, x, e, undefined, false);
  exclude(c, x, "novalue", "builtin", "type");
  if (x.type.kind === "Tuple" && x.mode !== "invalid") {
    return { list: x.type.vars.map((v) => operandOf("value", e, v.type ?? invalidType)), commaOk: false };
  }
  if (!allowCommaOk || (x.mode !== "mapindex" && x.mode !== "commaok" && x.mode !== "commaerr")) return { list: [x], commaOk: false };
  return { list: [x, operandOf("value", e, x.mode === "commaerr" ? errorType : basic["untyped bool"])], commaOk: true };
}

/** The values of a list of expressions; a single call may yield several. */
export function exprList(c: Checker, list: readonly ast.Expr[]): Operand[] {
  const [first] = list;
  if (first && list.length === 1) return multiExpr(c, first, false).list;
  return list.map((e) => {
    const x = newOperand();
    expr(c, x, e);
    return x;
  });
}

/** Reports an operand whose mode is one of those that its place doesn't allow. */
export function exclude(c: Checker, x: Operand, ...modes: ("novalue" | "builtin" | "type")[]): void {
  const { mode } = x;
  if (mode !== "novalue" && mode !== "builtin" && mode !== "type") return;
  if (!modes.includes(mode)) return;
  if (mode === "novalue") error(c, x, modes.includes("type") ? messages.usedAsValue(x) : messages.usedAsValueOrType(x));
  else if (mode === "builtin") error(c, x, messages.mustBeCalled(x));
  else error(c, x, messages.notAnExpression(x));
  invalidate(x);
}

/** Reports a call of several results where one value is wanted. */
export function singleValue(c: Checker, x: Operand): void {
  if (x.mode !== "value" || x.type.kind !== "Tuple") return;
  error(c, x, messages.multipleValue(x));
  invalidate(x);
}

// ---- expressions that are only used -------------------------------------------------------------------------

/** Checks expressions after an error, so that what they mention counts as used; answers whether they are right. */
export function use(c: Checker, ...list: readonly (ast.Expr | undefined)[]): boolean {
  return useAll(c, list, false);
}

/** The same for left sides of assignments: variables don't count as used. */
export function useLeft(c: Checker, ...list: readonly (ast.Expr | undefined)[]): boolean {
  return useAll(c, list, true);
}

function useAll(c: Checker, list: readonly (ast.Expr | undefined)[], left: boolean): boolean {
  let ok = true;
  for (const e of list) if (e && !useOne(c, e, left)) ok = false;
  return ok;
}

function useOne(c: Checker, e: ast.Expr, left: boolean): boolean {
  const x = newOperand();
  x.mode = "value";
  const n = unparen(e);
  if (n.kind === "Name") {
    if (n.value === "_") return true;
    const v = left ? c.ownVar(n.value) : undefined;
    const used = v?.used;
    exprOrType(c, x, n, true);
    if (v && used !== undefined) v.used = used;
  } else if (n.kind === "ListExpr") {
    return useAll(c, n.elems, left);
  } else {
    c.rawExpr(undefined, x, e, undefined, true);
  }
  return isUsable(x);
}

// ---- types --------------------------------------------------------------------------------------------------

/** The type that an expression denotes. */
export const typeOf = (c: Checker, e: ast.Expr): Type => c.declaredType(e, undefined);

/** The type that an expression denotes, which must be usable for variables. */
export function varType(c: Checker, e: ast.Expr): Type {
  const t = c.declaredType(e, undefined);
  requireVarType(c, e, t);
  return t;
}

/** Reports, later, a type that may only be a constraint. */
export function requireVarType(c: Checker, e: ast.Expr, t: Type): void {
  if (isTypeParam(t)) return;
  c.later(() => {
    const u = under(t);
    if (u.kind !== "Interface") return;
    const set = typeSet(u);
    if (!isMethodSet(set)) error(c, startPos(e), messages.constraintOutside(t, set.comparable));
  });
}

/** The types that a list of expressions denotes; undefined if one is wrong. */
export function typeList(c: Checker, list: readonly ast.Expr[]): Type[] | undefined {
  const types = list.map((e) => varType(c, e));
  return types.some((t) => t === invalidType) ? undefined : types;
}

/** What a generic function assigned to a variable of type `t` must become; undefined if `t` is no function type. */
export function newTarget(t: Type | undefined, desc: string): Target | undefined {
  const u = t && under(t);
  return u?.kind === "Signature" ? { sig: u satisfies SignatureType, desc } : undefined;
}
