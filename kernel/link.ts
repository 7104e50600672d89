/**
 * The engine's thread as the kernel sees it: asks, answers, interrupts, and a new thread when the old one is stuck or died.
 *
 * The thread runs worker.ts. An interrupt sets a shared word that the running program's slow path reads; if nothing answers within
 * the grace time the thread is ended and the session is rebuilt by running the cells that had succeeded, without showing them.
 */
import { Worker } from "node:worker_threads";
import { type Answers, type Ask, type FromWorker, SHARED, STDIN, type Shown, type ToWorker } from "./engine.ts";

/** MiB of memory that the engine may take besides Go's own heap. */
const ENGINE_HEAP = Number(process.env["GOMEM_ENGINE_HEAP"] ?? 4096);
/** How long an interrupt waits for the program to notice, in ms. */
const GRACE = 250;

export interface CellWatcher {
  shown(shown: Shown): void;
  /** Asks the user for a line; undefined is end of file. */
  input(prompt: string): Promise<string | undefined>;
}

interface Pending {
  readonly watcher: CellWatcher | undefined;
  readonly resolve: (answer: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
}

export class EngineLink {
  readonly #shared = new SharedArrayBuffer(SHARED.words * 4 + SHARED.stdinBytes);
  readonly #words = new Int32Array(this.#shared, 0, SHARED.words);
  readonly #pending = new Map<number, Pending>();
  readonly #kept: { readonly code: string; readonly cell: number }[] = [];
  #worker: Worker;
  #next = 1;
  #executing: number | undefined;
  #closed = false;

  constructor() {
    this.#worker = this.#start();
  }

  /** Runs a cell; what it shows goes to `watcher` in order. */
  async execute(ask: Extract<Ask, { kind: "execute" }>, watcher: CellWatcher): Promise<Answers["execute"]> {
    Atomics.store(this.#words, SHARED.interrupt, 0);
    const id = this.#next;
    this.#executing = id;
    try {
      const answer = (await this.#send(ask, watcher)) as Answers["execute"];
      if (answer.ok) this.#kept.push({ code: ask.code, cell: ask.cell });
      return answer;
    } finally {
      if (this.#executing === id) this.#executing = undefined;
    }
  }

  async ask<K extends "complete" | "inspect" | "isComplete">(ask: Extract<Ask, { kind: K }>): Promise<Answers[K]> {
    return (await this.#send(ask, undefined)) as Answers[K];
  }

  /** Stops the running cell, if there is one; a second call while it is being stopped ends the thread at once. */
  interrupt(): void {
    const id = this.#executing;
    if (id === undefined) return;
    const again = Atomics.exchange(this.#words, SHARED.interrupt, 1) === 1;
    Atomics.store(this.#words, SHARED.stdinState, STDIN.eof);
    Atomics.notify(this.#words, SHARED.stdinState);
    if (again) this.#replace(id);
    else if (Atomics.load(this.#words, SHARED.begun) === id) this.#allowGrace(id);
  }

  /** Ends the thread if the cell does not end by itself in time. A cell that the thread has not begun yet is given its time when it begins. */
  #allowGrace(id: number): void {
    setTimeout(() => this.#executing === id && this.#replace(id), GRACE).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.terminate();
  }

  #send(ask: Ask, watcher: CellWatcher | undefined): Promise<Answers[keyof Answers]> {
    const id = this.#next++;
    const message: ToWorker = { id, ask };
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { watcher, resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: { shared: this.#shared },
      resourceLimits: { stackSizeMb: 256, maxOldGenerationSizeMb: ENGINE_HEAP },
    });
    worker.on("message", (message: FromWorker) => this.#received(message));
    worker.on("error", (error) => this.#died(worker, error.message));
    worker.on("exit", () => this.#died(worker, "the engine ended"));
    return worker;
  }

  #received(message: FromWorker): void {
    if (message.kind === "ready") return;
    if (message.kind === "begun") {
      if (this.#executing === message.id && Atomics.load(this.#words, SHARED.interrupt) === 1) this.#allowGrace(message.id);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    switch (message.kind) {
      case "shown":
        return pending.watcher?.shown(message.shown);
      case "stdin":
        void this.#answerStdin(pending, message.prompt);
        return;
      case "answer":
        this.#pending.delete(message.id);
        if (message.last) pending.watcher?.shown(message.last);
        return pending.resolve(message.answer);
      case "failed":
        this.#pending.delete(message.id);
        return pending.reject(new Error(message.message));
    }
  }

  async #answerStdin(pending: Pending, prompt: string): Promise<void> {
    const line = await pending.watcher?.input(prompt);
    if (Atomics.load(this.#words, SHARED.stdinState) !== STDIN.asked) return;
    const bytes = Buffer.from(line ?? "", "utf8").subarray(0, SHARED.stdinBytes);
    new Uint8Array(this.#shared, SHARED.words * 4, bytes.length).set(bytes);
    Atomics.store(this.#words, SHARED.stdinLength, bytes.length);
    Atomics.store(this.#words, SHARED.stdinState, line === undefined ? STDIN.eof : STDIN.answered);
    Atomics.notify(this.#words, SHARED.stdinState);
  }

  /** Ends a thread that does not listen and starts another with the session's cells. */
  #replace(id: number): void {
    const old = this.#worker;
    old.removeAllListeners();
    void old.terminate();
    this.#restart();
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.watcher?.shown(stopped("the engine did not answer; a new one was started and the finished cells were run again"));
    pending?.resolve({ ok: false, expressions: {} });
  }

  #died(worker: Worker, reason: string): void {
    if (this.#closed || worker !== this.#worker) return;
    worker.removeAllListeners();
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#restart();
    for (const pending of lost) pending.reject(new Error(`${reason}; a new engine was started and the finished cells were run again`));
  }

  #restart(): void {
    Atomics.store(this.#words, SHARED.interrupt, 0);
    Atomics.store(this.#words, SHARED.stdinState, STDIN.idle);
    this.#worker = this.#start();
    for (const { code, cell } of this.#kept) {
      this.#worker.postMessage({ id: this.#next++, ask: { kind: "execute", code, cell, allowStdin: false, expressions: {} } } satisfies ToWorker);
    }
  }
}

const stopped = (evalue: string): Shown => ({ kind: "error", ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] });
