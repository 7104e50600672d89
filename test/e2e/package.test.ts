/** The package as a user gets it: packed, installed into an empty folder, used from the shell and from TypeScript. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

test("npm pack, unpacked into an empty folder, gives a working gomem and a typed Lab", () => {
  const folder = mkdtempSync(join(tmpdir(), "gomem-pack-"));
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { encoding: "utf8" });
  const archive = readdirSync(folder).find((f) => f.endsWith(".tgz")) ?? "";
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "gomem"), { recursive: true });
  execFileSync("tar", ["xzf", join(folder, archive), "-C", join(modules, "gomem"), "--strip-components=1"]);
  // The dependencies are those of this checkout, so that the test needs no registry.
  for (const name of readdirSync("node_modules")) if (!name.startsWith(".")) symlinkSync(resolve("node_modules", name), join(modules, name));

  writeFileSync(join(folder, "main.go"), "package main\n\nfunc newInt() *int {\n\tx := 42\n\treturn &x\n}\n\nfunc main() { println(*newInt()) }\n");
  const cli = join(modules, "gomem/dist/src/cli/main.js");
  const escape = spawnSync(process.execPath, [cli, "escape", "main.go"], { cwd: folder, encoding: "utf8" });
  expect(escape.stdout).toContain("./main.go:4:2: moved to heap: x\n");
  const run = spawnSync(process.execPath, [cli, "run", "main.go"], { cwd: folder, encoding: "utf8" });
  expect([run.status, run.stderr]).toEqual([0, "42\n"]);

  writeFileSync(join(folder, "use.ts"), 'import { Lab, type RunResult } from "gomem";\nconst result: RunResult = new Lab({ settings: { gogc: 50 } }).run("package main\\nfunc main() { print(1) }\\n");\nconsole.log(result.code, result.stderr);\n');
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const tsc = resolve("node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "--module", "nodenext", "--target", "es2022", "--strict", "--skipLibCheck", "--types", "", "use.ts"], { cwd: folder, encoding: "utf8" });
  expect(execFileSync(process.execPath, ["use.js"], { cwd: folder, encoding: "utf8" })).toBe("0 1\n");
});
