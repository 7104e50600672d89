/**
 * The scanner: a byte string in, three arrays of tokens out (kind, start, end), semicolons inserted as the Go
 * specification says, comments dropped, directives and errors listed with the token before which they were met.
 *
 * Positions are byte offsets. Literals are checked in literal.ts; no names are resolved and no values computed here.
 *
 * Go: cmd/compile/internal/syntax/scanner.go, source.go.
 */
import { decodeUtf8, type ByteString, type SourceFile } from "../../base/source.ts";
import { decodeRune, runeName } from "./rune.ts";
import { scanNumber, scanRawString, scanRune, scanString, type LiteralSink } from "./literal.ts";
import { EOF, IDENT, INT, keywords, operators, SEMI, token, TOKEN_LIMIT } from "./tokens.ts";
import { isDigit, isLetter } from "./unicode.ts";

/** An error met while scanning token number `token`. */
export interface ScanError {
  readonly token: number;
  readonly offset: number;
  readonly message: string;
}

/** A `//go:` or `//line` comment met while scanning token number `token`. */
export interface Directive {
  readonly token: number;
  /** Of the comment's first slash. */
  readonly offset: number;
  /** The comment without its slashes (and closing star and slash). */
  readonly text: string;
  readonly block: boolean;
  /** Only white space stands before it on its line. */
  readonly blank: boolean;
}

/** The tokens of one file. `kinds[count]` is EOF, at the end of the text. */
export interface Tokens {
  readonly text: ByteString;
  /** No byte is above 127. */
  readonly ascii: boolean;
  readonly count: number;
  readonly kinds: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Number of each literal token that has an error in it. */
  readonly bad: ReadonlySet<number>;
  readonly errors: readonly ScanError[];
  readonly directives: readonly Directive[];
}

/** Where tokens are written. Kept by who scans many files, it is filled anew each time: fresh arrays cost a quarter of a whole parse. */
export class TokenRoom {
  kinds: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;

  /** Room for `tokens` tokens, which grows by itself. */
  constructor(tokens: number) {
    this.kinds = new Uint16Array(tokens);
    this.starts = new Int32Array(tokens);
    this.ends = new Int32Array(tokens);
  }

  grow(): void {
    this.kinds = doubled(this.kinds, Uint16Array);
    this.starts = doubled(this.starts, Int32Array);
    this.ends = doubled(this.ends, Int32Array);
  }
}

/** What the slow paths share with the main loop. */
interface Scanner extends LiteralSink {
  readonly directives: Directive[];
  readonly errors: ScanError[];
  readonly bad: Set<number>;
}

const NEWLINE = 10;
const SLASH = 47;
const STAR = 42;
const ZERO = 48;
const BLANK = 1;
const LETTER = 2;
const DIGIT = 3;
const OPERATOR = 4;

const FIRST_KEYWORD_NUMBER = token(keywords[0] ?? "");
const operatorText: string[] = [];
const operatorLength = new Uint8Array(TOKEN_LIMIT);
const classes = classTable();
/** Token number of a keyword by hash; the hash is perfect for Go's keywords. */
const keywordTable = keywordHash();
/** 1 for the ASCII characters of an identifier. */
const identifierBytes = Uint8Array.from({ length: 256 }, (_, c) => (classes[c] === LETTER || classes[c] === DIGIT ? 1 : 0));
/** 1 for what may follow a run of decimal digits inside a number. */
const numberGoesOn = Uint8Array.from({ length: 256 }, (_, c) => (c >= 128 || classes[c] === LETTER || classes[c] === DIGIT || c === 46 ? 1 : 0));
const operatorsByFirst = operatorTable();
/** The operator that its first character is, where no other begins so; else 0. */
const operatorAlone = Uint16Array.from(operatorsByFirst, (some) => (some.length === 1 ? (some[0] ?? 0) : 0));
/** After these tokens a newline ends the statement. */
const endsStatement = endTable();

/** Tokens of `file`; they stay as they are until `room` is used again. */
export function scan(file: SourceFile, room?: TokenRoom): Tokens {
  return scanText(file.text, room);
}

