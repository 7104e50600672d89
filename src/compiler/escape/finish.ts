/**
 * What a batch's solution means: captures before it is solved, then tags of parameters, decisions in the IR, and their notes.
 *
 * Go: cmd/compile/internal/escape/escape.go (flowClosure, rewriteWithLiterals, finish, paramTag, reportLeaks).
 */
import type { Position } from "../../base/source.ts";
import { sign, type Value } from "../constant/index.ts";
import { type AssignStmt, type CallExpr, canonical, type ConvExpr, type Expr, type Func, funcString, type MakeExpr, type Name, nodeString, staticCalleeName, staticValue, type Stmt, type XPos } from "../ir/index.ts";
import { elemOf, heapReason, MAX_BY_VALUE } from "./types.ts";
import { hasPointers, isBoolean, isComplex, isFloat, isInteger, isInterface, isKind, isString, sizeof, type Type } from "../types/index.ts";
import { textOf } from "./explain.ts";
import { type Batch, ESCAPES, type Location, MUTATES, type PendingClosure, type ToldClosures, PERSISTS } from "./graph.ts";
import { Leaks, TAGGED_RESULTS } from "./leaks.ts";
import { type EscapeOptions, placeOf } from "./options.ts";
import { intLiteral, paramCount, staticOf } from "./summary.ts";

/** Decides how a closure captures its variables and lets them flow into its record. */
export function flowClosure(b: Batch, pending: PendingClosure | ToldClosures): void {
  if ("told" in pending) {
    b.o.notes.push(...pending.told);
    return;
  }
  const { hole, closure } = pending;
  for (const cv of closure.func.closureVars) {
    const n = canonical(cv);
    const loc = b.location(n);
    const byValue = !loc.addrtaken && !loc.reassigned && sizeof(n.type) <= MAX_BY_VALUE;
    for (let at: Name | undefined = cv; at; at = at.outer) at.byval = byValue;
    if (!byValue) n.addrtaken = true;
    if (b.o.verbose) {
      const func = n.curfn ? funcString(n.curfn, b.o.print) : "";
      const { addrtaken: addr, reassigned: assign } = loc;
      b.o.notes.push({ kind: "capturing", at: placeOf(b.o, n.pos), func, name: nodeString(n, b.o.print), byValue, addr, assign, width: sizeof(n.type) });
    }
    const k = byValue ? hole : hole.addr(cv, "reference");
    b.flow(k.note(cv, "captured by a closure"), loc);
  }
}

/** Replaces values that are known by literals, and sends to the heap what is too large for the stack. */
export function considerSize(b: Batch, loc: Location): void {
  const { n } = loc;
  const fn = loc.frame.func;
  if (!n || n.kind === "SITE") return;
  if (fn && n.kind === "MAKESLICE") literalSize(b, fn, n);
  if (fn && n.kind === "CONVIFACE") literalValue(b, fn, n);
  const why = heapReason(n, b.o.limits);
  if (why !== undefined) b.flow(b.heapHole().addr(n, why), loc);
}

function literalSize(b: Batch, fn: Func, n: MakeExpr): void {
  const size = n.cap ?? n.len;
  if (!size || size.kind === "LITERAL") return;
  const value = staticOf({ b, fn }, size);
  let literal: Expr | undefined;
  if (value.kind === "LITERAL" && value.value.kind === "int" && sign(value.value) >= 0) literal = { kind: "LITERAL", pos: n.pos, init: [], type: size.type, value: value.value };
  if (value.kind === "LEN" && value.args[0]) {
    const list = staticOf({ b, fn }, value.args[0]);
    if (list.kind === "SLICELIT") literal = intLiteral(n.pos, list.len);
  }
  if (!literal) return;
  keepEffects(fn, n.pos, size, n.init);
  if (n.cap) n.cap = literal;
  else n.len = literal;
}

function literalValue(b: Batch, fn: Func, n: ConvExpr): void {
  if (n.x.kind === "LITERAL" || isInterface(n.x.type)) return;
  const value = staticOf({ b, fn }, n.x);
  if (value.kind !== "LITERAL" || !fits(value.value, n.x.type)) return;
  keepEffects(fn, n.pos, n.x, n.init);
  n.x = { kind: "LITERAL", pos: n.pos, init: [], type: n.x.type, value: value.value };
}

