/**
 * Assignments and declarations.
 *
 * The operands of the left side are evaluated first, then the right side, then the stores happen from left to right.
 *
 * Go: cmd/compile/internal/walk/assign.go, order.go.
 */
import { bug } from "../../base/bug.ts";
import { type AssignListStmt, type AssignOpStmt, type AssignStmt, type Expr, type Name, type Node, someNode, type Stmt } from "../ir/index.ts";
import { basic, identical, type Type, under } from "../types/index.ts";
import { arithmetic, shift } from "./arith.ts";
import { callValues } from "./call.ts";
import { elemType, receiveOk } from "./chans.ts";
import type { Fn, Place, Value } from "./context.ts";
import { single, value, zeroValue } from "./operand.ts";
import { convertToInterface, dotType } from "./iface.ts";
import { assignToItself } from "./itself.ts";
import { isStringType } from "./kinds.ts";
import { i32, i64, plus } from "./lir.ts";
import { fill } from "./literal.ts";
import { mapIndexOk, mapType } from "./maps.ts";
import { hasEffect, orderAll } from "./order.ts";
import { declareStorage, declareZero, fixPlace, freeze, loadPlace, storePlace } from "./place.ts";

/** Runs the statements before an assignment; the variables that it declares itself are left to it. */
function before(c: Fn, init: readonly Stmt[], targets: readonly Expr[]): Set<Name> {
  const own = new Set<Name>();
  for (const s of init) {
    if (s.kind === "DCL" && targets.includes(s.x)) own.add(s.x);
    else c.doors.stmt(c, s);
  }
  return own;
}

/** x = y, x := y, var x T. */
export function assign(c: Fn, n: AssignStmt): void {
  const own = before(c, n.init, [n.x]);
  c.cost += 5;
  const { x, y } = n;
  if (!y) {
    if (x.kind === "NAME" && x.class !== "extern") return declareZero(c, x);
    return storePlace(c, c.doors.place(c, x), x.type, zeroValue(c, x.type));
  }
  if (x.kind === "NAME" && own.has(x)) {
    if ((y.kind === "STRUCTLIT" || y.kind === "ARRAYLIT") && !c.unit.layouts.of(x.type).leaves && y.init.length === 0) return declareLiteral(c, x, y);
    const v = value(c, y);
    const kept = x.class === "autoheap" ? c.saveValue(v, x.type) : v;
    declareStorage(c, x);
    return storePlace(c, c.doors.place(c, x), x.type, kept);
  }
  if (x.kind === "NAME" && x.sym === "_") return c.storeBlank(value(c, y));
  if (assignToItself(c, n)) return;
  orderAll(c, [x, y]);
  // A write barrier stands between Go's check of the pointer and the store.
  if (c.unit.layouts.of(x.type).pointers.length > 0) c.reaches(x, -1);
  const p = c.doors.place(c, x);
  if ((y.kind === "STRUCTLIT" || y.kind === "ARRAYLIT") && p.kind === "memory" && !c.unit.layouts.of(x.type).leaves && y.init.length === 0 && y.list.every(isIndependent)) {
    return storeLiteral(c, p, x.type, y);
  }
  storePlace(c, p, x.type, value(c, y));
}

type Literal = Extract<Expr, { kind: "STRUCTLIT" | "ARRAYLIT" | "SLICELIT" | "MAPLIT" }>;

/** Whether an element of a literal reads nothing that storing the literal could change. */
function isIndependent(e: Expr): boolean {
  const x = e.kind === "KEY" || e.kind === "STRUCTKEY" ? e.value : e;
  return x.kind === "LITERAL" || x.kind === "NIL";
}

/** x = T{...} with constant parts, without a copy on the way. */
function storeLiteral(c: Fn, p: Extract<Place, { kind: "memory" }>, t: Type, y: Literal): void {
  const { size, pointers } = c.unit.layouts.of(t);
  const at = c.save(plus(p.addr, p.offset), true);
  if (pointers.length > 0 && p.home === "heap") c.ifBarrier(() => c.leafCall("bulkBarrier", [c.unit.type(t), at, i32(0), i64(1)]));
  c.zero(at, size);
  fill(c, y, at, 0, p.home, true);
}

