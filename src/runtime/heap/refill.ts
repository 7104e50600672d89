/**
 * Changing the cached span of a class, as WebAssembly: the full one is filed, others are swept as the pace wants, and one with a free slot is taken
 * from the lists, swept on the way, or cut from the page cache.
 *
 * The same steps as Heap.refill, Central, Sweep and Pages, over the same memory; a test runs both. TypeScript is asked when the page cache has no
 * run, pages must be reclaimed, a swept span has finalizers, the collector marks, or a `heap` event is due. A program that makes much garbage changes
 * spans thousands of times in a second, in which V8 has not yet optimised so many small functions: 10 µs a change by way of them, 0.5 here.
 *
 * Go: mcache.refill, mcentral.cacheSpan, mspan.sweep, mheap.allocSpan.
 */
import { CELL } from "../../abi/structs.ts";
import { Code } from "../../wasm/code.ts";
import type { ModuleBuilder } from "../../wasm/module.ts";
import { F64, I32, I64, OP } from "../../wasm/opcodes.ts";
import { GRANTED } from "../clock.ts";
import { SPAN_BUDGET } from "./central.ts";
import { HEAP_CELL, type Layout, SPAN, SPAN_HEAP, SWEPT, SWEPT_EVENTS } from "./layout.ts";
import { PAGE_SIZE, SPAN_CLASSES, TINY_SPAN_CLASS } from "./sizeclass.ts";
import { STAT } from "./stats.ts";

/** Numbers of the imported functions that this file calls. */
export interface RefillImports {
  /** (live, scan): what the pacer must know. */
  readonly account: number;
  /** (span, keep) → whether its pages came free. */
  readonly sweepOther: number;
  /** (span class) → a fresh span, 0 at the heap limit. */
  readonly fresh: number;
  readonly flushSwept: number;
}

/** A record and a list's head are so large: powers of two. */
const SPAN_SHIFT = 6;
const LIST_SHIFT = 3;

/** Adds the function (span class) → bits of its first 64 slots with a free one, loaded into the cell; 0 at the heap limit. */
export function refillFunc(m: ModuleBuilder, l: Layout, imports: RefillImports, loadNext: number): number {
  const push = m.func(m.type([I32, I32], []), pushCode(l));
  const pop = m.func(m.type([I32], [I32]), popCode(l));
  const sweep = m.func(m.type([I32, I32], [I32]), sweepCode(l, imports, push));
  const sweepOne = m.func(m.type([], [I32]), sweepOneCode(pop, sweep));
  const take = m.func(m.type([I32], [I32]), takeCode({ push, pop, sweep }));
  const fresh = m.func(m.type([I32], [I32]), freshCode(l, imports.fresh));
  return m.func(m.type([I32], [I64]), refillCode({ push, sweepOne, take, fresh, loadNext, account: imports.account }));
}

// ---- cells --------------------------------------------------------------------------------------------------

const cell32 = (c: Code, cell: number): void => { c.i32(0); c.mem(OP.i32_load, cell); };
const cell64 = (c: Code, cell: number): void => { c.i32(0); c.mem(OP.f64_load, cell); };
const field = (c: Code, s: number, at: number): void => { c.get(s); c.mem(OP.i32_load, at); };

/** The field at `at` of span `s` becomes what `push` pushes. */
function setField(c: Code, s: number, at: number, push: () => void): void {
  c.get(s); push(); c.mem(OP.i32_store, at);
}

function setCell(c: Code, cell: number, push: () => void): void {
  c.i32(0); push(); c.mem(OP.i32_store, cell);
}

/** cell += what `push` pushes, an i32 or a double. */
function addCell(c: Code, cell: number, push: () => void): void {
  c.i32(0); cell32(c, cell); push(); c.op(OP.i32_add); c.mem(OP.i32_store, cell);
}

function addCell64(c: Code, cell: number, push: () => void): void {
  c.i32(0); cell64(c, cell); push(); c.op(OP.f64_add); c.mem(OP.f64_store, cell);
}

/** What `push` pushes, an i32, as a double. */
const wide = (c: Code, push: () => void): (() => void) => () => { push(); c.op(OP.f64_convert_i32_s); };

