// Records what the real Go prints with GODEBUG=gctrace=1,gcpacertrace=1: test/truth/gctrace/lines.json.
// Usage: node test/oracle/gctrace.mjs   (needs go on PATH)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/gctrace/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "gctrace-"));
const go = execFileSync("go", ["version"], { encoding: "utf8" }).trim();
const runs = [];
for (const file of readdirSync(folder).filter((f) => f.endsWith(".go")).sort()) {
  const binary = join(scratch, file.replace(".go", ""));
  execFileSync("go", ["build", "-o", binary, join(folder, file)]);
  for (const gogc of ["100", "400"]) {
    for (const procs of ["1", "2"]) {
      const env = { ...process.env, GOGC: gogc, GOMAXPROCS: procs, GODEBUG: "gctrace=1,gcpacertrace=1" };
      const { stderr } = spawnSync(binary, { env, encoding: "utf8", maxBuffer: 1 << 28 });
      const lines = stderr.split("\n").filter((l) => l.startsWith("gc ") || l.startsWith("pacer: "));
      runs.push({ program: file, gogc, procs, lines: [...lines.slice(0, 8), ...lines.slice(-4)] });
    }
  }
}
const text = runs.map((r) => JSON.stringify(r)).join(",\n");
writeFileSync(join(folder, "lines.json"), `{"go": ${JSON.stringify(go)}, "runs": [\n${text}\n]}\n`);
