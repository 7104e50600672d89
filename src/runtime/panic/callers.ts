/**
 * Program counters: a number for each place in linked code, as runtime.Callers gives them, and what is known of the place.
 *
 * A number is made when a place is first asked for, so it depends on the run; equal places have equal numbers.
 *
 * Go: runtime/symtab.go (Callers, FuncForPC), runtime/extern.go.
 */
import type { Position } from "../../base/source.ts";
import { FRAME } from "../../abi/structs.ts";
import type { Linker } from "../link/index.ts";
import type { Memory } from "../memory.ts";
import { HELPER_SITE } from "../sched/index.ts";
import { framesOf } from "../stack/index.ts";

/** A place in code. */
export interface Place {
  readonly symbol: string;
  readonly at: Position;
  /** Number of the function's beginning. */
  readonly entry: number;
}

/** Where a Go binary's text begins; program counters are above it. */
const TEXT = 0x401000;
const GOPANIC: Position = { file: "/usr/local/go/src/runtime/panic.go", line: 860, col: 0 };
/** Distance of two numbers: functions look at pc-1. */
const STEP = 16;

/** The program counters of one process. */
export class Places {
  readonly #memory: Memory;
  readonly #linker: Linker;
  readonly #numbers = new Map<string, number>();
  readonly #places: Place[] = [];

  constructor(memory: Memory, linker: Linker) {
    this.#memory = memory;
    this.#linker = linker;
  }

  /** The places of the functions on a stack, innermost first, inlined ones one by one; wrappers and helpers are left out. */
  onStack(sp: number, top: number, skip: number, max: number): number[] {
    const pcs: number[] = [];
    let left = skip;
    const add = (symbol: string, at: Position): void => {
      if (left > 0) left--;
      else pcs.push(this.#number(symbol, at));
    };
    for (const frame of framesOf({ memory: this.#memory, sites: this.#linker.sites }, sp, top)) {
      if (pcs.length >= max) break;
      const { info } = frame.func;
      // Between a deferred call and what panicked stands Go's gopanic.
      if (frame.func.helper && this.#memory.load32(frame.at + FRAME.state) === HELPER_SITE.marker) add("runtime.gopanic", GOPANIC);
      if (frame.func.helper || info.wrapper) continue;
      let at = frame.site?.at ?? info.at;
      for (const inlined of frame.site?.inlined ?? []) {
        add(inlined.symbol, at);
        at = inlined.at;
      }
      add(info.symbol, at);
    }
    return pcs.slice(0, max);
  }

  /** The place of a program counter, or of one within it. */
  find(pc: number): Place | undefined {
    return this.#places[Math.floor((pc - TEXT) / STEP)];
  }

  /** The number of a function's beginning, by its code's table index. */
  ofFunction(value: number): number {
    const func = this.#linker.sites.byValue(value);
    return func ? this.#number(func.info.symbol, func.info.at) : 0;
  }

  #number(symbol: string, at: Position): number {
    const key = `${symbol}\0${at.file}\0${at.line}\0${at.col}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const pc = TEXT + STEP * this.#places.length + STEP / 2;
    this.#numbers.set(key, pc);
    this.#places.push({ symbol, at, entry: pc });
    return pc;
  }
}
