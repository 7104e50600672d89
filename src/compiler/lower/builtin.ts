/**
 * Built-in functions.
 *
 * Go: cmd/compile/internal/walk/builtin.go, assign.go (walkAppend, extendSlice).
 */
import { bug } from "../../base/bug.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { AppendExpr, BuiltinExpr, Expr } from "../ir/index.ts";
import { basic, type Type, under } from "../types/index.ts";
import { compareNumbers, convertInt } from "./arith.ts";
import type { Fn, Place, Value } from "./context.ts";
import { asInt, evaluateArray, single, value } from "./operand.ts";
import { basicName, intKind, isComplexType, isFloat32, isFloat64, isStringType } from "./kinds.ts";
import { get, i32, i64, type LExpr, load, op } from "./lir.ts";
import { deleteKey } from "./maps.ts";
import { madeLength } from "./order.ts";
import { fixPlace, storePlace } from "./place.ts";

/** The value of a call of a built-in function; of those that return nothing, none. */
export function builtin(c: Fn, n: BuiltinExpr): Value {
  const [x, y] = n.args;
  const first = (): Expr => x ?? bug(`${n.kind} without operand`);
  switch (n.kind) {
    case "LEN": case "CAP": return [length(c, n.kind, first())];
    case "COPY": return [copyElements(c, first(), y ?? bug("copy of nothing"))];
    case "DELETE": deleteKey(c, first(), y ?? bug("delete of nothing")); return [];
    case "CLEAR": clear(c, first()); return [];
    case "CLOSE": c.text("closechan", [single(c, first())]); return [];
    case "MIN": case "MAX": return minMax(c, n.kind, n.type, n.args);
    case "PANIC": {
      const [word, data] = value(c, first());
      c.entry("gopanic", [word ?? bug("no word"), data ?? bug("no data")]);
      return [];
    }
    case "RECOVER":
      return c.callLeaf("gorecover", [{ kind: "frameEnd", type: I32 }], [false, true]);
    case "PRINT": case "PRINTLN": print(c, n); return [];
    case "COMPLEX": return [single(c, first()), single(c, y ?? bug("complex of one part"))];
    case "REAL": return [value(c, first())[0] ?? bug("no real part")];
    case "IMAG": return [value(c, first())[1] ?? bug("no imaginary part")];
    case "UNSAFEADD": return [op(OP.i32_add, single(c, first()), op(OP.i32_wrap_i64, asInt(c, y ?? bug("unsafe.Add of one operand"))))];
    case "UNSAFESLICE": return unsafeSlice(c, n, first(), y ?? bug("unsafe.Slice of one operand"));
    case "UNSAFESTRING": {
      const p = c.save(single(c, first()), true);
      const len = c.save(asInt(c, y ?? bug("unsafe.String of one operand")));
      c.text("unsafestring", [p, len]);
      return [p, len];
    }
    case "UNSAFESLICEDATA": case "UNSAFESTRINGDATA": return [value(c, first())[0] ?? bug("no pointer")];
  }
}

function unsafeSlice(c: Fn, n: BuiltinExpr, x: Expr, y: Expr): Value {
  const t = under(n.type);
  if (t.kind !== "Slice") return bug("unsafe.Slice of no slice type");
  const p = c.save(single(c, x), true);
  const len = c.save(asInt(c, y));
  c.text("unsafeslice", [c.unit.type(t.elem), p, len]);
  return [p, len, len];
}

function length(c: Fn, kind: "LEN" | "CAP", x: Expr): LExpr {
  // The runes of a string are counted, not made.
  if (kind === "LEN" && x.kind === "STR2RUNES" && x.init.length === 0) return c.text("countrunes", value(c, x.x))[0] ?? bug("no count");
  if (under(x.type).kind !== "Map" && under(x.type).kind !== "Chan") c.reaches(x, kind === "LEN" ? 8 : 16);
  const t = under(x.type);
  const array = t.kind === "Pointer" ? under(t.elem) : t;
  if (array.kind === "Array") {
    if (t.kind === "Pointer") c.storeBlank(value(c, x));
    else evaluateArray(c, x);
    return i64(array.len);
  }
  const v = value(c, x);
  if (t.kind === "Slice") return v[kind === "LEN" ? 1 : 2] ?? bug("no length");
  if (isStringType(x.type)) return v[1] ?? bug("no length");
  const p = c.reuse(v[0] ?? bug("no pointer"), true);
  return { kind: "choose", type: I64, cond: p, x: load(OP.i64_load, p, kind === "LEN" ? 0 : 8), y: i64(0) };
}

