/** Literals: basic ones, functions, composites. Go: types2/literals.go. */
import { exactString, makeFromLiteral, valueString, type Value, toFloat, toInt } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import type { Checker } from "./checker.ts";
import { commonUnder } from "./common.ts";
import { checkOverflow, operatorPos } from "./constants.ts";
import { error } from "./errors.ts";
import { expr, exprWithHint, typeOf, use, varType } from "./evaluate.ts";
import { identical } from "./identical.ts";
import { indexValue } from "./indexing.ts";
import { at, type Mutable } from "./lists.ts";
import * as messages from "./messages.ts";
import { fieldIndex, isExported, samePackage } from "./names.ts";
import { newOperand, type Operand } from "./operand.ts";
import { isNonTypeParamInterface, isValid } from "./predicates.ts";
import { recordType, recordUse } from "./record.ts";
import { deref } from "./under.ts";
import { basic, invalidType } from "./universe.ts";
import type { ArrayType, BasicType, StructType, Type } from "./type.ts";

const literalTypes: Readonly<Record<ast.LitKind, BasicType>> = {
  int: basic["untyped int"], float: basic["untyped float"], imaginary: basic["untyped complex"], rune: basic["untyped rune"], string: basic["untyped string"],
};

/** Number literals may have this many characters. */
const MAX_LITERAL = 10000;

/** A number, rune or string. */
export function basicLit(c: Checker, x: Operand, e: ast.BasicLit): void {
  if (e.lit === "int" || e.lit === "float" || e.lit === "imaginary") {
    requireLiteralVersion(c, e);
    if (e.value.length > MAX_LITERAL) {
      error(c, e, messages.longConstant(e.value.slice(0, 10), e.value.length));
      return;
    }
  }
  const value = makeFromLiteral(e.value, e.lit);
  if (value.kind === "unknown") {
    error(c, e, messages.malformedConstant(e.value));
    return;
  }
  x.mode = "constant";
  x.type = literalTypes[e.lit];
  x.value = value;
  x.expr = e;
  checkOverflow(c, x, operatorPos(e));
}

function requireLiteralVersion(c: Checker, e: ast.BasicLit): void {
  const s = e.value;
  if (s.length <= 2 || c.allows(13)) return;
  let what: string | undefined;
  if (s.includes("_")) what = "underscore in numeric literal";
  else if (/^0[bB]/.test(s)) what = "binary literal";
  else if (/^0[oO]/.test(s)) what = "0o/0O-style octal literal";
  else if (e.lit !== "int" && /^0[xX]/.test(s)) what = "hexadecimal floating-point literal";
  if (what) error(c, e, messages.requiresVersion(messages.words(what), 13));
}

/** A function literal; its body is checked after the statement it stands in. */
export function funcLit(c: Checker, x: Operand, e: ast.FuncLit): void {
  const sig = typeOf(c, e.type);
  const scope = c.info.scopes.get(e.type);
  if (sig.kind !== "Signature" || !scope) return;
  Object.assign(scope, { pos: e.pos, end: e.body.rbrace });
  const { decl, iota } = c.env;
  c.later(() => c.funcBody(decl, sig, scope, e.body, iota));
  x.mode = "value";
  x.type = sig;
}

// ---- composite literals -------------------------------------------------------------------------------------

/** `T{…}`; without a type it is an element of a literal whose elements have type `hint`. */
export function compositeLit(c: Checker, x: Operand, e: ast.CompositeLit, hint: Type | undefined): void {
  const { type, base } = literalType(c, e, hint);
  const common = commonUnder(base);
  const u = common.under;
  switch (u?.kind) {
    case "Struct":
      structLit(c, x, e, u, base);
      break;
    case "Array": {
      const length = indexedElements(c, e.elems, u.elem, u.len);
      if (u.len < 0) {
        const array: Mutable<ArrayType> = u;
        array.len = length;
        if (e.type) recordType(c, e.type, "type", array);
      }
      break;
    }
    case "Slice":
      indexedElements(c, e.elems, u.elem, -1);
      break;
    case "Map":
      mapLit(c, x, e, u.key, u.elem);
      break;
    default:
      for (const element of e.elems) use(c, element.kind === "KeyValueExpr" ? element.value : element);
      if (!u || isValid(u)) {
        error(c, e, messages.invalidLiteralType(hint !== undefined && !e.type, type, u === undefined));
        x.mode = "invalid";
        return;
      }
  }
  x.mode = "value";
  x.type = type;
}

function literalType(c: Checker, e: ast.CompositeLit, hint: Type | undefined): { type: Type; base: Type } {
  if (e.type) {
    if (e.type.kind === "ArrayType" && !e.type.len) {
      const type: Type = { kind: "Array", len: -1, elem: varType(c, e.type.elem) };
      return { type, base: type };
    }
    const type = typeOf(c, e.type);
    return { type, base: type };
  }
  if (!hint) {
    error(c, e, messages.missingLiteralType());
    return { type: invalidType, base: invalidType };
  }
  // {…} stands for &T{…} where pointers are wanted.
  const u = commonUnder(hint).under;
  const [elem, isPointer] = u ? deref(u) : [hint, false];
  return { type: hint, base: isPointer ? elem : hint };
}

