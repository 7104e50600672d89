/**
 * What the files of the builder share: the package being built, the function being built, and the doors through which
 * expressions, statements and function literals reach one another.
 *
 * `index.ts` of this folder ties the doors. Go: cmd/compile/internal/noder (pkgReader, reader).
 */
import type { Pos } from "../../../base/source.ts";
import type { Sources } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import type { Func as FuncObj, Info, Instances, InstanceFacts, NamedType, Obj, Package, Placed, Substitution, Type, TypeAndValue, TypeName, Var } from "../../types/index.ts";
import type { Expr, Func, InlinedCall, Name, Stmt, XPos } from "../node.ts";
import type { PrintContext } from "../typeprint.ts";
import type { Imported } from "./imported.ts";
import type { DictUse, Layout, Owner } from "./layout.ts";
import type { SignatureType } from "../../types/index.ts";

/** The syntax and the facts of the package that is built. */
export interface Checked {
  readonly pkg: Package;
  readonly info: Info;
  readonly files: readonly ast.File[];
  readonly sources: Sources;
  /** Variables of a cell's statements that outlive it, with the symbols that they get as package variables. */
  readonly promoted?: ReadonlyMap<Var, string>;
  /** Of a session's types that were declared anew: which type of its name each is. */
  readonly versions?: ReadonlyMap<TypeName, number>;
  /** Other packages of the program, analysed before, by import path. */
  readonly siblings?: ReadonlyMap<string, Pick<Checked, "pkg" | "info" | "files"> & { readonly decided: ReadonlyMap<string, { readonly cost?: number; readonly tags: readonly string[]; readonly place?: Placed }> }>;
  /** A package of the library, checked from its text. */
  /** Packages that were analysed before, from their text. */
  readonly imported?: Imported;
  library?(path: string): (Pick<Checked, "pkg" | "info" | "files"> & { readonly readBody?: ((decl: ast.FuncDecl) => void) | undefined }) | undefined;
}

/** A function whose body still has to be read; `build` reads it. */
export interface Pending {
  readonly fn: Func;
  /** What the checker recorded about its text, where that is another package's. */
  readonly info?: Info | undefined;
  build(): void;
}

/** Facts about syntax that stands in for a range over a function; they have precedence over the checker's. */
export interface Made {
  readonly types: Map<ast.Expr, TypeAndValue>;
  readonly uses: Map<ast.Name, Obj>;
  readonly defs: Map<ast.Name, Obj>;
  readonly implicits: Map<ast.Node, Obj>;
  /** What names stand for that no source declares: functions of the run-time system, `true` and `false`. */
  readonly helpers: Map<ast.Name, () => Expr>;
  /** Literals that are the bodies of ranges over functions. */
  readonly rangeBodies: Set<ast.FuncLit>;
  /** Results that got a name because a loop body returns them. */
  readonly renamed: Map<Var, string>;
  /** Deferred calls of loop bodies and the variable that leads to the outer function's frame. */
  readonly deferAt: Map<ast.CallStmt, ast.Name>;
  /** Bodies that were rewritten already: instances share one. */
  readonly bodies: Map<ast.BlockStmt, ast.BlockStmt>;
}

/** A type that bodies of the library mention, by its link string: what is said of its wrappers is known. */
export interface LibraryType {
  readonly kind: "Library";
  readonly link: string;
}

