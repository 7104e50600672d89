/**
 * Types with type parameters replaced, and instances of generic types and functions.
 *
 * An instance is made empty and completes itself when it is looked into, so recursive generic types end. An `Instances`
 * keeps one instance for each list of type arguments. Go: types2/subst.go, instantiate.go, named.go, context.go.
 */
import { noPos, type Pos } from "../../base/source.ts";
import { identical } from "./identical.ts";
import { type Mutable, at, mapChanged } from "./lists.ts";
import { deref, rhsOf } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { AliasType, Func, InterfaceType, NamedType, SignatureType, TupleType, Type, TypeParamType, Var } from "./type.ts";

/** What replaces each type parameter. */
export type Substitution = ReadonlyMap<TypeParamType, Type>;

/** Pairs type parameters with their arguments. */
export const substitution = (params: readonly TypeParamType[], args: readonly (Type | undefined)[]): Substitution => {
  const map = new Map<TypeParamType, Type>();
  params.forEach((p, i) => {
    const arg = args[i];
    if (arg) map.set(p, arg);
  });
  return map;
};

/** The instances made so far, and how a method's declaration is completed before it is copied. */
export class Instances {
  readonly #made = new Map<NamedType | AliasType, (NamedType | AliasType)[]>();
  readonly #locals = new Map<NamedType, NamedType[]>();
  /** Completes the declaration of a generic type's method; the checker sets it while it checks. */
  completeMethod: (f: Func) => void = () => {};
  /** Where the next instance is asked for. */
  at: Pos = noPos;
  /** Where each instance was asked for first; errors about it are reported there. */
  readonly positions = new Map<NamedType | AliasType, Pos>();

  find(origin: NamedType | AliasType, args: readonly Type[]): NamedType | AliasType | undefined {
    return this.#made.get(origin)?.find(
      (i) => i.typeArgs.length === args.length && i.typeArgs.every((t, k) => t === at(args, k) || identical(t, at(args, k))),
    );
  }

  findLocal(decl: NamedType, args: readonly Type[]): NamedType | undefined {
    return this.#locals.get(decl)?.find((t) => t.local?.args.every((a, k) => a === at(args, k) || identical(a, at(args, k))));
  }

  addLocal(decl: NamedType, made: NamedType): void {
    const list = this.#locals.get(decl);
    if (list) list.push(made);
    else this.#locals.set(decl, [made]);
  }

  add(origin: NamedType | AliasType, instance: NamedType | AliasType): void {
    this.positions.set(instance, this.at);
    const list = this.#made.get(origin);
    if (list) list.push(instance);
    else this.#made.set(origin, [instance]);
  }
}

/** `t` with its type parameters replaced; `t` itself where nothing changes. */
export function subst<T extends Type>(t: T, map: Substitution, instances: Instances): T;
export function subst(t: Type, map: Substitution, instances: Instances): Type {
  return map.size === 0 ? t : replace(t, map, instances);
}

function replace(t: Type, map: Substitution, ctx: Instances): Type {
  const on = (u: Type): Type => replace(u, map, ctx);
  switch (t.kind) {
    case "Basic":
      return t;
    case "TypeParam":
      return map.get(t) ?? t;
    case "Array": {
      const elem = on(t.elem);
      return elem === t.elem ? t : { kind: "Array", len: t.len, elem };
    }
    case "Slice": {
      const elem = on(t.elem);
      return elem === t.elem ? t : { kind: "Slice", elem };
    }
    case "Pointer": {
      const elem = on(t.elem);
      return elem === t.elem ? t : { kind: "Pointer", elem };
    }
    case "Chan": {
      const elem = on(t.elem);
      return elem === t.elem ? t : { kind: "Chan", dir: t.dir, elem };
    }
    case "Map": {
      const key = on(t.key);
      const elem = on(t.elem);
      return key === t.key && elem === t.elem ? t : { kind: "Map", key, elem };
    }
    case "Struct": {
      const fields = mapChanged(t.fields, (v) => replaceVar(v, on));
      return fields ? { kind: "Struct", fields, tags: t.tags } : t;
    }
    case "Tuple": {
      const vars = mapChanged(t.vars, (v) => replaceVar(v, on));
      return vars ? { kind: "Tuple", vars } : t;
    }
    case "Signature": {
      const params = mapChanged(t.params, (v) => replaceVar(v, on));
      const results = mapChanged(t.results, (v) => replaceVar(v, on));
      return params || results ? { ...t, params: params ?? t.params, results: results ?? t.results } : t;
    }
    case "Union": {
      const terms = mapChanged(t.terms, (term) => {
        const type = on(term.type);
        return type === term.type ? term : { tilde: term.tilde, type };
      });
      return terms ? { kind: "Union", terms } : t;
    }
    case "Interface":
      return replaceInterface(t, on);
    case "Named":
    case "Alias": {
      const origin = t.origin ?? t;
      const own = origin.kind === "Named" ? inInstance(origin, on, ctx) : origin;
      if (origin.typeParams.length === 0) return own === origin ? t : own;
      if (t.typeArgs.length !== origin.typeParams.length) return invalidType;
      const args = mapChanged(t.typeArgs, on);
      return args || own !== origin ? instance(own, args ?? t.typeArgs, ctx) : t;
    }
  }
}

/** A declaration as an instance of the generic function around it has it. */
function inInstance(origin: NamedType, on: (t: Type) => Type, ctx: Instances): NamedType {
  const { local, outerParams } = origin;
  if (!local && !outerParams) return origin;
  const args = mapChanged<Type>(local?.args ?? outerParams ?? [], on);
  return args ? localType(local?.decl ?? origin, args, ctx) : origin;
}

