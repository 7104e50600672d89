/**
 * A map that can be taken back to an earlier state: it writes down what each change replaced.
 *
 * Asking for a place to return to costs nothing, however much the map holds. Nothing is ever taken out of the map but by going back.
 *
 * Go: no counterpart.
 */

export class JournalMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #replaced: { readonly key: K; readonly value: V | undefined }[] = [];

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#replaced.push({ key, value: this.#map.get(key) });
    this.#map.set(key, value);
  }

  /** The present state, to be given to `restore`. */
  save(): number {
    return this.#replaced.length;
  }

  /** Undoes every change after `saved`, the last one first. */
  restore(saved: number): void {
    for (const { key, value } of this.#replaced.splice(saved).reverse()) {
      if (value === undefined) this.#map.delete(key);
      else this.#map.set(key, value);
    }
  }
}
