/**
 * Compares the checker's side tables with those of the real compiler, for whole packages of Go's library.
 *
 * `node test/oracle/info/info.mjs sort strings fmt`, or `all`; needs go on PATH, the library's sources, and a build of ours. Nothing is
 * written into the tree: it is a measurement. Known differences: the string in `append(bytes, "s"...)` is typed here; constants are
 * rounded to their types here; implicit interfaces have no position there.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exactString } from "../../../dist/src/compiler/constant/index.js";
import { exprString, parseFile } from "../../../dist/src/compiler/syntax/index.js";
import { checkPackage, objectString, Packages, typeString, unsafePackage } from "../../../dist/src/compiler/types/index.js";
import { formatDiagnostic } from "../../../dist/src/base/diagnostic.js";
import { Sources } from "../../../dist/src/base/source.js";

const temp = mkdtempSync(join(tmpdir(), "info-oracle-"));
const listing = execFileSync("go", ["list", "-json=ImportPath,Dir,GoFiles,ImportMap", "std"], {
  encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, CGO_ENABLED: "0" },
});
const packages = new Map(listing.split(/^}\n/m).filter((t) => t.trim()).map((t) => JSON.parse(`${t}}`)).map((l) => [l.ImportPath, l]));

const everything = [...packages.values()].filter((l) => l.GoFiles && l.ImportPath !== "unsafe" && !l.ImportPath.startsWith("vendor/")).map((l) => l.ImportPath);

/** Checks packages of the library from their sources instead of from facts. */
class SourcePackages extends Packages {
  checked = new Map();
  #path = [];

  constructor() {
    super({ facts: () => undefined, paths: () => [...packages.keys()] });
  }

  find(name) {
    if (name === "unsafe") return unsafePackage;
    const path = this.#path.at(-1)?.ImportMap?.[name] ?? name;
    const known = this.checked.get(path);
    if (known) return known.pkg;
    const listed = packages.get(path);
    if (!listed) return undefined;
    const sources = new Sources();
    const files = listed.GoFiles.map((f) => parseFile(sources.add(f, readFileSync(join(listed.Dir, f), "latin1")), sources).file);
    const complete = this.instances.completeMethod;
    this.#path.push(listed);
    const checked = checkPackage(files, { path, sources, importer: this, mode: { std: true, complete: false, allErrors: true } });
    this.#path.pop();
    this.instances.completeMethod = complete;
    for (const d of checked.diagnostics) console.log(`${path}: ${formatDiagnostic(d)}`);
    this.checked.set(path, { ...checked, sources });
    return checked.pkg;
  }
}

const path = (pkg) => pkg.path;
const KINDS = { field: 0, methodVal: 1, methodExpr: 2 };

/** The lines of dump.go, from our tables. */
function dump({ info, sources }) {
  const lines = [];
  const type = (t) => typeString(t, path);
  const add = (pos, text) => {
    const { file, line, col } = sources.position(pos);
    lines.push(`${basename(file)}:${line}:${col} ${text}`);
  };
  for (const [e, tv] of info.types) {
    const mode = tv.mode === "commaerr" ? "commaok" : tv.mode;
    add(e.pos, `type ${exprString(e)} ${mode}${mode === "novalue" ? "" : ` ${type(tv.type)} ${tv.value ? exactString(tv.value) : ""}`}`);
  }
  for (const [n, o] of info.defs) add(n.pos, `def ${n.value} ${o ? objectString(o, path) : "nil"}`);
  for (const [n, o] of info.uses) add(n.pos, `use ${n.value} ${objectString(o, path)}`);
  for (const [n, o] of info.implicits) add(n.pos, `implicit ${objectString(o, path)}`);
  for (const [e, s] of info.selections) add(e.pos, `selection ${exprString(e)} ${KINDS[s.kind]} ${type(s.recv)} [${s.index.join(" ")}] ${s.indirect}`);
  for (const [n, i] of info.instances) add(n.pos, `instance ${n.value} [${i.typeArgs.map(type).join(",")}] ${type(i.type)}`);
  info.initOrder.forEach((i, k) => lines.push(`init ${String(k).padStart(4, "0")} ${i.lhs.map((v) => v.name).join(",")} = ${exprString(i.rhs)}`));
  return lines;
}

/** Lines that only one side has, as often as it has more of them. */
function difference(theirs, ours) {
  const count = new Map();
  for (const line of theirs) count.set(line, (count.get(line) ?? 0) + 1);
  for (const line of ours) count.set(line, (count.get(line) ?? 0) - 1);
  return [...count].filter(([, n]) => n !== 0).map(([line, n]) => `${n > 0 ? "-" : "+"} ${line}`);
}

try {
  const main = fileURLToPath(new URL("dump.go", import.meta.url));
  const tree = join(execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim(), "src/cmd");
  writeFileSync(join(temp, "overlay.json"), JSON.stringify({ Replace: { [join(tree, "compile/internal/infodump/main.go")]: main } }));
  execFileSync("go", ["build", "-overlay", join(temp, "overlay.json"), "-o", join(temp, "dump"), "cmd/compile/internal/infodump"], { cwd: tree });
  writeFileSync(join(temp, "list.json"), listing);
  const asked = process.argv.slice(2).join() === "all" ? everything : process.argv.slice(2);
  execFileSync(join(temp, "dump"), [join(temp, "list.json")], { input: asked.map((n, i) => `${join(temp, String(i))} ${n}\n`).join("") });
  const ours = new SourcePackages();
  let lines = 0;
  let different = 0;
  asked.forEach((name, i) => {
    ours.find(name);
    const ascii = (text) => text.replace(/[^\n -~]+/g, "?").split("\n").filter(Boolean);
    const theirs = ascii(readFileSync(join(temp, String(i)), "utf8"));
    const found = difference(theirs, ascii(dump(ours.checked.get(name)).join("\n")));
    lines += theirs.length;
    different += found.length;
    if (found.length > 0) console.log([name, ...found.slice(0, 20)].join("\n  "));
  });
  console.log(`${lines} lines of ${asked.length} packages, ${different} different`);
} finally {
  rmSync(temp, { recursive: true });
}
