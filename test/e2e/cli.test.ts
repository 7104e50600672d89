/** The command line as a shell sees it: exit codes, what goes to which stream, suggestions, formats, odd files. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const main = resolve("dist/src/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "gomem-cli-"));
const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "data"), JUPYTER_PATH: "", NO_COLOR: "1", GOMEMCACHE: join(folder, "cache") };

function gomem(words: readonly string[], input = ""): { readonly status: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [main, ...words], { cwd: folder, encoding: "utf8", input, env });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

const files: Readonly<Record<string, string>> = {
  "good.go": 'package main\n\nimport "fmt"\n\nfunc newInt() *int {\n\tx := 42\n\treturn &x\n}\n\nfunc main() {\n\tp := newInt()\n\tfmt.Println(*p)\n}\n',
  "bad.go": "package main\n\nfunc main() {\n\tx := 1\n}\n",
  "panic.go": 'package main\n\nfunc main() {\n\tpanic("boom")\n}\n',
  "exit.go": 'package main\n\nimport "os"\n\nfunc main() {\n\tos.Exit(7)\n}\n',
  "net.go": 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.Get("x")\n}\n',
  "loop.go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("begun")\n\tfor {\n\t}\n}\n',
  "many.go": "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := range 1_000_000 {\n\t\tfmt.Println(i)\n\t}\n}\n",
  "empty.go": "",
  "script.gomem": "# a comment\nx := 2\nx * 21\n",
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
writeFileSync(join(folder, "garbage.go"), Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + 13) % 256)));
mkdirSync(join(folder, "lib"));
writeFileSync(join(folder, "lib", "main.go"), files["good.go"] ?? "");
mkdirSync(join(folder, "nothing"));

describe("exit codes", () => {
  test.each([
    [["run", "good.go"], 0],
    [["run", "bad.go"], 1],
    [["escape", "bad.go"], 1],
    [["run", "panic.go"], 2],
    [["run", "exit.go"], 7],
    [["run", "net.go"], 6],
    [["escpe", "good.go"], 2],
    [["escape", "-nonsense", "good.go"], 2],
    [["escape", "-format=xml", "good.go"], 2],
    [["escape"], 2],
    [["escape", "missing.go"], 2],
    [["run", "missing.ipynb"], 1],
    [["escape", "nothing"], 1],
    [["run", "empty.go"], 1],
    [["escape", "garbage.go"], 1],
    [["kernel", "instal"], 2],
    [["help", "escpe"], 2],
    [["-format=json", "escape", "good.go"], 2],
  ] as const)("gomem %j leaves with %i", (words, status) => {
    const done = gomem(words);
    expect(done.status, done.out + done.err).toBe(status);
  });
});

test("a program's output is on standard output, a crash on standard error", () => {
  expect(gomem(["run", "good.go"])).toEqual({ status: 0, out: "42\n", err: "" });
  const crash = gomem(["run", "panic.go"]);
  expect(crash.out).toBe("");
  expect(crash.err).toMatch(/^panic: boom\n\ngoroutine 1 \[running\]:\nmain\.main\(\)\n/);
});

test("what is misspelt is answered with what was probably meant", () => {
  expect(gomem(["escpe", "good.go"]).err).toBe('gomem: unknown command "escpe"\n\tdid you mean "escape"?\n');
  expect(gomem(["escape", "-onyl=moved", "good.go"]).err).toBe('gomem: escape: unknown flag -onyl\n\tdid you mean "-only"?\n');
  expect(gomem(["escape", "-fromat=json", "good.go"]).err).toBe('gomem: escape: unknown flag -fromat\n\tdid you mean "-format=json"?\n');
  writeFileSync(join(folder, "good.txt"), "no Go\n");
  expect(gomem(["gc", "good.txt"]).err).toBe('gomem: good.txt is not a Go file\n\tdid you mean "good.go"?\n');
  expect(gomem(["run", "good.txt"]).err).toMatch(/^gomem: run: good.txt is neither a Go file nor a package\n/);
  expect(gomem(["escape", "-only=movd", "good.go"]).err).toContain('did you mean "-only=moved"?');
});

test("a folder, standard input and a script are read", () => {
  expect(gomem(["escape", "lib"]).out).toContain("lib/main.go:6:2: moved to heap: x\n");
  expect(gomem(["run", "-"], files["good.go"]).out).toBe("42\n");
  expect(gomem(["escape", "-"], files["good.go"]).out).toContain("./stdin.go:6:2: moved to heap: x\n");
  expect(gomem(["run", "script.gomem"]).out).toBe("42\n");
});

test.each(["escape", "run", "gc", "grow-stack", "why", "inline"])("gomem %s -format=json is one JSON document", (verb) => {
  const done = gomem([verb, ...(verb === "why" ? ["x"] : []), "-format=json", "good.go"]);
  const { schema, outputs } = JSON.parse(done.out);
  expect(schema).toBe("gomem.v1");
  expect(outputs.length).toBeGreaterThan(0);
});

test("help, version and a completion script are printed", () => {
  for (const words of [["help"], ["--help"], ["-h"], []]) expect(gomem(words).out, words.join(" ")).toContain("escape");
  expect(gomem(["help", "escape"]).out).toContain("usage: escape [-m[=2]]");
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(gomem(["version"]).out).toBe(`gomem ${version}\n`);
  expect(gomem(["completion"]).out).toContain("gomem");
});

test("the kernel is installed where it is asked to be and nowhere else, listed and removed", () => {
  const prefix = join(folder, "prefix");
  expect(gomem(["kernel", "install", `-prefix=${prefix}`]).status).toBe(0);
  const spec = JSON.parse(readFileSync(join(prefix, "share/jupyter/kernels/gomem/kernel.json"), "utf8"));
  expect(spec).toMatchObject({ language: "go", interrupt_mode: "message", argv: [process.execPath, expect.stringMatching(/kernel[/\\]main\.js$/), "{connection_file}"] });
  expect(existsSync(spec.argv[1])).toBe(true);
  expect(existsSync(join(folder, "data"))).toBe(false);
  expect(gomem(["kernel", "install"]).status).toBe(0);
  expect(gomem(["kernel", "list"]).out).toContain(join(folder, "data", "kernels", "gomem"));
  expect(gomem(["kernel", "uninstall"]).status).toBe(0);
  expect(gomem(["kernel", "uninstall"]).status).toBe(1);
  expect(gomem(["kernel", "install", "-name=../up"]).status).toBe(1);
});

test("Ctrl-C ends an endless program with 130 and keeps what it has printed", async () => {
  const child = spawn(process.execPath, [main, "run", "loop.go"], { cwd: folder, env });
  let [out, err] = ["", ""];
  child.stderr.on("data", (d) => (err += d));
  child.stdout.on("data", (d) => (out += d));
  setTimeout(() => child.kill("SIGINT"), 4000);
  expect(await new Promise((done) => child.once("close", done))).toBe(130);
  expect([out, err]).toEqual(["begun\n", "interrupted\n"]);
});

test("a reader that goes away ends the program", async () => {
  const child = spawn(process.execPath, [main, "run", "many.go"], { cwd: folder, env });
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await new Promise((done) => child.once("exit", done))).toBe(141);
}, 60_000);

test.skipIf(!existsSync("dist/bundle"))("a second run of the same text compiles nothing and shows the same; another text is another program", () => {
  const cache = join(folder, "again");
  const run = (words: readonly string[], GOMEMCACHE = cache) => {
    const done = spawnSync(process.execPath, [main, ...words], { cwd: folder, encoding: "utf8", env: { ...env, GOMEMCACHE } });
    return { status: done.status, out: done.stdout, err: done.stderr };
  };
  for (const file of ["good.go", "panic.go", "exit.go"]) {
    const first = run(["run", file]);
    expect(run(["run", file])).toEqual(first);
    expect(run(["run", file], "off")).toEqual(first);
  }
  expect(readdirSync(cache)).toHaveLength(3);
  for (const file of ["bad.go", "empty.go"]) expect(run(["run", file])).toEqual(run(["run", file], "off"));
  expect(readdirSync(cache)).toHaveLength(3);
  // A program that mentions what the library lacks is one as well: it runs until it gets there.
  for (const cached of [cache, cache, "off"]) expect(run(["run", "net.go"], cached).status).toBe(6);
  expect(readdirSync(cache)).toHaveLength(4);
  const seen = join(folder, "coverage-again");
  spawnSync(process.execPath, [main, "run", "good.go"], { cwd: folder, env: { ...env, GOMEMCACHE: cache, NODE_V8_COVERAGE: seen } });
  const urls = readdirSync(seen).flatMap((f) => JSON.parse(readFileSync(join(seen, f), "utf8")).result.map((r: { url: string }) => r.url)) as string[];
  const rooms = urls.filter((u) => u.startsWith("file:")).flatMap((u) => [...readFileSync(new URL(u), "utf8").matchAll(/^\/\/ dist\/(src\/[\w-]+)\//gm)].map((m) => m[1]));
  expect(rooms).toContain("src/runtime");
  expect(rooms).not.toContain("src/compiler");
  writeFileSync(join(folder, "changed.go"), (files["good.go"] ?? "").replace("42", "43"));
  expect(run(["run", "changed.go"]).out).toBe("43\n");
  writeFileSync(join(folder, "changed.go"), (files["good.go"] ?? "").replace("42", "44"));
  expect(run(["run", "changed.go"]).out).toBe("44\n");
});

test.skipIf(!existsSync("dist/bundle"))("escape loads nothing that runs Go, draws charts or speaks to Jupyter", () => {
  const seen = join(folder, "coverage");
  const done = spawnSync(process.execPath, [main, "escape", "good.go"], { cwd: folder, encoding: "utf8", env: { ...env, NODE_V8_COVERAGE: seen } });
  expect(done.status).toBe(0);
  const urls = readdirSync(seen).flatMap((f) => JSON.parse(readFileSync(join(seen, f), "utf8")).result.map((r: { url: string }) => r.url)) as string[];
  const loaded = urls.filter((u) => u.startsWith("file:"));
  expect(loaded.filter((u) => /node_modules/.test(u))).toEqual([]);
  const rooms = new Set(loaded.flatMap((u) => [...readFileSync(new URL(u), "utf8").matchAll(/^\/\/ dist\/(?!src\/runtime\/heap\/sizeclass)(src\/(?:compiler\/)?[\w-]+)\//gm)].map((m) => m[1])));
  expect([...rooms].filter((r) => /runtime|codegen|lower|wasm/.test(r ?? ""))).toEqual([]);
  expect(loaded.length).toBeLessThan(15);
});
