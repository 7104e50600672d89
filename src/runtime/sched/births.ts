/**
 * The beginning and the end of goroutines as WebAssembly: a go statement takes structure and stack of a goroutine that is dead, and the end of one
 * gives them back and goes on with the next. By way of scheduler.ts both took 1.5 µs.
 *
 * Whatever is rare goes there: a structure or a stack that has to be made, a collector at work, main's end, a stack that has grown, Goexit. Both do the
 * same on the same memory.
 *
 * Go: runtime/proc.go (newproc1, gfget, goexit0, gfput).
 */
import { CELL, FRAME } from "../../abi/structs.ts";
import { Code } from "../../wasm/code.ts";
import { F64, I32, OP } from "../../wasm/opcodes.ts";
import { ENTRY_USE, RED_ZONE, STACK_GUARD, STACK_MIN } from "../stack/index.ts";
import { ENDED, EVENT, G, RING, SCHED, STARTED, STATUS } from "./cells.ts";
import { HELPER_SITE, START_FRAME } from "./helpers.ts";
import { countUp, emitMix, emitPlace, emitPutNext, fillEvent, loadCell, pushNow, storeCell, type SwitchCalls } from "./switch.ts";

/** Functions of the module that a go statement calls. */
export interface BirthCalls {
  /** `(closure) → ()`: a go statement by way of scheduler.ts. */
  readonly spawn: number;
  /** `(g) → ()`: the event of a start. */
  readonly started: number;
}

/** `started(g)`: the event of a goroutine that begins. */
export function startedCode(calls: Pick<SwitchCalls, "flush">): Code {
  const c = new Code(1);
  const time = c.local(F64);
  pushNow(c);
  c.set(time);
  const at = emitPlace(c, calls, 2);
  fillEvent(c, at, { g: 0, time, pushWhat: () => c.i32(STARTED) });
  for (const [field, offset] of [[G.parent, 0], [G.site, 4]] as const) {
    c.get(at);
    c.get(0);
    c.mem(OP.i32_load, field);
    c.mem(OP.i32_store, EVENT.size + offset);
  }
  emitMix(c, at, [EVENT.time, EVENT.g, EVENT.size]);
  countUp(c, SCHED.events);
  countUp(c, SCHED.events);
  return c;
}

/** `ended(g)`: the event of a goroutine that is over. */
export function endedCode(calls: Pick<SwitchCalls, "flush">): Code {
  const c = new Code(1);
  const time = c.local(F64);
  pushNow(c);
  c.set(time);
  const at = emitPlace(c, calls, 1);
  fillEvent(c, at, { g: 0, time, pushWhat: () => c.i32(ENDED) });
  emitMix(c, at, [EVENT.time, EVENT.g]);
  countUp(c, SCHED.events);
  return c;
}

/** `newproc(closure)`: a goroutine that calls the func() value; it runs next. */
export function newprocCode(calls: BirthCalls): Code {
  const closure = 0;
  const c = new Code(1);
  const g = c.local(I32);
  const top = c.local(I32);
  const slow = c.block();
  c.get(closure);
  c.op(OP.i32_eqz);
  c.brIf(slow);
  for (const cell of [SCHED.attention, CELL.writeBarrier]) {
    loadCell(c, cell);
    c.brIf(slow);
  }
  loadCell(c, SCHED.ringCount);
  c.i32(RING);
  c.op(OP.i32_ge_u);
  c.brIf(slow);
  loadCell(c, SCHED.startingStack);
  c.i32(STACK_MIN);
  c.op(OP.i32_ne);
  c.brIf(slow);
  loadCell(c, SCHED.dead);
  c.tee(g);
  c.op(OP.i32_eqz);
  c.brIf(slow);
  c.get(g);
  c.mem(OP.i32_load, G.lo);
  c.tee(top);
  c.op(OP.i32_eqz);
  c.brIf(slow);
  emitBorn(c, g, top);
  emitFirstFrame(c, g, top, closure);
  emitPutNext(c, g);
  storeCell(c, CELL.fuel, () => {
    loadCell(c, CELL.fuel, OP.i64_load);
    loadCell(c, SCHED.startCost, OP.i64_load32_u);
    c.op(OP.i64_sub);
  }, OP.i64_store);
  c.get(g);
  c.call(calls.started);
  c.return();
  c.end();
  c.get(closure);
  c.call(calls.spawn);
  return c;
}