/** copy(dst, src): the number of elements copied. */
function copyElements(c: Fn, dst: Expr, src: Expr): LExpr {
  const t = under(dst.type);
  if (t.kind !== "Slice") return bug("copy to no slice");
  const [dp, dl] = value(c, dst).map((x, i) => c.save(x, i === 0));
  const [sp, sl] = value(c, src).map((x, i) => c.save(x, i === 0));
  if (!dp || !dl || !sp || !sl) return bug("a slice without parts");
  const count = c.save({ kind: "choose", type: I64, cond: op(OP.i64_lt_s, dl, sl), x: dl, y: sl });
  moveElements(c, t.elem, dp, sp, count);
  return count;
}

/** Moves `count` elements; they may overlap. */
export function moveElements(c: Fn, elem: Type, to: LExpr, from: LExpr, count: LExpr): void {
  const { size, pointers } = c.unit.layouts.of(elem);
  if (pointers.length > 0) c.ifBarrier(() => c.leafCall("bulkBarrier", [c.unit.type(elem), to, from, count]));
  c.emit({ kind: "copy", to, from, size: bytesOf(count, size) });
}

const bytesOf = (count: LExpr, size: number): LExpr => (size === 1 ? op(OP.i32_wrap_i64, count) : op(OP.i32_mul, op(OP.i32_wrap_i64, count), i32(size)));

function clear(c: Fn, x: Expr): void {
  const t = under(x.type);
  if (t.kind === "Map") {
    c.text("mapclear", [c.unit.type(x.type), single(c, x)]);
    return;
  }
  if (t.kind !== "Slice") return bug("clear of no slice");
  const [ptr, len] = value(c, x).map((v, i) => c.save(v, i === 0));
  if (!ptr || !len) return bug("a slice without parts");
  zeroElements(c, t.elem, ptr, len);
}

function zeroElements(c: Fn, elem: Type, ptr: LExpr, count: LExpr): void {
  const { size, pointers } = c.unit.layouts.of(elem);
  if (pointers.length > 0) c.ifBarrier(() => c.leafCall("bulkBarrier", [c.unit.type(elem), ptr, i32(0), count]));
  c.emit({ kind: "zero", to: ptr, size: bytesOf(count, size) });
}

function minMax(c: Fn, kind: "MIN" | "MAX", t: Type, args: readonly Expr[]): Value {
  let best = c.saveLeaves(value(c, args[0] ?? bug("min of nothing")), t);
  for (const arg of args.slice(1)) {
    const next = c.saveLeaves(value(c, arg), t);
    best = c.saveLeaves(lesser(c, kind, t, best, next), t);
  }
  return best;
}

function lesser(c: Fn, kind: "MIN" | "MAX", t: Type, x: Value, y: Value): Value {
  const a = x[0] ?? bug("no value");
  const b = y[0] ?? bug("no value");
  if (isFloat32(t)) return [op(kind === "MIN" ? OP.f32_min : OP.f32_max, a, b)];
  if (isFloat64(t)) return [op(kind === "MIN" ? OP.f64_min : OP.f64_max, a, b)];
  const first = isStringType(t)
    ? op(kind === "MIN" ? OP.i64_le_s : OP.i64_ge_s, c.leaf("cmpstring", [...x, ...y]), i64(0))
    : compareNumbers(kind === "MIN" ? "LE" : "GE", t, a, b);
  const choice = c.save(first);
  return x.map((v, i) => ({ kind: "choose", type: v.type, cond: choice, x: v, y: y[i] ?? bug("no value") }));
}

// ---- print --------------------------------------------------------------------------------------------------

function print(c: Fn, n: BuiltinExpr): void {
  const values = n.args.map((a) => ({ type: a.type, value: c.saveLeaves(value(c, a), a.type) }));
  values.forEach((v, i) => {
    if (i > 0 && n.kind === "PRINTLN") c.leafCall("printsp", []);
    printOne(c, v.type, v.value);
  });
  if (n.kind === "PRINTLN") c.leafCall("printnl", []);
}

