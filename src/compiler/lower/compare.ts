/**
 * Comparisons of every comparable type.
 *
 * Numbers compare in place; strings by length and bytes; interfaces by type word, then by the runtime; structs field by field while they are flat.
 *
 * Go: cmd/compile/internal/walk/compare.go, compare/compare.go.
 */
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import type { ConvExpr, Expr } from "../ir/index.ts";
import { comparable, isDirect, missingMethod, type Type, under } from "../types/index.ts";
import { compareNumbers } from "./arith.ts";
import type { Fn, Value } from "./context.ts";
import { value } from "./operand.ts";
import { basicName, isComplexType, isPlainMemory, isStringType } from "./kinds.ts";
import { get, i32, i64, type LExpr, op } from "./lir.ts";

type Ordering = "EQ" | "NE" | "LT" | "LE" | "GT" | "GE";

/** `x kind y`. */
export function compare(c: Fn, kind: Ordering, x: Expr, y: Expr): LExpr {
  if (isStringType(x.type) && kind !== "EQ" && kind !== "NE") return compareStrings(c, kind, x, y);
  const t = under(x.type);
  if (kind !== "EQ" && kind !== "NE") return compareNumbers(kind, x.type, one(value(c, x)), one(value(c, y)));
  const mixed = interfaceAgainstValue(c, x, y) ?? interfaceAgainstValue(c, y, x);
  const equal = mixed ?? (isNilLiteral(y) ? isNil(c, x) : isNilLiteral(x) ? isNil(c, y) : undefined);
  if (equal) return kind === "EQ" ? equal : op(OP.i32_eqz, equal);
  if (isSimple(x.type)) return compareSimple(kind, x.type, one(value(c, x)), one(value(c, y)));
  if (t.kind === "Interface" && under(y.type).kind !== "Interface") return bug("an interface compared with a value");
  const result = equalValues(c, x.type, value(c, x), value(c, y));
  return kind === "EQ" ? result : op(OP.i32_eqz, result);
}

const one = (v: Value): LExpr => v[0] ?? bug("no value");
const isNilLiteral = (n: Expr): boolean => n.kind === "NIL" || ((n.kind === "CONVNOP" || n.kind === "PAREN") && isNilLiteral(n.x));

/** x == nil. */
function isNil(c: Fn, x: Expr): LExpr {
  return op(OP.i32_eqz, one(value(c, x)));
}

/** Types of one leaf that compare as one number. */
function isSimple(t: Type): boolean {
  const u = under(t);
  return u.kind === "Pointer" || u.kind === "Chan" || u.kind === "Map" || u.kind === "Signature" || (u.kind === "Basic" && !isStringType(u) && !isComplexType(u));
}

function compareSimple(kind: "EQ" | "NE", t: Type, x: LExpr, y: LExpr): LExpr {
  const u = under(t);
  if (u.kind === "Basic" && u.basic !== "unsafe.Pointer" && u.basic !== "untyped nil") return compareNumbers(kind, t, x, y);
  return op(kind === "EQ" ? OP.i32_eq : OP.i32_ne, x, y);
}

/** Whether two values of type `t` are equal, as 0 or 1. */
export function equalValues(c: Fn, t: Type, x: Value, y: Value): LExpr {
  const u = under(t);
  if (isSimple(t)) return compareSimple("EQ", t, one(x), one(y));
  if (isStringType(t)) return equalStrings(c, x, y);
  if (isComplexType(t)) {
    const code = basicName(t) === "complex64" ? OP.f32_eq : OP.f64_eq;
    return op(OP.i32_and, op(code, one(x), one(y)), op(code, x[1] ?? one(x), y[1] ?? one(y)));
  }
  if (u.kind === "Interface") return equalInterfaces(c, hasMethods(t), x, y);
  const { leaves, size } = c.unit.layouts.of(t);
  if (!leaves) {
    const a = c.reuse(one(x), true);
    const b = c.reuse(one(y), true);
    if (isPlainMemory(t)) return c.leaf("memequal", [a, b, i64(size)]);
    return one(c.text("typeequal", [c.unit.type(t), a, b]));
  }
  if (u.kind !== "Struct") return i32(1);
  return equalFields(c, u, x, y);
}


/** Whether the first word of the interface type is an itab. */
export function hasMethods(t: Type): boolean {
  const u = under(t);
  if (u.kind !== "Interface") return false;
  return u.methods.length > 0 || u.embeddeds.some(hasMethods);
}

