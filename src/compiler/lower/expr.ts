/**
 * Expressions: dispatch, constants, variables, selectors, pointers, conditions.
 *
 * The rest stands beside: arith, compare, access (index, slice), text (strings), iface (conversions to and from interfaces), call, literal, maps, chans.
 *
 * Go: cmd/compile/internal/walk/expr.go.
 */
import { bug, unreachable } from "../../base/bug.ts";
import { I32 } from "../../wasm/opcodes.ts";
import { type AppendExpr, type Expr, isReflectHeaderData, type LogicalExpr } from "../ir/index.ts";
import { type Type, under } from "../types/index.ts";
import { addressOf, index, slice, slice2Array } from "./access.ts";
import { arithmetic, convertNumber, shift, unary } from "./arith.ts";
import { appendExpr, builtin } from "./builtin.ts";
import { call, closure, funcValue, methodValue } from "./call.ts";
import { receive } from "./chans.ts";
import { compare } from "./compare.ts";
import type { Fn, Place, Value } from "./context.ts";
import { dotType, toInterface } from "./iface.ts";
import { intKind, isStringType } from "./kinds.ts";
import { get, i32, i64, type LExpr } from "./lir.ts";
import { composite, makeSlice, pointerLiteral } from "./literal.ts";
import { makeMap, mapIndex } from "./maps.ts";
import { asInt, constant, isAddressable, leafRange, single, zeroValue } from "./operand.ts";
import { orderOperands } from "./order.ts";
import { loadPlace, shownAddress } from "./place.ts";
import { addStrings, convertText } from "./text.ts";

/** Fuel of a node, in tenths of a virtual nanosecond. */
const COST: Partial<Record<Expr["kind"], number>> = {
  NAME: 0, LITERAL: 0, NIL: 0, TYPE: 0, PAREN: 0, CONVNOP: 0, DIV: 10, MOD: 10, INDEX: 3, CALLFUNC: 20, CALLINTER: 12, INLCALL: 0, CLOSURE: 5, MUL: 3,
};

/** The value of `n`: what the door `value` opens to. */
export function value(c: Fn, n: Expr): Value {
  if (n.kind === "NAME") return name(c, n);
  const done = c.ordered.get(n);
  if (done) {
    c.ordered.delete(n);
    return done;
  }
  c.runInit(n);
  if (n.kind !== "CALLFUNC" && n.kind !== "CALLINTER") orderOperands(c, n);
  c.cost += COST[n.kind] ?? 2;
  const outer = c.pos;
  c.pos = n.pos;
  const v = dispatch(c, n);
  c.pos = outer;
  return v;
}

/** Appends to the slice in `into`, which is what `n` appends to. */
export function appendInPlace(c: Fn, n: AppendExpr, into: Place): void {
  c.runInit(n);
  orderOperands(c, n);
  c.cost += COST[n.kind] ?? 2;
  const outer = c.pos;
  c.pos = n.pos;
  appendExpr(c, n, into);
  c.pos = outer;
}

function dispatch(c: Fn, n: Expr): Value {
  switch (n.kind) {
    case "NAME": return name(c, n);
    case "LITERAL": return constant(c, n);
    case "NIL": return zeroValue(c, n.type);
    case "PAREN": return value(c, n.x);
    case "ADD": case "SUB": case "MUL": case "DIV": case "MOD": case "AND": case "OR": case "XOR": case "ANDNOT":
      if (n.kind === "ADD" && isStringType(n.type)) return addStrings(c, [n.x, n.y], n.esc === "none");
      return arithmetic(c, n.kind, n.type, value(c, n.x), value(c, n.y));
    case "LSH": case "RSH": return [shift(c, n.kind, n.type, single(c, n.x), single(c, n.y), n.y.type)];
    case "EQ": case "NE": case "LT": case "LE": case "GT": case "GE": return [compare(c, n.kind, n.x, n.y)];
    case "ANDAND": case "OROR": return [logical(c, n)];
    case "NOT": case "NEG": case "PLUS": case "BITNOT": return unary(c, n.kind, n.type, value(c, n.x));
    case "CHECKNIL": c.emit({ kind: "eval", x: c.notNil(single(c, n.x)) }); return [];
    case "ITAB": return [single(c, n.x)];
    case "ADDSTR": return addStrings(c, n.list, n.esc === "none");
    case "ADDR": return [addressOf(c, n)];
    case "DEREF": return c.loadValue(n.type, c.notNil(single(c, n.x), c.reach(n)), 0);
    case "DOT": return field(c, n);
    case "DOTPTR":
      if (isReflectHeaderData(n)) return loadPlace(c, c.doors.place(c, n), n.type);
      return c.loadValue(n.type, c.notNil(single(c, n.x), c.reach(n, n.offset)), n.offset);
    case "METHEXPR": return [funcValue(c, n)];
    case "METHVALUE": return [methodValue(c, n)];
    case "INDEX": return index(c, n);
    case "INDEXMAP": return mapIndex(c, n);
    case "SLICE": case "SLICEARR": case "SLICESTR": case "SLICE3": case "SLICE3ARR": return slice(c, n);
    case "SLICEHEADER": return [single(c, n.ptr), single(c, n.len), single(c, n.cap)];
    case "DOTTYPE": case "DOTTYPE2": case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2": return dotType(c, n);
    case "CALLFUNC": case "CALLINTER": return call(c, n);
    case "INLCALL":
      if (!c.bodyDone.delete(n)) c.doors.stmts(c, n.body);
      return n.results.length === 1 ? value(c, n.results[0] ?? bug("no result")) : n.results.flatMap((r) => value(c, r));
    case "CLOSURE": return [closure(c, n)];
    case "CONV": return convertNumber(c, n.type, n.x.type, value(c, n.x));
    case "CONVNOP": return convertNop(c, n.type, n.x);
    case "CONVIFACE": return toInterface(c, n);
    case "BYTES2STR": case "RUNES2STR": case "STR2BYTES": case "STR2RUNES": case "RUNESTR": case "BYTES2STRTMP": case "STR2BYTESTMP": return convertText(c, n);
    case "SLICE2ARR": case "SLICE2ARRPTR": return slice2Array(c, n);
    case "STRUCTLIT": case "ARRAYLIT": case "SLICELIT": case "MAPLIT": return composite(c, n);
    case "PTRLIT": return [pointerLiteral(c, n)];
    case "MAKESLICE": return makeSlice(c, n);
    case "MAKEMAP": return [makeMap(c, n)];
    case "MAKECHAN": return c.text("makechan", [c.unit.type(n.type), n.len ? asInt(c, n.len) : i64(0)], { what: "make(chan)", type: c.unit.typeName(n.type) });
    case "NEW": return [newObject(c, n)];
    case "APPEND": return appendExpr(c, n);
    case "RECV": return receive(c, n.x, n.type);
    case "RTYPE": return [n.iface ? c.unit.itab(n.iface, n.of) : c.unit.type(n.of)];
    case "LEN": case "CAP": case "COPY": case "DELETE": case "CLEAR": case "CLOSE": case "MIN": case "MAX": case "PANIC": case "RECOVER": case "PRINT":
    case "PRINTLN": case "COMPLEX": case "REAL": case "IMAG": case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING": case "UNSAFESLICEDATA": case "UNSAFESTRINGDATA":
      return builtin(c, n);
    case "TYPE": case "DYNAMICTYPE": case "KEY": case "STRUCTKEY": return bug(`${n.kind} is no value`);
    case "DOTINTER": return c.unsupported("a method of an interface as a value");
    default: return unreachable(n);
  }
}

