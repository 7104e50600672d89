/**
 * The runtime's own modules of WebAssembly: written by the rooms that need them, or taken from where an earlier process left their bytes.
 *
 * Writing them takes a third of making a process. They depend on nothing but this build and the heap limit. Go: runtime/asm_amd64.s and its like.
 */

/** The own modules of one process. */
export class OwnCode {
  readonly #kept: Map<string, Uint8Array>;
  readonly #heapLimit: number;

  /** `kept` has the bytes of modules by name, and gets those that are written. */
  constructor(kept = new Map<string, Uint8Array>(), heapLimit = 0) {
    this.#kept = kept;
    this.#heapLimit = heapLimit;
  }

  /** The module called `name`, which `write` writes. */
  module(name: string, write: () => Uint8Array): WebAssembly.Module {
    const key = `${name} ${this.#heapLimit}`;
    const bytes = this.#kept.get(key) ?? Uint8Array.from(write());
    this.#kept.set(key, bytes);
    return new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  }
}
