/**
 * Shapes: the types that instances of generic functions are compiled for.
 *
 * Type arguments with the same underlying type share one compiled body; what differs between them comes from a dictionary.
 * A shape is a defined type of the pretended package `go.shape`, named after its underlying type.
 *
 * Go: cmd/compile/internal/noder/reader.go (shapify), types (IsShape, HasShape).
 */
import { sha256 } from "../../../base/sha256.ts";
import { noPos } from "../../../base/source.ts";
import {
  byteType, constraintInterface, instantiate, isMethodSet, type NamedType, outerArgs, type Package, type SignatureType, type Type, type TypeName, type TypeParamType, typeSet, unalias, under, type Var,
} from "../../types/index.ts";
import { linkString } from "../typeprint.ts";
import type { PackageState } from "./context.ts";

const shapePackage: Package = {
  path: "go.shape", name: "go.shape", scope: { parent: undefined, names: new Map(), pos: noPos, end: noPos, isFunc: false, children: [] }, imports: [], std: true,
};

/** Whether `t` is a shape. */
export const isShape = (t: Type): boolean => t.kind === "Named" && t.obj.pkg === shapePackage;

/** Whether a shape occurs in `t`. */
export function hasShape(t: Type, seen: Set<Type> = new Set()): boolean {
  if (seen.has(t)) return false;
  seen.add(t);
  const inside = (list: readonly { readonly type?: Type | undefined }[]): boolean => list.some((v) => v.type !== undefined && hasShape(v.type, seen));
  switch (t.kind) {
    case "Named":
      return isShape(t) || t.typeArgs.some((a) => hasShape(a, seen)) || outerArgs(t).some((a) => hasShape(a, seen));
    case "Alias":
      return hasShape(t.target, seen);
    case "Pointer": case "Slice": case "Array": case "Chan":
      return hasShape(t.elem, seen);
    case "Map":
      return hasShape(t.key, seen) || hasShape(t.elem, seen);
    case "Signature":
      return inside(t.params) || inside(t.results);
    case "Struct":
      return inside(t.fields);
    case "Tuple":
      return inside(t.vars);
    case "Interface":
      return inside(t.methods);
    default:
      return false;
  }
}

/** Longer names of shapes are replaced by their hash. Go: base.Debug.MaxShapeLen. */
const LONGEST_NAME = 500;

/** Go: cmd/internal/hash.Sum32, which is SHA-256 with the first byte inverted. */
function hashed(name: string): string {
  const sum = sha256(name);
  return [(sum[0] ?? 0) ^ 0xff, ...sum.slice(1)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The shape of the type argument `t` for parameter `p`. */
export function shapify(s: PackageState, t: Type, p: TypeParamType | undefined): Type {
  if (isShape(t)) {
    const points = under(t).kind === "Pointer" && p !== undefined && isBasicConstraint(p);
    return points ? shapify(s, under(t), p) : t;
  }
  const own = unalias(t);
  if (own.kind === "Named" && own.typeArgs.length > 0 && under(own).kind === "Interface" && hasShape(own)) return own;
  const pointer = own.kind === "Pointer" && p !== undefined && isBasicConstraint(p);
  if (pointer && !isShape(own.elem) && hasShape(own.elem)) return own;
  const underlying: Type = pointer ? { kind: "Pointer", elem: byteType } : own.kind === "Named" && own.typeArgs.some((x) => hasShape(x)) ? shapedFields(s, under(own)) : under(own);
  const link = linkString(underlying, s.print);
  const known = s.shapes.get(link);
  if (known) return known;
  const made = shapeType(link.length > LONGEST_NAME ? hashed(link) : link, underlying);
  s.shapes.set(link, made);
  return made;
}

/** `t` with the arguments of each shaped instance in it made shapes themselves: `List[[]go.shape.int]` is `List[go.shape.[]int]`. */
export function shapeArguments(s: PackageState, t: Type): Type {
  switch (t.kind) {
    case "Pointer": case "Slice": case "Array": case "Chan": {
      const elem = shapeArguments(s, t.elem);
      return elem === t.elem ? t : { ...t, elem };
    }
    case "Map": {
      const [key, elem] = [shapeArguments(s, t.key), shapeArguments(s, t.elem)];
      return key === t.key && elem === t.elem ? t : { ...t, key, elem };
    }
    case "Named": {
      const { origin, typeArgs } = t;
      if (!origin || !typeArgs.some((a) => hasShape(a)) || typeArgs.every(isShape) || staysUnshaped(s, t)) return t;
      return instantiate(origin, typeArgs.map((a, i) => shapify(s, a, origin.typeParams[i])), s.instances);
    }
    default:
      return t;
  }
}

/** The signature of a shaped function: arguments of shaped instances in it are shapes themselves. */
export function shapeSignature(s: PackageState, sig: SignatureType): SignatureType {
  const shaped = (v: Var): Var => (v.type ? { ...v, type: shapeArguments(s, v.type) } : v);
  return { ...sig, params: sig.params.map(shaped), results: sig.results.map(shaped) };
}

/** Whether an argument of `t` is not known yet, or was not when `t` was read first. */
function staysUnshaped(s: PackageState, t: NamedType): boolean {
  const key = linkString(t, s.print);
  if (s.unshaped.has(key)) return true;
  if (s.forward.size === 0 || !t.typeArgs.some((a) => a.kind === "Named" && s.forward.has(linkString(a, s.print)))) return false;
  s.unshaped.add(key);
  return true;
}

/** The underlying type of a shaped instance, as the compiler reads it: shapes in its fields too. */
function shapedFields(s: PackageState, t: Type): Type {
  if (t.kind !== "Struct") return shapeArguments(s, t);
  const fields = t.fields.map((f) => (f.type ? { ...f, type: shapeArguments(s, f.type) } : f));
  return fields.every((f, i) => f.type === t.fields[i]?.type) ? t : { ...t, fields };
}

/** Whether a constraint asks for methods only. */
function isBasicConstraint(p: TypeParamType): boolean {
  const set = typeSet(constraintInterface(p));
  return isMethodSet(set);
}

function shapeType(name: string, underlying: Type): NamedType {
  const obj: TypeName = { kind: "TypeName", name, pos: noPos, pkg: shapePackage, parent: shapePackage.scope, type: undefined };
  const type: NamedType = { kind: "Named", obj, typeParams: [], typeArgs: [], underlying, methods: [], rhs: underlying };
  obj.type = type;
  return type;
}
