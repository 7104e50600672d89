/**
 * What can be told of statements before anything is built: conditions that are constant, statements that end a function.
 *
 * Dead code is never built, so neither its closures nor its temporaries exist.
 * Go: cmd/compile/internal/noder/writer.go (staticBool, terminates, the constant switch).
 */
import { boolVal, compare, makeBool, type Value } from "../../constant/index.ts";
import type * as ast from "../../syntax/ast.ts";
import type { PackageState } from "./context.ts";
import { builtinName, factsOf, unpack, unparen } from "./query.ts";

/** A condition with its static value, and what is left of it to evaluate. */
export interface StaticCondition {
  /** Undefined: only known when the program runs. */
  readonly value: boolean | undefined;
  readonly rest: ast.Expr;
}

const unknown = (rest: ast.Expr): StaticCondition => ({ value: undefined, rest });
const isConstant = (s: PackageState, x: ast.Expr): boolean => factsOf(s, x)?.value !== undefined;

/** Whether `x` is always true or always false. */
export function staticBool(s: PackageState, x: ast.Expr): StaticCondition {
  const value = factsOf(s, x)?.value;
  if (value) return { value: boolVal(value), rest: x };
  if (x.kind !== "Operation") return unknown(x);
  // Go asks for the operand's value here and forgets to negate it; constant operands never get this far.
  if (x.op === "!" && !x.y) return { value: staticBool(s, x.x).value, rest: x };
  if (!x.y || (x.op !== "&&" && x.op !== "||")) return unknown(x);
  const absorbing = x.op === "||";
  const left = staticBool(s, x.x);
  if (left.value === absorbing) return { value: absorbing, rest: left.rest };
  const right = staticBool(s, x.y);
  if (left.value === undefined && right.value !== absorbing) return unknown(rebuilt(s, x, left.rest, right.rest));
  return { value: right.value, rest: isConstant(s, x.x) ? right.rest : rebuilt(s, x, left.rest, right.rest) };
}

/** Go shortens operands in place, even where the whole stays. */
function rebuilt(s: PackageState, x: ast.Operation, left: ast.Expr, right: ast.Expr): ast.Operation {
  if (left === x.x && right === x.y) return x;
  const shorter = { ...x, x: left, y: right };
  s.replaced.set(shorter, x);
  return shorter;
}

/** Whether nothing after `stmt` is reached. */
export function terminates(s: PackageState, stmt: ast.Stmt | undefined): boolean {
  switch (stmt?.kind) {
    case "BranchStmt":
      return stmt.tok === "goto";
    case "ReturnStmt":
      return true;
    case "ExprStmt": {
      const call = unparen(stmt.x);
      return call.kind === "CallExpr" && builtinName(s, call.fun) === "panic" && unparen(call.fun).kind === "Name";
    }
    case "IfStmt": {
      const { value } = staticBool(s, stmt.cond);
      return (value === false || terminates(s, stmt.then)) && (value === true || terminates(s, stmt.else));
    }
    case "BlockStmt":
      return terminates(s, lastNonEmpty(stmt.list));
    default:
      return false;
  }
}

function lastNonEmpty(list: readonly ast.Stmt[]): ast.Stmt | undefined {
  return list.findLast((stmt) => stmt.kind !== "EmptyStmt");
}

/** Whether a clause's body ends in `fallthrough`. */
export function hasFallthrough(body: readonly ast.Stmt[]): boolean {
  let last = lastNonEmpty(body);
  while (last?.kind === "LabeledStmt") last = last.stmt;
  return last?.kind === "BranchStmt" && last.tok === "fallthrough";
}

/** What is left of a switch whose tag and cases are constant: its one clause (or none); undefined where it stays as it is. */
export function constantSwitch(s: PackageState, stmt: ast.SwitchStmt): { readonly clause: ast.CaseClause | undefined } | undefined {
  const tag: Value | undefined = stmt.tag ? factsOf(s, stmt.tag)?.value : makeBool(true);
  if (!tag) return undefined;
  let target: ast.CaseClause | undefined;
  for (const clause of stmt.body) {
    if (!clause.cases) target = clause;
    for (const c of unpack(clause.cases)) {
      const value = factsOf(s, c)?.value;
      if (!value) return undefined;
      if (compare(tag, "==", value)) return hasFallthrough(clause.body) ? undefined : { clause };
    }
  }
  return target && hasFallthrough(target.body) ? undefined : { clause: target };
}
