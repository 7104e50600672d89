/**
 * Calls, function values, closures and method values.
 *
 * Large structs and arrays are passed as copies in this frame, results of such types come back in this frame (abi/structs.ts). A closure is an object: the
 * table index of its code, then what it captured, by value or by address as escape analysis decided.
 *
 * Go: cmd/compile/internal/walk/closure.go, expr.go (walkCall), typecheck/func.go (ClosureType, MethodValueType).
 */
import { ITAB } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { roundUp } from "../../base/units.ts";
import { OP, type ValType } from "../../wasm/opcodes.ts";
import { type CallExpr, type ClosureExpr, type Expr, type Func, type MethodExpr, type MethodValueExpr, type Name, neverSet } from "../ir/index.ts";
import { identical, type Placed, type SignatureType, type Type, under, type Var } from "../types/index.ts";
import type { Fn, Value } from "./context.ts";
import { single, value } from "./operand.ts";
import { get, i32, type LCall, type LExpr, load, op } from "./lir.ts";
import { helper } from "./helpers.ts";
import { intrinsic } from "./intrinsics.ts";
import { orderOperands } from "./order.ts";
import { storageOf } from "./place.ts";
import { placedSymbol } from "./placed.ts";
import { interfaceMethodWrapper, methodValueWrapper } from "./wrappers.ts";

/** The results of a call, one value each. */
export function callValues(c: Fn, n: CallExpr): Value[] {
  c.runInit(n);
  orderOperands(c, n);
  const outer = c.pos;
  c.pos = n.pos;
  const results = n.kind === "CALLINTER" ? interfaceCall(c, n) : functionCall(c, n);
  for (const kept of n.keepAlive ?? []) value(c, kept).forEach((x) => c.keepAlive(x));
  c.pos = outer;
  return results;
}

/** The value of a call with one result, or all of them in a row. */
export const call = (c: Fn, n: CallExpr): Value => callValues(c, { ...n, init: [] }).flat();

const signatureOf = (t: Type): SignatureType => {
  const u = under(t);
  return u.kind === "Signature" ? u : bug("a call of something that is no function");
};

interface Argument {
  readonly type: Type;
  readonly value: Value;
}

function functionCall(c: Fn, n: CallExpr): Value[] {
  const fun = unwrap(n.fun);
  const sig = signatureOf(fun.type);
  const args = (): Argument[] => argumentsOf(c, sig, n.args);
  if (fun.kind === "NAME" && fun.class === "func") {
    const symbol = c.unit.codeOf(fun);
    const list = args();
    if (fun.runtime) return [helper(c, fun.sym, list.flatMap((a) => a.value))];
    const instead = intrinsic(c, symbol, c.unit.isOwn(symbol), list.flatMap((a) => a.value));
    if (instead) return [instead];
    if (n.std?.placed) return placedCall(c, symbol, sig, list, n.std.placed);
    return direct(c, symbol, sig, list, fun.func?.recv ? NO_CONTEXT : undefined);
  }
  if (fun.kind === "METHEXPR" && under(fun.x.type).kind !== "Interface") return direct(c, methodCode(c, fun), sig, args(), NO_CONTEXT);
  if (fun.kind === "CLOSURE") {
    const context = fun.func.closureVars.length === 0 ? i32(0) : c.save(closure(c, fun), true);
    return direct(c, closureSymbol(fun), sig, args(), context);
  }
  const code = c.save(single(c, fun), true);
  const list = args();
  return invoke(c, sig, list, code, (params, results) => ({ module: "table", params, results, index: load(OP.i32_load, c.notNil(code)) }));
}

/** Calls the second form of a library function (placed.ts) with memory in this frame. */
function placedCall(c: Fn, symbol: string, sig: SignatureType, args: readonly Argument[], { size, pointers }: Placed): Value[] {
  const saved = args.map((a) => ({ ...a, value: c.saveLeaves(a.value, a.type) }));
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  return direct(c, placedSymbol(symbol), sig, saved, c.frame(object));
}

/** What a method gets as its context. */
const NO_CONTEXT = i32(0);

function unwrap(n: Expr): Expr {
  let at = n;
  while ((at.kind === "PAREN" || at.kind === "CONVNOP") && at.init.length === 0) at = at.x;
  return at;
}

function argumentsOf(c: Fn, sig: SignatureType, args: readonly Expr[]): Argument[] {
  return args.map((a, i) => ({ type: sig.params[i]?.type ?? a.type, value: value(c, a) }));
}

/** Go: abi.ITab.Fun. */
const GO_ITAB_FUN = 24;

