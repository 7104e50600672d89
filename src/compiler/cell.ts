/**
 * A notebook cell, checked as a package of its own that sees what earlier cells declared.
 *
 * Its declarations are package-level. Its statements are the body of a function `cellN`; a variable declared at the top of them is
 * *promoted*: it becomes a package variable `x·N`, so that later cells find it. If the last statement is an expression with a value, its text is
 * kept in a promoted variable as well. Go has no counterpart: it is the body of `main`, written bit by bit.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Pos, Sources } from "../base/source.ts";
import type { Decl, ExprStmt, File, FuncDecl, Name, Stmt } from "./syntax/ast.ts";
import { parseCell } from "./syntax/index.ts";
import {
  type CheckedPackage, type CheckOptions, checkPackage, type Info, type NamedType, newInfo, type Obj, type Package, type Packages, retyped, type Scope, type Type, type TypeName, universe, type Var,
} from "./types/index.ts";
import { type Checked, libraryReader, type LibraryReader } from "./check.ts";
import { namesIn, type Redeclarable, redeclarable, type Redeclared, redeclared } from "./redeclare.ts";

/** What earlier cells have left: the names that a cell may use, their files, the library as imported so far. */
export interface CellScope {
  readonly packages: Packages;
  /** One for all cells, so that positions stay apart. */
  readonly sources: Sources;
  /** Reads the library's own text into `sources`. */
  readonly library: LibraryReader;
  /** Its parent is the universe. Later declarations replace earlier ones. */
  readonly scope: Scope;
  /** Import declarations of earlier cells. */
  readonly imports: readonly Decl[];
  /** How types and methods (`T.M`) were written: one that is written again as it was changes nothing. */
  readonly types: ReadonlyMap<string, string>;
  /** Functions, methods (`T.M`) and types, as they were written last. */
  readonly decls: ReadonlyMap<string, Redeclarable>;
  /** Types that have been declared anew with another definition: which of their name each is. */
  readonly versions: ReadonlyMap<TypeName, number>;
}

export interface CellInput {
  /** As printed: `./cell3.go`. */
  readonly name: string;
  /** A byte string. */
  readonly text: string;
  readonly number: number;
  readonly session: CellScope;
  /** What positions in Go's library begin with. */
  readonly goroot?: string;
}

export interface CheckedCell extends Checked {
  readonly promoted: ReadonlyMap<Var, string>;
  /** Symbol of the function that holds the statements; absent if there are none. */
  readonly entry?: string;
  /** Symbol of the string that the last expression's value makes. */
  readonly result?: string;
  /** Names that later cells find, with what they find. */
  readonly exports: readonly (readonly [string, Obj])[];
  readonly imports: readonly Decl[];
  readonly types: ReadonlyMap<string, string>;
  /** Functions, methods and types of this cell. */
  readonly decls: ReadonlyMap<string, Redeclarable>;
  /** Variables that are no more, because their types are others now. */
  readonly gone: readonly string[];
  /** The parts as they were written. */
  readonly declarations: readonly Decl[];
  readonly statements: readonly Stmt[];
}

/** Parses and checks a cell. */
export function checkCell(input: CellInput): CheckedCell {
  const { sources } = input.session;
  const source = sources.add(input.name, input.text);
  const { cell, errors } = parseCell(source, sources);
  if (!cell || errors.length > 0) return failed(input, errors);
  const written = writtenTypes(cell.items, source);
  const again = (d: Decl): boolean => declaredNames(d).some((name) => written.has(name) && input.session.types.get(name) === written.get(name));
  const declarations = cell.items.flatMap((item): readonly Decl[] => (isDecl(item) && !again(item) ? [item] : []));
  const statements = cell.items.flatMap((item): readonly Stmt[] => (isDecl(item) || item.kind === "EmptyStmt" ? [] : [item]));
  const last = statements.at(-1);
  const asked = last?.kind === "ExprStmt" ? last : undefined;
  const own = new Set(declarations.flatMap(declaredNames));
  const changed = new Set([...own].filter((name) => !name.includes(".") && written.has(name) && input.session.types.has(name)));
  const parts: Parts = { input, declarations, written, eof: cell.eof, source, with: redeclared(input.session, { declared: own, changed, used: namesIn(cell.items) }) };
  const kept = asked && [...statements.slice(0, -1), keep(asked, `_result`)];
  if (kept && isMostlyValue(asked.x)) {
    const guessed = checkParts(parts, kept, undefined);
    if (guessed.diagnostics.length === 0 && hasValue(guessed, asked)) return finished(parts, guessed, statements, kept, true);
  }
  const first = checkParts(parts, statements, asked);
  const value = asked && first.diagnostics.length === 0 && hasValue(first, asked);
  const shown = value && kept ? kept : statements;
  const checked = value ? checkParts(parts, shown, undefined) : first;
  return finished(parts, checked, statements, shown, value === true);
}

