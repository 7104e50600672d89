/**
 * Checks texts on a thread with a deep stack, as the doors do: what comes back is what was said, never an exception.
 *
 * The thread runs the built code, because threads cannot load TypeScript.
 */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** MiB of native stack: the kernel's. */
const STACK_MIB = 256;

/** What came of one text. */
export interface Answer {
  /** `error: …` or `unsupported: …`, as they are printed; empty for a right program. */
  readonly said: readonly string[];
  /** An exception that nobody caught. */
  readonly thrown?: string;
  readonly ms: number;
}

const BODY = `
const { parentPort, workerData } = require("node:worker_threads");
(async () => {
  const { analyse, check } = await import(workerData + "compiler/index.js");
  const { formatDiagnostic, Unsupported } = await import(workerData + "base/diagnostic.js");
  const { stdImporter } = await import(workerData + "std/index.js");
  const importer = stdImporter();
  const answer = (text, whole) => {
    const checked = check({ files: [{ name: "./p.go", text }], importer, goroot: "/usr/local/go" });
    const wrong = checked.diagnostics.length > 0 || !whole ? checked.diagnostics : analyse(checked, { m: 1 }).unsupported;
    return wrong.map((d) => d.kind + ": " + formatDiagnostic(d));
  };
  parentPort.on("message", ({ text, whole }) => {
    const begun = Date.now();
    try {
      parentPort.postMessage({ said: answer(text, whole), ms: Date.now() - begun });
    } catch (e) {
      if (e instanceof Unsupported) parentPort.postMessage({ said: [formatDiagnostic(e.diagnostic)], ms: Date.now() - begun });
      else parentPort.postMessage({ said: [], thrown: String(e && e.stack), ms: Date.now() - begun });
    }
  });
})();
`;

/** Where the built code is. */
const built = new URL("../../dist/src/", import.meta.url);

/** Whether there is built code to run. */
export const isBuilt = existsSync(new URL("compiler/syntax/generated-parser.js", built));

export class CheckingThread {
  readonly #worker = new Worker(BODY, { eval: true, workerData: built.href, resourceLimits: { stackSizeMb: STACK_MIB, maxOldGenerationSizeMb: 2048 } });

  /** Checks a file; with `whole`, analyses it too. Fails if the thread dies. */
  check(text: string, whole = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#worker.removeAllListeners();
      this.#worker.once("message", resolve);
      this.#worker.once("error", reject);
      this.#worker.once("exit", () => reject(new Error("the thread ended")));
      this.#worker.postMessage({ text, whole });
    });
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }
}
