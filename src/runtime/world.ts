/**
 * What the collector sees of a process: its package variables, its goroutines' stacks, and what the runtime itself holds.
 *
 * Go: runtime/mgcmark.go (markroot, scanstack), runtime/stack.go (shrinkstack).
 */
import { CELL, POINTER_SIZE, SLICE_SIZE } from "../abi/structs.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Clock } from "./clock.ts";
import type { Growth } from "./growth.ts";
import type { PointerSink, StackScan, World } from "./gc/index.ts";
import type { Linker } from "./link/index.ts";
import type { Memory } from "./memory.ts";
import { G, type Goroutine, type Scheduler } from "./sched/index.ts";
import { countAdjusted, ENTRY_USE, forEachLivePointer, modelledUse, resize, shrunkSize, STACK_GUARD, STACK_MIN, type StackReader } from "./stack/index.ts";

/** What the world is made of. */
export interface WorldPorts {
  readonly memory: Memory;
  readonly linker: Linker;
  readonly scheduler: Scheduler;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly procs: () => number;
  /** Addresses of all goroutine structures, dead ones included. */
  readonly structures: () => Iterable<number>;
  readonly growth: () => Growth;
}

/** Offsets in sync.Pool: what is held and its size, then the same of the victim; bytes of each. */
const POOL = { local: 0, victim: 16, size: 16 } as const;

/** The World of one process. */
export class ProcessWorld implements World {
  readonly #p: WorldPorts;
  readonly #reader: StackReader;
  #words: Uint32Array = new Uint32Array(0);
  #units = 0;
  #listed: Goroutine[] = [];
  /** Goroutines that ran when they were scanned: they shrink at their next safepoint. Go: preemptShrink. */
  readonly #toShrink = new Set<number>();
  #scannedBytes = 0;
  #scannedStacks = 0;

  constructor(ports: WorldPorts) {
    this.#p = ports;
    this.#reader = { memory: ports.memory, sites: ports.linker.sites };
  }

  get procs(): number {
    return this.#p.procs();
  }

  /** The list changes only when a unit is linked or taken back. */
  globalWords(): ArrayLike<number> {
    const units = this.#p.linker.units.length;
    if (units !== this.#units) {
      this.#words = this.#p.linker.rootWords();
      this.#units = units;
    }
    return this.#words;
  }

  /** The id of goroutine `i` of those last counted. */
  goroutineId(i: number): number {
    return this.#listed[i]?.id ?? 0;
  }

  goroutines(): number {
    this.#listed = this.#p.scheduler.stacks();
    return this.#listed.length;
  }

