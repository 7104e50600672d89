/**
 * Input that no person writes: every text gets an answer in Go's words or a stated limit, in bounded time, and nothing is thrown.
 *
 * The seed is fixed, so a run that fails can be repeated; `FUZZ=20 FUZZ_SEED=7 npx vitest run test/fuzz` looks further. Mutants of Go's own test programs are made where a Go is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../src/base/source.ts";
import { CheckingThread, isBuilt } from "./thread.ts";

const { FUZZ, FUZZ_SEED } = process.env as { readonly FUZZ?: string; readonly FUZZ_SEED?: string };
const SEED = Number(FUZZ_SEED ?? 20260115);
/** How many times as many cases as usual. */
const TIMES = Number(FUZZ ?? 1);
/** Longest that one text may take on a busy machine, in ms; most take far less than one. */
const LONGEST = 30_000;

const thread = isBuilt ? new CheckingThread() : undefined;
afterAll(() => thread?.close());

/** What is said of a text; fails where the answer is no answer. */
async function said(text: string, whole = false): Promise<readonly string[]> {
  const answer = await thread?.check(text, whole);
  expect(answer?.thrown).toBeUndefined();
  expect(answer?.ms).toBeLessThan(LONGEST);
  for (const line of answer?.said ?? []) expect(line).toMatch(/^(error|unsupported): /);
  return answer?.said ?? [];
}

const body = (text: string): string => `package main\n\nfunc main() {\n\tx, y := 1, true\n\t_, _ = x, y\n\t${text}\n}\n`;
const TOO_DEEP = /^unsupported: .*nesting this deep/;

describe.skipIf(!thread)("input of any kind (needs a build)", () => {
  it.each<[string, string, RegExp]>([
    ["a million brackets", `package main\nvar x = ${"(".repeat(1 << 20)}`, TOO_DEEP],
    ["a million brackets and nothing else", "(".repeat(1 << 20), /expected 'package', found/],
    ["a hundred thousand open blocks", `package main\nfunc main() {${"{".repeat(100_000)}`, /unexpected EOF|nesting this deep/],
    ["a NUL", "package main\n\0func main() {}\n", /invalid NUL character/],
    ["a byte order mark in the middle", "package main\n\xef\xbb\xbffunc main() {}\n", /invalid BOM in the middle of the file/],
    ["bytes that are no UTF-8", 'package main\nfunc main() { _ = "\xff\xfe" }\n', /invalid UTF-8 encoding/],
    ["a number of a hundred thousand digits", `package main\nvar x = ${"9".repeat(100_000)}\n`, /excessively long constant/],
    ["a name of a million letters", `package main\nvar x = ${"a".repeat(1 << 20)}\n`, /undefined: a/],
    ["a call of a call of a call", `package main\nvar x = f${"()".repeat(20_000)}\n`, /undefined: f|nesting this deep/],
    ["a thousand labels of one name", body("a:".repeat(1000)), /already defined|missing statement/],
    ["an endless string", `package main\nvar x = "${"a".repeat(1 << 20)}`, /not terminated|newline in string/],
    ["an exponent past all bounds", "package main\nvar x = 1e1000000000\n", /malformed constant|excessively|overflows/],
    ["nothing", "", /expected 'package', found/],
  ])("%s is refused", async (_, text, words) => {
    expect((await said(text)).join("\n")).toMatch(words);
  });

  it.each<[string, string]>([
    ["ten thousand nested blocks", `package main\nfunc main() {${"{".repeat(10_000)}${"}".repeat(10_000)}}\n`],
    ["a line of ten megabytes", `package main\nvar x = "${"a".repeat(10 << 20)}"\nfunc main() {}\n`],
    ["a comment of ten megabytes", `package main\n//${"a".repeat(10 << 20)}\nfunc main() {}\n`],
    ["a hundred thousand elements", `package main\nvar x = []int{${"1,".repeat(100_000)}}\nfunc main() {}\n`],
    ["types that double a thousand times", `package main\ntype T0 struct{}\n${Array.from({ length: 1000 }, (_, i) => `type T${i + 1} struct{ a, b T${i} }\n`).join("")}func main() {}\n`],
    ["five hundred interfaces in a row", `package main\ntype I0 interface{ m0() }\n${Array.from({ length: 500 }, (_, i) => `type I${i + 1} interface{ I${i}; m${i + 1}() }\n`).join("")}func main() {}\n`],
  ])("%s is read", async (_, text) => {
    expect(await said(text)).toEqual([]);
  });

  it.each<[string, string]>([
    ["two thousand brackets", body(`_ = ${"(".repeat(2000)}x${")".repeat(2000)}`)],
    ["a sum of three thousand", body(`_ = x${" + x".repeat(3000)}`)],
    ["a thousand nested ifs", body(`${"if y {".repeat(1000)}${"}".repeat(1000)}`)],
    ["three hundred functions in functions", body(`_ = ${"func() any { return ".repeat(300)}x${" }".repeat(300)}`)],
    ["a chain of five hundred elses", body(Array.from({ length: 500 }, (_, i) => `if x == ${i} { x++ } else `).join("").concat("{ x-- }"))],
  ])("%s go through the analysis, or it says that it cannot", async (_, text) => {
    const lines = await said(text, true);
    if (lines.length > 0) expect(lines.join("\n")).toMatch(TOO_DEEP);
  });

  it("any bytes get an answer", async () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((a) => Buffer.from(a).toString("latin1"));
    const property = fc.asyncProperty(bytes, fc.boolean(), async (text, clause) => {
      await said(clause ? `package main\n${text}` : text);
    });
    await fc.assert(property, { seed: SEED, numRuns: 1500 * TIMES, interruptAfterTimeLimit: 8000 * TIMES });
  }, 60_000 * TIMES);

  it("any tokens get an answer", async () => {
    const words = "( ) [ ] { } , ; : := = + - * / & | ^ < > ! ~ <- ... . x y T int string 1 2.5 'c' \"s\" `r` func type var const if else for range switch case default select go defer return break continue goto fallthrough struct interface map chan package import nil iota len make append new any \n".split(" ");
    const tokens = fc.array(fc.constantFrom(...words), { maxLength: 120 }).map((list) => list.join(" "));
    const property = fc.asyncProperty(tokens, fc.boolean(), async (text, inside) => {
      await said(inside ? body(text) : `package main\n${text}`);
    });
    await fc.assert(property, { seed: SEED, numRuns: 3000 * TIMES, interruptAfterTimeLimit: 8000 * TIMES });
  }, 60_000 * TIMES);
});

