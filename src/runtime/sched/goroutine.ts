/**
 * Goroutines: what the scheduler, the stacks and panics keep of each.
 *
 * A goroutine is a structure in linear memory (cells.ts), because channels written in Go hold its address and a switch happens in WebAssembly;
 * and a value of this file, which reads the structure and holds deferred calls and panics. It stays with the structure, which is used again.
 *
 * Go: the type g of runtime/runtime2.go, and its wait reasons.
 */
import { UNITS_PER_NANO } from "../clock.ts";
import type { Memory } from "../memory.ts";
import { newStack, type Stack } from "../stack/index.ts";
import { G, STATUS, STATUSES } from "./cells.ts";

/** A deferred call that has not run: the frame that deferred it and the func() to call. Addresses. */
export interface Deferred {
  frame: number;
  closure: number;
}

/** What a goroutine is doing. */
export type Status = (typeof STATUSES)[number];

/** A goroutine's stack; all of it lies in its structure. */
class GoroutineStack implements Stack {
  readonly #memory: Memory;
  readonly #at: number;

  constructor(memory: Memory, at: number) {
    this.#memory = memory;
    this.#at = at;
  }

  get lo(): number {
    return this.#memory.loadU32(this.#at + G.lo);
  }

  set lo(to: number) {
    this.#memory.store32(this.#at + G.lo, to);
  }

  get hi(): number {
    return this.#memory.loadU32(this.#at + G.top);
  }

  set hi(to: number) {
    this.#memory.store32(this.#at + G.top, to);
  }

  get floor(): number {
    return this.#memory.loadU32(this.#at + G.floor);
  }

  set floor(to: number) {
    this.#memory.store32(this.#at + G.floor, to);
  }

  get goSize(): number {
    return this.#memory.loadU32(this.#at + G.goSize);
  }

  set goSize(to: number) {
    this.#memory.store32(this.#at + G.goSize, to);
  }

  get goFloor(): number {
    return this.#memory.loadF64(this.#at + G.goFloor);
  }

  set goFloor(to: number) {
    this.#memory.storeF64(this.#at + G.goFloor, to);
  }
}

/** What a goroutine begins with. */
interface Born {
  readonly id: number;
  /** Address of its structure. */
  readonly at: number;
  /** Who started it: its id and the place of the go statement (a site id). */
  readonly parent: number;
  readonly site: number;
}

/** One goroutine: a look at its structure, and what it defers and panics. */
export class Goroutine {
  readonly at: number;
  readonly stack: Stack;
  /** Newest last. */
  readonly defers: Deferred[] = [];
  /** The panics it is in, newest last. */
  readonly panics: Panicking[] = [];
  readonly #memory: Memory;

  private constructor(memory: Memory, at: number) {
    this.#memory = memory;
    this.at = at;
    this.stack = new GoroutineStack(memory, at);
  }

  /** A runnable goroutine without frames, with `size` bytes of stack at `lo`; `dead` was one in the same structure. */
  static make(memory: Memory, born: Born, lo: number, size: number, goSize: number, dead?: Goroutine): Goroutine {
    const g = dead ?? new Goroutine(memory, born.at);
    Object.assign(g.stack, newStack(lo, size, goSize));
    memory.storeInt(born.at + G.id, born.id);
    memory.storePtr(born.at + G.param, 0);
    memory.storePtr(born.at + G.waiting, 0);
    memory.store32(born.at + G.panics, 0);
    memory.store32(born.at + G.parent, born.parent);
    memory.store32(born.at + G.site, born.site);
    g.assist = 0;
    g.sp = g.stack.hi;
    g.reason = 0;
    g.status = "runnable";
    return g;
  }

  /** Main is 1; the runtime's own (finalizers, timers) are below 0. */
  get id(): number {
    return this.#memory.loadInt(this.at + G.id);
  }

  /** The runtime's own: not counted for deadlock, not shown. */
  get system(): boolean {
    return this.id < 0;
  }

  /** Who started it: an id. */
  get parent(): number {
    return this.#memory.load32(this.at + G.parent);
  }

  /** Where: a site id. */
  get site(): number {
    return this.#memory.load32(this.at + G.site);
  }

  /** Bytes it may allocate before it must help the collector. Go: gcAssistBytes. */
  get assist(): number {
    return this.#memory.loadF64(this.at + G.assist);
  }

