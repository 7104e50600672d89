/**
 * Slices and strings that are assigned to themselves: x = append(x, ...) and x = x[:n]. Only what changes is stored: the length, and the rest where the
 * slice has grown. The pointer stays, so there is no write barrier either.
 *
 * For variables in memory; those in locals need no care. Whatever could change x between its two uses leaves the statement to assign.ts.
 *
 * Go: cmd/compile/internal/ssagen (ssa.go: append in place, skipMask).
 */
import { bug } from "../../base/bug.ts";
import { type AssignStmt, type Expr, type Node, sameSafeExpr, someNode } from "../ir/index.ts";
import { basic } from "../types/index.ts";
import type { Fn, Place } from "./context.ts";
import { appendInPlace } from "./expr.ts";
import type { LExpr } from "./lir.ts";
import { value } from "./operand.ts";
import { hasEffect } from "./order.ts";
import { storePlace } from "./place.ts";

type Memory = Extract<Place, { kind: "memory" }>;

/** Where the length is in a slice or string. */
const LENGTH = 8;

/** Writes x = y if that is one of these; whether it is. */
export function assignToItself(c: Fn, { x, y }: AssignStmt): boolean {
  if (!y || c.ordered.has(y)) return false;
  switch (y.kind) {
    case "APPEND": {
      const [old, ...more] = y.args;
      const into = old && twice(c, x, old, more);
      if (!into) return false;
      appendInPlace(c, y, into);
      return true;
    }
    case "SLICE": case "SLICESTR": {
      if ((y.low && !isZero(y.low)) || y.max) return false;
      const into = twice(c, x, y.x, y.high ? [y.high] : []);
      if (!into) return false;
      const length = value(c, y)[1] ?? bug("a slice without length");
      storePlace(c, { ...into, offset: into.offset + LENGTH }, basic.int, [length]);
      return true;
    }
    default: return false;
  }
}

const isZero = (x: Expr): boolean => x.kind === "LITERAL" && x.value.kind === "int" && Number(x.value.value) === 0;

/** The place in memory that both expressions denote, without its checks: the first use makes them. */
function twice(c: Fn, x: Expr, again: Expr, others: readonly Expr[]): Memory | undefined {
  const untold = (n: Node): boolean => n.init.length > 0 || n.kind === "INDEXMAP";
  if (!sameSafeExpr(x, again) || someNode(x, untold) || someNode(again, untold) || hasEffect(c, x) || others.some((n) => hasEffect(c, n))) return undefined;
  if (x.kind === "NAME" && c.storage.get(x)?.kind === "locals") return undefined;
  const place = c.doors.place(c, x);
  return place.kind === "memory" ? { ...place, addr: unchecked(place.addr) } : undefined;
}

function unchecked(x: LExpr): LExpr {
  switch (x.kind) {
    case "trap": return unchecked(x.x);
    case "op": return { ...x, x: unchecked(x.x), ...(x.y ? { y: unchecked(x.y) } : {}) };
    case "load": return { ...x, x: unchecked(x.x) };
    default: return x;
  }
}
