/**
 * Whole packages of Go's library, from their source in GOROOT: what -m says of each, against `go build -gcflags=-m PACKAGE`.
 *
 * Each package is analysed after those that it imports, which are analysed from their source too. Without cgo, as linux/amd64 has it.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "../../dist/src/base/diagnostic.js";
import { Workspace } from "../../dist/src/compiler/index.js";
import { stdImporter } from "../../dist/src/std/index.js";
import { compilerLines } from "../../dist/src/views/index.js";
import { body } from "./errors.ts";
import type { Unit } from "./goroot.ts";
import { compared, type Verdict } from "./judge.ts";
import type { Oracle } from "./oracle.ts";

interface Listed {
  readonly ImportPath: string;
  readonly Dir: string;
  readonly GoFiles?: readonly string[];
}

/** The packages that must be right. */
const NAMED: readonly string[] = [
  "container/heap", "container/list", "container/ring", "sort", "strings", "bytes", "strconv", "errors", "unicode/utf8", "text/tabwriter", "encoding/csv", "bufio",
  "go/types", "encoding/json",
];

/** All packages of the library in the order of their imports, without `unsafe`. */
function listed(names: readonly string[]): Listed[] {
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOTOOLCHAIN: "local" };
  const done = spawnSync("go", ["list", "-deps", "-json=ImportPath,Dir,GoFiles", ...names], { encoding: "utf8", maxBuffer: 1 << 27, env });
  return (JSON.parse(`[${done.stdout.trim().replaceAll("}\n{", "},\n{")}]`) as Listed[]).filter((p) => p.ImportPath !== "unsafe" && (p.GoFiles?.length ?? 0) > 0);
}

/** One unit for each package; the files are read when it is its turn. */
export function packageUnits(names: readonly string[] = ["std"]): Unit[] {
  return listed(names).map(({ ImportPath, Dir, GoFiles = [] }) => ({
    id: ImportPath, file: Dir, text: "", action: "compile", flags: GoFiles, fails: false, auto: false, output: "",
  }));
}

/** Judges packages one after the other: what one concluded is there for the next. */
export class PackageJudge {
  readonly #workspace = new Workspace(stdImporter());
  readonly #oracle: Oracle;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** The verdict on a package; undefined where it is only there for those that import it. */
  judge({ id, file: dir, flags: names }: Unit, wanted: boolean): Verdict | undefined {
    const files = names.map((name) => ({ name: join(dir, name), text: readFileSync(join(dir, name), "latin1") }));
    let got: readonly string[] = [];
    let failed: string | undefined;
    try {
      const { checked, analysed } = this.#workspace.analyse({ files, path: id, mode: "std", allErrors: true, goroot: this.#oracle.goroot }, {});
      failed = checked.diagnostics[0] ? formatDiagnostic(checked.diagnostics[0]) : undefined;
      got = body(Buffer.from(compilerLines(analysed?.notes ?? [], 1), "utf8").toString("latin1"));
      const missing = analysed?.unsupported[0];
      if (missing && wanted) return { verdict: "unsupported", detail: analysed.unsupported.slice(0, 3).map(formatDiagnostic) };
    } catch (thrown) {
      failed = thrown instanceof Error ? (thrown.stack ?? thrown.message).split("\n").slice(0, 6).join("\n  ") : String(thrown);
    }
    if (!wanted) return undefined;
    if (failed !== undefined) return { verdict: "wrong", detail: [failed] };
    const truth = this.#oracle.package(id);
    return truth.exit === 0 ? compared(body(truth.text), got) : undefined;
  }
}

/** Whether a package is among those that must be right. */
export const isNamed = (id: string): boolean => NAMED.includes(id);
