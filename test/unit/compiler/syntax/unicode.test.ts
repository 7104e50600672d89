import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isDigit, isLetter, isPrint } from "../../../../src/compiler/syntax/index.ts";
import { parseTruth } from "../../../support/txtar.ts";

const truth = parseTruth(readFileSync("test/truth/unicode/classes.txtar", "utf8"));
const lines = (truth.answers["want"] ?? "").trim().split("\n");

/** Lengths of alternating runs from U+0080 on, as the truth file has them. */
function runs(inside: (rune: number) => boolean): string {
  const found: string[] = [];
  let last = 0x80;
  for (let rune = 0x80, within = false; rune <= 0x110000; rune++) {
    const is = rune <= 0x10ffff && inside(rune);
    if (is === within) continue;
    found.push((rune - last).toString(36));
    last = rune;
    within = is;
  }
  return found.join(" ");
}

describe("classes of characters", () => {
  it.each([["letter", isLetter], ["digit", isDigit], ["printable", isPrint]] as const)("%s is Go's", (name, inside) => {
    expect(`${name} ${runs(inside)}`).toBe(lines.find((line) => line.startsWith(name)));
  });

  it("are those of ASCII below U+0080", () => {
    const of = (inside: (rune: number) => boolean) => Array.from({ length: 128 }, (_, c) => (inside(c) ? String.fromCharCode(c) : "")).join("");
    expect(of(isDigit)).toBe("0123456789");
    expect(of(isLetter)).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    expect(of(isPrint).length).toBe(95);
  });
});
