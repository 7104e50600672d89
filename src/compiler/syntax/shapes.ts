/**
 * What a tree's shape tells where the grammar alone can't: is this the type of a composite literal, a type parameter or an
 * array length; where does an expression begin. And the half-built values that rules hand to one another.
 *
 * Go: cmd/compile/internal/syntax/parser.go (extractName, isTypeElem, isValue), positions.go (StartPos).
 */
import type { Pos } from "../../base/source.ts";
import type { BasicLit, Expr, Name, SimpleStmt } from "./ast.ts";

// ---- half-built values

/** Expressions or types in brackets; `comma`: more than one, or a comma at the end. */
export interface TypeOrExprList {
  readonly expr: Expr;
  readonly comma: boolean;
}

/** What follows `[` of an array or slice type. */
export type BracketBody =
  | { readonly kind: "SliceBody"; readonly elem: Expr }
  | { readonly kind: "ArrayBody"; readonly len: Expr | undefined; readonly elem: Expr };

/** A parameter before grouping is resolved: a lone name may turn out to be a type. */
export interface Param {
  readonly pos: Pos;
  name: Name | undefined;
  type: Expr | undefined;
}

/** What follows a parameter's first name and makes a type of it, or names a type for it. */
export interface ParamRest {
  readonly kind: "ParamRest";
  /** The type; `name` becomes part of it unless `keepsName`. */
  readonly type: (name: Name) => Expr;
  readonly keepsName: boolean;
}

/** Arguments in brackets after a name in an interface. */
export interface BracketArgs {
  readonly params: readonly Param[];
  readonly open: number;
  readonly close: number;
  /** They are the type parameters of a method, which Go refuses. */
  readonly generic: boolean;
}

/** A field declaration: no names where a type is embedded. */
export interface FieldParts {
  readonly pos: Pos;
  readonly names: readonly Name[];
  readonly type: Expr;
  readonly tag: BasicLit | undefined;
}

/** What stands between a keyword and its block. */
export interface Header {
  readonly init: SimpleStmt | undefined;
  readonly cond: Expr | undefined;
  readonly post: SimpleStmt | undefined;
}

// ---- questions

/** `x` without the parentheses around it. */
export function unparen(x: Expr): Expr {
  let inner = x;
  while (inner.kind === "ParenExpr") inner = inner.x;
  return inner;
}

/** May `{` after `x` begin a composite literal (where no block can begin)? */
export function isCompositeLitType(x: Expr): boolean {
  const t = unparen(x);
  switch (t.kind) {
    case "Name":
    case "SelectorExpr":
    case "ArrayType":
    case "SliceType":
    case "StructType":
    case "MapType":
      return true;
    case "IndexExpr":
      return !isValue(t);
    default:
      return false;
  }
}

/** Must `x` be a value, never a type? */
function isValue(x: Expr): boolean {
  switch (x.kind) {
    case "BasicLit":
    case "CompositeLit":
    case "FuncLit":
    case "SliceExpr":
    case "AssertExpr":
    case "TypeSwitchGuard":
    case "CallExpr":
      return true;
    case "Operation":
      return x.op !== "*" || x.y !== undefined;
    case "ParenExpr":
      return isValue(x.x);
    case "IndexExpr":
      return isValue(x.x) || isValue(x.index);
    default:
      return false;
  }
}

/** A type parameter's name and, where it could be told from the expression, its bound. */
export interface NameAndBound {
  readonly name: Name;
  readonly bound: Expr | undefined;
}

/**
 * Reads the expression `x` after `type T[` as a type parameter: `P *E` was parsed as a product, `P (E)` as a call. `force`
 * takes it for one even where it could be an array length.
 */
export function nameAndBound(x: Expr, force: boolean): NameAndBound | undefined {
  if (x.kind === "Name") return { name: x, bound: undefined };
  if (x.kind === "Operation" && x.y) {
    if (x.op === "*" && x.x.kind === "Name" && (force || isTypeElem(x.y))) {
      return { name: x.x, bound: { kind: "Operation", pos: x.pos, op: "*", x: x.y } };
    }
    if (x.op !== "|") return undefined;
    const left = nameAndBound(x.x, force || isTypeElem(x.y));
    return left?.bound ? { name: left.name, bound: { ...x, x: left.bound } } : undefined;
  }
  const only = x.kind === "CallExpr" && x.args.length === 1 && !x.hasDots ? x.args[0] : undefined;
  if (x.kind === "CallExpr" && only && x.fun.kind === "Name" && (force || isTypeElem(only))) return { name: x.fun, bound: unparen(only) };
  return undefined;
}

/** Must `x` be an element of a type set, never a value? */
function isTypeElem(x: Expr): boolean {
  switch (x.kind) {
    case "ArrayType":
    case "StructType":
    case "FuncType":
    case "InterfaceType":
    case "SliceType":
    case "MapType":
    case "ChanType":
      return true;
    case "Operation":
      return isTypeElem(x.x) || (x.y !== undefined && isTypeElem(x.y)) || x.op === "~";
    case "ParenExpr":
      return isTypeElem(x.x);
    default:
      return false;
  }
}

/** Does `x` after `type T[` begin type parameters, given the token behind it? Otherwise it is an array length. */
export function isParameterized(x: Expr, commaNext: boolean, closeNext: boolean): boolean {
  const found = nameAndBound(x, commaNext);
  return found !== undefined && (found.bound !== undefined || !closeNext);
}

/** Position of the leftmost token of `x`. Go: syntax.StartPos. */
export function startPos(x: Expr): Pos {
  let n = x;
  for (;;) {
    switch (n.kind) {
      case "CompositeLit":
        if (!n.type) return n.pos;
        n = n.type;
        break;
      case "KeyValueExpr":
        n = n.key;
        break;
      case "SelectorExpr":
      case "IndexExpr":
      case "SliceExpr":
      case "AssertExpr":
        n = n.x;
        break;
      case "TypeSwitchGuard":
        n = n.lhs ?? n.x;
        break;
      case "Operation":
        if (!n.y) return n.pos;
        n = n.x;
        break;
      case "CallExpr":
        n = n.fun;
        break;
      case "ListExpr": {
        const first = n.elems[0];
        if (!first) return n.pos;
        n = first;
        break;
      }
      default:
        return n.pos;
    }
  }
}
