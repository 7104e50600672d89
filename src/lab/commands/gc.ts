/** `gc`: forces a collection in the live state and shows what the collector has done since the program began. */
import type { EventRecord } from "../../record/recorder.ts";
import { rows } from "../../record/reader.ts";
import { gctraceLine, grouped, heapChart, pausesChart, sizeText } from "../../views/index.ts";
import { settingsLine } from "../settings.ts";
import { worldOf } from "../world.ts";
import { type Command, numberFlag } from "./command.ts";

export const gc: Command = {
  verb: "gc",
  group: "run",
  summary: "force a collection in the live state; its gctrace line, the heap over time, the pauses",
  syntax: "gc [-n=k] [file…]",
  flags: [{ name: "n", value: "required", metavar: "k", doc: "so many collections, one after another" }],
  maxArgs: 10_000,
  examples: [
    { line: "gc", says: "a collection exactly here" },
    { line: "gc main.go", says: "run a program, then collect what it left" },
    { line: "GOGC=25 gc", says: "the last program again, with less room to grow" },
  ],
  goEquivalent: "GODEBUG=gctrace=1 ./program, with a call of runtime.GC()",
  goSource: "runtime/mgc.go",
  run(context, call) {
    const times = numberFlag(call, "n", 1, 1);
    const world = worldOf(context, call);
    if (!world) return;
    const { collector, recorder } = world.process;
    for (let i = 0; i < times; i++) collector.collect();
    const record = recorder.record();
    const forced = collector.cycles.slice(-times);
    const subtitle = settingsLine(world.settings);
    const text = [...forced.map(gctraceLine), freedText(record, forced.length), earlierText(collector.cycles.length - times)].filter((l) => l !== "").join("\n");
    context.show({ kind: "text", text }, { schema: "gomem.v1", verb: "gc", settings: subtitle, cycles: collector.cycles, hash: recorder.hash() });
    const limit = world.settings.gomemlimit;
    context.show(heapChart(record, { subtitle, ...(Number.isFinite(limit) ? { limit } : {}) }));
    context.show(pausesChart(record, { subtitle }));
  },
};

/** What the last collections freed, in words. */
function freedText(record: EventRecord, times: number): string {
  const swept = rows(record, "gcSwept").slice(-times);
  const [bytes, objects] = [swept.reduce((n, s) => n + s.freedBytes, 0), swept.reduce((n, s) => n + s.freedObjects, 0)];
  const marked = rows(record, "gcEnd").at(-1)?.marked ?? 0;
  return `freed ${grouped(objects)} ${objects === 1 ? "object" : "objects"}, ${sizeText(bytes)}; ${sizeText(marked)} can still be reached`;
}

const earlierText = (earlier: number): string => (earlier > 0 ? `before that the program had caused ${grouped(earlier)} ${earlier === 1 ? "collection" : "collections"}` : "");
