/**
 * The syntax tree of a Go file.
 *
 * Nodes, their names and above all their positions are those of the compiler's own syntax package, because
 * `-m` lines print them: a call stands at its `(`, a selector and a type assertion at the dot, index and slice
 * at `[`, a binary operation at its operator, a unary one too, a composite literal at its `{`... (the table is in the
 * head of each node). No phase writes into a tree; facts about a node go into tables keyed by the node.
 *
 * Go: cmd/compile/internal/syntax/nodes.go.
 */
import type { Pos, SourceFile } from "../../base/source.ts";

export interface File {
  readonly kind: "File";
  /** `package` keyword. */
  readonly pos: Pos;
  readonly source: SourceFile;
  readonly pkgName: Name;
  readonly decls: readonly Decl[];
  readonly eof: Pos;
  /** From `//go:build go1.N`, as "go1.21". */
  readonly goVersion?: string;
  /** File-level `//go:` directives that belong to no function, in order. */
  readonly pragmas: readonly Pragma[];
}

/** A `//go:noinline`-like directive. */
export interface Pragma {
  readonly pos: Pos;
  /** The whole directive, without the slashes: `go:noinline`, `go:linkname a b`. */
  readonly text: string;
}

// ---- declarations -------------------------------------------------------------------------------------------

export type Decl = ImportDecl | ConstDecl | TypeDecl | VarDecl | FuncDecl;

/** Declarations written in one pair of parentheses share a group; a single one has none. */
export interface Group {
  readonly id: number;
}

export interface ImportDecl {
  readonly kind: "ImportDecl";
  /** Of the spec (not of the keyword). */
  readonly pos: Pos;
  readonly group?: Group;
  readonly localPkgName?: Name;
  readonly path: BasicLit;
}

export interface ConstDecl {
  readonly kind: "ConstDecl";
  readonly pos: Pos;
  readonly group?: Group;
  readonly names: readonly Name[];
  readonly type?: Expr;
  readonly values?: Expr;
  /** Index of the spec inside its group: iota. */
  readonly iota: number;
}

export interface TypeDecl {
  readonly kind: "TypeDecl";
  readonly pos: Pos;
  readonly group?: Group;
  readonly name: Name;
  readonly typeParams: readonly Field[];
  readonly alias: boolean;
  readonly type: Expr;
  readonly pragmas: readonly Pragma[];
}

export interface VarDecl {
  readonly kind: "VarDecl";
  readonly pos: Pos;
  readonly group?: Group;
  readonly names: readonly Name[];
  readonly type?: Expr;
  readonly values?: Expr;
  readonly pragmas: readonly Pragma[];
}

export interface FuncDecl {
  readonly kind: "FuncDecl";
  /** The token after `func`: the name, or the `(` of the receiver. */
  readonly pos: Pos;
  readonly recv?: Field;
  readonly name: Name;
  readonly typeParams: readonly Field[];
  readonly type: FuncType;
  readonly body?: BlockStmt;
  readonly pragmas: readonly Pragma[];
}

// ---- expressions --------------------------------------------------------------------------------------------

export type Expr =
  | BadExpr | Name | BasicLit | CompositeLit | KeyValueExpr | FuncLit | ParenExpr | SelectorExpr | IndexExpr
  | SliceExpr | AssertExpr | TypeSwitchGuard | Operation | CallExpr | ListExpr
  | ArrayType | SliceType | DotsType | StructType | InterfaceType | FuncType | MapType | ChanType;

export interface BadExpr {
  readonly kind: "BadExpr";
  readonly pos: Pos;
}

export interface Name {
  readonly kind: "Name";
  readonly pos: Pos;
  /** Decoded text (not a byte string). */
  readonly value: string;
}

export type LitKind = "int" | "float" | "imaginary" | "rune" | "string";

export interface BasicLit {
  readonly kind: "BasicLit";
  readonly pos: Pos;
  /** As written, a byte string; `constant` reads it. */
  readonly value: string;
  readonly lit: LitKind;
  /** A syntax error was reported for it. */
  readonly bad: boolean;
}

/** At `{`. */
export interface CompositeLit {
  readonly kind: "CompositeLit";
  readonly pos: Pos;
  readonly type?: Expr;
  readonly elems: readonly Expr[];
  /** Number of `key: value` elements. */
  readonly nkeys: number;
  readonly rbrace: Pos;
}

