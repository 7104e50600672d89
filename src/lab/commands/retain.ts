/** `retain`: why an object is alive (the shortest way from a root), and what it alone keeps alive. */
import { dominators, type HeapSnapshot, objectAt, rootPath } from "../../record/snapshot.ts";
import { allocationChart, grouped, sizeText } from "../../views/index.ts";
import { nearest } from "../nearest.ts";
import { objectText, siteText } from "../objects.ts";
import { settingsLine } from "../settings.ts";
import { worldOf } from "../world.ts";
import { type Command, CommandError } from "./command.ts";

export const retain: Command = {
  verb: "retain",
  group: "run",
  summary: "why something is alive: the shortest way from a root, and what it alone keeps",
  syntax: "retain variable | 0xaddress [file…]",
  flags: [],
  maxArgs: 10,
  examples: [
    { line: "retain cache", says: "what a package variable, or a variable of a cell, keeps alive" },
    { line: "retain 0xc000014070", says: "why the object at an address is alive" },
  ],
  goEquivalent: "viewcore, or a heap dump with an analyser",
  goSource: "runtime/heapdump.go",
  run(context, call) {
    const [target = ""] = call.args.filter((a) => !a.endsWith(".go"));
    if (target === "") throw new CommandError("retain: a variable or an address is needed", "retain x");
    const world = worldOf(context, { ...call, args: call.args.filter((a) => a.endsWith(".go")) });
    if (!world) return;
    const { process } = world;
    const s = process.heapSnapshot();
    const found = objectsOf(s, target, (a) => addressOf(process, a));
    const d = dominators(s);
    const subtitle = settingsLine(world.settings);
    const bytes = found.reduce((n, i) => n + (d.retained[i] ?? 0), 0);
    const below = kept(s, d.parent, new Set(found));
    const lines = found.slice(0, 4).flatMap((i) => pathLines(s, i, (o) => objectText(process, s, o)));
    const record = { schema: "gomem.v1", verb: "retain", target, retained: bytes, objects: below.length, roots: found.map((i) => rootPath(s, i)) } as const;
    context.show({ kind: "text", text: [`${target} alone keeps ${grouped(below.length)} ${below.length === 1 ? "object" : "objects"} alive, ${sizeText(bytes)}.`, ...lines].join("\n") }, record);
    const groups = bySite(s, below, (site) => siteText(process, site));
    if (groups.length > 0) context.show(allocationChart(groups, { subtitle, what: `${target} keeps alive`, by: "place" }));
  },
};

/** Where an address that the program prints lies in memory. */
function addressOf(process: { visible(address: number): bigint }, shown: bigint): number {
  return Number(shown - (process.visible(65_536) - 65_536n));
}

/** The objects that a variable points to, or the one at an address. */
function objectsOf(s: HeapSnapshot, target: string, address: (shown: bigint) => number): number[] {
  if (/^0x[0-9a-f]+$/i.test(target)) {
    const at = objectAt(s, address(BigInt(target)));
    if (at < 0) throw new CommandError(`retain: no object of the heap lies at ${target}`, "heap");
    return [at];
  }
  const named = (name: string): string => name.replace(/^main\./, "").replace(/\u00b7\d+$|\xc2\xb7\d+$/, "");
  const names = [...new Set(s.roots.filter((r) => r.kind === "global").map((r) => r.name))].filter((n) => named(n) === target || n === target);
  // The newest variable of that name: cells may have declared it again.
  const newest = names.at(-1);
  const found = [...new Set(s.roots.filter((r) => r.kind === "global" && r.name === newest).map((r) => r.to))];
  if (found.length > 0) return found;
  const near = nearest(target, s.roots.flatMap((r) => (r.kind === "global" && r.name.startsWith("main.") ? [named(r.name)] : [])));
  throw new CommandError(`retain: no variable ${target} points into the heap`, near === undefined ? "heap" : `retain ${near}`);
}

/** The shortest way from a root to an object, one line for each step. */
function pathLines(s: HeapSnapshot, object: number, text: (object: number) => string): string[] {
  const path = rootPath(s, object);
  if (!path) return [`${text(object)}`, "  nothing reaches it: the next collection frees it"];
  const { kind, name } = path.root;
  const root = kind === "global" ? `variable ${name}` : kind === "stack" ? `the stack of ${name}` : "the runtime";
  return [root, ...path.objects.map((o) => `  → ${text(o)}`)];
}

/** The objects that `own` dominate, themselves among them. */
function kept(s: HeapSnapshot, parent: readonly number[], own: ReadonlySet<number>): number[] {
  const inside = new Map<number, boolean>();
  const isInside = (i: number): boolean => {
    const chain: number[] = [];
    let at = i;
    while (at >= 0 && !own.has(at) && !inside.has(at)) {
      chain.push(at);
      at = parent[at] ?? -1;
    }
    const answer = own.has(at) || inside.get(at) === true;
    for (const c of chain) inside.set(c, answer);
    return answer;
  };
  return s.addr.flatMap((_, i) => (isInside(i) ? [i] : []));
}

function bySite(s: HeapSnapshot, objects: readonly number[], label: (site: number) => string): { label: string; objects: number; bytes: number }[] {
  const groups = new Map<string, { label: string; objects: number; bytes: number }>();
  for (const i of objects) {
    const name = label(s.site[i] ?? 0);
    const g = groups.get(name) ?? { label: name, objects: 0, bytes: 0 };
    groups.set(name, { ...g, objects: g.objects + 1, bytes: g.bytes + (s.size[i] ?? 0) });
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || (a.label < b.label ? -1 : 1));
}
