/**
 * switch over values and over types.
 *
 * The tests stand in the innermost of nested blocks, each clause's body behind its own block: so fallthrough is falling through. Integer constants that
 * lie close together become a branch table.
 *
 * Go: cmd/compile/internal/walk/switch.go.
 */
import { bug } from "../../base/bug.ts";
import { I64, OP } from "../../wasm/opcodes.ts";
import type { CaseClause, Expr, SwitchStmt, TypeSwitchGuard } from "../ir/index.ts";
import { basic, type Type, under } from "../types/index.ts";
import { equalToConcrete, equalValues } from "./compare.ts";
import type { Fn, Value } from "./context.ts";
import { constant, single, value } from "./operand.ts";
import { assertType, holdsConcrete, unbox } from "./iface.ts";
import { intKind } from "./kinds.ts";
import { i32, i64, type LExpr, type LLabel, op } from "./lir.ts";
import { declareStorage, storePlace } from "./place.ts";

/** switch. */
export function switchStmt(c: Fn, n: SwitchStmt): void {
  const out = c.label("switch");
  const labels = n.cases.map((_, i) => c.label(`case${i}`));
  const fallback = n.cases.findIndex((k) => k.list.length === 0);
  const otherwise = fallback < 0 ? out : (labels[fallback] ?? out);
  c.jumps.push({ label: n.label, break: out });
  const bodies: { before: (() => void)[] } = { before: n.cases.map(() => () => {}) };
  let inner = c.branch(() => {
    if (n.tag?.kind === "TYPESW") typeTests(c, n, n.tag, labels, otherwise, bodies.before);
    else valueTests(c, n, n.tag, labels, otherwise);
  });
  const start = c.cost;
  let most = start;
  n.cases.forEach((clause, i) => {
    c.cost = start;
    const body = c.branch(() => {
      bodies.before[i]?.();
      c.doors.stmts(c, clause.body);
      if (!fallsThrough(clause)) c.emit({ kind: "br", label: out });
    });
    most = Math.max(most, c.cost);
    inner = [{ kind: "block", label: labels[i] ?? bug("a missing label"), body: inner }, ...body];
  });
  c.cost = most;
  c.jumps.pop();
  c.emit({ kind: "block", label: out, body: inner });
}

const fallsThrough = (clause: CaseClause): boolean => clause.body.some((s) => s.kind === "FALL");

// ---- values -------------------------------------------------------------------------------------------------

function valueTests(c: Fn, n: SwitchStmt, tag: Exclude<SwitchStmt["tag"], TypeSwitchGuard>, labels: readonly LLabel[], otherwise: LLabel): void {
  if (!tag) {
    n.cases.forEach((clause, i) => {
      for (const x of clause.list) test(c, single(c, x), labels[i]);
    });
    return c.emit({ kind: "br", label: otherwise });
  }
  const v = c.saveValue(value(c, tag), tag.type);
  if (!branchTable(c, n, tag.type, v, labels, otherwise)) {
    n.cases.forEach((clause, i) => {
      for (const x of clause.list) test(c, matches(c, tag.type, v, x), labels[i]);
    });
    c.emit({ kind: "br", label: otherwise });
  }
}

function test(c: Fn, cond: LExpr, label: LLabel | undefined): void {
  c.cost += 3;
  c.emit({ kind: "br", label: label ?? bug("a missing label"), cond });
}

/** Whether the tag equals one case. */
function matches(c: Fn, t: Type, v: Value, x: Expr): LExpr {
  if (x.kind === "NIL") return op(OP.i32_eqz, v[0] ?? bug("no value"));
  if (x.kind === "CONVIFACE" && under(t).kind === "Interface" && under(x.x.type).kind !== "Interface") return equalToConcrete(c, v, t, x);
  return equalValues(c, t, v, value(c, x));
}

const TABLE_MINIMUM = 5;
const TABLE_SPREAD = 4;

/** Dense integer cases as one indirect branch; false where they are not. */
function branchTable(c: Fn, n: SwitchStmt, t: Type, v: Value, labels: readonly LLabel[], otherwise: LLabel): boolean {
  const k = intKind(t);
  if (!k || t === basic.bool) return false;
  const cases = new Map<bigint, LLabel>();
  for (const [i, clause] of n.cases.entries()) {
    for (const x of clause.list) {
      const number = x.kind === "LITERAL" ? constant(c, x)[0] : undefined;
      if (number?.kind !== "const") return false;
      const at = BigInt(number.value);
      if (!cases.has(at)) cases.set(at, labels[i] ?? bug("a missing label"));
    }
  }
  if (cases.size < TABLE_MINIMUM) return false;
  const numbers = [...cases.keys()];
  const low = numbers.reduce((a, b) => (b < a ? b : a));
  const high = numbers.reduce((a, b) => (b > a ? b : a));
  const width = high - low + 1n;
  if (width > BigInt(cases.size * TABLE_SPREAD)) return false;
  c.cost += 5;
  const x = v[0] ?? bug("no value");
  const from = k.type === I64 ? c.reuse(op(OP.i64_sub, x, i64(low))) : op(OP.i32_sub, x, i32(Number(low)));
  if (k.type === I64) c.emit({ kind: "br", label: otherwise, cond: op(OP.i64_ge_u, from, i64(width)) });
  const targets = Array.from({ length: Number(width) }, (_, i) => cases.get(low + BigInt(i)) ?? otherwise);
  c.emit({ kind: "switch", x: k.type === I64 ? op(OP.i32_wrap_i64, from) : from, labels: targets, otherwise });
  return true;
}

// ---- types --------------------------------------------------------------------------------------------------

/** Tests of a type switch; what a clause does first (binding its variable) goes to `before`. */
function typeTests(c: Fn, n: SwitchStmt, guard: TypeSwitchGuard, labels: readonly LLabel[], otherwise: LLabel, before: (() => void)[]): void {
  if (guard.init.length > 0) c.doors.stmts(c, guard.init);
  const iface = guard.x.type;
  const [word0, data0] = value(c, guard.x);
  const word = c.save(word0 ?? bug("no word"));
  const data = c.save(data0 ?? bug("no data"), true);
  n.cases.forEach((clause, i) => {
    const only = clause.list.length === 1 ? clause.list[0] : undefined;
    let found: Value = [word, data];
    let type: Type = iface;
    for (const x of clause.list) {
      c.pos = x.pos;
      if (x.kind === "NIL") {
        test(c, op(OP.i32_eqz, word), labels[i]);
        continue;
      }
      if (x.kind !== "TYPE") return c.unsupported("a type switch over type parameters");
      if (under(x.type).kind !== "Interface") {
        test(c, holdsConcrete(c, iface, word, x.type), labels[i]);
        if (x === only) type = x.type;
        continue;
      }
      const v = assertType(c, iface, word, data, x.type, "ask").map((p, j) => c.save(p, j === 1));
      test(c, v[2] ?? bug("no answer"), labels[i]);
      if (x === only) {
        type = x.type;
        found = v.slice(0, 2);
      }
    }
    const name = clause.var;
    if (!name || name.sym === "_") return;
    before[i] = () => {
      const v = under(type).kind === "Interface" ? found : unbox(c, type, data);
      const kept = name.class === "autoheap" ? c.saveValue(v, name.type) : v;
      declareStorage(c, name);
      storePlace(c, c.doors.place(c, name), name.type, kept);
    };
  });
  c.emit({ kind: "br", label: otherwise });
}

