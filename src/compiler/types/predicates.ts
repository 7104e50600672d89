/**
 * Questions about a type that have a yes or no, and the type sets behind type parameters.
 *
 * `is…` asks the underlying type; `all…` asks every type of a type parameter's set as well. Go: types2/predicates.go, under.go.
 */
import { hasTerms, identical, includesAll, typeSet } from "./identical.ts";
import { asNamed, asTypeParam, constraintInterface, isTypeParam, unalias, under } from "./under.ts";
import {
  IS_BOOLEAN, IS_COMPLEX, IS_CONST_TYPE, IS_FLOAT, IS_INTEGER, IS_NUMERIC, IS_ORDERED, IS_STRING, IS_UNSIGNED, IS_UNTYPED, basic, flagsOf, invalidType,
  runeType, untypedRank,
} from "./universe.ts";
import type { BasicName, InterfaceType, Term, Type, TypeParamType } from "./type.ts";

/** Whether the type is known: nothing in error. */
export const isValid = (t: Type): boolean => unalias(t) !== invalidType;

function isBasic(t: Type, flags: number): boolean {
  const u = under(t);
  return u.kind === "Basic" && (flagsOf(u) & flags) !== 0;
}

export const isBoolean = (t: Type): boolean => isBasic(t, IS_BOOLEAN);
export const isInteger = (t: Type): boolean => isBasic(t, IS_INTEGER);
export const isUnsigned = (t: Type): boolean => isBasic(t, IS_UNSIGNED);
export const isFloat = (t: Type): boolean => isBasic(t, IS_FLOAT);
export const isComplex = (t: Type): boolean => isBasic(t, IS_COMPLEX);
export const isNumeric = (t: Type): boolean => isBasic(t, IS_NUMERIC);
export const isString = (t: Type): boolean => isBasic(t, IS_STRING);
export const isIntegerOrFloat = (t: Type): boolean => isBasic(t, IS_INTEGER | IS_FLOAT);
export const isConstType = (t: Type): boolean => isBasic(t, IS_CONST_TYPE);

function allBasic(t: Type, flags: number): boolean {
  const p = asTypeParam(t);
  if (!p) return isBasic(t, flags);
  return everyTerm(p, (term) => term?.type !== undefined && isBasic(term.type, flags));
}

export const allBoolean = (t: Type): boolean => allBasic(t, IS_BOOLEAN);
export const allInteger = (t: Type): boolean => allBasic(t, IS_INTEGER);
export const allUnsigned = (t: Type): boolean => allBasic(t, IS_UNSIGNED);
export const allNumeric = (t: Type): boolean => allBasic(t, IS_NUMERIC);
export const allString = (t: Type): boolean => allBasic(t, IS_STRING);
export const allOrdered = (t: Type): boolean => allBasic(t, IS_ORDERED);
export const allNumericOrString = (t: Type): boolean => allBasic(t, IS_NUMERIC | IS_STRING);

/** Whether the underlying type is this basic one. */
export const isKind = (t: Type, name: BasicName): boolean => {
  const u = under(t);
  return u.kind === "Basic" && u.basic === name;
};
export const isUnsafePointer = (t: Type): boolean => isKind(t, "unsafe.Pointer");
export const isPointer = (t: Type): boolean => under(t).kind === "Pointer";

/** Whether the type is []byte or []rune, by its underlying types. */
export function isBytesOrRunes(t: Type): boolean {
  const u = under(t);
  return u.kind === "Slice" && (isKind(u.elem, "uint8") || isKind(u.elem, "int32"));
}

/** Whether the type has a name: predeclared, defined, or a type parameter. */
export function hasName(t: Type): boolean {
  const u = unalias(t);
  return u.kind === "Basic" || u.kind === "Named" || u.kind === "TypeParam";
}

/** Whether the type is neither defined nor a type parameter. */
export function isTypeLiteral(t: Type): boolean {
  const u = unalias(t);
  return u.kind !== "Named" && u.kind !== "TypeParam";
}

export const isUntyped = (t: Type): boolean => t.kind === "Basic" && (flagsOf(t) & IS_UNTYPED) !== 0;
export const isTyped = (t: Type): boolean => !isUntyped(t);
const isUntypedNumeric = (t: Type): boolean => t.kind === "Basic" && (flagsOf(t) & IS_UNTYPED) !== 0 && (flagsOf(t) & IS_NUMERIC) !== 0;

