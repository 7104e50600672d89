/**
 * Joins the compiled files of the command line and the kernel into few plain scripts, and lets V8 compile them: what a process has to do before
 * its first line of ours is to read. The command line's door is plain CommonJS as well: Node's loader of ES modules costs 8 ms.
 *
 * Runs after tsc, over dist/. The files that a user starts (dist/src/cli/main.js and its three fellows) become doors of one line to dist/bundle;
 * everything else in dist/src stays as tsc wrote it, for the library. Packages of others stay outside.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../dist");
const bundle = join(dist, "bundle");
/** Make Node take what is in the folders of the doors for CommonJS; nothing there but the doors is ever loaded. */
const commonjs = ["src/cli", "kernel"].map((folder) => join(dist, folder, "package.json"));
const doors = { "cli-main": "src/cli/main.js", "cli-worker": "src/cli/worker.js", "kernel-main": "kernel/main.js", "kernel-worker": "kernel/worker.js" };

/** The generated parser is imported by a name that only the build knows; here it is known. */
const builtParser = (code) =>
  `import * as builtParser from "./generated-parser.js";\n${code.replace(/await loadParser\(\)/, "builtParser")}`;

/** A door's place in dist/src, as one sees it from the bundle. */
const doorOf = (path) => Object.entries(doors).find(([, door]) => join(dist, door) === path)?.[0];

/** Places that are told relative to a file are told relative to the bundle; the threads that we start go straight to their script; packages of others are imported by the loader. */
const places = (code, id) =>
  code
    .replace(/new URL\("(\.[^"]+)", import\.meta\.url\)/g, (whole, path) => {
      const place = join(dirname(id), path);
      const door = /new Worker\($/.test(code.slice(0, code.indexOf(whole))) ? doorOf(place) : undefined;
      return `new URL(${JSON.stringify(door === undefined ? relative(bundle, place) : `./${door}.cjs`)}, __url)`;
    })
    .replaceAll("import.meta.url", "__url")
    // A script from V8's compiled form has lost who imports for it, so the loader does.
    .replace(/\bimport\((?=\s*"[^."])/g, "__import(");

/** Which compiler this is: see src/std/stamp.ts. */
const stamp = (await import(pathToFileURL(join(dist, "src/std/stamp.js")).href)).stampOf("js");

/** Which build this is: see src/cli/cache.ts. */
const build = createHash("sha256").update(JSON.stringify(contents(join(dist, "src")))).digest("hex");

/** Name and text of every script below a folder. */
function contents(folder) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
    const path = join(folder, e.name);
    if (e.isDirectory()) return contents(path);
    return e.name.endsWith(".js") ? [relative(dist, path), readFileSync(path, "utf8")] : [];
  });
}

const ours = {
  name: "gomem",
  transform(code, id) {
    if (!id.startsWith(dist)) return null;
    const known = id.endsWith("compiler/syntax/parse.js") && existsSync(join(dirname(id), "generated-parser.js")) ? builtParser(code) : code;
    if (id.endsWith("std/stamp.js")) return places(known.replace(/const BUNDLED = ""/, `const BUNDLED = ${JSON.stringify(stamp)}`), id);
    if (id.endsWith("cli/cache.js")) return places(known.replace(/const BUILD = ""/, `const BUILD = ${JSON.stringify(build)}`), id);
    return places(known, id);
  },
};

/** What every command needs is one script, not ten: each costs a third of a millisecond. Nothing of it runs Go or compiles it. */
const groups = [{ name: "door", test: /dist\/src\/(cli\/(arguments|cache|execute|exit|files|here|terminal|verb)|base\/(assets|bug|diagnostic|parts|patience|source|units)|views\/(text|gctrace)|runtime\/heap\/sizeclass|lab\/(settings|failure)|record\/notes|abi\/structs)\.js$/ }];

