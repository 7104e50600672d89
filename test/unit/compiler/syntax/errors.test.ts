/** Words and places of syntax errors. The answers in test/truth/syntax are the real compiler's; here they are held against ours. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatDiagnostic, type Diagnostic } from "../../../../src/base/diagnostic.ts";
import { encodeUtf8, Sources } from "../../../../src/base/source.ts";
import { parseFile } from "../../../../src/compiler/syntax/index.ts";
import { parseTruth } from "../../../support/txtar.ts";

const byPlace = (a: Diagnostic, b: Diagnostic): number => a.at.line - b.at.line || a.at.col - b.at.col;

/** The messages about a text, as the compiler prints them. */
function messages(name: string, text: string): string[] {
  const sources = new Sources();
  const { errors } = parseFile(sources.add(name, encodeUtf8(text)), sources);
  return [...errors].sort(byPlace).map(formatDiagnostic);
}

const folder = "test/truth/syntax/";

describe.each(readdirSync(folder))("syntax errors are Go's: %s", (archive) => {
  const truth = parseTruth(readFileSync(folder + archive, "utf8"));
  const want = (truth.answers["want"] ?? "").split("\n");
  it.each(Object.entries(truth.sources))("%s", (name, text) => {
    const said = want.filter((line) => line.startsWith(`${name}:`));
    const ours = messages(name, text);
    // Without an error that begins with these words Go goes on and checks types; what it says of them is not ours.
    if (ours.some((line) => line.includes(": syntax error"))) expect(ours).toEqual(said);
    else expect(said).toEqual(expect.arrayContaining(ours));
    expect(said.filter((line) => line.includes(": syntax error")).every((line) => ours.includes(line))).toBe(true);
  });
});

describe("syntax errors", () => {
  it("are one a line", () => {
    expect(messages("a.go", "package p\nfunc f() {\nf(1 2) 3)\n}\n")).toHaveLength(1);
  });

  it("stop at a stated limit where the nesting is too deep for the stack", () => {
    const [first] = messages("a.go", `package p\nvar x = ${"(".repeat(1_000_000)}`);
    expect(first).toMatch(/^unsupported: nesting this deep at a\.go/);
    expect(messages("a.go", `package p\nfunc f() ${"{".repeat(10_000)}${"}".repeat(10_000)}\n`)[0]).toMatch(/^unsupported: nesting/);
  });
});
