/** `escape -json`: the compiler's own records, held against a real Go's. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Lab, type Output } from "gomem";
import { expect, test } from "vitest";
import { Oracle } from "../../exam/oracle.ts";
import { parseTruth } from "../../support/txtar.ts";

/** The lines that `escape -json` shows for a program. */
function records(text: string): string[] {
  const shown: Output[] = [];
  new Lab({ files: { read: () => ({ text }), list: (path) => ({ paths: [path] }), whole: (path) => path.replace(/^\.\//, "/dir/") } }).command(
    { verb: "escape", settings: [], flags: [{ name: "json" }], args: ["prog.go"], line: 1, col: 1 }, (o) => shown.push(o),
  );
  return shown.flatMap((o) => (o.kind === "text" ? o.text.trimEnd().split("\n") : []));
}

test("records begin with a header that names version, platform and file", () => {
  const [header, ...rest] = records("package main\n\nfunc f() *int {\n\tx := 1\n\treturn &x\n}\n\nfunc main() {\n\tprintln(*f())\n}\n");
  expect(header).toBe('{"version":0,"package":"main","goos":"linux","goarch":"amd64","gc_version":"go1.26.8","file":"/dir/prog.go"}');
  expect(rest.some((l) => l.includes('"code":"escape","source":"go compiler","message":"x escapes to heap"'))).toBe(true);
});

test("a folder that cannot be written is refused", () => {
  const shown: Output[] = [];
  new Lab().cell("%%escape -json=0,out\npackage main\n\nfunc main() {}\n", (o) => shown.push(o));
  expect(shown.flatMap((o) => (o.kind === "error" ? [o.evalue] : []))).toEqual(["escape: this laboratory writes no files"]);
});

const go = spawnSync("go", ["version"]).status === 0;

/** Codes of Go's back end and of its rewriting of loops, which gomem does not make. */
const BACK_END = /"code":"(isInBounds|isSliceInBounds|nilcheck|copy|iteration-variable-to-\w+|loop-modified-\w+)"/;
/** Places inside inlined functions of the library. */
const LIBRARY_PLACE = /,?\{"location":\{"uri":"file:\/\/\/usr\/local\/go\/[^{]*\{[^}]*\}[^}]*\}\}\},"message":"inlineLoc"\}/g;

const comparable = (lines: readonly string[]): string[] =>
  lines.filter((l) => !BACK_END.test(l)).map((l) => l.replace(LIBRARY_PLACE, "").replace('"relatedInformation":[,', '"relatedInformation":[').replace(',"relatedInformation":[]', ""));

test.skipIf(!go)("the records about the truth programs are a real Go's, back end and places in the library apart (needs Go 1.26)", () => {
  const oracle = Oracle.find();
  if (!oracle) throw new Error("no Go");
  let compared = 0;
  const wrong: string[] = [];
  for (const name of readdirSync("test/truth/m").filter((n) => n.endsWith(".txtar")).sort()) {
    const texts = Object.values(parseTruth(readFileSync(join("test/truth/m", name), "utf8")).sources);
    if (texts.length !== 1) continue;
    const text = texts[0] ?? "";
    // Flows through the library's iterators are told without their inner steps.
    if (/"(iter|maps|slices)"/.test(text)) continue;
    const truth = oracle.records("prog.go", text);
    const ours = records(text);
    const own = ours.slice(0, ours.findIndex((l, i) => i > 0 && l.startsWith('{"version"')) >>> 0);
    const wanted = new Set(comparable(truth.text.trimEnd().split("\n")));
    for (const line of comparable(own)) {
      compared++;
      if (!wanted.has(line)) wrong.push(`${name}: ${line.slice(0, 200)}`);
    }
  }
  expect(compared).toBeGreaterThan(350);
  // What is left are flows through library bodies.
  expect(wrong.length / compared, wrong.join("\n")).toBeLessThan(0.02);
}, 120_000);
