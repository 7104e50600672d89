/** The builder against the real compiler: nodes, order, names of temporaries and closures, positions (test/truth/ir, written by test/oracle/ir.mjs). */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../../../src/compiler/check.ts";
import { buildPackage, dumpFunc } from "../../../../src/compiler/ir/index.ts";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { stdImporter } from "../../../../src/std/index.ts";
import { parseTruth } from "../../../support/txtar.ts";

const folder = "test/truth/ir";

/** Positions of conversions that only carry statements, and of empty blocks, are wherever the compiler last looked. */
const withoutChance = (text: string): string => text.replace(/(CONVNOP|BLOCK|NIL) # \S+$/gm, "$1");

describe("the IR has the shapes of the real compiler", () => {
  test.each(readdirSync(folder).sort())("%s", (name) => {
    const truth = parseTruth(readFileSync(join(folder, name), "utf8"));
    const checked = check({ files: [{ name: "./prog.go", text: encodeUtf8(truth.sources["prog.go"] ?? "") }], importer: stdImporter() });
    expect(checked.diagnostics).toEqual([]);
    const { ir } = buildPackage(checked, "shape");
    const lines = ir.funcs.flatMap((fn) => [`== ${fn.printed}`, ...dumpFunc(fn, { sources: checked.sources, inlineTree: ir.inlineTree })]);
    expect(withoutChance(`${lines.join("\n")}\n`)).toBe(withoutChance(truth.answers["want"] ?? ""));
  });
});
