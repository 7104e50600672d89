/** Names of objects: which are exported, when two denote the same field or method. Go: types2/object.go, scope.go, objset.go. */
import type { Func, Obj, Package, Scope, Var } from "./type.ts";

/** Whether `name` begins with an upper-case letter. */
export function isExported(name: string): boolean {
  const c = name.charCodeAt(0);
  if (c < 128) return c >= 65 && c <= 90;
  return isUpper.test(name);
}
const isUpper = /^\p{Lu}/u;

/** Whether `name` is a valid identifier; only syntax errors leave others in a tree. */
export const isValidName = (name: string): boolean => validName.test(name);
const validName = /^(?:[\p{L}_][\p{L}\p{Nd}_]*)?$/u;

/** Whether two names differ in nothing but the case of letters. */
export const equalFold = (a: string, b: string): boolean => a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());

/** Whether two packages are the same: by import path. */
export const samePackage = (a: Package | undefined, b: Package | undefined): boolean => a === b || (a !== undefined && b !== undefined && a.path === b.path);

/** Whether `obj` is what `name`, written in `pkg`, denotes as a field or method. */
export function sameId(obj: Obj, pkg: Package | undefined, name: string, foldCase = false): boolean {
  if (foldCase && equalFold(obj.name, name)) return true;
  if (obj.name !== name) return false;
  return isExported(name) || samePackage(obj.pkg, pkg);
}

/** A text that is the same for two fields or methods exactly if they have the same name. */
export function objectId(obj: Obj): string {
  if (isExported(obj.name)) return obj.name;
  return `${obj.pkg?.path || "_"}.${obj.name}`;
}

/** Order of methods in a method set: exported first, then by name, then by package path. */
export function compareFuncs(a: Func, b: Func): number {
  if (a === b) return 0;
  const exported = isExported(a.name);
  if (exported !== isExported(b.name)) return exported ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [p, q] = [a.pkg?.path ?? "", b.pkg?.path ?? ""];
  if (exported || p === q) return 0;
  return p < q ? -1 : 1;
}

/** The index of the field that `name`, written in `pkg`, denotes; -1 if none. */
export function fieldIndex(fields: readonly Var[], pkg: Package | undefined, name: string, foldCase = false): number {
  return name === "_" ? -1 : fields.findIndex((f) => sameId(f, pkg, name, foldCase));
}

/** The method that `name`, written in `pkg`, denotes, with its index. */
export function methodIndex(methods: readonly Func[], pkg: Package | undefined, name: string, foldCase = false): number {
  return name === "_" ? -1 : methods.findIndex((m) => sameId(m, pkg, name, foldCase));
}

/** The exported names of a scope that differ from `name` only in case, sorted. */
export function namesIgnoringCase(scope: Scope, name: string): string[] {
  return [...scope.names.keys()].filter((n) => isExported(n) && equalFold(n, name)).sort();
}

/** What an error message calls an object. */
export function objectKind(obj: Obj): string {
  switch (obj.kind) {
    case "PkgName":
      return "package name";
    case "Const":
      return "constant";
    case "TypeName":
      if (obj.type?.kind === "TypeParam") return "type parameter";
      return obj.type?.kind === "Alias" ? "type alias" : "defined type";
    case "Var":
      return varKinds[obj.role];
    case "Func":
      return obj.type?.kind === "Signature" && obj.type.recv ? "method" : "function";
    case "Label":
      return "label";
    case "Builtin":
      return "built-in function";
    case "Nil":
      return "untyped nil";
  }
}

const varKinds: Readonly<Record<Var["role"], string>> = {
  package: "package-level variable",
  local: "local variable",
  recv: "receiver",
  param: "parameter",
  result: "result variable",
  field: "struct field",
};
