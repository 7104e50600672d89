/**
 * Assists: while marking, a goroutine pays for what it allocates with mark work of its own.
 *
 * Each goroutine has credit in bytes. An allocation takes its size off; below zero the goroutine first takes what background workers
 * have earned, then marks itself, at least 64 KiB of work at a time.
 *
 * Go: gcAssistAlloc in GOROOT/src/runtime/mgcmark.go. There a goroutine that finds nothing to do parks; with one processor all work
 * is at hand, so an assist either pays in full or ends the cycle, and nobody parks.
 */
import type { Pacer } from "./pacer.ts";

/** Least work of one assist. Go: gcOverAssistWork. */
const OVER_ASSIST = 64 << 10;
/** Assist time is booked when so much has come together. Go: gcAssistTimeSlack. */
const TIME_SLACK = 5000;

/** What an assist does work with. */
export interface AssistWork {
  /** Does mark work for at least `work` bytes if there is so much, and returns how much it was. */
  drain(work: number): number;
  /** Marking may be done: ends it if so. */
  markDone(): void;
  /** Virtual nanoseconds now. */
  now(): number;
  /** An assist of goroutine `g` did `work` in `nanos`. */
  assisted(g: number, work: number, nanos: number): void;
}

/** The credit of all goroutines, and the background's. */
export class Assists {
  readonly #pacer: Pacer;
  readonly #work: AssistWork;
  #credit = new Map<number, number>();
  /** The goroutine whose credit is at hand, and that credit. */
  #g = 0;
  #current = 0;
  /** Work done by background workers that nobody has used. */
  backgroundCredit = 0;
  #unbookedTime = 0;

  constructor(pacer: Pacer, work: AssistWork) {
    this.#pacer = pacer;
    this.#work = work;
  }

  /** A cycle begins: nobody has credit. */
  reset(): void {
    this.#credit = new Map();
    this.#current = 0;
    this.#g = 0;
    this.backgroundCredit = 0;
    this.#unbookedTime = 0;
  }

  /** Goroutine `g` is about to allocate `bytes` while marking. May mark, and may end the cycle. */
  deduct(g: number, bytes: number): void {
    this.#select(g);
    this.#current -= bytes;
    if (this.#current < 0) this.#assist();
  }

  /** The rest of the slot, which was not known before. Go: the second debit in mallocgc. */
  deductRest(g: number, bytes: number): void {
    this.#select(g);
    this.#current -= bytes;
  }

  /** Time of assists that isn't in the pacer yet counts no more: the cycle is over. */
  end(): void {
    this.#unbookedTime = 0;
    this.#credit = new Map();
    this.#current = 0;
  }

  #select(g: number): void {
    if (g === this.#g) return;
    this.#credit.set(this.#g, this.#current);
    this.#g = g;
    this.#current = this.#credit.get(g) ?? 0;
  }

  #assist(): void {
    const pacer = this.#pacer;
    let debt = -this.#current;
    let work = Math.trunc(pacer.assistWorkPerByte * debt);
    if (work < OVER_ASSIST) {
      work = OVER_ASSIST;
      debt = Math.trunc(pacer.assistBytesPerWork * work);
    }
    const stolen = Math.min(Math.max(this.backgroundCredit, 0), work);
    if (stolen > 0) {
      this.#current += stolen === work ? debt : 1 + Math.trunc(pacer.assistBytesPerWork * stolen);
      this.backgroundCredit -= stolen;
      work -= stolen;
      if (work === 0) return;
    }
    const start = this.#work.now();
    const done = this.#work.drain(work);
    this.#current += 1 + Math.trunc(pacer.assistBytesPerWork * done);
    const nanos = this.#work.now() - start;
    this.#unbookedTime += nanos;
    if (this.#unbookedTime > TIME_SLACK) {
      pacer.assistTime += this.#unbookedTime;
      this.#unbookedTime = 0;
    }
    this.#work.assisted(this.#g, done, nanos);
    this.#work.markDone();
  }
}
