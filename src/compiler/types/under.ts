/**
 * From a written type to what it stands for: through aliases, through names, and through constraints to a common form.
 *
 * Instances and library types complete themselves here, when they are first looked into. Go: types2/under.go, alias.go, named.go.
 */
import { invalidType } from "./universe.ts";
import type { AliasType, Func, InterfaceType, NamedType, Type, TypeParamType } from "./type.ts";

/** The type behind any aliases. */
export function unalias(t: Type): Exclude<Type, AliasType> {
  while (t.kind === "Alias") t = t.target;
  return t;
}

/** The defined type behind any aliases, if it is one. */
export function asNamed(t: Type): NamedType | undefined {
  const u = unalias(t);
  return u.kind === "Named" ? u : undefined;
}

/** The type parameter behind any aliases, if it is one. */
export function asTypeParam(t: Type): TypeParamType | undefined {
  const u = unalias(t);
  return u.kind === "TypeParam" ? u : undefined;
}

/** Whether `t` is a type parameter. */
export const isTypeParam = (t: Type): boolean => unalias(t).kind === "TypeParam";

/** The right side of a declared type's declaration, completed. */
export function rhsOf(n: NamedType): Type | undefined {
  const complete = n.complete;
  if (complete) {
    n.complete = undefined;
    complete();
  }
  return n.rhs;
}

/** The underlying type: never an alias, a name or a type parameter. */
export function under(t: Type): Exclude<Type, AliasType | NamedType | TypeParamType> {
  const u = unalias(t);
  if (u.kind === "TypeParam") return constraintInterface(u);
  if (u.kind !== "Named") return u;
  return underNamed(u);
}

function underNamed(n: NamedType): Exclude<Type, AliasType | NamedType | TypeParamType> {
  const known = n.underlying;
  if (known) return known as Exclude<Type, AliasType | NamedType | TypeParamType>;
  const path: NamedType[] = [];
  let t: Type = n;
  for (;;) {
    const u: Exclude<Type, AliasType> = unalias(t);
    if (u.kind !== "Named") {
      t = u.kind === "TypeParam" ? invalidType : u;
      break;
    }
    if (u.underlying) {
      t = u.underlying;
      break;
    }
    const rhs = rhsOf(u);
    // A declaration in progress, or a cycle of names: not known yet, and not kept.
    if (!rhs || path.includes(u)) return invalidType as Exclude<Type, AliasType | NamedType | TypeParamType>;
    path.push(u);
    t = rhs;
  }
  for (const p of path) p.underlying = t;
  return t as Exclude<Type, AliasType | NamedType | TypeParamType>;
}

/** The interface that constrains a type parameter; a constraint that is no interface is wrapped once. */
export function constraintInterface(p: TypeParamType): InterfaceType {
  const bound = unalias(p.constraint);
  if (bound.kind === "TypeParam") return unknownConstraint;
  const u = under(bound);
  if (u.kind === "Interface") return u;
  if (u === invalidType) return unknownConstraint;
  const wrapped: InterfaceType = { kind: "Interface", methods: [], embeddeds: [p.constraint], implicit: true };
  p.constraint = wrapped;
  return wrapped;
}

/** Stands for a constraint that is in error: it asks for nothing. */
const unknownConstraint: InterfaceType = {
  kind: "Interface", methods: [], embeddeds: [], implicit: false, set: { methods: [], terms: [{ tilde: false, type: undefined }], comparable: false },
};

/** The methods declared on `n`, in source order; those of an instance are made as needed. */
export function methodsOf(n: NamedType): readonly Func[] {
  if (!n.origin) {
    rhsOf(n);
    return n.methods;
  }
  return methodsOf(n.origin).map((_, i) => methodAt(n, i));
}

/** The i-th method of `n`. */
export function methodAt(n: NamedType, i: number): Func {
  const known = n.methods[i];
  if (known) return known;
  const made = n.instanceMethod?.(i);
  if (!made) throw new RangeError(`no method ${i} on ${n.obj.name}`);
  n.methods[i] = made;
  return made;
}

/** The type a pointer points to, and whether `t` is one. */
export function deref(t: Type): readonly [type: Type, pointer: boolean] {
  const u = unalias(t);
  return u.kind === "Pointer" ? [u.elem, true] : [t, false];
}

/** The array behind a pointer to an array; any other type as it is. */
export function arrayBehind(t: Type): Type {
  const u = unalias(t);
  if (u.kind !== "Pointer") return t;
  const elem = under(u.elem);
  return elem.kind === "Array" ? elem : t;
}

/** The struct's type behind a pointer to it; any other type as it is. */
export function structBehind(t: Type): Type {
  const u = under(t);
  return u.kind === "Pointer" && under(u.elem).kind === "Struct" ? u.elem : t;
}
