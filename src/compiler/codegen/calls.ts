/**
 * Calls: spill, name the site, call, take the results, see whether the callee has unwound. And calls in whose place the callee's body is written.
 *
 * Such a body is the callee's own code with its own frame, sites and charges, so stacks, traces and virtual time are what they would be; only the
 * WebAssembly call is saved. A callee without a frame cannot unwind but by a panic: then what the call would have stored is stored.
 * A call through the table compares the slot with those of likely callees first.
 *
 * Go: cmd/compile/internal/ssagen (call); Go's inliner has been before us and changes what a trace shows, this here does not.
 */
import { CELL } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import type { Label } from "../../wasm/code.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { LCall, LFunc } from "../lower/index.ts";
import { Body, type Host, isGo, type Likely, type Ready } from "./body.ts";
import { charge, saveLive, spill } from "./edges.ts";
import type { LiveSet } from "./liveset.ts";
import { loadOp } from "./words.ts";

/** Writes the statements of a function in place of a call; whether control reaches their end. */
export type WriteInPlace = (inner: Body) => boolean;

/** The same function stands so often in the place of its own calls. */
const MAX_SAME = 2;

/** The functions that would stand in place of a call in `body`, if there is room. */
export function inPlaceOf(body: Body, s: LCall): readonly LFunc[] {
  if (s.may !== "block" || body.depth >= body.nesting) return [];
  const callee = body.direct(s.target);
  return callee ? [callee.fn] : body.module.inlining.likely(s.target).map((l) => l.callee.fn);
}

/** Writes a call; whether it can return. */
export function emitCall(body: Body, s: LCall, live: LiveSet, write: WriteInPlace): boolean {
  const { code } = body;
  if (s.may === "panic") return panicCall(body, s);
  if (s.may === "block") {
    const callee = body.direct(s.target);
    if (callee && takes(body, [callee])) return inPlace(body, s, live, callee, write);
    const likely = body.module.inlining.likely(s.target);
    if (likely.length > 0 && takes(body, likely.map((l) => l.callee))) return guarded(body, s, live, likely, write);
  }
  spill(body, live);
  body.storeState(s.site);
  body.syncFuel();
  emitCallee(body, s);
  takeResults(body, s.results);
  body.reloadFuel();
  if (s.may === "gc") return true;
  body.loadCell(OP.i32_load, CELL.unw);
  code.if();
  saveLive(body, s.site);
  body.bail();
  code.end();
  return true;
}

function panicCall(body: Body, s: LCall): boolean {
  const { frame } = body;
  body.syncFuel();
  body.panicFrame(s.site);
  emitCallee(body, s);
  for (const _ of s.target.results) body.code.drop();
  body.bail();
  body.frame = frame;
  return false;
}

/** The call itself: compiled code is told our frame, the runtime finds it in its cell. */
export function emitCallee(body: Body, s: LCall): void {
  const { target } = s;
  const { code } = body;
  if (isGo(target)) code.get(body.frame);
  else body.storeStackPointer();
  for (const a of s.args) body.expr(a);
  if (target.module !== "table") return code.call(body.module.func(target));
  body.expr(target.index);
  code.callIndirect(body.module.type([I32, ...target.params], target.results));
}

function takeResults(body: Body, results: LCall["results"]): void {
  for (let i = results.length - 1; i >= 0; i--) {
    const r = results[i];
    if (!r) {
      body.code.drop();
      continue;
    }
    body.code.set(body.local(r));
    body.clean.delete(r.id);
  }
}

/** Resume code goes on behind a call: it has returned meanwhile, its results are in the cells. */
export function landCall(body: Body, s: LCall, state: number): void {
  body.code.i32(0);
  body.code.set(state);
  s.results.forEach((r, i) => {
    if (!r) return;
    body.loadCell(loadOp(r.type), CELL.results + 8 * i);
    body.code.set(body.local(r));
    body.clean.delete(r.id);
  });
}

