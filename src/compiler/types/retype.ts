/**
 * Types with declared types replaced by others: what earlier variables of a session have once their types are declared anew.
 *
 * Go has no counterpart: there a type is declared once.
 */
import { type Instances, instance } from "./subst.ts";
import { mapChanged } from "./lists.ts";
import type { NamedType, Type, Var } from "./type.ts";

/** What stands for a declared type now; undefined: itself. */
export type Replaced = (t: NamedType) => Type | undefined;

/** `t` with its declared types replaced; `t` itself where nothing changes. */
export function retyped(t: Type, replaced: Replaced, instances: Instances): Type {
  const on = (u: Type): Type => retyped(u, replaced, instances);
  const onVar = (v: Var): Var => {
    const type = v.type && on(v.type);
    return type === v.type ? v : { ...v, type };
  };
  switch (t.kind) {
    case "Named": {
      const args = t.typeArgs.map(on);
      const origin = replaced(t.origin ?? t);
      if (t.typeArgs.length === 0) return origin ?? t;
      if (!origin && args.every((a, i) => a === t.typeArgs[i])) return t;
      const base = origin?.kind === "Named" ? origin : (t.origin ?? t);
      return instance(base, args, instances);
    }
    case "Array": case "Slice": case "Pointer": case "Chan": {
      const elem = on(t.elem);
      return elem === t.elem ? t : { ...t, elem };
    }
    case "Map": {
      const [key, elem] = [on(t.key), on(t.elem)];
      return key === t.key && elem === t.elem ? t : { kind: "Map", key, elem };
    }
    case "Struct": {
      const fields = mapChanged(t.fields, onVar);
      return fields ? { ...t, fields } : t;
    }
    case "Tuple": {
      const vars = mapChanged(t.vars, onVar);
      return vars ? { ...t, vars } : t;
    }
    case "Signature": {
      const [params, results] = [mapChanged(t.params, onVar), mapChanged(t.results, onVar)];
      return params || results ? { ...t, params: params ?? t.params, results: results ?? t.results } : t;
    }
    default:
      return t;
  }
}

/** Whether `t` mentions a declared type that `is` says yes to. */
export function mentions(t: Type, is: (t: NamedType) => boolean, seen = new Set<Type>()): boolean {
  if (seen.has(t)) return false;
  seen.add(t);
  const on = (u: Type | undefined): boolean => u !== undefined && mentions(u, is, seen);
  switch (t.kind) {
    case "Named":
      return is(t.origin ?? t) || t.typeArgs.some(on);
    case "Alias":
      return on(t.target);
    case "Array": case "Slice": case "Pointer": case "Chan":
      return on(t.elem);
    case "Map":
      return on(t.key) || on(t.elem);
    case "Struct":
      return t.fields.some((f) => on(f.type));
    case "Tuple":
      return t.vars.some((v) => on(v.type));
    case "Signature":
      return t.params.some((v) => on(v.type)) || t.results.some((v) => on(v.type));
    case "Interface":
      return t.methods.some((m) => on(m.type)) || t.embeddeds.some(on);
    default:
      return false;
  }
}
