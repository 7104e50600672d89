/**
 * Which functions of a unit may be written in place of calls (calls.ts), and which a call through the table may well run.
 *
 * Small ones without loops and deferred calls. A call of a func value may run any function of that signature whose value is taken; a call
 * by way of an interface any method of that name: where only a few small ones in this unit would do, they are likely. A wrong guess costs two instructions.
 */
import { RUNTIME_PACKAGE } from "../../abi/runtime-symbols.ts";
import type { FuncRef, LCall, LExpr, LFunc, LStmt, TableRef } from "../lower/index.ts";
import type { Inlining, Likely, Ready } from "./body.ts";
import { hasLoop } from "./points.ts";
import { prune, type Pruned } from "./prune.ts";
import { type Shelf, type Shelved, shelve } from "./shelf.ts";

/** The largest function that is written in place, in nodes of its low form; the most functions that are likely at once. */
const MAX_WEIGHT = 90;
const MAX_LIKELY = 4;
/** The largest that is likely, and all at one call together. */
const MAX_GUESS = 75;
/** The largest quick part of a function, and of one that otherwise ends in a call. */
const MAX_QUICK = 120;
const MAX_EARLY = 90;
/** The largest that others may have in place of calls, and the largest of those that always call somebody. */
const MAX_SHELVED = 80;
const MAX_CALLING = 30;
/** What all together may take in one function. */
const ROOM = 900;
/** A check is more than a node: it has a failing end. */
const TRAP = 4;

/** Nothing in place of anything. */
export const NO_INLINING: Inlining = { room: 0, weight: () => 0, recursive: () => true, direct: () => undefined, likely: () => [] };

/** What may be written in place among `all`; `values` are the table slots of functions whose value is taken. */
export function planInlining(all: readonly Ready[], values: ReadonlyMap<string, number>, shelf?: Shelf): Inlining {
  const bySymbol = new Map(all.flatMap((r) => placeable(r).map((form) => [r.fn.symbol, form])));
  const weights = new Map<Ready, number>();
  const weight = (r: Ready): number => {
    const known = weights.get(r) ?? weigh(r.fn);
    weights.set(r, known);
    return known;
  };
  const guesses = new Map<string, readonly Likely[]>();
  const guess = (target: TableRef): readonly Likely[] => {
    const key = `${target.method ?? ""} ${target.params.join()} ${target.results.join()}`;
    const known = guesses.get(key);
    if (known) return known;
    const able = all.filter((r) => values.has(r.fn.symbol) && mayBe(r.fn, target)).flatMap((r) => bySymbol.get(r.fn.symbol) ?? []).filter((r) => weight(r) <= MAX_GUESS);
    const found = able.length <= MAX_LIKELY ? able.map((callee) => ({ callee, slot: values.get(callee.fn.symbol) ?? 0 })) : [];
    guesses.set(key, found);
    return found;
  };
  return {
    room: ROOM, weight, recursive: (r) => reachesItself(r, all, values),
    direct: (target, once) => {
      if (target.module === "f") return once ? undefined : shelf?.find(target.name);
      return target.module === "own" ? bySymbol.get(target.name) : undefined;
    },
    likely: (target) => (target.module === "table" ? guess(target) : []),
  };
}

/** The form of a function that may stand in place of its calls, if there is one: its quick part where it mostly ends in that, or where the whole is too large. */
function placeable(r: Ready): Ready[] {
  const pruned = prune(r.fn);
  if (pruned?.whole && weighList(pruned.body) <= MAX_QUICK) return [quickPart(r, pruned)];
  if (fits(r) && weigh(r.fn) <= MAX_WEIGHT) return [r];
  return pruned && weighList(pruned.body) <= MAX_EARLY ? [quickPart(r, pruned)] : [];
}

/** The form that others may have: without calls if possible. */
function shelvable(r: Ready): Ready[] {
  const pruned = prune(r.fn);
  if (pruned && weighList(pruned.body) <= (pruned.whole ? MAX_QUICK : MAX_EARLY)) return [quickPart(r, pruned)];
  return fits(r) && weigh(r.fn) <= MAX_SHELVED && isShort(r.fn) ? [r] : [];
}

const quickPart = (r: Ready, { body }: Pruned): Ready => ({ ...r, fn: { ...r.fn, body }, points: { ...r.points, frameless: true }, quick: true });

/**
 * The functions of a unit that others may have in place of calls: small ones that mostly do their work themselves, and what those call. `zeroStart` is where
 * the unit's variables lie that start as zero.
 */
