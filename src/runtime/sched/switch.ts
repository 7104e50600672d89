/**
 * Switching goroutines as WebAssembly: gopark, goready, and the choice of who runs next, so that two goroutines that hand values to one
 * another never leave WebAssembly. A switch takes about 20 ns with its events; the same by way of scheduler.ts took 250.
 *
 * Whatever is rare goes to scheduler.ts: the global queue, timers that are due, an empty queue, and everything that SCHED.attention names.
 * Both do the same on the same memory.
 *
 * Go: runtime/proc.go (gopark, goready, schedule, runqput, runqget).
 */
import { CELL, UNWIND } from "../../abi/structs.ts";
import { Code } from "../../wasm/code.ts";
import { F64, I32, I64, OP } from "../../wasm/opcodes.ts";
import { HEAP_CELL } from "../heap/index.ts";
import { BUSY_GRANT, EVENT, EVENTS, G, MAX_GRANT, PARKED, RING, SCHED, STATUS } from "./cells.ts";

/** Functions of the module that this code calls. */
export interface SwitchCalls {
  /** `() → ()`: empties the buffer of events. */
  readonly flush: number;
  /** `(g) → ()`: what goready does when the goroutine does not wait or the ring is full. */
  readonly ready: number;
}

/** A time slice in fuel units: 10 ms. Go: forcePreemptNS. */
const SLICE = 10_000_000 * 10;

/** Pushes the cell at a fixed address. */
export function loadCell(c: Code, cell: number, op: number = OP.i32_load): void {
  c.i32(0);
  c.mem(op, cell);
}

/** Stores what `value` pushes. */
export function storeCell(c: Code, cell: number, value: () => void, op: number = OP.i32_store): void {
  c.i32(0);
  value();
  c.mem(op, cell);
}

/** Pushes the time in fuel units, f64: granted - fuel. */
export function pushNow(c: Code): void {
  loadCell(c, SCHED.granted, OP.f64_load);
  loadCell(c, CELL.fuel, OP.i64_load);
  c.op(OP.f64_convert_i64_s);
  c.op(OP.f64_sub);
}

/** `poll(resumed) → i32`: what scheduler.ts answers, without asking it while whole polls have nothing to do but to grant fuel. `poll` is its own. */
export function pollCode(poll: number): Code {
  const c = new Code(1);
  const [now, time] = [c.local(F64), c.local(F64)];
  const grant = c.local(I32);
  c.i32(BUSY_GRANT);
  c.i32(MAX_GRANT);
  loadCell(c, CELL.writeBarrier);
  loadCell(c, HEAP_CELL.sweepActive);
  c.op(OP.i32_or);
  c.op(OP.select);
  c.tee(grant);
  c.op(OP.f64_convert_i32_s);
  pushNow(c);
  c.tee(now);
  c.op(OP.f64_add);
  c.tee(time);
  loadCell(c, SCHED.quietUntil, OP.f64_load);
  loadCell(c, SCHED.sliceEnd, OP.f64_load);
  c.op(OP.f64_min);
  loadCell(c, SCHED.timerNext, OP.f64_load);
  c.op(OP.f64_min);
  c.op(OP.f64_lt);
  loadCell(c, CELL.fuel, OP.i64_load);
  c.i64(0);
  c.op(OP.i64_lt_s);
  c.op(OP.i32_and);
  c.if();
  for (const [cell, value] of [[SCHED.granted, time], [SCHED.due, time], [SCHED.quietPoll, now]] as const) storeCell(c, cell, () => c.get(value), OP.f64_store);
  storeCell(c, CELL.fuel, () => { c.get(grant); c.op(OP.i64_extend_i32_u); }, OP.i64_store);
  c.i32(0);
  c.return();
  c.end();
  c.get(0);
  c.call(poll);
  return c;
}

/** `gopark(reason)`: the running goroutine waits until somebody makes it ready. */
export function parkCode(calls: SwitchCalls): Code {
  const c = new Code(1);
  const g = c.local(I32);
  const time = c.local(F64);
  loadCell(c, CELL.g);
  c.tee(g);
  c.i32(STATUS.waiting);
  c.mem(OP.i32_store, G.status);
  c.get(g);
  c.get(0);
  c.mem(OP.i32_store, G.reason);
  pushNow(c);
  c.set(time);
  c.get(g);
  c.get(time);
  c.mem(OP.f64_store, G.since);
  storeCell(c, CELL.unw, () => c.i32(UNWIND.block));
  emitEvent(c, calls, SCHED.parks, g, time, () => {
    c.get(0);
    c.i32(PARKED);
    c.op(OP.i32_add);
  });
  return c;
}

