/**
 * Machine code of a program as bytes, beside the program that kept.ts keeps: what its runs so far have made V8 optimise.
 *
 * Go: nothing; its programs are machine code.
 */
import { Parts, partsFile, type PartsHead, Pieces, pieceAt } from "../base/parts.ts";
import type { KeptCode, Process } from "../runtime/index.ts";

interface Head extends PartsHead<"modules" | "moduleEnds" | "code" | "codeEnds"> {
  readonly names: readonly string[];
  readonly busy: readonly string[];
  /** How many runs have added to it. */
  readonly runs: number;
}

/** What a run leaves to the next one. */
export interface CodeOfRuns extends KeptCode {
  readonly runs: number;
}

/** After so many runs what was not busy enough to be optimised is left as it is. */
const MOST_RUNS = 3;
/** Virtual nanoseconds that a program runs at least for its code to be kept: in less than that nothing gets busy. */
const SHORTEST = 2_000_000;

/** Whether what a run of `ns` virtual nanoseconds has made V8 optimise is to be kept, upon what earlier ones had made. */
const isWorthKeeping = (ns: number, earlier: CodeOfRuns | undefined): boolean => ns >= SHORTEST && (earlier?.runs ?? 0) < MOST_RUNS;

/** A program that was run, and what V8 had optimised of it by then. */
export interface Kept {
  readonly program: Uint8Array;
  readonly code?: Uint8Array | undefined;
}

/** What is to be kept of a packed program that was just run in `process`. */
export const keptOf = (program: Uint8Array | undefined, process: Process): Kept | undefined => program && { program, code: codeOf(process, undefined) };

/** The same of a program that was run with earlier code; undefined if that is to stay. */
export function moreOf(program: Uint8Array, process: Process, earlier: CodeOfRuns | undefined): Kept | undefined {
  const code = codeOf(process, earlier);
  return code && { program, code };
}

function codeOf(process: Process, earlier: CodeOfRuns | undefined): Uint8Array | undefined {
  if (!isWorthKeeping(process.now(), earlier)) return undefined;
  const code = process.linker.machineCode();
  return code && packCode(code, (earlier?.runs ?? 0) + 1);
}

/** Machine code as bytes. */
function packCode({ modules, busy }: KeptCode, runs: number): Uint8Array {
  const [bytes, code] = [new Pieces(), new Pieces()];
  for (const module of modules.values()) {
    bytes.add(module.bytes);
    code.add(module.code);
  }
  return partsFile({ names: [...modules.keys()], busy: [...busy], runs }, { modules: bytes.bytes, moduleEnds: bytes.ends, code: code.bytes, codeEnds: code.ends });
}

/** The machine code that packCode made these bytes of. */
export function openCode(bytes: Uint8Array): CodeOfRuns {
  const parts = new Parts<Head>(bytes);
  const { names, busy, runs } = parts.head;
  const piece = (part: "modules" | "code", ends: "moduleEnds" | "codeEnds", n: number): Uint8Array => pieceAt(parts.bytes(part), parts.numbers(ends), n);
  return { modules: new Map(names.map((name, n) => [name, { bytes: piece("modules", "moduleEnds", n), code: piece("code", "codeEnds", n) }])), busy: new Set(busy), runs };
}