/** Whether the underlying type is an interface; true for type parameters too. */
export const isInterface = (t: Type): boolean => under(t).kind === "Interface";
export const isNonTypeParamInterface = (t: Type): boolean => !isTypeParam(t) && isInterface(t);
/** Whether the type is a pointer to an interface or to a type parameter. */
export const isInterfacePointer = (t: Type): boolean => {
  const u = under(t);
  return u.kind === "Pointer" && isInterface(u.elem);
};

/** Whether `nil` is a value of the type. */
export function hasNil(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return u.basic === "unsafe.Pointer";
    case "Slice":
    case "Pointer":
    case "Signature":
    case "Map":
    case "Chan":
      return true;
    case "Interface":
      return !isTypeParam(t) || underIs(t, (v) => v !== undefined && hasNil(v));
    default:
      return false;
  }
}

/** Whether the type needs type arguments before it can be used. */
export function isGeneric(t: Type): boolean {
  if (t.kind === "Alias" && t.typeParams.length > 0 && t.typeArgs.length === 0) return true;
  const n = asNamed(t);
  return n !== undefined && !n.origin && n.typeParams.length > 0;
}

/** The type that an untyped value gets where none is asked for. */
export function defaultType(t: Type): Type {
  if (t.kind !== "Basic") return t;
  switch (t.basic) {
    case "untyped bool":
      return basic.bool;
    case "untyped int":
      return basic.int;
    case "untyped rune":
      return runeType;
    case "untyped float":
      return basic.float64;
    case "untyped complex":
      return basic.complex128;
    case "untyped string":
      return basic.string;
    default:
      return t;
  }
}

/** The larger of two untyped types; undefined if they don't mix. */
export function largerUntyped(x: Type, y: Type): Type | undefined {
  if (x === y) return x;
  if (x.kind !== "Basic" || y.kind !== "Basic" || !isUntypedNumeric(x) || !isUntypedNumeric(y)) return undefined;
  return untypedRank(x) > untypedRank(y) ? x : y;
}

// ---- type parameters ----------------------------------------------------------------------------------------

/** Whether `f` holds for each term of the type parameter's set; where no types are listed it is asked with undefined. */
export function everyTerm(p: TypeParamType, f: (term: Term | undefined) => boolean): boolean {
  const set = typeSet(constraintInterface(p));
  return hasTerms(set) ? set.terms.every(f) : f(undefined);
}

/** Types with their underlying types: those of a type parameter's set (undefined where none are listed), or the type alone. */
export function typesOf(t: Type): readonly (readonly [type: Type | undefined, under: Type | undefined])[] {
  const p = asTypeParam(t);
  if (!p) return [[t, under(t)]];
  const set = typeSet(constraintInterface(p));
  if (!hasTerms(set)) return [[undefined, undefined]];
  return set.terms.map((term) => [term.type, under(term.type ?? invalidType)]);
}

/** Whether `f` holds for each underlying type of `typesOf`. */
export const underIs = (t: Type, f: (u: Type | undefined) => boolean): boolean => typesOf(t).every(([, u]) => f(u));

/** The one underlying type that all types of `t` share, channels of one direction preferred; undefined if there is none. */
export function coreType(t: Type): Type | undefined {
  let core: Type | undefined;
  for (const [, u] of typesOf(t)) {
    if (!u) return undefined;
    if (!core) {
      core = u;
      continue;
    }
    if (core.kind === "Chan" && u.kind === "Chan") {
      if (!identical(core.elem, u.elem)) return undefined;
      if (core.dir === "both") core = u;
      else if (u.dir !== "both" && u.dir !== core.dir) return undefined;
      continue;
    }
    if (!identical(core, u)) return undefined;
  }
  return core;
}

/** Whether no type can satisfy the type parameter's constraint, as far as is known. */
export function hasEmptySet(p: TypeParamType): boolean {
  const u = under(p.constraint);
  return u.kind === "Interface" && u.set !== undefined && u.set.terms.length === 0;
}

/** Whether an interface admits every type: it has no methods and lists no types. */
export function isEmptyInterface(i: InterfaceType): boolean {
  const set = typeSet(i);
  return set.methods.length === 0 && !set.comparable && includesAll(set.terms);
}

/** What kind of composite type it is, for messages; "" for basic types. */
export function compositeKind(t: Type): string {
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return "";
    case "Signature":
      return "func";
    default:
      return u.kind.toLowerCase();
  }
}