function structLit(c: Checker, x: Operand, e: ast.CompositeLit, u: StructType, base: Type): void {
  const [first] = e.elems;
  if (!first) return;
  if (first.kind === "KeyValueExpr") keyedFields(c, x, e, u, base);
  else positionalFields(c, x, e, u, base);
}

function keyedFields(c: Checker, x: Operand, e: ast.CompositeLit, u: StructType, base: Type): void {
  const visited = new Set<number>();
  for (const element of e.elems) {
    if (element.kind !== "KeyValueExpr") {
      error(c, element, messages.mixedStructLiteral());
      continue;
    }
    const { key } = element;
    expr(c, x, element.value);
    if (key.kind !== "Name") {
      error(c, element, messages.invalidFieldName(key));
      continue;
    }
    const i = fieldIndex(u.fields, c.pkg, key.value);
    if (i < 0) {
      const alternative = u.fields[fieldIndex(u.fields, c.pkg, key.value, true)];
      error(c, key, messages.lookupError(c.pkg, base, key.value, alternative, true));
      continue;
    }
    const field = at(u.fields, i);
    recordUse(c, key, field);
    assignment(c, x, field.type, "struct literal");
    if (visited.has(i)) error(c, element, messages.duplicateField(key.value));
    visited.add(i);
  }
}

function positionalFields(c: Checker, x: Operand, e: ast.CompositeLit, u: StructType, base: Type): void {
  for (let i = 0; i < e.elems.length; i++) {
    const element = at(e.elems, i);
    if (element.kind === "KeyValueExpr") {
      error(c, element, messages.mixedStructLiteral());
      continue;
    }
    expr(c, x, element);
    const field = u.fields[i];
    if (!field) {
      error(c, x, messages.tooManyValues(base));
      break;
    }
    if (!isExported(field.name) && !samePackage(field.pkg, c.pkg)) {
      error(c, x, messages.implicitUnexported(field.name, base));
      continue;
    }
    assignment(c, x, field.type, "struct literal");
  }
  if (e.elems.length < u.fields.length) error(c, e.rbrace, messages.tooFewValues(base));
}

function mapLit(c: Checker, x: Operand, e: ast.CompositeLit, key: Type, elem: Type): void {
  const keyIsInterface = isNonTypeParamInterface(key);
  const visited = new Map<string, Type[]>();
  for (const element of e.elems) {
    if (element.kind !== "KeyValueExpr") {
      error(c, element, messages.missingKey());
      continue;
    }
    exprWithHint(c, x, element.key, key);
    assignment(c, x, key, "map literal");
    if (x.mode === "invalid") continue;
    if (x.mode === "constant" && x.value) {
      const id = constantKey(x.value);
      const types = visited.get(id);
      if (types && (!keyIsInterface || types.some((t) => identical(t, x.type)))) {
        error(c, x, messages.duplicateKey(valueString(x.value)));
        continue;
      }
      visited.set(id, [...(types ?? []), x.type]);
    }
    exprWithHint(c, x, element.value, elem);
    assignment(c, x, elem, "map literal");
  }
}

/** A text that is the same for equal constants, whatever their kind: 1 and 1.0 are one key. */
function constantKey(value: Value): string {
  if (value.kind === "string") return `"${value.value}`;
  const real = value.kind === "complex" ? toFloat(value) : value;
  const whole = real.kind === "float" ? toInt(real) : real;
  return exactString(whole.kind === "unknown" ? (real.kind === "unknown" ? value : real) : whole);
}

/** Checks elements of an array or slice; answers how many there are, indices counted. */
function indexedElements(c: Checker, elems: readonly ast.Expr[], elem: Type, length: number): number {
  const visited = new Set<number>();
  let index = 0;
  let most = 0;
  for (const e of elems) {
    let valid = false;
    let value = e;
    if (e.kind === "KeyValueExpr") {
      const i = indexValue(c, e.key, length);
      if (i.valid) {
        if (i.value >= 0) {
          index = i.value;
          valid = true;
        } else error(c, e, messages.indexNotConstant(e.key));
      }
      ({ value } = e);
    } else if (length >= 0 && index >= length) error(c, e, messages.indexOutOfBounds(index, length));
    else valid = true;
    if (valid) {
      if (visited.has(index)) error(c, e, messages.duplicateIndex(index));
      visited.add(index);
    }
    index++;
    most = Math.max(most, index);
    const x = newOperand();
    exprWithHint(c, x, value, elem);
    assignment(c, x, elem, "array or slice literal");
  }
  return most;
}

