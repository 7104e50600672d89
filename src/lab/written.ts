/** Files that cells have written (`%%file util/a.go`): they lie over the folder of the notebook, and nothing is written to a disk. */
import type { FilePort } from "./commands/command.ts";

/** The name of the module of a session that has no go.mod. */
export const SESSION_MODULE = "lab";

/** Written files by path, without `./`. */
export type Written = ReadonlyMap<string, string>;

/** A path as written files are known by; undefined if it would leave the folder. */
export function writtenPath(path: string): string | undefined {
  const plain = path.replace(/^(\.\/)+/, "");
  return /^[\w@+-][\w@+. -]*(\/[\w@+-][\w@+. -]*)*$/.test(plain) ? plain : undefined;
}

/** Reads written files before those below. */
export function withWritten(below: FilePort, written: Written): FilePort {
  if (written.size === 0) return below;
  const texts = written.has("go.mod") || "text" in below.read("go.mod") ? written : new Map([...written, ["go.mod", `module ${SESSION_MODULE}\n\ngo 1.26\n`]]);
  return {
    ...below,
    read: (path) => {
      const text = texts.get(plain(path));
      return text === undefined ? below.read(path) : { text };
    },
    list: (path) => {
      if (texts.has(plain(path))) return { paths: [path] };
      const listed = below.list(path);
      const own = goFilesIn(texts, path);
      if ("problem" in listed) return own.length === 0 ? listed : { paths: own };
      return { paths: [...new Set([...listed.paths.map((p) => (path.startsWith("/") ? p : plain(p))), ...own])].sort() };
    },
  };
}

const plain = (path: string): string => path.replace(/^(\.\/)+/, "").replace(/^\.$/, "").replace(/\/$/, "");

function goFilesIn(texts: Written, path: string): string[] {
  const all = path.endsWith("...");
  const folder = plain(all ? path.slice(0, -3) : path);
  return [...texts.keys()].filter((name) => {
    if (!name.endsWith(".go") || name.endsWith("_test.go")) return false;
    const own = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
    return own === folder || (all && (folder === "" || own.startsWith(`${folder}/`)));
  }).sort();
}
