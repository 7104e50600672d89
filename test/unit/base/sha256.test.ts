import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "../../../src/base/sha256.ts";

test.each(["", "abc", "a".repeat(55), "a".repeat(56), "a".repeat(64), "\xff\x00".repeat(500)])("a text has the hash that others give it: %j", (text) => {
  expect(Buffer.from(sha256(text)).toString("hex")).toBe(createHash("sha256").update(text, "latin1").digest("hex"));
});
