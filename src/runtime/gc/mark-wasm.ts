/**
 * The mark loop of mark.ts as WebAssembly: the same bits, the same queue, the same counts, about twice as fast.
 *
 * Only types without a mask, which are too long for one, go to the reference loop.
 * While single objects are listened to, the reference loop runs instead.
 *
 * Go: GOROOT/src/runtime/mgcmark_greenteagc.go, mgcmark.go.
 */
import { DESC } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { F64, I32, I64, OP } from "../../wasm/opcodes.ts";
import {
  BITMAP_SIZE, BITS_SIZE, HEADER_SIZE, type Heap, HEAP_CELL, INLINE_MARKS, type Layout, MAX_BITMAP_SIZE, PAGE_SIZE, SPAN, SPAN_HEAP,
} from "../heap/index.ts";
import { type Marker, type MarkLoop, OBLET_SIZE, QUEUE_END } from "./mark.ts";
import { OwnCode } from "../own-code.ts";

/** A mark loop in WebAssembly over the state of `marker`. */
export function wasmMarkLoop(heap: Heap, marker: Marker, own = new OwnCode()): MarkLoop {
  const imports = {
    m: { memory: heap.memory.wasm },
    e: { large: (s: number) => marker.scanLarge(s >>> 0), object: (s: number, slot: number) => marker.scanObject(s >>> 0, slot >>> 0) },
  };
  const exports = own.exports("mark", () => buildMarkModule(heap.layout), imports);
  const shade = func<(p: number) => void>(exports["shade"]);
  const drain = func<(work: number) => void>(exports["drain"]);
  return {
    shade: (p) => (marker.listener ? marker.shade(p) : shade(p)),
    drain: (work) => {
      if (marker.listener) return marker.drain(work);
      const before = marker.scanWork;
      drain(work);
      return marker.scanWork - before;
    },
  };
}

/** The export as a function of the type that this file built it with. */
function func<F extends Function>(value: WebAssembly.ExportValue | undefined): F {
  if (typeof value !== "function") bug("the mark module lacks an export");
  return value as F;
}

/** Locals that the emitted code of one function shares. */
interface Vars {
  /** Pointer at hand; its span, index, word of mark bits, bit. */
  readonly q: number;
  readonly s: number;
  readonly i: number;
  readonly w: number;
  readonly bit: number;
}

const newVars = (c: Code, q: number): Vars => ({ q, s: c.local(I32), i: c.local(I32), w: c.local(I32), bit: c.local(I32) });

function buildMarkModule(l: Layout): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  const large = m.importFunc("e", "large", m.type([I32], []));
  const object = m.importFunc("e", "object", m.type([I32, I32], []));
  const shade = new Code(1);
  emitShade(shade, l, newVars(shade, 0));
  m.exportFunc("shade", m.func(m.type([I32], []), shade));
  const typed = m.func(m.type([I32, I32, I32, I32], [I32]), typedCode(l));
  const piece = m.func(m.type([I32], []), pieceCode(l, typed, large));
  m.exportFunc("drain", m.func(m.type([F64], []), drainCode(l, { piece, object, typed })));
  return m.encode();
}

/** Adds `push` to the double in `cell`. */
function addCell(c: Code, cell: number, push: () => void): void {
  c.i32(0);
  c.i32(0);
  c.mem(OP.f64_load, cell);
  push();
  c.op(OP.f64_add);
  c.mem(OP.f64_store, cell);
}

/** Address of the bits of span `s` in the table at `table`. */
function bitsOf(c: Code, l: Layout, s: number, table: number): void {
  c.get(s);
  c.i32(l.spans);
  c.op(OP.i32_sub);
  c.i32(31 - Math.clz32(BITS_SIZE / SPAN.size));
  c.op(OP.i32_shl);
  c.i32(table);
  c.op(OP.i32_add);
}

