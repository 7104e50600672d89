/**
 * Type descriptors: what compiled code, the collector, interfaces, maps and fmt know of a Go type at run time.
 *
 * `TypeDesc` is the data form in a Program; `DESC` is the layout in linear memory, which our Go text under src/std reads
 * through unsafe (a struct `rtype` with the same fields). Descriptors are interned by `id`, the full type string with package paths.
 *
 * Go: internal/abi/type.go (a layout of our own; the names are Go's).
 */

/** reflect.Kind numbers. */
export const KIND = {
  Invalid: 0, Bool: 1, Int: 2, Int8: 3, Int16: 4, Int32: 5, Int64: 6, Uint: 7, Uint8: 8, Uint16: 9, Uint32: 10, Uint64: 11, Uintptr: 12,
  Float32: 13, Float64: 14, Complex64: 15, Complex128: 16, Array: 17, Chan: 18, Func: 19, Interface: 20, Map: 21, Pointer: 22, Slice: 23,
  String: 24, Struct: 25, UnsafePointer: 26,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** A method of a concrete type, callable through an itab. */
export interface MethodDesc {
  readonly name: string;
  /** "" for exported methods. */
  readonly pkgPath: string;
  /** Id of the signature's type (without receiver). */
  readonly type: string;
  /** Symbol of the function that takes the interface's data word as receiver; undefined if it was not compiled. */
  readonly symbol?: string;
}

export interface FieldDesc {
  readonly name: string;
  readonly pkgPath: string;
  readonly type: string;
  readonly offset: number;
  readonly embedded: boolean;
  readonly tag: string;
}

/** A type as data. `type`, `elem`, `key` … are ids of other descriptors. */
export interface TypeDesc {
  /** Full type string with package paths: the identity. */
  readonly id: string;
  /** As %T prints: `main.T`, `[]int`. */
  readonly string: string;
  readonly kind: Kind;
  readonly size: number;
  readonly align: number;
  /** Bytes up to and including the last pointer word; 0: no pointers. */
  readonly ptrdata: number;
  /** One entry for each 8-byte word up to ptrdata: true where it is a pointer. Absent if longer than 4096 words: then `elem` repeats. */
  readonly mask: readonly boolean[];
  readonly comparable: boolean;
  /** Equality is that of the bytes (no floats, strings, interfaces, padding). */
  readonly plainMemory: boolean;
  /** Stored directly in an interface's data word. */
  readonly direct: boolean;
  readonly named: boolean;
  readonly name: string;
  readonly pkgPath: string;
  readonly elem?: string;
  readonly key?: string;
  /** Array length. */
  readonly len?: number;
  readonly chanDir?: "both" | "send" | "recv";
  readonly fields?: readonly FieldDesc[];
  readonly params?: readonly string[];
  readonly results?: readonly string[];
  readonly variadic?: boolean;
  /** Interface: its methods sorted by name. */
  readonly imethods?: readonly { readonly name: string; readonly pkgPath: string; readonly type: string }[];
  /** Concrete type: all methods of its method set, sorted by name (exported first as in Go). */
  readonly methods?: readonly MethodDesc[];
}

/** Offsets in a descriptor in linear memory; its size is `size`. Pointers and lengths are 8-byte words. */
export const DESC = {
  /** uintptr */ byteSize: 0,
  /** uintptr */ ptrdata: 8,
  /** uint32 FNV-1a of the id */ hash: 16,
  /** uint8 */ kind: 20,
  /** uint8 */ align: 21,
  /** uint8: DESC_FLAG */ flags: 22,
  /** *byte: bit i of byte i/8 is word i */ mask: 24,
  /** string */ string: 32,
  /** string */ name: 48,
  /** string */ pkgPath: 64,
  /** *rtype: element of array, slice, pointer, chan, map */ elem: 80,
  /** *rtype: map key */ key: 88,
  /** int: array length; chan direction 1 recv 2 send 3 both; func: 1 if variadic */ len: 96,
  /** pointer and count: struct fields (FIELD), func parameters (*rtype) or interface methods (IMETHOD) */ fields: 104,
  fieldCount: 112,
  /** pointer and count: methods of a concrete type (METHOD) */ methods: 120,
  methodCount: 128,
  /** *rtype of *T, 0 if none is linked */ ptrTo: 136,
  /** map: address of its MAP_EXTRA; func: address of a count and its results (*rtype); else 0 */ extra: 144,
  /** int: dense number of the type, for records */ number: 152,
  size: 160,
} as const;
export const DESC_FLAG = { comparable: 1, plainMemory: 2, direct: 4, named: 8, variadic: 16 } as const;
/** name string, pkgPath string, *rtype, offset uintptr, embedded uintptr, tag string */
export const FIELD = { name: 0, pkgPath: 16, type: 32, offset: 40, embedded: 48, tag: 56, size: 72 } as const;
/** name string, pkgPath string, *rtype (signature) */
export const IMETHOD = { name: 0, pkgPath: 16, type: 32, size: 40 } as const;
/** name string, pkgPath string, *rtype (signature), table index (0: not compiled) */
export const METHOD = { name: 0, pkgPath: 16, type: 32, code: 40, size: 48 } as const;
/** *rtype of the interface, *rtype of the concrete type, hash uint32 (of the concrete type), then one 8-byte table index a method */
export const ITAB = { inter: 0, type: 8, hash: 16, methods: 24 } as const;
/** What linking adds for a map type: *rtype of a group (8 control bytes, 8 slots of key and element), sizes, MAP_FLAG. Go: internal/abi.MapType. */
export const MAP_EXTRA = { group: 0, groupSize: 8, slotSize: 16, elemOffset: 24, flags: 32, size: 40 } as const;
export const MAP_FLAG = { needKeyUpdate: 1, hashMightPanic: 2, indirectKey: 4, indirectElem: 8 } as const;
