/**
 * Positions in text: Jupyter counts Unicode code points, JavaScript counts UTF-16 units. Pure functions.
 */

/** Index in UTF-16 units of code point `position`, clamped to the text; a position never falls inside a pair. */
export function toUtf16(text: string, position: number): number {
  let units = 0;
  for (let points = 0; points < position && units < text.length; points++) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Number of code points before UTF-16 index `index`. */
export function toCodePoints(text: string, index: number): number {
  let points = 0;
  for (let units = 0; units < index && units < text.length; points++) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return points;
}