/** `goready(g)`: a waiting goroutine can run again, and does so next. */
export function readyCode(calls: SwitchCalls): Code {
  const c = new Code(1);
  const time = c.local(F64);
  const done = c.block();
  const slow = c.block();
  c.get(0);
  c.mem(OP.i32_load, G.status);
  c.i32(STATUS.waiting);
  c.op(OP.i32_ne);
  c.brIf(slow);
  loadCell(c, SCHED.ringCount);
  c.i32(RING);
  c.op(OP.i32_ge_u);
  c.brIf(slow);
  c.get(0);
  c.i32(STATUS.runnable);
  c.mem(OP.i32_store, G.status);
  c.get(0);
  c.i32(0);
  c.mem(OP.i32_store, G.reason);
  emitPutNext(c);
  c.br(done);
  c.end();
  c.get(0);
  c.call(calls.ready);
  c.end();
  pushNow(c);
  c.set(time);
  emitEvent(c, calls, SCHED.readies, 0, time, () => pushCurrentId(c));
  return c;
}

/** The goroutine in local `g` runs next; the one it displaces goes to the end of the ring, which has room. */
export function emitPutNext(c: Code, g = 0): void {
  const displaced = c.local(I32);
  loadCell(c, SCHED.next);
  c.tee(displaced);
  c.if();
  emitPutLast(c, displaced);
  c.end();
  storeCell(c, SCHED.next, () => c.get(g));
}

/** Puts `g` at the end of the ring, which has room. */
function emitPutLast(c: Code, g: number): void {
  loadCell(c, SCHED.ringHead);
  loadCell(c, SCHED.ringCount);
  c.op(OP.i32_add);
  c.i32(RING - 1);
  c.op(OP.i32_and);
  c.i32(2);
  c.op(OP.i32_shl);
  c.get(g);
  c.mem(OP.i32_store, SCHED.ring);
  countUp(c, SCHED.ringCount);
}

function addOne(c: Code, local: number): void {
  c.get(local);
  c.i32(1);
  c.op(OP.i32_add);
}

/** The id of the goroutine that runs, 0 if none does. */
function pushCurrentId(c: Code): void {
  loadCell(c, SCHED.current);
  c.if(I32);
  loadCell(c, SCHED.current);
  c.mem(OP.i32_load, G.id);
  c.else();
  c.i32(0);
  c.end();
}

/** Appends an event of goroutine `g`, or counts it in the cell `counter`, and mixes it into the hash: two rounds of multiply and shift. */
function emitEvent(c: Code, calls: SwitchCalls, counter: number, g: number, time: number, pushWhat: () => void): void {
  const at = emitPlace(c, calls, 1);
  fillEvent(c, at, { g, time, pushWhat });
  emitMix(c, at, [EVENT.time, EVENT.g]);
  loadCell(c, SCHED.countOnly);
  c.if();
  countUp(c, counter);
  c.else();
  countUp(c, SCHED.events);
  c.end();
}

/** The next place of the buffer, which has room for `places`. */
export function emitPlace(c: Code, calls: Pick<SwitchCalls, "flush">, places: number): number {
  const at = c.local(I32);
  loadCell(c, SCHED.events);
  c.i32(EVENTS - places + 1);
  c.op(OP.i32_ge_u);
  c.if();
  c.call(calls.flush);
  c.end();
  loadCell(c, SCHED.events);
  c.i32(31 - Math.clz32(EVENT.size));
  c.op(OP.i32_shl);
  c.i32(SCHED.buffer);
  c.op(OP.i32_add);
  c.set(at);
  return at;
}

/** Writes an event of goroutine `g` into a place. */
export function fillEvent(c: Code, at: number, e: { readonly g: number; readonly time: number; readonly pushWhat: () => void }): void {
  c.get(at);
  c.get(e.time);
  c.mem(OP.f64_store, EVENT.time);
  c.get(at);
  c.get(e.g);
  c.mem(OP.i32_load, G.id);
  c.mem(OP.i32_store, EVENT.g);
  c.get(at);
  e.pushWhat();
  c.mem(OP.i32_store, EVENT.what);
}

/** Mixes words of a place into the hash. */
export function emitMix(c: Code, at: number, words: readonly number[]): void {
  const hash = c.local(I64);
  loadCell(c, SCHED.hash, OP.i64_load);
  c.set(hash);
  for (const word of words) {
    c.get(hash);
    c.get(at);
    c.mem(OP.i64_load, word);
    c.op(OP.i64_xor);
    c.i64(HASH_FACTOR);
    c.op(OP.i64_mul);
    c.tee(hash);
    c.get(hash);
    c.i64(29);
    c.op(OP.i64_shr_u);
    c.op(OP.i64_xor);
    c.set(hash);
  }
  storeCell(c, SCHED.hash, () => c.get(hash), OP.i64_store);
}

/** Adds one to a cell. */
export function countUp(c: Code, cell: number): void {
  storeCell(c, cell, () => {
    loadCell(c, cell);
    c.i32(1);
    c.op(OP.i32_add);
  });
}

/** The golden ratio in 64 bits, as in splitmix64. */
const HASH_FACTOR = 0x9e3779b97f4a7c15n;

/**
 * The running goroutine has unwound to let others run: saves where it stands and loads the next one's cells, then branches to `again`. Leaves
 * for `slow`, the running goroutine unchanged, if that is not for WebAssembly to decide.
 */
