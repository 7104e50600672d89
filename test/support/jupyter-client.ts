/** A small Jupyter client over ZeroMQ: starts the real kernel on free ports, sends requests, collects what comes back. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zmq from "zeromq";

export interface Reply {
  readonly header: { readonly msg_type: string; readonly msg_id: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Record<string, unknown>;
}

const DELIMITER = "<IDS|MSG>";

async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: n }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    })),
  );
  const ports = servers.map((s) => (s.address() as { port: number }).port);
  await Promise.all(servers.map((s) => new Promise((resolve) => s.close(resolve))));
  return ports;
}

export class JupyterClient {
  readonly process: ChildProcess;
  readonly iopub: Reply[] = [];
  readonly #key = "secret";
  readonly #shell = new zmq.Dealer({ linger: 0 });
  readonly #control = new zmq.Dealer({ linger: 0 });
  readonly #stdin: zmq.Dealer;
  readonly #heartbeat = new zmq.Request({ linger: 0 });
  readonly #sub = new zmq.Subscriber({ linger: 0 });
  readonly #replies: Reply[] = [];
  readonly #wake = new Set<() => void>();
  #stopped = false;
  /** Answers to input requests, in order. */
  readonly inputs: string[] = [];
  /** Input requests that came while nobody was there to type. */
  unanswered = 0;
  absent = false;

  private constructor(process: ChildProcess, ports: readonly number[]) {
    this.process = process;
    const identity = randomUUID();
    this.#shell.routingId = identity;
    this.#stdin = new zmq.Dealer({ linger: 0, routingId: identity });
    const at = (i: number) => `tcp://127.0.0.1:${ports[i]}`;
    this.#shell.connect(at(0));
    this.#sub.connect(at(1));
    this.#sub.subscribe();
    this.#stdin.connect(at(2));
    this.#control.connect(at(3));
    this.#heartbeat.connect(at(4));
    for (const reading of [this.#read(this.#shell, this.#replies), this.#read(this.#control, this.#replies), this.#read(this.#sub, this.iopub), this.#answerInputs()]) {
      reading.catch((error: unknown) => {
        if (!this.#stopped) throw error;
      });
    }
  }

  /** Starts the kernel and connects to it. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<JupyterClient> {
    const ports = await freePorts(5);
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const file = join(mkdtempSync(join(tmpdir(), "gomem-kernel-")), "connection.json");
    writeFileSync(file, JSON.stringify({ transport: "tcp", ip: "127.0.0.1", key: "secret", signature_scheme: "hmac-sha256", shell_port, iopub_port, stdin_port, control_port, hb_port }));
    const process_ = spawn(process.execPath, ["dist/kernel/main.js", file], { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, GOMEM_HISTORY: "off", ...env } });
    const client = new JupyterClient(process_, ports);
    await client.until(() => client.iopub.find((m) => m.header.msg_type === "iopub_welcome"), "the welcome on iopub", 20_000);
    return client;
  }

  /** Sends a request and waits for its reply and, on shell, for idle. */
  async request(type: string, content: object, options: { channel?: "shell" | "control"; timeout?: number } = {}): Promise<Reply> {
    const id = await this.send(type, content, options.channel ?? "shell");
    const timeout = options.timeout ?? 20_000;
    const reply = await this.until(() => this.#replies.find((r) => r.parent_header.msg_id === id), `a reply to ${type}`, timeout);
    await this.until(() => this.of(id).find((m) => m.content["execution_state"] === "idle"), `idle after ${type}`, timeout);
    return reply;
  }

  /** Sends a request; answers its id. */
  async send(type: string, content: object, channel: "shell" | "control" = "shell"): Promise<string> {
    const msg_id = randomUUID();
    const header = { msg_id, msg_type: type, username: "u", session: "s", date: new Date().toISOString(), version: "5.5" };
    const parts = [header, {}, {}, content].map((p) => JSON.stringify(p));
    const hmac = createHmac("sha256", this.#key);
    for (const p of parts) hmac.update(p);
    await this.raw([DELIMITER, hmac.digest("hex"), ...parts], channel);
    return msg_id;
  }

  /** Sends frames as they are. */
  async raw(frames: (string | Buffer)[], channel: "shell" | "control" = "shell"): Promise<void> {
    await (channel === "shell" ? this.#shell : this.#control).send(frames);
  }

  execute(code: string, more: object = {}, timeout = 20_000): Promise<Reply> {
    return this.request("execute_request", { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true, ...more }, { timeout });
  }

  /** The reply to request `id`, when it has come. */
  reply(id: string): Promise<Reply> {
    return this.until(() => this.#replies.find((r) => r.parent_header.msg_id === id), "a reply", 20_000);
  }

  /** What was published for a request. */
  of(id: string | undefined): Reply[] {
    return this.iopub.filter((m) => m.parent_header.msg_id === id);
  }

  /** Text of a stream published for a request. */
  stream(id: string | undefined, name: "stdout" | "stderr" = "stdout"): string {
    return this.of(id).filter((m) => m.header.msg_type === "stream" && m.content["name"] === name).map((m) => m.content["text"]).join("");
  }

  /** Milliseconds that a heartbeat takes. */
  async beat(): Promise<number> {
    const begun = performance.now();
    await this.#heartbeat.send("ping");
    await this.#heartbeat.receive();
    return performance.now() - begun;
  }

  /** Waits until `found` answers something. */
  async until<T>(found: () => T | undefined, what: string, timeout: number): Promise<T> {
    const end = Date.now() + timeout;
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      const left = end - Date.now();
      if (left <= 0) throw new Error(`waited in vain for ${what}`);
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#wake.delete(done);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(done, Math.min(left, 500));
        this.#wake.add(done);
      });
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const s of [this.#shell, this.#control, this.#stdin, this.#sub, this.#heartbeat]) s.close();
    if (this.process.exitCode === null) {
      const gone = new Promise((resolve) => this.process.once("exit", resolve));
      this.process.kill("SIGKILL");
      await gone;
    }
  }

  async #read(socket: AsyncIterable<Buffer[]>, into: Reply[]): Promise<void> {
    for await (const frames of socket) {
      const message = unpack(frames);
      into.push(message);
      for (const wake of [...this.#wake]) wake();
    }
  }

  async #answerInputs(): Promise<void> {
    for await (const frames of this.#stdin) {
      const request = unpack(frames);
      if (request.header.msg_type !== "input_request") continue;
      if (this.absent) {
        this.unanswered++;
        for (const wake of [...this.#wake]) wake();
        continue;
      }
      const parts = [{ ...request.header, msg_type: "input_reply", msg_id: randomUUID() }, request.header, {}, { value: this.inputs.shift() ?? "" }].map((p) => JSON.stringify(p));
      const hmac = createHmac("sha256", this.#key);
      for (const p of parts) hmac.update(p);
      await this.#stdin.send([DELIMITER, hmac.digest("hex"), ...parts]);
    }
  }
}

function unpack(frames: readonly Buffer[]): Reply {
  const at = frames.findIndex((f) => f.toString() === DELIMITER);
  const [header, parent_header, , content] = frames.slice(at + 2).map((f) => JSON.parse(f.toString()) as never);
  return { header, parent_header, content } as unknown as Reply;
}
