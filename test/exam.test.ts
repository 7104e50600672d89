/** The exams of GOROOT/test on their fixed samples: no exam falls below its floor. Needs a real Go. */
import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const go = spawnSync("go", ["version"]).status === 0;

test.skipIf(!go)("the samples of the exams reach their floors (needs Go 1.26)", () => {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "test/exam/tsconfig.json"]);
  const done = spawnSync(process.execPath, [".build/exam/score.js", "-ci", "-show=20"], { encoding: "utf8", timeout: 600_000 });
  console.log(done.stdout.split("\n").slice(-8).join("\n"));
  expect(done.status, done.stdout + done.stderr).toBe(0);
}, 620_000);
