/** Index and slice expressions. Go: types2/index.go. */
import { int64Val, sign, stringVal } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import type { Checker } from "./checker.ts";
import { representable } from "./constants.ts";
import { error } from "./errors.ts";
import { expr, exprOrType, use, varType } from "./evaluate.ts";
import { identical } from "./identical.ts";
import * as messages from "./messages.ts";
import { invalidate, newOperand, type Operand, isUsable } from "./operand.ts";
import { allInteger, isGeneric, isString, isUntyped, isValid, typesOf } from "./predicates.ts";
import { isTypeParam, under } from "./under.ts";
import { basic, byteType, invalidType } from "./universe.ts";
import { convertUntyped } from "./untyped.ts";
import type { Type } from "./type.ts";

/** Checks `x[i]`; answers true, with `x` the function, if it instantiates a generic function. */
export function indexExpr(c: Checker, x: Operand, e: ast.IndexExpr): boolean {
  exprOrType(c, x, e.x, true);
  if (x.mode === "invalid") {
    use(c, e.index);
    return false;
  }
  if (x.mode === "type") {
    x.mode = "invalid";
    x.type = varType(c, e);
    if (isValid(x.type)) x.mode = "type";
    return false;
  }
  if (x.mode === "value") {
    const u = under(x.type);
    if (u.kind === "Signature" && u.typeParams.length > 0) return true;
  }
  if (rejectGeneric(c, x)) return false;
  const element = elementOf(x);
  if (!element) {
    error(c, e.pos, messages.cannotIndex(x));
    use(c, e.index);
    invalidate(x);
    return false;
  }
  const index = singleIndex(c, e);
  if (element.key) {
    const key = newOperand();
    expr(c, key, index);
    assignment(c, key, element.key, "map index");
    x.mode = "mapindex";
    x.type = element.type;
    x.expr = e;
    return false;
  }
  x.mode = element.mode;
  x.type = element.type;
  indexValue(c, index, element.length);
  return false;
}

function rejectGeneric(c: Checker, x: Operand): boolean {
  if (!x.expr || !isGeneric(x.type)) return false;
  error(c, x.expr, messages.genericWithoutInstantiation("type", x.expr));
  x.mode = "invalid";
  x.type = invalidType;
  return true;
}

interface Element {
  /** Present for maps. */
  readonly key?: Type;
  readonly type: Type;
  readonly mode: "variable" | "value";
  /** Number of elements where it is known, else -1. */
  readonly length: number;
}

/** What indexing `x` yields; undefined if it can't be indexed. */
function elementOf(x: Operand): Element | undefined {
  const inPlace = x.mode === "variable" ? "variable" : "value";
  if (!isTypeParam(x.type)) {
    const length = x.mode === "constant" && x.value?.kind === "string" ? stringVal(x.value).length : -1;
    return elementOfUnder(under(x.type), inPlace, length);
  }
  let common: Element | undefined;
  for (const [, u] of typesOf(x.type)) {
    const found = u && elementOfUnder(u, inPlace, -1);
    if (!found) return undefined;
    if (!common) {
      common = found;
      continue;
    }
    if ((common.key === undefined) !== (found.key === undefined)) return undefined;
    if (common.key && found.key && !identical(common.key, found.key)) return undefined;
    if (!identical(common.type, found.type)) return undefined;
    const mode = common.mode === "value" || found.mode === "value" ? "value" : "variable";
    const length = found.length >= 0 && found.length < common.length ? found.length : common.length;
    common = { ...common, mode, length };
  }
  return common;
}

function elementOfUnder(u: Type, inPlace: "variable" | "value", stringLength: number): Element | undefined {
  switch (u.kind) {
    case "Basic":
      return isString(u) ? { type: byteType, mode: "value", length: stringLength } : undefined;
    case "Array":
      return { type: u.elem, mode: inPlace, length: u.len };
    case "Pointer": {
      const array = under(u.elem);
      return array.kind === "Array" ? { type: array.elem, mode: "variable", length: array.len } : undefined;
    }
    case "Slice":
      return { type: u.elem, mode: "variable", length: -1 };
    case "Map":
      return { key: u.key, type: u.elem, mode: "variable", length: -1 };
    default:
      return undefined;
  }
}

function singleIndex(c: Checker, e: ast.IndexExpr): ast.Expr {
  if (e.index.kind !== "ListExpr") return e.index;
  const [first, second] = e.index.elems;
  if (second) error(c, second, messages.moreThanOneIndex());
  return first ?? e.index;
}

