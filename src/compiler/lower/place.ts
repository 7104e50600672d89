/**
 * Places: where variables live, and how anything that can be assigned to is read and written.
 *
 * Go: cmd/compile/internal/walk/assign.go, ssagen (addr, canSSA).
 */
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { type Expr, isReflectHeaderData, type Name, type SelectorExpr } from "../ir/index.ts";
import { basic, type Type, under } from "../types/index.ts";
import { elementAddress } from "./access.ts";
import { type Fn, isFixed, type Place, type Storage, type Value } from "./context.ts";
import { orderOperands } from "./order.ts";
import { leafRange, single, value } from "./operand.ts";
import { get, i32, type LExpr, op } from "./lir.ts";
import { loadMap, mapPlace, storeMap } from "./maps.ts";

/** The place that `n` denotes; of a value that is none, memory that holds it. */
export function place(c: Fn, n: Expr): Place {
  if (n.kind !== "NAME") {
    c.runInit(n);
    if (n.kind === "INDEX" || n.kind === "INDEXMAP") orderOperands(c, n);
  }
  switch (n.kind) {
    case "NAME": return namePlace(c, n);
    case "PAREN": return place(c, n.x);
    case "CONVNOP": return place(c, n.x);
    case "DEREF": return { kind: "memory", addr: c.notNil(single(c, n.x), c.reach(n)), offset: 0, home: "heap" };
    case "DOTPTR": case "DOT": return isReflectHeaderData(n) ? { kind: "address", of: fieldPlace(c, n) } : fieldPlace(c, n);
    case "INDEX": return elementAddress(c, n);
    case "INDEXMAP": return mapPlace(c, n);
    default: return inMemory(c, n);
  }
}

function fieldPlace(c: Fn, n: SelectorExpr): Place {
  if (n.kind === "DOTPTR") return { kind: "memory", addr: c.notNil(single(c, n.x), c.reach(n, n.offset)), offset: n.offset, home: "heap" };
  c.reaches(n.x, c.reach(n, n.offset));
  const whole = place(c, n.x);
  if (whole.kind === "memory") return { ...whole, offset: whole.offset + n.offset };
  if (whole.kind !== "locals") return bug("a field of a place that is no variable");
  const [first, count] = leafRange(c, n.x.type, n.index);
  return { kind: "locals", locals: whole.locals.slice(first, first + count) };
}

function inMemory(c: Fn, n: Expr): Place {
  const { size, pointers, leaves } = c.unit.layouts.of(n.type);
  const v = value(c, n);
  if (!leaves) return { kind: "memory", addr: v[0] ?? bug("no address"), offset: 0, home: "stack" };
  const object = c.object(size, pointers);
  c.storeValue(n.type, v, c.frame(object), 0, "stack");
  return { kind: "memory", addr: c.frame(object), offset: 0, home: "stack" };
}

function namePlace(c: Fn, n: Name): Place {
  if (n.sym === "_" && n.class !== "param") return { kind: "blank" };
  if (n.class === "extern") return { kind: "memory", addr: c.unit.isAbsent(n) ? absentVariable(c, n) : c.unit.variable(n), offset: 0, home: "heap" };
  return storagePlace(c, storageOf(c, n));
}

/** Ends the program where a variable of the library is mentioned that is not there; nobody sees the address. */
function absentVariable(c: Fn, n: Name): LExpr {
  c.call(c.unit.func(c.unit.codeOf(n), [], [], c.pos), [], { may: "block", pointers: [], site: c.site([]) });
  return i32(0);
}

function storagePlace(c: Fn, s: Storage): Place {
  switch (s.kind) {
    case "locals": return s;
    case "frame": return { kind: "memory", addr: c.frame(s.object), offset: 0, home: "stack" };
    case "pointer": return { kind: "memory", addr: get(s.local), offset: 0, home: s.home };
  }
}

/** Where local `n` lives; a variable that was never declared gets its place now. */
export function storageOf(c: Fn, n: Name): Storage {
  return c.storage.get(n) ?? declareStorage(c, n);
}

/** Gives local `n` a new place, which holds nothing yet: it is to be stored to at once. */
export function declareStorage(c: Fn, n: Name): Storage {
  const s = newStorage(c, n);
  c.storage.set(n, s);
  return s;
}

