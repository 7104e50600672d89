/**
 * Whether a type implements an interface or satisfies a constraint, and whether a value can be assigned or converted; with the
 * reasons in Go's words.
 *
 * Go: types2/instantiate.go (implements), lookup.go (missingMethod's causes), operand.go (assignableTo), conversions.go.
 */
import type { Checker } from "./checker.ts";
import { textOf } from "./errors.ts";
import {
  hasTerms, identical, identicalIgnoringTags, incomparable, isAllTypes, isComparableSet, isEmptySet, termIncludes, termsWithin, typeSet,
} from "./identical.ts";
import { lookupFieldOrMethod, missingMethod, type MissingMethod } from "./lookup.ts";
import { text, type Message } from "./message.ts";
import * as messages from "./messages.ts";
import { setOperand, newOperand, type Operand } from "./operand.ts";
import {
  everyTerm, hasName, isBytesOrRunes, isComplex, isInteger, isIntegerOrFloat, isInterface, isInterfacePointer, isKind, isPointer, isString, isUnsafePointer,
  isUntyped, isValid,
} from "./predicates.ts";
import { methodString } from "./typestring.ts";
import { asTypeParam, constraintInterface, isTypeParam, structBehind, unalias, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import { implicitType } from "./untyped.ts";
import { subst, type Substitution, substitution } from "./subst.ts";
import { qualifier } from "./errors.ts";
import type { InterfaceType, StructType, Term, Type, TypeParamType } from "./type.ts";

/** Collects why something does not hold; the outermost reason comes first. */
export interface Cause {
  text: string;
}

/** A place for a reason. */
export const newCause = (): Cause => ({ text: "" });

// ---- implementing -------------------------------------------------------------------------------------------

/** Whether `v` has all methods of interface `t`; the reason goes into `cause`. */
export function hasAllMethods(c: Checker, v: Type, t: Type, isStatic: boolean, cause?: Cause, equivalent: (x: Type, y: Type) => boolean = identical): boolean {
  if (!isValid(v)) return true;
  const missing = missingMethod(v, t, { isStatic, equivalent, complete: (f) => c.objDecl(f) });
  if (!missing) return true;
  if (cause) cause.text = missingCause(c, v, t, missing);
  return hasInvalidEmbedded(v, new Set());
}

function missingCause(c: Checker, v: Type, t: Type, { method: m, reason, have }: MissingMethod): string {
  const of = (message: Message): string => textOf(c, message);
  if (have) c.objDecl(have);
  switch (reason) {
    case "notFound":
      if (isInterfacePointer(v)) return `(${pointerToInterface(c, v)})`;
      if (isInterfacePointer(t)) return `(${pointerToInterface(c, t)})`;
      return of(messages.missingMethod(m.name));
    case "unexported":
      return of(messages.unexportedMethod(m.name));
    case "ambiguous":
      return of(messages.ambiguousMethod(v, m.name));
    case "ptrRecv":
      return of(messages.pointerReceiver(m.name));
    case "field":
      return of(messages.fieldNotMethod(v, m.name));
    case "wrongName":
      return have ? of(messages.missingMethodHaveWant(m.name, methodString(have, qualifier(c), false), methodString(m, qualifier(c), false))) : "";
    case "wrongSig": {
      if (!have) return "";
      let [h, w] = [methodString(have, qualifier(c), false), methodString(m, qualifier(c), false)];
      if (h === w) [h, w] = [methodString(have, undefined, true), methodString(m, undefined, true)];
      return of(h === w ? messages.wrongMethodType(m.name) : messages.wrongMethodTypeHaveWant(m.name, h, w));
    }
  }
}

/** That a pointer to an interface or type parameter is not what it points to. */
export function pointerToInterface(c: Checker, t: Type): string {
  const u = under(t);
  const toParam = u.kind === "Pointer" && isTypeParam(u.elem);
  return textOf(c, messages.pointerToInterface(t, toParam ? "type parameter" : "interface"));
}

function hasInvalidEmbedded(t: Type, seen: Set<StructType>): boolean {
  const s = under(structBehind(t));
  if (s.kind !== "Struct" || seen.has(s)) return false;
  seen.add(s);
  return s.fields.some((f) => f.embedded && (!isValid(f.type ?? invalidType) || hasInvalidEmbedded(f.type ?? invalidType, seen)));
}

/** Whether a value of interface type `v` may hold a `t`. */
export function assertableTo(c: Checker, v: Type, t: Type, cause: Cause): boolean {
  return isInterface(t) || hasAllMethods(c, t, v, false, cause);
}

/** Whether `v` implements interface `t`, or satisfies it as a constraint. */
export function implementsType(c: Checker, v: Type, t: Type, constraint: boolean, cause?: Cause): boolean {
  const vu = under(v);
  const tu = under(t);
  if (!isValid(vu) || !isValid(tu)) return true;
  if (vu.kind === "Pointer" && !isValid(under(vu.elem))) return true;
  const verb = constraint ? "satisfy" : "implement";
  const fail = (message: Message): false => {
    if (cause) cause.text = textOf(c, message);
    return false;
  };
  if (tu.kind !== "Interface") {
    const detail = isInterfacePointer(tu) ? text`type ${t} is pointer to interface, not interface` : text`${t} is not an interface`;
    return fail(messages.doesNot(v, verb, t, detail));
  }
  const set = typeSet(tu);
  if (isAllTypes(set)) return true;
  if (vu.kind === "Interface" && isEmptySet(typeSet(vu))) return true;
  if (isEmptySet(set)) return fail(messages.emptyTypeSet(verb, t));
  if (!hasAllMethods(c, v, t, true, cause)) {
    if (cause) cause.text = textOf(c, messages.doesNotBecause(v, verb, t, cause.text));
    return false;
  }
  if (hasTerms(set)) {
    if (vu.kind === "Interface") {
      if (!termsWithin(typeSet(vu).terms, set.terms)) return fail(messages.doesNotPlain(v, verb, t));
    } else if (!set.terms.some((term) => termIncludes(term, v))) {
      return fail(messages.doesNot(v, verb, t, notInSet(v, t, tu)));
    }
  }
  return isComparableEnough(c, v, tu, constraint, verb, fail);
}

function notInSet(v: Type, t: Type, iface: InterfaceType): Message {
  const { terms } = typeSet(iface);
  const near = terms.find((term) => term.type && !term.tilde && identical(term.type, under(term.type)) && termIncludes({ tilde: true, type: term.type }, v));
  if (near?.type) return text`possibly missing ~ for ${near.type} in ${t}`;
  if (mentions(iface, v)) return text`${t} mentions ${v}, but ${v} is not in the type set of ${t}`;
  return text`${v} missing in ${messages.termList(terms)}`;
}

function mentions(t: Type, v: Type): boolean {
  if (t.kind === "Interface") return t.embeddeds.some((e) => mentions(e, v));
  if (t.kind === "Union") return t.terms.some((term) => mentions(term.type, v));
  return identical(t, v);
}

function isComparableEnough(c: Checker, v: Type, t: InterfaceType, constraint: boolean, verb: string, fail: (m: Message) => false): boolean {
  if (!isComparableSet(typeSet(t)) || !incomparable(v, false)) return true;
  if (constraint && !incomparable(v, true)) {
    return c.allows(20) || fail(messages.comparableRequires(v, verb));
  }
  return fail(messages.notComparable(v, verb));
}

/** Verifies type arguments against their constraints; answers the first that fails, and why. */
export function verify(c: Checker, params: readonly TypeParamType[], args: readonly Type[]): { index: number; cause: string } | undefined {
  const map: Substitution = substitution(params, args);
  for (let index = 0; index < params.length; index++) {
    const p = params[index];
    const arg = args[index];
    if (!p || !arg) continue;
    constraintInterface(p);
    const cause = newCause();
    if (!implementsType(c, arg, subst(p.constraint, map, c.instances), true, cause)) return { index, cause: cause.text };
  }
  return undefined;
}

// ---- assigning ----------------------------------------------------------------------------------------------

const copy = (x: Operand): Operand => {
  const y = newOperand();
  setOperand(y, x);
  return y;
};

function addCause(c: Checker, cause: Cause | undefined, message: Message): void {
  if (cause) cause.text = textOf(c, message) + (cause.text === "" ? "" : `\n\t${cause.text}`);
}

/** Whether the operand can be assigned to a variable of type `target`. */
export function assignableTo(c: Checker, x: Operand, target: Type, cause?: Cause): boolean {
  if (x.mode === "invalid" || !isValid(target)) return true;
  const v = unalias(x.type);
  const t = unalias(target);
  if (identical(v, t)) return true;
  const vu = under(v);
  const tu = under(t);
  const vp = asTypeParam(v);
  const tp = asTypeParam(t);
  if (isUntyped(vu)) {
    if (tp) return everyTerm(tp, (term) => term?.type !== undefined && implicitType(x, term.type) !== undefined);
    return implicitType(x, t) !== undefined;
  }
  if (identical(vu, tu) && (!hasName(v) || !hasName(t)) && !vp && !tp) return true;
  if ((tu.kind === "Interface" && !tp) || isInterfacePointer(tu)) {
    if (implementsType(c, v, t, false, cause)) return true;
    if (!vp) return false;
    if (cause) cause.text = "";
  }
  if (vu.kind === "Interface" && !vp && implementsType(c, t, v, false)) {
    if (cause) cause.text = "need type assertion";
    return false;
  }
  if (vu.kind === "Chan" && vu.dir === "both" && tu.kind === "Chan" && identical(vu.elem, tu.elem)) return !hasName(v) || !hasName(t);
  if (tp && !hasName(v)) {
    return everyTerm(tp, (term) => {
      if (!term?.type) return false;
      if (assignableTo(c, x, term.type, cause)) return true;
      addCause(c, cause, messages.cannotAssignIn(x.type, term.type, tp));
      return false;
    });
  }
  if (vp && !hasName(t)) {
    const y = copy(x);
    return everyTerm(vp, (term) => {
      if (!term?.type) return false;
      y.type = term.type;
      if (assignableTo(c, y, t, cause)) return true;
      addCause(c, cause, messages.cannotAssignFrom(term.type, vp, target));
      return false;
    });
  }
  return false;
}

// ---- converting ---------------------------------------------------------------------------------------------

/** Whether a value that is no constant can be converted to `target`. */
export function convertibleTo(c: Checker, x: Operand, target: Type, cause: Cause): boolean {
  if (assignableTo(c, x, target, cause)) return true;
  const v = unalias(x.type);
  const t = unalias(target);
  const vp = asTypeParam(v);
  const tp = asTypeParam(t);
  if (convertibleByForm(v, t, vp, tp)) return true;
  const bySlice = sliceConversion(c, under(v), under(t), cause);
  if (bySlice !== undefined) return bySlice;
  if (!vp && !tp) return false;
  return convertibleTerms(c, x, target, cause, vp, tp);
}

function convertibleByForm(v: Type, t: Type, vp: TypeParamType | undefined, tp: TypeParamType | undefined): boolean {
  const vu = under(v);
  const tu = under(t);
  if (!vp && !tp && identicalIgnoringTags(vu, tu)) return true;
  if (v.kind === "Pointer" && t.kind === "Pointer" && !isTypeParam(v.elem) && !isTypeParam(t.elem)) {
    if (identicalIgnoringTags(under(v.elem), under(t.elem))) return true;
  }
  if (isIntegerOrFloat(vu) && isIntegerOrFloat(tu)) return true;
  if (isComplex(vu) && isComplex(tu)) return true;
  if ((isInteger(vu) || isBytesOrRunes(vu)) && isString(tu)) return true;
  if (isString(vu) && isBytesOrRunes(tu)) return true;
  const address = (u: Type): boolean => isPointer(u) || isKind(u, "uintptr");
  return (address(vu) && isUnsafePointer(tu)) || (isUnsafePointer(vu) && address(tu));
}

/** Slices convert to arrays and to pointers to arrays; undefined if it is about something else. */
function sliceConversion(c: Checker, v: Type, t: Type, cause: Cause): boolean | undefined {
  if (v.kind !== "Slice") return undefined;
  const array = t.kind === "Pointer" ? under(t.elem) : t;
  if (array.kind !== "Array" || !identical(v.elem, array.elem)) return undefined;
  const [minor, what] = t.kind === "Pointer" ? [17, "array pointer"] : [20, "array"];
  if (c.allows(minor)) return true;
  cause.text = textOf(c, messages.sliceConversionRequires(what, minor));
  return false;
}

function convertibleTerms(c: Checker, x: Operand, target: Type, cause: Cause, vp: TypeParamType | undefined, tp: TypeParamType | undefined): boolean {
  const y = copy(x);
  const each = (p: TypeParamType, f: (t: Type) => boolean): boolean => everyTerm(p, (term: Term | undefined) => term?.type !== undefined && f(term.type));
  const tryTo = (t: Type, complaint: () => Message): boolean => {
    if (convertibleTo(c, y, t, cause)) return true;
    addCause(c, cause, complaint());
    return false;
  };
  if (vp && tp) {
    return each(vp, (v) => {
      y.type = v;
      return each(tp, (t) => tryTo(t, () => text`cannot convert ${v} (in ${vp}) to type ${t} (in ${tp})`));
    });
  }
  if (vp) {
    return each(vp, (v) => {
      y.type = v;
      return tryTo(target, () => text`cannot convert ${v} (in ${vp}) to type ${target}`);
    });
  }
  return tp !== undefined && each(tp, (t) => tryTo(t, () => text`cannot convert ${x.type} to type ${t} (in ${tp})`));
}

// ---- explaining a failed selection --------------------------------------------------------------------------

/** Why `t` has no field or method `name`. */
export function whyNoSelection(c: Checker, t: Type, name: string, addressable: boolean): Message {
  if (isInterfacePointer(t)) return text`${pointerToInterface(c, t)}`;
  return messages.lookupError(c.pkg, t, name, lookupFieldOrMethod(t, addressable, c.pkg, name, true).obj, false);
}