/** The type that `decl` declares where the type parameters of the function around it are `args`. */
export function localType(decl: NamedType, args: readonly Type[], ctx: Instances): NamedType {
  const known = ctx.findLocal(decl, args);
  if (known) return known;
  const made: NamedType = {
    kind: "Named", obj: decl.obj, typeParams: decl.typeParams, typeArgs: [], underlying: undefined, methods: [], local: { decl, args },
    complete: () => {
      const rhs = rhsOf(decl);
      if (rhs) made.rhs = subst(rhs, substitution(decl.outerParams ?? [], args), ctx);
    },
  };
  ctx.addLocal(decl, made);
  return made;
}

function replaceVar(v: Var, on: (t: Type) => Type): Var {
  const type = v.type ?? invalidType;
  const changed = on(type);
  return changed === type ? v : { ...v, type: changed, origin: v.origin ?? v };
}

function replaceInterface(t: InterfaceType, on: (t: Type) => Type): Type {
  const methods = mapChanged(t.methods, (f) => {
    const type = f.type ?? invalidType;
    const changed = on(type);
    return changed === type ? f : { ...f, type: changed, origin: f.origin ?? f };
  });
  const embeddeds = mapChanged(t.embeddeds, on);
  if (!methods && !embeddeds) return t;
  const made: Mutable<InterfaceType> = {
    kind: "Interface", methods: [], embeddeds: embeddeds ?? t.embeddeds, implicit: t.implicit,
    ...(t.embedPos ? { embedPos: t.embedPos } : {}), ...(t.incomplete ? { incomplete: true } : {}),
  };
  made.methods = withReceiver(methods ?? t.methods, t, made);
  return made;
}

/** The methods, those with receiver `old` copied to have `receiver`. */
function withReceiver(methods: readonly Func[], old: Type, receiver: Type): readonly Func[] {
  return methods.map((m) => {
    const sig = m.type;
    if (sig?.kind !== "Signature" || sig.recv?.type !== old) return m;
    return { ...m, type: { ...sig, recv: { ...sig.recv, type: receiver } }, origin: m.origin ?? m };
  });
}

/** The instance of a generic type with these arguments, as many as it has parameters. */
export function instance(origin: NamedType | AliasType, args: readonly Type[], ctx: Instances): NamedType | AliasType {
  const known = ctx.find(origin, args);
  if (known) return known;
  const made = origin.kind === "Named" ? namedInstance(origin, args, ctx) : aliasInstance(origin, args, ctx);
  ctx.add(origin, made);
  return made;
}

function aliasInstance(origin: AliasType, args: readonly Type[], ctx: Instances): AliasType {
  const target = subst(origin.target, substitution(origin.typeParams, args), ctx);
  return { kind: "Alias", obj: origin.obj, origin, typeParams: origin.typeParams, typeArgs: args, target };
}

function namedInstance(origin: NamedType, args: readonly Type[], ctx: Instances): NamedType {
  const n: NamedType = {
    kind: "Named", obj: origin.obj, origin, typeParams: origin.typeParams, typeArgs: args, underlying: undefined, methods: [],
    complete: () => completeInstance(n, origin, ctx),
    instanceMethod: (i) => instanceMethod(n, origin, i, ctx),
  };
  return n;
}

function completeInstance(n: NamedType, origin: NamedType, ctx: Instances): void {
  const rhs = rhsOf(origin);
  if (n.typeArgs.length !== origin.typeParams.length) {
    n.rhs = invalidType;
    return;
  }
  if (!rhs) {
    // The generic type is still being declared: ask again later.
    n.complete = () => completeInstance(n, origin, ctx);
    return;
  }
  const outer = ctx.at;
  ctx.at = ctx.positions.get(n) ?? noPos;
  const made = subst(rhs, substitution(origin.typeParams, n.typeArgs), ctx);
  ctx.at = outer;
  if (made.kind !== "Interface") {
    n.rhs = made;
    return;
  }
  const methods = withReceiver(made.methods, origin, n);
  n.rhs = methods.every((m, i) => m === made.methods[i]) ? made : { ...made, methods, set: undefined };
}

function instanceMethod(n: NamedType, origin: NamedType, i: number, ctx: Instances): Func {
  const m = at(origin.methods, i);
  ctx.completeMethod(m);
  const generic = m.type;
  if (generic?.kind !== "Signature") return m;
  if (generic.recv?.type && deref(generic.recv.type)[0] === n) return m;
  let sig = generic;
  if (generic.recvTypeParams.length === n.typeArgs.length) sig = subst(generic, substitution(generic.recvTypeParams, n.typeArgs), ctx);
  const recvType: Type = m.ptrRecv ? { kind: "Pointer", elem: n } : n;
  const recv: Var | undefined = generic.recv && { ...generic.recv, type: recvType, origin: generic.recv.origin ?? generic.recv };
  return { ...m, type: { ...sig, ...(recv ? { recv } : {}) }, origin: m.origin ?? m };
}

/** A generic function's signature with its type parameters replaced. */
export function instantiateSignature(sig: SignatureType, args: readonly Type[], ctx: Instances): SignatureType {
  const made = subst(sig, substitution(sig.typeParams, args), ctx);
  return { ...made, typeParams: [] };
}

/** A generic type or signature with its type arguments in place. The arguments are not verified. */
export function instantiate(t: NamedType | AliasType | SignatureType, args: readonly Type[], ctx: Instances = new Instances()): Type {
  return t.kind === "Signature" ? instantiateSignature(t, args, ctx) : instance(t, args, ctx);
}

/** Parameters as one type, to be replaced together. */
export const tupleOf = (vars: readonly Var[]): TupleType => ({ kind: "Tuple", vars });
