/** The stamp of the built library. */
import { expect, test } from "vitest";
import { staleImage, stampOf, stampsText } from "../../../src/std/stamp.ts";

test("the image that was built last belongs to this compiler", () => {
  expect(staleImage(stampsText())).toBeUndefined();
});

test("an image of another compiler is refused", () => {
  expect(staleImage('{"js":"0","ts":"0"}')).toBe("Go's library was built by another compiler");
});

test("compiled files and sources have stamps of their own", () => {
  expect(stampOf("ts")).not.toBe(stampOf("js"));
});
