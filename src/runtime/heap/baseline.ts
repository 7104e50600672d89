/**
 * The objects that Go's own runtime holds before a program has done anything: processors, threads, system goroutines, tables.
 *
 * This runtime needs none of them, but they are part of every real heap: of HeapAlloc, of the marked bytes and hence of goals. They are
 * allocated once, kept by the collector, and told apart by having no site.
 *
 * Go: a program of println alone, GOMAXPROCS=1, after its first collection (go1.26.8 linux/amd64), read from a heap dump: 71 objects,
 * 36,984 bytes, of which the collector scans 26,464. (Dumps list what lies behind the last slot of a span as well; that was left out.)
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
  { size: 512, count: 1, scanned: 0 },
  { size: 632, count: 1, scanned: 632 },
  { size: 1152, count: 6, scanned: 0 },
  { size: 1144, count: 1, scanned: 1144 },
  { size: 2040, count: 2, scanned: 1824 },
  { size: 16376, count: 1, scanned: 16_304 },
];

/** Allocates the runtime's own objects and returns their addresses, which are roots. `without` of the 480-byte ones exist already. */
export function allocateBaseline(memory: Memory, layout: Layout, allocate: (size: number, type: number) => number, without = 0): number[] {
  const objects: number[] = [];
  let at = layout.ownTypes;
  for (const { size, count, scanned } of BASELINE) {
    let type = 0;
    if (scanned > 0) {
      type = at;
      at = writeType(memory, at, size, scanned);
    }
    for (let i = size === 480 ? without : 0; i < count; i++) objects.push(allocate(size, type));
  }
  return objects;
}

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
