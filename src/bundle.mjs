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
/** Makes Node take what is in the command line's folder for CommonJS; nothing there but its doors is ever loaded. */
const commonjs = join(dist, "src/cli/package.json");
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
  rmSync(commonjs, { force: true });
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
    writeFileSync(join(dist, path), `${shebang}${path.startsWith("src/cli/") ? `require(${script})` : `import ${script}`};\n`);
  }
  writeFileSync(commonjs, '{ "type": "commonjs" }\n');
}

/** Runs the command line in this folder; V8's compiled form then holds what that needed besides. */
function gomem(...words) {
  const script = `const { load, renew } = require(${JSON.stringify(join(bundle, "load.cjs"))}); renew(); process.argv = ["node", "gomem", ...${JSON.stringify(words)}]; load("cli-main.js");`;
  const cache = join(scratch, "cache");
  const done = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", cwd: scratch, env: { ...process.env, GOMEMCACHE: cache } });
  if (done.status !== 0) console.error(`gomem: the training script failed: starting will be slow\n${done.stderr}`);
}

/** Runs a script of common commands and programs, after which the loader leaves V8's compiled form of what that needed; then of the rest, unused. */
function train() {
  const script = readFileSync(join(here, "train.gomem"), "utf8");
  writeFileSync(join(scratch, "train.gomem"), script);
  // Its program as a file: compiled, kept, run again.
  writeFileSync(join(scratch, "main.go"), script.replace(/^#.*\n/, "").replace(/\n}\n(?![^]*\n}\n)[^]*/, "\n}\n"));
  gomem("run", "train.gomem");
  gomem("run", "main.go");
  gomem("run", "main.go");
  const { compile, keep } = createRequire(import.meta.url)(join(bundle, "load.cjs"));
  for (const name of readdirSync(bundle)) if (name.endsWith(".js")) compile(name);
  keep();
}

const scratch = mkdtempSync(join(tmpdir(), "gomem-"));
await bundleDist();
train();
rmSync(scratch, { recursive: true, force: true });