function equalFields(c: Fn, u: Extract<ReturnType<typeof under>, { kind: "Struct" }>, x: Value, y: Value): LExpr {
  let next = 0;
  let all: LExpr | undefined;
  const a = x.map((v, i) => c.reuse(v, isPointerLeaf(c, u, i)));
  const b = y.map((v, i) => c.reuse(v, isPointerLeaf(c, u, i)));
  for (const f of u.fields) {
    const type = f.type ?? bug("a field without type");
    const count = c.unit.layouts.leaves(type).length;
    const from = next;
    next += count;
    if (f.name === "_" || count === 0) continue;
    const same = (): LExpr => equalValues(c, type, a.slice(from, from + count), b.slice(from, from + count));
    all = all ? andAlso(c, all, same) : same();
  }
  return all ?? i32(1);
}

const isPointerLeaf = (c: Fn, u: Type, i: number): boolean => c.unit.layouts.leaves(u)[i]?.pointer === true;

/** a && b, b evaluated only if a holds. */
function andAlso(c: Fn, a: LExpr, b: () => LExpr): LExpr {
  let right: LExpr = i32(0);
  const list = c.branch(() => {
    right = b();
  });
  if (list.length === 0) return { kind: "choose", type: I32, cond: a, x: right, y: i32(0) };
  const result = c.local(I32);
  c.set(result, a);
  const rest = [...list, { kind: "set" as const, local: result, x: right }];
  c.emit({ kind: "if", cond: get(result), then: rest, else: [] });
  return get(result);
}

// ---- strings ------------------------------------------------------------------------------------------------

function equalStrings(c: Fn, x: Value, y: Value): LExpr {
  const [xp, xl] = x;
  const [yp, yl] = y;
  if (!xp || !xl || !yp || !yl) return bug("a string without parts");
  if (yl.kind === "const" && BigInt(yl.value) === 0n) return op(OP.i64_eqz, xl);
  if (xl.kind === "const" && BigInt(xl.value) === 0n) return op(OP.i64_eqz, yl);
  const a = c.reuse(xl);
  const b = c.reuse(yl);
  return { kind: "choose", type: I32, cond: op(OP.i64_eq, a, b), x: c.leaf("memequal", [xp, yp, a]), y: i32(0) };
}

function compareStrings(c: Fn, kind: Ordering, x: Expr, y: Expr): LExpr {
  const result = c.leaf("cmpstring", [...c.saveLeaves(value(c, x), x.type), ...value(c, y)]);
  return op({ EQ: OP.i64_eq, NE: OP.i64_ne, LT: OP.i64_lt_s, LE: OP.i64_le_s, GT: OP.i64_gt_s, GE: OP.i64_ge_s }[kind], result, i64(0));
}

// ---- interfaces ---------------------------------------------------------------------------------------------

/** Equal words, then equal values by the runtime, which panics for types that have no equality. */
function equalInterfaces(c: Fn, methods: boolean, x: Value, y: Value): LExpr {
  const [xw, xd] = x.map((v, i) => c.save(v, i === 1));
  const [yw, yd] = y.map((v, i) => c.save(v, i === 1));
  if (!xw || !xd || !yw || !yd) return bug("an interface without parts");
  const result = c.local(I32);
  c.set(result, op(OP.i32_eq, xw, yw));
  const deep = c.branch(() => c.set(result, one(c.text(methods ? "ifaceeq" : "efaceeq", [xw, xd, yd]))));
  c.emit({ kind: "if", cond: op(OP.i32_and, get(result), op(OP.i32_ne, xw, i32(0))), then: deep, else: [] });
  return get(result);
}

/** An interface against a value that was only converted to be compared: no box is made. */
function interfaceAgainstValue(c: Fn, x: Expr, y: Expr): LExpr | undefined {
  if (y.kind !== "CONVIFACE" || under(y.x.type).kind === "Interface" || under(x.type).kind !== "Interface" || !comparable(y.x.type)) return undefined;
  return equalToConcrete(c, value(c, x), x.type, y);
}

/** Whether interface `x` of type `iface` holds the value that `conversion` converts. */
export function equalToConcrete(c: Fn, x: Value, iface: Type, conversion: ConvExpr): LExpr {
  const concrete = conversion.x.type;
  const [xw, xd] = x.map((v, i) => c.save(v, i === 1));
  if (!xw || !xd) return bug("an interface without parts");
  const v = c.saveLeaves(value(c, conversion.x), concrete);
  if (hasMethods(iface) && missingMethod(concrete, iface)) return i32(0);
  const word = hasMethods(iface) ? c.unit.itab(iface, concrete) : c.unit.type(concrete);
  return andAlso(c, op(OP.i32_eq, xw, word), () => {
    const held = isDirect(concrete) && c.unit.layouts.of(concrete).leaves ? [xd] : c.loadValue(concrete, xd, 0);
    return equalValues(c, concrete, held, v);
  });
}

