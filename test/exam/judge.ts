/**
 * Judges one program of one exam, in process: right, unsupported (said so) or wrong.
 *
 * errorcheck follows the rules of Go's own test driver. Go: cmd/internal/testdir.
 */
import { Lab, type Output } from "gomem";
import { formatDiagnostic } from "../../dist/src/base/diagnostic.js";
import { decodeUtf8 } from "../../dist/src/base/source.js";
import { check } from "../../dist/src/compiler/index.js";
import { stdImporter } from "../../dist/src/std/index.js";
import { body, mutantOf } from "./errors.ts";
import { accepted, byCaller, type FactsUnit } from "./facts.ts";
import type { ExamName, Unit } from "./goroot.ts";
import { judgeModule } from "./modules.ts";
import type { Oracle } from "./oracle.ts";
import { testdataComplaints } from "./testdata.ts";

export interface Verdict {
  readonly verdict: "right" | "unsupported" | "wrong";
  /** First differing lines, or the reason. */
  readonly detail: readonly string[];
  /** Lines wanted, given and in common, for the exams that compare lines. */
  readonly lines?: { readonly want: number; readonly got: number; readonly common: number };
  /** How many parts of the unit were compared, and how many were the same. */
  readonly parts?: { readonly of: number; readonly right: number };
}

/** Longest a program may run, in ms. */
const LIMIT = 20_000;

/** The verdict on `unit`; undefined where the real toolchain gives no answer to compare with. */
export function judge(exam: ExamName, unit: Unit, oracle: Oracle): Verdict | undefined {
  switch (exam) {
    case "escape":
    case "escape2":
      return judgeEscape(unit, oracle, exam === "escape" ? ["-m"] : ["-m=2"]);
    case "facts":
      return judgeFacts(unit as FactsUnit, oracle);
    case "modules":
      return judgeModule(unit, oracle);
    case "stdpackages":
      return undefined;
    case "gorun":
      return judgeRun(unit);
    case "errorcheck":
    case "errorcheck-m":
      return judgeErrors(unit);
    case "testdata":
      return judgeTestdata(unit);
    case "errors":
      return judgeMutant(unit, oracle);
    case "nofalse":
      return judgeNoFalse(unit, oracle);
  }
}

/** Right where every caller's lines are; counts callers as its parts. */
function judgeFacts(asked: FactsUnit, oracle: Oracle): Verdict | undefined {
  const unit = accepted(asked, oracle);
  if (!unit) return undefined;
  const truth = oracle.compile(unit.file, unit.text, ["-m", ...unit.flags]);
  const { stdout, error } = ask(unit, "escape", unit.flags.length > 0 ? [{ name: "gcflags", value: `-m ${unit.flags.join(" ")}` }] : []);
  const [want, got] = [byCaller(unit, body(truth.text)), byCaller(unit, body(stdout))];
  const bad = want.flatMap((lines, i) => (lines.join("\n") === got[i]?.join("\n") ? [] : [i]));
  const first = bad.slice(0, 3).flatMap((i) => [unit.callers[i]?.text.trim() ?? "elsewhere", ...difference(want[i] ?? [], got[i] ?? []).slice(0, 6)]);
  const detail = error ? [`${error.ename}: ${error.evalue}`, ...first] : first;
  const parts = { of: want.length, right: want.length - bad.length };
  return { verdict: bad.length === 0 && !error ? "right" : error?.ename === "Unsupported" ? "unsupported" : "wrong", detail, parts };
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: Extract<Output, { kind: "error" }> | undefined;
}

/** Runs one command of the lab over the unit's file. */
function ask(unit: Unit, verb: string, flags: readonly { name: string; value?: string }[]): Said {
  const end = Date.now() + LIMIT;
  const files = { read: () => ({ text: unit.text }), list: (path: string) => ({ paths: [path] }) };
  const lab = new Lab({ files, interrupted: () => Date.now() > end });
  let stdout = "";
  let stderr = "";
  let error: Said["error"];
  lab.command({ verb, settings: [], flags, args: [unit.file], line: 0, col: 0 }, (o) => {
    if (o.kind === "stream" && o.name === "stderr") stderr += o.text;
    else if (o.kind === "stream" || o.kind === "text" || o.kind === "source") stdout += o.text;
    else if (o.kind === "error") error = o;
  });
  return { stdout, stderr, error };
}

