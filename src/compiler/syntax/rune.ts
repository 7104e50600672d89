/**
 * Characters in byte strings, and how Go's messages name them.
 *
 * Go: unicode/utf8 (DecodeRune), fmt (%q and %#U of a rune).
 */
import type { ByteString } from "../../base/source.ts";
import { isPrint } from "./unicode.ts";

const RUNE_ERROR = 0xfffd;
export const MAX_RUNE = 0x10ffff;

/** The character at `i`; U+FFFD of size 1 where the bytes are not UTF-8. */
export function decodeRune(text: ByteString, i: number): { readonly rune: number; readonly size: number } {
  const first = text.charCodeAt(i);
  if (first < 0x80) return { rune: first, size: 1 };
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const invalid = { rune: RUNE_ERROR, size: 1 };
  if (first < 0xc2 || first > 0xf4 || i + size > text.length) return invalid;
  let rune = first & (0x7f >> size);
  for (let k = 1; k < size; k++) {
    const next = text.charCodeAt(i + k);
    if ((next & 0xc0) !== 0x80) return invalid;
    rune = (rune << 6) | (next & 0x3f);
  }
  const least = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000;
  if (rune < least || rune > MAX_RUNE || isSurrogate(rune)) return invalid;
  return { rune, size };
}

export const isSurrogate = (rune: number): boolean => rune >= 0xd800 && rune < 0xe000;

/** `U+0040 '@'`; without the character where it can't be printed. Go: %#U. */
export function runeName(rune: number): string {
  const hex = rune.toString(16).toUpperCase().padStart(4, "0");
  return rune <= MAX_RUNE && isPrint(rune) ? `U+${hex} '${String.fromCodePoint(rune)}'` : `U+${hex}`;
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [7, "\\a"], [8, "\\b"], [12, "\\f"], [10, "\\n"], [13, "\\r"], [9, "\\t"], [11, "\\v"], [92, "\\\\"], [39, "\\'"],
]);

/** A character in single quotes, escaped as Go does. Go: %q of a rune. */
export function quoteRune(rune: number): string {
  const known = ESCAPES.get(rune);
  if (known !== undefined) return `'${known}'`;
  if (isPrint(rune)) return `'${String.fromCodePoint(rune)}'`;
  const hex = rune.toString(16);
  if (rune < 0x20 || rune === 0x7f) return `'\\x${hex.padStart(2, "0")}'`;
  return rune < 0x10000 ? `'\\u${hex.padStart(4, "0")}'` : `'\\U${hex.padStart(8, "0")}'`;
}