export function emitSwitch(c: Code, again: number, slow: number): void {
  const g = c.local(I32);
  const now = c.local(F64);
  const count = c.local(I32);
  loadCell(c, SCHED.attention);
  c.brIf(slow);
  pushNow(c);
  c.tee(now);
  loadCell(c, SCHED.timerNext, OP.f64_load);
  c.op(OP.f64_ge);
  c.brIf(slow);
  const found = c.block();
  // Every 61st slice looks at the global queue first; mostly it is empty.
  loadCell(c, SCHED.globalCount);
  c.if();
  loadCell(c, SCHED.tick);
  c.i32(61);
  c.op(OP.i32_rem_u);
  c.op(OP.i32_eqz);
  c.if();
  emitShiftGlobal(c, g);
  emitBeginSlice(c, now);
  c.br(found);
  c.end();
  c.end();
  loadCell(c, SCHED.next);
  c.tee(g);
  c.if();
  storeCell(c, SCHED.next, () => c.i32(0));
  c.br(found);
  c.end();
  loadCell(c, SCHED.ringCount);
  c.tee(count);
  c.if();
  emitShiftRing(c, g, count);
  c.else();
  loadCell(c, SCHED.globalCount);
  c.tee(count);
  c.op(OP.i32_eqz);
  c.brIf(slow);
  emitFromGlobal(c, g, count);
  c.end();
  emitBeginSlice(c, now);
  c.end();
  emitLoad(c, g);
  c.br(again);
}

/** Takes the first of the global queue, which is not empty, into `g`. */
function emitShiftGlobal(c: Code, g: number): void {
  const next = c.local(I32);
  loadCell(c, SCHED.globalFirst);
  c.tee(g);
  c.mem(OP.i32_load, G.link);
  c.set(next);
  storeCell(c, SCHED.globalFirst, () => c.get(next));
  c.get(next);
  c.op(OP.i32_eqz);
  c.if();
  storeCell(c, SCHED.globalLast, () => c.i32(0));
  c.end();
  storeCell(c, SCHED.globalCount, () => {
    loadCell(c, SCHED.globalCount);
    c.i32(1);
    c.op(OP.i32_sub);
  });
}

/** Takes the first of the global queue, which has `count`, into `g`, and moves a batch of the others to the ring, which is empty. Go: globrunqgetbatch. */
function emitFromGlobal(c: Code, g: number, count: number): void {
  const moved = c.local(I32);
  const left = c.local(I32);
  c.get(count);
  c.i32(RING / 2);
  c.get(count);
  c.i32(RING / 2);
  c.op(OP.i32_lt_u);
  c.op(OP.select);
  c.set(left);
  emitShiftGlobal(c, g);
  const done = c.block();
  const more = c.loop();
  c.get(left);
  c.i32(1);
  c.op(OP.i32_sub);
  c.tee(left);
  c.op(OP.i32_eqz);
  c.brIf(done);
  emitShiftGlobal(c, moved);
  emitPutLast(c, moved);
  c.br(more);
  c.end();
  c.end();
}

/** Takes the first of the ring, which has `count`, into `g`. */
function emitShiftRing(c: Code, g: number, count: number): void {
  const head = c.local(I32);
  loadCell(c, SCHED.ringHead);
  c.tee(head);
  c.i32(2);
  c.op(OP.i32_shl);
  c.mem(OP.i32_load, SCHED.ring);
  c.set(g);
  storeCell(c, SCHED.ringHead, () => {
    addOne(c, head);
    c.i32(RING - 1);
    c.op(OP.i32_and);
  });
  storeCell(c, SCHED.ringCount, () => {
    c.get(count);
    c.i32(1);
    c.op(OP.i32_sub);
  });
}

/** A slice of its own for the next goroutine. It begins after the switch, which takes time. */
function emitBeginSlice(c: Code, now: number): void {
  storeCell(c, SCHED.tick, () => {
    loadCell(c, SCHED.tick);
    c.i32(1);
    c.op(OP.i32_add);
  });
  const end = (): void => {
    c.get(now);
    loadCell(c, SCHED.switchCost);
    c.op(OP.f64_convert_i32_u);
    c.op(OP.f64_add);
    c.f64(SLICE);
    c.op(OP.f64_add);
  };
  storeCell(c, SCHED.sliceEnd, end, OP.f64_store);
}

/** Saves sp of the goroutine that runs; `g` runs from now on. */
function emitLoad(c: Code, g: number): void {
  loadCell(c, SCHED.current);
  loadCell(c, CELL.sp);
  c.mem(OP.i32_store, G.sp);
  c.get(g);
  c.i32(STATUS.running);
  c.mem(OP.i32_store, G.status);
  for (const cell of [SCHED.current, CELL.g]) storeCell(c, cell, () => c.get(g));
  for (const [cell, field] of [[CELL.sp, G.sp], [CELL.stackFloor, G.floor], [CELL.stackTop, G.top]] as const) {
    storeCell(c, cell, () => {
      c.get(g);
      c.mem(OP.i32_load, field);
    });
  }
  const fuel = (): void => {
    loadCell(c, CELL.fuel, OP.i64_load);
    loadCell(c, SCHED.switchCost, OP.i64_load32_u);
    c.op(OP.i64_sub);
  };
  storeCell(c, CELL.fuel, fuel, OP.i64_store);
}
