/**
 * Collects what the files of a package declare, before anything is checked. Imports become names of their file, methods wait
 * for their types. Go: types2/resolver.go.
 */
import { decodeUtf8, noPos } from "../../base/source.ts";
import { makeFromLiteral, stringVal } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { type Checker, type DeclInfo, newScope } from "./checker.ts";
import { checkCount, collectMethods } from "./decl.ts";
import { declare } from "./declare.ts";
import { error, report, requireVersion } from "./errors.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { isExported } from "./names.ts";
import { isMissing } from "./packages.ts";
import { endPos, unpackList, unparen } from "./positions.ts";
import { newVar, recordDef } from "./record.ts";
import { unpackReceiver } from "./signature.ts";
import type { Const, Func, Obj, Package, PkgName, Scope, TypeName } from "./type.ts";

/** Finds the package of an import; undefined where there is none. */
export type ImportPort = (path: string) => Package | undefined;

interface WaitingMethod {
  readonly obj: Func;
  readonly pointer: boolean;
  readonly receiver: ast.Name;
}

interface FileContext {
  readonly c: Checker;
  readonly scope: Scope;
  readonly version: number;
  readonly importPort: ImportPort;
  readonly imported: Set<Package>;
  readonly methods: WaitingMethod[];
}

/** Collects the objects of all files. */
export function collectObjects(c: Checker, files: readonly ast.File[], importPort: ImportPort): void {
  const methods: WaitingMethod[] = [];
  const imported = new Set<Package>(c.pkg.imports);
  const scopes: Scope[] = [];
  for (const file of files) {
    const version = fileVersion(c, file);
    c.env.version = version;
    recordDef(c, file.pkgName, undefined);
    const scope = newScope(c.pkg.scope, file.pos, endPos(file));
    scopes.push(scope);
    c.info.scopes.set(file, scope);
    collectFile({ c, scope, version, importPort, imported, methods }, file);
  }
  for (const scope of scopes) checkFileScope(c, scope);
  for (const m of methods) {
    const base = resolveBase(c, m.pointer, m.receiver);
    if (!base) continue;
    Object.assign(m.obj, { ptrRecv: base.pointer });
    const list = c.methods.get(base.obj);
    if (list) list.push(m.obj);
    else c.methods.set(base.obj, [m.obj]);
  }
}

/** The language version of a file: its own `//go:build` line, at least 1.21, or that of the module. */
function fileVersion(c: Checker, file: ast.File): number {
  const own = /^go1\.(\d+)/.exec(file.goVersion ?? "");
  if (!own) return c.mode.version;
  const minor = Number(own[1]);
  if (minor >= 21) c.fileVersions.set(file.source.name, file.goVersion ?? "");
  if (minor > messages.NEWEST_VERSION) error(c, file.pkgName, messages.fileTooNew(file.goVersion ?? ""));
  return Math.max(minor, 21);
}

function collectFile(f: FileContext, file: ast.File): void {
  let last: ast.ConstDecl | undefined;
  let group: ast.Group | undefined;
  for (const d of file.decls) {
    if (d.kind !== "ConstDecl") group = undefined;
    switch (d.kind) {
      case "ImportDecl":
        collectImport(f, d);
        break;
      case "ConstDecl": {
        if (!d.group || d.group !== group) last = undefined;
        ({ group } = d);
        const inherited = !d.type && !d.values && last !== undefined;
        if (d.type || d.values) last = d;
        collectConsts(f, d, inherited ? last : d, inherited);
        break;
      }
      case "VarDecl":
        collectVars(f, d);
        break;
      case "TypeDecl": {
        const obj: TypeName = { kind: "TypeName", name: d.name.value, pos: d.name.pos, pkg: f.c.pkg, type: undefined };
        declarePackageObject(f, d.name, obj, { typeDecl: d });
        break;
      }
      case "FuncDecl":
        collectFunc(f, d);
        break;
    }
  }
}

function addObject({ c, scope, version }: FileContext, obj: Obj, parts: Partial<DeclInfo>): void {
  c.objects.set(obj, { file: scope, version, order: c.objects.size + 1, deps: new Set(), ...parts });
}

function declarePackageObject(f: FileContext, name: ast.Name, obj: Obj, parts: Partial<DeclInfo>): void {
  if (name.value === "init") return error(f.c, name, messages.cannotDeclareInit());
  if (name.value === "main" && f.c.pkg.name === "main") return error(f.c, name, messages.cannotDeclareMain());
  declare(f.c, f.c.pkg.scope, name, obj);
  addObject(f, obj, parts);
}

