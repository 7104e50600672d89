/**
 * The edges of a function and what it saves: taking a frame, giving it back, storing locals in their slots.
 *
 * Go: cmd/internal/obj/x86/obj6.go (stacksplit).
 */
import { CELL, UNWIND } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { I64, OP } from "../../wasm/opcodes.ts";
import type { Local, Site } from "../lower/index.ts";
import type { Body } from "./body.ts";
import type { LiveSet } from "./liveset.ts";
import { storeOp } from "./words.ts";

/** Takes a frame and charges for the call; goes the slow way if either runs out. The local "fuel" holds what is left. */
export function prologue(body: Body): void {
  const { frame, fn } = body.ready;
  const code = body.code;
  const fuel = body.scratch("fuel", I64);
  code.get(body.frame);
  code.i32(frame.size);
  code.op(OP.i32_sub);
  code.tee(body.frame);
  body.loadCell(OP.i32_load, CELL.lim);
  code.op(OP.i32_lt_u);
  code.i32(0);
  body.loadCell(OP.i64_load, CELL.fuel);
  code.i64(fn.cost);
  code.op(OP.i64_sub);
  code.tee(fuel);
  code.mem(OP.i64_store, CELL.fuel);
  if (!fn.unpreemptible) {
    code.get(fuel);
    code.i64(0);
    code.op(OP.i64_lt_s);
    code.op(OP.i32_or);
  }
  code.if();
  slowPrologue(body);
  body.loadCell(OP.i64_load, CELL.fuel);
  code.set(fuel);
  code.end();
  for (const p of fn.pinned) storeLocal(body, p);
}

/** The stack is too small, or the fuel is used up. */
function slowPrologue(body: Body): void {
  const { fn, frame, points } = body.ready;
  const code = body.code;
  const entry = points.sites[0] ?? bug("no entry site");
  const runtime = (name: "morestack" | "poll"): number => body.module.func({ module: "r", name, params: [], results: [] });
  code.get(body.frame);
  body.loadCell(OP.i32_load, CELL.lim);
  code.op(OP.i32_lt_u);
  code.if();
  code.i32(0);
  code.get(body.frame);
  code.i32(frame.size);
  code.op(OP.i32_add);
  code.mem(OP.i32_store, CELL.sp);
  code.get(body.frame);
  code.i32(frame.size);
  code.call(runtime("morestack"));
  code.set(body.frame);
  body.loadCell(OP.i32_load, CELL.unw);
  code.if();
  stopAtEntry(body, entry);
  code.end();
  code.end();
  if (fn.unpreemptible) return;
  body.loadCell(OP.i64_load, CELL.fuel);
  code.i64(0);
  code.op(OP.i64_lt_s);
  code.if();
  body.storeStackPointer();
  save(body, entry);
  code.i32(2);
  code.call(runtime("poll"));
  code.i32(1);
  code.op(OP.i32_eq);
  code.if();
  defaultUnwind(body);
  stopAtEntry(body, entry);
  code.end();
  code.end();
}

/** Leaves the function before it has begun. */
function stopAtEntry(body: Body, entry: Site): void {
  body.storeStackPointer();
  save(body, entry);
  body.bail();
}

/** A poll that answers "unwind" without saying why means that the goroutine is preempted. */
export function defaultUnwind(body: Body): void {
  const code = body.code;
  body.loadCell(OP.i32_load, CELL.unw);
  code.op(OP.i32_eqz);
  code.if();
  body.storeUnwind(UNWIND.block);
  code.end();
}

/** Gives the frame back: the trampoline finds the parent of resumed code there. Callers in normal code know their frames. */
export function leave(body: Body): void {
  if (!body.resume) return;
  const code = body.code;
  code.i32(0);
  code.get(body.frame);
  code.i32(body.ready.frame.size);
  code.op(OP.i32_add);
  code.mem(OP.i32_store, CELL.sp);
}

/** Takes `cost` from the fuel cell. */
export function charge(body: Body, cost: number): void {
  if (cost === 0) return;
  const code = body.code;
  if (body.fuel === undefined) {
    code.i32(0);
    body.loadCell(OP.i64_load, CELL.fuel);
  } else code.get(body.fuel);
  code.i64(cost);
  code.op(OP.i64_sub);
  if (body.fuel === undefined) code.mem(OP.i64_store, CELL.fuel);
  else code.set(body.fuel);
}

/** Stores a local in its slot. */
export function storeLocal(body: Body, l: Local): void {
  body.code.get(body.frame);
  body.code.get(body.local(l));
  body.code.mem(storeOp(l.type), body.slot(l.id));
  body.clean.add(l.id);
}

/** Stores what the collector must see before the call at `site`. */
export function spill(body: Body, live: LiveSet): void {
  const { fn } = body.ready;
  live.forEach((id) => {
    const l = fn.locals[id];
    if (l?.pointer && !body.clean.has(id)) storeLocal(body, l);
  });
}

/** Everything a frame needs to be resumed at `site`. */
export function save(body: Body, site: Site): void {
  body.storeState(site);
  saveLive(body, site);
}

/** As save, where the site has been stored already. */
export function saveLive(body: Body, site: Site): void {
  const { fn, points } = body.ready;
  const kept = body.clean.copy();
  body.storeFunc();
  points.live.get(site)?.forEach((id) => {
    const l = fn.locals[id];
    if (l && !kept.has(id)) storeLocal(body, l);
  });
  body.clean = kept;
}