/** Tokens of a byte string. */
export function scanText(text: ByteString, room = new TokenRoom(text.length / 4 + 64)): Tokens {
  if (!/[\0\x80-\xff]/.test(text)) return scanClean(text, true, room);
  const { errors, skipped, end } = checkEncoding(text);
  if (skipped.length === 0) return scanClean(text, false, room);
  return restoreSkipped(text.slice(0, end), skipped, errors);
}

/** Scans a text without NUL, byte order marks and invalid UTF-8. */
function scanClean(text: ByteString, ascii: boolean, room: TokenRoom): Tokens {
  const n = text.length;
  let { kinds, starts, ends } = room;
  let most = kinds.length - 3;
  const s: Scanner = { text, token: 0, errors: [], directives: [], bad: new Set() };
  let count = 0;
  let last = EOF;
  for (let i = 0; i < n; ) {
    const c = text.charCodeAt(i);
    let end = i + 1;
    let kind: number;
    switch (c < 128 ? classes[c] : LETTER) {
      case BLANK:
        if (c === NEWLINE && endsStatement[last] === 1) {
          kind = SEMI;
          break;
        }
        i++;
        continue;
      case LETTER:
        while (end < n && identifierBytes[text.charCodeAt(end)] === 1) end++;
        if (c >= 128 || (end < n && text.charCodeAt(end) >= 128)) end = identifierTail(s, i, count);
        kind = keyword(text, c, i, end);
        break;
      case DIGIT:
        if (c !== ZERO) {
          while (classes[text.charCodeAt(end)] === DIGIT) end++;
          if (numberGoesOn[text.charCodeAt(end)] !== 1) {
            kind = INT;
            break;
          }
        }
        s.token = count;
        end = scanNumber(s, i);
        kind = s.kind ?? IDENT;
        break;
      case OPERATOR:
        if (c === SLASH && (text.charCodeAt(end) === SLASH || text.charCodeAt(end) === STAR)) {
          s.token = count;
          end = comment(s, i);
          if (text.charCodeAt(i + 1) === STAR && endsStatement[last] === 1 && hasNewline(text, i, end)) {
            kind = SEMI;
            break;
          }
          i = end;
          continue;
        }
        if (c === 46 && end < n && classes[text.charCodeAt(end)] === DIGIT) {
          s.token = count;
          end = scanNumber(s, i);
          kind = s.kind ?? IDENT;
          break;
        }
        kind = operatorAlone[c] ?? 0;
        if (kind === 0) kind = operator(text, c, i);
        end = i + (operatorLength[kind] ?? 1);
        break;
      default:
        s.token = count;
        end = scanOther(s, c, i);
        if (s.kind === undefined) {
          i = end;
          continue;
        }
        kind = s.kind;
    }
    kinds[count] = kind;
    starts[count] = i;
    ends[count] = end;
    if (++count > most) {
      room.grow();
      ({ kinds, starts, ends } = room);
      most = kinds.length - 3;
    }
    last = kind;
    i = end;
  }
  if (endsStatement[last] === 1) {
    kinds[count] = SEMI;
    starts[count] = ends[count] = n;
    count++;
  }
  kinds[count] = EOF;
  starts[count] = ends[count] = n;
  return { text, ascii, count, kinds, starts, ends, bad: s.bad, errors: s.errors, directives: s.directives };
}

/** `from` with twice the room. */
function doubled<A extends Uint16Array | Int32Array>(from: A, type: new (length: number) => A): A {
  const to = new type(from.length * 2);
  to.set(from);
  return to;
}

/** Quoted literals, and characters that begin no token (then `s.kind` is undefined). Returns the end. */
function scanOther(s: Scanner, c: number, i: number): number {
  if (c === 34) return scanString(s, i);
  if (c === 96) return scanRawString(s, i);
  if (c === 39) return scanRune(s, i);
  s.kind = undefined;
  return skipInvalid(s, i);
}

/** Reports the character at `i`, which begins no token, and returns its end. */
function skipInvalid(s: Scanner, i: number): number {
  const { rune, size } = decodeRune(s.text, i);
  s.errors.push({ token: s.token, offset: i, message: `invalid character ${runeName(rune)}` });
  return i + size;
}

