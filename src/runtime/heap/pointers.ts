/**
 * Which words of an object are pointers: bits at the end of a span for objects up to 512 bytes, the type in a header before larger ones,
 * the type in the span record for large ones.
 *
 * Written by malloc.ts, read by the collector and by snapshots. The type's own bits come from its descriptor (abi/types.ts).
 *
 * Go: GOROOT/src/runtime/mbitmap.go.
 */
import { DESC, FIELD, KIND } from "../../abi/types.ts";
import type { Memory } from "../memory.ts";
import { SPAN } from "./layout.ts";
import { HEADER_SIZE, hasInlineMarks, INLINE_MARKS, MAX_BITMAP_SIZE, PAGE_SIZE } from "./sizeclass.ts";
import type { Spans } from "./span.ts";

/** Bytes of pointer bits in a page: one bit for each word. */
export const BITMAP_SIZE = PAGE_SIZE / 64;

/** Address of the pointer bits of a one-page span of class `cls`. */
export function bitmapAddress(spanBase: number, cls: number): number {
  return spanBase + PAGE_SIZE - BITMAP_SIZE - (hasInlineMarks(cls) ? INLINE_MARKS : 0);
}

/** Bit `word` of a type's mask: whether that word of a value is a pointer. */
export function maskBit(m: Memory, type: number, word: number): boolean {
  return ((m.u8[m.loadPtr(type + DESC.mask) + (word >>> 3)]! >>> (word & 7)) & 1) === 1;
}

/**
 * Writes the pointer bits of a new object of `size` bytes (values of `type`, one after another) in a slot of `slot` bytes at `p`, and
 * returns how many bytes of it count as scannable. O(words of the slot). Go: writeHeapBitsSmall.
 */
export function writeBitmap(m: Memory, p: number, size: number, type: number, slot: number, cls: number): number {
  const page = p - (p % PAGE_SIZE);
  const bits = bitmapAddress(page, cls);
  const first = (p - page) >>> 3;
  const elem = m.u32[(type + DESC.byteSize) >>> 2]!;
  const ptrdata = m.u32[(type + DESC.ptrdata) >>> 2]!;
  for (let w = 0; w < slot >>> 3; w++) m.u8[bits + ((first + w) >>> 3)]! &= ~(1 << ((first + w) & 7));
  const mask = m.loadPtr(type + DESC.mask);
  for (let at = 0; at < size; at += elem) {
    for (let w = 0; w < ptrdata >>> 3; w++) {
      if (((m.u8[mask + (w >>> 3)]! >>> (w & 7)) & 1) === 0) continue;
      const bit = first + (at >>> 3) + w;
      m.u8[bits + (bit >>> 3)]! |= 1 << (bit & 7);
    }
  }
  // Go fills the bits of an array of single words at once and forgets to count them.
  return elem === 8 ? ptrdata : size - elem + ptrdata;
}

/** Receives the address of each pointer word of an object. */
export type WordVisitor = (word: number) => void;

/**
 * Calls `visit` with every pointer word of the object in slot start `obj` of `span`, from byte `from` up to byte `to` of the slot,
 * and returns its scan work: the bytes up to the last pointer word met, counted from `from`, a header included.
 */
export function visitPointers(spans: Spans, span: number, obj: number, from: number, to: number, visit: WordVisitor): number {
  const m = spans.memory;
  if (spans.noscan(span)) return 0;
  const size = spans.elemSize(span);
  const cls = spans.get(span, SPAN.spanClass) >>> 1;
  if (cls !== 0 && size <= MAX_BITMAP_SIZE) return visitBitmap(m, bitmapAddress(spans.base(span), cls), spans.base(span), obj, size, visit);
  if (cls === 0) {
    const type = spans.get(span, SPAN.largeType);
    return type === 0 ? 0 : visitTyped(m, type, obj, from, Math.min(to, size), visit);
  }
  const type = m.u32[obj >>> 2]!;
  const work = type === 0 ? 0 : visitTyped(m, type, obj + HEADER_SIZE, from, Math.min(to, size) - HEADER_SIZE, visit);
  return work === 0 ? 0 : work + HEADER_SIZE;
}

/** The words of a slot whose bits lie at `bits`; work is the bytes up to the last pointer. */
function visitBitmap(m: Memory, bits: number, base: number, obj: number, size: number, visit: WordVisitor): number {
  const first = (obj - base) >>> 3;
  let last = 0;
  for (let w = 0; w < size >>> 3; w++) {
    if (((m.u8[bits + ((first + w) >>> 3)]! >>> ((first + w) & 7)) & 1) === 0) continue;
    visit(obj + w * 8);
    last = (w + 1) * 8;
  }
  return last;
}

/** Values of `type` one after another from `start`; only words in [from, to). Work is the last pointer's end minus `from`. */
function visitTyped(m: Memory, type: number, start: number, from: number, to: number, visit: WordVisitor): number {
  const elem = m.u32[(type + DESC.byteSize) >>> 2]!;
  const ptrdata = m.u32[(type + DESC.ptrdata) >>> 2]!;
  let last = from;
  for (let at = from - (from % elem); at < to; at += elem) {
    if (m.loadPtr(type + DESC.mask) === 0) {
      last = Math.max(last, visitDeep(m, type, start, at, from, to, visit));
      continue;
    }
    for (let w = 0; w < ptrdata >>> 3; w++) {
      const offset = at + w * 8;
      if (offset < from || offset >= to || !maskBit(m, type, w)) continue;
      visit(start + offset);
      last = offset + 8;
    }
  }
  return last - from;
}

/** A value whose type is too long for a mask: an array of something shorter, or a struct that holds one. */
function visitDeep(m: Memory, type: number, start: number, at: number, from: number, to: number, visit: WordVisitor): number {
  if (at >= to || m.u32[(type + DESC.ptrdata) >>> 2] === 0) return from;
  const size = m.u32[(type + DESC.byteSize) >>> 2]!;
  if (at + size <= from) return from;
  let last = from;
  if (m.loadPtr(type + DESC.mask) !== 0) {
    for (let w = 0; w < m.u32[(type + DESC.ptrdata) >>> 2]! >>> 3; w++) {
      const offset = at + w * 8;
      if (offset < from || offset >= to || !maskBit(m, type, w)) continue;
      visit(start + offset);
      last = offset + 8;
    }
    return last;
  }
  if (m.u8[type + DESC.kind] === KIND.Array) {
    const elem = m.loadPtr(type + DESC.elem);
    const step = m.u32[(elem + DESC.byteSize) >>> 2]!;
    for (let o = at; o < at + size; o += step) last = Math.max(last, visitDeep(m, elem, start, o, from, to, visit));
    return last;
  }
  const fields = m.loadPtr(type + DESC.fields);
  for (let i = 0; i < m.u32[(type + DESC.fieldCount) >>> 2]!; i++) {
    const f = fields + i * FIELD.size;
    last = Math.max(last, visitDeep(m, m.loadPtr(f + FIELD.type), start, at + m.u32[(f + FIELD.offset) >>> 2]!, from, to, visit));
  }
  return last;
}
