/**
 * The connection file: what Jupyter writes for a kernel to find its sockets.
 *
 * Reads and checks it; binds nothing. Unknown keys are ignored. Protocol: jupyter_client, "Connection files".
 */
import { readFileSync } from "node:fs";

export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly ports: { readonly shell: number; readonly iopub: number; readonly stdin: number; readonly control: number; readonly heartbeat: number };
  /** HMAC key; empty: messages are not signed. */
  readonly key: string;
}

/** Reads a connection file; throws an Error in plain words when it cannot be used. */
export function readConnection(path: string): Connection {
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`cannot read the connection file ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseConnection(file);
}

/** The connection that a parsed file describes. */
export function parseConnection(file: unknown): Connection {
  if (typeof file !== "object" || file === null) throw new Error("the connection file holds no object");
  const get = (name: string): unknown => (file as Readonly<Record<string, unknown>>)[name];
  if (get("registration_endpoint") !== undefined && get("shell_port") === undefined) {
    throw new Error("the connection file asks for the handshake of protocol 5.6, which this kernel does not speak; start it with fixed ports");
  }
  const port = (name: string): number => {
    const value = get(name);
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw new Error(`the connection file has no ${name}`);
    return value;
  };
  const scheme = get("signature_scheme") ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") throw new Error(`signature scheme ${String(scheme)} is not supported: use hmac-sha256`);
  const transport = get("transport") ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") throw new Error(`transport ${String(transport)} is not supported: use tcp or ipc`);
  const ports = { shell: port("shell_port"), iopub: port("iopub_port"), stdin: port("stdin_port"), control: port("control_port"), heartbeat: port("hb_port") };
  return { transport, ip: String(get("ip") ?? "127.0.0.1"), ports, key: String(get("key") ?? "") };
}

/** The ZeroMQ address of a port. */
export const addressOf = (c: Connection, port: number): string => `${c.transport}://${c.ip}${c.transport === "ipc" ? "-" : ":"}${port}`;