/** Fuel -= the i32 in `cell`. */
function charge(c: Code, cell: number): void {
  c.i32(0); c.i32(0); c.mem(OP.i64_load, CELL.fuel); c.i32(0); c.mem(OP.i64_load32_u, cell); c.op(OP.i64_sub); c.mem(OP.i64_store, CELL.fuel);
}

/** The parity of the lists that hold swept spans. */
function parity(c: Code): void {
  cell32(c, HEAP_CELL.sweepGen); c.i32(1); c.op(OP.i32_shr_u); c.i32(1); c.op(OP.i32_and);
}

// ---- lists --------------------------------------------------------------------------------------------------

/** Offset of a link: 8 a page, 4 more for odd lists; the table's address is left to the access. */
function link(c: Code, l: Layout, span: number, list: number): void {
  c.get(span); c.i32(l.spans); c.op(OP.i32_sub); c.i32(SPAN_SHIFT - 3); c.op(OP.i32_shr_u);
  c.get(list); c.i32(1); c.op(OP.i32_and); c.i32(2); c.op(OP.i32_shl); c.op(OP.i32_add);
}

/** (span, list). */
function pushCode(l: Layout): Code {
  const c = new Code(2);
  const [head, last] = [c.local(I32), c.local(I32)];
  c.get(1); c.i32(LIST_SHIFT); c.op(OP.i32_shl); c.set(head);
  link(c, l, 0, 1); c.i32(0); c.mem(OP.i32_store, l.links);
  c.get(head); c.mem(OP.i32_load, HEAP_CELL.lists + 4); c.tee(last);
  c.if();
  link(c, l, last, 1); c.get(0); c.mem(OP.i32_store, l.links);
  c.else();
  c.get(head); c.get(0); c.mem(OP.i32_store, HEAP_CELL.lists);
  c.end();
  c.get(head); c.get(0); c.mem(OP.i32_store, HEAP_CELL.lists + 4);
  return c;
}

/** (list) → its first span, taken out, or 0. */
function popCode(l: Layout): Code {
  const c = new Code(1);
  const [head, span, next] = [c.local(I32), c.local(I32), c.local(I32)];
  c.get(0); c.i32(LIST_SHIFT); c.op(OP.i32_shl); c.tee(head); c.mem(OP.i32_load, HEAP_CELL.lists); c.tee(span);
  c.if();
  c.get(head); link(c, l, span, 0); c.mem(OP.i32_load, l.links); c.tee(next); c.mem(OP.i32_store, HEAP_CELL.lists);
  c.get(next); c.op(OP.i32_eqz);
  c.if(); c.get(head); c.i32(0); c.mem(OP.i32_store, HEAP_CELL.lists + 4); c.end();
  c.end();
  c.get(span);
  return c;
}

// ---- sweeping -----------------------------------------------------------------------------------------------

/** Whether span `s` waits to be swept. */
function waits(c: Code, s: number): void {
  field(c, s, SPAN.state); c.i32(SPAN_HEAP); c.op(OP.i32_eq);
  field(c, s, SPAN.sweepGen); cell32(c, HEAP_CELL.sweepGen); c.i32(2); c.op(OP.i32_sub); c.op(OP.i32_eq); c.op(OP.i32_and);
}

