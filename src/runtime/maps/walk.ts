/**
 * The next entry of a range statement, as WebAssembly: goes on in the table (or the only group) where the iterator stands.
 *
 * What comes behind a table, and tables that were replaced meanwhile, are the business of std/internal/runtime/mapiter.go.
 *
 * Go: internal/runtime/maps/table.go (Iter.Next).
 */
import { Code, type Label } from "../../wasm/code.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { cursor, type Cursor, HIGH_BITS } from "./keys.ts";
import { field, HMAP, ITER, slowIf, SLOTS, TABLE } from "./search.ts";

/** (iterator, size of a slot, offset of the element) → 1 if it stands at the next entry of its table (or at the end of a small map). */
export function nextCode(): Code {
  const [it, slotSize, elem] = [0, 1, 2];
  const c = new Code(3);
  const k = cursor(c);
  const map = c.local(I32);
  const last = c.local(I32);
  const next = c.local(I32);
  slowIf(c, () => {
    field(c, it, ITER.map);
    c.tee(map);
    c.op(OP.i32_eqz);
  });
  field(c, it, ITER.index);
  c.set(next);
  field(c, it, ITER.table);
  c.tee(k.table);
  c.if();
  slowIf(c, () => {
    field(c, it, ITER.depth, OP.i32_load8_u);
    field(c, map, HMAP.depth, OP.i32_load8_u);
    c.op(OP.i32_ne);
    field(c, k.table, TABLE.index);
    c.i32(-1);
    c.op(OP.i32_eq);
    c.op(OP.i32_or);
  });
  field(c, k.table, TABLE.capacity, OP.i32_load16_u);
  c.i32(1);
  c.op(OP.i32_sub);
  c.set(last);
  c.else();
  // Another table comes next, or this was one group; that has not become a table meanwhile.
  slowIf(c, () => {
    field(c, it, ITER.dirIndex);
    c.i32(0);
    c.op(OP.i32_ge_s);
    field(c, map, HMAP.dirLen);
    c.op(OP.i32_or);
  });
  field(c, it, ITER.group);
  c.set(k.group);
  c.i32(SLOTS - 1);
  c.set(last);
  c.end();
  const each = c.loop();
  c.get(next);
  c.get(last);
  c.op(OP.i32_gt_u);
  c.if();
  c.get(it);
  c.get(next);
  c.mem(OP.i32_store, ITER.index);
  slowIf(c, () => c.get(k.table));
  for (const pointer of [ITER.key, ITER.elem]) {
    c.get(it);
    c.i32(0);
    c.mem(OP.i32_store, pointer);
  }
  c.i32(1);
  c.return();
  c.end();
  emitLookAt(c, k, { it, slotSize, next, last, each });
  c.end();
  emitStand(c, k, { it, slotSize, elem, next });
  c.i32(1);
  return c;
}

/** Finds the group of place `next` and the first full slot from there on; if there is none, goes on behind the group. */
function emitLookAt(c: Code, k: Cursor, p: { readonly it: number; readonly slotSize: number; readonly next: number; readonly last: number; readonly each: Label }): void {
  c.get(p.next);
  field(c, p.it, ITER.offset);
  c.op(OP.i32_add);
  c.get(p.last);
  c.op(OP.i32_and);
  c.tee(k.at);
  c.i32(SLOTS - 1);
  c.op(OP.i32_and);
  c.set(k.index);
  c.get(k.table);
  c.if();
  field(c, k.table, TABLE.groups);
  c.get(k.at);
  c.i32(3);
  c.op(OP.i32_shr_u);
  c.get(p.slotSize);
  c.i32(3);
  c.op(OP.i32_shl);
  c.i32(SLOTS);
  c.op(OP.i32_add);
  c.op(OP.i32_mul);
  c.op(OP.i32_add);
  c.set(k.group);
  c.end();
  // The bits of full slots from the present one on.
  field(c, k.group, 0, OP.i64_load);
  c.i64(-1);
  c.op(OP.i64_xor);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
  c.get(k.index);
  c.i32(3);
  c.op(OP.i32_shl);
  c.op(OP.i64_extend_i32_u);
  c.op(OP.i64_shr_u);
  c.set(k.match);
  c.get(k.match);
  c.op(OP.i64_eqz);
  c.if();
  c.get(p.next);
  c.i32(SLOTS);
  c.op(OP.i32_add);
  c.get(k.index);
  c.op(OP.i32_sub);
  c.set(p.next);
  c.br(p.each);
  c.end();
  c.get(k.match);
  c.op(OP.i64_ctz);
  c.op(OP.i32_wrap_i64);
  c.i32(3);
  c.op(OP.i32_shr_u);
  c.tee(k.step);
  c.get(p.next);
  c.op(OP.i32_add);
  c.tee(p.next);
  c.get(p.last);
  c.op(OP.i32_gt_u);
  c.brIf(p.each);
}

/** The iterator stands at the slot that was found. */
function emitStand(c: Code, k: Cursor, p: { readonly it: number; readonly slotSize: number; readonly elem: number; readonly next: number }): void {
  c.get(p.it);
  c.get(k.group);
  c.mem(OP.i32_store, ITER.group);
  c.get(p.it);
  c.get(p.next);
  c.i32(1);
  c.op(OP.i32_add);
  c.mem(OP.i32_store, ITER.index);
  c.get(p.it);
  c.get(k.group);
  c.get(k.index);
  c.get(k.step);
  c.op(OP.i32_add);
  c.get(p.slotSize);
  c.op(OP.i32_mul);
  c.op(OP.i32_add);
  c.i32(SLOTS);
  c.op(OP.i32_add);
  c.tee(k.slot);
  c.mem(OP.i32_store, ITER.key);
  c.get(p.it);
  c.get(k.slot);
  c.get(p.elem);
  c.op(OP.i32_add);
  c.mem(OP.i32_store, ITER.elem);
}

