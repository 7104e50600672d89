/**
 * What a constant is, how one is made, and how its parts are read.
 *
 * Numbers are exact: an int of any size, a float as a fraction in lowest terms. A float whose fraction would be larger than
 * 4096 bits is kept as Go keeps it, a mantissa of 512 bits and a binary exponent, so 1e1000000 costs nothing.
 *
 * Go: GOROOT/src/go/constant/value.go.
 */
import { bug } from "../../base/bug.ts";
import { bitLength, gcd, inBounds, roundedQuotient, strip } from "./bits.ts";

export type Value = UnknownValue | BoolValue | StringValue | IntValue | FloatValue | ComplexValue;

/** The value of an expression that is wrong; operations on it yield it again. */
export interface UnknownValue { readonly kind: "unknown" }
export interface BoolValue { readonly kind: "bool"; readonly value: boolean }
/** A byte string: one char for each byte. */
export interface StringValue { readonly kind: "string"; readonly value: string }
export interface IntValue { readonly kind: "int"; readonly value: bigint }
/** num/den * 2^exp: an exact rational in lowest terms, den > 0; or, where `exp` is present, a number of 512 bits' precision (den is 1). */
export interface FloatValue { readonly kind: "float"; readonly num: bigint; readonly den: bigint; readonly exp?: number }
export interface ComplexValue { readonly kind: "complex"; readonly re: Value; readonly im: Value }

/** Bits of mantissa once a fraction has become too large. */
export const PRECISION = 512;
/** Numerators and denominators have fewer bits than this. */
export const FRACTION_BITS = 4096;

const UNKNOWN: UnknownValue = { kind: "unknown" };
const TRUE: BoolValue = { kind: "bool", value: true };
const FALSE: BoolValue = { kind: "bool", value: false };
const ZERO: IntValue = { kind: "int", value: 0n };

// ---- making -------------------------------------------------------------------------------------------------

export const makeUnknown = (): UnknownValue => UNKNOWN;
export const makeBool = (value: boolean): BoolValue => (value ? TRUE : FALSE);
/** `value` is a byte string. */
export const makeString = (value: string): StringValue => ({ kind: "string", value });
/** Any integer, in spite of Go's name. A number must be an integer below 2^53. */
export const makeInt64 = (value: bigint | number): IntValue => ({ kind: "int", value: BigInt(value) });

/** The constant x + yi; unknown if a part is. */
export function makeComplex(re: Value, im: Value): Value {
  return re.kind === "unknown" || im.kind === "unknown" ? UNKNOWN : { kind: "complex", re, im };
}

/** x*i. */
export const makeImag = (x: Value): Value => makeComplex(ZERO, x);

/** num/den as a float, in lowest terms; unknown where den is 0. */
export function makeRational(num: bigint, den: bigint): Value {
  if (den === 0n) return UNKNOWN;
  if (num === 0n) return { kind: "float", num: 0n, den: 1n };
  const divisor = gcd(num, den);
  const sign = den < 0n ? -1n : 1n;
  const n = (sign * num) / divisor;
  const d = (sign * den) / divisor;
  return bitLength(n) < FRACTION_BITS && bitLength(d) < FRACTION_BITS ? { kind: "float", num: n, den: d } : makeScaled(n, d, 0);
}

/** num/den * 2^exp, rounded to 512 bits and kept so; unknown beyond the largest exponent, 0 below the smallest. */
export function makeScaled(num: bigint, den: bigint, exp: number): Value {
  if (num === 0n) return { kind: "float", num: 0n, den: 1n };
  const [mant, scale] = strip(...roundedQuotient(num, den, exp, PRECISION));
  const bounds = inBounds(bitLength(mant) + scale);
  if (bounds > 0) return UNKNOWN;
  return bounds < 0 ? { kind: "float", num: 0n, den: 1n } : { kind: "float", num: mant, den: 1n, exp: scale };
}