/** Makes the object that `v.q` points into grey, if it is white. */
function emitShade(c: Code, l: Layout, v: Vars): void {
  const out = c.block();
  c.get(v.q); c.i32(l.arena); c.op(OP.i32_sub); c.tee(v.w);
  c.i32(l.arenaEnd - l.arena); c.op(OP.i32_ge_u); c.brIf(out);
  c.get(v.w); c.i32(13); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.mem(OP.i32_load, l.pageMap); c.tee(v.s);
  c.op(OP.i32_eqz); c.brIf(out);
  c.get(v.s); c.mem(OP.i32_load, SPAN.state); c.i32(SPAN_HEAP); c.op(OP.i32_ne); c.brIf(out);
  c.get(v.q); c.get(v.s); c.mem(OP.i32_load, SPAN.limit); c.op(OP.i32_ge_u); c.brIf(out);
  // index = (q - base) * divMagic >> 32
  c.get(v.q); c.get(v.s); c.mem(OP.i32_load, SPAN.base); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u);
  c.get(v.s); c.mem(OP.i64_load32_u, SPAN.divMagic); c.op(OP.i64_mul); c.i64(32); c.op(OP.i64_shr_u); c.op(OP.i32_wrap_i64); c.set(v.i);
  bitsOf(c, l, v.s, l.marks); c.get(v.i); c.i32(5); c.op(OP.i32_shr_u); c.i32(2); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(v.w);
  c.i32(1); c.get(v.i); c.op(OP.i32_shl); c.set(v.bit);
  c.get(v.w); c.mem(OP.i32_load, 0); c.get(v.bit); c.op(OP.i32_and); c.brIf(out);
  c.get(v.w); c.get(v.w); c.mem(OP.i32_load, 0); c.get(v.bit); c.op(OP.i32_or); c.mem(OP.i32_store, 0);
  c.get(v.s); c.mem(OP.i32_load, SPAN.spanClass); c.i32(1); c.op(OP.i32_and);
  c.if();
  addCell(c, HEAP_CELL.bytesMarked, () => {
    c.get(v.s); c.mem(OP.i32_load, SPAN.elemSize); c.op(OP.f64_convert_i32_u);
  });
  c.br(out);
  c.end();
  emitEnqueue(c, v, out);
  c.end();
}

/** Puts span `v.s` on the queue unless it is there. */
function emitEnqueue(c: Code, v: Vars, out: number): void {
  c.get(v.s); c.mem(OP.i32_load, SPAN.queued); c.brIf(out);
  c.get(v.s); c.i32(QUEUE_END); c.mem(OP.i32_store, SPAN.queued);
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.queueLast); c.tee(v.w);
  c.if();
  c.get(v.w); c.get(v.s); c.mem(OP.i32_store, SPAN.queued);
  c.else();
  c.i32(0); c.get(v.s); c.mem(OP.i32_store, HEAP_CELL.queueFirst);
  c.end();
  c.i32(0); c.get(v.s); c.mem(OP.i32_store, HEAP_CELL.queueLast);
}

/** Locals of the drain loop. */
interface Drain {
  readonly l: Layout;
  readonly v: Vars;
  /** Span being scanned, its object size, the object, words of its mask. */
  readonly s: number;
  readonly size: number;
  readonly obj: number;
  readonly mask: number;
  readonly work: number;
  readonly bytes: number;
  readonly objects: number;
}

/** Functions that the drain loop calls: the next piece of a large object, an object by the reference loop, values of a type. */
interface Calls {
  readonly piece: number;
  readonly object: number;
  readonly typed: number;
}

