/** Small helpers for lists whose bounds the caller knows, and for values that are completed after they are made. */
import { bug } from "../../base/bug.ts";

/** `list[i]`, which must exist. */
export const at = <T>(list: readonly T[], i: number): T => {
  const value = list[i];
  if (value === undefined) bug(`no element ${i} in a list of ${list.length}`);
  return value;
};

/** The last element, which must exist. */
export const lastOf = <T>(list: readonly T[]): T => at(list, list.length - 1);

/** A value under construction: the checker fills it, nobody else writes. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Maps a list; answers undefined where nothing changed. */
export function mapChanged<T>(list: readonly T[], change: (value: T) => T): T[] | undefined {
  let out: T[] | undefined;
  list.forEach((value, i) => {
    const changed = change(value);
    if (changed === value) return;
    out ??= [...list];
    out[i] = changed;
  });
  return out;
}
