/**
 * Operations on constants: unary, binary, shift, comparison.
 *
 * The caller has made sure that the operation is defined for its operands and that a divisor is not zero; an operand that is
 * unknown makes the result unknown.
 *
 * Go: GOROOT/src/go/constant/value.go (UnaryOp, BinaryOp, Shift, Compare).
 */
import { bug } from "../../base/bug.ts";
import { bitLength } from "./bits.ts";
import {
  makeBool, makeComplex, makeRational, makeScaled, makeString, makeUnknown, PRECISION, type ComplexValue, type FloatValue, type IntValue, type Value,
} from "./value.ts";
import { toComplex, toFloat } from "./convert.ts";

/** Operators between two constants; `quo` is the division of two ints that yields an int (Go: QUO_ASSIGN), `/` of ints yields a float. */
export type ConstantOp = "+" | "-" | "*" | "/" | "quo" | "%" | "&" | "|" | "^" | "&^" | "&&" | "||";
export type CompareOp = "==" | "!=" | "<" | "<=" | ">" | ">=";

const int = (value: bigint): IntValue => ({ kind: "int", value });

/** `op x`; for ^ on an unsigned type, `unsignedBits` limits the result to the type's size. */
export function unaryOp(op: "+" | "-" | "^" | "!", x: Value, unsignedBits = 0): Value {
  if (x.kind === "unknown") return x;
  if (op === "!" && x.kind === "bool") return makeBool(!x.value);
  if (op === "^" && x.kind === "int") return int(unsignedBits > 0 ? BigInt.asUintN(unsignedBits, ~x.value) : ~x.value);
  if (op === "+" && isNumber(x)) return x;
  if (op === "-" && isNumber(x)) return negative(x);
  return bug(`invalid unary operation ${op} on a constant ${x.kind}`);
}

type NumberValue = IntValue | FloatValue | ComplexValue;

const isNumber = (x: Value): x is NumberValue => x.kind === "int" || x.kind === "float" || x.kind === "complex";

function negative(x: NumberValue): Value {
  switch (x.kind) {
    case "int":
      return int(-x.value);
    case "float":
      return { ...x, num: -x.num };
    default:
      return makeComplex(unaryOp("-", x.re), unaryOp("-", x.im));
  }
}

/** `x op y`. Numbers of different kinds are brought to the larger kind. */
export function binaryOp(x: Value, op: ConstantOp, y: Value): Value {
  if (x.kind === "unknown" || y.kind === "unknown") return makeUnknown();
  if (x.kind === "bool" && y.kind === "bool") return makeBool(op === "&&" ? x.value && y.value : op === "||" ? x.value || y.value : noOp(x, op));
  if (x.kind === "string" && y.kind === "string") return op === "+" ? makeString(x.value + y.value) : noOp(x, op);
  if (!isNumber(x) || !isNumber(y)) return noOp(x, op);
  if (x.kind === "complex" || y.kind === "complex") return complexOp(asComplex(x), op, asComplex(y));
  if (x.kind === "int" && y.kind === "int") return intOp(x.value, op, y.value);
  const a = toFloat(x);
  const b = toFloat(y);
  return a.kind === "float" && b.kind === "float" ? floatOp(a, op, b) : makeUnknown();
}

const noOp = (x: Value, op: string): never => bug(`invalid operation ${op} on a constant ${x.kind}`);

function asComplex(x: NumberValue): ComplexValue {
  const c = toComplex(x);
  return c.kind === "complex" ? c : bug(`${x.kind} is no complex`);
}

function intOp(a: bigint, op: ConstantOp, b: bigint): Value {
  switch (op) {
    case "+":
      return int(a + b);
    case "-":
      return int(a - b);
    case "*":
      return int(a * b);
    case "/":
      return makeRational(a, b);
    case "quo":
      return b === 0n ? makeUnknown() : int(a / b);
    case "%":
      return b === 0n ? makeUnknown() : int(a % b);
    case "&":
      return int(a & b);
    case "|":
      return int(a | b);
    case "^":
      return int(a ^ b);
    case "&^":
      return int(a & ~b);
    default:
      return noOp(int(a), op);
  }
}

function floatOp(a: FloatValue, op: ConstantOp, b: FloatValue): Value {
  if (a.exp !== undefined || b.exp !== undefined) return scaledOp(a, op, b);
  switch (op) {
    case "+":
      return makeRational(a.num * b.den + b.num * a.den, a.den * b.den);
    case "-":
      return makeRational(a.num * b.den - b.num * a.den, a.den * b.den);
    case "*":
      return makeRational(a.num * b.num, a.den * b.den);
    case "/":
      return makeRational(a.num * b.den, a.den * b.num);
    default:
      return noOp(a, op);
  }
}

