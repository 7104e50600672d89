/** What goes wrong around a kernel: endless loops, floods of output, cells that are too long, clients and parents that are gone, an engine that dies. */
import { spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

const LOOP = "for {\n}";
const request = (code: string, more: object = {}) => ({ code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true, ...more });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const started: JupyterClient[] = [];
async function kernel(env: Readonly<Record<string, string>> = {}): Promise<JupyterClient> {
  const client = await JupyterClient.start(env);
  started.push(client);
  return client;
}
afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const result = (client: JupyterClient, id: string | undefined) => {
  const data = client.of(id).find((m) => m.header.msg_type === "execute_result")?.content["data"] as Record<string, string> | undefined;
  return data?.["text/plain"];
};

/** Starts an endless loop and waits until it runs. */
async function loop(client: JupyterClient, code = LOOP): Promise<string> {
  const id = await client.send("execute_request", request(code));
  await client.until(() => client.of(id).find((m) => m.header.msg_type === "execute_input"), "the cell to start", 20_000);
  await pause(300);
  return id;
}

test("SIGINT stops an endless loop as the message does, and the session is kept", async () => {
  const client = await kernel();
  await client.execute("kept := 7");
  const id = await loop(client);
  client.process.kill("SIGINT");
  expect((await client.reply(id)).content).toMatchObject({ status: "error", ename: "Interrupted" });
  expect(result(client, (await client.execute("kept")).parent_header.msg_id)).toBe("7");
});

test("an interrupt aborts the cells that wait, and leaves the next ones alone", async () => {
  const client = await kernel();
  const running = await loop(client);
  const waiting = await client.send("execute_request", request("1"));
  await pause(50);
  await client.send("interrupt_request", {}, "control");
  expect((await client.reply(running)).content["ename"]).toBe("Interrupted");
  expect((await client.reply(waiting)).content["status"]).toBe("aborted");
  expect((await client.execute("2")).content["status"]).toBe("ok");
});

test("a second interrupt ends an engine that does not listen; the finished cells are run again", async () => {
  const client = await kernel();
  await client.execute("kept := 7");
  const id = await loop(client);
  await client.send("interrupt_request", {}, "control");
  await client.send("interrupt_request", {}, "control");
  expect((await client.reply(id)).content).toMatchObject({ status: "error", ename: "Interrupted" });
  expect(result(client, (await client.execute("kept")).parent_header.msg_id)).toBe("7");
});

test("an engine that runs out of memory is replaced, and the cell is told", async () => {
  const client = await kernel({ GOMEM_ENGINE_HEAP: "60" });
  await client.execute("kept := 7");
  const big = `var big = []int{${"1,".repeat(1_500_000)}}`;
  const reply = await client.execute(big, {}, 60_000);
  expect(reply.content["status"]).toBe("error");
  expect(await client.beat()).toBeLessThan(1000);
  expect(result(client, (await client.execute("kept", {}, 30_000)).parent_header.msg_id)).toBe("7");
}, 120_000);

test("shutdown in an endless loop leaves no process behind", async () => {
  const client = await kernel();
  await loop(client);
  const exit = new Promise<number | null>((resolve) => client.process.once("exit", resolve));
  const begun = performance.now();
  await client.send("shutdown_request", { restart: true }, "control");
  expect(await exit).toBe(0);
  expect(performance.now() - begun).toBeLessThan(2000);
  const reply = client.iopub.find((m) => m.header.msg_type === "shutdown_reply");
  expect(reply?.content).toEqual({ status: "ok", restart: true });
});

test("a kernel whose parent is gone ends", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const client = await kernel({ JPY_PARENT_PID: String(parent.pid) });
  const exit = new Promise<number | null>((resolve) => client.process.once("exit", resolve));
  parent.kill("SIGKILL");
  expect(await exit).toBe(0);
});

test("a flood of output is cut with a line that says so", async () => {
  const client = await kernel({ GOMEM_MAX_OUTPUT: "100000" });
  const reply = await client.execute('package main\n\nimport "fmt"\n\nfunc main() {\n\tfor i := range 100_000 {\n\t\tfmt.Println(i, "some words to fill the line")\n\t}\n}', {}, 60_000);
  expect(reply.content["status"]).toBe("ok");
  const text = client.stream(reply.parent_header.msg_id);
  expect(text.length).toBeLessThan(200_000);
  expect(text).toContain("[output cut after 100000 characters (GOMEM_MAX_OUTPUT)]");
  expect(client.of(reply.parent_header.msg_id).length).toBeLessThan(40);
}, 90_000);

test("a cell of 50 MB is refused, and so many waiting cells are held", async () => {
  const client = await kernel();
  const reply = await client.execute(`// ${"x".repeat(50_000_000)}`, {}, 60_000);
  expect(reply.content).toMatchObject({ status: "error", ename: "BadRequest" });
  const ids: string[] = [];
  for (let i = 0; i < 500; i++) ids.push(await client.send("execute_request", request("")));
  for (const id of ids) expect((await client.reply(id)).content["status"]).toBe("ok");
}, 120_000);

test("a program that reads a line gets what the user types; without stdin it is at the end of the file", async () => {
  const code = 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tbuf := make([]byte, 64)\n\tn, err := os.Stdin.Read(buf)\n\tfmt.Printf("%q %v\\n", buf[:n], err)\n}';
  const client = await kernel();
  client.inputs.push("hello");
  const typed = await client.execute(code, { allow_stdin: true });
  expect(client.stream(typed.parent_header.msg_id)).toBe('"hello\\n" <nil>\n');
  const none = await client.execute(code);
  expect(client.stream(none.parent_header.msg_id)).toBe('"" EOF\n');
});

test("an interrupt ends a cell that waits for a line, and nothing behind it runs", async () => {
  const client = await kernel();
  await client.execute('import "fmt"\nvar name string\nafter := 0');
  client.absent = true;
  const id = await client.send("execute_request", { ...request("fmt.Scan(&name)\nafter = 1"), allow_stdin: true });
  await client.until(() => (client.unanswered > 0 ? true : undefined), "a request for input", 20_000);
  await client.send("interrupt_request", {}, "control");
  expect((await client.reply(id)).content).toMatchObject({ status: "error", ename: "Interrupted" });
  expect(result(client, (await client.execute("after")).parent_header.msg_id)).toBe("0");
});

test("a broken connection file ends the kernel with 1 and a plain sentence", async () => {
  const child = spawn(process.execPath, ["dist/kernel/main.js", "/nowhere/connection.json"], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (d) => (text += d));
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
  expect(text).toMatch(/^gomem: cannot read the connection file \/nowhere\/connection.json: .*\n$/);
});
