/** From one kind of number to another, and to the machine's floats. Go: GOROOT/src/go/constant/value.go. */
import { bug } from "../../base/bug.ts";
import { bitLength, roundBits } from "./bits.ts";
import { asFraction, FRACTION_BITS, makeComplex, makeFloat64, makeScaled, makeUnknown, PRECISION, sign, type FloatValue, type Value } from "./value.ts";

/** `x` as an int if it is one; a number of limited precision may be a few bits off. */
export function toInt(x: Value): Value {
  switch (x.kind) {
    case "int":
      return x;
    case "float":
      return x.exp === undefined ? (x.den === 1n ? { kind: "int", value: x.num } : makeUnknown()) : scaledToInt(x);
    case "complex":
      return sign(x.im) === 0 ? toInt(x.re) : makeUnknown();
    default:
      return makeUnknown();
  }
}

/** Earlier roundings may have moved an integer by a few bits, so 508 of the 512 have to be those of an integer. */
function scaledToInt(x: FloatValue): Value {
  const exact = asFraction(x);
  if (!exact) return makeUnknown();
  if (exact.den === 1n || exact.num % exact.den === 0n) return { kind: "int", value: exact.num / exact.den };
  const magnitude = exact.num < 0n ? -exact.num : exact.num;
  const drop = bitLength(magnitude) - (PRECISION - 4);
  if (drop <= 0) return makeUnknown();
  const down = (magnitude >> BigInt(drop)) << BigInt(drop);
  for (const near of [down, down + (1n << BigInt(drop))]) {
    if (near % exact.den === 0n) return { kind: "int", value: (exact.num < 0n ? -near : near) / exact.den };
  }
  return makeUnknown();
}

/** `x` as a float if it has no imaginary part. */
export function toFloat(x: Value): Value {
  switch (x.kind) {
    case "int":
      return bitLength(x.value) < FRACTION_BITS ? { kind: "float", num: x.value, den: 1n } : makeScaled(x.value, 1n, 0);
    case "float":
      return x;
    case "complex":
      return sign(x.im) === 0 ? toFloat(x.re) : makeUnknown();
    default:
      return makeUnknown();
  }
}

/** Any number as a complex. */
export function toComplex(x: Value): Value {
  if (x.kind === "complex") return x;
  return x.kind === "int" || x.kind === "float" ? { kind: "complex", re: x, im: { kind: "int", value: 0n } } : makeUnknown();
}

/** The nearest float64 (infinite where it is too large), and whether it is `x` itself. */
export const float64Val = (x: Value): { readonly value: number; readonly exact: boolean } => nearest(x, DOUBLE);
/** The nearest float32 (infinite where it is too large), and whether it is `x` itself. */
export const float32Val = (x: Value): { readonly value: number; readonly exact: boolean } => nearest(x, SINGLE);

interface Format {
  readonly precision: number;
  /** Exponent of the last bit of the smallest numbers. */
  readonly least: number;
  /** All finite numbers are below 2^limit. */
  readonly limit: number;
}

const DOUBLE: Format = { precision: 53, least: -1074, limit: 1024 };
const SINGLE: Format = { precision: 24, least: -149, limit: 128 };

function nearest(x: Value, format: Format): { readonly value: number; readonly exact: boolean } {
  if (x.kind === "unknown") return { value: 0, exact: false };
  if (x.kind !== "int" && x.kind !== "float") return bug(`${x.kind} is no real number`);
  const { num, den, exp = 0 } = x.kind === "int" ? { num: x.value, den: 1n } : x;
  if (num === 0n) return { value: 0, exact: true };
  const minus = num < 0n ? -1 : 1;
  const magnitude = num < 0n ? -num : num;
  const size = bitLength(num) - bitLength(den) + exp;
  if (size > format.limit + 1) return { value: minus * Infinity, exact: false };
  if (size < format.least - 2) return { value: minus * 0, exact: false };
  // A wide quotient whose last bit says whether anything was cut off; then one rounding to what the format keeps at this size.
  const shift = Math.max(0, 128 + bitLength(den) - bitLength(num));
  const scaled = magnitude << BigInt(shift);
  const wide = ((scaled / den) << 1n) | (scaled % den === 0n ? 0n : 1n);
  const at = exp - shift - 1;
  const keep = Math.min(format.precision, bitLength(wide) + at - format.least);
  const [m, e] = keep > 0 ? roundBits(wide, at, keep) : tiny(wide, at, format.least);
  if (m === 0n) return { value: minus * 0, exact: false };
  if (bitLength(m) + e > format.limit) return { value: minus * Infinity, exact: false };
  return { value: minus * compose(m, e), exact: isSame([m, e], [wide, at]) };
}

/** A number below the smallest one rounds to it or to nothing. */
function tiny(m: bigint, exp: number, least: number): [bigint, number] {
  const half = 1n << BigInt(least - 1 - exp);
  return m > half ? [1n, least] : [0n, least];
}

/** A wide quotient ends in 1 if it was cut off, so it equals no rounded number then. */
const isSame = ([m, e]: [bigint, number], [wide, at]: [bigint, number]): boolean => (e >= at ? m << BigInt(e - at) === wide : m === wide << BigInt(at - e));

/** m * 2^exp, which is a float64 other than 0. */
function compose(m: bigint, exp: number): number {
  const length = bitLength(m);
  const size = length + exp;
  const normal = size > -1022;
  const fraction = normal ? (length <= 53 ? m << BigInt(53 - length) : m >> BigInt(length - 53)) & 0xfffffffffffffn : m << BigInt(exp + 1074);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, normal ? (BigInt(size + 1022) << 52n) | fraction : fraction);
  return view.getFloat64(0);
}

/** `x` rounded to float32 or float64 (a complex in both parts), as the conversion of a constant does it; unknown where it is too large. */
export function roundTo(x: Value, size: 32 | 64): Value {
  if (x.kind === "unknown") return x;
  if (x.kind === "complex") return makeComplex(roundTo(x.re, size), roundTo(x.im, size));
  return makeFloat64(nearest(x, size === 32 ? SINGLE : DOUBLE).value);
}