/**
 * End of the identifier at `i` that holds characters above ASCII. As Go does, takes every one of them into it and
 * complains of those that are no letters and no digits.
 */
function identifierTail(s: Scanner, i: number, index: number): number {
  const { text } = s;
  for (let at = i; ; ) {
    const c = text.charCodeAt(at);
    if (at < text.length && identifierBytes[c] === 1) {
      at++;
      continue;
    }
    if (!(c >= 128)) return at;
    const { rune, size } = decodeRune(text, at);
    if (isDigit(rune)) {
      if (at === i) s.errors.push({ token: index, offset: at, message: `identifier cannot begin with digit ${runeName(rune)}` });
    } else if (!isLetter(rune)) {
      s.errors.push({ token: index, offset: at, message: `invalid character ${runeName(rune)} in identifier` });
    }
    at += size;
  }
}

/** Token number of the word from `start` to `end`. */
function keyword(text: string, first: number, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > 11 || first < 97) return IDENT;
  const kind = keywordTable[hash(first, text.charCodeAt(start + 1), length)] ?? 0;
  if (kind === 0) return IDENT;
  const word = keywords[kind - FIRST_KEYWORD_NUMBER] ?? "";
  return word.length === length && text.startsWith(word, start) ? kind : IDENT;
}

/** Token number of the longest operator at `i`, which begins with `c`. */
function operator(text: string, c: number, i: number): number {
  const candidates = operatorsByFirst[c] ?? [];
  for (const kind of candidates) {
    if (operatorLength[kind] === 1 || text.startsWith(operatorText[kind] ?? "", i)) return kind;
  }
  return SEMI;
}

/** Skips the comment at `i`, keeps it if it is a directive, and returns its end (for a line comment that of the line). */
function comment(s: Scanner, i: number): number {
  const { text } = s;
  const block = text.charCodeAt(i + 1) === STAR;
  const close = block ? text.indexOf("*/", i + 2) : text.indexOf("\n", i);
  if (block && close < 0) s.errors.push({ token: s.token, offset: i, message: "comment not terminated" });
  const end = close < 0 ? text.length : block ? close + 2 : close;
  const directive = text.startsWith("line ", i + 2) || (!block && text.startsWith("go:", i + 2));
  if (!directive || (block && close < 0)) return end;
  const inside = text.slice(i + 2, block ? close : end);
  s.directives.push({
    token: s.token,
    offset: i,
    text: !block && inside.endsWith("\r") ? inside.slice(0, -1) : inside,
    block,
    blank: isBlankBefore(text, i),
  });
  return end;
}

function isBlankBefore(text: string, i: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", i - 1) + 1, i);
  return /^[ \t\r]*$/.test(line);
}

function hasNewline(text: string, from: number, to: number): boolean {
  const at = text.indexOf("\n", from);
  return at >= 0 && at < to;
}

// ---- bytes that Go's reader skips -----------------------------------------------------------------------------

/** A run of bytes that the reader leaves out. */
interface Skipped {
  readonly offset: number;
  readonly size: number;
}

/** A text with so many bad bytes is no Go text: it is not read on. */
const MOST_BAD_BYTES = 10_000;

/**
 * Finds NUL bytes, byte order marks and invalid UTF-8, up to a limit; `end` is where looking ended. A mark at the very start is left out
 * without complaint.
 */
function checkEncoding(text: ByteString): { errors: { offset: number; message: string }[]; skipped: Skipped[]; end: number } {
  const errors: { offset: number; message: string }[] = [];
  const skipped: Skipped[] = [];
  const leaveOut = (offset: number, size: number, message: string): void => {
    skipped.push({ offset, size });
    if (message !== "") errors.push({ offset, message });
  };
  const odd = /[\0\x80-\xff]/g;
  for (let found = odd.exec(text); found; found = odd.exec(text)) {
    const i = found.index;
    const { rune, size } = decodeRune(text, i);
    if (rune === 0) leaveOut(i, 1, "invalid NUL character");
    else if (rune === 0xfffd && size === 1) leaveOut(i, 1, "invalid UTF-8 encoding");
    else if (rune === 0xfeff) leaveOut(i, size, i === 0 ? "" : "invalid BOM in the middle of the file");
    odd.lastIndex = i + size;
    if (errors.length >= MOST_BAD_BYTES) return { errors, skipped, end: i + size };
  }
  return { errors, skipped, end: text.length };
}

