/**
 * The grammars of cells and of commands, as ohm-js has them.
 *
 * Making a grammar from its text takes ohm-js about 150 ms, from its stored form (a recipe, made at build) about 5. The form counts only
 * with the text that it was made from.
 */
import { createRequire } from "node:module";
import type * as Ohm from "ohm-js";
import { assetText } from "../base/assets.ts";
import { bug } from "../base/bug.ts";

export const GRAMMARS = ["cell", "command"] as const;
export type GrammarName = (typeof GRAMMARS)[number];

/** Where recipes lie inside the package. */
export const RECIPES = "dist/grammar";

/** A grammar's text and what ohm-js made of it. */
interface Recipe {
  readonly text: string;
  readonly recipe: string;
}

const library = (): typeof Ohm => createRequire(import.meta.url)("ohm-js") as typeof Ohm;
const textOf = (name: GrammarName): string => assetText(`grammar/${name}.ohm`) ?? bug(`grammar/${name}.ohm is missing`);

/** Loads a grammar; ohm-js is loaded with it. */
export function loadGrammar(name: GrammarName): Ohm.Grammar {
  const ohm = library();
  const text = textOf(name);
  const stored = assetText(`${RECIPES}/${name}.json`);
  const known = stored === undefined ? undefined : (JSON.parse(stored) as Recipe);
  if (known?.text !== text) return ohm.grammar(text);
  return (ohm as unknown as { makeRecipe(recipe: unknown): Ohm.Grammar }).makeRecipe(JSON.parse(known.recipe));
}

/** The stored form of a grammar. */
export function recipeOf(name: GrammarName): Recipe {
  const text = textOf(name);
  return { text, recipe: (library().grammar(text) as unknown as { toRecipe(): string }).toRecipe() };
}
