/**
 * What stands for a function or variable of the library that nobody has: a function that ends the program as unsupported when it is reached.
 *
 * So a program whose rarely used path mentions such a thing runs until it comes there, and ends with what it wanted and where. Which symbols are absent
 * is told to code generation; it looks for none.
 *
 * Go: no counterpart.
 */
import { UNSUPPORTED } from "../../abi/runtime-symbols.ts";
import { formatPosition } from "../../base/diagnostic.ts";
import type { Position } from "../../base/source.ts";
import { I32, I64, type ValType } from "../../wasm/opcodes.ts";
import type { XPos } from "../ir/index.ts";
import { i64, type LExpr, type LFunc, type Local, zeroOf } from "../lower/index.ts";

/** Symbols that nobody has, and where the text of the package mentions each. */
export type Absent = ReadonlyMap<string, readonly Position[]>;

/** The mention that `at` means: calls and statements have places of their own, near it. */
export function mention(places: readonly Position[], at: Position | undefined): Position | undefined {
  if (!at || at.line === 0) return places[0];
  const near = places.filter((p) => p.file === at.file && p.line === at.line);
  return near.filter((p) => p.col <= at.col).at(-1) ?? near[0] ?? at;
}

/** `net/http.Get at ./main.go:8:12`. */
export const absentText = (symbol: string, at: Position | undefined): string => (at ? `${symbol} at ${formatPosition(at)}` : symbol);

/** The function that ends the program with `text`, under the name `symbol` and with the signature of what it stands for. */
export function absentFunc(symbol: string, params: readonly ValType[], results: readonly ValType[], text: { readonly address: LExpr; readonly length: number }, at: XPos): LFunc {
  const locals: Local[] = params.map((type, id) => ({ id, type, pointer: false }));
  return {
    symbol, at, params: locals, results, hasContext: false, locals, objects: [], cost: 0, hasDefer: false, pinned: [], pinnedObjects: [], unpreemptible: false, tail: false,
    body: [
      { kind: "leafCall", fn: { module: "n", name: UNSUPPORTED, params: [I32, I64], results: [] }, args: [text.address, i64(text.length)] },
      { kind: "return", values: results.map(zeroOf) },
    ],
  };
}
