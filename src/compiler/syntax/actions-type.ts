/**
 * Actions of the rules of types, parameters, fields and methods. (How actions are called: actions-expr.ts.)
 *
 * Go: cmd/compile/internal/syntax/parser.go (typeOrNil, paramList, structType, interfaceType).
 */
import type { BasicLit, Expr, Field, FuncType, Name } from "./ast.ts";
import { bracketType, listExpr } from "./actions-expr.ts";
import { type BracketArgs, type BracketBody, type FieldParts, nameAndBound, type Param, type ParamRest, startPos, type TypeOrExprList } from "./shapes.ts";
import { literalAt, nameAt, posOf, type State, type Token } from "./state.ts";

// ---- parameters

/** How a list of parameters is finished. */
interface ParamRules {
  /** Of the closing token. */
  readonly close: Token;
  /** Type parameters: every one has a name. */
  readonly named: boolean;
  /** The last one may be `...T`. */
  readonly variadic: boolean;
}

/** Parameters of a list: names that turn out to be types, grouped names that get the type to their right. */
export function finishParams(s: State, params: readonly Param[], rules: ParamRules): readonly Field[] {
  const named = params.filter((p) => p.name && p.type).length;
  if (named === 0 && !rules.named) for (const p of params) nameToType(p);
  else if (named !== params.length) shareTypes(s, params, named, rules);
  checkDots(s, params, rules.variadic);
  return params.map(toField);
}

function nameToType(p: Param): void {
  if (!p.name) return;
  p.type = p.name;
  p.name = undefined;
}

/** Some have names, so all must: from right to left each name without a type gets the type of the next. */
function shareTypes(s: State, params: readonly Param[], named: number, rules: ParamRules): void {
  const typed = params.filter((p) => p.type).length;
  let wrong = 0;
  let type: Expr | undefined;
  for (const p of [...params].reverse()) {
    if (p.type) {
      type = p.type;
      if (!p.name) {
        wrong = startPos(type);
        p.name = { kind: "Name", pos: startPos(type), value: "_" };
      }
    } else if (type) p.type = type;
    else {
      wrong = p.pos;
      p.type = { kind: "BadExpr", pos: p.pos };
    }
  }
  if (wrong === 0) return;
  const atEnd = named === typed;
  const offset = (atEnd ? posOf(s, rules.close) : wrong) - s.base;
  s.recovery.sayAt(offset, missingPart(rules.named, atEnd, params.length));
}

function missingPart(typeParameters: boolean, atEnd: boolean, count: number): string {
  if (!typeParameters) return atEnd ? "missing parameter type" : "missing parameter name";
  if (atEnd) return "missing type constraint";
  return count === 1 ? "missing type parameter name or invalid array length" : "missing type parameter name";
}

/** `...T` may only be the last parameter of a function; elsewhere it is taken for T. */
function checkDots(s: State, params: readonly Param[], allowed: boolean): void {
  let first = true;
  params.forEach((p, i) => {
    const { type } = p;
    if (type?.kind !== "DotsType" || (allowed && i + 1 === params.length)) return;
    if (first) s.recovery.error(type.pos - s.base, allowed ? "can only use ... with final parameter" : "invalid use of ...");
    first = false;
    p.type = type.elem;
  });
}

function toField(p: Param): Field {
  const type = p.type ?? { kind: "BadExpr", pos: p.pos };
  return p.name ? { kind: "Field", pos: p.pos, name: p.name, type } : { kind: "Field", pos: p.pos, type };
}

/** A parameter that begins with a name; `rest` is what follows. */
function namedParam(s: State, at: Token, name: Name, rest: Expr | ParamRest | undefined): Param {
  const pos = posOf(s, at);
  if (rest?.kind !== "ParamRest") return { pos, name, type: rest };
  return { pos, name: rest.keepsName ? name : undefined, type: rest.type(name) };
}

/** Continues a type with the other terms of a union. */
type Union = (first: Expr) => Expr;

function withUnion(rest: ParamRest, union: Union | undefined): ParamRest {
  return union ? { ...rest, type: (name) => union(rest.type(name)) } : rest;
}

const named = (type: (name: Name) => Expr): ParamRest => ({ kind: "ParamRest", type, keepsName: true });
const unnamed = (type: (name: Name) => Expr): ParamRest => ({ kind: "ParamRest", type, keepsName: false });

/** `[n]E` after a name, or the arguments of an instance of it. */
function indexOrArray(s: State, open: Token, body: BracketBody | TypeOrExprList): ParamRest {
  if ("kind" in body) return named(() => bracketType(s, open, body));
  return unnamed((x) => ({ kind: "IndexExpr", pos: posOf(s, open), x, index: body.expr }));
}

/** The rest of a qualified name: `.T[args]`. */
type Qualified = (name: Expr) => Expr;

const functionType = (s: State, at: Token, params: readonly Field[], results: readonly Field[] | undefined): FuncType => ({
  kind: "FuncType",
  pos: posOf(s, at),
  params,
  results: results ?? [],
});

