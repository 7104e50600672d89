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
  /** Whether the function's body stands inlined in another there. */
  readonly inlined: boolean;
}

/** A stack whose places are asked for. */
export interface CallStack {
  readonly sp: number;
  readonly top: number;
  /** Whether it is the main goroutine's, which Go's runtime.main calls. */
  readonly main: boolean;
}

/** Where a Go binary's text begins; program counters are above it. */
const TEXT = 0x401000;
const GOPANIC: Position = { file: "/usr/local/go/src/runtime/panic.go", line: 860, col: 0 };
const CALLERS: Position = { file: "/usr/local/go/src/runtime/extern.go", line: 339, col: 0 };
const GOEXIT: Position = { file: "/usr/local/go/src/runtime/asm_amd64.s", line: 1771, col: 0 };
/** What stands below the main goroutine's functions: below main.main, or below an initialisation. */
const PROC = "/usr/local/go/src/runtime/proc.go";
const MAIN: Position = { file: PROC, line: 290, col: 0 };
const INITS: readonly [symbol: string, line: number, inlined: boolean][] = [["runtime.doInit1", 8103, false], ["runtime.doInit", 8070, true], ["runtime.main", 258, false]];
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
  onStack(stack: CallStack, skip: number, max: number): number[] {
    const pcs: number[] = [];
    let left = skip;
    let last = "";
    const add = (symbol: string, at: Position, inlined = false): void => {
      last = symbol;
      if (left > 0) left--;
      else pcs.push(symbol === "runtime.Callers" ? this.#number(symbol, CALLERS, true) : this.#number(symbol, at, inlined));
    };
    for (const frame of framesOf({ memory: this.#memory, sites: this.#linker.sites }, stack.sp, stack.top)) {
      if (pcs.length >= max) break;
      const { info } = frame.func;
      // Between a deferred call and what panicked stands Go's gopanic.
      if (frame.func.helper && this.#memory.load32(frame.at + FRAME.state) === HELPER_SITE.marker) add("runtime.gopanic", GOPANIC);
      if (frame.func.helper || info.wrapper) continue;
      let at = frame.site?.at ?? info.at;
      for (const inlined of frame.site?.inlined ?? []) {
        add(inlined.symbol, at, true);
        at = inlined.at;
      }
      add(info.symbol, at);
    }
    if (stack.main && last === "main.main") add("runtime.main", MAIN);
    else if (stack.main) for (const [symbol, line, inlined] of INITS) add(symbol, { file: PROC, line, col: 0 }, inlined);
    add("runtime.goexit", GOEXIT);
    return pcs.slice(0, max);
  }

  /** The place of a program counter, or of one within it. */
  find(pc: number): Place | undefined {
    return this.#places[Math.floor((pc - TEXT) / STEP)];
  }

  /** The number of a function's beginning, by its code's table index. */
  ofFunction(value: number): number {
    const func = this.#linker.sites.byValue(value);
    return func ? this.#number(func.info.symbol, func.info.at, false) : 0;
  }

  #number(symbol: string, at: Position, inlined: boolean): number {
    const key = `${symbol}\0${at.file}\0${at.line}\0${at.col}\0${inlined}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const pc = TEXT + STEP * this.#places.length + STEP / 2;
    this.#numbers.set(key, pc);
    this.#places.push({ symbol, at, entry: pc, inlined });
    return pc;
  }
}