function drainCode(l: Layout, calls: Calls): Code {
  const c = new Code(1);
  const q = c.local(I32);
  const d: Drain = {
    l, v: newVars(c, q), s: c.local(I32), size: c.local(I32), obj: c.local(I32), mask: c.local(I64),
    work: c.local(I32), bytes: c.local(I32), objects: c.local(I32),
  };
  const word = c.local(I32);
  const words = c.local(I32);
  const marks = c.local(I32);
  const grey = c.local(I64);
  const base = c.local(I32);
  const limit = c.local(F64);
  c.get(0); c.i32(0); c.mem(OP.f64_load, HEAP_CELL.scanWork); c.op(OP.f64_add); c.set(limit);
  const done = c.block();
  const next = c.loop();
  c.i32(0); c.mem(OP.f64_load, HEAP_CELL.scanWork); c.get(limit); c.op(OP.f64_ge); c.brIf(done);
  emitDequeue(c, d, word, done);
  c.get(d.s); c.mem(OP.i32_load, SPAN.spanClass); c.i32(2); c.op(OP.i32_lt_u);
  c.if(); c.get(d.s); c.call(calls.piece); c.br(next); c.end();
  c.get(d.s); c.mem(OP.i32_load, SPAN.elemSize); c.set(d.size);
  c.get(d.s); c.mem(OP.i32_load, SPAN.base); c.set(base);
  c.get(d.s); c.mem(OP.i32_load, SPAN.nelems); c.i32(63); c.op(OP.i32_add); c.i32(6); c.op(OP.i32_shr_u); c.set(words);
  bitsOf(c, l, d.s, l.marks); c.set(marks);
  c.i32(0); c.set(d.work); c.i32(0); c.set(d.bytes); c.i32(0); c.set(d.objects);
  c.i32(0); c.set(word);
  const eachWord = c.loop();
  c.get(marks); c.mem(OP.i64_load, 0);
  c.get(marks); c.mem(OP.i64_load, l.scans - l.marks); c.i64(-1); c.op(OP.i64_xor); c.op(OP.i64_and); c.tee(grey);
  c.op(OP.i64_eqz); c.op(OP.i32_eqz);
  c.if();
  c.get(marks); c.get(marks); c.mem(OP.i64_load, l.scans - l.marks); c.get(grey); c.op(OP.i64_or); c.mem(OP.i64_store, l.scans - l.marks);
  const eachObject = c.loop();
  c.get(base); c.get(word); c.i32(6); c.op(OP.i32_shl); c.get(grey); c.op(OP.i64_ctz); c.op(OP.i32_wrap_i64); c.op(OP.i32_add);
  c.get(d.size); c.op(OP.i32_mul); c.op(OP.i32_add); c.set(d.obj);
  c.get(grey); c.get(grey); c.i64(1); c.op(OP.i64_sub); c.op(OP.i64_and); c.set(grey);
  emitScanObject(c, d, calls);
  c.get(grey); c.op(OP.i64_eqz); c.op(OP.i32_eqz); c.brIf(eachObject);
  c.end();
  c.end();
  c.get(marks); c.i32(8); c.op(OP.i32_add); c.set(marks);
  c.get(word); c.i32(1); c.op(OP.i32_add); c.tee(word); c.get(words); c.op(OP.i32_lt_u); c.brIf(eachWord);
  c.end();
  addCell(c, HEAP_CELL.scanWork, () => { c.get(d.work); c.op(OP.f64_convert_i32_u); });
  addCell(c, HEAP_CELL.bytesMarked, () => { c.get(d.bytes); c.op(OP.f64_convert_i32_u); });
  addCell(c, HEAP_CELL.objectsScanned, () => { c.get(d.objects); c.op(OP.f64_convert_i32_u); });
  c.br(next);
  c.end();
  c.end();
  return c;
}

/** Takes the first span off the queue into `d.s`; leaves for `done` if there is none. */
function emitDequeue(c: Code, d: Drain, rest: number, done: number): void {
  c.i32(0); c.mem(OP.i32_load, HEAP_CELL.queueFirst); c.tee(d.s); c.op(OP.i32_eqz); c.brIf(done);
  c.get(d.s); c.mem(OP.i32_load, SPAN.queued); c.set(rest);
  c.get(d.s); c.i32(0); c.mem(OP.i32_store, SPAN.queued);
  c.get(rest); c.i32(QUEUE_END); c.op(OP.i32_eq);
  c.if(); c.i32(0); c.set(rest); c.i32(0); c.i32(0); c.mem(OP.i32_store, HEAP_CELL.queueLast); c.end();
  c.i32(0); c.get(rest); c.mem(OP.i32_store, HEAP_CELL.queueFirst);
}

