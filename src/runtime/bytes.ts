/**
 * Comparing and searching bytes, as WebAssembly with 16-byte vectors: the entries memequal, cmpstring,
 * indexbyte, countbyte and memindex. And copying and clearing them: V8 calls C for `memory.copy` and `memory.fill`, 15 ns however few they are.
 *
 * Leaves: they allocate nothing, call nothing and read no byte outside the ranges that they are given.
 *
 * Go: internal/bytealg (equal_amd64.s, compare_amd64.s, indexbyte_amd64.s, count_amd64.s, index_amd64.s).
 */
import { Code } from "../wasm/code.ts";
import { ModuleBuilder } from "../wasm/module.ts";
import { I32, I64, OP, V128 } from "../wasm/opcodes.ts";
import type { Memory } from "./memory.ts";
import { OwnCode } from "./own-code.ts";

/** The entries of the same names. */
export interface ByteFunctions {
  readonly memequal: Function;
  readonly memmove: Function;
  readonly memclr: Function;
  readonly cmpstring: Function;
  readonly indexbyte: Function;
  readonly countbyte: Function;
  readonly memindex: Function;
}

/** Makes the functions for one memory. */
export function byteFunctions(memory: Memory, own = new OwnCode()): ByteFunctions {
  return own.exports("bytes", byteModule, { m: { memory: memory.wasm } }) as unknown as ByteFunctions;
}

function byteModule(): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  const equal = m.func(m.type([I32, I32, I64], [I32]), equalCode());
  m.exportFunc("memequal", equal);
  m.exportFunc("memmove", m.func(m.type([I32, I32, I32], []), moveCode()));
  m.exportFunc("memclr", m.func(m.type([I32, I32], []), clearCode()));
  m.exportFunc("cmpstring", m.func(m.type([I32, I64, I32, I64], [I64]), compareCode()));
  m.exportFunc("indexbyte", m.func(m.type([I32, I64, I32], [I64]), indexByteCode()));
  m.exportFunc("countbyte", m.func(m.type([I32, I64, I32], [I64]), countByteCode()));
  m.exportFunc("memindex", m.func(m.type([I32, I64, I32, I64], [I64]), indexCode(equal)));
  return m.encode();
}

/** Pushes local `a` plus local `b`. */
function sum(c: Code, a: number, b: number): void {
  c.get(a);
  c.get(b);
  c.op(OP.i32_add);
}

/** local += n. */
function advance(c: Code, local: number, n: number): void {
  c.get(local);
  c.i32(n);
  c.op(OP.i32_add);
  c.set(local);
}

/** n = the low half of the i64 parameter `from`. */
function lengthOf(c: Code, from: number): number {
  const n = c.local(I32);
  c.get(from);
  c.op(OP.i32_wrap_i64);
  c.set(n);
  return n;
}

/** Runs `body` if local `n` (unsigned) is at least `least`. */
function ifAtLeast(c: Code, n: number, least: number, body: () => void): void {
  c.get(n);
  c.i32(least);
  c.op(OP.i32_ge_u);
  c.if();
  body();
  c.end();
}

/** The widest words whose double is not less than some number of bytes: up to that many are the first and the last such words. */
const WORDS = [
  { most: 1, size: 1, count: 1, type: I32, load: OP.i32_load8_u, store: OP.i32_store8 },
  { most: 4, size: 2, count: 1, type: I32, load: OP.i32_load16_u, store: OP.i32_store16 },
  { most: 8, size: 4, count: 1, type: I32, load: OP.i32_load, store: OP.i32_store },
  { most: 16, size: 8, count: 1, type: I64, load: OP.i64_load, store: OP.i64_store },
  { most: 32, size: 16, count: 1, type: V128, load: OP.v128_load, store: OP.v128_store },
  { most: 64, size: 16, count: 2, type: V128, load: OP.v128_load, store: OP.v128_store },
  { most: 128, size: 16, count: 4, type: V128, load: OP.v128_load, store: OP.v128_store },
] as const;

/** For each kind of words, where n is at most twice as many bytes: what `move` does, then returns. Local `end` is where the last words begin. */
function eachWidth(c: Code, n: number, end: number, move: (w: (typeof WORDS)[number]) => void): void {
  for (const w of WORDS) {
    c.get(n);
    c.i32(w.most);
    c.op(OP.i32_le_u);
    c.if();
    c.get(n);
    c.i32(w.size * w.count);
    c.op(OP.i32_sub);
    c.set(end);
    move(w);
    c.return();
    c.end();
  }
}

