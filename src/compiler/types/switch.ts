/** Switches over values and over types. Go: types2/stmt.go. */
import { exactString, float64Val, makeBool, type Value } from "../constant/index.ts";
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import { comparison } from "./binary.ts";
import type { Checker } from "./checker.ts";
import { declare } from "./declare.ts";
import { error, report } from "./errors.ts";
import { expr, varType } from "./evaluate.ts";
import { comparable, identical } from "./identical.ts";
import { assertableTo, newCause } from "./implements.ts";
import * as messages from "./messages.ts";
import { invalidate, newOperand, type Operand, setOperand, isUsable } from "./operand.ts";
import { hasNil, isInterface, isValid } from "./predicates.ts";
import { unpackList, unparen } from "./positions.ts";
import { newVar, recordDef } from "./record.ts";
import { stmtList } from "./stmtlist.ts";
import { isTypeParam } from "./under.ts";
import { basic, invalidType } from "./universe.ts";
import { convertUntyped } from "./untyped.ts";
import type { Type, Var } from "./type.ts";

/** Reports a second default among clauses without cases. */
export function multipleDefaults(c: Checker, defaults: readonly (ast.CaseClause | ast.CommClause)[]): void {
  const [first, ...rest] = defaults;
  if (first) for (const clause of rest) error(c, clause, messages.multipleDefaults(first.pos));
}

// ---- over values --------------------------------------------------------------------------------------------

interface SeenCase {
  readonly pos: Pos;
  readonly type: Type;
}

/** `switch x { … }`, inside its scope. */
export function switchStmt(c: Checker, s: ast.SwitchStmt): void {
  const x = newOperand();
  if (s.tag) {
    expr(c, x, s.tag);
    assignment(c, x, undefined, "switch expression");
    if (isUsable(x) && !comparable(x.type) && !hasNil(x.type)) {
      error(c, x, messages.cannotSwitch(x, x.type));
      invalidate(x);
    }
  } else {
    // A missing tag is true.
    x.mode = "constant";
    x.type = basic.bool;
    x.value = makeBool(true);
    x.expr = { kind: "Name", pos: s.body[0]?.pos ?? s.rbrace, value: "true" };
  }
  multipleDefaults(c, s.body.filter((clause) => !clause.cases));
  const seen = new Map<string, SeenCase[]>();
  for (const clause of s.body) {
    caseValues(c, x, unpackList(clause.cases), seen);
    c.openScope(clause);
    stmtList(c, clause.body);
    c.closeScope();
  }
}

function caseValues(c: Checker, x: Operand, values: readonly ast.Expr[], seen: Map<string, SeenCase[]>): void {
  for (const e of values) {
    const v = newOperand();
    expr(c, v, e);
    if (x.mode === "invalid" || v.mode === "invalid") continue;
    convertUntyped(c, v, x.type);
    if (!isUsable(v)) continue;
    const result = newOperand();
    setOperand(result, v);
    comparison(c, result, x, "==", true);
    if (result.mode === "invalid" || v.mode !== "constant" || !v.value) continue;
    const key = caseKey(v.value);
    if (key === undefined) continue;
    const others = seen.get(key) ?? [];
    const other = others.find((o) => identical(v.type, o.type));
    if (other) {
      report(c, [{ at: v, message: messages.duplicateCase(v) }, { at: other.pos, message: messages.previousCase() }]);
      continue;
    }
    others.push({ pos: v.expr?.pos ?? e.pos, type: v.type });
    seen.set(key, others);
  }
}

/** A text for constants that are compared with each other; undefined for those that are not. */
function caseKey(value: Value): string | undefined {
  if (value.kind === "int") return exactString(value);
  if (value.kind === "string") return `"${value.value}`;
  if (value.kind !== "float") return undefined;
  const f = float64Val(value);
  return f.exact ? `f${f.value}` : undefined;
}

// ---- over types ---------------------------------------------------------------------------------------------

/** `switch lhs := x.(type) { … }`, inside its scope. */
export function typeSwitchStmt(c: Checker, s: ast.SwitchStmt, guard: ast.TypeSwitchGuard): void {
  let { lhs } = guard;
  if (lhs?.value === "_") {
    error(c, lhs, messages.noNewVariable());
    lhs = undefined;
  } else if (lhs) recordDef(c, lhs, undefined);
  const x = switchedOperand(c, guard);
  multipleDefaults(c, s.body.filter((clause) => !clause.cases));
  const vars: Var[] = [];
  const seen: { type: Type | undefined; e: ast.Expr }[] = [];
  for (const clause of s.body) {
    const type = caseTypes(c, x, unpackList(clause.cases), seen);
    const scope = c.openScope(clause);
    if (lhs) {
      const v = newVar(c, "local", lhs.pos, lhs.value, type);
      declare(c, scope, undefined, v);
      c.info.implicits.set(clause, v);
      vars.push(v);
    }
    stmtList(c, clause.body);
    c.closeScope();
  }
  if (!lhs) return;
  // One use in any clause is enough.
  const used = vars.some((v) => v.used);
  for (const v of vars) v.used = true;
  if (!used && !c.mode.cell) error(c, lhs, messages.guardNotUsed(lhs.value));
}

function switchedOperand(c: Checker, guard: ast.TypeSwitchGuard): Operand | undefined {
  const x = newOperand();
  expr(c, x, guard.x);
  if (x.mode === "invalid") return undefined;
  if (isTypeParam(x.type)) error(c, x, messages.typeSwitchOnTypeParam(x));
  else if (isInterface(x.type)) return x;
  else error(c, x, messages.notAnInterfaceOperand(x));
  return undefined;
}

/** Checks the types of a clause; answers the type of its variable. */
function caseTypes(c: Checker, x: Operand | undefined, types: readonly ast.Expr[], seen: { type: Type | undefined; e: ast.Expr }[]): Type {
  let last: Type | undefined;
  for (const e of types) {
    const isNil = isNilName(c, e);
    if (isNil) {
      last = undefined;
      expr(c, newOperand(), e);
    } else {
      last = varType(c, e);
      if (!isValid(last)) continue;
    }
    const type = last;
    const other = seen.find((o) => (type && o.type ? identical(type, o.type) : type === o.type));
    if (other) {
      report(c, [{ at: e, message: messages.duplicateTypeCase(type ?? "nil") }, { at: other.e, message: messages.previousCase() }]);
      continue;
    }
    seen.push({ type, e });
    if (!x || !type) continue;
    const cause = newCause();
    if (!assertableTo(c, x.type, type, cause)) error(c, e, messages.impossibleCase(e, x, type, cause.text));
  }
  if (types.length === 1 && last) return last;
  return x?.type ?? invalidType;
}

function isNilName(c: Checker, e: ast.Expr): boolean {
  const name = unparen(e);
  return name.kind === "Name" && c.lookup(name.value)?.kind === "Nil";
}
