/** What a growing body assigns to is known as a walk over the whole of it would tell: over the functions of all truth programs. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { check } from "../../../../src/compiler/check.ts";
import { AssignedNames, buildPackage, type Name, reassigned, someNodeOf } from "../../../../src/compiler/ir/index.ts";
import { stdImporter } from "../../../../src/std/index.ts";
import { parseTruth } from "../../../support/txtar.ts";

const folder = "test/truth/ir";

test("names that are assigned again are the same by one walk and by a walk for each", () => {
  const seen = { again: 0, once: 0 };
  for (const name of readdirSync(folder)) {
    const truth = parseTruth(readFileSync(join(folder, name), "utf8"));
    const checked = check({ files: [{ name: "./prog.go", text: encodeUtf8(truth.sources["prog.go"] ?? "") }], importer: stdImporter() });
    for (const fn of buildPackage(checked, "shape").ir.funcs) {
      const names = new Set<Name>();
      someNodeOf(fn.body, (n) => {
        if (n.kind === "NAME" && n.curfn === fn && !n.outer) names.add(n);
        return false;
      });
      const known = new AssignedNames(fn);
      for (const n of names) {
        expect(`${n.sym} ${known.reassigned(n)}`).toBe(`${n.sym} ${reassigned(n)}`);
        seen[reassigned(n) ? "again" : "once"]++;
      }
    }
  }
  expect(seen.again).toBeGreaterThan(5);
  expect(seen.once).toBeGreaterThan(20);
});
