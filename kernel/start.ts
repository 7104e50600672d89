/**
 * Connection file in, kernel running.
 *
 * The main thread only carries messages: sockets, queue, handler. Go runs on the engine's thread (link.ts, worker.ts), so heartbeat, control
 * and interrupts are answered while a cell loops. Imports stay small: what is heavy loads on the other thread.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { readConnection } from "./connection.ts";
import { Handler } from "./handler.ts";
import { History } from "./history.ts";
import { EngineLink } from "./link.ts";
import { Queue } from "./queue.ts";
import { type Sockets, openSockets } from "./sockets.ts";
import { type Message, type Outgoing, Wire } from "./wire.ts";

/** Binds the sockets of a connection file and serves them until shutdown. Throws when the file cannot be used. */
export async function startKernel(connectionFile: string): Promise<void> {
  const connection = readConnection(connectionFile);
  const wire = new Wire(connection.key);
  const inputs: { waiting?: (line: string | undefined) => void } = {};
  let announced = false;
  let closing = false;

  const publish = (message: Outgoing): void => sockets.send("iopub", wire.pack([message.type], message));
  const outlet = {
    publish,
    reply: (channel: "shell" | "control", to: Message, message: Outgoing) => sockets.send(channel, wire.pack(to.identities, message)),
    requestInput: (to: Message, prompt: string) =>
      new Promise<string | undefined>((resolve) => {
        inputs.waiting = resolve;
        sockets.send("stdin", wire.pack(to.identities, { type: "input_request", content: { prompt, password: false }, parent: to }));
      }),
  };
  const shutdown = (): void => {
    if (closing) return;
    closing = true;
    setTimeout(async () => {
      await Promise.all([engine.close(), sockets.close()]);
      process.exit(0);
    }, 10);
  };
  const { ports } = connection;
  const shown = { shell_port: ports.shell, iopub_port: ports.iopub, stdin_port: ports.stdin, hb_port: ports.heartbeat, control_port: ports.control };
  const sockets: Sockets = await openSockets(connection, log);
  // Not before: while its thread starts, it takes time from what a client waits for first.
  const engine = new EngineLink();
  const handler = new Handler({ engine, history: new History(), outlet, version: packageVersion(), ports: shown, abortWaiting: () => queue.abortWaiting(), shutdown });
  const queue = new Queue({ serve: (m) => handler.serve("shell", m), abort: (m) => handler.abort(m) });

  sockets.read({
    received(channel, frames) {
      const message = wire.unpack(frames);
      if ("reason" in message) return log(`dropped a message on ${channel}: bad ${message.reason}`);
      if (channel === "stdin") {
        const value = message.content["value"];
        if (message.header.msg_type === "input_reply") inputs.waiting?.(typeof value === "string" ? value : "");
      } else if (channel === "control") void handler.serve("control", message);
      else queue.push(message);
    },
    subscribed(topic) {
      sockets.send("iopub", wire.pack([topic], { type: "iopub_welcome", content: { subscription: Buffer.from(topic).toString() } }));
      if (announced) return;
      announced = true;
      publish({ type: "status", content: { execution_state: "starting" } });
    },
  });
  process.on("SIGINT", () => engine.interrupt());
  process.on("SIGTERM", shutdown);
  watchParent(shutdown);
}

/** Ends the kernel when the process that started it is gone. */
function watchParent(gone: () => void): void {
  const parent = Number(process.env["JPY_PARENT_PID"] ?? 0);
  if (!(parent > 1)) return;
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") gone();
    }
  }, 1000).unref();
}

const packageVersion = (): string => {
  const file = new URL("../../package.json", import.meta.url);
  return String((JSON.parse(readFileSync(file, "utf8")) as { version: unknown }).version);
};

/** Writes to the file that GOMEM_KERNEL_LOG names, if it names one. */
function log(text: string): void {
  const file = process.env["GOMEM_KERNEL_LOG"];
  if (file) appendFileSync(file, `${new Date().toISOString()} ${text}\n`);
}
