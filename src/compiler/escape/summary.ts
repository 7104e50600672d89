/**
 * Functions of Go's library: their tags, and the graph of what an inlined one does.
 *
 * Parameters and results of a summary become helper locations at the call; its variables and allocations become locations like those
 * of the caller, made after those of the arguments.
 *
 * Go: what cmd/compile/internal/escape does with the inlined bodies themselves.
 */
import type { Position } from "../../base/source.ts";
import { fromExactString, makeInt64, type Value, valueString } from "../constant/index.ts";
import { basic, type FlowSegment, type FuncFacts, type SummaryNode } from "../types/index.ts";
import type { Note } from "../../record/notes.ts";
import { type CallExpr, type Expr, exprString, funcString, inlinedCall, type InlinedCallExpr, inlineIndex, qualified, staticCalleeName, staticValue, type XPos } from "../ir/index.ts";
import { CALLS, ESCAPES, type FlowNote, type Frame, Hole, type InnerFlow, type Location, MUTATES, PERSISTS, type Site } from "./graph.ts";
import { explainInner } from "./explain.ts";
import { Leaks } from "./leaks.ts";
import { type Escape, placeOf } from "./options.ts";

const HEAP = -1;
const MUTATOR = -2;
const CALLEE = -3;
const BLANK = -4;

/** Receiver and parameters. */
export const paramCount = (facts: FuncFacts): number => (facts.recv === undefined ? 0 : 1) + facts.sig.params.length;

/** How parameter `index` of a function that is not inlined leaks. */
export function tagOf(facts: FuncFacts, index: number): Leaks {
  const leaks = new Leaks();
  if (index === facts.dictionary) return leaks;
  const own = facts.dictionary !== undefined && index > facts.dictionary ? index - 1 : index;
  if (heldByResult(facts, own)) {
    leaks.addHeap(0);
    return leaks;
  }
  const edges = (facts.i && facts.dictionary === undefined ? facts.tag : facts.g) ?? [];
  const params = paramCount(facts);
  for (let i = 0; i + 2 < edges.length; i += 3) {
    const [dst = 0, src = 0, derefs = 0] = edges.slice(i, i + 3);
    if (src !== own) continue;
    if (dst === HEAP) leaks.addHeap(derefs);
    else if (dst === MUTATOR) leaks.addMutator(derefs);
    else if (dst === CALLEE) leaks.addCallee(derefs);
    else if (dst >= params) leaks.addResult(dst - params, derefs);
  }
  return leaks;
}

/** Whether an instance that is not inlined returns a literal that holds parameter `own`: both go to the heap. */
function heldByResult(facts: FuncFacts, own: number): boolean {
  const name = facts.dictionary !== undefined && facts.then ? facts.pn?.[own + 1] : undefined;
  return name !== undefined && name !== "" && facts.cap?.some(([captured]) => captured === name) === true;
}

/** What the `extra` of a node may hold; see the table of fields in facts.ts. */
interface Extra {
  readonly h?: boolean;
  readonly sp?: string;
  readonly f?: number;
  readonly cl?: number;
  readonly g?: boolean;
  readonly c?: number;
  readonly ri?: number;
  readonly p?: string;
  readonly hw?: EdgeWhy;
}

type EdgeWhy = 0 | 1 | readonly FlowSegment[];

const PARAMETER_CLASS = 4;
const RESULT_CLASS = 5;

