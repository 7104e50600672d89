/**
 * The rules of the house, checked: floors, doors, cycles, forbidden words, budgets, outside packages.
 *
 * The floors are read from the tables of src/README.md, so the map cannot drift from the code.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const map = readFileSync("src/README.md", "utf8");

interface Room {
  readonly path: string;
  readonly floor: number;
}

/** The rooms named in one column of the table whose heading row begins with `heading`; the lowest row is floor 1. */
function roomsOf(heading: string, column: number, prefix: string): Room[] {
  const lines = map.slice(map.indexOf(heading)).split("\n").slice(2);
  const rows = lines.slice(0, lines.findIndex((line) => !line.startsWith("|"))).map((line) => line.split("|")[column] ?? "");
  return rows.flatMap((cell, i) => [...cell.matchAll(/`([^`]+)`/g)].map((m) => ({ path: prefix + m[1], floor: rows.length - i })));
}

const wings = roomsOf("| Floor |", 2, "");
const inner = [...roomsOf("| Inside `compiler`", 1, "src/compiler/"), ...roomsOf("| Inside `compiler`", 2, "src/runtime/")];

const roomOf = (rooms: readonly Room[], file: string): Room | undefined =>
  rooms.filter((r) => file === r.path || file.startsWith(`${r.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];

function filesBelow(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name);
    if (e.isDirectory()) return filesBelow(path);
    return e.name.endsWith(".ts") ? [normalize(path)] : [];
  });
}

const sources = ["src", "kernel"].flatMap(filesBelow);
const text = new Map(sources.map((f) => [f, readFileSync(f, "utf8")]));

interface Import {
  readonly from: string;
  readonly line: number;
  readonly to: string;
  readonly typeOnly: boolean;
}

const importPattern = /^(?:import|export)\s+(type\s+)?(?:[^"'`;]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;

const everyImport: Import[] = sources.flatMap((from) => {
  const source = text.get(from) ?? "";
  return [...source.matchAll(importPattern)].map((m) => ({
    from,
    line: source.slice(0, m.index).split("\n").length,
    to: m[2] ?? m[3] ?? "",
    typeOnly: m[1] !== undefined,
  }));
});
const ours = everyImport.filter((i) => i.to.startsWith(".")).map((i) => ({ ...i, to: normalize(join(dirname(i.from), i.to)) }));

/** Why an import breaks the floors, or undefined. */
function fault({ from, to }: Import): string | undefined {
  const [a, b] = [roomOf(wings, from), roomOf(wings, to)];
  if (!a || !b) return "one of them stands in no room of the map";
  if (a.path !== b.path) {
    if (b.floor >= a.floor) return `${a.path} stands on floor ${a.floor}, ${b.path} on ${b.floor}`;
    const isDoor = b.floor <= 3 || to === b.path || to === `${b.path}/index.ts`;
    return isDoor ? undefined : `enter ${b.path} by its index.ts`;
  }
  if (to === `${a.path}/index.ts` && from !== to) return "a room does not import its own door";
  return innerFault(a, from, to);
}

function innerFault(wing: Room, from: string, to: string): string | undefined {
  const [x, y] = [roomOf(inner, from), roomOf(inner, to)];
  if (!x || !y || x.path === y.path) return undefined;
  const top = Math.max(...inner.filter((r) => r.path.startsWith(wing.path)).map((r) => r.floor));
  if (x.floor === top && y.floor === top) return undefined;
  if (y.floor >= x.floor) return `inside ${wing.path}, ${y.path} does not lie below ${x.path}`;
  const isDoor = y.path.endsWith(".ts") || to === `${y.path}/index.ts` || isSeam(to);
  return isDoor ? undefined : `enter ${y.path} by its index.ts`;
}

/** Files that hold only the data types of a room; reading them by `import type` needs no door. */
const isSeam = (file: string) => /\/(ast|type|facts|node)\.ts$/.test(file);

const say = (i: Import, why: string) => `${i.from}:${i.line} imports ${i.to}: ${why}`;

/** Chains of imports at run time that come back to where they began. */
function cycles(list: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const i of list) if (!i.typeOnly) next.set(i.from, [...(next.get(i.from) ?? []), i.to]);
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    state.set(file, "open");
    path.push(file);
    for (const to of next.get(file) ?? []) visit(to);
    path.pop();
    state.set(file, "done");
  };
  for (const file of next.keys()) visit(file);
  return found;
}

