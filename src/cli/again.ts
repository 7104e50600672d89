/** `run` of a program whose compiled form was kept. Loads no compiler. */
import { Again } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";
import { executeHere } from "./here.ts";

/** Executes `words`, a run of the program that these bytes are; answers the exit code. */
export const runAgain = (words: Arguments, kept: Uint8Array): Promise<number | "too deep"> => executeHere(words, (options) => new Again(options, kept), "usual");
