/**
 * Maps: every operation is a call of our Go text in internal/runtime. Keys go by address, but for the fast variants of 4 and 8 bytes and strings.
 * Where keys are plain memory or strings, a leaf of the runtime (runtime/maps) is tried first; finding a key takes no more than that.
 *
 * Go: cmd/compile/internal/walk/walk.go (mapfast), expr.go (walkIndexMap), range.go.
 */
import type { RuntimeSymbolName } from "../../abi/runtime-symbols.ts";
import { HMAP_SIZE, MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { roundUp } from "../../base/units.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { type CompLitExpr, type Expr, type IndexMapExpr, type KeyExpr, type MakeExpr, someNode } from "../ir/index.ts";
import { type MapType, type Type, under } from "../types/index.ts";
import type { Fn, Place, Value } from "./context.ts";
import { orderAll } from "./order.ts";
import { asInt, single, value } from "./operand.ts";
import { isPlainMemory, isStringType } from "./kinds.ts";
import { get, i32, i64, type LExpr, load, op, plus } from "./lir.ts";

export function mapType(t: Type): MapType {
  const u = under(t);
  return u.kind === "Map" ? u : bug("a map operation on no map");
}

export type Fast = "" | "_fast32" | "_fast64" | "_faststr";
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

/** Which leaves serve a map type, and how its slots are laid out. */
interface Short {
  readonly name: ShortName;
  /** Bytes of a slot, where its element begins, and whether the collector must hear of what is stored in it. */
  readonly slot: number;
  readonly elem: number;
  readonly pointers: boolean;
  readonly keyPointers: boolean;
  /** Bytes of a key that goes by address. */
  readonly keySize: number;
}
type ShortName = "32" | "64" | "str" | "mem";
const SHORT: Readonly<Record<Fast, ShortName>> = { _fast32: "32", _fast64: "64", _faststr: "str", "": "mem" };
/** In the shape that leaves get: tell the collector. Above it: nothing. */
const POINTERS = 0x10000;
/** What a leaf takes, in fuel units. */
const SHORT_COST = 60;

function shortOf(c: Fn, m: MapType, fast: Fast): Short | undefined {
  const key = c.unit.layouts.of(m.key);
  const elem = c.unit.layouts.of(m.elem);
  if (elem.size > MAX_ELEM || key.size > MAX_ELEM || (fast === "" && (key.size === 0 || !isPlainMemory(m.key)))) return undefined;
  const { slot, elemAt } = slotOf(key, elem);
  const keyPointers = key.pointers.length > 0;
  return { name: SHORT[fast], slot, elem: elemAt, pointers: keyPointers || elem.pointers.length > 0, keyPointers, keySize: key.size };
}

/** What a leaf gets behind the map. */
const shortKey = (s: Short, key: readonly LExpr[]): readonly LExpr[] => (s.name === "mem" ? [...key, i32(s.keySize)] : key);

/** The slot of a key, 0 if it is not there. */
function find(c: Fn, s: Short, map: LExpr, key: readonly LExpr[]): LExpr {
  c.cost += SHORT_COST;
  return c.save(c.leaf(`mapfind${s.name}`, [map, ...shortKey(s, key), i32(s.slot)]));
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
  return c.saveValue(c.loadValue(m.elem, access(c, n.x.type, fast, map, args), 0), m.elem);
}

/** Address of the element, of zeros if the key is not there. */
function access(c: Fn, t: Type, fast: Fast, map: LExpr, args: readonly LExpr[]): LExpr {
  const s = shortOf(c, mapType(t), fast);
  if (!s) return c.text("mapaccess1", [c.unit.type(t), map, ...args])[0] ?? bug("no result");
  const slot = find(c, s, map, args);
  return { kind: "choose", type: I32, cond: slot, x: plus(slot, s.elem), y: i32(MAP.zeroArea) };
}

/** v, ok := m[k]. */
export function mapIndexOk(c: Fn, n: IndexMapExpr): Value {
  const m = mapType(n.x.type);
  const fast = variant(c, m);
  const map = c.save(single(c, n.x), true);
  const args = keyArguments(c, m, fast, n.index);
  const [p, ok] = accessOk(c, n.x.type, fast, map, args);
  const { leaves, size, pointers } = c.unit.layouts.of(m.elem);
  if (leaves || size <= MAP.zeroAreaSize) return [...c.saveValue(c.loadValue(m.elem, p, 0), m.elem), ok];
  const object = c.object(size, pointers);
  c.zero(c.frame(object), size);
  c.emit({ kind: "if", cond: ok, then: c.branch(() => c.copy(c.frame(object), p, size)), else: [] });
  return [c.frame(object), ok];
}

/** Address of the element, and whether it is there. */
function accessOk(c: Fn, t: Type, fast: Fast, map: LExpr, args: readonly LExpr[]): readonly [LExpr, LExpr] {
  const s = shortOf(c, mapType(t), fast);
  if (s) {
    const slot = find(c, s, map, args);
    const at = c.save({ kind: "choose", type: I32, cond: slot, x: plus(slot, s.elem), y: i32(MAP.zeroArea) });
    return [at, op(OP.i32_ne, slot, i32(0))];
  }
  const [p, ok] = c.text("mapaccess2", [c.unit.type(t), map, ...args]);
  return [p ?? bug("no result"), ok ?? bug("no answer")];
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
  return c.saveValue(c.loadValue(p.type, access(c, p.mapType, p.fast, p.map, p.key), 0), p.type);
}

/** Address of the element of a key, which is entered if it was not there; good until the next call. */
function assignAt(c: Fn, t: Type, fast: Fast, map: LExpr, args: readonly LExpr[]): LExpr {
  c.check(op(OP.i32_eqz, map), "panicNilMap", []);
  const s = shortOf(c, mapType(t), fast);
  if (!s) return assignSlowly(c, t, fast, map, args);
  c.cost += SHORT_COST;
  const kept = args.map((a, i) => c.save(a, i === 0 && fast === "_faststr"));
  const slot = c.local(I32);
  c.set(slot, c.leaf(`mapput${s.name}`, [map, ...shortKey(s, kept), i32(s.slot + (s.pointers ? POINTERS : 0))]));
  const slow = c.branch(() => c.set(slot, op(OP.i32_sub, assignSlowly(c, t, fast, map, kept), i32(s.elem))));
  c.emit({ kind: "if", cond: op(OP.i32_eqz, get(slot)), then: slow, else: [] });
  return plus(get(slot), s.elem);
}

function assignSlowly(c: Fn, t: Type, fast: Fast, map: LExpr, args: readonly LExpr[]): LExpr {
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
  const slowly = (args: readonly LExpr[]): void => void c.text(`mapdelete${fast}` as RuntimeSymbolName, [c.unit.type(mapExpr.type), map, ...args]);
  const s = shortOf(c, m, fast);
  if (!s) return slowly(keyArguments(c, m, fast, key));
  c.cost += SHORT_COST;
  const kept = keyArguments(c, m, fast, key).map((k, i) => c.save(k, i === 0 && fast === "_faststr"));
  const shape = i32(s.slot + (s.pointers ? POINTERS : 0));
  const done = c.leaf(`mapdrop${s.name}`, [map, ...shortKey(s, kept), shape, i32(s.keyPointers ? 0 : s.elem)]);
  c.emit({ kind: "if", cond: op(OP.i32_eqz, done), then: c.branch(() => slowly(kept)), else: [] });
}

/** Goes on to the next entry of a range statement. */
export function nextEntry(c: Fn, m: MapType, it: LExpr): void {
  const slowly = (): void => void c.text("mapiternext", [it]);
  const [key, elem] = [c.unit.layouts.of(m.key), c.unit.layouts.of(m.elem)];
  if (key.size > MAX_ELEM || elem.size > MAX_ELEM) return slowly();
  const { slot, elemAt } = slotOf(key, elem);
  c.cost += SHORT_COST;
  c.emit({ kind: "if", cond: op(OP.i32_eqz, c.leaf("mapnext", [it, i32(slot), i32(elemAt)])), then: c.branch(slowly), else: [] });
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

/** Bytes of a slot of key and element, and where the element begins. A trailing element of size 0 takes a byte, as in a struct. */
function slotOf(key: Part, elem: Part): { readonly slot: number; readonly elemAt: number } {
  const elemAt = roundUp(key.size, elem.align);
  return { slot: roundUp(elemAt + (elem.size === 0 && elemAt > 0 ? 1 : elem.size), Math.max(key.align, elem.align)), elemAt };
}
interface Part {
  readonly size: number;
  readonly align: number;
}

/** Room in the frame for the one group of a small map. */
function groupObject(c: Fn, m: MapType): ReturnType<Fn["object"]> {
  const part = (t: Type): { size: number; align: number; pointers: readonly number[] } => {
    const l = c.unit.layouts.of(t);
    return l.size > MAX_ELEM ? { size: 8, align: 8, pointers: [0] } : l;
  };
  const key = part(m.key);
  const elem = part(m.elem);
  const { slot, elemAt } = slotOf(key, elem);
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
