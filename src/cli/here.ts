/**
 * `run` on the caller's thread: another thread would cost half of what a small program takes from start to end.
 *
 * Nothing of ours is asked while Go runs; Ctrl-C is heard by Node's watch over a script, which ends whatever runs. What was shown until then
 * is kept. A program that is nested too deeply for this thread's stack is left to a worker.
 */
import { Script } from "node:vm";
import { type Phase, patience } from "../base/patience.ts";
import type { LabOptions } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import { type Bench, execute } from "./execute.ts";
import { EXIT } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** The property under which the watched script finds its work. */
const WORK = "gomem.work";

/** Executes `words` in the laboratory that `lab` makes, where `before` goes on until Go runs; answers the exit code, or that a deeper stack is needed: then nothing has run or been shown. */
export async function executeHere(words: Arguments, lab: (options: LabOptions) => Bench, before: Phase): Promise<number | "too deep"> {
  let terminal: Terminal | undefined;
  let phase = before;
  const work = (): Promise<number | "too deep"> =>
    execute(words, {
      lab,
      // First asked when Go runs.
      interrupted: () => {
        if (phase !== "run") patience((phase = "run"));
        return false;
      },
      usually: (part) => {
        if (phase === "usual") return part();
        patience("usual");
        try {
          return part();
        } finally {
          patience(phase);
        }
      },
      shallow: true,
      opened: (opened) => (terminal = opened),
    });
  if (phase !== "usual") patience(phase);
  try {
    return await watched(work);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    terminal?.show({ kind: "error", ename: "Interrupted", evalue: "interrupted", traceback: ["interrupted"] });
    terminal?.finish();
    return EXIT.interrupted;
  } finally {
    if (phase !== "usual") patience("usual");
  }
}

/** Runs `work`; Ctrl-C ends its synchronous part with an error. */
function watched<T>(work: () => T): T {
  const key = Symbol.for(WORK);
  Object.defineProperty(globalThis, key, { value: work, configurable: true });
  try {
    return new Script(`globalThis[Symbol.for(${JSON.stringify(WORK)})]()`).runInThisContext({ breakOnSigint: true }) as T;
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}
