/**
 * The objects that Go's own runtime holds before a program has done anything: processors, threads, system goroutines, tables.
 *
 * This runtime needs none of them, but they are part of every real heap: of HeapAlloc, of the marked bytes and hence of goals. They are
 * allocated once, kept by the collector, and told apart by having no site.
 *
 * Go: a program of println alone, GOMAXPROCS=1, after its first collection (go1.26.8 linux/amd64), read from a heap dump: 71 objects,
 * 36,984 bytes (70 and 36,472 before it), of which the collector scans 26,464. (Dumps list what lies behind the last slot of a span as well; that was left out.)
 * One 48-byte object more is what programs that print have.
 */
import { DESC } from "../../abi/types.ts";
import type { Layout } from "./layout.ts";
import type { Memory } from "../memory.ts";

/** Objects of one size and kind: how many, and up to which byte each is scanned (0: no pointers). */
interface Group {
  readonly size: number;
  readonly count: number;
  readonly scanned: number;
}

const BASELINE: readonly Group[] = [
  { size: 8, count: 4, scanned: 8 },
  { size: 16, count: 10, scanned: 0 },
  { size: 16, count: 2, scanned: 8 },
  { size: 24, count: 6, scanned: 0 },
  { size: 24, count: 1, scanned: 8 },
  { size: 32, count: 7, scanned: 0 },
  { size: 48, count: 6, scanned: 0 },
  { size: 64, count: 6, scanned: 0 },
  { size: 64, count: 1, scanned: 64 },
  { size: 80, count: 2, scanned: 0 },
  { size: 96, count: 1, scanned: 80 },
  { size: 112, count: 1, scanned: 0 },
  { size: 112, count: 1, scanned: 96 },
  { size: 224, count: 1, scanned: 0 },
  { size: 480, count: 11, scanned: 400 },
  { size: 632, count: 1, scanned: 632 },
  { size: 1152, count: 6, scanned: 0 },
  { size: 1144, count: 1, scanned: 1144 },
  { size: 2040, count: 2, scanned: 1824 },
  { size: 16376, count: 1, scanned: 16_304 },
];

/** What a program that imports os (fmt does) has besides: files, environment, poller. The same way of measuring. */
const WITH_OS: readonly Group[] = [
  { size: 8, count: 5, scanned: 8 },
  { size: 16, count: 1, scanned: 8 },
  { size: 16, count: 1, scanned: 16 },
  { size: 24, count: 2, scanned: 24 },
  { size: 48, count: 3, scanned: 24 },
  { size: 48, count: 2, scanned: 40 },
  { size: 64, count: 1, scanned: 56 },
  { size: 96, count: 3, scanned: 80 },
  { size: 160, count: 1, scanned: 152 },
  { size: 208, count: 2, scanned: 200 },
  { size: 632, count: 1, scanned: 632 },
];

/** What is garbage already when main begins; it goes with the first collection. */
const DEAD: readonly Group[] = [
  { size: 8, count: 1, scanned: 8 },
  { size: 16, count: 3, scanned: 0 },
  { size: 32, count: 1, scanned: 32 },
  { size: 128, count: 1, scanned: 0 },
  { size: 256, count: 1, scanned: 0 },
  { size: 512, count: 1, scanned: 504 },
];

/** What is to be left out of the baseline or added to it. */
export interface BaselineOptions {
  /** Goroutine structures (480 bytes) that exist already. */
  readonly goroutines: number;
  /** Whether the program is linked with package os. */
  readonly os: boolean;
}

/** Allocates the runtime's own objects and returns the addresses of those that stay, which are roots. */
export function allocateBaseline(memory: Memory, layout: Layout, allocate: (size: number, type: number) => number, options: BaselineOptions): number[] {
  const kept: number[] = [];
  let at = layout.ownTypes;
  const allocateAll = (groups: readonly Group[], keep: boolean): void => {
    for (const { size, count, scanned } of groups) {
      const type = scanned > 0 ? at : 0;
      if (scanned > 0) at = writeType(memory, at, size, scanned);
      for (let i = size === GOROUTINE_SIZE ? options.goroutines : 0; i < count; i++) {
        const object = allocate(size, type);
        if (keep) kept.push(object);
      }
    }
  };
  allocateAll(BASELINE, true);
  if (options.os) allocateAll(WITH_OS, true);
  allocateAll(DEAD, false);
  return kept;
}

/** What the first cycle allocates to make its mark worker: closure, channel, goroutine, a table of 512 bytes. Returns those that stay. */
export function allocateWorker(memory: Memory, layout: Layout, allocate: (size: number, type: number) => number): number[] {
  const closure = layout.ownTypes + WORKER_TYPES;
  const g = writeType(memory, closure, 16, 16);
  writeType(memory, g, GOROUTINE_SIZE, 400);
  allocate(16, closure);
  allocate(112, 0);
  return [allocate(GOROUTINE_SIZE, g), allocate(512, 0)];
}

/** Where the worker's descriptors lie behind the others. */
const WORKER_TYPES = 32_768;

/** Bytes of a goroutine structure. */
const GOROUTINE_SIZE = 480;

/** A descriptor with one pointer word, the last of the scanned ones; returns the address behind it. */
function writeType(memory: Memory, at: number, size: number, scanned: number): number {
  memory.storeInt(at + DESC.byteSize, size);
  memory.storeInt(at + DESC.ptrdata, scanned);
  const mask = at + DESC.size;
  memory.storePtr(at + DESC.mask, mask);
  const word = scanned / 8 - 1;
  memory.u8[mask + (word >>> 3)] = 1 << (word & 7);
  return mask + Math.ceil(size / 512) * 8 + 8;
}
