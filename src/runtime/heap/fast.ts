/**
 * The short way to allocate, and to record a pointer store, as WebAssembly that compiled code calls directly.
 *
 * It takes a slot from CELL.alloc, or from the next 64 of the cached span, when one is there, the site has a number and nobody watches; it
 * zeroes the slot, writes pointer bits or a header, counts the site and charges time; while marking it spends assist credit and makes the object
 * black. Everything else (refills, large objects, assists, recording) goes the long way, malloc.ts, which does the same things: a test runs
 * both over the same allocations.
 *
 * Go: mallocgc with nextFreeFast in GOROOT/src/runtime/malloc.go; gcWriteBarrier in asm_amd64.s, mwbbuf.go.
 */
import { CELL, DATA_BASE, FRAME, HEAP_BASE, MAP } from "../../abi/structs.ts";
import { DESC } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { F64, I32, I64, OP } from "../../wasm/opcodes.ts";
import type { Heap } from "./heap.ts";
import { BARRIER_SIZE, BITS_SIZE, HEAP_CELL, type Layout, MAX_SITES, SITE_RECORD, SITE_SHIFT, SPAN } from "./layout.ts";
import { BITMAP_SIZE } from "./pointers.ts";
import { refillFunc } from "./refill.ts";
import { HEADER_SIZE, INLINE_MARKS, MAX_BITMAP_SIZE, MAX_SMALL_OBJECT, PAGE_SIZE, TINY_SIZE } from "./sizeclass.ts";
import { SITE } from "./sites.ts";
import { pagesOf } from "./span.ts";
import { OwnCode } from "../own-code.ts";

/** The long ways. Parameters as in abi/entries.ts. */
export interface SlowPaths {
  mallocgc(size: number, type: number, zero: number): number;
  newarray(type: number, n: bigint): number;
  gcWriteBarrier(slot: number, value: number): void;
}

/** Functions to hand to compiled code as the runtime calls of the same names. */
export interface FastPaths {
  readonly mallocgc: (size: number, type: number, zero: number) => number;
  readonly newarray: (type: number, n: bigint) => number;
  readonly gcWriteBarrier: (slot: number, value: number) => void;
  readonly visibleAddress: (at: number) => bigint;
  readonly offsetOfAddress: (visible: bigint) => number;
}

/** Slots up to this size are zeroed by a loop; above, by memory.fill. */
const LOOP_ZERO = 256;

/** Makes the fast paths for one heap. */
export function fastPaths(heap: Heap, slow: SlowPaths, own = new OwnCode()): FastPaths {
  const imports = {
    m: { memory: heap.memory.wasm },
    e: {
      mallocgc: (size: number, type: number, zero: number) => slow.mallocgc(size >>> 0, type >>> 0, zero),
      newarray: (type: number, n: bigint) => slow.newarray(type >>> 0, n),
      gcWriteBarrier: (slot: number, value: number) => slow.gcWriteBarrier(slot >>> 0, value >>> 0),
      account: (live: number, scan: number) => heap.ports.account.update(live, scan),
      sweepOther: (span: number, keep: number) => Number(heap.ports.sweeper.sweepOther(span >>> 0, keep !== 0)),
      fresh: (spanClass: number) => heap.allocSpan(pagesOf(spanClass), spanClass),
      flushSwept: () => heap.ports.flushSwept(),
      testTrigger: () => heap.ports.testTrigger(),
    },
  };
  const exports = own.exports("fast", () => buildModule(heap.layout), imports);
  return {
    mallocgc: func(exports["mallocgc"]), newarray: func(exports["newarray"]), gcWriteBarrier: func(exports["gcWriteBarrier"]),
    visibleAddress: func(exports["visibleAddress"]), offsetOfAddress: func(exports["offsetOfAddress"]),
  };
}

/** The export as a function of the type that this file built it with. */
function func<F extends Function>(value: WebAssembly.ExportValue | undefined): F {
  if (typeof value !== "function") bug("the allocator module lacks an export");
  return value as unknown as F;
}