// ---- in place -----------------------------------------------------------------------------------------------

/** Whether there is room for these functions here; takes it. */
function takes(body: Body, callees: readonly Ready[]): boolean {
  if (body.depth >= body.nesting || callees.some((r) => timesAround(body, r) >= MAX_SAME)) return false;
  const need = callees.reduce((n, r) => n + body.module.inlining.weight(r), 0);
  if (body.room.left < need) return false;
  body.room.left -= need;
  return true;
}

function timesAround(body: Body, r: Ready): number {
  let times = 0;
  for (let b: Body | undefined = body; b; b = b.host?.body) if (b.ready === r && b.host) times++;
  return times;
}

/** Where the ways out of a body in place of a call lead: both blocks are open while it is written. */
interface Ways {
  done: Label;
  unwound: Label | undefined;
  unwinds: boolean;
  /** In front of a call that is made after all. */
  after: Label;
}

function hostOf(body: Body, s: LCall, live: LiveSet, ways: Ways): Host {
  return {
    body, results: s.results,
    done: () => ways.done,
    abandon: () => ways.after,
    prepare: () => {
      const kept = body.clean.copy();
      spill(body, live);
      body.storeState(s.site);
      body.clean = kept;
    },
    leave: () => {
      ways.unwinds = true;
      if (ways.unwound !== undefined) return body.code.br(ways.unwound);
      saveLive(body, s.site);
      body.bail();
    },
  };
}

function inPlace(body: Body, s: LCall, live: LiveSet, callee: Ready, write: WriteInPlace): boolean {
  const { code } = body;
  if (!callee.points.frameless) {
    spill(body, live);
    body.storeState(s.site);
  }
  const ways: Ways = { done: 0, unwound: undefined, unwinds: false, after: 0 };
  const inner = new Body(body.module, callee, "normal", body.nesting, hostOf(body, s, live, ways));
  for (const a of s.args) body.expr(a);
  for (let i = s.args.length - 1; i >= 0; i--) code.set(inner.local(callee.fn.params[i] ?? bug("an argument too many")));
  openWays(body, ways);
  if (callee.quick) ways.after = code.block();
  if (begin(inner, ways) && write(inner)) code.br(ways.done);
  if (callee.quick) {
    code.end();
    inner.host?.prepare();
    callAfterAll(inner, ways);
  }
  closeWays(body, s, ways);
  return true;
}

/** A call through the table, which most likely runs one of a few functions. */
function guarded(body: Body, s: LCall, live: LiveSet, likely: readonly Likely[], write: WriteInPlace): boolean {
  const { code } = body;
  const { target } = s;
  if (target.module !== "table") return bug("a guarded call by name");
  const framed = likely.some((l) => !l.callee.points.frameless);
  if (framed) {
    spill(body, live);
    body.storeState(s.site);
  }
  for (const a of s.args) body.expr(a);
  body.expr(target.index);
  const index = body.scratch(`slot ${body.depth}`, I32);
  code.set(index);
  const args = target.params.map((type, i) => body.scratch(`argument ${body.depth} ${i} ${type}`, type));
  for (const l of args.slice().reverse()) code.set(l);
  const ways: Ways = { done: 0, unwound: undefined, unwinds: false, after: 0 };
  openWays(body, ways);
  const quick = likely.some((l) => l.callee.quick);
  if (quick) ways.after = code.block();
  for (const { callee, slot } of likely) {
    code.get(index);
    body.based("table", slot);
    code.op(OP.i32_eq);
    code.if();
    const inner = new Body(body.module, callee, "normal", body.nesting, hostOf(body, s, live, ways));
    callee.fn.params.forEach((p, i) => {
      code.get(args[i] ?? bug("too few arguments"));
      code.set(inner.local(p));
    });
    if (begin(inner, ways) && write(inner)) code.br(ways.done);
    code.end();
  }
  if (quick) code.end();
  const kept = body.clean.copy();
  if (!framed) {
    spill(body, live);
    body.storeState(s.site);
  }
  body.syncFuel();
  code.get(body.frame);
  for (const l of args) code.get(l);
  code.get(index);
  code.callIndirect(body.module.type([I32, ...target.params], target.results));
  returned(body, s.results, ways);
  body.clean = kept;
  closeWays(body, s, ways);
  return true;
}

