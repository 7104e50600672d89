/**
 * The last verb: from an analysed package to a program.
 *
 * What is analysed for its messages has generic functions by shape; a package that has any is built once more with full
 * instances, and that is what code is made of (ir/build/instance.ts says why).
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Program } from "../abi/program.ts";
import { type Analysed, forCode, guardDepth } from "./analyse.ts";
import type { Absent } from "./codegen/absent.ts";
import { emitProgram, type Shelf, type Shelved } from "./codegen/index.ts";

/** A program, or why there is none. */
export interface Emitted {
  readonly program?: Program;
  /** Of a package of the library: functions that other units may have in place of calls. */
  readonly shelved?: readonly Shelved[];
  readonly unsupported: readonly Diagnostic[];
}

/** The program that an analysed package is. */
export function emit(analysed: Analysed, options: EmitOptions = {}): Emitted {
  return guardDepth(analysed.checked, () => make(analysed, options));
}

/** How code is made. */
export interface EmitOptions {
  /** Small code rather than fast: every call is a call. */
  readonly small?: boolean;
  /** Of a package of the library: functions that return a literal have a form whose caller gives the memory. */
  readonly placed?: boolean;
  /** Symbol of the function that runs once, empty if there is none: what it calls, and what anybody calls rarely, may be slower to reach and must be quick to link. */
  readonly once?: string;
  /** What of the library nobody has: reaching it ends the program. */
  readonly absent?: Absent;
  /** Functions of the library that may stand in place of calls. */
  readonly shelf?: Shelf;
}

function make(analysed: Analysed, options: EmitOptions): Emitted {
  const { sources, info } = analysed.checked;
  const [embed] = info.embeds;
  if (embed !== undefined) return { unsupported: [{ kind: "unsupported", at: sources.position(embed), message: "go:embed" }] };
  const { ir, built, unsupported: refused } = forCode(analysed);
  const { program, shelved, unsupported } = emitProgram({ ir, sources, print: built.print, small: false, placed: false, ...options });
  const all = [...refused, ...unsupported];
  return all.length > 0 || !program ? { unsupported: all } : { program, ...(shelved ? { shelved } : {}), unsupported: [] };
}
