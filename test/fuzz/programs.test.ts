/**
 * Programs that no person writes: what ours prints is what the real compiler's prints.
 *
 * The seed is fixed, so a run that fails can be repeated; `FUZZ=20 FUZZ_SEED=7 npx vitest run test/fuzz/programs.test.ts` looks further. One build of the
 * real compiler judges many units. What differs is told as the text of the one unit alone.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lab } from "gomem";
import { describe, expect, it } from "vitest";
import { program, single } from "./program/index.ts";

const { FUZZ, FUZZ_SEED } = process.env as { readonly FUZZ?: string; readonly FUZZ_SEED?: string };
const SEED = Number(FUZZ_SEED ?? 20261124);
/** Programs of so many units. */
const PROGRAMS = 2 * Number(FUZZ ?? 1);
const UNITS = 15;

const hasGo = spawnSync("go", ["version"]).status === 0;

/** What the real compiler's program prints; undefined where it refuses the text, which is the generator's fault. */
function judged(text: string): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    writeFileSync(join(dir, "p.go"), text);
    const env = { ...process.env, GOFLAGS: "", GO111MODULE: "off" };
    if (spawnSync("go", ["build", "-o", "p", "p.go"], { cwd: dir, env }).status !== 0) return undefined;
    return spawnSync(join(dir, "p"), { encoding: "utf8", timeout: 30_000, env: { ...process.env, GOMAXPROCS: "1" } }).stdout;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const ours = (text: string): string => new Lab().run({ "p.go": text }).stdout;

/** Output by unit. */
const parts = (output: string): readonly string[] => output.split(/^# unit /m);

describe.skipIf(!hasGo)("generated programs (needs go)", () => {
  it.each(Array.from({ length: PROGRAMS }, (_, i) => SEED + i))("seed %i prints what Go's prints", (seed) => {
    const text = program(seed, UNITS);
    const want = judged(text);
    if (want === undefined) return;
    const [expected, given] = [parts(want), parts(ours(text))];
    const at = expected.findIndex((part, i) => part !== given[i]);
    expect(at < 0 ? "" : given[at], at < 0 ? "" : single(seed, at - 1)).toBe(at < 0 ? "" : expected[at]);
  }, 240_000);
});
