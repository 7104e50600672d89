/**
 * How a parameter leaks: for each place it may flow to, the smallest number of loads on the way.
 *
 * Go: cmd/compile/internal/escape/leaks.go.
 */

/** More results than this are not told apart: a flow to them counts as one to the heap. */
export const TAGGED_RESULTS = 5;

const HEAP = 0;
const MUTATOR = 1;
const CALLEE = 2;
const RESULT0 = 3;
const MAX_DEREFS = 254;

/** Derefs to heap, mutator, callee and each result; -1 where there is no flow. */
export class Leaks {
  readonly #derefs: number[] = new Array<number>(RESULT0 + TAGGED_RESULTS).fill(-1);

  get heap(): number {
    return this.#at(HEAP);
  }

  get mutator(): number {
    return this.#at(MUTATOR);
  }

  get callee(): number {
    return this.#at(CALLEE);
  }

  /** Derefs on the way to result `i`, counted from 0. */
  result(i: number): number {
    return this.#at(RESULT0 + i);
  }

  /** Whether it flows anywhere. */
  any(): boolean {
    return this.#derefs.some((d) => d >= 0);
  }

  addHeap(derefs: number): void {
    this.#add(HEAP, derefs);
  }

  addMutator(derefs: number): void {
    this.#add(MUTATOR, derefs);
  }

  addCallee(derefs: number): void {
    this.#add(CALLEE, derefs);
  }

  addResult(i: number, derefs: number): void {
    this.#add(RESULT0 + i, derefs);
  }

  /** Drops flows that the one to the heap makes irrelevant. */
  optimize(): void {
    const heap = this.heap;
    if (heap < 0) return;
    for (let i = HEAP + 1; i < this.#derefs.length; i++) if (this.#at(i) >= heap) this.#derefs[i] = -1;
  }

  /** As text, for the function's tags. Go's form: one byte for each flow, 0 for none; "" leaks to the heap. */
  encode(): string {
    if (this.heap === 0) return "";
    const bytes = this.#derefs.map((d) => String.fromCharCode(d + 1)).join("");
    return `esc:${bytes.replace(/\0+$/, "")}`;
  }

  /** What `tag` says. */
  static parse(tag: string): Leaks {
    const leaks = new Leaks();
    if (!tag.startsWith("esc:")) leaks.addHeap(0);
    else for (let i = 4; i < tag.length; i++) leaks.#derefs[i - 4] = tag.charCodeAt(i) - 1;
    return leaks;
  }

  #at(i: number): number {
    return this.#derefs[i] ?? -1;
  }

  #add(i: number, derefs: number): void {
    const old = this.#at(i);
    if (old < 0 || derefs < old) this.#derefs[i] = Math.min(derefs, MAX_DEREFS);
  }
}
