/**
 * The door of the checker: files in, types and errors out. Ties the files that recurse into one another.
 *
 * Go: types2/check.go (checkFiles), cmd/compile/internal/noder (checkFiles, LoadPackage).
 */
import { bug } from "../../base/bug.ts";
import { noPos, type Sources } from "../../base/source.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type * as ast from "../syntax/ast.ts";
import { checkAfter } from "./after.ts";
import { checkBodies } from "./bodies.ts";
import { type Checker, type CheckMode, CheckerState, newScope } from "./checker.ts";
import { objDecl } from "./decl.ts";
import { error, queue, TooManyErrors } from "./errors.ts";
import { rawExpr } from "./expr.ts";
import type { Importer } from "./facts.ts";
import { directCycles } from "./finite.ts";
import { importErrors } from "./imports.ts";
import { initOrder } from "./initorder.ts";
import * as messages from "./messages.ts";
import { checkMono, newMonoGraph } from "./mono.ts";
import { Packages } from "./packages.ts";
import { insert, recordUntyped } from "./record.ts";
import { collectObjects, packageObjects, unusedImports } from "./resolver.ts";
import { funcBody, stmt } from "./stmt.ts";
import { declaredType, genericType } from "./typexpr.ts";
import { universe } from "./universe.ts";
import type { Info, Package, PkgName, Scope, Type } from "./type.ts";

/** What is to be checked, and with what. */
export interface CheckOptions {
  /** Import path; "main" for a program. */
  readonly path: string;
  readonly sources: Sources;
  /** The library; or packages that were imported from it before, so that their types are the same. */
  readonly importer: Importer | Packages;
  readonly mode?: Partial<CheckMode>;
  /** The scope around the package: what earlier cells of a session have declared; the universe if absent. */
  readonly outer?: Scope;
  /** Statements whose values are wanted, though they stand alone: the last one of a cell. */
  readonly results?: ReadonlySet<ast.ExprStmt>;
  /** Called once the package's types are declared and before anything is checked that has a value: types of outer variables may be replaced then. */
  readonly declared?: (typeOf: (name: string) => Type | undefined, packages: Packages) => void;
  /** What to say of a name that nothing declares, if not what Go says: a cell's function may name a variable of its main. */
  readonly undeclared?: (name: string) => string | undefined;
  /** What parsing found and what doesn't keep types from being checked. */
  readonly earlier?: readonly Diagnostic[];
  /** The package is known to be right: bodies of functions are checked one by one, when `readBody` asks for them. */
  readonly bodiesLater?: boolean;
  /** Printed in front of GOROOT positions, as in `package x is not in std (PREFIX/src/x)`. */
  readonly goroot?: string;
}

/** A checked package. */
export interface CheckedPackage {
  readonly pkg: Package;
  readonly info: Info;
  /** What is wrong, in the order in which Go prints it; empty if the package is right. */
  readonly diagnostics: readonly Diagnostic[];
  readonly packages: Packages;
  /** With `bodiesLater`: checks the body of a function, if that has not been done. */
  readonly readBody?: (decl: ast.FuncDecl) => void;
}

const DEFAULT_MODE: CheckMode = { version: 0, allErrors: false, cell: false, complete: true, std: false };

/** Empty side tables. */
export const newInfo = (): Info => ({
  types: new Map(), defs: new Map(), uses: new Map(), implicits: new Map(), selections: new Map(), instances: new Map(), scopes: new Map(), initOrder: [], embeds: [],
});

/** Checks the files of one package. */
export function checkPackage(files: readonly ast.File[], options: CheckOptions): CheckedPackage {
  const packages = options.importer instanceof Packages ? options.importer : new Packages(options.importer);
  const c = newChecker(options, packages, files[0]?.pkgName.value ?? "main");
  // Where the compiler stands alone there is no go command to refuse imports.
  const missing = c.mode.std || !c.mode.complete ? [] : importErrors(files, { sources: options.sources, packages, goroot: options.goroot ?? "" });
  if (missing.length > 0) return { pkg: c.pkg, info: c.info, diagnostics: missing, packages };
  if (options.bodiesLater) return { ...checkSurface(c, packages, files), packages };
  try {
    for (const d of options.earlier ?? []) queue(c, d.at, d.message);
    checkFiles(c, packages, files, options.declared);
  } catch (thrown) {
    if (thrown instanceof RangeError && /call stack/.test(thrown.message)) c.diagnostics.splice(0, c.diagnostics.length, tooDeep(c, files));
    else if (!(thrown instanceof TooManyErrors)) throw thrown;
  }
  return { pkg: c.pkg, info: c.info, diagnostics: inPrintOrder(c), packages };
}

/** Checks what a right package declares, and leaves the bodies of its functions for later. */
function checkSurface(c: Checker, packages: Packages, files: readonly ast.File[]): Omit<CheckedPackage, "packages"> {
  const bodies = new Map<ast.BlockStmt, () => void>();
  c.bodies = bodies;
  collectObjects(c, files, (path) => packages.find(path));
  packageObjects(c);
  c.processDelayed(0);
  recordUntyped(c);
  const readBody = ({ body }: ast.FuncDecl): void => {
    const check = body && bodies.get(body);
    if (!check) return;
    bodies.delete(body);
    check();
    c.processDelayed(0);
    recordUntyped(c);
    if (c.diagnostics.length > 0) bug(`our own text is wrong: ${c.diagnostics[0]?.message}`);
  };
  return { pkg: c.pkg, info: c.info, diagnostics: inPrintOrder(c), readBody };
}

