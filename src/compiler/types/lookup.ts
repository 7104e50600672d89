/**
 * Fields and methods by name, through embedded fields; and which method a type lacks to implement an interface.
 *
 * Go: types2/lookup.go, methodset of go/types.
 */
import { identical, typeSet } from "./identical.ts";
import { at } from "./lists.ts";
import { compareFuncs, methodIndex, sameId } from "./names.ts";
import { asNamed, deref, methodAt, methodsOf, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { Func, InterfaceType, NamedType, Package, Type, Var } from "./type.ts";

/** What a selector denotes. */
export interface Lookup {
  readonly obj?: Var | Func;
  /** Path of field indices, then the field's or method's. Present without `obj` where the name is ambiguous. */
  readonly index?: readonly number[];
  /** A pointer was followed on the way; without `obj`: the method needs a pointer receiver. */
  readonly indirect: boolean;
}

const nothing: Lookup = { indirect: false };

/** An embedded field on the way, at one depth. */
interface Embedded {
  readonly type: Type;
  readonly index: readonly number[];
  readonly indirect: boolean;
  /** Reached by several paths of the same length: whatever it has is ambiguous. */
  multiples: boolean;
}

/** Finds the field or method `name`, written in package `pkg`, of a value of type `t`. */
export function lookupFieldOrMethod(t: Type, addressable: boolean, pkg: Package | undefined, name: string, foldCase = false): Lookup {
  const named = asNamed(t);
  const u = named && under(named);
  if (u?.kind !== "Pointer") return lookup(t, addressable, pkg, name, foldCase);
  // A defined pointer type has its base's fields but no methods.
  const found = lookup(u, false, pkg, name, foldCase);
  return found.obj?.kind === "Func" ? nothing : found;
}

function lookup(t: Type, addressable: boolean, pkg: Package | undefined, name: string, foldCase: boolean): Lookup {
  if (name === "_") return nothing;
  const [base, isPointer] = deref(t);
  if (isPointer && under(base).kind === "Interface") return nothing;
  let current: Embedded[] = [{ type: base, index: [], indirect: isPointer, multiples: false }];
  const seen: NamedType[] = [];
  while (current.length > 0) {
    const level = searchLevel(current, seen, pkg, name, foldCase);
    if (level.ambiguous) return { index: level.ambiguous, indirect: false };
    if (level.found) {
      const { obj, index, indirect } = level.found;
      if (obj?.kind === "Func" && obj.ptrRecv && !indirect && !addressable) return { indirect: true };
      return { indirect, ...(obj ? { obj } : {}), ...(index ? { index } : {}) };
    }
    current = consolidate(level.next);
  }
  return nothing;
}

interface Level {
  found?: Lookup;
  ambiguous?: readonly number[];
  readonly next: Embedded[];
}

function searchLevel(current: readonly Embedded[], seen: NamedType[], pkg: Package | undefined, name: string, foldCase: boolean): Level {
  const level: Level = { next: [] };
  const hit = (e: Embedded, obj: Var | Func, i: number): boolean => {
    const index = [...e.index, i];
    if (level.found || e.multiples) {
      level.ambiguous = index;
      return false;
    }
    level.found = { obj, index, indirect: e.indirect };
    return true;
  };
  for (const e of current) {
    const named = asNamed(e.type);
    if (named) {
      if (seen.some((s) => s === named || identical(s, named))) continue;
      seen.push(named);
      const i = namedMethodIndex(named, pkg, name, foldCase);
      if (i >= 0) {
        if (!hit(e, methodAt(named, i), i)) return level;
        continue;
      }
    }
    const u = under(e.type);
    if (u.kind === "Struct") {
      for (let i = 0; i < u.fields.length; i++) {
        const f = at(u.fields, i);
        if (sameId(f, pkg, name, foldCase)) {
          if (!hit(e, f, i)) return level;
        } else if (!level.found && f.embedded) {
          const [type, isPointer] = deref(f.type ?? invalidType);
          level.next.push({ type, index: [...e.index, i], indirect: e.indirect || isPointer, multiples: e.multiples });
        }
      }
    } else if (u.kind === "Interface") {
      const { methods } = typeSet(u);
      const i = methodIndex(methods, pkg, name, foldCase);
      if (i >= 0 && !hit(e, at(methods, i), i)) return level;
    }
  }
  return level;
}

/** The index of the declared method that the name denotes; -1 if none. */
function namedMethodIndex(n: NamedType, pkg: Package | undefined, name: string, foldCase: boolean): number {
  const origin = n.origin ?? n;
  return methodIndex(origin === n ? methodsOf(n) : origin.methods, pkg, name, foldCase);
}

function consolidate(list: Embedded[]): Embedded[] {
  if (list.length <= 1) return list;
  const out: Embedded[] = [];
  for (const e of list) {
    const known = out.find((o) => o.type === e.type || identical(o.type, e.type));
    if (known) known.multiples = true;
    else out.push(e);
  }
  return out;
}

/** A method in a method set, with the way to it. */
export interface MethodSelection {
  readonly obj: Func;
  readonly index: readonly number[];
  readonly indirect: boolean;
}

/** The method set of a type: all methods that a value of the type has, sorted by name (exported first). */
export function methodSet(t: Type): readonly MethodSelection[] {
  const names = new Map<string, Package | undefined>();
  collectMethodNames(t, names, new Set());
  const out: MethodSelection[] = [];
  for (const [id, pkg] of names) {
    const found = lookupFieldOrMethod(t, false, pkg, id.slice(id.lastIndexOf(".") + 1));
    if (found.obj?.kind === "Func" && found.index) out.push({ obj: found.obj, index: found.index, indirect: found.indirect });
  }
  return out.sort((a, b) => compareFuncs(a.obj, b.obj));
}

function collectMethodNames(t: Type, names: Map<string, Package | undefined>, seen: Set<Type>): void {
  const [base] = deref(t);
  if (seen.has(base)) return;
  seen.add(base);
  const named = asNamed(base);
  const add = (m: Func): Map<string, Package | undefined> => names.set(`${m.pkg?.path ?? ""}.${m.name}`, m.pkg);
  if (named) for (const m of methodsOf(named.origin ?? named)) add(m);
  const u = under(base);
  if (u.kind === "Struct") for (const f of u.fields) if (f.embedded) collectMethodNames(f.type ?? invalidType, names, seen);
  if (u.kind === "Interface") for (const m of typeSet(u).methods) add(m);
}

/** Why a method is missing. */
export type MissingReason = "notFound" | "wrongName" | "unexported" | "wrongSig" | "ambiguous" | "ptrRecv" | "field";

export interface MissingMethod {
  /** The interface's method. */
  readonly method: Func;
  readonly reason: MissingReason;
  /** What the type has instead. */
  readonly have?: Func;
}

/** What a search for missing methods is told by its caller. */
export interface MissingMethodOptions {
  /** Methods of an interface `v` are wanted as well; without it only those that it has are compared. */
  readonly isStatic: boolean;
  readonly equivalent?: (x: Type, y: Type) => boolean;
  /** Called before a method's type is read: the checker completes its declaration. */
  readonly complete?: (f: Func) => void;
}

/** The first method of interface `t` that `v` lacks; undefined if it has all. */
export function missingMethod(v: Type, t: Type, options: MissingMethodOptions = { isStatic: true }): MissingMethod | undefined {
  const iface = under(t);
  if (iface.kind !== "Interface") return undefined;
  const u = under(v);
  if (u.kind === "Interface") return missingInInterface(u, iface, options);
  for (const m of typeSet(iface).methods) {
    const missing = missingInConcrete(v, m, options);
    if (missing) return missing;
  }
  return undefined;
}

function missingInInterface(u: InterfaceType, iface: InterfaceType, options: MissingMethodOptions): MissingMethod | undefined {
  const equivalent = options.equivalent ?? identical;
  const { methods } = typeSet(u);
  for (const m of typeSet(iface).methods) {
    const f = methods[methodIndex(methods, m.pkg, m.name)];
    if (!f) {
      if (!options.isStatic) continue;
      return { method: m, reason: "notFound" };
    }
    if (!equivalent(f.type ?? invalidType, m.type ?? invalidType)) return { method: m, reason: "wrongSig", have: f };
  }
  return undefined;
}

function missingInConcrete(v: Type, m: Func, options: MissingMethodOptions): MissingMethod | undefined {
  const found = lookup(v, false, m.pkg, m.name, false);
  if (!found.obj) {
    if (found.index) return { method: m, reason: "ambiguous" };
    if (found.indirect) return { method: m, reason: "ptrRecv" };
    const alternative = lookup(v, false, m.pkg, m.name, true).obj;
    if (alternative?.kind !== "Func") return { method: m, reason: "notFound" };
    return { method: m, reason: alternative.name === m.name ? "unexported" : "wrongName", have: alternative };
  }
  if (found.obj.kind !== "Func") return { method: m, reason: "field" };
  options.complete?.(found.obj);
  const equivalent = options.equivalent ?? identical;
  if (!equivalent(found.obj.type ?? invalidType, m.type ?? invalidType)) return { method: m, reason: "wrongSig", have: found.obj };
  return undefined;
}
