/**
 * Types of generated programs, and chance.
 *
 * A type knows how it is written; what can be done with it is decided where expressions are made.
 */
import { Random } from "../../../src/base/random.ts";

export type Ty =
  | { readonly k: "int"; readonly name: string; readonly bits: number; readonly signed: boolean }
  | { readonly k: "float"; readonly name: string }
  | { readonly k: "complex"; readonly name: string }
  | { readonly k: "string"; readonly name: string }
  | { readonly k: "bool"; readonly name: string }
  | { readonly k: "slice"; readonly name: string; readonly elem: Ty }
  | { readonly k: "array"; readonly name: string; readonly elem: Ty; readonly n: number }
  | { readonly k: "map"; readonly name: string; readonly key: Ty; readonly elem: Ty }
  | { readonly k: "struct"; readonly name: string; readonly fields: readonly Field[]; readonly embeds?: Ty }
  | { readonly k: "pointer"; readonly name: string; readonly elem: Ty }
  | { readonly k: "func"; readonly name: string; readonly params: readonly Ty[]; readonly result: Ty }
  /** An interface that all named types with methods of the unit have: `Get() int`, `Add(int) int`. */
  | { readonly k: "iface"; readonly name: string; readonly impls: readonly Ty[] }
  | { readonly k: "any"; readonly name: string };

export interface Field {
  readonly name: string;
  readonly type: Ty;
}

const int = (name: string, bits: number, signed: boolean): Ty => ({ k: "int", name, bits, signed });
export const INTS: readonly Extract<Ty, { k: "int" }>[] = [
  ["int", 64, true], ["int8", 8, true], ["int16", 16, true], ["int32", 32, true], ["int64", 64, true],
  ["uint", 64, false], ["uint8", 8, false], ["uint16", 16, false], ["uint32", 32, false], ["uint64", 64, false],
].map(([n, b, s]) => int(String(n), Number(b), Boolean(s)) as Extract<Ty, { k: "int" }>);
export const INT: Ty = INTS[0] ?? int("int", 64, true);
export const FLOATS: readonly Ty[] = [{ k: "float", name: "float64" }, { k: "float", name: "float32" }];
export const COMPLEX: Ty = { k: "complex", name: "complex128" };
export const STRING: Ty = { k: "string", name: "string" };
export const BOOL: Ty = { k: "bool", name: "bool" };
export const ANY: Ty = { k: "any", name: "any" };

export const slice = (elem: Ty): Ty => ({ k: "slice", name: `[]${elem.name}`, elem });
export const array = (n: number, elem: Ty): Ty => ({ k: "array", name: `[${n}]${elem.name}`, n, elem });
export const map = (key: Ty, elem: Ty): Ty => ({ k: "map", name: `map[${key.name}]${elem.name}`, key, elem });
export const pointer = (elem: Ty): Ty => ({ k: "pointer", name: `*${elem.name}`, elem });
export const func = (params: readonly Ty[], result: Ty): Ty => ({ k: "func", name: `func(${params.map((p) => p.name).join(", ")}) ${result.name}`, params, result });

/** Whether == works without a panic. */
export function comparable(t: Ty): boolean {
  switch (t.k) {
    case "slice": case "map": case "func": case "any": return false;
    case "array": return comparable(t.elem);
    case "struct": return t.fields.every((f) => comparable(f.type)) && (!t.embeds || comparable(t.embeds));
    default: return true;
  }
}

/** Whether a value printed by fmt says the same on every run: no addresses. */
export function printable(t: Ty): boolean {
  switch (t.k) {
    case "pointer": case "func": case "any": case "iface": return false;
    case "slice": case "array": return printable(t.elem);
    case "map": return printable(t.elem);
    case "struct": return t.fields.every((f) => printable(f.type)) && (!t.embeds || printable(t.embeds));
    default: return true;
  }
}

/** Choices from a seed. */
export class Chance {
  readonly #random: Random;
  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  below(n: number): number {
    return this.#random.below(n);
  }

  /** True `n` times out of 100. */
  percent(n: number): boolean {
    return this.below(100) < n;
  }

  pick<T>(list: readonly T[]): T {
    const x = list[this.below(list.length)];
    if (x === undefined) throw new Error("a choice from nothing");
    return x;
  }
}
