/** The byte functions answer what a loop over bytes answers, and look at no byte outside their ranges. */
import { expect, test } from "vitest";
import { byteFunctions } from "../../../src/runtime/bytes.ts";
import { Memory } from "../../../src/runtime/memory.ts";

/** Bytes of an alphabet of two, so that matches and near misses are frequent; they end where the memory ends. */
function scene(): { put: (bytes: readonly number[], gap: number) => number; f: ReturnType<typeof byteFunctions>; random: (n: number) => number } {
  const memory = new Memory(65536);
  let seed = 7;
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 4294967296) * n);
  };
  const put = (bytes: readonly number[], gap: number): number => {
    const at = memory.size - gap - bytes.length;
    memory.u8.set(bytes, at);
    return at;
  };
  return { put, f: byteFunctions(memory), random };
}

const call = (f: Function, ...args: (number | bigint)[]): number => Number(f(...args));

test("memequal and cmpstring agree with a comparison byte by byte", () => {
  const { put, f, random } = scene();
  for (let round = 0; round < 4000; round++) {
    const a = Array.from({ length: random(50) }, () => 97 + 150 * random(2));
    const b = a.slice(0, random(3) === 0 ? random(50) : 50);
    if (b.length > 0 && random(2) === 0) b[random(b.length)] = 98;
    const [p, q] = [put(a, 0), put(b, 100)];
    const order = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(call(f.cmpstring, p, BigInt(a.length), q, BigInt(b.length))).toBe(order);
    if (a.length === b.length) expect(call(f.memequal, p, q, BigInt(a.length))).toBe(order === 0 ? 1 : 0);
  }
});

test("indexbyte and countbyte agree with a loop", () => {
  const { put, f, random } = scene();
  for (let round = 0; round < 2000; round++) {
    const a = Array.from({ length: random(70) }, () => (random(20) === 0 ? 200 : 65));
    const p = put(a, random(2) * 9);
    expect(call(f.indexbyte, p, BigInt(a.length), 200)).toBe(a.indexOf(200));
    expect(call(f.countbyte, p, BigInt(a.length), 200)).toBe(a.filter((x) => x === 200).length);
  }
});

test("memindex finds the first place, or says below which place there is none", () => {
  const { put, f, random } = scene();
  let gaveUp = 0;
  for (let round = 0; round < 4000; round++) {
    const part = Array.from({ length: 2 + random(6) }, () => 97 + random(2));
    const text = Array.from({ length: part.length + random(200) }, () => 97 + (random(12) === 0 ? 1 : 0));
    const [p, q] = [put(text, 0), put(part, 1000)];
    const want = Buffer.from(text).indexOf(Buffer.from(part));
    const got = call(f.memindex, p, BigInt(text.length), q, BigInt(part.length));
    if (got < -1) {
      gaveUp++;
      expect(want === -1 || want >= -2 - got).toBe(true);
    } else expect(got).toBe(want);
  }
  expect(gaveUp).toBeGreaterThan(10);
});

test("memmove and memclr do what a copy byte by byte does, also where places overlap", () => {
  const memory = new Memory(65536);
  const f = byteFunctions(memory);
  for (let n = 0; n < 300; n++) {
    for (const [from, to] of [[1000, 2000], [1000, 1003], [1003, 1000], [1000, 1017], [1040, 1000]] as const) {
      const before = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7 + n) & 0xff);
      memory.u8.set(before, 0x4000);
      f.memmove(0x4000 + to, 0x4000 + from, n);
      before.copyWithin(to, from, from + n);
      expect(memory.u8.slice(0x4000, 0x5000)).toEqual(before);
    }
    memory.u8.fill(1, 0x4000, 0x5000);
    f.memclr(0x4000 + 1000, n);
    const zeroed = [...memory.u8.slice(0x4000, 0x5000)].flatMap((b, i) => (b === 0 ? [i] : []));
    expect(zeroed).toEqual(Array.from({ length: n }, (_, i) => 1000 + i));
  }
});