/** Scans the object `d.obj` of `d.size` bytes. */
function emitScanObject(c: Code, d: Drain, calls: Calls): void {
  const out = c.block();
  c.get(d.size); c.i32(MAX_BITMAP_SIZE); c.op(OP.i32_le_u);
  c.if();
  emitLoadBitmap(c, d);
  emitCount(c, d);
  c.get(d.mask); c.op(OP.i64_eqz); c.brIf(out);
  emitAddWork(c, d);
  emitVisitMask(c, d, d.obj);
  c.br(out);
  c.end();
  emitHeader(c, d, calls, out);
  c.end();
}

function emitCount(c: Code, d: Drain): void {
  c.get(d.objects); c.i32(1); c.op(OP.i32_add); c.set(d.objects);
  c.get(d.bytes); c.get(d.size); c.op(OP.i32_add); c.set(d.bytes);
}

/** work += bytes up to the last pointer of the mask. */
function emitAddWork(c: Code, d: Drain): void {
  c.get(d.work);
  c.i32(64); c.get(d.mask); c.op(OP.i64_clz); c.op(OP.i32_wrap_i64); c.op(OP.i32_sub); c.i32(3); c.op(OP.i32_shl);
  c.op(OP.i32_add); c.set(d.work);
}

/** Shades the pointers at `at` + 8 * each bit of the mask; the mask is empty afterwards. It isn't before. */
function emitVisitMask(c: Code, d: Pick<Drain, "l" | "v" | "mask">, at: number): void {
  const each = c.loop();
  c.get(at); c.get(d.mask); c.op(OP.i64_ctz); c.op(OP.i32_wrap_i64); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.mem(OP.i32_load, 0); c.set(d.v.q);
  c.get(d.mask); c.get(d.mask); c.i64(1); c.op(OP.i64_sub); c.op(OP.i64_and); c.set(d.mask);
  emitShade(c, d.l, d.v);
  c.get(d.mask); c.op(OP.i64_eqz); c.op(OP.i32_eqz); c.brIf(each);
  c.end();
}

/** Loads the pointer bits of `d.obj` from the end of its page. */
function emitLoadBitmap(c: Code, d: Drain): void {
  const { w, i, bit } = d.v;
  // w: address of the 64 bits that hold the first word's; bit: its place in them. Spans with 8-byte slots have no inline marks.
  c.get(d.obj); c.i32(PAGE_SIZE - 1); c.op(OP.i32_and); c.i32(3); c.op(OP.i32_shr_u); c.set(i);
  c.get(d.obj); c.i32(-PAGE_SIZE); c.op(OP.i32_and);
  c.i32(PAGE_SIZE - BITMAP_SIZE); c.i32(PAGE_SIZE - BITMAP_SIZE - INLINE_MARKS); c.get(d.size); c.i32(8); c.op(OP.i32_eq); c.op(OP.select);
  c.op(OP.i32_add); c.get(i); c.i32(6); c.op(OP.i32_shr_u); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(w);
  c.get(i); c.i32(63); c.op(OP.i32_and); c.set(bit);
  c.get(w); c.mem(OP.i64_load, 0); c.get(bit); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shr_u); c.set(d.mask);
  c.get(bit); c.get(d.size); c.i32(3); c.op(OP.i32_shr_u); c.op(OP.i32_add); c.i32(64); c.op(OP.i32_gt_u);
  c.if();
  c.get(d.mask); c.get(w); c.mem(OP.i64_load, 8); c.i32(64); c.get(bit); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl); c.op(OP.i64_or);
  c.set(d.mask);
  c.end();
  // Bits beyond the object belong to its neighbour.
  c.get(d.mask); c.i64(-1); c.i32(64); c.get(d.size); c.i32(3); c.op(OP.i32_shr_u); c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shr_u);
  c.op(OP.i64_and); c.set(d.mask);
}