// ---- imports ------------------------------------------------------------------------------------------------

function collectImport(f: FileContext, d: ast.ImportDecl): void {
  const { c } = f;
  if (d.path.bad) return;
  const path = importPath(d.path.value);
  if (path.wrong !== undefined) return error(c, d.path, messages.invalidImportPath(path.wrong));
  const pkg = f.importPort(path.path) ?? missingPackage(c, d, path.path);
  const name = d.localPkgName?.value ?? pkg.name;
  if (name === "init") return error(c, d, messages.cannotImportInit());
  // Cells may import again what earlier ones have imported.
  const known = c.mode.cell && name !== "." ? f.scope.names.get(name) : undefined;
  if (known?.kind === "PkgName" && known.imported === pkg) return void recordImport(c, d, known);
  if (!f.imported.has(pkg)) {
    f.imported.add(pkg);
    Object.assign(c.pkg, { imports: [...c.pkg.imports, pkg] });
  }
  const obj: PkgName = { kind: "PkgName", name, pos: d.pos, pkg: c.pkg, imported: pkg, used: isMissing(pkg) };
  recordImport(c, d, obj);
  c.imports.push(obj);
  if (name === ".") dotImport(f, d, obj, pkg);
  else declare(c, f.scope, undefined, obj);
}

function recordImport(c: Checker, d: ast.ImportDecl, obj: PkgName): void {
  if (d.localPkgName) recordDef(c, d.localPkgName, obj);
  else c.info.implicits.set(d, obj);
}

/** Reports an import that there is no package for, and makes an empty one, about which nothing more is said. */
function missingPackage(c: Checker, d: ast.ImportDecl, path: string): Package {
  const clean = path.replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
  let why = `open : no such file or directory`;
  if (path.startsWith("/")) why = "import path cannot be absolute path";
  else if (clean !== path) why = `non-canonical import path "${path}" (should be "${clean}")`;
  error(c, d.path, messages.couldNotImport(path, why));
  const name = clean.slice(clean.lastIndexOf("/") + 1);
  return { path, name, scope: newScope(undefined, noPos, noPos), imports: [], std: false };
}

function importPath(literal: string): { readonly path: string; readonly wrong?: string } {
  const value = makeFromLiteral(literal, "string");
  if (value.kind !== "string") return { path: "", wrong: "invalid syntax" };
  const path = decodeUtf8(stringVal(value));
  if (path === "") return { path, wrong: "empty string" };
  for (const ch of path) {
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(ch) && !"!\"#$%&'()*,:;<=>?[\\]^{|}`\ufffd".includes(ch)) continue;
    const code = (ch.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { path, wrong: `invalid character U+${code}${/\p{C}/u.test(ch) ? "" : ` '${ch}'`}` };
  }
  return { path };
}

function dotImport({ c, scope }: FileContext, d: ast.ImportDecl, pkgName: PkgName, pkg: Package): void {
  for (const [name, obj] of pkg.scope.names) {
    if (!isExported(name)) continue;
    const other = scope.names.get(name);
    if (other) {
      const lines = [{ at: d.localPkgName ?? d, message: messages.redeclared(other.name) }];
      report(c, other.pos === noPos ? lines : [...lines, { at: other.pos, message: messages.otherDeclaration(other.name) }]);
      continue;
    }
    scope.names.set(name, obj);
    const known = c.dotImports.get(scope) ?? new Map<string, PkgName>();
    known.set(name, pkgName);
    c.dotImports.set(scope, known);
  }
}

/** Names of a file must not be names of the package. */
function checkFileScope(c: Checker, scope: Scope): void {
  for (const [name, obj] of scope.names) {
    const other = c.pkg.scope.names.get(name);
    if (!other) continue;
    const message = obj.kind === "PkgName" ? messages.alreadyImported(other.name, obj.imported) : messages.alreadyDotImported(other.name, obj.pkg ?? c.pkg);
    const lines = [{ at: other, message }];
    report(c, obj.pos === noPos ? lines : [...lines, { at: obj.pos, message: messages.otherDeclaration(obj.name) }]);
  }
}

// ---- constants, variables, functions ------------------------------------------------------------------------

function collectConsts(f: FileContext, d: ast.ConstDecl, from: ast.ConstDecl | undefined, inherited: boolean): void {
  const values = unpackList(from?.values);
  d.names.forEach((name, i) => {
    const obj: Const = { kind: "Const", name: name.value, pos: name.pos, pkg: f.c.pkg, type: undefined, value: undefined };
    declarePackageObject(f, name, obj, { type: from?.type, init: values[i], inherited, iota: d.iota });
  });
  checkCount(f.c, d.pos, d.names, values, inherited ? "inherited" : "const");
}

