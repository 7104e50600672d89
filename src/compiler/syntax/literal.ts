/**
 * Numbers, strings and runes: where each ends and what is wrong with it, in Go's words. Values are computed elsewhere
 * (compiler/constant).
 *
 * Go: cmd/compile/internal/syntax/scanner.go (number, stdString, rawString, rune, escape).
 */
import type { ByteString } from "../../base/source.ts";
import { decodeRune, isSurrogate, MAX_RUNE, quoteRune, runeName } from "./rune.ts";
import { FLOAT, IMAGINARY, INT, RUNE, STRING } from "./tokens.ts";

/** Where a literal's kind and errors go. */
export interface LiteralSink {
  readonly text: ByteString;
  /** Number of the token that is being scanned. */
  token: number;
  /** Kind of the literal just scanned. */
  kind?: number | undefined;
  readonly errors: { readonly token: number; readonly offset: number; readonly message: string }[];
  readonly bad: Set<number>;
}

const NEWLINE = 10;
const BACKSLASH = 92;
const UNDERSCORE = 95;

function complain(s: LiteralSink, offset: number, message: string): void {
  s.bad.add(s.token);
  s.errors.push({ token: s.token, offset, message });
}

const lower = (c: number): number => c | 32;
const isDecimal = (c: number): boolean => c >= 48 && c <= 57;
const isHex = (c: number): boolean => isDecimal(c) || (lower(c) >= 97 && lower(c) <= 102);

// ---- numbers ----------------------------------------------------------------------------------------------------

/** What a run of digits and `_` held. */
interface Digits {
  readonly end: number;
  readonly digit: boolean;
  readonly separator: boolean;
  /** Offset of the first digit that is too large for the base; -1 if there is none. */
  readonly invalid: number;
}

function digits(text: ByteString, i: number, base: number): Digits {
  let digit = false;
  let separator = false;
  let invalid = -1;
  for (; ; i++) {
    const c = text.charCodeAt(i);
    if (c === UNDERSCORE) separator = true;
    else if (base > 10 ? isHex(c) : isDecimal(c)) {
      digit = true;
      if (base <= 10 && c >= 48 + base && invalid < 0) invalid = i;
    } else return { end: i, digit, separator, invalid };
  }
}

/** Base and prefix letter (`x`, `o`, `b`, `0` for a leading zero, `` for decimal) of the number at `i`. */
function numberBase(text: ByteString, i: number): { readonly base: number; readonly prefix: string; readonly start: number } {
  if (text.charCodeAt(i) !== 48) return { base: 10, prefix: "", start: i };
  switch (lower(text.charCodeAt(i + 1))) {
    case 120:
      return { base: 16, prefix: "x", start: i + 2 };
    case 111:
      return { base: 8, prefix: "o", start: i + 2 };
    case 98:
      return { base: 2, prefix: "b", start: i + 2 };
    default:
      return { base: 8, prefix: "0", start: i };
  }
}

/** Scans the number at `start`, which begins with a digit or with a point before a digit. Returns its end. */
export function scanNumber(s: LiteralSink, start: number): number {
  const { text } = s;
  const seenPoint = text.charCodeAt(start) === 46;
  const { base, prefix, start: from } = seenPoint ? { base: 10, prefix: "", start } : numberBase(text, start);
  let kind = INT;
  let fault: { readonly offset: number; readonly message: string } | undefined;
  const fail = (offset: number, message: string): void => {
    fault ??= { offset, message };
  };
  const whole = seenPoint ? { end: start, digit: false, separator: false, invalid: -1 } : digits(text, from, base);
  let at = whole.end;
  let { digit, separator } = whole;
  if (text.charCodeAt(at) === 46) {
    if (prefix === "o" || prefix === "b") fail(at, `invalid radix point in ${baseName(base)} literal`);
    const fraction = digits(text, at + 1, base);
    kind = FLOAT;
    at = fraction.end;
    digit ||= fraction.digit;
    separator ||= fraction.separator;
  }
  if (!digit) fail(at, `${baseName(base)} literal has no digits`);
  const exponent = lower(text.charCodeAt(at));
  if (exponent === 101 || exponent === 112) {
    const letter = quoteRune(text.charCodeAt(at));
    if (exponent === 101 && prefix !== "" && prefix !== "0") fail(at, `${letter} exponent requires decimal mantissa`);
    if (exponent === 112 && prefix !== "x") fail(at, `${letter} exponent requires hexadecimal mantissa`);
    at++;
    if (text.charCodeAt(at) === 43 || text.charCodeAt(at) === 45) at++;
    const power = digits(text, at, 10);
    kind = FLOAT;
    at = power.end;
    separator ||= power.separator;
    if (!power.digit) fail(at, "exponent has no digits");
  } else if (prefix === "x" && kind === FLOAT) fail(at, "hexadecimal mantissa requires a 'p' exponent");
  if (text.charCodeAt(at) === 105) {
    kind = IMAGINARY;
    at++;
  }
  if (kind === INT && whole.invalid >= 0) {
    fail(whole.invalid, `invalid digit ${quoteRune(text.charCodeAt(whole.invalid))} in ${baseName(base)} literal`);
  }
  if (separator) {
    const wrong = invalidSeparator(text.slice(start, at));
    if (wrong >= 0) fail(start + wrong, "'_' must separate successive digits");
  }
  if (fault) complain(s, fault.offset, fault.message);
  s.kind = kind;
  return at;
}

