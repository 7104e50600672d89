/**
 * Unification: finds types for type parameters so that two types become the same, or assignable.
 *
 * Type parameters that turned out to be equal share one handle. Go: types2/unify.go.
 */
import { bug } from "../../base/bug.ts";
import { coreType, isTypeLiteral } from "./predicates.ts";
import { identical, type InterfacePair, pairIsOpen, sameOrigin, sameTerms, typeSet } from "./identical.ts";
import { at } from "./lists.ts";
import { lookupFieldOrMethod } from "./lookup.ts";
import { objectId, sameId } from "./names.ts";
import { asNamed, asTypeParam, isTypeParam, unalias, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { InterfaceType, Type, TypeParamType, Var } from "./type.ts";

/** How two types must match: as in an assignment at the top, or exactly. A set of the flags below. */
export type UnifyMode = number;
export const ASSIGN = 1;
export const EXACT = 2;

const DEPTH_LIMIT = 50;

interface Handle {
  type: Type | undefined;
}

/** One attempt to find type arguments. */
export class Unifier {
  readonly #handles = new Map<TypeParamType, Handle>();
  readonly #interfaces: boolean;
  #depth = 0;

  /** `interfaces`: methods of interfaces take part (Go 1.21). */
  constructor(params: readonly TypeParamType[], args: readonly (Type | undefined)[], interfaces: boolean) {
    params.forEach((p, i) => this.#handles.set(p, { type: args[i] }));
    this.#interfaces = interfaces;
  }

  at(p: TypeParamType): Type | undefined {
    return this.#handle(p).type;
  }

  set(p: TypeParamType, t: Type): void {
    this.#handle(p).type = t;
  }

  /** How many type parameters have no type yet. */
  unknowns(): number {
    let n = 0;
    for (const h of this.#handles.values()) if (!h.type) n++;
    return n;
  }

  inferred(params: readonly TypeParamType[]): (Type | undefined)[] {
    return params.map((p) => this.at(p));
  }

  /** Whether x and y can be made to match; type parameters get types on the way. */
  unify(x: Type, y: Type, mode: UnifyMode): boolean {
    return this.#nify(x, y, mode, undefined);
  }

  #handle(p: TypeParamType): Handle {
    return this.#handles.get(p) ?? bug(`type parameter ${p.obj.name} is not being inferred`);
  }

  #bound(t: Type): TypeParamType | undefined {
    const p = asTypeParam(t);
    return p && this.#handles.has(p) ? p : undefined;
  }

  /** Makes two type parameters share a handle; answers false where both already have types. */
  #join(x: TypeParamType, y: TypeParamType): boolean {
    const hx = this.#handle(x);
    const hy = this.#handle(y);
    if (hx === hy) return true;
    if (hx.type && hy.type) return false;
    const [keep, drop] = hx.type ? [hx, hy] : [hy, hx];
    for (const [p, h] of this.#handles) if (h === drop) this.#handles.set(p, keep);
    return true;
  }

  #nify(x: Type, y: Type, mode: UnifyMode, outer: InterfacePair | undefined): boolean {
    this.#depth++;
    const matched = this.#depth <= DEPTH_LIMIT && this.#match(x, y, mode, outer);
    this.#depth--;
    return matched;
  }

  #match(x0: Type, y0: Type, mode: UnifyMode, outer: InterfacePair | undefined): boolean {
    let [x, y] = [x0, y0];
    if (x === y || unalias(x) === unalias(y)) return true;
    if (asNamed(x) || this.#bound(y)) [x, y] = [y, x];
    const ny = asNamed(y);
    if ((mode & EXACT) === 0 && ny && isTypeLiteral(x) && !(this.#interfaces && under(x).kind === "Interface")) {
      y = under(ny);
      if (x === y || unalias(x) === unalias(y)) return true;
    }
    const px = this.#bound(x);
    const py = this.#bound(y);
    if (px && py) {
      if (this.#join(px, py)) return true;
      return this.#nify(this.at(px) ?? invalidType, this.at(py) ?? invalidType, mode, outer);
    }
    if (px) return this.#matchParam(px, y, mode, outer);
    if (this.#interfaces && (mode & EXACT) === 0) {
      const byMethods = this.#matchInterfaces(x, y, outer);
      if (byMethods !== undefined) return byMethods;
    }
    if (isTypeParam(y)) [x, y] = [y, x];
    return this.#matchForms(x, y, mode, outer);
  }

  /** A type parameter that has a type keeps the better one of two that match; one that has none gets y. */
  #matchParam(p: TypeParamType, y: Type, mode: UnifyMode, outer: InterfacePair | undefined): boolean {
    const x = this.at(p);
    if (!x) {
      this.set(p, y);
      return true;
    }
    if (!this.#nify(x, y, mode, outer)) return false;
    const xi = asInterface(x);
    const yi = asInterface(y);
    const xNamed = asNamed(x) !== undefined;
    const yNamed = asNamed(y) !== undefined;
    if (xi && yi) {
      if (xNamed && yNamed) return identical(x, y);
      if (typeSet(xi).methods.length !== typeSet(yi).methods.length) return false;
    } else if (xi || yi) return false;
    if ((mode & EXACT) !== 0 || xNamed) return true;
    const uy = under(y);
    if (yNamed || (uy.kind === "Chan" && uy.dir !== "both")) this.set(p, y);
    return true;
  }

  /** Matches an interface with whatever has its methods; undefined where neither is an interface. */
  #matchInterfaces(x: Type, y: Type, outer: InterfacePair | undefined): boolean | undefined {
    const xi = asInterface(x);
    const yi = asInterface(y);
    if (!xi && !yi) return undefined;
    if (xi && yi) {
      const a = typeSet(xi);
      const b = typeSet(yi);
      if (a.comparable !== b.comparable || !sameTerms(a.terms, b.terms)) return false;
      if (pairIsOpen(xi, yi, outer)) return true;
      const [few, many] = a.methods.length > b.methods.length ? [b.methods, a.methods] : [a.methods, b.methods];
      const byId = new Map(many.map((m) => [objectId(m), m]));
      const pair = { x: xi, y: yi, outer };
      return few.every((m) => {
        const n = byId.get(objectId(m));
        return n !== undefined && this.#nify(m.type ?? invalidType, n.type ?? invalidType, EXACT, pair);
      });
    }
    const [iface, other] = xi ? [xi, y] : [yi, x];
    if (!iface) return undefined;
    return typeSet(iface).methods.every((m) => {
      const { obj } = lookupFieldOrMethod(other, false, m.pkg, m.name);
      return obj?.kind === "Func" && this.#nify(m.type ?? invalidType, obj.type ?? invalidType, EXACT, outer);
    });
  }

  #matchForms(xWritten: Type, yWritten: Type, mode: UnifyMode, outer: InterfacePair | undefined): boolean {
    // Assignability ends at the top: what the types are made of must be the same.
    const inner = (mode & ASSIGN) !== 0 ? mode | EXACT : mode;
    const x = unalias(xWritten);
    const y = unalias(yWritten);
    const both = (a: Type, b: Type): boolean => this.#nify(a, b, inner, outer);
    switch (x.kind) {
      case "Basic":
        return y.kind === "Basic" && x.basic === y.basic;
      case "Array":
        return y.kind === "Array" && (x.len < 0 || y.len < 0 || x.len === y.len) && both(x.elem, y.elem);
      case "Slice":
        return y.kind === "Slice" && both(x.elem, y.elem);
      case "Pointer":
        return y.kind === "Pointer" && both(x.elem, y.elem);
      case "Map":
        return y.kind === "Map" && both(x.key, y.key) && both(x.elem, y.elem);
      case "Chan":
        return y.kind === "Chan" && ((mode & EXACT) === 0 || x.dir === y.dir) && both(x.elem, y.elem);
      case "Struct":
        return (
          y.kind === "Struct" &&
          x.fields.length === y.fields.length &&
          x.fields.every((f, i) => {
            const g = at(y.fields, i);
            const alike = f.embedded === g.embedded && (x.tags[i] ?? "") === (y.tags[i] ?? "") && sameId(f, g.pkg, g.name);
            return alike && both(f.type ?? invalidType, g.type ?? invalidType);
          })
        );
      case "Tuple":
        return y.kind === "Tuple" && this.#matchVars(x.vars, y.vars, mode, outer);
      case "Signature":
        return (
          y.kind === "Signature" && x.variadic === y.variadic && this.#matchVars(x.params, y.params, inner, outer) &&
          this.#matchVars(x.results, y.results, inner, outer)
        );
      case "Interface":
        return y.kind === "Interface" && this.#matchMethods(x, y, outer);
      case "Named":
        return (
          y.kind === "Named" && x.typeArgs.length === y.typeArgs.length &&
          x.typeArgs.every((t, i) => this.#nify(t, at(y.typeArgs, i), mode, outer)) && sameOrigin(x, y)
        );
      case "TypeParam": {
        // Not one of ours: it stands for its core type.
        const core = coreType(x);
        return core !== undefined && this.#nify(core, yWritten, ASSIGN, outer);
      }
      case "Union":
        return false;
    }
  }

  #matchVars(x: readonly Var[], y: readonly Var[], mode: UnifyMode, outer: InterfacePair | undefined): boolean {
    return x.length === y.length && x.every((v, i) => this.#nify(v.type ?? invalidType, at(y, i).type ?? invalidType, mode, outer));
  }

  #matchMethods(x: InterfaceType, y: InterfaceType, outer: InterfacePair | undefined): boolean {
    const a = typeSet(x);
    const b = typeSet(y);
    if (a.comparable !== b.comparable || !sameTerms(a.terms, b.terms) || a.methods.length !== b.methods.length) return false;
    if (pairIsOpen(x, y, outer)) return true;
    const pair = { x, y, outer };
    return a.methods.every((m, i) => {
      const n = at(b.methods, i);
      return objectId(m) === objectId(n) && this.#nify(m.type ?? invalidType, n.type ?? invalidType, EXACT, pair);
    });
  }
}

/** The interface that a type is, type parameters excepted. */
function asInterface(t: Type): InterfaceType | undefined {
  if (isTypeParam(t)) return undefined;
  const u = under(t);
  return u.kind === "Interface" ? u : undefined;
}
