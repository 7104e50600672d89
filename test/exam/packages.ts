/**
 * Reads Go's own library as it stands in GOROOT/src: parse speed over all of it, and the packages that programs import most, each
 * checked as a whole package. Prints one line a measurement, in processor time, so that a busy machine matters less; ends with 1 where a
 * package is refused.
 *
 *   node .build/exam/packages.js [PACKAGE…]
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { formatDiagnostic } from "../../dist/src/base/diagnostic.js";
import { Sources } from "../../dist/src/base/source.js";
import { check, Packages, parseFile } from "../../dist/src/compiler/index.js";
import { stdImporter } from "../../dist/src/std/index.js";

/** The packages that Go programs import most, by the imports of public programs. */
export const packages: readonly string[] = [
  "fmt", "strings", "os", "time", "errors", "sync", "strconv", "io", "sort", "bytes", "math", "bufio", "context", "log", "encoding/json", "math/rand", "reflect",
  "regexp", "runtime", "path/filepath", "sync/atomic", "unsafe", "unicode", "unicode/utf8", "net/http", "flag", "slices", "maps", "math/big", "math/bits",
  "container/heap", "container/list", "container/ring", "encoding/binary", "encoding/hex", "encoding/base64", "hash", "hash/fnv", "hash/crc32", "crypto/sha256",
  "crypto/md5", "crypto/rand", "text/template", "text/tabwriter", "html/template", "net/url", "net", "os/signal", "os/exec", "path", "io/fs", "cmp", "iter",
  "runtime/debug", "testing", "unicode/utf16", "encoding/csv", "strings", "math/cmplx", "math/rand/v2", "log/slog", "syscall", "embed",
].filter((name, i, all) => all.indexOf(name) === i && name !== "unsafe");

interface Listed {
  readonly ImportPath: string;
  readonly Dir: string;
  readonly GoFiles: readonly string[];
}

function main(words: readonly string[]): void {
  const goroot = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout.trim();
  if (words.length === 0) {
    measureParsing(join(goroot, "src"));
    measureCell();
  }
  measureChecking(words.length > 0 ? words : packages);
}

function goFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name);
    if (e.isDirectory()) return e.name === "testdata" ? [] : goFiles(path);
    return e.name.endsWith(".go") ? [path] : [];
  });
}

/** Processor time that this process has used, in ms. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function measureParsing(root: string): void {
  const texts = goFiles(root).map((path) => ({ path, text: readFileSync(path, "latin1") }));
  const refused: string[] = [];
  const parse = ({ path, text }: { readonly path: string; readonly text: string }): void => {
    const sources = new Sources();
    const { errors } = parseFile(sources.add(path, text), sources);
    if (errors[0]) refused.push(formatDiagnostic(errors[0]));
  };
  const bytes = texts.reduce((n, t) => n + t.text.length, 0);
  const pass = (): string => {
    refused.length = 0;
    const begun = used();
    for (const t of texts) parse(t);
    return `${(bytes / 1e3 / (used() - begun)).toFixed(1)} MB/s`;
  };
  const cold = pass();
  console.log(`parsed ${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB, first ${cold}, then warm ${pass()}, ${refused.length} refused`);
  for (const line of refused.slice(0, 10)) console.log(`  ${line}`);
}

/** A cell of 200 lines: scanned, parsed and checked, warm. */
function measureCell(): void {
  const functions = Array.from({ length: 20 }, (_, i) => [
    `type point${i} struct{ x, y int; name string }`, "", `func (p *point${i}) add(q point${i}) *point${i} {`, "\tp.x += q.x", "\tp.y += q.y",
    `\tif p.name == "" { p.name = fmt.Sprint(q.name, ${i}) }`, "\tfor k, v := range map[string]int{p.name: p.x} { fmt.Println(k, v) }", "\treturn p", "}", "",
  ].join("\n"));
  const text = `package main\n\nimport "fmt"\n\n${functions.join("")}\nfunc main() {}\n`;
  const importer = stdImporter();
  const once = (): number => {
    const begun = used();
    const { diagnostics } = check({ files: [{ name: "./cell.go", text }], importer });
    if (diagnostics[0]) console.log(formatDiagnostic(diagnostics[0]));
    return used() - begun;
  };
  const times = Array.from({ length: 300 }, once);
  const median = (some: readonly number[]): string => `${([...some].sort((a, b) => a - b)[some.length >> 1] ?? 0).toFixed(1)} ms`;
  console.log(`a cell of ${text.split("\n").length} lines: the first ten ${median(times.slice(0, 10))}, warm ${median(times.slice(-100))}`);
}

/** Checks the packages, and before them all that they import, from source: each sees the ones before it as they were checked. */
function measureChecking(names: readonly string[]): void {
  const done = spawnSync("go", ["list", "-deps", "-json=ImportPath,Dir,GoFiles", ...names], { encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, CGO_ENABLED: "0" } });
  const listed = (JSON.parse(`[${done.stdout.trim().replaceAll("}\n{", "},\n{")}]`) as Listed[]).filter((p) => p.ImportPath !== "unsafe");
  const importer = new Packages(stdImporter());
  let bytes = 0;
  let ms = 0;
  let bad = 0;
  for (const { ImportPath, Dir, GoFiles } of listed) {
    const files = GoFiles.map((file) => ({ name: join(Dir, file), text: readFileSync(join(Dir, file), "latin1") }));
    const begun = used();
    const { diagnostics, pkg } = check({ files, path: ImportPath.replace(/^vendor\//, ""), importer, mode: "std", allErrors: true });
    ms += used() - begun;
    importer.add(pkg);
    bytes += files.reduce((n, f) => n + f.text.length, 0);
    if (diagnostics.length > 0) bad++;
    if (diagnostics.length > 0) console.log(`${ImportPath}: ${diagnostics.length}\n  ${diagnostics.slice(0, 5).map(formatDiagnostic).join("\n  ")}`);
  }
  console.log(`checked ${names.length} packages and what they import, ${listed.length} in all, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / 1e3 / ms).toFixed(2)} MB/s, ${bad} refused`);
  if (bad > 0) process.exitCode = 1;
}

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv.slice(2), resourceLimits: { stackSizeMb: 256, maxOldGenerationSizeMb: 4096 } });
  worker.on("exit", (code) => {
    process.exitCode ||= code;
  });
} else main(workerData as string[]);