/** (to, from, n): all words are loaded before one is stored, so the places may overlap. */
function moveCode(): Code {
  const [to, from, n] = [0, 1, 2];
  const c = new Code(3);
  const end = c.local(I32);
  const several = (type: typeof I32 | typeof I64 | typeof V128, length: number): number[] => Array.from({ length }, () => c.local(type));
  const words = { [I32]: several(I32, 2), [I64]: several(I64, 2), [V128]: several(V128, 8) };
  c.get(n);
  c.op(OP.i32_eqz);
  c.if();
  c.return();
  c.end();
  eachWidth(c, n, end, (w) => {
    const kept = words[w.type];
    const each = (use: (word: number, last: boolean, offset: number) => void): void => {
      for (let i = 0; i < 2 * w.count; i++) use(kept[i] ?? 0, i >= w.count, (i % w.count) * w.size);
    };
    each((word, last, offset) => {
      if (last) sum(c, from, end);
      else c.get(from);
      c.mem(w.load, offset, 0);
      c.set(word);
    });
    each((word, last, offset) => {
      if (last) sum(c, to, end);
      else c.get(to);
      c.get(word);
      c.mem(w.store, offset, 0);
    });
  });
  c.get(to);
  c.get(from);
  c.get(n);
  c.memoryCopy();
  return c;
}

/** (to, n): zeroes. */
function clearCode(): Code {
  const [to, n] = [0, 1];
  const c = new Code(2);
  const end = c.local(I32);
  c.get(n);
  c.op(OP.i32_eqz);
  c.if();
  c.return();
  c.end();
  eachWidth(c, n, end, (w) => {
    for (let i = 0; i < 2 * w.count; i++) {
      if (i >= w.count) sum(c, to, end);
      else c.get(to);
      if (w.type === I32) c.i32(0);
      else c.i64(0);
      if (w.type === V128) c.op(OP.i64x2_splat);
      c.mem(w.store, (i % w.count) * w.size, 0);
    }
  });
  c.get(to);
  c.i32(0);
  c.get(n);
  c.memoryFill();
  return c;
}

/** (a, b, n) → 1 if the bytes are equal. From 4 bytes on the last piece overlaps the one before. */
function equalCode(): Code {
  const [a, b] = [0, 1];
  const c = new Code(3);
  const n = lengthOf(c, 2);
  const i = c.local(I32);
  c.get(a);
  c.get(b);
  c.op(OP.i32_eq);
  c.if();
  c.i32(1);
  c.return();
  c.end();
  ifAtLeast(c, n, 16, () => {
    const each = c.loop();
    pushVectors(c, a, b, i);
    c.op(OP.v128_xor);
    c.op(OP.v128_any_true);
    c.if();
    c.i32(0);
    c.return();
    c.end();
    advance(c, i, 16);
    c.get(i);
    c.get(n);
    c.i32(16);
    c.op(OP.i32_sub);
    c.op(OP.i32_le_u);
    c.brIf(each);
    c.end();
    // The last 16 bytes again.
    c.get(n);
    c.i32(16);
    c.op(OP.i32_sub);
    c.set(i);
    pushVectors(c, a, b, i);
    c.op(OP.v128_xor);
    c.op(OP.v128_any_true);
    c.op(OP.i32_eqz);
    c.return();
  });
  for (const [size, load] of [[8, OP.i64_load], [4, OP.i64_load32_u]] as const) ifAtLeast(c, n, size, () => emitEnds(c, a, b, n, size, load));
  const each = c.loop();
  c.get(i);
  c.get(n);
  c.op(OP.i32_ge_u);
  c.if();
  c.i32(1);
  c.return();
  c.end();
  sum(c, a, i);
  c.mem(OP.i32_load8_u, 0);
  sum(c, b, i);
  c.mem(OP.i32_load8_u, 0);
  c.op(OP.i32_eq);
  c.if();
  advance(c, i, 1);
  c.br(each);
  c.end();
  c.end();
  c.i32(0);
  return c;
}

function pushVectors(c: Code, a: number, b: number, i: number): void {
  sum(c, a, i);
  c.mem(OP.v128_load, 0, 0);
  sum(c, b, i);
  c.mem(OP.v128_load, 0, 0);
}

/** Returns whether the first and the last `size` of n bytes are equal. */
function emitEnds(c: Code, a: number, b: number, n: number, size: number, load: number): void {
  for (const end of [false, true]) {
    for (const p of [a, b]) {
      c.get(p);
      if (end) {
        c.get(n);
        c.op(OP.i32_add);
        c.i32(size);
        c.op(OP.i32_sub);
      }
      c.mem(load, 0, 0);
    }
    c.op(OP.i64_xor);
  }
  c.op(OP.i64_or);
  c.op(OP.i64_eqz);
  c.return();
}

