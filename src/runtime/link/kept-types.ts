/** The types of an image: found by id or by address, read when somebody needs more than their address. Go: no counterpart. */
import type { LibraryUnit } from "../../abi/library.ts";
import { bug } from "../../base/bug.ts";
import type { LinkedType } from "./descriptors.ts";
import type { TypesImage } from "./image.ts";

export class KeptTypes {
  readonly #image: TypesImage;
  readonly #units: readonly LibraryUnit[];
  #byId: ReadonlyMap<string, number> | undefined;
  #byAddress: ReadonlyMap<number, number> | undefined;

  constructor(image: TypesImage, units: readonly LibraryUnit[]) {
    this.#image = image;
    this.#units = units;
  }

  /** The number of the type with this id. */
  byId(id: string): number | undefined {
    return (this.#byId ??= new Map(this.#image.ids().map((name, n) => [name, n]))).get(id);
  }

  /** The number of the type whose descriptor is at `address`. */
  byAddress(address: number): number | undefined {
    return (this.#byAddress ??= new Map(Array.from(this.#image.at, (at, n) => [at, n]))).get(address);
  }

  /** All numbers, in the order of linking. */
  numbers(): number[] {
    return Array.from(this.#image.at, (_, n) => n);
  }

  /** Address of the n-th descriptor. */
  at(n: number): number {
    return this.#image.at[n] ?? bug(`no type ${n} in an image`);
  }

  id(n: number): string {
    return this.#image.ids()[n] ?? bug(`no type ${n} in an image`);
  }

  /** The n-th type. */
  type(n: number): LinkedType {
    const home = this.#units[this.#image.home[n] ?? -1];
    const own = this.#image.desc[n] ?? -1;
    const desc = own >= 0 ? this.#image.own()[own] : home?.type(this.id(n));
    return { desc: desc ?? bug(`the library has no type ${this.id(n)}`), at: this.at(n), number: n + 1, home };
  }
}
