/** A list of statements. Go: types2/stmt.go (stmtList). */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";

/** Checks statements in order. Which branches may stand where is the business of branches.ts. */
export function stmtList(c: Checker, list: readonly ast.Stmt[]): void {
  for (const s of list) c.stmt(s);
}
