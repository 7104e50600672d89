/**
 * Calls of Go's library that the real compiler inlines, told by the callee's summary instead of its body.
 *
 * The summary lists what is inlined on the way and which variables and closures that brings into the caller. Level by level it takes
 * part in the rounds of the caller as real calls would; the call itself stays a call.
 *
 * Go: cmd/compile/internal/inline (the same calls, with bodies).
 */
import { basic, type FuncFacts, type Type } from "../types/index.ts";
import { type CallExpr, type Expr, type Func, cannedNote, type InlinedCallExpr, inlineIndex, type Name, type StdInline, withInline } from "../ir/index.ts";
import { BIG_CALLER_MAX_COST, calleeOf, mayInlineAt, type Site } from "./callee.ts";
import { type Inliner, placeOf } from "./context.ts";
import { inlineCall } from "./expand.ts";

/** A call inside an inlined library function: by its index in the summary's `i`, or of a function that the caller passes, by its index in `pc`. */
export interface SummaryCall {
  readonly call: CallExpr;
  readonly index: number;
  readonly passed?: Func;
  /** Of the library itself: it is told like any of its calls. */
  readonly library?: Name;
}

/** Inlines the library function `name` at the call; returns the calls that its body brings. */
export function inlineSummary(o: Inliner, site: Site, name: Name, base: CallExpr | undefined): SummaryCall[] {
  const mentions = (name.facts?.dictionary === undefined ? (name.facts?.mi ?? []) : []).flatMap((m) => o.ir.instances.get(m) ?? []);
  site.call.std = { caller: site.caller, inlined: new Set(), vars: new Map(), calls: new Map(), closures: new Map(), mentions, ...(base ? { base } : {}) };
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
  o.ir.inlinedLibrary.add(facts);
  const shown = shownName(caller, std, printed);
  for (const [at, place] of facts.ci ?? []) {
    if (at !== index || toldBefore(std, shown)) continue;
    const told = cannedNote(`${place}: can inline ${shown}`);
    o.notes.push(told);
    if (o.verbose && !o.ir.unsupported.has(caller)) o.ir.unsupported.set(caller, { kind: "unsupported", at: told.at, message: `body of ${shown}` });
  }
  o.notes.push({ kind: "inlining", at: placeOf(o, call.pos), func: shown });
  for (const [node, [kind, text, , own, extra]] of (facts.n ?? []).entries()) {
    // Variables of closures in the body are the closures' own.
    if (kind === "V" && own === index && extra?.["f"] === undefined) std.vars.set(node, declare(caller, call, text));
  }
  for (const [n, by] of (facts.c ?? []).entries()) if (by === index) std.closures.set(`.func${n + 1}`, ++gensOf(caller).lit);
  const nested: SummaryCall[] = (facts.i ?? []).flatMap(([, parent], i) => (parent === index ? [{ call, index: i }] : []));
  // Calls of what the caller passed stand among the others, in the order of the body.
  for (const { before, made: passed } of passedCalls(o, { caller, call, bigCaller, calledOnce: true }, facts, index).reverse()) nested.splice(before, 0, passed);
  return nested;
}

/** Whether it was said of a literal that an inlined call returned; further calls of the same literal say nothing. */
function toldBefore({ base }: StdInline, shown: string): boolean {
  if (!base?.std) return false;
  const told = (base.std.told ??= new Set());
  return told.has(shown) || !told.add(shown);
}

const gensOf = (fn: Func): NonNullable<Func["closureGens"]> => (fn.closureGens ??= { lit: 0, range: 0, goDefer: 0 });

/** A name in a summary: `@` is the caller, and closures made in it go on with its numbers. */
function shownName(caller: Func, std: StdInline, printed: string): string {
  return printed.replace(/@(?:(\..*?)(\.func|-range)(\d+))?/, (_, path: string | undefined, sort: string | undefined, ordinal: string | undefined) => {
    if (path === undefined || sort === undefined || ordinal === undefined) return caller.printed;
    const suffix = sort === ".func" && caller.closure ? "." : sort;
    return `${caller.printed}${path}${suffix}${closureNumber(caller, std, sort, ordinal)}`;
  });
}

