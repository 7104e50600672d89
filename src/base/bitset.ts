/** A growing set of small whole numbers. */
export class BitSet {
  #words = new Uint32Array(1);

  has(i: number): boolean {
    return (((this.#words[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
  }

  /** Adds `i`; returns whether it was new. */
  add(i: number): boolean {
    const word = i >>> 5;
    if (word >= this.#words.length) {
      const bigger = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      bigger.set(this.#words);
      this.#words = bigger;
    }
    const old = this.#words[word] ?? 0;
    this.#words[word] = old | (1 << (i & 31));
    return ((old >>> (i & 31)) & 1) === 0;
  }

  delete(i: number): void {
    const word = i >>> 5;
    if (word < this.#words.length) this.#words[word] = (this.#words[word] ?? 0) & ~(1 << (i & 31));
  }
}