/** The text of each type declaration and method of a cell, by name. */
function writtenTypes(items: readonly (Decl | Stmt)[], source: File["source"]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [i, item] of items.entries()) {
    if (!isDecl(item) || !(item.kind === "TypeDecl" || (item.kind === "FuncDecl" && item.recv))) continue;
    const next = items[i + 1]?.pos ?? source.base + source.text.length;
    for (const name of declaredNames(item)) texts.set(name, withoutNext(source.text.slice(item.pos - source.base, next - source.base)));
  }
  return texts;
}

/** A declaration's text without the keyword of the one after it, which stands before that one's position. */
const withoutNext = (text: string): string => text.replace(/\b(?:func|type|var|const|import)\s*(?:\([^()]*\)\s*)?$/, "").trim();

interface Parts {
  readonly input: CellInput;
  readonly written: ReadonlyMap<string, string>;
  readonly declarations: readonly Decl[];
  readonly eof: Pos;
  readonly source: File["source"];
  /** What of earlier cells is compiled with it. */
  readonly with: Redeclared;
}

const isDecl = (item: Decl | Stmt): item is Decl => item.kind === "ImportDecl" || item.kind === "ConstDecl" || item.kind === "TypeDecl" || item.kind === "VarDecl" || item.kind === "FuncDecl";

type CheckedPart = CheckedPackage & { readonly file: File; readonly outer: Scope };

function checkParts(parts: Parts, statements: readonly Stmt[], asked: ExprStmt | undefined): CheckedPart {
  const { input, declarations, eof, source } = parts;
  const { session } = input;
  const at = source.base as Pos;
  const named = new Set(declarations.flatMap((d) => (d.kind === "ImportDecl" ? [d.path.value] : [])));
  const earlier = session.imports.filter((d) => d.kind === "ImportDecl" && !named.has(d.path.value));
  const main = statements.length > 0 ? [cellFunction(`cell${input.number}`, at, eof, statements)] : [];
  const file: File = {
    kind: "File", pos: at, source, pkgName: { kind: "Name", pos: at, value: "main" }, decls: [...earlier, ...parts.with.again, ...declarations, ...main], eof, pragmas: [],
  };
  const locals = localNames(statements);
  const { outer, retype } = outerScope(session, parts.with);
  const checked = checkPackage([file], {
    path: "main", sources: session.sources, importer: session.packages, ...(input.goroot === undefined ? {} : { goroot: input.goroot }), outer, mode: { cell: true }, ...(asked ? { results: new Set([asked]) } : {}),
    declared: retype, undeclared: (name) => (locals.has(name) ? `${name} is local to main; declare it with var` : undefined),
  });
  return { ...checked, file, outer };
}

/** Names that the statements of a cell declare by `:=`. */
const localNames = (statements: readonly Stmt[]): ReadonlySet<string> =>
  new Set(statements.flatMap((s) => (s.kind === "AssignStmt" && s.def ? (s.lhs.kind === "ListExpr" ? s.lhs.elems : [s.lhs]) : [])).flatMap((x) => (x.kind === "Name" ? [x.value] : [])));

/** The scope of a session without what is gone; variables whose types are declared once more get the new ones when these are known. */
function outerScope(session: CellScope, { types, gone }: Redeclared): { readonly outer: Scope; readonly retype: NonNullable<CheckOptions["declared"]> } {
  if (types.size === 0) return { outer: session.scope, retype: () => undefined };
  const clones = [...session.scope.names].flatMap(([name, obj]): [string, Obj][] => (gone.includes(name) ? [] : [[name, obj.kind === "Var" ? { ...obj } : obj]]));
  const names = new Map(clones);
  return {
    outer: { ...session.scope, names },
    retype: (typeOf, packages) => {
      const now = (t: NamedType): Type | undefined => (t.obj.pkg?.path === "main" && types.has(t.obj.name) ? typeOf(t.obj.name) : undefined);
      for (const obj of names.values()) if (obj.kind === "Var" && obj.type) obj.type = retyped(obj.type, now, packages.instances);
    },
  };
}