/** x := T{...}, built where x lives. */
function declareLiteral(c: Fn, x: Name, y: Literal): void {
  declareZero(c, x);
  const p = c.doors.place(c, x);
  if (p.kind !== "memory") return bug("a large variable that is not in memory");
  fill(c, y, p.addr, p.offset, p.home, true);
}

/** a, b = ... */
export function assignList(c: Fn, n: AssignListStmt): void {
  const own = before(c, n.init, n.lhs);
  c.cost += 5 * n.lhs.length;
  orderAll(c, n.kind === "AS2" ? [...n.lhs, ...n.rhs] : n.lhs);
  // One right side of several values comes before what the left sides read.
  const called = n.kind !== "AS2" && n.lhs.some((x) => x.kind !== "NAME") ? rightSides(c, n) : undefined;
  const places = n.lhs.map((x) => (x.kind === "NAME" ? undefined : freeze(c, c.doors.place(c, x))));
  const values = called ?? (n.kind === "AS2" ? parallelValues(c, n) : rightSides(c, n));
  n.lhs.forEach((x, i) => {
    const v = values[i] ?? late(c, n.rhs[i] ?? bug("a left side without value"));
    if (x.kind === "NAME" && x.sym === "_") return c.storeBlank(v.value);
    const adaptedValue = adapted(c, v, x.type);
    if (x.kind === "NAME" && own.has(x)) declareStorage(c, x);
    storePlace(c, places[i] ?? c.doors.place(c, x), x.type, adaptedValue);
  });
}

const late = (c: Fn, y: Expr): Right => ({ value: c.saveValue(value(c, y), y.type) });

interface Right {
  readonly value: Value;
  /** Where it may differ from the left side's: the variables of a package may be interfaces. */
  readonly type?: Type;
}

/** A value as the left side wants it. */
function adapted(c: Fn, right: Right, to: Type): Value {
  const from = right.type;
  if (!from || under(to).kind !== "Interface" || identical(from, to)) return right.value;
  return convertToInterface(c, to, from, right.value);
}

function rightSides(c: Fn, n: AssignListStmt): Right[] {
  const [y] = n.rhs;
  if (!y) return bug("an assignment without right side");
  c.pos = n.pos;
  const split = (v: Value, type: Type): Right[] => [{ value: v.slice(0, -1), type }, { value: v.slice(-1), type: basic.bool }];
  let rhs: Expr = y;
  while (rhs.kind === "PAREN") rhs = rhs.x;
  if (rhs.kind !== "NAME" && rhs.kind !== "CALLFUNC" && rhs.kind !== "CALLINTER") c.runInit(rhs);
  switch (rhs.kind) {
    case "CALLFUNC": case "CALLINTER": {
      const types = under(rhs.type);
      return callValues(c, rhs).map((v, i) => ({ value: v, ...(types.kind === "Tuple" && types.vars[i]?.type ? { type: types.vars[i].type } : {}) }));
    }
    case "INLCALL":
      c.doors.stmts(c, rhs.body);
      return rhs.results.map((r) => ({ value: c.saveValue(value(c, r), r.type) }));
    case "INDEXMAP": return split(mapIndexOk(c, rhs), mapType(rhs.x.type).elem);
    case "RECV": return split(receiveOk(c, rhs.x), elemType(rhs.x));
    case "DOTTYPE": return split(dotType(c, { ...rhs, kind: "DOTTYPE2" }), rhs.type);
    case "DOTTYPE2": return split(dotType(c, rhs), rhs.type);
    case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2": return split(dotType(c, { ...rhs, kind: "DYNAMICDOTTYPE2" }), rhs.type);
    default: return bug(`${rhs.kind} has no two values`);
  }
}

