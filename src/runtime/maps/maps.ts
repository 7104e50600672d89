/**
 * The short ways of maps in WebAssembly: finding, entering and deleting keys that are plain memory or strings, the next entry of a range
 * statement, and the move of entries when a table grows.
 *
 * Leaves: they allocate nothing, call nothing that does, and tell the collector nothing. Where that is not enough (the first group, growth, a
 * barrier, any other key) they answer 0 and change nothing; std/internal/runtime/map*.go then does the whole, with the same result.
 * Hashes, layouts and the order of probing are those of that Go text. A find by way of the Go text was three calls and 22 ns, this is 6.
 *
 * Go: internal/runtime/maps (runtime_fast64.go and its like, table.go), with 8 control bytes compared as one word.
 */
import { CELL } from "../../abi/structs.ts";
import { Code, type Label } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";
import type { Memory } from "../memory.ts";
import { OwnCode } from "../own-code.ts";
import { type Cursor, HIGH_BITS, type Key, mapKeys } from "./keys.ts";
import { moveCode } from "./move.ts";
import {
  addTo, emitControl, enterTable, field, HMAP, loadGroup, prepare, probe, pushEmpties, returnSlow, searchGroup, slotOf, slowIf, SLOTS, TABLE, U16, U32,
} from "./search.ts";
import { nextCode } from "./walk.ts";

/** The entries of the same names. */
export interface MapFunctions {
  readonly mapfind32: Function;
  readonly mapfind64: Function;
  readonly mapfindstr: Function;
  readonly mapfindmem: Function;
  readonly mapput32: Function;
  readonly mapput64: Function;
  readonly mapputstr: Function;
  readonly mapputmem: Function;
  readonly mapdrop32: Function;
  readonly mapdrop64: Function;
  readonly mapdropstr: Function;
  readonly mapdropmem: Function;
  readonly mapnext: Function;
  readonly mapmove: Function;
}

/** Makes the functions for one memory; `memequal` compares bytes. */
export function mapFunctions(memory: Memory, memequal: Function, own = new OwnCode()): MapFunctions {
  return own.exports("maps", mapModule, { m: { memory: memory.wasm }, r: { memequal } }) as unknown as MapFunctions;
}

function mapModule(): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  const memequal = m.importFunc("r", "memequal", m.type([I32, I32, I64], [I32]));
  for (const [name, key] of Object.entries(mapKeys(memequal))) {
    const params: ValType[] = [I32, ...key.params, I32];
    m.exportFunc(`mapfind${name}`, m.func(m.type(params, [I32]), findCode(key)));
    m.exportFunc(`mapput${name}`, m.func(m.type(params, [I32]), putCode(key)));
    m.exportFunc(`mapdrop${name}`, m.func(m.type([...params, I32], [I32]), dropCode(key)));
  }
  m.exportFunc("mapnext", m.func(m.type([I32, I32, I32], [I32]), nextCode()));
  m.exportFunc("mapmove", m.func(m.type([I32, I32, I32, I32, I32, I64], [I32]), moveCode()));
  return m.encode();
}

/** (m, key …, size of a slot) → its slot, 0 if the key is not there. */
function findCode(key: Key): Code {
  const shape = 1 + key.params.length;
  const c = new Code(shape + 1);
  slowIf(c, () => {
    c.get(0);
    c.op(OP.i32_eqz);
  });
  slowIf(c, () => {
    field(c, 0, HMAP.used);
    c.op(OP.i32_eqz);
  });
  const k = prepare(c, key, shape);
  emitFind(c, k, key);
  c.get(k.slot);
  return c;
}

/** Begins what is done in a map of one group, which has no tables: looks for the key in it. */
function beginSmall(c: Code, k: Cursor, key: Key, found: Label): void {
  field(c, 0, HMAP.dirLen);
  c.op(OP.i32_eqz);
  c.if();
  field(c, 0, HMAP.groups);
  c.tee(k.group);
  c.mem(OP.i64_load, 0);
  c.set(k.ctrl);
  searchGroup(c, k, key, found);
}

/** Sets the slot and group of the key of a map that is not empty, or returns 0. */
function emitFind(c: Code, k: Cursor, key: Key): void {
  const found = c.block();
  beginSmall(c, k, key, found);
  returnSlow(c);
  c.end();
  enterTable(c, k);
  const each = c.loop();
  loadGroup(c, k);
  searchGroup(c, k, key, found);
  pushEmpties(c, k);
  c.op(OP.i64_eqz);
  c.op(OP.i32_eqz);
  c.if();
  returnSlow(c);
  c.end();
  probe(c, k);
  c.br(each);
  c.end();
  c.end();
}

/** In a shape: what a slot's key or element may point to must be told to the collector. */
const POINTERS = 0x10000;

/** Whether the collector must hear of a store into a map of this shape. */
function pushMustTell(c: Code, shape: number): void {
  c.get(shape);
  c.i32(POINTERS);
  c.op(OP.i32_ge_u);
  c.i32(0);
  c.mem(OP.i32_load, CELL.writeBarrier);
  c.op(OP.i32_and);
}

