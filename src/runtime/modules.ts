/**
 * Where the modules of one process come from: compiled, or put together from machine code that an earlier process left of the same bytes.
 *
 * A module that has a name may be found in what is kept, and told of again at the end (`machineCode`). Which functions are worth being optimised is
 * known by those who ran them. Whether kept code is used changes how long a program takes and nothing else.
 *
 * Go has nothing like it: its linker writes machine code.
 */
import type { MachineCode } from "../base/machine-code.ts";
import { compileOptimised } from "../base/optimised.ts";

/** A module and its machine code. */
export interface KeptModule {
  readonly bytes: Uint8Array;
  readonly code: Uint8Array;
}

/** Machine code of modules by name, as one process leaves it to the next. */
export interface KeptCode {
  readonly modules: ReadonlyMap<string, KeptModule>;
  /** Symbols of functions that were busy, whose normal code is among it. */
  readonly busy: ReadonlySet<string>;
}

/** The modules of one process. */
export class Modules {
  readonly #ask: (() => MachineCode | undefined) | undefined;
  readonly #kept: KeptCode | undefined;
  /** Those with names, each with one of the functions that it defines. */
  readonly #made = new Map<string, { readonly bytes: Uint8Array; readonly module: WebAssembly.Module; readonly func: () => Function | undefined }>();

  /** `machine` is asked when it is needed: loading it takes a millisecond. Without it everything is compiled and nothing is told of. */
  constructor(machine?: () => MachineCode | undefined, kept?: KeptCode) {
    this.#ask = machine;
    this.#kept = machine && kept;
  }

  /** Whether an earlier process has left code, so that what is busy is optimised but for exceptions. */
  get warm(): boolean {
    return this.#kept !== undefined;
  }

  /** Whether the normal code of this function is optimised from the start. */
  isBusy(symbol: string): boolean {
    return this.#kept?.busy.has(symbol) ?? false;
  }

  /** The module of `bytes` that is kept under `name`. */
  make(bytes: Uint8Array, name: string): WebAssembly.Module {
    return this.#taken(bytes, name) ?? new WebAssembly.Module(bytes);
  }

  /** The same, optimised as a whole; undefined if it is too large for that. */
  makeOptimised(bytes: Uint8Array<ArrayBuffer>, name: string): WebAssembly.Module | undefined {
    return this.#taken(bytes, name) ?? compileOptimised(bytes);
  }

  /** `module` was made of `bytes` under `name`; `func` is a function that it defines. */
  know(name: string, bytes: Uint8Array, module: WebAssembly.Module, func: () => Function | undefined): void {
    if (this.#ask) this.#made.set(name, { bytes, module, func });
  }

  #taken(bytes: Uint8Array, name: string): WebAssembly.Module | undefined {
    const kept = this.#kept?.modules.get(name);
    // A function of the library is linked to what is there already, so its module may be another one in the next process.
    return kept && Buffer.compare(kept.bytes, bytes) === 0 ? this.#ask?.()?.module(kept.code, bytes) : undefined;
  }

  /** What the process has optimised of its modules by now, and `busy` functions besides, by symbol; undefined if it cannot be told. */
  machineCode(busy: ReadonlyMap<string, Function>): KeptCode | undefined {
    const machine = this.#ask?.();
    if (!machine) return undefined;
    const symbols = new Set(this.#kept?.busy);
    for (const [symbol, func] of busy) if (machine.optimise(func)) symbols.add(symbol);
    const modules = new Map<string, KeptModule>();
    for (const [name, { bytes, module, func }] of this.#made) {
      const own = func();
      const code = own && machine.of(module, own);
      if (code) modules.set(name, { bytes, code });
    }
    return { modules, busy: symbols };
  }
}
