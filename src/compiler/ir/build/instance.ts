/**
 * Instances of generic functions and of generic types' methods.
 *
 * Two ways to build them. *full*: each instance is a function of its own, the type arguments put in; that is what code is made
 * of. *shape*: as the real compiler does it, one body for all type arguments of a shape, `F[go.shape.int]`, which gets a
 * dictionary, and a wrapper `F[int]` that passes it on; that is what the compiler's messages are about. Code is not made of
 * shapes because every operation on a type argument would have to ask a dictionary at run time, for the same results.
 *
 * An instance's body is read like any other, from the stack of what was met, and listed when that happens.
 *
 * Go: cmd/compile/internal/noder/reader.go (funcInst, methodExpr, objDictIdx, callShaped, readBodies).
 */
import { bug } from "../../../base/bug.ts";
import { Unsupported } from "../../../base/diagnostic.ts";
import { noPos } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import {
  asNamed, deref, type Func as FuncObj, instantiate, instantiateSignature, isInterface, methodsOf, type NamedType, type Package, type SignatureType, type Substitution, substitution,
  type Type, under,
} from "../../types/index.ts";
import type { Expr, Func, Name, Stmt, XPos } from "../node.ts";
import { DEFAULT_GOROOT } from "../canned.ts";
import { basePos, xpos } from "../positions.ts";
import { linkString } from "../typeprint.ts";
import { finishCall } from "./finish.ts";
import type { Builder, FuncState } from "./context.ts";
import { addDictParam, dictionary, layoutOf, methodWord, mute, subDictionary, withDictionary } from "./dictionary.ts";
import { type Layout, wordCount } from "./layout.ts";
import { infoOf, listedAside, syntaxOf } from "./imported.ts";
import { libraryDictionary, libraryInstance } from "./library.ts";
import { newClosure } from "./literal.ts";
import { assign, convNop, declare, newClosureVar, newFunc, newTemp, returnCall, withInit } from "./make.ts";
import { declareParams, meetSignature, meetType, methodPrinted, newState, nonEmpty, signatureOf, verbOf } from "./names.ts";
import { substituted } from "./query.ts";
import { rewriteRanges } from "./rangefunc.ts";
import { hasShape, shapeSignature, shapify } from "./shape.ts";

/** A callee and the arguments it brings along. */
export interface Callee {
  readonly fun: Expr;
  readonly args: Expr[];
}

// ---- functions ----------------------------------------------------------------------------------------------

/** A type argument, which is read before the function. */
function argument(f: FuncState, t: Type): Type {
  const own = substituted(f, t);
  if (f.b.state.mode === "shape") meetType(f.b, own);
  return own;
}

/** An instance of a generic function, used as a value. */
export function instanceValue(f: FuncState, pos: XPos, obj0: FuncObj, typeArgs: readonly Type[]): Expr {
  const args = typeArgs.map((t) => argument(f, t));
  const library = libraryCallee(f, pos, obj0, args);
  if (library) return curry(f, pos, library.fun, library.args);
  const { obj, decl } = declOf(f.b, obj0, pos);
  if (f.b.state.mode === "full") return fullName(f.b, obj, args, decl);
  if (!args.some((t) => hasShape(t))) {
    const wrapper = wrapperName(f.b, obj, args, decl);
    shapedName(f.b, obj, args, decl);
    dictionary(f.b, obj, args);
    return wrapper;
  }
  const callee = instanceCallee(f, pos, obj, typeArgs);
  return curry(f, pos, callee.fun, callee.args);
}

/** An instance of a generic function, called. */
export function instanceCallee(f: FuncState, pos: XPos, obj0: FuncObj, typeArgs: readonly Type[]): Callee {
  const args = typeArgs.map((t) => argument(f, t));
  const library = libraryCallee(f, pos, obj0, args);
  if (library) return library;
  const { obj, decl } = declOf(f.b, obj0, pos);
  if (f.b.state.mode === "full") return { fun: fullName(f.b, obj, args, decl), args: [] };
  const derived = args.some((t) => hasShape(t));
  if (!derived) wrapperName(f.b, obj, args, decl);
  const fun = shapedName(f.b, obj, args, decl);
  return { fun, args: [derived ? subDictionary(f, pos, obj, args, fun) : dictionary(f.b, obj, args, pos)] };
}

