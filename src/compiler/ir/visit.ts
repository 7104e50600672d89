/**
 * Walking IR trees in the order that decides the order of everything: a node's `init` first, then its fields.
 *
 * A function literal's body is no child of its expression; who wants it asks for `func.body`. Nor are the nodes that
 * exist for code generation alone (type words of conversions).
 *
 * Go: cmd/compile/internal/ir (visit.go, node_gen.go).
 */
import { unreachable } from "../../base/bug.ts";
import type { Func, Node } from "./node.ts";

/** Calls `f` with each child of `n`, in order; stops and returns true as soon as `f` does. */
export function someChild(n: Node, f: (child: Node) => boolean): boolean {
  return some(n.init, f) || someField(n, f);
}

/** Calls `f` with each child of `n`, in order. */
export function forEachChild(n: Node, f: (child: Node) => void): void {
  someChild(n, (child) => {
    f(child);
    return false;
  });
}

/** Calls `f` with `n` and everything below it, parents first. */
export function visit(n: Node, f: (n: Node) => void): void {
  f(n);
  forEachChild(n, (child) => visit(child, f));
}

/** Visits the body of `fn`. */
export function visitFunc(fn: Func, f: (n: Node) => void): void {
  for (const stmt of fn.body) visit(stmt, f);
}

/** Whether `cond` holds for `n` or anything below it, asked parents first. */
export function someNode(n: Node, cond: (n: Node) => boolean): boolean {
  return cond(n) || someChild(n, (child) => someNode(child, cond));
}

/** Whether `cond` holds for anything in one of the trees of `list`. */
export function someNodeOf(list: readonly Node[], cond: (n: Node) => boolean): boolean {
  return list.some((n) => someNode(n, cond));
}

function some(list: readonly Node[], f: (child: Node) => boolean): boolean {
  for (const n of list) if (f(n)) return true;
  return false;
}

const opt = (n: Node | undefined, f: (child: Node) => boolean): boolean => n !== undefined && f(n);

function someField(n: Node, f: (child: Node) => boolean): boolean {
  switch (n.kind) {
    case "NAME": case "LITERAL": case "NIL": case "TYPE": case "CLOSURE": case "RTYPE":
    case "BREAK": case "CONTINUE": case "GOTO": case "FALL": case "LABEL": case "INLMARK":
      return false;
    case "ADD": case "SUB": case "OR": case "XOR": case "MUL": case "DIV": case "MOD": case "AND": case "ANDNOT": case "LSH": case "RSH":
    case "EQ": case "NE": case "LT": case "LE": case "GT": case "GE": case "ANDAND": case "OROR": case "ASOP":
      return f(n.x) || f(n.y);
    case "NOT": case "NEG": case "PLUS": case "BITNOT": case "CHECKNIL": case "ITAB": case "ADDR": case "DEREF": case "DOT": case "DOTPTR": case "DOTINTER":
    case "METHEXPR": case "METHVALUE": case "DOTTYPE": case "DOTTYPE2": case "PTRLIT": case "RECV": case "PAREN": case "DCL":
    case "CONV": case "CONVNOP": case "CONVIFACE": case "BYTES2STR": case "RUNES2STR": case "STR2BYTES": case "STR2RUNES": case "RUNESTR":
    case "SLICE2ARR": case "SLICE2ARRPTR": case "BYTES2STRTMP": case "STR2BYTESTMP":
      return f(n.x);
    case "NEW":
      return opt(n.rtype, f);
    case "DYNAMICTYPE":
      return f(n.rtype);
    case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2":
      return f(n.x) || f(n.rtype);
    case "ADDSTR": case "STRUCTLIT": case "ARRAYLIT": case "SLICELIT": case "MAPLIT": case "BLOCK":
      return some(n.list, f);
    case "STRUCTKEY":
      return f(n.value);
    case "KEY":
      return f(n.key) || f(n.value);
    case "INDEX": case "INDEXMAP":
      return f(n.x) || f(n.index);
    case "SLICE": case "SLICEARR": case "SLICESTR": case "SLICE3": case "SLICE3ARR":
      return f(n.x) || opt(n.low, f) || opt(n.high, f) || opt(n.max, f);
    case "SLICEHEADER":
      return f(n.ptr) || f(n.len) || f(n.cap);
    case "CALLFUNC": case "CALLINTER":
      return f(n.fun) || some(n.args, f);
    case "INLCALL":
      return some(n.body, f) || some(n.results, f);
    case "LEN": case "CAP": case "COPY": case "DELETE": case "CLEAR": case "CLOSE": case "MIN": case "MAX": case "PANIC": case "RECOVER":
    case "PRINT": case "PRINTLN": case "COMPLEX": case "REAL": case "IMAG": case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING":
    case "UNSAFESLICEDATA": case "UNSAFESTRINGDATA": case "APPEND":
      return some(n.args, f);
    case "MAKESLICE": case "MAKEMAP": case "MAKECHAN":
      return opt(n.len, f) || opt(n.cap, f);
    case "AS":
      return f(n.x) || opt(n.y, f);
    case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2":
      return some(n.lhs, f) || some(n.rhs, f);
    case "IF":
      return f(n.cond) || some(n.body, f) || some(n.else, f);
    case "FOR":
      return opt(n.cond, f) || opt(n.post, f) || some(n.body, f);
    case "RANGE":
      return f(n.x) || opt(n.key, f) || opt(n.value, f) || some(n.body, f);
    case "SWITCH":
      return opt(n.tag, f) || some(n.cases, f);
    case "TYPESW":
      return f(n.x);
    case "CASE":
      return opt(n.var, f) || some(n.list, f) || some(n.body, f);
    case "SELECT":
      return some(n.cases, f);
    case "COMM":
      return opt(n.comm, f) || some(n.body, f);
    case "SEND":
      return f(n.chan) || f(n.value);
    case "RETURN":
      return some(n.results, f);
    case "GO": case "DEFER":
      return f(n.call) || opt(n.deferAt, f);
    case "TAILCALL":
      return f(n.call);
    default:
      return unreachable(n);
  }
}
