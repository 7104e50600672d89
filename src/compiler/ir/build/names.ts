/**
 * From the checker's objects to the IR's names: variables, functions, methods, captured variables.
 *
 * Also keeps Go's *reading order*. The compiler reads an object when somebody first mentions it; reading a function
 * puts its body on a stack, reading a type reads its underlying type and then all its methods. Bodies are read from the
 * top of that stack, so the order in which closures, instances and wrappers come to be is the order of mentions.
 *
 * Go: cmd/compile/internal/noder/reader.go (objIdx, funcExt, method, typIdx, useLocal).
 */
import { bug } from "../../../base/bug.ts";
import { noPos, type Pos } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import {
  asNamed, deref, type Func as FuncObj, type FuncFacts, isExported, methodsOf, type NamedType, type Obj, type Package, type SignatureType, type Type, unalias, under, type Var,
} from "../../types/index.ts";
import type { Func, Name } from "../node.ts";
import { xpos } from "../positions.ts";
import { linkString, receiverString } from "../typeprint.ts";
import type { Builder, FuncState, PackageState } from "./context.ts";
import { newClosureVar, newFunc, newLocal, noResults } from "./make.ts";
import { isOfProgram, substituted } from "./query.ts";
import { rewriteRanges } from "./rangefunc.ts";
import { hasShape, isShape, shapeArguments } from "./shape.ts";

/** The IR name of a package-level variable or of a declared function. */
export function globalName(b: Builder, obj: Obj): Name {
  if (obj.kind === "Var") return variableName(b, obj);
  if (obj.kind === "Func") return functionName(b, obj);
  return bug(`${obj.name} is no variable or function`);
}

function variableName(b: Builder, obj: Var): Name {
  const s = b.state;
  const known = s.globals.get(obj);
  if (known) return known;
  const name: Name = {
    kind: "NAME", pos: xpos(obj.pos), init: [], sym: s.checked.promoted?.get(obj) ?? obj.name, ...foreign(s, obj), type: obj.type ?? bug(`${obj.name} has no type`), class: "extern",
    addrtaken: false, used: true, byval: false, autotemp: false, obj,
  };
  s.globals.set(obj, name);
  asImported(s, isAnalysed(s, obj.pkg), () => meetType(b, name.type));
  return name;
}

const foreign = (s: PackageState, obj: Obj): Pick<Name, "pkg"> => (obj.pkg && obj.pkg !== s.checked.pkg ? { pkg: obj.pkg } : {});

/** The signature of a function object. */
export function signatureOf(obj: FuncObj): SignatureType {
  const t = obj.type;
  return t?.kind === "Signature" ? t : bug(`${obj.name} has no signature`);
}

/** The IR name of a function or method that is not generic. */
export function functionName(b: Builder, obj: FuncObj): Name {
  const s = b.state;
  const known = s.globals.get(obj);
  if (known) return known;
  const sig = signatureOf(obj);
  if (!sig.recv) asImported(s, isAnalysed(s, obj.pkg), () => meetSignature(b, sig));
  if (obj.pkg && obj.pkg !== s.checked.pkg) return b.instances.imported(b, obj, sig) ?? siblingName(b, obj, sig) ?? libraryName(s, obj, sig);
  const decl = s.decls.get(obj);
  const printed = sig.recv ? methodPrinted(s, sig, obj) : obj.name === "init" ? `init.${s.initCount++}` : obj.name;
  const pkg = s.checked.pkg;
  const fn = newFunc({ pkg, printed, pos: xpos(decl?.pos ?? obj.pos), namePos: xpos(obj.pos), type: sig });
  s.globals.set(obj, fn.name);
  if (sig.recv) meetSignature(b, sig);
  for (const p of decl?.pragmas ?? []) fn.pragmas.add(verbOf(p));
  fn.bodyless = decl?.body === undefined;
  if (decl) s.todo.push({ fn, build: () => readBody(b, fn, sig, decl) });
  return fn.name;
}