/** The package being built. */
export interface PackageState {
  readonly checked: Checked;
  readonly print: PrintContext;
  /** Go: typecheck.Target.Funcs. */
  readonly funcs: Func[];
  readonly externs: Name[];
  readonly inits: Func[];
  readonly inlineTree: InlinedCall[];
  /** Instantiated types, shared so that one instance is one value. */
  readonly instances: Instances;
  /** How instances of generic functions are built; see instance.ts. */
  readonly mode: "full" | "shape";
  /** Shapes by the name of their underlying type. */
  readonly shapes: Map<string, NamedType>;
  readonly dictionaries: Map<string, Name>;
  readonly layouts: Map<Owner, Layout>;
  /** Whether -m=2 is asked for. */
  readonly verbose: boolean;
  /** Library instances that are known by their lines, by printed name. */
  readonly canned: Map<string, Func>;
  /** Those that have been read. */
  readonly cannedRead: Set<string>;
  /** A method of a library instance is known by name only: code has to be made from full instances. */
  forNotes: boolean;
  /** What is known of library instances, by name and by pattern, and the packages it was taken from. */
  readonly cannedEntries: Map<string, InstanceFacts>;
  readonly cannedFrom: Set<Package>;
  /** Shaped objects to read before the next body. Go: todoDicts. */
  readonly todoDicts: (() => void)[];
  /** Types and method tables whose descriptors have been written, for -m=2. */
  readonly described: Set<string>;
  /** Instances of types met, by name. */
  readonly metInstances: Set<string>;
  /** Names of package-level variables and of functions and methods. */
  readonly globals: Map<Var | FuncObj, Name>;
  /** Instances of generic functions and methods, by their type arguments. */
  readonly instancesOf: Map<FuncObj, Map<string, Name>>;
  /** Syntax of declared functions. */
  readonly decls: Map<FuncObj, ast.FuncDecl>;
  /** Functions met whose bodies are to be read, last met first. Go: todoBodies. */
  readonly todo: Pending[];
  /** Functions of other packages of the program that may be inlined here, with how their bodies are read. */
  readonly imported: Pending[];
  /** Types met, by identity, and those that need method wrappers, in the order in which they were met. */
  readonly met: Set<Type | TypeName>;
  readonly wrapperTypes: (Type | LibraryType)[];
  /** Types whose wrappers another package has. */
  readonly haveWrappers: Set<Type>;
  /** What is read belongs to a package that was analysed before. */
  inImported: boolean;
  /** Declared types whose reading has begun and not ended. */
  readonly reading: Set<string>;
  /** Method values x.M: the receiver's type, the method and its type without receiver; whether its body is compiled here. */
  readonly methodValues: { readonly recv: Type; readonly method: FuncObj; readonly type: SignatureType; readonly declared: boolean; /** Met in the body of another package, which has the wrapper. */ readonly have: boolean }[];
  /** Shaped instances whose underlying type is being read. Go: TFORW. */
  readonly forward: Set<string>;
  /** Instances that an unfinished type is an argument of: they keep it as it is. */
  readonly unshaped: Set<string>;
  /** Calls of methods that a type argument may have only dynamically: the compiler says so. */
  readonly impreciseCalls: XPos[];
  /** The blank identifier. */
  readonly blank: Name;
  readonly autogenerated: XPos;
  /** Conditions that were shortened, and what they were: the checker knows the latter. */
  readonly replaced: Map<ast.Expr, ast.Expr>;
  /** Facts about the library's text, of the packages whose generic functions are used. */
  readonly libraries: Map<Package, Info>;
  /** Functions of that text, and what checks their bodies: to be called before one is read. */
  readonly readers: Map<ast.FuncDecl, (decl: ast.FuncDecl) => void>;
  /** What the checker recorded about the text that is being read, where that is another package's. */
  info: Info | undefined;
  /** Instances that are read while a body is inlined: they are not listed. */
  quiet: Func[] | undefined;
  /** Functions of other packages that were inlined here. */
  readonly expanded: Set<FuncObj>;
  /** Facts about syntax that this room made itself. */
  readonly made: Made;
  initCount: number;
}

/** The function being built. */
export interface FuncState {
  readonly b: Builder;
  readonly fn: Func;
  readonly sig: SignatureType;
  /** Of a literal: the function around it. */
  readonly outer?: FuncState;
  readonly locals: Map<Var, Name>;
  readonly captured: Map<Var, Name>;
  /** Inside a generic function: what its type parameters stand for. */
  readonly subst?: Substitution;
  /** Inside a shaped function: its dictionary, or a closure's copy of it. */
  dictParam?: Name;
  /** Inside a shaped function: what it reads from its dictionary. */
  readonly dict?: DictUse;
  /** The last position set while reading. Go: base.Pos. */
  basePos: XPos;
}

/** The doors. */
export interface Builder {
  readonly state: PackageState;
  /** The value of an expression. */
  expr(f: FuncState, x: ast.Expr): Expr;
  /** The value of `x` as one of type `dst`; absent `dst`: as it is. */
  convert(f: FuncState, dst: Type | undefined, x: ast.Expr): Expr;
  /** The values of a list, each converted to what `dst` wants; a call with several results is spread over temporaries. */
  multi(f: FuncState, pos: Pos, dst: (i: number) => Type | undefined, list: readonly ast.Expr[]): Expr[];
  stmts(f: FuncState, list: readonly ast.Stmt[]): Stmt[];
  funcLit(f: FuncState, x: ast.FuncLit): Expr;
  call(f: FuncState, x: ast.CallExpr): Expr;
  /** Notes that a dictionary holds `t`, where one is recorded. */
  noteType(f: FuncState, t: Type): void;
  readonly instances: Instancing;
}

/** What reading types asks of the part that makes instances. */
export interface Instancing {
  /** Whether the methods of `named` are compiled here, from a generic body. */
  hasBodies(b: Builder, named: NamedType): boolean;
  methodName(b: Builder, recv: NamedType, method: FuncObj): Name;
  /** The name of a function of a package that was analysed before. */
  imported(b: Builder, obj: FuncObj, sig: SignatureType): Name | undefined;
  /** The type that has the shapes of the type arguments of `named`. */
  shapedType(b: Builder, named: NamedType): NamedType;
}
