/**
 * Lowering: IR to the low form, function by function.
 *
 * Decides representation (leaves, memory), order of evaluation, checks, barriers and which runtime function does the work. Where data and types lie it asks
 * of its `Unit`; how the low form becomes WebAssembly is codegen's.
 *
 * Go: cmd/compile/internal/walk.
 */
import { RUNTIME_PACKAGE } from "../../abi/runtime-symbols.ts";
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { type Func, type Name, someNode } from "../ir/index.ts";
import { findUses, type Uses } from "./addressed.ts";
import { capturedLayout } from "./call.ts";
import { type Doors, Fn } from "./context.ts";
import { bindDefers, runDefers } from "./defers.ts";
import { value } from "./expr.ts";
import { type FrameObject, get, type LExpr, type LFunc, load, type Local, type LStmt, plus, type Site, zeroOf } from "./lir.ts";
import { RESULT_CELLS } from "../../abi/leaves.ts";
import { loadPlace, place, storageOf } from "./place.ts";
import type { Placeable } from "./placed.ts";
import { returnValues, stmt, stmts } from "./stmt.ts";
import type { Unit } from "./unit.ts";

export * from "./lir.ts";
export type { StaticData, Unit } from "./unit.ts";
export { kindOf, Layouts } from "./layout.ts";
export { onlyReturns, placedLiteral, placedSymbol } from "./placed.ts";
export { isPlainMemory } from "./kinds.ts";
export { initialise } from "./literal.ts";
export { isStaticCall } from "./static.ts";
export { areaCount, directForm, forwarding, parameterTypes, resultTypes } from "./wrappers.ts";

const doors: Doors = { value, place, stmts, stmt };

/** A context for lowering outside any function: static data. */
export function freeContext(unit: Unit, fn: Func): Fn {
  return new Fn(unit, fn, doors, new Set());
}

/** The low form of `fn`; with `placed`, its second form (placed.ts). Throws Unsupported at a construct that we cannot do. */
export function lowerFunc(unit: Unit, fn: Func, placed?: Placeable): LFunc {
  const uses = findUses(fn);
  const hasDefer = uses.defers;
  const c = new Fn(unit, fn, doors, uses.addressed);
  c.gotoLabels = uses.gotoLabels;
  const { params, prologue } = bindParameters(c, fn, uses, placed);
  c.resultNames = fn.results;
  const setup = c.capture(() => {
    bindDefers(c, uses);
    for (const r of fn.results) bindResult(c, r, hasDefer || uses.addressed.has(r));
  });
  let deferSite: Site | undefined;
  const body = c.capture(() => {
    if (!hasDefer) return bodyWithoutDefer(c, fn);
    deferSite = bodyWithDefer(c, fn);
  });
  const list = [...c.clearing(), ...prologue, ...setup, ...body];
  const tail = tailBody(fn, list, c);
  const results = fn.results.flatMap((r, i) => (c.areas[i] ? [] : unit.layouts.leaves(r.type).map((leaf) => leaf.type)));
  if (results.length > RESULT_CELLS) {
    c.pos = fn.pos;
    return c.unsupported(`a function with ${results.length} words of results`);
  }
  return {
    symbol: fn.symbol, at: fn.pos, ...(fn.recv ? { method: fn.name.sym.slice(fn.name.sym.lastIndexOf(".") + 1) } : {}), params, results, hasContext: c.context !== undefined, locals: c.locals, objects: c.objects, body: tail ?? list, cost: c.cost + 5, hasDefer,
    ...(deferSite ? { deferSite } : {}), pinned: hasDefer ? [...c.areas.flatMap((a) => a ?? []), ...fn.results.flatMap((r) => pointerOf(c, r))] : [],
    pinnedObjects: hasDefer ? [...(c.openDefers ? [c.openDefers.object] : []), ...fn.results.flatMap((r) => objectOf(c, r))] : [],
    ...(c.openDefers ? { openDefers: c.openDefers } : {}), unpreemptible: fn.pkg.path === RUNTIME_PACKAGE, tail: tail !== undefined,
  };
}

function objectOf(c: Fn, name: Name): FrameObject[] {
  const s = c.storage.get(name);
  return s?.kind === "frame" ? [s.object] : [];
}

/** The local with the address of a result that lives in the heap. */
function pointerOf(c: Fn, name: Name): Local[] {
  const s = c.storage.get(name);
  return s?.kind === "pointer" ? [s.local] : [];
}

/** Whether `fn` is a wrapper that recover looks through: one that calls. Where the callee was inlined, the wrapper stands for it. */
export function isThinWrapper(fn: Func): boolean {
  return fn.wrapper && !fn.body.some((s) => someNode(s, (n) => n.kind === "INLCALL"));
}

/** The body of a wrapper that only calls and hands on the results, without the return: such a function needs no frame. Undefined for others. */
function tailBody(fn: Func, list: readonly LStmt[], c: Fn): LStmt[] | undefined {
  if (!isThinWrapper(fn) || c.objects.length > 0 || c.areas.some((a) => a)) return undefined;
  const last = list.at(-1);
  const body = last?.kind === "return" ? list.slice(0, -1) : [...list];
  const call = body.at(-1);
  if (call?.kind !== "call" || call.may !== "block" || !body.every((s, i) => s.kind === "set" || i === body.length - 1)) return undefined;
  const values = last?.kind === "return" ? last.values : [];
  const hands = values.length === 0 ? fn.results.length === 0 : values.length === call.results.length && values.every((v, i) => v.kind === "get" && v.local === call.results[i]);
  return hands ? body : undefined;
}

