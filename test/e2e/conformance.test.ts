/** Jupyter's own kernel tests (jupyter_kernel_test): all of them, none skipped. Needs Python with the package. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const python = process.env["GOMEM_PYTHON"];

test.skipIf(!python)("jupyter_kernel_test: 13 of 13 (needs Python with jupyter_kernel_test)", () => {
  const data = mkdtempSync(join(tmpdir(), "gomem-jupyter-"));
  spawnSync(process.execPath, ["dist/src/cli/main.js", "kernel", "install", `-prefix=${data}`], { encoding: "utf8" });
  const env = { ...process.env, JUPYTER_PATH: join(data, "share", "jupyter"), GOMEM_HISTORY: join(data, "history.jsonl") };
  const done = spawnSync(python ?? "", ["test/e2e/conformance.py"], { encoding: "utf8", env, timeout: 180_000 });
  expect(done.status, done.stdout + done.stderr).toBe(0);
}, 200_000);