/** (a, n, b, m) → -1, 0 or 1. Eight bytes at a time; the lowest differing byte of a little-endian word is the first. */
function compareCode(): Code {
  const [a, aLength, b, bLength] = [0, 1, 2, 3];
  const c = new Code(4);
  const n = c.local(I32);
  const i = c.local(I32);
  const differ = c.local(I64);
  c.get(aLength);
  c.get(bLength);
  c.get(aLength);
  c.get(bLength);
  c.op(OP.i64_lt_u);
  c.op(OP.select);
  c.op(OP.i32_wrap_i64);
  c.set(n);
  for (const [size, load] of [[8, OP.i64_load], [1, OP.i64_load8_u]] as const) {
    const done = c.block();
    const each = c.loop();
    c.get(i);
    c.i32(size);
    c.op(OP.i32_add);
    c.get(n);
    c.op(OP.i32_gt_u);
    c.brIf(done);
    sum(c, a, i);
    c.mem(load, 0, 0);
    sum(c, b, i);
    c.mem(load, 0, 0);
    c.op(OP.i64_xor);
    c.tee(differ);
    c.op(OP.i64_eqz);
    c.if();
    advance(c, i, size);
    c.br(each);
    c.end();
    c.get(i);
    c.get(differ);
    c.op(OP.i64_ctz);
    c.op(OP.i32_wrap_i64);
    c.i32(3);
    c.op(OP.i32_shr_u);
    c.op(OP.i32_add);
    c.set(i);
    order(c, () => {
      for (const p of [a, b]) {
        sum(c, p, i);
        c.mem(OP.i64_load8_u, 0);
      }
    });
    c.return();
    c.end();
    c.end();
  }
  order(c, () => {
    c.get(aLength);
    c.get(bLength);
  });
  return c;
}

/** Pushes (x > y) - (x < y) of the two words that `push` pushes. */
function order(c: Code, push: () => void): void {
  for (const op of [OP.i64_gt_u, OP.i64_lt_u]) {
    push();
    c.op(op);
    c.op(OP.i64_extend_i32_u);
  }
  c.op(OP.i64_sub);
}

/** Pushes a bit for each of the 16 bytes at p + i that equals the one in vector `wanted`. */
function pushMatches(c: Code, p: number, i: number, wanted: number): void {
  c.get(wanted);
  sum(c, p, i);
  c.mem(OP.v128_load, 0, 0);
  c.op(OP.i8x16_eq);
  c.op(OP.i8x16_bitmask);
}

/** Sets vector `to` to 16 times the byte that `push` pushes. */
function splat(c: Code, to: number, push: () => void): void {
  push();
  c.op(OP.i8x16_splat);
  c.set(to);
}

/** Runs `body` with i = 0, 16, 32 … while 16 bytes below n are left. */
function eachVector(c: Code, i: number, n: number, body: () => void): void {
  const done = c.block();
  const each = c.loop();
  c.get(i);
  c.i32(16);
  c.op(OP.i32_add);
  c.get(n);
  c.op(OP.i32_gt_u);
  c.brIf(done);
  body();
  advance(c, i, 16);
  c.br(each);
  c.end();
  c.end();
}

/** Runs `body` for the rest, i … n - 1, one by one. */
function eachByte(c: Code, i: number, n: number, body: () => void): void {
  const done = c.block();
  const each = c.loop();
  c.get(i);
  c.get(n);
  c.op(OP.i32_ge_u);
  c.brIf(done);
  body();
  advance(c, i, 1);
  c.br(each);
  c.end();
  c.end();
}

/** (p, n, byte) → where it first stands, -1 if nowhere. */
function indexByteCode(): Code {
  const [p, byte] = [0, 2];
  const c = new Code(3);
  const n = lengthOf(c, 1);
  const i = c.local(I32);
  const mask = c.local(I32);
  const wanted = c.local(V128);
  splat(c, wanted, () => c.get(byte));
  eachVector(c, i, n, () => {
    pushMatches(c, p, i, wanted);
    c.tee(mask);
    c.if();
    returnIndex(c, i, mask);
    c.end();
  });
  eachByte(c, i, n, () => {
    sum(c, p, i);
    c.mem(OP.i32_load8_u, 0);
    c.get(byte);
    c.op(OP.i32_eq);
    c.if();
    c.get(i);
    c.op(OP.i64_extend_i32_u);
    c.return();
    c.end();
  });
  c.i64(-1);
  return c;
}

