/**
 * Literals as written in source, and the exact texts of constants in facts, as values.
 *
 * Source text is a byte string, so a string literal's value is one too.
 *
 * Go: GOROOT/src/go/constant/value.go (MakeFromLiteral), strconv (Unquote), math/big (Float.SetString).
 */
import { encodeUtf8 } from "../../base/source.ts";
import { bitLength, roundBits } from "./bits.ts";
import { FRACTION_BITS, makeBool, makeComplex, makeImag, makeInt64, makeRational, makeScaled, makeString, makeUnknown, PRECISION, type Value } from "./value.ts";
import { runeWidth } from "./printable.ts";

/** The value of a Go literal; unknown where its text is wrong. */
export function makeFromLiteral(lit: string, kind: "int" | "float" | "imaginary" | "rune" | "string"): Value {
  switch (kind) {
    case "int":
      return intLiteral(lit);
    case "float":
      return floatLiteral(lit);
    case "imaginary":
      return lit.endsWith("i") ? makeImag(floatLiteral(lit.slice(0, -1))) : makeUnknown();
    case "rune": {
      const c = lit.length > 2 && lit.endsWith("'") ? unescape(lit, 1, lit.length - 1) : undefined;
      return c !== undefined && c.next === lit.length - 1 ? makeInt64(c.code) : makeUnknown();
    }
    case "string":
      return stringLiteral(lit);
  }
}

function intLiteral(lit: string): Value {
  const text = lit.replaceAll("_", "").toLowerCase();
  const digits = /^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text;
  return /^(0x[0-9a-f]+|0o[0-7]+|0b[01]+|0|[1-9][0-9]*)$/.test(digits) ? { kind: "int", value: BigInt(digits) } : makeUnknown();
}

/** A number with a point or exponent, or any integer: for the imaginary literals `0b101i` and `0123i` (decimal, for history's sake). */
function floatLiteral(lit: string): Value {
  const text = lit.replaceAll("_", "").toLowerCase();
  if (/^0[ob]/.test(text)) {
    const whole = intLiteral(text);
    return whole.kind === "int" ? makeRational(whole.value, 1n) : whole;
  }
  const hex = text.startsWith("0x");
  const found = (hex ? /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?$/ : /^([0-9]*)\.?([0-9]*)(?:e([+-]?\d+))?$/).exec(text);
  const [, whole = "", fraction = "", exponent = "0"] = found ?? [];
  if (!found || whole + fraction === "") return makeUnknown();
  const digits = BigInt((hex ? "0x" : "") + whole + fraction);
  const exp = Number(exponent);
  if (digits === 0n) return makeRational(0n, 1n);
  return hex ? scaledBinary(digits, exp - 4 * fraction.length) : scaledDecimal(digits, exp - fraction.length);
}

/** digits * 2^exp. */
function scaledBinary(digits: bigint, exp: number): Value {
  const size = bitLength(digits) + exp;
  if (size <= -FRACTION_BITS || size >= FRACTION_BITS) return makeScaled(digits, 1n, clamp(exp));
  return exp >= 0 ? makeRational(digits << BigInt(exp), 1n) : makeRational(digits, 1n << BigInt(-exp));
}

/** digits * 10^exp. */
function scaledDecimal(digits: bigint, exp: number): Value {
  const magnitude = bitLength(digits) + exp * 3.3219280948873626;
  if (magnitude > 2 ** 32 || magnitude < -(2 ** 32)) return makeScaled(1n, 1n, clamp(magnitude));
  if (magnitude > FRACTION_BITS + 16 || magnitude < -FRACTION_BITS - 16) return limited(digits, exp);
  const power = 10n ** BigInt(exp < 0 ? -exp : exp);
  const [num, den] = exp < 0 ? [digits, power] : [digits * power, 1n];
  const size = bitLength(num) - bitLength(den);
  if (size > -FRACTION_BITS + 1 && size < FRACTION_BITS - 1) return fraction(num, den);
  return makeScaled(num, den, 0);
}

/** A literal stays a fraction even where its digits make it longer than the results of operations may be. */
function fraction(num: bigint, den: bigint): Value {
  const value = makeRational(num, den);
  if (value.kind !== "float" || value.exp === undefined) return value;
  return makeScaled(num, den, 0);
}

const clamp = (exp: number): number => Math.max(-(2 ** 33), Math.min(2 ** 33, exp));

