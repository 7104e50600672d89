/**
 * The inliner: which functions may be inlined, which calls are, and the bodies with the calls replaced.
 *
 * The devirtualizer is asked at every call, because either finds work that the other made; it is handed in. Decisions are recorded in
 * Go's order; nothing is printed here.
 *
 * Go: cmd/compile/internal/inline, inline/interleaved.
 */
import { visitFuncsBottomUp, type Func } from "../ir/index.ts";
import type { Inliner, InlineOptions } from "./context.ts";
import { canInline, keepBody } from "./cost.ts";
import { inlineInFunction, inlineInRounds } from "./rounds.ts";

export type { Devirtualizer, InlineOptions } from "./context.ts";

/** Inlining of one package, for as long as functions are made in it. */
export interface Inlining {
  /** Decides for all functions and inlines in all of them. */
  package(): void;
  /** Decides for functions that were made during inlining, without inlining in them. */
  canInline(fns: readonly Func[]): void;
  /** Inlines in a function made after the package: a method wrapper. */
  func(fn: Func): void;
}

/** The inliner for a package. */
export function makeInlining(options: InlineOptions): Inlining {
  const o: Inliner = { ...options, checked: new Set(), templates: new Map(), own: new Map(), canInline: (fn) => canInline(o, fn) };
  const decide = (fns: readonly Func[]): void => {
    if (o.disabled) return;
    visitFuncsBottomUp(fns, (group) => {
      for (const fn of group) canInline(o, fn);
    });
  };
  for (const fn of o.ir.imported) keepBody(o, fn);
  return {
    package: () => {
      decide(o.ir.funcs);
      inlineInRounds(o);
    },
    canInline: decide,
    func: (fn) => inlineInFunction(o, fn),
  };
}
