/**
 * How a map is searched, as pieces of WebAssembly: the table where a hash belongs, its groups one after another, the slots of a group.
 *
 * The pieces work on the locals of a Cursor (keys.ts); local 0 is the map. Layouts are those of std/internal/runtime/map.go and mapiter.go.
 *
 * Go: internal/runtime/maps (map.go, table.go, group.go: probeSeq, ctrlGroup).
 */
import { Code, type Label } from "../../wasm/code.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { cursor, type Cursor, emitMatches, HIGH_BITS, type Key } from "./keys.ts";

/** Offsets in a map, a table and an iterator: hmap, table and mapiter of the Go text. */
export const HMAP = { used: 0, seed: 8, groups: 16, dirLen: 24, depth: 32, shift: 33, tombstones: 35 } as const;
export const TABLE = { used: 0, capacity: 2, room: 4, index: 8, groups: 16, mask: 24 } as const;
export const ITER = { key: 0, elem: 8, map: 24, offset: 32, depth: 56, dirIndex: 64, table: 72, group: 80, index: 88 } as const;
/** Control bytes of a group, and its slots. */
export const SLOTS = 8;

/** Leaves with 0: the Go text does it. */
export function returnSlow(c: Code): void {
  c.i32(0);
  c.return();
}

/** Returns 0 if what `condition` pushes is not 0. */
export function slowIf(c: Code, condition: () => void): void {
  condition();
  c.if();
  returnSlow(c);
  c.end();
}

/** Pushes the field of what local `at` points to. */
export function field(c: Code, at: number, offset: number, op: number = OP.i32_load): void {
  c.get(at);
  c.mem(op, offset);
}

/** `field += n` for a field that is read by `load` and written by `store`. */
export function addTo(c: Code, at: number, offset: number, n: number, [load, store]: readonly [number, number]): void {
  c.get(at);
  field(c, at, offset, load);
  c.i32(n);
  c.op(OP.i32_add);
  c.mem(store, offset);
}
/** How fields of two and four bytes are read and written. */
export const U16 = [OP.i32_load16_u, OP.i32_store16] as const;
export const U32 = [OP.i32_load, OP.i32_store] as const;

/** Computes the hash of the key, the word of its h2 and the size of a group; local 0 is the map. */
export function prepare(c: Code, key: Key, shape: number): Cursor {
  const k = cursor(c);
  c.get(shape);
  c.i32(0xffff);
  c.op(OP.i32_and);
  c.set(k.slotSize);
  c.get(k.slotSize);
  c.i32(3);
  c.op(OP.i32_shl);
  c.i32(SLOTS);
  c.op(OP.i32_add);
  c.set(k.groupSize);
  key.hash(c, k, () => field(c, 0, HMAP.seed, OP.i64_load));
  c.set(k.hash);
  setH2(c, k);
  return k;
}

export function setH2(c: Code, k: Cursor): void {
  c.get(k.hash);
  c.i64(0x7f);
  c.op(OP.i64_and);
  c.i64(0x0101010101010101n);
  c.op(OP.i64_mul);
  c.set(k.h2);
}

/** The table where the hash belongs, and the group where the search begins. The map has a directory. */
export function enterTable(c: Code, k: Cursor): void {
  field(c, 0, HMAP.groups);
  field(c, 0, HMAP.dirLen);
  c.i32(1);
  c.op(OP.i32_ne);
  c.if(I32);
  c.get(k.hash);
  field(c, 0, HMAP.shift, OP.i64_load8_u);
  c.op(OP.i64_shr_u);
  c.op(OP.i32_wrap_i64);
  c.i32(3);
  c.op(OP.i32_shl);
  c.else();
  c.i32(0);
  c.end();
  c.op(OP.i32_add);
  c.mem(OP.i32_load, 0);
  c.set(k.table);
  startAt(c, k);
}

/** Begins the search in the table of `k`. */
export function startAt(c: Code, k: Cursor): void {
  field(c, k.table, TABLE.mask);
  c.set(k.mask);
  c.get(k.hash);
  c.i64(7);
  c.op(OP.i64_shr_u);
  c.op(OP.i32_wrap_i64);
  c.get(k.mask);
  c.op(OP.i32_and);
  c.set(k.at);
  c.i32(0);
  c.set(k.step);
}

/** The group at the present place of the search, and its control word. */
export function loadGroup(c: Code, k: Cursor): void {
  field(c, k.table, TABLE.groups);
  c.get(k.at);
  c.get(k.groupSize);
  c.op(OP.i32_mul);
  c.op(OP.i32_add);
  c.tee(k.group);
  c.mem(OP.i64_load, 0);
  c.set(k.ctrl);
}

/** Goes on to the next group: at steps of 1, 2, 3 … */
export function probe(c: Code, k: Cursor): void {
  c.get(k.at);
  c.get(k.step);
  c.i32(1);
  c.op(OP.i32_add);
  c.tee(k.step);
  c.op(OP.i32_add);
  c.get(k.mask);
  c.op(OP.i32_and);
  c.set(k.at);
}

/** Pushes the bits of empty control bytes. */
export function pushEmpties(c: Code, k: Cursor): void {
  c.get(k.ctrl);
  c.get(k.ctrl);
  c.i64(6);
  c.op(OP.i64_shl);
  c.i64(-1);
  c.op(OP.i64_xor);
  c.op(OP.i64_and);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
}

/** slot = that of the lowest bit of `bits` in the group. */
export function slotOf(c: Code, k: Cursor, bits: number): void {
  c.get(bits);
  c.op(OP.i64_ctz);
  c.op(OP.i32_wrap_i64);
  c.i32(3);
  c.op(OP.i32_shr_u);
  c.tee(k.index);
  c.get(k.slotSize);
  c.op(OP.i32_mul);
  c.get(k.group);
  c.op(OP.i32_add);
  c.i32(SLOTS);
  c.op(OP.i32_add);
  c.set(k.slot);
}

/** Looks for the key in the group; at an equal one the slot is set and `found` left. */
export function searchGroup(c: Code, k: Cursor, key: Key, found: Label): void {
  emitMatches(c, k);
  const none = c.block();
  const each = c.loop();
  c.get(k.match);
  c.op(OP.i64_eqz);
  c.brIf(none);
  slotOf(c, k, k.match);
  key.equal(c, k);
  c.brIf(found);
  c.get(k.match);
  c.get(k.match);
  c.i64(1);
  c.op(OP.i64_sub);
  c.op(OP.i64_and);
  c.set(k.match);
  c.br(each);
  c.end();
  c.end();
}

/** The control byte of the present slot becomes what `push` pushes. */
export function emitControl(c: Code, k: Cursor, push: () => void): void {
  c.get(k.group);
  c.get(k.index);
  c.op(OP.i32_add);
  push();
  c.mem(OP.i32_store8, 0);
}