/** digits * 10^exp with the power of ten computed to some bits more than are kept. */
function limited(digits: bigint, exp: number): Value {
  const [power, scale] = powerOfTen(exp < 0 ? -exp : exp);
  return exp < 0 ? makeScaled(digits, power, -scale) : makeScaled(digits * power, 1n, scale);
}

/** 10^n as mantissa and binary exponent. */
export function powerOfTen(n: number): [bigint, number] {
  const bits = PRECISION + 128;
  let result: [bigint, number] = [1n, 0];
  let square: [bigint, number] = [10n, 0];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = roundBits(result[0] * square[0], result[1] + square[1], bits);
    square = roundBits(square[0] * square[0], square[1] * 2, bits);
  }
  return result;
}

// ---- strings and characters ---------------------------------------------------------------------------------

function stringLiteral(lit: string): Value {
  const quote = lit[0];
  if (lit.length < 2 || lit.at(-1) !== quote) return makeUnknown();
  if (quote === "`") return makeString(lit.slice(1, -1).replaceAll("\r", ""));
  if (quote !== '"') return makeUnknown();
  const end = lit.length - 1;
  let out = "";
  for (let i = 1; i < end; ) {
    const slash = lit.indexOf("\\", i);
    if (slash < 0 || slash >= end) {
      out += lit.slice(i, end);
      break;
    }
    out += lit.slice(i, slash);
    const c = unescape(lit, slash, end);
    if (!c) return makeUnknown();
    out += c.byte ? String.fromCharCode(c.code) : encodeUtf8(String.fromCodePoint(c.code));
    i = c.next;
  }
  return makeString(out);
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92, "'": 39, '"': 34 };

/** The character or escape at `at`; `byte` for \x and octal, which stand for one byte. Go: strconv.UnquoteChar. */
function unescape(text: string, at: number, end: number): { readonly code: number; readonly byte: boolean; readonly next: number } | undefined {
  if (text[at] !== "\\") {
    const width = runeWidth(text, at);
    if (width === 0) return { code: 0xfffd, byte: false, next: at + 1 };
    return { code: decode(text, at, width), byte: false, next: at + width };
  }
  const c = text[at + 1] ?? "";
  const simple = ESCAPES[c];
  if (simple !== undefined) return { code: simple, byte: false, next: at + 2 };
  const digits = c === "x" ? 2 : c === "u" ? 4 : c === "U" ? 8 : 0;
  const [from, count, base] = digits > 0 ? [at + 2, digits, 16] : [at + 1, 3, 8];
  const body = text.slice(from, Math.min(from + count, end));
  if (body.length !== count || !(base === 16 ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/).test(body)) return undefined;
  const code = parseInt(body, base);
  const byte = c === "x" || base === 8;
  if (byte ? code > 255 : code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
  return { code, byte, next: from + count };
}

/** The character that `width` bytes of valid UTF-8 at `at` spell. */
function decode(text: string, at: number, width: number): number {
  if (width === 1) return text.charCodeAt(at);
  let code = text.charCodeAt(at) & (0xff >> (width + 1));
  for (let k = 1; k < width; k++) code = (code << 6) | (text.charCodeAt(at + k) & 0x3f);
  return code;
}

// ---- exact texts --------------------------------------------------------------------------------------------

/**
 * The value that `text` spells exactly: `true`, `"a"` (quoted, as text), `12`, `1/3`, `0x.8p+4096`, `(1 + 2i)`. Unknown for anything else.
 * A float that is whole is written as an int; the caller who knows its type turns it into one. Go: constant.Value.ExactString.
 */
export function fromExactString(text: string): Value {
  if (text === "true" || text === "false") return makeBool(text === "true");
  if (text.startsWith('"')) return stringLiteral(encodeUtf8(text));
  const complex = /^\((.+) \+ (.+)i\)$/.exec(text);
  if (complex) return makeComplex(fromExactString(complex[1] ?? ""), fromExactString(complex[2] ?? ""));
  const rational = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (rational?.[1] !== undefined) {
    return rational[2] === undefined ? { kind: "int", value: BigInt(rational[1]) } : makeRational(BigInt(rational[1]), BigInt(rational[2]));
  }
  const scaled = /^(-?)0x\.([0-9a-f]+)p([+-]?\d+)$/.exec(text);
  if (scaled?.[2] === undefined) return makeUnknown();
  const mant = BigInt(`0x${scaled[2]}`);
  return makeScaled(scaled[1] === "-" ? -mant : mant, 1n, Number(scaled[3]) - 4 * scaled[2].length);
}
