/**
 * The values and words of the runtime's own panics.
 *
 * Their Go types (boundsError, errorString, plainError, TypeAssertionError) are Go text in src/std/runtime; if that is linked a panic has a
 * real value that recover can return. The words are known here too, so a crash prints them without running Go code.
 *
 * Go: runtime/error.go, runtime/panic.go (goPanicIndex …).
 */
import { KIND } from "../../abi/types.ts";
import type { ByteString } from "../../base/source.ts";
import type { DataSpace, Descriptors } from "../link/index.ts";
import type { Memory } from "../memory.ts";

/** A panic value: interface word and data, and its words if they are known. */
export interface PanicValue {
  readonly word: number;
  readonly data: number;
  readonly text?: ByteString;
  /** The address of a memory fault. */
  readonly fault?: number;
}

/** Go: internal/abi.BoundsErrorCode. */
const BOUNDS = [
  ["index out of range [%x] with length %y", "index out of range [%x]"],
  ["slice bounds out of range [:%x] with length %y", "slice bounds out of range [:%x]"],
  ["slice bounds out of range [:%x] with capacity %y", "slice bounds out of range [:%x]"],
  ["slice bounds out of range [%x:%y]", "slice bounds out of range [%x:]"],
  ["slice bounds out of range [::%x] with length %y", "slice bounds out of range [::%x]"],
  ["slice bounds out of range [::%x] with capacity %y", "slice bounds out of range [::%x]"],
  ["slice bounds out of range [:%x:%y]", "slice bounds out of range [:%x:]"],
  ["slice bounds out of range [%x:%y:]", "slice bounds out of range [%x::]"],
  ["cannot convert slice with length %y to array or pointer to array with length %x", ""],
] as const;

/** What making a value needs. */
export interface ErrorPorts {
  readonly memory: Memory;
  readonly space: DataSpace;
  readonly types: Descriptors;
  /** Address of a new zeroed object of the type at `type`. */
  readonly newObject: (size: number, type: number) => number;
}

/** Makes the values of the runtime's panics. */
export class RuntimeErrors {
  readonly #p: ErrorPorts;
  readonly #headers = new Map<ByteString, number>();

  constructor(ports: ErrorPorts) {
    this.#p = ports;
  }

  /** An index or a slice bound beyond its limit. */
  bounds(code: number, signed: boolean, x: bigint, y: bigint): PanicValue {
    const negative = signed && x < 0n;
    const [format, negativeFormat] = BOUNDS[code] ?? BOUNDS[0];
    const shown = signed ? x : BigInt.asUintN(64, x);
    const text = (negative ? negativeFormat : format).replace("%x", String(shown)).replace("%y", String(y));
    const type = this.#p.types.find("runtime.boundsError");
    if (!type) return { word: 0, data: 0, text: `runtime error: ${text}` };
    const { memory } = this.#p;
    const data = this.#p.newObject(24, type.at);
    memory.storeI64(data, x);
    memory.storeI64(data + 8, y);
    memory.store8(data + 16, Number(signed));
    memory.store8(data + 17, code);
    return { word: type.at, data, text: `runtime error: ${text}` };
  }

  /** `runtime error: …`. Go: errorString. */
  error(text: ByteString, fault?: number): PanicValue {
    const value = this.#string("runtime.errorString", text, `runtime error: ${text}`);
    return fault === undefined ? value : { ...value, fault };
  }

  /** Words without `runtime error:`. Go: plainError. */
  plain(text: ByteString): PanicValue {
    return this.#string("runtime.plainError", text, text);
  }

  /** A failed type assertion; `have` and `inter` may be 0. */
  typeAssertion(inter: number, have: number, want: number, missing: ByteString): PanicValue {
    const { memory, types, space } = this.#p;
    const text = this.#assertionText(inter, have, want, missing);
    const struct = types.find("runtime.TypeAssertionError");
    const pointer = types.find("*runtime.TypeAssertionError");
    if (!struct || !pointer) return { word: 0, data: 0, text };
    const data = this.#p.newObject(struct.desc.size, struct.at);
    memory.storePtr(data, inter);
    memory.storePtr(data + 8, have);
    memory.storePtr(data + 16, want);
    if (missing !== "") space.storeString(data + 24, missing);
    return { word: pointer.at, data, text };
  }

  /** panic(nil). */
  nilPanic(): PanicValue {
    const text = "panic called with nil argument";
    const struct = this.#p.types.find("runtime.PanicNilError");
    const pointer = this.#p.types.find("*runtime.PanicNilError");
    if (!struct || !pointer) return { word: 0, data: 0, text };
    return { word: pointer.at, data: this.#p.newObject(struct.desc.size, struct.at), text };
  }

  /** Forgets what lies at or above `mark` (a failed cell). */
  release(mark: number): void {
    for (const [text, at] of this.#headers) if (at >= mark) this.#headers.delete(text);
  }

  #string(id: string, text: ByteString, shown: ByteString): PanicValue {
    const type = this.#p.types.find(id);
    if (!type) return { word: 0, data: 0, text: shown };
    let at = this.#headers.get(text);
    if (at === undefined) {
      at = this.#p.space.alloc(16);
      this.#p.space.storeString(at, text);
      this.#headers.set(text, at);
    }
    return { word: type.at, data: at, text: shown };
  }

  #assertionText(inter: number, have: number, want: number, missing: ByteString): ByteString {
    const { types } = this.#p;
    const source = inter === 0 ? "interface" : types.at(inter).desc.string;
    const target = types.at(want).desc;
    if (have === 0) return `interface conversion: ${target.kind === KIND.Interface ? "interface" : source} is nil, not ${target.string}`;
    const got = types.at(have).desc;
    if (missing !== "") return `interface conversion: ${got.string} is not ${target.string}: missing method ${missing}`;
    const same = got.string !== target.string ? "" : got.pkgPath !== target.pkgPath ? " (types from different packages)" : " (types from different scopes)";
    return `interface conversion: ${source} is ${got.string}, not ${target.string}${same}`;
  }
}
