/**
 * How many bytes of package variables a real binary has, by the packages it is linked from: a term of every goal.
 *
 * Measured (`/gc/scan/globals:bytes`, go1.26.8 linux/amd64); the program's own variables come on top. Between the rows the larger one
 * that fits is taken.
 */

/** Rows from the largest: a package, and the bytes of a program that imports it. */
const MEASURED: readonly (readonly [string, number])[] = [
  ["net/http", 177_258],
  ["testing", 158_410],
  ["encoding/json", 157_322],
  ["fmt", 156_682],
  ["runtime/metrics", 152_778],
];
/** A program that imports nothing. */
const PLAIN = 145_962;

/** Bytes of globals of a program linked from `packages`, its own not counted. */
export function baseGlobals(packages: Iterable<string>): number {
  const linked = new Set(packages);
  for (const [path, bytes] of MEASURED) if (linked.has(path)) return bytes;
  return PLAIN;
}
