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

test("a session whose first cell was rehearsed answers as one that was not: values, memory, time, addresses", () => {
  const cells = ["x := 1", "fmt.Println(x, &x)\nprintln(&x, len(fmt.Sprint(x)))", "func f() {}\nvar g = f", "fmt.Printf(\"%p %v\\n\", g, g != nil)", "gc", "heap"];
  const run = (rehearsed: boolean): string[] => {
    const lab = new Lab({});
    if (rehearsed) for (const steps = lab.prepare(); !steps.next().done; );
    const shown: string[] = [];
    for (const cell of cells) lab.cell(cell, (o) => shown.push(JSON.stringify(o)));
    return shown;
  };
  expect(run(true)).toEqual(run(false));
});
