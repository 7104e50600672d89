/**
 * The programs of test/truth use every identifier of the library that public programs use, each at least three times.
 *
 * The list (test/truth/std/identifiers.json) comes from a count over 1,579 public programs; `(*T).M` is a method.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseTruth } from "../../support/txtar.ts";

const TRUTH = "test/truth";

/** The sources of all programs that are run. */
function programs(): string[] {
  const files = ["run", "std"].flatMap((dir) => readdirSync(join(TRUTH, dir)).filter((f) => f.endsWith(".txtar")).map((f) => join(TRUTH, dir, f)));
  return files.map((file) => Object.values(parseTruth(readFileSync(file, "utf8")).sources).join("\n"));
}

/** How an identifier stands in a program that imports its package. */
function pattern(path: string, id: string): RegExp {
  const method = /^\(.*\)\.(\w+)$/.exec(id)?.[1] ?? /^\.(\w+)$/.exec(id)?.[1];
  return method === undefined ? new RegExp(`\\b${path.slice(path.lastIndexOf("/") + 1)}\\.${id}\\b`, "g") : new RegExp(`\\.${method}\\b`, "g");
}

test("every identifier that programs use stands three times in programs with Go's answers", () => {
  const table = JSON.parse(readFileSync(join(TRUTH, "std/identifiers.json"), "utf8")) as Readonly<Record<string, readonly string[]>>;
  const all = programs();
  const rare = Object.entries(table).flatMap(([path, ids]) => {
    const importing = all.filter((text) => text.includes(`"${path}"`));
    const times = (id: string): number => importing.reduce((n, text) => n + (text.match(pattern(path, id))?.length ?? 0), 0);
    return ids.filter((id) => times(id) < 3).map((id) => `${path} ${id}`);
  });
  expect(rare).toEqual([]);
});
