/**
 * Actions of the rules of files and declarations. (How actions are called: actions-expr.ts.)
 *
 * Go: cmd/compile/internal/syntax/parser.go (fileOrNil, importDecl … funcDeclOrNil).
 */
import type { BlockStmt, ConstDecl, Decl, Expr, Field, FuncDecl, FuncType, Group, ImportDecl, Name, Stmt, TypeDecl, VarDecl } from "./ast.ts";
import { bracketType } from "./actions-expr.ts";
import { finishParams } from "./actions-type.ts";
import type { BracketBody, Param } from "./shapes.ts";
import { literalAt, type Mutable, nameAt, posOf, type State, takePragmas, type Token } from "./state.ts";
import { token } from "./tokens.ts";

/** A file's package clause and declarations, or a cell's items. */
export interface FileParts {
  readonly start: Token;
  readonly pkgName: Name;
  readonly decls: readonly Decl[];
}

/** What follows a type's name. */
interface TypeRest {
  readonly typeParams: readonly Field[];
  readonly alias: boolean;
  readonly type: Expr;
}

interface ValueRest {
  readonly type: Expr | undefined;
  readonly values: Expr | undefined;
}

interface FunctionHead {
  readonly name: Name;
  readonly typeParams: readonly Field[];
  readonly type: FuncType;
}

const NO_FIELDS: readonly Field[] = [];

const newGroup = (s: State): Group => ({ id: ++s.groups });

/** Directives before a spec: those before the keyword too where no parenthesis stands between, and those behind the spec before. */
function specPragmas(s: State, at: Token, keyword: string) {
  const before = s.tokens.kinds[at - 1];
  return takePragmas(s, before === token(keyword) || before === token(";") ? at - 1 : at, at);
}

/** Specs are new when their group ends, so the group is written into them: copies of long groups of constants cost a tenth of a parse. */
function constGroup(s: State, _at: Token, _open: Token, specs: readonly Mutable<ConstDecl>[], _close: Token): readonly Decl[] {
  const group = newGroup(s);
  specs.forEach((d, iota) => {
    d.group = group;
    d.iota = iota;
  });
  return specs;
}

function grouped<D extends { group?: Group } & Decl>(s: State, _at: Token, _open: Token, specs: readonly D[], _close: Token): readonly Decl[] {
  const group = newGroup(s);
  for (const d of specs) d.group = group;
  return specs;
}

const asList = (d: Decl | readonly Decl[]): readonly Decl[] => ("kind" in d ? [d] : d);

