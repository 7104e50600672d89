/**
 * What the generated parser does when an item is missing: says it in Go's words, skips to where parsing can go on, and
 * puts something in the item's place. Which words and where to stands in sites.ts; how they are put together is here.
 *
 * Errors of the scanner are merged in here, because Go's parser meets both in one stream and some of its rules ask
 * whether there was an error before.
 *
 * Go: cmd/compile/internal/syntax/parser.go (syntaxErrorAt, advance, want, list).
 */
import type { Pos } from "../../base/source.ts";
import type { BadExpr } from "./ast.ts";
import { tokenText, type Tokens } from "./scan.ts";
import { EOF, FIRST_KEYWORD, FIRST_LITERAL, IDENT, LAST_KEYWORD, LAST_LITERAL, SEMI, spelling, token, TOKEN_LIMIT } from "./tokens.ts";

/** An error at a byte offset. */
export interface SyntaxFault {
  readonly offset: number;
  readonly message: string;
}

/** What the generated parser shows of itself. */
export interface Registers {
  /** Index of the next token. */
  at: number;
  /** Kind of the next token. */
  readonly kind: number;
  /** How many function bodies are open. */
  readonly depth: number;
  /** Parses `rule` here. */
  call(rule: string, left?: unknown): unknown;
}

/** Given back instead of a value: the rule ends here with what it has. */
export const LEAVE: unique symbol = Symbol("leave");

/** What to do at one place of the grammar; every field is for one kind of place. */
export interface Site {
  /** The words: `expected …` and `in …` are put after `unexpected X`, others stand alone. */
  readonly say?: string | ((r: Recovery, children: readonly unknown[]) => string);
  /** Skip to one of these tokens; without it, exactly one token is skipped; an empty list skips none. */
  readonly skip?: readonly string[];
  /** What is put in the item's place: a BadExpr. */
  readonly value?: "bad";
  /** Does it all, and gives back the value of the item. */
  readonly recover?: (r: Recovery, children: readonly unknown[]) => unknown;
  /** `recover` may give back LEAVE. */
  readonly leaves?: boolean;
  /** The item counts as missing at these tokens only; everywhere else it is parsed. */
  readonly on?: readonly string[];
  /** An optional item is parsed unless one of these tokens is next. */
  readonly unless?: readonly string[];
  /** The item is taken only if this holds too. */
  readonly guard?: (r: Recovery, children: readonly unknown[]) => boolean;
  /** Runs before the item. */
  readonly before?: (r: Recovery, children: readonly unknown[]) => void;
  /** Other tokens that are taken for this one, with a complaint. */
  readonly also?: readonly string[];
  /** The rule is a list; the words name it (`parameter list`). */
  readonly list?: string;
  /** What is said of an empty list. */
  readonly empty?: string;
  /** The rule is given what stands to its left. */
  readonly suffix?: boolean;
  /** The rule is the body of a function. */
  readonly nests?: boolean;
  readonly sequence?: {
    /** The sequence ends before these tokens. */
    readonly stop: readonly string[];
    /** No separator is needed before these. */
    readonly ends: readonly string[];
    readonly before?: (r: Recovery) => void;
    /** What is said of a token that begins no item; the sequence ends there if this is absent. */
    readonly badStart?: string | ((r: Recovery, items: readonly unknown[]) => string);
    readonly badSkip?: readonly string[];
    readonly after: string;
    readonly afterSkip: readonly string[];
    /** A separator found by skipping is taken. */
    readonly takeSeparator?: boolean;
  };
}

/** Thrown to end the parse of a file that has no more to say. */
export const GIVE_UP: unique symbol = Symbol("give up");

const STATEMENT_STARTS = "break const continue defer fallthrough for go goto if return select switch type var".split(" ").map(token);
const OPERATOR = "||,&&,==,!=,<,<=,>,>=,+,-,|,^,/,%,<<,>>,&,&^,!,~".split(",").map(token);

/** The recovery of one parse. */
export class Recovery {
  readonly errors: SyntaxFault[] = [];
  readonly tokens: Tokens;
  readonly registers: Registers;
  /** `Pos` of the first byte of the text. */
  readonly base: number;
  /** Kind of the token at which the last top-level declaration began. */
  previous = token("import");
  #merged = 0;

  constructor(tokens: Tokens, base: number, registers: Registers) {
    this.tokens = tokens;
    this.base = base;
    this.registers = registers;
  }

  /** Is the next token spelled (or classed) `text`? */
  is(text: string): boolean {
    return this.registers.kind === token(text);
  }