/**
 * The values of a parallel assignment that earlier ones of its stores may change; the others are undefined and found when their turn to be stored
 * comes, so that their checks come after the stores before them. Not so where a value has effects or statements stand before one: those may make what
 * the others are. Go: ascompatee.
 */
function parallelValues(c: Fn, n: AssignListStmt): (Right | undefined)[] {
  const late = !n.rhs.some((y) => hasEffect(c, y) || someNode(y, (x) => x.init.length > 0));
  const assigned = new Set<Name>();
  let memory = false;
  /** A result was set that deferred calls see if a later value panics. */
  let seen = false;
  return n.rhs.map((y, i) => {
    const isLate = late && !seen && !someNode(y, (x) => COPIED.has(x.kind) || (x.kind === "NAME" && assigned.has(x)) || (memory && readsMemory(c, x)));
    const name = target(n.lhs[i] ?? bug("a value without left side"));
    if (name?.class === "result" && c.exit) seen = true;
    if (name === undefined || isInMemory(c, name)) memory = true;
    else assigned.add(name);
    return isLate ? undefined : { value: c.saveValue(value(c, y), y.type) };
  });
}

/** The variable that is assigned to, whole or in part; undefined for other places. */
function target(x: Expr): Name | undefined {
  if (x.kind === "NAME") return x;
  if (x.kind === "PAREN" || x.kind === "DOT" || (x.kind === "INDEX" && under(x.x.type).kind === "Array")) return target(x.x);
  return undefined;
}

const isInMemory = (c: Fn, x: Name): boolean => x.class === "extern" || x.class === "autoheap" || x.outer !== undefined || c.addressed.has(x);

function readsMemory(c: Fn, x: Node): boolean {
  return x.kind === "NAME" ? x.class !== "func" && isInMemory(c, x) : !READS_NOTHING.has(x.kind);
}

/** What Go's order pass puts into a variable before the statement. */
const COPIED: ReadonlySet<Node["kind"]> = new Set(["ANDAND", "OROR", "DOTTYPE", "DYNAMICDOTTYPE"]);

const READS_NOTHING: ReadonlySet<Node["kind"]> = new Set([
  "ADD", "AND", "ANDNOT", "BITNOT", "CONV", "CONVIFACE", "CONVNOP", "DIV", "DOT", "LITERAL", "LSH", "MOD", "MUL", "NEG", "NIL", "OR", "PAREN", "PLUS",
  "RSH", "SUB", "XOR",
]);

/** x op= y. */
export function assignOp(c: Fn, n: AssignOpStmt): void {
  if (n.init.length > 0) c.doors.stmts(c, n.init);
  c.cost += 5;
  c.pos = n.pos;
  orderAll(c, [n.x, n.y]);
  const p = fixPlace(c, c.doors.place(c, n.x));
  const t = n.x.type;
  if (n.op === "ADD" && isStringType(t)) {
    const left = p.kind === "map" ? c.saveValue(loadPlace(c, p, t), t) : undefined;
    const right = c.saveValue(value(c, n.y), basic.string);
    const sum = c.text("concatstring2", [i32(0), ...(left ?? loadPlace(c, p, t)), ...right], { what: "string concatenation", type: "string" });
    return storePlace(c, p, t, sum);
  }
  if (n.op === "LSH" || n.op === "RSH") {
    const count = single(c, n.y);
    const x = loadPlace(c, p, t)[0] ?? bug("no value");
    return storePlace(c, p, t, [shift(c, n.op, t, x, count, n.y.type)]);
  }
  const right = value(c, n.y);
  storePlace(c, p, t, arithmetic(c, n.op, t, loadPlace(c, p, t), right));
}

/** `var x` without a value, as a statement of its own. */
export function declare(c: Fn, x: Name): void {
  // A temporary that was assigned before (the flag of a loop's first iteration, whose declaration stands inside) keeps its value.
  if (x.autotemp && c.storage.get(x)?.kind === "locals") return;
  declareZero(c, x);
}

