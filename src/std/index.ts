/**
 * Go's library: for each import path the facts that the compiler asks for, and the Go text and natives of ours that run.
 *
 * importer.ts hands out facts and Go text, image.ts the compiled text, build.ts (run at build) makes it; a package's folder holds its Go
 * text and, where Go text is not enough, its natives.
 */
import type { Natives } from "../runtime/index.ts";
import { mathNatives } from "./math/math.ts";
import { osNatives } from "./os/os.ts";
import { timeNatives } from "./time/time.ts";

export { Image, shelfBytes } from "./image.ts";
export { stdImporter } from "./importer.ts";

/** Natives of the library besides those of the runtime itself. */
export function stdNatives(): Natives {
  return new Map([...mathNatives, ...osNatives, ...timeNatives]);
}
