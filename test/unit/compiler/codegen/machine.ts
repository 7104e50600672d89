/** A tiny runtime for the tests of code generation: memory, table, poll, morestack and the trampoline, nothing of Go. */
import { CELL, FRAME, UNWIND } from "../../../../src/abi/structs.ts";
import { normalModule, prepare, resumeModule } from "../../../../src/compiler/codegen/assemble.ts";
import { padded32, readPadded32 } from "../../../../src/wasm/bytes.ts";
import type { LFunc } from "../../../../src/compiler/lower/lir.ts";

export interface Options {
  /** Whether the n-th call of a native blocks. */
  readonly blocks: (n: number) => boolean;
  /** What the n-th poll answers. */
  readonly polls: (n: number, resumed: number) => number;
  readonly slice: bigint;
  readonly small?: boolean;
  /** Functions with loops go on in the code that is made for these. */
  readonly loops?: boolean;
}

const TOP = 0x80000;

const instance = (bytes: Uint8Array, imports: WebAssembly.Imports): WebAssembly.Exports => new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes)), imports).exports;

/** Runs `main(argument)` and returns its result and what was logged; every stop goes through memory. */
export function execute(funcs: readonly LFunc[], argument: bigint, options: Options): { result: bigint; log: string[]; stops: number } {
  const all = prepare(funcs);
  const places = { values: new Map<string, number>(), zeroStart: 0, small: options.small ?? false };
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const view = new DataView(memory.buffer);
  const table = new WebAssembly.Table({ initial: 2 * all.length, element: "anyfunc" });
  const constant = (value: number): WebAssembly.Global => new WebAssembly.Global({ value: "i32", mutable: false }, value);
  const log: string[] = [];
  let natives = 0;
  let polls = 0;
  let stops = 0;
  const imports: WebAssembly.Imports = {
    m: { memory, table },
    b: { data: constant(0x10000), table: constant(0), site: constant(16) },
    n: {
      ask: (x: bigint): bigint => {
        const answer = BigInt.asIntN(64, x * 3n + 1n);
        log.push(`ask ${x}`);
        if (!options.blocks(natives++)) return answer;
        view.setBigInt64(CELL.results, answer, true);
        view.setInt32(CELL.unw, UNWIND.block, true);
        return 0x5555n;
      },
    },
    r: {
      morestack: (frame: number) => frame,
      poll: (resumed: number) => {
        view.setBigInt64(CELL.fuel, options.slice, true);
        return options.polls(polls++, resumed);
      },
      panicDivide: () => { view.setInt32(CELL.unw, UNWIND.panic, true); },
    },
  };
  const { wasm, patches } = normalModule(all, places);
  const bases = [0x10000, 0, 16];
  for (const p of patches) wasm.set(padded32(readPadded32(wasm, Math.floor(p / 4)) + (bases[p % 4] ?? 0)), Math.floor(p / 4));
  const normal = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(wasm)), imports).exports;
  const own = Object.fromEntries(all.map((r) => [r.fn.symbol, normal[`f:${r.fn.symbol}`] as WebAssembly.ImportValue]));
  const resumed = new WebAssembly.Instance(new WebAssembly.Module(resumeModule(all, all, places, "resume")), { ...imports, f: own }).exports;
  all.forEach((r, i) => {
    const elsewhere = all.length + i;
    table.set(elsewhere, resumed[`r:${r.fn.symbol}`] as () => void);
    const special = options.loops && r.points.loops.length > 0;
    const code = special ? instance(resumeModule(all, [r], places, "loops"), { ...imports, b: { ...imports["b"], elsewhere: constant(elsewhere) }, f: own }) : resumed;
    table.set(r.resumeSlot, code[`r:${r.fn.symbol}`] as () => void);
  });
  view.setInt32(CELL.sp, TOP, true);
  view.setBigInt64(CELL.fuel, options.slice, true);
  let result = (normal["f:main"] as (sp: number, x: bigint) => bigint)(TOP, argument);
  while (view.getInt32(CELL.unw, true) !== 0) {
    if (view.getInt32(CELL.unw, true) === UNWIND.panic) return { result: -1n, log: [...log, "panic"], stops };
    if (++stops > 100000) throw new Error("too many stops");
    while (view.getInt32(CELL.sp, true) !== TOP) {
      view.setInt32(CELL.unw, 0, true);
      const frame = view.getInt32(CELL.sp, true);
      (table.get(view.getInt32(frame + FRAME.func, true)) as (frame: number) => void)(frame);
      const unw = view.getInt32(CELL.unw, true);
      if (unw !== UNWIND.none && unw !== UNWIND.reenter) break;
    }
    if (view.getInt32(CELL.unw, true) === UNWIND.none) result = view.getBigInt64(CELL.results, true);
  }
  if (stops > 0 && view.getInt32(CELL.sp, true) !== TOP) throw new Error("the stack pointer is not back");
  return { result, log, stops };
}
