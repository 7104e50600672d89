/**
 * The exam `testdata`: the type checker's own test packages in GOROOT/src/internal/types/testdata. Each error that a comment announces
 * must be reported at the token before the comment, and nothing else.
 *
 * Left out: files that ask for no alias types (`-gotypesalias=0`), which `go build` of Go 1.26 has no flag for, and `import "C"`.
 * The built-in functions `assert` and `trace` of Go's test driver are declared around the package; what is asserted is looked up
 * afterwards. Where the compiler around the checker speaks otherwise, its way is right: it reports branches and labels in words of
 * its own (`OWN_WORDS`), it checks interfaces once more (`AROUND`), and says the same of one line only once.
 *
 * Go: types2/check_test.go.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../dist/src/base/diagnostic.js";
import { noPos, Sources, type SourceFile } from "../../dist/src/base/source.js";
import { parseFile, scanText } from "../../dist/src/compiler/index.js";
import type { File } from "../../dist/src/compiler/syntax/index.js";
import {
  anyType, basic, checkPackage, type Func, type Info, type Obj, Packages, type Scope, type Type, universe, type Var, walk,
} from "../../dist/src/compiler/types/index.js";
import { stdImporter } from "../../dist/src/std/index.js";
import type { Unit } from "./goroot.ts";

/** How many columns an error may stand away from its comment's token. */
const TOLERANCE: Readonly<Record<string, number>> = { check: 50, spec: 20, examples: 125, fixedbugs: 100 };

/** One unit for each file or folder of files. */
export function testdataUnits(goroot: string): Unit[] {
  const root = join(goroot, "src/internal/types/testdata");
  return Object.keys(TOLERANCE).flatMap((part) =>
    readdirSync(join(root, part), { withFileTypes: true }).flatMap((e): Unit[] => {
      const inside = e.isDirectory() ? readdirSync(join(root, part, e.name)).map((n) => `${e.name}/${n}`) : [e.name];
      const files = inside.filter((n) => n.endsWith(".go")).sort().map((n) => ({ name: n, text: readFileSync(join(root, part, n), "latin1") }));
      const flags = files[0] ? flagsOf(files[0].text) : [];
      if (files.length === 0 || flags.includes("-gotypesalias=0") || flags.includes("-fakeImportC")) return [];
      const id = `${part}/${e.name.replace(/\.go$/, "")}`;
      return [{ id, file: e.name, text: files[0]?.text ?? "", files, action: "testdata", flags, fails: true, auto: false, output: "" }];
    }),
  );
}

/** Flags in the comment of the first line. */
const flagsOf = (text: string): readonly string[] => /^\/\/ *(-.*)/.exec(text)?.[1]?.split(/\s+/) ?? [];

interface Announced {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly pattern: RegExp | string;
  met: boolean;
  /** Something that fits was said of the line; the compiler does not say it again. */
  repeated: boolean;
}

/** What is wrong with our answer about a unit; empty if it is right. */
export function testdataComplaints(unit: Unit): string[] {
  const sources = new Sources();
  const added = (unit.files ?? []).map((f) => sources.add(f.name, f.text.replaceAll("= assert(", `= ${ASSERT_VALUE}(`)));
  const parsed = added.map((source) => parseFile(source, sources));
  const files = parsed.flatMap((p) => p.file ?? []);
  if (files.length < parsed.length) return ["no tree"];
  const minor = /^-lang=go1\.(\d+)$/.exec(unit.flags.find((f) => f.startsWith("-lang=")) ?? "")?.[1];
  const { diagnostics, info } = checkPackage(files, {
    path: files[0]?.pkgName.value ?? "p", sources, importer: new Packages(stdImporter()), outer: testScope(),
    mode: { std: true, complete: false, allErrors: true, version: Number(minor ?? 0) },
  });
  const all = [...parsed.flatMap((p) => p.errors), ...diagnostics, ...failedAssertions(files, info, sources)];
  return compare(all, added.flatMap(announced), TOLERANCE[unit.id.slice(0, unit.id.indexOf("/"))] ?? 0);
}

/** What the compiler says of branches, and what the checker's test expects. Go: syntax/branches.go, types2/labels.go. */
const OWN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^label (\S+) defined and not used/, "label $1 declared and not used"],
  [/^label (\S+) already defined at.*/, "label $1 already declared"],
  [/^label (\S+) not defined/, "label $1 not declared"],
  [/^goto (\S+) jumps over declaration of \S+ at \S+?:(\d+).*/, "goto $1 jumps over variable declaration at line $2"],
  [/^(break|continue) label not defined: (\S+)/, "invalid $1 label $2; label $2 not declared"],
];

/** Only the compiler around the checker reports it. Go: noder/irgen.go. */
const AROUND = /^invalid recursive type: anonymous interface refers to itself/;

