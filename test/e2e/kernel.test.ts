/** The real kernel over real sockets: every request, bad input, interrupt, errors and the queue behind them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

let client: JupyterClient;
beforeAll(async () => {
  client = await JupyterClient.start();
  await client.request("kernel_info_request", {});
});
afterAll(() => client.stop());

const types = (id: string | undefined) => client.of(id).map((m) => m.header.msg_type);
const LOOP = "for {\n}";

describe("kernel", () => {
  test("says who it is on shell and on control, and welcomes subscribers", async () => {
    for (const channel of ["shell", "control"] as const) {
      const reply = await client.request("kernel_info_request", {}, { channel });
      expect(reply.content).toMatchObject({ status: "ok", protocol_version: "5.5", implementation: "gomem", language_info: { name: "go", file_extension: ".go" } });
    }
    const welcome = client.iopub.findIndex((m) => m.header.msg_type === "iopub_welcome");
    const starting = client.iopub.findIndex((m) => m.content["execution_state"] === "starting");
    expect(welcome).toBeGreaterThanOrEqual(0);
    expect(starting).toBeGreaterThan(welcome);
    expect(client.iopub.filter((m) => m.content["execution_state"] === "starting").length).toBe(1);
  });

  test("a program's output is a stream, in the order busy, input, stream, idle", async () => {
    const reply = await client.execute('package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello, 𨭎") }');
    const id = reply.parent_header.msg_id;
    expect(reply.content["status"]).toBe("ok");
    expect(client.stream(id)).toBe("hello, 𨭎\n");
    expect(types(id)).toEqual(["status", "execute_input", "stream", "status"]);
  });

  test("the article's program in one cell, escape in the next", async () => {
    await client.execute('package main\n\nimport "fmt"\n\nfunc newInt() *int {\n\tx := 42\n\treturn &x\n}\n\nfunc main() {\n\tp := newInt()\n\tfmt.Println(*p)\n}');
    const reply = await client.execute("escape");
    const shown = client.of(reply.parent_header.msg_id).find((m) => m.header.msg_type === "display_data");
    const data = shown?.content["data"] as Record<string, string>;
    expect(data["text/plain"]).toMatch(/^# command-line-arguments\n\.\/cell\d+\.go:5:6: can inline newInt\n/);
    expect(data["text/plain"]).toContain("6:2: moved to heap: x\n");
    expect(data["text/html"]).toContain("on the heap");
  });

  test("an expression's value is the result", async () => {
    const reply = await client.execute("1 + 2");
    const result = client.of(reply.parent_header.msg_id).find((m) => m.header.msg_type === "execute_result");
    expect(result?.content["data"]).toMatchObject({ "text/plain": "3" });
    expect(result?.content["execution_count"]).toBe(reply.content["execution_count"]);
  });

  test("a panic is an error with Go's text, and the next cell runs", async () => {
    const reply = await client.execute("package main\n\nfunc main() {\n\ta := []int{1, 2, 3}\n\ti := 3\n\t_ = a[i]\n}");
    expect(reply.content).toMatchObject({ status: "error", ename: "GoPanic", evalue: "panic: runtime error: index out of range [3] with length 3" });
    expect(client.of(reply.parent_header.msg_id).filter((m) => m.header.msg_type === "error").length).toBe(1);
    expect((await client.execute("2")).content["status"]).toBe("ok");
  });

  test("a compile error has Go's words and the cell's positions", async () => {
    const reply = await client.execute("package main\n\nfunc main() {\n\tx := 1\n}");
    expect(reply.content).toMatchObject({ status: "error", ename: "CompileError" });
    expect(reply.content["evalue"]).toMatch(/^\.\/cell\d+\.go:4:2: declared and not used: x$/);
  });

  test("after an error what waits is aborted and what comes later runs", async () => {
    const body = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    const ids = await Promise.all(["escpae", "1", "2"].map((code) => client.send("execute_request", { ...body, code })));
    const replies = await Promise.all(ids.map((id) => client.reply(id)));
    expect(replies.map((r) => r.content["status"])).toEqual(["error", "aborted", "aborted"]);
    expect(replies[0]?.content["traceback"]).toEqual(['gomem: unknown command "escpae"', '\tdid you mean "escape"?']);
    expect((await client.execute("3")).content["status"]).toBe("ok");
  });

  test("silent cells publish only status and do not count", async () => {
    const before = (await client.execute("1")).content["execution_count"];
    const reply = await client.execute("1", { silent: true });
    expect(types(reply.parent_header.msg_id)).toEqual(["status", "status"]);
    expect((await client.execute("1", { store_history: false })).content["execution_count"]).toBe(before);
  });

  test("an endless loop is interrupted within a second, heartbeat and control answer meanwhile, the session is kept", async () => {
    await client.execute("kept := 7");
    const id = await client.send("execute_request", { code: LOOP, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true });
    await client.until(() => client.of(id).find((m) => m.header.msg_type === "execute_input"), "the cell to start", 5000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await client.beat()).toBeLessThan(100);
    const info = performance.now();
    await client.request("kernel_info_request", {}, { channel: "control" });
    expect(performance.now() - info).toBeLessThan(500);
    const begun = performance.now();
    await client.send("interrupt_request", {}, "control");
    const reply = await client.reply(id);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    const after = await client.execute("kept");
    expect(client.of(after.parent_header.msg_id).find((m) => m.header.msg_type === "execute_result")?.content["data"]).toMatchObject({ "text/plain": "7" });
  });

  test("an interrupt with nothing running changes nothing", async () => {
    const reply = await client.request("interrupt_request", {}, { channel: "control" });
    expect(reply.content["status"]).toBe("ok");
    expect((await client.execute("1")).content["status"]).toBe("ok");
  });

  test("completes verbs and Go names in code points", async () => {
    const verbs = await client.request("complete_request", { code: "esc", cursor_pos: 3 });
    expect(verbs.content["matches"]).toContain("escape");
    const code = '// 𨭎\nfmt.Prin';
    const names = await client.request("complete_request", { code, cursor_pos: [...code].length });
    expect(names.content["matches"]).toContain("Println");
    expect(names.content["cursor_start"]).toBe([...code].length - 4);
  });

  test("inspects a verb, finds nothing for nonsense", async () => {
    const card = await client.request("inspect_request", { code: "escape", cursor_pos: 3, detail_level: 0 });
    expect(card.content).toMatchObject({ status: "ok", found: true });
    const nothing = await client.request("inspect_request", { code: "xyzzy", cursor_pos: 3, detail_level: 0 });
    expect(nothing.content).toMatchObject({ found: false, data: {} });
  });

  test.each([
    ["x := 1", "complete"],
    ["func f() {", "incomplete"],
    ["escape -m=2", "complete"],
    ["func ) {", "invalid"],
  ])("%j is %s", async (code, status) => {
    expect((await client.request("is_complete_request", { code })).content["status"]).toBe(status);
  });

  test("answers comm_info and history, closes unknown comms", async () => {
    expect((await client.request("comm_info_request", {})).content).toMatchObject({ status: "ok", comms: {} });
    expect((await client.request("history_request", { hist_access_type: "tail", n: 1, output: false, raw: true })).content["status"]).toBe("ok");
    const id = await client.send("comm_open", { comm_id: "c", target_name: "nobody", data: {} });
    await client.until(() => client.of(id).find((m) => m.header.msg_type === "comm_close"), "comm_close", 5000);
  });

  test("messages that are no messages are dropped and the next one is served", async () => {
    await client.raw(["nonsense"]);
    await client.raw(["<IDS|MSG>", "0".repeat(64), "{}", "{}", "{}", "{}"]);
    await client.raw(["<IDS|MSG>"]);
    expect((await client.execute("1")).content["status"]).toBe("ok");
  });

  test.each([[{}], [{ code: 7 }]])("execute without code (%j) is a bad request", async (content) => {
    expect((await client.request("execute_request", content)).content).toMatchObject({ status: "error", ename: "BadRequest" });
  });

  test("positions beyond the text and inside a pair are no exceptions", async () => {
    for (const cursor_pos of [-5, 99, 1]) {
      expect((await client.request("complete_request", { code: "𨭎", cursor_pos })).content["status"]).toBe("ok");
      expect((await client.request("inspect_request", { code: "𨭎", cursor_pos, detail_level: 0 })).content["status"]).toBe("ok");
    }
  });
});

test("shutdown replies, publishes and ends the process with 0, even in an endless loop", async () => {
  const other = await JupyterClient.start();
  await other.request("kernel_info_request", {});
  const id = await other.send("execute_request", { code: LOOP, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true });
  await other.until(() => other.of(id).find((m) => m.header.msg_type === "execute_input"), "the cell to start", 20_000);
  const exit = new Promise<number | null>((resolve) => other.process.once("exit", resolve));
  await other.send("shutdown_request", { restart: false }, "control");
  expect(await exit).toBe(0);
  await other.stop();
});
