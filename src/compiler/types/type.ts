/**
 * Types and the objects that names denote: the vocabulary of the checker, the IR and everything above them.
 *
 * Data only. What can be asked of a type (identical, method sets, sizes, printing) stands in the files beside this one.
 * A named type is completed after it is made (its own declaration may mention it), so some fields are assigned once, late;
 * nobody but the checker assigns them.
 *
 * Go: cmd/compile/internal/types2 (type.go, object.go and one file per type).
 */
import type { Pos } from "../../base/source.ts";
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { FuncFacts, InstanceFacts, VerboseFacts } from "./facts.ts";

// ---- types --------------------------------------------------------------------------------------------------

export type Type =
  | BasicType | ArrayType | SliceType | StructType | PointerType | TupleType | SignatureType | UnionType | InterfaceType
  | MapType | ChanType | NamedType | TypeParamType | AliasType;

export type BasicName =
  | "invalid type" | "bool" | "int" | "int8" | "int16" | "int32" | "int64" | "uint" | "uint8" | "uint16" | "uint32" | "uint64" | "uintptr"
  | "float32" | "float64" | "complex64" | "complex128" | "string" | "unsafe.Pointer"
  | "untyped bool" | "untyped int" | "untyped rune" | "untyped float" | "untyped complex" | "untyped string" | "untyped nil";

/** `byte` and `rune` are own values whose `basic` is uint8 and int32 and whose `name` is what was written. */
export interface BasicType {
  readonly kind: "Basic";
  readonly basic: BasicName;
  readonly name: string;
}

export interface ArrayType {
  readonly kind: "Array";
  /** Number of elements; -1 while unknown. A length above 2^53 is an error before it gets here. */
  readonly len: number;
  readonly elem: Type;
}

export interface SliceType {
  readonly kind: "Slice";
  readonly elem: Type;
}

export interface StructType {
  readonly kind: "Struct";
  readonly fields: readonly Var[];
  /** As written between the quotes, unquoted; "" where there is none. */
  readonly tags: readonly string[];
}

export interface PointerType {
  readonly kind: "Pointer";
  readonly elem: Type;
}

export interface TupleType {
  readonly kind: "Tuple";
  readonly vars: readonly Var[];
}

export interface SignatureType {
  readonly kind: "Signature";
  readonly recv?: Var;
  readonly typeParams: readonly TypeParamType[];
  readonly recvTypeParams: readonly TypeParamType[];
  readonly params: readonly Var[];
  readonly results: readonly Var[];
  /** The last parameter is `...T`; its type is a slice. */
  readonly variadic: boolean;
}

export interface UnionType {
  readonly kind: "Union";
  readonly terms: readonly { readonly tilde: boolean; readonly type: Type }[];
}

export interface InterfaceType {
  readonly kind: "Interface";
  /** Declared here, without embedded ones. */
  readonly methods: readonly Func[];
  readonly embeddeds: readonly Type[];
  /** Made for a constraint such as `[T ~int]`. */
  readonly implicit: boolean;
  /** Position of each embedded element, where the interface was written in a checked file. */
  readonly embedPos?: readonly Pos[];
  /** Its methods and elements are still being collected. */
  incomplete?: boolean;
  /** Computed once; read it through `typeSet`. */
  set?: TypeSet | undefined;
}

/** A term of a type set: `T` or `~T`; without a type it stands for all types. */
export interface Term {
  readonly tilde: boolean;
  readonly type: Type | undefined;
}

/** The types that implement an interface: those with all methods that some term includes. */
export interface TypeSet {
  /** Sorted: exported names first, then by name, then by package path. */
  readonly methods: readonly Func[];
  readonly terms: readonly Term[];
  /** All types of the set are comparable; only meaningful where the terms are all types. */
  readonly comparable: boolean;
}

export interface MapType {
  readonly kind: "Map";
  readonly key: Type;
  readonly elem: Type;
}

export interface ChanType {
  readonly kind: "Chan";
  readonly dir: "both" | "send" | "recv";
  readonly elem: Type;
}

/** A defined type, or an instance of a generic one (then `origin` and `typeArgs` are set). */
export interface NamedType {
  readonly kind: "Named";
  readonly obj: TypeName;
  readonly origin?: NamedType;
  readonly typeParams: readonly TypeParamType[];
  readonly typeArgs: readonly Type[];
  /** Never a Named or Alias once complete. Read it through `under`, which completes instances. */
  underlying: Type | undefined;
  /** Methods declared on it, in source order. Read them through `methodsOf`, which completes instances. */
  methods: Func[];
  /** What its declaration says on the right side; `under` follows it. */
  rhs?: Type | undefined;
  /** Finds `rhs` when it is first asked for: instances, and types of a library read lazily. Cleared when used. */
  complete?: (() => void) | undefined;
  /** Of a type that a generic function declares: the function's type parameters, on which it depends though nobody writes them. */
  readonly outerParams?: readonly TypeParamType[];
  /** Of such a type in an instance of that function: its declaration, and what the function's type parameters are. */
  readonly local?: { readonly decl: NamedType; readonly args: readonly Type[] };
  /** Makes the i-th method of an instance out of that of its origin. */
  readonly instanceMethod?: (i: number) => Func;
}