/** (span, keep) → 1 if its pages came free. */
function sweepCode(l: Layout, imports: RefillImports, push: number): Code {
  const c = new Code(2);
  const [live, freed] = [c.local(I32), c.local(I32)];
  field(c, 0, SPAN.flags); c.i32(2); c.op(OP.i32_and);
  c.if(); c.get(0); c.get(1); c.call(imports.sweepOther); c.return(); c.end();
  addCell64(c, HEAP_CELL.pagesSwept, wide(c, () => field(c, 0, SPAN.npages)));
  emitTurn(c, l, live);
  field(c, 0, SPAN.allocCount); c.get(live); c.op(OP.i32_sub); c.set(freed);
  setField(c, 0, SPAN.allocCount, () => c.get(live));
  setField(c, 0, SPAN.freeIndex, () => c.i32(0));
  setField(c, 0, SPAN.sweepGen, () => cell32(c, HEAP_CELL.sweepGen));
  charge(c, HEAP_CELL.sweepCost);
  c.get(freed);
  c.if(); emitFreed(c, freed, live, imports.flushSwept); c.end();
  c.get(1);
  c.if(); c.i32(0); c.return(); c.end();
  c.get(live); c.op(OP.i32_eqz);
  c.if(); emitRelease(c, l); c.i32(1); c.return(); c.end();
  c.get(0); field(c, 0, SPAN.spanClass); c.i32(2); c.op(OP.i32_shl); parity(c); c.op(OP.i32_or);
  c.i32(2); c.i32(0); c.get(live); field(c, 0, SPAN.nelems); c.op(OP.i32_eq); c.op(OP.select); c.op(OP.i32_or); c.call(push);
  c.i32(0);
  return c;
}

/** Alloc bits of span 0 become the mark bits, mark and scan bits become clear; `live` counts them. */
function emitTurn(c: Code, l: Layout, live: number): void {
  const [at, end, word] = [c.local(I32), c.local(I32), c.local(I64)];
  c.get(0); c.i32(l.spans); c.op(OP.i32_sub); c.i32(1); c.op(OP.i32_shl); c.tee(at);
  field(c, 0, SPAN.nelems); c.i32(63); c.op(OP.i32_add); c.i32(6); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(end);
  const each = c.loop();
  c.get(at); c.get(at); c.mem(OP.i64_load, l.marks); c.tee(word); c.mem(OP.i64_store, l.allocs);
  c.get(live); c.get(word); c.op(OP.i64_popcnt); c.op(OP.i32_wrap_i64); c.op(OP.i32_add); c.set(live);
  c.get(at); c.i64(0); c.mem(OP.i64_store, l.marks);
  c.get(at); c.i64(0); c.mem(OP.i64_store, l.scans);
  c.get(at); c.i32(8); c.op(OP.i32_add); c.tee(at); c.get(end); c.op(OP.i32_lt_u); c.brIf(each);
  c.end();
}

/** Counts the `freed` objects of span 0 and writes the event. */
function emitFreed(c: Code, freed: number, live: number, flush: number): void {
  const [cls, at, bytes] = [c.local(I32), c.local(I32), c.local(I32)];
  const amount = wide(c, () => c.get(bytes));
  setField(c, 0, SPAN.flags, () => { field(c, 0, SPAN.flags); c.i32(1); c.op(OP.i32_or); });
  c.get(freed); field(c, 0, SPAN.elemSize); c.op(OP.i32_mul); c.set(bytes);
  field(c, 0, SPAN.spanClass); c.i32(1); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.tee(cls); c.op(OP.i32_eqz);
  c.if();
  addCell64(c, STAT.largeFrees, () => c.f64(1));
  c.else();
  c.get(cls); c.get(cls); c.mem(OP.f64_load, HEAP_CELL.smallFrees); c.get(freed); c.op(OP.f64_convert_i32_s); c.op(OP.f64_add);
  c.mem(OP.f64_store, HEAP_CELL.smallFrees);
  c.end();
  addCell64(c, STAT.totalFree, amount);
  addCell64(c, HEAP_CELL.freedObjects, wide(c, () => c.get(freed)));
  addCell64(c, HEAP_CELL.freedBytes, amount);
  cell32(c, HEAP_CELL.sweptCount); c.i32(SWEPT_EVENTS); c.op(OP.i32_eq);
  c.if(); c.call(flush); c.end();
  cell32(c, HEAP_CELL.sweptCount); c.i32(SWEPT.size); c.op(OP.i32_mul); c.set(at);
  c.get(at); cell64(c, GRANTED); c.i32(0); c.mem(OP.i64_load, CELL.fuel); c.op(OP.f64_convert_i64_s); c.op(OP.f64_sub); c.mem(OP.f64_store, HEAP_CELL.swept + SWEPT.time);
  for (const [offset, local] of [[SWEPT.span, 0], [SWEPT.freed, freed], [SWEPT.bytes, bytes], [SWEPT.live, live]] as const) {
    c.get(at); c.get(local); c.mem(OP.i32_store, HEAP_CELL.swept + offset);
  }
  addCell(c, HEAP_CELL.sweptCount, () => c.i32(1));
}

