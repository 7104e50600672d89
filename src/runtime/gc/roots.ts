/**
 * Roots: where marking begins. Jobs in Go's order: the runtime's own queues, package variables in blocks, goroutine stacks.
 *
 * A job's work counts towards the pacer: bytes of globals whether they are pointers or not, bytes of stack in use.
 *
 * Go: gcPrepareMarkRoots, markroot in GOROOT/src/runtime/mgcmark.go.
 */
import type { Costs } from "../cost.ts";
import type { Memory } from "../memory.ts";
import type { MarkLoop } from "./mark.ts";
import type { PointerSink, World } from "./world.ts";

/** Globals are scanned in blocks of this size. Go: rootBlockBytes. */
const BLOCK = 256 << 10;

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
  #next = 0;
  #jobs = 0;
  #blocks = 0;
  #globals = 0;

  constructor(world: World, loop: MarkLoop, memory: Memory) {
    this.#world = world;
    this.#memory = memory;
    this.#sink = (p) => loop.shade(p);
  }

  /** A cycle begins with `globals` bytes of package variables. */
  prepare(globals: number): void {
    this.#globals = globals;
    this.#blocks = Math.max(1, Math.ceil(globals / BLOCK));
    this.#next = 0;
    this.#jobs = 1 + this.#blocks + this.#world.goroutines();
  }

  /** Whether all jobs are done. */
  get done(): boolean {
    return this.#next >= this.#jobs;
  }

  /** Does the next job. */
  next(costs: Costs): RootJob {
    const job = this.#next++;
    if (job === 0) {
      this.#world.otherRoots(this.#sink);
      return { stackWork: 0, globalsWork: 0, nanos: 0 };
    }
    const block = job - 1;
    if (block < this.#blocks) return this.#globalsBlock(block, costs);
    const { bytes, frames } = this.#world.scanStack(block - this.#blocks, this.#sink);
    return { stackWork: bytes, globalsWork: 0, nanos: costs.scanGoroutine + frames * costs.scanFrame };
  }

  /** Pointer words are shared out over the blocks; the work is the block's size. */
  #globalsBlock(block: number, costs: Costs): RootJob {
    const words = this.#world.globalWords();
    const from = Math.floor((words.length * block) / this.#blocks);
    const to = Math.floor((words.length * (block + 1)) / this.#blocks);
    for (let i = from; i < to; i++) {
      const p = this.#memory.u32[words[i]! >>> 2]!;
      if (p !== 0) this.#sink(p);
    }
    const bytes = Math.min(BLOCK, this.#globals - block * BLOCK);
    return { stackWork: 0, globalsWork: bytes, nanos: (costs.rootBlock * bytes) / BLOCK };
  }
}
