/** Calls upon results of inlined library calls: the function that was returned, or a method of what was returned. */
import { noPos } from "../../base/source.ts";
import { type FuncFacts, type Package, type ResultFacts, type Type } from "../types/index.ts";
import type { Name } from "./node.ts";
import { xpos } from "./positions.ts";

/** The facts of a call upon the result of a call of `base`, in the form of a function's. */
export function factsOnResult(base: FuncFacts, { params, results, ...facts }: ResultFacts, argument = false): FuncFacts {
  const list = (n: number): { readonly n: string; readonly t: number }[] => Array.from({ length: n }, () => ({ n: "", t: -1 }));
  const named = base.sig.params.length;
  return { name: "", sig: { params: list(params), results: list(results) }, ...facts, base: { params: named + (base.recv === undefined ? 0 : 1), named, ...(argument ? { argument } : {}) } };
}

/** A name for what is called. */
export function nameOnResult(sym: string, pkg: Package | undefined, type: Type, facts: FuncFacts): Name {
  return {
    kind: "NAME", pos: xpos(noPos), init: [], sym, ...(pkg ? { pkg } : {}), type, class: "func", facts, addrtaken: false, used: true, byval: false, autotemp: false,
  };
}