/** An instance of a library function, for what is said about it. */
function libraryCallee(f: FuncState, pos: XPos, obj: FuncObj, args: readonly Type[]): Callee | undefined {
  const { b } = f;
  if (b.state.mode === "full" || obj.facts?.at === undefined || syntaxOf(b.state, obj)) return undefined;
  const generic = signatureOf(obj);
  const shapes = args.map((t, i) => shapify(b.state, t, generic.typeParams[i]));
  const make = (types: readonly Type[], shaped: boolean): Name | undefined => {
    const sig = instantiateSignature(generic, types, b.state.instances);
    meetSignature(b, sig);
    return libraryInstance(b, { obj, printed: `${obj.name}[${links(b, types)}]`, type: (words) => (shaped ? withDictionary(sig, words) : sig), shaped, typeArgs: args, shapes });
  };
  const derived = args.some((t) => hasShape(t));
  if (!derived) make(args, false);
  const fun = make(shapes, true);
  if (fun?.func) fun.func.shaped = true;
  if (fun) knowOwnText(b, fun, obj, shapes);
  return fun && { fun, args: [derived ? subDictionary(f, pos, obj, args, fun) : libraryDictionary(b, obj.pkg, `${obj.name}[${links(b, args)}]`, pos)] };
}

/** A generic function and its syntax: one of this package, or one of the library as our own text has it. */
function declOf(b: Builder, obj: FuncObj, pos: XPos): { readonly obj: FuncObj; readonly decl: ast.FuncDecl } {
  const decl = syntaxOf(b.state, obj);
  if (decl?.body) return { obj, decl };
  const text = b.state.mode === "full" ? libraryFunction(b, obj) : undefined;
  if (text) return text;
  throw new Unsupported(`generic function ${obj.pkg?.name ?? ""}.${obj.name}`, b.state.checked.sources.position(basePos(pos)));
}

/** The function in our Go text that stands for a function or method of the library. */
function libraryFunction(b: Builder, obj: FuncObj): { readonly obj: FuncObj; readonly decl: ast.FuncDecl } | undefined {
  const s = b.state;
  const text = obj.pkg && s.checked.library?.(obj.pkg.path);
  if (!text) return undefined;
  if (!s.libraries.has(text.pkg)) {
    s.libraries.set(text.pkg, text.info);
    for (const file of text.files) {
      for (const decl of file.decls) {
        const declared = decl.kind === "FuncDecl" ? text.info.defs.get(decl.name) : undefined;
        if (decl.kind !== "FuncDecl" || declared?.kind !== "Func") continue;
        s.decls.set(declared, decl);
        if (s.mode === "shape") standWhereGo(s, obj.pkg, declared, decl);
        if (text.readBody) s.readers.set(decl, text.readBody);
      }
    }
  }
  const found = sameFunction(text.pkg, obj);
  const decl = found && s.decls.get(found);
  return found && decl?.body ? { obj: found, decl } : undefined;
}

/** Lets what is said about a function in our text speak of the place where Go has it. */
function standWhereGo({ checked: { sources } }: Builder["state"], pkg: Package | undefined, declared: FuncObj, decl: ast.FuncDecl): void {
  const known = pkg?.scope.names.get(declared.name);
  const [, file, line, col] = (decl.recv || known?.kind !== "Func" ? undefined : /^(.*):(\d+):(\d+)$/.exec(known.facts?.at ?? "")) ?? [];
  if (file === undefined || !decl.body) return;
  const { base, directives } = sources.file(decl.pos);
  const end = sources.position(decl.body.rbrace);
  directives.push({ offset: declared.pos - base, file: file.replace("$GOROOT", DEFAULT_GOROOT), line: Number(line), col: Number(col) }, { offset: decl.body.rbrace + 1 - base, ...end });
}

