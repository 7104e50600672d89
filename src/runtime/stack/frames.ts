/**
 * Walking a stack: the frames between the stack pointer and the stack's end, what each is, and which of its words are live pointers.
 *
 * Stacks are contiguous, so a frame's caller begins where the frame ends. The layout is FRAME of abi/structs.ts. A frame says by its site
 * where it stands; one that has just been entered (state 0) holds parameters only.
 *
 * Go: runtime/traceback.go (unwinder), runtime/stkframe.go.
 */
import { bug } from "../../base/bug.ts";
import type { SiteInfo } from "../../abi/program.ts";
import { FRAME } from "../../abi/structs.ts";
import type { LinkedFunc, SiteTable } from "../link/index.ts";
import type { Memory } from "../memory.ts";

/** A frame on a stack. */
export interface Frame {
  /** Lowest address. */
  readonly at: number;
  /** Where the caller's frame begins. */
  readonly end: number;
  readonly func: LinkedFunc;
  /** Where it stands; absent at its entry. */
  readonly site?: SiteInfo;
}

const NONE: readonly number[] = [];

/** What of a machine a walk needs. */
export interface StackReader {
  readonly memory: Memory;
  readonly sites: SiteTable;
}

/** The frame that begins at `at`. */
export function frameAt({ memory, sites }: StackReader, at: number): Frame {
  const state = memory.load32(at + FRAME.state);
  if (state !== 0) {
    const site = sites.site(state);
    return { at, end: at + site.func.info.frame, func: site.func, site: site.info };
  }
  const func = sites.byResume(memory.load32(at + FRAME.func));
  return { at, end: at + func.info.frame, func };
}

/** The frames from `sp` up to `top`, innermost first. */
export function* framesOf(reader: StackReader, sp: number, top: number): Generator<Frame> {
  let at = sp;
  while (at < top) {
    const frame = frameAt(reader, at);
    if (frame.end <= at || frame.end > top) bug(`frame of ${frame.func.info.symbol} at ${at} ends at ${frame.end}, beyond ${top}`);
    yield frame;
    at = frame.end;
  }
}

/** Offsets in the frame of its live pointer words. */
export const livePointers = (frame: Frame): readonly number[] => frame.site?.pointers ?? frame.func.info.entryPointers ?? NONE;

/** Calls `visit` with the address of each live pointer word of a stack and returns the number of frames. */
export function forEachPointer(reader: StackReader, sp: number, top: number, visit: (slot: number) => void): number {
  const { memory, sites } = reader;
  let frames = 0;
  for (let at = sp; at < top; frames++) {
    const state = memory.load32(at + FRAME.state);
    const site = state === 0 ? undefined : sites.site(state);
    const func = site?.func ?? sites.byResume(memory.load32(at + FRAME.func));
    const offsets = site?.info.pointers ?? func.info.entryPointers ?? NONE;
    for (let i = 0; i < offsets.length; i++) visit(at + offsets[i]!);
    // Objects that nothing may point to any more are words like others here: who moves a stack moves them too.
    for (const n of site?.info.objects ?? NONE) {
      const object = func.info.stackObjects?.[n];
      if (object) for (const p of object.pointers) visit(at + object.at + p);
    }
    at += func.info.frame;
  }
  return frames;
}

/**
 * As forEachPointer, but of the stack objects only those that something live points to: what the collector scans. `roots` are pointers to the stack
 * from elsewhere (closures of deferred calls). Calls `visit` with each pointer; those into the stack itself are followed and not reported.
 *
 * Go: scanstack and its stackScanState, GOROOT/src/runtime/mgcmark.go.
 */
export function forEachLivePointer(reader: StackReader, sp: number, top: number, roots: readonly number[], visit: (pointer: number) => void): number {
  const { memory, sites } = reader;
  const starts: number[] = [];
  const pending: number[] = [];
  const seen = new Set<number>();
  const found = (p: number): void => {
    if (p >= sp && p < top) pending.push(p);
    else visit(p);
  };
  for (let at = sp; at < top; ) {
    starts.push(at);
    const state = memory.load32(at + FRAME.state);
    const site = state === 0 ? undefined : sites.site(state);
    const func = site?.func ?? sites.byResume(memory.load32(at + FRAME.func));
    for (const offset of site?.info.pointers ?? func.info.entryPointers ?? NONE) found(memory.loadPtr(at + offset));
    at += func.info.frame;
  }
  for (const p of roots) found(p);
  for (let p = pending.pop(); p !== undefined; p = pending.pop()) {
    const at = frameBelow(starts, p);
    const state = memory.load32(at + FRAME.state);
    if (state === 0) continue;
    const site = sites.site(state);
    for (const n of site.info.objects ?? NONE) {
      const object = site.func.info.stackObjects?.[n];
      const start = at + (object?.at ?? 0);
      if (!object || p < start || p >= start + object.size || seen.has(start)) continue;
      seen.add(start);
      for (const offset of object.pointers) found(memory.loadPtr(start + offset));
    }
  }
  return starts.length;
}

/** The last of the ascending `starts` that is not above `p`. */
function frameBelow(starts: readonly number[], p: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= p) low = middle;
    else high = middle - 1;
  }
  return starts[low] ?? 0;
}

/** Bytes that the frames from `sp` to `top` would have on Go's stack, return addresses included. A model (FuncInfo.goFrame). */
export function modelledUse({ memory, sites }: StackReader, sp: number, top: number): number {
  let used = 0;
  for (let at = sp; at < top; ) {
    const state = memory.load32(at + FRAME.state);
    const func = state === 0 ? sites.byResume(memory.load32(at + FRAME.func)) : sites.site(state).func;
    if (!func.helper) used += func.info.goFrame + RETURN_ADDRESS;
    at += func.info.frame;
  }
  return used;
}

/** A call pushes this much. */
export const RETURN_ADDRESS = 8;
