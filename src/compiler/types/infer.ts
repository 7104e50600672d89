/** Type inference: finds the type arguments that a call or assignment leaves out. Go: types2/infer.go. */
import type { Pos } from "../../base/source.ts";
import type { Checker } from "./checker.ts";
import { type ErrorLine, report } from "./errors.ts";
import { hasAllMethods, newCause } from "./implements.ts";
import { at } from "./lists.ts";
import * as messages from "./messages.ts";
import type { Operand } from "./operand.ts";
import { coreType, defaultType, everyTerm, isTyped, largerUntyped } from "./predicates.ts";
import { subst, substitution, tupleOf } from "./subst.ts";
import { typeSet } from "./identical.ts";
import { constraintInterface, unalias } from "./under.ts";
import { ASSIGN, EXACT, Unifier } from "./unify.ts";
import { invalidType } from "./universe.ts";
import type { Type, TypeParamType, Var } from "./type.ts";

/** Why inference failed; empty where the reason was reported before. */
export interface Failure {
  readonly lines: ErrorLine[];
}

/** Reports a failure, if there is one to report. */
export function reportFailure(c: Checker, failure: Failure): void {
  if (failure.lines.length > 0) report(c, failure.lines);
}

/** What is known before inference. */
export interface Inference {
  readonly pos: Pos;
  /** Type parameters to be inferred; they occur nowhere else. */
  readonly params: readonly TypeParamType[];
  readonly args: readonly (Type | undefined)[];
  readonly formal: readonly Var[];
  readonly actual: readonly Operand[];
  /** A generic function is being assigned, so the roles of parameter and argument are exchanged. */
  readonly reverse: boolean;
}

/** All type arguments, or undefined with the reason in `failure`. */
export function infer(c: Checker, inference: Inference, failure: Failure): readonly Type[] | undefined {
  const { params, actual } = inference;
  if (inference.args.length === params.length && inference.args.every((t) => t !== undefined)) return inference.args as readonly Type[];
  if (actual.some((x) => x.mode === "invalid")) return undefined;
  const args = params.map((_, i) => inference.args[i]);
  // Types that are known already are put into the parameters.
  const formal = subst(tupleOf(inference.formal), substitution(params, args), c.instances).vars;
  const u = new Unifier(params, args, c.allows(21));
  const untyped = unifyArguments(c, { ...inference, formal }, u, failure);
  if (!untyped) return undefined;
  if (!useConstraints(c, inference, u, failure)) return undefined;
  if (!useUntyped(inference, formal, untyped, u, failure)) return undefined;
  const inferred = u.inferred(params);
  killCycles(params, inferred);
  simplify(c, params, inferred, args);
  const missing = inferred.findIndex((t) => !t || isParameterized(params, t));
  if (missing < 0) return inferred as readonly Type[];
  const { obj } = at(params, missing);
  failure.lines.push({ at: inference.pos, message: messages.cannotInfer(obj.name, obj.pos) });
  return undefined;
}

/** Unifies parameters with typed arguments; answers the indices of untyped arguments for lone type parameters. */
function unifyArguments(c: Checker, inference: Inference, u: Unifier, failure: Failure): number[] | undefined {
  const { params, formal, actual } = inference;
  const untyped: number[] = [];
  for (let i = 0; i < actual.length; i++) {
    const arg = at(actual, i);
    const wanted = at(formal, i).type ?? invalidType;
    if (!isParameterized(params, wanted) && !isParameterized(params, arg.type)) continue;
    if (isTyped(arg.type)) {
      if (u.unify(wanted, arg.type, ASSIGN)) continue;
      failure.lines.push({ at: arg, message: mismatch(c, inference, u, wanted, arg) });
      return undefined;
    }
    if (wanted.kind === "TypeParam" && arg.mode !== "nilvalue") untyped.push(i);
  }
  return untyped;
}

function mismatch(c: Checker, { params, reverse }: Inference, u: Unifier, wanted: Type, arg: Operand): ReturnType<typeof messages.argumentMismatch> {
  const inferred = u.inferred(params);
  if (inferred.every((t) => !t)) return messages.argumentMismatchCannotInfer(arg, wanted, params);
  const known = subst(wanted, substitution(params, inferred), c.instances);
  if (known === wanted) return messages.argumentMismatch(arg, wanted);
  return reverse ? messages.inferredMismatchReverse(known, wanted, arg) : messages.inferredMismatch(arg, known, wanted);
}

/** Uses core types and methods of constraints until nothing more follows from them. */
function useConstraints(c: Checker, { pos, params }: Inference, u: Unifier, failure: Failure): boolean {
  for (;;) {
    const before = u.unknowns();
    for (const p of params) {
      const known = u.at(p);
      const core = coreTerm(p);
      if (core) {
        if (known) {
          if (!u.unify(known, core.type, 0)) {
            failure.lines.push({ at: pos, message: messages.doesNotSatisfy(p, known, p.constraint, "") });
            return false;
          }
        } else if (core.single && !core.tilde) u.set(p, core.type);
      }
      if (known && !isParameterized(params, known)) {
        const cause = newCause();
        if (!hasAllMethods(c, known, constraintInterface(p), true, cause, (x, y) => u.unify(x, y, EXACT))) {
          failure.lines.push({ at: pos, message: messages.doesNotSatisfy(p, known, p.constraint, cause.text) });
          return false;
        }
      }
    }
    if (u.unknowns() === before) return true;
  }
}

