/** History: tail, range and search over what a session typed. */
import { appendFileSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { History } from "../../../kernel/history.ts";

const fresh = () => join(mkdtempSync(join(tmpdir(), "gomem-history-")), "h.jsonl");

function filled(file: string): History {
  const history = new History(file);
  ["1+2", "x := 1", "1-2", "1+2"].forEach((input, i) => history.add(i + 1, input, `out ${i}`));
  history.save();
  return history;
}

test("tail gives the last n, with outputs as pairs when asked", () => {
  const history = filled(fresh());
  expect(history.answer({ hist_access_type: "tail", n: 2 })).toEqual([[1, 3, "1-2"], [1, 4, "1+2"]]);
  expect(history.answer({ hist_access_type: "tail", n: 1, output: true })).toEqual([[1, 4, ["1+2", "out 3"]]]);
});

test("search takes shell patterns, unique keeps the latest of equal inputs", () => {
  const history = filled(fresh());
  expect(history.answer({ hist_access_type: "search", pattern: "1?2" }).length).toBe(3);
  expect(history.answer({ hist_access_type: "search", pattern: "1+*", unique: true })).toEqual([[1, 4, "1+2"]]);
});

test("range counts sessions back from the present one, and a later session finds the file", () => {
  const file = fresh();
  filled(file);
  const later = new History(file);
  later.add(1, "later", "");
  later.save();
  expect(later.answer({ hist_access_type: "range", session: 0, start: 1, stop: 9 })).toEqual([[2, 1, "later"]]);
  expect(later.answer({ hist_access_type: "range", session: -1, start: 2, stop: 4 })).toEqual([[1, 2, "x := 1"], [1, 3, "1-2"]]);
  expect(readFileSync(file, "utf8").trim().split("\n").length).toBe(5);
});

test("what another kernel writes meanwhile is not among the earlier sessions, and a line cut short is left out", () => {
  const file = fresh();
  filled(file);
  appendFileSync(file, `${JSON.stringify({ session: 1, line: 5, input: `long ${"x".repeat(9000)}`, output: "" })}\n{"session":1,"li`);
  const later = new History(file);
  appendFileSync(file, `\n${JSON.stringify({ session: 9, line: 1, input: "other", output: "" })}\n`);
  later.add(1, "mine", "");
  const found = later.answer({ hist_access_type: "tail", n: 3 }) as [number, number, string][];
  expect(found.map(([session, line, input]) => [session, line, input.slice(0, 6)])).toEqual([[1, 4, "1+2"], [1, 5, "long x"], [2, 1, "mine"]]);
});

test("a file of more than eight megabytes is made shorter when a kernel starts", () => {
  const file = fresh();
  const line = (n: number) => `${JSON.stringify({ session: 3, line: n, input: `${n} ${"y".repeat(100_000)}`, output: "" })}\n`;
  appendFileSync(file, Array.from({ length: 100 }, (_, i) => line(i)).join(""));
  const history = new History(file);
  expect(statSync(file).size).toBeLessThan(5_000_000);
  history.add(1, "new", "");
  const found = history.answer({ hist_access_type: "tail", n: 2 }) as [number, number, string][];
  expect(found.map(([session, n]) => [session, n])).toEqual([[3, 99], [4, 1]]);
});