/** The text of a script as the loader takes it: one byte a character, and nothing before its first statement. */
const plain = (text) => text.replace(/^#!.*\n/, "").replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Bundles dist/. */
async function bundleDist() {
  rmSync(bundle, { recursive: true, force: true });
  for (const file of commonjs) rmSync(file, { force: true });
  const built = await rolldown({
    input: Object.fromEntries(Object.entries(doors).map(([name, path]) => [name, join(dist, path)])),
    platform: "node",
    preserveEntrySignatures: false,
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
    treeshake: { moduleSideEffects: (id) => Object.values(doors).some((path) => id.endsWith(path)) },
    plugins: [ours],
    logLevel: "warn",
  });
  await built.write({ dir: bundle, format: "cjs", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", codeSplitting: { groups, includeDependenciesRecursively: false } });
  await built.close();
  for (const name of readdirSync(bundle)) writeFileSync(join(bundle, name), plain(readFileSync(join(bundle, name), "utf8")));
  copyFileSync(join(here, "load.cjs"), join(bundle, "load.cjs"));
  for (const [name, path] of Object.entries(doors)) {
    writeFileSync(join(bundle, `${name}.cjs`), `require("./load.cjs").load("${name}.js");\n`);
    const shebang = name === "cli-main" ? "#!/usr/bin/env node\n" : "";
    const script = JSON.stringify(relative(dirname(join(dist, path)), join(bundle, `${name}.cjs`)));
    writeFileSync(join(dist, path), `${shebang}require(${script});\n`);
  }
  for (const file of commonjs) writeFileSync(file, '{ "type": "commonjs" }\n');
}

/** Runs a script that may `load` ours; V8's compiled form then holds what that needed besides. */
function trained(script) {
  const whole = `const { keep, load, renew } = require(${JSON.stringify(join(bundle, "load.cjs"))}); renew(); ${script}`;
  const env = { ...process.env, GOMEMCACHE: join(scratch, "cache"), GOMEM_HISTORY: join(scratch, "history.jsonl") };
  const done = spawnSync(process.execPath, ["-e", whole], { encoding: "utf8", cwd: scratch, env });
  if (done.status !== 0) console.error(`gomem: the training script failed: starting will be slow\n${done.stderr}`);
}

/** Runs the command line in the scratch folder. */
const gomem = (...words) => trained(`process.argv = ["node", "gomem", ...${JSON.stringify(words)}]; load("cli-main.js");`);

/** What the kernel's engine is asked: cells of the common kinds. */
const CELLS = [
  "1+1", "x := []int{1, 2}\nfor i := range x {\n\tx[i] *= 2\n}\nx", 'import "fmt"\n\ntype T struct{ n int }\n\nfunc (t *T) add(n int) { t.n += n }\n\nfmt.Println(T{1})', "var t *T\nt.add(1)", "y := ", "escape", "gc",
];

/** Runs the engine's thread as the main one, for only that writes V8's compiled form; V8's flags stay as they are, for it refuses what was made under others. */
const engine = () => trained(`
  require("node:v8").setFlagsFromString = () => undefined;
  const threads = require("node:worker_threads");
  const asks = [...${JSON.stringify(CELLS)}.map((code, i) => ({ kind: "execute", code, cell: i + 1, allowStdin: false, expressions: {} })),
    { kind: "complete", code: "fmt.Pri", at: 7 }, { kind: "inspect", code: "x", at: 1, detail: 0 }, { kind: "isComplete", code: "func f() {" }];
  let hear;
  threads.workerData = { shared: new SharedArrayBuffer(16 + 65536) };
  threads.parentPort = {
    on: (_, heard) => void (hear = heard),
    postMessage({ kind, id }) {
      if (kind === "answer" || kind === "failed") id < asks.length ? setTimeout(() => hear({ id: id + 1, ask: asks[id] }), 0) : setTimeout(() => process.exit(0), 1500);
    },
  };
  load("kernel-worker.js");
  hear({ id: 1, ask: asks[0] });`);

/** Runs the kernel's main thread between a client and an engine that knows one answer. */
const kernel = () => trained(`
  const { createHmac } = require("node:crypto"), { existsSync, writeFileSync } = require("node:fs");
  const zmq = require("node:module").createRequire(${JSON.stringify(join(here, "bundle.mjs"))})("zeromq");
  const address = "ipc://kernel-";
  writeFileSync("connection.json", JSON.stringify({ transport: "ipc", ip: "kernel", key: "k", shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 }));
  process.argv = ["node", "kernel", "connection.json"];
  require("node:worker_threads").Worker = class {
    on(event, heard) {
      if (event === "message") this.heard = heard;
    }
    postMessage({ id, ask }) {
      this.heard({ kind: "shown", id, shown: { kind: "stream", name: "stdout", text: "1" } });
      this.heard({ kind: "shown", id, shown: { kind: "result", bundle: { data: { "text/plain": "2" }, metadata: {} } } });
      this.heard({ kind: "answer", id, answer: ask.kind === "execute" ? { ok: true, expressions: {} } : { matches: [], start: 0, end: 0 } });
    }
    terminate() {}
  };
  load("kernel-main.js");
  const shell = new zmq.Dealer({ linger: 0 }), iopub = new zmq.Subscriber({ linger: 0 });
  const ask = async (msg_type, content) => {
    const parts = [{ msg_id: msg_type, msg_type, session: "s" }, {}, {}, content].map((p) => JSON.stringify(p));
    const hmac = createHmac("sha256", "k");
    for (const p of parts) hmac.update(p);
    await shell.send(["<IDS|MSG>", hmac.digest("hex"), ...parts]);
    await shell.receive();
  };
  (async () => {
    while (!existsSync("kernel-5")) await new Promise((resolve) => setTimeout(resolve, 20));
    shell.connect(address + "1");
    iopub.connect(address + "2");
    iopub.subscribe();
    await ask("kernel_info_request", {});
    for (const code of ["1+1", "2"]) await ask("execute_request", { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true });
    await ask("complete_request", { code: "fmt.Pri", cursor_pos: 7 });
    await ask("history_request", { hist_access_type: "tail", n: 1 });
    await ask("shutdown_request", { restart: false });
  })();`);

/** Runs a script of common commands and programs, after which the loader leaves V8's compiled form of what that needed; then of the rest, unused. */
function train() {
  const script = readFileSync(join(here, "train.gomem"), "utf8");
  writeFileSync(join(scratch, "train.gomem"), script);
  // Its program as a file: compiled, kept, run again.
  writeFileSync(join(scratch, "main.go"), script.replace(/^#.*\n/, "").replace(/\n}\n(?![^]*\n}\n)[^]*/, "\n}\n"));
  gomem("run", "train.gomem");
  gomem("run", "main.go");
  gomem("run", "main.go");
  engine();
  kernel();
  const { compile, keep } = createRequire(import.meta.url)(join(bundle, "load.cjs"));
  for (const name of readdirSync(bundle)) if (name.endsWith(".js")) compile(name);
  keep();
}

const scratch = mkdtempSync(join(tmpdir(), "gomem-"));
await bundleDist();
train();
rmSync(scratch, { recursive: true, force: true });
