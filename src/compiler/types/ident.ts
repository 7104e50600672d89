/** A name in an expression or type. Go: types2/typexpr.go (ident). */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { error, requireVersion } from "./errors.ts";
import { type Message, text } from "./message.ts";
import * as messages from "./messages.ts";
import { isValidName, objectKind } from "./names.ts";
import type { Operand } from "./operand.ts";
import { isValid } from "./predicates.ts";
import { recordUse } from "./record.ts";
import { basic, comparableType, anyType, iotaConst } from "./universe.ts";
import { isAliasName } from "./typestring.ts";
import { invalidType } from "./universe.ts";
import type { Obj, Type } from "./type.ts";

/** The type of an object, as an operand; names without one have the invalid type. */
function objectType(obj: Obj): Type | undefined {
  switch (obj.kind) {
    case "PkgName":
    case "Label":
    case "Builtin":
      return invalidType;
    case "Nil":
      return basic["untyped nil"];
    default:
      return obj.type;
  }
}

/** Resolves a name; with `wantType` it must denote a type. */
export function ident(c: Checker, x: Operand, e: ast.Name, wantType: boolean): void {
  x.mode = "invalid";
  x.expr = e;
  const found = c.lookupScope(e.value);
  const obj = found?.[1] ?? c.importNamed(e.value);
  if (!obj) {
    if (e.value === "_") error(c, e, messages.blankAsValue());
    else if (isValidName(e.value)) error(c, e, undeclared(c, e.value));
    return;
  }
  if (obj === comparableType.obj || obj === anyType.obj) {
    if (!requireVersion(c, e, 18, text`predeclared ${e.value}`)) return;
  }
  recordUse(c, e, obj);
  const isType = obj.kind === "TypeName";
  if (!isType && wantType) {
    error(c, e, messages.notAType(obj.name, objectKindOf(obj)));
    if (obj.kind === "Var" && obj.pkg === c.pkg) obj.used = true;
    return;
  }
  let type = objectType(obj);
  if (!type || (isType && wantType && obj.pkg === c.pkg)) {
    c.objDecl(obj);
    type = objectType(obj) ?? invalidType;
  }
  if (found) {
    const pkgName = c.dotImports.get(found[0])?.get(obj.name);
    if (pkgName) pkgName.used = true;
  }
  if (useObject(c, x, e, obj, type)) x.type = type;
}

function undeclared(c: Checker, name: string): Message {
  const own = c.undeclared(name);
  return own === undefined ? messages.undefinedName(name) : messages.words(own);
}

const objectKindOf = (obj: Obj): string => (obj.kind === "TypeName" && isAliasName(obj) ? "type alias" : objectKind(obj));

function useObject(c: Checker, x: Operand, e: ast.Name, obj: Obj, type: Type): boolean {
  switch (obj.kind) {
    case "PkgName":
      error(c, e, messages.packageWithoutSelector(obj.name));
      return false;
    case "Const":
      c.dependOn(obj);
      if (!isValid(type)) return false;
      if (obj === iotaConst && !c.env.iota) {
        error(c, e, messages.iotaOutside());
        return false;
      }
      x.value = obj === iotaConst ? c.env.iota : obj.value;
      x.mode = "constant";
      return true;
    case "TypeName":
      x.mode = "type";
      return true;
    case "Var":
      if (obj.pkg === c.pkg) obj.used = true;
      c.dependOn(obj);
      if (!isValid(type)) return false;
      x.mode = "variable";
      return true;
    case "Func":
      c.dependOn(obj);
      x.mode = "value";
      return true;
    case "Builtin":
      x.builtin = obj.name;
      x.mode = "builtin";
      return true;
    case "Nil":
      x.mode = "nilvalue";
      return true;
    case "Label":
      return false;
  }
}