/** The function or method of `pkg` that has the name of `obj`. */
function sameFunction(pkg: Package, obj: FuncObj): FuncObj | undefined {
  const base = signatureOf(obj).recv?.type;
  const owner = base && asNamed(deref(base)[0])?.obj.name;
  const named = pkg.scope.names.get(owner ?? obj.name);
  if (owner === undefined) return named?.kind === "Func" ? named : undefined;
  const type = named?.kind === "TypeName" ? named.type && asNamed(named.type) : undefined;
  return type && methodsOf(type).find((m) => m.name === obj.name);
}

const links = (b: Builder, typeArgs: readonly Type[]): string => typeArgs.map((t) => linkString(t, b.state.print)).join(",");

/** `F[int]`, compiled for its very type arguments. */
function fullName(b: Builder, obj: FuncObj, typeArgs: readonly Type[], decl: ast.FuncDecl): Name {
  return memo(b, obj, links(b, typeArgs), (key) => {
    const generic = signatureOf(obj);
    const fn = newInstance(b, obj, `${obj.name}[${key}]`, instantiateSignature(generic, typeArgs, b.state.instances), decl);
    return queueBody(b, fn, { obj, generic }, substitution(generic.typeParams, typeArgs), decl);
  });
}

/** `F[go.shape.int]`, compiled for the shapes of its type arguments. */
function shapedName(b: Builder, obj: FuncObj, typeArgs: readonly Type[], decl: ast.FuncDecl): Name {
  const generic = signatureOf(obj);
  const shapes = typeArgs.map((t, i) => shapify(b.state, t, generic.typeParams[i]));
  return memo(b, obj, links(b, shapes), (key) => {
    const sig = shapeSignature(b.state, instantiateSignature(generic, shapes, b.state.instances));
    const layout = layoutOf(b, obj, shapes);
    const fn = newInstance(b, obj, `${obj.name}[${key}]`, withDictionary(sig, wordCount(layout)), decl);
    fn.shaped = true;
    return queueBody(b, fn, { obj, generic }, substitution(generic.typeParams, shapes), decl, { layout, obj });
  });
}

/** `F[int]`, which calls `F[go.shape.int]` with a dictionary. */
function wrapperName(b: Builder, obj: FuncObj, typeArgs: readonly Type[], decl: ast.FuncDecl): Name {
  return memo(b, obj, links(b, typeArgs), (key) => {
    const sig = instantiateSignature(signatureOf(obj), typeArgs, b.state.instances);
    const fn = newInstance(b, obj, `${obj.name}[${key}]`, sig, decl);
    b.state.todoDicts.push(() => void shapedName(b, obj, typeArgs, decl));
    return queueWrapper(b, fn, sig, (f) => ({ fun: shapedName(f.b, obj, typeArgs, decl), args: [dictionary(f.b, obj, typeArgs, fn.pos)] }));
  });
}

function newInstance(b: Builder, obj: FuncObj, printed: string, sig: SignatureType, decl: ast.FuncDecl): Func {
  meetSignature(b, sig);
  const fn = newFunc({ pkg: obj.pkg ?? b.state.checked.pkg, printed, pos: xpos(decl.pos), namePos: xpos(obj.pos), type: sig });
  fn.dupok = true;
  if (obj.pkg && obj.pkg !== b.state.checked.pkg && b.state.mode === "shape") {
    fn.foreign = true;
    fn.name.pkg = obj.pkg;
  }
  for (const p of decl.pragmas) fn.pragmas.add(verbOf(p));
  return fn;
}

// ---- methods ------------------------------------------------------------------------------------------------

/** The method that an instance of a generic type declares under the name of `method`; undefined for other types, and for promoted methods. */
export function methodOfInstance(recv: Type, method: FuncObj): { readonly named: NamedType; readonly method: FuncObj } | undefined {
  const named = asNamed(deref(recv)[0]);
  if (!named || named.typeArgs.length === 0 || isInterface(named)) return undefined;
  const found = methodsOf(named).find((m) => m.name === method.name);
  return found && { named, method: found };
}