/** The first index below `count` for which `above` holds, `count` if there is none; it holds for all after the first. */
function firstAbove(count: number, above: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Scans `text` without the skipped bytes and puts every offset back to where it stands in `text`. */
function restoreSkipped(text: ByteString, skipped: readonly Skipped[], found: readonly { offset: number; message: string }[]): Tokens {
  let clean = "";
  let from = 0;
  const cuts: Skipped[] = [];
  for (const { offset, size } of skipped) {
    clean += text.slice(from, offset);
    from = offset + size;
    cuts.push({ offset: clean.length, size });
  }
  clean += text.slice(from);
  const before = [0];
  for (const cut of cuts) before.push((before.at(-1) ?? 0) + cut.size);
  const restore = (offset: number): number => offset + (before[firstAbove(cuts.length, (i) => (cuts[i]?.offset ?? 0) > offset)] ?? 0);
  const t = scanClean(clean, false, new TokenRoom(clean.length / 4 + 64));
  for (let i = 0; i <= t.count; i++) {
    t.starts[i] = restore(t.starts[i] ?? 0);
    t.ends[i] = restore(t.ends[i] ?? 0);
  }
  // Go's scanner is one character ahead: bytes left out behind a token are met while scanning it, and belong to its text.
  const meeting = (offset: number): number => firstAbove(t.count, (i) => (t.ends[i] ?? 0) > offset);
  const errors = [
    ...found.map((e) => ({ ...e, token: meeting(e.offset) })),
    ...t.errors.map((e) => ({ ...e, offset: restore(e.offset) })),
  ].sort((a, b) => a.token - b.token || a.offset - b.offset);
  return { ...t, text, errors, directives: t.directives.map((d) => ({ ...d, offset: restore(d.offset) })) };
}

/** The text of an identifier or literal token as a person reads it. */
export function tokenText(t: Tokens, index: number): string {
  const text = t.text.slice(t.starts[index], t.ends[index]);
  return t.ascii || isAscii(text) ? text : decodeUtf8(text);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 128) return false;
  return true;
}

// ---- tables -----------------------------------------------------------------------------------------------------

function classTable(): Uint8Array {
  const table = new Uint8Array(128);
  for (const c of " \t\r\n") table[c.charCodeAt(0)] = BLANK;
  for (let c = 0; c < 26; c++) table[65 + c] = table[97 + c] = LETTER;
  table[95] = LETTER;
  for (let c = 48; c < 58; c++) table[c] = DIGIT;
  for (const text of operators) table[text.charCodeAt(0)] = OPERATOR;
  return table;
}

function hash(first: number, second: number, length: number): number {
  return (((first << 4) ^ second) + length) & 63;
}

function keywordHash(): Uint16Array {
  const table = new Uint16Array(64);
  for (const word of keywords) table[hash(word.charCodeAt(0), word.charCodeAt(1), word.length)] = token(word);
  return table;
}

function operatorTable(): number[][] {
  const table: number[][] = Array.from({ length: 128 }, () => []);
  for (const text of [...operators].sort((a, b) => b.length - a.length)) {
    const kind = token(text);
    table[text.charCodeAt(0)]?.push(kind);
    operatorText[kind] = text;
    operatorLength[kind] = text.length;
  }
  return table;
}

function endTable(): Uint8Array {
  const table = new Uint8Array(TOKEN_LIMIT);
  const enders = ["ident", "intLit", "floatLit", "imaginaryLit", "runeLit", "stringLit", "break", "continue", "fallthrough", "return"];
  for (const text of [...enders, "++", "--", ")", "]", "}"]) table[token(text)] = 1;
  return table;
}