function buildModule(l: Layout): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  const mallocType = m.type([I32, I32, I32], [I32]);
  const arrayType = m.type([I32, I64], [I32]);
  const barrierType = m.type([I32, I32], []);
  const slowMalloc = m.importFunc("e", "mallocgc", mallocType);
  const slowArray = m.importFunc("e", "newarray", arrayType);
  const slowBarrier = m.importFunc("e", "gcWriteBarrier", barrierType);
  const imports = {
    account: m.importFunc("e", "account", m.type([F64, F64], [])), sweepOther: m.importFunc("e", "sweepOther", m.type([I32, I32], [I32])),
    fresh: m.importFunc("e", "fresh", m.type([I32], [I32])), flushSwept: m.importFunc("e", "flushSwept", m.type([], [])),
  };
  const testTrigger = m.importFunc("e", "testTrigger", m.type([], []));
  const loadNext = m.func(m.type([I32], [I64]), loadNextCode(l));
  const refill = refillFunc(m, l, imports, loadNext);
  const malloc = m.func(mallocType, mallocCode(l, { slow: slowMalloc, loadNext, refill, testTrigger }));
  m.exportFunc("mallocgc", malloc);
  m.exportFunc("newarray", m.func(arrayType, newarrayCode(malloc, slowArray)));
  m.exportFunc("gcWriteBarrier", m.func(barrierType, barrierCode(l, slowBarrier)));
  m.exportFunc("visibleAddress", m.func(m.type([I32], [I64]), visibleCode(l)));
  m.exportFunc("offsetOfAddress", m.func(m.type([I64], [I32]), offsetCode(l)));
  return m.encode();
}

/** What a program sees of an address: heap and stacks from HEAP_BASE on, data and code where Go's binaries have them; nil is 0. */
function visibleCode(l: Layout): Code {
  const c = new Code(1);
  c.get(0); c.op(OP.i64_extend_i32_u);
  c.i64(HEAP_BASE - l.arena); c.i64(DATA_BASE);
  c.get(0); c.i32(l.arena); c.op(OP.i32_ge_u); c.op(OP.select);
  c.i64(0); c.get(0); c.op(OP.select);
  c.op(OP.i64_add);
  return c;
}

/** The address behind what a program sees; what is no address of ours keeps its low bits. */
function offsetCode(l: Layout): Code {
  const c = new Code(1);
  const within = (base: number, from: number, to: number): void => {
    c.get(0); c.i64(base + from); c.op(OP.i64_sub); c.i64(to - from); c.op(OP.i64_lt_u);
  };
  c.get(0);
  c.i64(HEAP_BASE - l.arena);
  c.i64(DATA_BASE); c.i64(0); within(0, DATA_BASE + MAP.cells, l.arena); c.op(OP.select);
  within(HEAP_BASE, 0, 0x1_0000_0000 - l.arena); c.op(OP.select);
  c.op(OP.i64_sub); c.op(OP.i32_wrap_i64);
  return c;
}

/** Parameters and locals of mallocgc. */
interface Malloc {
  readonly l: Layout;
  readonly size: number;
  readonly type: number;
  readonly zero: number;
  /** 1 without pointers. */
  readonly noscan: number;
  /** Bytes wanted with the header; span class; address of its allocation cell; the cell's bits. */
  readonly full: number;
  readonly sc: number;
  readonly cell: number;
  readonly bits: number;
  readonly slot: number;
  readonly p: number;
  /** Record of the site, and scratch. */
  readonly site: number;
  readonly t: number;
  readonly u: number;
  /** 1 while a tiny block is being taken. */
  readonly tiny: number;
  /** 1 while marking; then the credit that is left after `size`. */
  readonly marking: number;
  readonly credit: number;
  /** 1 once the cached span was changed. */
  readonly refilled: number;
}

/** Numbers of the functions that mallocgc calls. */
interface MallocCalls {
  readonly slow: number;
  readonly loadNext: number;
  readonly refill: number;
  readonly testTrigger: number;
}

