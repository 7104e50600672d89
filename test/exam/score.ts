/**
 * `npm run score`: the visible exams as one table: exam, right, unsupported, wrong, of, floor.
 *
 *   npm run score [-- EXAM… -sample=N -only=REGEXP -show=N -json=FILE]
 *
 * Runs in a worker with a deep stack. Floors lie in floors.json; they may only rise: `-raise` writes what was reached. `-ci` runs the
 * fixed samples of CI and fails where one is below its floor.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import type { ExamName } from "./goroot.ts";
import { Oracle } from "./oracle.ts";
import { exams, runExam } from "./run.ts";

const FLOORS = "test/exam/floors.json";
/** How many programs of each exam CI runs: every k-th, the same each time. */
const CI_SAMPLE: Readonly<Record<ExamName, number>> = { testdata: 120, errorcheck: 130, errors: 40, nofalse: 200, "errorcheck-m": 67, escape: 130, escape2: 60, facts: 60, gorun: 130, stdpackages: 14, modules: 60 };

function main(words: readonly string[]): void {
  const oracle = Oracle.find();
  if (!oracle) {
    console.log("skipped: the exams need a real Go 1.26 on PATH");
    return;
  }
  const value = (name: string) => words.find((w) => w.startsWith(`-${name}=`))?.slice(name.length + 2);
  const chosen = exams.filter((e) => words.includes(e) || !words.some((w) => !w.startsWith("-")));
  const floors = JSON.parse(readFileSync(FLOORS, "utf8")) as Record<string, { full: number; sample: number }>;
  const ci = words.includes("-ci");
  const part = ci ? "sample" : "full";
  const rows: string[] = [];
  const kept: Record<string, unknown> = {};
  for (const exam of chosen) {
    const result = runExam(exam, oracle, {
      size: ci ? CI_SAMPLE[exam] : Number(value("sample") ?? Number.MAX_SAFE_INTEGER),
      only: new RegExp(value("only") ?? ""),
      each: (unit, v, ms) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${exam} ${unit.id} ${ms} ms\x1b[K`);
        if (words.includes("-v")) console.log(`${v.verdict} ${exam} ${unit.id} ${ms} ms`);
      },
    });
    kept[exam] = Object.fromEntries(result.verdicts);
    show(result.verdicts, Number(value("show") ?? 0));
    const { right, unsupported, wrong, of, lines, parts } = result;
    const percent = ((100 * right) / Math.max(of, 1)).toFixed(1);
    const lineText = lines.want > 0 ? `lines ${((100 * lines.common) / lines.want).toFixed(2)} % found, ${((100 * lines.common) / Math.max(lines.got, 1)).toFixed(2)} % right` : parts.of > 0 ? `parts ${parts.right} of ${parts.of}, ${((100 * parts.right) / parts.of).toFixed(2)} %` : "";
    rows.push([exam.padEnd(13), `${right}`.padStart(6), `${percent} %`.padStart(8), `${unsupported}`.padStart(12), `${wrong}`.padStart(6), `${of}`.padStart(6), `${floors[exam]?.[part] ?? 0}`.padStart(6), ` ${lineText}`].join(" "));
    if (words.includes("-raise")) raise(floors, { exam, part, right });
    if (right < (floors[exam]?.[part] ?? 0) && value("sample") === undefined && value("only") === undefined) process.exitCode = 1;
  }
  console.log(`\n${"exam".padEnd(13)} ${"right".padStart(6)} ${"".padStart(8)} ${"unsupported".padStart(12)} ${"wrong".padStart(6)} ${"of".padStart(6)} ${"floor".padStart(6)}\n${rows.join("\n")}`);
  const file = value("json");
  if (file !== undefined) writeFileSync(file, JSON.stringify(kept, undefined, 1));
}

function show(verdicts: ReadonlyMap<string, { verdict: string; detail: readonly string[] }>, most: number): void {
  const bad = [...verdicts].filter(([, v]) => v.verdict !== "right").slice(0, most);
  for (const [id, v] of bad) console.log(`\n${v.verdict} ${id}\n  ${v.detail.join("\n  ")}`);
}

function raise(floors: Record<string, { full: number; sample: number }>, reached: { exam: ExamName; part: "full" | "sample"; right: number }): void {
  const { exam, part, right } = reached;
  const old = floors[exam] ?? { full: 0, sample: 0 };
  floors[exam] = { ...old, [part]: Math.max(old[part], right) };
  writeFileSync(FLOORS, `${JSON.stringify(floors, undefined, 2)}\n`);
}

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv.slice(2), resourceLimits: { stackSizeMb: 900, maxOldGenerationSizeMb: 8192 } });
  worker.on("exit", (code) => {
    process.exitCode ||= code;
  });
  worker.on("error", (error) => {
    console.error(error);
    process.exitCode = 5;
  });
} else main(workerData as string[]);
