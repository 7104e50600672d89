/**
 * Runs a verb of the lab from the shell.
 *
 * Analysis and `run` happen on this thread, unless a program is nested too deep for its stack. Whatever else runs Go happens on a worker with a
 * deep stack, so that Ctrl-C is heard and what was shown so far is kept.
 */
import type { Arguments } from "./arguments.ts";
import { EXIT } from "./exit.ts";

/** Verbs that never run Go. */
const STILL = new Set(["escape", "help", "set", "show", "inline", "why", "explain"]);

/** MiB of native stack for a run; recursion in Go ends at Go's own limit before it. */
const STACK_MIB = 900;

/** Runs the verb and answers the exit code of the process. */
export async function runVerb(words: Arguments): Promise<number> {
  if (STILL.has(words.verb)) {
    const { executeStill } = await import("./still.ts");
    const code = await executeStill(words);
    if (code !== "too deep") return code;
  }
  if (words.verb === "run" && !(words.args[0] ?? "").endsWith(".ipynb")) {
    const code = await runHere(words);
    if (code !== "too deep") return code;
  }
  return runInWorker(words);
}

/** Runs a program: with what the cache has of it, or else compiled, which the cache then has. */
async function runHere(words: Arguments): Promise<number | "too deep"> {
  const { cacheOf } = await import("./cache.ts");
  const cache = cacheOf(words, process.env);
  const kept = cache?.read();
  if (cache && kept) {
    const { runAgain } = await import("./again.ts");
    return runAgain(words, kept, cache);
  }
  const { runAfresh } = await import("./afresh.ts");
  return runAfresh(words, cache);
}

async function runInWorker(words: Arguments): Promise<number> {
  // Loaded when it is needed: it brings Node's streams with it.
  const { Worker } = await import("node:worker_threads");
  const shared = new SharedArrayBuffer(4);
  const flag = new Int32Array(shared);
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    workerData: { words, shared },
    resourceLimits: { stackSizeMb: STACK_MIB, maxOldGenerationSizeMb: 4096 },
  });
  return new Promise((resolve) => {
    let presses = 0;
    const interrupt = (): void => {
      Atomics.store(flag, 0, 1);
      if (++presses > 1) void worker.terminate().then(() => resolve(EXIT.interrupted));
    };
    process.on("SIGINT", interrupt);
    worker.on("message", (code: number) => resolve(code));
    worker.on("error", (error) => {
      console.error(`gomem: the engine ended: ${error.message}`);
      resolve(EXIT.bug);
    });
    worker.on("exit", (code) => {
      process.off("SIGINT", interrupt);
      resolve(code);
    });
  });
}
