/**
 * Order of evaluation beyond what the language says: calls, receives and what else takes effect happen first, from left to right; variables, elements and
 * what only may panic are read afterwards, when the operation itself is done.
 *
 * Lowering an operand leaves it unevaluated where it can, so most expressions are ordered already. Where an operand must be finished before the next one is
 * looked at (elements of a literal, boxes, texts), the effects of all of them are brought forward here; `value` then finds them done.
 *
 * Go: cmd/compile/internal/walk/order.go.
 */
import { bug } from "../../base/bug.ts";
import { type AppendExpr, type Expr, forEachChild, type Node, someChild } from "../ir/index.ts";
import { type Type, under } from "../types/index.ts";
import type { Fn } from "./context.ts";
import { isStringType } from "./kinds.ts";
import { isAddressable, value } from "./operand.ts";

/** What others can notice: whatever stands after it must be read after it. */
const EFFECTS: ReadonlySet<Node["kind"]> = new Set(["CALLFUNC", "CALLINTER", "INLCALL", "RECV", "APPEND", "COPY", "RECOVER"]);

/** Evaluated as soon as they are met, as in Go's own compiler. */
const AT_ONCE: ReadonlySet<Node["kind"]> = new Set([
  "CALLFUNC", "CALLINTER", "LEN", "CAP", "COMPLEX", "COPY", "IMAG", "MAKECHAN", "MAKEMAP", "MAKESLICE", "MAX", "MIN", "NEW", "REAL", "RECOVER", "STR2BYTES", "STR2BYTESTMP",
  "STR2RUNES", "APPEND", "SLICE", "SLICEARR", "SLICESTR", "SLICE3", "SLICE3ARR", "ANDAND", "OROR", "RECV", "DOTTYPE", "DYNAMICDOTTYPE", "MAPLIT",
]);

/** Whether evaluating `n` has an effect that others can notice. */
export function hasEffect(c: Fn, n: Node): boolean {
  const known = c.effects.get(n);
  if (known !== undefined) return known;
  const found = EFFECTS.has(n.kind) || someChild(n, (child) => hasEffect(c, child));
  c.effects.set(n, found);
  return found;
}

/** Whether it does not matter when `n` is evaluated. */
function isInert(n: Expr): boolean {
  switch (n.kind) {
    case "LITERAL": case "NIL": case "TYPE": case "RTYPE": return true;
    case "NAME": return n.class === "func";
    case "CONVIFACE": case "CONVNOP": case "PAREN": return n.init.length === 0 && isInert(n.x);
    case "KEY": case "STRUCTKEY": return isInert(n.value);
    default: return false;
  }
}

/** The operands of an operation that has several. */
function operandsOf(n: Expr): readonly Expr[] | undefined {
  switch (n.kind) {
    case "ADD": case "SUB": case "MUL": case "DIV": case "MOD": case "AND": case "OR": case "XOR": case "ANDNOT": case "LSH": case "RSH":
    case "EQ": case "NE": case "LT": case "LE": case "GT": case "GE":
      return [n.x, n.y];
    case "CALLFUNC": case "CALLINTER": return n.args.length > 0 ? [n.fun, ...n.args] : undefined;
    case "ADDSTR": case "STRUCTLIT": case "ARRAYLIT": case "SLICELIT": return n.list;
    case "INDEX": case "INDEXMAP": return [n.x, n.index];
    case "SLICE": case "SLICEARR": case "SLICESTR": case "SLICE3": case "SLICE3ARR": return [n.x, n.low, n.high, n.max].filter((x) => x !== undefined);
    case "MAKESLICE": case "MAKECHAN": return [n.len, n.cap].filter((x) => x !== undefined);
    case "COPY": case "DELETE": case "MIN": case "MAX": case "PRINT": case "PRINTLN": case "COMPLEX": case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING":
      return n.args;
    case "APPEND": {
      const made = madeLength(n);
      return made ? [...n.args.slice(0, 1), made] : n.args;
    }
    default: return undefined;
  }
}

/** The length of `make` in append(x, make([]T, length)...), which makes nothing. Go: isAppendOfMake. */
export function madeLength(n: AppendExpr): Expr | undefined {
  const x = n.args[1];
  return n.isDDD && x?.kind === "MAKESLICE" && !x.cap && x.init.length === 0 ? x.len : undefined;
}

/** Brings the effects among the operands of `n` forward. */
export function orderOperands(c: Fn, n: Expr): void {
  const list = operandsOf(n);
  if (list && list.length > 1) orderAll(c, list);
}

/** Brings the effects among expressions forward that are to be evaluated one after the other. */
export function orderAll(c: Fn, list: readonly Expr[]): void {
  let last = list.length - 1;
  while (last > 0 && !hasEffect(c, list[last] ?? bug("a hole in a list"))) last--;
  if (last <= 0 || list.slice(0, last).every(isInert)) return;
  for (const n of list.slice(0, last + 1)) order(c, n);
}

/** Brings the effects of `n` forward. */
function order(c: Fn, n: Expr): void {
  if (n.kind === "NAME" || n.kind === "CLOSURE" || c.ordered.has(n)) return;
  c.runInit(n);
  if (n.init.length > 0) c.initDone.add(n);
  if (AT_ONCE.has(n.kind)) return atOnce(c, n);
  if (n.kind === "INLCALL") {
    if (!c.bodyDone.has(n)) c.doors.stmts(c, n.body);
    c.bodyDone.add(n);
    return;
  }
  forEachChild(n, (child) => {
    if (!(n.init as readonly Node[]).includes(child)) order(c, child as Expr);
  });
  // A value that is boxed by its address is copied when it is met, unless it has one.
  if (n.kind === "CONVIFACE" && !isInert(n.x) && !isAddressable(n.x) && !c.ordered.has(n.x) && isBoxedByAddress(c, n.x.type)) atOnce(c, n.x);
}

/** Whether Go's function that boxes a value of this type takes its address. Go: dataWordFuncName. */
function isBoxedByAddress(c: Fn, t: Type): boolean {
  const u = under(t);
  if (u.kind === "Interface") return false;
  const { size, align, pointers } = c.unit.layouts.of(t);
  if (pointers.length === 0 && size === align && size > 1) return false;
  return !isStringOrSlice(t);
}

/** A string or slice, or a struct or array of nothing else. */
function isStringOrSlice(t: Type): boolean {
  const u = under(t);
  if (u.kind === "Struct") return u.fields.length === 1 && u.fields[0]?.type !== undefined && isStringOrSlice(u.fields[0].type);
  if (u.kind === "Array") return u.len === 1 && isStringOrSlice(u.elem);
  return u.kind === "Slice" || isStringType(t);
}

function atOnce(c: Fn, n: Expr): void {
  const v = value(c, n);
  const several = under(n.type).kind === "Tuple";
  c.ordered.set(n, several || v.length === 0 ? v : c.saveLeaves(v, n.type));
}
