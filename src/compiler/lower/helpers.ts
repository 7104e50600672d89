/**
 * Functions of the run-time system that the compiler's own rewritings call: for wrappers, and for ranges over functions.
 *
 * Go: runtime/error.go (panicwrap), runtime/panic.go (panicrangestate, deferrangefunc).
 */
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import type { Func } from "../ir/index.ts";
import type { Fn, Value } from "./context.ts";
import { i32, i64, op } from "./lir.ts";

/** What went wrong with a range over a function, by the state of its body. Go: internal/abi/rangefuncconsts.go, runtime/panic.go. */
const RANGE_STATES: readonly (readonly [number, string])[] = [
  [0, "range function continued iteration after function for loop body returned false"],
  [2, "range function continued iteration after loop body panic"],
  [3, "range function continued iteration after whole loop exit"],
  [4, "range function recovered a loop body panic and did not resume panicking"],
];

/** Name of the helper that makes a function's deferred calls reachable from the bodies of its ranges over functions. */
export const DEFER_RANGE = "deferrangefunc";

/** The value of a call of helper `name`. */
export function helper(c: Fn, name: string, args: Value): Value {
  switch (name) {
    case "panicwrap": {
      panicText(c, "panicPlain", wrapperText(c.func));
      return [];
    }
    case "panicrangestate": {
      const state = c.save(args[0] ?? bug("no state"));
      for (const [code, text] of RANGE_STATES) {
        c.emit({ kind: "if", cond: op(OP.i64_eq, state, i64(code)), then: c.branch(() => panicText(c, "panicError", text)), else: [] });
      }
      return [];
    }
    case DEFER_RANGE: return [i32(0), { kind: "frameStart", type: I32 }];
    default: return c.unsupported(`the runtime function ${name}`);
  }
}

function panicText(c: Fn, entry: "panicPlain" | "panicError", text: string): void {
  c.entry(entry, [c.unit.bytes(text), i64(text.length)]);
}

/** `value method main.T.M called using nil *T pointer`. */
function wrapperText(fn: Func): string {
  const found = /^\(\*(.*)\)\.([^.]*)$/.exec(fn.printed);
  const [type = "", method = ""] = found ? found.slice(1) : [fn.printed];
  return `value method ${fn.pkg.path}.${type}.${method} called using nil *${type} pointer`;
}
