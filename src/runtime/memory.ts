/**
 * The simulated address space: one WebAssembly memory that compiled code and the runtime share.
 *
 * Loads and stores only; who owns which part is told in abi/structs.ts (fixed cells, data) and heap/layout.ts (tables, arena).
 * Addresses are offsets. An access of n bytes must be aligned to n, as every access of Go is; nothing here checks it.
 * After growth the fields `u8` … are fetched anew, so nobody keeps them across a call that may grow.
 *
 * The memory is a shared one, though one thread uses it: V8 counts every other kind as its own garbage to come, and 800 MB of address space, of
 * which a small program touches two, made each process begin with a full collection (a fifth of a hello).
 *
 * Go: no counterpart; the machine's memory.
 */
import { bug } from "../base/bug.ts";
import type { ByteString } from "../base/source.ts";
import { type Addr, addr } from "../base/units.ts";

/** A WebAssembly page. */
export const WASM_PAGE = 65536;
/** WebAssembly pages of 4 GiB, and by how many the memory grows at least. */
const MAX_PAGES = 65536;
const GROWTH_STEP = 2048;
const TWO_32 = 2 ** 32;

/** Linear memory with typed access. All methods are O(1) unless they take a length. */
export class Memory {
  readonly wasm: WebAssembly.Memory;
  u8: Uint8Array;
  u16: Uint16Array;
  i32: Int32Array;
  u32: Uint32Array;
  f32: Float32Array;
  f64: Float64Array;
  i64: BigInt64Array;

  /** A memory of `size` zero bytes (rounded up to 64 KiB) that may grow to 4 GiB. Untouched pages cost the host nothing. */
  constructor(size: number) {
    this.wasm = new WebAssembly.Memory({ initial: Math.ceil(size / WASM_PAGE), maximum: MAX_PAGES, shared: true });
    const b = this.wasm.buffer;
    this.u8 = new Uint8Array(b);
    this.u16 = new Uint16Array(b);
    this.i32 = new Int32Array(b);
    this.u32 = new Uint32Array(b);
    this.f32 = new Float32Array(b);
    this.f64 = new Float64Array(b);
    this.i64 = new BigInt64Array(b);
  }

  /** Bytes that exist now. */
  get size(): number {
    return this.u8.length;
  }

  /**
   * Makes addresses below `size` valid; false if the host has no more memory. Grows in large steps, because each one makes new views.
   */
  growTo(size: number): boolean {
    const missing = Math.ceil((size - this.u8.length) / WASM_PAGE);
    if (missing <= 0) return true;
    const generous = Math.min(Math.max(missing, GROWTH_STEP), MAX_PAGES - this.u8.length / WASM_PAGE);
    if (!this.#grow(generous) && !this.#grow(missing)) return false;
    this.refresh();
    return true;
  }

  #grow(pages: number): boolean {
    try {
      this.wasm.grow(pages);
      return true;
    } catch {
      return false;
    }
  }

  /** Fetches the views again; needed only if somebody else grew `wasm`. */
  refresh(): void {
    const b = this.wasm.buffer;
    this.u8 = new Uint8Array(b);
    this.u16 = new Uint16Array(b);
    this.i32 = new Int32Array(b);
    this.u32 = new Uint32Array(b);
    this.f32 = new Float32Array(b);
    this.f64 = new Float64Array(b);
    this.i64 = new BigInt64Array(b);
  }

  loadU8(a: number): number {
    return this.u8[a]!;
  }

  loadU16(a: number): number {
    return this.u16[a >>> 1]!;
  }

  /** Signed 32 bits. */
  load32(a: number): number {
    return this.i32[a >>> 2]!;
  }

  loadU32(a: number): number {
    return this.u32[a >>> 2]!;
  }

  /** A pointer word: the low half of 8 bytes. */
  loadPtr(a: number): Addr {
    return addr(this.u32[a >>> 2]!);
  }

  /** A signed 64-bit word as a number; exact up to 2^53. */
  loadInt(a: number): number {
    return this.i32[(a >>> 2) + 1]! * TWO_32 + this.u32[a >>> 2]!;
  }

  /** A 64-bit word, exactly. Not for loops. */
  loadI64(a: number): bigint {
    return this.i64[Math.floor(a / 8)]!;
  }

  loadF32(a: number): number {
    return this.f32[a >>> 2]!;
  }

  loadF64(a: number): number {
    return this.f64[a >>> 3]!;
  }

  store8(a: number, v: number): void {
    this.u8[a] = v;
  }

  store16(a: number, v: number): void {
    this.u16[a >>> 1] = v;
  }

  store32(a: number, v: number): void {
    this.i32[a >>> 2] = v;
  }

  /** Writes a pointer word of 8 bytes. */
  storePtr(a: number, p: number): void {
    this.u32[a >>> 2] = p;
    this.u32[(a >>> 2) + 1] = 0;
  }

  /** Writes an integer (|v| <= 2^53) as a 64-bit word. */
  storeInt(a: number, v: number): void {
    this.u32[a >>> 2] = v >>> 0;
    this.i32[(a >>> 2) + 1] = Math.floor(v / TWO_32);
  }

  storeI64(a: number, v: bigint): void {
    this.i64[Math.floor(a / 8)] = v;
  }

  storeF32(a: number, v: number): void {
    this.f32[a >>> 2] = v;
  }

  storeF64(a: number, v: number): void {
    this.f64[a >>> 3] = v;
  }

  /** Copies `n` bytes; the ranges may overlap. Go: memmove. */
  copy(to: number, from: number, n: number): void {
    this.u8.copyWithin(to, from, from + n);
  }

  /** Clears `n` bytes. In a shared memory V8 writes one element at a time, so long ranges go by the widest. Go: memclr. */
  fill(a: number, n: number): void {
    if (n <= 128 && ((a | n) & 7) === 0) {
      const { f64 } = this;
      for (let i = a >>> 3, end = (a + n) >>> 3; i < end; i++) f64[i] = 0;
      return;
    }
    if (n < 64) {
      this.u8.fill(0, a, a + n);
      return;
    }
    const from = (a + 7) >>> 3;
    const to = Math.floor((a + n) / 8);
    this.u8.fill(0, a, from * 8);
    this.f64.fill(0, from, to);
    this.u8.fill(0, to * 8, a + n);
  }

  /** The `n` bytes at `a` themselves, not a copy; good until the next growth. */
  bytes(a: number, n: number): Uint8Array {
    return this.u8.subarray(a, a + n);
  }

  /** The `n` bytes at `a` as text with one char a byte. */
  readString(a: number, n: number): ByteString {
    return Buffer.from(this.wasm.buffer, a, n).toString("latin1");
  }

  /** Writes one byte for each char of `text`. */
  writeString(a: number, text: ByteString): void {
    if (a + text.length > this.size) bug(`a string at ${a} ends beyond memory`);
    Buffer.from(this.wasm.buffer, a, text.length).write(text, "latin1");
  }
}
