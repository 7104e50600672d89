/**
 * Where the heap keeps its tables in linear memory, and the fields of a span record.
 *
 * All state that hot WebAssembly code reads lies here, beside the memory it describes: so a copy of the used ranges is a copy of the
 * heap. Addresses are computed once from the heap limit; untouched pages cost the host nothing.
 *
 *   0x1000    machine cells (abi/structs.ts), from 0x1a00 those of the heap (HEAP_CELL), from 0x1e00 those of the scheduler (sched/cells.ts)
 *             and the clock, from 0x1f00 parameters of rare calls (rare.ts)
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
  /** f64: the pacer's heapLive and heapScan; the heap size from which the collector wants to be asked; what was live at the last `heap` event, and how far apart those are. */
  live: 0x1a60,
  scan: 0x1a68,
  trigger: 0x1a70,
  sampled: 0x1a78,
  sampleStep: 0x1a80,
  /** i32: fuel units of a change of spans, and of sweeping one. */
  refillCost: 0x1a88,
  sweepCost: 0x1a8c,
  /** The sweep phase (gc/sweep.ts). i32: whether spans are left, its generation, the next list to look at; not 0 if spans are only to be changed by TypeScript. */
  sweepActive: 0x1a90,
  sweepGen: 0x1a94,
  sweepList: 0x1a98,
  noRefill: 0x1a9c,
  /** f64 each: pages swept, objects and bytes freed in this cycle; the pace; pages that were freed ahead of their use, and where to look for more. */
  pagesSwept: 0x1aa0,
  freedObjects: 0x1aa8,
  freedBytes: 0x1ab0,
  pagesPerByte: 0x1ab8,
  liveBasis: 0x1ac0,
  sweptBasis: 0x1ac8,
  reclaimCredit: 0x1ad0,
  reclaimPage: 0x1ad8,
  /** The page allocator (pages.ts). i32: first page of the cache, no free page lies below; i64: free pages of the cache; i32 each: its counts. */
  cachePage: 0x1ae0,
  pageSearch: 0x1ae4,
  cacheBits: 0x1ae8,
  everUsed: 0x1af0,
  freeRetained: 0x1af4,
  releasedPages: 0x1af8,
  grown: 0x1afc,
  /** Per span class an i32: fuel units of one allocation. */
  cost: 0x1b00,
  /** f64 each: the numbers of stats.ts, in its order. */
  stats: 0x1d20,
  /** i32: events in the buffer of swept spans. */
  sweptCount: 0x1d68,
  /** Per span class two i32: the cached span, 0 for none, and the next group of 64 slots to load from it. */
  cached: 0x9000,
  /** The buffer: SWEPT.size bytes each. */
  swept: 0x9500,
  /** f64 per size class: objects allocated, and freed. */
  smallAllocs: 0xb100,
  smallFrees: 0xb340,
  /** Per list of central.ts two i32: its first and last span. */
  lists: 0xb600,
  /** Per span class four i32: element size, pages, elements, divMagic. */
  classes: 0xc800,
} as const;

/** An event of a swept span: time in fuel units (f64), span, objects and bytes freed, objects left (i32 each). */
export const SWEPT = { time: 0, span: 8, freed: 12, bytes: 16, live: 20, size: 24 } as const;
/** Such events that the buffer holds. */
export const SWEPT_EVENTS = 112;

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
  /** Bit 0: slots must be zeroed before use; bit 1: objects have, or had, finalizers or the like. */
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
  /** Two u32 a page: the next span of the list that the page's span is in, of either generation. */
  readonly links: number;
  /** A bit a page: taken by a span or the cache; given back to the host. */
  readonly taken: number;
  readonly released: number;
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
  const links = take(pages * 8);
  const taken = take(pages / 8);
  const released = take(pages / 8);
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
    links,
    taken,
    released,
    siteOf,
    sites,
    barrier,
    classOf: MAP.classOf,
    ownTypes,
    arena,
    arenaEnd: arena + arenaSize,
  };
}
