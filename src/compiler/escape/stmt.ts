/**
 * Statements: what they declare, where loops begin, which values they move.
 *
 * Go: cmd/compile/internal/escape/stmt.go.
 */
import { bug } from "../../base/bug.ts";
import { type AssignListStmt, isBlank, type RangeStmt, type Stmt, type SwitchStmt } from "../ir/index.ts";
import { hasPointers, isInterface, type Type, under } from "../types/index.ts";
import type { Hole } from "./graph.ts";
import { Hole as HoleOf } from "./graph.ts";
import type { Escape } from "./options.ts";
import { isDirectIface } from "./types.ts";

/** Walks one statement. */
export function stmt(e: Escape, n: Stmt): void {
  e.stmts(n.init);
  switch (n.kind) {
    case "FALL": case "INLMARK": case "BREAK": case "CONTINUE": case "GOTO":
      return;
    case "BLOCK":
      return e.stmts(n.list);
    case "DCL":
      if (!isBlank(n.x)) e.declare(n.x);
      return;
    case "LABEL":
      return label(e, n.label);
    case "IF":
      e.discard(n.cond);
      e.block(n.body);
      return e.block(n.else);
    case "FOR":
      e.loopDepth++;
      e.discard(n.cond);
      e.stmt(n.post);
      e.block(n.body);
      e.loopDepth--;
      return;
    case "RANGE":
      return range(e, n);
    case "SWITCH":
      return switchStmt(e, n);
    case "SELECT":
      for (const clause of n.cases) {
        e.stmt(clause.comm);
        e.block(clause.body);
      }
      return;
    case "SEND":
      e.discard(n.chan);
      return e.assignHeap(n.value, "send", n);
    case "AS":
      return e.assignList([n.x], [n.y], "assign", n);
    case "ASOP":
      return e.assignList([n.x], [n.y], "assign", n);
    case "AS2": case "AS2DOTTYPE": case "AS2MAPR": case "AS2RECV": case "SELRECV2": case "AS2FUNC":
      return assignMany(e, n);
    case "RETURN":
      return e.assignList(e.fn.results, n.results, "return", n);
    case "GO": case "DEFER":
      return e.goDefer(n);
    case "TAILCALL":
      return e.call(undefined, n.call);
    case "RECV":
      return e.exprSkipInit(e.b.discardHole(), n);
    case "CHECKNIL":
      return e.discard(n.x);
    case "CALLFUNC": case "CALLINTER": case "INLCALL": case "CLEAR": case "CLOSE": case "COPY": case "DELETE": case "PANIC": case "PRINT": case "PRINTLN":
    case "RECOVER":
      return e.call(undefined, n);
    default:
      return bug(`${n.kind} is no statement`);
  }
}

function label(e: Escape, name: string): void {
  if (name === "_") return;
  if (e.labels.get(name) === true) e.loopDepth++;
  e.labels.delete(name);
}

const WHY: Readonly<Record<Exclude<AssignListStmt["kind"], "AS2FUNC">, string>> = {
  AS2: "assign-pair", AS2DOTTYPE: "assign-pair-dot-type", AS2MAPR: "assign-pair-mapr", AS2RECV: "assign-pair-receive", SELRECV2: "assign-pair-receive",
};

function assignMany(e: Escape, n: AssignListStmt): void {
  if (n.kind !== "AS2FUNC") return e.assignList(n.lhs, n.rhs, WHY[n.kind], n);
  const call = n.rhs[0] ?? bug("an assignment from a call without a call");
  e.stmts(call.init);
  const ks = n.lhs.map((x) => e.addr(x));
  e.call(ks, call);
  e.reassigned(ks, n);
}

function range(e: Escape, n: RangeStmt): void {
  // What is ranged over is evaluated outside the loop and lasts until its end.
  const over = e.newLocation(undefined, true);
  e.expr(new HoleOf(over), n.x);
  e.loopDepth++;
  const ks = [e.addr(n.key), e.addr(n.value)] as const;
  e.b.flow(under(n.x.type).kind === "Array" ? ks[1].note(n, "range") : ks[1].deref(n, "range-deref"), over);
  e.reassigned(ks, n);
  e.block(n.body);
  e.loopDepth--;
}

function switchStmt(e: Escape, n: SwitchStmt): void {
  if (n.tag?.kind === "TYPESW") {
    const ks: Hole[] = [];
    for (const clause of n.cases) {
      if (!clause.var) continue;
      const k = e.declare(clause.var);
      if (hasPointers(clause.var.type)) ks.push(dotType(k, clause.var.type).note(clause, "switch case"));
    }
    e.expr(e.tee(...ks), n.tag.x);
  } else e.discard(n.tag);
  for (const clause of n.cases) {
    for (const x of clause.list) e.discard(x);
    e.block(clause.body);
  }
}

/** The hole for an interface out of which a value of type `t` is taken. */
export const dotType = (k: Hole, t: Type): Hole => (!isInterface(t) && !isDirectIface(t) ? k.shift(1) : k);
