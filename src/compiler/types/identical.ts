/**
 * When two types are the same, and which types an interface stands for: the two notions need each other.
 *
 * An interface's type set is computed once and kept in it. Nothing here reports to the user; the checker hands in a
 * `TypeSetReport` where the interface stands in its source.
 * Go: types2/predicates.go (comparer), typeset.go, termlist.go, typeterm.go, union.go.
 */
import { type Pos, noPos } from "../../base/source.ts";
import { at } from "./lists.ts";
import { compareFuncs, objectId, sameId } from "./names.ts";
import { asNamed, isTypeParam, unalias, under } from "./under.ts";
import { allTerms, invalidType } from "./universe.ts";
import type { Func, InterfaceType, NamedType, SignatureType, Term, Type, TypeParamType, TypeSet, UnionType, Var } from "./type.ts";

// ---- identity -----------------------------------------------------------------------------------------------

/** A pair of interfaces that are being compared: meeting it again means they are alike as far as is known. */
interface InterfacePair {
  readonly x: InterfaceType;
  readonly y: InterfaceType;
  readonly outer: InterfacePair | undefined;
}

/** How strictly types are compared. */
interface Comparison {
  readonly ignoreTags: boolean;
  /** Type parameters of y's generic signatures, by those of x's that they are compared with. */
  renamed?: Map<TypeParamType, TypeParamType>;
}

/** Whether `x` and `y` are the same type. */
export const identical = (x: Type, y: Type): boolean => x === y || same({ ignoreTags: false }, x, y, undefined);

/** Whether `x` and `y` are the same type but for the tags of structs. */
export const identicalIgnoringTags = (x: Type, y: Type): boolean => x === y || same({ ignoreTags: true }, x, y, undefined);

/** Whether the same pair of interfaces is already being compared. */
export function pairIsOpen(x: InterfaceType, y: InterfaceType, outer: InterfacePair | undefined): boolean {
  for (let p = outer; p; p = p.outer) if ((p.x === x && p.y === y) || (p.x === y && p.y === x)) return true;
  return false;
}

function same(c: Comparison, x0: Type, y0: Type, outer: InterfacePair | undefined): boolean {
  const x = unalias(x0);
  const y = unalias(y0);
  if (x === y) return true;
  switch (x.kind) {
    case "Basic":
      return y.kind === "Basic" && x.basic === y.basic;
    case "Array":
      return y.kind === "Array" && (x.len < 0 || y.len < 0 || x.len === y.len) && same(c, x.elem, y.elem, outer);
    case "Slice":
      return y.kind === "Slice" && same(c, x.elem, y.elem, outer);
    case "Pointer":
      return y.kind === "Pointer" && same(c, x.elem, y.elem, outer);
    case "Map":
      return y.kind === "Map" && same(c, x.key, y.key, outer) && same(c, x.elem, y.elem, outer);
    case "Chan":
      return y.kind === "Chan" && x.dir === y.dir && same(c, x.elem, y.elem, outer);
    case "Struct":
      return (
        y.kind === "Struct" &&
        x.fields.length === y.fields.length &&
        x.fields.every((f, i) => {
          const g = at(y.fields, i);
          if (f.embedded !== g.embedded || (!c.ignoreTags && (x.tags[i] ?? "") !== (y.tags[i] ?? ""))) return false;
          return sameId(f, g.pkg, g.name) && same(c, typeOf(f), typeOf(g), outer);
        })
      );
    case "Tuple":
      return y.kind === "Tuple" && sameVars(c, x.vars, y.vars, outer);
    case "Signature":
      return y.kind === "Signature" && sameSignatures(c, x, y, outer);
    case "Union":
      return y.kind === "Union" && sameTerms(unionTerms(x), unionTerms(y));
    case "Interface":
      return y.kind === "Interface" && sameInterfaces(c, x, y, outer);
    case "Named":
      return y.kind === "Named" && sameNamed(c, x, y, outer);
    case "TypeParam":
      return y.kind === "TypeParam" && c.renamed?.get(y) === x;
  }
}

const typeOf = (v: Var | Func): Type => v.type ?? invalidType;

const sameVars = (c: Comparison, x: readonly Var[], y: readonly Var[], outer: InterfacePair | undefined): boolean =>
  x.length === y.length && x.every((v, i) => same(c, typeOf(v), typeOf(at(y, i)), outer));

function sameSignatures(c: Comparison, x: SignatureType, y: SignatureType, outer: InterfacePair | undefined): boolean {
  if (x.variadic !== y.variadic || x.typeParams.length !== y.typeParams.length) return false;
  let inner = c;
  if (x.typeParams.length > 0) {
    inner = { ...c, renamed: new Map(c.renamed) };
    y.typeParams.forEach((p, i) => inner.renamed?.set(p, at(x.typeParams, i)));
    if (!x.typeParams.every((p, i) => same(inner, p.constraint, at(y.typeParams, i).constraint, outer))) return false;
  }
  return sameVars(inner, x.params, y.params, outer) && sameVars(inner, x.results, y.results, outer);
}