/** A function of another package of the program; undefined if it is none. Its body is wanted only if it may be inlined. */
function siblingName(b: Builder, obj: FuncObj, sig: SignatureType): Name | undefined {
  const s = b.state;
  const { pkg } = obj;
  const decided = pkg && s.checked.siblings?.get(pkg.path)?.decided;
  if (!pkg || !decided) return undefined;
  const decl = s.decls.get(obj);
  const fn = newFunc({ pkg, printed: sig.recv ? methodPrinted(s, sig, obj) : obj.name, pos: xpos(decl?.pos ?? obj.pos), namePos: xpos(obj.pos), type: sig });
  s.globals.set(obj, fn.name);
  if (sig.recv) meetSignature(b, sig);
  for (const p of decl?.pragmas ?? []) fn.pragmas.add(p.text);
  const known = decided.get(fn.symbol);
  fn.bodyless = true;
  fn.tags = known?.tags ?? [];
  if (known?.place) fn.place = known.place;
  fn.imported = known?.cost === undefined ? {} : { cost: known.cost };
  if (decl && known?.cost !== undefined) s.imported.push({ fn, build: () => readBody(b, fn, sig, decl) });
  return fn.name;
}

/**
 * What is known of a library function here. Another package's text may call one of a package that this one does not import: its body is
 * at hand only if some imported package hands it on.
 */
function factsAtHand({ info, checked: { pkg, imported } }: PackageState, obj: FuncObj): FuncFacts | undefined {
  const { facts } = obj;
  if (!facts?.i || !info || !imported || pkg.imports.some((p) => p.path === obj.pkg?.path || imported.handedOn.get(p)?.has(obj) === true)) return facts;
  const { i: _inlined, cost: _cost, ...rest } = facts;
  return { ...rest, g: facts.tag ?? [] };
}

function libraryName(s: PackageState, obj: FuncObj, sig: SignatureType): Name {
  const facts = factsAtHand(s, obj);
  const name: Name = {
    kind: "NAME", pos: xpos(noPos), init: [], sym: sig.recv ? methodPrinted(s, sig, obj) : obj.name, ...foreign(s, obj), type: sig, class: "func", addrtaken: false,
    used: true, byval: false, autotemp: false, ...(facts ? { facts } : {}),
  };
  s.globals.set(obj, name);
  return name;
}

/** `T.M`, `(*T).M`: the name of a method. */
export function methodPrinted(s: PackageState, sig: SignatureType, obj: { readonly name: string; readonly pkg?: Package }): string {
  const recv = sig.recv?.type ?? noResults;
  const shown = receiverString(recv, s.print);
  // The same unexported name may come from several packages.
  const foreign = !isExported(obj.name) && obj.pkg !== undefined && obj.pkg.path !== asNamed(deref(recv)[0])?.obj.pkg?.path;
  return `${unalias(recv).kind === "Pointer" ? `(${shown})` : shown}.${foreign ? `${obj.pkg?.path ?? ""}.` : ""}${obj.name}`;
}

/** `go:noinline`: a directive without its remark. */
export const verbOf = ({ text }: ast.Pragma): string => /^\S*/.exec(text)?.[0] ?? "";

/** Reads the body of a declared function. */
function readBody(b: Builder, fn: Func, sig: SignatureType, decl: ast.FuncDecl): void {
  const f = newState(b, fn, sig);
  const body = decl.body && rewriteRanges(b.state, sig, decl.body);
  declareParams(f);
  if (!decl.body || !body) return;
  fn.body = nonEmpty(b.stmts(f, body.list));
  fn.endPos = xpos(decl.body.rbrace);
}

/** A body that has nothing in it still is a body: it holds one empty block. */
export function nonEmpty(body: Func["body"]): Func["body"] {
  return body.length > 0 ? body : [{ kind: "BLOCK", pos: xpos(noPos), init: [], list: [] }];
}

/** What building `fn` needs to remember. */
export function newState(b: Builder, fn: Func, sig: SignatureType, outer?: FuncState): FuncState {
  return { b, fn, sig, ...(outer ? { outer } : {}), locals: new Map(), captured: new Map(), ...(outer?.subst ? { subst: outer.subst } : {}), ...(outer?.dict ? { dict: outer.dict } : {}), basePos: fn.pos };
}

