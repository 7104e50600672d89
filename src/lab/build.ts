/** Turns the grammars of cells and commands into ohm-js's stored form, which loads in a few ms. Runs when the package is built, after tsc. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GRAMMARS, RECIPES, recipeOf } from "./grammars.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

mkdirSync(join(root, RECIPES), { recursive: true });
for (const name of GRAMMARS) writeFileSync(join(root, RECIPES, `${name}.json`), JSON.stringify(recipeOf(name)));