function compare(all: readonly Diagnostic[], expected: readonly Announced[], tolerance: number): string[] {
  const bad: string[] = [];
  for (const d of all) {
    const message = OWN_WORDS.reduce((text, [from, to]) => text.replace(from, to), d.message);
    const here = expected.filter((e) => e.file === d.at.file && e.line === d.at.line && matches(e, message));
    const best = here.filter((e) => !e.met).sort((a, b) => Math.abs(a.col - d.at.col) - Math.abs(b.col - d.at.col))[0];
    const place = `${d.at.file}:${d.at.line}:${d.at.col}`;
    if (!best && !AROUND.test(message)) bad.push(`${place}: not expected: ${message}`);
    else if (best && Math.abs(best.col - d.at.col) > tolerance) bad.push(`${place}: column ${best.col} expected: ${message}`);
    if (best) best.met = true;
    for (const e of here) e.repeated = true;
  }
  return [...bad, ...expected.filter((e) => !e.met && !e.repeated).map((e) => `${e.file}:${e.line}:${e.col}: missing ${String(e.pattern)}`)];
}

const matches = (e: Announced, message: string): boolean => (typeof e.pattern === "string" ? message.includes(e.pattern) : e.pattern.test(message));

/** The comments of a file that announce an error, each at the token before it. */
function announced(source: SourceFile): Announced[] {
  const { text } = source;
  const tokens = scanText(text);
  const found: Announced[] = [];
  let last = -1;
  let gap = 0;
  for (let i = 0; i <= tokens.count; i++) {
    const start = tokens.starts[i] ?? text.length;
    // What the line's end stands for is no token here.
    const written = text.slice(start, tokens.ends[i] ?? start);
    if (i < tokens.count && (written === "" || written === "\n")) continue;
    for (const m of text.slice(gap, i < tokens.count ? start : text.length).matchAll(/\/\*([\s\S]*?)\*\/|\/\/([^\n]*)/g)) {
      const comment = /^ ERROR(x?) (.*)$/s.exec(m[1] ?? m[2] ?? "");
      if (comment && last >= 0) found.push({ file: source.name, ...lineAndColumn(source, last), pattern: patternOf(comment[2] ?? "", comment[1] === "x"), met: false, repeated: false });
    }
    last = start;
    gap = tokens.ends[i] ?? text.length;
  }
  return found;
}

function lineAndColumn(source: SourceFile, offset: number): { readonly line: number; readonly col: number } {
  const line = source.lines.findLastIndex((start) => start <= offset);
  return { line: line + 1, col: offset - (source.lines[line] ?? 0) + 1 };
}

/** A quoted pattern: text to be found, or a regular expression. */
function patternOf(quoted: string, expression: boolean): RegExp | string {
  const text = quoted.trim();
  const inner = text.startsWith("`") ? text.slice(1, -1) : (JSON.parse(text.replaceAll("\\'", "'")) as string);
  return expression ? new RegExp(inner.replace("(?s)", "").replaceAll("[[:space:]]", "\\s"), "s") : inner;
}

/** As long as `assert`, so that columns stay. */
const ASSERT_VALUE = "assErt";

/** A scope around the package with what only Go's test driver declares. */
function testScope(): Scope {
  const scope: Scope = { parent: universe, names: new Map(), pos: noPos, end: noPos, isFunc: false, children: [] };
  const declare = (name: string, param: Type, variadic: boolean): void => {
    const x: Var = { kind: "Var", name: "x", pos: noPos, type: variadic ? { kind: "Slice", elem: param } : param, embedded: false, role: "param", used: true };
    const type: Type = { kind: "Signature", typeParams: [], recvTypeParams: [], params: [x], results: [], variadic };
    const func: Func = { kind: "Func", name, pos: noPos, type, ptrRecv: false };
    scope.names.set(name, func);
  };
  declare("assert", basic.bool, false);
  declare("trace", anyType, true);
  // An assertion that is a value: a conversion keeps it constant.
  const value: Obj = { kind: "TypeName", name: ASSERT_VALUE, pos: noPos, type: basic.bool };
  scope.names.set(ASSERT_VALUE, value);
  return scope;
}

/** `assert(x)` where x is no true constant. */
function failedAssertions(files: readonly File[], info: Info, sources: Sources): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const file of files) {
    walk(file, (n) => {
      const [arg] = n.kind === "CallExpr" && n.fun.kind === "Name" && /^ass[eE]rt$/.test(n.fun.value) ? n.args : [];
      const value = arg && info.types.get(arg)?.value;
      if (arg && value && !(value.kind === "bool" && value.value)) found.push({ kind: "error", at: sources.position(arg.pos), message: "assertion failed" });
      return true;
    });
  }
  return found;
}
