/**
 * Where the heap keeps its tables in linear memory, and the fields of a span record.
 *
 * All state that hot WebAssembly code reads lies here, beside the memory it describes: so a copy of the used ranges is a copy of the
 * heap. Addresses are computed once from the heap limit; untouched pages cost the host nothing.
 *
 *   0x1000    machine cells (abi/structs.ts), from 0x1a00 those of the heap (HEAP_CELL)
 *   0x10000   data of programs, `dataReserve` bytes
 *   then      page map · span records · mark, scan and alloc bits · site numbers of objects · counters of sites
 *   then      the arena, from a multiple of 4 MiB: heap spans and stacks
 *
 * Go: heapArena and mspan in GOROOT/src/runtime/mheap.go.
 */
import { MAP } from "../../abi/structs.ts";
import { roundUp } from "../../base/units.ts";
import { PAGE_SIZE } from "./sizeclass.ts";

/** The heap grows by this much. Go: pallocChunkBytes. */
export const CHUNK_SIZE = 4 << 20;
/** Pages of a chunk. */
export const CHUNK_PAGES = CHUNK_SIZE / PAGE_SIZE;

/** Cells of the heap behind those of abi/structs.ts. */
export const HEAP_CELL = {
  /** i32: the block that takes tiny objects, 0 if there is none; i32: where it is free. */
  tiny: 0x1a00,
  tinyOffset: 0x1a04,
  /** i32: tiny objects that took no block of their own since the last flush. */
  tinyAllocs: 0x1a08,
  /** i32: scannable bytes allocated since the last flush. Go: mcache.scanAlloc. */
  scanAlloc: 0x1a0c,
  /** i32: not 0 while every allocation must take the long way: bit 0 marking, bit 1 detailed recording or stress. */
  slow: 0x1a10,
  /** i32: fuel units of a tiny allocation that shares a block. */
  tinyCost: 0x1a14,
  /** The mark queue: i32 first and last span, 0 if it is empty. f64: bytes marked, heap scan work, objects scanned, in this cycle. */
  queueFirst: 0x1a18,
  queueLast: 0x1a1c,
  bytesMarked: 0x1a20,
  scanWork: 0x1a28,
  objectsScanned: 0x1a30,
  /** i32: pointers in the write barrier's buffer. */
  barrierCount: 0x1a38,
  /** i32: fuel units of a recorded pointer store. */
  barrierCost: 0x1a3c,
  /** f64: assist credit in bytes of the goroutine in the next cell, an i32; i32: fuel units more for an allocation while marking. */
  assistCredit: 0x1a40,
  assistG: 0x1a48,
  markingCost: 0x1a4c,
  /** i32 each: goroutine structures that were made, how many Go's table of them has room for, that table (0: part of the baseline). */
  goroutines: 0x1a50,
  goroutineRoom: 0x1a54,
  goroutineTable: 0x1a58,
  /** Per span class an i32: fuel units of one allocation. */
  cost: 0x1b00,
  /** Per span class two i32: the cached span, 0 for none, and the next group of 64 slots to load from it. */
  cached: 0x9000,
} as const;

/** A span record: 64 bytes, every field 4 bytes. */
export const SPAN = {
  base: 0,
  /** End of the part that holds objects. */
  limit: 4,
  elemSize: 8,
  /** ceil(2^32 / elemSize): index = offset * this >> 32. 0 for a large object. */
  divMagic: 12,
  nelems: 16,
  npages: 20,
  spanClass: 24,
  state: 28,
  /** Slots below are in use; above, the alloc bits say. Up to date only while the span is not cached. */
  freeIndex: 32,
  allocCount: 36,
  allocCountBeforeCache: 40,
  sweepGen: 44,
  /** Descriptor of a large object with pointers. */
  largeType: 48,
  /** Words of a large object that the marker has scanned already. */
  scanned: 52,
  /** Next span of the mark queue; 0 if this one isn't queued, 1 if it is the last. */
  queued: 56,
  /** Bit 0: slots must be zeroed before use. */
  flags: 60,
  size: 64,
} as const;

/** Values of `SPAN.state`. */
export const SPAN_FREE = 0;
export const SPAN_HEAP = 1;
/** A span that somebody else cuts up: stacks. Go: mSpanManual. */
export const SPAN_MANUAL = 2;

/** Bytes of bits for one span: 1,024 slots. */
export const BITS_SIZE = 128;
/** One record of a site's counters: objects i64, bytes i64, number i32 (see SiteTable). */
export const SITE_RECORD = 32;
/** Sites that have counters; later ones share number 0. */
export const MAX_SITES = 1 << 17;
/** One u16 of site number for each 16 bytes of arena. */
export const SITE_SHIFT = 4;

/** Pointers that the write barrier's buffer holds. Go: wbBufEntries. */
export const BARRIER_SIZE = 512;

/** Room for descriptors of the runtime's own types. */
const OWN_TYPES_SIZE = 65536;

/** Addresses of the tables, for one heap limit. */
export interface Layout {
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly pages: number;
  /** u32 a page: address of its span record, 0 if free. */
  readonly pageMap: number;
  readonly spans: number;
  readonly marks: number;
  readonly scans: number;
  readonly allocs: number;
  /** u16 for each 16 bytes of arena. */
  readonly siteOf: number;
  readonly sites: number;
  /** u32 each: pointers that the write barrier recorded. */
  readonly barrier: number;
  /** u8 each: size class of ceil(size / 8), for the fast path. */
  readonly classOf: number;
  /** Descriptors of the runtime's own types (baseline.ts). */
  readonly ownTypes: number;
  readonly arena: number;
  readonly arenaEnd: number;
}

/** Lays out the tables for an arena of at most `limit` bytes. */
export function layoutFor(limit: number): Layout {
  const arenaSize = roundUp(limit, CHUNK_SIZE);
  const pages = arenaSize / PAGE_SIZE;
  let at = MAP.data + MAP.dataReserve;
  const take = (size: number): number => {
    const from = roundUp(at, 65536);
    at = from + size;
    return from;
  };
  const pageMap = take(pages * 4);
  const spans = take(pages * SPAN.size);
  const marks = take(pages * BITS_SIZE);
  const scans = take(pages * BITS_SIZE);
  const allocs = take(pages * BITS_SIZE);
  const siteOf = take((arenaSize >>> SITE_SHIFT) * 2);
  const sites = take(MAX_SITES * SITE_RECORD);
  const barrier = take(BARRIER_SIZE * 4);
  const ownTypes = take(OWN_TYPES_SIZE);
  const arena = roundUp(at, CHUNK_SIZE);
  return {
    dataStart: MAP.data,
    dataEnd: MAP.data + MAP.dataReserve,
    pages,
    pageMap,
    spans,
    marks,
    scans,
    allocs,
    siteOf,
    sites,
    barrier,
    classOf: MAP.classOf,
    ownTypes,
    arena,
    arenaEnd: arena + arenaSize,
  };
}