function mallocCode(l: Layout, calls: MallocCalls): Code {
  const c = new Code(3);
  const local = (): number => c.local(I32);
  const v: Malloc = {
    l, size: 0, type: 1, zero: 2, noscan: local(), full: local(), sc: local(), cell: local(), bits: c.local(I64), slot: local(),
    p: local(), site: local(), t: local(), u: local(), tiny: local(), marking: local(), credit: c.local(F64), refilled: local(),
  };
  const long = c.block();
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.slow); c.tee(v.marking); c.i32(1); c.op(OP.i32_gt_u); c.brIf(long);
  // Sizes 1 … 32,760: 0 wraps around.
  c.get(v.size); c.i32(1); c.op(OP.i32_sub); c.i32(MAX_SMALL_OBJECT); c.op(OP.i32_ge_u); c.brIf(long);
  c.get(v.marking);
  c.if(); emitCredit(c, v, long); c.end();
  c.i32(1); c.set(v.noscan);
  c.get(v.type);
  c.if(); c.get(v.type); c.mem(OP.i32_load, DESC.ptrdata); c.op(OP.i32_eqz); c.set(v.noscan); c.end();
  c.get(v.size); c.set(v.full);
  c.get(v.noscan);
  c.if();
  c.get(v.size); c.i32(TINY_SIZE); c.op(OP.i32_lt_u);
  c.if(); emitTiny(c, v); c.end();
  c.else();
  c.get(v.size); c.i32(MAX_BITMAP_SIZE); c.op(OP.i32_gt_u);
  c.if(); c.get(v.size); c.i32(HEADER_SIZE); c.op(OP.i32_add); c.set(v.full); c.end();
  c.end();
  emitTake(c, v, long, calls);
  emitFinish(c, v, calls.testTrigger);
  c.return();
  c.end();
  c.get(v.size); c.get(v.type); c.get(v.zero); c.call(calls.slow);
  return c;
}

/** While marking: goes the long way unless the goroutine at hand has credit for the object. Nothing is changed yet. */
function emitCredit(c: Code, v: Malloc, long: number): void {
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.assistG); c.i32(0); c.mem(OP.i32_load, CELL.g); c.op(OP.i32_ne); c.brIf(long);
  c.i32(0); c.mem(OP.f64_load, HEAP_CELL.assistCredit); c.get(v.size); c.op(OP.f64_convert_i32_u); c.op(OP.f64_sub); c.tee(v.credit);
  c.f64(0); c.op(OP.f64_lt); c.brIf(long);
}

/** While marking: spends the credit, less the rest of the slot, and charges for it. */
function emitSpend(c: Code, v: Malloc, rest: () => void): void {
  c.get(v.marking);
  c.if();
  c.i32(0); c.get(v.credit); rest(); c.mem(OP.f64_store, HEAP_CELL.assistCredit);
  c.get(v.refilled); c.op(OP.i32_eqz);
  c.if(); emitMarkingCost(c); c.end();
  c.end();
}

function emitMarkingCost(c: Code): void {
  chargeFuel(c, () => { c.i32(0); c.mem(OP.i64_load32_u, HEAP_CELL.markingCost); }, () => undefined);
}

/** While marking: the new object is black. Go: gcmarknewobject. */
function emitBlacken(c: Code, v: Malloc): void {
  const { l } = v;
  const span = c.local(I32);
  const index = c.local(I32);
  const bits = c.local(I32);
  c.get(v.marking);
  c.if();
  c.get(v.p); c.i32(l.arena); c.op(OP.i32_sub); c.i32(13); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.mem(OP.i32_load, l.pageMap); c.set(span);
  c.get(v.p); c.get(span); c.mem(OP.i32_load, SPAN.base); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u);
  c.get(span); c.mem(OP.i64_load32_u, SPAN.divMagic); c.op(OP.i64_mul); c.i64(32); c.op(OP.i64_shr_u); c.op(OP.i32_wrap_i64); c.set(index);
  c.get(span); c.i32(l.spans); c.op(OP.i32_sub); c.i32(31 - Math.clz32(BITS_SIZE / SPAN.size)); c.op(OP.i32_shl);
  c.get(index); c.i32(5); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(bits);
  for (const table of [l.marks, l.scans]) {
    c.get(bits); c.get(bits); c.mem(OP.i32_load, table); c.i32(1); c.get(index); c.op(OP.i32_shl); c.op(OP.i32_or); c.mem(OP.i32_store, table);
  }
  c.i32(0); c.i32(0); c.mem(OP.f64_load, HEAP_CELL.bytesMarked); c.get(v.slot); c.op(OP.f64_convert_i32_u); c.op(OP.f64_add);
  c.mem(OP.f64_store, HEAP_CELL.bytesMarked);
  c.end();
}

