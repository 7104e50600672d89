/** Arrays of every shape, in a slot with a header or in pieces of 128 KiB, are marked in WebAssembly as the reference loop marks them. */
import { expect, it } from "vitest";
import { Random } from "../../../../src/base/random.ts";
import { newLab } from "./lab.ts";

/** Element's bytes and pointer words; elements in the array. */
const ARRAYS: readonly (readonly [size: number, words: readonly number[], n: number])[] = [
  [8, [0], 80], [8, [0], 4000], [8, [0], 50_000], [16, [0], 17_000], [16, [1], 100], [24, [0, 2], 40], [24, [1], 16_385], [40, [3], 9000], [136, [2, 4, 6, 16], 128],
  [520, [0, 63, 64], 2], [1000, [5, 63, 64, 124], 300], [4096, [0, 511], 70], [200_000, [1, 100, 16_383, 16_384, 24_999], 2], [72, [8], 3000],
];

it("marks the same objects for the same work", () => {
  const results = [false, true].map((wasm) => {
    const lab = newLab({ wasm });
    const random = new Random(3);
    const works: number[] = [];
    for (const [size, words, n] of ARRAYS) {
      const at = lab.malloc.allocate(size * n, lab.type(size, words));
      lab.memory.storePtr(lab.global(), at);
      for (let i = 0; i < n; i++) {
        for (const w of words) if (random.below(3) === 0) lab.memory.storePtr(at + i * size + w * 8, lab.malloc.allocate(8 + random.below(60), 0));
        // What is no pointer word must not keep anything alive.
        if (!words.includes(0) || size > 8) lab.malloc.allocate(32, 0);
      }
      lab.collector.collect();
      works.push(lab.collector.cycles.at(-1)?.heapScanWork ?? 0);
    }
    const { marked, objects } = { marked: lab.collector.cycles.map((c) => c.heapMarked), objects: lab.recorder.hash() };
    return { works, marked, objects };
  });
  expect(results[1]).toEqual(results[0]);
  const whole = results[0]?.works.at(-1) ?? 0;
  expect(whole).toBeGreaterThan(2_000_000);
});