/** Returns i plus the place of the lowest bit of `mask`. */
function returnIndex(c: Code, i: number, mask: number): void {
  c.get(i);
  c.get(mask);
  c.op(OP.i32_ctz);
  c.op(OP.i32_add);
  c.op(OP.i64_extend_i32_u);
  c.return();
}

/** (p, n, byte) → how often it stands there. */
function countByteCode(): Code {
  const [p, byte] = [0, 2];
  const c = new Code(3);
  const n = lengthOf(c, 1);
  const i = c.local(I32);
  const count = c.local(I32);
  const wanted = c.local(V128);
  splat(c, wanted, () => c.get(byte));
  eachVector(c, i, n, () => {
    pushMatches(c, p, i, wanted);
    c.op(OP.i32_popcnt);
    c.get(count);
    c.op(OP.i32_add);
    c.set(count);
  });
  eachByte(c, i, n, () => {
    sum(c, p, i);
    c.mem(OP.i32_load8_u, 0);
    c.get(byte);
    c.op(OP.i32_eq);
    c.get(count);
    c.op(OP.i32_add);
    c.set(count);
  });
  c.get(count);
  c.op(OP.i64_extend_i32_u);
  return c;
}

/**
 * (text, n, part, m) → where part first stands, -1 if nowhere; m is at least 2 and at most n. Looks at 16 places at once: those where the
 * first and the last byte of part match are compared. If too many of them fail, gives up and returns -2 - i: nothing stands below i.
 */
function indexCode(equal: number): Code {
  const [text, part] = [0, 2];
  const c = new Code(4);
  const n = lengthOf(c, 1);
  const m = lengthOf(c, 3);
  const [i, at, places, last, misses, mask] = [c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32), c.local(I32)];
  const [head, tail] = [c.local(V128), c.local(V128)];
  splat(c, head, () => {
    c.get(part);
    c.mem(OP.i32_load8_u, 0);
  });
  splat(c, tail, () => {
    sum(c, part, m);
    c.i32(1);
    c.op(OP.i32_sub);
    c.mem(OP.i32_load8_u, 0);
  });
  // places: how many there are; last: where the last byte of part would be for place 0.
  c.get(n);
  c.get(m);
  c.op(OP.i32_sub);
  c.i32(1);
  c.op(OP.i32_add);
  c.set(places);
  sum(c, text, m);
  c.i32(1);
  c.op(OP.i32_sub);
  c.set(last);
  const same = (): void => {
    sum(c, text, at);
    c.get(part);
    c.get(3);
    c.call(equal);
    c.if();
    c.get(at);
    c.op(OP.i64_extend_i32_u);
    c.return();
    c.end();
  };
  eachVector(c, i, places, () => {
    pushMatches(c, text, i, head);
    pushMatches(c, last, i, tail);
    c.op(OP.i32_and);
    c.set(mask);
    emitCandidates(c, { i, at, mask, misses }, same);
  });
  eachByte(c, i, places, () => {
    c.get(i);
    c.set(at);
    sum(c, text, i);
    c.mem(OP.i32_load8_u, 0);
    c.get(part);
    c.mem(OP.i32_load8_u, 0);
    c.op(OP.i32_eq);
    c.if();
    same();
    c.end();
  });
  c.i64(-1);
  return c;
}

/** Compares each place of `mask`; gives up when a quarter of the places so far were compared in vain. */
function emitCandidates(c: Code, v: { readonly i: number; readonly at: number; readonly mask: number; readonly misses: number }, same: () => void): void {
  const done = c.block();
  const each = c.loop();
  c.get(v.mask);
  c.op(OP.i32_eqz);
  c.brIf(done);
  c.get(v.i);
  c.get(v.mask);
  c.op(OP.i32_ctz);
  c.op(OP.i32_add);
  c.set(v.at);
  same();
  advance(c, v.misses, 1);
  c.get(v.mask);
  c.get(v.mask);
  c.i32(1);
  c.op(OP.i32_sub);
  c.op(OP.i32_and);
  c.set(v.mask);
  c.br(each);
  c.end();
  c.end();
  ifAtLeast(c, v.misses, 16, () => {
    c.get(v.misses);
    c.i32(2);
    c.op(OP.i32_shl);
    c.get(v.i);
    c.op(OP.i32_gt_u);
    c.if();
    c.i64(-18);
    c.get(v.i);
    c.op(OP.i64_extend_i32_u);
    c.op(OP.i64_sub);
    c.return();
    c.end();
  });
}
