/**
 * Actions of the expression rules: what each rule of grammar/go.ohm makes of its parts. The first parameter is the parse,
 * the second the index of the rule's first token; a suffix rule then gets what stands to its left.
 *
 * Go: cmd/compile/internal/syntax/parser.go (expressions), nodes.go.
 */
import type { BlockStmt, CallExpr, ChanType, CompositeLit, Expr, FuncLit, FuncType, ListExpr, Operator, SliceExpr, TypeSwitchGuard } from "./ast.ts";
import { exprString } from "./print.ts";
import { type BracketBody, type TypeOrExprList, unparen } from "./shapes.ts";
import { literalAt, nameAt, posOf, type State, type Token } from "./state.ts";
import { precedence, spelling } from "./tokens.ts";

/** What follows the first index in brackets. */
interface SliceParts {
  readonly kind: "slice";
  readonly high: Expr | undefined;
  readonly max: Expr | undefined;
  readonly full: boolean;
}

/** Brackets after an operand. */
type IndexParts = { readonly kind: "index"; readonly index: Expr } | (SliceParts & { readonly low?: Expr });

/** What stands inside the parentheses of a type assertion: a type, or the keyword `type`. */
type Asserted = Expr | "type";

const operatorOf = (s: State, t: Token): Operator => spelling(s.tokens.kinds[t] ?? 0) as Operator;

/** One expression, or a list of them. */
export function listExpr(first: Expr, rest: readonly Expr[]): Expr {
  if (rest.length === 0) return first;
  return { kind: "ListExpr", pos: first.pos, elems: [first, ...rest] } satisfies ListExpr;
}

/** Puts operators and operands, read from left to right, together by precedence. `pairs` holds operator token, operand, ... */
function binary(s: State, first: Expr, pairs: readonly (Token | Expr)[]): Expr {
  if (pairs.length === 0) return first;
  let at = 0;
  const climb = (left: Expr, above: number): Expr => {
    let x = left;
    while (at < pairs.length) {
      const op = pairs[at] as Token;
      const level = precedence[s.tokens.kinds[op] ?? 0] ?? 0;
      if (level <= above) break;
      const operand = pairs[at + 1] as Expr;
      at += 2;
      const y = climb(operand, level);
      x = { kind: "Operation", pos: posOf(s, op), op: operatorOf(s, op), x, y };
    }
    return x;
  };
  return climb(first, 0);
}

function prefix(s: State, at: Token, op: Token, x: Expr): Expr {
  const operator = operatorOf(s, op);
  return { kind: "Operation", pos: posOf(s, at), op: operator, x: operator === "&" ? unparen(x) : x };
}

/** `<-x`, or, where x is a channel type, the type of a channel to receive from: `<-chan T` reads as `<-(chan T)`. */
function receive(s: State, at: Token, x: Expr): Expr {
  if (x.kind === "ChanType") return receiveOnly(s, x);
  return { kind: "Operation", pos: posOf(s, at), op: "<-", x };
}

/** Moves the arrow before `type` into it: `<-(chan<- E)` is `<-chan (<-E)`. */
function receiveOnly(s: State, type: ChanType): Expr {
  if (type.dir === "recv") s.recovery.say("unexpected <-, expected chan");
  if (type.dir !== "send") return { ...type, dir: "recv" };
  const { elem } = type;
  if (elem.kind === "ChanType") return { ...type, dir: "recv", elem: receiveOnly(s, elem) };
  s.recovery.say(`unexpected ${exprString(elem)}, expected chan`);
  return { ...type, dir: "recv" };
}