function sameInterfaces(c: Comparison, x: InterfaceType, y: InterfaceType, outer: InterfacePair | undefined): boolean {
  const a = typeSet(x);
  const b = typeSet(y);
  if (a.comparable !== b.comparable || !sameTerms(a.terms, b.terms) || a.methods.length !== b.methods.length) return false;
  if (pairIsOpen(x, y, outer)) return true;
  const pair = { x, y, outer };
  return a.methods.every((m, i) => {
    const n = at(b.methods, i);
    return objectId(m) === objectId(n) && same(c, typeOf(m), typeOf(n), pair);
  });
}

/** What the type parameters of the function around a local type are. */
export const outerArgs = (t: NamedType): readonly Type[] => (t.origin ?? t).local?.args ?? [];

function sameNamed(c: Comparison, x: NamedType, y: NamedType, outer: InterfacePair | undefined): boolean {
  if ((x.origin ?? x) !== (y.origin ?? y) && (x.origin ?? x).obj !== (y.origin ?? y).obj) return false;
  const [outerX, outerY] = [outerArgs(x), outerArgs(y)];
  if (outerX.length !== outerY.length || !outerX.every((t, i) => same(c, t, at(outerY, i), outer))) return false;
  return x.typeArgs.length === y.typeArgs.length && x.typeArgs.every((t, i) => same(c, t, at(y.typeArgs, i), outer));
}

// ---- terms --------------------------------------------------------------------------------------------------

/** Whether a list of terms stands for all types. */
export const includesAll = (terms: readonly Term[]): boolean => terms.some((t) => t.type === undefined);

function disjoint(x: Term, y: Term): boolean {
  if (!x.type || !y.type) return false;
  return !identical(y.tilde ? under(x.type) : x.type, x.tilde ? under(y.type) : y.type);
}

/** Whether the term stands for `t` among others. */
export function termIncludes(x: Term, t: Type): boolean {
  return x.type === undefined || identical(x.type, x.tilde ? under(t) : t);
}

function termWithin(x: Term, y: Term): boolean {
  if (!y.type) return true;
  if (!x.type || disjoint(x, y)) return false;
  return !x.tilde || y.tilde;
}

/** Whether every type of `x` is one of `y`. */
export const termsWithin = (x: readonly Term[], y: readonly Term[]): boolean =>
  y.length === 0 ? x.length === 0 : x.every((t) => y.some((u) => termWithin(t, u)));

/** Whether two lists of terms stand for the same types. */
export const sameTerms = (x: readonly Term[], y: readonly Term[]): boolean => x === y || (termsWithin(x, y) && termsWithin(y, x));

/** Joins terms that overlap. Quadratic; unions have at most 100 terms. */
function normal(terms: readonly Term[]): readonly Term[] {
  const out: Term[] = [];
  const used = new Set<number>();
  for (let i = 0; i < terms.length; i++) {
    if (used.has(i)) continue;
    let t = at(terms, i);
    for (let j = i + 1; j < terms.length; j++) {
      const u = at(terms, j);
      if (used.has(j) || (t.type && u.type && disjoint(t, u))) continue;
      if (!t.type || !u.type) return allTerms;
      if (!t.tilde && u.tilde) t = u;
      used.add(j);
    }
    out.push(t);
  }
  return out;
}

function intersect(x: readonly Term[], y: readonly Term[]): readonly Term[] {
  const out: Term[] = [];
  for (const t of x) {
    for (const u of y) {
      if (!t.type) out.push(u);
      else if (!u.type) out.push(t);
      else if (!disjoint(t, u)) out.push(!t.tilde || u.tilde ? t : u);
    }
  }
  return normal(out);
}

/** Whether two terms have a type in common. */
export const overlapping = (x: Term, y: Term): boolean => !disjoint(x, y);

// ---- type sets ----------------------------------------------------------------------------------------------

/** What the checker wants to hear while a type set is computed for the first time. */
export interface TypeSetReport {
  /** `m`, found at `at`, has the name of `other`, found at `otherAt`; `explicit` if declared in this very interface. */
  duplicate(m: Func, at: Pos, other: Func, otherAt: Pos, explicit: boolean): void;
  /** Whether the language version allows this element at `at`. */
  allows(element: Type, at: Pos): boolean;
  tooManyTerms(at: Pos): void;
}

/** The most terms that a union may have. */
export const MAX_TERMS = 100;

/** The type set of an interface. Where it is not yet complete: all types, and nothing is kept. */
export function typeSet(iface: InterfaceType): TypeSet {
  if (iface.set) return iface.set;
  if (iface.incomplete) return allTypes;
  // Guards against infinite recursion: an interface that embeds itself is reported elsewhere.
  iface.set = allTypes;
  iface.set = computeTypeSet(iface, undefined);
  return iface.set;
}

/** Computes the type set of an interface anew and tells what is wrong with it; what is wrong is left out. */
export function checkTypeSet(iface: InterfaceType, report: TypeSetReport): void {
  iface.set ??= allTypes;
  iface.set = computeTypeSet(iface, report);
}

const allTypes: TypeSet = { methods: [], terms: allTerms, comparable: false };