/** Lets the arguments of an inlined library call flow through its summary. */
export function instantiate(e: Escape, ks: readonly Hole[] | undefined, n: CallExpr, facts: FuncFacts): void {
  if (facts.base?.argument) e.discard(n.args.at(-1));
  const base = baseNodes(e, n, facts);
  const first = facts.base?.params ?? 0;
  const [left, ...labels] = [...(facts.pn ?? [""]), ...Array.from({ length: facts.pn ? 0 : paramCount(facts) }, () => ""), ...(facts.an ?? [])];
  const helpers = (count: number): Location[] => Array.from({ length: count }, (_, i) => Object.assign(e.newLocation(undefined, false), labels[i] ? { label: labels[i] } : {}));
  const nodes = [...base.params, ...helpers(paramCount(facts) - first + facts.sig.results.length), ...base.nodes];
  for (const [i, loc] of sameVariables(e, n, facts, nodes.length)) if (i >= first) nodes[i] = loc;
  const passed = passedCalls(n, facts);
  if (facts.base && n.fun.kind === "METHEXPR") e.discard(n.args[0]);
  argumentsOf(n, facts).forEach((arg, i) => {
    const into = nodes[first + i];
    if (passed.some((p) => p.argument === i)) return effects(e, arg);
    const k = into ? new Hole(into) : e.b.discardHole();
    e.expr(left ? k.note(assignment(e, n, left), "assign-pair") : k.note(n, "call parameter"), arg);
  });
  const frames = closureFrames(e, n, facts);
  if (e.b.o.verbose && facts.cap) e.b.closures.push({ told: captures(e, n, facts.cap) });
  const statics = staticArguments(e, n, facts);
  let sites = 0;
  const pending = [...passed];
  for (const [i, node] of (facts.n ?? []).entries()) {
    const isSite = node[0] !== "" && node[0] !== "V";
    if (isSite) walkPassed(e, pending, sites++);
    nodes.push(nodeLocation(e, n, { node, index: i, frames, statics }));
  }
  walkPassed(e, pending, Infinity);
  for (const stmt of facts.self ?? []) e.b.o.notes.push({ kind: "selfAssignment", at: placeOf(e.b.o, n.pos), func: funcString(e.fn, e.b.o.print), stmt: String(stmt) });
  e.b.instances.set(n, nodes);
  for (const [, node, place] of (facts.clop ?? []) as readonly (readonly [number, number, string])[]) {
    const loc = nodes[node];
    const name = facts.n?.[node - paramCount(facts) - facts.sig.results.length - base.nodes.length]?.[1] ?? "";
    if (loc && !e.fn.dupok) e.b.closureParameters.push({ loc, name: name.slice(name.lastIndexOf(".") + 1), at: libraryPlace(e, place) });
  }
  const at = (i: number): Location => (i === HEAP ? e.b.heap : i === MUTATOR ? e.b.mutator : i === CALLEE ? e.b.callee : (nodes[i] ?? e.b.blank));
  const edges = facts.g ?? [];
  for (let i = 0; i + 2 < edges.length; i += 3) {
    const [dst = 0, src = 0, derefs = 0] = edges.slice(i, i + 3);
    flowThrough(e, n, { dst: at(dst), src: at(src), derefs }, facts.why?.[i / 3]);
  }
  for (const [i, [, , , , args]] of parameterCalls(facts).entries()) {
    if (!n.std?.calls.has(i)) for (const a of args) e.b.flow(e.b.heapHole(), at(a));
  }
  for (const p of passed) bindPassed(e, p, at);
  facts.sig.results.forEach((_, i) => {
    const result = nodes[paramCount(facts) + i];
    const k = ks?.[i];
    if (result && k) e.b.flow(k, result);
  });
}

/** Parameters and results that are variables of the summary too: for -m=2 they are one, since every step on the way counts. */
function sameVariables(e: Escape, n: CallExpr, facts: FuncFacts, before: number): [number, Location][] {
  if (!e.b.o.verbose) return [];
  const outer = paramCount(facts) + facts.sig.results.length;
  return (facts.why ?? []).flatMap((why, i): [number, Location][] => {
    const [dst = 0, src = 0] = facts.g?.slice(3 * i, 3 * i + 2) ?? [];
    const [own, node] = src < outer ? [src, dst] : [dst, src];
    const loc = why === 1 && own >= 0 && own < outer && node >= before ? variable(e, n, node - before) : undefined;
    return loc ? [[own, loc]] : [];
  });
}

/** What evaluating a function value does, apart from yielding it. */
function effects(e: Escape, arg: Expr): void {
  e.stmts(arg.init);
  if (arg.kind === "CONVNOP" || arg.kind === "PAREN") effects(e, arg.x);
  if (arg.kind === "INLCALL") e.stmts(arg.body);
}

/** The assignment that inlining makes of the arguments. */
function assignment(e: Escape, n: CallExpr, left: string): Site {
  return quote(n.pos, `${left} := ${n.args.map((a) => exprString(a, e.b.o.print)).join(", ")}`);
}

const quote = (pos: XPos, text: string, at?: Position): Site => ({ kind: "SITE", op: "", text, pos, silent: true, ...(at ? { at } : {}) });