function collectVars(f: FileContext, d: ast.VarDecl): void {
  const values = unpackList(d.values);
  const vars = d.names.map((name) => newVar(f.c, "package", name.pos, name.value, undefined));
  const shared: Partial<DeclInfo> | undefined = d.values?.kind === "ListExpr" ? undefined : { lhs: vars, type: d.type, init: d.values };
  let info: DeclInfo | undefined;
  d.names.forEach((name, i) => {
    const obj = vars[i];
    if (!obj) return;
    declarePackageObject(f, name, obj, shared ?? { type: d.type, init: values[i] });
    // `var a, b = f()` is one initialisation: all its variables share its dependencies.
    const made = f.c.objects.get(obj);
    if (!shared || !made) return;
    info ??= made;
    if (info !== made) f.c.objects.set(obj, { ...made, deps: info.deps });
  });
  if (!d.type || d.values) checkCount(f.c, d.pos, d.names, values, "var");
}

function collectFunc(f: FileContext, d: ast.FuncDecl): void {
  const { c } = f;
  const name = d.name.value;
  const obj: Func = { kind: "Func", name, pos: d.name.pos, pkg: c.pkg, type: undefined, decl: d, ptrRecv: false };
  const [param] = d.typeParams;
  let reported = false;
  if (d.recv) {
    const { pointer, base } = unpackReceiver(d.recv.type);
    if (base.kind === "Name" && name !== "_") f.methods.push({ obj, pointer, receiver: base });
    recordDef(c, d.name, obj);
  } else {
    if (name === "init" || (name === "main" && c.pkg.name === "main")) {
      if (param) {
        error(c, param, messages.mustHaveNoTypeParams(name));
        reported = true;
      }
      if (d.type.params.length > 0 || d.type.results.length > 0) error(c, d.name, messages.mustHaveNoArguments(name));
    }
    if (name === "init") {
      Object.assign(obj, { parent: c.pkg.scope });
      recordDef(c, d.name, obj);
      if (!d.body) error(c, obj.pos, messages.initWithoutBody());
    } else declare(c, c.pkg.scope, d.name, obj);
  }
  if (param && !reported) requireVersion(c, param, 18, text`type parameter`);
  addObject(f, obj, { funcDecl: d });
}

// ---- receivers ----------------------------------------------------------------------------------------------

/** The type that a receiver's name stands for, through aliases of this package. */
function resolveBase(c: Checker, pointer: boolean, name: ast.Name): { readonly pointer: boolean; readonly obj: TypeName } | undefined {
  const seen = new Set<Obj>();
  let isPointer = pointer;
  let current: ast.Name | undefined = name;
  while (current) {
    const obj: Obj | undefined = c.pkg.scope.names.get(current.value);
    if (obj?.kind !== "TypeName" || seen.has(obj)) return undefined;
    const d = c.objects.get(obj)?.typeDecl;
    if (!d) return undefined;
    if (!d.alias) return { pointer: isPointer, obj };
    if (d.typeParams.length > 0) return undefined;
    seen.add(obj);
    let e = unparen(d.type);
    if (e.kind === "Operation" && e.op === "*" && !e.y) {
      if (isPointer) return undefined;
      isPointer = true;
      e = unparen(e.x);
    }
    current = e.kind === "Name" ? e : undefined;
  }
  return undefined;
}

/** Checks all package-level objects: types first, then aliases, then the rest. */
export function packageObjects(c: Checker): void {
  const all = [...c.objects.keys()];
  for (const obj of all) if (obj.kind === "TypeName" && obj.type) collectMethods(c, obj);
  const isAlias = (obj: Obj): boolean => c.objects.get(obj)?.typeDecl?.alias === true;
  for (const obj of all) if (obj.kind === "TypeName" && !isAlias(obj)) c.objDecl(obj);
  for (const obj of all) if (obj.kind === "TypeName" && isAlias(obj)) c.objDecl(obj);
  for (const obj of all) if (obj.kind !== "TypeName") c.objDecl(obj);
  c.methods.clear();
}

/** Reports imports that nothing uses. */
export function unusedImports(c: Checker): void {
  for (const obj of c.imports) {
    if (obj.name === "_" || obj.used) continue;
    const { path } = obj.imported;
    const element = path.slice(path.lastIndexOf("/") + 1);
    const plain = obj.name === "." || obj.name === element;
    error(c, obj, plain ? messages.importNotUsed(path) : messages.importAsNotUsed(path, obj.name));
  }
}
