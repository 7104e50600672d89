/**
 * SHA-256, for names that the real compiler shortens by it. Of byte strings: one char for each byte.
 *
 * Specification: FIPS 180-4.
 */

/** The first 32 bits of the fractional parts of the `power`-th roots (2 or 3) of the first `count` primes. */
function primeRoots(count: number, power: 2n | 3n): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) found.push(fraction(BigInt(n), power));
  }
  return found;
}

/** The root is searched bit by bit, scaled by 2^32. */
function fraction(n: bigint, power: 2n | 3n): number {
  const scaled = n << (32n * power);
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** power <= scaled) root += bit;
  return Number(root & 0xffff_ffffn);
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** The 32 bytes of the hash. */
export function sha256(text: string): Uint8Array {
  const state = Uint32Array.from(primeRoots(8, 2n));
  const round = Uint32Array.from(primeRoots(64, 3n));
  const blocks = new DataView(new ArrayBuffer((Math.floor((text.length + 8) / 64) + 1) * 64));
  for (let i = 0; i < text.length; i++) blocks.setUint8(i, text.charCodeAt(i));
  blocks.setUint8(text.length, 0x80);
  blocks.setUint32(blocks.byteLength - 8, Math.floor(text.length / 0x2000_0000));
  blocks.setUint32(blocks.byteLength - 4, text.length << 3);
  for (let at = 0; at < blocks.byteLength; at += 64) compress(state, round, blocks, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setUint32(4 * i, word));
  return new Uint8Array(out.buffer);
}

function compress(state: Uint32Array, round: Uint32Array, blocks: DataView, at: number): void {
  const w = new Uint32Array(64);
  for (let i = 0; i < 16; i++) w[i] = blocks.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
    w[i] = (w[i - 16] ?? 0) + (w[i - 7] ?? 0) + (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) + (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (round[i] ?? 0) + (w[i] ?? 0)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word;
  });
}