/** One edge of a summary. For -m=2 the order in which things are found matters, and so does each variable on the way. */
function flowThrough(e: Escape, n: CallExpr, { dst, src, derefs }: { readonly dst: Location; readonly src: Location; readonly derefs: number }, why: EdgeWhy | undefined): void {
  if (!e.b.o.verbose || !Array.isArray(why) || why.length < 2) return e.b.flow(new Hole(dst, derefs), src, innerOf(e, n, why));
  let from = src;
  for (const [i, [own, to, ...steps]] of (why as readonly FlowSegment[]).entries()) {
    const last = i === why.length - 1;
    const into = last ? dst : Object.assign(e.b.newLocation(undefined, src.frame, Infinity, false), { label: to, transit: true });
    e.b.flow(new Hole(into, own, notesOf(e, n, steps)), from);
    from = into;
  }
}

/** The flows inside the body that one edge of the summary stands for. */
function innerOf(e: Escape, n: CallExpr, why: EdgeWhy | undefined): readonly InnerFlow[] | undefined {
  if (!why || !(e.b.o.verbose || e.b.o.explain)) return undefined;
  return why === 1 ? [] : why.map(([derefs, to, ...steps]) => ({ derefs, to: to === "" ? undefined : to, notes: notesOf(e, n, steps) }));
}

function notesOf(e: Escape, n: CallExpr, steps: readonly (readonly string[])[]): FlowNote | undefined {
  let next: FlowNote | undefined;
  for (const [text = "", why = "", place] of steps.toReversed()) next = { next, where: quote(n.pos, spoken(e, text), place === undefined ? undefined : libraryPlace(e, place)), why };
  return next;
}

/** [parameter, index in `i`, loop depth, allocations before it, nodes of its arguments, where its results flow]. */
type ParameterCall = readonly [string, number, number, number, readonly number[], readonly (readonly [number, number])[]];

const parameterCalls = (facts: FuncFacts): readonly ParameterCall[] => (facts.pc ?? []) as unknown as readonly ParameterCall[];

/** A call of a function that the caller passed, with that function's body in its place. */
interface Passed {
  readonly entry: ParameterCall;
  readonly inlined: InlinedCallExpr;
  /** Index of the argument that was passed. */
  readonly argument: number;
}

function passedCalls(n: CallExpr, facts: FuncFacts): Passed[] {
  const found: Passed[] = [];
  for (const [i, entry] of parameterCalls(facts).entries()) {
    const inlined = n.std?.calls.get(i);
    const skip = facts.base ? -facts.base.named : facts.recv === undefined ? 0 : 1;
    if (inlined) found.push({ entry, inlined, argument: entry[0] === "zr" ? 0 : Number(entry[0].slice(1)) + skip });
  }
  return found;
}

/** Whether `arg` is a function whose calls in the library body were inlined: then nothing flows into its parameter. */
export function isPassed(n: CallExpr, arg: Expr): boolean {
  const facts = n.std?.base && n.fun.kind !== "METHEXPR" ? n.std.base.std?.then?.facts : staticCalleeName(staticValue(n.fun))?.facts;
  return facts !== undefined && passedCalls(n, facts).some((p) => argumentsOf(n, facts)[p.argument] === arg);
}

/** Walks the bodies that come before allocation number `before`. */
function walkPassed(e: Escape, pending: Passed[], before: number): void {
  for (let p = pending[0]; p && p.entry[3] <= before; p = pending[0]) {
    pending.shift();
    const depth = e.loopDepth;
    e.loopDepth = p.entry[2] - 1 + depth;
    e.stmts(p.inlined.init);
    e.stmts(p.inlined.body);
    e.loopDepth = depth;
  }
}

/** Lets the arguments flow into the passed function's parameters, and its results to where the library uses them. */
function bindPassed(e: Escape, { entry: [, , depth, , args, results], inlined }: Passed, at: (i: number) => Location): void {
  const params = inlined.init.flatMap((s) => (s.kind === "AS2" ? s.init.flatMap((d) => (d.kind === "DCL" ? [d.x] : [])) : []));
  params.forEach((p, i) => {
    const arg = args[i];
    if (arg !== undefined) e.b.flow(new Hole(e.b.location(p)), at(arg));
  });
  const outer = e.loopDepth;
  e.loopDepth = depth - 1 + outer;
  inlined.results.forEach((r, i) => {
    const [dst = BLANK, derefs = 0] = results[i] ?? [];
    e.expr(new Hole(at(dst), derefs), r);
  });
  e.loopDepth = outer;
}

/** The arguments that the summary knows: all but a dictionary, and but the receiver of a method upon a result. */
function argumentsOf(n: CallExpr, facts: FuncFacts): readonly Expr[] {
  if (facts.base?.argument) return [];
  if (facts.base) return n.fun.kind === "METHEXPR" ? n.args.slice(1) : n.args;
  return n.args.filter((_, i) => i !== facts.dictionary);
}