/** (m, key …, shape) → the slot of the key, entered if it was not there; 0 if that takes more. */
function putCode(key: Key): Code {
  const shape = 1 + key.params.length;
  const c = new Code(shape + 1);
  slowIf(c, () => pushMustTell(c, shape));
  slowIf(c, () => {
    field(c, 0, HMAP.groups);
    c.op(OP.i32_eqz);
  });
  const k = prepare(c, key, shape);
  const done = c.block();
  const found = c.block();
  beginSmall(c, k, key, found);
  slowIf(c, () => {
    field(c, 0, HMAP.used);
    c.i32(SLOTS);
    c.op(OP.i32_eq);
  });
  c.get(k.ctrl);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
  c.set(k.match);
  emitTake(c, k, key);
  c.br(done);
  c.end();
  emitPutInTable(c, k, key, { found, done });
  c.end();
  if (key.update) key.store(c, k);
  c.end();
  c.get(k.slot);
  return c;
}

/** The same for a map with tables: the first deleted slot on the way is used again. */
function emitPutInTable(c: Code, k: Cursor, key: Key, to: { readonly found: Label; readonly done: Label }): void {
  const deleted = c.local(I32);
  const deletedBits = c.local(I64);
  enterTable(c, k);
  const each = c.loop();
  loadGroup(c, k);
  searchGroup(c, k, key, to.found);
  pushEmpties(c, k);
  c.set(k.match);
  c.get(k.match);
  c.op(OP.i64_eqz);
  c.if();
  c.get(deleted);
  c.op(OP.i32_eqz);
  c.if();
  c.get(k.ctrl);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
  c.set(deletedBits);
  c.get(deletedBits);
  c.op(OP.i64_eqz);
  c.op(OP.i32_eqz);
  c.if();
  c.get(k.group);
  c.set(deleted);
  c.end();
  c.end();
  probe(c, k);
  c.br(each);
  c.end();
  c.end();
  c.get(deleted);
  c.if();
  c.get(deleted);
  c.set(k.group);
  c.get(deletedBits);
  c.set(k.match);
  c.else();
  slowIf(c, () => {
    field(c, k.table, TABLE.room, OP.i32_load16_u);
    c.op(OP.i32_eqz);
  });
  addTo(c, k.table, TABLE.room, -1, U16);
  c.end();
  addTo(c, k.table, TABLE.used, 1, U16);
  emitTake(c, k, key);
  c.br(to.done);
}

/** Takes the free slot of the lowest bit of `match` in the group for the key. */
function emitTake(c: Code, k: Cursor, key: Key): void {
  slotOf(c, k, k.match);
  emitControl(c, k, () => {
    c.get(k.h2);
    c.op(OP.i32_wrap_i64);
  });
  addTo(c, 0, HMAP.used, 1, U32);
  key.store(c, k);
}

/** (m, key …, shape, from) → 1 if the key is gone; the slot is cleared from offset `from` on. The last entry takes more: a new seed. */
function dropCode(key: Key): Code {
  const shape = 1 + key.params.length;
  const from = shape + 1;
  const c = new Code(shape + 2);
  const absent = c.block();
  c.get(0);
  c.op(OP.i32_eqz);
  c.brIf(absent);
  field(c, 0, HMAP.used);
  c.op(OP.i32_eqz);
  c.brIf(absent);
  slowIf(c, () => {
    field(c, 0, HMAP.used);
    c.i32(1);
    c.op(OP.i32_eq);
    pushMustTell(c, shape);
    c.op(OP.i32_or);
  });
  const k = prepare(c, key, shape);
  emitFind(c, k, key);
  emitClearSlot(c, k, from);
  addTo(c, 0, HMAP.used, -1, U32);
  field(c, 0, HMAP.dirLen);
  c.if();
  addTo(c, k.table, TABLE.used, -1, U16);
  pushEmpties(c, k);
  c.op(OP.i64_eqz);
  c.if();
  emitControl(c, k, () => c.i32(0xfe));
  c.get(0);
  c.i32(1);
  c.mem(OP.i32_store8, HMAP.tombstones);
  c.else();
  emitControl(c, k, () => c.i32(0x80));
  addTo(c, k.table, TABLE.room, 1, U16);
  c.end();
  c.else();
  emitControl(c, k, () => c.i32(0x80));
  c.end();
  c.end();
  c.i32(1);
  return c;
}

/** Zeroes the slot from offset `from` on, four bytes at a time where they are that many. */
function emitClearSlot(c: Code, k: Cursor, from: number): void {
  for (const [size, store] of [[4, OP.i32_store], [1, OP.i32_store8]] as const) {
    const out = c.block();
    const each = c.loop();
    c.get(from);
    c.i32(size);
    c.op(OP.i32_add);
    c.get(k.slotSize);
    c.op(OP.i32_gt_u);
    c.brIf(out);
    c.get(k.slot);
    c.get(from);
    c.op(OP.i32_add);
    c.i32(0);
    c.mem(store, 0, 0);
    c.get(from);
    c.i32(size);
    c.op(OP.i32_add);
    c.set(from);
    c.br(each);
    c.end();
    c.end();
  }
}

