/**
 * The heap's door.
 *
 * `new Heap(memory, limit)` lays out the tables (layout.ts) and the empty arena; `heap.layout.arena` is the first arena address, and what
 * a Go program sees of address a is HEAP_BASE + (a - heap.layout.arena).
 * Objects: `objectStart(p)` from any interior pointer, `forEachObject`, `spans.of(p)`. Stacks: `allocManual(pages)`, `freeManual(base)`.
 * Compiled code allocates through `fastPaths(heap, slow)`; malloc.ts is the slow path. `sites.of(p)` tells who allocated an object, `sites.totals(site)`
 * how much a site has allocated.
 * Sizes: `roundUpSize(size, noscan)` is Go's roundupsize, `slotSize` what an object takes.
 * Snapshots: copy `usedRanges()` of memory, and `save()`/`restore()` what lies outside it.
 */
export { allocateBaseline, allocateWorker } from "./baseline.ts";
export { Cache, type LiveAccount, NEEDS_ZERO } from "./cache.ts";
export type { Sweeper } from "./central.ts";
export { type FastPaths, fastPaths, type SlowPaths } from "./fast.ts";
export { Heap, type HeapPorts, type HeapState, type ObjectVisitor } from "./heap.ts";
export * from "./layout.ts";
export { BITMAP_SIZE, bitmapAddress, maskBit, visitPointers, type WordVisitor, writeBitmap } from "./pointers.ts";
export * from "./sizeclass.ts";
export { SITE, type SiteTable } from "./sites.ts";
export { lowestBit, popCount, type Spans } from "./span.ts";
export type { HeapStats } from "./stats.ts";
