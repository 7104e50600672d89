/**
 * Assists: while marking, a goroutine pays for what it allocates with mark work of its own.
 *
 * Each goroutine has credit in bytes. An allocation takes its size off; below zero the goroutine first takes what background workers
 * have earned, then marks itself, at least 64 KiB of work at a time.
 *
 * Go: gcAssistAlloc in GOROOT/src/runtime/mgcmark.go. There a goroutine that finds nothing to do parks; with one processor all work
 * is at hand, so an assist either pays in full or ends the cycle, and nobody parks.
 */
import { HEAP_CELL } from "../heap/index.ts";
import type { Memory } from "../memory.ts";
import type { Pacer } from "./pacer.ts";

/** Least work of one assist. Go: gcOverAssistWork. */
const OVER_ASSIST = 64 << 10;
/** Assist time is booked when so much has come together. Go: gcAssistTimeSlack. */
const TIME_SLACK = 5000;

/** What an assist does work with. */
export interface AssistWork {
  /** Does mark work for at least `work` bytes if there is so much, and returns how much it was. */
  drain(work: number): number;
  /** Whether assists are switched off (limiter.ts). */
  limiting(): boolean;
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
  readonly #memory: Memory;
  /** Credit of the goroutines that aren't at hand; that of the one at hand lies in its cell, where the fast path spends it. */
  #credit = new Map<number, number>();
  /** Work done by background workers that nobody has used. */
  backgroundCredit = 0;
  #unbookedTime = 0;

  constructor(memory: Memory, pacer: Pacer, work: AssistWork) {
    this.#memory = memory;
    this.#pacer = pacer;
    this.#work = work;
  }

  /** A cycle begins: nobody has credit. */
  reset(): void {
    this.end();
    this.backgroundCredit = 0;
  }

  /** Goroutine `g` is about to allocate `bytes` while marking. May mark, and may end the cycle. */
  deduct(g: number, bytes: number): void {
    this.#select(g);
    this.#current -= bytes;
    if (this.#current < 0) this.#assist(g);
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
    this.#memory.u32[HEAP_CELL.assistG >>> 2] = 0;
  }

  get #current(): number {
    return this.#memory.f64[HEAP_CELL.assistCredit >>> 3]!;
  }

  set #current(credit: number) {
    this.#memory.f64[HEAP_CELL.assistCredit >>> 3] = credit;
  }

  #select(g: number): void {
    const before = this.#memory.u32[HEAP_CELL.assistG >>> 2]!;
    if (g === before) return;
    this.#credit.set(before, this.#current);
    this.#memory.u32[HEAP_CELL.assistG >>> 2] = g;
    this.#current = this.#credit.get(g) ?? 0;
  }

  #assist(g: number): void {
    if (this.#work.limiting()) return;
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
    this.#work.assisted(g, done, nanos);
    this.#work.markDone();
  }
}
