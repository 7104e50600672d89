/** Runs an exam over its units, all or a stratified sample with a fixed seed, and counts right, unsupported and wrong. */
import { type ExamName, gorootUnits, type Unit } from "./goroot.ts";
import { judge, type Verdict } from "./judge.ts";
import type { Oracle } from "./oracle.ts";
import { errorUnits } from "./errors.ts";
import { factsUnits } from "./facts.ts";
import { moduleUnits } from "./modules.ts";
import { isNamed, PackageJudge, packageUnits } from "./stdpackages.ts";
import { sample } from "./sample.ts";
import { testdataUnits } from "./testdata.ts";

export const exams: readonly ExamName[] = ["testdata", "errorcheck", "errors", "nofalse", "errorcheck-m", "escape", "escape2", "facts", "gorun", "stdpackages", "modules"];

export interface Result {
  readonly exam: ExamName;
  readonly right: number;
  readonly unsupported: number;
  readonly wrong: number;
  readonly of: number;
  readonly lines: { readonly want: number; readonly got: number; readonly common: number };
  /** Parts of units, where an exam counts those. */
  readonly parts: { readonly of: number; readonly right: number };
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The units of an exam. */
export function unitsOf(exam: ExamName, goroot: string): Unit[] {
  if (exam === "facts") return factsUnits();
  if (exam === "stdpackages") return packageUnits();
  if (exam === "testdata") return testdataUnits(goroot);
  if (exam === "modules") return moduleUnits(goroot);
  const all = gorootUnits(goroot);
  if (exam === "errors") return errorUnits(all);
  if (exam === "nofalse") return all.filter((u) => u.action === "gorun" || u.action === "compile");
  const action = exam === "escape" || exam === "escape2" ? "gorun" : exam;
  return all.filter((u) => u.action === action);
}

export interface RunOptions {
  readonly size?: number;
  readonly only?: RegExp;
  /** No program is begun after this time (ms since 1970). */
  readonly until?: number;
  readonly each?: (unit: Unit, verdict: Verdict, ms: number) => void;
}

/** Of packages in the order of their imports: up to the last one that is wanted, if only a few are. */
function needed(every: readonly Unit[], wanted: ReadonlySet<Unit>): readonly Unit[] {
  const own = wanted.size === every.length ? every : packageUnits([...wanted].map((u) => u.id));
  return own.map((u) => every.find((e) => e.id === u.id) ?? u);
}

/** The result of `exam`. */
export function runExam(exam: ExamName, oracle: Oracle, options: RunOptions = {}): Result {
  const every = unitsOf(exam, oracle.goroot);
  const all = every.filter((u) => options.only?.test(u.id) ?? true);
  const verdicts = new Map<string, Verdict>();
  const count = { right: 0, unsupported: 0, wrong: 0 };
  const lines = { want: 0, got: 0, common: 0 };
  const parts = { of: 0, right: 0 };
  const packages = exam === "stdpackages" ? new PackageJudge(oracle) : undefined;
  const wanted = new Set(exam === "stdpackages" && (options.size ?? all.length) < all.length ? all.filter((u) => isNamed(u.id)) : all);
  for (const unit of packages ? needed(every, wanted) : sample(all, options.size ?? all.length)) {
    if (options.until !== undefined && Date.now() > options.until) break;
    const begun = Date.now();
    const verdict = packages ? packages.judge(unit, wanted.has(unit)) : judge(exam, unit, oracle);
    if (!verdict) continue;
    verdicts.set(unit.id, verdict);
    count[verdict.verdict]++;
    for (const k of ["want", "got", "common"] as const) lines[k] += verdict.lines?.[k] ?? 0;
    parts.of += verdict.parts?.of ?? 0;
    parts.right += verdict.parts?.right ?? 0;
    options.each?.(unit, verdict, Date.now() - begun);
  }
  return { exam, ...count, of: verdicts.size, lines, parts, verdicts };
}
