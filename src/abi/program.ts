/**
 * Program: what the compiler hands to the runtime, the code of one unit (a program, a cell, the std image) and what is needed to link it.
 *
 * Units are linked one after another into one memory and one table; a later unit refers to earlier ones by symbol. Plain data.
 *
 * The module's imports (module name, field):
 *   "m" "memory", "m" "table"                       the engine's memory and function table
 *   "b" "data" | "table" | "site"                   immutable i32 globals: where this unit's data, table slots and site ids begin
 *   "b" ("data" | "table" | "site") + " " + PATH    the same of an earlier unit, whose functions stand in place of calls here
 *   "f" SYMBOL                                      a function of an earlier unit, called directly
 *   "s" SYMBOL                                      immutable i32 global: table index of an earlier unit's function (context-taking form)
 *   "v" SYMBOL                                      immutable i32 global: address of an earlier unit's package variable
 *   "t" TYPE-ID                                     immutable i32 global: address of a type descriptor (interned)
 *   "i" IFACE-ID + "\0" + TYPE-ID                   immutable i32 global: address of an itab
 *   "r" NAME                                        a runtime call of entries.ts
 *   "n" SYMBOL                                      a native: a function that our Go text declares without a body
 * Its exports: "f:" + SYMBOL for every function (`exportName`). Resume code comes from `resume` on demand (same imports, plus "f" for own functions).
 *
 * Go: the object file of cmd/compile and what cmd/link makes of it.
 */
import type { Position } from "../base/source.ts";
import type { TypeDesc } from "./types.ts";

export interface FuncInfo {
  /** `main.F`, `main.(*T).M`, `main.F.func1`: also what a traceback prints. */
  readonly symbol: string;
  /** Bytes of the frame. */
  readonly frame: number;
  /** Modelled Go frame (locals incl. saved frame pointer), for stack growth: a model, see frame.ts of codegen. */
  readonly goFrame: number;
  readonly at: Position;
  /** Slot (relative to the unit's table base) of the resume code; FRAME.func holds base + this. */
  readonly resumeSlot: number;
  /** Slot of the context-taking form for func values, itabs and `go`; -1 if its value is never taken. */
  readonly valueSlot: number;
  /** Index of the export "f:" + symbol is by name. Whether it has deferred calls. */
  readonly hasDefer: boolean;
  /** Whether it has polled loops. */
  readonly loops?: boolean;
  /**
   * With `hasDefer`: index into `sites` of the place where this frame goes on after a recovered panic. Recovering sets FRAME.state to
   * site base + this (and FRAME.func to table base + resumeSlot); resumed there, the function runs its remaining deferred calls and returns its results.
   */
  readonly deferSite?: number;
  /** Deferred calls that the frame itself holds: at this offset a word with a bit for each that is to run, behind it the closure of each, 8 bytes apart. */
  readonly openDefers?: { readonly at: number; readonly count: number };
  /** Offsets of pointer slots that hold parameters when the frame stands at state 0 (saved because morestack answered grow). */
  readonly entryPointers?: readonly number[];
  /** It is called once at most, and by the runtime. */
  readonly once?: boolean;
  /** A wrapper that the compiler made (deferred call with arguments, method wrapper): recover and tracebacks look through it. */
  readonly wrapper?: boolean;
  /** Variables and composites in the frame that hold pointers; SiteInfo.objects refers to them. */
  readonly stackObjects?: readonly StackObject[];
  /** WebAssembly types of Go's parameters and results, one char each: i(32) I(64) f(32) F(64). */
  readonly params: string;
  readonly results: string;
}

/** Memory in a frame that something may point to. Go: stackObjectRecord. */
export interface StackObject {
  /** Offset in the frame. */
  readonly at: number;
  readonly size: number;
  /** Offsets of pointer words, from its start. */
  readonly pointers: readonly number[];
}