function printOne(c: Fn, t: Type, v: Value): void {
  const u = under(t);
  const k = intKind(t);
  const x = v[0] ?? bug("no value");
  if (basicName(t).endsWith("bool")) return c.leafCall("printbool", [x]);
  if (k) return c.leafCall(k.signed ? "printint" : "printuint", [convertInt({ bits: 64, signed: k.signed, type: I64 }, k, x)]);
  if (isStringType(t)) return c.leafCall("printstring", v);
  if (isComplexType(t)) return c.leafCall(basicName(t) === "complex64" ? "printcomplex64" : "printcomplex", v);
  if (u.kind === "Basic" && u.basic.includes("float")) return c.leafCall(isFloat32(t) ? "printfloat32" : "printfloat", [x]);
  if (u.kind === "Interface") return c.leafCall("printeface", v);
  if (u.kind === "Slice") return c.leafCall("printslice", v);
  return c.leafCall("printpointer", [x]);
}

// ---- append -------------------------------------------------------------------------------------------------

/** append(s, x...) and append(s, t...); `into`: where s is in memory, if the result goes there. */
export function appendExpr(c: Fn, n: AppendExpr, into?: Place): Value {
  const t = under(n.type);
  if (t.kind !== "Slice") return bug("append to no slice");
  const [s, ...more] = n.args;
  if (s) c.reaches(s, 16);
  const old = c.saveLeaves(value(c, s ?? bug("append to nothing")), n.type);
  if (n.isDDD) return appendSlice(c, n, t.elem, old, more[0] ?? bug("append of nothing"), into);
  if (more.length === 0) return old;
  const values = more.map((x) => ({ type: t.elem, value: c.saveValue(value(c, x), t.elem) }));
  const grown = grow(c, n, t.elem, old, i64(more.length), into);
  const { size } = c.unit.layouts.of(t.elem);
  const at = c.save(elementAt(grown[0] ?? bug("no pointer"), old[1] ?? bug("no length"), size), true);
  values.forEach((v, i) => c.storeValue(t.elem, v.value, at, i * size, "heap"));
  return grown;
}

const elementAt = (ptr: LExpr, index: LExpr, size: number): LExpr => op(OP.i32_add, ptr, bytesOf(index, size));

/** The slice with room for `more` further elements, its length already the new one. */
function grow(c: Fn, n: AppendExpr, elem: Type, old: Value, more: LExpr, into?: Place): Value {
  const [ptr, len, cap] = old;
  if (!ptr || !len || !cap) return bug("a slice without parts");
  const to = into && fixPlace(c, into);
  const locals = c.localsFor(n.type);
  const [newPtr, newLen, newCap] = locals;
  if (!newPtr || !newLen || !newCap) return bug("a slice without parts");
  c.set(newLen, op(OP.i64_add, len, more));
  c.set(newPtr, ptr);
  c.set(newCap, cap);
  const slow = c.branch(() => {
    const [p, , k] = c.text("growslice", [ptr, get(newLen), cap, more, c.unit.type(elem)], { what: "append", type: c.unit.typeName(elem) });
    c.set(newPtr, p ?? bug("no pointer"));
    c.set(newCap, k ?? bug("no capacity"));
    if (to) storePlace(c, to, n.type, locals.map(get));
  });
  const quick = to?.kind === "memory" ? c.branch(() => storePlace(c, { ...to, offset: to.offset + 8 }, basic.int, [get(newLen)])) : [];
  c.emit({ kind: "if", cond: op(OP.i64_gt_u, get(newLen), cap), then: slow, else: quick });
  return locals.map(get);
}

function appendSlice(c: Fn, n: AppendExpr, elem: Type, old: Value, x: Expr, into: Place | undefined): Value {
  const { size } = c.unit.layouts.of(elem);
  const len = old[1] ?? bug("no length");
  const made = madeLength(n);
  if (made) {
    const count = c.save(asInt(c, made));
    c.check(op(OP.i64_lt_s, count, i64(0)), "panicMakeSliceLen", []);
    const grown = grow(c, n, elem, old, count, into);
    zeroElements(c, elem, c.save(elementAt(grown[0] ?? bug("no pointer"), len, size), true), count);
    return grown;
  }
  const [from, count] = value(c, x).map((v, i) => c.save(v, i === 0));
  if (!from || !count) return bug("a slice without parts");
  const grown = grow(c, n, elem, old, count, into);
  moveElements(c, elem, c.save(elementAt(grown[0] ?? bug("no pointer"), len, size), true), from, count);
  return grown;
}
