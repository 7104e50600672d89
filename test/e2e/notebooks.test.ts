/** Every notebook that ships runs from the command line to its end, and twice with the same bytes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const names = readdirSync("notebooks").filter((name) => name.endsWith(".ipynb"));
const folder = mkdtempSync(join(tmpdir(), "gomem-notebooks-"));

function run(name: string, time: number): { readonly status: number | null; readonly stderr: string; readonly notebook: string; readonly report: string } {
  const [out, report] = [join(folder, `${time}-${name}`), join(folder, `${time}-${name}.html`)];
  const done = spawnSync(process.execPath, ["dist/src/cli/main.js", "run", join("notebooks", name), `-o=${out}`, `-report=${report}`, "-q"], { encoding: "utf8" });
  return { status: done.status, stderr: done.stderr, notebook: readFileSync(out, "utf8"), report: readFileSync(report, "utf8") };
}

test.each(names)("%s runs to its end, and a second run gives the same bytes", (name) => {
  const first = run(name, 1);
  expect(first.status, first.stderr).toBe(0);
  const second = run(name, 2);
  expect(second.notebook).toBe(first.notebook);
  expect(second.report).toBe(first.report);
}, 180_000);

test.each(names)("the report of %s needs no network and shows every chart as a picture", (name) => {
  const { report, notebook } = run(name, 3);
  expect(report).not.toMatch(/<script|<link|src="?http/i);
  const charts = notebook.match(/"application\/vnd.vegalite.v5\+json": \{/g) ?? [];
  const pictures = report.match(/<svg /g) ?? [];
  expect(pictures.length).toBeGreaterThanOrEqual(charts.length / 2);
}, 180_000);
