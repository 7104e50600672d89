/** A heap with a collector and a program that is a list of roots: for tests of the allocator and the collector. */
import { CELL } from "../../../../src/abi/structs.ts";
import { DESC } from "../../../../src/abi/types.ts";
import { Recorder } from "../../../../src/record/recorder.ts";
import { Clock } from "../../../../src/runtime/clock.ts";
import { DEFAULT_COSTS } from "../../../../src/runtime/cost.ts";
import { Collector, NO_LIMIT, wasmMarkLoop, type World } from "../../../../src/runtime/gc/index.ts";
import { Heap } from "../../../../src/runtime/heap/index.ts";
import { Malloc } from "../../../../src/runtime/malloc.ts";
import { Memory } from "../../../../src/runtime/memory.ts";

export interface Lab {
  readonly memory: Memory;
  readonly heap: Heap;
  readonly clock: Clock;
  readonly collector: Collector;
  readonly malloc: Malloc;
  readonly recorder: Recorder;
  readonly world: World;
  /** Addresses of global pointer words, 8 bytes each. */
  readonly globals: number[];
  /** Pointers on the only goroutine's stack. */
  readonly stack: number[];
  /** A type of `size` bytes whose pointer words are `words`. */
  type(size: number, words: readonly number[]): number;
  global(): number;
}

export interface LabOptions {
  readonly gogc?: number;
  readonly limit?: number;
  readonly memoryLimit?: number;
  readonly globalsScan?: number;
  readonly markStep?: number;
  readonly otherMapped?: number;
  readonly procs?: number;
  /** Mark by WebAssembly. */
  readonly wasm?: boolean;
}

export function newLab(options: LabOptions = {}): Lab {
  const memory = new Memory(65536 * 16);
  const heap = new Heap(memory, options.limit ?? 256 << 20);
  const clock = new Clock(memory);
  const recorder = new Recorder();
  const globals: number[] = [];
  const stack: number[] = [];
  const world: World = {
    procs: options.procs ?? 1,
    globalWords: () => globals,
    goroutines: () => 1,
    scanStack: (_, sink) => {
      for (const p of stack) sink(p);
      return { bytes: 1024, frames: 3 };
    },
    peekStack: (_, sink) => stack.forEach(sink),
    otherRoots: () => undefined,
    hasRunnable: () => false,
    clearPools: () => undefined,
    markTerminated: () => undefined,
  };
  const settings = { gogc: options.gogc ?? 100, memoryLimit: options.memoryLimit ?? NO_LIMIT, otherMapped: options.otherMapped ?? 4 << 20, ...(options.markStep === undefined ? {} : { markStep: options.markStep }) };
  const collector = new Collector(heap, clock, DEFAULT_COSTS, world, recorder, settings, options.wasm ? (m) => wasmMarkLoop(heap, m) : undefined);
  collector.pacer.globalsScan = options.globalsScan ?? 145_962;
  collector.pacer.commit(true);
  const malloc = new Malloc(heap, collector, clock, DEFAULT_COSTS, recorder, (size) => {
    throw new Error(`out of memory: ${size}`);
  });
  memory.u32[CELL.g >>> 2] = 1;
  let data = heap.layout.dataStart;
  const take = (n: number): number => {
    const at = data;
    data += Math.ceil(n / 8) * 8;
    return at;
  };
  return {
    memory, heap, clock, collector, malloc, recorder, world, globals, stack,
    type(size, words) {
      const d = take(DESC.size);
      memory.storeInt(d + DESC.byteSize, size);
      memory.storeInt(d + DESC.ptrdata, words.length === 0 ? 0 : (words.at(-1)! + 1) * 8);
      const mask = take(size / 64 + 8);
      for (const w of words) memory.u8[mask + (w >>> 3)]! |= 1 << (w & 7);
      memory.storePtr(d + DESC.mask, mask);
      return d;
    },
    global() {
      const at = take(8);
      globals.push(at);
      return at;
    },
  };
}
