/** The walk through one function: ties the files of this room together. Go: cmd/compile/internal/escape/escape.go (walkFunc). */
import { bug } from "../../base/bug.ts";
import { type Expr, type Func, type Name, type Stmt, visitFunc } from "../ir/index.ts";
import { addr, assignList, reassigned } from "./assign.ts";
import { call, goDefer, parameterHole } from "./call.ts";
import { exprSkipInit, unsafeValue } from "./expr.ts";
import { type Batch, Hole } from "./graph.ts";
import type { Escape } from "./options.ts";
import { stmt } from "./stmt.ts";

/** Builds the graph of `fn` and of the closures in it. */
export function walkFunction(b: Batch, fn: Func): void {
  const e = makeEscape(b, fn);
  visitFunc(fn, (n) => {
    if (n.kind === "LABEL" && n.label !== "_") e.labels.set(n.label, false);
    if (n.kind === "GOTO" && n.label !== undefined && e.labels.has(n.label)) e.labels.set(n.label, true);
  });
  e.block(fn.body);
  if (e.labels.size > 0) bug(`labels of ${fn.symbol} were not reached`);
}

function makeEscape(b: Batch, fn: Func): Escape {
  const frame = b.frame(fn);
  const e: Escape = {
    b, fn, frame, loopDepth: 1, labels: new Map(),
    stmt: (n: Stmt | undefined) => {
      if (n) stmt(e, n);
    },
    stmts: (list) => {
      for (const n of list) stmt(e, n);
    },
    block: (list) => {
      const depth = e.loopDepth;
      e.stmts(list);
      e.loopDepth = depth;
    },
    expr: (k: Hole, n: Expr | undefined) => {
      if (!n) return;
      if (n.init.length > 0) e.stmts(n.init);
      exprSkipInit(e, k, n);
    },
    exprSkipInit: (k, n) => exprSkipInit(e, k, n),
    discard: (n) => e.expr(b.discardHole(), n),
    call: (ks, n) => call(e, ks, n),
    addr: (n) => addr(e, n),
    assignList: (dsts, srcs, why, where) => assignList(e, dsts, srcs, why, where),
    reassigned: (ks, where) => reassigned(ks, where),
    assignHeap: (src, why, where) => e.expr(b.heapHole().note(where, why), src),
    unsafeValue: (k, n) => unsafeValue(e, k, n),
    closure: (inner) => walkFunction(b, inner),
    goDefer: (n) => goDefer(e, n),
    newLocation: (n, persists) => b.newLocation(n, frame, e.loopDepth, persists),
    spill: (k, n) => {
      const loc = e.newLocation(n, false);
      b.flow(k.addr(n, "spill"), loc);
      return new Hole(loc);
    },
    tee: (...ks) => {
      const [first, second] = ks;
      if (!first) return b.discardHole();
      if (!second) return first;
      const loc = e.newLocation(undefined, false);
      for (const k of ks) b.flow(k, loc);
      return new Hole(loc);
    },
    declare: (n: Name) => {
      const loc = b.location(n);
      loc.loopDepth = e.loopDepth;
      return new Hole(loc);
    },
    parameterHole: (ks, name, index) => parameterHole(e, ks, name, index),
  };
  return e;
}
