/**
 * Functions of packages that were analysed before this one, from their text.
 *
 * As in Go's export data, of a function that is not generic only conclusions are known: how its parameters leak, what inlining it
 * costs. Its body is read when it is inlined. Generic functions are read as those of the package itself.
 *
 * Go: cmd/compile/internal/noder (linker.go relocFuncExt; reader.go funcExt, expandInline, readBodies).
 */
import { bug } from "../../../base/bug.ts";
import type * as ast from "../../syntax/ast.ts";
import type { Func as FuncObj, Info, Package, SignatureType } from "../../types/index.ts";
import type { Func, Name } from "../node.ts";
import { xpos } from "../positions.ts";
import type { Builder, PackageState } from "./context.ts";
import { newFunc } from "./make.ts";
import { asImported, declareParams, meetSignature, methodPrinted, newState, nonEmpty, verbOf } from "./names.ts";
import { rewriteRanges } from "./rangefunc.ts";

/** What the analysis of its own package found out about a function. */
export interface Conclusion {
  /** Tags of receiver and parameters. */
  readonly tags: readonly string[];
  readonly inl?: { readonly cost: number; readonly canDelayResults: boolean };
  readonly pragmas: ReadonlySet<string>;
}

/** Packages that were analysed before, in one. */
export interface Imported {
  readonly infos: ReadonlyMap<Package, Info>;
  /** Syntax of their functions. */
  readonly decls: ReadonlyMap<FuncObj, ast.FuncDecl>;
  readonly conclusions: ReadonlyMap<FuncObj, Conclusion>;
  /** Of each package, the functions of others that were inlined in it: their bodies are handed on to those that import it. */
  readonly handedOn: ReadonlyMap<Package, ReadonlySet<FuncObj>>;
}

/** The syntax of a function of this package, or of one that was analysed before. */
export const syntaxOf = (s: PackageState, obj: FuncObj): ast.FuncDecl | undefined => s.decls.get(obj) ?? s.checked.imported?.decls.get(obj);

/** What the checker recorded about the text that declares `obj`, where that is another package's. */
export const infoOf = (s: PackageState, obj: FuncObj): Info | undefined => (obj.pkg && obj.pkg !== s.checked.pkg ? s.checked.imported?.infos.get(obj.pkg) : undefined);

/** The name of a function of a package that was analysed before. */
export function importedName(b: Builder, obj: FuncObj, sig: SignatureType): Name | undefined {
  const s = b.state;
  const known = s.checked.imported?.conclusions.get(obj);
  const decl = known && syntaxOf(s, obj);
  if (!known || !decl) return undefined;
  const pkg = obj.pkg ?? bug(`${obj.name} has no package`);
  const fn = newFunc({ pkg, printed: sig.recv ? methodPrinted(s, sig, obj) : obj.name, pos: xpos(decl.pos), namePos: xpos(obj.pos), type: sig });
  fn.name.pkg = pkg;
  fn.foreign = true;
  fn.tags = known.tags;
  fn.bodyless = decl.body === undefined;
  for (const p of [...known.pragmas, ...decl.pragmas.map(verbOf)]) fn.pragmas.add(p);
  if (known.inl && isAtHand(s, obj)) fn.inl = { ...known.inl, dcl: [], body: [] };
  fn.elsewhere = () => {
    s.expanded.add(obj);
    return readNow(b, fn, sig, decl, infoOf(s, obj));
  };
  s.globals.set(obj, fn.name);
  if (sig.recv) asImported(s, true, () => meetSignature(b, sig));
  return fn.name;
}

/** Whether the body of an imported function can be read: in its own package's export data, or in that of one that inlined it. Go: linker.exportBody. */
function isAtHand({ checked: { pkg, imported } }: PackageState, obj: FuncObj): boolean {
  return pkg.imports.some((p) => p === obj.pkg || imported?.handedOn.get(p)?.has(obj) === true);
}

/** Reads the body of an imported function, and the instances that it mentions: those are returned, and are not listed. */
function readNow(b: Builder, fn: Func, sig: SignatureType, decl: ast.FuncDecl, info: Info | undefined): readonly Func[] {
  const s = b.state;
  const listed = s.funcs.length;
  const instances: Func[] = [];
  s.quiet = instances;
  within(s, info, () => {
    const f = newState(b, fn, sig);
    const body = decl.body && rewriteRanges(s, sig, decl.body);
    declareParams(f);
    asImported(s, true, () => {
      fn.body = nonEmpty(b.stmts(f, body?.list ?? []));
    });
  });
  // Its closures are made anew in each function that it is inlined into.
  s.funcs.length = listed;
  drain(s);
  s.quiet = undefined;
  return instances;
}

/** Reads what was met aside of the package, and returns the functions. */
export function listedAside({ state }: Builder): readonly Func[] {
  const listed: Func[] = [];
  state.quiet = listed;
  asImported(state, true, () => drain(state));
  state.quiet = undefined;
  return listed;
}

/** Reads what was met, last met first, until there is nothing left. */
function drain(s: PackageState): void {
  for (;;) {
    const dict = s.todoDicts.pop();
    if (dict) dict();
    else {
      const next = s.todo.pop();
      if (!next) return;
      within(s, next.info, next.build);
    }
  }
}

/** Builds something out of the text that `info` is about. */
export function within(s: PackageState, info: Info | undefined, build: () => void): void {
  const outer = s.info;
  s.info = info;
  try {
    build();
  } finally {
    s.info = outer;
  }
}

/** What was concluded about the functions of the package that `s` built. */
export function conclusionsOf(s: PackageState): Map<FuncObj, Conclusion> {
  const found = new Map<FuncObj, Conclusion>();
  for (const [obj, { func }] of s.globals) {
    if (obj.kind !== "Func" || !func || func.imported || func.elsewhere || !func.tags) continue;
    const { tags, inl, pragmas } = func;
    found.set(obj, { tags, pragmas, ...(inl ? { inl: { cost: inl.cost, canDelayResults: inl.canDelayResults } } : {}) });
  }
  return found;
}