/** The name of a method of an instance of a generic type. */
export function instanceMethodName(b: Builder, recv: NamedType, method: FuncObj): Name {
  const s = b.state;
  const origin = method.origin ?? method;
  return memo(b, origin, links(b, recv.typeArgs), () => {
    const own = syntaxOf(s, origin);
    const text = own?.body || s.mode !== "full" ? undefined : libraryFunction(b, origin);
    const decl = text?.decl ?? own;
    const generic = signatureOf(text?.obj ?? origin);
    const sig = signatureOf(method);
    const printed = methodPrinted(s, sig, method);
    if (!decl?.body) return cannedMethod(b, recv, method, printed) ?? libraryMethod(b, printed, sig, origin);
    const subst = substitution(generic.recvTypeParams, recv.typeArgs);
    if (s.mode === "full") return queueBody(b, newInstance(b, origin, printed, sig, decl), { obj: origin, generic }, subst, decl);
    if (hasShape(recv)) {
      const layout = layoutOf(b, recv.origin ?? recv, recv.typeArgs);
      const fn = newInstance(b, origin, printed, withDictionary(sig, wordCount(layout)), decl);
      fn.shaped = true;
      return queueBody(b, fn, { obj: origin, generic }, subst, decl, { layout, obj: origin });
    }
    const fn = newInstance(b, origin, printed, sig, decl);
    return queueWrapper(b, fn, sig, (f) => shapedMethod(f, fn.pos, recv, method));
  });
}

/** A method of an instance of a library type, for what is said about it. */
function cannedMethod(b: Builder, recv: NamedType, method: FuncObj, printed: string): Name | undefined {
  const shaped = hasShape(recv);
  const shapes = shaped ? recv.typeArgs : shapedType(b, recv).typeArgs;
  const sig = signatureOf(method);
  meetSignature(b, sig);
  const name = libraryInstance(b, { obj: method.origin ?? method, printed, type: (words) => (shaped ? withDictionary(sig, words) : sig), shaped, typeArgs: recv.typeArgs, shapes });
  if (name && shaped) knowOwnText(b, name, method.origin ?? method, shapes);
  return name;
}

/** The body of a shaped library instance as our own text has it: -m=2 shows it where it is known to be the same, and calls may be replaced by it. */
function knowOwnText(b: Builder, { func }: Name, obj: FuncObj, shapes: readonly Type[]): void {
  if (func?.canned) func.canned.own ??= () => ownInstance(b, obj, shapes);
}

function ownInstance(b: Builder, obj: FuncObj, shapes: readonly Type[]): Func | undefined {
  const text = libraryFunction(b, obj);
  if (!text) return undefined;
  const aside = mute(b);
  const name = ownName(aside, text.obj, text.decl, shapes);
  const fn = name?.func;
  if (!fn) return undefined;
  const instances = listedAside(aside);
  fn.elsewhere = () => instances;
  return fn;
}

function ownName(b: Builder, obj: FuncObj, decl: ast.FuncDecl, shapes: readonly Type[]): Name | undefined {
  const { recv } = signatureOf(obj);
  if (!recv?.type) return shapedName(b, obj, shapes, decl);
  const base = asNamed(deref(recv.type)[0]);
  const instance = base && instantiate(base.origin ?? base, shapes, b.state.instances);
  const method = instance?.kind === "Named" ? methodsOf(instance).find((m) => m.name === obj.name) : undefined;
  return instance?.kind === "Named" && method ? instanceMethodName(b, instance, method) : undefined;
}

/** A method of a generic type of the library: known by name only. */
function libraryMethod(b: Builder, printed: string, sig: SignatureType, origin: FuncObj): Name {
  const pkg = origin.pkg !== b.state.checked.pkg ? origin.pkg : undefined;
  if (b.state.mode === "shape") b.state.forNotes = true;
  return {
    kind: "NAME", pos: xpos(noPos), init: [], sym: printed, ...(pkg ? { pkg } : {}), type: sig, class: "func", addrtaken: false, used: true, byval: false,
    autotemp: false,
  };
}

