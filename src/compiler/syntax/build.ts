/** Writes the generated parser beside the built code. Run by the build, after the TypeScript compiler: `node dist/src/compiler/syntax/build.js`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parserText } from "./generated.ts";

writeFileSync(fileURLToPath(new URL("./generated-parser.js", import.meta.url)), parserText());