/** Gives the pages of span 0 back. */
function emitRelease(c: Code, l: Layout): void {
  const [page, end, at] = [c.local(I32), c.local(I32), c.local(I32)];
  addCell64(c, STAT.heapPages, () => { c.f64(0); field(c, 0, SPAN.npages); c.op(OP.f64_convert_i32_s); c.op(OP.f64_sub); });
  addCell64(c, STAT.spans, () => c.f64(-1));
  addCell(c, HEAP_CELL.freeRetained, () => field(c, 0, SPAN.npages));
  setField(c, 0, SPAN.state, () => c.i32(0));
  c.get(0); c.i32(l.spans); c.op(OP.i32_sub); c.i32(SPAN_SHIFT); c.op(OP.i32_shr_u); c.tee(page); field(c, 0, SPAN.npages); c.op(OP.i32_add); c.set(end);
  c.get(page); cell32(c, HEAP_CELL.pageSearch); c.op(OP.i32_lt_s);
  c.if(); setCell(c, HEAP_CELL.pageSearch, () => c.get(page)); c.end();
  const each = c.loop();
  c.get(page); c.i32(2); c.op(OP.i32_shl); c.i32(0); c.mem(OP.i32_store, l.pageMap);
  c.get(page); c.i32(5); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.tee(at); c.get(at); c.mem(OP.i32_load, l.taken);
  c.i32(1); c.get(page); c.op(OP.i32_shl); c.i32(-1); c.op(OP.i32_xor); c.op(OP.i32_and); c.mem(OP.i32_store, l.taken);
  c.get(page); c.i32(1); c.op(OP.i32_add); c.tee(page); c.get(end); c.op(OP.i32_lt_u); c.brIf(each);
  c.end();
}

/** () → the pages that came free by sweeping one span, -1 if none is left. */
function sweepOneCode(pop: number, sweep: number): Code {
  const c = new Code(0);
  const [s, list, pages] = [c.local(I32), c.local(I32), c.local(I32)];
  cell32(c, HEAP_CELL.sweepActive); c.op(OP.i32_eqz);
  c.if(); c.i32(-1); c.return(); c.end();
  const next = c.loop();
  cell32(c, HEAP_CELL.sweepList); c.tee(list); c.i32(SPAN_CLASSES * 2); c.op(OP.i32_ge_u);
  c.if();
  setCell(c, HEAP_CELL.sweepActive, () => c.i32(0));
  c.i32(-1); c.return();
  c.end();
  // class * 4, 2 for full ones, which have the even places, and the other parity.
  c.get(list); c.i32(1); c.op(OP.i32_shl); c.i32(-4); c.op(OP.i32_and);
  c.get(list); c.i32(1); c.op(OP.i32_and); c.i32(1); c.op(OP.i32_xor); c.i32(1); c.op(OP.i32_shl); c.op(OP.i32_or);
  parity(c); c.i32(1); c.op(OP.i32_xor); c.op(OP.i32_or); c.call(pop); c.tee(s); c.op(OP.i32_eqz);
  c.if();
  setCell(c, HEAP_CELL.sweepList, () => { c.get(list); c.i32(1); c.op(OP.i32_add); });
  c.br(next);
  c.end();
  waits(c, s); c.op(OP.i32_eqz); c.brIf(next);
  field(c, s, SPAN.npages); c.set(pages);
  c.get(s); c.i32(0); c.call(sweep); c.op(OP.i32_eqz);
  c.if(); c.i32(0); c.return(); c.end();
  addCell64(c, HEAP_CELL.reclaimCredit, wide(c, () => c.get(pages)));
  c.get(pages); c.return();
  c.end();
  c.op(OP.unreachable);
  return c;
}

// ---- taking -------------------------------------------------------------------------------------------------

