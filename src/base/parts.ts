/**
 * A file of parts: a head in JSON and named runs of bytes behind it, which are cut out when they are asked for. Knows nothing of what it holds.
 *
 * partsFile writes, Parts reads without copying. Pieces are texts or bytes one behind another in a part, and in a second part where each ends.
 */
import { bug } from "./bug.ts";

/** Where a part lies behind the head: offset and length in bytes. */
type Part = readonly [number, number];

/** The head of a file with parts of these names. */
export interface PartsHead<Name extends string> {
  readonly parts: Readonly<Record<Name, Part>>;
}

/** Texts or bytes one behind another, and where each ends. */
export class Pieces {
  readonly #pieces: Uint8Array[] = [];
  readonly #ends: number[] = [];
  #length = 0;

  add(piece: Uint8Array | string): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    this.#ends.push(this.#length);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }

  get ends(): Uint8Array {
    return numberBytes(this.#ends);
  }
}

/** Whole numbers as a part of 32-bit words. */
export const numberBytes = (list: ArrayLike<number>): Uint8Array => new Uint8Array(Int32Array.from(list).buffer);

/** A value as a part of JSON. */
export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), "utf8");

/** A file: length of the head, the head, the parts at multiples of 4. */
export function partsFile(head: object, parts: Readonly<Record<string, Uint8Array>>): Uint8Array {
  let length = 0;
  const places: Record<string, Part> = {};
  for (const [name, bytes] of Object.entries(parts)) {
    places[name] = [length, bytes.length];
    length += Math.ceil(bytes.length / 4) * 4;
  }
  const text = jsonBytes({ ...head, parts: places });
  const start = 4 + Math.ceil(text.length / 4) * 4;
  const out = Buffer.alloc(start + length, 0x20);
  out.writeUInt32LE(start - 4, 0);
  out.set(text, 4);
  for (const [name, bytes] of Object.entries(parts)) out.set(bytes, start + (places[name]?.[0] ?? 0));
  return out;
}

/** An open file. */
export class Parts<H extends PartsHead<string>> {
  readonly head: H;
  readonly #bytes: Buffer;
  readonly #start: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = this.#bytes.readUInt32LE(0) + 4;
    this.head = JSON.parse(this.#bytes.toString("utf8", 4, this.#start)) as H;
  }

  /** A part; not copied. */
  bytes(name: keyof H["parts"] & string): Uint8Array {
    const [at, length] = this.head.parts[name] ?? bug(`a stored file has no part ${name}`);
    return this.#bytes.subarray(this.#start + at, this.#start + at + length);
  }

  json(name: keyof H["parts"] & string): unknown {
    return parsedBytes(this.bytes(name));
  }

  /** A part of 32-bit numbers. */
  numbers(name: keyof H["parts"] & string): Int32Array {
    const bytes = this.bytes(name);
    return bytes.byteOffset % 4 === 0 ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : new Int32Array(new Uint8Array(bytes).buffer);
  }
}

/** The n-th piece of bytes that end at `ends`. */
export const pieceAt = (bytes: Uint8Array, ends: Int32Array, n: number): Uint8Array =>
  bytes.subarray(n === 0 ? 0 : (ends[n - 1] ?? 0), ends[n] ?? bug(`no piece ${n} of ${ends.length}`));

/** The value whose JSON this is. */
export const parsedBytes = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"));

/** What `make` gives, made when it is first asked for. */
export function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
