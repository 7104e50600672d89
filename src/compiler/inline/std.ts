/**
 * Calls of Go's library that the real compiler inlines, told by the callee's summary instead of its body.
 *
 * The summary lists what is inlined on the way and which variables and closures that brings into the caller. Level by level it takes
 * part in the rounds of the caller as real calls would; the call itself stays a call.
 *
 * Go: cmd/compile/internal/inline (the same calls, with bodies).
 */
import { basic } from "../types/index.ts";
import { type CallExpr, type Func, inlineIndex, type Name, withInline } from "../ir/index.ts";
import { BIG_CALLER_MAX_COST, type Site } from "./callee.ts";
import { type Inliner, placeOf } from "./context.ts";

/** A call inside an inlined library function, by its index in the summary's `i`. */
export interface SummaryCall {
  readonly call: CallExpr;
  readonly index: number;
}

/** Inlines the library function `name` at the call; returns the calls that its body brings. */
export function inlineSummary(o: Inliner, site: Site, name: Name): SummaryCall[] {
  site.call.std = { inlined: new Set(), vars: new Map() };
  return inlineSummaryCall(o, site.caller, site.bigCaller, name, { call: site.call, index: 0 });
}

/** Inlines one call of a summary and returns those that it brings. */
export function inlineSummaryCall(o: Inliner, caller: Func, bigCaller: boolean, name: Name, { call, index }: SummaryCall): SummaryCall[] {
  const facts = name.facts;
  const std = call.std;
  const entry = facts?.i?.[index];
  if (!facts || !std || !entry) return [];
  const [printed, , cost] = entry;
  if (bigCaller && index > 0 && cost !== undefined && cost > BIG_CALLER_MAX_COST) return [];
  std.inlined.add(index);
  o.notes.push({ kind: "inlining", at: placeOf(o, call.pos), func: printed.replace("@", caller.printed) });
  for (const [node, [kind, text, , own]] of (facts.n ?? []).entries()) {
    if (kind === "V" && own === index) std.vars.set(node, declare(caller, call, text));
  }
  const made = (facts.c ?? []).filter((by) => by === index).length;
  if (made > 0) (caller.closureGens ??= { lit: 0, range: 0, goDefer: 0 }).lit += made;
  return (facts.i ?? []).flatMap(([, parent], i) => (parent === index ? [{ call, index: i }] : []));
}

/** A variable that the inlined body has; its summary says what flows through it. */
function declare(caller: Func, call: CallExpr, text: string): Name {
  const made: Name = {
    kind: "NAME", pos: withInline(call.pos, inlineIndex(call.pos)), init: [], sym: text, type: basic["unsafe.Pointer"], class: "auto", curfn: caller, addrtaken: true, used: true,
    byval: false, autotemp: false, summary: true,
  };
  caller.dcl.push(made);
  return made;
}
