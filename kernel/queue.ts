/**
 * The shell queue: requests are served one after another, in the order in which they came.
 *
 * After a failed cell with `stop_on_error` everything that had *already arrived* is aborted and anything later runs: the boundary is the
 * number of arrivals at that moment, not a timer, so a cell typed right after an error is never lost.
 */
import type { Message } from "./wire.ts";

export interface QueueHandlers {
  serve(message: Message): Promise<void>;
  abort(message: Message): void;
}

export class Queue {
  readonly #handlers: QueueHandlers;
  readonly #waiting: { readonly message: Message; readonly arrival: number }[] = [];
  #arrivals = 0;
  #abortUpTo = 0;
  #serving = false;

  constructor(handlers: QueueHandlers) {
    this.#handlers = handlers;
  }

  push(message: Message): void {
    this.#waiting.push({ message, arrival: ++this.#arrivals });
    if (!this.#serving) void this.#drain();
  }

  /** Aborts every execute request that has arrived so far and is not being served. */
  abortWaiting(): void {
    this.#abortUpTo = this.#arrivals;
  }

  async #drain(): Promise<void> {
    this.#serving = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (next.arrival <= this.#abortUpTo && next.message.header.msg_type === "execute_request") {
        this.#handlers.abort(next.message);
        continue;
      }
      await this.#handlers.serve(next.message);
    }
    this.#serving = false;
  }
}
