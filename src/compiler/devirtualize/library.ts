/**
 * Dynamic types of results of inlined library calls: known from facts, by name.
 *
 * Most are unexported, so the checker has never seen them. They are made here as far as messages need them: a name, and methods of
 * which the facts know what a call upon that very result does.
 */
import { noPos } from "../../base/source.ts";
import { type CallExpr, factsOnResult, nameOnResult, type Name, staticCalleeName } from "../ir/index.ts";
import type { FuncFacts, NamedType, Package, Type } from "../types/index.ts";

/** A dynamic type, and the call whose result has it if it is one that only facts know. */
export interface Dynamic {
  readonly type: Type;
  readonly base?: CallExpr;
}

/** The types made so far; the same name is the same type. */
export class LibraryTypes {
  readonly #made = new Map<string, Type>();

  /** The dynamic type of result `index` of an inlined library call. */
  ofResult(call: CallExpr, index: number): Dynamic | undefined {
    const callee = staticCalleeName(call.fun);
    // What makes the value may be a call inside: only once all of it is inlined the type shows.
    const whole = call.std !== undefined && call.std.inlined.size >= (callee?.facts?.t0 ? 1 : (callee?.facts?.i?.length ?? 0));
    const text = whole ? callee?.facts?.t?.[index] : undefined;
    if (!callee || typeof text !== "string") return undefined;
    const type = this.#type(callee.pkg, text);
    // What the facts know of methods stands with the function whose result the first of them was called upon.
    return type && { type, base: call.std?.base ?? call.base ?? call };
  }

  /** Method `sel` of a value of type `type`, called upon the result of `base`. */
  method(base: CallExpr, type: Type, sel: string, signature: Type): Name | undefined {
    const callee = staticCalleeName(base.fun);
    const facts = callee?.facts;
    const known = facts?.methods?.[sel];
    if (!facts || !known) return undefined;
    const [named, pointer] = type.kind === "Pointer" ? [type.elem, true] : [type, false];
    const owner = named.kind === "Named" ? named.obj : undefined;
    return nameOnResult(pointer ? `(*${owner?.name ?? ""}).${sel}` : `${owner?.name ?? ""}.${sel}`, owner?.pkg, signature, factsOnResult(facts as FuncFacts, known));
  }

  #type(pkg: Package | undefined, text: string): Type | undefined {
    const known = this.#made.get(text);
    if (known) return known;
    const [, star, pkgName, name] = /^(\*?)(\w+)\.(\w+)$/.exec(text) ?? [];
    if (name === undefined || pkgName === undefined) return undefined;
    const named = madeType(pkgName === pkg?.name ? pkg : { path: pkgName, name: pkgName, scope: EMPTY, imports: [], std: true }, name);
    const type: Type = star === "*" ? { kind: "Pointer", elem: named } : named;
    this.#made.set(text, type);
    return type;
  }
}

const EMPTY: Package["scope"] = { parent: undefined, names: new Map(), pos: noPos, end: noPos, isFunc: false, children: [] };

function madeType(pkg: Package, name: string): NamedType {
  const obj = { kind: "TypeName", name, pos: noPos, pkg, type: undefined } as const;
  return { kind: "Named", obj, typeParams: [], typeArgs: [], underlying: { kind: "Struct", fields: [], tags: [] }, methods: [] };
}
