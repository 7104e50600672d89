/**
 * How long V8 waits before it compiles and optimises a function of ours.
 *
 * A program that runs for a second ends before most of that work pays: of the CPU time of a program that sorts, an eighth went into optimising
 * the compiler, which runs once. The value is V8's own flag, for the whole process; who asks for another sets the usual one back before
 * anything is loaded or kept in compiled form (src/load.cjs), for V8 refuses that under other flags.
 */
import { createRequire } from "node:module";
import type * as V8 from "node:v8";

/** `--interrupt-budget` of V8 by version, where it is known: bytes of bytecode that a function runs through before V8 looks at it. */
const USUAL: Readonly<Record<string, number>> = { "11.3": 67_584 };

/** What is going on: what is done once, a Go program with our collector beside it, anything else. */
export type Phase = "compile" | "run" | "usual";

/**
 * V8's flags for plain machine code of a function when it is first called, and its usual ones. The first is for functions that are compiled then; those
 * from a compiled form (src/load.cjs) have it once they have run through so many bytes of bytecode, usually eight times their own. Code of ours is
 * valid, so that V8 need not look at functions before they are called (a cell's module: 0.13 to 0.05 ms).
 */
const HASTE = {
  on: "--wasm-lazy-validation --always-sparkplug --no-baseline-batch-compilation --interrupt-budget-for-feedback-allocation=60 --interrupt-budget-factor-for-feedback-allocation=1",
  off: "--no-wasm-lazy-validation --no-always-sparkplug --baseline-batch-compilation --interrupt-budget-for-feedback-allocation=940 --interrupt-budget-factor-for-feedback-allocation=8",
} as const;

/** Whether V8 makes plain machine code of a function when it is first called, where that is known to pay: for a process that answers many small questions, from the first on. */
export function haste(on: boolean): void {
  if (usualBudget() !== undefined) setFlagsFromString(on ? HASTE.on : HASTE.off);
}

const usualBudget = (): number | undefined => USUAL[/^\d+\.\d+/.exec(process.versions.v8)?.[0] ?? ""];

/** Tells V8 what is going on; nothing where its usual value is not known. */
export function patience(phase: Phase): void {
  const usual = usualBudget();
  if (usual === undefined) return;
  setFlagsFromString(`--interrupt-budget=${usual * (phase === "compile" ? 9 : phase === "run" ? 3 : 1)}`);
}

/** Sets a flag of V8. The module is loaded when it is needed: it brings Node's streams with it. */
function setFlagsFromString(flag: string): void {
  (createRequire(import.meta.url)("node:v8") as typeof V8).setFlagsFromString(flag);
}
