/**
 * Snapshots of a process: its used memory and what lies outside it, to be put back after a failed cell.
 *
 * Go: no counterpart.
 */
import type { Recorder } from "../record/recorder.ts";
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
  readonly room: SnapshotRoom;
  readonly heap: Heap;
  readonly collector: Collector;
  readonly scheduler: Scheduler;
  readonly pool: StackPool;
  readonly linker: Linker;
  readonly space: DataSpace;
  readonly errors: RuntimeErrors;
  readonly recorder: Recorder;
  readonly own: { readonly save: () => OwnState; readonly restore: (s: OwnState) => void };
}

/** The state of a process at a moment. */
export interface Snapshot {
  /** Bytes of memory that it holds. */
  readonly size: number;
  readonly restore: () => void;
  /** It is not needed any more: its memory is used for the next one. */
  readonly release: () => void;
}

/** Memory is kept in pieces of this size, and pieces of zeros not at all: most of a young heap's tables. */
const PIECE = 65536;
const ZEROS = Buffer.alloc(PIECE);

/** Pieces are copied into blocks of so many: large enough that the host does not count each, small enough to fit any heap. */
const BLOCK = 16;

type Ranges = ReturnType<Heap["usedRanges"]>;

/**
 * The memory of snapshots that were released, for the next one: copying 64 MB into memory that the host has to hand out first takes ten times
 * as long as into memory that was used before.
 */
export class SnapshotRoom {
  readonly #free: Uint8Array[] = [];

  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(BLOCK * PIECE);
  }

  give(blocks: readonly Uint8Array[]): void {
    this.#free.push(...blocks);
  }
}

/** A part of memory as it was; undefined: all zeros. */
interface Piece {
  readonly from: number;
  readonly size: number;
  readonly bytes: Uint8Array | undefined;
}

/** Copies memory piece by piece into blocks of `room`. */
class Copier {
  readonly pieces: Piece[] = [];
  readonly blocks: Uint8Array[] = [];
  readonly #room: SnapshotRoom;
  /** Pieces in the last block. */
  #used = BLOCK;

  constructor(room: SnapshotRoom) {
    this.#room = room;
  }

  /** Copies what holds something between `from` and `to`. */
  copy(memory: Memory, from: number, to: number): void {
    for (let at = from; at < to; at += PIECE) {
      const bytes = memory.bytes(at, Math.min(PIECE, to - at));
      this.pieces.push({ from: at, size: bytes.length, bytes: isZero(bytes) ? undefined : this.#keep(bytes) });
    }
  }

  #keep(bytes: Uint8Array): Uint8Array {
    if (this.#used === BLOCK) {
      this.blocks.push(this.#room.take());
      this.#used = 0;
    }
    const at = this.#used++ * PIECE;
    const kept = this.blocks.at(-1)!.subarray(at, at + bytes.length);
    kept.set(bytes);
    return kept;
  }
}

const isZero = (bytes: Uint8Array): boolean => ZEROS.compare(bytes, 0, bytes.length, 0, bytes.length) === 0;

function putBack(memory: Memory, { from, size, bytes }: Piece): void {
  if (bytes) memory.u8.set(bytes, from);
  else if (!isZero(memory.bytes(from, size))) memory.fill(from, size);
}

/** Makes zero what has come into use since. */
function clearSince(memory: Memory, then: Ranges, now: Ranges): void {
  for (const [i, [, to]] of now.entries()) {
    const from = then[i]?.[1] ?? to;
    if (to > from) memory.fill(from, to - from);
  }
}

/** Copies the used ranges of memory and the state of every room. O(bytes in use). */
export function takeSnapshot(p: SnapshotPorts): Snapshot {
  const { memory, heap, space } = p;
  const mark = space.used;
  const ranges = heap.usedRanges();
  const copier = new Copier(p.room);
  for (const [i, [from, to]] of ranges.entries()) copier.copy(memory, from, i === 0 ? Math.min(to, mark) : to);
  const { pieces } = copier;
  const state = {
    heap: heap.save(), collector: p.collector.save(), scheduler: p.scheduler.save(), pool: p.pool.save(), linker: p.linker.save(),
    recorder: p.recorder.save(), own: p.own.save(),
  };
  return {
    size: pieces.reduce((n, p) => n + (p.bytes?.length ?? 0), 0),
    restore: () => {
      const now = heap.usedRanges();
      p.linker.restore(state.linker, mark);
      p.errors.release(mark);
      space.release(mark);
      for (const piece of pieces) putBack(memory, piece);
      clearSince(memory, ranges, now);
      heap.restore(state.heap);
      p.collector.restore(state.collector);
      p.scheduler.restore(state.scheduler);
      p.pool.restore(state.pool);
      p.recorder.restore(state.recorder);
      p.own.restore(state.own);
    },
    release: () => {
      p.room.give(copier.blocks.splice(0));
      pieces.length = 0;
    },
  };
}
