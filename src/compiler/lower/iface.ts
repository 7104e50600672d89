/**
 * Interfaces: boxing values, converting between interface types, type assertions.
 *
 * A box is made as in Go: pointers are stored directly, constants point to static data, small numbers and zero strings to static tables, values that
 * do not escape to the frame; only the rest is allocated.
 *
 * Go: cmd/compile/internal/walk/convert.go (walkConvInterface, dataWord), ssagen (dottype), runtime/iface.go.
 */
import { MAP } from "../../abi/structs.ts";
import { ITAB } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { ConvExpr, DynamicTypeAssertExpr, Expr, TypeAssertExpr } from "../ir/index.ts";
import { isDirect, missingMethod, type Type, under } from "../types/index.ts";
import { hasMethods } from "./compare.ts";
import type { Fn, Value } from "./context.ts";
import { value } from "./operand.ts";
import { intKind, isStringType } from "./kinds.ts";
import { get, i32, i64, type LExpr, load, op } from "./lir.ts";
import { staticAddress } from "./static.ts";

/** A conversion to an interface type. */
export function toInterface(c: Fn, n: ConvExpr): Value {
  const from = n.x.type;
  if (under(from).kind === "Interface") return interfaceToInterface(c, n.type, from, value(c, n.x));
  if (n.typeWord) {
    const word = c.save(value(c, n.typeWord)[0] ?? bug("no type word"));
    return [word, box(c, n.x, n.esc === "none")];
  }
  const word = hasMethods(n.type) ? c.unit.itab(n.type, from) : c.unit.type(from);
  return [word, box(c, n.x, n.esc === "none")];
}

/** A value of another type, perhaps an interface too, as one of interface type `to`. */
export function convertToInterface(c: Fn, to: Type, from: Type, v: Value): Value {
  if (under(from).kind === "Interface") return interfaceToInterface(c, to, from, v);
  const word = hasMethods(to) ? c.unit.itab(to, from) : c.unit.type(from);
  if (isDirect(from)) return [word, c.unit.layouts.of(from).leaves ? (v[0] ?? bug("no value")) : load(OP.i32_load, v[0] ?? bug("no address"))];
  return [word, c.unit.layouts.of(from).size === 0 ? i32(MAP.zerobase) : boxInHeap(c, from, v)];
}

/** The data word for the value of `x`. */
function box(c: Fn, x: Expr, inFrame: boolean): LExpr {
  const t = x.type;
  const { size, leaves, pointers } = c.unit.layouts.of(t);
  if (isDirect(t)) {
    const v = value(c, x)[0] ?? bug("no value");
    return leaves ? v : load(OP.i32_load, v);
  }
  const fixed = staticAddress(c, x);
  if (fixed) return fixed;
  const v = value(c, x);
  if (size === 0) {
    for (const part of v) c.emit({ kind: "eval", x: part });
    return i32(MAP.zerobase);
  }
  if (inFrame) {
    const object = c.object(size, pointers);
    c.storeValue(t, v, c.frame(object), 0, "stack");
    return c.frame(object);
  }
  return boxInHeap(c, t, v);
}

/** A box in the heap, unless the value has a static one. */
function boxInHeap(c: Fn, t: Type, v0: Value): LExpr {
  const { size } = c.unit.layouts.of(t);
  const v = c.saveLeaves(v0, t);
  const k = intKind(t);
  const first = v[0] ?? bug("no value");
  if (k && k.bits === 8) return op(OP.i32_add, i32(MAP.smallInts), op(OP.i32_shl, op(OP.i32_and, first, i32(0xff)), i32(3)));
  const allocate = (): LExpr => {
    const p = c.entry("mallocgc", [i32(size), c.unit.type(t), i32(1)], { what: "interface conversion", type: c.unit.typeName(t) })[0] ?? bug("no result");
    c.storeValue(t, v, p, 0, "heap");
    return p;
  };
  const shared = sharedBox(t, v, size);
  if (!shared) return allocate();
  const p = c.local(I32, true);
  c.set(p, shared.address);
  c.emit({ kind: "if", cond: shared.unless, then: c.branch(() => c.set(p, allocate())), else: [] });
  return get(p);
}

/** Values that are boxed without allocating: integers below 256, zero floats, empty strings and nil slices. Go: convT16, convT32, convT64, convTstring, convTslice. */
function sharedBox(t: Type, v: Value, size: number): { readonly address: LExpr; readonly unless: LExpr } | undefined {
  const [first, second] = v;
  const u = under(t);
  if (!first) return undefined;
  const smallInt = (bits: LExpr): { address: LExpr; unless: LExpr } => ({
    address: op(OP.i32_add, i32(MAP.smallInts), op(OP.i32_shl, op(OP.i32_wrap_i64, bits), i32(3))), unless: op(OP.i64_ge_u, bits, i64(256)),
  });
  const k = intKind(t);
  if (k) {
    const mask = k.bits === 16 ? 0xffff : 0xffffffff;
    return smallInt(first.type === I64 ? first : op(OP.i64_and, op(OP.i64_extend_i32_u, first), i64(mask)));
  }
  if (u.kind === "Basic" && u.basic === "float64") return smallInt(op(OP.i64_reinterpret_f64, first));
  if (u.kind === "Basic" && u.basic === "float32") return smallInt(op(OP.i64_extend_i32_u, op(OP.i32_reinterpret_f32, first)));
  if (isStringType(t) && second) return { address: i32(MAP.zeroArea), unless: op(OP.i64_ne, second, i64(0)) };
  if (u.kind === "Slice" && size > 0) return { address: i32(MAP.zeroArea), unless: op(OP.i32_ne, first, i32(0)) };
  return undefined;
}

