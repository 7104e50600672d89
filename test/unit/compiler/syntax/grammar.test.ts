/** The generated parser and ohm-js read the same grammar; here they are held against each other. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeUtf8, Sources } from "../../../../src/base/source.ts";
import { generateParser } from "../../../../src/compiler/syntax/generate.ts";
import { goGrammarText, goTokenGrammar, parserText } from "../../../../src/compiler/syntax/generated.ts";
import { scan, syntaxErrors, type Tokens } from "../../../../src/compiler/syntax/index.ts";
import { parseTruth } from "../../../support/txtar.ts";

const grammar = goTokenGrammar();

/** All Go files of a folder of archives. */
function programs(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder).flatMap((archive) => {
    const { sources } = parseTruth(readFileSync(folder + archive, "utf8"));
    return Object.entries(sources).filter(([name]) => name.endsWith(".go")).map(([name, text]) => ({ name: `${archive}/${name}`, text }));
  });
}

/** Index of the token at which ohm-js gives up; undefined where it accepts. */
function matchFailure(t: Tokens): number | undefined {
  const match = grammar.match(String.fromCharCode(...t.kinds.subarray(0, t.count)), "SourceFile");
  return match.succeeded() ? undefined : (match as unknown as { getRightmostFailurePosition(): number }).getRightmostFailurePosition();
}

/** Faults that the grammar takes and a check finds, at their place or later. */
const CHECKED = new RegExp(
  [
    "cannot (use|parenthesize|declare)", "missing (parameter|type constraint|type parameter|statement after label|condition)",
    "\\.\\.\\.", "receiver", "must not be parenthesized",
    "must have no type parameters", "empty type", "expected \\{ after if clause", "var declaration", "imports must appear",
    "literal|digit|escape|character|terminated|newline in|mantissa|exponent", "unexpected comma; expected",
    "at end of statement", "expected chan", "3-index slice", "import path must be a string",
  ].join("|"),
);

describe("the generated parser and ohm-js", () => {
  it("accept the same programs", () => {
    for (const { name, text } of programs("test/truth/m/")) {
      const source = new Sources().add(name, encodeUtf8(text));
      expect([name, matchFailure(scan(source)), syntaxErrors(source)]).toEqual([name, undefined, []]);
    }
  });

  it("stop at the same token of a broken program, where the grammar alone decides", () => {
    let compared = 0;
    const apart: string[] = [];
    for (const { name, text } of programs("test/truth/syntax/")) {
      const source = new Sources().add(name, encodeUtf8(text));
      const [first] = syntaxErrors(source);
      if (!first || CHECKED.test(first.message)) continue;
      const tokens = scan(source);
      const at = matchFailure(tokens);
      if (at === undefined || tokens.starts[at] !== first.offset) apart.push(`${name}: ${first.message}`);
      compared++;
    }
    expect(apart).toEqual([]);
    expect(compared).toBeGreaterThan(70);
  });
});

describe("the grammar compiler", () => {
  const none = { sites: {}, arities: {} };

  it("makes the same text every time", () => {
    expect(parserText()).toBe(parserText());
  });

  it("refuses a token that Go does not have", () => {
    expect(() => generateParser('G { A = "=>" }', ["A"], none)).toThrow(/unknown token "=>"/);
  });

  it("refuses a site that the grammar has no place for", () => {
    expect(() => generateParser(goGrammarText(), ["SourceFile"], { sites: { "IfStmt.Nothing": { say: "x" } }, arities: {} })).toThrow();
    expect(() => generateParser('G { A = "var" }', ["A"], { sites: { "A.if": { say: "x" } }, arities: {} })).toThrow(/asks for the site A.if/);
  });

  it("refuses an action that takes other parameters than its rule has parts", () => {
    expect(() => generateParser('G { A = "var" "if" }', ["A"], { sites: {}, arities: { A: 3 } })).toThrow(/takes 3 parameters/);
  });

  it("refuses what it does not know of ohm-js", () => {
    expect(() => generateParser('G { A = ("var")+ }', ["A"], none)).toThrow(/does not know ohm-js's Plus/);
  });
});