function cellFunction(name: string, pos: Pos, rbrace: Pos, list: readonly Stmt[]): FuncDecl {
  return {
    kind: "FuncDecl", pos, name: { kind: "Name", pos, value: name }, typeParams: [], type: { kind: "FuncType", pos, params: [], results: [] },
    body: { kind: "BlockStmt", pos, list, rbrace }, pragmas: [],
  };
}

/** Whether an expression has a value if it has no fault; of calls only the checker knows. Spares the check that finds it out. */
const isMostlyValue = (x: ExprStmt["x"]): boolean => x.kind !== "CallExpr" && x.kind !== "ParenExpr" && !(x.kind === "Name" && x.value === "nil");

/** Whether a last expression has something to show; a call with several results, like fmt.Println, is there for what it does. */
function hasValue(checked: CheckedPackage, stmt: ExprStmt): boolean {
  const tv = checked.info.types.get(stmt.x);
  return tv !== undefined && tv.mode !== "novalue" && tv.mode !== "type" && tv.mode !== "builtin" && tv.type.kind !== "Tuple";
}

/** `name := fmt.Sprintln(x)` in place of `x`. */
function keep(stmt: ExprStmt, name: string): Stmt {
  const { pos, x } = stmt;
  const word = (value: string): Name => ({ kind: "Name", pos, value });
  const call = { kind: "CallExpr", pos, fun: { kind: "SelectorExpr", pos, x: word("fmt"), sel: word("Sprintln") }, args: [x], hasDots: false } as const;
  return { kind: "AssignStmt", pos, def: true, incDec: false, lhs: word(name), rhs: call };
}

function finished(parts: Parts, checked: CheckedPart, statements: readonly Stmt[], shown: readonly Stmt[], value: boolean): CheckedCell {
  const { input } = parts;
  const { pkg, info, file } = checked;
  const main = shown.length > 0 ? file.decls.at(-1) : undefined;
  const locals = main?.kind === "FuncDecl" ? [...(info.scopes.get(main.type)?.names.values() ?? [])].filter((o) => o.kind === "Var") : [];
  const promoted = new Map(locals.map((v) => [v, `${v.name}·${input.number}`]));
  const own = `cell${input.number}`;
  const declared = [...pkg.scope.names].filter(([name, obj]) => name !== own && obj.kind !== "PkgName");
  const earlier = parts.with.types.size === 0 ? [] : [...checked.outer.names].filter(([, obj]) => obj.kind === "Var");
  const versions = new Map(input.session.versions);
  for (const name of parts.with.types) {
    const obj = pkg.scope.names.get(name);
    const before = input.session.scope.names.get(name);
    const version = (before?.kind === "TypeName" ? (input.session.versions.get(before) ?? 0) : 0) + (parts.with.changed.has(name) ? 1 : 0);
    if (obj?.kind === "TypeName" && version > 0) versions.set(obj, version);
  }
  const exports = [...earlier, ...declared, ...locals.filter((v) => v.name !== "_result").map((v) => [v.name, promotedVar(v, pkg, promoted.get(v) ?? v.name)] as const)];
  return {
    input: { files: [{ name: input.name, text: input.text }], importer: input.session.packages, mode: "cell" },
    diagnostics: [...checked.diagnostics, ...localsInFunctions(parts, info)], sources: input.session.sources, files: [file], pkg, info, packages: checked.packages,
    library: input.session.library, promoted,
    ...(main ? { entry: `main.${own}` } : {}), ...(value ? { result: `main._result·${input.number}` } : {}),
    exports, imports: parts.declarations.filter((d) => d.kind === "ImportDecl"), declarations: parts.declarations, types: parts.written, statements,
    decls: new Map([...redeclarable(parts.with.again, declaredNames), ...redeclarable(parts.declarations, declaredNames)]), gone: parts.with.gone, versions,
  };
}

/** What later cells find under the name of a promoted variable. */
const promotedVar = (v: Var, pkg: Package, name: string): Var => ({ kind: "Var", name, pos: v.pos, pkg, type: v.type as Type, embedded: false, role: "package", used: true });

/** A function of a cell must not name a variable of main. */
function localsInFunctions({ declarations, input }: Parts, info: Info): Diagnostic[] {
  const functions = declarations.filter((d) => d.kind === "FuncDecl");
  if (functions.length === 0) return [];
  const { sources } = input.session;
  const ends = functions.map((d) => [d.pos, d.body?.rbrace ?? d.pos] as const);
  return [...info.uses]
    .filter(([at, obj]) => obj.kind === "Var" && obj.name.includes("·") && ends.some(([from, to]) => at.pos >= from && at.pos <= to))
    .map(([at]) => ({ kind: "error", at: sources.position(at.pos), message: `${at.value} is local to main; declare it with var` }));
}

