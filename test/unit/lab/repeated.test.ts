/** A cell that says again what an earlier one said is what it would be if it were compiled: names, places, memory, time. */
import { expect, test } from "vitest";
import { Lab } from "../../../src/index.ts";

/** What the cells show, and what commands tell of the memory behind them. */
function session(cells: readonly string[]): string[] {
  const lab = new Lab({});
  return [...cells, "gc", "heap", "escape"].flatMap((cell) => {
    const shown: string[] = [cell.trim()];
    lab.cell(cell, (o) => shown.push(JSON.stringify(o).replace(/ +"/g, '"')));
    return shown;
  });
}

/** The same cells, each but the first of its kind with a text of its own that means the same. */
const fresh = (cells: readonly string[]): string[] => cells.map((c, i) => (cells.indexOf(c) === i ? c : c + " ".repeat(i)));

const CELLS: readonly (readonly [string, readonly string[]])[] = [
  ["values of expressions", ["1+1", "1+1", "1+1"]],
  ["a value that changes", ["x := 1", "x", "x++", "x", "x++", "x"]],
  ["allocations count for the cell that makes them", ["var kept [][]byte", "kept = append(kept, make([]byte, 5000))", "kept = append(kept, make([]byte, 5000))", "len(kept)", "len(kept)"]],
  ["a panic names the newest cell", ["xs := []int{1}", "xs[0]", "xs = xs[:0]", "xs[0]", "xs[0]"]],
  ["a declaration in between", ["x := 1", "x", 'x := "text"', "x", "x"]],
  ["a function declared anew", ["func f() int { return 1 }", "f()", "func f() int { return 2 }", "f()", "f()"]],
  ["declarations and closures are compiled each time", ["y := 2", "y := 2", "func() int { return y }()", "func() int { return y }()"]],
  ["types of a block", ["{\n\ttype T struct{ n int }\n\tvar a any = T{1}\n\tfmt.Println(a)\n}", "{\n\ttype T struct{ n int }\n\tvar a any = T{1}\n\tfmt.Println(a)\n}"]],
  ["goroutines and stacks that grow", ["import \"fmt\"\nvar deep func(n int) int\ndeep = func(n int) int { if n == 0 { return 0 }; return deep(n-1) + 1 }", "fmt.Println(deep(2000))", "fmt.Println(deep(2000))", "for i := range 3 {\n\tgo fmt.Println(i)\n}", "for i := range 3 {\n\tgo fmt.Println(i)\n}"]],
];

for (const [title, cells] of CELLS) {
  test(title, () => {
    expect(session(cells)).toEqual(session(fresh(cells)));
  });
}

test("a cell that failed and one that is run between other numbers show their own place", () => {
  const lab = new Lab({});
  const lines: string[] = [];
  const run = (text: string, number: number) => lab.cell(text, (o) => lines.push(o.kind === "error" ? o.traceback.join("\n") : o.kind), number);
  run("xs := []int{1}\nn := 0", 1);
  run("_ = xs[n]", 2);
  run("n++", 3);
  run("_ = xs[n]", 7);
  expect(lines.join()).toContain("./cell7.go:1");
  expect(lines.join()).not.toContain("cell2");
});
