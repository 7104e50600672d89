/**
 * Values that are known before the program runs: constants in interfaces, initialised package variables, tables.
 *
 * `isStatic` decides for a whole expression; only then `writeStatic` puts it into the unit's data.
 *
 * Go: cmd/compile/internal/staticinit/sched.go, staticdata.
 */
import { MAP, POINTER_SIZE } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { F32, F64, I32 } from "../../wasm/opcodes.ts";
import type { CallExpr, CompLitExpr, Expr } from "../ir/index.ts";
import { int64Val, stringVal, toInt } from "../constant/index.ts";
import { isDirect, type Placed, type Type, under } from "../types/index.ts";
import { hasMethods } from "./compare.ts";
import type { Fn } from "./context.ts";
import { closureSymbol, funcValue } from "./call.ts";
import { constant } from "./operand.ts";
import { intKind } from "./kinds.ts";
import { i32, type LExpr } from "./lir.ts";
import type { StaticData } from "./unit.ts";

/** Whether `x` has a value that data can hold. `shared`: the data is a variable's own, so it may hold slices and pointers to composites. */
export function isStatic(c: Fn, x: Expr, shared: boolean): boolean {
  if (x.kind !== "NAME" && x.init.length > 0) return false;
  switch (x.kind) {
    case "LITERAL": case "NIL": return true;
    case "NAME": return x.class === "func";
    case "METHEXPR": return under(x.x.type).kind !== "Interface";
    case "CLOSURE": return x.func.closureVars.length === 0;
    case "PAREN": case "CONVNOP": return sameShape(x.type, x.x.type) && isStatic(c, x.x, shared);
    case "STRUCTLIT": case "ARRAYLIT": return x.list.every((e) => isStatic(c, elementOf(e), shared));
    case "SLICELIT": return shared && x.list.every((e) => isStatic(c, elementOf(e), shared));
    case "PTRLIT": return shared && (x.x.kind === "STRUCTLIT" || x.x.kind === "ARRAYLIT") && isStatic(c, x.x, shared);
    case "CONVIFACE": return !x.typeWord && under(x.x.type).kind !== "Interface" && (isStorage(x.x) || isStatic(c, x.x, shared));
    case "ADDR": return x.x.kind === "NAME" && x.x.class === "extern" && !c.unit.isAbsent(x.x);
    case "SLICEARR": return shared && !x.low && !x.high && x.x.kind === "ADDR" && isStatic(c, x.x, shared);
    case "STR2BYTES": return shared && x.x.kind === "LITERAL";
    case "CALLFUNC": return shared && staticCall(x) !== undefined;
    default: return false;
  }
}

/** A call of a library function that only stores its arguments, here constants, in the literal that it returns (placed.ts): errors.New("…"). */
function staticCall({ fun, init, args, std }: CallExpr): Placed | undefined {
  if (fun.kind !== "NAME" || init.length > 0 || !args.every((a) => a.kind === "LITERAL")) return undefined;
  const place = fun.facts ? (std?.inlined.has(0) ? fun.facts.place : undefined) : fun.func?.place;
  return place?.fields && place;
}

/** Whether a call can be laid out before the program runs. */
export const isStaticCall = (x: CallExpr): boolean => staticCall(x) !== undefined;

function writeCall(c: Fn, data: StaticData, offset: number, x: CallExpr): void {
  const { size, pointers, fields, result } = staticCall(x) ?? bug("a call that is not static");
  const target = c.unit.data(size, pointers, false);
  for (const f of fields ?? []) {
    const arg = x.args[f.param];
    if (arg?.kind === "LITERAL") writeConstant(c, target, f.offset, arg);
  }
  if (result) data.relocate(offset, { kind: "global", type: I32, ref: { module: "i", name: `${result.iface}\0${result.type}` } });
  data.relocate(offset + (result ? POINTER_SIZE : 0), target.address);
}

