/** `run` of a program whose compiled form was kept. Loads no compiler. */
import { Again, type Kept } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import type { ProgramCache } from "./cache.ts";
import { executeHere } from "./here.ts";

/** Executes `words`, a run of the program of `cache`; answers the exit code. What the run has made V8 optimise is kept after everything is shown. */
export async function runAgain(words: Arguments, kept: Kept, cache: ProgramCache): Promise<number | "too deep"> {
  let again: Again | undefined;
  const code = await executeHere(words, (options) => (again = new Again(options, kept)), "usual");
  const next = again?.kept();
  if (next) cache.write(next);
  return code;
}
