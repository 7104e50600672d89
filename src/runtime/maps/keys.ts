/**
 * The keys of the short ways of maps (maps.ts): how each is hashed, compared and stored, and the locals that such a function works with.
 *
 * Hashes are those of std/internal/runtime/hash.go to the last bit, because the Go text works on the same maps.
 *
 * Go: internal/runtime/maps (runtime_fast32.go, runtime_fast64.go, runtime_faststr.go), runtime/alg.go.
 */
import type { Code } from "../../wasm/code.ts";
import { I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";

/** The high bit of each control byte: not full. */
export const HIGH_BITS = 0x8080808080808080n;
const LOW_BITS = 0x0101010101010101n;

/** The multipliers of hash.go. */
const MIX1 = 0x9e3779b97f4a7c15n;
const MIX2 = 0xbf58476d1ce4e5b9n;
const MIX3 = 0x94d049bb133111ebn;

/** Locals of a search: sizes, the key's hash and its h2 in each byte, the table and where the search stands in it. */
export interface Cursor {
  readonly slotSize: number;
  readonly groupSize: number;
  readonly hash: number;
  readonly h2: number;
  readonly table: number;
  readonly mask: number;
  readonly at: number;
  readonly step: number;
  readonly group: number;
  readonly ctrl: number;
  readonly match: number;
  /** Place of the slot in its group, and its address. */
  readonly index: number;
  readonly slot: number;
  /** What hashing uses: bytes and how many are left, the hash so far, the last word. */
  readonly p: number;
  readonly n: number;
  readonly h: number;
  readonly last: number;
}

/** New locals for one function. */
export function cursor(c: Code): Cursor {
  const i = (): number => c.local(I32);
  const l = (): number => c.local(I64);
  return {
    slotSize: i(), groupSize: i(), hash: l(), h2: l(), table: i(), mask: i(), at: i(), step: i(), group: i(), ctrl: l(), match: l(), index: i(), slot: i(),
    p: i(), n: i(), h: l(), last: l(),
  };
}

/** A kind of keys. Its parameters begin with local 1. */
export interface Key {
  readonly params: readonly ValType[];
  /** Whether entering a key that is there stores it again: an equal string may lie elsewhere. */
  readonly update: boolean;
  /** Pushes the key's hash; `seed` pushes the map's. */
  readonly hash: (c: Code, k: Cursor, seed: () => void) => void;
  /** Pushes whether the key in the present slot is equal. */
  readonly equal: (c: Code, k: Cursor) => void;
  /** Stores the key in the present slot. */
  readonly store: (c: Code, k: Cursor) => void;
}

/** Keys by the end of their functions' names; `memequal` is a function's index. */
export function mapKeys(memequal: number): Readonly<Record<"32" | "64" | "str" | "mem", Key>> {
  return { 32: word(I32), 64: word(I64), str: stringKey(memequal), mem: plainMemory(memequal) };
}

/** Keys of four or eight bytes in a WebAssembly value. */
function word(type: typeof I32 | typeof I64): Key {
  const [load, store, equal] = type === I64 ? [OP.i64_load, OP.i64_store, OP.i64_eq] : [OP.i32_load, OP.i32_store, OP.i32_eq];
  return {
    params: [type], update: false,
    hash: (c, k, seed) =>
      emitHash64(c, k, () => {
        c.get(1);
        if (type === I32) c.op(OP.i64_extend_i32_u);
      }, seed),
    equal: (c, k) => {
      c.get(k.slot);
      c.mem(load, 0);
      c.get(1);
      c.op(equal);
    },
    store: (c, k) => {
      c.get(k.slot);
      c.get(1);
      c.mem(store, 0);
    },
  };
}

/** Strings: pointer and length. */
function stringKey(memequal: number): Key {
  return {
    params: [I32, I64], update: true,
    hash: (c, k, seed) => {
      c.get(1);
      c.set(k.p);
      c.get(2);
      c.op(OP.i32_wrap_i64);
      c.set(k.n);
      emitMemHash(c, k, seed);
    },
    equal: (c, k) => {
      c.get(k.slot);
      c.mem(OP.i64_load, 8);
      c.get(2);
      c.op(OP.i64_eq);
      c.if(I32);
      c.get(k.slot);
      c.mem(OP.i32_load, 0);
      c.get(1);
      c.op(OP.i32_eq);
      c.if(I32);
      c.i32(1);
      c.else();
      c.get(k.slot);
      c.mem(OP.i32_load, 0);
      c.get(1);
      c.get(2);
      c.call(memequal);
      c.end();
      c.else();
      c.i32(0);
      c.end();
    },
    store: (c, k) => {
      c.get(k.slot);
      c.get(1);
      c.op(OP.i64_extend_i32_u);
      c.mem(OP.i64_store, 0);
      c.get(k.slot);
      c.get(2);
      c.mem(OP.i64_store, 8);
    },
  };
}

/** Plain memory: address and size. Sizes of one or two words are hashed as typehash does it. */
function plainMemory(memequal: number): Key {
  const [p, size] = [1, 2];
  return {
    params: [I32, I32], update: false,
    hash: (c, k, seed) => {
      c.get(size);
      c.i32(8);
      c.op(OP.i32_eq);
      c.if(I64);
      emitHash64(c, k, () => {
        c.get(p);
        c.mem(OP.i64_load, 0);
      }, seed);
      c.else();
      c.get(size);
      c.i32(4);
      c.op(OP.i32_eq);
      c.if(I64);
      emitHash64(c, k, () => {
        c.get(p);
        c.mem(OP.i64_load32_u, 0);
      }, seed);
      c.else();
      c.get(p);
      c.set(k.p);
      c.get(size);
      c.set(k.n);
      emitMemHash(c, k, seed);
      c.end();
      c.end();
    },
    equal: (c, k) => {
      c.get(size);
      c.i32(16);
      c.op(OP.i32_eq);
      c.if(I32);
      for (const offset of [0, 8]) {
        c.get(k.slot);
        c.mem(OP.i64_load, offset, 0);
        c.get(p);
        c.mem(OP.i64_load, offset, 0);
        c.op(OP.i64_eq);
      }
      c.op(OP.i32_and);
      c.else();
      c.get(k.slot);
      c.get(p);
      c.get(size);
      c.op(OP.i64_extend_i32_u);
      c.call(memequal);
      c.end();
    },
    store: (c, k) => emitCopy(c, k, { to: k.slot, from: p, size }),
  };
}

/** Sets `match`: a high bit for each control byte of the group that equals h2. One may be marked wrongly, keys decide. */
export function emitMatches(c: Code, k: Cursor): void {
  c.get(k.ctrl);
  c.get(k.h2);
  c.op(OP.i64_xor);
  c.tee(k.match);
  c.i64(LOW_BITS);
  c.op(OP.i64_sub);
  c.get(k.match);
  c.i64(-1);
  c.op(OP.i64_xor);
  c.op(OP.i64_and);
  c.i64(HIGH_BITS);
  c.op(OP.i64_and);
  c.set(k.match);
}

/** Pushes h ^ h>>n of local `h`. */
function pushFolded(c: Code, h: number, n: number): void {
  c.get(h);
  c.get(h);
  c.i64(n);
  c.op(OP.i64_shr_u);
  c.op(OP.i64_xor);
}

/** Pushes hash64 of the word that `push` pushes. */
export function emitHash64(c: Code, k: Cursor, push: () => void, seed: () => void): void {
  push();
  seed();
  c.op(OP.i64_xor);
  c.i64(MIX1);
  c.op(OP.i64_mul);
  c.set(k.h);
  pushFolded(c, k.h, 32);
  c.i64(MIX2);
  c.op(OP.i64_mul);
  c.set(k.h);
  pushFolded(c, k.h, 29);
}

/** Pushes memhash of the `n` bytes at `p`; both locals are used up. */
export function emitMemHash(c: Code, k: Cursor, seed: () => void): void {
  seed();
  c.get(k.n);
  c.op(OP.i64_extend_i32_u);
  c.i64(MIX3);
  c.op(OP.i64_mul);
  c.op(OP.i64_xor);
  c.set(k.h);
  emitHash64(c, k, () => pushLastWord(c, k), seed);
}

/** Pushes what memhash gives to hash64 at its end. */
function pushLastWord(c: Code, k: Cursor): void {
  c.get(k.n);
  c.i32(8);
  c.op(OP.i32_ge_u);
  c.if();
  emitWords(c, k);
  c.else();
  c.get(k.n);
  c.i32(4);
  c.op(OP.i32_ge_u);
  c.if();
  pushPart(c, k, OP.i64_load32_u);
  c.i64(32);
  c.op(OP.i64_shl);
  pushPart(c, k, OP.i64_load32_u, () => pushMinus(c, k.n, 4));
  c.op(OP.i64_xor);
  c.set(k.last);
  c.else();
  c.i64(0);
  c.set(k.last);
  c.get(k.n);
  c.if();
  pushPart(c, k, OP.i64_load8_u);
  c.i64(16);
  c.op(OP.i64_shl);
  pushPart(c, k, OP.i64_load8_u, () => {
    c.get(k.n);
    c.i32(1);
    c.op(OP.i32_shr_u);
  });
  c.i64(8);
  c.op(OP.i64_shl);
  c.op(OP.i64_xor);
  pushPart(c, k, OP.i64_load8_u, () => pushMinus(c, k.n, 1));
  c.op(OP.i64_xor);
  c.set(k.last);
  c.end();
  c.end();
  c.end();
  c.get(k.h);
  c.get(k.last);
  c.op(OP.i64_xor);
}

/** Mixes all words but the last, which overlaps the one before and is put into `last`. */
function emitWords(c: Code, k: Cursor): void {
  pushPart(c, k, OP.i64_load, () => pushMinus(c, k.n, 8));
  c.set(k.last);
  const done = c.block();
  const each = c.loop();
  c.get(k.n);
  c.i32(8);
  c.op(OP.i32_le_u);
  c.brIf(done);
  c.get(k.h);
  pushPart(c, k, OP.i64_load);
  c.op(OP.i64_xor);
  c.i64(MIX1);
  c.op(OP.i64_mul);
  c.set(k.h);
  pushFolded(c, k.h, 32);
  c.set(k.h);
  c.get(k.p);
  c.i32(8);
  c.op(OP.i32_add);
  c.set(k.p);
  pushMinus(c, k.n, 8);
  c.set(k.n);
  c.br(each);
  c.end();
  c.end();
}

/** Pushes what lies at `p`, or behind it by what `offset` pushes. */
function pushPart(c: Code, k: Cursor, op: number, offset?: () => void): void {
  c.get(k.p);
  if (offset) {
    offset();
    c.op(OP.i32_add);
  }
  c.mem(op, 0, 0);
}

function pushMinus(c: Code, local: number, n: number): void {
  c.get(local);
  c.i32(n);
  c.op(OP.i32_sub);
}

/** Copies the slot at `from` to the present one. */
export function emitCopySlot(c: Code, k: Cursor, from: number): void {
  emitCopy(c, k, { to: k.slot, from, size: k.slotSize });
}

/** Copies `size` bytes, eight at a time while there are as many. */
function emitCopy(c: Code, k: Cursor, p: { readonly to: number; readonly from: number; readonly size: number }): void {
  c.i32(0);
  c.set(k.n);
  for (const [size, load, store] of [[8, OP.i64_load, OP.i64_store], [1, OP.i32_load8_u, OP.i32_store8]] as const) {
    const out = c.block();
    const each = c.loop();
    c.get(k.n);
    c.i32(size);
    c.op(OP.i32_add);
    c.get(p.size);
    c.op(OP.i32_gt_u);
    c.brIf(out);
    c.get(p.to);
    c.get(k.n);
    c.op(OP.i32_add);
    c.get(p.from);
    c.get(k.n);
    c.op(OP.i32_add);
    c.mem(load, 0, 0);
    c.mem(store, 0, 0);
    c.get(k.n);
    c.i32(size);
    c.op(OP.i32_add);
    c.set(k.n);
    c.br(each);
    c.end();
    c.end();
  }
}