/** (span class) → a span of the lists with a free slot, swept if need be; 0 if a fresh one is needed. */
function takeCode({ push, pop, sweep }: { readonly push: number; readonly pop: number; readonly sweep: number }): Code {
  const c = new Code(1);
  const [s, budget] = [c.local(I32), c.local(I32)];
  const list = (bits: number): void => { c.get(0); c.i32(2); c.op(OP.i32_shl); parity(c); c.i32(bits & 1); c.op(OP.i32_xor); c.op(OP.i32_or); c.i32(bits & 2); c.op(OP.i32_or); };
  list(0); c.call(pop); c.tee(s); cell32(c, HEAP_CELL.sweepActive); c.op(OP.i32_eqz); c.op(OP.i32_or);
  c.if(); c.get(s); c.return(); c.end();
  c.i32(SPAN_BUDGET); c.set(budget);
  for (const full of [0, 2]) {
    const out = c.block();
    const next = c.loop();
    c.get(budget); c.i32(0); c.op(OP.i32_lt_s); c.brIf(out);
    list(1 | full); c.call(pop); c.tee(s); c.op(OP.i32_eqz); c.brIf(out);
    waits(c, s);
    c.if();
    c.get(s); c.i32(1); c.call(sweep); c.drop();
    if (full === 0) {
      c.get(s); c.return();
    } else {
      field(c, s, SPAN.allocCount); field(c, s, SPAN.nelems); c.op(OP.i32_lt_u);
      c.if(); c.get(s); c.return(); c.end();
      c.get(s); list(2); c.call(push);
    }
    c.end();
    c.get(budget); c.i32(1); c.op(OP.i32_sub); c.set(budget);
    c.br(next);
    c.end();
    c.end();
  }
  c.i32(0);
  return c;
}

/** (span class) → a fresh span. TypeScript makes it where the page cache has no run or pages must be reclaimed first. */
function freshCode(l: Layout, slow: number): Code {
  const c = new Code(1);
  const [type, n, page, s, released] = [c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32)];
  const [runs, k] = [c.local(I64), c.local(I64)];
  c.get(0); c.i32(4); c.op(OP.i32_shl); c.tee(type); c.mem(OP.i32_load, HEAP_CELL.classes + 4); c.set(n);
  // The places where n free pages begin.
  c.i32(0); c.mem(OP.i64_load, HEAP_CELL.cacheBits); c.set(runs);
  c.get(n); c.op(OP.i64_extend_i32_u); c.set(k);
  const done = c.block();
  const each = c.loop();
  c.get(k); c.i64(1); c.op(OP.i64_sub); c.tee(k); c.op(OP.i64_eqz); c.brIf(done);
  c.get(runs); c.i32(0); c.mem(OP.i64_load, HEAP_CELL.cacheBits); c.get(k); c.op(OP.i64_shr_u); c.op(OP.i64_and); c.set(runs);
  c.br(each);
  c.end();
  c.end();
  c.get(runs); c.op(OP.i64_eqz);
  cell32(c, HEAP_CELL.sweepActive); cell64(c, HEAP_CELL.reclaimCredit); c.get(n); c.op(OP.f64_convert_i32_s); c.op(OP.f64_lt); c.op(OP.i32_and); c.op(OP.i32_or);
  c.if(); c.get(0); c.call(slow); c.return(); c.end();
  cell32(c, HEAP_CELL.sweepActive);
  c.if(); addCell64(c, HEAP_CELL.reclaimCredit, () => { c.f64(0); c.get(n); c.op(OP.f64_convert_i32_s); c.op(OP.f64_sub); }); c.end();
  c.get(runs); c.op(OP.i64_ctz); c.set(k);
  c.i32(0); c.i32(0); c.mem(OP.i64_load, HEAP_CELL.cacheBits);
  c.i64(1); c.get(n); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl); c.i64(1); c.op(OP.i64_sub); c.get(k); c.op(OP.i64_shl); c.i64(-1); c.op(OP.i64_xor); c.op(OP.i64_and);
  c.mem(OP.i64_store, HEAP_CELL.cacheBits);
  cell32(c, HEAP_CELL.cachePage); c.get(k); c.op(OP.i32_wrap_i64); c.op(OP.i32_add); c.set(page);
  c.get(page); c.i32(SPAN_SHIFT); c.op(OP.i32_shl); c.i32(l.spans); c.op(OP.i32_add); c.set(s);
  emitRecord(c, l, { type, n, page, s });
  emitPages(c, l, { n, page, s, released });
  emitClean(c, { n, page, s, released });
  setField(c, s, SPAN.sweepGen, () => cell32(c, HEAP_CELL.sweepGen));
  addCell64(c, STAT.heapPages, wide(c, () => c.get(n)));
  addCell64(c, STAT.spans, () => c.f64(1));
  c.get(s);
  return c;
}

