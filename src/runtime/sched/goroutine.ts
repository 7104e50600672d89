/**
 * Goroutines: what the scheduler, the stacks and panics keep of each.
 *
 * A goroutine has a small structure in linear memory too, because channels written in Go hold its address and leave a word in it.
 *
 * Go: the type g of runtime/runtime2.go, and its wait reasons.
 */
import type { Stack } from "../stack/index.ts";

/** The structure in memory: id (int), the word a waker leaves (pointer), the first sudog it waits with (pointer). Go: g. */
export const G = { id: 0, param: 8, waiting: 16, selectDone: 24, size: 456 } as const;

/** A deferred call that has not run: the frame that deferred it and the func() to call. Addresses. */
export interface Deferred {
  frame: number;
  closure: number;
}

/** What a goroutine is doing. */
export type Status = "runnable" | "running" | "waiting" | "dead";

/** One goroutine. */
export interface Goroutine {
  readonly id: number;
  /** Address of its structure. */
  readonly at: number;
  /** Who started it: its id and the place of the go statement (a site id). */
  readonly parent: number;
  readonly site: number;
  readonly stack: Stack;
  status: Status;
  /** Index in WAIT_REASONS, while it waits. */
  reason: number;
  /** When it began to wait, in virtual nanoseconds. */
  since: number;
  /** Lowest used address of its stack while it doesn't run. */
  sp: number;
  /** Newest last. */
  readonly defers: Deferred[];
  /** The panics it is in, newest last. */
  readonly panics: Panicking[];
  /** Bytes it may allocate before it must help the collector. Go: gcAssistBytes. */
  assist: number;
  /** The runtime's own (finalizers, timers): not counted for deadlock, not shown. */
  readonly system: boolean;
  /** Its stack can be reused by a goroutine that starts. */
  entry: number;
}

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
