/**
 * `execute_request`: one cell from `busy` to its reply.
 *
 * Order on iopub: execute_input, outputs as they come (text batched), at most one error; then the reply. Outputs leave before the reply.
 */
import type { Shown } from "./engine.ts";
import type { Handler } from "./handler.ts";
import { failure, type Json, type Message, type Outgoing } from "./wire.ts";

/** A cell of more bytes is refused. */
const MAX_CELL = Number(process.env["GOMEM_MAX_CELL"] ?? 8 * 1024 * 1024);
/** A cell's text output is cut here, with a line that says so. */
const MAX_OUTPUT = Number(process.env["GOMEM_MAX_OUTPUT"] ?? 8 * 1024 * 1024);
/** Cells that a client sent together with one that fails have arrived so many ms after it; the reply to a failure is not sent before. */
const TOGETHER = 25;
/** Text is sent when this much is waiting, or after this many ms. */
const BATCH = { chars: 32 * 1024, ms: 20 };

/** Runs the cell of `message`. What waits is aborted by a failure, and the line is drawn before the reply leaves: what a client sends after it runs. */
export async function executeCell(handler: Handler, message: Message): Promise<void> {
  const begun = performance.now();
  const { content } = message;
  const { outlet, engine, history } = handler.ports;
  const code = content["code"];
  const refusal = refuse(code);
  const silent = content["silent"] === true;
  if (typeof code !== "string" || refusal !== undefined) {
    const answer = failure("BadRequest", refusal ?? "");
    if (!silent) outlet.publish({ type: "error", content: errorContent(answer), parent: message });
    if (content["stop_on_error"] !== false) handler.ports.abortWaiting();
    outlet.reply("shell", message, { type: "execute_reply", content: { ...answer, execution_count: handler.count, user_expressions: {}, payload: [] }, parent: message });
    return;
  }
  const counted = !silent && content["store_history"] !== false;
  if (counted) handler.count++;
  const cell = handler.count;
  const announce = () => !silent && outlet.publish({ type: "execute_input", content: { code, execution_count: cell }, parent: message });

  const sink = new Sink(message, silent, cell, (m) => outlet.publish(m));
  const input = content["allow_stdin"] === true ? (prompt: string) => (sink.flush(), outlet.requestInput(message, prompt)) : async () => undefined;
  let ok = true;
  let expressions: Json = {};
  if (code.trim() !== "") {
    try {
      const ask = { kind: "execute", code, cell, allowStdin: content["allow_stdin"] === true, expressions: expressionsOf(content) } as const;
      // The engine's thread is at work while the client is told so; nothing that it shows comes before.
      const running = engine.execute(ask, { shown: (s) => sink.show(s), input });
      announce();
      ({ ok, expressions } = await running);
    } catch (error) {
      ok = false;
      const evalue = error instanceof Error ? error.message : String(error);
      sink.show({ kind: "error", ename: "InternalError", evalue, traceback: [`InternalError: ${evalue}`] });
    }
  } else announce();
  sink.flush();
  if (counted && code.trim() !== "") history.add(cell, code, sink.result);
  const stop = !ok && content["stop_on_error"] !== false;
  const base = { execution_count: cell, user_expressions: expressions, payload: sink.payload };
  const answer = ok ? { status: "ok", ...base } : { status: "error", ...sink.error, ...base };
  if (stop) {
    await passed(begun + TOGETHER);
    handler.ports.abortWaiting();
  }
  outlet.reply("shell", message, { type: "execute_reply", content: answer, parent: message });
}

/** Waits until the clock shows `time`. A cell that failed at once must not overtake what was sent with it; one that took longer waits no more. */
async function passed(time: number): Promise<void> {
  const left = time - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

function refuse(code: unknown): string | undefined {
  if (typeof code !== "string") return "execute_request needs code";
  return Buffer.byteLength(code) > MAX_CELL ? `the cell is longer than ${MAX_CELL} bytes (GOMEM_MAX_CELL)` : undefined;
}

function expressionsOf(content: Json): Readonly<Record<string, string>> {
  const given = content["user_expressions"];
  if (typeof given !== "object" || given === null) return {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

const errorContent = (answer: Json): Json => ({ ename: answer["ename"], evalue: answer["evalue"], traceback: answer["traceback"] });

/** Turns what a cell shows into iopub messages; joins text that comes in small pieces. */
class Sink {
  error: Json = { ename: "InternalError", evalue: "the cell failed without a reason", traceback: [] };
  /** Plain text of the last result, for the history. */
  result = "";
  readonly payload: Json[] = [];
  readonly #message: Message;
  readonly #silent: boolean;
  readonly #cell: number;
  readonly #publish: (message: Outgoing) => void;
  #waiting: { name: "stdout" | "stderr"; text: string } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #display = 0;

  constructor(message: Message, silent: boolean, cell: number, publish: (message: Outgoing) => void) {
    this.#message = message;
    this.#silent = silent;
    this.#cell = cell;
    this.#publish = publish;
  }

  show(shown: Shown): void {
    if (shown.kind === "stream") return this.#text(shown.name, shown.text);
    this.flush();
    switch (shown.kind) {
      case "display":
        return this.#send("display_data", { ...bundleOf(shown.bundle), transient: { display_id: `${this.#message.header.msg_id}-${this.#display++}` } });
      case "result":
        this.result = String(shown.bundle.data["text/plain"] ?? "");
        return this.#send("execute_result", { ...bundleOf(shown.bundle), execution_count: this.#cell });
      case "clear":
        return this.#send("clear_output", { wait: shown.wait });
      case "page":
        this.payload.push({ source: "page", ...bundleOf(shown.bundle), start: 0 });
        return;
      case "error":
        this.error = { ename: shown.ename, evalue: shown.evalue, traceback: shown.traceback };
        return this.#send("error", this.error);
    }
  }

  /** Sends text that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#send("stream", waiting);
  }

  #text(name: "stdout" | "stderr", text: string): void {
    if (this.#sent > MAX_OUTPUT) return;
    this.#sent += text.length;
    const shown = this.#sent > MAX_OUTPUT ? `${text}\n[output cut after ${MAX_OUTPUT} characters (GOMEM_MAX_OUTPUT)]\n` : text;
    if (this.#waiting && this.#waiting.name !== name) this.flush();
    this.#waiting = { name, text: (this.#waiting?.text ?? "") + shown };
    if (this.#waiting.text.length >= BATCH.chars) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH.ms);
  }

  #send(type: Outgoing["type"], content: Json): void {
    if (!this.#silent) this.#publish({ type, content, parent: this.#message });
  }
}

const bundleOf = (b: { readonly data: Json; readonly metadata: Json }): Json => ({ data: b.data, metadata: b.metadata });
