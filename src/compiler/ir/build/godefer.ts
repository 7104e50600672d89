/**
 * `go` and `defer`: the call becomes one without arguments and results.
 *
 * Arguments are evaluated now, into temporaries; what is left is a closure over them, the wrapper. Constants, functions and
 * `new` stay inside it. Go: cmd/compile/internal/typecheck/stmt.go (normalizeGoDeferCall).
 */
import { bug } from "../../../base/bug.ts";
import { isKind, isUnsafePointer, under } from "../../types/index.ts";
import type { AssignListStmt, CallExpr, Expr, Func, GoDeferStmt, Stmt, XPos } from "../node.ts";
import type { FuncState } from "./context.ts";
import { newClosure } from "./literal.ts";
import { callNode, declare, emptySignature, newClosureVar, newTemp } from "./make.ts";

/** An operand that may be replaced where it stands. */
interface Slot {
  get(): Expr;
  set(x: Expr): void;
}

/** The statement `go call` or `defer call` at `pos`. */
export function goDefer(f: FuncState, pos: XPos, kind: "GO" | "DEFER", call: Expr): GoDeferStmt {
  const init: Stmt[] = call.kind === "NAME" ? [] : call.init;
  if (call.kind !== "NAME") call.init = [];
  const stmt: GoDeferStmt = { kind, pos, init, call: normalize(f, pos, kind, call, init) };
  if (kind === "DEFER") f.fn.hasDefer = true;
  return stmt;
}

function normalize(f: FuncState, pos: XPos, kind: "GO" | "DEFER", call: Expr, init: Stmt[]): CallExpr {
  if (call.kind === "CALLFUNC" && isPlain(call)) return Object.assign(call, { goDefer: true });
  const literal = newClosure(f.b.state, f.fn, pos, emptySignature, kind === "GO" ? "go" : "defer");
  const wrapper = literal.func;
  wrapper.wrapper = true;
  wrapper.wrapperOf = kind === "GO" ? "go" : "defer";
  literal.isGoWrap = true;
  const slots = operandsOf(call);
  if (slots.length > 0) bindOperands(f, pos, wrapper, slots, init);
  if (call.kind === "CALLINTER" && call.fun.kind === "DOTINTER") init.push(nilCheck(pos, iface(init)));
  wrapper.body = [call];
  return Object.assign(callNode(call.pos, literal, [], false), { goDefer: true });
}

function isPlain(call: CallExpr): boolean {
  const sig = under(call.fun.type);
  return sig.kind === "Signature" && sig.params.length + sig.results.length === 0;
}

/** Moves the operands into temporaries of the function around and lets the wrapper capture those. */
function bindOperands(f: FuncState, pos: XPos, wrapper: Func, slots: readonly Slot[], init: Stmt[]): void {
  const as: AssignListStmt = { kind: "AS2", pos, init: [], lhs: [], rhs: [], def: false };
  for (const slot of slots) {
    const operand = slot.get();
    const at = operand.kind === "NAME" ? pos : operand.pos;
    const temp = newTemp(f.fn, at, operand.type);
    init.push(declare(at, temp));
    temp.defn = as;
    as.lhs.push(temp);
    as.rhs.push(operand);
    slot.set(newClosureVar(wrapper, at, temp));
  }
  init.push(as);
}

/** The temporary that holds the interface of an interface method call: the first that was bound. */
function iface(init: readonly Stmt[]): Expr {
  const as = init.findLast((s) => s.kind === "AS2");
  return (as?.kind === "AS2" ? as.lhs[0] : undefined) ?? bug("an interface call without its interface");
}

/** Panics now if the interface is nil, not when the call is made. */
export function nilCheck(pos: XPos, x: Expr): Expr {
  return { kind: "CHECKNIL", pos, init: [], type: x.type, x: { kind: "ITAB", pos: x.pos, init: [], type: x.type, x } };
}

/** The operands of a call that must be evaluated now. */
function operandsOf(call: Expr): Slot[] {
  const slots: Slot[] = [];
  switch (call.kind) {
    case "CALLFUNC":
      visit({ get: () => call.fun, set: (x) => void (call.fun = x) }, slots);
      visitList(call.args, slots);
      return slots;
    case "CALLINTER": {
      const fun = call.fun;
      if (fun.kind !== "DOTINTER") return bug("an interface call of something else");
      slots.push({ get: () => fun.x, set: (x) => void (fun.x = x) });
      visitList(call.args, slots);
      return slots;
    }
    case "APPEND": case "DELETE": case "PRINT": case "PRINTLN": case "RECOVER": case "COPY": case "CLEAR": case "CLOSE": case "PANIC":
      visitList(call.args, slots);
      return slots;
    default:
      return bug(`go or defer of ${call.kind}`);
  }
}

function visitList(list: Expr[], slots: Slot[]): void {
  list.forEach((_, i) => visit({ get: () => list[i] ?? bug("an argument vanished"), set: (x) => void (list[i] = x) }, slots));
}

function visit(slot: Slot, slots: Slot[]): void {
  const x = slot.get();
  switch (x.kind) {
    case "LITERAL": case "NIL": case "METHEXPR": case "NEW":
      return;
    case "NAME":
      if (x.class === "func") return;
      break;
    case "CONVNOP":
      if (isKind(x.type, "uintptr") && isUnsafePointer(x.x.type)) return visit({ get: () => x.x, set: (y) => void (x.x = y) }, slots);
      break;
    case "ARRAYLIT": case "SLICELIT": case "STRUCTLIT":
      x.list.forEach((element, i) => {
        if (element.kind === "KEY" || element.kind === "STRUCTKEY") visit({ get: () => element.value, set: (y) => void (element.value = y) }, slots);
        else visit({ get: () => x.list[i] ?? bug("an element vanished"), set: (y) => void (x.list[i] = y) }, slots);
      });
      return;
    default:
      break;
  }
  slots.push(slot);
}
