/**
 * What each request means: a message in, messages out. Knows neither sockets nor Go; the engine and the wire are given.
 *
 * Every request is framed by `busy` and `idle` with the request as parent. Protocol: jupyter_client "Messaging", version 5.5.
 */
import type { EngineLink } from "./link.ts";
import type { History } from "./history.ts";
import { executeCell } from "./execute.ts";
import { info } from "./info.ts";
import { toCodePoints, toUtf16 } from "./unicode.ts";
import { failure, type Json, type Message, type Outgoing } from "./wire.ts";

/** Where answers go. */
export interface Outlet {
  reply(channel: "shell" | "control", to: Message, message: Outgoing): void;
  publish(message: Outgoing): void;
  /** Asks the client of `to` for a line on stdin. */
  requestInput(to: Message, prompt: string): Promise<string | undefined>;
}

export interface KernelPorts {
  readonly engine: Pick<EngineLink, "execute" | "ask" | "interrupt">;
  readonly history: History;
  readonly outlet: Outlet;
  readonly version: string;
  readonly ports: Json;
  /** Aborts the cells that have arrived and wait. */
  abortWaiting(): void;
  /** Ends the process once what is queued has left. */
  shutdown(): void;
}

export class Handler {
  readonly ports: KernelPorts;
  /** Number of the last counted cell. */
  count = 0;

  constructor(ports: KernelPorts) {
    this.ports = ports;
  }

  /** Serves one request. */
  async serve(channel: "shell" | "control", message: Message): Promise<void> {
    const { outlet } = this.ports;
    const status = (execution_state: string) => outlet.publish({ type: "status", content: { execution_state }, parent: message });
    status("busy");
    try {
      await this.#dispatch(channel, message);
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      outlet.reply(channel, message, { type: replyType(message), content: failure("InternalError", evalue), parent: message });
    } finally {
      status("idle");
    }
  }

  /** Answers a cell that will not run because an earlier one failed. */
  abort(message: Message): void {
    const { outlet } = this.ports;
    outlet.publish({ type: "status", content: { execution_state: "busy" }, parent: message });
    const content = { status: "aborted", execution_count: this.count, user_expressions: {}, payload: [] };
    outlet.reply("shell", message, { type: "execute_reply", content, parent: message });
    outlet.publish({ type: "status", content: { execution_state: "idle" }, parent: message });
  }

  async #dispatch(channel: "shell" | "control", message: Message): Promise<void> {
    const { content } = message;
    const reply = (type: Outgoing["type"], answer: Json): void => this.ports.outlet.reply(channel, message, { type, content: answer, parent: message });
    switch (message.header.msg_type) {
      case "kernel_info_request":
        return reply("kernel_info_reply", info(this.ports.version));
      case "execute_request":
        return executeCell(this, message);
      case "complete_request":
        return reply("complete_reply", await this.#complete(content));
      case "inspect_request":
        return reply("inspect_reply", await this.#inspect(content));
      case "is_complete_request":
        return reply("is_complete_reply", await this.#isComplete(content));
      case "history_request":
        return reply("history_reply", { status: "ok", history: this.ports.history.answer(content) });
      case "comm_info_request":
        return reply("comm_info_reply", { status: "ok", comms: {} });
      case "comm_open":
        this.ports.outlet.publish({ type: "comm_close", content: { comm_id: content["comm_id"], data: {} }, parent: message });
        return;
      case "connect_request":
        return reply("connect_reply", { status: "ok", ...this.ports.ports });
      case "interrupt_request":
        this.ports.engine.interrupt();
        return reply("interrupt_reply", { status: "ok" });
      case "shutdown_request":
        return this.#shutdown(channel, message);
      default:
        return;
    }
  }

  #shutdown(channel: "shell" | "control", message: Message): void {
    const content = { status: "ok", restart: message.content["restart"] === true };
    this.ports.outlet.publish({ type: "shutdown_reply", content, parent: message });
    this.ports.outlet.reply(channel, message, { type: "shutdown_reply", content, parent: message });
    this.ports.shutdown();
  }

  async #complete(content: Json): Promise<Json> {
    const place = codeAndPosition(content);
    if (!place) return failure("BadRequest", "complete_request needs code and cursor_pos");
    const { matches, start, end } = await this.ports.engine.ask({ kind: "complete", ...place });
    const [from, to] = [toCodePoints(place.code, start), toCodePoints(place.code, end)];
    return {
      status: "ok",
      matches: matches.map((m) => m.text),
      cursor_start: from,
      cursor_end: to,
      metadata: { _jupyter_types_experimental: matches.map((m) => ({ ...m, start: from, end: to })) },
    };
  }

  async #inspect(content: Json): Promise<Json> {
    const place = codeAndPosition(content);
    if (!place) return failure("BadRequest", "inspect_request needs code and cursor_pos");
    const detail = content["detail_level"] === 1 ? 1 : 0;
    const found = await this.ports.engine.ask({ kind: "inspect", ...place, detail });
    return { status: "ok", found: found !== undefined, data: found?.data ?? {}, metadata: found?.metadata ?? {} };
  }

  async #isComplete(content: Json): Promise<Json> {
    if (typeof content["code"] !== "string") return failure("BadRequest", "is_complete_request needs code");
    const { status, indent } = await this.ports.engine.ask({ kind: "isComplete", code: content["code"] });
    return status === "incomplete" ? { status, indent } : { status };
  }
}

const replyType = (message: Message): Outgoing["type"] => message.header.msg_type.replace(/_request$/, "_reply") as Outgoing["type"];

/** `code` and its cursor in UTF-16 units, clamped; undefined if they are not a text and a number. */
function codeAndPosition(content: Json): { code: string; at: number } | undefined {
  const { code, cursor_pos: position } = content as { code?: unknown; cursor_pos?: unknown };
  if (typeof code !== "string") return undefined;
  if (position !== undefined && typeof position !== "number") return undefined;
  return { code, at: toUtf16(code, Math.max(0, position ?? Number.POSITIVE_INFINITY)) };
}
