/**
 * The tokens of Go, as numbers. The grammar is written over tokens: in grammar/go.ohm a terminal is the spelling of a
 * token, and one token is one code unit of the text that the grammar matches (generate.ts puts the numbers in).
 *
 * Operators that the grammar takes as a group (`binaryOp`, `assignOp`) lie next to one another, so a group is a range.
 * No tree and no source text are known here.
 *
 * Go: cmd/compile/internal/syntax/tokens.go.
 */
import { bug } from "../../base/bug.ts";

/** The number of the first token but `EOF`; above every character that ohm-js counts as a space. */
export const FIRST_TOKEN = 0x100;
/** One more than the largest token number. */
export const TOKEN_LIMIT = 0x180;

const LITERALS = ["intLit", "floatLit", "imaginaryLit", "runeLit", "stringLit"] as const;
const KEYWORDS = [
  "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto",
  "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var",
] as const;
const BINARY = ["||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "|", "^", "*", "/", "%", "<<", ">>", "&", "&^"] as const;
const OP_ASSIGN = ["+=", "-=", "|=", "^=", "*=", "/=", "%=", "<<=", ">>=", "&=", "&^="] as const;
const REST = ["!", "~", "<-", "=", ":=", "++", "--", "(", ")", "[", "]", "{", "}", ",", ";", ".", "...", ":"] as const;
const SPELLINGS: readonly string[] = ["ident", ...LITERALS, ...KEYWORDS, ...BINARY, ...OP_ASSIGN, ...REST];

const NUMBERS: ReadonlyMap<string, number> = new Map(SPELLINGS.map((text, i) => [text, FIRST_TOKEN + i]));

/** The number of the token spelled `text` (or of the token class of that name, as `ident`). */
export function token(text: string): number {
  return NUMBERS.get(text) ?? bug(`no token ${text}`);
}

/** How token `kind` is spelled; the name of its class where it has no fixed spelling. */
export function spelling(kind: number): string {
  return kind === EOF ? "EOF" : (SPELLINGS[kind - FIRST_TOKEN] ?? bug(`no token number ${kind}`));
}

/** Is `text` the spelling of a token or a class of tokens? */
export const isTokenName = (text: string): boolean => NUMBERS.has(text);

export const EOF = 0;
export const IDENT = token("ident");
export const FIRST_LITERAL = token("intLit");
export const LAST_LITERAL = token("stringLit");
export const INT = token("intLit");
export const FLOAT = token("floatLit");
export const IMAGINARY = token("imaginaryLit");
export const RUNE = token("runeLit");
export const STRING = token("stringLit");
export const FIRST_KEYWORD = token("break");
export const LAST_KEYWORD = token("var");
export const SEMI = token(";");
export const FIRST_OP_ASSIGN = token("+=");
export const LAST_OP_ASSIGN = token("&^=");

/** The keywords, for completion and for the scanner. */
export const keywords: readonly string[] = KEYWORDS;
/** Every operator and delimiter. */
export const operators: readonly string[] = [...BINARY, ...OP_ASSIGN, ...REST];

/** Binding strength of a binary operator, 1 (`||`) to 5 (`*`); 0 for every other token. */
export const precedence: Readonly<Uint8Array> = precedenceTable();

function precedenceTable(): Uint8Array {
  const table = new Uint8Array(TOKEN_LIMIT);
  const levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-", "|", "^"], ["*", "/", "%", "<<", ">>", "&", "&^"]];
  for (const [i, ops] of levels.entries()) for (const op of ops) table[token(op)] = i + 1;
  return table;
}