function closureNumber(caller: Func, std: StdInline, sort: string, ordinal: string): number {
  const key = `${sort}${ordinal}`;
  const known = std.closures.get(key) ?? std.base?.std?.closures.get(key);
  if (known !== undefined) return known;
  const made = sort === "-range" ? ++gensOf(caller).range : ++gensOf(caller).lit;
  std.closures.set(key, made);
  return made;
}

/** Calls of functions that are arguments: they are inlined if the caller passes one that can be. */
function passedCalls(o: Inliner, site: Site, facts: FuncFacts, owner: number): { readonly before: number; readonly made: SummaryCall }[] {
  const found: { readonly before: number; readonly made: SummaryCall }[] = [];
  const calls = facts.pc ?? [];
  for (const [i, [param, own, , , , , siblings]] of calls.entries()) {
    const before = Number(siblings);
    const arg = own === owner ? argumentFor(site.call, facts, String(param)) : undefined;
    const callee = arg && calleeOf(o, site.caller, arg, true);
    const calledOnce = calls.filter(([other]) => other === param).length === 1;
    if (!callee || !mayInlineAt(o, { ...site, calledOnce }, callee, false)) continue;
    if (callee.kind === "local") found.push({ before, made: { call: site.call, index: i, passed: callee.func } });
    else {
      const inner = passedLibraryCall(site, callee.name);
      if (site.call.std) (site.call.std.library ??= []).push(inner);
      found.push({ before, made: { call: inner, index: 0, library: callee.name } });
    }
  }
  return found;
}

/** Stands for the call of a library function that was passed to another one. */
function passedLibraryCall({ caller, call }: Site, name: Name): CallExpr {
  const std: StdInline = { caller, inlined: new Set(), vars: new Map(), calls: new Map(), closures: new Map() };
  return { kind: "CALLFUNC", pos: call.pos, init: [], type: name.type, fun: name, args: [], isDDD: false, std };
}

/** The argument for a parameter; in a call upon a result, of that call or of the one that made the result. */
function argumentFor(call: CallExpr, facts: FuncFacts, param: string): Expr | undefined {
  const index = argumentIndex(facts, param);
  const base = call.std?.base;
  if (index >= 0 || !base || !facts.base) return call.args[index];
  // Its arguments end with those of the named parameters.
  return base.args[base.args.length + index];
}

/** `zr` is the receiver, `z0`, `z1` ... the parameters; with a method's name it is a call through an interface. */
function argumentIndex(facts: FuncFacts, param: string): number {
  if (facts.base) return /^z\d+$/.test(param) ? Number(param.slice(1)) - facts.base.named : -1;
  if (param === "zr") return 0;
  const before = (facts.recv === undefined ? 0 : 1) + (facts.dictionary === undefined ? 0 : 1);
  return /^z\d+$/.test(param) ? Number(param.slice(1)) + before : -1;
}

/** Inlines a function that was passed to a library function, where that calls it. */
export function inlinePassed(o: Inliner, caller: Func, { call, index, passed }: SummaryCall): InlinedCallExpr | undefined {
  if (!passed || !call.std) return undefined;
  const fun: Expr = { ...passed.name, type: passed.type };
  const inner: CallExpr = { kind: "CALLFUNC", pos: call.pos, init: [], type: resultType(passed), fun, args: [], isDDD: false };
  const inlined = inlineCall(o, { caller, call: inner, bigCaller: false, calledOnce: true }, passed);
  call.std.calls.set(index, inlined);
  return inlined;
}

const resultType = (fn: Func): Type => (fn.results.length === 1 ? (fn.results[0]?.type ?? fn.type) : fn.type);

/** A variable that the inlined body has; its summary says what flows through it. */
function declare(caller: Func, call: CallExpr, text: string): Name {
  const made: Name = {
    kind: "NAME", pos: withInline(call.pos, inlineIndex(call.pos)), init: [], sym: text, type: basic["unsafe.Pointer"], class: "auto", curfn: caller, addrtaken: true, used: true,
    byval: false, autotemp: false, summary: true,
  };
  caller.dcl.push(made);
  return made;
}