function judgeEscape(unit: Unit, oracle: Oracle, flags: readonly string[]): Verdict | undefined {
  const truth = oracle.compile(unit.file, unit.text, flags);
  if (truth.exit !== 0) return undefined;
  const want = body(truth.text);
  const { stdout, error } = ask(unit, "escape", flags[0] === "-m=2" ? [{ name: "m", value: "2" }] : []);
  const got = body(stdout);
  const verdict = compared(want, got);
  if (!error) return verdict;
  return { ...verdict, verdict: error.ename === "Unsupported" ? "unsupported" : "wrong", detail: [`${error.ename}: ${error.evalue}`] };
}

/** The verdict on lines that are to be the same. */
export function compared(want: readonly string[], got: readonly string[]): Verdict {
  const lines = { want: want.length, got: got.length, common: common(want, got) };
  if (want.length === got.length && want.every((l, i) => l === got[i])) return { verdict: "right", detail: [], lines };
  return { verdict: "wrong", detail: difference(want, got), lines };
}

function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const l of lines) counts.set(l, (counts.get(l) ?? 0) + 1);
  return counts;
}

function common(want: readonly string[], got: readonly string[]): number {
  const have = counted(got);
  return [...counted(want)].reduce((n, [line, count]) => n + Math.min(count, have.get(line) ?? 0), 0);
}

/** Up to six missing (-) and six superfluous (+) lines; where only the order differs, the first two that do. */
function difference(want: readonly string[], got: readonly string[]): string[] {
  const over = (a: readonly string[], b: readonly string[]) => {
    const have = counted(b);
    return a.filter((l) => {
      const left = have.get(l) ?? 0;
      have.set(l, left - 1);
      return left <= 0;
    });
  };
  const missing = over(want, got).slice(0, 6).map((l) => `-${l}`);
  const extra = over(got, want).slice(0, 6).map((l) => `+${l}`);
  if (missing.length + extra.length > 0) return [...missing, ...extra];
  const at = want.findIndex((l, i) => l !== got[i]);
  return ["order of lines", `-${want[at]}`, `+${got[at]}`];
}

function judgeRun(unit: Unit): Verdict {
  const { stdout, stderr, error } = ask(unit, "run", []);
  const both = Buffer.from(stdout + stderr, "utf8").toString("latin1");
  if (error?.ename === "Unsupported") return { verdict: "unsupported", detail: [error.evalue] };
  if (error) return { verdict: "wrong", detail: [`${error.ename}: ${error.evalue}`, ...error.traceback.slice(0, 3)] };
  return both === unit.output ? { verdict: "right", detail: [] } : { verdict: "wrong", detail: difference(unit.output.split("\n"), both.split("\n")) };
}

function judgeErrors(unit: Unit): Verdict {
  const { stdout, stderr, error } = ask(unit, "escape", [{ name: "gcflags", value: unit.flags.join(" ") }]);
  const text = `${stdout}\n${stderr}\n${error?.traceback.join("\n") ?? ""}`;
  if (error && error.ename !== "CompileError") return { verdict: error.ename === "Unsupported" ? "unsupported" : "wrong", detail: [`${error.ename}: ${error.evalue}`] };
  const bad = complaints(text, unit);
  if ((error !== undefined) !== unit.fails) bad.push(unit.fails ? "accepted" : "refused");
  return { verdict: bad.length === 0 ? "right" : "wrong", detail: bad.slice(0, 6) };
}

