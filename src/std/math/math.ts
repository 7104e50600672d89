/** Natives of package math: what WebAssembly has as instructions. The only mathematics that is taken from the host (decisions.md 23). */
import type { Natives } from "../../runtime/index.ts";

/** Bodies of the functions that math.go declares without one. */
export const mathNatives: Natives = new Map([
  ["math.sqrt", () => (x: number) => Math.sqrt(x)],
  ["math.floor", () => (x: number) => Math.floor(x)],
  ["math.ceil", () => (x: number) => Math.ceil(x)],
  ["math.trunc", () => (x: number) => Math.trunc(x)],
]);
