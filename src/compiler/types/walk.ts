/** Visits every node below a node, in source order. */
import type * as ast from "../syntax/ast.ts";

/** Calls `enter` before and `leave` after a node's children; where `enter` answers false the children are left out. */
export function walk(n: ast.Node, enter: ((n: ast.Node) => boolean) | undefined, leave?: (n: ast.Node) => void): void {
  if (enter && !enter(n)) return;
  for (const child of children(n)) if (child) walk(child, enter, leave);
  leave?.(n);
}

type Children = readonly (ast.Node | undefined)[];

/** The nodes directly below a node. */
export function children(n: ast.Node): Children {
  switch (n.kind) {
    case "File":
      return n.decls;
    case "ImportDecl":
      return [n.localPkgName, n.path];
    case "ConstDecl":
    case "VarDecl":
      return [...n.names, n.type, n.values];
    case "TypeDecl":
      return [n.name, ...n.typeParams, n.type];
    case "FuncDecl":
      return [n.recv, n.name, ...n.typeParams, n.type, n.body];
    case "CompositeLit":
      return [n.type, ...n.elems];
    case "KeyValueExpr":
      return [n.key, n.value];
    case "FuncLit":
      return [n.type, n.body];
    case "ParenExpr":
    case "ExprStmt":
      return [n.x];
    case "SelectorExpr":
      return [n.x, n.sel];
    case "IndexExpr":
      return [n.x, n.index];
    case "SliceExpr":
      return [n.x, ...n.index];
    case "AssertExpr":
      return [n.x, n.type];
    case "TypeSwitchGuard":
      return [n.lhs, n.x];
    case "Operation":
      return [n.x, n.y];
    case "CallExpr":
      return [n.fun, ...n.args];
    case "ListExpr":
      return n.elems;
    case "ArrayType":
      return [n.len, n.elem];
    case "SliceType":
    case "DotsType":
    case "ChanType":
      return [n.elem];
    case "StructType":
      return n.fields;
    case "Field":
      return [n.name, n.type];
    case "InterfaceType":
      return n.methods;
    case "FuncType":
      return [...n.params, ...n.results];
    case "MapType":
      return [n.key, n.value];
    default:
      return statementChildren(n);
  }
}

function statementChildren(n: ast.Node): Children {
  switch (n.kind) {
    case "LabeledStmt":
      return [n.label, n.stmt];
    case "BlockStmt":
      return n.list;
    case "SendStmt":
      return [n.chan, n.value];
    case "DeclStmt":
      return n.decls;
    case "AssignStmt":
      return [n.lhs, n.rhs];
    case "BranchStmt":
      return [n.label];
    case "CallStmt":
      return [n.call];
    case "ReturnStmt":
      return [n.results];
    case "IfStmt":
      return [n.init, n.cond, n.then, n.else];
    case "ForStmt":
      return [n.init, n.cond, n.post, n.body];
    case "SwitchStmt":
      return [n.init, n.tag, ...n.body];
    case "SelectStmt":
      return n.body;
    case "RangeClause":
      return [n.lhs, n.x];
    case "CaseClause":
      return [n.cases, ...n.body];
    case "CommClause":
      return [n.comm, ...n.body];
    default:
      return [];
  }
}
