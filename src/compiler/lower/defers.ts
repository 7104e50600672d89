/**
 * Deferred calls: a function whose defer statements run at most once each keeps its own in its frame, as *open* ones.
 *
 * They are an object of the frame: a word of bits that say which statements have run, then the closure of each. The end of the function calls those
 * whose bit is set, last statement first; a panic finds them in the frame (FuncInfo.openDefers). All others, in loops or of bodies of ranges over
 * functions, are registered with the runtime.
 *
 * Go: openDefer in cmd/compile/internal/ssagen/ssa.go; there a function with many returns has none, because its code would grow. Ours has one way out.
 */
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import type { GoDeferStmt } from "../ir/index.ts";
import type { Uses } from "./addressed.ts";
import { closureSymbol, startedClosure } from "./call.ts";
import type { Fn } from "./context.ts";
import { type FrameObject, i32, type LExpr, load, op, type Site } from "./lir.ts";
import { value } from "./operand.ts";

/** The open deferred calls of a function. */
export interface OpenDefers {
  readonly object: FrameObject;
  readonly count: number;
  /** What each statement that was lowered calls: the symbol of its code if it is known. */
  readonly code: (string | undefined)[];
}

/** More than that would take more than it gives. Go: maxOpenDefers. */
const MAX_OPEN = 8;
/** Fuel of a defer statement, and of each look for a call at the end. */
const COST = { statement: 20, look: 10 } as const;

/** Makes room for the deferred calls of a function if they can be open. */
export function bindDefers(c: Fn, uses: Uses): void {
  if (uses.openDefers === 0 || uses.openDefers > MAX_OPEN) return;
  const object = c.object(8 + 8 * uses.openDefers, Array.from({ length: uses.openDefers }, (_, i) => 8 + 8 * i));
  c.zero(c.frame(object), object.size);
  c.openDefers = { object, count: uses.openDefers, code: [] };
}

/** The statement `defer f()`. */
export function deferCall(c: Fn, n: GoDeferStmt): void {
  c.cost += COST.statement;
  const open = c.openDefers;
  if (open) {
    const i = open.code.length;
    if (i >= open.count) return bug("a deferred call too many");
    const fun = n.call.kind === "CALLFUNC" ? n.call.fun : undefined;
    open.code.push(fun?.kind === "CLOSURE" ? closureSymbol(fun) : undefined);
    const code = startedClosure(c, n.call);
    c.emit({ kind: "store", op: OP.i32_store, offset: 8 + 8 * i, addr: c.frame(open.object), x: code });
    setBits(c, open, op(OP.i32_or, bits(c, open), i32(1 << i)));
    return;
  }
  const code = startedClosure(c, n.call);
  // A body of a range over a function defers in the function around: its frame is the data word of what deferrangefunc gave.
  const frame: LExpr = n.deferAt ? (value(c, n.deferAt)[1] ?? bug("no frame")) : { kind: "frameStart", type: I32 };
  c.entry("deferproc", [frame, code]);
  c.keepAlive(code);
}

/** Runs the deferred calls at the end of a function; the site is where it goes on after one of them has recovered a panic. */
export function runDefers(c: Fn): Site {
  return c.openDefers ? runOpen(c, c.openDefers) : runRegistered(c);
}

function runOpen(c: Fn, open: OpenDefers): Site {
  const first = c.site();
  for (let i = open.count - 1; i >= 0; i--) {
    c.cost += COST.look;
    const then = c.capture(() => {
      setBits(c, open, op(OP.i32_and, bits(c, open), i32(~(1 << i))));
      const code = c.save(load(OP.i32_load, c.frame(open.object), 8 + 8 * i), true);
      const symbol = open.code[i];
      const site = i === open.count - 1 ? first : c.site();
      // A nil func panics when its turn comes.
      if (symbol === undefined) c.check(op(OP.i32_eqz, code), "panicNil", [i32(0)]);
      const target = symbol === undefined ? ({ module: "table", params: [I32], results: [], index: load(OP.i32_load, code) } as const) : c.unit.func(symbol, [I32], []);
      c.call(target, [code], { may: "block", site });
    });
    c.emit({ kind: "if", cond: op(OP.i32_and, bits(c, open), i32(1 << i)), then, else: [] });
  }
  return first;
}

const bits = (c: Fn, open: OpenDefers): LExpr => load(OP.i32_load, c.frame(open.object));

function setBits(c: Fn, open: OpenDefers, x: LExpr): void {
  c.emit({ kind: "store", op: OP.i32_store, offset: 0, addr: c.frame(open.object), x });
}

function runRegistered(c: Fn): Site {
  const out = c.label("out");
  const again = c.label("again");
  const site = c.site();
  const list = c.capture(() => {
    // A nil func panics when its turn comes, so this may unwind.
    const [code] = c.callPanicking("deferreturn", [{ kind: "frameStart", type: I32 }]);
    if (!code) return bug("no deferred call");
    c.emit({ kind: "br", label: out, cond: op(OP.i32_eqz, code) });
    c.call({ module: "table", params: [I32], results: [], index: load(OP.i32_load, code) }, [code], { may: "block", site });
  });
  c.emit({ kind: "loop", out, again, cost: COST.look, site: c.site(), body: list });
  return site;
}
