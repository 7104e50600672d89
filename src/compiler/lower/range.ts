/**
 * Loops over ranges: integers, arrays, slices, strings, maps, channels. Ranges over functions have been rewritten before.
 *
 * The operand is evaluated once; what it names is what it was at the start.
 *
 * Go: cmd/compile/internal/walk/range.go.
 */
import { MAP_ITERATOR_POINTERS, MAP_ITERATOR_SIZE } from "../../abi/runtime-symbols.ts";
import { bug } from "../../base/bug.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { Expr, Name, RangeStmt } from "../ir/index.ts";
import { basic, identical, type Type, under } from "../types/index.ts";
import { convertInt } from "./arith.ts";
import { elemType } from "./chans.ts";
import type { Fn, Value } from "./context.ts";
import { convertToInterface } from "./iface.ts";
import { evaluateArray, single, value, zeroValue } from "./operand.ts";
import { intKind, isStringType, needInt } from "./kinds.ts";
import { get, i32, i64, type LExpr, load, type Local, op } from "./lir.ts";
import { loop } from "./loops.ts";
import { iteratorElem, iteratorKey, mapType, nextEntry } from "./maps.ts";
import { declareStorage, freeze, storePlace } from "./place.ts";

/** for key, value := range x. */
export function range(c: Fn, n: RangeStmt): void {
  for (const s of n.init) if (!(s.kind === "DCL" && n.def && n.distinctVars)) c.doors.stmt(c, s);
  c.pos = n.pos;
  const t = under(n.x.type);
  if (intKind(t) && t.kind === "Basic") return rangeInt(c, n);
  if (isStringType(n.x.type)) return rangeString(c, n);
  switch (t.kind) {
    case "Slice": case "Array": return rangeElements(c, n, t.elem);
    case "Pointer": {
      const array = under(t.elem);
      return array.kind === "Array" ? rangeElements(c, n, array.elem) : bug("a range over a pointer to no array");
    }
    case "Map": return rangeMap(c, n);
    case "Chan": return rangeChan(c, n);
    default: return c.unsupported("a range over a function");
  }
}

/** Gives both loop variables their values; where they are no new variables, both places are found before either is changed. */
function bindBoth(c: Fn, n: RangeStmt, key: readonly [Type, () => Value], elem: readonly [Type, () => Value]): void {
  const { key: x, value: y } = n;
  if (n.def || !x || !y || !wanted(x) || !wanted(y) || (x.kind === "NAME" && y.kind === "NAME")) {
    bind(c, n, x, ...key);
    return bind(c, n, y, ...elem);
  }
  const places = [x, y].map((e) => freeze(c, c.doors.place(c, e)));
  const values = [c.saveValue(assigned(c, x.type, ...key), x.type), c.saveValue(assigned(c, y.type, ...elem), y.type)];
  places.forEach((p, i) => storePlace(c, p, i === 0 ? x.type : y.type, values[i] ?? bug("a missing value")));
}

/** Gives a loop variable the value of this round. */
function bind(c: Fn, n: RangeStmt, x: Expr | undefined, t: Type, v: () => Value): void {
  if (!x || (x.kind === "NAME" && x.sym === "_")) return;
  const fresh = n.def && n.distinctVars && x.kind === "NAME";
  const now = fresh && x.class === "autoheap" ? c.saveValue(v(), t) : assigned(c, x.type, t, v);
  if (fresh) declareStorage(c, x as Name);
  storePlace(c, c.doors.place(c, x), x.type, now);
}

/** A value of the operand's type `t` as one of the loop variable's type, which may be an interface. Go: walk, rangeConvert. */
function assigned(c: Fn, to: Type, t: Type, v: () => Value): Value {
  return under(to).kind === "Interface" && !identical(to, t) ? convertToInterface(c, to, t, v()) : v();
}

const wanted = (x: Expr | undefined): boolean => x !== undefined && !(x.kind === "NAME" && x.sym === "_");

/** A counter that runs from 0 to `limit`. */
function counted(c: Fn, n: RangeStmt, limit: LExpr, each: (i: Local) => void): void {
  const i = c.local(limit.type);
  const wide = limit.type === I64;
  const signed = intKind(n.x.type)?.signed ?? true;
  c.set(i, wide ? i64(0) : i32(0));
  const less = wide ? (signed ? OP.i64_ge_s : OP.i64_ge_u) : signed ? OP.i32_ge_s : OP.i32_ge_u;
  loop(c, n.label, {
    head: (out) => {
      c.emit({ kind: "br", label: out, cond: op(less, get(i), limit) });
      each(i);
    },
    body: () => c.doors.stmts(c, n.body),
    post: () => c.set(i, wide ? op(OP.i64_add, get(i), i64(1)) : op(OP.i32_add, get(i), i32(1))),
  });
}

