/** Initialising and assigning variables, one by one or from a call of several results. Go: types2/assignments.go. */
import { noPos, type Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import { exprString } from "../syntax/index.ts";
import { assignment } from "./assignable.ts";
import type { Checker } from "./checker.ts";
import { declare } from "./declare.ts";
import { error, report, type Where } from "./errors.ts";
import { expr, exprList, multiExpr, newTarget, use, useLeft } from "./evaluate.ts";
import { at, lastOf } from "./lists.ts";
import * as messages from "./messages.ts";
import { invalidate, newOperand, type Operand, operandTypes, isUsable } from "./operand.ts";
import { defaultType, isUntyped, isValid } from "./predicates.ts";
import { newVar, recordCommaOk, recordDef, recordUse } from "./record.ts";
import { unparen } from "./positions.ts";
import { invalidType } from "./universe.ts";
import { isUntypedNil } from "./untyped.ts";
import type { Const, Type, Var } from "./type.ts";

/** Gives a constant its value. */
export function initConst(c: Checker, lhs: Const, x: Operand): void {
  if (x.mode === "invalid" || !isValid(x.type) || (lhs.type && !isValid(lhs.type))) {
    lhs.type ??= invalidType;
    return;
  }
  if (x.mode !== "constant") {
    error(c, x, messages.notConstant(x));
    lhs.type ??= invalidType;
    return;
  }
  lhs.type ??= x.type;
  assignment(c, x, lhs.type, "constant declaration");
  if (isUsable(x)) lhs.value = x.value;
}

/** Gives a variable its type, if it has none, and checks that `x` can be assigned to it. */
export function initVar(c: Checker, lhs: Var, x: Operand, context: string): void {
  if (x.mode === "invalid" || !isValid(x.type) || (lhs.type && !isValid(lhs.type))) {
    lhs.type ??= invalidType;
    return invalidate(x);
  }
  if (!lhs.type) {
    if (isUntypedNil(x.type)) {
      error(c, x, messages.untypedNil(context));
      lhs.type = invalidType;
      return invalidate(x);
    }
    lhs.type = isUntyped(x.type) ? defaultType(x.type) : x.type;
  }
  assignment(c, x, lhs.type, context);
}

/** Initialises variables with expressions; `ret`: they are results, and this is the return statement. */
export function initVars(c: Checker, lhs: readonly Var[], rhs: readonly ast.Expr[], ret: ast.Stmt | undefined): void {
  const context = ret ? "return statement" : "assignment";
  const [first] = rhs;
  const isCall = first !== undefined && rhs.length === 1 && unparen(first).kind === "CallExpr";
  if (lhs.length === rhs.length && !isCall) {
    lhs.forEach((v, i) => {
      const x = newOperand();
      expr(c, x, at(rhs, i), newTarget(v.type, ret && v.name === "" ? "result variable" : v.name));
      initVar(c, v, x, context);
    });
    return;
  }
  if (!first || rhs.length !== 1) {
    if (use(c, ...rhs)) {
      if (ret) reportReturn(c, ret, lhs, exprList(c, rhs));
      else reportMismatch(c, rhs, lhs.length, rhs.length);
    }
    invalidateVars(lhs);
    return;
  }
  const { list, commaOk } = multiExpr(c, first, lhs.length === 2 && !ret);
  if (lhs.length === list.length) {
    lhs.forEach((v, i) => initVar(c, v, at(list, i), context));
    if (commaOk && list.every(isUsable)) recordCommaOk(c, first, list);
    return;
  }
  if (at(list, 0).mode !== "invalid") {
    if (ret) reportReturn(c, ret, lhs, list);
    else reportMismatch(c, rhs, lhs.length, list.length);
  }
  invalidateVars(lhs);
}

function invalidateVars(vars: readonly Var[]): void {
  for (const v of vars) v.type ??= invalidType;
}

function reportMismatch(c: Checker, rhs: readonly ast.Expr[], left: number, right: number): void {
  const first = at(rhs, 0);
  const call = rhs.length === 1 ? unparen(first) : undefined;
  error(c, first, messages.assignmentMismatch(left, right, call?.kind === "CallExpr" ? call.fun : undefined));
}

function reportReturn(c: Checker, where: Where, lhs: readonly Var[], rhs: readonly Operand[]): void {
  let place: Where = where;
  if (rhs.length > lhs.length) place = at(rhs, lhs.length);
  else if (rhs.length > 0) place = lastOf(rhs);
  report(c, [
    { at: place, message: messages.returnCount(rhs.length > lhs.length) },
    { at: noPos, message: messages.have(messages.typesSummary(operandTypes(rhs), false, false)) },
    { at: noPos, message: messages.want(messages.typesSummary(lhs.map((v) => v.type), false, false)) },
  ]);
}

// ---- assignment ---------------------------------------------------------------------------------------------

/** The type of a left side; undefined for `_`, the invalid type where it was reported. */
function leftType(c: Checker, lhs: ast.Expr): Type | undefined {
  const name = unparen(lhs);
  if (name.kind === "Name" && name.value === "_") {
    recordDef(c, name, undefined);
    return undefined;
  }
  // Being assigned to is no use.
  const v = name.kind === "Name" ? c.ownVar(name.value) : undefined;
  const used = v?.used;
  const x = newOperand();
  expr(c, x, lhs);
  if (v && used !== undefined) v.used = used;
  if (x.mode === "invalid" || !isValid(x.type)) return invalidType;
  if (x.mode === "variable" || x.mode === "mapindex") return x.type;
  if (x.expr?.kind === "SelectorExpr") {
    const base = newOperand();
    expr(c, base, x.expr.x);
    if (base.mode === "mapindex") {
      error(c, x, messages.assignToMapField(x.expr));
      return invalidType;
    }
  }
  error(c, x, messages.cannotAssignTo(x.expr ?? lhs));
  return invalidType;
}

/** Assigns an expression, or an operand that is known already, to a left side. */
export function assignVar(c: Checker, lhs: ast.Expr, rhs: ast.Expr | undefined, known: Operand | undefined, context: string): void {
  const type = leftType(c, lhs);
  if (type && !isValid(type)) {
    if (known) invalidate(known);
    else use(c, rhs);
    return;
  }
  const x = known ?? newOperand();
  if (!known && rhs) expr(c, x, rhs, newTarget(type, exprString(lhs)));
  assignment(c, x, type, !type && context === "assignment" ? "assignment to _ identifier" : context);
}

/** `a, b = …`. */
export function assignVars(c: Checker, lhs: readonly ast.Expr[], rhs: readonly ast.Expr[]): void {
  const [first] = rhs;
  const isCall = first !== undefined && rhs.length === 1 && unparen(first).kind === "CallExpr";
  if (lhs.length === rhs.length && !isCall) {
    lhs.forEach((l, i) => assignVar(c, l, rhs[i], undefined, "assignment"));
    return;
  }
  if (!first || rhs.length !== 1) {
    const left = useLeft(c, ...lhs);
    const right = use(c, ...rhs);
    if (left && right) reportMismatch(c, rhs, lhs.length, rhs.length);
    return;
  }
  const { list, commaOk } = multiExpr(c, first, lhs.length === 2);
  if (lhs.length === list.length) {
    lhs.forEach((l, i) => assignVar(c, l, undefined, at(list, i), "assignment"));
    if (commaOk && list.every(isUsable)) recordCommaOk(c, first, list);
    return;
  }
  if (at(list, 0).mode !== "invalid") reportMismatch(c, rhs, lhs.length, list.length);
  useLeft(c, ...lhs);
}

/** `a, b := …`. */
export function shortVarDecl(c: Checker, pos: Pos, lhs: readonly ast.Expr[], rhs: readonly ast.Expr[]): void {
  const top = c.delayed;
  const { scope } = c.env;
  const declared = leftVars(c, lhs);
  const vars = lhs.map((e, i) => declared.vars[i] ?? newVar(c, "local", e.pos, "_", undefined));
  initVars(c, vars, rhs, undefined);
  // Function literals on the right must not see the new variables.
  c.processDelayed(top);
  if (declared.fresh.length === 0 && !declared.failed) {
    error(c, pos, messages.noNewVariables());
    return;
  }
  for (const v of declared.fresh) declare(c, scope, undefined, v);
}

function leftVars(c: Checker, lhs: readonly ast.Expr[]): { vars: (Var | undefined)[]; fresh: Var[]; failed: boolean } {
  const seen = new Set<string>();
  const vars: (Var | undefined)[] = [];
  const fresh: Var[] = [];
  let failed = false;
  lhs.forEach((e, i) => {
    if (e.kind !== "Name") {
      useLeft(c, e);
      error(c, e, messages.nonNameOnLeft(e));
      failed = true;
      return;
    }
    const name = e.value;
    if (name !== "_") {
      if (seen.has(name)) {
        error(c, e, messages.repeatedOnLeft(e));
        failed = true;
        return;
      }
      seen.add(name);
    }
    const known = c.env.scope.names.get(name);
    if (known) {
      recordUse(c, e, known);
      if (known.kind === "Var") vars[i] = known;
      else {
        error(c, e, messages.cannotAssignToName(e));
        failed = true;
      }
      return;
    }
    const v = newVar(c, "local", e.pos, name, undefined);
    vars[i] = v;
    if (name !== "_") fresh.push(v);
    recordDef(c, e, v);
  });
  return { vars, fresh, failed };
}
