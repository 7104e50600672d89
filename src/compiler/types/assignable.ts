/** Assigning a value to a variable of a known type: what initialisation, assignment, arguments and literals share. Go: types2/assignments.go (assignment). */
import type { Checker } from "./checker.ts";
import { error } from "./errors.ts";
import { singleValue } from "./evaluate.ts";
import { assignableTo, newCause } from "./implements.ts";
import * as messages from "./messages.ts";
import { invalidate, type Operand } from "./operand.ts";
import { defaultType, isNonTypeParamInterface, isUntyped } from "./predicates.ts";
import { under } from "./under.ts";
import { adopt, implicitTypeAndValue } from "./untyped.ts";
import type { Message } from "./message.ts";
import type { Type } from "./type.ts";

/** Checks that `x` can be assigned to a `target` (any type if undefined) and gives an untyped `x` its final type. */
export function assignment(c: Checker, x: Operand, target: Type | undefined, context: string | Message): void {
  singleValue(c, x);
  if (x.mode === "invalid") return;
  if (x.mode === "novalue" || x.mode === "builtin" || x.mode === "type" || x.mode === "cgofunc") {
    error(c, x, messages.cannotAssign(x, target ?? "<nil>", context));
    return invalidate(x);
  }
  if (isUntyped(x.type) && !settle(c, x, target, context)) return;
  const u = under(x.type);
  if (u.kind === "Signature" && u.typeParams.length > 0) {
    error(c, x, messages.genericFunctionIn(x, context));
    return invalidate(x);
  }
  if (!target) return;
  const cause = newCause();
  if (assignableTo(c, x, target, cause)) return;
  error(c, x, messages.cannotUse(x, target, context, cause.text));
  invalidate(x);
}

/** Gives an untyped operand its type; answers false where it was reported that it can't have it. */
function settle(c: Checker, x: Operand, target: Type | undefined, context: string | Message): boolean {
  let wanted = target;
  if (x.mode === "nilvalue") {
    if (!target) {
      error(c, x, messages.untypedNil(context));
      invalidate(x);
      return false;
    }
  } else if (!target || isNonTypeParamInterface(target)) wanted = defaultType(x.type);
  const found = implicitTypeAndValue(x, wanted ?? x.type);
  if (typeof found === "string") {
    error(c, x, messages.cannotUseUntyped(x, wanted ?? x.type, context, found));
    invalidate(x);
    return false;
  }
  adopt(c, x, found);
  return true;
}