/** Once an operand has limited precision, so has the result. */
function scaledOp(a: FloatValue, op: ConstantOp, b: FloatValue): Value {
  const x = scaled(a);
  const y = scaled(b);
  switch (op) {
    case "+":
      return sum(x, y);
    case "-":
      return sum(x, { num: -y.num, exp: y.exp });
    case "*":
      return makeScaled(x.num * y.num, 1n, x.exp + y.exp);
    case "/":
      return y.num === 0n ? makeUnknown() : makeScaled(y.num < 0n ? -x.num : x.num, y.num < 0n ? -y.num : y.num, x.exp - y.exp);
    default:
      return noOp(a, op);
  }
}

interface Scaled { readonly num: bigint; readonly exp: number }

function scaled(x: FloatValue): Scaled {
  if (x.exp !== undefined) return { num: x.num, exp: x.exp };
  const rounded = makeScaled(x.num, x.den, 0);
  return rounded.kind === "float" ? { num: rounded.num, exp: rounded.exp ?? 0 } : bug("a fraction has no exponent out of bounds");
}

function sum(x: Scaled, y: Scaled): Value {
  if (x.num === 0n) return makeScaled(y.num, 1n, y.exp);
  if (y.num === 0n) return makeScaled(x.num, 1n, x.exp);
  const [high, low] = bitLength(x.num) + x.exp >= bitLength(y.num) + y.exp ? [x, y] : [y, x];
  // Too small to change 512 bits: adding it would only make a number as long as the distance.
  if (bitLength(high.num) + high.exp - bitLength(low.num) - low.exp > PRECISION + 8) return makeScaled(high.num, 1n, high.exp);
  const exp = high.exp < low.exp ? high.exp : low.exp;
  return makeScaled((high.num << BigInt(high.exp - exp)) + (low.num << BigInt(low.exp - exp)), 1n, exp);
}

function complexOp(x: ComplexValue, op: ConstantOp, y: ComplexValue): Value {
  const { re: a, im: b } = x;
  const { re: c, im: d } = y;
  if (op === "+" || op === "-") return makeComplex(binaryOp(a, op, c), binaryOp(b, op, d));
  if (op !== "*" && op !== "/") return noOp(x, op);
  const ac = binaryOp(a, "*", c);
  const bd = binaryOp(b, "*", d);
  const bc = binaryOp(b, "*", c);
  const ad = binaryOp(a, "*", d);
  if (op === "*") return makeComplex(binaryOp(ac, "-", bd), binaryOp(bc, "+", ad));
  const square = binaryOp(binaryOp(c, "*", c), "+", binaryOp(d, "*", d));
  return makeComplex(binaryOp(binaryOp(ac, "+", bd), "/", square), binaryOp(binaryOp(bc, "-", ad), "/", square));
}

/** `x << count` or `x >> count` of an int. */
export function shift(x: Value, op: "<<" | ">>", count: number): Value {
  if (x.kind === "unknown") return x;
  if (x.kind !== "int") return noOp(x, op);
  return int(op === "<<" ? x.value << BigInt(count) : x.value >> BigInt(count));
}

/** Whether `x op y`; false if one is unknown. */
export function compare(x: Value, op: CompareOp, y: Value): boolean {
  if (x.kind === "unknown" || y.kind === "unknown") return false;
  if ((x.kind === "bool" && y.kind === "bool") || (x.kind === "string" && y.kind === "string")) {
    return holds(x.value === y.value ? 0 : x.value < y.value ? -1 : 1, op);
  }
  if (!isNumber(x) || !isNumber(y)) return noOp(x, op);
  if (x.kind === "complex" || y.kind === "complex") {
    const a = asComplex(x);
    const b = asComplex(y);
    return (compare(a.re, "==", b.re) && compare(a.im, "==", b.im)) === (op === "==");
  }
  return holds(order(x, y), op);
}

/** -1, 0, 1 as x is below, equal to or above y. */
function order(x: IntValue | FloatValue, y: IntValue | FloatValue): number {
  if (x.kind === "int" && y.kind === "int") return x.value < y.value ? -1 : x.value > y.value ? 1 : 0;
  const a = toFloat(x);
  const b = toFloat(y);
  if (a.kind !== "float" || b.kind !== "float") return 0;
  if (a.exp !== undefined || b.exp !== undefined) return orderScaled(scaled(a), scaled(b));
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function orderScaled(x: Scaled, y: Scaled): number {
  const difference = sum(x, { num: -y.num, exp: y.exp });
  if (difference.kind !== "float") return x.num < y.num ? -1 : 1;
  return difference.num < 0n ? -1 : difference.num > 0n ? 1 : 0;
}

function holds(order: number, op: CompareOp): boolean {
  switch (op) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}
