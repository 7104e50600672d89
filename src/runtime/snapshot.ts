/**
 * Snapshots of a process: its used memory and what lies outside it, to be put back after a failed cell.
 *
 * Go: no counterpart.
 */
import type { Clock } from "./clock.ts";
import type { Collector } from "./gc/index.ts";
import type { Heap } from "./heap/index.ts";
import type { DataSpace, Linker } from "./link/index.ts";
import type { Memory } from "./memory.ts";
import type { RuntimeErrors } from "./panic/index.ts";
import type { Scheduler } from "./sched/index.ts";
import type { StackPool } from "./stack/index.ts";

/** What process.ts itself keeps. */
export interface OwnState {
  readonly structures: readonly number[];
  readonly pending: readonly string[];
}

/** The parts of a process that change. */
export interface SnapshotPorts {
  readonly memory: Memory;
  readonly heap: Heap;
  readonly collector: Collector;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly pool: StackPool;
  readonly linker: Linker;
  readonly space: DataSpace;
  readonly errors: RuntimeErrors;
  readonly own: { readonly save: () => OwnState; readonly restore: (s: OwnState) => void };
}

/** The state of a process at a moment. */
export interface Snapshot {
  /** Bytes of memory that it holds. */
  readonly size: number;
  readonly restore: () => void;
}

/** Copies the used ranges of memory and the state of every room. O(bytes in use). */
export function takeSnapshot(p: SnapshotPorts): Snapshot {
  const { memory, heap, space } = p;
  const mark = space.used;
  const ranges = heap.usedRanges().map(([from, to], i) => ({ from, bytes: memory.bytes(from, (i === 0 ? Math.min(to, mark) : to) - from).slice() }));
  const state = {
    heap: heap.save(), collector: p.collector.save(), clock: p.clock.save(), scheduler: p.scheduler.save(), pool: p.pool.save(), linker: p.linker.save(),
    own: p.own.save(),
  };
  return {
    size: ranges.reduce((n, r) => n + r.bytes.length, 0),
    restore: () => {
      p.linker.restore(state.linker, mark);
      p.errors.release(mark);
      space.release(mark);
      for (const { from, bytes } of ranges) memory.u8.set(bytes, from);
      heap.restore(state.heap);
      p.collector.restore(state.collector);
      p.clock.restore(state.clock);
      p.scheduler.restore(state.scheduler);
      p.pool.restore(state.pool);
      p.own.restore(state.own);
    },
  };
}
