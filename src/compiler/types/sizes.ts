/**
 * Sizes, alignments and pointers of types on amd64.
 *
 * A size above 2^63 - 1 is -1 (the checker reports it). Sizes are numbers: above 2^53 they are not exact, and nothing that
 * large can be allocated. Go: types2/gcsizes.go, cmd/compile/internal/types (PtrDataSize), reflectdata (dgcptrmask).
 */
import { at } from "./lists.ts";
import { asNamed, under } from "./under.ts";
import { IS_STRING, flagsOf, invalidType } from "./universe.ts";
import type { BasicName, Type, Var } from "./type.ts";

const WORD = 8;
const MAX_SIZE = 2 ** 63;

const basicSizes: Readonly<Partial<Record<BasicName, number>>> = {
  bool: 1, int8: 1, int16: 2, int32: 4, int64: 8, uint8: 1, uint16: 2, uint32: 4, uint64: 8, float32: 4, float64: 8, complex64: 8, complex128: 16,
  string: 16, "untyped string": 16,
};

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;
const typeOf = (v: Var): Type => v.type ?? invalidType;

/** Bytes that a value of the type takes; -1 if it is too large. */
export function sizeof(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return basicSizes[u.basic] ?? WORD;
    case "Array": {
      if (u.len <= 0) return 0;
      const elem = sizeof(u.elem);
      return elem < 0 || elem * u.len >= MAX_SIZE ? -1 : elem * u.len;
    }
    case "Slice":
      return 3 * WORD;
    case "Interface":
      return 2 * WORD;
    case "Struct":
      return structSize(t, u.fields);
    default:
      return WORD;
  }
}

function structSize(t: Type, fields: readonly Var[]): number {
  if (fields.length === 0) return 0;
  const offset = at(offsetsof(fields), fields.length - 1);
  let size = sizeof(typeOf(at(fields, fields.length - 1)));
  if (offset < 0 || size < 0) return -1;
  // A pointer to a trailing field of size 0 must not point past the object.
  if (offset > 0 && size === 0) size = 1;
  const total = alignUp(offset + size, alignof(t));
  return total >= MAX_SIZE ? -1 : total;
}

/** The alignment of the type, at least 1. */
export function alignof(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case "Array":
      return alignof(u.elem);
    case "Struct":
      if (u.fields.length === 0 && isAtomicAlign64(t)) return 8;
      return u.fields.reduce((most, f) => Math.max(most, alignof(typeOf(f))), 1);
    case "Basic": {
      if ((flagsOf(u) & IS_STRING) !== 0) return WORD;
      const size = sizeof(u);
      return u.basic === "complex64" || u.basic === "complex128" ? size / 2 : Math.min(Math.max(size, 1), WORD);
    }
    default:
      return WORD;
  }
}

function isAtomicAlign64(t: Type): boolean {
  const n = asNamed(t);
  return n?.obj.name === "align64" && (n.obj.pkg?.path === "sync/atomic" || n.obj.pkg?.path === "internal/runtime/atomic");
}

/** The offset of each field; -1 where it would be too large. */
export function offsetsof(fields: readonly Var[]): number[] {
  const offsets: number[] = [];
  let next = 0;
  for (const f of fields) {
    const offset = next < 0 ? -1 : alignUp(next, alignof(typeOf(f)));
    offsets.push(offset);
    const size = offset < 0 ? -1 : sizeof(typeOf(f));
    next = size < 0 || offset + size >= MAX_SIZE ? -1 : offset + size;
  }
  return offsets;
}

/** The offset of a field reached by a path of field indices without pointers. */
export function offsetof(t: Type, index: readonly number[]): number {
  let sum = 0;
  for (const i of index) {
    const u = under(t);
    if (u.kind !== "Struct") return -1;
    const d = at(offsetsof(u.fields), i);
    if (d < 0) return -1;
    sum += d;
    t = typeOf(at(u.fields, i));
  }
  return sum;
}

/** Whether values of the type hold pointers. */
export const hasPointers = (t: Type): boolean => ptrdata(t) > 0;

/** Bytes from the start up to the end of the last word that may hold a pointer. */
export function ptrdata(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return u.basic === "string" || u.basic === "unsafe.Pointer" || u.basic === "untyped string" || u.basic === "untyped nil" ? WORD : 0;
    case "Pointer":
      return isNotInHeap(u.elem) ? 0 : WORD;
    case "Signature":
    case "Chan":
    case "Map":
    case "Slice":
      return WORD;
    case "Interface":
      return 2 * WORD;
    case "Array": {
      const last = u.len <= 0 ? 0 : ptrdata(u.elem);
      return last === 0 ? 0 : (u.len - 1) * sizeof(u.elem) + last;
    }
    case "Struct": {
      const offsets = offsetsof(u.fields);
      for (let i = u.fields.length - 1; i >= 0; i--) {
        const data = ptrdata(typeOf(at(u.fields, i)));
        if (data > 0) return at(offsets, i) + data;
      }
      return 0;
    }
    default:
      return 0;
  }
}

/** Whether values of the type never lie in the heap, so that pointers to them are no pointers for the collector. */
export function isNotInHeap(t: Type): boolean {
  const n = asNamed(t);
  if (n && (n.origin ?? n).obj.name === "nih" && n.obj.pkg?.path === "internal/runtime/sys") return true;
  const u = under(t);
  if (u.kind === "Array") return isNotInHeap(u.elem);
  return u.kind === "Struct" && u.fields.some((f) => isNotInHeap(typeOf(f)));
}

/** For each word of the type up to `ptrdata`, whether it holds a pointer. */
export function pointerWords(t: Type): boolean[] {
  const words: boolean[] = new Array<boolean>(Math.ceil(ptrdata(t) / WORD)).fill(false);
  markPointers(t, 0, words);
  return words;
}

function markPointers(t: Type, offset: number, words: boolean[]): void {
  const u = under(t);
  switch (u.kind) {
    case "Interface":
      words[offset / WORD] = true;
      words[offset / WORD + 1] = true;
      return;
    case "Array": {
      if (ptrdata(u.elem) === 0) return;
      const size = sizeof(u.elem);
      for (let i = 0; i < u.len; i++) markPointers(u.elem, offset + i * size, words);
      return;
    }
    case "Struct": {
      const offsets = offsetsof(u.fields);
      u.fields.forEach((f, i) => {
        if (ptrdata(typeOf(f)) > 0) markPointers(typeOf(f), offset + at(offsets, i), words);
      });
      return;
    }
    default:
      if (ptrdata(u) > 0) words[offset / WORD] = true;
  }
}

/** Whether values of the type are pointers that an interface holds directly. Go: types.IsDirectIface. */
export function isDirect(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case "Pointer": case "Map": case "Chan": case "Signature": return true;
    case "Basic": return u.basic === "unsafe.Pointer";
    case "Struct": return u.fields.length === 1 && isDirect(u.fields[0]?.type ?? invalidType);
    case "Array": return u.len === 1 && isDirect(u.elem);
    default: return false;
  }
}
