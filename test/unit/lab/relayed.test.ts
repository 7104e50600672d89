import { expect, test } from "vitest";
import { Lab } from "../../../src/index.ts";

/** What cells show, run one after another in one session. */
function shown(...cells: readonly string[]): string[] {
  const lab = new Lab({});
  const all: string[] = [];
  for (const cell of cells) lab.cell(cell, (o) => all.push(o.kind === "value" || o.kind === "stream" ? o.text : o.kind === "error" ? o.evalue : o.kind));
  return all;
}

test("a cell's own statements panic as a program's do", () => {
  expect(shown("xs := []int{1}\ni := 3", "xs[i]", "var p *int\n*p", "i / (i - 3)", "len(xs)")).toEqual([
    expect.stringContaining("index out of range [3] with length 1"),
    expect.stringContaining("invalid memory address or nil pointer dereference"),
    expect.stringContaining("integer divide by zero"),
    "1",
  ]);
});

test("the stack grows under a cell's own statements, and they wait for goroutines", () => {
  expect(shown("func deep(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + deep(n-1)\n}", "deep(50_000)", "ch := make(chan int)\ngo func() { ch <- deep(9) }()\n<-ch")).toEqual(["50000", "9"]);
});

test("a long loop in a cell goes on in its resume code", () => {
  expect(shown("s := 0\nfor i := 0; i < 3_000_000; i++ {\n\ts += i & 3\n}\ns", "for range 10 {\n\ts++\n}\ns")).toEqual(["4500000", "4500010"]);
});

test("a function that is declared anew is what later cells call", () => {
  expect(shown("func f() int { return 1 }", "f()", "func f() int { return 2 }", "f()", "f() + f()")).toEqual(["1", "2", "4"]);
});

test("goroutines that died before a cell failed are used again by the next go statement", () => {
  const start = "for i := range 20 {\n\tgo func() { ch <- i }()\n\tsum += <-ch\n}\nsum";
  expect(shown("ch := make(chan int)\nsum := 0", start, "go func() { ch <- 1 }()\n<-ch\npanic(sum)", start, "gc", start).filter((s) => /^\d+$/.test(s))).toEqual(["190", "380", "570"]);
});
