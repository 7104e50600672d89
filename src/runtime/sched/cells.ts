/**
 * What the scheduler keeps in linear memory, so that a switch of goroutines needs no JavaScript: the run queues, the clock's marks, the events
 * of switches, and of each goroutine what switching changes.
 *
 * Addresses only. switch.ts is the WebAssembly that works on them, queue.ts, goroutine.ts and scheduler.ts are the TypeScript.
 * A snapshot of memory holds all of it.
 *
 * Go: type p (runq, runnext), schedt and type g in runtime/runtime2.go.
 */

import { GRANTED } from "../clock.ts";

/**
 * The structure of a goroutine in memory. Go text knows the first four (std/internal/runtime/machine.go): id, the word a waker leaves, the
 * first sudog it waits with, whether its select is served. The others are ours: STATUS number, number of the wait reason, sp while it doesn't
 * run, floor and upper end of its stack, next in the global queue or among the dead (4 bytes each), when it began to wait, in fuel units since the start (f64), how many
 * panics it is in, lower end and modelled size of its stack, who started it and where (4 bytes each), its credit with the collector, and the modelled floor (f64).
 */
export const G = { id: 0, param: 8, waiting: 16, selectDone: 24, status: 28, reason: 32, sp: 36, floor: 40, top: 44, link: 48, since: 56, panics: 64,
  lo: 68, goSize: 72, parent: 76, site: 80, assist: 88, goFloor: 96, size: 456,
} as const;

/** Values of `G.status`: the place in this list. */
export const STATUSES = ["dead", "runnable", "running", "waiting"] as const;
export const STATUS = { dead: 0, runnable: 1, running: 2, waiting: 3 } as const;

/** Cells of the scheduler. */
export const SCHED = {
  /** i32: structure of the goroutine that runs or has just come back from the trampoline, 0 if there is none. */
  current: 0x1e00,
  /** i32: the queues: who runs next; ring's first place and length; first, last and length of the global queue; slices begun. */
  next: 0x1e04,
  ringHead: 0x1e08,
  ringCount: 0x1e0c,
  globalFirst: 0x1e10,
  globalLast: 0x1e14,
  globalCount: 0x1e18,
  tick: 0x1e1c,
  /** i32: not 0 when the next switch must go through TypeScript: ATTENTION. */
  attention: 0x1e20,
  /** i32: events in the buffer. */
  events: 0x1e24,
  /** f64 in fuel units: all that was granted (clock.ts), end of the time slice, when the first timer is due. */
  granted: GRANTED,
  sliceEnd: 0x1e30,
  timerNext: 0x1e38,
  /** i64: rolling hash of all switch events. */
  hash: 0x1e40,
  /** i32: fuel units of a switch. */
  switchCost: 0x1e48,
  /** i32: not 0 when the recorder keeps no more events of switches, which are then only hashed and counted: how many parked, how many became ready. */
  countOnly: 0x1e4c,
  parks: 0x1e50,
  readies: 0x1e54,
  /**
   * f64 in fuel units: when the next whole poll is due; until when whole polls have nothing to do but to grant fuel anew, 0 if they may have; when the last
   * such poll was.
   */
  due: 0x1e58,
  quietUntil: 0x1e60,
  quietPoll: 0x1e68,
  /** i32: number of the next goroutine; the dead whose structures are used again, newest first; size that a reused stack would have in Go; main. */
  nextId: 0x1e70,
  dead: 0x1e74,
  startingStack: 0x1e78,
  main: 0x1e7c,
  /** i32: fuel units of starting a goroutine, and the table slot of its first frame's code. */
  startCost: 0x1e80,
  startSlot: 0x1e84,
  /** The ring: 256 structures, 4 bytes each. */
  ring: 0x4000,
  /** The buffer of events: EVENT.size bytes each. */
  buffer: 0x5000,
} as const;

/** Reasons why a switch needs TypeScript. */
export const ATTENTION = {
  /** The collector marks, sweeps, or has finalizers to run. */
  collector: 1,
  /** A func() runs on the system stack. */
  system: 2,
  /** The goroutine unwound for something else than to let others run. */
  wants: 4,
} as const;

/** Longest time between two polls, in fuel units: an interrupt is seen within it. engine.md 8. */
export const MAX_GRANT = 1_000_000;

/** The same while the collector marks or sweeps: its background workers get a look so often. */
export const BUSY_GRANT = 200_000;

/** Places in the ring. Go: len(p.runq). */
export const RING = 256;

/**
 * An event of the buffer: time in fuel units (f64), goroutine's id, and PARKED + its reason, the id of who made it ready, ENDED or STARTED. Behind that of
 * a start lies another place: the parent's id and the site, in its first two words.
 */
export const EVENT = { time: 0, g: 8, what: 12, size: 16 } as const;
/** Events that the buffer holds. */
export const EVENTS = 1024;
/** Marks a goroutine that began, and one that is over. */
export const STARTED = -1;
export const ENDED = -2;
/** Marks a goroutine that parked. */
export const PARKED = 0x40000000;