/** What the ERROR rules have against the tool's text. */
function complaints(text: string, unit: Unit): string[] {
  const { file } = unit;
  let lines: string[] = [];
  for (const line of text.replace(new RegExp(`[^\\s:()]*/${file.replaceAll(".", "\\.")}:`, "g"), `${file}:`).split("\n")) {
    if (line.startsWith("\t") && lines.length > 0) lines[lines.length - 1] += `\n${line}`;
    else if (line.trim() !== "" && !line.startsWith("#") && (unit.auto || !line.startsWith("<autogenerated>"))) lines.push(line.replace(/^([^:\s]+):(\d+):\d+:/, "$1:$2:"));
  }
  const bad: string[] = [];
  for (const { line, pattern, auto } of wanted(unit)) {
    const prefix = auto ? "<autogenerated>:" : `${file}:${line}:`;
    const mine = lines.filter((l) => l.startsWith(prefix));
    lines = lines.filter((l) => !l.startsWith(prefix));
    const rest = mine.filter((l) => !pattern.test(l.slice(l.indexOf(" ") + 1)));
    if (mine.length === 0) bad.push(`${line}: missing ${pattern.source}`);
    else if (rest.length === mine.length) bad.push(`${line}: no match ${pattern.source} in ${mine[0]}`);
    lines.push(...rest);
  }
  return [...bad, ...lines.filter((l) => l.startsWith(`${file}:`)).map((l) => `unmatched ${l}`)];
}

function wanted(unit: Unit): { readonly line: number; readonly pattern: RegExp; readonly auto: boolean }[] {
  return unit.text.split("\n").flatMap((text, i) => {
    if (text.includes("////")) return [];
    const m = /\/\/ (?:GC_)?ERROR(AUTO)? (.*)/.exec(text);
    return [...(m?.[2] ?? "").matchAll(/"([^"]*)"/g)].map(([, quoted = ""]) => {
      const source = decodeUtf8(quoted)
        .replace(/LINE(?:([+-])(\d+))?/g, (_, sign?: string, n?: string) => `${unit.file}:${i + 1 + (sign === "-" ? -1 : 1) * Number(n ?? 0)}`)
        .replace(/\[\[:space:\]\]/g, "\\s")
        .replace(/\[:space:\]/g, "\\s");
      return { line: i + 1, pattern: new RegExp(source), auto: m?.[1] !== undefined };
    });
  });
}

function judgeTestdata(unit: Unit): Verdict {
  const bad = testdataComplaints(unit);
  return { verdict: bad.length === 0 ? "right" : "wrong", detail: bad.slice(0, 8) };
}

/** The lines that the command line shows of a mutant, against those of `go build`. */
function judgeMutant(unit: Unit, oracle: Oracle): Verdict | undefined {
  const found = mutantOf(unit, oracle);
  if (!found) return undefined;
  const { stderr, error } = ask({ ...unit, text: found.mutant.text }, "run", []);
  const got = body(`${stderr}\n${error?.traceback.join("\n") ?? ""}`);
  if (error?.ename === "Unsupported") return { verdict: "unsupported", detail: [found.mutant.kind, ...got.slice(0, 3)] };
  const same = found.want.length === got.length && found.want.every((l, i) => l === got[i]);
  return { verdict: same ? "right" : "wrong", detail: same ? [] : [found.mutant.kind, ...difference(found.want, got)] };
}

/** A program that the compiler takes is refused by nobody. */
function judgeNoFalse(unit: Unit, oracle: Oracle): Verdict | undefined {
  const lang = unit.flags.find((f) => f.startsWith("-lang="))?.slice(6);
  const { diagnostics } = check({
    files: [{ name: `./${unit.file}`, text: unit.text }], importer: stdImporter(), complete: unit.action === "gorun", ...(lang === undefined ? {} : { lang }),
  });
  if (diagnostics.length === 0) return { verdict: "right", detail: [] };
  if (oracle.compile(unit.file, unit.text, ["-complete=false", ...unit.flags]).exit !== 0) return undefined;
  return { verdict: diagnostics.some((d) => d.kind === "error") ? "wrong" : "unsupported", detail: diagnostics.slice(0, 4).map(formatDiagnostic) };
}