/** The type descriptor of an interface's dynamic type, 0 for nil. `word` is evaluated twice. */
export function typeOfWord(iface: Type, word: LExpr): LExpr {
  if (!hasMethods(iface)) return word;
  return { kind: "choose", type: I32, cond: word, x: load(OP.i32_load, word, ITAB.type), y: i32(0) };
}

function interfaceToInterface(c: Fn, to: Type, from: Type, v: Value): Value {
  const [word0, data0] = v;
  if (!word0 || !data0) return bug("an interface without parts");
  const word = c.reuse(word0);
  if (!hasMethods(to)) return [typeOfWord(from, word), data0];
  const data = c.save(data0, true);
  if (sameMethods(to, from)) return [word, data];
  const result = c.local(I32);
  c.set(result, word);
  const get0 = c.branch(() => c.set(result, c.itabFor(to, typeOfWord(from, word), false)));
  c.emit({ kind: "if", cond: word, then: get0, else: [] });
  return [get(result), data];
}

const sameMethods = (a: Type, b: Type): boolean => a === b || under(a) === under(b);

// ---- assertions ---------------------------------------------------------------------------------------------

/** x.(T): the value, or with a second result whether it holds. */
export function dotType(c: Fn, n: TypeAssertExpr | DynamicTypeAssertExpr): Value {
  if (n.kind === "DYNAMICDOTTYPE" || n.kind === "DYNAMICDOTTYPE2") return c.unsupported("a type assertion to a type parameter");
  const [word0, data0] = value(c, n.x);
  if (!word0 || !data0) return bug("an interface without parts");
  const word = c.save(word0);
  // Made by the devirtualizer: only a nil interface can fail, as the call would have.
  if ("useNilPanic" in n && n.useNilPanic) c.emit({ kind: "eval", x: c.notNil(word) });
  return assertType(c, n.x.type, word, c.save(data0, true), n.type, n.kind === "DOTTYPE2" ? "ask" : "panic");
}

/** The value of type `to` in an interface; "ask" appends whether there is one. */
export function assertType(c: Fn, from: Type, word: LExpr, data: LExpr, to: Type, mode: "ask" | "panic"): Value {
  return under(to).kind === "Interface" ? assertInterface(c, from, word, data, to, mode) : assertConcrete(c, from, word, data, to, mode);
}

/** Whether the interface holds exactly the concrete type `to`. */
export function holdsConcrete(c: Fn, from: Type, word: LExpr, to: Type): LExpr {
  if (!hasMethods(from)) return op(OP.i32_eq, word, c.unit.type(to));
  // An instance of generic code may ask for a type that cannot be there.
  return missingMethod(to, from) ? i32(0) : op(OP.i32_eq, word, c.unit.itab(from, to));
}

/** The value of concrete type `t` behind a data word. */
export function unbox(c: Fn, t: Type, data: LExpr): Value {
  if (isDirect(t) && c.unit.layouts.of(t).leaves) return [data];
  if (isDirect(t)) {
    const object = c.object(8, [0]);
    c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: c.frame(object), x: op(OP.i64_extend_i32_u, data) });
    return [c.frame(object)];
  }
  return c.loadValue(t, data, 0);
}

function assertConcrete(c: Fn, from: Type, word: LExpr, data: LExpr, to: Type, mode: "ask" | "panic"): Value {
  const holds = holdsConcrete(c, from, word, to);
  if (mode === "panic") {
    c.check(op(OP.i32_eqz, holds), "panicDotType", [typeOfWord(from, word), c.unit.type(to), c.unit.type(from)]);
    return unbox(c, to, data);
  }
  const ok = c.local(I32);
  c.set(ok, holds);
  const { leaves, size, pointers } = c.unit.layouts.of(to);
  if (leaves) {
    const locals = c.localsFor(to);
    const zero = c.capture(() => c.setAll(locals, locals.map((l) => ({ kind: "const", type: l.type, value: 0 }))));
    c.emit({ kind: "if", cond: get(ok), then: c.branch(() => c.setAll(locals, unbox(c, to, data))), else: zero });
    return [...locals.map(get), get(ok)];
  }
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  c.emit({ kind: "if", cond: get(ok), then: c.branch(() => c.copy(c.frame(object), data, size)), else: [] });
  return [c.frame(object), get(ok)];
}

function assertInterface(c: Fn, from: Type, word: LExpr, data: LExpr, to: Type, mode: "ask" | "panic"): Value {
  const type = c.save(typeOfWord(from, word));
  if (mode === "panic") c.check(op(OP.i32_eqz, type), "panicDotType", [i32(0), c.unit.type(to), i32(0)]);
  if (!hasMethods(to)) return mode === "panic" ? [type, data] : [type, data, op(OP.i32_ne, type, i32(0))];
  if (mode === "panic") return [c.itabFor(to, type, false), data];
  const result = c.local(I32);
  c.set(result, i32(0));
  c.emit({ kind: "if", cond: type, then: c.branch(() => c.set(result, c.itabFor(to, type, true))), else: [] });
  const kept: LExpr = { kind: "choose", type: I32, cond: get(result), x: data, y: i32(0) };
  return [get(result), kept, op(OP.i32_ne, get(result), i32(0))];
}