function computeTypeSet(iface: InterfaceType, report: TypeSetReport | undefined): TypeSet {
  const methods = new Map<string, { m: Func; pos: Pos }>();
  const add = (m: Func, pos: Pos, explicit: boolean): void => {
    const id = objectId(m);
    const other = methods.get(id);
    if (!other) methods.set(id, { m, pos });
    else report?.duplicate(m, pos, other.m, other.pos, explicit);
  };
  for (const m of iface.methods) add(m, m.pos, true);
  let terms: readonly Term[] = allTerms;
  let comparable = false;
  iface.embeddeds.forEach((element, i) => {
    const pos = iface.embedPos?.[i] ?? noPos;
    const part = elementSet(element, pos, report);
    if (!part) return;
    for (const m of part.methods) add(m, pos, false);
    [terms, comparable] = intersectSets(terms, comparable, part.terms, part.comparable);
  });
  const sorted = [...methods.values()].map((e) => e.m).sort(compareFuncs);
  return { methods: sorted, terms, comparable };
}

/** The type set of one embedded element; undefined if it is in error. */
function elementSet(element: Type, pos: Pos, report: TypeSetReport | undefined): TypeSet | undefined {
  const u = under(element);
  if (u === invalidType) return undefined;
  if (pos !== noPos && report && !report.allows(element, pos)) return undefined;
  if (u.kind === "Interface") return typeSet(u);
  if (u.kind !== "Union") return { methods: [], terms: [{ tilde: false, type: element }], comparable: false };
  const terms = unionTerms(u);
  if (terms.length > MAX_TERMS) {
    report?.tooManyTerms(pos);
    return undefined;
  }
  return { methods: [], terms, comparable: false };
}

/** The terms of a union, overlapping ones joined, interfaces replaced by their terms. */
function unionTerms(union: UnionType): readonly Term[] {
  let all: readonly Term[] = [];
  for (const t of union.terms) {
    const u = under(t.type);
    if (u === invalidType) continue;
    if (u.kind === "Interface") all = normal([...all, ...typeSet(u).terms]);
    else if (!t.tilde || identical(t.type, u)) all = normal([...all, t]);
  }
  return all;
}

function intersectSets(x: readonly Term[], xComparable: boolean, y: readonly Term[], yComparable: boolean): [readonly Term[], boolean] {
  const terms = intersect(x, y);
  const comparable = xComparable || yComparable;
  if (!comparable || includesAll(terms)) return [terms, comparable];
  return [terms.filter((t) => t.type && !incomparable(t.type, false)), false];
}

/** Whether the set is restricted to listed types. */
export const hasTerms = (s: TypeSet): boolean => s.terms.length > 0 && !includesAll(s.terms);
/** Whether no type is in the set. */
export const isEmptySet = (s: TypeSet): boolean => s.terms.length === 0;
/** Whether the set is described by methods alone: an ordinary interface. */
export const isMethodSet = (s: TypeSet): boolean => !s.comparable && includesAll(s.terms);
/** Whether every type is in the set. */
export const isAllTypes = (s: TypeSet): boolean => isMethodSet(s) && s.methods.length === 0;

/** Whether all types of the set are strictly comparable. */
export function isComparableSet(s: TypeSet, seen?: Set<Type>): boolean {
  if (includesAll(s.terms)) return s.comparable;
  return s.terms.length > 0 && s.terms.every((t) => t.type !== undefined && !incomparable(t.type, false, seen));
}

// ---- comparability ------------------------------------------------------------------------------------------

/** Why a type cannot be compared; `cause` may be empty. */
export interface Incomparable {
  readonly cause: "" | "struct" | "array" | "empty" | "mixed";
  readonly type?: Type;
}

/** Whether values of the type can be compared with ==. */
export const comparable = (t: Type): boolean => !incomparable(t, true);

/** Why values of `t` cannot be compared; undefined if they can. `dynamic`: interfaces are comparable, though they may panic. */
export function incomparable(t: Type, dynamic: boolean, seen: Set<Type> = new Set()): Incomparable | undefined {
  if (seen.has(t)) return undefined;
  seen.add(t);
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return u.basic === "untyped nil" ? { cause: "" } : undefined;
    case "Pointer":
    case "Chan":
      return undefined;
    case "Struct": {
      const bad = u.fields.find((f) => incomparable(typeOf(f), dynamic, seen));
      return bad && { cause: "struct", type: typeOf(bad) };
    }
    case "Array":
      return incomparable(u.elem, dynamic, seen) && { cause: "array", type: t };
    case "Interface": {
      const set = typeSet(u);
      if ((dynamic && !isTypeParam(t)) || isComparableSet(set, seen)) return undefined;
      return { cause: isEmptySet(set) ? "empty" : "mixed" };
    }
    default:
      return { cause: "" };
  }
}

/** Whether `t` is a named type declared by the same declaration as `u`. */
export const sameOrigin = (t: Type, u: Type): boolean => {
  const [n, m] = [asNamed(t), asNamed(u)];
  return n !== undefined && m !== undefined && (n.origin ?? n).obj === (m.origin ?? m).obj;
};

export type { InterfacePair };