/** The type that has the shapes of the type arguments of `named`. */
export function shapedType(b: Builder, named: NamedType): NamedType {
  const origin = named.origin ?? named;
  const shapes = named.typeArgs.map((t, i) => shapify(b.state, t, origin.typeParams[i]));
  const made = instantiate(origin, shapes, b.state.instances);
  return made.kind === "Named" ? made : bug(`${named.obj.name} has no shape`);
}

/** Whether the methods of `named` are compiled here, from a generic body. */
export function hasBodies(b: Builder, named: NamedType): boolean {
  const methods = methodsOf(named.origin ?? named);
  if (methods.some((m) => syntaxOf(b.state, m)?.body !== undefined)) return true;
  if (b.state.mode === "shape") return methods.some((m) => m.facts?.at !== undefined);
  return methods.some((m) => libraryFunction(b, m) !== undefined);
}

/** The shaped method behind a method of an instance, and its dictionary. */
export function shapedMethod(f: FuncState, pos: XPos, named: NamedType, method: FuncObj): Callee {
  const shaped = shapedType(f.b, named);
  meetType(f.b, shaped);
  const found = methodsOf(shaped).find((m) => m.name === method.name) ?? bug(`no method ${method.name}`);
  const func = instanceMethodName(f.b, shaped, found);
  const recv = signatureOf(found).recv?.type ?? bug("a method without receiver");
  const sig = under(func.type);
  const params = sig.kind === "Signature" ? sig : bug("a method without signature");
  const self = { kind: "Var", name: "", pos: noPos, type: recv, embedded: false, role: "param", used: true } as const;
  const fun: Expr = {
    kind: "METHEXPR", pos, init: [], type: { ...params, params: [self, ...params.params] }, x: { kind: "TYPE", pos, init: [], type: recv }, sel: method.name, func,
  };
  const owner = named.origin ?? named;
  if (func.func?.canned) {
    func.func.shaped = true;
    return { fun, args: [hasShape(named) ? subDictionary(f, pos, owner, named.typeArgs, fun) : libraryDictionary(f.b, named.obj.pkg, `${named.obj.name}[${links(f.b, named.typeArgs)}]`, pos)] };
  }
  return { fun, args: [hasShape(named) ? subDictionary(f, pos, owner, named.typeArgs, fun) : dictionary(f.b, owner, named.typeArgs, pos)] };
}

// ---- bodies -------------------------------------------------------------------------------------------------

function memo(b: Builder, obj: FuncObj, key: string, make: (key: string) => Name): Name {
  const { instancesOf } = b.state;
  const known = instancesOf.get(obj) ?? new Map<string, Name>();
  instancesOf.set(obj, known);
  const found = known.get(key);
  if (found) return found;
  const made = make(key);
  known.set(key, made);
  return made;
}

function queueBody(b: Builder, fn: Func, { obj, generic }: { readonly obj: FuncObj; readonly generic: SignatureType }, subst: Substitution, decl: ast.FuncDecl, shaped?: { readonly layout: Layout; readonly obj: FuncObj; }): Name {
  b.state.todo.push({
    fn,
    info: infoOf(b.state, obj),
    build: () => {
      b.state.readers.get(decl)?.(decl);
      const words = shaped?.layout.requests.get(shaped.obj) ?? [];
      const f: FuncState = {
        ...newState(b, fn, generic), subst, ...(shaped ? { dict: { layout: shaped.layout, words, recording: false, next: 0 } } : {}),
      };
      const body = decl.body && rewriteRanges(b.state, generic, decl.body);
      declareParams(f, shaped ? addDictParam : undefined);
      fn.body = nonEmpty(b.stmts(f, body?.list ?? []));
      fn.endPos = xpos(decl.body?.rbrace ?? decl.pos);
      list(b, fn);
    },
  });
  return fn.name;
}

/** Lists an instance that was read; not one that only an inlined body mentions. */
function list({ state }: Builder, fn: Func): void {
  (state.quiet ?? state.funcs).push(fn);
}