/** Calls a function by its symbol. */
export function direct(c: Fn, symbol: string, sig: SignatureType, args: readonly Argument[], context?: LExpr): Value[] {
  return invoke(c, sig, args, context, (params, results) => c.unit.func(symbol, params, results, c.pos));
}

function interfaceCall(c: Fn, n: CallExpr): Value[] {
  const { fun } = n;
  if (fun.kind !== "DOTINTER") return bug("an interface call without its method");
  const [word, data] = value(c, fun.x);
  if (!word || !data) return bug("an interface without parts");
  const itab = c.save(word);
  const receiver = c.save(data, true);
  const sig = signatureOf(fun.type);
  const args = argumentsOf(c, sig, n.args);
  const index = c.unit.methodIndex(fun.x.type, fun.sel, fun.selPkg?.path ?? "");
  const at = ITAB.methods + 8 * index;
  // Go's table of methods begins at byte 24; of a variable that is never set the compiler knows that it is nil.
  let of = fun.x;
  while (of.kind === "DOT") of = of.x;
  const known = of.kind === "NAME" && !(of.defn?.kind === "AS" && of.defn.y) && neverSet(of);
  const code = (): LExpr => load(OP.i32_load, c.notNil(itab, known ? 0 : GO_ITAB_FUN + 8 * index), at);
  return invoke(c, sig, args, i32(0), (params, results) => ({ module: "table", params, results, index: code(), method: fun.sel }), receiver);
}

/** Copies what goes by address, calls, and takes the results. */
function invoke(
  c: Fn, sig: SignatureType, args: readonly Argument[], context: LExpr | undefined,
  target: (params: ValType[], results: ValType[]) => LCall["target"], receiver?: LExpr,
): Value[] {
  c.outgoing = 0;
  const { layouts } = c.unit;
  const types = sig.results.map((r) => r.type ?? bug("a result without type"));
  const areas = layouts.resultAreas(types).map((area, i) => {
    if (!area) return undefined;
    const l = layouts.of(types[i] ?? bug("no type"));
    return l.leaves ? c.outgoingObject(l.size, l.pointers) : c.object(l.size, l.pointers);
  });
  const objects = args.map((a) => {
    const l = layouts.of(a.type);
    return l.byAddress ? c.outgoingObject(l.size, l.pointers) : undefined;
  });
  args.forEach((a, i) => {
    const object = objects[i];
    if (object) c.storeValue(a.type, a.value, c.frame(object), 0, "stack");
  });
  const passed: LExpr[] = areas.flatMap((o) => (o ? [c.frame(o)] : []));
  if (receiver) passed.push(receiver);
  args.forEach((a, i) => {
    const object = objects[i];
    passed.push(...(object ? [c.frame(object)] : a.value));
  });
  if (context) passed.push(context);
  const flat = types.flatMap((t, i) => (areas[i] ? [] : layouts.leaves(t)));
  const site = c.site(objects.flatMap((o) => o ?? []));
  const made = target(passed.map((p) => p.type), flat.map((l) => l.type));
  // The index of a table call is read before its arguments are passed, so it needs a name of its own.
  const locals = c.call(made, passed, { may: "block", pointers: flat.map((l) => l.pointer), site });
  c.outgoing = 0;
  let next = 0;
  return types.map((t, i) => {
    const area = areas[i];
    const l = layouts.of(t);
    if (area) return l.leaves ? c.saveLeaves(c.loadValue(t, c.frame(area), 0), t) : [c.frame(area)];
    const count = layouts.leaves(t).length;
    next += count;
    return locals.slice(next - count, next).map(get);
  });
}

// ---- function values ----------------------------------------------------------------------------------------

/** A declared function, or T.M, as a value. */
export function funcValue(c: Fn, n: Name | MethodExpr): LExpr {
  const sig = signatureOf(n.type);
  if (n.kind === "NAME") return c.unit.staticClosure(c.unit.codeOf(n), sig, n.func?.recv ? NO_CONTEXT : undefined, c.pos);
  if (under(n.x.type).kind === "Interface") return interfaceMethodWrapper(c, n, sig);
  return c.unit.staticClosure(methodCode(c, n), sig, NO_CONTEXT, n.pos);
}

/** The code of T.M: the method's own, or the wrapper that adapts another receiver to it. */
function methodCode(c: Fn, n: MethodExpr): string {
  const declared = under(n.func.type);
  const recv = declared.kind === "Signature" ? declared.recv?.type : undefined;
  return recv && identical(recv, n.x.type) ? c.unit.codeOf(n.func) : c.unit.methodCode(n.x.type, n);
}

/** Symbol of the code of a function literal. */
export const closureSymbol = (n: ClosureExpr): string => n.func.symbol;

