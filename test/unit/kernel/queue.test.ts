/** The shell queue: order, and what is aborted after an error. */
import { expect, test } from "vitest";
import { Queue } from "../../../kernel/queue.ts";
import type { Message } from "../../../kernel/wire.ts";

const message = (msg_id: string, msg_type = "execute_request"): Message => ({ identities: [], header: { msg_id, msg_type }, content: {} });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

function recorded(fails: readonly string[]) {
  const log: string[] = [];
  const queue: Queue = new Queue({
    async serve(m) {
      await Promise.resolve();
      log.push(`ran ${m.header.msg_id}`);
      if (fails.includes(m.header.msg_id)) queue.abortWaiting();
    },
    abort: (m) => void log.push(`aborted ${m.header.msg_id}`),
  });
  return { log, queue };
}

test("requests are served in the order in which they came", async () => {
  const { log, queue } = recorded([]);
  for (const id of ["a", "b", "c"]) queue.push(message(id));
  await settle();
  expect(log).toEqual(["ran a", "ran b", "ran c"]);
});

test("after a failed cell the waiting cells are aborted and other requests are served", async () => {
  const { log, queue } = recorded(["a"]);
  for (const m of [message("a"), message("b"), message("info", "kernel_info_request"), message("c")]) queue.push(m);
  await settle();
  expect(log).toEqual(["ran a", "aborted b", "ran info", "aborted c"]);
});

test("a cell that comes after the error runs", async () => {
  const { log, queue } = recorded(["a"]);
  queue.push(message("a"));
  await settle();
  queue.push(message("b"));
  await settle();
  expect(log).toEqual(["ran a", "ran b"]);
});

test("a cell that comes while the reply to the error is on its way runs", async () => {
  const log: string[] = [];
  const queue: Queue = new Queue({
    async serve(m) {
      log.push(`ran ${m.header.msg_id}`);
      if (m.header.msg_id !== "a") return;
      queue.abortWaiting();
      queue.push(message("b"));
      await settle();
    },
    abort: (m) => void log.push(`aborted ${m.header.msg_id}`),
  });
  queue.push(message("a"));
  await settle();
  await settle();
  expect(log).toEqual(["ran a", "ran b"]);
});
