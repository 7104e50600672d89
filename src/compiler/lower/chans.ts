/**
 * Channels and select: calls of our Go text in internal/runtime, which is handed addresses of elements.
 *
 * Go: cmd/compile/internal/walk/select.go, expr.go (walkRecv, walkSend).
 */
import { MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { OP } from "../../wasm/opcodes.ts";
import type { AssignListStmt, CommClause, Expr, SelectStmt, SendStmt } from "../ir/index.ts";
import { basic, type Type, under } from "../types/index.ts";
import type { Fn, Value } from "./context.ts";
import { orderAll } from "./order.ts";
import { single, value } from "./operand.ts";
import { i32, i64, type LExpr, type LStmt, op } from "./lir.ts";
import { addressOfValue } from "./maps.ts";
import { storeTarget } from "./place.ts";
import type { FrameObject } from "./lir.ts";

export function elemType(chan: Expr): Type {
  const t = under(chan.type);
  return t.kind === "Chan" ? t.elem : bug("a channel operation on no channel");
}

/** A cleared place for one received element. */
function elementObject(c: Fn, t: Type): { readonly object: FrameObject | undefined; readonly address: LExpr } {
  const { size, pointers } = c.unit.layouts.of(t);
  if (size === 0) return { object: undefined, address: i32(MAP.zerobase) };
  const object = c.object(size, pointers);
  c.clear(object);
  return { object, address: c.frame(object) };
}

/** <-x; `ok` appends whether a value was received. */
export function receive(c: Fn, x: Expr, t: Type): Value {
  const chan = c.save(single(c, x), true);
  const { address } = elementObject(c, t);
  c.text("chanrecv1", [chan, address]);
  return c.saveLeaves(c.loadValue(t, address, 0), t);
}

export function receiveOk(c: Fn, x: Expr): Value {
  const t = elemType(x);
  const chan = c.save(single(c, x), true);
  const { address } = elementObject(c, t);
  const ok = c.text("chanrecv2", [chan, address]);
  return [...c.saveLeaves(c.loadValue(t, address, 0), t), ...ok];
}

export function send(c: Fn, n: SendStmt): void {
  const t = elemType(n.chan);
  orderAll(c, [n.chan, n.value]);
  const chan = c.save(single(c, n.chan), true);
  const address = addressOfValue(c, t, value(c, n.value));
  c.text("chansend1", [chan, address]);
}

// ---- select -------------------------------------------------------------------------------------------------

interface Case {
  readonly clause: CommClause;
  readonly send: boolean;
  readonly chan: LExpr;
  readonly element: LExpr;
  readonly type: Type;
  readonly receive?: AssignListStmt;
}

/** select { ... }. */
export function select(c: Fn, n: SelectStmt): void {
  const out = c.label("select");
  c.jumps.push({ label: n.label, break: out });
  const body = c.capture(() => {
    const communications = n.cases.filter((k) => k.comm);
    const fallback = n.cases.find((k) => !k.comm);
    if (communications.length === 0) {
      if (fallback) clauseBody(c, fallback);
      else c.text("block", []);
      return;
    }
    const cases = communications.map((clause) => prepareCase(c, clause));
    general(c, cases, fallback);
  });
  c.jumps.pop();
  c.emit({ kind: "block", label: out, body });
}

/** Evaluates the operands of one clause. */
function prepareCase(c: Fn, clause: CommClause): Case {
  const { comm } = clause;
  if (!comm) return bug("a clause without communication");
  c.pos = comm.pos;
  if (comm.kind === "SEND") {
    if (comm.init.length > 0) c.doors.stmts(c, comm.init);
    const type = elemType(comm.chan);
    const chan = c.save(single(c, comm.chan), true);
    return { clause, send: true, chan, element: c.save(addressOfValue(c, type, c.saveValue(value(c, comm.value), type)), true), type };
  }
  if (comm.kind !== "SELRECV2") return bug(`a select clause with ${comm.kind}`);
  const [recv] = comm.rhs;
  if (recv?.kind !== "RECV") return bug("a select clause that receives nothing");
  if (recv.init.length > 0) c.doors.stmts(c, recv.init);
  const type = elemType(recv.x);
  const chan = c.save(single(c, recv.x), true);
  return { clause, send: false, chan, element: elementObject(c, type).address, type, receive: comm };
}

function general(c: Fn, cases: readonly Case[], fallback: CommClause | undefined): void {
  const sends = cases.filter((k) => k.send);
  const receives = cases.filter((k) => !k.send);
  const ordered = [...sends, ...receives];
  const pointers = ordered.flatMap((_, i) => [i * 16, i * 16 + 8]);
  const array = c.object(ordered.length * 16, pointers);
  ordered.forEach((k, i) => {
    c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: c.frame(array, i * 16), x: op(OP.i64_extend_i32_u, k.chan) });
    c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: c.frame(array, i * 16 + 8), x: op(OP.i64_extend_i32_u, k.element) });
  });
  const [chosen, received] = c.text("selectgo", [c.frame(array), i64(sends.length), i64(receives.length), i32(fallback ? 0 : 1)]);
  if (!chosen || !received) return bug("no result");
  let rest: LStmt[] = fallback ? c.branch(() => clauseBody(c, fallback)) : [];
  for (let i = ordered.length - 1; i >= 0; i--) {
    const k = ordered[i] ?? bug("a missing case");
    const body = c.branch(() => {
      if (k.receive) storeReceived(c, k, k.receive, received);
      clauseBody(c, k.clause);
    });
    // The last case needs no test where there is no default.
    const only = i === ordered.length - 1 && !fallback;
    rest = only ? body : [{ kind: "if", cond: op(OP.i64_eq, chosen, i64(i)), then: body, else: rest }];
  }
  for (const s of rest) c.emit(s);
}

function storeReceived(c: Fn, k: Case, recv: AssignListStmt, received: LExpr): void {
  const [x, ok] = recv.lhs;
  const v = c.saveLeaves(c.loadValue(k.type, k.element, 0), k.type);
  c.doors.stmts(c, recv.init);
  if (x) storeTarget(c, x, k.type, v);
  if (ok) storeTarget(c, ok, basic.bool, [received]);
}

function clauseBody(c: Fn, clause: CommClause): void {
  c.doors.stmts(c, clause.body);
}