/** Returns an address in the tiny block if the object fits; else goes on with a block of 16 bytes wanted and `tiny` 1. */
function emitTiny(c: Code, v: Malloc): void {
  c.i32(1); c.set(v.tiny);
  c.i32(TINY_SIZE); c.set(v.full);
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.tiny); c.tee(v.p);
  c.if();
  // t: alignment - 1, from the lowest bits of the size.
  c.i32(7); c.i32(3); c.get(v.size); c.i32(7); c.op(OP.i32_and); c.op(OP.i32_eqz); c.op(OP.select);
  c.i32(1); c.i32(0); c.get(v.size); c.i32(1); c.op(OP.i32_and); c.op(OP.i32_eqz); c.op(OP.select);
  c.get(v.size); c.i32(3); c.op(OP.i32_and); c.op(OP.i32_eqz); c.op(OP.select); c.set(v.t);
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.tinyOffset); c.get(v.t); c.op(OP.i32_add); c.get(v.t); c.i32(-1); c.op(OP.i32_xor); c.op(OP.i32_and);
  c.tee(v.t); c.get(v.size); c.op(OP.i32_add); c.tee(v.u); c.i32(TINY_SIZE); c.op(OP.i32_le_u);
  c.if();
  c.i32(0); c.get(v.u); c.mem(OP.i32_store, HEAP_CELL.tinyOffset);
  emitSpend(c, v, () => undefined);
  addTo(c, HEAP_CELL.tinyAllocs, () => c.i32(1));
  chargeFuel(c, () => c.i64(0), () => { c.i32(0); c.mem(OP.i64_load32_u, HEAP_CELL.tinyCost); c.op(OP.i64_add); });
  c.get(v.p); c.get(v.t); c.op(OP.i32_add); c.return();
  c.end();
  c.end();
}

/** cell += what `push` pushes. */
function addTo(c: Code, cell: number, push: () => void): void {
  c.i32(0); c.i32(0); c.mem(OP.i32_load, cell); push(); c.op(OP.i32_add); c.mem(OP.i32_store, cell);
}

/** fuel -= the i64 that `push` and `more` leave on the stack. */
function chargeFuel(c: Code, push: () => void, more: () => void): void {
  c.i32(0); c.i32(0); c.mem(OP.i64_load, CELL.fuel); push(); more(); c.op(OP.i64_sub); c.mem(OP.i64_store, CELL.fuel);
}