function openWays(body: Body, ways: Ways): void {
  ways.done = body.code.block();
  ways.unwound = body.code.block();
}

function closeWays(body: Body, s: LCall, ways: Ways): void {
  const { code } = body;
  code.end();
  ways.unwound = undefined;
  if (ways.unwinds) {
    saveLive(body, s.site);
    body.bail();
  } else code.op(OP.unreachable);
  code.end();
  for (const r of s.results) if (r) body.clean.delete(r.id);
}

/** A real call has come back: to one of both ways. */
function returned(body: Body, results: LCall["results"], ways: Ways): void {
  takeResults(body, results);
  body.reloadFuel();
  body.loadCell(OP.i32_load, CELL.unw);
  ways.unwinds = true;
  body.code.brIf(ways.unwound ?? bug("a closed way"));
  body.code.br(ways.done);
}

/** Enters a function in place of its call. If its frame or the fuel is too much, the call is made after all: nothing has happened yet. */
function begin(inner: Body, ways: Ways): boolean {
  const { code } = inner;
  const { fn, frame, points, quick } = inner.ready;
  const host = inner.host ?? bug("no call to stand in for");
  // A local that may be read before it is set begins as zero.
  const entry = points.live.get(points.sites[0] ?? bug("no entry site"));
  for (const l of fn.locals) {
    if (!entry?.has(l.id) || fn.params.includes(l)) continue;
    inner.zero(l.type);
    code.set(inner.local(l));
  }
  if (points.frameless && !quick) {
    charge(inner, fn.cost);
    return true;
  }
  const fuel = inner.scratch(inner.fuel === undefined ? "fuel" : "fuel left", I64);
  code.get(host.body.frame);
  code.i32(frame.size);
  code.op(OP.i32_sub);
  if (!quick) code.tee(inner.frame);
  inner.loadCell(OP.i32_load, CELL.lim);
  code.op(OP.i32_lt_u);
  if (inner.fuel === undefined) inner.loadCell(OP.i64_load, CELL.fuel);
  else code.get(inner.fuel);
  code.i64(fn.cost);
  code.op(OP.i64_sub);
  code.tee(fuel);
  code.i64(0);
  code.op(OP.i64_lt_s);
  if (fn.unpreemptible) {
    code.drop();
  } else code.op(OP.i32_or);
  if (quick) code.brIf(ways.after);
  else {
    code.if();
    callAfterAll(inner, ways);
    code.end();
  }
  if (inner.fuel === undefined) code.i32(0);
  code.get(fuel);
  if (inner.fuel === undefined) code.mem(OP.i64_store, CELL.fuel);
  else code.set(inner.fuel);
  return true;
}

/** Makes the call in whose place something stands. The caller's frame is in order. */
function callAfterAll(inner: Body, ways: Ways): void {
  const { code, host } = inner;
  const { fn, home } = inner.ready;
  if (!host) return bug("no call to make");
  const kept = host.body.clean.copy();
  host.body.syncFuel();
  code.get(host.body.frame);
  for (const p of fn.params) code.get(inner.local(p));
  code.call(inner.module.func({ module: home === undefined ? "own" : "f", name: fn.symbol, params: [], results: [] }));
  returned(host.body, host.results, ways);
  host.body.clean = kept;
}

/** Leaves what stands in place of a call, for the call: it pays for itself. */
export function abandon(inner: Body): void {
  charge(inner, -inner.ready.fn.cost);
  inner.code.br(inner.host?.abandon() ?? bug("abandoned without a call"));
}
