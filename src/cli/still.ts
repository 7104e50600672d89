/** Verbs that only ask the compiler, executed on the caller's thread with a laboratory that cannot run: it loads in a fraction of the time. */
import { Analyst } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import { execute } from "./execute.ts";

/** Executes `words`; answers the exit code, or that the program is nested too deep for this thread's stack. */
export const executeStill = (words: Arguments): Promise<number | "too deep"> => execute(words, { lab: (options) => new Analyst(options), interrupted: () => false, shallow: true });
