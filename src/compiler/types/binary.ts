/** Operators: arithmetic, comparison, shift. Go: types2/expr.go. */
import {
  binaryOp, compare, type CompareOp, type ConstantOp, imag, makeBool, makeUnknown, real, shift as shiftValue, sign, toInt, uint64Val, unaryOp,
} from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { checkOverflow, makeRepresentable, operatorPos } from "./constants.ts";
import { error, requireVersion } from "./errors.ts";
import { expr } from "./evaluate.ts";
import { comparable, identical, incomparable } from "./identical.ts";
import { assignableTo } from "./implements.ts";
import { text, type Message } from "./message.ts";
import * as messages from "./messages.ts";
import { invalidate, newOperand, type Operand, isUsable } from "./operand.ts";
import { unparen } from "./positions.ts";
import {
  allBoolean, allInteger, allNumeric, allNumericOrString, allOrdered, allUnsigned, compositeKind, defaultType, hasNil, isComplex, isInteger, isUnsigned,
  isUntyped, isValid,
} from "./predicates.ts";
import { sizeof } from "./sizes.ts";
import { isTypeParam, under } from "./under.ts";
import { basic } from "./universe.ts";
import { convertUntyped, isComparisonOp, matchTypes, updateExprType } from "./untyped.ts";
import { commonUnder } from "./common.ts";
import type { Type } from "./type.ts";

// ---- unary --------------------------------------------------------------------------------------------------

/** Checks `op x`; the pointer indirection is not an operation of values and stands in expr.ts. */
export function unary(c: Checker, x: Operand, e: ast.Operation): void {
  expr(c, x, e.x);
  if (x.mode === "invalid") return;
  switch (e.op) {
    case "&":
      return addressOf(c, x, e);
    case "<-": {
      const elem = channelElem(c, x, x, true);
      if (!elem) return invalidate(x);
      x.mode = "commaok";
      x.type = elem;
      c.env.hasCallOrRecv = true;
      return;
    }
    case "~":
      if (!allInteger(x.type)) {
        error(c, e, messages.tildeOutside());
        return invalidate(x);
      }
      error(c, e, messages.tildeForComplement());
      return arithmetic(c, x, e, "^");
    default:
      return arithmetic(c, x, e, e.op);
  }
}

function addressOf(c: Checker, x: Operand, e: ast.Operation): void {
  if (unparen(e.x).kind !== "CompositeLit" && x.mode !== "variable") {
    error(c, x, messages.cannotTakeAddress(x));
    return invalidate(x);
  }
  x.mode = "value";
  x.type = { kind: "Pointer", elem: x.type };
}

const unaryAllows: Readonly<Partial<Record<ast.Operator, (t: Type) => boolean>>> = { "+": allNumeric, "-": allNumeric, "^": allInteger, "!": allBoolean };

function arithmetic(c: Checker, x: Operand, e: ast.Operation, op: ast.Operator): void {
  if (!unaryAllows[op]?.(x.type)) {
    error(c, x, messages.operatorNotDefined(op, x));
    return invalidate(x);
  }
  if (x.mode !== "constant") {
    x.mode = "value";
    return;
  }
  const value = x.value ?? makeUnknown();
  if (value.kind === "unknown") return;
  if (op === "+" || op === "-" || op === "^" || op === "!") x.value = unaryOp(op, value, isUnsigned(x.type) ? sizeof(x.type) * 8 : 0);
  x.expr = e;
  checkOverflow(c, x, operatorPos(e));
}

/** The element type of a channel that is received from or sent to; undefined if it was reported. */
export function channelElem(c: Checker, at: Operand | ast.Stmt, x: Operand, receive: boolean): Type | undefined {
  const found = commonUnder(x.type, (t, u) => {
    if (!u || !t) return text`no specific channel type`;
    if (u.kind !== "Chan") return text`non-channel ${t}`;
    if (receive && u.dir === "send") return text`send-only channel ${t}`;
    return !receive && u.dir === "recv" ? text`receive-only channel ${t}` : undefined;
  });
  if (found.under?.kind === "Chan") return found.under.elem;
  error(c, at, messages.channelMisuse(receive, isTypeParam(x.type), x, found.error));
  return undefined;
}

// ---- binary -------------------------------------------------------------------------------------------------