/** Scans an object with a header: values of its type one after another up to the end of the slot. */
function emitHeader(c: Code, d: Drain, calls: Calls, out: number): void {
  const type = c.local(I32);
  const last = c.local(I32);
  c.get(d.obj); c.mem(OP.i32_load, 0); c.tee(type); c.op(OP.i32_eqz);
  c.if(); emitCount(c, d); c.br(out); c.end();
  c.get(type); c.mem(OP.i32_load, DESC.mask); c.op(OP.i32_eqz);
  c.if(); c.get(d.s); c.get(d.obj); c.call(calls.object); c.br(out); c.end();
  emitCount(c, d);
  c.get(type); c.get(d.obj); c.i32(HEADER_SIZE); c.op(OP.i32_add); c.i32(0); c.get(d.size); c.i32(HEADER_SIZE); c.op(OP.i32_sub);
  c.call(calls.typed); c.tee(last);
  c.if(); c.get(d.work); c.get(last); c.op(OP.i32_add); c.i32(HEADER_SIZE); c.op(OP.i32_add); c.set(d.work); c.end();
}

/** (span): scans the next piece of a large object and queues it again if there is more. Marker.scanLarge. */
function pieceCode(l: Layout, typed: number, reference: number): Code {
  const c = new Code(1);
  const v: Vars = { q: 0, s: 0, i: c.local(I32), w: c.local(I32), bit: c.local(I32) };
  const [type, size, from, to] = [c.local(I32), c.local(I32), c.local(I32), c.local(I32)];
  const deep = c.block();
  c.get(0); c.mem(OP.i32_load, SPAN.elemSize); c.set(size);
  c.get(0); c.mem(OP.i32_load, SPAN.scanned); c.i32(3); c.op(OP.i32_shl); c.tee(from); c.i32(OBLET_SIZE); c.op(OP.i32_add); c.tee(to);
  c.get(size); c.op(OP.i32_gt_u);
  c.if(); c.get(size); c.set(to); c.end();
  c.get(0); c.mem(OP.i32_load, SPAN.largeType); c.tee(type);
  c.if();
  c.get(type); c.mem(OP.i32_load, DESC.mask); c.op(OP.i32_eqz); c.brIf(deep);
  addCell(c, HEAP_CELL.scanWork, () => {
    c.get(type); c.get(0); c.mem(OP.i32_load, SPAN.base); c.get(from); c.get(to); c.call(typed);
    c.get(from); c.op(OP.i32_sub); c.op(OP.f64_convert_i32_u);
  });
  c.end();
  const whole = c.block();
  c.get(to); c.get(size); c.op(OP.i32_eq); c.brIf(whole);
  c.get(0); c.get(to); c.i32(3); c.op(OP.i32_shr_u); c.mem(OP.i32_store, SPAN.scanned);
  const queued = c.block();
  emitEnqueue(c, v, queued);
  c.end();
  c.return();
  c.end();
  c.get(0); c.i32(0); c.mem(OP.i32_store, SPAN.scanned);
  bitsOf(c, l, 0, l.scans); c.tee(v.w); c.get(v.w); c.mem(OP.i32_load, 0); c.i32(1); c.op(OP.i32_or); c.mem(OP.i32_store, 0);
  addCell(c, HEAP_CELL.bytesMarked, () => { c.get(size); c.op(OP.f64_convert_i32_u); });
  addCell(c, HEAP_CELL.objectsScanned, () => c.f64(1));
  c.return();
  c.end();
  c.get(0); c.call(reference);
  return c;
}

/**
 * (type, start, from, to) → end of the last pointer met, `from` if there is none: shades the pointers in [from, to) of values of a type with a
 * mask that lie one after another from `start` on. An array of single words is one value whose bits are all set.
 */
