import { expect, test } from "vitest";
import { SnapshotRoom } from "../../../src/runtime/snapshot.ts";

const PIECE = 65536;
const filled = (n: number, size = PIECE): Uint8Array => new Uint8Array(size).fill(n);

test("a piece that is as it was is not copied again, one that is not is copied into the same room", () => {
  const room = new SnapshotRoom();
  const first = room.keep(0, filled(1));
  room.taken();
  room.give(0, first);
  const set = first.set.bind(first);
  let copied = 0;
  first.set = (...args) => { copied++; set(...args); };
  const second = room.keep(0, filled(1));
  expect([second === first, copied]).toEqual([true, 0]);
  room.taken();
  room.give(0, second);
  expect([room.keep(0, filled(2)) === first, copied, first[PIECE - 1]]).toEqual([true, 1, 2]);
});

test("two snapshots of one address do not share a room", () => {
  const room = new SnapshotRoom();
  const [one, two] = [room.keep(0, filled(1)), room.keep(0, filled(1))];
  room.taken();
  room.give(0, one);
  room.give(0, two);
  const kept = [room.keep(0, filled(3)), room.keep(0, filled(4))];
  expect(kept.map((k) => k[0])).toEqual([3, 4]);
});

test("what was released at one address is used for another", () => {
  const room = new SnapshotRoom();
  const rooms = new Set(Array.from({ length: 40 }, (_, i) => room.keep(i * PIECE, filled(1))));
  room.taken();
  [...rooms].forEach((r, i) => room.give(i * PIECE, r));
  room.keep(99 * PIECE, filled(5));
  room.taken();
  const again = Array.from({ length: 40 }, (_, i) => room.keep((100 + i) * PIECE, filled(6)));
  expect(again.filter((r) => rooms.has(r)).length).toBeGreaterThan(30);
  expect(new Set(again).size).toBe(40);
});

test("a short piece is compared as far as it goes", () => {
  const room = new SnapshotRoom();
  const first = room.keep(0, filled(1));
  room.give(0, first);
  expect(room.keep(0, filled(1, 100))).toBe(first);
  room.give(0, first);
  expect([...room.keep(0, filled(2, 3)).subarray(0, 4)]).toEqual([2, 2, 2, 1]);
});