const goroot = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout?.trim() ?? "";
const programs = existsSync(`${goroot}/test`) ? readdirSync(`${goroot}/test`).filter((n) => n.endsWith(".go")).map((n) => `${goroot}/test/${n}`) : [];

/** A text with a piece of it moved, doubled, cut out or replaced. */
function mutate(text: string, at: number, length: number, to: number, how: number, filler: string): string {
  const from = at % Math.max(text.length, 1);
  const piece = text.slice(from, from + length);
  const rest = text.slice(0, from) + text.slice(from + length);
  const target = to % Math.max(rest.length, 1);
  if (how === 0) return rest;
  if (how === 1) return rest.slice(0, target) + piece + rest.slice(target);
  if (how === 2) return text.slice(0, from) + piece + text.slice(from);
  return text.slice(0, from) + filler + text.slice(from + length);
}

describe.skipIf(!thread || programs.length === 0)("mutants of Go's own tests (needs a build and Go)", () => {
  it("get an answer", async () => {
    const edit = fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 60 }), to: fc.nat(), how: fc.integer({ min: 0, max: 3 }), filler: fc.constantFrom("(", "}", "[", ":=", "func", "\"", "0x", "...", "T[int]", "<-", "é", "\n") });
    const property = fc.asyncProperty(fc.constantFrom(...programs), fc.array(edit, { minLength: 1, maxLength: 4 }), async (path, edits) => {
      const text = readFileSync(path, "latin1");
      if (text.length > 40_000) return;
      await said(edits.reduce((t, e) => mutate(t, e.at, e.length, e.to, e.how, encodeUtf8(e.filler)), text), true);
    });
    await fc.assert(property, { seed: SEED, numRuns: 800 * TIMES, interruptAfterTimeLimit: 12_000 * TIMES });
  }, 60_000 * TIMES);
});
