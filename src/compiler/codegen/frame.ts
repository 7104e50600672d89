/**
 * The layout of a frame: header, slots of the locals that must outlive a call, then variables and copies in memory.
 *
 * Every local that is live at a resume point has a slot of its own, and so has every pointer that is live at a call that may collect.
 * `goFrame` is a model of the frame that the real compiler would make; it is what stack growth is told.
 *
 * Go: cmd/compile/internal/ssagen/pgen.go (AllocFrame).
 */
import { FRAME, GO_FRAME_OVERHEAD, POINTER_SIZE } from "../../abi/structs.ts";
import { roundUp } from "../../base/units.ts";
import type { FrameObject, LFunc, Region, Site } from "../lower/index.ts";
import { LiveSet } from "./liveset.ts";
import type { Points } from "./points.ts";

export interface Frame {
  readonly size: number;
  readonly goFrame: number;
  /** Offset of each local's slot by its id; -1 for none. */
  readonly slots: Int32Array;
}

/** Lays out the frame of `fn` and writes `FrameObject.offset`. */
export function layoutFrame(fn: LFunc, points: Points): Frame {
  const slots = new Int32Array(fn.locals.length).fill(-1);
  const wanted = new LiveSet(fn.locals.length + fn.objects.length);
  points.sites.forEach((site, i) => {
    const live = points.live.get(site);
    if (!live || fn.tail) return;
    if (i < points.count) wanted.union(live);
    else live.forEach((id) => fn.locals[id]?.pointer && wanted.add(id));
  });
  let size: number = FRAME.header;
  wanted.forEach((id) => {
    if (id >= fn.locals.length) return;
    slots[id] = size;
    size += POINTER_SIZE;
  });
  // Arguments and results of calls share one area, since no two calls need it at once.
  let outgoing = 0;
  for (const object of fn.objects) {
    if (object.region !== "call") continue;
    outgoing = Math.max(outgoing, object.offset + roundUp(object.size, POINTER_SIZE));
    object.offset += size;
  }
  size += outgoing;
  for (const object of fn.objects) {
    if (object.region === "call") continue;
    object.offset = size;
    size += roundUp(object.size, POINTER_SIZE);
  }
  const goFrame = modelledFrame(size);
  // Never smaller than Go's frame and its return address, so that one counter serves both (decisions.md 20).
  return { size: Math.max(size, goFrame + RETURN_ADDRESS), goFrame, slots };
}

const RETURN_ADDRESS = 8;

/** Bytes of the frame that Go would make for a function that needs `size` bytes here: a model, the same words without our header. */
function modelledFrame(size: number): number {
  return size - FRAME.header + GO_FRAME_OVERHEAD;
}

/** What of a frame the collector must know at `site`. */
export interface LiveWords {
  /** Offsets in the frame of pointer words that are live, in order. */
  readonly pointers: number[];
  /** Stack objects that are there, but live only if something points to them. */
  readonly objects: number[];
}

/** Objects of the frame that hold pointers. */
export const stackObjects = (fn: LFunc): FrameObject[] => fn.objects.filter((o) => o.pointers.length > 0);

/** The live words of the frame of `fn` at `site`. */
export function liveWords(fn: LFunc, points: Points, frame: Frame, site: Site): LiveWords {
  const pointers: number[] = [];
  const objects: number[] = [];
  const live = points.live.get(site);
  live?.forEach((id) => {
    const slot = frame.slots[id] ?? -1;
    if (slot >= 0 && fn.locals[id]?.pointer) pointers.push(slot);
  });
  const numbers = new Map(stackObjects(fn).map((o, i) => [o, i]));
  fn.objects.forEach((object, i) => {
    if (!sees(site, object)) return;
    // An argument's copy is the callee's: it lives as long as the callee holds its address.
    if (object.region !== "call" && live?.has(fn.locals.length + i)) for (const p of object.pointers) pointers.push(object.offset + p);
    else {
      const number = numbers.get(object);
      if (number !== undefined) objects.push(number);
    }
  });
  return { pointers: pointers.sort((a, b) => a - b), objects };
}

function sees(site: Site, object: FrameObject): boolean {
  if (object.region === "call") return site.objects.includes(object);
  if (object.order > site.order) return false;
  for (let r: Region | undefined = site.region; r; r = r.parent) if (r === object.region) return true;
  return false;
}
