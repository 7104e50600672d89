/** Which statements end a function: whether its end can be reached. Go: types2/return.go. */
import type * as ast from "../syntax/ast.ts";
import { unparen } from "./positions.ts";

/** Calls of the built-in panic. */
type Panics = ReadonlySet<ast.CallExpr>;

/** Whether control never gets past the list. */
export function isTerminatingList(list: readonly ast.Stmt[], panics: Panics): boolean {
  for (let i = list.length - 1; i >= 0; i--) {
    const s = list[i];
    if (s && s.kind !== "EmptyStmt") return isTerminating(s, "", panics);
  }
  return false;
}

function isTerminating(s: ast.Stmt, label: string, panics: Panics): boolean {
  switch (s.kind) {
    case "LabeledStmt":
      return isTerminating(s.stmt, s.label.value, panics);
    case "ExprStmt": {
      const call = unparen(s.x);
      return call.kind === "CallExpr" && panics.has(call);
    }
    case "ReturnStmt":
      return true;
    case "BranchStmt":
      return s.tok === "goto" || s.tok === "fallthrough";
    case "BlockStmt":
      return isTerminatingList(s.list, panics);
    case "IfStmt":
      return s.else !== undefined && isTerminating(s.then, "", panics) && isTerminating(s.else, "", panics);
    case "SwitchStmt":
      return s.body.some((clause) => !clause.cases) && clausesTerminate(s.body, label, panics);
    case "SelectStmt":
      return clausesTerminate(s.body, label, panics);
    case "ForStmt":
      return s.init?.kind !== "RangeClause" && !s.cond && !hasBreak(s.body, label, true);
    default:
      return false;
  }
}

const clausesTerminate = (clauses: readonly (ast.CaseClause | ast.CommClause)[], label: string, panics: Panics): boolean =>
  clauses.every((clause) => isTerminatingList(clause.body, panics) && !hasBreakIn(clause.body, label, true));

const hasBreakIn = (list: readonly ast.Stmt[], label: string, implicit: boolean): boolean => list.some((s) => hasBreak(s, label, implicit));

/** Whether a break inside `s` leaves the statement with this label; `implicit`: one without a label does as well. */
function hasBreak(s: ast.Stmt, label: string, implicit: boolean): boolean {
  switch (s.kind) {
    case "LabeledStmt":
      return hasBreak(s.stmt, label, implicit);
    case "BranchStmt":
      if (s.tok !== "break") return false;
      return s.label ? s.label.value === label : implicit;
    case "BlockStmt":
      return hasBreakIn(s.list, label, implicit);
    case "IfStmt":
      return hasBreak(s.then, label, implicit) || (s.else !== undefined && hasBreak(s.else, label, implicit));
    case "SwitchStmt":
    case "SelectStmt":
      return label !== "" && s.body.some((clause: ast.CaseClause | ast.CommClause) => hasBreakIn(clause.body, label, false));
    case "ForStmt":
      return label !== "" && hasBreak(s.body, label, false);
    default:
      return false;
  }
}