/** Of a call upon a result: what the first call's parameters and nodes became. If that is not known, all of it is the heap's. */
function baseNodes(e: Escape, n: CallExpr, facts: FuncFacts): { readonly params: readonly Location[]; readonly nodes: readonly Location[] } {
  if (!facts.base) return { params: [], nodes: [] };
  const call = n.std?.base ?? n.base;
  const known = call && e.b.instances.get(call);
  const own = call && staticCalleeName(call.fun)?.facts;
  if (!known || !own) return { params: Array.from({ length: facts.base.params }, () => e.b.heap), nodes: [] };
  return { params: known.slice(0, facts.base.params), nodes: known.slice(facts.base.params + own.sig.results.length) };
}

/** Closures in the body, as functions inside the caller. */
function closureFrames(e: Escape, n: CallExpr, facts: FuncFacts): readonly Frame[] {
  const frames: Frame[] = [e.frame];
  for (const [i, parent] of (facts.par ?? []).entries()) {
    if (i > 0) frames.push({ parent: frames[Number(parent)] ?? e.frame, resultsLost: false, results: [], name: closureTitle(e, n, facts, i) });
  }
  return frames;
}

/** The name of closure `ordinal` of the body: the caller's, those of the functions inlined on the way, and a number. */
function closureTitle(e: Escape, n: CallExpr, facts: FuncFacts, ordinal: number): string {
  const path: string[] = [];
  for (let at = facts.c?.[ordinal - 1] ?? -1; at >= 0; at = facts.i?.[at]?.[1] ?? -1) path.unshift((facts.i?.[at]?.[0] ?? "").replace(/^\w+\./, ""));
  for (let at = inlineIndex(n.pos); at !== 0; ) {
    const outer = inlinedCall(e.b.o.ir.inlineTree, at);
    path.unshift(outer.func.printed);
    at = inlineIndex(outer.pos);
  }
  return `${[e.fn.printed, ...path].join(".")}${e.fn.closure ? "." : ".func"}${n.std?.closures.get(`.func${ordinal}`) ?? ordinal}`;
}

function captures(e: Escape, n: CallExpr, rows: NonNullable<FuncFacts["cap"]>): Note[] {
  const [at, func] = [placeOf(e.b.o, n.pos), funcString(e.fn, e.b.o.print)];
  return rows.map(([name, byValue, addr, assign, width]) => ({ kind: "capturing", at, func, name: spoken(e, name), byValue: byValue === 1, addr: addr === 1, assign: assign === 1, width }));
}

interface Context {
  readonly node: SummaryNode;
  readonly index: number;
  readonly frames: readonly Frame[];
  readonly statics: ReadonlyMap<string, string>;
}

function nodeLocation(e: Escape, n: CallExpr, { node: [kind, text, depth, , raw = {}], index, frames, statics }: Context): Location {
  const extra = raw as Extra;
  const frame = frames[extra.f ?? 0] ?? e.frame;
  const loopDepth = depth === 0 || frame !== e.frame ? depth : depth - 1 + e.loopDepth;
  const made = kind === "V" ? variable(e, n, index) : undefined;
  const loc = made ?? e.b.newLocation(kind === "" || (kind === "V" && !extra.p) ? undefined : siteOf(e, n.pos, { op: kind, text: textFor(kind, text, extra, statics), extra }), frame, loopDepth, false, roleOf(extra));
  loc.loopDepth = loopDepth;
  // What goes to the heap by way of variables is found only when the graph is solved.
  const later = e.b.o.verbose && Array.isArray(extra.hw) && extra.hw.length > 1;
  if (later) flowThrough(e, n, { dst: e.b.heap, src: loc, derefs: -1 }, extra.hw);
  if (extra.h && !later) loc.attrs |= ESCAPES | PERSISTS | MUTATES | CALLS;
  const inner = extra.h && !later ? innerOf(e, n, extra.hw) : undefined;
  if (inner) explainInner(e.b, loc, inner);
  if (extra.cl !== undefined) loc.closure = frames[extra.cl];
  if (loc.paramOut) {
    loc.resultIndex = extra.ri ?? 0;
    frame.results.push(loc);
  }
  return loc;
}

/** The variable that inlining added to the caller, if it did. */
function variable(e: Escape, n: CallExpr, index: number): Location | undefined {
  const name = n.std?.vars.get(index);
  return name && e.b.location(name);
}

