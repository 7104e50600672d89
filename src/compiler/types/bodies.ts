/** What Go's parser checks beside the grammar: directives, and the branches of every function body, in source order. */
import type * as ast from "../syntax/ast.ts";
import { checkBranches } from "./branches.ts";
import type { Checker } from "./checker.ts";
import { checkDirectives } from "./directives.ts";
import { emit, textOf } from "./errors.ts";
import { walk } from "./walk.ts";

/** Checks the directives of all files and the branches of all functions, inner ones before the ones around them. */
export function checkBodies(c: Checker, files: readonly ast.File[]): void {
  for (const f of files) {
    checkDirectives(c, f);
    for (const d of f.decls) checkBodiesIn(c, d);
  }
}

/** Checks the branches of all functions inside a node. */
export function checkBodiesIn(c: Checker, n: ast.Node): void {
  walk(n, undefined, (m) => {
    if (m.kind !== "FuncLit" && m.kind !== "FuncDecl") return;
    if (m.body) checkBranches(m.body, (pos, message) => emit(c, pos, textOf(c, message)));
  });
}
