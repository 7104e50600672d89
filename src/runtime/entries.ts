/**
 * The runtime calls: one function for each line of abi/entries.ts, each a few words that hand over to the room that knows.
 *
 * They run inside compiled code, so they are short and never throw for what a Go program does; a panic is a demand (panic/unwind.ts).
 */
import { CELL, DATA_BASE, HEAP_BASE, UNWIND } from "../abi/structs.ts";
import { type EntryName } from "../abi/entries.ts";
import { DESC } from "../abi/types.ts";
import type { ByteFunctions } from "./bytes.ts";
import type { Clock } from "./clock.ts";
import type { Collector } from "./gc/index.ts";
import type { Heap } from "./heap/index.ts";
import type { Linker } from "./link/index.ts";
import type { Malloc } from "./malloc.ts";
import type { MapFunctions } from "./maps/index.ts";
import type { Memory } from "./memory.ts";
import { NIL_POINTER, type Panics, type RuntimeErrors } from "./panic/index.ts";
import type { Scheduler } from "./sched/index.ts";
import { formatComplex, formatFloat32, formatFloat64, formatHex } from "./values/index.ts";

/** What the entries are given by process.ts. */
export interface EntryPorts {
  readonly memory: Memory;
  readonly heap: Heap;
  readonly malloc: Malloc;
  readonly collector: Collector;
  readonly clock: Clock;
  readonly linker: Linker;
  readonly scheduler: Scheduler;
  readonly panics: Panics;
  readonly errors: RuntimeErrors;
  readonly morestack: (want: number, size: number) => number;
  /** Nanoseconds since 1970 of virtual time 0. */
  readonly epoch: bigint;
  readonly random64: () => bigint;
  readonly write: (fd: number, bytes: Uint8Array) => void;
  readonly readMemStats: (at: number) => void;
  readonly stop: (command: number) => void;
  /** Whether the running goroutine must unwind for its stack to be moved. */
  readonly mustShrink: () => boolean;
}

/** Entries that are WebAssembly alone: bytes.ts, maps, sched/switch.ts, sched/trampoline.ts, heap/fast.ts. */
type Elsewhere = keyof ByteFunctions | keyof MapFunctions | "gopark" | "goready" | "newproc" | "gorecover" | "finditab" | "enter" | "visibleAddress" | "offsetOfAddress";
type EntryTable = { readonly [name in Exclude<EntryName, Elsewhere>]: (...args: never[]) => unknown };

/** What a program sees of an address: heap and stacks from HEAP_BASE on, data and code where Go's binaries have them. */
export function visibleAddress(heap: Heap, p: number): bigint {
  if (p === 0) return 0n;
  const at = p >>> 0;
  return at >= heap.layout.arena ? BigInt(HEAP_BASE) + BigInt(at - heap.layout.arena) : BigInt(DATA_BASE) + BigInt(at);
}

/** The functions behind the imports of module "r". */
export function makeEntries(p: EntryPorts): EntryTable {
  return { ...allocation(p), ...panicking(p), ...scheduling(p), ...printing(p) };
}

type Part<Names extends keyof EntryTable> = Pick<EntryTable, Names>;

function allocation(p: EntryPorts): Part<
  "mallocgc" | "newarray" | "morestack" | "poll" | "gcWriteBarrier" | "bulkBarrier" | "gc" | "readMemStats"
> {
  const { memory, malloc, collector } = p;
  return {
    mallocgc: (size: number, type: number, zero: number) => malloc.allocate(size >>> 0, type, zero),
    newarray: (type: number, n: bigint) => {
      const size = memory.loadInt(type + DESC.byteSize) * Number(n);
      if (n < 0n || size > MAX_ALLOC) {
        p.panics.demand({ kind: "panic", ...p.errors.plain("runtime: allocation size out of range") });
        return 0;
      }
      return malloc.allocate(size, type);
    },
    morestack: (want: number, size: number) => p.morestack(want >>> 0, size >>> 0),
    poll: (resumed: number) => p.scheduler.poll(resumed),
    gcWriteBarrier: (slot: number, value: number) => collector.barrier.store(slot >>> 0, value >>> 0),
    bulkBarrier: (type: number, dst: number, src: number, n: bigint) => collector.barrier.bulk(type >>> 0, dst >>> 0, src >>> 0, Number(n)),
    gc: () => {
      collector.collect();
      if (p.mustShrink()) memory.store32(CELL.unw, UNWIND.grow);
    },
    readMemStats: (at: number) => p.readMemStats(at >>> 0),
  };
}

/** Go: maxAlloc, the size of the address space. */
const MAX_ALLOC = 2 ** 47;

function panicking(p: EntryPorts): Part<
  | "gopanic" | "deferproc" | "deferreturn" | "panicIndex" | "panicSlice" | "panicDivide" | "panicShift" | "panicNil" | "panicNilMap"
  | "panicMakeSliceLen" | "panicMakeSliceCap" | "panicDotType" | "panicUncomparable" | "throw" | "panicPlain" | "panicError" | "goexit" | "getitab" | "exit"
