/**
 * Stack growth, twice: as Go would do it (a model, in Go's sizes, for events and limits), and for real (our frames are larger).
 *
 * *Go's size* begins at 2 KiB and doubles when what the frames would use on Go's stack passes the check that every Go function makes at
 * entry. Nothing moves then; the growth is recorded as if it had. *Our room* is a piece of memory; when it is full a larger one is taken,
 * the frames are unwound, copied, and every pointer into the old room is adjusted, as Go's copystack does.
 * CELL.lim is the higher one of both marks, so compiled code has one test (engine.md 5).
 *
 * Go: runtime/stack.go (newstack, copystack, shrinkstack); the figures from there.
 */
import type { FuncInfo } from "../../abi/program.ts";
import type { Memory } from "../memory.ts";
import { forEachPointer, modelledUse, RETURN_ADDRESS, type StackReader } from "./frames.ts";
import { STACK_MIN, type StackPool } from "./pool.ts";

/** Bytes above the low end that functions may use without a check. Go: stackGuard. */
export const STACK_GUARD = 928;
/** Frames up to this size are checked by the stack pointer alone. Go: StackSmall. */
const STACK_SMALL = 128;
/** In use when a goroutine's function is entered. */
export const ENTRY_USE = 40;
/** Go: maxstacksize on 64-bit machines. */
export const MAX_STACK = 1_000_000_000;
/** Room at the low end of ours for helper frames of the runtime. */
export const RED_ZONE = 128;

/** A goroutine's stack. */
export interface Stack {
  /** Our room. */
  lo: number;
  hi: number;
  /** What Go's stack would be. */
  goSize: number;
  /** A frame below this may pass Go's check: it must be looked at. */
  goFloor: number;
  /** CELL.stackFloor while its goroutine runs: the higher one of `goFloor` and the end of our room. */
  floor: number;
}

/** A new stack in the room at `lo`. */
export function newStack(lo: number, size: number, goSize: number): Stack {
  const hi = lo + size;
  const goFloor = hi - (goSize - STACK_GUARD - ENTRY_USE);
  return { lo, hi, goSize, goFloor, floor: Math.max(lo + RED_ZONE, goFloor) };
}

/** A function that is being entered: its frame on Go's stack. */
export const goFrameOf = (info: FuncInfo | undefined, frame: number): number => info?.goFrame ?? Math.max(0, frame - RETURN_ADDRESS);

/** What Go's check at the entry of a function says. */
export interface GoGrowth {
  /** The size it would have then; above MAX_STACK is Go's stack overflow. */
  readonly size: number;
  /** Bytes in use, which a growth copies. */
  readonly used: number;
}

/**
 * The size Go's stack would have after the entry of a function with `goFrame` bytes called by the frame at `sp`; the same as before if it
 * need not grow. O(frames).
 */
export function goGrowth(reader: StackReader, stack: Stack, sp: number, goFrame: number): GoGrowth {
  const used = ENTRY_USE + modelledUse(reader, sp, stack.hi);
  if (used + Math.max(0, goFrame - STACK_SMALL) < stack.goSize - STACK_GUARD) return { size: stack.goSize, used };
  let size = stack.goSize * 2;
  while (size - used < goFrame + RETURN_ADDRESS + STACK_GUARD) size *= 2;
  return { size, used };
}

/** Sets the mark for the next look: the function with `goFrame` bytes has its frame at `at`, below `used` bytes. */
export function setFloor(stack: Stack, at: number, used: number, goFrame: number): void {
  stack.goFloor = at - Math.max(0, stack.goSize - STACK_GUARD - used - goFrame - RETURN_ADDRESS);
  stack.floor = Math.max(stack.lo + RED_ZONE, stack.goFloor);
}

/** Gives a stack another size of Go's; `used` bytes of it are in use by the frames from `at` on. */
export function resize(stack: Stack, size: number, at: number, used: number): void {
  stack.goSize = size;
  stack.goFloor = at - Math.max(0, size - STACK_GUARD - used);
  stack.floor = Math.max(stack.lo + RED_ZONE, stack.goFloor);
}

/** Number of words on a stack that a copy would adjust: live pointers into it, and each frame's saved frame pointer; and of frames. O(frames). */
export function countAdjusted(reader: StackReader, stack: Stack, sp: number): { readonly adjusted: number; readonly frames: number } {
  const { memory } = reader;
  let adjusted = 0;
  const frames = forEachPointer(reader, sp, stack.hi, (slot) => {
    const p = memory.loadPtr(slot);
    if (p >= stack.lo && p < stack.hi) adjusted++;
  });
  return { adjusted: adjusted + frames, frames };
}

/** The size of room that holds what is in use and `more` bytes, at least twice the present one. */
export function roomFor(stack: Stack, sp: number, more: number): number {
  let size = Math.max(STACK_MIN, stack.hi - stack.lo) * 2;
  while (size < stack.hi - sp + more + 2 * RED_ZONE) size *= 2;
  return size;
}

/** A move that is under way: the new room, taken when the first function asked for it. */
export interface Move {
  readonly lo: number;
  readonly hi: number;
  /** Lowest used address of the old room. */
  readonly from: number;
}

/**
 * Moves a stack to its new room: copies the frames above `move.from`, adjusts live pointers into the old room, gives that back.
 * The frame of the function that asked is in the new room already. Returns what must be added to addresses of the old room.
 */
export function moveStack(reader: StackReader, stack: Stack, move: Move, sp: number, pool: StackPool): number {
  const { memory } = reader;
  const delta = move.hi - stack.hi;
  memory.copy(move.from + delta, move.from, stack.hi - move.from);
  adjustPointers(reader, sp, move.hi, stack, delta, memory);
  pool.free(stack.lo, stack.hi - stack.lo);
  stack.lo = move.lo;
  stack.hi = move.hi;
  stack.goFloor += delta;
  stack.floor = Math.max(move.lo + RED_ZONE, stack.goFloor);
  return delta;
}

function adjustPointers(reader: StackReader, sp: number, top: number, old: Stack, delta: number, memory: Memory): void {
  const { lo, hi } = old;
  forEachPointer(reader, sp, top, (slot) => {
    const p = memory.loadPtr(slot);
    if (p >= lo && p < hi) memory.storePtr(slot, p + delta);
  });
}

/** The size Go would shrink this stack to when a collection scans it: half, if less than a quarter is used. Go: shrinkstack. */
export function shrunkSize(goSize: number, used: number): number {
  const half = goSize / 2;
  if (half < STACK_MIN) return goSize;
  // stackNosplit bytes may be in use below the frame. runtime/stack.go (shrinkstack)
  return used + STACK_NOSPLIT < goSize / 4 ? half : goSize;
}

const STACK_NOSPLIT = 800;
