/**
 * Joins the compiled files of the command line and the kernel into few, so that Node opens ten files at the start instead of three hundred.
 *
 * Runs after tsc, over dist/. The files that a user starts (dist/src/cli/main.js and its three fellows) become doors of one line to dist/bundle;
 * everything else in dist/src stays as tsc wrote it, for the library. Packages of others stay outside.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const bundle = join(dist, "bundle");
const doors = { "cli-main": "src/cli/main.js", "cli-worker": "src/cli/worker.js", "kernel-main": "kernel/main.js", "kernel-worker": "kernel/worker.js" };

/** The generated parser is imported by a name that only the build knows; here it is known. */
const builtParser = (code) =>
  `import * as builtParser from "./generated-parser.js";\n${code.replace(/await loadParser\(\)/, "builtParser")}`;

/** Places that are told relative to a file are told relative to the bundle. */
const places = (code, id) =>
  code.replace(/new URL\("(\.[^"]+)", import\.meta\.url\)/g, (_, path) => `new URL(${JSON.stringify(relative(bundle, join(dirname(id), path)))}, import.meta.url)`);

const ours = {
  name: "gomem",
  transform(code, id) {
    if (!id.startsWith(dist)) return null;
    const known = id.endsWith("compiler/syntax/parse.js") && existsSync(join(dirname(id), "generated-parser.js")) ? builtParser(code) : code;
    return places(known, id);
  },
};

/** Bundles dist/. */
export async function bundleDist() {
  rmSync(bundle, { recursive: true, force: true });
  const built = await rolldown({
    input: Object.fromEntries(Object.entries(doors).map(([name, path]) => [name, join(dist, path)])),
    platform: "node",
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
    treeshake: { moduleSideEffects: (id) => Object.values(doors).some((path) => id.endsWith(path)) },
    plugins: [ours],
    logLevel: "warn",
  });
  await built.write({ dir: bundle, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" });
  await built.close();
  for (const [name, path] of Object.entries(doors)) {
    const shebang = name === "cli-main" ? "#!/usr/bin/env node\n" : "";
    writeFileSync(join(dist, path), `${shebang}import ${JSON.stringify(relative(dirname(join(dist, path)), join(bundle, `${name}.js`)))};\n`);
  }
}

await bundleDist();
