/**
 * The last verb: from an analysed package to a program.
 *
 * What is analysed for its messages has generic functions by shape; a package that has any is built once more with full
 * instances, and that is what code is made of (ir/build/instance.ts says why).
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Program } from "../abi/program.ts";
import { type Analysed, forCode, guardDepth } from "./analyse.ts";
import { emitProgram } from "./codegen/index.ts";

/** A program, or why there is none. */
export interface Emitted {
  readonly program?: Program;
  readonly unsupported: readonly Diagnostic[];
}

/** The program that an analysed package is. */
export function emit(analysed: Analysed): Emitted {
  return guardDepth(analysed.checked, () => make(analysed));
}

function make(analysed: Analysed): Emitted {
  const { ir, built, unsupported: refused } = forCode(analysed);
  const { program, unsupported } = emitProgram({ ir, sources: analysed.checked.sources, print: built.print });
  const all = [...refused, ...unsupported];
  return all.length > 0 || !program ? { unsupported: all } : { program, unsupported: [] };
}