/** Takes `g` from the dead and makes its structure that of a new goroutine; `top` holds the lower end of its stack and gets the upper one. */
function emitBorn(c: Code, g: number, top: number): void {
  const set = (field: number, push: () => void, store: number = OP.i32_store): void => {
    c.get(g);
    push();
    c.mem(store, field);
  };
  const nothing = (): void => c.i64(0);
  storeCell(c, SCHED.dead, () => {
    c.get(g);
    c.mem(OP.i32_load, G.link);
  });
  c.get(top);
  c.i32(STACK_MIN);
  c.op(OP.i32_add);
  c.set(top);
  set(G.top, () => c.get(top));
  const below = (n: number) => (): void => {
    c.get(top);
    c.i32(n);
    c.op(OP.i32_sub);
  };
  const modelled = STACK_MIN - STACK_GUARD - ENTRY_USE;
  set(G.floor, below(Math.min(STACK_MIN - RED_ZONE, modelled)));
  set(G.goFloor, () => {
    below(modelled)();
    c.op(OP.f64_convert_i32_u);
  }, OP.f64_store);
  set(G.goSize, () => c.i32(STACK_MIN));
  set(G.id, () => loadCell(c, SCHED.nextId, OP.i64_load32_u), OP.i64_store);
  countUp(c, SCHED.nextId);
  for (const field of [G.param, G.waiting, G.assist]) set(field, nothing, OP.i64_store);
  for (const field of [G.panics, G.reason]) set(field, () => c.i32(0));
  set(G.status, () => c.i32(STATUS.runnable));
  set(G.parent, () => {
    loadCell(c, SCHED.current);
    c.mem(OP.i32_load, G.id);
  });
  set(G.site, () => {
    loadCell(c, CELL.sp);
    c.mem(OP.i32_load, FRAME.state);
  });
}

/** Puts the frame that calls the closure on the empty stack of `g`. */
function emitFirstFrame(c: Code, g: number, top: number, closure: number): void {
  const frame = c.local(I32);
  c.get(top);
  c.i32(START_FRAME.size);
  c.op(OP.i32_sub);
  c.set(frame);
  c.get(g);
  c.get(frame);
  c.mem(OP.i32_store, G.sp);
  c.get(frame);
  loadCell(c, SCHED.startSlot);
  c.mem(OP.i32_store, FRAME.func);
  c.get(frame);
  c.i32(HELPER_SITE.startReady);
  c.mem(OP.i32_store, FRAME.state);
  c.get(frame);
  c.get(closure);
  c.op(OP.i64_extend_i32_u);
  c.mem(OP.i64_store, START_FRAME.closure);
}

/** The stack of the running goroutine is empty: it is over, and others can run. Else returns 0: that is for scheduler.ts. */
export function emitEnd(c: Code, ended: number): void {
  const g = c.local(I32);
  const mine = c.block();
  const theirs = c.block();
  loadCell(c, SCHED.attention);
  c.brIf(theirs);
  loadCell(c, SCHED.current);
  c.tee(g);
  loadCell(c, SCHED.main);
  c.op(OP.i32_eq);
  c.brIf(theirs);
  c.get(g);
  c.mem(OP.i32_load, G.panics);
  c.brIf(theirs);
  c.get(g);
  c.mem(OP.i32_load, G.top);
  c.get(g);
  c.mem(OP.i32_load, G.lo);
  c.op(OP.i32_sub);
  c.i32(STACK_MIN);
  c.op(OP.i32_ne);
  c.brIf(theirs);
  pushNow(c);
  loadCell(c, SCHED.timerNext, OP.f64_load);
  c.op(OP.f64_ge);
  c.brIf(theirs);
  loadCell(c, SCHED.next);
  loadCell(c, SCHED.ringCount);
  c.op(OP.i32_or);
  loadCell(c, SCHED.globalCount);
  c.op(OP.i32_or);
  c.brIf(mine);
  c.end();
  c.i32(0);
  c.return();
  c.end();
  c.get(g);
  c.i32(STATUS.dead);
  c.mem(OP.i32_store, G.status);
  c.get(g);
  c.call(ended);
  c.get(g);
  loadCell(c, SCHED.dead);
  c.mem(OP.i32_store, G.link);
  storeCell(c, SCHED.dead, () => c.get(g));
}