/** Takes a slot into `p` and counts it; leaves for `long` before anything is changed if that can't be done here. */
function emitTake(c: Code, v: Malloc, long: number, calls: MallocCalls): void {
  const { l } = v;
  c.get(v.full); c.i32(7); c.op(OP.i32_add); c.i32(3); c.op(OP.i32_shr_u); c.mem(OP.i32_load8_u, l.classOf);
  c.i32(1); c.op(OP.i32_shl); c.get(v.noscan); c.op(OP.i32_or); c.set(v.sc);
  // The innermost site that is not the runtime's own, as SiteTable.current finds it.
  c.i32(0); c.mem(OP.i32_load, CELL.sp); c.set(v.p);
  const outward = c.loop();
  c.get(v.p); c.mem(OP.i32_load, FRAME.state); c.tee(v.t); c.i32(MAX_SITES); c.op(OP.i32_ge_u); c.brIf(long);
  c.get(v.t); c.i32(31 - Math.clz32(SITE_RECORD)); c.op(OP.i32_shl); c.tee(v.site); c.mem(OP.i32_load, l.sites + SITE.up); c.tee(v.t);
  c.if(); c.get(v.p); c.get(v.t); c.op(OP.i32_add); c.set(v.p); c.br(outward); c.end();
  c.end();
  c.get(v.site); c.mem(OP.i32_load, l.sites + SITE.number); c.tee(v.t); c.op(OP.i32_eqz); c.brIf(long);
  c.get(v.sc); c.i32(4); c.op(OP.i32_shl); c.tee(v.cell); c.mem(OP.i64_load, CELL.alloc + 8); c.tee(v.bits); c.op(OP.i64_eqz);
  c.if();
  c.get(v.sc); c.call(calls.loadNext); c.tee(v.bits); c.op(OP.i64_eqz);
  c.if();
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.noRefill); c.brIf(long);
  c.i32(1); c.set(v.refilled);
  // Before the events of the change, as the long way does.
  c.get(v.marking);
  c.if(); emitMarkingCost(c); c.end();
  c.get(v.sc); c.call(calls.refill); c.tee(v.bits); c.op(OP.i64_eqz); c.brIf(long);
  c.end();
  c.end();
  // The slot is ours.
  c.get(v.cell); c.get(v.bits); c.get(v.bits); c.i64(1); c.op(OP.i64_sub); c.op(OP.i64_and); c.mem(OP.i64_store, CELL.alloc + 8);
  c.get(v.cell); c.mem(OP.i32_load, CELL.alloc + 4); c.tee(v.u); c.i32(0x7fffffff); c.op(OP.i32_and); c.set(v.slot);
  c.get(v.cell); c.mem(OP.i32_load, CELL.alloc); c.get(v.bits); c.op(OP.i64_ctz); c.op(OP.i32_wrap_i64); c.get(v.slot); c.op(OP.i32_mul); c.op(OP.i32_add);
  c.set(v.p);
  // Its site: number at the object, counts in the record.
  c.get(v.p); c.i32(l.arena); c.op(OP.i32_sub); c.i32(SITE_SHIFT); c.op(OP.i32_shr_u); c.i32(1); c.op(OP.i32_shl); c.get(v.t); c.mem(OP.i32_store16, l.siteOf);
  c.get(v.site); c.get(v.site); c.mem(OP.f64_load, l.sites + SITE.count); c.f64(1); c.op(OP.f64_add); c.mem(OP.f64_store, l.sites + SITE.count);
  c.get(v.site); c.get(v.site); c.mem(OP.f64_load, l.sites + SITE.bytes); c.get(v.slot); c.op(OP.f64_convert_i32_u); c.op(OP.f64_add);
  c.mem(OP.f64_store, l.sites + SITE.bytes);
  chargeFuel(c, () => { c.get(v.sc); c.i32(2); c.op(OP.i32_shl); c.mem(OP.i64_load32_u, HEAP_CELL.cost); }, () => undefined);
  emitSpend(c, v, () => { c.get(v.slot); c.get(v.size); c.op(OP.i32_sub); c.op(OP.f64_convert_i32_s); c.op(OP.f64_sub); });
  emitBlacken(c, v);
  emitZero(c, v);
}