export const typeActions = {
  Signature: functionType,
  Parameters: (s: State, _at: Token, _open: Token, params: readonly Param[], close: Token) =>
    finishParams(s, params, { close, named: false, variadic: true }),
  ResultParameters: (s: State, _at: Token, _open: Token, params: readonly Param[], close: Token) =>
    finishParams(s, params, { close, named: false, variadic: false }),
  ResultType: (s: State, at: Token, type: Expr): readonly Field[] => [{ kind: "Field", pos: posOf(s, at), type }],
  TypeParameters: (s: State, _at: Token, _open: Token, params: readonly Param[], close: Token) =>
    finishParams(s, params, { close, named: true, variadic: false }),

  NamedParameter: (s: State, at: Token, name: Token, rest: Expr | ParamRest | undefined): Param => namedParam(s, at, nameAt(s, name), rest),
  ParameterDecl: (s: State, at: Token, p: Param | Expr | undefined): Param | undefined => paramOf(s, at, p),
  VariadicType: (s: State, at: Token, _dots: Token, elem: Expr): Expr => (elem.kind === "BadExpr" ? elem : { kind: "DotsType", pos: posOf(s, at), elem }),
  UnnamedParameter: (s: State, at: Token, type: Expr): Param => ({ pos: posOf(s, at), name: undefined, type }),
  QualifiedRest(s: State, at: Token, _dot: Token, sel: Token, args: Qualified | undefined): ParamRest {
    return unnamed((x) => {
      const selected: Expr = { kind: "SelectorExpr", pos: posOf(s, at), x, sel: nameAt(s, sel) };
      return args ? args(selected) : selected;
    });
  },

  TypeParameterDecl: (s: State, at: Token, p: Param | Expr | undefined): Param | undefined => paramOf(s, at, p),
  NamedTypeParameter: (s: State, at: Token, name: Token, rest: Expr | ParamRest | undefined): Param => namedParam(s, at, nameAt(s, name), rest),
  FirstTypeParameter(_s: State, _at: Token, left: Expr, rest: Expr | ParamRest | undefined): Param {
    const found = nameAndBound(left, true);
    const name = found?.name ?? { kind: "Name", pos: left.pos, value: "_" };
    if (rest?.kind === "ParamRest") return { pos: name.pos, name: rest.keepsName ? name : undefined, type: rest.type(name) };
    return { pos: name.pos, name, type: rest ?? found?.bound };
  },
  BracketConstraint: (_s: State, _at: Token, rest: ParamRest, union: Union | undefined): ParamRest => withUnion(rest, union),
  QualifiedConstraint: (_s: State, _at: Token, rest: ParamRest, union: Union | undefined): ParamRest => withUnion(rest, union),
  TypeParameterRest: (_s: State, _at: Token, rest: Expr | ParamRest | Union): Expr | ParamRest => (typeof rest === "function" ? unnamed(rest) : rest),
  UnionRest(_s: State, _at: Token, first: Union, more: readonly Union[]): Union {
    return (x) => more.reduce((left, next) => next(left), first(x));
  },
  UnionTerm: (s: State, at: Token, _or: Token, y: Expr): Union => (x) => ({ kind: "Operation", pos: posOf(s, at), op: "|", x, y }),
  UnnamedTypeParameter: (s: State, at: Token, type: Expr): Param => ({ pos: posOf(s, at), name: undefined, type }),

  TypeName(s: State, _at: Token, name: Token, selected: Qualified | undefined, args: Qualified | undefined): Expr {
    const first: Expr = nameAt(s, name);
    const type = selected ? selected(first) : first;
    return args ? args(type) : type;
  },
  QualifiedName: (s: State, at: Token, _dot: Token, sel: Token): Qualified => {
    return (x) => ({ kind: "SelectorExpr", pos: posOf(s, at), x, sel: nameAt(s, sel) });
  },
  TypeArgs: (s: State, at: Token, _open: Token, index: Expr, _close: Token): Qualified => {
    return (x) => ({ kind: "IndexExpr", pos: posOf(s, at), x, index });
  },
  TypeList: (_s: State, _at: Token, first: Expr, rest: readonly Expr[], _comma: Token | undefined): Expr => listExpr(first, rest),
  PointerType: (s: State, at: Token, _star: Token, x: Expr): Expr => ({ kind: "Operation", pos: posOf(s, at), op: "*", x }),
  BracketType: (s: State, at: Token, _open: Token, body: BracketBody): Expr => bracketType(s, at, body),
  SliceBody: (_s: State, _at: Token, _close: Token, elem: Expr): BracketBody => ({ kind: "SliceBody", elem }),
  ArrayBody: (_s: State, _at: Token, len: Expr | undefined, _close: Token, elem: Expr): BracketBody => ({ kind: "ArrayBody", len, elem }),
  ImpliedLength: (_s: State, _at: Token, _dots: Token): undefined => undefined,
  MapType(s: State, at: Token, _map: Token, _open: Token, key: Expr, _close: Token, value: Expr): Expr {
    return { kind: "MapType", pos: posOf(s, at), key, value };
  },
  ChannelType(s: State, at: Token, _chan: Token, arrow: Token | undefined, elem: Expr): Expr {
    return { kind: "ChanType", pos: posOf(s, at), dir: arrow === undefined ? "both" : "send", elem };
  },
  ReceiveType: (s: State, at: Token, _arrow: Token, _chan: Token, elem: Expr): Expr => ({ kind: "ChanType", pos: posOf(s, at), dir: "recv", elem }),
  FunctionType: (_s: State, _at: Token, _func: Token, type: FuncType): Expr => type,
  ParenType: (_s: State, _at: Token, _open: Token, type: Expr, _close: Token): Expr => type,

  StructType(s: State, at: Token, _struct: Token, _open: Token, parts: readonly FieldParts[], _close: Token): Expr {
    const fields: Field[] = [];
    const tags: (BasicLit | undefined)[] = [];
    for (const { pos, names, type, tag } of parts) {
      if (names.length === 0) fields.push({ kind: "Field", pos, type });
      for (const name of names) fields.push({ kind: "Field", pos: name.pos, name, type });
      while (tags.length < fields.length) tags.push(tag);
    }
    return { kind: "StructType", pos: posOf(s, at), fields, tags };
  },
  EmbeddedField: (s: State, at: Token, type: Expr, tag: BasicLit | undefined): FieldParts => ({ pos: posOf(s, at), names: [], type, tag }),
  BracketField(s: State, at: Token, name: Token, rest: ParamRest, tag: BasicLit | undefined): FieldParts {
    const n = nameAt(s, name);
    return { pos: posOf(s, at), names: rest.keepsName ? [n] : [], type: rest.type(n), tag };
  },
  NamedFields(s: State, at: Token, names: readonly Name[], type: Expr, tag: BasicLit | undefined): FieldParts {
    return { pos: posOf(s, at), names, type, tag };
  },
  PointerField(s: State, at: Token, _star: Token, x: Expr, tag: BasicLit | undefined): FieldParts {
    const pos = posOf(s, at);
    return { pos, names: [], type: { kind: "Operation", pos, op: "*", x }, tag };
  },
  Tag: (s: State, _at: Token, literal: Token): BasicLit => literalAt(s, literal),
  IndexOrArray: (s: State, at: Token, _open: Token, body: BracketBody | TypeOrExprList): ParamRest => indexOrArray(s, at, body),
  LengthOrArgs(_s: State, _at: Token, list: TypeOrExprList, _close: Token, elem: Expr | undefined): BracketBody | TypeOrExprList {
    return elem ? { kind: "ArrayBody", len: list.expr, elem } : list;
  },

  InterfaceType(s: State, at: Token, _interface: Token, _open: Token, methods: readonly Field[], _close: Token): Expr {
    return { kind: "InterfaceType", pos: posOf(s, at), methods };
  },
  MethodSpec: (s: State, at: Token, name: Token, type: FuncType): Field => ({ kind: "Field", pos: posOf(s, at), name: nameAt(s, name), type }),
  BracketElemArgs(s: State, _at: Token, open: Token, params: readonly Param[], close: Token): BracketArgs {
    finishParams(s, params, { close, named: false, variadic: false });
    return { params, open, close, generic: params.length === 0 || params[0]?.name !== undefined };
  },
  BracketElem: bracketElem,
  EmbeddedElem: (s: State, at: Token, type: Expr): Field => ({ kind: "Field", pos: posOf(s, at), type }),
  TypeElem: (_s: State, _at: Token, term: Expr, union: Union | undefined): Expr => (union ? union(term) : term),
  TildeTerm: (s: State, at: Token, _tilde: Token, x: Expr): Expr => ({ kind: "Operation", pos: posOf(s, at), op: "~", x }),
};

