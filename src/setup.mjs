/**
 * What `npm start`, `npm test`, `npm run lab`, `npm run score` and `npm run build` run first: installs what is missing, builds, goes on.
 *
 * Plain JavaScript with built-ins only, because it runs before anything of ours is installed and Node 20 cannot run TypeScript.
 * It never does the work itself: that is the CLI's, vitest's or Jupyter's.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ci = process.env.CI === "true";
const windows = process.platform === "win32";
const venv = join(root, ".venv");
const python = join(venv, windows ? "Scripts/python.exe" : "bin/python");

/** Runs a program with our terminal; leaves with its code when it fails. */
function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: windows, ...options });
  if (done.error) fail(`${command}: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const works = (command, args) => spawnSync(command, args, { stdio: "ignore", shell: windows }).status === 0;

function fail(text) {
  console.error(`gomem: ${text}`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node ${process.versions.node} is too old: gomem needs 20.19 or newer`);
}

const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Installs the packages of the lock file, once for each state of it. */
function installPackages() {
  const stamp = join(root, "node_modules", ".gomem-lock");
  const wanted = digest(join(root, "package-lock.json"));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("gomem: installing packages");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, wanted);
}

/** Newest change below a folder, in ms. */
function newest(path) {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Compiles to dist/, generates the parser, builds Go's library and bundles the doors, if a source is newer than the last build. */
function build() {
  const stamp = join(root, "dist", ".built");
  const inputs = ["src", "kernel", "grammar", "tsconfig.json", "package.json"].map((name) => newest(join(root, name)));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...inputs)) return;
  console.error("gomem: building");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"]);
  for (const step of ["dist/src/compiler/syntax/build.js", "dist/src/std/build.js", "dist/src/lab/build.js", "src/bundle.mjs"]) {
    if (existsSync(join(root, step))) run(process.execPath, ["--stack-size=4000", step]);
  }
  writeFileSync(stamp, "");
}

/** Makes .venv and installs Python packages into it, once for each list. Returns whether it is there. */
function pythonPackages(packages) {
  const stamp = join(venv, ".gomem-packages");
  if (existsSync(stamp) && packages.every((p) => readFileSync(stamp, "utf8").split("\n").includes(p))) return true;
  const base = windows ? "python" : "python3";
  if (!works(base, ["--version"])) return false;
  console.error("gomem: installing JupyterLab and its tools into .venv");
  if (!existsSync(python)) run(base, ["-m", "venv", venv]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  writeFileSync(stamp, packages.join("\n"));
  return true;
}

const labPackages = ["jupyterlab==4.6.*"];
const testPackages = [...labPackages, "jupyter_kernel_test==0.7.0", "jupyter_client==8.10.*", "nbclient", "nbconvert"];

const findChromium = () => [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));

/** In CI everything must be there: what is missing is installed, or the run fails. */
function installForCi() {
  if (!works("go", ["version"])) fail("CI needs Go 1.26 on PATH");
  if (!pythonPackages(testPackages)) fail("CI needs Python 3");
  if (findChromium()) return;
  if (process.getuid?.() !== 0) fail("CI needs Chromium (set CHROMIUM to its path)");
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Environment of tests: where Python and Chromium are, if they are. */
function testEnvironment() {
  const chromium = findChromium();
  return { ...process.env, ...(existsSync(python) ? { GOMEM_PYTHON: python } : {}), ...(chromium ? { CHROMIUM: chromium } : {}) };
}

const cli = (...args) => run(process.execPath, ["dist/src/cli/main.js", ...args]);

const tasks = {
  build() {},
  start() {
    mkdirSync(join(root, "out"), { recursive: true });
    cli("run", "notebooks/00-the-article.ipynb", "-o=out/the-article.ipynb", "-report=out/the-article.html");
  },
  test() {
    if (ci) installForCi();
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "test/tsconfig.json"]);
    run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(3)], { env: testEnvironment() });
  },
  score() {
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "test/exam/tsconfig.json"]);
    run(process.execPath, [".build/exam/score.js", ...process.argv.slice(3)]);
  },
  lab() {
    if (!pythonPackages(labPackages)) fail("JupyterLab needs Python 3: install it, or use `npm start` and the command line");
    cli("kernel", "install", `-prefix=${venv}`);
    const root_ = process.getuid?.() === 0 ? ["--allow-root"] : [];
    run(python, ["-m", "jupyterlab", "--notebook-dir=notebooks", ...root_, ...process.argv.slice(3)]);
  },
};

const task = process.argv[2] ?? "";
if (!Object.hasOwn(tasks, task)) fail(`usage: node src/setup.mjs ${Object.keys(tasks).join("|")}`);
checkNode();
installPackages();
build();
tasks[task]();