function name(c: Fn, n: Extract<Expr, { kind: "NAME" }>): Value {
  if (n.class === "func") return [funcValue(c, n)];
  return loadPlace(c, c.doors.place(c, n), n.type);
}

function newObject(c: Fn, n: Extract<Expr, { kind: "NEW" }>): LExpr {
  const t = under(n.type);
  if (t.kind !== "Pointer") return bug("new of something that is no pointer");
  if (n.esc !== "none") return c.newObject(t.elem, `new(${c.unit.typeName(t.elem)})`);
  const { size, pointers } = c.unit.layouts.of(t.elem);
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  return c.frame(object);
}

// ---- selectors, conversions, conditions ---------------------------------------------------------------------

/** x.f of a struct value. */
function field(c: Fn, n: Extract<Expr, { kind: "DOT" | "DOTPTR" | "DOTINTER" }>): Value {
  const base = n.x;
  if (isAddressable(base)) return loadPlace(c, c.doors.place(c, n), n.type);
  const whole = value(c, base);
  const { leaves } = c.unit.layouts.of(base.type);
  if (!leaves) return c.loadValue(n.type, whole[0] ?? bug("no address"), n.offset);
  const [from, count] = leafRange(c, base.type, n.index);
  const part = whole.slice(from, from + count);
  return isReflectHeaderData(n) ? [shownAddress(c, part)] : part;
}

/** A conversion that keeps the bits, but between pointers and uintptr. */
function convertNop(c: Fn, to: Type, x: Expr): Value {
  const v = value(c, x);
  const from = under(x.type);
  const target = under(to);
  const isPointer = (t: typeof from): boolean => t.kind !== "Basic" || t.basic === "unsafe.Pointer" || t.basic === "untyped nil";
  const k = intKind(to);
  if (k && from.kind === "Basic" && from.basic === "unsafe.Pointer") return [c.leaf("visibleAddress", [v[0] ?? bug("no pointer")])];
  if (target.kind === "Basic" && target.basic === "unsafe.Pointer" && intKind(x.type)) return [c.leaf("offsetOfAddress", [v[0] ?? bug("no address")])];
  if (!isPointer(from) && k && intKind(x.type) && k.type !== intKind(x.type)?.type) return convertNumber(c, to, x.type, v);
  return v;
}

/** && and ||: the right side runs only if it counts. */
function logical(c: Fn, n: LogicalExpr): LExpr {
  const left = single(c, n.x);
  let right: LExpr = i32(0);
  const list = c.branch(() => {
    right = single(c, n.y);
  });
  const and = n.kind === "ANDAND";
  if (list.length === 0) return { kind: "choose", type: I32, cond: left, x: and ? right : i32(1), y: and ? i32(0) : right };
  const result = c.local(I32);
  c.set(result, left);
  const rest = c.capture(() => {
    for (const s of list) c.emit(s);
    c.set(result, right);
  });
  c.emit({ kind: "if", cond: get(result), then: and ? rest : [], else: and ? [] : rest });
  return get(result);
}

