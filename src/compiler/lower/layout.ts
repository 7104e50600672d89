/**
 * How Go values are split into WebAssembly values.
 *
 * A *flat* type is a few leaves, each one WebAssembly value at an offset: numbers, pointers, strings, slices, interfaces and small structs of
 * them. Anything else (arrays, large structs) lives in memory and its value is an address; so it crosses calls.
 *
 * Go: cmd/compile/internal/abi and ssagen (which types are SSA-able).
 */
import { bug } from "../../base/bug.ts";
import { F32, F64, I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";
import { alignof, offsetsof, pointerWords, sizeof, type Type, under } from "../types/index.ts";

/** One WebAssembly value of a Go value. */
export interface Leaf {
  readonly type: ValType;
  readonly offset: number;
  readonly pointer: boolean;
  readonly load: number;
  /** How the value is stored. A pointer's whole word is written: its value is extended first. */
  readonly store: number;
}

export interface Layout {
  readonly size: number;
  readonly align: number;
  /** Undefined: the value lives in memory. */
  readonly leaves: readonly Leaf[] | undefined;
  /** Offsets of pointer words. */
  readonly pointers: readonly number[];
  /** Without leaves: by address in calls. */
  readonly byAddress: boolean;
}

/** Results of a resumed call come back in so many cells (CELL.results). */
export const RESULT_CELLS = 16;
/** Flat structs have at most this many leaves. */
const MAX_LEAVES = 6;
const WORD = 8;

/** Layouts of types, remembered. */
export class Layouts {
  readonly #known = new Map<Type, Layout>();

  of(t: Type): Layout {
    const known = this.#known.get(t);
    if (known) return known;
    const made = this.#make(t);
    this.#known.set(t, made);
    return made;
  }

  /** The leaves of a flat type. */
  leaves(t: Type): readonly Leaf[] {
    return this.of(t).leaves ?? bug("a value in memory has no leaves");
  }

  /** Which results of a function come back by address: those in memory, and flat structs where all would be too many. */
  resultAreas(types: readonly Type[]): readonly boolean[] {
    const all = types.map((t) => this.of(t));
    const many = all.reduce((n, l) => n + (l.leaves?.length ?? 0), 0) > RESULT_CELLS;
    return all.map((l, i) => l.byAddress || (many && under(types[i] ?? bug("no type")).kind === "Struct"));
  }

  #make(t: Type): Layout {
    const size = sizeof(t);
    const leaves = this.#leaves(t);
    const pointers = pointerWords(t).flatMap((is, i) => (is ? [i * WORD] : []));
    return { size, align: alignof(t), leaves, pointers, byAddress: leaves === undefined };
  }

  #leaves(t: Type): readonly Leaf[] | undefined {
    const u = under(t);
    switch (u.kind) {
      case "Basic": return basicLeaves(u.basic);
      case "Slice": return [POINTER, at(INT, WORD), at(INT, 2 * WORD)];
      case "Interface": return [at(WORD_LEAF, 0), at(POINTER, WORD)];
      case "Array": return u.len === 0 ? [] : undefined;
      case "Struct": {
        const offsets = offsetsof(u.fields);
        const all: Leaf[] = [];
        for (let i = 0; i < u.fields.length; i++) {
          const field = this.of(u.fields[i]?.type ?? bug("a field without type")).leaves;
          if (!field) return undefined;
          for (const leaf of field) all.push(at(leaf, leaf.offset + (offsets[i] ?? 0)));
          if (all.length > MAX_LEAVES) return undefined;
        }
        return all;
      }
      case "Tuple": case "Union": return bug(`a value of kind ${u.kind}`);
      default: return [POINTER];
    }
  }
}

const leaf = (type: ValType, load: number, store: number, pointer = false): Leaf => ({ type, offset: 0, pointer, load, store });
const at = (l: Leaf, offset: number): Leaf => ({ ...l, offset });

const POINTER = leaf(I32, OP.i32_load, OP.i64_store, true);
/** The first word of an interface: never in the heap, but as wide as a pointer. */
const WORD_LEAF: Leaf = { ...POINTER, pointer: false };
const INT = leaf(I64, OP.i64_load, OP.i64_store);

function basicLeaves(name: string): readonly Leaf[] {
  switch (name) {
    case "bool": case "uint8": case "untyped bool": return [leaf(I32, OP.i32_load8_u, OP.i32_store8)];
    case "int8": return [leaf(I32, OP.i32_load8_s, OP.i32_store8)];
    case "int16": return [leaf(I32, OP.i32_load16_s, OP.i32_store16)];
    case "uint16": return [leaf(I32, OP.i32_load16_u, OP.i32_store16)];
    case "int32": case "uint32": case "untyped rune": return [leaf(I32, OP.i32_load, OP.i32_store)];
    case "float32": return [leaf(F32, OP.f32_load, OP.f32_store)];
    case "float64": case "untyped float": return [leaf(F64, OP.f64_load, OP.f64_store)];
    case "complex64": return [leaf(F32, OP.f32_load, OP.f32_store), at(leaf(F32, OP.f32_load, OP.f32_store), 4)];
    case "complex128": case "untyped complex": return [leaf(F64, OP.f64_load, OP.f64_store), at(leaf(F64, OP.f64_load, OP.f64_store), WORD)];
    case "string": case "untyped string": return [POINTER, at(INT, WORD)];
    case "unsafe.Pointer": case "untyped nil": return [POINTER];
    default: return [INT];
  }
}

/** Whether a leaf is a word that is stored extended: an address or an interface's first word. */
export const isAddressLeaf = (l: Leaf): boolean => l.type === I32 && l.store === OP.i64_store;