interface FreshVars { readonly n: number; readonly page: number; readonly s: number }

/** The record and the bits of a fresh span. */
function emitRecord(c: Code, l: Layout, v: FreshVars & { readonly type: number }): void {
  const [at, end] = [c.local(I32), c.local(I32)];
  for (let i = 0; i < SPAN.size; i += 8) { c.get(v.s); c.i64(0); c.mem(OP.i64_store, i); }
  setField(c, v.s, SPAN.base, () => { c.get(v.page); c.i32(PAGE_SIZE); c.op(OP.i32_mul); c.i32(l.arena); c.op(OP.i32_add); });
  setField(c, v.s, SPAN.npages, () => c.get(v.n));
  setField(c, v.s, SPAN.state, () => c.i32(SPAN_HEAP));
  setField(c, v.s, SPAN.spanClass, () => { c.get(v.type); c.i32(4); c.op(OP.i32_shr_u); });
  setField(c, v.s, SPAN.elemSize, () => field(c, v.type, HEAP_CELL.classes));
  setField(c, v.s, SPAN.nelems, () => field(c, v.type, HEAP_CELL.classes + 8));
  setField(c, v.s, SPAN.divMagic, () => field(c, v.type, HEAP_CELL.classes + 12));
  setField(c, v.s, SPAN.limit, () => { field(c, v.s, SPAN.base); field(c, v.s, SPAN.elemSize); field(c, v.s, SPAN.nelems); c.op(OP.i32_mul); c.op(OP.i32_add); });
  c.get(v.s); c.i32(l.spans); c.op(OP.i32_sub); c.i32(1); c.op(OP.i32_shl); c.tee(at);
  field(c, v.s, SPAN.nelems); c.i32(63); c.op(OP.i32_add); c.i32(6); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(end);
  const each = c.loop();
  for (const table of [l.marks, l.scans, l.allocs]) { c.get(at); c.i64(0); c.mem(OP.i64_store, table); }
  c.get(at); c.i32(8); c.op(OP.i32_add); c.tee(at); c.get(end); c.op(OP.i32_lt_u); c.brIf(each);
  c.end();
}

/** Enters the span in the page map and takes its pages out of the counts; `released` of them had been given back. */
function emitPages(c: Code, l: Layout, v: FreshVars & { readonly released: number }): void {
  const [at, end, word] = [c.local(I32), c.local(I32), c.local(I32)];
  c.get(v.page); c.tee(at); c.get(v.n); c.op(OP.i32_add); c.set(end);
  const each = c.loop();
  c.get(at); c.i32(2); c.op(OP.i32_shl); c.get(v.s); c.mem(OP.i32_store, l.pageMap);
  c.get(at); c.i32(5); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.tee(word); c.mem(OP.i32_load, l.released); c.i32(1); c.get(at); c.op(OP.i32_shl); c.op(OP.i32_and);
  c.if();
  c.get(word); c.get(word); c.mem(OP.i32_load, l.released); c.i32(1); c.get(at); c.op(OP.i32_shl); c.op(OP.i32_xor); c.mem(OP.i32_store, l.released);
  c.get(v.released); c.i32(1); c.op(OP.i32_add); c.set(v.released);
  c.end();
  c.get(at); c.i32(1); c.op(OP.i32_add); c.tee(at); c.get(end); c.op(OP.i32_lt_u); c.brIf(each);
  c.end();
  addCell(c, HEAP_CELL.releasedPages, () => { c.i32(0); c.get(v.released); c.op(OP.i32_sub); });
  addCell(c, HEAP_CELL.freeRetained, () => { c.get(v.released); c.get(v.n); c.op(OP.i32_sub); });
}

