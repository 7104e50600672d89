/** Calls of built-in functions: which arguments, which result. Go: types2/builtins.go. */
import { binaryOp, compare, imag, makeImag, makeInt64, makeUnknown, real, sign, toFloat } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import { checkArguments } from "./arguments.ts";
import { unsafeCall } from "./builtinsunsafe.ts";
import type { Checker } from "./checker.ts";
import { commonUnder } from "./common.ts";
import { error, requireVersion } from "./errors.ts";
import { exclude, exprList, exprOrType, requireVarType, use, varType } from "./evaluate.ts";
import { identical } from "./identical.ts";
import { assignableTo } from "./implements.ts";
import { indexValue } from "./indexing.ts";
import { at } from "./lists.ts";
import { text, type Message } from "./message.ts";
import * as messages from "./messages.ts";
import { anyInvalid, type Operand, operandAt, setOperand, isUsable } from "./operand.ts";
import { allOrdered, allString, everyTerm, isNumeric, isString, isUntyped, isValid, typesOf } from "./predicates.ts";
import { builtinSignature, recordBuiltin } from "./record.ts";
import { arrayBehind, asTypeParam, isTypeParam, under } from "./under.ts";
import { basic, builtinForms, byteType, emptyInterface, invalidType } from "./universe.ts";
import { convertUntyped, matchTypes, updateExprType } from "./untyped.ts";
import type { BasicName, BuiltinName, SignatureType, Term, Type, TypeName } from "./type.ts";

/** A call of a built-in with its arguments checked, where it wants values. */
export interface BuiltinArgs {
  readonly call: ast.CallExpr;
  readonly name: BuiltinName;
  readonly args: readonly Operand[];
}

const byteSlice: Type = { kind: "Slice", elem: byteType };

/** Checks a call of a built-in and puts its result into `x`; answers false where an error was reported. */
export function builtinCall(c: Checker, x: Operand, call: ast.CallExpr, name: BuiltinName): boolean {
  if (call.hasDots && name !== "append") {
    error(c, call, messages.dotsWithBuiltin(name));
    use(c, ...call.args);
    return false;
  }
  // len and cap of an array are constant unless their argument does something.
  const outer = c.env.hasCallOrRecv;
  if (name === "len" || name === "cap") c.env.hasCallOrRecv = false;
  const ok = checkBuiltin(c, x, call, name);
  if (name === "len" || name === "cap") c.env.hasCallOrRecv = outer;
  return ok;
}

function checkBuiltin(c: Checker, x: Operand, call: ast.CallExpr, name: BuiltinName): boolean {
  const takesTypes = name === "make" || name === "new" || name === "Offsetof";
  const args = takesTypes ? [] : exprList(c, call.args);
  if (anyInvalid(args)) return false;
  if (args[0]) setOperand(x, args[0]);
  const count = takesTypes ? call.args.length : args.length;
  const form = builtinForms[name];
  if (count < form.args || (!form.variadic && count > form.args)) {
    error(c, call, messages.builtinArgumentCount(count < form.args, call, form.args, count));
    return false;
  }
  return callBuiltin(c, x, { call, name, args });
}

function callBuiltin(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  switch (b.name) {
    case "append":
      return append(c, x, b);
    case "cap":
    case "len":
      return lenOrCap(c, x, b);
    case "clear":
      return clear(c, x, b);
    case "close":
      return close(c, x, b);
    case "complex":
      return complex(c, x, b);
    case "copy":
      return copy(c, x, b);
    case "delete":
      return remove(c, x, b);
    case "real":
    case "imag":
      return realOrImag(c, x, b);
    case "make":
      return make(c, x, b);
    case "max":
    case "min":
      return minOrMax(c, x, b);
    case "new":
      return newValue(c, x, b);
    case "panic":
      return panic(c, x, b);
    case "print":
    case "println":
      return print(c, x, b);
    case "recover":
      return result(c, b, x, emptyInterface, builtinSignature(emptyInterface));
    default:
      return unsafeCall(c, x, b);
  }
}

function result(c: Checker, b: BuiltinArgs, x: Operand, type: Type | undefined, sig: SignatureType): true {
  x.mode = type ? "value" : "novalue";
  if (type) x.type = type;
  recordBuiltin(c, b.call.fun, sig);
  return true;
}