function failed(input: CellInput, diagnostics: readonly Diagnostic[]): CheckedCell {
  const { sources, scope, packages } = input.session;
  const pkg: Package = { path: "main", name: "main", scope: { ...scope, names: new Map(), parent: universe, children: [] }, imports: [], std: false };
  return {
    input: { files: [{ name: input.name, text: input.text }], importer: packages, mode: "cell" },
    diagnostics, sources, files: [], pkg, info: newInfo(), packages, promoted: new Map(), exports: [], imports: [], types: new Map(), declarations: [], statements: [], decls: new Map(), gone: [], versions: new Map(),
  };
}

/** An empty session scope. */
export const emptyCellScope = (packages: Packages, sources: Sources): CellScope => ({
  packages, sources, library: libraryReader(packages, sources, packages), imports: [], types: new Map(), decls: new Map(), versions: new Map(), scope: { parent: universe, names: new Map(), pos: 0 as Pos, end: 0 as Pos, isFunc: false, children: [] },
});

/** A cell that has run, for the program that all cells together are. */
export interface RanCell {
  readonly name: string;
  readonly text: string;
  /** Its last expression had a value. */
  readonly valued: boolean;
  /** What of it still fits what was declared after it: all, only what it declares, or nothing. */
  readonly fits?: "all" | "declarations" | "nothing";
}

/**
 * The program whose declarations and nested blocks of `main` the cells are: what bare `escape` speaks of.
 *
 * A declaration that a later cell repeats is left out. Unused variables are no errors.
 */
export function checkSession(cells: readonly RanCell[], packages: Packages, sources: Sources): Checked {
  const parsed = cells.filter((c) => c.fits !== "nothing").map((c) => ({ ...c, cell: parseCell(sources.add(c.name, c.text), sources).cell }));
  const all = parsed.flatMap(({ cell }) => cell?.items.filter(isDecl) ?? []);
  const decls = all.filter((d, i) => !all.slice(i + 1).some((later) => declaredNames(later).some((n) => declaredNames(d).includes(n))));
  const last = parsed.at(-1)?.cell;
  const pos = (last?.source.base ?? 0) as Pos;
  const blocks = parsed.map(({ cell, valued, fits }) => (fits === "declarations" ? [] : statementsOf(cell?.items ?? [], valued)));
  const body = blocks.reduceRight<readonly Stmt[]>((inner, list) => (inner.length > 0 ? [...list, { kind: "BlockStmt", pos, list: inner, rbrace: last?.eof ?? pos }] : list), []);
  const main = cellFunction("main", pos, last?.eof ?? pos, body);
  const file: File = {
    kind: "File", pos, source: last?.source ?? sources.add("./cell.go", ""), pkgName: { kind: "Name", pos, value: "main" }, decls: [...decls, main], eof: last?.eof ?? pos, pragmas: [],
  };
  const { pkg, info, diagnostics } = checkPackage([file], { path: "main", sources, importer: packages, mode: { cell: true } });
  return { input: { files: cells, importer: packages, mode: "cell" }, diagnostics, sources, files: [file], pkg, info, packages, library: libraryReader(packages, sources, packages) };
}

function statementsOf(items: readonly (Decl | Stmt)[], valued: boolean): Stmt[] {
  const list = items.filter((i): i is Stmt => !isDecl(i));
  const last = list.at(-1);
  if (!valued || last?.kind !== "ExprStmt") return list;
  const blank: Name = { kind: "Name", pos: last.pos, value: "_" };
  return [...list.slice(0, -1), { kind: "AssignStmt", pos: last.pos, def: false, incDec: false, lhs: blank, rhs: last.x }];
}

/** Names that a declaration makes; a method is `T.M`, an import its path. */
function declaredNames(d: Decl): string[] {
  switch (d.kind) {
    case "ImportDecl":
      return [d.path.value];
    case "TypeDecl":
      return [d.name.value];
    case "FuncDecl": {
      if (!d.recv) return d.name.value === "init" ? [] : [d.name.value];
      const type = d.recv.type.kind === "Operation" ? d.recv.type.x : d.recv.type;
      return [`${type.kind === "Name" ? type.value : ""}.${d.name.value}`];
    }
    default:
      return d.names.map((n) => n.value).filter((n) => n !== "_");
  }
}