/** Makes the names of receiver, parameters and results; `dictionary` declares what a shaped function has between the first two. */
export function declareParams(f: FuncState, dictionary?: (f: FuncState) => Name): void {
  const { fn, sig } = f;
  const variable = (v: Var, cls: "param" | "result", prefix: string, i: number): Name => {
    const sym = f.b.state.made.renamed.get(v) ?? (v.name === "" || v.name === "_" ? `${prefix}${i}` : v.name);
    const name = newLocal(fn, xpos(v.pos), sym, substituted(f, v.type ?? noResults), v);
    markForeign(f, name);
    f.b.noteType(f, name.type);
    name.class = cls;
    f.locals.set(v, name);
    return name;
  };
  const before = (sig.recv ? 1 : 0) + (dictionary ? 1 : 0);
  if (sig.recv) fn.recv = variable(sig.recv, "param", "~p", 0);
  const dict = dictionary ? [dictionary(f)] : [];
  fn.params = [...dict, ...sig.params.map((v, i) => variable(v, "param", "~p", i + before))];
  fn.results = sig.results.map((v, i) => variable(v, "result", "~r", i));
}

/** A new local variable for the checker's object `v`. */
export function declareLocal(f: FuncState, v: Var, pos: Pos): Name {
  const type = substituted(f, v.type ?? bug(`${v.name} has no type`));
  meetType(f.b, type);
  f.b.noteType(f, type);
  const name = newLocal(f.fn, xpos(pos), v.name, type, v);
  markForeign(f, name);
  f.locals.set(v, name);
  return name;
}

/** A variable of another package's function is printed with that package, unless its name is one that all packages share. */
function markForeign({ b, fn }: FuncState, name: Name): void {
  if (isOfProgram(b.state, fn.pkg) && b.state.checked.siblings && /^[^~_.]/.test(name.sym) && !isExported(name.sym)) name.pkg = fn.pkg;
}

/** The name by which the function being built knows local `v`: its own variable, or its copy of a captured one. */
export function localName(f: FuncState, v: Var, pos: Pos): Name {
  if (f.b.state.checked.promoted?.has(v)) return globalName(f.b, v);
  const known = f.locals.get(v) ?? f.captured.get(v);
  if (known) return known;
  if (!f.outer) return bug(`${v.name} is no variable of ${f.fn.printed}`);
  const copy = newClosureVar(f.fn, xpos(pos), localName(f.outer, v, pos));
  f.captured.set(v, copy);
  return copy;
}

// ---- reading order ------------------------------------------------------------------------------------------

/** Notes that the compiler reads type `t` here: what it is made of is read first, then its methods. */
export function meetType(b: Builder, t0: Type): void {
  const { met, mode, inImported, haveWrappers } = b.state;
  if (inImported && ((t0.kind === "Named" && !hasShape(t0)) || t0.kind === "Struct" || t0.kind === "Interface")) haveWrappers.add(t0);
  if (met.has(t0)) return mentionAgain(b, t0);
  const t = mode === "shape" ? shapeArguments(b.state, t0) : t0;
  met.add(t0);
  if (t !== t0 && met.has(t)) return;
  if (t.kind === "Basic" || t.kind === "TypeParam") return;
  met.add(t);
  meetParts(b, t);
}

/** A declared type that is mentioned while it is being read is complete for this mention: its wrappers come first. */
function mentionAgain(b: Builder, t: Type): void {
  if (t.kind === "Named" && b.state.reading.has(linkString(t, b.state.print))) needWrapper(b.state, t);
}

function meetParts(b: Builder, t: Type): void {
  switch (t.kind) {
    case "Alias":
      return meetType(b, t.target);
    case "Named":
      return meetNamed(b, t);
    case "Pointer": case "Slice": case "Array": case "Chan":
      return meetType(b, t.elem);
    case "Map":
      meetType(b, t.key);
      return meetType(b, t.elem);
    case "Signature":
      return meetSignature(b, t);
    case "Struct":
      for (const field of t.fields) if (field.type) meetType(b, field.type);
      needWrapper(b.state, t);
      return;
    case "Interface":
      for (const m of t.methods) meetSignature(b, signatureOf(m));
      for (const e of t.embeddeds) meetType(b, e);
      needWrapper(b.state, t);
      return;
    case "Tuple":
      for (const v of t.vars) if (v.type) meetType(b, v.type);
      return;
    default:
      return;
  }
}

