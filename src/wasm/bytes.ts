/**
 * A growing array of bytes with WebAssembly's number formats.
 *
 * The bottom of the encoder: knows LEB128 and IEEE floats, nothing of modules. One writer is filled from front to back;
 * `append` joins writers, so a section or a body is made apart and put in place with its length.
 */
/** A signed 32-bit number as LEB128 of five bytes. */
export function padded32(value: number): number[] {
  return [0, 7, 14, 21, 28].map((shift, i) => ((value >> shift) & 0x7f) | (i < 4 ? 0x80 : 0));
}

/** Puts a number into five bytes at `at`, as padded32 writes it. */
export function putPadded32(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = ((value >> (7 * i)) & 0x7f) | 0x80;
  bytes[at + 4] = (value >> 28) & 0x7f;
}

/** The number that five bytes at `at` hold. */
export function readPadded32(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 0; i < 5; i++) value |= ((bytes[at + i] ?? 0) & 0x7f) << (7 * i);
  return value;
}

const scratch = new DataView(new ArrayBuffer(8));

export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** One byte. */
  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** An unsigned number below 2^32 as LEB128. */
  u32(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** A signed 32-bit number as LEB128. */
  s32(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.u8(rest & 0x7f);
  }

  /** A signed 32-bit number in five bytes, so that another can be put in its place. */
  padded32(value: number): void {
    for (const byte of padded32(value)) this.u8(byte);
  }

  /** A signed 64-bit number as LEB128; a bigint is taken modulo 2^64. */
  s64(value: number | bigint): void {
    if (typeof value === "number" && value >= -0x80000000 && value <= 0x7fffffff) return this.s32(value);
    let rest = BigInt.asIntN(64, BigInt(value));
    while (rest < -64n || rest > 63n) {
      this.u8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.u8(Number(rest & 0x7fn));
  }

  f32(value: number): void {
    scratch.setFloat32(0, value, true);
    for (let i = 0; i < 4; i++) this.u8(scratch.getUint8(i));
  }

  f64(value: number): void {
    scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.u8(scratch.getUint8(i));
  }

  /** The length and the UTF-8 bytes of `text`. */
  name(text: string): void {
    const bytes = Buffer.from(text, "utf8");
    this.u32(bytes.length);
    this.raw(bytes);
  }

  /** `bytes` as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What another writer holds, as it is. */
  append(other: ByteWriter): void {
    this.raw(other.view());
  }

  /** What another writer holds, after its length. */
  sized(other: ByteWriter): void {
    this.u32(other.length);
    this.append(other);
  }

  /** The bytes so far, not copied: good until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy of the bytes so far. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    const need = this.#length + more;
    if (need <= this.#bytes.length) return;
    const bigger = new Uint8Array(Math.max(need, this.#bytes.length * 2));
    bigger.set(this.view());
    this.#bytes = bigger;
  }
}
