/**
 * The five ZeroMQ sockets of a kernel. The only file that imports zeromq.
 *
 * One outgoing queue for all sockets keeps the order that clients rely on (iopub before the reply) and the rule of zeromq.js
 * that only one send may be under way per socket. Messages mean nothing here: frames in, frames out.
 */
import { createRequire } from "node:module";
import type * as Zmq from "zeromq";
import { type Connection, addressOf } from "./connection.ts";

export type Channel = "shell" | "control" | "stdin" | "iopub";
export type Frames = readonly (Uint8Array | string)[];

export interface SocketHandlers {
  /** Frames that came on shell, control or stdin. */
  received(channel: "shell" | "control" | "stdin", frames: readonly Uint8Array[]): void;
  /** A subscriber of iopub asked for a topic. */
  subscribed(topic: Uint8Array): void;
}

export interface Sockets {
  /** Begins to read: what a client has sent meanwhile comes first. */
  read(handlers: SocketHandlers): void;
  send(channel: Channel, frames: Frames): void;
  /** Sends what is queued, then closes. */
  close(): Promise<void>;
}

/** Binds the five sockets. `fault` is told of faults of the host that end nothing (a client that is gone, an undeliverable frame). */
export async function openSockets(connection: Connection, fault: (text: string) => void): Promise<Sockets> {
  // Asked for by `import()`, it would bring Node's loader of ES modules with it, a tenth of the start.
  const zmq = createRequire(import.meta.url)("zeromq") as typeof Zmq;
  const options = { linger: 1000, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const sockets = {
    shell: new zmq.Router(options),
    control: new zmq.Router(options),
    stdin: new zmq.Router(options),
    iopub: new zmq.XPublisher({ ...options, verbosity: "allSubs" }),
  };
  const heartbeat = new zmq.Router(options);
  const { ports } = connection;
  await Promise.all([
    ...(["shell", "control", "stdin", "iopub"] as const).map((name) => sockets[name].bind(addressOf(connection, ports[name]))),
    heartbeat.bind(addressOf(connection, ports.heartbeat)),
  ]);

  const queue: { readonly channel: Channel; readonly frames: Frames }[] = [];
  let sending: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        await sockets[next.channel].send([...next.frames]);
      } catch (error) {
        fault(`cannot send on ${next.channel}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    sending = undefined;
  };
  const reading = async (each: () => Promise<void>): Promise<void> => {
    try {
      await each();
    } catch (error) {
      fault(`a socket stopped: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  void reading(async () => {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  });

  return {
    read(handlers) {
      for (const name of ["shell", "control", "stdin"] as const) {
        void reading(async () => {
          for await (const frames of sockets[name]) handlers.received(name, frames);
        });
      }
      void reading(async () => {
        for await (const [frame] of sockets.iopub) if (frame?.[0] === 1) handlers.subscribed(frame.subarray(1));
      });
    },
    send(channel, frames) {
      queue.push({ channel, frames });
      // A send takes a tenth of a millisecond: whoever has a question for the engine asks it first.
      sending ??= Promise.resolve().then(drain);
    },
    async close() {
      await sending;
      for (const socket of [...Object.values(sockets), heartbeat]) socket.close();
    },
  };
}