function newStorage(c: Fn, n: Name): Storage {
  const known = c.storage.get(n);
  if (n.class === "autoheap" && !n.outer) {
    const local = known?.kind === "pointer" ? known.local : c.local(I32, true);
    c.set(local, c.placed?.literal === n ? get(c.placed.at) : c.newObject(n.type, n.sym));
    return { kind: "pointer", local, home: "heap" };
  }
  const { leaves, size, pointers } = c.unit.layouts.of(n.type);
  if (leaves && !c.addressed.has(n)) return known?.kind === "locals" ? known : { kind: "locals", locals: c.localsFor(n.type) };
  return known?.kind === "frame" ? known : { kind: "frame", object: c.object(size, pointers) };
}

/** Declares `n` and sets it to zero. */
export function declareZero(c: Fn, n: Name): void {
  if (n.sym === "_") return;
  const s = declareStorage(c, n);
  if (s.kind === "locals") c.setAll(s.locals, s.locals.map((l) => ({ kind: "const", type: l.type, value: 0 })));
  else if (s.kind === "frame") c.zero(c.frame(s.object), s.object.size);
}

/** The value in a place. */
export function loadPlace(c: Fn, p: Place, t: Type): Value {
  switch (p.kind) {
    case "locals": return p.locals.map(get);
    case "memory": return c.loadValue(t, p.addr, p.offset);
    case "map": return loadMap(c, p);
    case "address": return [shownAddress(c, loadPlace(c, p.of, t))];
    case "blank": return c.unit.layouts.of(t).leaves?.map((l) => ({ kind: "const", type: l.type, value: 0 })) ?? [i32(0)];
  }
}

/** Puts a value into a place. */
export function storePlace(c: Fn, p: Place, t: Type, v: Value): void {
  switch (p.kind) {
    case "locals": return c.setAll(p.locals, v);
    case "memory": return c.storeValue(t, v, p.addr, p.offset, p.home);
    case "map": return storeMap(c, p, v);
    case "address": return p.of.kind === "memory" ? storePlace(c, p.of, basic["unsafe.Pointer"], [keptAddress(c, v)]) : storePlace(c, p.of, t, [op(OP.i64_extend_i32_u, keptAddress(c, v))]);
    case "blank":
      for (const x of v) if (x.kind !== "get" && x.kind !== "const" && under(t).kind !== "Tuple") c.emit({ kind: "eval", x });
  }
}

/** The integer that a program sees of an address that is kept in a field of type uintptr. */
export const shownAddress = (c: Fn, v: Value): LExpr => c.leaf("visibleAddress", [op(OP.i32_wrap_i64, v[0] ?? bug("no address"))]);

/** The address that such an integer stands for. */
export const keptAddress = (c: Fn, v: Value): LExpr => c.leaf("offsetOfAddress", [v[0] ?? bug("no integer")]);

/** Stores into a left side that has no effects of its own to order. */
export function storeTarget(c: Fn, x: Expr, t: Type, v: Value): void {
  if (x.kind === "NAME" && x.sym === "_") return c.storeBlank(v);
  storePlace(c, c.doors.place(c, x), t, v);
}

/** A place that is used twice: its address is found, and checked, now. */
export function fixPlace(c: Fn, p: Place): Place {
  if (p.kind === "address") return { ...p, of: fixPlace(c, p.of) };
  return p.kind === "memory" && !isFixed(p.addr) ? { ...p, addr: c.save(p.addr, true) } : p;
}

/** A place that later assignments cannot move. */
export function freeze(c: Fn, p: Place): Place {
  if (p.kind === "address") return { ...p, of: freeze(c, p.of) };
  return p.kind === "memory" && !isFixed(p.addr) ? { ...p, addr: freezeAddress(c, p.addr) } : p;
}

/** An address whose operands are what they are now, but whose checks happen when it is used. */
function freezeAddress(c: Fn, x: LExpr): LExpr {
  switch (x.kind) {
    case "op": return { ...x, x: freezeAddress(c, x.x), ...(x.y ? { y: freezeAddress(c, x.y) } : {}) };
    case "trap": return { ...x, bad: freezeAddress(c, x.bad), args: x.args.map((a) => freezeAddress(c, a)), x: freezeAddress(c, x.x) };
    default: return c.save(x, x.type === I32);
  }
}
