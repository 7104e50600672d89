/** Lines about library instances that are known as they stand, as notes. */
import type { Note } from "../../record/notes.ts";

/** Where Go is usually installed. */
export const DEFAULT_GOROOT = "/usr/local/go";

/** `$GOROOT/src/slices/slices.go:96:6: can inline …` as a note. */
export function cannedNote(line: string, goroot: string = DEFAULT_GOROOT): Note {
  const text = line.replaceAll("$GOROOT", goroot);
  const [, file = "", row = "0", col = "0"] = /^(.*?):(\d+)(?::(\d+))?: /.exec(text) ?? [];
  return { kind: "verbatim", at: { file, line: Number(row), col: Number(col) }, text };
}