/** The float that is exactly `x`; unknown for NaN and infinities. -0 becomes 0. */
export function makeFloat64(x: number): Value {
  if (!Number.isFinite(x)) return UNKNOWN;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mant = (field === 0 ? fraction : fraction | (1n << 52n)) * (bits >> 63n === 1n ? -1n : 1n);
  const exp = (field === 0 ? 1 : field) - 1075;
  return exp >= 0 ? makeRational(mant << BigInt(exp), 1n) : makeRational(mant, 1n << BigInt(-exp));
}

// ---- reading ------------------------------------------------------------------------------------------------

/** False for unknown. */
export function boolVal(x: Value): boolean {
  if (x.kind === "bool") return x.value;
  return x.kind === "unknown" ? false : bug(`${x.kind} is no bool`);
}

/** The byte string; "" for unknown. */
export function stringVal(x: Value): string {
  if (x.kind === "string") return x.value;
  return x.kind === "unknown" ? "" : bug(`${x.kind} is no string`);
}

/** The integer, if it fits an int64. */
export function int64Val(x: Value): { readonly value: bigint; readonly exact: boolean } {
  if (x.kind === "int") return { value: BigInt.asIntN(64, x.value), exact: BigInt.asIntN(64, x.value) === x.value };
  return x.kind === "unknown" ? { value: 0n, exact: false } : bug(`${x.kind} is no int`);
}

/** The integer, if it fits a uint64. */
export function uint64Val(x: Value): { readonly value: bigint; readonly exact: boolean } {
  if (x.kind === "int") return { value: BigInt.asUintN(64, x.value), exact: BigInt.asUintN(64, x.value) === x.value };
  return x.kind === "unknown" ? { value: 0n, exact: false } : bug(`${x.kind} is no int`);
}

/** -1, 0 or 1; of a complex 0 only if it is zero; 1 for unknown, so that nobody reports a division by zero. */
export function sign(x: Value): number {
  switch (x.kind) {
    case "int":
      return signOf(x.value);
    case "float":
      return signOf(x.num);
    case "complex":
      return sign(x.re) | sign(x.im);
    case "unknown":
      return 1;
    default:
      return bug(`${x.kind} has no sign`);
  }
}

const signOf = (n: bigint): number => (n > 0n ? 1 : n < 0n ? -1 : 0);

/** Bits needed for the magnitude of an int; 0 for unknown. */
export function bitLen(x: Value): number {
  if (x.kind === "int") return bitLength(x.value);
  return x.kind === "unknown" ? 0 : bug(`${x.kind} has no bits`);
}

/** Numerator of an int or float; unknown where it is too large for a fraction. */
export function numer(x: Value): Value {
  if (x.kind === "int") return x;
  const f = x.kind === "float" ? asFraction(x) : undefined;
  return f ? { kind: "int", value: f.num } : UNKNOWN;
}

/** Denominator of an int or float, at least 1; unknown where it is too large for a fraction. */
export function denom(x: Value): Value {
  if (x.kind === "int") return { kind: "int", value: 1n };
  const f = x.kind === "float" ? asFraction(x) : undefined;
  return f ? { kind: "int", value: f.den } : UNKNOWN;
}

/** Real part of any number. */
export const real = (x: Value): Value => (x.kind === "complex" ? x.re : x);
/** Imaginary part of any number. */
export const imag = (x: Value): Value => (x.kind === "complex" ? x.im : x.kind === "unknown" ? x : ZERO);

/** `x` without an exponent, or undefined if its fraction would have more than 4096 bits. */
export function asFraction(x: FloatValue): FloatValue | undefined {
  if (x.exp === undefined) return x;
  const size = bitLength(x.num) + x.exp;
  if (size <= -FRACTION_BITS || size >= FRACTION_BITS) return undefined;
  if (x.exp >= 0) return { kind: "float", num: x.num << BigInt(x.exp), den: 1n };
  return { kind: "float", num: x.num, den: 1n << BigInt(-x.exp) };
}
