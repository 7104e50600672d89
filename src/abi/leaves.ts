/**
 * How values are split into WebAssembly values where they cross calls, by kind: compiled code and the adapters of reflection agree here.
 *
 * A *flat* value is a few leaves, each one WebAssembly value at an offset. Structs are those of their fields, if those are at most MAX_LEAVES;
 * other structs and arrays lie in memory and cross calls by address. See structs.ts.
 *
 * Go: cmd/compile/internal/abi, internal/abi (IntArgRegs).
 */
import { F32, F64, I32, I64, OP, type ValType } from "../wasm/opcodes.ts";
import { KIND, type Kind } from "./types.ts";

/** One WebAssembly value of a Go value. */
export interface Leaf {
  readonly type: ValType;
  readonly offset: number;
  readonly pointer: boolean;
  readonly load: number;
  /** How the value is stored. A pointer's whole word is written: its value is extended first. */
  readonly store: number;
}

/** Results of a resumed call come back in so many cells (CELL.results). */
export const RESULT_CELLS = 16;
/** Flat structs have at most this many leaves. */
export const MAX_LEAVES = 6;
const WORD = 8;

const leaf = (type: ValType, load: number, store: number, pointer = false): Leaf => ({ type, offset: 0, pointer, load, store });

/** The same leaf, `by` bytes further on. */
export const moved = (l: Leaf, by: number): Leaf => ({ ...l, offset: l.offset + by });

const POINTER = leaf(I32, OP.i32_load, OP.i64_store, true);
/** The first word of an interface: never in the heap, but as wide as a pointer. */
const WORD_LEAF: Leaf = { ...POINTER, pointer: false };
const INT = leaf(I64, OP.i64_load, OP.i64_store);
const BYTE = leaf(I32, OP.i32_load8_u, OP.i32_store8);
const HALF = leaf(I32, OP.i32_load16_u, OP.i32_store16);
const WORD32 = leaf(I32, OP.i32_load, OP.i32_store);
const SINGLE = leaf(F32, OP.f32_load, OP.f32_store);
const DOUBLE = leaf(F64, OP.f64_load, OP.f64_store);

/** The leaves of a value of this kind; undefined of arrays and structs, which are made of others. */
export function leavesOfKind(kind: Kind): readonly Leaf[] | undefined {
  switch (kind) {
    case KIND.Array: case KIND.Struct: return undefined;
    case KIND.Bool: case KIND.Uint8: return [BYTE];
    case KIND.Int8: return [leaf(I32, OP.i32_load8_s, OP.i32_store8)];
    case KIND.Int16: return [leaf(I32, OP.i32_load16_s, OP.i32_store16)];
    case KIND.Uint16: return [HALF];
    case KIND.Int32: case KIND.Uint32: return [WORD32];
    case KIND.Float32: return [SINGLE];
    case KIND.Float64: return [DOUBLE];
    case KIND.Complex64: return [SINGLE, moved(SINGLE, 4)];
    case KIND.Complex128: return [DOUBLE, moved(DOUBLE, WORD)];
    case KIND.String: return [POINTER, moved(INT, WORD)];
    case KIND.Slice: return [POINTER, moved(INT, WORD), moved(INT, 2 * WORD)];
    case KIND.Interface: return [WORD_LEAF, moved(POINTER, WORD)];
    case KIND.Pointer: case KIND.UnsafePointer: case KIND.Map: case KIND.Chan: case KIND.Func: return [POINTER];
    default: return [INT];
  }
}

/** Whether a leaf is a word that is stored extended: an address or an interface's first word. */
export const isAddressLeaf = (l: Leaf): boolean => l.type === I32 && l.store === OP.i64_store;