export const expressionActions = {
  ExpressionList: (_s: State, _at: Token, first: Expr, rest: readonly Expr[]): Expr => listExpr(first, rest),
  ExpressionListH: (_s: State, _at: Token, first: Expr, rest: readonly Expr[]): Expr => listExpr(first, rest),
  Expression: (s: State, _at: Token, first: Expr, pairs: readonly (Token | Expr)[]): Expr => binary(s, first, pairs),
  ExpressionH: (s: State, _at: Token, first: Expr, pairs: readonly (Token | Expr)[]): Expr => binary(s, first, pairs),
  PrefixExpr: prefix,
  PrefixExprH: prefix,
  ReceiveExpr: (s: State, at: Token, _arrow: Token, x: Expr): Expr => receive(s, at, x),
  ReceiveExprH: (s: State, at: Token, _arrow: Token, x: Expr): Expr => receive(s, at, x),

  OperandName: (s: State, _at: Token, name: Token): Expr => nameAt(s, name),
  BasicLit: (s: State, _at: Token, literal: Token): Expr => literalAt(s, literal),
  ParenExpr: (s: State, _at: Token, open: Token, x: Expr, _close: Token): Expr => ({ kind: "ParenExpr", pos: posOf(s, open), x }),
  FunctionLit(s: State, _at: Token, func: Token, type: FuncType, body: BlockStmt | undefined): Expr {
    return body ? ({ kind: "FuncLit", pos: posOf(s, func), type, body } satisfies FuncLit) : type;
  },
  CompositeLitH(_s: State, _at: Token, type: Expr, literal: CompositeLit | undefined): Expr {
    return literal ? typed(type, literal) : type;
  },

  Selector(s: State, at: Token, left: Expr, _dot: Token, name: Token | undefined): Expr {
    return name === undefined ? left : { kind: "SelectorExpr", pos: posOf(s, at), x: left, sel: nameAt(s, name) };
  },
  TypeAssertion(s: State, at: Token, left: Expr, _dot: Token, _open: Token, type: Asserted, _close: Token): Expr {
    if (type === "type") return { kind: "TypeSwitchGuard", pos: posOf(s, at), x: left } satisfies TypeSwitchGuard;
    return { kind: "AssertExpr", pos: posOf(s, at), x: left, type };
  },
  TypeKeyword: (_s: State, _at: Token, _keyword: Token): Asserted => "type",
  Arguments(s: State, at: Token, left: Expr, _open: Token, args: readonly Expr[], dots: Token | undefined, _close: Token): Expr {
    return { kind: "CallExpr", pos: posOf(s, at), fun: left, args, hasDots: dots !== undefined } satisfies CallExpr;
  },

  Index(s: State, at: Token, left: Expr, _open: Token, parts: IndexParts): Expr {
    const pos = posOf(s, at);
    if (parts.kind === "index") return { kind: "IndexExpr", pos, x: left, index: parts.index };
    return { kind: "SliceExpr", pos, x: left, index: [parts.low, parts.high, parts.max], full: parts.full } satisfies SliceExpr;
  },
  IndexOrSlice(_s: State, _at: Token, list: TypeOrExprList, end: SliceParts | undefined): IndexParts {
    return end ? { ...end, low: list.expr } : { kind: "index", index: list.expr };
  },
  IndexClose: (_s: State, _at: Token, _close: Token): undefined => undefined,
  SliceTail: (_s: State, _at: Token, _colon: Token, rest: SliceParts): SliceParts => rest,
  SliceRest: (_s: State, _at: Token, bounds: SliceParts | undefined, _close: Token): SliceParts =>
    bounds ?? { kind: "slice", high: undefined, max: undefined, full: false },
  SliceBounds: (_s: State, _at: Token, high: Expr, max: Expr | undefined): SliceParts => ({ kind: "slice", high, max, full: max !== undefined }),
  SliceMax: (_s: State, _at: Token, _colon: Token, max: Expr): Expr => max,

  TypedLiteral: (_s: State, _at: Token, left: Expr, literal: CompositeLit): Expr => typed(left, literal),
  LiteralValue(s: State, at: Token, _open: Token, elems: readonly Expr[], close: Token): CompositeLit {
    let nkeys = 0;
    for (const e of elems) if (e.kind === "KeyValueExpr") nkeys++;
    return { kind: "CompositeLit", pos: posOf(s, at), elems, nkeys, rbrace: posOf(s, close) };
  },
  Element(_s: State, _at: Token, value: Expr, rest: { readonly pos: Expr["pos"]; readonly value: Expr } | undefined): Expr {
    return rest ? { kind: "KeyValueExpr", pos: rest.pos, key: value, value: rest.value } : value;
  },
  ElementRest: (s: State, _at: Token, colon: Token, value: Expr) => ({ pos: posOf(s, colon), value }),

  TypeOrExprList(_s: State, _at: Token, first: Expr, rest: readonly Expr[], comma: Token | undefined): TypeOrExprList {
    return { expr: listExpr(first, rest), comma: rest.length > 0 || comma !== undefined };
  },
};

/** `literal` with its type. */
function typed(type: Expr, literal: CompositeLit): CompositeLit {
  return { kind: "CompositeLit", pos: literal.pos, type, elems: literal.elems, nkeys: literal.nkeys, rbrace: literal.rbrace };
}

/** The array or slice type whose `[` is `open`. */
export function bracketType(s: State, open: Token, body: BracketBody): Expr {
  const pos = posOf(s, open);
  if (body.kind === "SliceBody") return { kind: "SliceType", pos, elem: body.elem };
  return body.len ? { kind: "ArrayType", pos, len: body.len, elem: body.elem } : { kind: "ArrayType", pos, elem: body.elem };
}