> {
  const { memory, linker, panics, errors } = p;
  const raise = (value: ReturnType<RuntimeErrors["plain"]>): void => panics.demand({ kind: "panic", ...value });
  const text = (at: number, n: bigint): string => memory.readString(at >>> 0, Number(n));
  const typeName = (at: number): string => linker.types.at(at).desc.string;
  return {
    gopanic: (word: number, data: number) => raise(word === 0 ? errors.nilPanic() : { word: word >>> 0, data: data >>> 0 }),
    deferproc: (frame: number, closure: number) => panics.defer(frame >>> 0, closure >>> 0),
    deferreturn: (frame: number) => panics.deferReturn(frame >>> 0),
    panicIndex: (index: bigint, length: bigint) => raise(errors.bounds(0, true, index, length)),
    panicSlice: (code: number, signed: number, x: bigint, y: bigint) => raise(errors.bounds(code, signed !== 0, x, y)),
    panicDivide: () => raise(errors.error("integer divide by zero")),
    panicShift: () => raise(errors.error("negative shift amount")),
    panicNil: (address: number) => raise(errors.error(NIL_POINTER, address >>> 0)),
    panicNilMap: () => raise(errors.plain("assignment to entry in nil map")),
    panicMakeSliceLen: () => raise(errors.error("makeslice: len out of range")),
    panicMakeSliceCap: () => raise(errors.error("makeslice: cap out of range")),
    panicDotType: (have: number, want: number, inter: number) => raise(errors.typeAssertion(inter >>> 0, have >>> 0, want >>> 0, "")),
    panicUncomparable: (type: number, hashing: number) =>
      raise(errors.error(hashing ? `hash of unhashable type ${typeName(type)}` : `comparing uncomparable type ${typeName(type)}`)),
    throw: (at: number, n: bigint) => panics.demand({ kind: "fatal", text: text(at, n), user: true }),
    panicPlain: (at: number, n: bigint) => raise(errors.plain(text(at, n))),
    panicError: (at: number, n: bigint) => raise(errors.error(text(at, n))),
    goexit: () => panics.demand({ kind: "goexit" }),
    getitab: (inter: number, type: number) => {
      const tab = type === 0 ? 0 : linker.types.itab(inter, type);
      if (tab !== 0) return tab;
      raise(errors.typeAssertion(0, type, inter, type === 0 ? "" : (linker.types.missingMethod(inter, type) ?? "")));
      return 0;
    },
    exit: (code: bigint) => panics.demand({ kind: "exit", code: Number(BigInt.asIntN(32, code)) & 0xff }),
  };
}

function scheduling(p: EntryPorts): Part<"gosched" | "sleep" | "nanotime" | "rand" | "stop"> {
  const { scheduler, clock } = p;
  return {
    gosched: () => scheduler.yield(),
    sleep: (ns: bigint) => scheduler.sleep(Number(ns)),
    nanotime: () => p.epoch + BigInt(clock.now()),
    rand: () => p.random64(),
    stop: (command: number) => p.stop(command),
  };
}

function printing(p: EntryPorts): Part<
  | "write" | "printbool" | "printint" | "printuint" | "printfloat" | "printfloat32" | "printcomplex" | "printcomplex64" | "printstring" | "printpointer"
  | "printeface" | "printslice" | "printsp" | "printnl"
> {
  const { memory, heap } = p;
  const print = (text: string): void => p.write(2, Buffer.from(text, "latin1"));
  const pointer = (at: number): string => formatHex(visibleAddress(heap, at));
  return {
    write: (fd: number, at: number, n: bigint) => p.write(fd, memory.bytes(at >>> 0, Number(n)).slice()),
    printbool: (v: number) => print(v ? "true" : "false"),
    printint: (v: bigint) => print(String(v)),
    printuint: (v: bigint) => print(String(BigInt.asUintN(64, v))),
    printfloat: (v: number) => print(formatFloat64(v)),
    printfloat32: (v: number) => print(formatFloat32(v)),
    printcomplex: (re: number, im: number) => print(formatComplex(formatFloat64(re), formatFloat64(im))),
    printcomplex64: (re: number, im: number) => print(formatComplex(formatFloat32(re), formatFloat32(im))),
    printstring: (at: number, n: bigint) => p.write(2, memory.bytes(at >>> 0, Number(n)).slice()),
    printpointer: (at: number) => print(pointer(at)),
    printeface: (word: number, data: number) => print(`(${pointer(word)},${pointer(data)})`),
    printslice: (at: number, len: bigint, cap: bigint) => print(`[${len}/${cap}]${pointer(at)}`),
    printsp: () => print(" "),
    printnl: () => print("\n"),
  };
}
