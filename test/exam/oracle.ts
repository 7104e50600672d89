/**
 * The real Go toolchain as the judge: what the compiler prints for a file with given flags.
 *
 * Answers are kept by content in the system's temporary folder, so a second pass costs nothing. Never gives a Go tool an output
 * path that is not its own.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Answer {
  readonly exit: number;
  readonly text: string;
}

export class Oracle {
  readonly goroot: string;
  readonly version: string;
  readonly #tool: string;
  readonly #cache: string;
  readonly #importcfg: string;

  private constructor(goroot: string, version: string, tool: string) {
    this.goroot = goroot;
    this.version = version;
    this.#tool = tool;
    this.#cache = join(tmpdir(), `gomem-exam-${version}`);
    this.#importcfg = join(this.#cache, "importcfg");
  }

  /** The Go on PATH; undefined where there is none. */
  static find(): Oracle | undefined {
    const asked = spawnSync("go", ["env", "GOROOT", "GOVERSION", "GOTOOLDIR"], { encoding: "utf8" });
    if (asked.status !== 0) return undefined;
    const [goroot = "", version = "", tool = ""] = asked.stdout.trim().split("\n");
    return new Oracle(goroot, version, tool);
  }

  /** What `go build -gcflags=FLAGS` of one file says, without the header. */
  compile(file: string, text: string, flags: readonly string[]): Answer {
    return this.#kept(JSON.stringify([file, text, flags]), file, text, (folder) => {
      this.#prepare();
      const words = ["-o", join(folder, "out.a"), "-trimpath", "/nowhere=>", "-p", "main", "-lang=go1.26", "-complete", "-c=1", "-nolocalimports", "-importcfg", this.#importcfg, "-pack", ...flags, `./${file}`];
      const done = spawnSync(join(this.#tool, "compile"), words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, GOROOT: this.goroot } });
      return { exit: done.status ?? -1, text: `${done.stdout}${done.stderr}`.replaceAll(`${folder}/`, "./").replaceAll("$GOROOT/", `${this.goroot}/`) };
    });
  }

  /** The records of `-json=0,dir` about one file itself, as the compiler writes them. */
  records(file: string, text: string): Answer {
    return this.#kept(JSON.stringify(["records", file, text]), file, text, (folder) => {
      this.#prepare();
      const words = ["-o", join(folder, "out.a"), "-trimpath", "/nowhere=>", "-p", "main", "-complete", "-c=1", "-importcfg", this.#importcfg, "-pack", `-json=0,${folder}/records`, `./${file}`];
      const done = spawnSync(join(this.#tool, "compile"), words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, GOROOT: this.goroot } });
      const written = join(folder, "records/main", `${file.replace(/\.go$/, "")}.json`);
      return { exit: done.status ?? -1, text: existsSync(written) ? readFileSync(written, "utf8").replaceAll(`${folder}/`, "/dir/") : "" };
    });
  }

  /** What `go build -gcflags=-m` of a package of the library says, without cgo. */
  package(path: string): Answer {
    return this.#kept(JSON.stringify(["package", path]), "none", "", (folder) => {
      const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
      const done = spawnSync("go", ["build", "-gcflags=-m", path], { cwd: folder, encoding: "latin1", maxBuffer: 1 << 28, env });
      return { exit: done.status ?? -1, text: done.stderr };
    });
  }

  /** What `go build` of one file says, headers and the go command's own refusals included. */
  build(file: string, text: string): Answer {
    return this.#kept(JSON.stringify(["build", file, text]), file, text, (folder) => {
      const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local", CGO_ENABLED: "0", GO111MODULE: "" };
      const done = spawnSync("go", ["build", "-o", join(folder, "out"), file], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26, env });
      return { exit: done.status ?? -1, text: `${done.stdout}${done.stderr}`.replaceAll(this.goroot, "/usr/local/go") };
    });
  }

  /** What `go build -gcflags=-m ./...` of a module says, compiled one package after the other. */
  module(mod: string, files: readonly { readonly name: string; readonly text: string }[]): Answer {
    return this.#kept(JSON.stringify(["module", mod, files]), "go.mod", mod, (folder) => {
      for (const f of files) {
        mkdirSync(dirname(join(folder, f.name)), { recursive: true });
        writeFileSync(join(folder, f.name), f.text, "latin1");
      }
      const env = { ...process.env, GOFLAGS: "", GOPROXY: "off", GOTOOLCHAIN: "local", CGO_ENABLED: "0", GO111MODULE: "on" };
      const done = spawnSync("go", ["build", "-p", "1", "-gcflags=-m", "./..."], { cwd: folder, encoding: "latin1", maxBuffer: 1 << 26, env });
      return { exit: done.status ?? -1, text: done.stderr.replaceAll(folder, "/src") };
    });
  }

  /** The answer to a question: as it was kept, or asked now in a folder that holds the file. */
  #kept(question: string, file: string, text: string, ask: (folder: string) => Answer): Answer {
    mkdirSync(this.#cache, { recursive: true });
    const kept = join(this.#cache, `${createHash("sha256").update(question).digest("hex").slice(0, 24)}.json`);
    if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Answer;
    const folder = mkdtempSync(join(tmpdir(), "gomem-oracle-"));
    try {
      writeFileSync(join(folder, file), text, "latin1");
      const answer = ask(folder);
      writeFileSync(kept, JSON.stringify(answer));
      return answer;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #prepare(): void {
    if (existsSync(this.#importcfg)) return;
    const list = execFileSync("go", ["list", "-export", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "std"], { encoding: "utf8", maxBuffer: 1 << 26 });
    writeFileSync(this.#importcfg, list);
  }
}
