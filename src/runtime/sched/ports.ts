/**
 * What the scheduler asks of the rest of the runtime, and what it answers. process.ts ties both.
 *
 * Go: no counterpart; there the scheduler calls the collector by name.
 */
import type { Clock } from "../clock.ts";
import type { Costs } from "../cost.ts";
import type { LinkedFunc, SiteTable } from "../link/index.ts";
import type { Memory } from "../memory.ts";
import type { StackPool } from "../stack/index.ts";
import type { Goroutine } from "./goroutine.ts";

/** Why `advance` came back. */
export type Outcome =
  /** The main goroutine's stack is empty. */
  | { readonly kind: "ended" }
  /** The current goroutine has unwound because of a panic, Goexit, exit or fatal error. */
  | { readonly kind: "panic" }
  /** Nothing can run any more. */
  | { readonly kind: "deadlock" }
  | { readonly kind: "interrupted" }
  /** The current goroutine stands at stop number `command`. */
  | { readonly kind: "stopped"; readonly command: number };

/** What the scheduler asks of others. */
export interface SchedulerPorts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly costs: Costs;
  readonly sites: SiteTable;
  readonly pool: StackPool;
  readonly interrupted: () => boolean;
  /** Whether what is busy is optimised from the start, but for exceptions. */
  readonly warm: boolean;
  /** Whether the normal code of a function is optimised from the start. */
  readonly isBusy: (func: LinkedFunc) => boolean;
  /** Makes optimised resume code of a function; false if it is too large for that. */
  readonly optimise: (func: LinkedFunc) => boolean;
  /** Address of a new goroutine structure. */
  readonly newG: () => number;
  /** The collector's turn at a poll, the current goroutine being at a safepoint: when it wants the next (virtual ns). */
  readonly safepoint: () => number;
  /** Until when safepoints have nothing to do, in virtual ns, unless somebody wakes polls; 0 if they have. */
  readonly quietUntil: () => number;
  /** Whether the current goroutine must unwind at this poll, for its stack to be moved. */
  readonly mustShrink: () => boolean;
  /** Another goroutine is about to be chosen: a background worker of the collector may have its turn first. */
  readonly switching: () => void;
  /** Nothing can run: lets the collector work; false if it has nothing to do. */
  readonly idle: () => boolean;
  /** All frames of `g` are saved because its stack is to grow. */
  readonly grown: (g: Goroutine) => void;
  /** A goroutine was made that calls the func() at `closure`; its stack is no root of a cycle that is under way. */
  readonly started: (closure: number) => void;
  /** There are no `size` bytes for a stack: ends the program. */
  readonly outOfMemory: (size: number) => never;
  /** Whether the collector or specials must have their turn at the next switch, so that it can't happen in WebAssembly. */
  readonly busy: () => boolean;
}
