/** What the actions of the grammar share during one parse, and the smallest nodes: names, literals, positions of tokens. */
import type { Pos } from "../../base/source.ts";
import type { BasicLit, LitKind, Name, Pragma } from "./ast.ts";
import type { Recovery } from "./recovery.ts";
import { tokenText, type Directive, type Tokens } from "./scan.ts";
import { FLOAT, IMAGINARY, INT, RUNE } from "./tokens.ts";

/** The rules that a parse may begin with. */
export const START_RULES = ["SourceFile", "Cell"] as const;
export type StartRule = (typeof START_RULES)[number];

/** One parse. */
export interface State {
  readonly tokens: Tokens;
  /** `Pos` of the first byte. */
  readonly base: number;
  readonly recovery: Recovery;
  /** `//go:` directives that no declaration has taken. */
  readonly pragmas: Directive[];
  groups: number;
}

/** A node while it is made. */
export type Mutable<Node> = { -readonly [K in keyof Node]: Node[K] };

/** Index of a token; inverted (`~i`) where the token is missing and would stand before token i. */
export type Token = number;

/** Position of token `t`, or of the place where it is missing. */
export function posOf(s: State, t: Token): Pos {
  return (s.base + (s.tokens.starts[t < 0 ? ~t : t] ?? 0)) as Pos;
}

/** The identifier at `t`; `_` where it is missing. */
export function nameAt(s: State, t: Token): Name {
  return { kind: "Name", pos: posOf(s, t), value: t < 0 ? "_" : tokenText(s.tokens, t) };
}

/** The literal at `t`; an empty bad one where it is missing. */
export function literalAt(s: State, t: Token): BasicLit {
  if (t < 0) return { kind: "BasicLit", pos: posOf(s, t), value: "", lit: "string", bad: true };
  const { kinds, starts, ends, text, bad } = s.tokens;
  return { kind: "BasicLit", pos: posOf(s, t), value: text.slice(starts[t], ends[t]), lit: litKind(kinds[t] ?? 0), bad: bad.has(t) };
}

function litKind(kind: number): LitKind {
  return kind === INT ? "int" : kind === FLOAT ? "float" : kind === IMAGINARY ? "imaginary" : kind === RUNE ? "rune" : "string";
}

const NONE: readonly Pragma[] = [];

/** Takes the directives met before tokens `first` to `last`. */
export function takePragmas(s: State, first: Token, last: Token): readonly Pragma[] {
  if (s.pragmas.length === 0) return NONE;
  const taken = s.pragmas.filter((d) => d.token >= first && d.token <= last);
  if (taken.length === 0) return NONE;
  for (const d of taken) s.pragmas.splice(s.pragmas.indexOf(d), 1);
  return taken.map((d) => pragma(s, d));
}

/** A directive as the tree keeps it. */
export function pragma(s: State, d: Directive): Pragma {
  return { pos: (s.base + d.offset + 2) as Pos, text: d.text };
}
