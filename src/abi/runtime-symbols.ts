/**
 * The functions of our Go text in src/std/internal/runtime that compiled code calls by symbol: maps, channels, strings, slices, equality.
 *
 * They are ordinary Go functions of the package `internal/runtime` (symbol `internal/runtime.NAME`), so they may block, collect or
 * panic as any other; `params` and `results` are their WebAssembly types (i = i32, I = i64, F = f64), a slice being `iII`, a string `iI`,
 * a type or any pointer `i`. Leaf calls and what needs the machine are in entries.ts.
 *
 * Go: cmd/compile/internal/typecheck/_builtin/runtime.go.
 */

/** Parameters and results of one function, and whether the goroutine may be parked in it (otherwise only panic, collect or be preempted). */
export interface RuntimeSymbol {
  readonly params: string;
  readonly results: string;
  readonly blocks?: true;
}

/** Import path of the package that holds them. */
export const RUNTIME_PACKAGE = "internal/runtime";

/** The native that ends the program with a text: it has come to something that nobody has. */
export const UNSUPPORTED = "internal/runtime.unsupported";

export const RUNTIME_SYMBOLS = {
  // Maps. `t` is the map type, `m` the map, `key` the address of the key.
  /** (t, hint, m): m is 0, or 48 zeroed bytes in the frame whose word at +16 may hold the address of zeroed room for one group. */
  makemap: { params: "iIi", results: "i" },
  /** (): a header alone. Go: makemap_small. */
  makemap_small: { params: "", results: "i" },
  /** → address of the element; of zeros (MAP.zeroArea, 1024 bytes) if absent: use mapaccess2 for larger elements. */
  mapaccess1: { params: "iii", results: "i" },
  mapaccess2: { params: "iii", results: "ii" },
  /** → address of the element, to be stored to. */
  mapassign: { params: "iii", results: "i" },
  mapdelete: { params: "iii", results: "" },
  mapclear: { params: "ii", results: "" },
  /** The same for keys of 4 and 8 bytes compared as memory (key as i32 / i64) and strings; leaves find such keys (entries.ts). */
  mapassign_fast32: { params: "iii", results: "i" },
  mapdelete_fast32: { params: "iii", results: "" },
  mapassign_fast64: { params: "iiI", results: "i" },
  mapdelete_fast64: { params: "iiI", results: "" },
  mapassign_faststr: { params: "iiiI", results: "i" },
  mapdelete_faststr: { params: "iiiI", results: "" },
  /** (t, m, iterator): MAP_ITERATOR_SIZE zeroed bytes; +0 address of the key, 0 at the end; +8 address of the element. Stands at the first entry. */
  mapiterinit: { params: "iii", results: "" },
  mapiternext: { params: "i", results: "" },

  /** (a, b, c, d) → both parts of (a+bi)/(c+di) where dividing gave no numbers. Go: complex128div. */
  complexlimit: { params: "FFFF", results: "FF" },

  // Channels. `elem` is the address of the value, or 0.
  makechan: { params: "iI", results: "i" },
  chansend1: { params: "ii", results: "", blocks: true },
  chanrecv1: { params: "ii", results: "", blocks: true },
  chanrecv2: { params: "ii", results: "i", blocks: true },
  closechan: { params: "i", results: "" },
  /** (c, elem): select with one send and a default. */
  selectnbsend: { params: "ii", results: "i" },
  /** (elem, c) → selected, received. */
  selectnbrecv: { params: "ii", results: "ii" },
  /** (array of {chan, elem}, 16 bytes each, sends first; nsends, nrecvs, block) → index, received. */
  selectgo: { params: "iIIi", results: "Ii", blocks: true },
  /** select {} without cases. */
  block: { params: "", results: "", blocks: true },

  // Strings. `buf` is 32 bytes in the frame or 0.
  concatstrings: { params: "iiII", results: "iI" },
  concatstring2: { params: "iiIiI", results: "iI" },
  concatstring3: { params: "iiIiIiI", results: "iI" },
  concatbytes: { params: "iiII", results: "iII" },
  slicebytetostring: { params: "iiI", results: "iI" },
  stringtoslicebyte: { params: "iiI", results: "iII" },
  /** (buf of 32 bytes or 0, slice of rune). */
  slicerunetostring: { params: "iiII", results: "iI" },
  /** (buf of 32 runes or 0, string). */
  stringtoslicerune: { params: "iiI", results: "iII" },
  /** (buf of 4 bytes or 0, value). */
  intstring: { params: "iI", results: "iI" },
  /** (string, index) → rune, index after it; for bytes >= 0x80 (below, the caller decides alone, though it works too). */
  decoderune: { params: "iII", results: "iI" },
  countrunes: { params: "iI", results: "I" },

  // Slices. `et` is the element type.
  growslice: { params: "iIIIi", results: "iII" },
  /** growslice with a buffer in the frame: (old, newLen, oldCap, num, et, buffer, its length in elements). */
  growsliceBuf: { params: "iIIIiiI", results: "iII" },
  makeslice: { params: "iII", results: "i" },
  makeslicecopy: { params: "iIIi", results: "i" },
  moveSlice: { params: "iiII", results: "iII" },
  moveSliceNoScan: { params: "IiII", results: "iII" },
  moveSliceNoCap: { params: "iiI", results: "iII" },
  moveSliceNoCapNoScan: { params: "IiI", results: "iII" },
  /** (et, pointer, len): checks of unsafe.Slice. */
  unsafeslice: { params: "iiI", results: "" },
  unsafestring: { params: "iI", results: "" },

  // Equality and hashing by descriptor.
  /** (type, data word, data word) of two interfaces with this same type word. */
  efaceeq: { params: "iii", results: "i" },
  /** (itab, data word, data word). */
  ifaceeq: { params: "iii", results: "i" },
  /** (type, address, address): values of any comparable type. */
  typeequal: { params: "iii", results: "i" },
  /** (type, address, seed). */
  typehash: { params: "iiI", results: "I" },
  /** Boxing of values into interfaces: address of the value for the data word. */
  convT16: { params: "i", results: "i" },
  convT32: { params: "i", results: "i" },
  convT64: { params: "I", results: "i" },
  convTstring: { params: "iI", results: "i" },
  convTslice: { params: "iII", results: "i" },
  /** (type, address): any other; copies it. */
  convT: { params: "ii", results: "i" },
} as const satisfies Record<string, RuntimeSymbol>;
export type RuntimeSymbolName = keyof typeof RUNTIME_SYMBOLS;

/** Bytes of the iterator of a map, in the frame of the range statement. Go: internal/runtime/maps.Iter. */
export const MAP_ITERATOR_SIZE = 96;
/** Words in the iterator that are pointers (offsets). */
export const MAP_ITERATOR_POINTERS = [0, 8, 16, 24, 72, 80] as const;
