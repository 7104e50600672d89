/**
 * morestack: what happens when a function is entered whose frame lies below CELL.lim.
 *
 * Four things can be due: Go's stack would double (recorded, nothing moves), Go's limit is passed (the program dies), our room is full (a
 * larger one is taken, everything unwinds, the frames are moved), or the host's native stack is nearly used up (everything unwinds and goes
 * on from memory). All but the move are decided here at once; the move is finished when the frames are saved.
 *
 * Go: runtime/stack.go (newstack).
 */
import { CELL, UNWIND } from "../abi/structs.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Clock } from "./clock.ts";
import type { Costs } from "./cost.ts";
import type { SiteTable } from "./link/index.ts";
import type { Memory } from "./memory.ts";
import type { Panics } from "./panic/index.ts";
import type { Goroutine, Scheduler } from "./sched/index.ts";
import { countAdjusted, goGrowth, type Move, moveStack, RED_ZONE, roomFor, setFloor, type StackPool, type StackReader } from "./stack/index.ts";

/** Rooms up to this size are never halved: that of the main goroutine begins with it. */
const LEAST_ROOM = 65536;

/** What stack growth needs. */
export interface GrowthPorts {
  readonly memory: Memory;
  readonly sites: SiteTable;
  readonly pool: StackPool;
  readonly scheduler: Scheduler;
  readonly panics: Panics;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly costs: Costs;
  /** What a program sees of an address. */
  readonly visible: (address: number) => bigint;
  readonly print: (text: string) => void;
  /** Go's limit, which a program can set. */
  readonly maxStack: () => number;
}

/** Stack growth of one process. */
export class Growth {
  readonly #p: GrowthPorts;
  readonly #reader: StackReader;
  #move: Move | undefined;

  constructor(ports: GrowthPorts) {
    this.#p = ports;
    this.#reader = { memory: ports.memory, sites: ports.sites };
  }

  /**
   * The function that runs wants a frame of `size` bytes at `want`. Returns where the frame is to be; if CELL.unw is set then, the caller
   * saves itself there and returns.
   */
  morestack(want: number, size: number): number {
    const { memory, scheduler } = this.#p;
    const g = scheduler.running;
    const { stack } = g;
    const sp = want + size;
    const goFrame = this.#goFrame(size);
    if (want < stack.goFloor && !this.#goCheck(g, want, sp, goFrame)) return want;
    const nativeFloor = memory.loadU32(CELL.nativeFloor);
    memory.store32(CELL.stackFloor, stack.floor);
    memory.store32(CELL.lim, Math.max(stack.floor, nativeFloor));
    if (want >= stack.lo + RED_ZONE) {
      if (want < nativeFloor) memory.store32(CELL.unw, UNWIND.grow);
      return want;
    }
    memory.store32(CELL.unw, UNWIND.grow);
    const room = roomFor(stack, sp, size);
    const lo = this.#p.pool.alloc(room);
    if (lo === 0) {
      this.#overflow(g, want);
      return want;
    }
    this.#move = { lo, hi: lo + room, from: sp };
    return want + (lo + room - stack.hi);
  }

  /** Makes Go's check at the entry of a function; false if its stack would be too large. O(frames). */
  #goCheck(g: Goroutine, want: number, sp: number, goFrame: number): boolean {
    const growth = goGrowth(this.#reader, g.stack, sp, goFrame);
    if (growth.size > this.#p.maxStack()) {
      this.#overflow(g, want);
      return false;
    }
    if (growth.size !== g.stack.goSize) this.#grown(g, growth.size, growth.used, sp);
    setFloor(g.stack, want, growth.used, goFrame);
    return true;
  }

  /** All frames are saved after morestack answered grow: moves the stack if a larger room was taken. */
  finish(g: Goroutine): void {
    const move = this.#move;
    this.#move = undefined;
    if (move) this.#moveTo(g, move);
    else if (this.spare === g) this.halveRoom(g);
    this.spare = undefined;
  }

  /** Makes sure that `bytes` are free below the stack pointer of `g`, whose frames are all saved. */
  ensureRoom(g: Goroutine, bytes: number): void {
    if (g.sp - bytes >= g.stack.lo) return;
    const room = roomFor(g.stack, g.sp, bytes);
    const lo = this.#p.pool.alloc(room);
    const move = { lo, hi: lo + room, from: g.sp };
    g.sp += move.hi - g.stack.hi;
    this.#moveTo(g, move);
  }

  /** Whether a quarter of the room would do for `g`, whose lowest used address is `sp`. Go halves such a stack at each collection. */
  hasSpareRoom(g: Goroutine, sp: number): boolean {
    const room = g.stack.hi - g.stack.lo;
    return room > LEAST_ROOM && g.stack.hi - sp + 2 * RED_ZONE < room / 4;
  }

  /** Moves the stack of `g`, whose frames are all saved and which nobody else points into, to half the room. Go: shrinkstack. */
  halveRoom(g: Goroutine): void {
    const room = (g.stack.hi - g.stack.lo) / 2;
    const lo = this.#p.pool.alloc(room);
    if (lo === 0) return;
    const move = { lo, hi: lo + room, from: g.sp };
    g.sp += move.hi - g.stack.hi;
    this.#moveTo(g, move);
  }

  /** The running goroutine is to unwind, so that its stack can move to half the room. */
  spare: Goroutine | undefined;

  #moveTo(g: Goroutine, move: Move): void {
    const { lo, hi } = g.stack;
    const delta = moveStack(this.#reader, g.stack, move, g.sp, this.#p.pool);
    this.#p.panics.adjust(g, lo, hi, delta);
  }

  /** The frame on Go's stack of the function that is being entered: CELL.site holds the table index of its resume code. */
  #goFrame(size: number): number {
    const { memory, sites } = this.#p;
    const index = memory.load32(CELL.site);
    memory.store32(CELL.site, 0);
    return index > 0 ? sites.byResume(index).info.goFrame : Math.max(0, size - 8);
  }

  #grown(g: Goroutine, size: number, used: number, sp: number): void {
    const { recorder, clock, costs } = this.#p;
    const old = g.stack.goSize;
    const { adjusted, frames } = countAdjusted(this.#reader, g.stack, sp);
    g.stack.goSize = size;
    recorder.add("stackGrow", clock.now(), g.id, old, size, used, adjusted, frames);
    clock.charge(used * costs.copyByte + frames * costs.growFrame);
  }

  #overflow(g: Goroutine, want: number): void {
    const { stack } = g;
    const show = (a: number): string => `0x${this.#p.visible(a).toString(16)}`;
    this.#p.print(`runtime: goroutine stack exceeds ${this.#p.maxStack()}-byte limit\nruntime: sp=${show(want)} stack=[${show(stack.lo)}, ${show(stack.hi)}]\n`);
    this.#p.panics.demand({ kind: "fatal", text: "stack overflow", user: false });
  }
}