/** The text with comments and the insides of strings blanked, so that words are looked for in code only. */
const code = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, (m) => m.replace(/[^\n]/g, " "));

const offenders = (pattern: RegExp, files: readonly string[] = sources) => files.filter((f) => pattern.test(code(text.get(f) ?? "")));

/** Outside packages and the only places that may reach for them. */
const outside: Readonly<Record<string, RegExp>> = {
  zeromq: /^kernel\/sockets\.ts$/,
  "@jupyterlab/services": /^kernel\//,
  "ohm-js": /^src\/(compiler\/syntax\/|lab\/cell\.ts)/,
  yargs: /^src\/cli\//,
  vega: /^src\/views\/svg\.ts$/,
  "vega-lite": /^src\/views\/svg\.ts$/,
};

describe("the house", () => {
  test("imports go down a floor and enter by a door", () => {
    expect(ours.flatMap((i) => [fault(i)].flatMap((why) => (why === undefined ? [] : [say(i, why)])))).toEqual([]);
  });

  test("the compiler and the runtime never import each other", () => {
    const crossing = (a: string, b: string) => ours.filter((i) => i.from.startsWith(a) && i.to.startsWith(b)).map((i) => say(i, "the pillars never meet"));
    expect([...crossing("src/compiler/", "src/runtime"), ...crossing("src/runtime/", "src/compiler")]).toEqual([]);
  });

  test("nothing imports in a circle at run time", () => {
    expect(cycles(ours)).toEqual([]);
  });

  test("outside packages are reached from their one place", () => {
    const strangers = everyImport.filter((i) => !i.to.startsWith(".") && !i.to.startsWith("node:") && !i.typeOnly);
    const name = (to: string) => (to.startsWith("@") ? to.split("/").slice(0, 2).join("/") : (to.split("/")[0] ?? ""));
    expect(strangers.filter((i) => !outside[name(i.to)]?.test(i.from)).map((i) => say(i, "not its place"))).toEqual([]);
  });

  test("every file says in its head what it is for", () => {
    expect(sources.filter((f) => !/^(#![^\n]*\n)?\/\*\*/.test(text.get(f) ?? ""))).toEqual([]);
  });

  test("no any, enum, default export or silenced error", () => {
    expect(offenders(/\bany\b(?!\s*[(:=])|\benum\b|export default/)).toEqual([]);
    expect(sources.filter((f) => /@ts-(ignore|expect-error|nocheck)/.test(text.get(f) ?? ""))).toEqual([]);
  });

  test("clocks and chance stay in the two doors", () => {
    const inside = sources.filter((f) => !/^(kernel|src\/cli)\//.test(f));
    expect(offenders(/Math\.random|\bDate\b|performance\.|setTimeout|setInterval/, inside)).toEqual([]);
  });

  test("host arithmetic that differs between machines is not used", () => {
    const inside = sources.filter((f) => !/^(kernel|src\/cli|src\/views)\//.test(f));
    expect(offenders(/Math\.(sin|cos|tan|exp|log|pow|cbrt|hypot|atan|sinh|cosh|tanh)\w*|\bIntl\b|toLocale/, inside)).toEqual([]);
  });

  test("a file has at most 600 lines", () => {
    expect(sources.filter((f) => (text.get(f) ?? "").split("\n").length > 600)).toEqual([]);
  });
});
