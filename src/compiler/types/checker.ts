/**
 * The value that every function of the checker gets first: what is being checked, what has been found out, and the doors
 * through which the files that recurse into one another call each other (`Doors`; check.ts opens them).
 *
 * Go: types2/check.go, recording.go, version.go.
 */
import { noPos, type Pos, type Sources } from "../../base/source.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { MonoGraph } from "./mono.ts";
import type { Operand } from "./operand.ts";
import { endPos } from "./positions.ts";
import type { Instances } from "./subst.ts";
import type { Info, NamedType, Obj, OperandMode, Package, PkgName, Scope, SignatureType, Type, TypeName, Func, BasicType, Var } from "./type.ts";

/** A package-level declaration that is checked when it is first needed. */
export interface DeclInfo {
  /** The scope of its file. */
  readonly file: Scope;
  /** Go 1.N that its file asks for; 0 is unrestricted. */
  readonly version: number;
  /** Source order. */
  readonly order: number;
  /** Variables of `var a, b = f()`. */
  readonly lhs?: readonly Var[];
  readonly type?: ast.Expr | undefined;
  readonly init?: ast.Expr | undefined;
  /** The constant repeats the expression of an earlier line. */
  readonly inherited?: boolean;
  readonly iota?: number;
  readonly typeDecl?: ast.TypeDecl;
  readonly funcDecl?: ast.FuncDecl;
  /** Package-level objects that its initialisation or body uses, in order of first use. */
  readonly deps: Set<Obj>;
}

/** What surrounds the code that is being checked. */
export interface Environment {
  decl: DeclInfo | undefined;
  scope: Scope;
  version: number;
  /** Value of iota, inside a constant declaration. */
  iota: Value | undefined;
  /** Errors in a constant's repeated expression are reported here. */
  errpos: Pos;
  inTypeParams: boolean;
  /** The function whose body it is. */
  sig: SignatureType | undefined;
  /** Calls of the built-in panic, which end a function. */
  panics: Set<ast.CallExpr>;
  hasCallOrRecv: boolean;
}

/** An expression whose type is still untyped. */
export interface UntypedInfo {
  /** It is the left operand of a shift, so its final type must be an integer's. */
  isShiftLhs: boolean;
  readonly mode: OperandMode;
  type: BasicType;
  value: Value | undefined;
}

/** The function type that a generic function is assigned to, and what it is called. */
export interface Target {
  readonly sig: SignatureType;
  readonly desc: string;
}

/** What an expression is good for when it stands alone. */
export type ExprKind = "conversion" | "expression" | "statement";


/** How a package is checked. */
export interface CheckMode {
  /** Language version `1.N` of the module, 0 for the newest. */
  readonly version: number;
  /** Report everything instead of stopping at the tenth error. */
  readonly allErrors: boolean;
  /** Unused variables and imports are no errors; std packages are imported when they are named. */
  readonly cell: boolean;
  /** There is nothing but Go, and the go command has called: a function without body is an error, and so is an import that it does not find. */
  readonly complete: boolean;
  /** The package is part of the library. */
  readonly std: boolean;
}

/** The doors between files that recurse into one another. */
export interface Doors {
  rawExpr(target: Target | undefined, x: Operand, e: ast.Expr, hint: Type | undefined, allowGeneric: boolean): ExprKind;
  /** The type that `e` denotes; `def` is the type name that it is the declaration of. */
  declaredType(e: ast.Expr, def: TypeName | undefined): Type;
  /** The generic type that `e` denotes; `notGeneric` is called with any other type. */
  genericType(e: ast.Expr, notGeneric: (t: Type) => void): Type;
  objDecl(obj: Obj): void;
  funcBody(decl: DeclInfo | undefined, sig: SignatureType, scope: Scope, body: ast.BlockStmt, iota: Value | undefined): void;
  stmt(s: ast.Stmt): void;
  /** Finds a package for a name that nothing declares; only in cells. */
  importNamed(name: string): PkgName | undefined;
  /** What to say of a name that nothing declares, if not what Go says. */
  undeclared(name: string): string | undefined;
  /** Whether the value of the statement is wanted, though it stands alone. */
  isResult(s: ast.ExprStmt): boolean;
}

interface Action {
  readonly version: number;
  readonly run: () => void;
}

interface CheckerInit {
  readonly sources: Sources;
  readonly mode: CheckMode;
  readonly pkg: Package;
  readonly info: Info;
  readonly instances: Instances;
  readonly mono: MonoGraph;
  readonly newTypeParam: () => number;
}

