/**
 * Conversions: which operation turns a value of one type into one of another.
 *
 * The checker has allowed it; this only names the operation. Go: cmd/compile/internal/typecheck (subr.go assignOp,
 * convertOp; expr.go tcConv), noder (writer.go convertExpr).
 */
import { bug } from "../../../base/bug.ts";
import { makeInt64, runeWidth, stringVal } from "../../constant/index.ts";
import {
  basic, byteType, hasName, identical, identicalIgnoringTags, isComplex, isEmptyInterface, isFloat, isInteger, isInterface, isString, isUnsafePointer, missingMethod,
  runeType, type Type, unalias, under,
} from "../../types/index.ts";
import type { ConvExpr, Expr, LiteralExpr, XPos } from "../node.ts";
import { hasShape } from "./shape.ts";
import { composite, convNop, fixValue, intLiteral, literal } from "./make.ts";

/** The value `x` as one of type `type`. `implicit`: the source does not spell the conversion. */
export function convertTo(pos: XPos, type: Type, x: Expr, implicit: boolean): Expr {
  if (x.kind === "LITERAL" && isComplex(type) && !hasShape(type)) return literal(pos, type, fixValue(type, x.value));
  const kind = conversionOp(x.type, type);
  if (kind === "STR2RUNES" && x.kind === "LITERAL") return runesLiteral(pos, type, x);
  const n: ConvExpr = { kind, pos, init: [], type, x, ...(implicit ? { implicit } : {}) };
  // Floating-point conversions round, even between equal types.
  if (kind === "CONVNOP" && sameFloat(x.type, type)) n.kind = "CONV";
  if (kind === "BYTES2STR" && !isElem(x.type, byteType)) n.x = convNop(x.pos, { kind: "Slice", elem: byteType }, x);
  if (kind === "RUNES2STR" && !isElem(x.type, runeType)) n.x = convNop(x.pos, { kind: "Slice", elem: runeType }, x);
  return n;
}

const kindOf = (t: Type): string => {
  const u = under(t);
  return u.kind === "Basic" ? u.basic : u.kind;
};

const sameFloat = (from: Type, to: Type): boolean => kindOf(from) === kindOf(to) && (isFloat(to) || isComplex(to));

/** Whether the elements of slice `t` are of exactly the predeclared type `elem`. */
function isElem(t: Type, elem: typeof byteType): boolean {
  const u = under(t);
  const e = u.kind === "Slice" ? unalias(u.elem) : undefined;
  return e?.kind === "Basic" && e.basic === elem.basic;
}

/** The operation that converts `from` to `to`. */
export function conversionOp(from: Type, to: Type): ConvExpr["kind"] {
  const op = assignmentOp(from, to) ?? explicitOp(from, to);
  if (op) return op;
  // Between shapes more is the same than the types say.
  return hasShape(from) || hasShape(to) ? "CONVNOP" : bug("a conversion that the checker should have refused");
}

/** Whether a value of type `from` may stand where one of type `to` is wanted. Go: types2 AssignableTo. */
export function assignable(from: Type, to: Type): boolean {
  if (identical(from, to)) return true;
  const uf = under(from);
  const ut = under(to);
  if (uf.kind === "Basic" && uf.basic.startsWith("untyped")) return true;
  if (identical(uf, ut) && (!hasName(from) || !hasName(to))) return true;
  if (ut.kind === "Interface") return hasShape(from) || missingMethod(from, to) === undefined;
  return uf.kind === "Chan" && ut.kind === "Chan" && uf.dir === "both" && identical(uf.elem, ut.elem) && (!hasName(from) || !hasName(to));
}

/** Of conversions that need not be spelled. */
function assignmentOp(from: Type, to: Type): ConvExpr["kind"] | undefined {
  if (from === to || identical(from, to)) return "CONVNOP";
  const uf = under(from);
  const ut = under(to);
  if (identical(uf, ut)) {
    if (uf.kind === "Interface" && isEmptyInterface(uf)) return "CONVNOP";
    if ((!hasName(from) || !hasName(to)) && uf.kind !== "Interface") return "CONVNOP";
  }
  if (uf.kind === "Basic" && uf.basic === "untyped nil") return "CONVNOP";
  if (isInterface(to)) return "CONVIFACE";
  if (uf.kind === "Chan" && ut.kind === "Chan" && uf.dir === "both" && identical(uf.elem, ut.elem) && (!hasName(from) || !hasName(to))) return "CONVNOP";
  return undefined;
}

/** The width class of a numeric type: types of one class share their representation. */
function simple(t: Type): string {
  const name = kindOf(t);
  if (name === "int") return "int64";
  return name === "uint" || name === "uintptr" ? "uint64" : name;
}

const isNumber = (t: Type): boolean => isInteger(t) || isFloat(t);

/** Of conversions that the source spells. */
function explicitOp(from: Type, to: Type): ConvExpr["kind"] | undefined {
  const uf = under(from);
  const ut = under(to);
  if (identicalIgnoringTags(uf, ut)) return "CONVNOP";
  if (uf.kind === "Pointer" && ut.kind === "Pointer" && identicalIgnoringTags(under(uf.elem), under(ut.elem))) return "CONVNOP";
  if (isNumber(from) && isComplex(to)) return "CONV";
  if ((isNumber(from) && isNumber(to)) || (isComplex(from) && isComplex(to))) return simple(from) === simple(to) ? "CONVNOP" : "CONV";
  if (isInteger(from) && isString(to)) return "RUNESTR";
  if (uf.kind === "Slice" && isString(to)) return kindOf(uf.elem) === "uint8" ? "BYTES2STR" : "RUNES2STR";
  if (isString(from) && ut.kind === "Slice") return kindOf(ut.elem) === "uint8" ? "STR2BYTES" : "STR2RUNES";
  if (isUnsafePointer(from) || isUnsafePointer(to)) return "CONVNOP";
  if (uf.kind === "Slice" && ut.kind === "Array") return "SLICE2ARR";
  return uf.kind === "Slice" && ut.kind === "Pointer" ? "SLICE2ARRPTR" : undefined;
}

/** `[]rune("…")` of a constant is a literal of its runes. */
function runesLiteral(pos: XPos, type: Type, x: LiteralExpr): Expr {
  const bytes = stringVal(x.value);
  const list: Expr[] = [];
  for (let i = 0; i < bytes.length; i += Math.max(1, runeWidth(bytes, i))) {
    const code = runeAt(bytes, i);
    list.push({ kind: "KEY", pos, init: [], type: basic.int32, key: intLiteral(pos, list.length), value: literal(pos, elemOf(type), makeInt64(code)) });
  }
  return composite(pos, "SLICELIT", type, list, list.length);
}

function elemOf(t: Type): Type {
  const u = under(t);
  return u.kind === "Slice" ? u.elem : basic.int32;
}

/** The rune whose UTF-8 starts at byte `i`; U+FFFD where there is none. */
function runeAt(bytes: string, i: number): number {
  const width = runeWidth(bytes, i);
  if (width === 0) return 0xfffd;
  const text = Buffer.from(bytes.slice(i, i + width), "latin1").toString("utf8");
  return text.codePointAt(0) ?? 0xfffd;
}
