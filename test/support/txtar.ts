/** Text archives: a comment, then files after `-- name --` lines. Format: golang.org/x/tools/txtar. */

export interface Archive {
  readonly comment: string;
  /** In order. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Reads an archive. A file's text ends with a newline unless it is empty. */
export function parseArchive(text: string): Archive {
  const files: { name: string; text: string }[] = [];
  let comment = "";
  for (const line of text.split(/(?<=\n)/)) {
    const name = /^-- (.+) --\n?$/.exec(line)?.[1];
    const last = files.at(-1);
    if (name !== undefined) files.push({ name, text: "" });
    else if (last) last.text += line;
    else comment += line;
  }
  return { comment, files };
}

/** Parts of an archive that hold answers; everything else is a source file. */
const ANSWERS = new Set(["want", "stdout", "stderr", "exit"]);

/** A truth case: sources, and the real toolchain's answers by name. */
export interface Truth {
  /** First comment line: what the case shows. */
  readonly title: string;
  /** The command behind `go:` in the comment. */
  readonly command: string;
  /** What is to be run, behind `run:`. */
  readonly run: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
}

export function parseTruth(text: string): Truth {
  const { comment, files } = parseArchive(text);
  const entries = (answers: boolean) => Object.fromEntries(files.filter((f) => ANSWERS.has(f.name) === answers).map((f) => [f.name, f.text]));
  return {
    title: comment.split("\n")[0] ?? "",
    command: /^go: (.*)$/m.exec(comment)?.[1] ?? "",
    run: /^run: (.*)$/m.exec(comment)?.[1] ?? "",
    sources: entries(false),
    answers: entries(true),
  };
}
