/** The short ways of maps find, enter, delete and walk what a map of the host holds, and leave to others what takes more than they do. */
import { expect, test } from "vitest";
import { byteFunctions } from "../../../../src/runtime/bytes.ts";
import { mapFunctions } from "../../../../src/runtime/maps/index.ts";
import { Memory } from "../../../../src/runtime/memory.ts";
import { CELL } from "../../../../src/abi/structs.ts";

/** A map with one group (at 0x4000) and one table of 128 slots (at 0x5000), keys and elements of eight bytes. */
const [MAP, GROUP, DIR, TABLE, GROUPS, ITER] = [0x3000, 0x4000, 0x4800, 0x4900, 0x5000, 0x3800];
const EMPTY = 0x80808080;

function scene(tables: boolean): { memory: Memory; f: ReturnType<typeof mapFunctions> } {
  const memory = new Memory(65536);
  const f = mapFunctions(memory, byteFunctions(memory).memequal);
  const empty = (group: number): void => [0, 4].forEach((at) => memory.store32(group + at, EMPTY));
  memory.storeInt(MAP + 8, 12345);
  memory.storeInt(MAP + 16, tables ? DIR : GROUP);
  memory.storeInt(MAP + 24, tables ? 1 : 0);
  empty(GROUP);
  memory.storeInt(DIR, TABLE);
  memory.u8[TABLE + 2] = 128;
  memory.u8[TABLE + 4] = 112;
  memory.storeInt(TABLE + 16, GROUPS);
  memory.storeInt(TABLE + 24, 15);
  for (let i = 0; i < 16; i++) empty(GROUPS + 136 * i);
  return { memory, f };
}

for (const tables of [false, true]) {
  test(`a map of ${tables ? "a table" : "one group"} holds what was entered and not deleted`, () => {
    const { memory, f } = scene(tables);
    const want = new Map<bigint, number>();
    const most = tables ? 100 : 8;
    let seed = 3;
    const random = (n: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
    for (let round = 0; round < 5000; round++) {
      const key = BigInt(random(most + most / 4)) << 3n;
      const slot: number = f.mapfind64(MAP, key, 16);
      expect(slot !== 0).toBe(want.has(key));
      if (slot !== 0) expect(memory.loadInt(slot + 8)).toBe(want.get(key));
      if (random(2) === 0 && (want.has(key) || want.size < most)) {
        const at: number = f.mapput64(MAP, key, 16);
        // Without free slots that were never used it is for the Go text to make some.
        if (at === 0) continue;
        want.set(key, round);
        memory.storeInt(at + 8, round);
      } else if (want.size > 1 || !want.has(key)) {
        expect(f.mapdrop64(MAP, key, 16, 8)).toBe(want.size > 0 || !want.has(key) ? 1 : 0);
        want.delete(key);
      }
      expect(memory.loadInt(MAP)).toBe(want.size);
    }
    expect(walk(memory, f, tables)).toEqual([...want.keys()].map(Number).sort((a, b) => a - b));
  });
}

/** The keys that a walk from the middle meets, sorted. */
function walk(memory: Memory, f: ReturnType<typeof mapFunctions>, tables: boolean): number[] {
  memory.storeInt(ITER + 24, MAP);
  memory.storeInt(ITER + 32, 5);
  if (tables) memory.storeInt(ITER + 72, TABLE);
  else [64, 68].forEach((at) => memory.store32(ITER + at, -1));
  memory.storeInt(ITER + 80, tables ? 0 : GROUP);
  const met: number[] = [];
  while (f.mapnext(ITER, 16, 8) === 1 && memory.loadU32(ITER) !== 0) met.push(memory.loadInt(memory.loadU32(ITER)));
  return met.sort((a, b) => a - b);
}

test("the last entry, a full group and a collector that must be told are left to others", () => {
  const { memory, f } = scene(false);
  for (let i = 0; i < 8; i++) expect(f.mapput64(MAP, BigInt(i), 16)).not.toBe(0);
  expect(f.mapput64(MAP, 8n, 16)).toBe(0);
  memory.store32(CELL.writeBarrier, 1);
  expect(f.mapput64(MAP, 1n, 16 + 0x10000)).toBe(0);
  expect(f.mapdrop64(MAP, 1n, 16 + 0x10000, 0)).toBe(0);
  expect(f.mapput64(MAP, 1n, 16)).not.toBe(0);
  memory.store32(CELL.writeBarrier, 0);
  for (let i = 0; i < 7; i++) expect(f.mapdrop64(MAP, BigInt(i), 16, 8)).toBe(1);
  expect(f.mapdrop64(MAP, 7n, 16, 8)).toBe(0);
  expect(memory.loadInt(MAP)).toBe(1);
});
