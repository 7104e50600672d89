/**
 * What crosses a call of a function type that is known by its descriptor only: its WebAssembly signature, and where each value lies in a *room*,
 * a block of memory that holds parameters and results one after another.
 *
 * The rules are those of abi/structs.ts and abi/leaves.ts; compiler/lower/layout.ts applies them to types of the checker.
 *
 * Go: internal/abi (RegArgs), reflect/abi.go.
 */
import { type Leaf, leavesOfKind, MAX_LEAVES, moved, RESULT_CELLS } from "../../abi/leaves.ts";
import { DESC, FIELD, KIND, type Kind } from "../../abi/types.ts";
import { roundUp } from "../../base/units.ts";
import { I32, type ValType } from "../../wasm/opcodes.ts";
import type { Memory } from "../memory.ts";

/** A parameter or result. */
export interface Part {
  /** Its descriptor; 0 of a method's receiver, which is one word. */
  readonly type: number;
  readonly size: number;
  /** Where it lies in the room. */
  readonly offset: number;
  /** Undefined: it crosses by address. */
  readonly leaves: readonly Leaf[] | undefined;
  /** Offsets of its pointer words. */
  readonly pointers: readonly number[];
}

/** A function type as calls see it. */
export interface Shape {
  readonly params: readonly Part[];
  readonly results: readonly Part[];
  readonly roomSize: number;
}

/** The shape of function type `type`; with `receiver`, of a method that an itab holds: a word comes first. */
export function shapeOf(memory: Memory, type: number, receiver: boolean): Shape {
  let offset = 0;
  const place = (t: number): Part => {
    const part = partOf(memory, t, offset);
    offset = roundUp(offset + part.size, 8);
    return part;
  };
  const params: Part[] = [];
  if (receiver) {
    params.push({ type: 0, size: 8, offset: 0, leaves: leavesOfKind(KIND.Pointer), pointers: [0] });
    offset = 8;
  }
  for (const t of parameters(memory, type)) params.push(place(t));
  return { params, results: inAreas(memory, resultsOf(memory, type).map(place)), roomSize: offset };
}

/** Descriptors of the parameters of a function type. */
export const parameters = (m: Memory, type: number): number[] => addresses(m, m.loadPtr(type + DESC.fields), m.loadInt(type + DESC.fieldCount));

/** Descriptors of its results. */
export function resultsOf(m: Memory, type: number): number[] {
  const at = m.loadPtr(type + DESC.extra);
  return at === 0 ? [] : addresses(m, at + 8, m.loadInt(at));
}

const addresses = (m: Memory, at: number, n: number): number[] => Array.from({ length: n }, (_, i) => m.loadPtr(at + 8 * i));

/** One value of type `t` at `offset`. */
export function partOf(m: Memory, t: number, offset: number): Part {
  const pointers: number[] = [];
  addPointers(m, t, 0, pointers);
  return { type: t, size: m.loadInt(t + DESC.byteSize), offset, leaves: leavesOf(m, t), pointers };
}

/** Results beyond what the cells hold: structs go by address then. */
function inAreas(m: Memory, results: Part[]): Part[] {
  const count = results.reduce((n, r) => n + (r.leaves?.length ?? 0), 0);
  if (count <= RESULT_CELLS) return results;
  return results.map((r) => (kindAt(m, r.type) === KIND.Struct ? { ...r, leaves: undefined } : r));
}

const kindAt = (m: Memory, t: number): Kind => m.loadU8(t + DESC.kind) as Kind;

function leavesOf(m: Memory, t: number): readonly Leaf[] | undefined {
  const kind = kindAt(m, t);
  if (kind === KIND.Array) return m.loadInt(t + DESC.len) === 0 ? [] : undefined;
  if (kind !== KIND.Struct) return leavesOfKind(kind);
  const all: Leaf[] = [];
  for (const f of fieldsOf(m, t)) {
    const leaves = leavesOf(m, f.type);
    if (!leaves) return undefined;
    all.push(...leaves.map((l) => moved(l, f.offset)));
    if (all.length > MAX_LEAVES) return undefined;
  }
  return all;
}

function fieldsOf(m: Memory, t: number): { readonly type: number; readonly offset: number }[] {
  const base = m.loadPtr(t + DESC.fields);
  return Array.from({ length: m.loadInt(t + DESC.fieldCount) }, (_, i) => ({
    type: m.loadPtr(base + i * FIELD.size + FIELD.type), offset: m.loadInt(base + i * FIELD.size + FIELD.offset),
  }));
}

/** Adds the offsets of the pointer words of a value at `offset`. Masks are not asked: very long types have none. */
function addPointers(m: Memory, t: number, offset: number, out: number[]): void {
  if (m.loadInt(t + DESC.ptrdata) === 0) return;
  switch (kindAt(m, t)) {
    case KIND.Array: {
      const elem = m.loadPtr(t + DESC.elem);
      const size = m.loadInt(elem + DESC.byteSize);
      for (let i = 0; i < m.loadInt(t + DESC.len); i++) addPointers(m, elem, offset + i * size, out);
      return;
    }
    case KIND.Struct:
      for (const f of fieldsOf(m, t)) addPointers(m, f.type, offset + f.offset, out);
      return;
    case KIND.Interface:
      out.push(offset, offset + 8);
      return;
    default:
      out.push(offset);
  }
}

/** The WebAssembly types of a shape, without frame and context. */
export function wasmTypes({ params, results }: Shape): { readonly params: ValType[]; readonly results: ValType[] } {
  const areas = results.filter((r) => !r.leaves).map((): ValType => I32);
  return {
    params: [...areas, ...params.flatMap((p): ValType[] => p.leaves?.map((l) => l.type) ?? [I32])],
    results: results.flatMap((r) => r.leaves?.map((l): ValType => l.type) ?? []),
  };
}
