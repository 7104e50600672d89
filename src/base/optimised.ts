/**
 * Compiles WebAssembly at once with V8's optimising compiler, where the host lets its flags be changed.
 *
 * V8 compiles a function quickly at its first call and well when it has been busy; a loop that is entered once never sees the second. The two
 * flags count only while `new Module` runs and are put back at once, so no other module is touched.
 */
import { setFlagsFromString } from "node:v8";

/** Larger modules would keep the thread for too long; V8 optimises them in the background. */
const MOST = 16_384;

/** The module of `bytes`, optimised; undefined if it is too large for that. */
export function compileOptimised(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  if (bytes.length > MOST) return undefined;
  setFlagsFromString("--no-liftoff");
  setFlagsFromString("--no-wasm-lazy-compilation");
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString("--liftoff");
    setFlagsFromString("--wasm-lazy-compilation");
    // Turned off by the first: without it nothing that is compiled later gets faster, and V8 refuses compiled scripts (src/load.cjs).
    setFlagsFromString("--wasm-dynamic-tiering");
  }
}
