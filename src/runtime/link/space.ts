/**
 * Room for what is linked: data, descriptors, itabs and texts, bump-allocated below the arena and never freed singly.
 *
 * A snapshot of the process remembers the mark, so that a failed cell gives its room back.
 *
 * Go: the data segments, and runtime.persistentalloc for what is made at run time.
 */
import { bug } from "../../base/bug.ts";
import { Unsupported } from "../../base/diagnostic.ts";
import type { ByteString } from "../../base/source.ts";
import { MAP } from "../../abi/structs.ts";
import type { Memory } from "../memory.ts";
import { nonZero, type SpaceImage } from "./image.ts";

/** The data region of one process. */
export class DataSpace {
  readonly #memory: Memory;
  readonly #limit: number;
  readonly #texts = new Map<ByteString, number>();
  /** Texts of an image that are not in `#texts` yet: address and length. */
  #kept: Int32Array | undefined;
  #next: number = MAP.data;

  /** `limit` is where the arena (or what lies before it) begins. */
  constructor(memory: Memory, limit: number) {
    this.#memory = memory;
    this.#limit = limit;
  }

  /** `size` zero bytes at a multiple of `align`, a power of two. Throws Unsupported where there is no room. */
  alloc(size: number, align = 8): number {
    const at = Math.ceil(this.#next / align) * align;
    if (at + size > this.#limit) throw new Unsupported(`package variables, types and constants of more than ${Math.floor((this.#limit - MAP.data) / 2 ** 20)} MiB`, { file: "the last of them", line: 0, col: 0 });
    this.#next = at + size;
    return at;
  }

  /** Address of the bytes of `text`, kept once. */
  text(text: ByteString): number {
    if (text === "") return 0;
    if (this.#kept) this.#readTexts(this.#kept);
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const at = this.alloc(text.length, 1);
    this.#memory.writeString(at, text);
    this.#texts.set(text, at);
    return at;
  }

  /** Writes a string header for `text`. */
  storeString(at: number, text: ByteString): void {
    this.#memory.storePtr(at, this.text(text));
    this.#memory.storeInt(at + 8, text.length);
  }

  /** A copy of what is used, for an image; texts are told when it is asked for. */
  capture(): () => SpaceImage {
    const memory = this.#memory;
    const used = this.#next;
    const ranges = Int32Array.from(nonZero(memory.i32, MAP.data, Math.ceil(used / 8) * 8));
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < ranges.length; i += 2) pieces.push(memory.bytes(ranges[i] ?? 0, ranges[i + 1] ?? 0));
    const bytes = Buffer.concat(pieces);
    return () => ({ used, ranges, bytes, texts: Int32Array.from([...this.#texts].flatMap(([text, at]) => (at < used ? [at, text.length] : []))) });
  }

  /** Takes in an image in place of what is there. */
  adopt({ used, ranges, bytes, texts }: SpaceImage): void {
    if (used > this.#limit) bug("an image larger than the data region");
    let from = 0;
    for (let i = 0; i < ranges.length; i += 2) {
      const length = ranges[i + 1] ?? 0;
      this.#memory.u8.set(bytes.subarray(from, from + length), ranges[i]);
      from += length;
    }
    this.#next = used;
    this.#texts.clear();
    this.#kept = texts;
  }

  #readTexts(texts: Int32Array): void {
    this.#kept = undefined;
    for (let i = 0; i < texts.length; i += 2) this.#texts.set(this.#memory.readString(texts[i] ?? 0, texts[i + 1] ?? 0), texts[i] ?? 0);
  }

  /** End of what is used. */
  get used(): number {
    return this.#next;
  }

  /** Takes back all that lies above `mark`. */
  release(mark: number): void {
    if (this.#kept) this.#readTexts(this.#kept);
    this.#memory.fill(mark, this.#next - mark);
    this.#next = mark;
    for (const [text, at] of this.#texts) if (at + text.length > mark) this.#texts.delete(text);
  }
}