/** Whether a constant of this kind may have type `t`. */
function fits(v: Value, t: Type): boolean {
  switch (v.kind) {
    case "bool":
      return isBoolean(t);
    case "string":
      return isString(t);
    case "int":
      return isInteger(t);
    case "float":
      return isFloat(t);
    case "complex":
      return isComplex(t);
    default:
      return false;
  }
}

/** Evaluates `x` as before, into a variable that nobody reads. */
function keepEffects(fn: Func, pos: XPos, x: Expr, init: Stmt[]): void {
  const temp: Name = {
    kind: "NAME", pos, init: [], sym: `.autotmp_${fn.dcl.length}`, type: x.type, class: "auto", curfn: fn, addrtaken: false, used: true, byval: false, autotemp: true,
  };
  fn.dcl.push(temp);
  const assign: AssignStmt = { kind: "AS", pos, init: [], x: temp, y: x, def: false };
  temp.defn = assign;
  init.push({ kind: "DCL", pos, init: [], x: temp }, assign);
}

/** Writes the solution into the IR and records it; not for the variables `except`, which belong to another batch. */
export function finish(b: Batch, fns: readonly Func[], except?: ReadonlySet<Name>): void {
  for (const fn of fns) {
    const params = fn.recv ? [fn.recv, ...fn.params] : fn.params;
    fn.tags = params.map((p, i) => tagParameter(b, fn, p, i === params.length - 1 && fn.type.variadic));
  }
  for (const [call, nodes] of b.instances) placeResult(call, nodes);
  for (const { loc, name, at } of b.closureParameters) {
    loc.leaks.optimize();
    if (!loc.has(ESCAPES)) reportLeaks(b.o, { at, name, results: [], func: "" }, loc);
  }
  for (const loc of b.locations) if (loc.n?.kind !== "NAME" || !except?.has(loc.n)) finishLocation(b.o, loc);
}

/** Lets an inlined library call put what it returns into the caller's frame, where that does not escape and the library is prepared for it. */
function placeResult(call: CallExpr, nodes: readonly Location[]): void {
  const facts = staticCalleeName(staticValue(call.fun))?.facts;
  if (!facts?.place || !call.std?.inlined.has(0)) return;
  const result = paramCount(facts);
  const edges = facts.g ?? [];
  const from: (Location | undefined)[] = [];
  for (let i = 0; i + 2 < edges.length; i += 3) if (edges[i] === result && edges[i + 2] === -1) from.push(nodes[edges[i + 1] ?? -1]);
  const [only, ...more] = from;
  if (only && more.length === 0 && !only.has(ESCAPES)) call.std.placed = facts.place;
}

function finishLocation(o: EscapeOptions, loc: Location): void {
  const { n } = loc;
  if (!n) return;
  const escapes = loc.has(ESCAPES);
  const silent = n.kind === "SITE" ? n.silent : n.kind === "CLOSURE" && n.func.wrapper;
  const op = n.kind === "SITE" ? n.op : n.kind;
  const at = n.kind === "SITE" && n.at ? n.at : placeOf(o, n.pos);
  const why = loc.flow && o.explain ? { flow: loc.flow } : {};
  const func = loc.frame.func?.printed ?? "";
  const expr = op === "APPEND" ? "append" : textOf(o, n);
  if (n.kind === "NAME" || op === "V") {
    if (escapes) o.notes.push({ kind: "moved", at, name: expr, func, ...why });
  } else if (silent) {
    if (escapes && o.verbose) o.notes.push({ kind: "wrapperEscapes", at });
  } else o.notes.push(escapes ? { kind: "escapes", at, expr, func, ...why } : { kind: "stays", at, expr, param: false, func });
  if (n.kind !== "SITE") {
    n.esc = escapes ? "heap" : "none";
    if (n.kind === "NAME" && escapes && (n.class === "auto" || n.class === "param" || n.class === "result")) n.class = "autoheap";
    if (!escapes && !loc.has(PERSISTS) && (n.kind === "CLOSURE" || n.kind === "METHVALUE" || n.kind === "SLICELIT")) n.transient = true;
  }
  if (op === "STR2BYTES" && !loc.has(MUTATES)) {
    o.notes.push({ kind: "zeroCopy", at });
    if (n.kind === "STR2BYTES") n.kind = "STR2BYTESTMP";
  }
}

