/**
 * Layouts that compiled code and the runtime share: the value headers, the machine cells, frames.
 *
 * All addresses are offsets in linear memory. Pointers, int and uint take 8-byte slots (a pointer's low 32 bits hold the
 * offset, the high half is 0). In WebAssembly locals a pointer is an i32, an int an i64.
 *
 * Go: runtime/{string,slice,runtime2,chan}.go; internal/abi.
 *
 * The first WebAssembly parameter of every Go function is the caller's frame, an i32; the others follow as told here. Runtime calls and natives
 * don't have it: CELL.sp is set before them.
 *
 * WebAssembly value types of Go types (parameters and results are passed so; multi-value):
 *   bool, intN/uintN with N <= 32: i32 (kept sign/zero-extended) · int, uint, int64, uint64, uintptr: i64 · float32: f32 · float64: f64
 *   pointer, map, chan, func, unsafe.Pointer: i32 · string: i32 ptr, i64 len · slice: i32 ptr, i64 len, i64 cap
 *   interface: i32 word (itab or type), i32 data · complex64/128: f32 f32 / f64 f64
 *   structs of at most six of these: as those, one after another, unless the results of a function would be more than sixteen
 *   other structs and arrays: by i32 address of a copy in the caller's frame (arguments) / of result space in the caller's frame, passed as
 *   extra leading i32 parameters (results) in order.
 * func value: i32 pointer to a closure object whose word 0 is a table index; 0 is nil. A closure's code takes the closure pointer as
 *   its LAST i32 parameter (context); plain functions called through a func value go through a one-word static closure and a table
 *   entry with the same trailing context parameter.
 * Methods take a trailing context parameter that they ignore, so that their own code stands in itabs.
 * interface method call: table index from the itab; receiver is the i32 data word (a pointer to the value, or the value itself if
 *   pointer-shaped), as first parameter, and a trailing context parameter (0).
 */

/** Bytes of headers in memory. */
export const STRING_SIZE = 16;
export const SLICE_SIZE = 24;
export const INTERFACE_SIZE = 16;
export const POINTER_SIZE = 8;

/** Machine cells: fixed addresses in linear memory. */
export const CELL = {
  /** i64. Counts down in units of 0.1 virtual ns; below 0 the poll is called. */
  fuel: 0x1000,
  /** i32. Lowest used address of the running goroutine's stack, whenever the runtime runs; compiled code hands it on as a parameter. */
  sp: 0x1008,
  /** i32. A frame must not begin below this; else `morestack`. */
  lim: 0x100c,
  /** i32. Why we unwind: UNWIND. */
  unw: 0x1010,
  /** i32. Current g (address of its structure). */
  g: 0x1014,
  /** i32. 1 while the write barrier is on. */
  writeBarrier: 0x1018,
  /** i32. Context (closure pointer) of a resumed state-0 frame. */
  context: 0x101c,
  /** i32. Site id of a runtime call that was made without a frame slot (debug). */
  site: 0x1020,
  /** i32. Lowest address of the running goroutine's stack that may be used without moving it, and bytes of frames that may be entered natively
   * before all is unwound: the trampoline sets `lim` from both. The scheduler's. */
  stackFloor: 0x1024,
  nativeBudget: 0x1028,
  /** i32. The trampoline returns when `sp` reaches this. */
  stackTop: 0x102c,
  /** i32. Frames below this would use too much of the native stack: `sp - nativeBudget` when the trampoline last entered a frame. */
  nativeFloor: 0x1030,
  /** 16 return cells of 8 bytes: results of a resumed call, in order of WebAssembly results. */
  results: 0x1080,
  /** Per span class (136 of them) 16 bytes of allocation cache: i32 free-slot address base, i32 element size, i64 free bits. */
  alloc: 0x1100,
} as const;

/** The table of itabs that were asked for: `size` places of 16 bytes, in each the interface, the type and the itab (i32, addresses). `mix` spreads interfaces. */
export const ITABS = { inter: 0xd800, type: 0xd804, itab: 0xd808, size: 512, mix: 0x9e3779b1 | 0 } as const;

/** Values of `CELL.unw`. */
export const UNWIND = {
  none: 0,
  /** Blocked, yielded or preempted: save and return; the trampoline resumes the top frame later. */
  block: 1,
  /** Re-enter own resume code at once (tier-up). */
  reenter: 2,
  /** A panic, Goexit or fatal error: save and return; the scheduler decides. */
  panic: 3,
  /** The stack is to be moved: save and return, then go on at once. */
  grow: 4,
} as const;

/**
 * A frame, from its lowest address:
 *   +0  i32  function id: index in the table of the RESUME code of this function `(frame: i32) -> ()`
 *   +4  i32  state: site id while a call is under way (also the resume point), 0 at entry
 *   +8  ...  slots: pointer slots and other saved locals (8-byte slots), variables with an address, argument/result copies
 *   frame size is a multiple of 8; the caller's frame begins at frame + size (stacks are contiguous).
 * A site id is global (site base of the module + local index); `Program.sites` says function, size, live pointer slots, position.
 */
export const FRAME = { func: 0, state: 4, header: 8 } as const;
/**
 * More about frames. State 0 occurs only in frames that the runtime makes, to start a func() value (go, deferred calls): the code
 * reads its closure from CELL.context, nothing in the frame is live. A function that stops in its prologue (grow, or poll at entry) saves its
 * parameters under its *entry site*, a site like any other, so the collector finds them.
 * A leaf function has no frame until it panics; then it makes one without asking `lim`: this many bytes below `lim` must belong to the stack.
 */
export const STACK_GUARD = 256;
/** Bytes of native stack that a byte of frame may take in V8's first tier, where every local has eight: what is above is not written in place of calls. */
export const NATIVE_RATIO = 8;
/** Bytes that Go uses for a return address and a saved frame pointer, in the modelled frame. */
export const GO_FRAME_OVERHEAD = 16;

/** Memory map. */
export const MAP = {
  cells: 0x1000,
  /** Fixed runtime structures: static tables (byte strings of one char, small integers), zero area. */
  zeroArea: 0x2000,
  zeroAreaSize: 1024,
  /** 256 eight-byte words 0..255: boxed small integers. Go: runtime.staticuint64s. */
  smallInts: 0x2400,
  /** The address of zero-size objects. Go: runtime.zerobase. */
  zerobase: 0x2c00,
  /** u8 each: size class of ceil(size / 8), for sizes up to 32,768. */
  classOf: 0xa000,
  /** Data of programs (read-only data, globals, descriptors) is bump-allocated from here. */
  data: 0x10000,
  /** The arena begins at the first multiple of 4 MiB after this many bytes reserved for data. */
  dataReserve: 0x18000000,
} as const;
/** What a Go program sees of arena offset 0. */
export const HEAP_BASE = 0xc000000000;
/** What is added to an address below the arena: where a Go binary's text and data begin. Go: cmd/link (default address of linux/amd64). */
export const DATA_BASE = 0x400000;

/** Offsets in hchan, 112 bytes as in Go 1.26; maps are 48. Filled by std/internal/runtime. */
export const HCHAN_SIZE = 112;
export const HMAP_SIZE = 48;