/** Where the nesting of a declaration is deeper than our stack. */
function tooDeep(c: Checker, files: readonly ast.File[]): Diagnostic {
  const decl = c.env.decl;
  const node = decl?.funcDecl ?? decl?.typeDecl ?? decl?.init ?? decl?.type ?? files[0];
  return { kind: "unsupported", at: c.sources.position(node?.pos ?? noPos), message: "nesting this deep" };
}

function newChecker(options: CheckOptions, packages: Packages, name: string): Checker {
  const scope = newScope(options.outer ?? universe, noPos, noPos);
  const pkg: Package = { path: options.path, name, scope, imports: [], std: options.mode?.std ?? false };
  const state = new CheckerState({
    sources: options.sources, mode: { ...DEFAULT_MODE, ...options.mode }, pkg, info: newInfo(), instances: packages.instances, mono: newMonoGraph(),
    newTypeParam: () => packages.typeParamId(),
  });
  const c: Checker = Object.assign(state, {
    rawExpr: (...args: Parameters<Checker["rawExpr"]>) => rawExpr(c, ...args),
    declaredType: (...args: Parameters<Checker["declaredType"]>) => declaredType(c, ...args),
    genericType: (...args: Parameters<Checker["genericType"]>) => genericType(c, ...args),
    objDecl: (...args: Parameters<Checker["objDecl"]>) => objDecl(c, ...args),
    funcBody: (...args: Parameters<Checker["funcBody"]>) => funcBody(c, ...args),
    stmt: (...args: Parameters<Checker["stmt"]>) => stmt(c, ...args),
    importNamed: (name: string) => importNamed(c, packages, name),
    undeclared: (name: string) => options.undeclared?.(name),
    isResult: (s: ast.ExprStmt) => options.results?.has(s) === true,
  });
  packages.instances.completeMethod = (f) => c.objDecl(f);
  return c;
}

function checkFiles(c: Checker, packages: Packages, files: readonly ast.File[], declared: CheckOptions["declared"]): void {
  checkBodies(c, files);
  const mine = files.filter((f) => belongs(c, f));
  collectObjects(c, mine, (path) => packages.find(path));
  directCycles(c);
  declared?.((name) => declaredTypeOf(c, name), packages);
  packageObjects(c);
  c.processDelayed(0);
  initOrder(c);
  if (!c.mode.cell) unusedImports(c);
  recordUntyped(c);
  if (!c.failed) checkMono(c);
  if (!c.failed) checkAfter(c, mine);
}

/** The type that the package declares under a name. */
function declaredTypeOf(c: Checker, name: string): Type | undefined {
  const obj = c.pkg.scope.names.get(name);
  if (obj?.kind !== "TypeName") return undefined;
  c.objDecl(obj);
  return obj.type;
}

function belongs(c: Checker, f: ast.File): boolean {
  const name = f.pkgName.value;
  if (name === "_") error(c, f.pkgName, messages.blankPackage());
  if (name === c.pkg.name) return true;
  error(c, f, messages.mismatchedPackage(name, c.pkg.name));
  return false;
}

/** Finds a library package for a name that a cell uses without importing it. */
function importNamed(c: Checker, packages: Packages, name: string): PkgName | undefined {
  if (!c.mode.cell) return undefined;
  const pkg = packages.byName(name);
  if (!pkg) return undefined;
  const obj: PkgName = { kind: "PkgName", name, pos: noPos, pkg: c.pkg, imported: pkg, used: true };
  insert(c.pkg.scope, obj);
  if (!c.pkg.imports.includes(pkg)) Object.assign(c.pkg, { imports: [...c.pkg.imports, pkg] });
  return obj;
}

/** Sorted by place; of neighbours that are the same one; the last line says if there were too many. */
function inPrintOrder(c: Checker): Diagnostic[] {
  const ordered = [...c.diagnostics].sort((a, b) => compareFiles(c, a, b) || a.at.line - b.at.line || a.at.col - b.at.col);
  const out = ordered.filter((d, i) => {
    const previous = ordered[i - 1];
    return !previous || previous.message !== d.message || previous.at.line !== d.at.line || previous.at.col !== d.at.col || previous.at.file !== d.at.file;
  });
  const last = c.diagnostics[c.diagnostics.length - 1];
  if (last && !c.mode.allErrors && c.diagnostics.length >= messages.MAX_ERRORS) out.push({ kind: "error", at: last.at, message: "too many errors" });
  return out;
}

/** Files come in the order in which something wrong was first found in them. */
function compareFiles(c: Checker, a: Diagnostic, b: Diagnostic): number {
  if (a.at.file === b.at.file) return 0;
  const order = (d: Diagnostic): number => c.diagnostics.findIndex((f) => f.at.file === d.at.file);
  return order(a) - order(b);
}

