/**
 * Questions to the checker's tables, asked for one function: types with the function's type arguments put in, the object
 * behind a name, whether something is constant or nil.
 *
 * Go: cmd/compile/internal/noder/writer.go (typeOf, lookupObj, isPkgQual, isNil).
 */
import { bug } from "../../../base/bug.ts";
import type * as ast from "../../syntax/ast.ts";
import { basic, type Info, type Obj, type Package, subst, type Instance, type SignatureType, type Type, type TypeAndValue, unalias, under } from "../../types/index.ts";
import type { FuncState, PackageState } from "./context.ts";
import { rememberOrigin } from "./layout.ts";
import { shapeArguments } from "./shape.ts";

/** `x` without parentheses. */
export function unparen(x: ast.Expr): ast.Expr {
  let at = x;
  while (at.kind === "ParenExpr") at = at.x;
  return at;
}

/** The elements of a list, or the one expression. */
export function unpack(x: ast.Expr | undefined): readonly ast.Expr[] {
  if (!x) return [];
  return x.kind === "ListExpr" ? x.elems : [x];
}

/** `t` with the type arguments of the function being built. */
export function substituted(f: FuncState, t: Type): Type {
  if (!f.subst) return t;
  const made = subst(t, f.subst, f.b.state.instances);
  if (f.dict?.recording) rememberOrigin(f.dict.layout, t, made);
  return f.b.state.mode === "shape" && made !== t && !f.dict?.recording ? shapeArguments(f.b.state, made) : made;
}

/** What the checker recorded: of the package itself, or of the library's text. */
export function recorded<T>(s: PackageState, get: (info: Info) => T | undefined): T | undefined {
  if (s.info) return get(s.info);
  const own = get(s.checked.info);
  if (own !== undefined || s.libraries.size === 0) return own;
  for (const info of s.libraries.values()) {
    const found = get(info);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The object that a mention of a name denotes. */
export const useOf = (s: PackageState, name: ast.Name): Obj | undefined => s.made.uses.get(name) ?? recorded(s, (info) => info.uses.get(name));
/** The object that a name declares. */
export const defOf = (s: PackageState, name: ast.Name): Obj | undefined => s.made.defs.get(name) ?? recorded(s, (info) => info.defs.get(name));

/** `sig` with the type arguments of the function being built. */
export function substitutedSignature(f: FuncState, sig: SignatureType): SignatureType {
  const t = substituted(f, sig);
  return t.kind === "Signature" ? t : sig;
}

/** What the checker recorded of `x`. */
export function factsOf(s: PackageState, x: ast.Expr): TypeAndValue | undefined {
  const known = s.made.types.get(x) ?? recorded(s, (info) => info.types.get(x));
  if (known) return known;
  if (x.kind === "ParenExpr") return factsOf(s, x.x);
  const original = s.replaced.get(x);
  return original && factsOf(s, original);
}

/** The type of `x`. */
export function typeOf(f: FuncState, x: ast.Expr): Type {
  const s = f.b.state;
  const known = factsOf(s, x)?.type;
  if (known) return substituted(f, known);
  const inner = unparen(x);
  if (inner.kind === "Name") {
    const obj = useOf(s, inner) ?? defOf(s, inner);
    if (obj && "type" in obj && obj.type) return substituted(f, obj.type);
  }
  return bug(`no type for ${x.kind} at ${s.checked.sources.format(x.pos)}`);
}

/** The object that `x` names, through a package qualifier and an instantiation, and its type arguments. */
export function namedObject(s: PackageState, x: ast.Expr): { readonly obj: Obj; readonly name: ast.Name; readonly instance?: Instance } | undefined {
  let at: ast.Expr = x;
  if (at.kind === "IndexExpr") {
    const args = unpack(at.index);
    const only = args.length === 1 ? args[0] : undefined;
    if (only && isValue(s, only)) return undefined;
    at = unparen(at.x);
  }
  if (at.kind === "SelectorExpr") {
    if (!isPackageQualified(s, at)) return undefined;
    at = at.sel;
  }
  if (at.kind !== "Name") return undefined;
  const obj = useOf(s, at) ?? defOf(s, at);
  const found = at;
  const instance = recorded(s, (info) => info.instances.get(found));
  return obj ? { obj, name: at, ...(instance ? { instance } : {}) } : undefined;
}

/** Whether `x` is `pkg.Name`. */
export function isPackageQualified(s: PackageState, x: ast.SelectorExpr): boolean {
  return x.x.kind === "Name" && useOf(s, x.x)?.kind === "PkgName";
}

function isValue(s: PackageState, x: ast.Expr): boolean {
  const mode = factsOf(s, x)?.mode;
  return mode !== undefined && mode !== "type" && mode !== "builtin" && mode !== "novalue";
}

/** Whether `x` denotes a type. */
export const isTypeExpr = (s: PackageState, x: ast.Expr): boolean => factsOf(s, x)?.mode === "type" || isTypeSyntax(unparen(x));

const isTypeSyntax = (x: ast.Expr): boolean =>
  x.kind === "ArrayType" || x.kind === "SliceType" || x.kind === "StructType" || x.kind === "InterfaceType" || x.kind === "FuncType" || x.kind === "MapType"
  || x.kind === "ChanType";

/** Whether `x` is the predeclared nil. */
export function isNil(s: PackageState, x: ast.Expr): boolean {
  const inner = unparen(x);
  if (factsOf(s, inner)?.mode === "nilvalue") return true;
  return inner.kind === "Name" && useOf(s, inner)?.kind === "Nil";
}

/** The name of the built-in function that `x` denotes. */
export function builtinName(s: PackageState, x: ast.Expr): string | undefined {
  const inner = unparen(x);
  const name = inner.kind === "SelectorExpr" && isPackageQualified(s, inner) ? inner.sel : inner;
  const obj = name.kind === "Name" ? useOf(s, name) : undefined;
  return obj?.kind === "Builtin" ? obj.name : undefined;
}

/** The type that a constant of type `t` is stored with: untyped ones that the checker left get a concrete type. Go: idealType. */
export function idealType(t: Type, negative: boolean): Type {
  const u = unalias(t);
  if (u.kind !== "Basic") return t;
  switch (u.basic) {
    case "untyped int": case "untyped float": case "untyped complex":
      return negative ? basic.int : basic.uint;
    case "untyped bool":
      return basic.bool;
    case "untyped string":
      return basic.string;
    case "untyped rune":
      return basic.int32;
    default:
      return t;
  }
}

/** What a pointer points to, or the type itself. */
export function pointee(t: Type): Type {
  const u = under(t);
  return u.kind === "Pointer" ? u.elem : t;
}

/** Whether `pkg` is another package of the program. */
export const isOfProgram = ({ checked: { pkg: own, siblings, imported } }: PackageState, pkg: Package): boolean =>
  pkg !== own && (siblings?.has(pkg.path) === true || imported?.infos.has(pkg) === true);
