/**
 * Every runtime call: the functions that compiled code imports from module "r". The runtime implements them (runtime/entries.ts);
 * lower emits them. Types are WebAssembly's: i = i32, I = i64, f = f32, F = f64. Pointers are i.
 *
 * `may`: "gc" may collect (live pointers must be in their slots and the site stored), "block" may also set CELL.unw (check it after the
 * call), "panic" may set it to UNWIND.panic and never returns a value; "none" is a leaf.
 * Maps, channels and string helpers are NOT here: they are Go text in src/std/internal/runtime, called by symbol.
 *
 * Go: the functions named in cmd/compile/internal/typecheck/_builtin/runtime.go.
 */
export interface Entry {
  readonly params: string;
  readonly results: string;
  readonly may: "none" | "gc" | "block" | "panic";
  /** A leaf that neither reads nor changes the machine's cells of fuel and stack. */
  readonly pure?: true;
}

export const ENTRIES = {
  /** (size, type or 0, zero 0|1) → address. Go: mallocgc. */
  mallocgc: { params: "iii", results: "i", may: "gc" },
  /** (type, n) → address of an array. Go: newarray. */
  newarray: { params: "iI", results: "i", may: "gc" },
  /** (frame bottom wanted, frame size) → frame bottom to use; may set unw = grow. Go: morestack. */
  morestack: { params: "ii", results: "i", may: "block" },
  /** Fuel is used up (resumed 0|1) → 0 go on, 1 unwind, 2 re-enter resume code. */
  poll: { params: "i", results: "i", may: "block" },
  /** (frame, table slot): goes on in the resume code there, for modules without the table. */
  enter: { params: "ii", results: "", may: "none" },
  /** (slot address, new pointer): before a pointer store while CELL.writeBarrier is 1. */
  gcWriteBarrier: { params: "ii", results: "", may: "none" },
  /** (type, dst, src) / (type, dst, src, n): bulk barrier only; the copy itself is memory.copy. Go: bulkBarrierPreWrite. */
  bulkBarrier: { params: "iiiI", results: "", may: "none" },
  /** (interface word type, data) Go: gopanic. */
  gopanic: { params: "ii", results: "", may: "panic" },
  /** (frame end of caller) → interface word, data. Go: gorecover. */
  gorecover: { params: "i", results: "ii", may: "none" },
  /** (frame, closure): register a deferred call of a func() value. Go: deferproc. */
  deferproc: { params: "ii", results: "", may: "gc" },
  /** (frame) → closure of the next deferred call of this frame, 0 if none. Go: deferreturn. */
  deferreturn: { params: "i", results: "i", may: "none" },
  /** (closure): start a goroutine that calls a func() value. Go: newproc. */
  newproc: { params: "i", results: "", may: "block" },
  /** Runtime panics: each makes a runtime.Error with Go's words. (index, length) */
  panicIndex: { params: "II", results: "", may: "panic" },
  /** (kind 0.. as Go's boundsErrorCodes, signed 0|1, x, y). */
  panicSlice: { params: "iiII", results: "", may: "panic" },
  panicDivide: { params: "", results: "", may: "panic" },
  panicShift: { params: "", results: "", may: "panic" },
  /** nil dereference: SIGSEGV with its extra lines. (address) */
  panicNil: { params: "i", results: "", may: "panic" },
  panicNilMap: { params: "", results: "", may: "panic" },
  panicMakeSliceLen: { params: "", results: "", may: "panic" },
  panicMakeSliceCap: { params: "", results: "", may: "panic" },
  /** (have type or 0, want type, interface type). Go: panicdottypeE/I, TypeAssertionError. */
  panicDotType: { params: "iii", results: "", may: "panic" },
  /** Comparing or hashing an uncomparable type. (type, 0 compare | 1 hash) */
  panicUncomparable: { params: "ii", results: "", may: "panic" },
  /** (pointer, length of a Go string) throw: fatal error. Go: throw, fatal. */
  throw: { params: "iI", results: "", may: "panic" },
  /** (string) runtime error with this text (used by our Go text). Go: panic(plainError(s)). */
  panicPlain: { params: "iI", results: "", may: "panic" },
  /** (string) the same with "runtime error: " before it. Go: panic(errorString(s)). */
  panicError: { params: "iI", results: "", may: "panic" },
  goexit: { params: "", results: "", may: "panic" },
  /** (interface type, concrete type) → itab, 0 if it is not implemented. Go: typeAssert. */
  finditab: { params: "ii", results: "i", may: "none", pure: true },
  /** (interface type, concrete type) → itab; panics if it is not implemented. Go: getitab. */
  getitab: { params: "ii", results: "i", may: "panic" },
  /** Blocks the goroutine. (reason, 0..) Go: gopark. */
  gopark: { params: "i", results: "", may: "block" },
  /** (g): makes it runnable. Go: goready. */
  goready: { params: "i", results: "", may: "none" },
  gosched: { params: "", results: "", may: "block" },
  /** (nanoseconds) Go: timeSleep. */
  sleep: { params: "I", results: "", may: "block" },
  /** Virtual time in nanoseconds since 1970. */
  nanotime: { params: "", results: "I", may: "none" },
  /** Seeded. Go: rand, cheaprand. */
  rand: { params: "", results: "I", may: "none" },
  /** (fd, address, length): write to stdout 1 or stderr 2. */
  write: { params: "iiI", results: "", may: "none" },
  /** print and println of the language go to stderr. */
  printbool: { params: "i", results: "", may: "none" },
  printint: { params: "I", results: "", may: "none" },
  printuint: { params: "I", results: "", may: "none" },
  printfloat: { params: "F", results: "", may: "none" },
  printfloat32: { params: "f", results: "", may: "none" },
  printcomplex64: { params: "ff", results: "", may: "none" },
  printcomplex: { params: "FF", results: "", may: "none" },
  printstring: { params: "iI", results: "", may: "none" },
  printpointer: { params: "i", results: "", may: "none" },
  printeface: { params: "ii", results: "", may: "none" },
  printslice: { params: "iII", results: "", may: "none" },
  printsp: { params: "", results: "", may: "none" },
  printnl: { params: "", results: "", may: "none" },
  /** runtime.GC. */
  gc: { params: "", results: "", may: "block" },
  /** (address of a runtime.MemStats) */
  readMemStats: { params: "i", results: "", may: "gc" },
  /** (code) os.Exit. */
  exit: { params: "I", results: "", may: "panic" },
  /** What a program sees of an address (%p, uintptr conversion), and back. */
  visibleAddress: { params: "i", results: "I", may: "none" },
  offsetOfAddress: { params: "I", results: "i", may: "none" },
  /** A command that stands between statements. (number) */
  stop: { params: "i", results: "", may: "block" },
  /** (a, b, length) → 1 if the bytes are equal. */
  memequal: { params: "iiI", results: "i", may: "none", pure: true },
  /** (a, b) two strings → -1, 0 or 1. */
  cmpstring: { params: "iIiI", results: "I", may: "none", pure: true },
  /** (p, length, byte) → where it first stands, or -1; how often it stands there. */
  indexbyte: { params: "iIi", results: "I", may: "none", pure: true },
  countbyte: { params: "iIi", results: "I", may: "none", pure: true },
  /** (to, from, length): the places may overlap. (to, length): zeroes. */
  memmove: { params: "iii", results: "", may: "none", pure: true },
  memclr: { params: "ii", results: "", may: "none", pure: true },
  /** (text, part) two strings, part of at least 2 bytes and not longer → where it first stands, -1; or -2 - i: not below i, beyond nobody has looked. */
  memindex: { params: "iIiI", results: "I", may: "none", pure: true },
  /**
   * Maps whose keys are 4 or 8 bytes, strings, or other plain memory (address and size): (map, key …, size of a slot) → the slot or 0.
   * Leaves that answer 0 have changed nothing: the Go text is called.
   */
  mapfind32: { params: "iii", results: "i", may: "none", pure: true },
  mapfind64: { params: "iIi", results: "i", may: "none", pure: true },
  mapfindstr: { params: "iiIi", results: "i", may: "none", pure: true },
  mapfindmem: { params: "iiii", results: "i", may: "none", pure: true },
  /** (map, key …, size of a slot and, if the collector must hear of stores into it, 0x10000) → its slot, or 0. */
  mapput32: { params: "iii", results: "i", may: "none", pure: true },
  mapput64: { params: "iIi", results: "i", may: "none", pure: true },
  mapputstr: { params: "iiIi", results: "i", may: "none", pure: true },
  mapputmem: { params: "iiii", results: "i", may: "none", pure: true },
  /** (the same, and from which offset on the slot is cleared) → 1 if the key is gone, or 0. */
  mapdrop32: { params: "iiii", results: "i", may: "none", pure: true },
  mapdrop64: { params: "iIii", results: "i", may: "none", pure: true },
  mapdropstr: { params: "iiIii", results: "i", may: "none", pure: true },
  mapdropmem: { params: "iiiii", results: "i", may: "none", pure: true },
  /** (iterator, size of a slot, offset of the element) → 1 if it has gone on to the next entry, or 0. */
  mapnext: { params: "iii", results: "i", may: "none", pure: true },
  /** (map type, map, table, left, right or 0, bit) → 1 if the entries of the table were put into the other two by that bit of their hash, or 0. */
  mapmove: { params: "iiiiiI", results: "i", may: "none", pure: true },
} as const satisfies Record<string, Entry>;
export type EntryName = keyof typeof ENTRIES;

/** Whether the runtime call of this name is pure. */
export function isPure(name: string): boolean {
  const entry: Entry | undefined = ENTRIES[name as EntryName];
  return entry?.pure === true;
}