// ---- slices, maps, channels ---------------------------------------------------------------------------------

/** The element type of a slice; a message where it is none. */
function sliceElem(x: Operand): Type | Message {
  let elem: Type | undefined;
  for (const [, u] of typesOf(x.type)) {
    if (u?.kind !== "Slice") {
      return x.mode === "nilvalue" ? text`argument must be a slice; have untyped nil` : text`argument must be a slice; have ${x}`;
    }
    if (elem && !identical(elem, u.elem)) return text`mismatched slice element types ${elem} and ${u.elem} in ${x}`;
    elem = u.elem;
  }
  return elem ?? invalidType;
}

const isMessage = (t: Type | Message): t is Message => t.kind === "Message";

/** Whether all types of `y` are strings or byte slices; "string" if one is a string. */
function bytesOrString(y: Operand): "no" | "bytes" | "string" {
  let hasString = false;
  for (const [, u] of typesOf(y.type)) {
    if (u?.kind === "Slice" && identical(u.elem, byteType)) continue;
    if (!u || !isString(u)) return "no";
    hasString = true;
  }
  return hasString ? "string" : "bytes";
}

function append(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const elem = sliceElem(x);
  if (isMessage(elem)) {
    error(c, x, messages.invalidAppend(elem));
    return false;
  }
  const slice = x.type;
  const second = b.args[1];
  if (second && b.args.length === 2 && b.call.hasDots && assignableTo(c, x, byteSlice) && bytesOrString(second) === "string") {
    // append(bytes, string...): the untyped string becomes a string.
    if (isUntyped(second.type)) convertUntyped(c, second, basic.string);
    return result(c, b, x, slice, { ...builtinSignature(slice, slice, second.type), variadic: true });
  }
  const sig: SignatureType = { ...builtinSignature(slice, slice, { kind: "Slice", elem }), variadic: true };
  checkArguments(c, b.call, { sig, typeArgs: [], written: [], args: b.args, typeArgLists: [] });
  return result(c, b, x, slice, sig);
}

function lenOrCap(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const isLen = b.name === "len";
  const argument = x.type;
  const u = arrayBehind(under(x.type));
  const valueMode = (t: Type | undefined): boolean => {
    switch (t?.kind) {
      case "Basic":
        return isLen && isString(t);
      case "Array":
      case "Slice":
      case "Chan":
        return true;
      case "Map":
        return isLen;
      default:
        return false;
    }
  };
  const ok = isTypeParam(x.type) ? typesOf(x.type).every(([, t]) => t && valueMode(arrayBehind(t))) : valueMode(u);
  if (!ok) {
    if (isValid(under(x.type))) error(c, x, messages.invalidForBuiltin(x, b.name));
    return false;
  }
  if (u.kind === "Basic" && x.mode === "constant" && x.value?.kind === "string") {
    x.value = makeInt64(x.value.value.length);
  } else if (u.kind === "Array" && !c.env.hasCallOrRecv && !isTypeParam(x.type)) {
    x.mode = "constant";
    x.value = u.len >= 0 ? makeInt64(u.len) : makeUnknown();
  } else {
    x.mode = "value";
    recordBuiltin(c, b.call.fun, builtinSignature(basic.int, argument));
  }
  x.type = basic.int;
  return true;
}

function clear(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 21, text`clear`);
  if (!typesOf(x.type).every(([, u]) => u?.kind === "Map" || u?.kind === "Slice")) {
    error(c, x, messages.cannotClear(x));
    return false;
  }
  return result(c, b, x, undefined, builtinSignature(undefined, x.type));
}

function close(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  for (const [, u] of typesOf(x.type)) {
    if (u?.kind !== "Chan" || u.dir === "recv") {
      error(c, x, messages.cannotClose(u?.kind === "Chan", x));
      return false;
    }
  }
  return result(c, b, x, undefined, builtinSignature(undefined, x.type));
}

