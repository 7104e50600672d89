/** Buffers in the frame: which appends and makes get one, said in the statements that the pass makes. */
import { describe, expect, test } from "vitest";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { analysePackage } from "../../../../src/compiler/analyse.ts";
import { check } from "../../../../src/compiler/check.ts";
import { visitFunc } from "../../../../src/compiler/ir/index.ts";
import { stdImporter } from "../../../../src/std/index.ts";

/** How often each kind of node stands in function f once everything is decided. */
function kinds(source: string, N = false): (kind: string) => number {
  const checked = check({ files: [{ name: "./prog.go", text: encodeUtf8(`package main\n${source}`) }], importer: stdImporter() });
  expect(checked.diagnostics).toEqual([]);
  const { ir } = analysePackage(checked, { l: true, N });
  const found: string[] = [];
  visitFunc(ir.funcs.find((one) => one.printed === "f") ?? expect.fail("no function f"), (n) => void found.push(n.kind));
  return (kind) => found.filter((one) => one === kind).length;
}

/** In how many places f takes a buffer, and in how many it looks whether a slice lies in one. */
function buffers(source: string, N = false): { taken: number; moved: number } {
  const count = kinds(source, N);
  return { taken: count("SLICE3ARR"), moved: count("UNSAFESLICEDATA") };
}

describe("a slice that is returned after it has grown", () => {
  test("is moved to the heap before the return", () => {
    expect(buffers("func f(n int) []int { var s []int; for i := range n { s = append(s, i) }; return s }")).toEqual({ taken: 1, moved: 1 });
  });

  test("is not, where the only append runs once", () => {
    expect(buffers("func f(n int) []int { var s []int; s = append(s, n); return s }")).toEqual({ taken: 0, moved: 0 });
  });

  test("is not, where two places give it away", () => {
    expect(buffers("var g []int; func f(n int) []int { var s []int; for i := range n { s = append(s, i) }; g = s; return s }")).toEqual({ taken: 0, moved: 0 });
  });

  test("is not, where it is given away more often than it is declared", () => {
    expect(buffers("var g []int; func f(n int) { var s []int; for i := range n { s = append(s, i); g = s } }")).toEqual({ taken: 0, moved: 0 });
  });

  test("is not, where a function keeps it", () => {
    const source = "var g []int; func keep(s []int) { g = s }; func f(n int) []int { var s []int; for i := range n { s = append(s, i) }; keep(s); return s }";
    expect(buffers(source)).toEqual({ taken: 0, moved: 0 });
  });

  test("keeps its capacity for a function that looks at it", () => {
    const source = "func look(s []int) int { return cap(s) }; func f(n int) []int { var s []int; for i := range n { s = append(s, i) }; look(s); return s }";
    const count = kinds(source);
    expect([count("UNSAFESLICEDATA"), count("CLEAR"), count("SUB")]).toEqual([1, 1, 1]);
  });

  test("has no buffer where nothing is to be optimised", () => {
    expect(buffers("func f(n int) []int { var s []int; for i := range n { s = append(s, i) }; return s }", true)).toEqual({ taken: 0, moved: 0 });
  });
});

describe("a slice that stays", () => {
  test("takes its buffer at the first append only", () => {
    expect(buffers("func f(n int) int { var s []int64; s = append(s, 1); s = append(s, 2); return len(s) }")).toEqual({ taken: 1, moved: 0 });
  });

  test("has none if its elements are too large, or if it lies in memory", () => {
    expect(buffers("type T [5]int; func f(n int) int { var s []T; s = append(s, T{}); return len(s) }").taken).toBe(0);
    expect(buffers("type T struct { s []int; a [9]int }; func f(n int) int { var t T; t.s = append(t.s, 1); return len(t.s) }").taken).toBe(0);
  });

  test("made with a size that only the run knows lies in the frame if it fits", () => {
    const count = kinds("func f(n int) int { s := make([]int32, n); return len(s) }");
    expect([count("SLICE3ARR"), count("MAKESLICE")]).toEqual([1, 1]);
    expect(kinds("func f(n int) []int32 { s := make([]int32, n); return s }")("SLICE3ARR")).toBe(0);
  });
});