// ---- parameters and results ---------------------------------------------------------------------------------

function bindParameters(c: Fn, fn: Func, uses: Uses, placed: Placeable | undefined): { params: Local[]; prologue: LStmt[] } {
  const { layouts } = c.unit;
  const params: Local[] = [];
  const param = (type: Local["type"], pointer: boolean): Local => {
    const l = c.local(type, pointer);
    params.push(l);
    return l;
  };
  c.areas = layouts.resultAreas(fn.results.map((r) => r.type)).map((area) => (area ? param(I32, true) : undefined));
  const names = fn.recv ? [fn.recv, ...fn.params] : fn.params;
  const arriving = names.map((name) => {
    const l = layouts.of(name.type);
    return { name, locals: l.byAddress ? [param(I32, true)] : (l.leaves ?? []).map((leaf) => param(leaf.type, leaf.pointer)) };
  });
  if (placed) c.placed = { literal: placed, at: param(I32, true) };
  const closure = fn.closure !== undefined || fn.closureVars.length > 0;
  // Methods take a context that they ignore, so that an itab can hold the method itself.
  if (closure || fn.recv) c.context = param(I32, closure);
  const prologue = c.capture(() => {
    for (const { name, locals } of arriving) bindParameter(c, name, locals, uses);
    if (c.context && closure) bindCaptured(c, fn, c.context);
  });
  return { params, prologue };
}

function bindParameter(c: Fn, name: Name, locals: readonly Local[], uses: Uses): void {
  const l = c.unit.layouts.of(name.type);
  const arrived = (): readonly LExpr[] => (l.byAddress ? c.loadValue(name.type, get(locals[0] ?? bug("no address")), 0) : locals.map(get));
  if (name.class === "autoheap") {
    const p = c.local(I32, true);
    c.set(p, c.newObject(name.type, name.sym));
    c.storeValue(name.type, arrived(), get(p), 0, "heap");
    c.storage.set(name, { kind: "pointer", local: p, home: "heap" });
    return;
  }
  const inMemory = uses.addressed.has(name) || (l.byAddress && uses.assigned.has(name));
  if (inMemory) {
    const object = c.object(l.size, l.pointers);
    c.storeValue(name.type, arrived(), c.frame(object), 0, "stack");
    c.storage.set(name, { kind: "frame", object });
    return;
  }
  if (!l.byAddress) c.storage.set(name, { kind: "locals", locals });
  else c.storage.set(name, { kind: "pointer", local: locals[0] ?? bug("no address"), home: "stack" });
}

/** The captured variables of a closure: values or addresses in its object. */
function bindCaptured(c: Fn, fn: Func, context: Local): void {
  for (const { name, offset } of capturedLayout(c, fn).vars) {
    if (!name.byval) {
      const p = c.local(I32, true);
      c.set(p, load(OP.i32_load, get(context), offset));
      c.storage.set(name, { kind: "pointer", local: p, home: "heap" });
      continue;
    }
    const l = c.unit.layouts.of(name.type);
    if (l.leaves && !c.addressed.has(name)) {
      const locals = c.localsFor(name.type);
      c.setAll(locals, c.loadValue(name.type, get(context), offset));
      c.storage.set(name, { kind: "locals", locals });
    } else {
      const p = c.local(I32, true);
      c.set(p, plus(get(context), offset));
      c.storage.set(name, { kind: "pointer", local: p, home: "heap" });
    }
  }
}

/** Gives a result variable its place and sets it to zero. */
function bindResult(c: Fn, name: Name, inMemory: boolean): void {
  const l = c.unit.layouts.of(name.type);
  if (name.class === "autoheap" || (l.leaves && !inMemory)) {
    const s = storageOf(c, name);
    if (s.kind === "locals") c.setAll(s.locals, s.locals.map((x) => zeroOf(x.type)));
    return;
  }
  const object = c.object(l.size, l.pointers);
  c.zero(c.frame(object), l.size);
  c.storage.set(name, { kind: "frame", object });
}

// ---- bodies -------------------------------------------------------------------------------------------------

function resultValues(c: Fn): (readonly LExpr[])[] {
  return c.resultNames.map((name) => loadPlace(c, place(c, name), name.type));
}

function bodyWithoutDefer(c: Fn, fn: Func): void {
  stmts(c, fn.body);
  if (c.resultNames.length === 0) return;
  const last = c.out.at(-1);
  if (last?.kind === "return") return;
  c.pos = fn.endPos;
  returnValues(c, resultValues(c));
}

/** The body, then the deferred calls, then the results: also after a panic that one of them recovered. */
function bodyWithDefer(c: Fn, fn: Func): Site {
  const exit = c.label("exit");
  c.exit = exit;
  const body = c.capture(() => stmts(c, fn.body));
  c.emit({ kind: "block", label: exit, body });
  c.exit = undefined;
  c.pos = fn.endPos;
  const site = runDefers(c);
  returnValues(c, resultValues(c));
  return site;
}

