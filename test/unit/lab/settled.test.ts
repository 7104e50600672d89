import { expect, test } from "vitest";
import { Lab } from "../../../src/index.ts";

/** Runs cells as the kernel does: between two of them it prepares the next. Answers the last values. */
function session(cells: readonly string[], ahead: boolean): string[] {
  const lab = new Lab({});
  const shown: string[] = [];
  for (const cell of cells) {
    lab.cell(cell, (o) => shown.push(o.kind === "value" ? o.text : o.kind === "error" ? o.ename : o.kind === "stream" ? o.text : o.kind));
    if (ahead) lab.prepare().next();
  }
  return shown;
}

const CELLS = [
  "x := 1\nxs := []int{1}",
  "x = 2\nxs = append(xs, 2)\npanic(1)",
  "[]int{x, len(xs)}",
  "gc",
  "x = 3\nxs[0] = 7\nvar m map[string]int\nm[\"a\"] = 1",
  "append([]int{x}, xs...)",
  "x = 4",
  "x = 5\npanic(2)",
  "x",
];

test("what is taken ahead for the next cell changes no answer: neither after a failed cell nor after a command", () => {
  const shown = session(CELLS, true);
  expect(shown).toEqual(session(CELLS, false));
  expect(shown.filter((s) => /^[\d[ \]]+$/.test(s))).toEqual(["[1 1]", "[1 1]", "4"]);
});