/** Pages that held other things: slots are zeroed when taken, what is behind the slots at once. */
function emitClean(c: Code, v: FreshVars & { readonly released: number }): void {
  c.get(v.page); cell32(c, HEAP_CELL.everUsed); c.op(OP.i32_lt_u); c.get(v.released); c.get(v.n); c.op(OP.i32_lt_u); c.op(OP.i32_and);
  c.if();
  setField(c, v.s, SPAN.flags, () => c.i32(1));
  field(c, v.s, SPAN.limit); c.i32(0);
  field(c, v.s, SPAN.base); c.get(v.n); c.i32(PAGE_SIZE); c.op(OP.i32_mul); c.op(OP.i32_add); field(c, v.s, SPAN.limit); c.op(OP.i32_sub); c.memoryFill();
  c.end();
  c.get(v.page); c.get(v.n); c.op(OP.i32_add); cell32(c, HEAP_CELL.everUsed); c.op(OP.i32_gt_u);
  c.if(); setCell(c, HEAP_CELL.everUsed, () => { c.get(v.page); c.get(v.n); c.op(OP.i32_add); }); c.end();
}

// ---- the change ---------------------------------------------------------------------------------------------

interface RefillFuncs {
  readonly push: number;
  readonly sweepOne: number;
  readonly take: number;
  readonly fresh: number;
  readonly loadNext: number;
  readonly account: number;
}

function refillCode(f: RefillFuncs): Code {
  const c = new Code(1);
  const [cached, type, s] = [c.local(I32), c.local(I32), c.local(I32)];
  c.get(0); c.i32(3); c.op(OP.i32_shl); c.set(cached);
  c.get(0); c.i32(4); c.op(OP.i32_shl); c.set(type);
  charge(c, HEAP_CELL.refillCost);
  c.get(cached); c.mem(OP.i32_load, HEAP_CELL.cached); c.tee(s);
  c.if(); emitRetire(c, s, f.push); c.get(cached); c.i32(0); c.mem(OP.i32_store, HEAP_CELL.cached); c.end();
  emitPace(c, type, f.sweepOne);
  c.get(0); c.call(f.take); c.tee(s); c.op(OP.i32_eqz);
  c.if();
  c.get(0); c.call(f.fresh); c.tee(s); c.op(OP.i32_eqz);
  c.if(); c.i64(0); c.return(); c.end();
  c.end();
  setField(c, s, SPAN.sweepGen, () => { cell32(c, HEAP_CELL.sweepGen); c.i32(3); c.op(OP.i32_add); });
  setField(c, s, SPAN.allocCountBeforeCache, () => field(c, s, SPAN.allocCount));
  c.get(cached); c.get(s); c.mem(OP.i32_store, HEAP_CELL.cached);
  c.get(cached); field(c, s, SPAN.freeIndex); c.i32(6); c.op(OP.i32_shr_u); c.mem(OP.i32_store, HEAP_CELL.cached + 4);
  emitAccount(c, s, f.account);
  // A class has sixteen bytes in the allocator's cells, too.
  c.get(type); field(c, s, SPAN.elemSize); field(c, s, SPAN.flags); c.i32(31); c.op(OP.i32_shl); c.op(OP.i32_or); c.mem(OP.i32_store, CELL.alloc + 4);
  c.get(0); c.call(f.loadNext);
  return c;
}

