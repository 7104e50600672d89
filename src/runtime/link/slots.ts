/**
 * The function table of a process: who hands out its slots.
 *
 * The host looks at every module that has the table whenever it grows, so it grows by many slots at a time. A slot is never given back.
 *
 * Go: no counterpart (code is reached by address).
 */

/** Slots below this number belong to the helper frames of sched/trampoline.ts. */
const FIRST = 16;
/** By how many slots the table grows at least. */
const STEP = 4096;

/** A table whose slots are taken from the front. */
export class Slots {
  readonly table = new WebAssembly.Table({ initial: FIRST, element: "anyfunc" });
  #next = FIRST;
  #filling: (() => void) | undefined;

  /** What stands in slots that nothing was put into. */
  get filling(): (() => void) | undefined {
    return this.#filling;
  }

  /** Sets what later growth fills slots with. */
  fillWith(stub: () => void): void {
    this.#filling = stub;
  }

  /** How many slots are taken. */
  get taken(): number {
    return this.#next;
  }

  /** The first of `n` slots that nobody had before. */
  take(n: number): number {
    const first = this.#next;
    this.#next += n;
    const missing = this.#next - this.table.length;
    if (missing > 0) this.table.grow(Math.max(missing, STEP), this.#filling);
    return first;
  }
}