/** A call site (also a poll or a panic site): what the collector, tracebacks and resumption know of a frame that stands there. */
export interface SiteInfo {
  /** Index into `funcs`. */
  readonly func: number;
  /** Offsets in the frame (multiples of 8) of live pointer words. */
  readonly pointers: readonly number[];
  /** Stack objects (indices into FuncInfo.stackObjects) that exist here but are live only if something live points to them. */
  readonly objects?: readonly number[];
  readonly at: Position;
  /** Functions inlined at this place, innermost first: printed name and position of their call. */
  readonly inlined?: readonly { readonly symbol: string; readonly at: Position }[];
  /** Allocation sites: what is allocated, for records. */
  readonly alloc?: { readonly what: string; readonly type: string };
}

/** A package-level variable or a static composite. */
export interface DataSymbol {
  readonly symbol: string;
  /** Offset in the unit's data. */
  readonly offset: number;
  readonly size: number;
  /** Offsets of pointer words inside it: roots. */
  readonly pointers: readonly number[];
  readonly readonly: boolean;
}

/** A word in the unit's data that linking fills in: data address, type, itab, function value. */
export interface Relocation {
  readonly offset: number;
  readonly to:
    | { readonly kind: "data"; readonly addend: number }
    | { readonly kind: "symbol"; readonly symbol: string; readonly addend: number }
    | { readonly kind: "type"; readonly id: string }
    | { readonly kind: "itab"; readonly iface: string; readonly type: string }
    | { readonly kind: "slot"; readonly symbol: string };
}

/** A function with a form whose caller gives the memory for what it returns (compiler/lower/placed.ts). */
export interface PlacedMemory {
  readonly symbol: string;
  readonly size: number;
  /** Offsets of pointer words. */
  readonly pointers: readonly number[];
  /** Where parameters are stored, if nothing else is. */
  readonly fields?: readonly { readonly offset: number; readonly param: number }[];
  /** The interface that is returned and the type in it, by id; absent where the pointer itself is returned. */
  readonly result?: { readonly iface: string; readonly type: string };
}

/** What code asks of its surroundings, as its module spells it. */
export interface ProgramImport {
  readonly module: string;
  readonly name: string;
  /** What of WebAssembly it is: 0 a function, 1 a table, 2 a memory, 3 a global. */
  readonly kind: number;
}

/** The name under which a module exports code of a function. That of what runs once is without its symbol: cells that say the same have the same module. */
export const exportName = (form: "f" | "s" | "r", symbol: string, once: boolean): string => `${form}:${once ? "" : symbol}`;

/** Which base a patch adds. */
export const PATCH = { data: 0, table: 1, site: 2 } as const;

export interface Program {
  /** Import path of the package that this unit is. */
  readonly path: string;
  readonly wasm: Uint8Array;
  /**
   * Places in `wasm` where linking adds a base: an i32 in five bytes of LEB128 at `offset`, kept as offset * 4 + PATCH. Faster than the imported bases
   * that do the same in resume code.
   */
  readonly patches?: readonly number[];
  /** What `wasm` imports, where the compiler has told it: in the module it is text that would have to be read. */
  readonly imports?: readonly ProgramImport[];
  /** Left by the linker: the code with its bases in it, compiled. */
  compiled?: { readonly bases: string; readonly code: Uint8Array; readonly module: WebAssembly.Module };
  readonly funcs: readonly FuncInfo[];
  readonly sites: readonly SiteInfo[];
  /** Initialised data; `dataSize` bytes are reserved (the rest is zero). */
  readonly data: Uint8Array;
  readonly dataSize: number;
  readonly symbols: readonly DataSymbol[];
  readonly relocations: readonly Relocation[];
  readonly types: readonly TypeDesc[];
  /** Number of table slots this unit needs. */
  readonly slots: number;
  /** Symbols to run once after linking, in order: package initialisation (`main.init`, user init functions). */
  readonly inits: readonly string[];
  /** `main.main`, if the unit has one. */
  readonly entry?: string;
  /** Of a package of the library: its functions with a second form. */
  readonly placed?: readonly PlacedMemory[];
  /** The module with resume code for the given functions (indices into `funcs`): exports "r:" + symbol, `(frame: i32) -> ()`. */
  readonly resume: (funcs: readonly number[]) => Uint8Array;
  /**
   * As `resume`, for one function with loops: quick code that goes on at their polls, and hands any other frame to the code in the table slot that the
   * immutable i32 global "b" "elsewhere" names.
   */
  readonly resumeLoops: (func: number) => Uint8Array;
}
