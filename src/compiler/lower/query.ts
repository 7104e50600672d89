/** Questions about expressions in low form. */
import type { LExpr, Local } from "./lir.ts";

/** Whether evaluating `e` reads memory (or may panic, which must not be moved either). */
export function readsMemory(e: LExpr): boolean {
  switch (e.kind) {
    case "load": case "leaf": case "trap": return true;
    case "tee": return readsMemory(e.x);
    case "op": return readsMemory(e.x) || (e.y !== undefined && readsMemory(e.y));
    case "choose": return readsMemory(e.cond) || readsMemory(e.x) || readsMemory(e.y);
    default: return false;
  }
}

/** Whether `e` reads or sets local `l`. */
export function setsOrReads(e: LExpr, l: Local): boolean {
  switch (e.kind) {
    case "get": return e.local === l;
    case "tee": return e.local === l || setsOrReads(e.x, l);
    case "load": return setsOrReads(e.x, l);
    case "op": return setsOrReads(e.x, l) || (e.y !== undefined && setsOrReads(e.y, l));
    case "choose": return setsOrReads(e.cond, l) || setsOrReads(e.x, l) || setsOrReads(e.y, l);
    case "leaf": return e.args.some((a) => setsOrReads(a, l));
    case "trap": return setsOrReads(e.bad, l) || e.args.some((a) => setsOrReads(a, l)) || setsOrReads(e.x, l);
    default: return false;
  }
}