/** (span class) → bits of the next 64 slots of the cached span that hold a free one, loaded into its cell; 0 if there are none. Go: nextFree. */
function loadNextCode(l: Layout): Code {
  const c = new Code(1);
  const [s, g, n, words, from] = [c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32)];
  const [bits, cell] = [c.local(I64), c.local(I32)];
  c.get(0); c.i32(3); c.op(OP.i32_shl); c.mem(OP.i32_load, HEAP_CELL.cached); c.tee(s); c.op(OP.i32_eqz);
  c.if(); c.i64(0); c.return(); c.end();
  c.get(s); c.mem(OP.i32_load, SPAN.nelems); c.set(n);
  c.get(s); c.i32(l.spans); c.op(OP.i32_sub); c.i32(31 - Math.clz32(BITS_SIZE / SPAN.size)); c.op(OP.i32_shl); c.i32(l.allocs); c.op(OP.i32_add); c.set(words);
  c.get(0); c.i32(3); c.op(OP.i32_shl); c.mem(OP.i32_load, HEAP_CELL.cached + 4); c.set(g);
  const none = c.block();
  const each = c.loop();
  c.get(g); c.i32(6); c.op(OP.i32_shl); c.tee(from); c.get(n); c.op(OP.i32_ge_u); c.brIf(none);
  c.get(words); c.get(g); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.mem(OP.i64_load, 0); c.i64(-1); c.op(OP.i64_xor); c.set(bits);
  // Not beyond the last slot, and not below freeIndex: those were taken since the last sweep.
  c.get(n); c.get(from); c.op(OP.i32_sub); c.i32(64); c.op(OP.i32_lt_u);
  c.if();
  c.get(bits); c.i64(1); c.get(n); c.get(from); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl); c.i64(1); c.op(OP.i64_sub);
  c.op(OP.i64_and); c.set(bits);
  c.end();
  c.get(s); c.mem(OP.i32_load, SPAN.freeIndex); c.get(from); c.op(OP.i32_gt_u);
  c.if();
  c.get(bits); c.i64(-1); c.get(s); c.mem(OP.i32_load, SPAN.freeIndex); c.get(from); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl);
  c.i64(0); c.get(s); c.mem(OP.i32_load, SPAN.freeIndex); c.get(from); c.op(OP.i32_sub); c.i32(64); c.op(OP.i32_lt_u); c.op(OP.select);
  c.op(OP.i64_and); c.set(bits);
  c.end();
  c.get(g); c.i32(1); c.op(OP.i32_add); c.set(g);
  c.get(bits); c.op(OP.i64_eqz); c.brIf(each);
  c.end();
  c.get(0); c.i32(3); c.op(OP.i32_shl); c.get(g); c.mem(OP.i32_store, HEAP_CELL.cached + 4);
  c.get(0); c.i32(4); c.op(OP.i32_shl); c.tee(cell); c.get(s); c.mem(OP.i32_load, SPAN.base); c.get(from); c.get(s); c.mem(OP.i32_load, SPAN.elemSize);
  c.op(OP.i32_mul); c.op(OP.i32_add); c.mem(OP.i32_store, CELL.alloc);
  c.get(cell); c.get(bits); c.mem(OP.i64_store, CELL.alloc + 8);
  c.get(bits); c.return();
  c.end();
  c.get(0); c.i32(3); c.op(OP.i32_shl); c.get(g); c.mem(OP.i32_store, HEAP_CELL.cached + 4);
  c.i64(0);
  return c;
}

/** Zeroes the slot if it held something (`u` < 0) and somebody cares. */
function emitZero(c: Code, v: Malloc): void {
  const done = c.block();
  c.get(v.tiny);
  c.if();
  c.get(v.p); c.i64(0); c.mem(OP.i64_store, 0);
  c.get(v.p); c.i64(0); c.mem(OP.i64_store, 8);
  c.br(done);
  c.end();
  c.get(v.u); c.i32(0); c.op(OP.i32_ge_s); c.brIf(done);
  c.get(v.zero); c.get(v.noscan); c.op(OP.i32_eqz); c.op(OP.i32_or); c.op(OP.i32_eqz); c.brIf(done);
  c.get(v.slot); c.i32(LOOP_ZERO); c.op(OP.i32_gt_u);
  c.if();
  c.get(v.p); c.i32(0); c.get(v.slot); c.memoryFill(); c.br(done);
  c.end();
  c.get(v.p); c.get(v.slot); c.op(OP.i32_add); c.set(v.t);
  const each = c.loop();
  c.get(v.t); c.i32(8); c.op(OP.i32_sub); c.tee(v.t); c.i64(0); c.mem(OP.i64_store, 0);
  c.get(v.t); c.get(v.p); c.op(OP.i32_gt_u); c.brIf(each);
  c.end();
  c.end();
}

