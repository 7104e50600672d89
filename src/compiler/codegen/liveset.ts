/** Sets of a function's locals, as bits: the currency of liveness. */

export class LiveSet {
  readonly #words: Uint32Array;

  constructor(words: Uint32Array | number) {
    this.#words = typeof words === "number" ? new Uint32Array((words + 31) >>> 5) : words;
  }

  has(id: number): boolean {
    return (((this.#words[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
  }

  add(id: number): void {
    this.#words[id >>> 5] = (this.#words[id >>> 5] ?? 0) | (1 << (id & 31));
  }

  delete(id: number): void {
    this.#words[id >>> 5] = (this.#words[id >>> 5] ?? 0) & ~(1 << (id & 31));
  }

  copy(): LiveSet {
    return new LiveSet(this.#words.slice());
  }

  /** Adds what `other` holds; returns whether anything was new. */
  union(other: LiveSet): boolean {
    let grew = false;
    for (let i = 0; i < this.#words.length; i++) {
      const old = this.#words[i] ?? 0;
      const all = (old | (other.#words[i] ?? 0)) >>> 0;
      if (all !== old) {
        this.#words[i] = all;
        grew = true;
      }
    }
    return grew;
  }

  /** Keeps only what `other` holds too. */
  intersect(other: LiveSet): void {
    for (let i = 0; i < this.#words.length; i++) this.#words[i] = (this.#words[i] ?? 0) & (other.#words[i] ?? 0);
  }

  /** Removes what `other` holds. */
  subtract(other: LiveSet): void {
    for (let i = 0; i < this.#words.length; i++) this.#words[i] = (this.#words[i] ?? 0) & ~(other.#words[i] ?? 0);
  }

  /** Calls `f` with each member, smallest first. */
  forEach(f: (id: number) => void): void {
    for (let i = 0; i < this.#words.length; i++) {
      for (let rest = this.#words[i] ?? 0; rest !== 0; rest &= rest - 1) f(i * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
}