/** Whether `x` is the storage that static initialisation made for a value: an interface holds its address. */
const isStorage = (x: Expr): boolean => x.kind === "NAME" && x.staticTemp === true;

/** A conversion that changes no bit and no representation. */
const sameShape = (a: Type, b: Type): boolean =>
  (intKind(a)?.type === intKind(b)?.type) && under(a).kind === under(b).kind;

const elementOf = (e: Expr): Expr => (e.kind === "KEY" || e.kind === "STRUCTKEY" ? e.value : e);

/** Writes static `x` at `offset` of `data`. */
export function writeStatic(c: Fn, data: StaticData, offset: number, x: Expr): void {
  switch (x.kind) {
    case "NIL": return;
    case "NAME": case "METHEXPR": return data.relocate(offset, funcValue(c, x));
    case "CLOSURE": return data.relocate(offset, c.unit.staticClosure(closureSymbol(x), x.func.type));
    case "PAREN": case "CONVNOP": return writeStatic(c, data, offset, x.x);
    case "LITERAL": return writeConstant(c, data, offset, x);
    case "STRUCTLIT":
      for (const e of x.list) if (e.kind === "STRUCTKEY") writeStatic(c, data, offset + e.offset, e.value);
      return;
    case "ARRAYLIT": return writeElements(c, data, offset, x);
    case "SLICELIT": {
      const t = under(x.type);
      if (t.kind !== "Slice") return bug("a slice literal of no slice type");
      const backing = staticArray(c, t.elem, x, false);
      return writeSlice(data, offset, backing.address, x.len);
    }
    case "PTRLIT": {
      const { size, pointers } = c.unit.layouts.of(x.x.type);
      const target = c.unit.data(size, pointers, false);
      writeStatic(c, target, 0, x.x);
      return data.relocate(offset, target.address);
    }
    case "ADDR": return data.relocate(offset, addressed(c, x));
    case "SLICEARR": {
      const array = under(x.x.type);
      const t = array.kind === "Pointer" ? under(array.elem) : array;
      return writeSlice(data, offset, addressed(c, x.x), t.kind === "Array" ? t.len : bug("a slice of no array"));
    }
    case "STR2BYTES": {
      const text = x.x.kind === "LITERAL" ? stringVal(x.x.value) : bug("bytes of no constant");
      const bytes = c.unit.data(text.length, [], false);
      for (let i = 0; i < text.length; i++) bytes.write(i, text.charCodeAt(i), 1);
      return writeSlice(data, offset, bytes.address, text.length);
    }
    case "CALLFUNC": return writeCall(c, data, offset, x);
    case "CONVIFACE": {
      data.relocate(offset, hasMethods(x.type) ? c.unit.itab(x.type, x.x.type) : c.unit.type(x.x.type));
      if (isStorage(x.x) && x.x.kind === "NAME") {
        // The data word of a pointer-shaped value is the value: code that sets the temporary sets the word.
        if (isDirect(x.x.type)) return c.unit.alias(x.x, { kind: "base", type: I32, of: "data", offset: data.offset + offset + 8 });
        return data.relocate(offset + 8, c.unit.variable(x.x));
      }
      if (isDirect(x.x.type)) return writeStatic(c, data, offset + 8, x.x);
      const address = staticAddress(c, x.x) ?? boxed(c, x.x);
      if (address.kind === "const") data.write(offset + 8, Number(address.value), 8);
      else data.relocate(offset + 8, address);
      return;
    }
    default: return bug(`${x.kind} is not static`);
  }
}

function addressed(c: Fn, x: Expr): LExpr {
  return x.kind === "ADDR" && x.x.kind === "NAME" ? c.unit.variable(x.x) : bug("the address of no variable");
}

function writeSlice(data: StaticData, offset: number, address: LExpr, len: number): void {
  data.relocate(offset, address);
  data.write(offset + 8, len, 8);
  data.write(offset + 16, len, 8);
}