const roleOf = (extra: Extra): "param" | "result" | undefined =>
  extra.c === PARAMETER_CLASS ? "param" : extra.c === RESULT_CLASS ? "result" : undefined;

function siteOf(e: Escape, pos: XPos, { op, text, extra }: { readonly op: string; readonly text: string; readonly extra: Extra }): Site {
  return { kind: "SITE", op, text: spoken(e, text), pos, silent: extra.g === true, ...(extra.p === undefined ? {} : { at: libraryPlace(e, extra.p) }) };
}

/** Unnamed results of inlined bodies belong to the caller's package, which may be the library's: that of a wrapper. */
const spoken = (e: Escape, text: string): string =>
  e.fn.pkg === e.b.o.ir.pkg ? text : text.replaceAll(/(?<![\w.~])~r(?=\d)/g, `${qualified("", e.fn.pkg, e.b.o.print)}~r`);

/** `$GOROOT/src/os/dir.go:146:36` as a position. */
function libraryPlace(e: Escape, place: string): Position {
  const [, file = "", line = "0", col = "0"] = /^(.*?):(\d+)(?::(\d+))?$/.exec(place) ?? [];
  return { file: file.replace("$GOROOT", e.b.o.goroot), line: Number(line), col: Number(col) };
}

/** The text of an allocation; a parameter in it that is constant at this call shows as the constant. */
function textFor(kind: string, text: string, extra: Extra, statics: ReadonlyMap<string, string>): string {
  const constant = extra.sp === undefined ? undefined : statics.get(extra.sp);
  if (constant === undefined) return text;
  if (kind === "MAKESLICE") return withLastOperand(text, constant);
  // In a conversion the constant shows its value alone: the type is there already.
  const open = text.indexOf("(");
  return open < 0 ? constant : `${text.slice(0, open + 1)}${statics.get(`(${extra.sp ?? ""})`) ?? constant})`;
}

/** `make([]T, n)` with its last operand replaced. */
function withLastOperand(text: string, operand: string): string {
  let depth = 0;
  for (let i = text.length - 2; i >= 0; i--) {
    const c = text[i];
    if (c === ")") depth++;
    else if (c === "(" && depth > 0) depth--;
    else if (depth === 0 && (c === "(" || c === ",")) return `${text.slice(0, i + 1)}${c === "," ? " " : ""}${operand})`;
  }
  return text;
}

/** Texts of arguments that are constants, and lengths of those that are slice literals, by the summary's names of parameters. */
function staticArguments(e: Escape, n: CallExpr, facts: FuncFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const skip = facts.base ? -facts.base.named : facts.recv === undefined ? 0 : 1;
  argumentsOf(n, facts).forEach((arg, i) => {
    const name = i < skip ? "zr" : `z${i - skip}`;
    const value = staticOf(e, arg);
    if (value.kind === "LITERAL") {
      found.set(name, exprString({ ...value, type: arg.type }, e.b.o.print));
      found.set(`(${name})`, valueString(value.value));
    }
    if (value.kind === "SLICELIT") found.set(`len ${name}`, String(value.len));
  });
  return found;
}

/** The value of `x` where it is known, also through the results of inlined library calls. */
export function staticOf(e: Pick<Escape, "b" | "fn">, x: Expr): Expr {
  const value = e.b.o.oracles.of(e.fn).staticValue(x);
  const facts = value.kind === "CALLFUNC" && value.std ? staticCalleeName(value.fun)?.facts : undefined;
  if (value.kind !== "CALLFUNC" || !facts) return value;
  const known = facts.rs;
  const text = Array.isArray(known) ? known[0] : known;
  if (typeof text !== "string" || text === "") return value;
  if (text.startsWith("= ")) return literal(value, fromExactString(text.slice(2).replace(/^[\w.]+\((.*)\)$/, "$1")));
  const arg = value.args[text === "zr" ? 0 : Number(text.slice(1)) + (facts.recv === undefined ? 0 : 1)];
  return arg ? staticOf(e, arg) : value;
}

function literal(at: CallExpr, value: Value): Expr {
  return value.kind === "unknown" ? at : { kind: "LITERAL", pos: at.pos, init: [], type: at.type, value };
}

/** An int constant. */
export const intLiteral = (pos: XPos, n: number, type: Expr["type"] = basic.int): Expr => ({ kind: "LITERAL", pos, init: [], type, value: makeInt64(n) });
