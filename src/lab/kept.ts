/**
 * A compiled program as bytes, to be run again without the compiler: pack makes them, Again runs them.
 *
 * Whose bytes they are, where they lie and whether they still hold is the business of who keeps them (cli/cache.ts). Programs of several packages
 * and very large ones are not packed. Knows nothing of commands: it is loaded in place of the laboratory.
 *
 * Go: the build cache of cmd/go (cmd/go/internal/cache).
 */
import type { FuncInfo, Program, SiteInfo } from "../abi/program.ts";
import { bug } from "../base/bug.ts";
import { jsonBytes, later, numberBytes, Parts, partsFile, type PartsHead, Pieces, pieceAt } from "../base/parts.ts";
import type { Runnable } from "./engine.ts";

/** Code beyond this is not kept: its resume code, of which a run asks a tenth, would have to be made as well. */
const LARGEST = 400_000;

interface Head extends PartsHead<"wasm" | "patches" | "data" | "funcs" | "sites" | "linking" | "types" | "resume" | "resumeEnds" | "loops" | "loopEnds"> {
  readonly path: string;
  readonly imports: readonly string[];
  readonly dataSize: number;
  readonly slots: number;
  readonly inits: readonly string[];
  readonly entry?: string;
}

/** A program as bytes; undefined if it is not to be kept. */
export function packProgram({ program, imports, before }: Runnable): Uint8Array | undefined {
  if ((before?.length ?? 0) > 0 || program.wasm.length > LARGEST) return undefined;
  const { path, dataSize, slots, inits, entry, symbols, relocations } = program;
  const resume = new Pieces();
  const loops = new Pieces();
  program.funcs.forEach((f, i) => {
    resume.add(program.resume([i]));
    loops.add(f.loops ? program.resumeLoops(i) : new Uint8Array());
  });
  return partsFile({ path, imports, dataSize, slots, inits, ...(entry === undefined ? {} : { entry }) }, {
    wasm: program.wasm, patches: numberBytes(program.patches ?? []), data: program.data, funcs: jsonBytes(program.funcs), sites: jsonBytes(program.sites),
    linking: jsonBytes({ symbols, relocations }), types: jsonBytes(program.types), resume: resume.bytes, resumeEnds: resume.ends, loops: loops.bytes, loopEnds: loops.ends,
  });
}

/** The program that packProgram made these bytes of. */
export function openProgram(bytes: Uint8Array): Runnable {
  const parts = new Parts<Head>(bytes);
  const { path, imports, dataSize, slots, inits, entry } = parts.head;
  const { symbols, relocations } = parts.json("linking") as Pick<Program, "symbols" | "relocations">;
  const resume = later(() => ({ bytes: parts.bytes("resume"), ends: parts.numbers("resumeEnds") }));
  const loops = later(() => ({ bytes: parts.bytes("loops"), ends: parts.numbers("loopEnds") }));
  const program: Program = {
    path, dataSize, slots, inits, ...(entry === undefined ? {} : { entry }), symbols, relocations, wasm: parts.bytes("wasm"), patches: [...parts.numbers("patches")], data: parts.bytes("data"),
    funcs: parts.json("funcs") as FuncInfo[], sites: parts.json("sites") as SiteInfo[], types: parts.json("types") as Program["types"],
    resume: ([func, ...more]) => (func === undefined || more.length > 0 ? bug("resume code is kept function by function") : pieceAt(resume().bytes, resume().ends, func)),
    resumeLoops: (func) => pieceAt(loops().bytes, loops().ends, func),
  };
  return { program, imports };
}
