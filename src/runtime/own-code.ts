/**
 * The runtime's own modules of WebAssembly: written by the rooms that need them, or taken from where an earlier process left their bytes.
 *
 * Writing them takes a third of making a process. They depend on nothing but this build and the heap limit. Go: runtime/asm_amd64.s and its like.
 */

import { Modules } from "./modules.ts";

/** The own modules of one process. */
export class OwnCode {
  readonly #kept: Map<string, Uint8Array>;
  readonly #heapLimit: number;
  readonly #modules: Modules;

  /** `kept` has the bytes of modules by name, and gets those that are written. */
  constructor(kept = new Map<string, Uint8Array>(), heapLimit = 0, modules = new Modules()) {
    this.#kept = kept;
    this.#heapLimit = heapLimit;
    this.#modules = modules;
  }

  /** What the module called `name`, which `write` writes, exports: functions only. */
  exports(name: string, write: () => Uint8Array, imports: WebAssembly.Imports): WebAssembly.Exports {
    const key = `${name} ${this.#heapLimit}`;
    const bytes = this.#kept.get(key) ?? Uint8Array.from(write());
    this.#kept.set(key, bytes);
    const module = this.#modules.make(bytes, `own ${key}`);
    const { exports } = new WebAssembly.Instance(module, imports);
    this.#modules.know(`own ${key}`, bytes, module, () => Object.values(exports).find((e) => typeof e === "function"));
    return exports;
  }
}