  /** Takes the next token if it is `text`. */
  got(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  /** Skips one token, the end excepted. */
  next(): void {
    if (this.registers.kind !== EOF) this.registers.at++;
  }

  /** Offset of token `index`. */
  offset(index = this.registers.at): number {
    return this.tokens.starts[index] ?? 0;
  }

  /** Number of errors so far, those of the scanner included. */
  count(): number {
    this.#merge();
    return this.errors.length;
  }

  /** Reports a message as it is. */
  error(offset: number, message: string): void {
    this.#merge();
    this.errors.push({ offset, message });
  }

  /** Reports a syntax error at the next token. */
  say(words: string): void {
    this.sayAt(this.offset(), words);
  }

  /** Reports a syntax error at `offset`. At the end of the file only the first error counts. */
  sayAt(offset: number, words: string): void {
    if (this.registers.kind === EOF && this.count() > 0) return;
    const glue = /^(in|at|after) /.test(words) ? " " : words.startsWith("expected ") ? ", " : undefined;
    const message = glue === undefined ? words : `unexpected ${this.#found()}${glue}${words}`;
    this.error(offset, `syntax error: ${message}`);
  }

  /** Skips to one of `tokens` (in a function also to a keyword that begins a statement); `operator` means any but `*`. */
  skipTo(tokens: readonly string[]): void {
    const stop = new Uint8Array(TOKEN_LIMIT);
    stop[EOF] = 1;
    if (this.registers.depth > 0) for (const t of STATEMENT_STARTS) stop[t] = 1;
    for (const t of tokens.flatMap((text) => (text === "operator" ? OPERATOR : [token(text)]))) stop[t] = 1;
    while (stop[this.registers.kind] === 0) this.registers.at++;
  }

  /** Position of the next token. */
  pos(): Pos {
    return (this.base + this.offset()) as Pos;
  }

  /** Takes the token `text`, or says that it is missing and skips one. The token's index, inverted where it is missing. */
  want(text: string): number {
    const index = this.registers.at;
    if (this.got(text)) return index;
    this.say(`expected ${inWords(token(text))}`);
    this.next();
    return ~index;
  }

  /** Ends the parse: what follows would not be understood. */
  giveUp(): never {
    throw GIVE_UP;
  }

  /** A bad expression at the next token. */
  bad(): BadExpr {
    return { kind: "BadExpr", pos: this.pos() };
  }

  // ---- asked by the generated parser

  /** An item is missing: `wanted` is the token, or 0 for a rule. */
  miss(site: Site | undefined, wanted: number, children: readonly unknown[]): unknown {
    const index = this.registers.at;
    if (site?.recover) return site.recover(this, children);
    const value = site?.value === "bad" ? this.bad() : wanted === EOF ? undefined : ~index;
    const words = typeof site?.say === "function" ? site.say(this, children) : site?.say;
    this.say(words ?? `expected ${wanted === IDENT ? "name" : inWords(wanted)}`);
    if (site?.skip === undefined) this.next();
    else if (site.skip.length > 0) this.skipTo(site.skip);
    return value;
  }

  empty(site: Site): void {
    this.say(site.empty ?? "");
  }

  /** Neither separator nor closing token stands after an item of a list. */
  list(site: Site, separator: number, close: number): void {
    this.say(`in ${site.list}; possibly missing ${inWords(separator)} or ${inWords(close)}`);
    this.skipTo([")", "]", "}"]);
  }

  /** The next token begins no item of a sequence. True: it was reported and skipped; false: the sequence ends. */
  badStart(site: Site, items: readonly unknown[]): boolean {
    const sequence = site.sequence;
    if (sequence?.badStart === undefined) return false;
    this.say(typeof sequence.badStart === "function" ? sequence.badStart(this, items) : sequence.badStart);
    this.previous = this.registers.kind;
    this.skipTo(sequence.badSkip ?? []);
    return true;
  }

  /** No separator stands after an item of a sequence. */
  afterItem(site: Site, separator: number): void {
    const sequence = site.sequence;
    if (!sequence) return;
    this.say(sequence.after);
    this.skipTo(sequence.afterSkip);
    if (sequence.takeSeparator && this.registers.kind === separator) this.next();
  }

  /** The next token as messages name it. */
  #found(): string {
    const { kind, at } = this.registers;
    if (kind === IDENT) return `name ${tokenText(this.tokens, at)}`;
    if (kind >= FIRST_LITERAL && kind <= LAST_LITERAL) return `literal ${tokenText(this.tokens, at)}`;
    return kind === SEMI ? semicolonName(this.tokens, at) : inWords(kind);
  }

  /** Takes in the scanner's errors up to the next token. */
  #merge(): void {
    const found = this.tokens.errors;
    for (let e = found[this.#merged]; e && e.token <= this.registers.at; e = found[++this.#merged]) this.errors.push(e);
  }
}

/** `semicolon`, `newline` or `EOF`: what the semicolon at `index` was in the text. */
export function semicolonName(tokens: Tokens, index: number): "semicolon" | "newline" | "EOF" {
  const offset = tokens.starts[index] ?? 0;
  if (offset >= tokens.text.length) return "EOF";
  return tokens.text[offset] === ";" ? "semicolon" : "newline";
}

/** A token as messages name it. Go: tokstring. */
function inWords(kind: number): string {
  if (kind === token(",")) return "comma";
  if (kind === SEMI) return "semicolon or newline";
  const text = spelling(kind);
  return kind >= FIRST_KEYWORD && kind <= LAST_KEYWORD ? `keyword ${text}` : text;
}
