/**
 * Maps: every operation is a call of our Go text in internal/runtime. Keys go by address, but for the fast variants of 4 and 8 bytes and strings.
 *
 * Go: cmd/compile/internal/walk/walk.go (mapfast), expr.go (walkIndexMap), range.go.
 */
import type { RuntimeSymbolName } from "../../abi/runtime-symbols.ts";
import { HMAP_SIZE, MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { type CompLitExpr, type Expr, type IndexMapExpr, type KeyExpr, type MakeExpr, someNode } from "../ir/index.ts";
import { type MapType, type Type, under } from "../types/index.ts";
import type { Fn, Place, Value } from "./context.ts";
import { orderAll } from "./order.ts";
import { asInt, single, value } from "./operand.ts";
import { isPlainMemory, isStringType } from "./kinds.ts";
import { i32, i64, type LExpr, load, op } from "./lir.ts";

export function mapType(t: Type): MapType {
  const u = under(t);
  return u.kind === "Map" ? u : bug("a map operation on no map");
}

type Fast = "" | "_fast32" | "_fast64" | "_faststr";
/** Elements larger than this are stored by pointer, and have no fast variants. Go: abi.MapMaxElemBytes. */
const MAX_ELEM = 128;

/** Which variant of the runtime's functions serves keys of this type. Go: mapfast. */
function variant(c: Fn, m: MapType): Fast {
  if (c.unit.layouts.of(m.elem).size > MAX_ELEM) return "";
  if (isStringType(m.key)) return "_faststr";
  const l = c.unit.layouts.of(m.key);
  // Only keys of one leaf, and no structs.
  if (!isPlainMemory(m.key) || under(m.key).kind === "Struct" || l.leaves?.length !== 1) return "";
  return l.size === 4 ? "_fast32" : l.size === 8 ? "_fast64" : "";
}

/** What a fast variant gets as its key: the value itself. */
const keyArguments = (c: Fn, m: MapType, fast: Fast, key: Expr): LExpr[] => keyWords(c, m, fast, value(c, key));

function keyWords(c: Fn, m: MapType, fast: Fast, v: Value): LExpr[] {
  if (fast === "") return [addressOfValue(c, m.key, v)];
  const x = v[0] ?? bug("no key");
  return fast === "_fast64" && x.type === I32 ? [op(OP.i64_extend_i32_u, x)] : [...v];
}

/** Memory in the frame that holds a value until the next call. */
export function addressOfValue(c: Fn, t: Type, v: Value): LExpr {
  const { leaves, size, pointers } = c.unit.layouts.of(t);
  if (!leaves) return v[0] ?? bug("no address");
  if (size === 0) return i32(MAP.zerobase);
  const object = c.object(size, pointers);
  c.storeValue(t, v, c.frame(object), 0, "stack");
  return c.frame(object);
}

/** m[k] as a value. Large elements need to know whether they are there, since the runtime's zeros are few. */
export function mapIndex(c: Fn, n: IndexMapExpr): Value {
  const m = mapType(n.x.type);
  if (c.unit.layouts.of(m.elem).size > MAP.zeroAreaSize) return mapIndexOk(c, n).slice(0, -1);
  const fast = variant(c, m);
  const map = c.save(single(c, n.x), true);
  const args = keyArguments(c, m, fast, n.index);
  const p = c.text(`mapaccess1${fast}` as RuntimeSymbolName, [c.unit.type(n.x.type), map, ...args])[0] ?? bug("no result");
  return c.saveValue(c.loadValue(m.elem, p, 0), m.elem);
}

/** v, ok := m[k]. */
export function mapIndexOk(c: Fn, n: IndexMapExpr): Value {
  const m = mapType(n.x.type);
  const fast = variant(c, m);
  const map = c.save(single(c, n.x), true);
  const args = keyArguments(c, m, fast, n.index);
  const [p, ok] = c.text(`mapaccess2${fast}` as RuntimeSymbolName, [c.unit.type(n.x.type), map, ...args]);
  if (!p || !ok) return bug("no result");
  const { leaves, size, pointers } = c.unit.layouts.of(m.elem);
  if (leaves || size <= MAP.zeroAreaSize) return [...c.saveValue(c.loadValue(m.elem, p, 0), m.elem), ok];
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  c.emit({ kind: "if", cond: ok, then: c.branch(() => c.copy(c.frame(object), p, size)), else: [] });
  return [c.frame(object), ok];
}

/** m[k] as a place: map and key are evaluated now. */
export function mapPlace(c: Fn, n: IndexMapExpr): Place {
  const m = mapType(n.x.type);
  const fast = variant(c, m);
  const map = c.save(single(c, n.x), true);
  const key = keyArguments(c, m, fast, n.index).map((k, i) => c.save(k, i === 0 && fast === "_faststr"));
  return { kind: "map", mapType: n.x.type, type: n.type, fast, map, key };
}

/** The value of a map place. */
export function loadMap(c: Fn, p: Extract<Place, { kind: "map" }>): Value {
  const at = c.text(`mapaccess1${p.fast}` as RuntimeSymbolName, [c.unit.type(p.mapType), p.map, ...p.key])[0] ?? bug("no result");
  return c.saveValue(c.loadValue(p.type, at, 0), p.type);
}

function assignAt(c: Fn, t: Type, fast: string, map: LExpr, args: readonly LExpr[]): LExpr {
  c.check(op(OP.i32_eqz, map), "panicNilMap", []);
  return c.text(`mapassign${fast}` as RuntimeSymbolName, [c.unit.type(t), map, ...args], { what: "map assignment", type: c.unit.typeName(t) })[0] ?? bug("no result");
}

/** m[k] = v. */
export function storeMap(c: Fn, p: Extract<Place, { kind: "map" }>, v: Value): void {
  const kept = c.saveValue(v, p.type);
  const at = assignAt(c, p.mapType, p.fast, p.map, p.key);
  c.storeValue(p.type, kept, at, 0, "heap");
}

export function deleteKey(c: Fn, mapExpr: Expr, key: Expr): void {
  const m = mapType(mapExpr.type);
  const fast = variant(c, m);
  const map = c.save(single(c, mapExpr), true);
  c.text(`mapdelete${fast}` as RuntimeSymbolName, [c.unit.type(mapExpr.type), map, ...keyArguments(c, m, fast, key)]);
}

/** make(map[K]V, hint). */
export function makeMap(c: Fn, n: MakeExpr): LExpr {
  return newMap(c, n.type, n.len ? asInt(c, n.len) : i64(0), n.esc === "none");
}

/** Groups of small maps in the frame: 8 control bytes and 8 slots. */
const SLOTS = 8;

function newMap(c: Fn, t: Type, hint: LExpr, inFrame: boolean): LExpr {
  const alloc = { what: `make(${c.unit.typeName(t)})`, type: c.unit.typeName(t) };
  if (!inFrame) return c.text("makemap", [c.unit.type(t), hint, i32(0)], alloc)[0] ?? bug("no result");
  const header = c.object(HMAP_SIZE, [16]);
  c.zero(c.frame(header), HMAP_SIZE);
  const small = hint.kind === "const" && Number(hint.value) <= SLOTS;
  if (small) {
    const group = groupObject(c, mapType(t));
    c.zero(c.frame(group), group.size);
    c.emit({ kind: "store", op: OP.i64_store, offset: 16, addr: c.frame(header), x: op(OP.i64_extend_i32_u, c.frame(group)) });
  }
  return c.text("makemap", [c.unit.type(t), hint, c.frame(header)], alloc)[0] ?? bug("no result");
}

/** Room in the frame for the one group of a small map. */
function groupObject(c: Fn, m: MapType): ReturnType<Fn["object"]> {
  const part = (t: Type): { size: number; align: number; pointers: readonly number[] } => {
    const l = c.unit.layouts.of(t);
    return l.size > MAX_ELEM ? { size: 8, align: 8, pointers: [0] } : l;
  };
  const key = part(m.key);
  const elem = part(m.elem);
  const up = (n: number, to: number): number => Math.ceil(n / to) * to;
  const elemAt = up(key.size, elem.align);
  // A trailing element of size 0 takes a byte, as in a struct.
  const align = Math.max(key.align, elem.align);
  const slot = up(elemAt + (elem.size === 0 && elemAt > 0 ? 1 : elem.size), align);
  const pointers: number[] = [];
  for (let i = 0; i < SLOTS; i++) {
    for (const p of key.pointers) pointers.push(8 + i * slot + p);
    for (const p of elem.pointers) pointers.push(8 + i * slot + elemAt + p);
  }
  return c.object(8 + SLOTS * slot, pointers);
}

/**
 * map[K]V{...}: first the entries of constants, then the others in their order. What was evaluated for a value that turned out to be a constant
 * (`init` of a conversion) comes before everything else. Go: cmd/compile/internal/walk/order.go (OMAPLIT).
 */
export function mapLiteral(c: Fn, n: CompLitExpr): LExpr {
  const m = mapType(n.type);
  const fast = variant(c, m);
  const map = c.save(newMap(c, n.type, i64(n.list.length), n.esc === "none"), true);
  const entries = n.list.map((e) => (e.kind === "KEY" ? e : bug("a map literal without keys")));
  const evaluate = (e: KeyExpr): readonly [Value, Value] => {
    orderAll(c, [e.key, e.value]);
    const key = c.saveValue(value(c, e.key), m.key);
    return [key, c.saveValue(value(c, e.value), m.elem)];
  };
  const store = ([key, v]: readonly [Value, Value]): void => c.storeValue(m.elem, v, assignAt(c, n.type, fast, map, keyWords(c, m, fast, key)), 0, "heap");
  const [constants, others] = [entries.filter(isConstantEntry), entries.filter((e) => !isConstantEntry(e))];
  const early = new Map(others.filter((e) => isStaticEntry(e) && someNode(e, (x) => x.init.length > 0)).map((e) => [e, evaluate(e)]));
  for (const e of constants) store(evaluate(e));
  for (const e of others) store(early.get(e) ?? evaluate(e));
  return map;
}

const isConstantEntry = (e: KeyExpr): boolean => isConstantValue(e.key, false) && isConstantValue(e.value, false);
const isStaticEntry = (e: KeyExpr): boolean => isConstantValue(e.key, true) && isConstantValue(e.value, true);

/** Constants and composites of them; `boxed`: in interfaces too. Go: isStaticCompositeLiteral. */
function isConstantValue(x: Expr, boxed: boolean): boolean {
  switch (x.kind) {
    case "LITERAL": case "NIL": return true;
    case "ARRAYLIT": return x.list.every((e) => isConstantValue(e.kind === "KEY" ? e.value : e, boxed));
    case "STRUCTLIT": return x.list.every((e) => isConstantValue(e.kind === "STRUCTKEY" ? e.value : e, boxed));
    case "CONVIFACE": return boxed && isConstantValue(x.x, boxed) && (under(x.x.type).kind !== "Interface" || x.x.kind === "NIL");
    default: return false;
  }
}

/** The words of an iterator that a range statement reads: address of key and element. */
export const iteratorKey = (it: LExpr): LExpr => load(OP.i32_load, it, 0);
export const iteratorElem = (it: LExpr): LExpr => load(OP.i32_load, it, 8);