  scanStack(i: number, sink: PointerSink): StackScan {
    const g = this.#listed[i];
    if (g === undefined || g.status === "dead") return { bytes: 0, frames: 0 };
    const { scheduler } = this.#p;
    if (this.#canMove(g) && this.#p.growth().hasSpareRoom(g, g.sp)) this.#p.growth().halveRoom(g);
    const sp = this.#spOf(g);
    const used = ENTRY_USE + modelledUse(this.#reader, sp, g.stack.hi);
    if (g === scheduler.current && scheduler.executing) {
      this.#toShrink.add(g.id);
      scheduler.wakePolls();
    }
    else this.#shrink(g, sp, used);
    this.#scannedBytes += used;
    this.#scannedStacks++;
    const frames = forEachLivePointer(this.#reader, sp, g.stack.hi, g.defers.map((d) => d.closure), sink);
    for (const p of g.panics) sink(p.data);
    return { bytes: used, frames };
  }

  peekStack(i: number, sink: PointerSink): void {
    const g = this.#listed[i];
    if (g === undefined || g.status === "dead") return;
    forEachLivePointer(this.#reader, this.#spOf(g), g.stack.hi, g.defers.map((d) => d.closure), sink);
    for (const p of g.panics) sink(p.data);
  }

  otherRoots(sink: PointerSink): void {
    const { memory, scheduler } = this.#p;
    for (const at of this.#p.structures()) {
      sink(at);
      sink(memory.loadPtr(at + G.param));
      sink(memory.loadPtr(at + G.waiting));
    }
    sink(scheduler.starting);
    for (const t of scheduler.timers.list()) {
      sink(t.closure);
      sink(t.owner);
    }
  }

  hasRunnable(): boolean {
    return this.#p.scheduler.queue.length > 0;
  }

  /** What pools hold becomes their victim; what was their victim goes. Go: poolCleanup. The layout is that of std/sync/pool.go. */
  clearPools(): void {
    const { memory } = this.#p;
    const all = this.#p.linker.data("sync.allPools")?.at;
    const old = this.#p.linker.data("sync.oldPools")?.at;
    if (all === undefined || old === undefined) return;
    this.#eachPool(old, (pool) => memory.fill(pool + POOL.victim, POOL.size));
    this.#eachPool(all, (pool) => {
      memory.copy(pool + POOL.victim, pool + POOL.local, POOL.size);
      memory.fill(pool + POOL.local, POOL.size);
    });
    memory.copy(old, all, SLICE_SIZE);
    memory.fill(all, SLICE_SIZE);
  }

  /** Calls `visit` with every pool of the []*Pool at `list`. */
  #eachPool(list: number, visit: (pool: number) => void): void {
    const { memory } = this.#p;
    const n = memory.loadInt(list + POINTER_SIZE);
    for (let i = 0; i < n; i++) visit(memory.loadPtr(memory.loadPtr(list) + POINTER_SIZE * i));
  }

  /** Go: gcComputeStartingStackSize. */
  markTerminated(): void {
    const average = this.#scannedStacks === 0 ? 0 : this.#scannedBytes / this.#scannedStacks;
    let size = STACK_MIN;
    while (size < average + STACK_GUARD) size *= 2;
    this.#scannedBytes = 0;
    this.#scannedStacks = 0;
    this.#p.scheduler.startingStack = size;
    this.#p.scheduler.freeDeadStacks();
  }

  /** The collector works inside a runtime call of the running goroutine, whose top frame is where the cell says. */
  #spOf(g: Goroutine): number {
    const { scheduler, memory } = this.#p;
    return g === scheduler.current && scheduler.executing ? memory.loadU32(CELL.sp) : g.sp;
  }

  /** Whether the frames of `g` are all saved and nobody points into them: a sudog may say where its value is. */
  #canMove(g: Goroutine): boolean {
    const { scheduler, memory } = this.#p;
    return !(g === scheduler.current && scheduler.executing) && memory.loadPtr(g.at + G.waiting) === 0;
  }

  /** Whether a goroutine is to shrink its stack when it gets to a safepoint. */
  get shrinks(): boolean {
    return this.#toShrink.size > 0;
  }

  /** The running goroutine is at a safepoint: shrinks its stack if a collection has found it too large. True if it must unwind for that. */
  shrinkRunning(): boolean {
    const g = this.#p.scheduler.current;
    if (g === undefined || !this.#toShrink.delete(g.id)) return false;
    const sp = this.#p.memory.loadU32(CELL.sp);
    this.#shrink(g, sp, ENTRY_USE + modelledUse(this.#reader, sp, g.stack.hi));
    const { memory } = this.#p;
    memory.store32(CELL.stackFloor, g.stack.floor);
    memory.store32(CELL.lim, Math.max(g.stack.floor, memory.loadU32(CELL.nativeFloor)));
    const growth = this.#p.growth();
    if (!growth.hasSpareRoom(g, sp)) return false;
    growth.spare = g;
    return true;
  }

  #shrink(g: Goroutine, sp: number, used: number): void {
    const size = shrunkSize(g.stack.goSize, used);
    if (size === g.stack.goSize) return;
    const { adjusted, frames } = countAdjusted(this.#reader, g.stack, sp);
    this.#p.recorder.add("stackShrink", this.#p.clock.now(), g.id, g.stack.goSize, size, used, adjusted, frames);
    resize(g.stack, size, sp, used);
  }
}
