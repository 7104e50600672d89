/**
 * Looking at single allocations while they happen: how large, and at which place of the program's own source.
 *
 * An allocation inside Go's library is told at the line that called the library. Costs a walk of the stack each time, so it is for
 * commands that count one call; virtual time is the same with it. Go: runtime/mprof.go (profilealloc) samples the same.
 */
import type { Position } from "../base/source.ts";
import { CELL } from "../abi/structs.ts";
import type { Linker } from "./link/index.ts";
import type { Memory } from "./memory.ts";
import { framesOf } from "./stack/index.ts";

/** One allocation. */
export interface Allocation {
  /** As asked for, in bytes. */
  readonly size: number;
  /** Of the slot that it took; 0 if it shared a tiny block. */
  readonly slot: number;
  /** Place in the program's own source, or the runtime's if nothing of the program stands on the stack. */
  readonly at: Position;
  readonly func: string;
  /** The library's function that the place calls, where the library allocates. */
  readonly through?: string;
}

const NOWHERE: Position = { file: "", line: 0, col: 0 };

/** Whether a position lies in Go's library. */
const inLibrary = (at: Position): boolean => at.file.startsWith("/usr/local/go/") || at.file.startsWith("<");

/** Where the allocation under way comes from: the innermost place of the program on the stack that ends at `top`. */
export function allocationPlace(memory: Memory, linker: Linker, top: number): Pick<Allocation, "at" | "func" | "through"> {
  let through: string | undefined;
  const sp = memory.u32[CELL.sp >>> 2] ?? 0;
  if (sp === 0) return { at: NOWHERE, func: "runtime" };
  for (const frame of framesOf({ memory, sites: linker.sites }, sp, top)) {
    if (frame.func.helper) continue;
    const inlined = frame.site?.inlined ?? [];
    let at = frame.site?.at ?? frame.func.info.at;
    for (let i = 0; i <= inlined.length; i++) {
      const call = inlined[i];
      const func = call?.symbol ?? frame.func.info.symbol;
      if (!inLibrary(at)) return { at, func, ...(through === undefined ? {} : { through }) };
      through = func;
      if (call) at = call.at;
    }
  }
  return { at: NOWHERE, func: "runtime", ...(through === undefined ? {} : { through }) };
}
