/**
 * Asks a real Go about modules of several packages, and writes what it says into test/truth/packages/*.txtar: section `want` is what
 * `go build -gcflags=FLAGS PATTERNS` prints, `stdout` what `go run` of the package named by `run:` prints.
 *
 * A new case is an archive without these: a sentence, `patterns: ./...`, perhaps `flags: -m` and `run: .`, then files. Needs go on PATH.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/packages/", import.meta.url));
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Splits an archive into its comment and its files. */
function parse(text) {
  const [comment, ...parts] = text.split(/^-- (.+) --$/m);
  const files = [];
  for (let i = 0; i < parts.length; i += 2) files.push({ name: parts[i], text: parts[i + 1].slice(1) });
  return { comment, files };
}

/** Lays the files out and asks. */
function ask(files, { flags, patterns, run }) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "packages-oracle-")));
  const dir = join(base, "src");
  try {
    for (const f of files) {
      mkdirSync(dirname(join(dir, f.name)), { recursive: true });
      writeFileSync(join(dir, f.name), f.text);
    }
    const env = { ...process.env, GOFLAGS: "", GO111MODULE: "on", GOPROXY: "off", GOTOOLCHAIN: "local" };
    const out = join(base, "out");
    mkdirSync(out);
    const built = spawnSync("go", ["build", "-p", "1", `-gcflags=${flags}`, "-o", `${out}/`, ...patterns.split(" ")], { cwd: dir, encoding: "utf8", env });
    const ran = run === undefined ? undefined : spawnSync("go", ["run", run], { cwd: dir, encoding: "utf8", env });
    return { want: built.stderr.replaceAll(dir, "/src"), stdout: ran?.stdout };
  } finally {
    rmSync(base, { recursive: true });
  }
}

for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
  if (wanted.length > 0 && !wanted.includes(basename(name, ".txtar"))) continue;
  const { comment, files } = parse(readFileSync(join(folder, name), "utf8"));
  const sources = files.filter((f) => !["want", "stdout"].includes(f.name));
  const word = (key) => new RegExp(`^${key}: (.*)$`, "m").exec(comment)?.[1];
  const asked = { flags: word("flags") ?? "-m", patterns: word("patterns") ?? "./...", run: word("run") };
  const { want, stdout } = ask(sources, asked);
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  const archive = [`${head}\ngo: ${version} build -p 1 -gcflags=${asked.flags} ${asked.patterns}\n`, ...sources.map((f) => `-- ${f.name} --\n${f.text}`), `-- want --\n${want}`];
  if (stdout !== undefined) archive.push(`-- stdout --\n${stdout}`);
  writeFileSync(join(folder, name), archive.join(""));
  console.log(name);
}
