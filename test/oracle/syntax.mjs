/**
 * Asks a real Go compiler for the syntax errors of each file, and writes them into test/truth/syntax/*.txtar (section `want`).
 *
 * A new case is an archive without `want`: a sentence, then any number of Go files; they need not belong together.
 * `node test/oracle/syntax.mjs` answers all cases, with names only those. Needs go on PATH. The answer is never written from our own output.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/syntax/", import.meta.url));
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Splits an archive into its comment and its files. */
function parse(text) {
  const [comment, ...parts] = text.split(/^-- (.+) --$/m);
  const files = [];
  for (let i = 0; i < parts.length; i += 2) files.push({ name: parts[i], text: parts[i + 1].slice(1) });
  return { comment, files };
}

/** What the compiler prints for one file: nothing where its syntax is right. */
function ask({ name, text }) {
  const dir = mkdtempSync(join(tmpdir(), "syntax-oracle-"));
  try {
    writeFileSync(join(dir, name), text);
    const done = spawnSync("go", ["tool", "compile", "-e", "-p", "p", "-o", join(dir, "out.o"), name], { cwd: dir, encoding: "utf8" });
    const lines = done.stdout.split("\n").filter((line) => line !== "");
    if (lines.length === 0 && done.status !== 0) throw new Error(`${name}: ${done.stderr}`);
    return lines;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
  if (wanted.length > 0 && !wanted.includes(basename(name, ".txtar"))) continue;
  const { comment, files } = parse(readFileSync(join(folder, name), "utf8"));
  const sources = files.filter((f) => f.name.endsWith(".go"));
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  const want = sources.flatMap(ask).join("\n");
  const archive = [`${head}\ngo: ${version} tool compile -e\n`, ...sources.map((f) => `-- ${f.name} --\n${f.text}`), `-- want --\n${want}\n`];
  writeFileSync(join(folder, name), archive.join(""));
  console.log(name);
}