function copy(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const y = operandAt(b.args, 1);
  if (!(assignableTo(c, x, byteSlice) && bytesOrString(y) !== "no")) {
    const to = sliceElem(x);
    if (isMessage(to)) {
      error(c, x, messages.invalidCopy(to));
      return false;
    }
    let from = sliceElem(y);
    if (isMessage(from)) {
      if (!allString(y.type)) {
        error(c, y, messages.invalidCopy(from));
        return false;
      }
      from = byteType;
    }
    if (!identical(to, from)) {
      error(c, x, messages.copyMismatch(x, y, to, from));
      return false;
    }
  }
  if (isUntyped(y.type)) convertUntyped(c, y, basic.string);
  return result(c, b, x, basic.int, builtinSignature(basic.int, x.type, y.type));
}

function remove(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const map = x.type;
  let key: Type | undefined;
  for (const [, u] of typesOf(map)) {
    if (u?.kind !== "Map") {
      error(c, x, messages.notAMap(x));
      return false;
    }
    if (key && !identical(u.key, key)) {
      error(c, x, messages.mapsDiffer(x));
      return false;
    }
    ({ key } = u);
  }
  setOperand(x, operandAt(b.args, 1));
  assignment(c, x, key, "argument to delete");
  if (x.mode === "invalid") return false;
  return result(c, b, x, undefined, builtinSignature(undefined, map, key ?? invalidType));
}

function make(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const arg = at(b.call.args, 0);
  const t = varType(c, arg);
  if (!isValid(t)) return false;
  const common = commonUnder(t, (_, u) => {
    if (!u) return text`no specific type`;
    return u.kind === "Slice" || u.kind === "Map" || u.kind === "Chan" ? undefined : text`type must be slice, map, or channel`;
  });
  if (!common.under) {
    error(c, arg, messages.cannotMake(arg, common.error));
    return false;
  }
  const least = common.under.kind === "Slice" ? 2 : 1;
  const count = b.call.args.length;
  if (count < least || count > least + 1) {
    error(c, b.call, messages.makeArguments(b.call, least, count));
    return false;
  }
  const types: Type[] = [t];
  const sizes: number[] = [];
  for (const size of b.call.args.slice(1)) {
    const found = indexValue(c, size, -1);
    types.push(found.type);
    if (found.value >= 0) sizes.push(found.value);
  }
  if (sizes.length === 2 && at(sizes, 0) > at(sizes, 1)) error(c, at(b.call.args, 1), messages.swappedMake());
  return result(c, b, x, t, builtinSignature(t, ...types));
}

function newValue(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const arg = at(b.call.args, 0);
  exprOrType(c, x, arg, false);
  exclude(c, x, "novalue", "builtin");
  if (x.mode === "invalid") return false;
  if (x.mode === "type") requireVarType(c, arg, x.type);
  else {
    if (isUntyped(x.type)) {
      assignment(c, x, undefined, "argument to new");
      if (!isUsable(x)) return false;
    }
    requireVersion(c, b.call.fun, 26, text`new(${arg})`);
  }
  const elem = x.type;
  const type: Type = { kind: "Pointer", elem };
  return result(c, b, x, type, builtinSignature(type, elem));
}

// ---- numbers ------------------------------------------------------------------------------------------------

function complex(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  const y = operandAt(b.args, 1);
  if (isUntyped(x.type) && isUntyped(y.type)) {
    if (x.mode === "constant" && y.mode === "constant") {
      for (const o of [x, y]) if (isNumeric(o.type) && sign(imag(o.value ?? makeUnknown())) === 0) o.type = basic["untyped float"];
    } else {
      convertUntyped(c, x, basic.float64);
      convertUntyped(c, y, basic.float64);
    }
  } else if (isUntyped(x.type)) convertUntyped(c, x, y.type);
  else if (isUntyped(y.type)) convertUntyped(c, y, x.type);
  if (!isUsable(x) || !isUsable(y)) return false;
  if (!identical(x.type, y.type)) {
    error(c, x, messages.mismatchedTypes(b.call, x.type, y.type));
    return false;
  }
  const part = x.type;
  const type = mapBasic(c, x, b.name, { float32: "complex64", float64: "complex128", "untyped float": "untyped complex" });
  if (!type) {
    error(c, x, messages.expectedFloat(part));
    return false;
  }
  if (x.mode === "constant" && y.mode === "constant" && x.value && y.value) {
    x.value = binaryOp(toFloat(x.value), "+", makeImag(toFloat(y.value)));
  } else {
    x.mode = "value";
    recordBuiltin(c, b.call.fun, builtinSignature(type, part, part));
  }
  x.type = type;
  return true;
}

