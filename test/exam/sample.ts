/** A part of a list that stands for all of it. */

/** Every k-th unit so that `size` remain: spread evenly over the sorted list, the same each time. */
export function sample<T>(units: readonly T[], size: number): T[] {
  if (size >= units.length) return [...units];
  return Array.from({ length: size }, (_, i) => units[Math.floor(((i + 0.5) * units.length) / size)] as T);
}
