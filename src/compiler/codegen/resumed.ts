/**
 * How resume code begins: it loads locals from the frame and finds out where to go on.
 *
 * There are two versions of it. The whole one goes on at any resume point, so every list that holds one asks for it. The one for loops goes on at polls only
 * and has such questions only on the way to loops: in the loops themselves it is as fast as normal code. Elsewhere it hands the frame to the whole one.
 *
 * Go has nothing like it: its goroutines have stacks of their own.
 */
import { CELL, FRAME } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import type { Local } from "../lower/index.ts";
import type { Body } from "./body.ts";
import { storeLocal } from "./edges.ts";
import { LiveSet } from "./liveset.ts";
import { loadOp } from "./words.ts";

/** Begins resume code that can go on anywhere; the local that holds the number of the point, 0 at the top. */
export function resumePrologue(body: Body): number {
  const { code } = body;
  const { fn, points } = body.ready;
  const state = code.local(I32);
  loadState(body, state);
  code.get(state);
  code.if();
  fn.locals.forEach((l) => loadLocal(body, l));
  toPoint(body, state);
  code.else();
  const context = fn.hasContext ? fn.params[fn.params.length - 1] : undefined;
  if (context) {
    body.loadCell(OP.i32_load, CELL.context);
    code.set(body.local(context));
    if ((body.ready.frame.slots[context.id] ?? -1) >= 0) storeLocal(body, context);
  }
  for (const p of fn.pinned) if (!fn.params.includes(p)) storeLocal(body, p);
  code.end();
  // Point 1 is the entry, so the state is now the point's number less one: 0 begins at the top.
  if (points.count < 1) bug("a function without an entry point");
  for (const p of fn.pinned) body.clean.add(p.id);
  return state;
}

/** Begins resume code that can go on at loops only. */
export function loopPrologue(body: Body): number {
  const { code } = body;
  const { fn, points } = body.ready;
  const state = code.local(I32);
  loadState(body, state);
  toPoint(body, state);
  const here = code.block();
  const other = code.block();
  const last = points.loops.reduce((n, site) => Math.max(n, site.number), 0);
  const targets = new Array<number>(last).fill(other);
  const live = new LiveSet(fn.locals.length + fn.objects.length);
  for (const site of points.loops) {
    targets[site.number - 1] = here;
    live.union(points.live.get(site) ?? bug("a loop without liveness"));
  }
  code.get(state);
  code.brTable(targets, other);
  code.end();
  code.get(body.frame);
  code.globalGet(body.module.elsewhere);
  code.callIndirect(body.module.type([I32], []));
  code.return();
  code.end();
  fn.locals.forEach((l) => { if (live.has(l.id)) loadLocal(body, l); });
  return state;
}

function loadState(body: Body, state: number): void {
  body.code.get(body.frame);
  body.code.mem(OP.i32_load, FRAME.state);
  body.code.set(state);
}

/** From the site that a frame names to the number of a point, less one. */
function toPoint(body: Body, state: number): void {
  const { code } = body;
  code.get(state);
  code.globalGet(body.module.base("site"));
  code.op(OP.i32_sub);
  code.i32(body.ready.firstSite);
  code.op(OP.i32_sub);
  code.set(state);
}

function loadLocal(body: Body, l: Local): void {
  const slot = body.ready.frame.slots[l.id] ?? -1;
  if (slot < 0) return;
  const { code } = body;
  code.get(body.frame);
  code.mem(loadOp(l.type), slot);
  code.set(body.local(l));
  body.clean.add(l.id);
}