function paramOf(s: State, at: Token, p: Param | Expr | undefined): Param | undefined {
  if (p === undefined || typeof p === "number") return undefined;
  return "kind" in p ? { pos: posOf(s, at), name: undefined, type: p } : p;
}

/** `T[A, B]` in an interface; `m[P any](x P)` is understood and refused. */
function bracketElem(s: State, at: Token, nameToken: Token, args: BracketArgs, method: FuncType | undefined, union: Union | undefined): Field {
  const united = union ?? ((x: Expr) => x);
  const pos = posOf(s, at);
  const name = nameAt(s, nameToken);
  const empty = args.params.length === 0 && args.close === args.open + 1;
  if (empty) s.recovery.error(posOf(s, args.close) - s.base, method ? "empty type parameter list" : "empty type argument list");
  else if (method && args.params.length > 0) s.recovery.error(posOf(s, args.open) - s.base, "interface method must have no type parameters");
  if (method) return { kind: "Field", pos, name, type: method };
  const types = args.params.map((p) => p.type ?? { kind: "BadExpr" as const, pos: p.pos });
  const [first, ...rest] = types;
  if (!first) return { kind: "Field", pos, type: united(name) };
  const index: Expr = rest.length === 0 ? first : { kind: "ListExpr", pos: args.params[0]?.pos ?? pos, elems: types };
  return { kind: "Field", pos, type: united({ kind: "IndexExpr", pos: posOf(s, args.open), x: name, index }) };
}