/** At the colon. */
export interface KeyValueExpr {
  readonly kind: "KeyValueExpr";
  readonly pos: Pos;
  readonly key: Expr;
  readonly value: Expr;
}

/** At `func`. */
export interface FuncLit {
  readonly kind: "FuncLit";
  readonly pos: Pos;
  readonly type: FuncType;
  readonly body: BlockStmt;
}

/** At `(`. */
export interface ParenExpr {
  readonly kind: "ParenExpr";
  readonly pos: Pos;
  readonly x: Expr;
}

/** At the dot. */
export interface SelectorExpr {
  readonly kind: "SelectorExpr";
  readonly pos: Pos;
  readonly x: Expr;
  readonly sel: Name;
}

/** At `[`; index may be a ListExpr (instantiation). */
export interface IndexExpr {
  readonly kind: "IndexExpr";
  readonly pos: Pos;
  readonly x: Expr;
  readonly index: Expr;
}

/** At `[`. */
export interface SliceExpr {
  readonly kind: "SliceExpr";
  readonly pos: Pos;
  readonly x: Expr;
  readonly index: readonly [Expr | undefined, Expr | undefined, Expr | undefined];
  /** x[i:j:k]. */
  readonly full: boolean;
}

/** x.(T), at the dot. */
export interface AssertExpr {
  readonly kind: "AssertExpr";
  readonly pos: Pos;
  readonly x: Expr;
  readonly type: Expr;
}

/** `lhs := x.(type)`, at the dot of x (as syntax: the position of the assertion). */
export interface TypeSwitchGuard {
  readonly kind: "TypeSwitchGuard";
  readonly pos: Pos;
  readonly lhs?: Name;
  readonly x: Expr;
}

/** Operators as written; the unary ones are + - ! ^ * & <- ~. */
export type Operator =
  | "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "|" | "^" | "*" | "/" | "%" | "&" | "&^" | "<<" | ">>"
  | "!" | "<-" | "~";

/** Unary where y is absent. At the operator. */
export interface Operation {
  readonly kind: "Operation";
  readonly pos: Pos;
  readonly op: Operator;
  readonly x: Expr;
  readonly y?: Expr;
}

/** At `(`. */
export interface CallExpr {
  readonly kind: "CallExpr";
  readonly pos: Pos;
  readonly fun: Expr;
  readonly args: readonly Expr[];
  /** The last argument is followed by `...`. */
  readonly hasDots: boolean;
}

/** At the first element. Two or more expressions. */
export interface ListExpr {
  readonly kind: "ListExpr";
  readonly pos: Pos;
  readonly elems: readonly Expr[];
}

/** [len]T; absent len is [...]T. At `[`. */
export interface ArrayType {
  readonly kind: "ArrayType";
  readonly pos: Pos;
  readonly len?: Expr;
  readonly elem: Expr;
}

export interface SliceType {
  readonly kind: "SliceType";
  readonly pos: Pos;
  readonly elem: Expr;
}

/** ...T */
export interface DotsType {
  readonly kind: "DotsType";
  readonly pos: Pos;
  readonly elem: Expr;
}

export interface StructType {
  readonly kind: "StructType";
  readonly pos: Pos;
  readonly fields: readonly Field[];
  /** Tag of each field, absent where there is none. */
  readonly tags: readonly (BasicLit | undefined)[];
}

/** A parameter, result, field, type parameter, method or embedded element. Grouped names (`a, b int`) are separate fields that share one `type` node. */
export interface Field {
  readonly kind: "Field";
  /** Of the name, or of the type where there is none. */
  readonly pos: Pos;
  readonly name?: Name;
  readonly type: Expr;
}

export interface InterfaceType {
  readonly kind: "InterfaceType";
  readonly pos: Pos;
  /** A method has a name and a FuncType; an embedded element has none (unions are Operations with `|`, `~`). */
  readonly methods: readonly Field[];
}

/** At `(`, or at `[` where a declared function has type parameters; never at `func`. */
export interface FuncType {
  readonly kind: "FuncType";
  readonly pos: Pos;
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}

export interface MapType {
  readonly kind: "MapType";
  readonly pos: Pos;
  readonly key: Expr;
  readonly value: Expr;
}

