/** Settings: Go's names and forms, and words for what cannot be read. */
import { Lab } from "gomem";
import { expect, test } from "vitest";
import { distance, nearest } from "../../../src/lab/nearest.ts";
import { applySetting, defaultSettings, parseSize, settingsFromEnvironment, settingsLine } from "../../../src/lab/settings.ts";

test.each([
  ["GOGC", "50", { gogc: 50 }],
  ["GOGC", "off", { gogc: -1 }],
  ["gogc", "200", { gogc: 200 }],
  ["GOMEMLIMIT", "64MiB", { gomemlimit: 64 * 2 ** 20 }],
  ["GODEBUG", "gctrace=1", { gctrace: true }],
  ["seed", "7", { seed: 7 }],
])("%s=%s is understood", (name, word, change) => {
  expect(applySetting(defaultSettings, name, word)).toEqual({ ...defaultSettings, ...change });
});

test.each([
  ["GOGC", "-5", /GOGC/],
  ["GOMEMLIMIT", "64MB", /64MiB/],
  ["GOMAXPROCS", "4", /not built yet/],
  ["GOGO", "1", /unknown setting/],
])("%s=%s is refused in plain words", (name, word, words) => {
  const answer = applySetting(defaultSettings, name, word);
  expect("problem" in answer && answer.problem).toMatch(words);
});

test("sizes are exact", () => {
  expect([parseSize("64MiB", true), parseSize("1KB", false), parseSize("1KB", true), parseSize("3", true), parseSize("x", false)]).toEqual([67108864, 1000, undefined, 3, undefined]);
});

test("the environment is read, what cannot be read is left alone", () => {
  expect(settingsFromEnvironment({ GOGC: "50", GOMEMLIMIT: "nonsense" })).toEqual({ ...defaultSettings, gogc: 50 });
  expect(settingsLine({ ...defaultSettings, gogc: 50 })).toBe("GOGC=50 seed=1");
});

test("a swapped pair of letters is one edit", () => {
  expect(distance("escpae", "escape")).toBe(1);
  expect(nearest("escpae", ["gc", "escape", "explain"])).toBe("escape");
  expect(nearest("xyz", ["gc", "escape"])).toBeUndefined();
});

test("a memory limit below what the runtime holds itself frees nothing of it and starts no cycle before main", () => {
  const source = 'package main\n\nimport "runtime"\n\nfunc main() {\n\tvar m runtime.MemStats\n\tfor range 2 {\n\t\truntime.ReadMemStats(&m)\n\t\tprintln(m.HeapAlloc > 30_000, m.NumGC < 4)\n\t\truntime.GC()\n\t}\n}\n';
  expect(new Lab().run(source, { gomemlimit: 2 ** 20 }).stderr).toBe("true true\ntrue true\n");
});
