/**
 * How Go values are split into WebAssembly values.
 *
 * A *flat* type is a few leaves, each one WebAssembly value at an offset: numbers, pointers, strings, slices, interfaces and small structs of
 * them. Anything else (arrays, large structs) lives in memory and its value is an address; so it crosses calls.
 *
 * Go: cmd/compile/internal/abi and ssagen (which types are SSA-able).
 */
import { bug } from "../../base/bug.ts";
import { type Leaf, leavesOfKind, MAX_LEAVES, moved, RESULT_CELLS } from "../../abi/leaves.ts";
import { KIND, type Kind } from "../../abi/types.ts";
import { alignof, offsetsof, pointerWords, sizeof, type Type, under } from "../types/index.ts";

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
      case "Array": return u.len === 0 ? [] : undefined;
      case "Struct": {
        const offsets = offsetsof(u.fields);
        const all: Leaf[] = [];
        for (let i = 0; i < u.fields.length; i++) {
          const field = this.of(u.fields[i]?.type ?? bug("a field without type")).leaves;
          if (!field) return undefined;
          for (const leaf of field) all.push(moved(leaf, offsets[i] ?? 0));
          if (all.length > MAX_LEAVES) return undefined;
        }
        return all;
      }
      case "Tuple": case "Union": return bug(`a value of kind ${u.kind}`);
      default: return leavesOfKind(kindOf(u));
    }
  }
}

const BASIC_KINDS: Readonly<Record<string, Kind>> = {
  bool: KIND.Bool, int: KIND.Int, int8: KIND.Int8, int16: KIND.Int16, int32: KIND.Int32, int64: KIND.Int64, uint: KIND.Uint, uint8: KIND.Uint8, uint16: KIND.Uint16,
  uint32: KIND.Uint32, uint64: KIND.Uint64, uintptr: KIND.Uintptr, float32: KIND.Float32, float64: KIND.Float64, complex64: KIND.Complex64,
  complex128: KIND.Complex128, string: KIND.String, "unsafe.Pointer": KIND.UnsafePointer,
};
/** Kinds of constants that were never given a type. */
const UNTYPED_KINDS: Readonly<Record<string, Kind>> = {
  "untyped bool": KIND.Bool, "untyped int": KIND.Int, "untyped rune": KIND.Int32, "untyped float": KIND.Float64, "untyped complex": KIND.Complex128, "untyped string": KIND.String,
  "untyped nil": KIND.UnsafePointer,
};
const OTHER_KINDS: Readonly<Record<string, Kind>> = {
  Array: KIND.Array, Slice: KIND.Slice, Struct: KIND.Struct, Pointer: KIND.Pointer, Signature: KIND.Func, Interface: KIND.Interface, Map: KIND.Map, Chan: KIND.Chan,
};

/** The kind of values of an underlying type. */
export function kindOf(u: ReturnType<typeof under>): Kind {
  if (u.kind === "Basic") return BASIC_KINDS[u.basic] ?? UNTYPED_KINDS[u.basic] ?? bug(`a value of type ${u.basic}`);
  return OTHER_KINDS[u.kind] ?? bug(`a value of kind ${u.kind}`);
}
