/**
 * Asks a real Go for the lines of -m, and writes them into test/truth/m/*.txtar (section `want`).
 *
 * A new case is an archive without `want`: a sentence, then files. `node test/oracle/m.mjs` answers all cases, with names only those.
 * Needs go on PATH. The answer is never written from our own output.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/m/", import.meta.url));
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Splits an archive into its comment and its files. */
function parse(text) {
  const [comment, ...parts] = text.split(/^-- (.+) --$/m);
  const files = [];
  for (let i = 0; i < parts.length; i += 2) files.push({ name: parts[i], text: parts[i + 1].slice(1) });
  return { comment, files };
}

/** What `go build` prints for the files with these flags, without the header. */
function ask(files, flags) {
  const dir = mkdtempSync(join(tmpdir(), "m-oracle-"));
  try {
    for (const f of files) writeFileSync(join(dir, f.name), f.text);
    const args = ["build", `-gcflags=${flags}`, "-o", join(dir, "out"), ...files.map((f) => f.name)];
    const done = spawnSync("go", args, { cwd: dir, encoding: "utf8", env: { ...process.env, GOFLAGS: "", GO111MODULE: "off" } });
    if (done.status !== 0) throw new Error(`go ${args.join(" ")}: ${done.stderr}`);
    return done.stderr.replace(/^# .*\n/, "");
  } finally {
    rmSync(dir, { recursive: true });
  }
}

for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
  if (wanted.length > 0 && !wanted.includes(basename(name, ".txtar"))) continue;
  const { comment, files } = parse(readFileSync(join(folder, name), "utf8"));
  const sources = files.filter((f) => f.name.endsWith(".go"));
  const flags = /^flags: (.*)$/m.exec(comment)?.[1] ?? "-m";
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  const archive = [`${head}\ngo: ${version} build -gcflags=${flags}\n`, ...sources.map((f) => `-- ${f.name} --\n${f.text}`), `-- want --\n${ask(sources, flags)}`];
  writeFileSync(join(folder, name), archive.join(""));
  console.log(name);
}
