/**
 * Which frames the looks at loops have met, and how often: a frame that is met again and again stays long in its loops (scheduler.ts decides what follows).
 *
 * Frames that call are remembered while a look meets their callees, so a loop is not forgotten because its body calls functions with loops. Frames of
 * other goroutines are confused with callees, which only makes the guess worse.
 *
 * Go has nothing like it: its code is optimised before it runs.
 */
import type { LinkedFunc } from "../link/index.ts";

interface Met {
  readonly sp: number;
  readonly func: LinkedFunc;
  times: number;
}

export class Looks {
  /** Outermost first: stacks grow down. */
  readonly #met: Met[] = [];

  /** A look meets the frame of `func` at `sp`, which is on top of its stack; how often it has met it before. */
  meet(sp: number, func: LinkedFunc): number {
    let last = this.#met.at(-1);
    while (last && (last.sp < sp || (last.sp === sp && last.func !== func))) {
      this.#met.pop();
      last = this.#met.at(-1);
    }
    if (last?.sp === sp) return ++last.times;
    this.#met.push({ sp, func, times: 0 });
    if (this.#met.length > MOST) this.#met.shift();
    return 0;
  }
}

/** Deeper nests of loops forget their outermost. */
const MOST = 8;
