/**
 * The limiter of the collector's processor time: above one half over about a second, goroutines need not help any more.
 *
 * A bucket that fills with the collector's time and drains with the program's. It matters where a memory limit lies below what a program
 * needs: without it every allocation would pay for a whole collection.
 *
 * Go: GOROOT/src/runtime/mgclimit.go.
 */

/** Nanoseconds that the bucket holds for each processor. Go: capacityPerProc. */
const CAPACITY = 1e9;
/** Share of the processors that counts as the collector's while it marks, whoever ran. */
const BACKGROUND_SHARE = 0.25;

/** The limiter of one process. */
export class Limiter {
  readonly #procs: number;
  #fill = 0;
  #last = 0;
  #assist = 0;
  /** Assists are off. */
  limiting = false;

  constructor(procs: number) {
    this.#procs = procs;
  }

  /** An assist took `nanos`. */
  assisted(nanos: number): void {
    this.#assist += nanos;
  }

  /** Brings the bucket up to date at time `now`; `marking` says what the time since the last call was. */
  update(now: number, marking: boolean): void {
    const total = (now - this.#last) * this.#procs;
    if (total <= 0) return;
    this.#last = now;
    const collector = Math.min(total, this.#assist + (marking ? total * BACKGROUND_SHARE : 0));
    this.#assist = 0;
    const change = collector - (total - collector);
    const capacity = CAPACITY * this.#procs;
    this.#fill = Math.min(capacity, Math.max(0, this.#fill + change));
    this.limiting = this.#fill === capacity;
  }

  /** State for a snapshot. */
  save(): readonly number[] {
    return [this.#fill, this.#last, this.#assist, this.limiting ? 1 : 0];
  }

  restore(state: readonly number[]): void {
    this.#fill = state[0]!;
    this.#last = state[1]!;
    this.#assist = state[2]!;
    this.limiting = state[3] === 1;
  }
}
