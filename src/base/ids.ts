/** Dense ids and the tables they index. An id is good for the table that made it, and for tables keyed by it. */
import { bug } from "./bug.ts";

declare const of: unique symbol;
export type Id<Of extends string> = number & { readonly [of]: Of };

/** Hands out ids 0, 1, 2 … and keeps one value for each. */
export class Table<I extends Id<string>, Value> {
  readonly #values: Value[] = [];

  /** Keeps `value` and returns its id. */
  add(value: Value): I {
    return (this.#values.push(value) - 1) as I;
  }

  get(id: I): Value {
    return this.#values[id] ?? bug(`no entry ${id} in a table of ${this.#values.length}`);
  }

  get size(): number {
    return this.#values.length;
  }
}
