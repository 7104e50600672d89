/** Arithmetic on bits of large integers that constants need: lengths, common divisors, rounding to a number of bits. */

/** Bits of the magnitude of `n`; 0 for 0. */
export function bitLength(n: bigint): number {
  const digits = (n < 0n ? -n : n).toString(16);
  if (digits === "0") return 0;
  return (digits.length - 1) * 4 + (32 - Math.clz32(parseInt(digits[0] ?? "0", 16)));
}

/** Greatest common divisor, positive. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** num/den * 2^exp (den > 0) as [m, e] with the value m * 2^e and at most `precision` bits in m, rounded to nearest, ties to even. */
export function roundedQuotient(num: bigint, den: bigint, exp: number, precision: number): [bigint, number] {
  const negative = num < 0n;
  const magnitude = negative ? -num : num;
  // Two bits more than wanted, and a last bit that says whether anything was cut off.
  const shift = Math.max(0, precision + 2 + bitLength(den) - bitLength(magnitude));
  const scaled = magnitude << BigInt(shift);
  const sticky = scaled % den === 0n ? 0n : 1n;
  const [m, e] = roundBits(((scaled / den) << 1n) | sticky, exp - shift - 1, precision);
  return [negative ? -m : m, e];
}

/** m * 2^exp (m >= 0) with at most `precision` bits, rounded to nearest, ties to even. */
export function roundBits(m: bigint, exp: number, precision: number): [bigint, number] {
  const drop = bitLength(m) - precision;
  if (drop <= 0) return [m, exp];
  const kept = m >> BigInt(drop);
  const rest = m - (kept << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return [up ? kept + 1n : kept, exp + drop];
}

/** m * 2^exp without trailing zero bits in m, so that equal numbers look equal. */
export function strip(m: bigint, exp: number): [bigint, number] {
  let zeros = 0;
  while (((m >> BigInt(zeros)) & 1n) === 0n) zeros++;
  return [m >> BigInt(zeros), exp + zeros];
}

/** Whether a number in [2^(size-1), 2^size) is too large (1), too small (-1) or representable (0). Go: big.MaxExp, big.MinExp. */
export const inBounds = (size: number): -1 | 0 | 1 => (size > 0x7fffffff ? 1 : size < -0x80000000 ? -1 : 0);