function meetNamed(b: Builder, t: NamedType): void {
  if (isShape(t)) {
    meetUnderlying(b, under(t));
    needWrapper(b.state, t);
    return;
  }
  if (t.typeArgs.length > 0) {
    if (b.state.mode === "shape") for (const a of t.typeArgs) meetType(b, a);
    return meetInstance(b, t, true);
  }
  if (t.obj.pkg !== b.state.checked.pkg) return meetLibrary(b, t);
  if (t.typeParams.length > 0) return;
  const key = linkString(t, b.state.print);
  b.state.reading.add(key);
  meetUnderlying(b, under(t));
  for (const m of methodsOf(t)) if (m.name !== "_") functionName(b, m);
  needWrapper(b.state, t);
  b.state.reading.delete(key);
}

/** Notes a type that needs wrappers; what a package analysed before mentions has them there. */
function needWrapper(s: PackageState, t: Type): void {
  if (!s.inImported) s.wrapperTypes.push(t);
}

const isAnalysed = (s: PackageState, pkg: Package | undefined): boolean => pkg !== undefined && pkg !== s.checked.pkg && s.mode === "shape";

/** Reads something of a package that was analysed before, or, in it, an instance: those belong to whoever reads them. */
export function asImported(s: PackageState, imported: boolean, read: () => void): void {
  const outer = s.inImported;
  s.inImported = imported;
  read();
  s.inImported = outer;
}

/** A type of the library is read with all it is made of, since instances among that have their methods compiled here. */
function meetLibrary(b: Builder, t: NamedType): void {
  if (b.state.mode !== "shape" || !t.obj.pkg || t.typeParams.length > 0) return;
  if (isAnalysed(b.state, t.obj.pkg)) {
    asImported(b.state, true, () => {
      meetUnderlying(b, under(t));
      for (const m of methodsOf(t)) meetSignature(b, signatureOf(m));
    });
    return;
  }
  const { wrapperTypes } = b.state;
  const kept = wrapperTypes.length;
  meetParts(b, under(t));
  for (const m of methodsOf(t)) meetSignature(b, signatureOf(m));
  wrapperTypes.length = kept;
}

/** An instance of a generic type has all its methods, used or not. A shape of one needs wrappers only where a type mentions it. */
function meetInstance(b: Builder, t: NamedType, mentioned: boolean): void {
  const s = b.state;
  const key = linkString(t, s.print);
  const shaped = s.mode === "shape" && hasShape(t);
  const plain = (t.obj.pkg === s.checked.pkg || s.mode === "shape") && methodsOf(t).length === 0;
  if (!s.metInstances.has(key) && (plain || b.instances.hasBodies(b, t))) {
    s.metInstances.add(key);
    s.reading.add(key);
    asImported(s, false, () => {
      if (shaped) s.forward.add(key);
      meetUnderlying(b, under(t));
      s.forward.delete(key);
      if (s.mode === "shape" && !shaped) s.todoDicts.push(() => meetInstance(b, b.instances.shapedType(b, t), false));
      for (const m of methodsOf(t)) if (m.name !== "_") b.instances.methodName(b, t, m);
    });
    if (!shaped) s.wrapperTypes.push(t);
    s.reading.delete(key);
  } else if (s.reading.has(key)) s.wrapperTypes.push(t);
  if (shaped && mentioned && s.metInstances.has(key)) s.wrapperTypes.push(t);
}

/** The underlying type of a named one is read, but asks for no wrapper of its own. */
function meetUnderlying(b: Builder, u: Type): void {
  const list = b.state.wrapperTypes;
  const before = list.length;
  meetParts(b, u);
  const added = list.indexOf(u, before);
  if (added >= 0) list.splice(added, 1);
}

/** Reads the types of a signature: receiver, parameters, results. */
export function meetSignature(b: Builder, sig: SignatureType): void {
  for (const v of [...(sig.recv ? [sig.recv] : []), ...sig.params, ...sig.results]) if (v.type) meetType(b, v.type);
}

/** The declared type of a method's receiver, without its pointer. */
export function receiverBase(sig: SignatureType): NamedType | undefined {
  return sig.recv?.type ? asNamed(deref(sig.recv.type)[0]) : undefined;
}
