/**
 * The wire: Jupyter messages to and from ZeroMQ frames.
 *
 * Frames are `identities… <IDS|MSG> signature header parent metadata content buffers…`. A message with a wrong signature, too few parts
 * or broken JSON is answered as a reason, never as an exception. Knows no socket.
 *
 * Protocol: jupyter_client, "The Wire Protocol", version 5.5.
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { KernelMessage } from "@jupyterlab/services";

export const PROTOCOL_VERSION = "5.5";
const DELIMITER = Buffer.from("<IDS|MSG>");

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

export interface Message {
  readonly identities: readonly Uint8Array[];
  readonly header: Json & { readonly msg_id: string; readonly msg_type: string };
  readonly content: Json;
}

/** What is sent: a type and content, the request it answers, and the identities of who asked (or a topic). */
export interface Outgoing {
  readonly type: KernelMessage.MessageType | "iopub_welcome" | "connect_reply";
  readonly content: Json;
  readonly parent?: Message | undefined;
  readonly metadata?: Json;
}

/** The content of a reply that says what went wrong. */
export const failure = (ename: string, evalue: string): Json => ({ status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] });

export class Wire {
  readonly #key: string;
  readonly #session = randomUUID();

  constructor(key: string) {
    this.#key = key;
  }

  /** The frames of a message, for a socket that wants `identities` first. */
  pack(identities: readonly (Uint8Array | string)[], message: Outgoing): (Uint8Array | string)[] {
    const header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: message.type,
      version: PROTOCOL_VERSION,
    };
    const parts = [header, message.parent?.header ?? {}, message.metadata ?? {}, message.content].map((p) => Buffer.from(JSON.stringify(p), "utf8"));
    return [...identities, DELIMITER, this.#sign(parts), ...parts];
  }

  /** The message in `frames`, or why there is none. */
  unpack(frames: readonly Uint8Array[]): Message | { readonly reason: "form" | "signature" } {
    const at = frames.findIndex((f) => DELIMITER.equals(f));
    const [signature, ...parts] = frames.slice(at + 1);
    if (at < 0 || signature === undefined || parts.length < 4) return { reason: "form" };
    const signed = parts.slice(0, 4);
    if (!this.#verify(signature, signed)) return { reason: "signature" };
    try {
      const [header, , , content] = signed.map((p) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(p)) as unknown);
      if (!isObject(header) || !isObject(content)) return { reason: "form" };
      const { msg_id, msg_type } = header as { msg_id?: unknown; msg_type?: unknown };
      if (typeof msg_id !== "string" || typeof msg_type !== "string") return { reason: "form" };
      return { identities: frames.slice(0, at), header: { ...header, msg_id, msg_type }, content };
    } catch {
      return { reason: "form" };
    }
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #verify(signature: Uint8Array, parts: readonly Uint8Array[]): boolean {
    if (this.#key === "") return true;
    const expected = Buffer.from(this.#sign(parts));
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