function rangeInt(c: Fn, n: RangeStmt): void {
  const t = n.key && wanted(n.key) && intKind(n.key.type) ? n.key.type : n.x.type;
  const k = needInt(t);
  const x = single(c, n.x);
  const limit = c.save(x.type === k.type ? x : convertInt(k, needInt(n.x.type), x));
  counted(c, n, limit, (i) => bind(c, n, n.key, t, () => [get(i)]));
}

function rangeElements(c: Fn, n: RangeStmt, elem: Type): void {
  const { size } = c.unit.layouts.of(elem);
  const { ptr, len } = rangeOperand(c, n);
  counted(c, n, len, (i) => {
    const at = (): Value => (ptr ? c.loadValue(elem, op(OP.i32_add, ptr, op(OP.i32_mul, op(OP.i32_wrap_i64, get(i)), i32(size))), 0) : zeroValue(c, elem));
    bindBoth(c, n, [basic.int, () => [get(i)]], [elem, at]);
  });
}

/** Where the elements are, and how many. */
function rangeOperand(c: Fn, n: RangeStmt): { readonly ptr: LExpr | undefined; readonly len: LExpr } {
  const t = under(n.x.type);
  if (t.kind === "Slice") {
    const [ptr, len] = value(c, n.x);
    return { ptr: c.save(ptr ?? bug("no pointer"), true), len: c.save(len ?? bug("no length")) };
  }
  if (t.kind === "Pointer") {
    const array = under(t.elem);
    const len = i64(array.kind === "Array" ? array.len : 0);
    const p = c.save(single(c, n.x), true);
    return { ptr: wanted(n.value) ? c.save(c.notNil(p), true) : undefined, len };
  }
  if (t.kind !== "Array") return bug("a range over no array");
  const len = i64(t.len);
  if (!wanted(n.value) || t.len === 0) {
    evaluateArray(c, n.x);
    return { ptr: undefined, len };
  }
  const { size, pointers } = c.unit.layouts.of(n.x.type);
  const from = value(c, n.x)[0] ?? bug("no address");
  const copy = c.object(size, pointers);
  c.copy(c.frame(copy), from, size);
  return { ptr: c.frame(copy), len };
}

const RUNE_SELF = 0x80;

function rangeString(c: Fn, n: RangeStmt): void {
  const [p, l] = value(c, n.x);
  const ptr = c.save(p ?? bug("no pointer"), true);
  const len = c.save(l ?? bug("no length"));
  const i = c.local(I64);
  const next = c.local(I64);
  const rune = c.local(I32);
  c.set(next, i64(0));
  loop(c, n.label, {
    head: (out) => {
      c.set(i, get(next));
      c.emit({ kind: "br", label: out, cond: op(OP.i64_ge_s, get(i), len) });
      c.set(rune, load(OP.i32_load8_u, op(OP.i32_add, ptr, op(OP.i32_wrap_i64, get(i)))));
      const decoded = c.branch(() => {
        const [r, after] = c.text("decoderune", [ptr, len, get(i)]);
        c.set(rune, r ?? bug("no rune"));
        c.set(next, after ?? bug("no index"));
      });
      const ascii = c.capture(() => c.set(next, op(OP.i64_add, get(i), i64(1))));
      c.emit({ kind: "if", cond: op(OP.i32_lt_u, get(rune), i32(RUNE_SELF)), then: ascii, else: decoded });
      bindBoth(c, n, [basic.int, () => [get(i)]], [basic.int32, () => [get(rune)]]);
    },
    body: () => c.doors.stmts(c, n.body),
    post: () => {},
  });
}

function rangeMap(c: Fn, n: RangeStmt): void {
  const m = mapType(n.x.type);
  const map = c.save(single(c, n.x), true);
  const object = c.object(MAP_ITERATOR_SIZE, MAP_ITERATOR_POINTERS);
  const it = c.frame(object);
  c.zero(it, MAP_ITERATOR_SIZE);
  c.text("mapiterinit", [c.unit.type(n.x.type), map, it]);
  loop(c, n.label, {
    head: (out) => {
      c.emit({ kind: "br", label: out, cond: op(OP.i32_eqz, iteratorKey(it)) });
      bindBoth(c, n, [m.key, () => c.loadValue(m.key, iteratorKey(it), 0)], [m.elem, () => c.loadValue(m.elem, iteratorElem(it), 0)]);
    },
    body: () => c.doors.stmts(c, n.body),
    post: () => nextEntry(c, m, it),
  });
}

function rangeChan(c: Fn, n: RangeStmt): void {
  const t = elemType(n.x);
  const chan = c.save(single(c, n.x), true);
  loop(c, n.label, {
    head: (out) => {
      const { size, pointers } = c.unit.layouts.of(t);
      const object = c.object(Math.max(size, 8), pointers);
      c.clear(object);
      const [ok] = c.text("chanrecv2", [chan, c.frame(object)]);
      c.emit({ kind: "br", label: out, cond: op(OP.i32_eqz, ok ?? bug("no answer")) });
      bind(c, n, n.key, t, () => c.loadValue(t, c.frame(object), 0));
    },
    body: () => c.doors.stmts(c, n.body),
    post: () => {},
  });
}