const binaryAllows: Readonly<Partial<Record<ast.Operator, (t: Type) => boolean>>> = {
  "+": allNumericOrString, "-": allNumeric, "*": allNumeric, "/": allNumeric, "%": allInteger, "&": allInteger, "|": allInteger, "^": allInteger,
  "&^": allInteger, "&&": allBoolean, "||": allBoolean,
};

/** The operation's own node; absent for `x op= y`. */
export interface BinaryParts {
  readonly e?: ast.Expr;
  readonly left: ast.Expr;
  readonly right: ast.Expr;
  readonly op: ast.Operator;
}

/** Checks `left op right`. */
export function binary(c: Checker, x: Operand, parts: BinaryParts): void {
  const { e, left, right, op } = parts;
  const y = newOperand();
  expr(c, x, left);
  expr(c, y, right);
  if (x.mode === "invalid") return;
  if (y.mode === "invalid") {
    invalidate(x);
    x.expr = y.expr;
    return;
  }
  if (op === "<<" || op === ">>") return shift(c, x, y, e, op);
  matchTypes(c, x, y);
  if (!isUsable(x)) return;
  if (isComparisonOp(op)) return comparison(c, x, y, op, false);
  if (!identical(x.type, y.type)) {
    // Only where neither is wrong is it worth telling.
    if (isValid(x.type) && isValid(y.type)) error(c, x, messages.mismatchedTypes(e ?? text`${left} ${op}= ${right}`, x.type, y.type));
    return invalidate(x);
  }
  if (!binaryAllows[op]?.(x.type)) {
    error(c, x, messages.operatorNotDefined(op, x));
    return invalidate(x);
  }
  if ((op === "/" || op === "%") && dividesByZero(x, y)) {
    error(c, y, messages.divisionByZero());
    return invalidate(x);
  }
  if (x.mode !== "constant" || y.mode !== "constant") {
    x.mode = "value";
    return;
  }
  fold(c, x, y, e, op);
}

function dividesByZero(x: Operand, y: Operand): boolean {
  if (y.mode !== "constant" || !y.value) return false;
  if ((x.mode === "constant" || allInteger(x.type)) && sign(y.value) === 0) return true;
  if (x.mode !== "constant" || !isComplex(x.type)) return false;
  const [re, im] = [real(y.value), imag(y.value)];
  return sign(binaryOp(re, "*", re)) === 0 && sign(binaryOp(im, "*", im)) === 0;
}

function fold(c: Checker, x: Operand, y: Operand, e: ast.Expr | undefined, op: ast.Operator): void {
  const [a, b] = [x.value ?? makeUnknown(), y.value ?? makeUnknown()];
  if (a.kind === "unknown" || b.kind === "unknown") {
    x.value = makeUnknown();
    return;
  }
  x.value = binaryOp(a, op === "/" && isInteger(x.type) ? "quo" : (op as ConstantOp), b);
  x.expr = e ?? x.expr;
  checkOverflow(c, x, x.expr ? operatorPos(x.expr) : c.env.errpos);
}

// ---- comparison ---------------------------------------------------------------------------------------------

/** Checks `x op y`; `switchCase`: x is a case of a switch on y. */
export function comparison(c: Checker, x: Operand, y: Operand, op0: ast.Operator, switchCase: boolean): void {
  if (!isValid(x.type) || !isValid(y.type)) return invalidate(x);
  const op = switchCase ? "==" : op0;
  const wrong = whyNotComparable(c, x, y, op);
  if (wrong) {
    reportComparison(c, x, y, op, switchCase, wrong);
    return invalidate(x);
  }
  if (x.mode === "constant" && y.mode === "constant" && x.value && y.value) {
    x.value = makeBool(compare(x.value, op as CompareOp, y.value));
  } else {
    x.mode = "value";
    // The operands are never materialised as constants any more; they get their default types.
    if (x.expr) updateExprType(c, x.expr, defaultType(x.type), true);
    if (y.expr) updateExprType(c, y.expr, defaultType(y.type), true);
  }
  x.type = basic["untyped bool"];
}

interface WrongComparison {
  readonly at: Operand;
  readonly cause?: Message | undefined;
}

