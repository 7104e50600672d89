/** `escape` on variations of the truth programs: a real Go, asked here, is the judge. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Lab } from "gomem";
import { expect, test } from "vitest";
import { Oracle } from "../../exam/oracle.ts";
import { parseTruth } from "../../support/txtar.ts";

const go = spawnSync("go", ["version"]).status === 0;

const noinline = (text: string): string => text.replace(/^func (?!main\(|init\()/gm, "//go:noinline\n$&");

/** Changes that leave most programs right and move lines, costs or decisions. */
const VARIATIONS: Readonly<Record<string, (text: string) => string>> = {
  "four spaces for a tab": (text) => text.replaceAll("\t", "    "),
  "no function is inlined": noinline,
  "int is an alias of int32": (text) => `${text.replace(/\bint\b/g, "num")}\ntype num = int32\n`,
  "int is int64, and no function is inlined": (text) => noinline(text).replace(/\bint\b/g, "int64"),
};

test.skipIf(!go)("200 variations of the truth programs get a real Go's lines (needs Go 1.26)", () => {
  const oracle = Oracle.find();
  if (!oracle) throw new Error("no Go");
  const lab = new Lab();
  let right = 0;
  const wrong: string[] = [];
  for (const file of readdirSync("test/truth/m").filter((n) => n.endsWith(".txtar")).sort()) {
    const { sources, command } = parseTruth(readFileSync(join("test/truth/m", file), "utf8"));
    const [text, ...others] = Object.values(sources);
    if (text === undefined || others.length > 0 || !command.endsWith("-gcflags=-m")) continue;
    for (const [what, change] of Object.entries(VARIATIONS)) {
      const varied = change(text);
      if (varied === text) continue;
      const truth = oracle.compile("prog.go", varied, ["-m"]);
      // What Go refuses has no lines; refusals are the business of other tests.
      if (truth.exit !== 0) continue;
      if (lab.analyse({ "prog.go": varied }).text === truth.text) right++;
      else wrong.push(`${file}: ${what}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThanOrEqual(200);
}, 240_000);
