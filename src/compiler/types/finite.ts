/**
 * Cycles of declarations: types that would contain themselves, and objects that need themselves.
 *
 * Go: types2/cycles.go, validtype.go, decl.go (validCycle, cycleError).
 */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { error, qualifier, report } from "./errors.ts";
import { identical } from "./identical.ts";
import { at } from "./lists.ts";
import * as messages from "./messages.ts";
import { isGeneric } from "./predicates.ts";
import { rhsOf, unalias } from "./under.ts";
import { invalidType } from "./universe.ts";
import { isAliasName } from "./typestring.ts";
import type { NamedType, Obj, Type, TypeName, TypeParamType } from "./type.ts";

// ---- cycles in the path of declarations ---------------------------------------------------------------------

/** Whether needing `obj`, which is being declared, is all right: a value cycle, or one that goes through a defined type. */
export function validCycle(c: Checker, obj: Obj): boolean {
  const cycle = c.path.slice(c.path.indexOf(obj));
  let values = 0;
  let definitions = 0;
  for (const o of cycle) {
    if (o.kind === "Const" || o.kind === "Var") values++;
    if (o.kind !== "TypeName") continue;
    if (c.env.inTypeParams && o.type && isGeneric(o.type)) return true;
    if (!isAliasName(o)) definitions++;
  }
  // Initialisation cycles are found later, when all bodies are known.
  if (values === cycle.length) return true;
  if (values === 0 && definitions > 0) return true;
  reportCycle(c, cycle, firstInSource(cycle));
  return false;
}

/** Reports a cycle of declarations, beginning with the one at `start`. */
export function reportCycle(c: Checker, cycle: readonly Obj[], start: number): void {
  let obj = at(cycle, start);
  const isType = obj.kind === "TypeName";
  if (obj.kind === "TypeName" && obj.type?.kind === "Alias") obj.type.target = invalidType;
  if (cycle.length === 1) {
    error(c, obj, messages.refersToItself(isType, messages.objectName(obj, qualifier(c))));
    return;
  }
  const lines = [{ at: obj, message: messages.cycleOf(isType, messages.objectName(obj, qualifier(c))) }];
  for (let i = 1; i <= cycle.length; i++) {
    const next = at(cycle, (start + i) % cycle.length);
    lines.push({ at: obj, message: messages.refersTo(messages.objectName(obj, qualifier(c)), messages.objectName(next, qualifier(c))) });
    obj = next;
  }
  report(c, lines);
}

/** The index of the object that comes first in the source. */
export function firstInSource(path: readonly Obj[]): number {
  let first = 0;
  path.forEach((o, i) => {
    if (o.pos < at(path, first).pos) first = i;
  });
  return first;
}

/** Reports type declarations that name each other in a circle without any type literal between. */
export function directCycles(c: Checker): void {
  const state = new Map<TypeName, number>();
  for (const obj of c.objects.keys()) if (obj.kind === "TypeName") directCycle(c, obj, state);
}

function directCycle(c: Checker, first: TypeName, state: Map<TypeName, number>): void {
  const path: TypeName[] = [];
  let name: TypeName | undefined = first;
  while (name) {
    const start = state.get(name);
    if (start !== undefined && start < 0) break;
    if (start !== undefined) {
      name.type = invalidType;
      const cycle = path.slice(start);
      reportCycle(c, cycle, firstInSource(cycle));
      break;
    }
    state.set(name, path.length);
    path.push(name);
    const rhs: ast.Expr | undefined = c.objects.get(name)?.typeDecl?.type;
    const next: Obj | undefined = rhs?.kind === "Name" ? c.pkg.scope.names.get(rhs.value) : undefined;
    name = next?.kind === "TypeName" ? next : undefined;
  }
  for (const p of path) state.set(p, -1);
}

// ---- types of infinite size ---------------------------------------------------------------------------------

/** Whether values of the type have a finite size; a type that is still being declared has not, and it is reported. */
export function finiteSize(c: Checker, t: Type): boolean {
  const u = unalias(t);
  switch (u.kind) {
    case "Named":
      return finiteNamed(c, u);
    case "Array":
      return finiteSize(c, u.elem);
    case "Struct":
      return u.fields.every((f) => finiteSize(c, f.type ?? invalidType));
    default:
      return true;
  }
}

function finiteNamed(c: Checker, n: NamedType): boolean {
  const known = c.finite.get(n);
  if (known !== undefined) return known;
  // The types of other packages are complete.
  if (n.obj.pkg !== c.pkg && n.typeArgs.length === 0) return true;
  const name = nameOnPath(c, n);
  const i = c.path.indexOf(name);
  if (i >= 0) {
    const cycle = c.path.slice(i);
    reportCycle(c, cycle, firstInSource(cycle));
    return false;
  }
  c.path.push(name);
  const finite = n.rhs ? finiteSize(c, n.rhs) : true;
  c.path.pop();
  if (!c.finite.has(n)) c.finite.set(n, finite);
  return finite;
}

/** Instances have names of their own on the path: meeting the generic type again is no cycle. */
function nameOnPath(c: Checker, n: NamedType): TypeName {
  if (!n.origin) return n.obj;
  const known = c.instanceNames.get(n);
  if (known) return known;
  const made: TypeName = { ...n.obj, pos: c.instances.positions.get(n) ?? n.obj.pos, type: n };
  c.instanceNames.set(n, made);
  return made;
}

/** Reports a declared type that contains itself without a pointer between. */
export function validType(c: Checker, n: NamedType): void {
  validAt(c, n, [], []);
}

function validAt(c: Checker, t0: Type, nest: readonly NamedType[], path: readonly NamedType[]): boolean {
  const t = unalias(t0);
  switch (t.kind) {
    case "Array":
      return validAt(c, t.elem, nest, path);
    case "Struct":
      return t.fields.every((f) => validAt(c, f.type ?? invalidType, nest, path));
    case "Union":
      return t.terms.every((term) => validAt(c, term.type, nest, path));
    case "Interface":
      return t.embeddeds.every((e) => validAt(c, e, nest, path));
    case "Named":
      return validNamed(c, t, nest, path);
    case "TypeParam":
      return validParam(c, t, nest, path);
    default:
      return true;
  }
}

function validNamed(c: Checker, t: NamedType, nest: readonly NamedType[], path: readonly NamedType[]): boolean {
  const origin = t.origin ?? t;
  if (origin.obj.pkg !== c.pkg && t.typeArgs.length === 0) return true;
  if (c.validTypes.has(t)) return true;
  if (nest.some((n) => n === t || identical(n, t))) {
    origin.rhs = invalidType;
    const start = path.findIndex((p) => p === t || identical(p, t));
    reportCycle(c, path.slice(Math.max(start, 0)).map((p) => nameOnPath(c, p)), 0);
    return false;
  }
  const rhs = rhsOf(origin);
  if (!rhs) c.openTypes++;
  const open = c.openTypes;
  const valid = !rhs || validAt(c, rhs, [...nest, t], [...path, t]);
  // What a generic type holds depends on where it is met; so does a type of which not all is declared yet.
  if (valid && rhs && c.openTypes === open && origin.typeParams.length === 0) c.validTypes.add(t);
  return valid;
}

/** A type parameter inside a generic type stands for the argument of the instance that led here. */
function validParam(c: Checker, t: TypeParamType, nest: readonly NamedType[], path: readonly NamedType[]): boolean {
  const inst = nest[nest.length - 1];
  const i = inst ? (inst.origin ?? inst).typeParams.indexOf(t) : -1;
  const arg = inst?.typeArgs[i];
  return !arg || validAt(c, arg, nest.slice(0, -1), path);
}