function whyNotComparable(c: Checker, x: Operand, y: Operand, op: ast.Operator): WrongComparison | undefined {
  if (!assignableTo(c, x, y.type) && !assignableTo(c, y, x.type)) return { at: y, cause: text`mismatched types ${x.type} and ${y.type}` };
  if (op === "==" || op === "!=") {
    if (x.mode === "nilvalue" || y.mode === "nilvalue") return hasNil(x.mode === "nilvalue" ? y.type : x.type) ? undefined : { at: y };
    if (!comparable(x.type)) return { at: x, cause: incomparableCause(x.type) };
    if (!comparable(y.type)) return { at: y, cause: incomparableCause(y.type) };
    return undefined;
  }
  if (!allOrdered(x.type)) return { at: x };
  return allOrdered(y.type) ? undefined : { at: y };
}

function incomparableCause(t: Type): Message | undefined {
  const u = under(t);
  if (u.kind === "Slice" || u.kind === "Signature" || u.kind === "Map") return text`${compositeKind(t)} can only be compared to nil`;
  const why = incomparable(t, true);
  return why && messages.incomparable(why);
}

function reportComparison(c: Checker, x: Operand, y: Operand, op: ast.Operator, switchCase: boolean, wrong: WrongComparison): void {
  let { at } = wrong;
  let cause = wrong.cause;
  if (!cause) {
    if (isTypeParam(x.type) || isTypeParam(y.type)) {
      if (!isTypeParam(x.type)) at = y;
      cause = text`type parameter ${at.type} cannot use operator ${op}`;
    } else {
      cause = text`operator ${op} not defined on ${compositeKind(at.type) || at.type}`;
    }
  }
  const [a, b] = [x.expr ?? "", y.expr ?? ""];
  if (switchCase) error(c, x, messages.invalidCase(a, b, cause));
  else error(c, at, messages.invalidComparison(a, op, b, cause));
}

// ---- shift --------------------------------------------------------------------------------------------------

/** Shift counts above this are errors: the smallest float64 is 2 to the minus this. */
const MAX_SHIFT = 1023n - 1n + 52n;

function shift(c: Checker, x: Operand, y: Operand, e: ast.Expr | undefined, op: "<<" | ">>"): void {
  const xval = x.mode === "constant" && x.value ? toInt(x.value) : undefined;
  if (!allInteger(x.type) && !(isUntyped(x.type) && xval?.kind === "int")) {
    error(c, x, messages.shiftedOperand(x));
    return invalidate(x);
  }
  if (!shiftCountIsRight(c, y)) return invalidate(x);
  if (x.mode === "constant") {
    if (y.mode === "constant") return shiftConstants(c, x, y, e, op);
    if (isUntyped(x.type)) {
      // The type of the left operand is what it would be without the shift; it is found later.
      const info = x.expr && c.untyped.get(x.expr);
      if (info) info.isShiftLhs = true;
      x.mode = "value";
      return;
    }
  }
  if (!allInteger(x.type)) {
    error(c, x, messages.shiftedOperand(x));
    return invalidate(x);
  }
  x.mode = "value";
}

function shiftCountIsRight(c: Checker, y: Operand): boolean {
  if (y.mode === "constant") {
    const value = toInt(y.value ?? makeUnknown());
    if (value.kind === "int" && sign(value) < 0) {
      error(c, y, messages.negativeShiftCount(y));
      return false;
    }
    if (isUntyped(y.type)) {
      makeRepresentable(c, y, basic.uint);
      return isUsable(y);
    }
    return true;
  }
  if (allInteger(y.type)) return allUnsigned(y.type) || requireVersion(c, y, 13, text`invalid operation: signed shift count ${y}`);
  if (isUntyped(y.type)) {
    convertUntyped(c, y, basic.uint);
    return isUsable(y);
  }
  error(c, y, messages.shiftCountInteger(y));
  return false;
}

function shiftConstants(c: Checker, x: Operand, y: Operand, e: ast.Expr | undefined, op: "<<" | ">>"): void {
  const value = toInt(x.value ?? makeUnknown());
  const count = toInt(y.value ?? makeUnknown());
  if (x.value?.kind === "unknown" || y.value?.kind === "unknown") {
    x.value = makeUnknown();
    if (!isInteger(x.type)) x.type = basic["untyped int"];
    return;
  }
  const by = uint64Val(count);
  if (!by.exact || by.value > MAX_SHIFT) {
    error(c, y, messages.invalidShiftCount(y));
    return invalidate(x);
  }
  if (!isInteger(x.type)) x.type = basic["untyped int"];
  x.value = shiftValue(value, op, Number(by.value));
  x.expr = e ?? x.expr;
  checkOverflow(c, x, x.expr ? operatorPos(x.expr) : c.env.errpos);
}

