/**
 * Instances of generic functions and of methods of generic types.
 *
 * An instance is a function of its own, built from the generic body with the type arguments put in. Its body is read like
 * any other, from the stack of what was met, and it is listed when that happens.
 *
 * Go: cmd/compile/internal/noder/reader.go (funcInst, objDictIdx, readBodies).
 */
import { bug } from "../../../base/bug.ts";
import { Unsupported } from "../../../base/diagnostic.ts";
import { noPos } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import {
  deref, asNamed, type Func as FuncObj, instantiateSignature, methodsOf, type NamedType, type SignatureType, type Substitution, substitution, type Type,
} from "../../types/index.ts";
import type { Expr, Func, Name, XPos } from "../node.ts";
import { basePos, xpos } from "../positions.ts";
import { linkString } from "../typeprint.ts";
import type { Builder, FuncState } from "./context.ts";
import { newFunc } from "./make.ts";
import { declareParams, methodPrinted, meetSignature, newState, nonEmpty, signatureOf } from "./names.ts";
import { substituted } from "./query.ts";
import { rewriteRanges } from "./rangefunc.ts";

/** A callee and the arguments it brings along. */
export interface Callee {
  readonly fun: Expr;
  readonly args: Expr[];
}

/** An instance of a generic function, used as a value. */
export function instanceValue(f: FuncState, pos: XPos, obj: FuncObj, typeArgs: readonly Type[]): Expr {
  return instanceCallee(f, pos, obj, typeArgs).fun;
}

/** An instance of a generic function, called. */
export function instanceCallee(f: FuncState, pos: XPos, obj: FuncObj, typeArgs: readonly Type[]): Callee {
  const args = typeArgs.map((t) => substituted(f, t));
  const decl = f.b.state.decls.get(obj) ?? obj.decl;
  if (!decl?.body) throw new Unsupported(`generic function ${obj.pkg?.name ?? ""}.${obj.name}`, f.b.state.checked.sources.position(basePos(pos)));
  return { fun: instanceName(f.b, obj, args, decl), args: [] };
}

/** The name of `obj[typeArgs…]`. */
function instanceName(b: Builder, obj: FuncObj, typeArgs: readonly Type[], decl: ast.FuncDecl): Name {
  const s = b.state;
  const links = typeArgs.map((t) => linkString(t, s.print)).join(",");
  return memo(b, obj, links, () => {
    const generic = signatureOf(obj);
    const sig = instantiateSignature(generic, typeArgs, s.instances);
    meetSignature(b, sig);
    const fn = newFunc({ pkg: s.checked.pkg, printed: `${obj.name}[${links}]`, pos: xpos(decl.pos), namePos: xpos(obj.pos), type: sig });
    return queue(b, fn, generic, substitution(generic.typeParams, typeArgs), decl);
  });
}

/** The name of a method of an instance of a generic type. */
export function instanceMethodName(b: Builder, recv: NamedType, method: FuncObj): Name {
  const s = b.state;
  const origin = method.origin ?? method;
  const links = recv.typeArgs.map((t) => linkString(t, s.print)).join(",");
  return memo(b, origin, links, () => {
    const decl = s.decls.get(origin) ?? origin.decl;
    const generic = signatureOf(origin);
    const sig = signatureOf(method);
    meetSignature(b, sig);
    const printed = methodPrinted(s, sig, method);
    if (!decl?.body) return libraryMethod(b, printed, sig, origin);
    const fn = newFunc({ pkg: s.checked.pkg, printed, pos: xpos(decl.pos), namePos: xpos(origin.pos), type: sig });
    return queue(b, fn, generic, substitution(generic.recvTypeParams, recv.typeArgs), decl);
  });
}

/** A method of a generic type of the library: known by name only. */
function libraryMethod(b: Builder, printed: string, sig: SignatureType, origin: FuncObj): Name {
  const pkg = origin.pkg !== b.state.checked.pkg ? origin.pkg : undefined;
  return {
    kind: "NAME", pos: xpos(noPos), init: [], sym: printed, ...(pkg ? { pkg } : {}), type: sig, class: "func", addrtaken: false, used: true, byval: false,
    autotemp: false,
  };
}

function memo(b: Builder, obj: FuncObj, key: string, make: () => Name): Name {
  const { instancesOf } = b.state;
  const known = instancesOf.get(obj) ?? new Map<string, Name>();
  instancesOf.set(obj, known);
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function queue(b: Builder, fn: Func, generic: SignatureType, subst: Substitution, decl: ast.FuncDecl): Name {
  fn.dupok = true;
  for (const p of decl.pragmas) fn.pragmas.add(p.text);
  b.state.todo.push({
    fn,
    build: () => {
      const f: FuncState = { ...newState(b, fn, generic), subst };
      const body = decl.body && rewriteRanges(b.state, generic, decl.body);
      declareParams(f);
      fn.body = nonEmpty(b.stmts(f, body?.list ?? []));
      fn.endPos = xpos(decl.body?.rbrace ?? decl.pos);
      b.state.funcs.push(fn);
    },
  });
  return fn.name;
}

/** The method of a declared type's instance that has the name of `method`. */
export function methodOfInstance(recv: Type, method: FuncObj): { readonly named: NamedType; readonly method: FuncObj } | undefined {
  const named = asNamed(deref(recv)[0]);
  if (!named || named.typeArgs.length === 0) return undefined;
  const found = methodsOf(named).find((m) => m.name === method.name) ?? bug(`no method ${method.name} on an instance of ${named.obj.name}`);
  return { named, method: found };
}
