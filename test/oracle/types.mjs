/**
 * Asks a real Go for the compile errors of programs, and writes them into test/truth/types/*.txtar (section `want`).
 *
 * A new case is an archive without `want`: a sentence, then files. `node test/oracle/types.mjs` answers all cases, with names only those.
 * Needs go on PATH. The answer is never written from our own output.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/types/", import.meta.url));
const [version, goroot] = execFileSync("go", ["env", "GOVERSION", "GOROOT"], { encoding: "utf8" }).trim().split("\n");
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Splits an archive into its comment and its files. */
function parse(text) {
  const [comment, ...parts] = text.split(/^-- (.+) --$/m);
  const files = [];
  for (let i = 0; i < parts.length; i += 2) files.push({ name: parts[i], text: parts[i + 1].slice(1) });
  return { comment, files };
}

/** What `go build` says about the files, without the header, and with Go's usual place. */
function ask(files) {
  const dir = mkdtempSync(join(tmpdir(), "types-oracle-"));
  try {
    for (const f of files) writeFileSync(join(dir, f.name), f.text);
    const args = ["build", "-o", join(dir, "out"), ...files.map((f) => f.name)];
    const done = spawnSync("go", args, { cwd: dir, encoding: "utf8", env: { ...process.env, GOFLAGS: "" } });
    if (done.status === 0) throw new Error(`${files[0].name} compiles`);
    return done.stderr.replace(/^# .*\n/, "").replaceAll(goroot, "/usr/local/go");
  } finally {
    rmSync(dir, { recursive: true });
  }
}

for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
  if (wanted.length > 0 && !wanted.includes(basename(name, ".txtar"))) continue;
  const { comment, files } = parse(readFileSync(join(folder, name), "utf8"));
  const sources = files.filter((f) => f.name.endsWith(".go"));
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  const archive = [`${head}\ngo: ${version} build\n`, ...sources.map((f) => `-- ${f.name} --\n${f.text}`), `-- want --\n${ask(sources)}`];
  writeFileSync(join(folder, name), archive.join(""));
  console.log(name);
}