/** Where the captured variables of a closure lie in its object. */
export interface Captured {
  readonly size: number;
  readonly pointers: readonly number[];
  readonly vars: readonly { readonly name: Name; readonly offset: number }[];
}

/** The layout of the closure objects of `fn`. */
export function capturedLayout(c: Fn, fn: Func): Captured {
  let size = 8;
  const pointers: number[] = [];
  const vars = fn.closureVars.map((name) => {
    const l = name.byval ? c.unit.layouts.of(name.type) : { size: 8, align: 8, pointers: [0] };
    const offset = roundUp(size, l.align);
    size = offset + l.size;
    for (const p of l.pointers) pointers.push(offset + p);
    return { name, offset };
  });
  return { size: roundUp(size, 8), pointers, vars };
}

const POINTER_TO_BYTE: Type = { kind: "Basic", basic: "unsafe.Pointer", name: "Pointer" };
const UINTPTR: Type = { kind: "Basic", basic: "uintptr", name: "uintptr" };

/** The struct type of an object whose first word is code. */
export function closureType(captured: readonly Type[]): Type {
  const field = (name: string, type: Type): Var => ({ kind: "Var", name, pos: 0 as Var["pos"], type, embedded: false, role: "field", used: true });
  return { kind: "Struct", fields: [field("F", UINTPTR), ...captured.map((t, i) => field(`X${i}`, t))], tags: [] };
}

/** The value of a function literal: a pointer to its closure object. */
export function closure(c: Fn, n: ClosureExpr): LExpr {
  const fn = n.func;
  if (fn.closureVars.length === 0) return c.unit.staticClosure(closureSymbol(n), fn.type);
  const layout = capturedLayout(c, fn);
  const values = layout.vars.map(({ name }) => captureOf(c, name));
  const inFrame = n.esc === "none";
  let p: LExpr;
  if (inFrame) p = c.frame(c.object(layout.size, layout.pointers));
  else {
    const type = closureType(fn.closureVars.map((v) => (v.byval ? v.type : POINTER_TO_BYTE)));
    p = c.entry("mallocgc", [i32(layout.size), c.unit.type(type), i32(1)], { what: "func literal", type: "func" })[0] ?? bug("no result");
  }
  c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: p, x: op(OP.i64_extend_i32_u, c.unit.valueForm(closureSymbol(n))) });
  layout.vars.forEach(({ name, offset }, i) => {
    const v = values[i] ?? bug("a capture without value");
    if (name.byval) c.storeValue(name.type, v, p, offset, inFrame ? "stack" : "heap");
    else c.storeValue(POINTER_TO_BYTE, v, p, offset, inFrame ? "stack" : "heap");
  });
  return p;
}

/** What a closure stores for a captured variable: its value or its address. */
function captureOf(c: Fn, name: Name): Value {
  const outer = name.outer ?? bug("a captured variable without its original");
  if (name.byval) return value(c, outer);
  const s = storageOf(c, outer);
  switch (s.kind) {
    case "frame": return [c.frame(s.object)];
    case "pointer": return [get(s.local)];
    case "locals": return bug(`${outer.sym} is captured by address but lives in locals`);
  }
}

/** x.M as a value: an object that holds the code of a wrapper and the receiver. */
export function methodValue(c: Fn, n: MethodValueExpr): LExpr {
  const recv = n.x.type;
  const v = c.saveLeaves(value(c, n.x), recv);
  if (under(recv).kind === "Interface") c.emit({ kind: "eval", x: c.notNil(v[0] ?? bug("no word")) });
  const slot = methodValueWrapper(c, n);
  const l = c.unit.layouts.of(recv);
  const size = 8 + roundUp(l.size, 8);
  const pointers = l.pointers.map((p) => p + 8);
  const p = n.esc === "none"
    ? c.frame(c.object(size, pointers))
    : (c.entry("mallocgc", [i32(size), c.unit.type(closureType([recv])), i32(1)], { what: `${n.sel} method value`, type: "func" })[0] ?? bug("no result"));
  c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: p, x: op(OP.i64_extend_i32_u, slot) });
  c.storeValue(recv, v, p, 8, n.esc === "none" ? "stack" : "heap");
  return p;
}

/** The closure that a go or defer statement starts: its call has neither arguments nor results. */
export function startedClosure(c: Fn, call0: Expr): LExpr {
  if (call0.kind !== "CALLFUNC") return c.unsupported("go or defer of something that is no call");
  if (call0.init.length > 0) c.doors.stmts(c, call0.init);
  const fun = unwrap(call0.fun);
  if (call0.args.length > 0) return bug("go or defer of a call with arguments");
  return c.save(single(c, fun), true);
}