export interface ChanType {
  readonly kind: "ChanType";
  readonly pos: Pos;
  readonly dir: "both" | "send" | "recv";
  readonly elem: Expr;
}

// ---- statements ---------------------------------------------------------------------------------------------

export type SimpleStmt = EmptyStmt | ExprStmt | SendStmt | AssignStmt | RangeClause;
export type Stmt =
  | SimpleStmt | LabeledStmt | BlockStmt | DeclStmt | BranchStmt | CallStmt | ReturnStmt | IfStmt | ForStmt | SwitchStmt | SelectStmt;

export interface EmptyStmt {
  readonly kind: "EmptyStmt";
  readonly pos: Pos;
}

/** At the colon. */
export interface LabeledStmt {
  readonly kind: "LabeledStmt";
  readonly pos: Pos;
  readonly label: Name;
  readonly stmt: Stmt;
}

export interface BlockStmt {
  readonly kind: "BlockStmt";
  readonly pos: Pos;
  readonly list: readonly Stmt[];
  readonly rbrace: Pos;
}

/** At its expression's position. */
export interface ExprStmt {
  readonly kind: "ExprStmt";
  readonly pos: Pos;
  readonly x: Expr;
}

export interface SendStmt {
  readonly kind: "SendStmt";
  readonly pos: Pos;
  readonly chan: Expr;
  readonly value: Expr;
}

export interface DeclStmt {
  readonly kind: "DeclStmt";
  readonly pos: Pos;
  readonly decls: readonly Decl[];
}

/** At the operator. `op` absent: `=`; `def`: `:=`; `x++` is op "+" with `incDec` and no rhs. */
export interface AssignStmt {
  readonly kind: "AssignStmt";
  readonly pos: Pos;
  readonly op?: Operator;
  readonly def: boolean;
  readonly incDec: boolean;
  readonly lhs: Expr;
  readonly rhs?: Expr;
}

export interface BranchStmt {
  readonly kind: "BranchStmt";
  readonly pos: Pos;
  readonly tok: "break" | "continue" | "fallthrough" | "goto";
  readonly label?: Name;
}

/** go f(x), defer f(x); at the keyword. */
export interface CallStmt {
  readonly kind: "CallStmt";
  readonly pos: Pos;
  readonly tok: "go" | "defer";
  readonly call: Expr;
}

export interface ReturnStmt {
  readonly kind: "ReturnStmt";
  readonly pos: Pos;
  readonly results?: Expr;
}

export interface IfStmt {
  readonly kind: "IfStmt";
  readonly pos: Pos;
  readonly init?: SimpleStmt;
  readonly cond: Expr;
  readonly then: BlockStmt;
  readonly else?: IfStmt | BlockStmt;
}

/** `init` is a RangeClause for range loops (then cond and post are absent). */
export interface ForStmt {
  readonly kind: "ForStmt";
  readonly pos: Pos;
  readonly init?: SimpleStmt;
  readonly cond?: Expr;
  readonly post?: SimpleStmt;
  readonly body: BlockStmt;
}

/** `tag` is a TypeSwitchGuard in a type switch. */
export interface SwitchStmt {
  readonly kind: "SwitchStmt";
  readonly pos: Pos;
  readonly init?: SimpleStmt;
  readonly tag?: Expr;
  readonly body: readonly CaseClause[];
  readonly rbrace: Pos;
}

export interface SelectStmt {
  readonly kind: "SelectStmt";
  readonly pos: Pos;
  readonly body: readonly CommClause[];
  readonly rbrace: Pos;
}

/** At `range`. */
export interface RangeClause {
  readonly kind: "RangeClause";
  readonly pos: Pos;
  readonly lhs?: Expr;
  readonly def: boolean;
  readonly x: Expr;
}

/** `cases` absent: default. At `case` or `default`. */
export interface CaseClause {
  readonly kind: "CaseClause";
  readonly pos: Pos;
  readonly cases?: Expr;
  readonly body: readonly Stmt[];
  readonly colon: Pos;
}

export interface CommClause {
  readonly kind: "CommClause";
  readonly pos: Pos;
  readonly comm?: SimpleStmt;
  readonly body: readonly Stmt[];
  readonly colon: Pos;
}

export type Node = File | Decl | Expr | Stmt | Field | CaseClause | CommClause;
