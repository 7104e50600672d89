/** Programs that only a generator writes: the analysis ends, and its answer is that of the small ones. */
import { Lab } from "gomem";
import { expect, test } from "vitest";

const ring = (n: number): string =>
  `package main\n\ntype T struct {\n\tnext *T\n\tn int\n}\n\n${Array.from({ length: n }, (_, i) => `func f${i}(n int, p, q **T) *T {\n\tif n == 0 {\n\t\treturn *p\n\t}\n\tt := &T{*q, n}\n\t*p = t\n\treturn f${(i + 1) % n}(n-1, q, p)\n}\n`).join("\n")}\nfunc main() {}\n`;

const withoutPlaces = (text: string): string[] => text.split("\n").map((l) => l.replace(/^\S+ /, ""));

test("a hundred and fifty functions that call one another in a ring are one group of recursion", () => {
  const large = withoutPlaces(new Lab().analyse(ring(150)).text);
  const small = withoutPlaces(new Lab().analyse(ring(4)).text);
  expect(new Set(large)).toEqual(new Set(small));
  expect(large.length).toBe(1 + 3 * 150 + 1);
}, 20_000);

test("why shows the beginning of a path that leads through all of them", () => {
  const { notes } = new Lab().analyse(ring(150));
  const longest = Math.max(...notes.map((n) => ("flow" in n ? (n.flow?.length ?? 0) : 0)));
  expect(longest).toBeGreaterThan(10);
  expect(longest).toBeLessThan(60);
}, 20_000);
