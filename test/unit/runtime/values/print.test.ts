/** Numbers as println writes them; the answers are those of Go 1.26.8. */
import { expect, test } from "vitest";
import { formatComplex, formatFloat32, formatFloat64 } from "../../../../src/runtime/values/print.ts";

test("println writes floats in their shortest form", () => {
  const given = [1.5, 1e6, 123456789, 1e20, 1e21, 1e-4, 1e-5, 0.1, 0, -0, 100, 1e100, 0.000123, Infinity, -Infinity, NaN, -2.5];
  const want = "1.5 1e+06 1.23456789e+08 1e+20 1e+21 0.0001 1e-05 0.1 0 -0 100 1e+100 0.000123 +Inf -Inf NaN -2.5";
  expect(given.map(formatFloat64).join(" ")).toBe(want);
});

test("a float32 has the digits that tell it from its neighbours", () => {
  expect([0.1, 16777216, 1 / 3].map((v) => formatFloat32(Math.fround(v))).join(" ")).toBe("0.1 1.6777216e+07 0.33333334");
});

test("the imaginary part always has a sign", () => {
  expect(formatComplex("1", "-2")).toBe("(1-2i)");
  expect(formatComplex("0", "3")).toBe("(0+3i)");
  expect(formatComplex("NaN", "+Inf")).toBe("(NaN+Infi)");
});
