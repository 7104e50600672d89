/**
 * The collector's door.
 *
 * `new Collector(heap, clock, costs, world, recorder, settings, loop?)` ties itself to the heap (live bytes, sweeping). `loop` is the mark loop:
 * `(marker) => wasmMarkLoop(heap, marker)`, or the reference in TypeScript. Then
 *   malloc.ts calls `testTrigger` after a span was taken, `assists.deduct` before an allocation while `marking`, `marker.markNew` after it;
 *   entries.ts calls `barrier.store` / `barrier.bulk`, `collect` (runtime.GC), `setGogc`, `setMemoryLimit`, `freeOSMemory`;
 *   the scheduler calls `background(idle, switching)` when it looks for work and at polls: a mark worker or the sweeper has its share then;
 *   `pacer.globalsScan` and `pacer.maxStackScan` are kept up to date by the process (bytes of package variables; bytes of stacks);
 *   natives call `specials` for finalizers, cleanups and weak pointers; the process runs what `specials.take()` gives after `onQueued`;
 *   what a new goroutine starts with is shaded by `barrier.shade` while marking.
 * To look at a cycle step by step: `begin()`, `step(work)` until it says false, `marker.colour(span, slot)`, `takeSnapshot(...)`; `setDetailed(true)`
 * records every object that turns grey or black and every recorded store.
 * `World` is what the collector asks of the process. `cycles` holds one CycleRecord a collection; views/gctrace.ts prints them.
 * `save()`/`restore()` are for a moment without marking: `finishMark()` first.
 */
export { Assists } from "./assist.ts";
export { Barrier } from "./barrier.ts";
export { Collector, type CollectorSettings, type CollectorState } from "./collector.ts";
export { wasmMarkLoop } from "./mark-wasm.ts";
export { baseGlobals } from "./globals.ts";
export { Marker, type Colour, type MarkListener, type MarkLoop } from "./mark.ts";
export { GC_OFF, type MappedMemory, NO_LIMIT, Pacer } from "./pacer.ts";
export { type Queued, Specials } from "./specials.ts";
export { type RootNames, takeSnapshot } from "./snapshot.ts";
export { Sweep } from "./sweep.ts";
export type { CycleRecord } from "../../record/cycle.ts";
export type { PointerSink, StackScan, World } from "./world.ts";
