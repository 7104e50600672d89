/** The thread on which the shell runs Go: executes one command line and posts the exit code. */
import { parentPort, workerData } from "node:worker_threads";
import { Lab } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import { execute } from "./execute.ts";
import { EXIT } from "./exit.ts";
import { write } from "./terminal.ts";

const { words, shared } = workerData as { words: Arguments; shared: SharedArrayBuffer };
const flag = new Int32Array(shared);

execute(words, { lab: (options) => new Lab(options), interrupted: () => Atomics.load(flag, 0) !== 0 }).then(
  (code) => parentPort?.postMessage(code),
  (error: unknown) => {
    write(2, `gomem: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    parentPort?.postMessage(EXIT.bug);
  },
);