/** Everything that changes while a package is checked. */
export class CheckerState {
  readonly sources: Sources;
  readonly mode: CheckMode;
  readonly pkg: Package;
  readonly info: Info;
  readonly instances: Instances;
  readonly mono: MonoGraph;
  readonly objects = new Map<Obj, DeclInfo>();
  readonly methods = new Map<TypeName, Func[]>();
  readonly untyped = new Map<ast.Expr, UntypedInfo>();
  readonly imports: PkgName[] = [];
  /** The import behind a name that a file got through a dot-import. */
  readonly dotImports = new Map<Scope, Map<string, PkgName>>();
  readonly diagnostics: Diagnostic[] = [];
  readonly path: Obj[] = [];
  /** Named types whose size is known to be finite, or not. */
  readonly finite = new Map<NamedType, boolean>();
  /** Types without parameters that are known not to contain themselves. */
  readonly validTypes = new Set<NamedType>();
  /** How often a type was met there that is not declared yet. */
  openTypes = 0;
  /** Stand-ins for instances on `path`. */
  readonly instanceNames = new Map<NamedType, TypeName>();
  env: Environment;
  failed = false;
  /** The package holds an interface type that is no name. */
  hasInterfaces = false;
  lastError: { line: number; file: string; message: string } | undefined;
  /** Import paths of the packages that are reached, by name; for messages. */
  reachable: { readonly imports: readonly Package[]; readonly paths: ReadonlyMap<string, ReadonlySet<string>> } | undefined;
  /** Language versions that files ask for themselves. */
  readonly fileVersions = new Map<string, string>();
  /** A number for a new type parameter. */
  readonly typeParamId: () => number;
  /** Where bodies of functions are put that are checked only when somebody asks. */
  bodies: Map<ast.BlockStmt, () => void> | undefined;
  #delayed: Action[] = [];

  constructor(init: CheckerInit) {
    this.sources = init.sources;
    this.typeParamId = init.newTypeParam;
    this.mode = init.mode;
    this.pkg = init.pkg;
    this.info = init.info;
    this.instances = init.instances;
    this.mono = init.mono;
    this.env = environment(init.pkg.scope, init.mode.version);
  }

  /** Runs `run` when the current declaration or statement is complete. */
  later(run: () => void): void {
    this.#delayed.push({ version: this.env.version, run });
  }

  get delayed(): number {
    return this.#delayed.length;
  }

  /** Runs what was put off since there were `top` such things, and what that puts off in turn. */
  processDelayed(top: number): void {
    const saved = this.env.version;
    for (let i = top; i < this.#delayed.length; i++) {
      const action = this.#delayed[i];
      if (!action) continue;
      this.env.version = action.version;
      action.run();
    }
    this.#delayed.length = top;
    this.env.version = saved;
  }

  /** Whether the language version has what came with Go 1.`minor`. */
  allows(minor: number): boolean {
    return this.env.version === 0 || this.env.version >= minor;
  }

  /** The object that a name denotes here, with the scope that declares it. */
  lookupScope(name: string): readonly [Scope, Obj] | undefined {
    for (let s: Scope | undefined = this.env.scope; s; s = s.parent) {
      const obj = s.names.get(name);
      if (obj) return [s, obj];
    }
    return undefined;
  }

  lookup(name: string): Obj | undefined {
    return this.lookupScope(name)?.[1];
  }

  /** Opens a scope for a node inside the current one; close it with `closeScope`. */
  openScope(node: ast.Node, isFunc = false): Scope {
    const scope = newScope(this.env.scope, node.pos, endPos(node), isFunc);
    this.info.scopes.set(node, scope);
    this.env.scope = scope;
    return scope;
  }

  closeScope(): void {
    if (this.env.scope.parent) this.env.scope = this.env.scope.parent;
  }

  /** Notes that the declaration that is being checked needs `to`. */
  dependOn(to: Obj): void {
    if (this.env.decl && this.objects.has(to)) this.env.decl.deps.add(to);
  }

  /** The local or package variable of this package that a name denotes, if any. */
  ownVar(name: string): Var | undefined {
    const obj = this.lookup(name);
    return obj?.kind === "Var" && obj.pkg === this.pkg ? obj : undefined;
  }
}

/** The checker as its files see it. */
export type Checker = CheckerState & Doors;

/** A fresh environment. */
export const environment = (scope: Scope, version: number): Environment => ({
  decl: undefined, scope, version, iota: undefined, errpos: noPos, inTypeParams: false, sig: undefined, panics: new Set(), hasCallOrRecv: false,
});

/** A scope inside `parent`, which learns of it. */
export function newScope(parent: Scope | undefined, pos: Pos, end: Pos, isFunc = false): Scope {
  const scope: Scope = { parent, names: new Map(), pos, end, isFunc, children: [] };
  if (parent?.parent) parent.children.push(scope);
  return scope;
}

