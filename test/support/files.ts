/** A disk that is a table: paths to texts. */
import type { FilePort } from "gomem";

/** The files as commands of a laboratory read them; `whole` is where they seem to lie. */
export function tableFiles(files: Readonly<Record<string, string>>, whole = "/src"): FilePort {
  const plain = (path: string): string => path.replace(/^\.\/?/, "").replace(/\/$/, "");
  const names = Object.keys(files).sort();
  const folderOf = (name: string): string => (name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "");
  const isGo = (name: string): boolean => name.endsWith(".go") && !name.endsWith("_test.go");
  return {
    read: (path) => {
      const text = files[plain(path)];
      return text === undefined ? { problem: "no such file or directory" } : { text: Buffer.from(text, "utf8").toString("latin1") };
    },
    assembly: (folder) => names.filter((n) => n.endsWith(".s") && folderOf(n) === plain(folder)),
    list: (path) => {
      if (path.endsWith("...")) {
        const top = plain(path.slice(0, -3));
        return { paths: names.filter((n) => isGo(n) && (top === "" || n.startsWith(`${top}/`))) };
      }
      if (files[plain(path)] !== undefined) return { paths: [path] };
      const inside = names.filter((n) => isGo(n) && folderOf(n) === plain(path));
      return inside.length === 0 ? { problem: "no such file or directory" } : { paths: inside };
    },
    whole: (path) => (plain(path) === "" ? whole : `${whole}/${plain(path)}`),
  };
}
