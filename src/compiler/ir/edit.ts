/**
 * Replacing the children of a node in place, in the same order in which `visit` sees them.
 *
 * The editor says what stands in a child's place; it decides itself whether to go deeper. Names are shared, so an
 * editor must not change one in place; literals of functions keep their body (edit `func.body` for that).
 *
 * Go: cmd/compile/internal/ir (visit.go EditChildren, node_gen.go editChildren).
 */
import { unreachable } from "../../base/bug.ts";
import type { CallExpr, Expr, Name, Node, Stmt } from "./node.ts";

/** What stands in a child's place. Expressions that stand as statements are given to `stmt`. */
export interface Editor {
  expr(x: Expr): Expr;
  stmt(s: Stmt): Stmt;
}

function edit(list: Expr[], e: Editor): void {
  for (let i = 0; i < list.length; i++) {
    const x = list[i];
    if (x) list[i] = e.expr(x);
  }
}

/** Edits each statement of `list` in place. */
export function editStmts(list: Stmt[], e: Editor): void {
  for (let i = 0; i < list.length; i++) {
    const s = list[i];
    if (s) list[i] = e.stmt(s);
  }
}

/** Replaces each child of `n` by what `e` says, `init` first, then the fields in order. */
export function editChildren(n: Node, e: Editor): void {
  if (n.kind !== "NAME") editStmts(n.init, e);
  switch (n.kind) {
    case "NAME": case "LITERAL": case "NIL": case "TYPE": case "CLOSURE": case "RTYPE":
    case "BREAK": case "CONTINUE": case "GOTO": case "FALL": case "LABEL": case "INLMARK": case "METHEXPR":
      return;
    case "ADD": case "SUB": case "OR": case "XOR": case "MUL": case "DIV": case "MOD": case "AND": case "ANDNOT": case "LSH": case "RSH":
    case "EQ": case "NE": case "LT": case "LE": case "GT": case "GE": case "ANDAND": case "OROR": case "ASOP":
      n.x = e.expr(n.x);
      n.y = e.expr(n.y);
      return;
    case "NOT": case "NEG": case "PLUS": case "BITNOT": case "CHECKNIL": case "ITAB": case "ADDR": case "DEREF": case "DOT": case "DOTPTR": case "DOTINTER":
    case "METHVALUE": case "DOTTYPE": case "DOTTYPE2": case "PTRLIT": case "RECV": case "PAREN": case "TYPESW":
    case "CONV": case "CONVNOP": case "CONVIFACE": case "BYTES2STR": case "RUNES2STR": case "STR2BYTES": case "STR2RUNES": case "RUNESTR":
    case "SLICE2ARR": case "SLICE2ARRPTR": case "BYTES2STRTMP": case "STR2BYTESTMP":
      n.x = e.expr(n.x);
      return;
    case "DCL":
      n.x = editName(n.x, e);
      return;
    case "NEW":
      if (n.rtype) n.rtype = e.expr(n.rtype);
      return;
    case "DYNAMICTYPE":
      n.rtype = e.expr(n.rtype);
      return;
    case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2":
      n.x = e.expr(n.x);
      n.rtype = e.expr(n.rtype);
      return;
    case "ADDSTR": case "STRUCTLIT": case "ARRAYLIT": case "SLICELIT": case "MAPLIT":
      return edit(n.list, e);
    case "BLOCK":
      return editStmts(n.list, e);
    case "STRUCTKEY":
      n.value = e.expr(n.value);
      return;
    case "KEY":
      n.key = e.expr(n.key);
      n.value = e.expr(n.value);
      return;
    case "INDEX": case "INDEXMAP":
      n.x = e.expr(n.x);
      n.index = e.expr(n.index);
      return;
    case "SLICE": case "SLICEARR": case "SLICESTR": case "SLICE3": case "SLICE3ARR":
      n.x = e.expr(n.x);
      if (n.low) n.low = e.expr(n.low);
      if (n.high) n.high = e.expr(n.high);
      if (n.max) n.max = e.expr(n.max);
      return;
    case "SLICEHEADER":
      n.ptr = e.expr(n.ptr);
      n.len = e.expr(n.len);
      n.cap = e.expr(n.cap);
      return;
    case "CALLFUNC": case "CALLINTER":
      n.fun = e.expr(n.fun);
      return edit(n.args, e);
    case "INLCALL":
      editStmts(n.body, e);
      return edit(n.results, e);
    case "LEN": case "CAP": case "COPY": case "DELETE": case "CLEAR": case "CLOSE": case "MIN": case "MAX": case "PANIC": case "RECOVER":
    case "PRINT": case "PRINTLN": case "COMPLEX": case "REAL": case "IMAG": case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING":
    case "UNSAFESLICEDATA": case "UNSAFESTRINGDATA": case "APPEND":
      return edit(n.args, e);
    case "MAKESLICE": case "MAKEMAP": case "MAKECHAN":
      if (n.len) n.len = e.expr(n.len);
      if (n.cap) n.cap = e.expr(n.cap);
      return;
    case "AS":
      n.x = e.expr(n.x);
      if (n.y) n.y = e.expr(n.y);
      return;
    case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2":
      edit(n.lhs, e);
      return edit(n.rhs, e);
    case "IF":
      n.cond = e.expr(n.cond);
      editStmts(n.body, e);
      return editStmts(n.else, e);
    case "FOR":
      if (n.cond) n.cond = e.expr(n.cond);
      if (n.post) n.post = e.stmt(n.post);
      return editStmts(n.body, e);
    case "RANGE":
      n.x = e.expr(n.x);
      if (n.key) n.key = e.expr(n.key);
      if (n.value) n.value = e.expr(n.value);
      return editStmts(n.body, e);
    case "SWITCH":
      if (n.tag?.kind === "TYPESW") editChildren(n.tag, e);
      else if (n.tag) n.tag = e.expr(n.tag);
      for (const clause of n.cases) editChildren(clause, e);
      return;
    case "CASE":
      if (n.var) n.var = editName(n.var, e);
      edit(n.list, e);
      return editStmts(n.body, e);
    case "SELECT":
      for (const clause of n.cases) editChildren(clause, e);
      return;
    case "COMM":
      if (n.comm) n.comm = e.stmt(n.comm);
      return editStmts(n.body, e);
    case "SEND":
      n.chan = e.expr(n.chan);
      n.value = e.expr(n.value);
      return;
    case "RETURN":
      return edit(n.results, e);
    case "GO": case "DEFER":
      n.call = e.expr(n.call);
      if (n.deferAt) n.deferAt = e.expr(n.deferAt);
      return;
    case "TAILCALL":
      n.call = editCall(n.call, e);
      return;
    default:
      return unreachable(n);
  }
}

function editName(n: Name, e: Editor): Name {
  const to = e.expr(n);
  return to.kind === "NAME" ? to : n;
}

function editCall(n: CallExpr, e: Editor): CallExpr {
  const to = e.expr(n);
  return to.kind === "CALLFUNC" || to.kind === "CALLINTER" ? to : n;
}