function boxed(c: Fn, x: Expr): LExpr {
  const { size, pointers } = c.unit.layouts.of(x.type);
  const data = c.unit.data(size, pointers, false);
  writeStatic(c, data, 0, x);
  return data.address;
}

/** Static data with the elements of an array or slice literal. */
export function staticArray(c: Fn, elem: Type, x: CompLitExpr, readonly: boolean): StaticData {
  const { size, pointers } = c.unit.layouts.of(elem);
  const count = x.kind === "SLICELIT" ? x.len : under(x.type).kind === "Array" ? (under(x.type) as { len: number }).len : x.list.length;
  const all = pointers.length === 0 ? [] : Array.from({ length: count }, (_, i) => pointers.map((p) => i * size + p)).flat();
  const data = c.unit.data(size * count, all, readonly);
  writeElements(c, data, 0, x);
  return data;
}

function writeElements(c: Fn, data: StaticData, offset: number, x: CompLitExpr): void {
  const t = under(x.type);
  const elem = t.kind === "Array" || t.kind === "Slice" ? t.elem : bug("elements of no array");
  const { size } = c.unit.layouts.of(elem);
  forEachElement(x, (i, value) => writeStatic(c, data, offset + i * size, value));
}

/** Calls `f` with each element of an array or slice literal and its index. */
export function forEachElement(x: CompLitExpr, f: (index: number, value: Expr) => void): void {
  let next = 0;
  for (const e of x.list) {
    if (e.kind === "KEY" && e.key.kind === "LITERAL") next = Number(int64Val(toInt(e.key.value)).value);
    f(next++, elementOf(e));
  }
}

function writeConstant(c: Fn, data: StaticData, offset: number, x: Extract<Expr, { kind: "LITERAL" }>): void {
  const leaves = c.unit.layouts.leaves(x.type);
  constant(c, x).forEach((v, i) => {
    const leaf = leaves[i] ?? bug("a missing leaf");
    if (v.kind !== "const") return data.relocate(offset + leaf.offset, v);
    const size = widthOf(leaf.store, leaf.type);
    data.write(offset + leaf.offset, leaf.type === F32 ? floatBits32(Number(v.value)) : leaf.type === F64 ? floatBits64(Number(v.value)) : BigInt(v.value), size);
  });
}

/** Bytes that a store writes. */
function widthOf(store: number, type: number): number {
  if (store === 0x3a) return 1;
  if (store === 0x3b) return 2;
  return type === F32 || (type === I32 && store === 0x36) ? 4 : 8;
}

const view = new DataView(new ArrayBuffer(8));
function floatBits32(x: number): bigint {
  view.setFloat32(0, x, true);
  return BigInt(view.getUint32(0, true));
}
function floatBits64(x: number): bigint {
  view.setFloat64(0, x, true);
  return view.getBigUint64(0, true);
}

/** The address of read-only data that holds `x`, if it is a constant. */
export function staticAddress(c: Fn, x: Expr): LExpr | undefined {
  let at = x;
  while (at.kind === "PAREN" && at.init.length === 0) at = at.x;
  if (at.kind !== "LITERAL" && at.kind !== "STRUCTLIT" && at.kind !== "ARRAYLIT") return undefined;
  if (!isStatic(c, at, false)) return undefined;
  const { size } = c.unit.layouts.of(at.type);
  if (size === 0) return i32(MAP.zerobase);
  const k = intKind(at.type);
  if (at.kind === "LITERAL" && k) {
    const v = constant(c, at)[0];
    const n = v?.kind === "const" ? BigInt(v.value) : -1n;
    const bits = k.bits === 8 ? n & 0xffn : n;
    if (bits >= 0n && bits < 256n) return i32(MAP.smallInts + 8 * Number(bits));
  }
  const data = c.unit.data(size, [], true);
  writeStatic(c, data, 0, at);
  return data.address;
}
