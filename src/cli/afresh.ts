/** `run` with the whole laboratory. What was compiled is kept after the program has ended and everything is shown. */
import { type Kept, Lab } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import type { ProgramCache } from "./cache.ts";
import { executeHere } from "./here.ts";

/** Executes `words`; answers the exit code, or that the program is nested too deep for this thread's stack. */
export async function runAfresh(words: Arguments, cache: ProgramCache | undefined): Promise<number | "too deep"> {
  let pack: (() => Kept | undefined) | undefined;
  const code = await executeHere(words, (options) => new Lab(cache ? { ...options, keep: (files, made) => void (cache.isOf(files) && (pack = made)) } : options), "compile");
  const packed = pack?.();
  if (packed) cache?.write(packed);
  return code;
}