/** Pointer bits, header or tiny block; leaves the object's address on the stack. */
function emitFinish(c: Code, v: Malloc, testTrigger: number): void {
  const test = (): void => emitTest(c, v, testTrigger);
  c.get(v.noscan);
  c.if();
  c.get(v.tiny);
  c.if();
  // The new block stays the tiny block if it has more room than the old one.
  c.get(v.size); c.i32(0); c.mem(OP.i32_load, HEAP_CELL.tinyOffset); c.op(OP.i32_lt_u);
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.tiny); c.op(OP.i32_eqz); c.op(OP.i32_or);
  c.if();
  c.i32(0); c.get(v.p); c.mem(OP.i32_store, HEAP_CELL.tiny);
  c.i32(0); c.get(v.size); c.mem(OP.i32_store, HEAP_CELL.tinyOffset);
  c.end();
  c.end();
  test();
  c.get(v.p); c.return();
  c.end();
  c.get(v.full); c.get(v.size); c.op(OP.i32_ne);
  c.if();
  c.get(v.p); c.get(v.type); c.op(OP.i64_extend_i32_u); c.mem(OP.i64_store, 0);
  addTo(c, HEAP_CELL.scanAlloc, () => c.get(v.slot));
  test();
  c.get(v.p); c.i32(HEADER_SIZE); c.op(OP.i32_add); c.return();
  c.end();
  emitBitmap(c, v);
  test();
  c.get(v.p);
}

/** After a change of spans the heap may have reached the trigger. */
function emitTest(c: Code, v: Malloc, testTrigger: number): void {
  c.get(v.refilled);
  c.if();
  c.i32(0); c.mem(OP.f64_load, HEAP_CELL.live); c.i32(0); c.mem(OP.f64_load, HEAP_CELL.trigger); c.op(OP.f64_ge);
  c.if(); c.call(testTrigger); c.end();
  c.end();
}

