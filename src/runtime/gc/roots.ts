/**
 * Roots: where marking begins. Jobs in Go's order: the runtime's own queues, package variables in blocks, specials, goroutine stacks.
 *
 * A job's work counts towards the pacer: bytes of globals whether they are pointers or not, bytes of stack in use.
 *
 * Go: gcPrepareMarkRoots, markroot in GOROOT/src/runtime/mgcmark.go.
 */
import type { Costs } from "../cost.ts";
import type { Memory } from "../memory.ts";
import type { MarkLoop } from "./mark.ts";
import type { Specials } from "./specials.ts";
import type { PointerSink, World } from "./world.ts";

/** Globals are scanned in blocks of this size. Go: rootBlockBytes. */
const BLOCK = 256 << 10;

/** Bytes of stack that Go's system goroutines (sweeper, scavenger, finalizers, workers) have in use; this runtime has none. Measured. */
const SYSTEM_STACKS = 1200;

/** Bytes of the data segment of a plain program; the rest of the globals is zero-initialised. Measured: section .data of a println alone. */
const DATA_SEGMENT = 14_354;

/** What one root job did. */
export interface RootJob {
  readonly stackWork: number;
  readonly globalsWork: number;
  readonly nanos: number;
}

/** The root jobs of a cycle. */
export class Roots {
  readonly #world: World;
  readonly #memory: Memory;
  readonly #sink: PointerSink;
  readonly #specials: Specials;
  #next = 0;
  #jobs = 0;
  #blocks = 0;
  #globals = 0;
  /** Objects of the runtime itself. */
  readonly own: number[] = [];

  constructor(world: World, loop: MarkLoop, memory: Memory, specials: Specials) {
    this.#specials = specials;
    this.#world = world;
    this.#memory = memory;
    this.#sink = (p) => loop.shade(p);
  }

  /** A cycle begins with `globals` bytes of package variables. */
  prepare(globals: number): void {
    this.#globals = globals;
    this.#blocks = 1 + Math.max(1, Math.ceil((globals - DATA_SEGMENT) / BLOCK));
    this.#next = 0;
    this.#jobs = 2 + this.#blocks + this.#world.goroutines();
  }

  /** Whether all jobs are done. */
  get done(): boolean {
    return this.#next >= this.#jobs;
  }

  /** Does the next job. */
  next(costs: Costs): RootJob {
    const job = this.#next++;
    if (job === 0) {
      this.#specials.queueRoots(this.#sink);
      this.#world.otherRoots(this.#sink);
      return { stackWork: SYSTEM_STACKS, globalsWork: 0, nanos: costs.scanGoroutine };
    }
    const block = job - 1;
    if (block < this.#blocks) return this.#globalsBlock(block, costs);
    if (block === this.#blocks) {
      this.#specials.roots(this.#sink);
      return { stackWork: 0, globalsWork: 0, nanos: 0 };
    }
    const { bytes, frames } = this.#world.scanStack(block - this.#blocks - 1, this.#sink);
    return { stackWork: bytes, globalsWork: 0, nanos: costs.scanGoroutine + frames * costs.scanFrame };
  }

  /** The data segment first; pointer words are shared out over the blocks of the rest. The work is the block's size. */
  #globalsBlock(block: number, costs: Costs): RootJob {
    const data = Math.min(DATA_SEGMENT, this.#globals);
    if (block === 0) return { stackWork: 0, globalsWork: data, nanos: (costs.rootBlock * data) / BLOCK };
    const words = this.#world.globalWords();
    const shares = this.#blocks - 1;
    const from = Math.floor((words.length * (block - 1)) / shares);
    const to = Math.floor((words.length * block) / shares);
    if (block === 1) for (const p of this.own) this.#sink(p);
    for (let i = from; i < to; i++) {
      const p = this.#memory.u32[words[i]! >>> 2]!;
      if (p !== 0) this.#sink(p);
    }
    const bytes = Math.min(BLOCK, Math.max(0, this.#globals - data - (block - 1) * BLOCK));
    return { stackWork: 0, globalsWork: bytes, nanos: (costs.rootBlock * bytes) / BLOCK };
  }
}