/** The full span `s` leaves the cache. */
function emitRetire(c: Code, s: number, push: number): void {
  const [used, cls] = [c.local(I32), c.local(I32)];
  setField(c, s, SPAN.allocCount, () => field(c, s, SPAN.nelems));
  setField(c, s, SPAN.freeIndex, () => field(c, s, SPAN.nelems));
  field(c, s, SPAN.nelems); field(c, s, SPAN.allocCountBeforeCache); c.op(OP.i32_sub); c.set(used);
  setField(c, s, SPAN.allocCountBeforeCache, () => c.i32(0));
  c.get(0); c.i32(1); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.tee(cls);
  c.get(cls); c.mem(OP.f64_load, HEAP_CELL.smallAllocs); c.get(used); c.op(OP.f64_convert_i32_s); c.op(OP.f64_add); c.mem(OP.f64_store, HEAP_CELL.smallAllocs);
  addCell64(c, STAT.totalAlloc, wide(c, () => { c.get(used); field(c, s, SPAN.elemSize); c.op(OP.i32_mul); }));
  c.get(0); c.i32(TINY_SPAN_CLASS); c.op(OP.i32_eq);
  c.if();
  addCell64(c, STAT.tinyAllocs, wide(c, () => cell32(c, HEAP_CELL.tinyAllocs)));
  setCell(c, HEAP_CELL.tinyAllocs, () => c.i32(0));
  c.end();
  setField(c, s, SPAN.sweepGen, () => cell32(c, HEAP_CELL.sweepGen));
  c.get(s); c.get(0); c.i32(2); c.op(OP.i32_shl); c.i32(2); c.op(OP.i32_or); parity(c); c.op(OP.i32_or); c.call(push);
}

/** Sweeps in proportion to what is about to be taken. Go: deductSweepCredit. */
function emitPace(c: Code, type: number, sweepOne: number): void {
  const target = c.local(F64);
  const done = c.block();
  cell64(c, HEAP_CELL.pagesPerByte); c.f64(0); c.op(OP.f64_eq); c.brIf(done);
  c.get(type); c.mem(OP.i32_load, HEAP_CELL.classes + 4); c.i32(PAGE_SIZE); c.op(OP.i32_mul); c.op(OP.f64_convert_i32_s);
  cell64(c, HEAP_CELL.live); cell64(c, HEAP_CELL.liveBasis); c.op(OP.f64_sub); c.f64(0); c.op(OP.f64_max); c.op(OP.f64_add);
  cell64(c, HEAP_CELL.pagesPerByte); c.op(OP.f64_mul); c.op(OP.f64_trunc); c.set(target);
  const each = c.loop();
  c.get(target); cell64(c, HEAP_CELL.pagesSwept); cell64(c, HEAP_CELL.sweptBasis); c.op(OP.f64_sub); c.op(OP.f64_gt); c.op(OP.i32_eqz); c.brIf(done);
  c.call(sweepOne); c.i32(0); c.op(OP.i32_ge_s); c.brIf(each);
  c.i32(0); c.f64(0); c.mem(OP.f64_store, HEAP_CELL.pagesPerByte);
  c.end();
  c.end();
}

/** The free part of `s` counts as live from now on; the pacer itself is asked while marking and when an event is due. */
function emitAccount(c: Code, s: number, account: number): void {
  const [live, scan, now] = [c.local(F64), c.local(F64), c.local(F64)];
  field(c, s, SPAN.npages); c.i32(PAGE_SIZE); c.op(OP.i32_mul); field(c, s, SPAN.allocCount); field(c, s, SPAN.elemSize); c.op(OP.i32_mul); c.op(OP.i32_sub);
  c.op(OP.f64_convert_i32_s); c.set(live);
  cell32(c, HEAP_CELL.scanAlloc); c.op(OP.f64_convert_i32_s); c.set(scan);
  setCell(c, HEAP_CELL.scanAlloc, () => c.i32(0));
  cell64(c, HEAP_CELL.live); c.get(live); c.op(OP.f64_add); c.tee(now);
  cell64(c, HEAP_CELL.sampled); c.op(OP.f64_sub); c.op(OP.f64_abs); cell64(c, HEAP_CELL.sampleStep); c.op(OP.f64_ge);
  cell32(c, HEAP_CELL.slow); c.op(OP.i32_or);
  c.if();
  c.get(live); c.get(scan); c.call(account);
  c.else();
  c.i32(0); c.get(now); c.mem(OP.f64_store, HEAP_CELL.live);
  addCell64(c, HEAP_CELL.scan, () => c.get(scan));
  c.end();
}
