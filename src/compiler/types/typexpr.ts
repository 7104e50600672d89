/** Expressions that denote types. Go: types2/typexpr.go, struct.go. */
import { int64Val, makeFromLiteral, stringVal, toInt } from "../constant/index.ts";
import { decodeUtf8, type Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { representable } from "./constants.ts";
import { error, report, requireVersion } from "./errors.ts";
import { expr, typeList, use, varType } from "./evaluate.ts";
import { comparable } from "./identical.ts";
import { ident } from "./ident.ts";
import { verify } from "./implements.ts";
import { interfaceType } from "./interface.ts";
import * as messages from "./messages.ts";
import { recordMono } from "./mono.ts";
import { objectId } from "./names.ts";
import { newOperand, type Operand } from "./operand.ts";
import { isGeneric, isInteger, isUntyped, isValid } from "./predicates.ts";
import { startPos, unpackList } from "./positions.ts";
import { newVar, recordDef, recordInstance, recordType } from "./record.ts";
import { selector } from "./selector.ts";
import { funcType } from "./signature.ts";
import { instance } from "./subst.ts";
import { text } from "./message.ts";
import { deref, isTypeParam, under } from "./under.ts";
import { basic, invalidType } from "./universe.ts";
import type { AliasType, MapType, NamedType, Type, TypeName, Var } from "./type.ts";

/** The type that `e` denotes; `def` is the name that it declares. */
export function declaredType(c: Checker, e: ast.Expr, def: TypeName | undefined): Type {
  let t = typeOfExpr(c, e, def);
  if (isGeneric(t)) {
    error(c, e, messages.genericType(t));
    t = invalidType;
  }
  recordType(c, e, "type", t);
  return t;
}

/** The generic type that `e` denotes. */
export function genericType(c: Checker, e: ast.Expr, notGeneric: (t: Type) => void): Type {
  let t = typeOfExpr(c, e, undefined);
  if (isValid(t) && !isGeneric(t)) {
    notGeneric(t);
    t = invalidType;
  }
  recordType(c, e, "type", t);
  return t;
}

function typeOfExpr(c: Checker, e: ast.Expr, def: TypeName | undefined): Type {
  switch (e.kind) {
    case "BadExpr":
      return invalidType;
    case "Name": {
      const x = newOperand();
      ident(c, x, e, true);
      return denotedType(c, x);
    }
    case "SelectorExpr": {
      const x = newOperand();
      selector(c, x, e, true);
      return denotedType(c, x);
    }
    case "IndexExpr":
      requireVersion(c, e, 18, text`type instantiation`);
      return instantiatedType(c, e.x, unpackList(e.index));
    case "ParenExpr":
      return declaredType(c, e.x, def);
    case "ArrayType":
      return arrayType(c, e);
    case "SliceType":
      return { kind: "Slice", elem: varType(c, e.elem) };
    case "StructType":
      return structType(c, e);
    case "Operation": {
      if (e.op !== "*" || e.y) break;
      const elem = varType(c, e.x);
      return isValid(elem) ? { kind: "Pointer", elem } : invalidType;
    }
    case "FuncType":
      return funcType(c, { type: e }).sig;
    case "InterfaceType":
      return interfaceType(c, e, def);
    case "MapType":
      return mapType(c, e);
    case "ChanType":
      return { kind: "Chan", dir: e.dir, elem: varType(c, e.elem) };
    case "DotsType":
      error(c, e, messages.invalidDots());
      return invalidType;
    default:
      break;
  }
  error(c, e, messages.expressionNotAType(e));
  use(c, e);
  return invalidType;
}

function denotedType(c: Checker, x: Operand): Type {
  if (x.mode === "type") return x.type;
  if (x.mode === "novalue") error(c, x, messages.usedAsType(x));
  else if (x.mode !== "invalid") error(c, x, messages.operandNotAType(x));
  return invalidType;
}

function arrayType(c: Checker, e: ast.ArrayType): Type {
  let len = -1;
  if (e.len) len = arrayLength(c, e.len);
  else error(c, e, messages.dotsArrayOutside());
  const elem = varType(c, e.elem);
  return len >= 0 ? { kind: "Array", len, elem } : invalidType;
}

/** The length of an array type; -1 if it is wrong. */
function arrayLength(c: Checker, e: ast.Expr): number {
  if (e.kind === "Name") {
    // A plain name may be meant as a type parameter's; say so.
    const obj = c.lookup(e.value);
    if (!obj) {
      error(c, e, messages.undefinedArrayLength(e.value));
      return -1;
    }
    if (obj.kind !== "Const") {
      error(c, e, messages.invalidArrayLengthName(e.value));
      return -1;
    }
  }
  const x = newOperand();
  expr(c, x, e);
  if (x.mode !== "constant" || !x.value) {
    if (x.mode !== "invalid") error(c, x, messages.arrayLengthConstant(x));
    return -1;
  }
  if (isUntyped(x.type) || isInteger(x.type)) {
    const value = toInt(x.value);
    if (value.kind === "int" && representable(value, basic.int)) {
      const n = int64Val(value);
      if (n.exact && n.value >= 0n) return Number(n.value);
    }
  }
  error(c, x, isInteger(x.type) ? messages.invalidArrayLength(x) : messages.arrayLengthInteger(x));
  return -1;
}

function mapType(c: Checker, e: ast.MapType): Type {
  const key = varType(c, e.key);
  const t: MapType = { kind: "Map", key, elem: varType(c, e.value) };
  c.later(() => {
    if (!comparable(key)) error(c, e.key, messages.invalidMapKey(key, isTypeParam(key)));
  });
  return t;
}

/** `T[A, B]`. The arguments are verified when the declaration or statement is complete. */
function instantiatedType(c: Checker, x: ast.Expr, list: readonly ast.Expr[]): Type {
  const generic = genericType(c, x, (t) => error(c, x, messages.notAGenericType(x, list, t)));
  if (!isValid(generic) || (generic.kind !== "Named" && generic.kind !== "Alias")) return invalidType;
  const args = typeList(c, list);
  if (!args) return invalidType;
  if (generic.kind === "Alias" && !rightArgumentCount(c, x.pos, generic, args.length)) return invalidType;
  c.instances.at = x.pos;
  const inst = instance(generic, args, c.instances);
  c.later(() => {
    recordInstance(c, x, args, inst);
    if (!rightArgumentCount(c, x.pos, generic, args.length)) return;
    const wrong = verify(c, generic.typeParams, args);
    if (!wrong) return recordMono(c, x.pos, generic.typeParams, args, list);
    const where = list[wrong.index];
    error(c, where ? startPos(where) : x.pos, text`${wrong.cause}`);
  });
  return inst;
}

function rightArgumentCount(c: Checker, pos: Pos, t: NamedType | AliasType, got: number): boolean {
  const want = t.typeParams.length;
  if (got === want) return true;
  error(c, pos, messages.typeArgumentsForType(got < want, t.obj.name, got, want));
  return false;
}

// ---- structs ------------------------------------------------------------------------------------------------

function structType(c: Checker, e: ast.StructType): Type {
  const fields: Var[] = [];
  const tags: string[] = [];
  const names = new Map<string, Var>();
  let type: Type = invalidType;
  let previous: ast.Expr | undefined;
  e.fields.forEach((f, i) => {
    if (f.type !== previous) {
      type = varType(c, f.type);
      previous = f.type;
    }
    const tag = tagText(c, e.tags[i]);
    const add = (name: ast.Name, t: Type, embedded: boolean): void => {
      const field = newVar(c, "field", name.pos, name.value, t, embedded);
      if (name.value !== "_" && !declareField(c, names, field)) return;
      fields.push(field);
      tags.push(tag);
      recordDef(c, name, field);
    };
    if (f.name) return add(f.name, type, false);
    const pos = startPos(f.type);
    const name = embeddedName(f.type);
    if (!name) {
      error(c, pos, messages.invalidEmbedded(f.type));
      return add({ kind: "Name", pos, value: "_" }, invalidType, true);
    }
    add(name, type, true);
    checkEmbedded(c, pos, type);
  });
  return { kind: "Struct", fields, tags };
}

function declareField(c: Checker, names: Map<string, Var>, field: Var): boolean {
  const id = objectId(field);
  const other = names.get(id);
  if (!other) {
    names.set(id, field);
    return true;
  }
  report(c, [{ at: field, message: messages.redeclaredField(field.name) }, { at: other, message: messages.otherDeclaration(other.name) }]);
  return false;
}

/** The name of an embedded field: that of its type without package, pointer and type arguments. */
function embeddedName(e: ast.Expr): ast.Name | undefined {
  switch (e.kind) {
    case "Name":
      return e;
    case "Operation": {
      if (e.op !== "*" || e.y) return undefined;
      const twice = e.x.kind === "Operation" && e.x.op === "*" && !e.x.y;
      return twice ? undefined : embeddedName(e.x);
    }
    case "SelectorExpr":
      return e.sel;
    case "IndexExpr":
      return embeddedName(e.x);
    case "ParenExpr":
      return undefined;
    default:
      return undefined;
  }
}

function checkEmbedded(c: Checker, pos: Pos, embedded: Type): void {
  c.later(() => {
    const [t, isPointer] = deref(embedded);
    const u = under(t);
    if (u.kind === "Basic") {
      if (isValid(t) && u.basic === "unsafe.Pointer") error(c, pos, messages.embeddedKind("unsafe.Pointer"));
    } else if (u.kind === "Pointer") error(c, pos, messages.embeddedKind("a pointer"));
    else if (u.kind === "Interface") {
      if (isTypeParam(t)) error(c, pos, messages.embeddedKind("a (pointer to a) type parameter"));
      else if (isPointer) error(c, pos, messages.embeddedKind("a pointer to an interface"));
    }
  });
}

function tagText(c: Checker, tag: ast.BasicLit | undefined): string {
  if (!tag || tag.bad) return "";
  const value = tag.lit === "string" ? makeFromLiteral(tag.value, "string") : undefined;
  if (value?.kind === "string") return decodeUtf8(stringVal(value));
  error(c, tag, messages.incorrectTag(tag.value));
  return "";
}
