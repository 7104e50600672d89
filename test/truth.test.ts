/**
 * Truth: every case of test/truth holds a program and what the real Go toolchain answered; ours must be equal.
 *
 * `m/` compares the whole text of -gcflags=-m; `types/` the compile errors; `run/` output, exit code and the crash text up to the first
 * goroutine. The answers are written by the scripts of test/oracle only.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Lab, type Output } from "gomem";
import { describe, expect, test } from "vitest";
import { tableFiles } from "./support/files.ts";
import { parseTruth, type Truth } from "./support/txtar.ts";

function cases(folder: string): { readonly name: string; readonly truth: Truth }[] {
  const dir = join("test/truth", folder);
  if (!existsSync(dir)) return [];
  const names = readdirSync(dir, { recursive: true }).map(String).filter((n) => n.endsWith(".txtar")).sort();
  return names.map((name) => ({ name, truth: parseTruth(readFileSync(join(dir, name), "utf8")) }));
}

const withoutHeader = (text: string): string => text.split("\n").filter((l) => !l.startsWith("# ")).join("\n");

describe("escape says what go build -gcflags=-m says", () => {
  test.each(cases("m"))("m/$name", ({ truth }) => {
    const { text, errors, unsupported } = new Lab().analyse(truth.sources, { gcflags: /-gcflags=(.*)/.exec(truth.command)?.[1] ?? "" });
    expect([...errors, ...unsupported]).toEqual([]);
    expect(text).toBe(withoutHeader(truth.answers["want"] ?? ""));
  });
});

describe("compile errors have Go's words and places", () => {
  test.each(cases("types"))("types/$name", ({ truth }) => {
    const { errors } = new Lab().analyse(truth.sources);
    expect(withoutHeader(`${errors.join("\n")}\n`)).toBe(withoutHeader(truth.answers["want"] ?? ""));
  });
});

/** The crash text up to the first goroutine, after which addresses follow; the address of a bad instruction is one too. */
const upToGoroutine = (text: string): string => text.replace(/^goroutine \d+[^]*$/m, "").replace(/ pc=0x[\da-f]+\]/, "]");

describe("programs print, panic and exit as Go's do", () => {
  test.each([...cases("run"), ...cases("std")])("$name", ({ truth }) => {
    const result = new Lab().run(truth.sources);
    const { stdout = "", stderr, exit = "0\n" } = truth.answers;
    expect({ stdout: result.stdout, code: result.code }).toEqual({ stdout, code: Number(exit) });
    if (stderr !== undefined) expect(upToGoroutine(result.stderr)).toBe(upToGoroutine(stderr));
  });
});

describe("packages of a module are compiled, reported and run as the go command does", () => {
  test.each(cases("packages"))("packages/$name", ({ truth }) => {
    const lab = new Lab({ files: tableFiles(truth.sources) });
    const ask = (verb: string, args: readonly string[], flags: readonly { readonly name: string; readonly value: string }[]): Output[] => {
      const shown: Output[] = [];
      lab.command({ verb, settings: [], flags, args, line: 1, col: 1 }, (o) => shown.push(o));
      return shown;
    };
    const [, flags = "", patterns = ""] = /-gcflags=((?:-\S+ ?)+?) ([^-]\S*.*)$/.exec(truth.command) ?? [];
    const shown = ask("escape", patterns.split(" "), [{ name: "gcflags", value: flags }]);
    expect(shown.map((o) => (o.kind === "text" || o.kind === "source" ? o.text : o.kind === "error" ? `${o.traceback.join("\n")}\n` : "")).join("")).toBe(truth.answers["want"]);
    const { stdout } = truth.answers;
    if (stdout === undefined) return;
    const ran = ask("run", [truth.run], []);
    expect(ran.map((o) => (o.kind === "stream" && o.name === "stdout" ? o.text : "")).join("")).toBe(stdout);
  });
});