function baseName(base: number): string {
  return base === 2 ? "binary" : base === 8 ? "octal" : base === 10 ? "decimal" : "hexadecimal";
}

/** Index of the first `_` that does not stand between digits, or -1. A base prefix counts as a digit. */
function invalidSeparator(literal: string): number {
  const hex = /^0x/i.test(literal);
  const prefixed = /^0[xob]/i.test(literal);
  const isDigitAt = (i: number): boolean => {
    const c = literal.charCodeAt(i);
    return (prefixed && i < 2 && i >= 0) || isDecimal(c) || (hex && isHex(c));
  };
  for (let i = prefixed ? 2 : 0; i < literal.length; i++) {
    if (literal.charCodeAt(i) !== UNDERSCORE) continue;
    if (!isDigitAt(i - 1)) return i;
    if (!isDigitAt(i + 1) && literal.charCodeAt(i + 1) !== UNDERSCORE) return i;
  }
  return -1;
}

// ---- strings and runes --------------------------------------------------------------------------------------------

/** Scans the `"` string at `start` and returns its end. */
export function scanString(s: LiteralSink, start: number): number {
  const { text } = s;
  s.kind = STRING;
  for (let i = start + 1; ; ) {
    const c = text.charCodeAt(i);
    if (c === 34) return i + 1;
    if (c === BACKSLASH) i = scanEscape(s, i + 1, 34);
    else if (c === NEWLINE) {
      complain(s, i, "newline in string");
      return i;
    } else if (i >= text.length) {
      complain(s, start, "string not terminated");
      return i;
    } else i++;
  }
}

/** Scans the back-quoted string at `start` and returns its end. */
export function scanRawString(s: LiteralSink, start: number): number {
  s.kind = STRING;
  const close = s.text.indexOf("`", start + 1);
  if (close >= 0) return close + 1;
  complain(s, start, "string not terminated");
  return s.text.length;
}

/** Scans the rune literal at `start` and returns its end. Only its first fault is reported. */
export function scanRune(s: LiteralSink, start: number): number {
  const { text } = s;
  s.kind = RUNE;
  const fail = (offset: number, message: string): void => {
    if (!s.bad.has(s.token)) complain(s, offset, message);
  };
  for (let i = start + 1, n = 0; ; n++) {
    const c = text.charCodeAt(i);
    if (c === 39) {
      if (n === 0) fail(i, "empty rune literal or unescaped '");
      else if (n !== 1) fail(start, "more than one character in rune literal");
      return i + 1;
    }
    if (c === BACKSLASH) i = scanEscape(s, i + 1, 39);
    else if (c === NEWLINE) {
      fail(i, "newline in rune literal");
      return i;
    } else if (i >= text.length) {
      fail(start, "rune literal not terminated");
      return i;
    } else i += decodeRune(text, i).size;
  }
}

/** Length, base and largest value of a numeric escape. */
interface EscapeForm {
  readonly start: number;
  readonly length: number;
  readonly base: number;
  readonly max: number;
}

function escapeForm(c: number, i: number): EscapeForm | undefined {
  if (c >= 48 && c <= 55) return { start: i, length: 3, base: 8, max: 255 };
  if (c === 120) return { start: i + 1, length: 2, base: 16, max: 255 };
  if (c === 117) return { start: i + 1, length: 4, base: 16, max: MAX_RUNE };
  if (c === 85) return { start: i + 1, length: 8, base: 16, max: MAX_RUNE };
  return undefined;
}

/** Reads what follows a backslash at `i - 1` and returns where scanning goes on. The end of the text is left to the caller. */
function scanEscape(s: LiteralSink, i: number, quote: number): number {
  const { text } = s;
  if (i >= text.length) return i;
  const c = text.charCodeAt(i);
  if (c === quote || "abfnrtv\\".includes(text.charAt(i))) return i + 1;
  const form = escapeForm(c, i);
  if (!form) {
    complain(s, i, "unknown escape");
    return i;
  }
  let value = 0;
  let at = form.start;
  for (const end = at + form.length; at < end; at++) {
    if (at >= text.length) return at;
    const { rune } = decodeRune(text, at);
    const digit = isDecimal(rune) ? rune - 48 : rune < 128 && isHex(rune) ? lower(rune) - 97 + 10 : form.base;
    if (digit >= form.base) {
      complain(s, at, `invalid character ${quoteRune(rune)} in ${baseName(form.base)} escape`);
      return at;
    }
    value = value * form.base + digit;
  }
  if (value > form.max && form.base === 8) complain(s, at, `octal escape value ${value} > 255`);
  else if (value > form.max || isSurrogate(value)) complain(s, at, `escape is invalid Unicode code point ${runeName(value)}`);
  return at;
}
