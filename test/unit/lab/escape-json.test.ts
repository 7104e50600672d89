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

/** What gomem makes no records of, and says so on standard error: bounds, nil checks and copies are found by Go's back end. */
const BACK_END = /"code":"(isInBounds|isSliceInBounds|nilcheck|copy)"/;
/** Places inside inlined functions of the library, of which the same is said. */
const LIBRARY_PLACE = /,?\{"location":\{"uri":"file:\/\/\/usr\/local\/go\/[^{]*\{[^}]*\}[^}]*\}\}\},"message":"inlineLoc"\}/g;

const comparable = (lines: readonly string[]): string[] =>
  lines.filter((l) => l !== "" && !BACK_END.test(l)).map((l) => l.replace(LIBRARY_PLACE, "").replace('"relatedInformation":[,', '"relatedInformation":[').replace(',"relatedInformation":[]', ""));

/** The records about the program's own file; none where nothing but the header is left. */
function ownRecords(lines: readonly string[]): string[] {
  const start = lines.findIndex((l) => l.startsWith('{"version"') && l.includes('"file":"/dir/prog.go"'));
  const rest = start < 0 ? [] : lines.slice(start);
  const end = rest.findIndex((l, i) => i > 0 && l.startsWith('{"version"'));
  const own = comparable(end < 0 ? rest : rest.slice(0, end));
  return own.length === 1 ? [] : own;
}

/** Programs whose records are not Go's yet: flows inside iterators of the library. */
const LEFT: ReadonlySet<string> = new Set(["collected_iterators.txtar"]);

test.skipIf(!go)("the records about each truth program are a real Go's, none missing and none too many (needs Go 1.26)", () => {
  const oracle = Oracle.find();
  if (!oracle) throw new Error("no Go");
  let compared = 0;
  const wrong: string[] = [];
  for (const name of readdirSync("test/truth/m").filter((n) => n.endsWith(".txtar")).sort()) {
    const texts = Object.values(parseTruth(readFileSync(join("test/truth/m", name), "utf8")).sources);
    const text = texts[0];
    if (texts.length !== 1 || text === undefined) continue;
    const truth = oracle.records("prog.go", text);
    if (truth.exit !== 0) continue;
    const want = ownRecords(truth.text.split("\n"));
    compared += want.length;
    if (want.join("\n") !== ownRecords(records(text)).join("\n")) wrong.push(name);
  }
  expect(compared).toBeGreaterThan(500);
  expect(wrong).toEqual([...LEFT]);
}, 120_000);
