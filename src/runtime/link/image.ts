/**
 * What linking made of a program and its library, before anything ran: plain data, from which another process is put together without linking.
 *
 * The linker captures it and adopts it (linker.ts); each room under it has its part. What linking would look up again is kept by number: addresses of
 * data, types and itabs, table slots, places in the library's units. Only a fresh process adopts an image, and the same image makes the same process:
 * what is linked later lies where it would have lain.
 *
 * Go: the executable that cmd/link writes.
 */
import type { TypeDesc } from "../../abi/types.ts";

/** A unit of the library in an image: where it lies, and as much of it as can be asked without reading it. */
export interface ImageUnit {
  readonly path: string;
  readonly dataBase: number;
  readonly tableBase: number;
  readonly siteBase: number;
  readonly dataSize: number;
  readonly slots: number;
  readonly sites: number;
  readonly count: number;
  readonly bodies: number;
  /** Its initialisation: symbols and bodies. */
  readonly inits: readonly (readonly [string, number])[];
}

/** The data region. */
export interface SpaceImage {
  /** End of what is used. */
  readonly used: number;
  /** Address and length of what is not zero, and those bytes one behind another. */
  readonly ranges: Int32Array;
  readonly bytes: Uint8Array;
  /** Address and length of each interned text. */
  readonly texts: Int32Array;
}

/** Types by number, and itabs. */
export interface TypesImage {
  readonly ids: () => readonly string[];
  readonly at: Int32Array;
  /** The unit that a type came from, or -1. */
  readonly home: Int32Array;
  /** Its place in `own`, or -1 where its unit knows as much. */
  readonly desc: Int32Array;
  readonly own: () => readonly TypeDesc[];
  /** Interface, type and itab, by address. */
  readonly itabs: Int32Array;
}

/** What a module of the library imports: `r NAME`, `n SYMBOL`, `link`, or a function of an earlier module as unit and body. */
export type ImageRef = string | readonly [number, number];

/** A module with functions of the library. */
export interface ImageModule {
  readonly bytes: Uint8Array;
  readonly imports: readonly ImageRef[];
  /** Unit and body of each function that it exports. */
  readonly bodies: ArrayLike<number>;
  /** Unit, body and table slot of each function that it calls through a new door. */
  readonly doors: ArrayLike<number>;
  /** Table slot, unit and body of each value that came into the table with it. */
  readonly values: ArrayLike<number>;
}

/** An import of the program's own module: its value, or a function of the library as unit and body; neither: a runtime call or a native. */
export interface ImageImport {
  readonly from: string;
  readonly name: string;
  readonly value?: number;
  readonly code?: readonly [number, number];
}

/** A linked program with its library. */
export interface LinkImage {
  readonly space: SpaceImage;
  readonly types: TypesImage;
  /** The library's units, in the order of linking. */
  readonly units: readonly ImageUnit[];
  readonly modules: readonly ImageModule[];
  readonly program: { readonly dataBase: number; readonly tableBase: number; readonly siteBase: number };
  readonly imports: readonly ImageImport[];
  /** Table slots that are taken. */
  readonly slots: number;
}

/** Address and length of what is not zero between `from` and `to`, both multiples of 8; gaps of zeros are at least 64 bytes long. */
export function nonZero(words: Int32Array, from: number, to: number): number[] {
  const ranges: number[] = [];
  const end = to >> 2;
  let start = -1;
  let last = -1;
  for (let i = from >> 2; i < end; i++) {
    if (words[i] === 0) continue;
    if (start >= 0 && i - last > 16) {
      ranges.push(start * 4, (last + 1 - start) * 4);
      start = -1;
    }
    if (start < 0) start = i;
    last = i;
  }
  if (start >= 0) ranges.push(start * 4, (last + 1 - start) * 4);
  return ranges;
}
