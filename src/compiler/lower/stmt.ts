/**
 * Statements: dispatch, lists with labels, if, for, return, go and defer.
 *
 * A goto that only jumps forward leaves a block; a list with a backward one becomes a loop around a table of its parts.
 *
 * Go: cmd/compile/internal/walk/stmt.go.
 */
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { someNode, type BranchStmt, type Expr, type ForStmt, type GoDeferStmt, type IfStmt, type Name, type ReturnStmt, type Stmt, visit } from "../ir/index.ts";
import { assign, assignList, assignOp, declare } from "./assign.ts";
import { callValues, startedClosure } from "./call.ts";
import { select, send } from "./chans.ts";
import type { Fn } from "./context.ts";
import { deferCall } from "./defers.ts";
import { single, value } from "./operand.ts";
import { get, i32, type LExpr, type LStmt, op } from "./lir.ts";
import { loop } from "./loops.ts";
import { orderAll } from "./order.ts";
import { loadPlace, storageOf, storePlace } from "./place.ts";
import { range } from "./range.ts";
import { switchStmt } from "./switch.ts";

/** Lowers a list, in which labels may stand. */
export function stmts(c: Fn, list: readonly Stmt[]): void {
  if (c.gotoLabels.size === 0) return plain(c, list);
  const targets = list.flatMap((s, i) => (s.kind === "LABEL" && c.gotoLabels.has(s.label) ? [{ label: s.label, at: i }] : []));
  if (targets.length === 0) return plain(c, list);
  const backward = targets.some(({ label, at }) => list.slice(at).some((s) => someNode(s, (n) => n.kind === "GOTO" && n.label === label)));
  const parts = [0, ...targets.map((t) => t.at)].map((from, i) => list.slice(from, targets[i]?.at ?? list.length));
  if (backward) loopOverParts(c, targets.map((t) => t.label), parts);
  else forwardParts(c, targets.map((t) => t.label), parts);
}

function plain(c: Fn, list: readonly Stmt[]): void {
  for (const s of list) stmt(c, s);
}

function forwardParts(c: Fn, labels: readonly string[], parts: readonly (readonly Stmt[])[]): void {
  const targets = labels.map((name) => c.label(name));
  labels.forEach((name, i) => c.gotos.set(name, { to: targets[i] ?? bug("no label"), number: 0 }));
  let inner = c.branch(() => plain(c, parts[0] ?? []));
  targets.forEach((label, i) => {
    const next = c.branch(() => plain(c, parts[i + 1] ?? []));
    inner = [{ kind: "block", label, body: inner }, ...next];
  });
  for (const s of inner) c.emit(s);
}

/** A loop that begins with a branch to the part that is wanted. */
function loopOverParts(c: Fn, labels: readonly string[], parts: readonly (readonly Stmt[])[]): void {
  const state = c.local(I32);
  const out = c.label("out");
  const again = c.label("again");
  labels.forEach((name, i) => c.gotos.set(name, { to: again, state, number: i + 1 }));
  const starts = parts.map((_, i) => c.label(`part${i}`));
  c.set(state, i32(0));
  const outer = c.cost;
  c.cost = 0;
  const first = starts[0] ?? bug("no part");
  let inner: LStmt[] = [{ kind: "switch", x: get(state), labels: starts, otherwise: first }];
  parts.forEach((part, i) => {
    inner = [{ kind: "block", label: starts[i] ?? bug("no part"), body: inner }, ...c.branch(() => plain(c, part))];
  });
  const cost = c.cost + 1;
  c.cost = outer;
  c.emit({ kind: "loop", out, again, cost, site: c.site(), body: [...inner, { kind: "br", label: out }] });
}

/** Lowers one statement. */
export function stmt(c: Fn, n: Stmt): void {
  c.pos = n.pos;
  switch (n.kind) {
    case "AS": return assign(c, n);
    case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2": return assignList(c, n);
    case "ASOP": return assignOp(c, n);
    case "DCL": return declare(c, n.x);
    case "BLOCK": return void (init(c, n), stmts(c, n.list));
    case "IF": return ifStmt(c, n);
    case "FOR": return forStmt(c, n);
    case "RANGE": return range(c, n);
    case "SWITCH": return void (init(c, n), switchStmt(c, n));
    case "SELECT": return void (init(c, n), select(c, n));
    case "SEND": return void (init(c, n), send(c, n));
    case "RETURN": return returnStmt(c, n);
    case "GO": case "DEFER": return goDefer(c, n);
    case "BREAK": case "CONTINUE": case "GOTO": case "FALL": return branch(c, n);
    case "LABEL": case "INLMARK": return;
    case "TAILCALL": return returnValues(c, callValues(c, n.call));
    case "INLCALL": return void (init(c, n), stmts(c, n.body));
    case "NAME": return;
    default: return expression(c, n);
  }
}

function init(c: Fn, n: { readonly init: readonly Stmt[] }): void {
  if (n.init.length > 0) stmts(c, n.init);
}

