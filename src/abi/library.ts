/**
 * LibraryUnit: a package of the shipped library, of which only the functions and types that a program reaches are linked.
 *
 * Made when the package is built (std/build.ts), read piece by piece (std/image.ts), put together by the linker. Data, table slots and site numbers
 * belong to the unit as a whole, as those of a Program do; code and descriptors are taken one by one.
 *
 * Go: an object file as cmd/link reads it.
 */
import type { DataSymbol, FuncInfo, Relocation, SiteInfo } from "./program.ts";
import type { TypeDesc } from "./types.ts";

/** What a body refers to by number: as the imports of a Program's module, or a function of the same unit. */
export type LibraryRef =
  | { readonly module: "own"; readonly body: number }
  | { readonly module: "f" | "s" | "v" | "t" | "i" | "b"; readonly name: string }
  | { readonly module: "r" | "n"; readonly name: string; readonly signature: number };

/** Kinds of places in a body where linking puts five bytes of LEB128. */
export const PLACE = { call: 0, type: 1, constant: 2, data: 3, table: 4, site: 5 } as const;

/** A function's locals and instructions. */
export interface LibraryBody {
  readonly bytes: Uint8Array;
  /**
   * Three numbers a place: offset in `bytes`; PLACE; a ref for `call` and `constant`, a signature for `type`, for `table` the function whose value stands
   * there or -1. The bases are added to what stands there.
   */
  readonly places: Int32Array;
  readonly signature: number;
}

export interface LibraryUnit {
  readonly path: string;
  /** Packages that it imports itself. */
  readonly imports: () => readonly string[];
  readonly inits: () => readonly string[];
  readonly data: () => Uint8Array;
  readonly dataSize: number;
  readonly symbols: () => readonly DataSymbol[];
  /** Offsets in its data of all pointer words of its variables, in the order of `symbols`. */
  readonly roots: () => ArrayLike<number>;
  readonly relocations: () => readonly Relocation[];
  readonly slots: number;
  /** Number of call sites. */
  readonly sites: number;
  /** Number of functions. */
  readonly count: number;
  /** Symbols of its functions; the n-th has resume slot n and is body n. */
  readonly funcs: () => readonly string[];
  readonly refs: () => readonly LibraryRef[];
  /** Parameters and results in WebAssembly's value types. */
  readonly signatures: () => readonly { readonly params: readonly number[]; readonly results: readonly number[] }[];
  /** Number of a function, undefined if it is none of this unit's. */
  readonly numberOf: (symbol: string) => number | undefined;
  /** Number of bodies: functions, and behind them the context-taking forms that are functions of their own. */
  readonly bodies: number;
  readonly info: (func: number) => FuncInfo;
  readonly site: (site: number) => SiteInfo;
  /** Bytes of the frame of the function that a site stands in, 0 for functions of other packages that were needed here. */
  readonly siteFrame: (site: number) => number;
  /** Slot of the context-taking form, -1 if there is none; and the other way round. */
  readonly valueSlot: (func: number) => number;
  readonly funcOfSlot: (slot: number) => number;
  /** Whether few programs that reach a function call it, and it brings much with it: it is linked at its first call. */
  readonly cold: (func: number) => boolean;
  /** The body that is the context-taking form of a function. */
  readonly form: (func: number) => number;
  readonly body: (body: number) => LibraryBody;
  readonly resume: (func: number) => LibraryBody;
  readonly type: (id: string) => TypeDesc | undefined;
}