/** Type parameters that only untyped constants say something about get the largest default type. */
function useUntyped({ actual }: Inference, formal: readonly Var[], untyped: readonly number[], u: Unifier, failure: Failure): boolean {
  const largest = new Map<TypeParamType, Type>();
  for (const i of untyped) {
    const p = at(formal, i).type;
    if (p?.kind !== "TypeParam" || u.at(p)) continue;
    const arg = at(actual, i);
    const known = largest.get(p);
    const larger = known ? largerUntyped(known, arg.type) : arg.type;
    if (!larger) {
      failure.lines.push({ at: arg, message: messages.mismatchedUntyped(known ?? invalidType, arg.type, p) });
      return false;
    }
    largest.set(p, larger);
  }
  for (const [p, t] of largest) u.set(p, defaultType(t));
  return true;
}

/** Replaces inferred type parameters inside inferred types until none is left. */
function simplify(c: Checker, params: readonly TypeParamType[], inferred: (Type | undefined)[], given: readonly (Type | undefined)[]): void {
  let dirty = inferred.flatMap((t, i) => (t && !given[i] ? [i] : []));
  while (dirty.length > 0) {
    const map = substitution(params, inferred);
    dirty = dirty.filter((i) => {
      const before = inferred[i];
      if (!before) return false;
      let after = subst(before, map, c.instances);
      if (after === before) return false;
      if (after.kind === "Signature" && after.typeParams.length > 0 && !isParameterized(params, after)) after = { ...after, typeParams: [] };
      inferred[i] = after;
      return true;
    });
  }
}

/** Copies of type parameters, so that a recursive call doesn't confuse inner and outer ones, and `type` with them in place. */
export function renameTypeParams<T extends Type>(c: Checker, params: readonly TypeParamType[], type: T): { params: readonly TypeParamType[]; type: T } {
  const renamed = params.map((p): TypeParamType => {
    const obj = { ...p.obj };
    const made: TypeParamType = { kind: "TypeParam", id: c.typeParamId(), obj, index: p.index, constraint: p.constraint };
    obj.type = made;
    return made;
  });
  const map = substitution(params, renamed);
  renamed.forEach((p, i) => {
    p.constraint = subst(at(params, i).constraint, map, c.instances);
  });
  return { params: renamed, type: subst(type, map, c.instances) };
}

/** Whether `t` mentions one of the type parameters. */
export function isParameterized(params: readonly TypeParamType[], t: Type): boolean {
  return mentions(params, t, new Map());
}

function mentions(params: readonly TypeParamType[], t: Type, seen: Map<Type, boolean>): boolean {
  const known = seen.get(t);
  if (known !== undefined) return known;
  seen.set(t, false);
  const result = mentionsInside(params, t, seen);
  seen.set(t, result);
  return result;
}

function mentionsInside(params: readonly TypeParamType[], t: Type, seen: Map<Type, boolean>): boolean {
  const any = (u: Type): boolean => mentions(params, u, seen);
  const vars = (list: readonly Var[]): boolean => list.some((v) => any(v.type ?? invalidType));
  switch (t.kind) {
    case "Basic":
    case "Union":
      return false;
    case "Alias":
      return any(unalias(t));
    case "Array":
    case "Slice":
    case "Pointer":
    case "Chan":
      return any(t.elem);
    case "Map":
      return any(t.key) || any(t.elem);
    case "Struct":
      return vars(t.fields);
    case "Tuple":
      return vars(t.vars);
    case "Signature":
      return vars(t.params) || vars(t.results);
    case "Interface": {
      const set = typeSet(t);
      return set.methods.some((m) => any(m.type ?? invalidType)) || set.terms.some((term) => term.type !== undefined && any(term.type));
    }
    case "Named":
      return t.typeArgs.some((u) => any(u));
    case "TypeParam":
      return params.includes(t);
  }
}

/** The core type of a constraint: with `single`, the only type there is. */
function coreTerm(p: TypeParamType): { readonly type: Type; readonly tilde: boolean; readonly single: boolean } | undefined {
  let count = 0;
  let only: Type | undefined;
  let tilde = false;
  everyTerm(p, (term) => {
    if (!term?.type) return false;
    count++;
    only = term.type;
    if (term.tilde) tilde = true;
    return true;
  });
  if (count === 1 && only) return { type: only, tilde, single: true };
  const core = coreType(p);
  return core && { type: core, tilde, single: false };
}

/** Forgets inferred types that contain themselves. */
function killCycles(params: readonly TypeParamType[], inferred: (Type | undefined)[]): void {
  const path = new Set<Type>();
  const walk = (t0: Type): void => {
    const t = unalias(t0);
    if (path.has(t)) {
      if (t.kind === "TypeParam" && params.includes(t)) inferred[params.indexOf(t)] = undefined;
      return;
    }
    path.add(t);
    for (const part of partsOf(t)) walk(part);
    if (t.kind === "TypeParam") {
      const found = inferred[params.indexOf(t)];
      if (found) walk(found);
    }
    path.delete(t);
  };
  for (const p of params) walk(p);
}

function partsOf(t: Type): readonly Type[] {
  const types = (list: readonly { readonly type: Type | undefined }[]): Type[] => list.flatMap((v) => (v.type ? [v.type] : []));
  switch (t.kind) {
    case "Array":
    case "Slice":
    case "Pointer":
    case "Chan":
      return [t.elem];
    case "Map":
      return [t.key, t.elem];
    case "Struct":
      return types(t.fields);
    case "Signature":
      return [...types(t.params), ...types(t.results)];
    case "Union":
      return types(t.terms);
    case "Interface":
      return [...types(t.methods), ...t.embeddeds];
    case "Named":
      return t.typeArgs;
    default:
      return [];
  }
}
