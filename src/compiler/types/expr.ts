/** The one switch over all expressions. Go: types2/expr.go (rawExpr, exprInternal). */
import type * as ast from "../syntax/ast.ts";
import { binary, unary } from "./binary.ts";
import { callExpr } from "./call.ts";
import type { Checker, ExprKind, Target } from "./checker.ts";
import { error } from "./errors.ts";
import { expr, exprOrType, requireVarType, typeOf, use, varType } from "./evaluate.ts";
import { finiteSize } from "./finite.ts";
import { funcInst } from "./funcinst.ts";
import { ident } from "./ident.ts";
import { assertableTo, newCause } from "./implements.ts";
import { indexExpr, sliceExpr } from "./indexing.ts";
import { identical } from "./identical.ts";
import { basicLit, compositeLit, funcLit } from "./literals.ts";
import * as messages from "./messages.ts";
import type { Operand } from "./operand.ts";
import { isGeneric, isValid, typesOf } from "./predicates.ts";
import { record } from "./record.ts";
import { selector } from "./selector.ts";
import { isTypeParam, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { Type } from "./type.ts";

/** Checks any expression and records what it is; answers what it is good for as a statement. */
export function rawExpr(c: Checker, target: Target | undefined, x: Operand, e: ast.Expr, hint: Type | undefined, allowGeneric: boolean): ExprKind {
  const kind = checkExpr(c, target, x, e, hint);
  if (!allowGeneric) nonGeneric(c, target, x);
  if (x.mode !== "invalid" && x.mode !== "novalue" && !finiteSize(c, x.type)) {
    x.mode = "invalid";
    x.type = invalidType;
  }
  record(c, x);
  return kind;
}

/** Reports a generic type or function that lacks type arguments; a function may get them from what it is assigned to. */
export function nonGeneric(c: Checker, target: Target | undefined, x: Operand): void {
  if (x.mode === "invalid" || x.mode === "novalue" || !x.expr) return;
  let what: "type" | "function" | undefined;
  if (x.type.kind === "Alias" || x.type.kind === "Named") {
    if (isGeneric(x.type)) what = "type";
  } else if (x.type.kind === "Signature" && x.type.typeParams.length > 0) {
    if (target) {
      funcInst(c, { target, pos: x.expr.pos, x, infer: true });
      return;
    }
    what = "function";
  }
  if (!what) return;
  error(c, x.expr, messages.genericWithoutInstantiation(what, x.expr));
  x.mode = "invalid";
  x.type = invalidType;
}

function checkExpr(c: Checker, target: Target | undefined, x: Operand, e: ast.Expr, hint: Type | undefined): ExprKind {
  x.mode = "invalid";
  x.type = invalidType;
  x.value = undefined;
  const kind = checkKind(c, target, x, e, hint);
  x.expr = e;
  if (x.mode === "invalid") return kind === "conversion" ? "conversion" : "statement";
  return kind;
}

function checkKind(c: Checker, target: Target | undefined, x: Operand, e: ast.Expr, hint: Type | undefined): ExprKind {
  switch (e.kind) {
    case "BadExpr":
      return "statement";
    case "Name":
      ident(c, x, e, false);
      return "expression";
    case "BasicLit":
      if (!e.bad) basicLit(c, x, e);
      return "expression";
    case "FuncLit":
      funcLit(c, x, e);
      return "expression";
    case "CompositeLit":
      compositeLit(c, x, e, hint);
      return "expression";
    case "ParenExpr":
      return c.rawExpr(undefined, x, e.x, undefined, false);
    case "SelectorExpr":
      selector(c, x, e, false);
      return "expression";
    case "IndexExpr":
      if (indexExpr(c, x, e)) funcInst(c, { target, pos: e.pos, x, inst: e, infer: true });
      return "expression";
    case "SliceExpr":
      sliceExpr(c, x, e);
      return "expression";
    case "AssertExpr":
      assertion(c, x, e);
      return "expression";
    case "CallExpr":
      return callExpr(c, x, e);
    case "Operation":
      return operation(c, x, e);
    case "ArrayType":
    case "SliceType":
    case "StructType":
    case "FuncType":
    case "InterfaceType":
    case "MapType":
    case "ChanType":
      x.mode = "type";
      x.type = typeOf(c, e);
      return "expression";
    case "TypeSwitchGuard":
      error(c, e, messages.typeGuardOutside());
      use(c, e.x);
      return "statement";
    case "ListExpr":
      error(c, e, messages.unexpectedList());
      return "statement";
    case "KeyValueExpr":
      error(c, e, messages.unexpectedKeyValue());
      return "statement";
    case "DotsType":
      error(c, e, messages.invalidDots());
      return "statement";
  }
}

function operation(c: Checker, x: Operand, e: ast.Operation): ExprKind {
  if (e.y) {
    binary(c, x, { e, left: e.x, right: e.y, op: e.op });
    return "expression";
  }
  if (e.op === "*") {
    indirection(c, x, e);
    return "expression";
  }
  unary(c, x, e);
  return e.op === "<-" ? "statement" : "expression";
}

/** `*x`: a value behind a pointer, or a pointer type. */
function indirection(c: Checker, x: Operand, e: ast.Operation): void {
  exprOrType(c, x, e.x, false);
  if (x.mode === "invalid") return;
  if (x.mode === "type") {
    requireVarType(c, e.x, x.type);
    x.type = { kind: "Pointer", elem: x.type };
    return;
  }
  let base: Type | undefined;
  for (const [, u] of typesOf(x.type)) {
    if (u?.kind !== "Pointer") {
      error(c, x, messages.cannotIndirect(x));
      x.mode = "invalid";
      return;
    }
    if (base && !identical(u.elem, base)) {
      error(c, x, messages.pointersDiffer(x));
      x.mode = "invalid";
      return;
    }
    base = u.elem;
  }
  x.mode = "variable";
  x.type = base ?? invalidType;
}

/** `x.(T)`. */
function assertion(c: Checker, x: Operand, e: ast.AssertExpr): void {
  expr(c, x, e.x);
  if (x.mode === "invalid") return;
  const fail = (message: ReturnType<typeof messages.notAnInterface>): void => {
    error(c, x, message);
    x.mode = "invalid";
  };
  if (isTypeParam(x.type)) return fail(messages.assertOnTypeParam(x));
  if (under(x.type).kind !== "Interface") return fail(messages.notAnInterface(x));
  const t = varType(c, e.type);
  if (!isValid(t)) {
    x.mode = "invalid";
    return;
  }
  const cause = newCause();
  if (!assertableTo(c, x.type, t, cause)) error(c, e, messages.impossibleAssertion(e, t, x.type, cause.text));
  x.mode = "commaok";
  x.type = t;
}
