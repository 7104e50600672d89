/** `T(x)`. Go: types2/conversions.go. */
import { makeString, makeUnknown, toInt, uint64Val, type Value } from "../constant/index.ts";
import { encodeUtf8 } from "../../base/source.ts";
import type { Checker } from "./checker.ts";
import { representable } from "./constants.ts";
import { error, textOf } from "./errors.ts";
import { type Cause, convertibleTo, newCause } from "./implements.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { invalidate, type Operand } from "./operand.ts";
import { allString, defaultType, isBytesOrRunes, isConstType, isInteger, isNonTypeParamInterface, isString, isUntyped, underIs } from "./predicates.ts";
import { isTypeParam, under } from "./under.ts";
import { updateExprType, isUntypedNil } from "./untyped.ts";
import type { Type } from "./type.ts";

/** Converts `x` to `t`, or reports that it can't be. */
export function conversion(c: Checker, x: Operand, t: Type): void {
  const constant = x.mode === "constant";
  const cause = newCause();
  if (constant && isConstType(t)) {
    const value = constantAs(x, t);
    // What is reported is the number as an integer, if the type asks for one and it is one.
    const whole = isInteger(t) && x.value ? toInt(x.value) : undefined;
    if (!value && whole?.kind === "int") x.value = whole;
    if (!value && isInteger(x.type) && isInteger(t)) {
      error(c, x, messages.constantOverflows(x.value ?? makeUnknown(), t));
      return invalidate(x);
    }
    if (!value) return fail(c, x, t, cause);
    x.value = value;
  } else if (constant && isTypeParam(t)) {
    const ok = constantToTypeParam(c, x, t, cause);
    x.mode = "value";
    if (!ok) return fail(c, x, t, cause);
  } else {
    if (!convertibleTo(c, x, t, cause)) return fail(c, x, t, cause);
    x.mode = "value";
  }
  settleUntyped(c, x, t, constant);
  x.type = t;
}

function fail(c: Checker, x: Operand, t: Type, cause: Cause): void {
  error(c, x, messages.cannotConvertBecause(x, t, cause.text));
  invalidate(x);
}

/** The value that a constant has after conversion to a basic type; integers become strings of one character. */
function constantAs(x: Operand, t: Type): Value | undefined {
  const u = under(t);
  if (u.kind !== "Basic" || !x.value) return undefined;
  const value = representable(x.value, u);
  if (value) return value;
  if (!isInteger(x.type) || !isString(u)) return undefined;
  const code = uint64Val(x.value);
  const valid = code.exact && code.value <= 0x10ffffn && !(code.value >= 0xd800n && code.value <= 0xdfffn);
  return makeString(encodeUtf8(valid ? String.fromCodePoint(Number(code.value)) : "\ufffd"));
}

function constantToTypeParam(c: Checker, x: Operand, t: Type, cause: Cause): boolean {
  return underIs(t, (u) => {
    if (!u) {
      cause.text = textOf(c, text`${t} does not contain specific types`);
      return false;
    }
    if (isString(x.type) && isBytesOrRunes(u)) return true;
    if (constantAs(x, u)) return true;
    const overflows = isInteger(x.type) && isInteger(u);
    cause.text = textOf(
      c,
      overflows ? text`constant ${x.value ?? makeUnknown()} overflows ${u} (in ${t})` : text`cannot convert ${x} to type ${u} (in ${t})`,
    );
    return false;
  });
}

/** The final type of an untyped operand that was converted: that of the conversion, unless it is no basic type. */
function settleUntyped(c: Checker, x: Operand, t: Type, constant: boolean): void {
  if (!isUntyped(x.type) || !x.expr) return;
  let final = t;
  if (isUntypedNil(x.type)) final = t;
  else if (isNonTypeParamInterface(t) || (constant && !isConstType(t))) final = defaultType(x.type);
  else if (x.mode === "constant" && isInteger(x.type) && allString(t)) final = x.type;
  updateExprType(c, x.expr, final, true);
}
