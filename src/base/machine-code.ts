/**
 * V8's optimised machine code of WebAssembly modules as bytes: taken out of one process, put into another that then compiles nothing.
 *
 * V8 does this for browsers and lets nobody else ask but in its own test language, so it is done only where it was tried. Code is taken again by the same
 * build of V8 on a processor with the same features under the same flags only, which V8 checks itself; anything else is no code, without a word.
 * What V8 does not check is whether the bytes are what it wrote: who keeps them must know that they are undamaged and belong to that module. V8 ends the
 * process when it is asked for code of a module that has none, so that question is asked in one way only, with a function that was just optimised.
 */
import { createRequire } from "node:module";
import type * as V8 from "node:v8";

/** The versions of V8 with which it was tried: those of Node 20, 22 and 24. */
const TRIED = ["11.3", "12.4", "13.6"];

/** The three questions, in V8's own language. */
interface Questions {
  readonly optimise: (func: Function) => void;
  readonly serialise: (module: WebAssembly.Module) => ArrayBuffer;
  readonly deserialise: (code: ArrayBuffer, wire: Uint8Array) => WebAssembly.Module | undefined;
}

/** Does something while V8's flags are the ones that machine code is kept under. */
export type Usually = <T>(work: () => T) => T;

/** Machine code in this process. Made by `machineCode`. */
export class MachineCode {
  readonly #ask: Questions;
  readonly #usually: Usually;
  readonly #functions = new WebAssembly.Table({ element: "anyfunc", initial: 1 });

  constructor(ask: Questions, usually: Usually) {
    this.#ask = ask;
    this.#usually = usually;
  }

  /** Has V8 optimise at once a function that a module of WebAssembly defines and exports; false if it will not. */
  optimise(func: Function): boolean {
    try {
      // A table takes functions of WebAssembly only, and V8 ends the process when it is asked to optimise another.
      this.#functions.set(0, func);
      this.#functions.set(0, null);
      this.#ask.optimise(func);
      return true;
    } catch {
      return false;
    }
  }

  /** The optimised code of `module`, of one of whose instances `func` is a function that it defines; `func` is optimised first. Undefined if there is none. */
  of(module: WebAssembly.Module, func: Function): Uint8Array | undefined {
    try {
      return this.optimise(func) ? new Uint8Array(this.#ask.serialise(module)) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The module of these bytes, `wire`, with the code that `of` gave for it; undefined if this V8 does not take it. */
  module(code: Uint8Array, wire: Uint8Array): WebAssembly.Module | undefined {
    try {
      // V8 wants a whole buffer, and reads the bytes of the module wherever they lie.
      const { buffer } = Uint8Array.from(code);
      return this.#usually(() => this.#ask.deserialise(buffer, wire));
    } catch {
      return undefined;
    }
  }
}

/** How machine code is asked for here; undefined where it was never tried. `usually` sees to it that V8 takes what was kept, where flags are changed (patience.ts). */
export function machineCode(usually: Usually = (work) => work(), version = process.versions.v8): MachineCode | undefined {
  if (!TRIED.includes(/^\d+\.\d+/.exec(version)?.[0] ?? "")) return undefined;
  const { setFlagsFromString } = createRequire(import.meta.url)("node:v8") as typeof V8;
  setFlagsFromString("--allow-natives-syntax");
  try {
    return new MachineCode({
      optimise: new Function("f", "%WasmTierUpFunction(f)") as Questions["optimise"],
      serialise: new Function("m", "return %SerializeWasmModule(m)") as Questions["serialise"],
      deserialise: new Function("b", "w", "return %DeserializeWasmModule(b, w)") as Questions["deserialise"],
    }, usually);
  } catch {
    return undefined;
  } finally {
    setFlagsFromString("--no-allow-natives-syntax");
  }
}