export interface TypeParamType {
  readonly kind: "TypeParam";
  readonly id: number;
  readonly obj: TypeName;
  index: number;
  constraint: Type;
}

/** `type A = T`; also `any`. */
export interface AliasType {
  readonly kind: "Alias";
  readonly obj: TypeName;
  readonly origin?: AliasType;
  readonly typeParams: readonly TypeParamType[];
  readonly typeArgs: readonly Type[];
  /** What it stands for; read it through `unalias`. */
  target: Type;
}

// ---- packages, scopes, objects ------------------------------------------------------------------------------

export interface Package {
  /** Import path; "main" for a program. */
  readonly path: string;
  readonly name: string;
  readonly scope: Scope;
  readonly imports: readonly Package[];
  /** Made from facts or from our own Go text rather than from the user's source. */
  readonly std: boolean;
  /** Of a library package made from facts: what is printed about instances of generic functions. */
  readonly instances?: readonly InstanceFacts[];
  /** The same for -m=2; read from the disk when it is first asked for. */
  readonly verbose?: ReadonlyMap<string, VerboseFacts>;
}

export interface Scope {
  readonly parent: Scope | undefined;
  /** Iteration order is insertion order. */
  readonly names: Map<string, Obj>;
  readonly pos: Pos;
  readonly end: Pos;
  readonly isFunc: boolean;
  readonly children: Scope[];
}

export type Obj = PkgName | Const | TypeName | Var | Func | Label | Builtin | Nil;

interface ObjBase {
  readonly name: string;
  /** Of the declaring name; `noPos` for the universe and for std. */
  readonly pos: Pos;
  /** Absent for the universe. */
  readonly pkg?: Package;
  readonly parent?: Scope;
}

export interface PkgName extends ObjBase {
  readonly kind: "PkgName";
  readonly imported: Package;
  used: boolean;
}

export interface Const extends ObjBase {
  readonly kind: "Const";
  type: Type | undefined;
  value: Value | undefined;
}

export interface TypeName extends ObjBase {
  readonly kind: "TypeName";
  type: Type | undefined;
}

export interface Var extends ObjBase {
  readonly kind: "Var";
  type: Type | undefined;
  readonly embedded: boolean;
  readonly role: "package" | "local" | "param" | "result" | "recv" | "field";
  used: boolean;
  /** Of an instantiated struct or signature: the variable of the generic original. */
  readonly origin?: Var;
}

/** A function, a concrete method or an interface method. */
export interface Func extends ObjBase {
  readonly kind: "Func";
  /** A Signature once checked. */
  type: Type | undefined;
  readonly decl?: ast.FuncDecl;
  /** Of a method of an instance: the method of the generic type. */
  readonly origin?: Func;
  /** Receiver is a pointer. Known before `type` is. */
  readonly ptrRecv: boolean;
  /** Of a library function: what the real compiler concluded about it. */
  readonly facts?: FuncFacts;
}

export interface Label extends ObjBase {
  readonly kind: "Label";
  used: boolean;
}

export type BuiltinName =
  | "append" | "cap" | "clear" | "close" | "complex" | "copy" | "delete" | "imag" | "len" | "make" | "max" | "min" | "new" | "panic"
  | "print" | "println" | "real" | "recover"
  | "Add" | "Alignof" | "Offsetof" | "Sizeof" | "Slice" | "SliceData" | "String" | "StringData";

export interface Builtin extends ObjBase {
  readonly kind: "Builtin";
  readonly name: BuiltinName;
}

export interface Nil extends ObjBase {
  readonly kind: "Nil";
}

// ---- what checking a package leaves behind -------------------------------------------------------------------

export type OperandMode =
  | "novalue" | "builtin" | "type" | "constant" | "variable" | "mapindex" | "value" | "nilvalue" | "commaok" | "commaerr" | "cgofunc";

export interface TypeAndValue {
  readonly mode: OperandMode;
  /** Final: untyped constants have got their type. */
  readonly type: Type;
  /** Of a constant expression. */
  readonly value?: Value;
}

export interface Selection {
  readonly kind: "field" | "methodVal" | "methodExpr";
  readonly recv: Type;
  readonly obj: Var | Func;
  /** Path of field indices; the last is the field, or the method's index. */
  readonly index: readonly number[];
  /** A pointer was followed on the way. */
  readonly indirect: boolean;
  readonly type: Type;
}

export interface Instance {
  readonly typeArgs: readonly Type[];
  readonly type: Type;
}

/** Side tables keyed by syntax nodes. Go: types2.Info. */
export interface Info {
  readonly types: Map<ast.Expr, TypeAndValue>;
  readonly defs: Map<ast.Name, Obj | undefined>;
  readonly uses: Map<ast.Name, Obj>;
  /** ImportDecl without a name, CaseClause of a type switch (its variable), unnamed parameters (Field). */
  readonly implicits: Map<ast.Node, Obj>;
  readonly selections: Map<ast.SelectorExpr, Selection>;
  readonly instances: Map<ast.Name, Instance>;
  readonly scopes: Map<ast.Node, Scope>;
  /** Package-level initialisation in dependency order. */
  readonly initOrder: { readonly lhs: readonly Var[]; readonly rhs: ast.Expr }[];
  /** Where go:embed stands: variables that files would fill. */
  readonly embeds: ast.Pragma["pos"][];
}
