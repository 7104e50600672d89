/**
 * Where a construct begins and ends in the text, as far as the checker needs it: errors stand at the beginning.
 *
 * Go: cmd/compile/internal/syntax/positions.go.
 */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Obj } from "./type.ts";

/** The place of the leftmost token of a node, which for many nodes is not the node's own position. */
export function startPos(n: ast.Node | Obj): Pos {
  let m = n;
  for (;;) {
    switch (m.kind) {
      case "CompositeLit":
        if (!m.type) return m.pos;
        m = m.type;
        break;
      case "KeyValueExpr":
        m = m.key;
        break;
      case "SelectorExpr":
      case "IndexExpr":
      case "AssertExpr":
        m = m.x;
        break;
      case "TypeSwitchGuard":
        m = m.lhs ?? m.x;
        break;
      case "Operation":
        if (!m.y) return m.pos;
        m = m.x;
        break;
      case "CallExpr":
        m = m.fun;
        break;
      case "ListExpr":
        if (!m.elems[0]) return m.pos;
        m = m.elems[0];
        break;
      case "SendStmt":
        m = m.chan;
        break;
      case "AssignStmt":
        m = m.lhs;
        break;
      case "RangeClause":
        m = m.lhs ?? m.x;
        break;
      default:
        return m.pos;
    }
  }
}

/** About where a node that opens a scope ends: its closing brace where it has one. */
export function endPos(n: ast.Node): Pos {
  switch (n.kind) {
    case "File":
      return n.eof;
    case "BlockStmt":
    case "SwitchStmt":
    case "SelectStmt":
    case "CompositeLit":
      return n.rbrace;
    case "FuncLit":
    case "ForStmt":
      return n.body.rbrace;
    case "FuncDecl":
      return n.body?.rbrace ?? n.pos;
    case "IfStmt":
      return endPos(n.else ?? n.then);
    case "CaseClause":
    case "CommClause": {
      const last = n.body[n.body.length - 1];
      return last ? endPos(last) : n.colon;
    }
    case "LabeledStmt":
      return endPos(n.stmt);
    default:
      return n.pos;
  }
}

/** The expression inside any parentheses. */
export function unparen(e: ast.Expr): ast.Expr {
  while (e.kind === "ParenExpr") e = e.x;
  return e;
}

/** The expressions of a list; a single expression is a list of one, none is the empty list. */
export const unpackList = (e: ast.Expr | undefined): readonly ast.Expr[] => (!e ? [] : e.kind === "ListExpr" ? e.elems : [e]);
