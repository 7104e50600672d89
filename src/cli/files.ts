/**
 * Files of the shell's user: reads sources named on the command line and expands `./...`.
 *
 * Refuses nothing that the shell's user names; a cell's own file port (below its folder only) is `folderPort`.
 */
import { lstatSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from "node:path";
import type { FilePort } from "../lab/index.ts";

const words = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "no such file or directory";
  if (code === "EISDIR") return "is a directory";
  if (code === "EACCES") return "permission denied";
  return error instanceof Error ? error.message : String(error);
};

/** Reads any file that the user of a shell names; `-` is standard input. */
export const shellFiles: FilePort = {
  read(path) {
    try {
      return { text: readFileSync(path === "-" ? 0 : path, "latin1") };
    } catch (error) {
      return { problem: words(error) };
    }
  },
  list(path) {
    return goFiles(path);
  },
  assembly: (folder) => namesIn(folder, ".s"),
  whole: (path) => (path.startsWith("<") ? path : resolve(path)),
  write(path, text) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return undefined;
    } catch (error) {
      return { problem: words(error) };
    }
  },
};

/** Reads files below `folder` only, never through a link. What a cell may do. */
export function folderPort(folder: string): FilePort {
  const inside = (path: string): string | undefined => {
    const full = resolve(folder, path);
    const rest = relative(folder, full);
    if (isAbsolute(path) || rest.startsWith("..") || isAbsolute(rest)) return undefined;
    const parts = rest.split(sep);
    const links = parts.some((_, i) => {
      try {
        return lstatSync(join(folder, ...parts.slice(0, i + 1))).isSymbolicLink();
      } catch {
        return false;
      }
    });
    return links ? undefined : full;
  };
  return {
    read(path) {
      const full = inside(path);
      if (full === undefined) return { problem: "outside the notebook's folder" };
      try {
        return { text: readFileSync(full, "latin1") };
      } catch (error) {
        return { problem: words(error) };
      }
    },
    assembly: (path) => (inside(path) === undefined ? [] : namesIn(path, ".s")),
    list(path) {
      return inside(path.replace(/\.\.\.$/, "")) === undefined ? { problem: "outside the notebook's folder" } : goFiles(path);
    },
  };
}

/** The Go files that a path means: itself, those of a folder, or of every folder below `dir/...`; tests are left out, as `go build` does. */
function goFiles(path: string): { readonly paths: readonly string[] } | { readonly problem: string } {
  try {
    if (path.endsWith("...")) return { paths: below(normalize(path.slice(0, -3) || ".")) };
    if (path === "-" || !statSync(path).isDirectory()) return { paths: [path] };
    return { paths: inFolder(path) };
  } catch (error) {
    return { problem: words(error) };
  }
}

const inFolder = (folder: string): string[] => namesIn(folder, ".go").filter((n) => !n.endsWith("_test.go"));

const namesIn = (folder: string, ending: string): string[] => readdirSync(folder).filter((n) => n.endsWith(ending) && !/^[_.]/.test(n)).sort().map((n) => join(folder, n));

function below(folder: string): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory() && !/^[_.]|^testdata$|^vendor$|^node_modules$/.test(e.name));
  return [...inFolder(folder), ...folders.map((e) => e.name).sort().flatMap((n) => below(join(folder, n)))];
}
