/** The functions of package unsafe. Go: types2/builtins.go. */
import { makeInt64 } from "../constant/index.ts";
import { assignment } from "./assignable.ts";
import type { BuiltinArgs } from "./builtins.ts";
import type { Checker } from "./checker.ts";
import { commonUnder } from "./common.ts";
import { error, requireVersion } from "./errors.ts";
import { expr, use } from "./evaluate.ts";
import { isValidIndex } from "./indexing.ts";
import { at } from "./lists.ts";
import { lookupFieldOrMethod } from "./lookup.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { type Operand, operandAt, operandOf, isUsable } from "./operand.ts";
import { unparen } from "./positions.ts";
import { builtinSignature, record, recordBuiltin, recordSelection } from "./record.ts";
import { alignof, offsetof, sizeof } from "./sizes.ts";
import { asNamed, isTypeParam, structBehind, under } from "./under.ts";
import { basic, byteType, invalidType } from "./universe.ts";
import type { NamedType, Type } from "./type.ts";

const pointerTo = (elem: Type): Type => ({ kind: "Pointer", elem });

/** Checks a call of a function of package unsafe; answers false where an error was reported. */
export function unsafeCall(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  switch (b.name) {
    case "Add":
      return add(c, x, b);
    case "Alignof":
      return sizeOrAlign(c, x, b, "Alignof", alignof);
    case "Sizeof":
      return sizeOrAlign(c, x, b, "Sizeof", sizeof);
    case "Offsetof":
      return offset(c, x, b);
    case "Slice":
      return slice(c, x, b);
    case "SliceData":
      return sliceData(c, x, b);
    case "String":
      return string(c, x, b);
    default:
      return stringData(c, x, b);
  }
}

function add(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 17, text`unsafe.Add`);
  assignment(c, x, basic["unsafe.Pointer"], "argument to unsafe.Add");
  if (!isUsable(x)) return false;
  const y = operandAt(b.args, 1);
  if (!isValidIndex(c, y, "length", true)) return false;
  return value(c, x, b, basic["unsafe.Pointer"], basic["unsafe.Pointer"], y.type);
}

function value(c: Checker, x: Operand, b: BuiltinArgs, type: Type, ...params: Type[]): true {
  x.mode = "value";
  x.type = type;
  recordBuiltin(c, b.call.fun, builtinSignature(type, ...params));
  return true;
}

/** A constant, unless the type's size depends on type parameters. */
function sizeOrAlign(c: Checker, x: Operand, b: BuiltinArgs, name: string, measure: (t: Type) => number): boolean {
  assignment(c, x, undefined, `argument to unsafe.${name}`);
  if (!isUsable(x)) return false;
  if (hasVariableSize(x.type, new Map())) return value(c, x, b, basic.uintptr, x.type);
  const size = measure(x.type);
  if (size < 0) {
    error(c, x, messages.tooLarge(x));
    return false;
  }
  x.mode = "constant";
  x.value = makeInt64(size);
  x.type = basic.uintptr;
  return true;
}

function hasVariableSize(t: Type, seen: Map<NamedType, boolean>): boolean {
  const n = asNamed(t);
  if (!n) return variableUnder(t, seen);
  const known = seen.get(n);
  if (known !== undefined) return known;
  seen.set(n, true);
  const variable = variableUnder(t, seen);
  seen.set(n, variable);
  return variable;
}

function variableUnder(t: Type, seen: Map<NamedType, boolean>): boolean {
  const u = under(t);
  if (u.kind === "Array") return hasVariableSize(u.elem, seen);
  if (u.kind === "Struct") return u.fields.some((f) => hasVariableSize(f.type ?? invalidType, seen));
  return u.kind === "Interface" && isTypeParam(t);
}

function offset(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const arg = at(b.call.args, 0);
  const selector = unparen(arg);
  if (selector.kind !== "SelectorExpr") {
    error(c, arg, messages.notASelector(arg));
    use(c, arg);
    return false;
  }
  expr(c, x, selector.x);
  if (!isUsable(x)) return false;
  const base = structBehind(x.type);
  const name = selector.sel.value;
  const found = lookupFieldOrMethod(base, false, c.pkg, name);
  if (!found.obj) {
    error(c, x, messages.noSingleField(base, name));
    return false;
  }
  if (found.obj.kind === "Func") {
    error(c, arg, messages.isMethodValue(arg));
    return false;
  }
  if (found.indirect) {
    error(c, x, messages.embeddedViaPointer(name, base));
    return false;
  }
  const index = found.index ?? [];
  const type = found.obj.type ?? invalidType;
  recordSelection(c, selector, { kind: "field", recv: base, obj: found.obj, index, indirect: false });
  record(c, operandOf(x.mode === "variable" ? "variable" : "value", selector, type));
  if (hasVariableSize(base, new Map())) return value(c, x, b, basic.uintptr, type);
  const bytes = offsetof(base, index);
  if (bytes < 0) {
    error(c, x, messages.tooLarge(x));
    return false;
  }
  x.mode = "constant";
  x.value = makeInt64(bytes);
  x.type = basic.uintptr;
  return true;
}

function slice(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 17, text`unsafe.Slice`);
  const u = commonUnder(x.type).under;
  if (u?.kind !== "Pointer") {
    error(c, x, messages.isNot(x, "pointer"));
    return false;
  }
  const y = operandAt(b.args, 1);
  if (!isValidIndex(c, y, "length", false)) return false;
  return value(c, x, b, { kind: "Slice", elem: u.elem }, u, y.type);
}

function sliceData(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 20, text`unsafe.SliceData`);
  const u = commonUnder(x.type).under;
  if (u?.kind !== "Slice") {
    error(c, x, messages.isNot(x, "slice"));
    return false;
  }
  return value(c, x, b, pointerTo(u.elem), u);
}

function string(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 20, text`unsafe.String`);
  assignment(c, x, pointerTo(byteType), "argument to unsafe.String");
  if (!isUsable(x)) return false;
  const y = operandAt(b.args, 1);
  if (!isValidIndex(c, y, "length", false)) return false;
  return value(c, x, b, basic.string, pointerTo(byteType), y.type);
}

function stringData(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 20, text`unsafe.StringData`);
  assignment(c, x, basic.string, "argument to unsafe.StringData");
  if (!isUsable(x)) return false;
  return value(c, x, b, pointerTo(byteType), basic.string);
}
