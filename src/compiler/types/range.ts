/** `for … range`. Go: types2/range.go. */
import { makeInt64 } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import { assignVar, initVar } from "./assign.ts";
import type { Checker } from "./checker.ts";
import { commonUnder } from "./common.ts";
import { declare } from "./declare.ts";
import { error, textOf } from "./errors.ts";
import { expr } from "./evaluate.ts";
import { identical } from "./identical.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { newOperand, type Operand, operandOf } from "./operand.ts";
import { isBoolean, isInteger, isString } from "./predicates.ts";
import { newVar, record, recordDef } from "./record.ts";
import { arrayBehind, under } from "./under.ts";
import { basic, invalidType, runeType } from "./universe.ts";
import type { SignatureType, Type, Var } from "./type.ts";

/** What ranging over a type yields, or why it can't be. */
export interface RangeTypes {
  readonly key?: Type | undefined;
  readonly value?: Type | undefined;
  /** Present if the type can't be ranged over; may be empty. */
  readonly wrong?: string;
}

/** Checks a range loop. */
export function rangeStmt(c: Checker, s: ast.ForStmt, clause: ast.RangeClause): void {
  const [keyExpr, valueExpr, extra] = clause.lhs?.kind === "ListExpr" ? clause.lhs.elems : [clause.lhs];
  const x = newOperand();
  c.env.hasCallOrRecv = false;
  expr(c, x, clause.x);
  if (x.mode !== "invalid" && !valueExpr && !c.env.hasCallOrRecv) recordArrayLength(c, x, clause.x);
  let types: RangeTypes = {};
  if (x.mode !== "invalid") {
    types = rangeTypes(c, x.type);
    reportRange(c, x, types, keyExpr, valueExpr, extra);
  }
  c.openScope(s);
  const overInt = isInteger(x.type);
  const parts = { x, overInt, lhs: [keyExpr, valueExpr] as const, types: [types.key, types.value] as const };
  if (clause.def) declareVars(c, s, parts);
  else if (keyExpr) assignToVars(c, parts);
  else if (overInt) assignment(c, x, undefined, "range clause");
  c.stmt(s.body);
  c.closeScope();
}

interface RangeParts {
  readonly x: Operand;
  readonly overInt: boolean;
  readonly lhs: readonly [ast.Expr | undefined, ast.Expr | undefined];
  readonly types: readonly [Type | undefined, Type | undefined];
}

/** The compiler need not evaluate an array of which only the length matters: it is recorded as a constant. */
function recordArrayLength(c: Checker, x: Operand, e0: ast.Expr): void {
  const array = arrayBehind(under(x.type));
  if (array.kind !== "Array") return;
  let e = e0;
  while (e.kind === "ParenExpr") e = e.x;
  record(c, operandOf("constant", e, basic.int, makeInt64(array.len)));
}

function reportRange(
  c: Checker, x: Operand, types: RangeTypes, key: ast.Expr | undefined, value: ast.Expr | undefined, extra: ast.Expr | undefined,
): void {
  if (types.wrong !== undefined) error(c, x, messages.cannotRange(x, types.wrong));
  else if (!types.key && key) error(c, key, messages.noIterationVariables(x));
  else if (!types.value && value) error(c, value, messages.oneIterationVariable(x));
  else if (extra) error(c, extra, messages.twoIterationVariables());
}

function declareVars(c: Checker, s: ast.ForStmt, { x, overInt, lhs, types }: RangeParts): void {
  const vars: Var[] = [];
  lhs.forEach((e, i) => {
    if (!e) return;
    let v: Var;
    if (e.kind === "Name") {
      v = newVar(c, "local", e.pos, e.value, undefined);
      recordDef(c, e, v);
      if (e.value !== "_") vars.push(v);
    } else {
      error(c, e, messages.cannotDeclare(e));
      v = newVar(c, "local", e.pos, "_", undefined);
    }
    const type = types[i];
    if (!type || type === invalidType) {
      v.type = invalidType;
      v.used = true;
      return;
    }
    if (overInt) initVar(c, v, x, "range clause");
    else initVar(c, v, operandOf("value", e, type), "assignment");
  });
  if (vars.length === 0) error(c, s, messages.noNewVariables());
  for (const v of vars) declare(c, c.env.scope, undefined, v);
}

function assignToVars(c: Checker, { x, overInt, lhs, types }: RangeParts): void {
  lhs.forEach((e, i) => {
    const type = types[i];
    if (!e || !type || type === invalidType) return;
    if (!overInt) {
      assignVar(c, e, undefined, operandOf("value", e, type), "assignment");
      return;
    }
    assignVar(c, e, undefined, x, "range clause");
    if (x.mode !== "invalid" && !isInteger(x.type)) error(c, e, messages.iterationVariableType(x.type));
  });
}

/** What ranging over `t` yields. */
export function rangeTypes(c: Checker, t: Type): RangeTypes {
  const common = commonUnder(t, (type, u) => (u?.kind === "Chan" && u.dir === "send" && type ? text`receive from send-only channel ${type}` : undefined));
  if (!common.under) return { key: invalidType, value: invalidType, wrong: textOf(c, common.error) };
  const u = arrayBehind(common.under);
  switch (u.kind) {
    case "Basic":
      if (isString(u)) return { key: basic.int, value: runeType };
      if (!isInteger(u)) break;
      return c.allows(22) ? { key: t } : bad("requires go1.22 or later");
    case "Array":
    case "Slice":
      return { key: basic.int, value: u.elem };
    case "Map":
      return { key: u.key, value: u.elem };
    case "Chan":
      return { key: u.elem };
    case "Signature":
      return c.allows(23) ? iteratorTypes(c, u) : bad("requires go1.23 or later");
    default:
      break;
  }
  return { wrong: "" };
}

const bad = (wrong: string): RangeTypes => ({ key: invalidType, value: invalidType, wrong });

/** What an iterator function passes to its yield function. */
function iteratorTypes(c: Checker, f: SignatureType): RangeTypes {
  const prefix = "func must be func(yield func(...) bool): ";
  const [param] = f.params;
  if (!param || f.params.length !== 1) return bad(`${prefix}wrong argument count`);
  if (f.results.length !== 0) return bad(`${prefix}unexpected results`);
  const common = commonUnder(param.type ?? invalidType);
  const yieldType = common.under;
  if (!yieldType) return bad(`${prefix}in yield type, ${textOf(c, common.error)}`);
  if (yieldType.kind !== "Signature") return bad(`${prefix}argument is not func`);
  if (yieldType.params.length > 2) return bad(`${prefix}yield func has too many parameters`);
  const result = yieldType.results.length === 1 ? yieldType.results[0]?.type : undefined;
  if (!result || !identical(result, basic.bool)) {
    return bad(`${prefix}${result && isBoolean(result) ? "yield func returns user-defined boolean, not bool" : "yield func does not return bool"}`);
  }
  return { key: yieldType.params[0]?.type, value: yieldType.params[1]?.type };
}