function queueWrapper(b: Builder, fn: Func, sig: SignatureType, target: (f: FuncState) => Callee): Name {
  fn.wrapper = true;
  fn.synthetic = "wrapper";
  b.state.todo.push({
    fn,
    build: () => {
      const f = newState(b, fn, sig);
      declareParams(f);
      const { fun, args } = target(f);
      tailCall(f, fn, fn.pos, fun, fn.recv ? [fn.recv, ...args, ...fn.params] : [...args, ...fn.params]);
      list(b, fn);
    },
  });
  return fn.name;
}

/** Lets `fn` do nothing but call `fun`. */
function tailCall(f: FuncState, fn: Func, pos: XPos, fun: Expr, args: Expr[]): void {
  const sig = under(fun.type);
  const call = finishCall(f, pos, fun, args, sig.kind === "Signature" && sig.variadic);
  fn.body = [returnCall(fn, pos, call)];
}

/** A closure that calls `fun` with `bound` before its own arguments. Go: curry. */
export function curry(f: FuncState, pos: XPos, fun: Expr, bound: readonly Expr[]): Expr {
  const target = functionType(fun);
  const sig = { ...target, params: target.params.slice(bound.length) };
  return syntheticClosure(f, pos, sig, [fun, ...bound], (args, params) => [...args, ...params]);
}

/** `T.M` of a shaped type: a closure that adapts the receiver and puts the dictionary behind it. Go: methodExprWrap. */
export function methodExprWrap(f: FuncState, pos: XPos, recv: Type, { fun, args: dict }: Callee, adapt: (recv: Expr) => Expr): Expr {
  const target = functionType(fun);
  const self = { kind: "Var", name: "", pos: noPos, type: recv, embedded: false, role: "param", used: true } as const;
  const sig = { ...target, params: [self, ...target.params.slice(1 + dict.length)] };
  return syntheticClosure(f, pos, sig, [fun, ...dict], (args, [first, ...rest]) => [...(first ? [adapt(first)] : []), ...args, ...rest]);
}

function functionType(fun: Expr): SignatureType {
  const t = under(fun.type);
  return t.kind === "Signature" ? { kind: "Signature", typeParams: [], recvTypeParams: [], params: t.params, results: t.results, variadic: t.variadic } : bug("a function without signature");
}

/** A closure of type `sig` around `captures`, the first of which it calls with what `order` makes of the others and its parameters. */
function syntheticClosure(f: FuncState, pos: XPos, sig: SignatureType, captures: readonly Expr[], order: (captured: Expr[], params: Expr[]) => Expr[]): Expr {
  const literal = newClosure(f.b.state, f.fn, pos, sig, "func");
  const fn = literal.func;
  fn.wrapper = true;
  fn.synthetic = "closure";
  const init: Stmt[] = [];
  const capture = (x: Expr): Expr => {
    if ((x.kind === "NAME" && x.class === "func") || x.kind === "METHEXPR") return x;
    const temp = newTemp(f.fn, pos, x.type);
    init.push(declare(pos, temp), assign(pos, temp, x));
    temp.defn = assign(pos, temp, x, true);
    return newClosureVar(fn, pos, temp);
  };
  const [callee, ...args] = captures.map(capture);
  const inner = newState(f.b, fn, sig, f);
  declareParams(inner);
  tailCall(inner, fn, pos, callee ?? bug("a closure around nothing"), order(args, fn.params));
  return withInit(pos, init, literal);
}

/** The method `sel` of a type parameter: a function whose address stands in the dictionary. */
export function typeParamMethod(f: FuncState, pos: XPos, recv: Expr, name: string, sig: SignatureType): Callee {
  if (isInterface(recv.type)) f.b.state.impreciseCalls.push(pos);
  const self = { kind: "Var", name: "", pos: noPos, type: recv.type, embedded: false, role: "param", used: true } as const;
  const { recv: _, ...bare } = sig;
  const type: SignatureType = { ...bare, params: [self, ...sig.params] };
  return { fun: convNop(pos, type, methodWord(f, pos, recv.type, name)), args: [recv] };
}
