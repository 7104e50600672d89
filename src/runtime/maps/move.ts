/**
 * The move of a table's entries into a larger one or into two, as WebAssembly.
 *
 * Only for keys of plain memory and strings that lie in their slots, and while nobody marks; std/internal/runtime/map.go moves all others.
 *
 * Go: internal/runtime/maps/table.go (grow, split, uncheckedPutSlot).
 */
import { CELL } from "../../abi/structs.ts";
import { DESC, DESC_FLAG, KIND, MAP_EXTRA, MAP_FLAG } from "../../abi/types.ts";
import { Code } from "../../wasm/code.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import { cursor, type Cursor, emitCopySlot, emitHash64, emitMemHash, HIGH_BITS } from "./keys.ts";
import { addTo, emitControl, field, HMAP, loadGroup, probe, setH2, slotOf, slowIf, startAt, TABLE, U16 } from "./search.ts";

/** (map type, m, table, left, right or 0, bit) → 1: its entries stand in `left`, those whose hash has the bit in `right`. Keys are not compared. */
export function moveCode(): Code {
  const [type, map, from, left, right, bit] = [0, 1, 2, 3, 4, 5];
  const c = new Code(6);
  const k = cursor(c);
  const extra = c.local(I32);
  const keyType = c.local(I32);
  const keySize = c.local(I32);
  const group = c.local(I32);
  const rest = c.local(I64);
  const slot = c.local(I32);
  const groupsLeft = c.local(I32);
  field(c, type, DESC.extra);
  c.set(extra);
  slowIf(c, () => pushNoMove(c, { type, extra, keyType, keySize }));
  for (const [to, offset] of [[k.slotSize, MAP_EXTRA.slotSize], [k.groupSize, MAP_EXTRA.groupSize]] as const) {
    field(c, extra, offset);
    c.set(to);
  }
  field(c, from, TABLE.groups);
  c.set(group);
  field(c, from, TABLE.mask);
  c.set(groupsLeft);
  const each = c.loop();
  pushFulls(c, group);
  c.set(rest);
  const emptied = c.block();
  const entry = c.loop();
  c.get(rest);
  c.op(OP.i64_eqz);
  c.brIf(emptied);
  c.get(group);
  c.set(k.group);
  slotOf(c, k, rest);
  c.get(k.slot);
  c.set(slot);
  c.get(rest);
  c.get(rest);
  c.i64(1);
  c.op(OP.i64_sub);
  c.op(OP.i64_and);
  c.set(rest);
  pushKeyHash(c, k, { map, slot, keySize });
  c.set(k.hash);
  c.get(left);
  c.get(right);
  c.get(k.hash);
  c.get(bit);
  c.op(OP.i64_and);
  c.op(OP.i64_eqz);
  c.op(OP.select);
  c.set(k.table);
  emitPlace(c, k, slot);
  c.br(entry);
  c.end();
  c.end();
  c.get(group);
  c.get(k.groupSize);
  c.op(OP.i32_add);
  c.set(group);
  c.get(groupsLeft);
  c.i32(1);
  c.op(OP.i32_sub);
  c.tee(groupsLeft);
  c.i32(0);
  c.op(OP.i32_ge_s);
  c.brIf(each);
  c.end();
  c.i32(1);
  return c;
}

function pushFulls(c: Code, group: number): void {
  field(c, group, 0, OP.i64_load);
  c.i64(-1);
  c.op(OP.i64_xor);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
}

/** Whether the Go text must move the entries: other keys, keys or elements by pointer, or a collector that must be told. Sets type and size (0: a string) of the key. */
function pushNoMove(c: Code, p: { readonly type: number; readonly extra: number; readonly keyType: number; readonly keySize: number }): void {
  field(c, p.type, DESC.key);
  c.tee(p.keyType);
  c.mem(OP.i32_load, DESC.byteSize);
  c.set(p.keySize);
  field(c, p.keyType, DESC.kind, OP.i32_load8_u);
  c.i32(KIND.String);
  c.op(OP.i32_eq);
  c.if(I32);
  c.i32(0);
  c.set(p.keySize);
  c.i32(0);
  c.else();
  field(c, p.keyType, DESC.flags, OP.i32_load8_u);
  c.i32(DESC_FLAG.plainMemory);
  c.op(OP.i32_and);
  c.op(OP.i32_eqz);
  c.end();
  // An indirect key or element is a pointer in a slot that is to be followed.
  field(c, p.extra, MAP_EXTRA.flags);
  c.i32(MAP_FLAG.indirectKey);
  c.op(OP.i32_and);
  c.op(OP.i32_or);
  c.i32(0);
  c.mem(OP.i32_load, CELL.writeBarrier);
  c.op(OP.i32_or);
}

/** Pushes the hash of the key in a slot. */
function pushKeyHash(c: Code, k: Cursor, p: { readonly map: number; readonly slot: number; readonly keySize: number }): void {
  const seed = (): void => field(c, p.map, HMAP.seed, OP.i64_load);
  c.get(p.keySize);
  c.i32(8);
  c.op(OP.i32_eq);
  c.if(I64);
  emitHash64(c, k, () => field(c, p.slot, 0, OP.i64_load), seed);
  c.else();
  c.get(p.keySize);
  c.i32(4);
  c.op(OP.i32_eq);
  c.if(I64);
  emitHash64(c, k, () => field(c, p.slot, 0, OP.i64_load32_u), seed);
  c.else();
  c.get(p.keySize);
  c.if();
  c.get(p.slot);
  c.set(k.p);
  c.get(p.keySize);
  c.set(k.n);
  c.else();
  field(c, p.slot, 0);
  c.set(k.p);
  field(c, p.slot, 8);
  c.set(k.n);
  c.end();
  emitMemHash(c, k, seed);
  c.end();
  c.end();
}

/** Copies the slot to where its hash leads in the table of `k`, which has room. */
function emitPlace(c: Code, k: Cursor, from: number): void {
  setH2(c, k);
  startAt(c, k);
  const each = c.loop();
  loadGroup(c, k);
  c.get(k.ctrl);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
  c.set(k.match);
  c.get(k.match);
  c.op(OP.i64_eqz);
  c.if();
  probe(c, k);
  c.br(each);
  c.end();
  c.end();
  slotOf(c, k, k.match);
  emitControl(c, k, () => {
    c.get(k.h2);
    c.op(OP.i32_wrap_i64);
  });
  addTo(c, k.table, TABLE.used, 1, U16);
  addTo(c, k.table, TABLE.room, -1, U16);
  emitCopySlot(c, k, from);
}