export function shelfOf(all: readonly Ready[], zeroStart: number): Shelved[] {
  const found = all.flatMap(shelvable).flatMap((r) => shelve(r, zeroStart) ?? []);
  const bySymbol = new Map(found.map((s) => [s.symbol, s]));
  const wanted = new Set(found.filter((s) => isReachable(s.symbol)));
  for (const s of wanted) for (const symbol of s.calls) {
    const callee = bySymbol.get(symbol);
    if (callee) wanted.add(callee);
  }
  return [...wanted];
}

/** Whether a function does something itself before it calls. */
function isShort(fn: LFunc): boolean {
  return weigh(fn) <= MAX_CALLING || fn.body.every((s) => s.kind !== "call");
}

/** Whether other packages can name a function: its own name begins with a capital letter. */
const isReachable = (symbol: string): boolean => symbol.startsWith(`${RUNTIME_PACKAGE}.`) || /\.[A-Z]\w*$/.test(symbol);

/** Whether a call of this shape can run `fn`: with or without its context. */
function takes(fn: LFunc, target: { readonly params: FuncRef["params"]; readonly results: FuncRef["results"] }): boolean {
  const params = fn.params.map((p) => p.type);
  const wanted = fn.hasContext ? target.params : target.params.slice(0, -1);
  return params.join() === wanted.join() && fn.results.join() === target.results.join();
}

/** Whether a call through the table may run `fn`, if its value is taken. */
const mayBe = (fn: LFunc, target: TableRef): boolean => fn.method === target.method && takes(fn, target);

function fits(r: Ready): boolean {
  const { fn } = r;
  return !fn.tail && !fn.hasDefer && fn.pinned.length === 0 && fn.pinnedObjects.length === 0 && !fn.body.some(hasLoop);
}

/** Whether a function can be called while it runs: by name, or as a value once somebody unknown is called. */
function reachesItself(from: Ready, all: readonly Ready[], values: ReadonlyMap<string, number>): boolean {
  const bySymbol = new Map(all.map((r) => [r.fn.symbol, r]));
  const anybody = all.filter((r) => values.has(r.fn.symbol));
  const seen = new Set<Ready>();
  const open = [from];
  for (let r = open.pop(); r; r = open.pop()) {
    for (const target of r.fn.body.flatMap(callsOf)) {
      const own = target.module === "own" ? bySymbol.get(target.name) : undefined;
      const among = target.module === "table" ? anybody.filter((a) => (target.method === undefined || a.fn.method === target.method) && takes(a.fn, target)) : target.module === "f" ? anybody : [];
      for (const next of own ? [own] : among) {
        if (next === from) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  return false;
}

function callsOf(s: LStmt): LCall["target"][] {
  switch (s.kind) {
    case "call": return [s.target];
    case "if": return [...s.then, ...s.else].flatMap(callsOf);
    case "block": case "loop": return s.body.flatMap(callsOf);
    default: return [];
  }
}

function weigh(fn: LFunc): number {
  return fn.body.reduce((n, s) => n + weighStmt(s), 2);
}

function weighStmt(s: LStmt): number {
  switch (s.kind) {
    // A copy is no instruction.
    case "set": return s.x.kind === "get" || s.x.kind === "const" ? 0 : 1 + weighExpr(s.x);
    case "eval": case "switch": return 1 + weighExpr(s.x);
    case "store": return 1 + weighExpr(s.addr) + weighExpr(s.x);
    case "copy": return 2 + weighExpr(s.to) + weighExpr(s.from) + weighExpr(s.size);
    case "zero": return 2 + weighExpr(s.to) + weighExpr(s.size);
    case "leafCall": return 4 + s.args.reduce((n, a) => n + weighExpr(a), 0);
    case "call": return 12 + s.args.reduce((n, a) => n + weighExpr(a), 0);
    case "if": return 1 + weighExpr(s.cond) + weighList(s.then) + weighList(s.else);
    case "block": case "loop": return 1 + weighList(s.body);
    case "br": return 1 + (s.cond ? weighExpr(s.cond) : 0);
    case "return": return s.values.reduce((n, v) => n + weighExpr(v), 1);
    case "abandon": return 1;
  }
}

const weighList = (list: readonly LStmt[]): number => list.reduce((n, s) => n + weighStmt(s), 0);

function weighExpr(e: LExpr): number {
  switch (e.kind) {
    case "tee": case "load": return 1 + weighExpr(e.x);
    case "op": return 1 + weighExpr(e.x) + (e.y ? weighExpr(e.y) : 0);
    case "choose": return 2 + weighExpr(e.cond) + weighExpr(e.x) + weighExpr(e.y);
    case "leaf": return e.args.reduce((n, a) => n + weighExpr(a), 4);
    // That a pointer is not nil was mostly seen before.
    case "trap": return e.panic === "panicNil" ? 1 + weighExpr(e.x) : e.args.reduce((n, a) => n + weighExpr(a), TRAP) + weighExpr(e.bad) + weighExpr(e.x);
    default: return 1;
  }
}
