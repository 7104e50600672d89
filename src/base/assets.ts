/** Reads what ships beside the code: grammars, facts, Go text, the built std image. The only file below the doors that touches a disk. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bug } from "./bug.ts";

/** The folder that holds package.json, seen from dist/src/base or src/base. */
const root = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "package.json"))) return dir;
    if (dirname(dir) === dir) bug(`no package.json above ${from}`);
  }
}

/** The text of a shipped file, by its path inside the package; undefined if there is none. */
export function assetText(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The bytes of a shipped file, by its path inside the package; undefined if there is none. */
export function assetBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(`${root}/${path}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

/** Names of the files in a shipped folder, sorted; none if there is no such folder. */
export function assetNames(path: string): string[] {
  const dir = join(root, path);
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).filter((e) => e.isFile()).map((e) => e.name).sort();
}

/** `path size` of each file with this ending in a shipped folder and all below it, sorted by path. */
export function assetSizes(path: string, ending: string): string[] {
  const dir = join(root, path);
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
    const inner = `${path}/${e.name}`;
    if (e.isDirectory()) return assetSizes(inner, ending);
    return e.name.endsWith(ending) ? [`${inner} ${statSync(join(root, inner)).size}`] : [];
  });
}

/** Size and time of the last change of a shipped file: another one is another file. */
export function assetChange(path: string): string {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeMs}` : "";
}
