/**
 * Goroutines: what the scheduler, the stacks and panics keep of each.
 *
 * A goroutine is a structure in linear memory (cells.ts), because channels written in Go hold its address and a switch happens in WebAssembly;
 * and a value of this file, which holds the rest and reads the structure.
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

/** A goroutine's stack; floor and upper end lie in its structure. */
class GoroutineStack implements Stack {
  lo: number;
  goSize: number;
  goFloor: number;
  readonly #memory: Memory;
  readonly #at: number;

  constructor(memory: Memory, at: number, from: Pick<Stack, "lo" | "goSize" | "goFloor">) {
    this.#memory = memory;
    this.#at = at;
    this.lo = from.lo;
    this.goSize = from.goSize;
    this.goFloor = from.goFloor;
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
}

/** What never changes of a goroutine. */
interface Born {
  readonly id: number;
  /** Address of its structure. */
  readonly at: number;
  /** Who started it: its id and the place of the go statement (a site id). */
  readonly parent: number;
  readonly site: number;
  /** The runtime's own (finalizers, timers): not counted for deadlock, not shown. */
  readonly system: boolean;
}

/** One goroutine. */
export class Goroutine implements Born {
  id: number;
  readonly at: number;
  parent: number;
  site: number;
  system: boolean;
  readonly stack: Stack;
  /** Newest last. */
  readonly defers: Deferred[] = [];
  /** The panics it is in, newest last. */
  readonly panics: Panicking[] = [];
  /** Bytes it may allocate before it must help the collector. Go: gcAssistBytes. */
  assist = 0;
  readonly #memory: Memory;

  private constructor(memory: Memory, born: Born, stack: Pick<Stack, "lo" | "goSize" | "goFloor">) {
    this.#memory = memory;
    this.id = born.id;
    this.at = born.at;
    this.parent = born.parent;
    this.site = born.site;
    this.system = born.system;
    this.stack = new GoroutineStack(memory, born.at, stack);
  }

  /** A runnable goroutine without frames, with `size` bytes of stack at `lo`; `dead` was one in the same structure. */
  static make(memory: Memory, born: Born, lo: number, size: number, goSize: number, dead?: Goroutine): Goroutine {
    const stack = newStack(lo, size, goSize);
    const g = dead ? dead.#again(born, stack) : new Goroutine(memory, born, stack);
    g.stack.hi = stack.hi;
    g.stack.floor = stack.floor;
    memory.storeInt(born.at + G.id, born.id);
    memory.storePtr(born.at + G.param, 0);
    memory.storePtr(born.at + G.waiting, 0);
    memory.store32(born.at + G.panics, 0);
    g.sp = stack.hi;
    g.reason = 0;
    g.status = "runnable";
    return g;
  }

  #again(born: Born, { lo, goSize, goFloor }: Pick<Stack, "lo" | "goSize" | "goFloor">): this {
    this.id = born.id;
    this.parent = born.parent;
    this.site = born.site;
    this.system = born.system;
    this.assist = 0;
    this.stack.lo = lo;
    this.stack.goSize = goSize;
    this.stack.goFloor = goFloor;
    return this;
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
    const { id, at, parent, site, system, assist } = this;
    const { lo, goSize, goFloor } = this.stack;
    return { born: { id, at, parent, site, system }, assist, stack: { lo, goSize, goFloor }, defers: this.defers.map(copy), panics: this.panics.map(copy) };
  }

  /** A goroutine as it was saved, once its structure is as it was then. */
  static restore(memory: Memory, saved: SavedGoroutine): Goroutine {
    const g = new Goroutine(memory, saved.born, saved.stack);
    g.assist = saved.assist;
    g.defers.push(...saved.defers.map(copy));
    g.panics.push(...saved.panics.map(copy));
    return g;
  }
}

/** See Goroutine.save. */
export interface SavedGoroutine {
  readonly born: Born;
  readonly assist: number;
  readonly stack: Pick<Stack, "lo" | "goSize" | "goFloor">;
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
