/** `heap`: what is on the heap now, by site, type or size, and how much of it can still be reached. */
import { reachable, tally, type HeapSnapshot } from "../../record/snapshot.ts";
import { allocationChart, grouped, sizeText } from "../../views/index.ts";
import { siteText, typeText } from "../objects.ts";
import { settingsLine } from "../settings.ts";
import { worldOf } from "../world.ts";
import { type Command, flagValue, numberFlag } from "./command.ts";

export const heap: Command = {
  verb: "heap",
  group: "run",
  summary: "what is on the heap now, by site, type or size, and what of it can be reached",
  syntax: "heap [-by=site|type|size] [-top=n] [file…]",
  flags: [
    { name: "by", value: "required", choices: ["site", "type", "size"], doc: "what is counted together; site if not given" },
    { name: "top", value: "required", metavar: "n", doc: "rows; 20 if not given" },
  ],
  maxArgs: 10_000,
  examples: [
    { line: "heap", says: "live objects by the line that allocated them" },
    { line: "heap -by=size -top=5", says: "the five sizes that take most" },
    { line: "heap main.go", says: "what a program leaves at its exit" },
  ],
  goEquivalent: "go tool pprof -inuse_space, runtime/debug.WriteHeapDump",
  goSource: "runtime/mprof.go, runtime/heapdump.go",
  run(context, call) {
    const asked = flagValue(call, "by");
    const by = asked === "type" || asked === "size" ? asked : "site";
    const top = numberFlag(call, "top", 1, 20);
    const world = worldOf(context, call);
    if (!world) return;
    const { process } = world;
    const s = process.heapSnapshot();
    const own = (i: number): boolean => s.site[i] !== 0;
    const live = reachable(s);
    const alive = new Map(tally(s, by, (i) => own(i) && live[i] === true).map((t) => [t.key, t]));
    const rows = merged(tally(s, by, own).map((t) => ({ label: labelOf(by, t.key, process), objects: t.objects, bytes: t.bytes, live: alive.get(t.key)?.bytes ?? 0 })));
    const subtitle = settingsLine(world.settings);
    context.show({ kind: "text", text: sentence(s, rows) }, { schema: "gomem.v1", verb: "heap", by, settings: subtitle, groups: rows });
    if (rows.length === 0) return;
    const left = rows.length - top;
    context.show({
      kind: "table",
      title: "",
      columns: [by === "site" ? "allocated at" : by, "objects", "bytes", "reachable bytes"],
      rows: rows.slice(0, top).map((r) => [r.label, r.objects, r.bytes, r.live]),
      note: `${left > 0 ? `${grouped(left)} more are in the record (-format=json). ` : ""}${NOTES[by]}`,
    });
    context.show(allocationChart(rows.slice(0, Math.max(top, 1)), { subtitle, what: "the heap holds", by: by === "site" ? "place" : by }));
  },
};

interface Row {
  readonly label: string;
  readonly objects: number;
  readonly bytes: number;
  readonly live: number;
}

/** One row for each label: a line that is inlined in several places allocates at several sites. */
function merged(rows: readonly Row[]): Row[] {
  const groups = new Map<string, Row>();
  for (const r of rows) {
    const g = groups.get(r.label);
    groups.set(r.label, g ? { label: r.label, objects: g.objects + r.objects, bytes: g.bytes + r.bytes, live: g.live + r.live } : r);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes);
}

const NOTES = {
  site: "Bytes are those of slots. What Go's library allocated is shown by its function.",
  type: "The heap knows the types of objects above 512 bytes that hold pointers; of others it knows only pointer bits, as in Go.",
  size: "Sizes are those of slots.",
} as const;

function labelOf(by: "site" | "type" | "size", key: number, process: Parameters<typeof siteText>[0]): string {
  if (by === "site") return siteText(process, key);
  return by === "type" ? typeText(process, key) : `${grouped(key)} bytes`;
}

function sentence(s: HeapSnapshot, rows: readonly Row[]): string {
  const objects = rows.reduce((n, r) => n + r.objects, 0);
  const bytes = rows.reduce((n, r) => n + r.bytes, 0);
  const live = rows.reduce((n, r) => n + r.live, 0);
  if (objects === 0) return "The program has nothing on the heap.";
  const garbage = bytes - live;
  return `${grouped(objects)} ${objects === 1 ? "object" : "objects"} of the program ${objects === 1 ? "is" : "are"} on the heap, ${sizeText(bytes)}; ${garbage === 0 ? "all of it can be reached" : `${sizeText(garbage)} of it is garbage that the next collection frees`}. ${s.cycle === 0 ? "No collection has run yet." : ""}`.trimEnd();
}
