/**
 * Room for what is linked: data, descriptors, itabs and texts, bump-allocated below the arena and never freed singly.
 *
 * A snapshot of the process remembers the mark, so that a failed cell gives its room back.
 *
 * Go: the data segments, and runtime.persistentalloc for what is made at run time.
 */
import { Unsupported } from "../../base/diagnostic.ts";
import type { ByteString } from "../../base/source.ts";
import { MAP } from "../../abi/structs.ts";
import type { Memory } from "../memory.ts";

/** The data region of one process. */
export class DataSpace {
  readonly #memory: Memory;
  readonly #limit: number;
  readonly #texts = new Map<ByteString, number>();
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

  /** End of what is used. */
  get used(): number {
    return this.#next;
  }

  /** Takes back all that lies above `mark`. */
  release(mark: number): void {
    this.#memory.fill(mark, this.#next - mark);
    this.#next = mark;
    for (const [text, at] of this.#texts) if (at + text.length > mark) this.#texts.delete(text);
  }
}
