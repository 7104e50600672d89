/**
 * The functions of our Go text in src/std/internal/runtime that compiled code calls by symbol (`internal/runtime.` + name).
 *
 * Parameters and results in WebAssembly types as in entries.ts (a string is iI, a slice iII, a bool i). `t` is a type descriptor.
 * Any of them may collect, block or panic. Both sides keep this list: lower emits the calls, src/std/internal/runtime has the text.
 *
 * Go: cmd/compile/internal/typecheck/_builtin/runtime.go.
 */
export const RUNTIME_SYMBOLS = {
  /** (t, hint, stack map or nil) */ makemap: { params: "iIi", results: "i" },
  /** (t, m, key): address of the element, of a zero area if there is none */ mapaccess1: { params: "iii", results: "i" },
  mapaccess2: { params: "iii", results: "ii" },
  mapassign: { params: "iii", results: "i" },
  mapdelete: { params: "iii", results: "" },
  mapclear: { params: "ii", results: "" },
  /** (t, m, iterator): the iterator is ITERATOR_SIZE zeroed bytes; word 0 is the key's address (0: at the end), word 1 the element's */
  mapiterinit: { params: "iii", results: "" },
  mapiternext: { params: "i", results: "" },
  makechan: { params: "iI", results: "i" },
  chansend1: { params: "ii", results: "" },
  chanrecv1: { params: "ii", results: "" },
  chanrecv2: { params: "ii", results: "i" },
  closechan: { params: "i", results: "" },
  chanlen: { params: "i", results: "I" },
  chancap: { params: "i", results: "I" },
  /** (cases: 16 bytes each {chan, element address}, sends first; sends, receives, may it block) → (case or -1, received) */
  selectgo: { params: "iIIi", results: "Ii" },
  selectnbsend: { params: "ii", results: "i" },
  /** (element address, chan) → (selected, received) */ selectnbrecv: { params: "ii", results: "ii" },
  /** (buffer of 32 bytes or nil, a, b) */ concatstring2: { params: "iiIiI", results: "iI" },
  concatstring3: { params: "iiIiIiI", results: "iI" },
  concatstrings: { params: "iiII", results: "iI" },
  /** (buffer of 32 bytes or nil, bytes, length) */ slicebytetostring: { params: "iiI", results: "iI" },
  stringtoslicebyte: { params: "iiI", results: "iII" },
  slicerunetostring: { params: "iiII", results: "iI" },
  stringtoslicerune: { params: "iiI", results: "iII" },
  /** (buffer or nil, rune) */ intstring: { params: "iI", results: "iI" },
  /** (string, index) → (rune, index after it) */ decoderune: { params: "iII", results: "iI" },
  cmpstring: { params: "iIiI", results: "I" },
  /** (old pointer, new length, old capacity, how many more, element type) → slice of the new length */
  growslice: { params: "iIIIi", results: "iII" },
  /** (element type, length, capacity) */ makeslice: { params: "iII", results: "i" },
  /** (type, x data, y data) */ efaceeq: { params: "iii", results: "i" },
  /** (itab, x data, y data) */ ifaceeq: { params: "iii", results: "i" },
  /** (t, p, q): equality of two values in memory */ typeequal: { params: "iii", results: "i" },
} as const satisfies Record<string, { readonly params: string; readonly results: string }>;
export type RuntimeSymbol = keyof typeof RUNTIME_SYMBOLS;

/** Bytes of a map iterator. */
export const ITERATOR_SIZE = 96;
/** Package path of these functions. */
export const RUNTIME_PACKAGE = "internal/runtime";
