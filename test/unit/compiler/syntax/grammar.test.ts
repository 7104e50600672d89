/** The generated parser and ohm-js read the same grammar; here they are held against each other. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

const goroot = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout?.trim() ?? "";
/** Every how many-th file of GOROOT is asked: ohm-js reads 0.1 MB/s, so `EVERY=1` takes a quarter of an hour. */
const EVERY = Number(process.env["EVERY"] ?? 400);

function goFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    if (e.isDirectory()) return goFiles(join(dir, e.name));
    return e.name.endsWith(".go") ? [join(dir, e.name)] : [];
  });
}

/** One char for each token. */
function kindsAsText(t: Tokens): string {
  let text = "";
  for (let i = 0; i < t.count; i += 8192) text += String.fromCharCode(...t.kinds.subarray(i, Math.min(i + 8192, t.count)));
  return text;
}

/** Index of the token at which ohm-js gives up; undefined where it accepts. */
function matchFailure(t: Tokens): number | undefined {
  const match = grammar.match(kindsAsText(t), "SourceFile");
  return match.succeeded() ? undefined : (match as unknown as { getRightmostFailurePosition(): number }).getRightmostFailurePosition();
}

/** Faults that the grammar takes and a check finds, at their place or later. */
const CHECKED = new RegExp(
  [
    "cannot (use|parenthesize|declare)", "missing (parameter|type constraint|type parameter|statement after label|condition)",
    "\\.\\.\\.", "receiver", "must not be parenthesized",
    "must have no type parameters", "empty type", "expected \\{ after if clause", "var declaration", "imports must appear",
    "literal|digit|escape|character|terminated|newline in|mantissa|exponent", "unexpected comma; expected",
    "at end of statement", "expected chan", "3-index slice", "import path must be a string", "invalid (BOM|NUL)", "unexpected \\{, expected :",
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

describe.skipIf(goroot === "")("the generated parser and ohm-js over Go's own files (needs Go 1.26)", () => {
  const files = ["src", "test"].flatMap((folder) => goFiles(join(goroot, folder))).filter((_, i) => i % EVERY === 0);

  it("accept and refuse the same, and stop at the same token", () => {
    const apart: string[] = [];
    for (const file of files) {
      const source = new Sources().add(file, readFileSync(file, "latin1"));
      const tokens = scan(source);
      const [first] = syntaxErrors(source);
      const at = matchFailure(tokens);
      if (!first && at === undefined) continue;
      if (first && CHECKED.test(first.message)) continue;
      if (at === undefined || tokens.starts[at] !== first?.offset) apart.push(`${file}: ${first?.message}`);
    }
    expect(apart).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  }, 1_800_000);
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
