/** Code points and UTF-16 units. */
import { expect, test } from "vitest";
import { toCodePoints, toUtf16 } from "../../../kernel/unicode.ts";

test.each([
  ["abc", 2, 2],
  ["𨭎𨭎-10", 1, 2],
  ["𨭎𨭎-10", 3, 5],
  ["é", 1, 1],
])("in %j code point %i is UTF-16 unit %i", (text, points, units) => {
  expect(toUtf16(text, points)).toBe(units);
  expect(toCodePoints(text, units)).toBe(points);
});

test("a position beyond the end is the end, before the start is the start", () => {
  expect(toUtf16("𨭎", 99)).toBe(2);
  expect(toUtf16("abc", -1)).toBe(0);
});
