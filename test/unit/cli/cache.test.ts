/** The folder of compiled programs: what is found in it, and what is not taken for a program. */
import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheFolder, ProgramCache, trim } from "../../../src/cli/cache.ts";

const fresh = (): string => mkdtempSync(join(tmpdir(), "gomem-cache-"));
const files = [{ name: "./a.go", text: "package main\n" }];
const program = Uint8Array.from({ length: 5000 }, (_, i) => i);
const code = Uint8Array.from({ length: 3000 }, (_, i) => i * 7);
const only = (folder: string): string => join(folder, readdirSync(folder)[0] ?? "");

describe("the folder", () => {
  test.each([
    [{ HOME: "/home/u" }, "linux", "/home/u/.cache/gomem"],
    [{ HOME: "/home/u", XDG_CACHE_HOME: "/c" }, "linux", "/c/gomem"],
    [{ HOME: "/home/u", XDG_CACHE_HOME: "relative" }, "linux", "/home/u/.cache/gomem"],
    [{ HOME: "/Users/u" }, "darwin", "/Users/u/Library/Caches/gomem"],
    [{ HOME: "/home/u", GOMEMCACHE: "/elsewhere" }, "linux", "/elsewhere"],
    [{ HOME: "/home/u", GOMEMCACHE: "off" }, "linux", undefined],
    [{}, "linux", undefined],
  ])("of %j on %s is %s", (env, platform, folder) => expect(cacheFolder(env, platform)).toBe(folder));
});

describe("a program that was kept", () => {
  test("is found by the same files and the same build only", () => {
    const folder = fresh();
    new ProgramCache(folder, "build 1", files).write({ program, code });
    expect(new ProgramCache(folder, "build 1", files).read()).toEqual({ program: Buffer.from(program), code: Buffer.from(code) });
    expect(new ProgramCache(folder, "build 2", files).read()).toBeUndefined();
    expect(new ProgramCache(folder, "build 1", [{ name: "./b.go", text: "package main\n" }]).read()).toBeUndefined();
    expect(new ProgramCache(folder, "build 1", [{ name: "./a.go", text: "package main \n" }]).read()).toBeUndefined();
  });

  test("is none under another program's name, as after a collision of names", () => {
    const folder = fresh();
    const [one, two] = [new ProgramCache(folder, "b", files), new ProgramCache(folder, "b", [{ name: "./a.go", text: "package other\n" }])];
    one.write({ program, code });
    const first = only(folder);
    two.write({ program, code });
    const second = readdirSync(folder).map((n) => join(folder, n)).find((p) => p !== first) ?? "";
    writeFileSync(second, readFileSync(first));
    expect(two.read()).toBeUndefined();
  });

  test("is none once any of its bytes has changed or its end is missing", () => {
    const folder = fresh();
    const cache = new ProgramCache(folder, "b", files);
    cache.write({ program, code });
    const good = readFileSync(only(folder));
    for (let at = 0; at < good.length; at += 97) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 4;
      writeFileSync(only(folder), bad);
      const read = cache.read();
      // A change in the padding changes nothing.
      if (read) expect([read.program, read.code], `byte ${at}`).toEqual([Buffer.from(program), Buffer.from(code)]);
    }
    writeFileSync(only(folder), good.subarray(0, good.length - 100));
    expect(cache.read()).toBeUndefined();
    writeFileSync(only(folder), "something else");
    expect(cache.read()).toBeUndefined();
  });

  test("is written without leaving anything beside it, and only its owner reads it", () => {
    const folder = join(fresh(), "deep", "down");
    new ProgramCache(folder, "b", files).write({ program, code });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(statSync(only(folder)).mode & 0o077).toBe(0);
  });
});

test("a folder that cannot be made is no cache", () => {
  const file = join(fresh(), "file");
  writeFileSync(file, "");
  const cache = new ProgramCache(join(file, "below"), "b", files);
  cache.write({ program, code });
  expect(cache.read()).toBeUndefined();
});

test("a full folder loses the longest unused programs, and nothing that is not ours", () => {
  const folder = fresh();
  for (let i = 0; i < 10; i++) {
    writeFileSync(join(folder, `${i}.program`), "x".repeat(100));
    utimesSync(join(folder, `${i}.program`), 1000 + i, 1000 + i);
  }
  writeFileSync(join(folder, "notes.txt"), "mine");
  trim(folder, { files: 100, bytes: 1000 });
  expect(readdirSync(folder)).toHaveLength(11);
  trim(folder, { files: 8, bytes: 1e6 });
  expect(readdirSync(folder).sort()).toEqual(["4.program", "5.program", "6.program", "7.program", "8.program", "9.program", "notes.txt"]);
  trim(folder, { files: 100, bytes: 500 });
  expect(readdirSync(folder).sort()).toEqual(["7.program", "8.program", "9.program", "notes.txt"]);
});
