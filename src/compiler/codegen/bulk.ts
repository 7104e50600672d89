/**
 * Copies and clears bytes. V8 calls a C function for `memory.copy` and `memory.fill`, which costs 15 ns however short they are, so what has a small
 * constant size is moved by words of sixteen bytes: all are loaded before one is stored, because source and destination may overlap. Of sizes that are counted
 * at run time, those of some words are copied in a loop; all others are the business of two leaves (runtime/bytes.ts).
 */
import { I32, I64, OP, V128, type ValType } from "../../wasm/opcodes.ts";
import type { FuncRef, LExpr } from "../lower/index.ts";
import type { Body } from "./body.ts";

/** Bytes of a long word. */
const WORD = 16;
/** The most bytes that are copied, and cleared, by words. */
const MOST_COPIED = 128;
const MOST_CLEARED = 256;

/** The leaves for sizes that are no constants. */
export const MOVE: FuncRef = { module: "r", name: "memmove", params: [I32, I32, I32], results: [] };
export const CLEAR: FuncRef = { module: "r", name: "memclr", params: [I32, I32], results: [] };

/** Whether a copy or clear of this size is made by a leaf. */
export const isCounted = (size: LExpr): boolean => size.kind !== "const";

interface Piece {
  readonly at: number;
  readonly type: ValType | typeof V128;
  readonly load: number;
  readonly store: number;
}

const WORDS = [
  { size: 16, type: V128, load: OP.v128_load, store: OP.v128_store },
  { size: 8, type: I64, load: OP.i64_load, store: OP.i64_store },
  { size: 4, type: I32, load: OP.i32_load, store: OP.i32_store },
  { size: 2, type: I32, load: OP.i32_load16_u, store: OP.i32_store16 },
  { size: 1, type: I32, load: OP.i32_load8_u, store: OP.i32_store8 },
] as const;

function pieces(size: number): Piece[] {
  const list: Piece[] = [];
  let at = 0;
  for (const word of WORDS)
    for (; size - at >= word.size; at += word.size) list.push({ at, type: word.type, load: word.load, store: word.store });
  return list;
}

const constant = (e: LExpr, most: number): number | undefined => (e.kind === "const" && Number(e.value) <= most ? Number(e.value) : undefined);

/** `size` bytes from `from` to `to`. */
export function emitCopy(body: Body, to: LExpr, from: LExpr, size: LExpr): void {
  const { code } = body;
  const bytes = constant(size, MOST_COPIED);
  body.expr(to);
  body.expr(from);
  const source = body.scratch("copied from", I32);
  const target = body.scratch("copied to", I32);
  if (bytes === undefined) {
    body.expr(size);
    if (!isCounted(size)) return code.memoryCopy();
    const length = body.scratch("copied", I32);
    code.set(length);
    code.set(source);
    code.set(target);
    return copyCounted(body, target, source, length);
  }
  code.set(source);
  code.set(target);
  const all = pieces(bytes).map((p) => ({ ...p, local: body.scratch(`copied ${p.at} ${p.type}`, p.type) }));
  for (const p of all) {
    code.get(source);
    code.mem(p.load, p.at, 0);
    code.set(p.local);
  }
  for (const p of all) {
    code.get(target);
    code.get(p.local);
    code.mem(p.store, p.at, 0);
  }
}

/**
 * `length` bytes, a local: some words, from the first to the last, unless the target begins inside the source. The last word is loaded before all and
 * stored after all, wherever it begins. All else is left to the leaf.
 */
function copyCounted(body: Body, target: number, source: number, length: number): void {
  const { code } = body;
  const i = body.scratch("copying", I32);
  const end = body.scratch("copied last", I32);
  const last = body.scratch("copied last word", V128);
  code.get(length);
  code.i32(WORD);
  code.op(OP.i32_sub);
  code.tee(end);
  code.i32(MOST_COPIED - WORD);
  code.op(OP.i32_le_u);
  code.get(target);
  code.get(source);
  code.op(OP.i32_sub);
  code.get(length);
  code.op(OP.i32_ge_u);
  code.op(OP.i32_and);
  code.if();
  word(body, source, end, () => code.mem(OP.v128_load, 0, 0));
  code.set(last);
  code.i32(0);
  code.set(i);
  const done = code.block();
  const top = code.loop();
  code.get(i);
  code.get(end);
  code.op(OP.i32_ge_u);
  code.brIf(done);
  word(body, target, i, () => {
    word(body, source, i, () => code.mem(OP.v128_load, 0, 0));
    code.mem(OP.v128_store, 0, 0);
  });
  code.get(i);
  code.i32(WORD);
  code.op(OP.i32_add);
  code.set(i);
  code.br(top);
  code.end();
  code.end();
  word(body, target, end, () => {
    code.get(last);
    code.mem(OP.v128_store, 0, 0);
  });
  code.else();
  code.get(target);
  code.get(source);
  code.get(length);
  code.call(body.module.func(MOVE));
  code.end();
}

/** What `use` does with the address `base + offset`. */
function word(body: Body, base: number, offset: number, use: () => void): void {
  body.code.get(base);
  body.code.get(offset);
  body.code.op(OP.i32_add);
  use();
}

/** `size` bytes at `to` become zero. */
export function emitZero(body: Body, to: LExpr, size: LExpr): void {
  const { code } = body;
  const bytes = constant(size, MOST_CLEARED);
  body.expr(to);
  if (bytes === undefined && isCounted(size)) {
    body.expr(size);
    return code.call(body.module.func(CLEAR));
  }
  if (bytes === undefined) {
    code.i32(0);
    body.expr(size);
    return code.memoryFill();
  }
  const target = body.scratch("cleared", I32);
  code.set(target);
  for (const p of pieces(bytes)) {
    code.get(target);
    if (p.type === I32) code.i32(0);
    else code.i64(0);
    if (p.type === V128) code.op(OP.i64x2_splat);
    code.mem(p.store, p.at, 0);
  }
}