export const declarationActions = {
  PackageClause(s: State, at: Token, _keyword: Token, name: Token, _semi: Token): FileParts {
    if (s.recovery.count() > 0) s.recovery.giveUp();
    return { start: at, pkgName: nameAt(s, name), decls: [] };
  },
  SourceFile(_s: State, _at: Token, clause: FileParts, decls: readonly Decl[]): FileParts {
    return { ...clause, decls };
  },
  TopLevelDecls: (_s: State, _at: Token, decls: readonly (Decl | readonly Decl[])[]): readonly Decl[] => decls.flatMap(asList),
  CellItems: (_s: State, _at: Token, items: readonly (Decl | Stmt | readonly Decl[])[]): readonly (Decl | Stmt)[] =>
    items.flatMap((item): readonly (Decl | Stmt)[] => (!("kind" in item) ? item : item.kind === "DeclStmt" ? item.decls : [item])),

  ImportDecl: (_s: State, _at: Token, _keyword: Token, specs: readonly Decl[] | Decl): readonly Decl[] => asList(specs),
  ImportGroup: grouped<Mutable<ImportDecl>>,
  ImportSpec(s: State, at: Token, local: Token | undefined, path: Token): ImportDecl {
    const lit = literalAt(s, path);
    const checked = lit.lit === "string" ? lit : { ...lit, bad: true };
    const pos = posOf(s, at);
    if (local === undefined) return { kind: "ImportDecl", pos, path: checked };
    const localPkgName: Name = s.tokens.kinds[local] === token(".") ? { kind: "Name", pos: posOf(s, local), value: "." } : nameAt(s, local);
    return { kind: "ImportDecl", pos, localPkgName, path: checked };
  },

  ConstDecl: (_s: State, _at: Token, _keyword: Token, specs: readonly Decl[] | Decl): readonly Decl[] => asList(specs),
  ConstGroup: constGroup,
  ConstSpec(s: State, at: Token, names: readonly Name[], type: Expr | undefined, values: Expr | undefined): ConstDecl {
    const decl: Mutable<ConstDecl> = { kind: "ConstDecl", pos: posOf(s, at), names, iota: 0 };
    if (type) decl.type = type;
    if (values) decl.values = values;
    return decl;
  },
  IdentifierList(s: State, _at: Token, first: Token, rest: readonly Token[]): readonly Name[] {
    return rest.length === 0 ? [nameAt(s, first)] : [first, ...rest].map((t) => nameAt(s, t));
  },
  Initializer: (_s: State, _at: Token, _equals: Token, values: Expr): Expr => values,

  VarDecl: (_s: State, _at: Token, _keyword: Token, specs: readonly Decl[] | Decl): readonly Decl[] => asList(specs),
  VarGroup: grouped<Mutable<VarDecl>>,
  VarSpec(s: State, at: Token, names: readonly Name[], { type, values }: ValueRest): VarDecl {
    const decl: Mutable<VarDecl> = { kind: "VarDecl", pos: posOf(s, at), names, pragmas: specPragmas(s, at, "var") };
    if (type) decl.type = type;
    if (values) decl.values = values;
    return decl;
  },
  VarInitializer: (_s: State, _at: Token, values: Expr): ValueRest => ({ type: undefined, values }),
  VarTyped: (_s: State, _at: Token, type: Expr, values: Expr | undefined): ValueRest => ({ type, values }),

  TypeDecl: (_s: State, _at: Token, _keyword: Token, specs: readonly Decl[] | Decl): readonly Decl[] => asList(specs),
  TypeGroup: grouped<Mutable<TypeDecl>>,
  TypeSpec(s: State, at: Token, name: Token, { typeParams, alias, type }: TypeRest): TypeDecl {
    return { kind: "TypeDecl", pos: posOf(s, at), name: nameAt(s, name), typeParams, alias, type, pragmas: specPragmas(s, at, "type") };
  },
  TypeDefinition(_s: State, _at: Token, equals: Token | undefined, type: Expr): TypeRest {
    return { typeParams: NO_FIELDS, alias: equals !== undefined, type };
  },
  BracketedSpec(s: State, at: Token, _open: Token, rest: TypeRest | BracketBody): TypeRest {
    return "kind" in rest ? { typeParams: NO_FIELDS, alias: false, type: bracketType(s, at, rest) } : rest;
  },
  ConstrainedSpec: (_s: State, _at: Token, typeParams: readonly Field[], definition: TypeRest): TypeRest => ({ ...definition, typeParams }),
  ConstrainedParameters: (s: State, _at: Token, params: readonly Param[], close: Token): readonly Field[] =>
    finishParams(s, params, { close, named: true, variadic: false }),
  NamedSpec: (_s: State, _at: Token, _first: Expr, rest: TypeRest | BracketBody): TypeRest | BracketBody => rest,
  ParameterizedSpec(_s: State, _at: Token, _left: Expr, typeParams: readonly Field[], definition: TypeRest): TypeRest {
    return { ...definition, typeParams };
  },
  FirstParameters: (s: State, _at: Token, _left: Expr, params: readonly Param[], close: Token): readonly Field[] =>
    finishParams(s, params, { close, named: true, variadic: false }),
  NamedArray: (_s: State, _at: Token, left: Expr, _close: Token, elem: Expr): BracketBody => ({ kind: "ArrayBody", len: left, elem }),

  FunctionDecl: functionDecl,
  Receiver(s: State, _at: Token, _open: Token, params: readonly Param[], close: Token): Field | "none" {
    const fields = finishParams(s, params, { close, named: false, variadic: false });
    const [first] = fields;
    if (fields.length === 1 && first) return first;
    s.recovery.error(s.recovery.offset(), first ? "method has multiple receivers" : "method has no receiver");
    return first ?? "none";
  },
  FunctionHead(s: State, at: Token, name: Token, typeParams: readonly Field[] | undefined, type: FuncType): FunctionHead {
    const signature = typeParams ? { ...type, pos: posOf(s, at + 1) } : type;
    return { name: nameAt(s, name), typeParams: typeParams ?? NO_FIELDS, type: signature };
  },
  FunctionBody(s: State, at: Token, _open: Token, list: readonly Stmt[], close: Token): BlockStmt {
    return { kind: "BlockStmt", pos: posOf(s, at), list, rbrace: posOf(s, close) };
  },
};

/** The receiver of a method; `none` where its parentheses are empty. */
type Receiver = Field | "none" | undefined;

function functionDecl(s: State, at: Token, _keyword: Token, recv: Receiver, head: FunctionHead | undefined, body: BlockStmt | undefined): FuncDecl {
  const pos = posOf(s, at + 1);
  const { name, typeParams, type } = head ?? {
    name: { kind: "Name" as const, pos, value: "_" },
    typeParams: NO_FIELDS,
    type: { kind: "FuncType" as const, pos, params: NO_FIELDS, results: NO_FIELDS },
  };
  const decl: Mutable<FuncDecl> = { kind: "FuncDecl", pos, name, typeParams, type, pragmas: takePragmas(s, at, at + 1) };
  if (recv !== undefined && recv !== "none") decl.recv = recv;
  if (body) decl.body = body;
  return decl;
}
