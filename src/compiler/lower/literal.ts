/**
 * Composite literals, make of slices.
 *
 * Elements are evaluated into their place where that is fresh memory; a literal in the frame is cleared first, because its pointers may be seen
 * by a collection before the last one is stored.
 *
 * Go: cmd/compile/internal/walk/complit.go, builtin.go (walkMakeSlice).
 */
import { MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { OP } from "../../wasm/opcodes.ts";
import { type CompLitExpr, type Expr, isReflectHeader, type MakeExpr, type PtrLitExpr } from "../ir/index.ts";
import { type Type, under } from "../types/index.ts";
import type { Fn, Home, Value } from "./context.ts";
import { asInt, leafRange, value } from "./operand.ts";
import { orderOperands } from "./order.ts";
import { get, i32, i64, type LExpr, op, plus, zeroOf } from "./lir.ts";
import { mapLiteral } from "./maps.ts";
import { keptAddress } from "./place.ts";
import { forEachElement, isStatic, staticArray, writeStatic } from "./static.ts";
import type { StaticData } from "./unit.ts";

/** Literals with at least this many constant elements are copied from data. */
const TABLE = 4;

/** The value of T{...}. */
export function composite(c: Fn, n: CompLitExpr): Value {
  switch (n.kind) {
    case "MAPLIT": return [mapLiteral(c, n)];
    case "SLICELIT": return sliceLiteral(c, n);
    case "ARRAYLIT": case "STRUCTLIT": {
      const { leaves, size, pointers } = c.unit.layouts.of(n.type);
      if (leaves) return flatLiteral(c, n);
      const object = c.object(size, pointers);
      fill(c, n, c.frame(object), 0, "stack", false);
      return [c.frame(object)];
    }
  }
}

/** A small struct: its fields' leaves. */
function flatLiteral(c: Fn, n: CompLitExpr): Value {
  const leaves = c.unit.layouts.leaves(n.type);
  const out: LExpr[] = leaves.map((l) => zeroOf(l.type));
  for (const e of n.list) {
    if (e.kind !== "STRUCTKEY") continue;
    const [first] = leafRange(c, n.type, e.index);
    const given = value(c, e.value);
    const kept = isReflectHeader(n.type) && e.index === 0 ? [op(OP.i64_extend_i32_u, keptAddress(c, given))] : given;
    kept.forEach((v, i) => {
      out[first + i] = v;
    });
  }
  return out;
}

/** Stores a literal into memory, element by element. `cleared`: the memory is zero already. */
export function fill(c: Fn, n: CompLitExpr, addr: LExpr, offset: number, home: Home, cleared: boolean): void {
  const { size } = c.unit.layouts.of(n.type);
  if (n.kind === "ARRAYLIT" && n.list.length >= TABLE && isStatic(c, n, false)) {
    const t = under(n.type);
    if (t.kind === "Array") return c.copy(plus(addr, offset), staticArray(c, t.elem, n, true).address, size);
  }
  orderOperands(c, n);
  if (!cleared && !coversAll(c, n)) c.zero(plus(addr, offset), size);
  const store = (at: number, t: Type, x: Expr): void => {
    if ((x.kind === "STRUCTLIT" || x.kind === "ARRAYLIT") && !c.unit.layouts.of(t).leaves && x.init.length === 0) return fill(c, x, addr, at, home, true);
    if (x.kind === "NIL") return;
    c.storeValue(t, value(c, x), addr, at, home);
  };
  if (n.kind === "STRUCTLIT") {
    for (const e of n.list) if (e.kind === "STRUCTKEY") store(offset + e.offset, e.value.type, e.value);
    return;
  }
  const t = under(n.type);
  const elem = t.kind === "Array" || t.kind === "Slice" ? t.elem : bug("elements of no array");
  const step = c.unit.layouts.of(elem).size;
  forEachElement(n, (i, x) => store(offset + i * step, elem, x));
}

/** Whether every byte is stored, so that clearing is needless: never assumed where pointers are. */
function coversAll(c: Fn, n: CompLitExpr): boolean {
  if (c.unit.layouts.of(n.type).pointers.length > 0) return false;
  const t = under(n.type);
  return t.kind === "Array" && n.list.length === t.len && n.list.every((e) => e.kind !== "KEY" && c.unit.layouts.of(e.type).leaves !== undefined && e.kind !== "NIL");
}

/** []T{...}: a backing array, on the heap or in the frame, and the slice of it. */
function sliceLiteral(c: Fn, n: CompLitExpr): Value {
  const t = under(n.type);
  if (t.kind !== "Slice") return bug("a slice literal of no slice type");
  const { size, pointers } = c.unit.layouts.of(t.elem);
  const bytes = size * n.len;
  const length = i64(n.len);
  if (bytes === 0) {
    forEachElement(n, (_, x) => c.storeBlank(value(c, x)));
    return [i32(MAP.zerobase), length, length];
  }
  const array: Type = { kind: "Array", len: n.len, elem: t.elem };
  const what = { what: `${c.unit.typeName(n.type)}{...}`, type: c.unit.typeName(array) };
  if (n.esc === "none") {
    const all = pointers.length === 0 ? [] : Array.from({ length: n.len }, (_, i) => pointers.map((p) => i * size + p)).flat();
    const object = c.object(bytes, all);
    elements(c, n, t.elem, c.frame(object), bytes, false, "stack");
    return [c.frame(object), length, length];
  }
  const p = c.entry("mallocgc", [i32(bytes), c.unit.type(array), i32(1)], what)[0] ?? bug("no result");
  elements(c, n, t.elem, p, bytes, true, "heap");
  return [p, length, length];
}

function elements(c: Fn, n: CompLitExpr, elem: Type, addr: LExpr, bytes: number, cleared: boolean, home: Home): void {
  const plain = c.unit.layouts.of(elem).pointers.length === 0;
  if (n.list.length >= TABLE && (plain || home === "stack") && n.list.every((e) => isStatic(c, e.kind === "KEY" ? e.value : e, false))) {
    return c.copy(addr, staticArray(c, elem, n, true).address, bytes);
  }
  if (!cleared) c.zero(addr, bytes);
  fill(c, n, addr, 0, home, true);
}

/** &T{...}. */
export function pointerLiteral(c: Fn, n: PtrLitExpr): LExpr {
  const { x } = n;
  const t = x.type;
  const { size, pointers, leaves } = c.unit.layouts.of(t);
  const inFrame = n.esc === "none";
  const early = leaves ? c.saveLeaves(value(c, x), t) : undefined;
  const given = c.placed?.literal === n ? get(c.placed.at) : undefined;
  const p = given ?? (inFrame ? c.frame(c.object(size, pointers)) : c.newObject(t, `&${c.unit.typeName(t)}{...}`));
  if (early) {
    c.storeValue(t, early, p, 0, inFrame ? "stack" : "heap");
    return p;
  }
  if (x.kind !== "STRUCTLIT" && x.kind !== "ARRAYLIT") {
    c.storeValue(t, value(c, x), p, 0, inFrame ? "stack" : "heap");
    return p;
  }
  c.runInit(x);
  if (inFrame && pointers.length > 0) c.zero(p, size);
  fill(c, x, p, 0, inFrame ? "stack" : "heap", !inFrame || pointers.length > 0);
  return p;
}

/** A larger backing array is never in the frame: escape analysis does not judge lengths of more than 32 bits. Go: ir.MaxImplicitStackVarSize. */
const MAX_IN_FRAME = 64 * 1024;

/** make([]T, len, cap). */
export function makeSlice(c: Fn, n: MakeExpr): Value {
  const t = under(n.type);
  if (t.kind !== "Slice") return bug("make of a slice that is none");
  const len = c.save(n.len ? asInt(c, n.len) : i64(0));
  const cap = n.cap ? c.save(asInt(c, n.cap)) : len;
  const { size, pointers } = c.unit.layouts.of(t.elem);
  if (n.esc === "none" && cap.kind === "const" && Number(cap.value) >= 0 && size * Number(cap.value) <= MAX_IN_FRAME) {
    const count = Number(cap.value);
    c.check(op(OP.i64_lt_s, len, i64(0)), "panicMakeSliceLen", []);
    c.check(op(OP.i64_gt_s, len, cap), "panicMakeSliceCap", []);
    const all = pointers.length === 0 ? [] : Array.from({ length: count }, (_, i) => pointers.map((p) => i * size + p)).flat();
    if (size * count === 0) return [i32(MAP.zerobase), len, cap];
    const object = c.object(size * count, all);
    c.zero(c.frame(object), size * count);
    return [c.frame(object), len, cap];
  }
  return [allocateSlice(c, n, t.elem, len, cap), len, cap];
}

function allocateSlice(c: Fn, n: MakeExpr, elem: Type, len: LExpr, cap: LExpr): LExpr {
  const p = c.text("makeslice", [c.unit.type(elem), len, cap], { what: `make(${c.unit.typeName(n.type)})`, type: c.unit.typeName(elem) });
  return p[0] ?? bug("no result");
}

/** Writes a package variable's initial value into its data, if data can hold it. */
export function initialise(c: Fn, target: StaticData, x: Expr): boolean {
  if (!isStatic(c, x, true)) return false;
  writeStatic(c, target, 0, x);
  return true;
}
