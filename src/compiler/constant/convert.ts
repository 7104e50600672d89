/** From one kind of number to another, and to the machine's floats. Go: GOROOT/src/go/constant/value.go. */
import { bug } from "../../base/bug.ts";
import { bitLength, roundBits, roundedQuotient } from "./bits.ts";
import { asFraction, FRACTION_BITS, makeRational, makeScaled, makeUnknown, PRECISION, sign, type FloatValue, type Value } from "./value.ts";

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
  const size = bitLength(num) - bitLength(den) + exp;
  if (size > format.limit + 1) return { value: minus * Infinity, exact: false };
  if (size < format.least - 2) return { value: minus * 0, exact: false };
  // A wide quotient with a sticky end first; then one rounding to what the format keeps at this size.
  const [wide, e] = stickyQuotient(num < 0n ? -num : num, den, exp);
  const keep = Math.min(format.precision, bitLength(wide) + e - format.least);
  const [m, scale] = keep > 0 ? roundBits(wide, e, keep) : tiny(wide, e, format.least);
  if (m === 0n) return { value: minus * 0, exact: false };
  if (bitLength(m) + scale > format.limit) return { value: minus * Infinity, exact: false };
  return { value: minus * compose(m, scale), exact: isSame(m, scale, num < 0n ? -num : num, den, exp) };
}

function stickyQuotient(num: bigint, den: bigint, exp: number): [bigint, number] {
  const shift = Math.max(0, 128 + bitLength(den) - bitLength(num));
  const scaled = num << BigInt(shift);
  return [((scaled / den) << 1n) | (scaled % den === 0n ? 0n : 1n), exp - shift - 1];
}

/** A number below the smallest one rounds to it or to nothing. */
function tiny(m: bigint, exp: number, least: number): [bigint, number] {
  const half = 1n << BigInt(least - 1 - exp);
  return m > half ? [1n, least] : [0n, least];
}

function isSame(m: bigint, scale: number, num: bigint, den: bigint, exp: number): boolean {
  const diff = scale - exp;
  return diff >= 0 ? (m << BigInt(diff)) * den === num : m * den === num << BigInt(-diff);
}

/** m * 2^exp, which is a float64. */
function compose(m: bigint, exp: number): number {
  const [digits, e] = bitLength(m) > 53 ? roundBits(m, exp, 53) : [m, exp];
  let value = Number(digits);
  let rest = e;
  // In steps, each a power of two that is exact and keeps the value in range.
  for (; rest > 0; rest -= Math.min(rest, 512)) value *= powerOfTwo(Math.min(rest, 512));
  for (; rest < -1000; rest += 500) value *= powerOfTwo(-500);
  return rest < 0 ? scaleDown(digits, e, value, rest) : value;
}

/** Small numbers lose no bits: `m` was rounded to what they keep, so the last step is exact. */
function scaleDown(m: bigint, exp: number, value: number, rest: number): number {
  if (exp >= -1000) return value * powerOfTwo(rest);
  const bits = bitLength(m) + exp > -1022 ? undefined : m << BigInt(exp + 1074);
  if (bits === undefined) return value * powerOfTwo(rest);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** 2^n for n in -1022..1023. */
function powerOfTwo(n: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, (n + 1023) << 20);
  return view.getFloat64(0);
}

/** Rounds a number to a format, as a conversion of a constant to float32 or float64 does; unknown on overflow. */
export function roundTo(x: Value, size: 32 | 64): Value {
  const f = nearest(x, size === 32 ? SINGLE : DOUBLE);
  if (x.kind === "unknown" || !Number.isFinite(f.value)) return makeUnknown();
  if (f.exact) return toFloat(x);
  const { num, den, exp = 0 } = x.kind === "int" ? { num: x.value, den: 1n } : x.kind === "float" ? x : bug(`${x.kind} is no real number`);
  if (f.value === 0) return makeRational(0n, 1n);
  const [wide, e] = roundedQuotientFor(num, den, exp, size);
  return e >= 0 ? makeRational(wide << BigInt(e), 1n) : makeRational(wide, 1n << BigInt(-e));
}

function roundedQuotientFor(num: bigint, den: bigint, exp: number, size: 32 | 64): [bigint, number] {
  const format = size === 32 ? SINGLE : DOUBLE;
  const [m, e] = roundedQuotient(num, den, exp, 128);
  const keep = Math.min(format.precision, bitLength(m) + e - format.least);
  return keep === format.precision ? roundedQuotient(num, den, exp, keep) : exactDenormal(num, den, exp, format);
}

function exactDenormal(num: bigint, den: bigint, exp: number, format: Format): [bigint, number] {
  const { value } = nearest({ kind: "float", num, den, ...(exp === 0 ? {} : { exp }) }, format);
  return [BigInt(value / powerOfTwo(-1000) / powerOfTwo(format.least + 1000)), format.least];
}