function typedCode(l: Layout): Code {
  const [type, start, from, to] = [0, 1, 2, 3];
  const c = new Code(4);
  const v = newVars(c, c.local(I32));
  const mask = c.local(I64);
  const [elem, words, at, w, offset, place, last, single] = [
    c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32),
  ];
  c.get(from); c.set(last);
  c.get(type); c.mem(OP.i32_load, DESC.byteSize); c.tee(elem); c.i32(8); c.op(OP.i32_eq); c.tee(single);
  c.if();
  c.get(to); c.get(from); c.op(OP.i32_sub); c.tee(elem); c.i32(3); c.op(OP.i32_shr_u); c.set(words);
  c.get(from); c.set(at);
  c.else();
  c.get(type); c.mem(OP.i32_load, DESC.ptrdata); c.i32(3); c.op(OP.i32_shr_u); c.set(words);
  c.get(from); c.get(from); c.get(elem); c.op(OP.i32_rem_u); c.op(OP.i32_sub); c.set(at);
  c.end();
  const eachElem = c.loop();
  c.i32(0); c.set(w);
  const rest = c.block();
  const eachChunk = c.loop();
  c.get(at); c.get(w); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.tee(offset); c.get(to); c.op(OP.i32_ge_u); c.brIf(rest);
  c.get(single);
  c.if(I64); c.i64(-1);
  c.else(); c.get(type); c.mem(OP.i32_load, DESC.mask); c.get(w); c.i32(3); c.op(OP.i32_shr_u); c.op(OP.i32_add); c.mem(OP.i64_load, 0, 0);
  c.end();
  emitKeepLow(c, () => { c.get(words); c.get(w); c.op(OP.i32_sub); });
  emitKeepLow(c, () => { c.get(to); c.get(offset); c.op(OP.i32_sub); c.i32(3); c.op(OP.i32_shr_u); });
  c.set(mask);
  c.get(offset); c.get(from); c.op(OP.i32_lt_u);
  c.if(); emitDropLow(c, mask, () => { c.get(from); c.get(offset); c.op(OP.i32_sub); c.i32(3); c.op(OP.i32_shr_u); }); c.end();
  c.get(mask); c.op(OP.i64_eqz); c.op(OP.i32_eqz);
  c.if();
  c.get(offset); c.i32(64); c.get(mask); c.op(OP.i64_clz); c.op(OP.i32_wrap_i64); c.op(OP.i32_sub); c.i32(3); c.op(OP.i32_shl); c.op(OP.i32_add); c.set(last);
  c.get(start); c.get(offset); c.op(OP.i32_add); c.set(place);
  emitVisitMask(c, { l, v, mask }, place);
  c.end();
  c.get(w); c.i32(64); c.op(OP.i32_add); c.tee(w); c.get(words); c.op(OP.i32_lt_u); c.brIf(eachChunk);
  c.end();
  c.end();
  c.get(at); c.get(elem); c.op(OP.i32_add); c.tee(at); c.get(to); c.op(OP.i32_lt_u); c.brIf(eachElem);
  c.end();
  c.get(last);
  return c;
}

/** Clears the lowest n bits of a mask, n pushed by `count`; all from 64 on. */
function emitDropLow(c: Code, mask: number, count: () => void): void {
  c.get(mask);
  c.i64(-1); count(); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shl);
  c.i64(0);
  count(); c.i32(64); c.op(OP.i32_lt_u); c.op(OP.select);
  c.op(OP.i64_and); c.set(mask);
}

/** Keeps the lowest n bits of the i64 on the stack, n pushed by `count` and at least 1; all from 64 on. */
function emitKeepLow(c: Code, count: () => void): void {
  c.i64(-1);
  c.i32(64);
  count(); c.i32(64); count(); c.i32(64); c.op(OP.i32_lt_u); c.op(OP.select);
  c.op(OP.i32_sub); c.op(OP.i64_extend_i32_u); c.op(OP.i64_shr_u); c.op(OP.i64_and);
}
