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

/** Memory for pieces is had in blocks of so many: large enough that the host does not count each, small enough to fit any heap. */
const BLOCK = 16;

type Ranges = ReturnType<Heap["usedRanges"]>;

/**
 * The memory of snapshots that were released, for the next one: copying 64 MB into memory that the host has to hand out first takes ten times
 * as long as into memory that was used before. It still holds what they held, and most of that is as it was: comparing is quicker than copying.
 */
export class SnapshotRoom {
  /** By the address whose piece they hold. */
  readonly #old = new Map<number, Uint8Array>();
  readonly #free: Uint8Array[] = [];

  /** A copy of `bytes`, which lie at `from`, in a room of PIECE bytes. */
  keep(from: number, bytes: Uint8Array): Uint8Array {
    const old = this.#old.get(from);
    this.#old.delete(from);
    const room = old ?? this.#free.pop() ?? this.#more();
    if (!old || !isSame(bytes, old)) room.set(bytes);
    return room;
  }

  /** What was released before and was not wanted again may hold something else now. */
  taken(): void {
    for (const room of this.#old.values()) this.#free.push(room);
    this.#old.clear();
  }

  /** `room`, which holds what lay at `from`, is not needed any more. */
  give(from: number, room: Uint8Array): void {
    if (this.#old.has(from)) this.#free.push(room);
    else this.#old.set(from, room);
  }

  #more(): Uint8Array {
    const block = new Uint8Array(BLOCK * PIECE);
    for (let i = 1; i < BLOCK; i++) this.#free.push(block.subarray(i * PIECE, (i + 1) * PIECE));
    return block.subarray(0, PIECE);
  }
}

/** A part of memory as it was, at the front of a room; undefined: all zeros. */
interface Piece {
  readonly from: number;
  readonly size: number;
  readonly room: Uint8Array | undefined;
}

/** Copies what holds something between `from` and `to`. */
function* copies(memory: Memory, room: SnapshotRoom, from: number, to: number): Generator<Piece> {
  for (let at = from; at < to; at += PIECE) {
    const bytes = memory.bytes(at, Math.min(PIECE, to - at));
    yield { from: at, size: bytes.length, room: isZero(bytes) ? undefined : room.keep(at, bytes) };
  }
}

/** Whether `bytes` are what `room` begins with. */
const isSame = (bytes: Uint8Array, room: Uint8Array): boolean => Buffer.compare(bytes, room.subarray(0, bytes.length)) === 0;

const isZero = (bytes: Uint8Array): boolean => ZEROS.compare(bytes, 0, bytes.length, 0, bytes.length) === 0;

function putBack(memory: Memory, { from, size, room }: Piece): void {
  const bytes = memory.bytes(from, size);
  if (!room) {
    if (!isZero(bytes)) memory.fill(from, size);
  } else if (!isSame(bytes, room)) memory.u8.set(room.subarray(0, size), from);
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
  const pieces = ranges.flatMap(([from, to], i) => [...copies(memory, p.room, from, i === 0 ? Math.min(to, mark) : to)]);
  p.room.taken();
  const state = {
    heap: heap.save(), collector: p.collector.save(), scheduler: p.scheduler.save(), pool: p.pool.save(), linker: p.linker.save(),
    recorder: p.recorder.save(), own: p.own.save(),
  };
  return {
    size: pieces.reduce((n, piece) => n + (piece.room ? piece.size : 0), 0),
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
      for (const { from, room } of pieces.splice(0)) if (room) p.room.give(from, room);
    },
  };
}