function expression(c: Fn, n: Expr): void {
  if (n.kind === "RECV") {
    c.storeBlank(value(c, n));
    return;
  }
  c.storeBlank(value(c, n));
}

function ifStmt(c: Fn, n: IfStmt): void {
  init(c, n);
  const cond = single(c, n.cond);
  c.cost += 5;
  const start = c.cost;
  const then = c.branch(() => stmts(c, n.body));
  const afterThen = c.cost;
  c.cost = start;
  const otherwise = c.branch(() => stmts(c, n.else));
  c.cost = Math.max(c.cost, afterThen);
  if (cond.kind === "const") {
    for (const s of cond.value ? then : otherwise) c.emit(s);
    return;
  }
  if (then.length + otherwise.length === 0) c.storeBlank([cond]);
  else c.emit({ kind: "if", cond, then, else: otherwise });
}

// ---- loops --------------------------------------------------------------------------------------------------

function forStmt(c: Fn, n: ForStmt): void {
  init(c, n);
  const fresh = n.distinctVars ? declared(n.init) : [];
  loop(c, n.label, {
    head: (out) => {
      if (!n.cond) return;
      const cond = single(c, n.cond);
      c.emit({ kind: "br", label: out, cond: op(OP.i32_eqz, cond) });
    },
    body: () => stmts(c, n.body),
    post: () => {
      for (const name of fresh) renew(c, name);
      if (n.post) stmt(c, n.post);
    },
  });
}

/** Loop variables that something may hold on to: each round has its own. */
function declared(list: readonly Stmt[]): Name[] {
  const names: Name[] = [];
  for (const s of list) visit(s, (x) => void (x.kind === "DCL" && x.x.class === "autoheap" && names.push(x.x)));
  return names;
}

function renew(c: Fn, name: Name): void {
  const s = storageOf(c, name);
  if (s.kind !== "pointer") return;
  const v = c.saveValue(c.loadValue(name.type, get(s.local), 0), name.type);
  c.set(s.local, c.newObject(name.type, name.sym));
  c.storeValue(name.type, v, get(s.local), 0, "heap");
}

function branch(c: Fn, n: BranchStmt): void {
  if (n.kind === "FALL") return;
  if (n.kind === "GOTO") {
    const target = c.gotos.get(n.label ?? "") ?? bug(`goto ${n.label ?? ""}, which is nowhere`);
    if (target.state) c.set(target.state, i32(target.number));
    return c.emit({ kind: "br", label: target.to });
  }
  for (let i = c.jumps.length - 1; i >= 0; i--) {
    const j = c.jumps[i] ?? bug("a missing jump");
    if (n.label !== undefined && j.label !== n.label) continue;
    const to = n.kind === "BREAK" ? j.break : j.continue;
    if (to) return c.emit({ kind: "br", label: to });
  }
  return bug(`${n.kind} with nothing around it`);
}

// ---- return, go, defer --------------------------------------------------------------------------------------

function returnStmt(c: Fn, n: ReturnStmt): void {
  init(c, n);
  orderAll(c, n.results);
  const names = c.resultNames;
  if (c.exit) {
    if (n.results.length > 0) {
      const values = n.results.map((r, i) => c.saveValue(value(c, r), names[i]?.type ?? r.type));
      names.forEach((name, i) => storePlace(c, c.doors.place(c, name), name.type, values[i] ?? bug("a missing result")));
    }
    return c.emit({ kind: "br", label: c.exit });
  }
  if (n.results.length > 0 && names.some((name) => name.class === "autoheap")) return returnThroughHeap(c, n);
  const values = n.results.length > 0 ? n.results.map((r) => value(c, r)) : names.map((name) => loadPlace(c, c.doors.place(c, name), name.type));
  returnValues(c, values);
}

/** Somebody may still look at a result variable that was moved to the heap: it gets its value too. */
function returnThroughHeap(c: Fn, n: ReturnStmt): void {
  const values = n.results.map((r, i) => c.saveValue(value(c, r), c.resultNames[i]?.type ?? r.type));
  c.resultNames.forEach((name, i) => {
    if (name.class === "autoheap") storePlace(c, c.doors.place(c, name), name.type, values[i] ?? bug("a missing result"));
  });
  returnValues(c, values);
}

/** Leaves the function: values in memory go to the caller's areas, the others are returned. */
export function returnValues(c: Fn, values: readonly (readonly LExpr[])[]): void {
  const flat: LExpr[] = [];
  values.forEach((v, i) => {
    const name = c.resultNames[i] ?? bug("a result without name");
    const area = c.areas[i];
    if (area) c.storeValue(name.type, v, get(area), 0, "stack");
    else flat.push(...v);
  });
  c.emit({ kind: "return", values: flat });
}

function goDefer(c: Fn, n: GoDeferStmt): void {
  init(c, n);
  c.pos = n.pos;
  if (n.kind === "DEFER") return deferCall(c, n);
  c.cost += 20;
  const code = startedClosure(c, n.call);
  c.entry("newproc", [code]);
  c.keepAlive(code);
}

