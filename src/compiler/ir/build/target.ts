/**
 * Left sides of assignments, and lists of statements as one: shared by plain statements and those with bodies.
 *
 * Go: cmd/compile/internal/noder/reader.go (assign, initDefn, block).
 */
import type * as ast from "../../syntax/ast.ts";
import type { AssignListStmt, AssignStmt, Expr, Name, RangeStmt, Stmt } from "../node.ts";
import { xpos } from "../positions.ts";
import type { FuncState } from "./context.ts";
import { declare } from "./make.ts";
import { declareLocal, globalName } from "./names.ts";
import { defOf, unparen } from "./query.ts";

/** One statement as a list of its own. */
export const single = (f: FuncState, stmt: ast.Stmt | undefined): Stmt[] => (stmt ? f.b.stmts(f, [stmt]) : []);

/** A list as one statement. */
export function block(list: Stmt[]): Stmt | undefined {
  const [first] = list;
  return list.length < 2 ? first : first && { kind: "BLOCK", pos: first.pos, init: [], list };
}

/** A left side: the expression, and the variable if this declares one. */
export interface Target {
  readonly x: Expr;
  readonly declared: Name | undefined;
}

/** The left side `x0` of an assignment. */
export function target(f: FuncState, x0: ast.Expr): Target {
  const x = unparen(x0);
  if (x.kind === "Name") {
    if (x.value === "_") return { x: f.b.state.blank, declared: undefined };
    const obj = defOf(f.b.state, x);
    if (obj?.kind === "Var") {
      if (f.b.state.checked.promoted?.has(obj)) return { x: globalName(f.b, obj), declared: undefined };
      f.basePos = xpos(obj.pos);
      const declared = declareLocal(f, obj, obj.pos);
      return { x: declared, declared };
    }
  }
  return { x: f.b.expr(f, x), declared: undefined };
}

/** Lets `defn` declare the new variables among `targets`; returns whether there are any. Go: initDefn. */
export function define(defn: AssignStmt | AssignListStmt | RangeStmt, targets: readonly Target[]): boolean {
  const names = targets.flatMap((t) => t.declared ?? []);
  for (const name of names) name.defn = defn;
  defn.init = names.map((name) => declare(name.pos, name));
  return names.length > 0;
}