  set assist(to: number) {
    this.#memory.storeF64(this.at + G.assist, to);
  }

  get status(): Status {
    return STATUSES[this.#memory.loadU32(this.at + G.status)] ?? "dead";
  }

  set status(to: Status) {
    this.#memory.store32(this.at + G.status, STATUS[to]);
  }

  /** Index in WAIT_REASONS, while it waits. */
  get reason(): number {
    return this.#memory.loadU32(this.at + G.reason);
  }

  set reason(to: number) {
    this.#memory.store32(this.at + G.reason, to);
  }

  /** Lowest used address of its stack while it doesn't run. */
  get sp(): number {
    return this.#memory.loadU32(this.at + G.sp);
  }

  set sp(to: number) {
    this.#memory.store32(this.at + G.sp, to);
  }

  /** When it began to wait, in virtual nanoseconds. */
  get since(): number {
    return Math.floor(this.#memory.loadF64(this.at + G.since) / UNITS_PER_NANO);
  }

  /** A panic begins. */
  enterPanic(panic: Panicking): void {
    this.panics.push(panic);
    this.#countPanics();
  }

  /** The newest panic is over. */
  leavePanic(): void {
    this.panics.pop();
    this.#countPanics();
  }

  /** The goroutine is over, and whatever it was in. */
  clearPanics(): void {
    this.panics.length = 0;
    this.#countPanics();
  }

  /** recover() asks the structure first whether there is anything to find (answers.ts). */
  #countPanics(): void {
    this.#memory.store32(this.at + G.panics, this.panics.length);
  }

  /** What lies outside linear memory, for a snapshot. */
  save(): SavedGoroutine {
    return { at: this.at, defers: this.defers.map(copy), panics: this.panics.map(copy) };
  }

  /** A goroutine as it was saved, once its structure is as it was then. */
  static restore(memory: Memory, saved: SavedGoroutine): Goroutine {
    const g = new Goroutine(memory, saved.at);
    g.defers.push(...saved.defers.map(copy));
    g.panics.push(...saved.panics.map(copy));
    return g;
  }
}

/** See Goroutine.save. */
export interface SavedGoroutine {
  readonly at: number;
  readonly defers: readonly Deferred[];
  readonly panics: readonly Panicking[];
}

const copy = <T extends object>(of: T): T => ({ ...of });

/** A panic, Goexit or fatal error on its way through the frames. */
export interface Panicking {
  /** The value: interface word and data; both 0 for Goexit. */
  word: number;
  data: number;
  readonly goexit: boolean;
  /** Address of its marker frame, and of the helper frame that calls the deferred function. */
  marker: number;
  call: number;
  /** Frame of the deferring function whose deferred call runs now. */
  deferring: number;
  recovered: boolean;
  /** Frames below this address were abandoned by a newer panic. */
  aborted: boolean;
  /** Where the panicking frame began: tracebacks start there. */
  readonly origin: number;
  /** The value in words, once it is known (errors and Stringers are asked by running Go code). */
  text?: string;
  /** For faults of memory: the address, which the crash text tells. */
  readonly fault?: number;
}

/** The texts in a traceback's brackets, by number. Go: waitReasonStrings. */
export const WAIT_REASONS: readonly string[] = [
  "", "GC assist marking", "IO wait", "dumping heap", "garbage collection", "garbage collection scan", "panicwait", "GC assist wait", "GC sweep wait",
  "GC scavenge wait", "finalizer wait", "force gc (idle)", "GOMAXPROCS updater (idle)", "semacquire", "sleep", "chan receive (nil chan)",
  "chan send (nil chan)", "select (no cases)", "select", "chan receive", "chan send", "sync.Cond.Wait", "sync.Mutex.Lock", "sync.RWMutex.RLock",
  "sync.RWMutex.Lock", "sync.WaitGroup.Wait", "trace reader (blocked)", "wait for GC cycle", "GC worker (idle)", "GC worker (active)", "preempted",
  "debug call", "GC mark termination", "stopping the world", "flushing proc caches", "trace goroutine status", "trace proc status", "page trace flush",
  "coroutine", "GC weak to strong wait",
];
/** Numbers of the reasons that the runtime itself gives. */
export const REASON = { gcAssistWait: 7, finalizerWait: 10, semacquire: 13, sleep: 14, gcCycle: 27 } as const;
