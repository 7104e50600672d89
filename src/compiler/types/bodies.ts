/** What Go's parser checks beside the grammar: directives, and the branches of every function body, in source order. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Pos, Sources } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import { checkBranches } from "./branches.ts";
import type { Checker } from "./checker.ts";
import { checkDirectives } from "./directives.ts";
import { emit, textOf } from "./errors.ts";
import { format } from "./message.ts";
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

/** What is wrong with the branches of files that have syntax errors: only functions without any are looked at. `errors` are those of the texts. */
export function branchErrors(files: readonly ast.File[], errors: readonly Diagnostic[], sources: Sources): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (pos: Pos, message: Parameters<typeof format>[1]): void => {
    found.push({ kind: "error", at: sources.position(pos), message: format({ qualifier: (p) => p.name, sources }, message) });
  };
  for (const f of files) {
    walk(f, undefined, (n) => {
      if (n.kind !== "FuncLit" && n.kind !== "FuncDecl") return;
      if (n.body && !errors.some((d) => isInside(d, n.body, sources))) checkBranches(n.body, report);
    });
  }
  return found;
}

function isInside(d: Diagnostic, body: ast.BlockStmt | undefined, sources: Sources): boolean {
  if (!body) return false;
  const [from, to] = [sources.position(body.pos), sources.position(body.rbrace)];
  if (d.at.file !== from.file || d.at.line < from.line || d.at.line > to.line) return false;
  return (d.at.line > from.line || d.at.col >= from.col) && (d.at.line < to.line || d.at.col <= to.col);
}