function realOrImag(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  if (isUntyped(x.type)) {
    if (x.mode === "constant") {
      if (isNumeric(x.type)) x.type = basic["untyped complex"];
    } else {
      convertUntyped(c, x, basic.complex128);
      if (!isUsable(x)) return false;
    }
  }
  const whole = x.type;
  const type = mapBasic(c, x, b.name, { complex64: "float32", complex128: "float64", "untyped complex": "untyped float" });
  if (!type) {
    error(c, x, messages.expectedComplex(whole));
    return false;
  }
  if (x.mode === "constant" && x.value) x.value = b.name === "real" ? real(x.value) : imag(x.value);
  else {
    x.mode = "value";
    recordBuiltin(c, b.call.fun, builtinSignature(type, whole));
  }
  x.type = type;
  return true;
}

/** The result type by the basic type of the argument; for a type parameter a new one whose types are mapped likewise. */
function mapBasic(c: Checker, x: Operand, name: BuiltinName, map: Readonly<Partial<Record<BasicName, BasicName>>>): Type | undefined {
  const mapped = (t: Type): Type | undefined => {
    const u = under(t);
    const to = u.kind === "Basic" ? map[u.basic] : undefined;
    return to && basic[to];
  };
  const p = asTypeParam(x.type);
  if (!p) return mapped(x.type);
  const terms: { tilde: boolean; type: Type }[] = [];
  const all = everyTerm(p, (term: Term | undefined) => {
    const type = term?.type && mapped(term.type);
    if (!type || !term) return false;
    terms.push({ tilde: term.tilde, type });
    return true;
  });
  if (!all) return undefined;
  error(c, x, messages.typeParamBuiltin(x, name));
  const obj: TypeName = { ...p.obj, type: undefined };
  const constraint: Type = { kind: "Interface", methods: [], embeddeds: [{ kind: "Union", terms }], implicit: false };
  return { kind: "TypeParam", id: c.typeParamId(), obj, index: p.index, constraint };
}

function minOrMax(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  requireVersion(c, b.call.fun, 21, text`built-in ${b.name}`);
  for (let i = 0; i < b.args.length; i++) {
    const a = operandAt(b.args, i);
    if (a.mode === "invalid") return false;
    if (!allOrdered(a.type)) {
      error(c, a, messages.cannotBeOrdered(a));
      return false;
    }
    if (i === 0) continue;
    matchTypes(c, x, a);
    if (!isUsable(x)) return false;
    if (!identical(x.type, a.type)) {
      error(c, a, messages.mismatchedArguments(x.type, a.type, a.expr ?? ""));
      return false;
    }
    if (x.mode === "constant" && a.mode === "constant" && x.value && a.value) {
      if (compare(a.value, b.name === "min" ? "<" : ">", x.value)) setOperand(x, a);
    } else x.mode = "value";
  }
  if (x.mode !== "constant") {
    x.mode = "value";
    // Untyped operands that are not constant get their default types.
    assignment(c, x, emptyInterface, `argument to built-in ${b.name}`);
    if (!isUsable(x)) return false;
  }
  for (const a of b.args) if (a.expr) updateExprType(c, a.expr, x.type, true);
  if (x.mode !== "constant") recordBuiltin(c, b.call.fun, builtinSignature(x.type, ...b.args.map(() => x.type)));
  return true;
}

// ---- others -------------------------------------------------------------------------------------------------

function panic(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  if (c.env.sig && c.env.sig.results.length > 0) c.env.panics.add(b.call);
  assignment(c, x, emptyInterface, "argument to panic");
  return isUsable(x) && result(c, b, x, undefined, builtinSignature(undefined, emptyInterface));
}

function print(c: Checker, x: Operand, b: BuiltinArgs): boolean {
  for (const a of b.args) {
    assignment(c, a, undefined, `argument to built-in ${b.name}`);
    if (a.mode === "invalid") return false;
  }
  return result(c, b, x, undefined, builtinSignature(undefined, ...b.args.map((a) => a.type)));
}
