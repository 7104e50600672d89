/**
 * What a run can be given: the values that decide how it goes, and the doors to the outside. Same settings, same bytes.
 */
import { type Costs, DEFAULT_COSTS } from "./cost.ts";
import type { Modules } from "./modules.ts";

/** Settings of one process. */
export interface ProcessSettings {
  /** GOGC; negative is off. */
  readonly gogc: number;
  /** GOMEMLIMIT, bytes; Infinity is none. */
  readonly memoryLimit: number;
  /** GOMAXPROCS, as the collector and runtime.GOMAXPROCS see it; goroutines run on one processor. */
  readonly procs: number;
  readonly seed: number;
  /** Bytes of arena at most. */
  readonly heapLimit: number;
  readonly costs: Costs;
  /** Bytes of the host's native stack that compiled code may use; the rest is left to the runtime. */
  readonly nativeStack: number;
  /** Seconds since 1970 at virtual time 0. */
  readonly epochSeconds: number;
  /** Record every allocation, mark and barrier. */
  readonly detailed: boolean;
  /** Stress: collect at every allocation. */
  readonly stressGC: boolean;
}

/** The reference mode (decisions.md 6). */
export const DEFAULT_SETTINGS: ProcessSettings = {
  gogc: 100,
  memoryLimit: Infinity,
  procs: 1,
  seed: 1,
  heapLimit: 2 * 2 ** 30,
  costs: DEFAULT_COSTS,
  nativeStack: 800_000,
  epochSeconds: 1257894000,
  detailed: false,
  stressGC: false,
};

/** The doors of a process to its surroundings. */
export interface ProcessHooks {
  /** Bytes of the runtime's own modules, from an earlier process of this build; gets those that are missing (own-code.ts). */
  readonly own?: Map<string, Uint8Array>;
  /** Where modules come from, made for this process; compiled if absent. */
  readonly modules?: Modules;
  /** Bytes for standard output (1) or error (2). */
  readonly write: (fd: number, bytes: Uint8Array) => void;
  /** Takes the crash text in place of `write`; it is in the Exit as well. */
  readonly crashed?: (text: string) => void;
  /** Asked at every poll: whether the run is to stop. */
  readonly interrupted: () => boolean;
  /** At most `n` bytes of standard input; none at its end. */
  readonly stdin: (n: number) => Uint8Array;
  /** os.Args, as byte strings; `./main` alone if absent. */
  readonly args?: readonly string[];
  /** The program stands at stop number `command`: "leave" ends the run there, so that a later `resume` goes on. */
  readonly stopped: (command: number) => "go on" | "leave";
}

/** Hooks that reach nothing. */
export const NO_HOOKS: ProcessHooks = { write: () => undefined, interrupted: () => false, stdin: () => new Uint8Array(0), stopped: () => "go on" };

/** How a run ended. */
export type Exit =
  /** main returned, or the cell's statements are done. */
  | { readonly kind: "ok"; readonly code: 0 }
  | { readonly kind: "exit"; readonly code: number }
  /** `text` is what Go writes to standard error; it was written to the hook. */
  | { readonly kind: "panic" | "fatal"; readonly code: 2; readonly text: string }
  | { readonly kind: "interrupted"; readonly code: 130 }
  | { readonly kind: "stopped"; readonly code: 0; readonly command: number }
  /** Something of Go that we cannot do yet. */
  | { readonly kind: "unsupported"; readonly code: 6; readonly what: string };