/** Writes the slot's pointer bits and counts its scannable bytes. Go: writeHeapBitsSmall. */
function emitBitmap(c: Code, v: Malloc): void {
  const mask = c.local(I64);
  const one = c.local(I64);
  const keep = c.local(I64);
  const shift = c.local(I64);
  const elem = c.local(I32);
  const at = c.local(I32);
  const long = (local: number): void => {
    c.get(local);
    c.op(OP.i64_extend_i32_u);
  };
  /** The lowest n bits, n words of `bytes` (8 … 512). */
  const lowest = (bytes: () => void): void => {
    c.i64(-1); c.i32(64); bytes(); c.i32(3); c.op(OP.i32_shr_u); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shr_u);
  };
  c.get(v.type); c.mem(OP.i32_load, DESC.byteSize); c.set(elem);
  c.get(v.type); c.mem(OP.i32_load, DESC.ptrdata); c.set(v.t);
  c.get(v.type); c.mem(OP.i32_load, DESC.mask); c.mem(OP.i64_load, 0, 0); lowest(() => c.get(v.t)); c.op(OP.i64_and); c.tee(one); c.set(mask);
  c.get(elem); c.get(v.size); c.op(OP.i32_lt_u);
  c.if();
  c.get(elem); c.i32(8); c.op(OP.i32_eq);
  c.if();
  lowest(() => c.get(v.size)); c.set(mask);
  c.else();
  c.get(elem); c.set(at);
  const each = c.loop();
  c.get(mask); c.get(one); c.get(at); c.i32(3); c.op(OP.i32_shr_u); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl); c.op(OP.i64_or); c.set(mask);
  c.get(at); c.get(elem); c.op(OP.i32_add); c.tee(at); c.get(v.size); c.op(OP.i32_lt_u); c.brIf(each);
  c.end();
  c.get(v.size); c.get(elem); c.op(OP.i32_sub); c.get(v.t); c.op(OP.i32_add); c.set(v.t);
  c.end();
  c.end();
  addTo(c, HEAP_CELL.scanAlloc, () => c.get(v.t));
  // u: address of the 64 bits that hold the first word's; shift: its place in them.
  c.get(v.p); c.i32(PAGE_SIZE - 1); c.op(OP.i32_and); c.i32(3); c.op(OP.i32_shr_u); c.set(v.t);
  c.get(v.p); c.i32(-PAGE_SIZE); c.op(OP.i32_and);
  c.i32(PAGE_SIZE - BITMAP_SIZE); c.i32(PAGE_SIZE - BITMAP_SIZE - INLINE_MARKS); c.get(v.slot); c.i32(8); c.op(OP.i32_eq); c.op(OP.select);
  c.op(OP.i32_add); c.get(v.t); c.i32(6); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(v.u);
  c.get(v.t); c.i32(63); c.op(OP.i32_and); c.tee(v.t); c.op(OP.i64_extend_i32_u); c.set(shift);
  lowest(() => c.get(v.slot)); c.set(keep);
  c.get(v.u); c.get(v.u); c.mem(OP.i64_load, 0); c.get(keep); c.get(shift); c.op(OP.i64_shl); c.i64(-1); c.op(OP.i64_xor); c.op(OP.i64_and);
  c.get(mask); c.get(shift); c.op(OP.i64_shl); c.op(OP.i64_or); c.mem(OP.i64_store, 0);
  c.get(v.slot); c.i32(3); c.op(OP.i32_shr_u); c.get(v.t); c.op(OP.i32_add); c.i32(64); c.op(OP.i32_gt_u);
  c.if();
  c.i32(64); c.get(v.t); c.op(OP.i32_sub); c.set(v.t);
  c.get(v.u); c.get(v.u); c.mem(OP.i64_load, 8); c.get(keep); long(v.t); c.op(OP.i64_shr_u); c.i64(-1); c.op(OP.i64_xor); c.op(OP.i64_and);
  c.get(mask); long(v.t); c.op(OP.i64_shr_u); c.op(OP.i64_or); c.mem(OP.i64_store, 8);
  c.end();
}

/** (type, n): n values; the long way if n is negative or the size doubtful. */
function newarrayCode(malloc: number, slow: number): Code {
  const c = new Code(2);
  const size = c.local(I64);
  c.get(1); c.i64(1 << 30); c.op(OP.i64_lt_u);
  c.if();
  c.get(1); c.get(0); c.mem(OP.i64_load32_u, DESC.byteSize); c.op(OP.i64_mul); c.tee(size); c.i64(1 << 30); c.op(OP.i64_le_u);
  c.if();
  c.get(size); c.op(OP.i32_wrap_i64); c.get(0); c.i32(1); c.call(malloc); c.return();
  c.end();
  c.end();
  c.get(0); c.get(1); c.call(slow);
  return c;
}

/** (slot, value): puts old and new pointer into the buffer if there is room and nobody listens. */
function barrierCode(l: Layout, slow: number): Code {
  const c = new Code(2);
  const n = c.local(I32);
  const long = c.block();
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.slow); c.i32(2); c.op(OP.i32_and); c.brIf(long);
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.barrierCount); c.tee(n); c.i32(BARRIER_SIZE - 2); c.op(OP.i32_gt_u); c.brIf(long);
  for (const value of [(): void => { c.get(0); c.mem(OP.i32_load, 0); }, (): void => c.get(1)]) {
    value();
    c.if();
    c.get(n); c.i32(2); c.op(OP.i32_shl); value(); c.mem(OP.i32_store, l.barrier);
    c.get(n); c.i32(1); c.op(OP.i32_add); c.set(n);
    c.end();
  }
  c.i32(0); c.get(n); c.mem(OP.i32_store, HEAP_CELL.barrierCount);
  chargeFuel(c, () => { c.i32(0); c.mem(OP.i64_load32_u, HEAP_CELL.barrierCost); }, () => undefined);
  c.return();
  c.end();
  c.get(0); c.get(1); c.call(slow);
  return c;
}

