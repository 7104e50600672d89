/** Makes the parser from the grammar, as text for the build and as a module for tests. Loads ohm-js: reached by `await import` only. */
import { assetText } from "../../base/assets.ts";
import { bug } from "../../base/bug.ts";
import { actions } from "./actions.ts";
import { generateParser, tokenGrammar } from "./generate.ts";
import { sites } from "./sites.ts";
import { START_RULES } from "./state.ts";

/** The text of grammar/go.ohm. */
export function goGrammarText(): string {
  return assetText("grammar/go.ohm") ?? bug("grammar/go.ohm is missing");
}

/** The grammar as ohm-js matches it: over text in which one code unit is one token. */
export const goTokenGrammar = () => tokenGrammar(goGrammarText());

/** JavaScript of the module that exports `createParser`. */
export function parserText(): string {
  const arities = Object.fromEntries(Object.entries(actions).map(([rule, action]) => [rule, action.length]));
  return generateParser(goGrammarText(), START_RULES, { sites, arities });
}

/** The module itself. */
export function parserModule<Module>(): Module {
  const body = parserText().replace("export function createParser", "return { createParser }; function createParser");
  return new Function(body)() as Module;
}