const isUnnamed = (n: Name): boolean => n.sym === "" || n.sym === "_" || n.sym.startsWith("~p");

/** How parameter `p` leaks, as a tag; says so for functions that the user wrote. */
function tagParameter(b: Batch, fn: Func, p: Name, last: boolean): string {
  const { notes } = b.o;
  const at = placeOf(b.o, p.pos);
  const diagnose = !fn.wrapper && !fn.dupok;
  if (fn.body.length === 0) return tagExternal(b, fn, p, diagnose);
  if (fn.pragmas.has("go:uintptrescapes")) {
    const elem = last ? elemOf(p.type) : undefined;
    if (isKind(p.type, "uintptr") || (elem && isKind(elem, "uintptr"))) {
      if (diagnose) notes.push({ kind: "unsafeUintptr", at, name: p.sym, marking: true, dots: !isKind(p.type, "uintptr") });
      return "";
    }
  }
  if (!hasPointers(p.type)) return "";
  if (isUnnamed(p)) return new Leaks().encode();
  const loc = b.location(p);
  loc.leaks.optimize();
  if (diagnose && !loc.has(ESCAPES)) reportLeaks(b.o, { at, name: p.sym, results: fn.results.map((r) => r.sym), func: fn.printed }, loc);
  return loc.leaks.encode();
}

/** A function without a body is assumed to leak everything, unless it says otherwise. */
function tagExternal(b: Batch, fn: Func, p: Name, diagnose: boolean): string {
  const { notes } = b.o;
  const at = placeOf(b.o, p.pos);
  fn.pragmas.add("go:uintptrkeepalive");
  if (isKind(p.type, "uintptr")) {
    if (diagnose) notes.push({ kind: "unsafeUintptr", at, name: p.sym, marking: false, dots: false });
    return "";
  }
  if (!hasPointers(p.type)) return "";
  const leaks = new Leaks();
  const stays = fn.pragmas.has("go:noescape");
  if (stays) {
    leaks.addMutator(0);
    leaks.addCallee(0);
  } else leaks.addHeap(0);
  if (diagnose && (!isUnnamed(p) || p.sym === "_")) {
    notes.push(stays ? { kind: "stays", at, expr: p.sym, param: true, func: fn.printed } : { kind: "leaks", at, param: p.sym, content: false, func: fn.printed });
  }
  return leaks.encode();
}

interface Reported {
  readonly at: Position;
  readonly name: string;
  /** Names of the results; those not named here are ~r0, ~r1 ... */
  readonly results: readonly string[];
  readonly func: string;
}

function reportLeaks(o: EscapeOptions, { at, name, results, func }: Reported, loc: Location): void {
  const why = loc.flow && o.explain ? { flow: loc.flow } : {};
  const { leaks } = loc;
  let warned = false;
  if (leaks.heap >= 0) {
    o.notes.push({ kind: "leaks", at, param: name, content: leaks.heap > 0, func, ...why });
    warned = true;
  }
  for (let i = 0; i < TAGGED_RESULTS; i++) {
    const level = leaks.result(i);
    if (level < 0) continue;
    o.notes.push({ kind: "leaks", at, param: name, content: false, result: results[i] ?? `~r${i}`, level, func, ...why });
    warned = true;
  }
  if (o.mutations) {
    for (const [how, derefs] of [["mutates", leaks.mutator], ["calls", leaks.callee]] as const) {
      if (derefs < 0) continue;
      o.notes.push({ kind: "touches", at, param: name, how, derefs });
      warned = true;
    }
  }
  if (!warned) o.notes.push({ kind: "stays", at, expr: name, param: true, ...(o.mutations ? { untouched: true } : {}), func });
}