/** Checks an index that must be below `max` (if not negative); its value is -1 where it is not constant. */
export function indexValue(c: Checker, index: ast.Expr, max: number): { readonly valid: boolean; readonly type: Type; readonly value: number } {
  const wrong = { valid: false, type: invalidType, value: -1 };
  const x = newOperand();
  expr(c, x, index);
  if (!isValidIndex(c, x, "index", false)) return wrong;
  if (x.mode !== "constant" || !x.value) return { valid: true, type: x.type, value: -1 };
  if (x.value.kind === "unknown") return wrong;
  const value = Number(int64Val(x.value).value);
  if (max >= 0 && value >= max) {
    error(c, x, messages.indexArgumentOutOfBounds(x.value, max));
    return wrong;
  }
  return { valid: true, type: x.type, value };
}

/** Whether the operand can be an index, a length or a capacity; reports it otherwise. */
export function isValidIndex(c: Checker, x: Operand, what: string, allowNegative: boolean): boolean {
  if (x.mode === "invalid") return false;
  convertUntyped(c, x, basic.int);
  if (!isUsable(x)) return false;
  if (!allInteger(x.type)) {
    error(c, x, messages.mustBeInteger(what, x));
    return false;
  }
  if (x.mode !== "constant" || !x.value) return true;
  if (!allowNegative && sign(x.value) < 0) {
    error(c, x, messages.mustNotBeNegative(what, x));
    return false;
  }
  const value = representable(x.value, basic.int);
  if (!value) {
    error(c, x, messages.overflowsInt(what, x));
    return false;
  }
  x.value = value;
  return true;
}

// ---- slicing ------------------------------------------------------------------------------------------------

/** Checks `x[i:j:k]`. */
export function sliceExpr(c: Checker, x: Operand, e: ast.SliceExpr): void {
  expr(c, x, e.x);
  if (x.mode === "invalid") {
    use(c, ...e.index);
    return;
  }
  const u = sliceable(c, x);
  if (!u) return invalidate(x);
  const length = sliceOperand(c, x, e, u);
  if (length === undefined) return invalidate(x);
  x.mode = "value";
  checkSliceIndices(c, e, length);
}

/** The underlying type that all types of `x` share, strings and byte slices taken as alike. */
function sliceable(c: Checker, x: Operand): Type | undefined {
  let common: { t: Type; u: Type } | undefined;
  let hasString = false;
  for (const [t, u0] of typesOf(x.type)) {
    if (!u0 || !t) {
      error(c, x, messages.cannotSliceNoType(x, x.type));
      return undefined;
    }
    let u: Type = u0;
    if (isString(u)) {
      u = { kind: "Slice", elem: byteType };
      hasString = true;
    }
    if (!common) common = { t, u };
    else if (!identical(common.u, u)) {
      error(c, x, messages.cannotSliceDifferent(x, common.t, t));
      return undefined;
    }
  }
  if (hasString) return isTypeParam(x.type) ? basic.string : under(x.type);
  return common?.u;
}

/** Sets the type of the slice; answers the operand's length where it is known (else -1), undefined if it can't be sliced. */
function sliceOperand(c: Checker, x: Operand, e: ast.SliceExpr, u: Type): number | undefined {
  switch (u.kind) {
    case "Basic":
      if (!isString(u)) break;
      if (e.full) {
        error(c, e.index[2] ?? e, messages.threeIndexString());
        return undefined;
      }
      if (isUntyped(x.type)) x.type = basic.string;
      return x.mode === "constant" && x.value ? stringVal(x.value).length : -1;
    case "Array":
      if (x.mode !== "variable") {
        error(c, x, messages.cannotSliceUnaddressable(x));
        return undefined;
      }
      x.type = { kind: "Slice", elem: u.elem };
      return u.len;
    case "Pointer": {
      const array = under(u.elem);
      if (array.kind !== "Array") break;
      x.type = { kind: "Slice", elem: array.elem };
      return array.len;
    }
    case "Slice":
      return -1;
    default:
      break;
  }
  error(c, x, messages.cannotSlice(x));
  return undefined;
}

function checkSliceIndices(c: Checker, e: ast.SliceExpr, length: number): void {
  const values = e.index.map((index, i) => {
    if (index) return indexValue(c, index, length >= 0 ? length + 1 : -1).value;
    if (i === 0) return 0;
    return length;
  });
  for (let i = 0; i < values.length - 1; i++) {
    const low = values[i] ?? -1;
    if (low <= 0) continue;
    for (let j = i + 1; j < values.length; j++) {
      const high = values[j] ?? -1;
      if (high < 0 || high >= low) continue;
      error(c, e.index[j] ?? e, messages.invalidSliceIndices(high, low));
      return;
    }
  }
}
