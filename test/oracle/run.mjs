/**
 * Asks a real Go what programs print and how they end, and writes it into the cases of test/truth/run and test/truth/std (stdout, stderr,
 * exit).
 *
 * A new case is an archive without answers: a sentence, then files. `node test/oracle/run.mjs` answers all cases, with names only those.
 * Only programs whose output is the same on every run belong there. Needs go on PATH. The answer is never written from our own output.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folders = ["run", "std"].map((name) => fileURLToPath(new URL(`../truth/${name}/`, import.meta.url)));
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Splits an archive into its comment and its files. */
function parse(text) {
  const [comment, ...parts] = text.split(/^-- (.+) --$/m);
  const files = [];
  for (let i = 0; i < parts.length; i += 2) files.push({ name: parts[i], text: parts[i + 1].slice(1) });
  return { comment, files };
}

/** Builds and runs the files. */
function ask(files) {
  const dir = mkdtempSync(join(tmpdir(), "run-oracle-"));
  try {
    for (const f of files) writeFileSync(join(dir, f.name), f.text);
    const env = { ...process.env, GOFLAGS: "", GO111MODULE: "off", GOMAXPROCS: "1" };
    const built = spawnSync("go", ["build", "-o", "out", ...files.map((f) => f.name)], { cwd: dir, encoding: "utf8", env });
    if (built.status !== 0) throw new Error(built.stderr);
    const { status, stdout, stderr } = spawnSync(join(dir, "out"), { cwd: dir, encoding: "utf8", env, input: "" });
    return { status, stdout, stderr: stderr.replaceAll(`${dir}/`, "./") };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Writes Go's answers into one case. */
function answer(file) {
  const { comment, files } = parse(readFileSync(file, "utf8"));
  const sources = files.filter((f) => f.name.endsWith(".go"));
  const { status, stdout, stderr } = ask(sources);
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  const answers = [`-- stdout --\n${stdout}`, ...(stderr === "" ? [] : [`-- stderr --\n${stderr}`]), ...(status === 0 ? [] : [`-- exit --\n${status}\n`])];
  writeFileSync(file, [`${head}\ngo: ${version} run\n`, ...sources.map((f) => `-- ${f.name} --\n${f.text}`), ...answers].join(""));
  console.log(basename(file), status);
}

for (const folder of folders) {
  for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
    if (wanted.length === 0 || wanted.includes(basename(name, ".txtar"))) answer(join(folder, name));
  }
}
