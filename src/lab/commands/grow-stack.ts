/** `grow-stack`: each time a stack grew, what was copied and which pointers were adjusted; with -shrink how it gets smaller at collections. */
import { type EventRow, rows } from "../../record/reader.ts";
import { grouped, sizeText, stackGrowthChart } from "../../views/index.ts";
import { settingsLine } from "../settings.ts";
import { worldOf } from "../world.ts";
import { type Command, type Context, hasFlag, numberFlag } from "./command.ts";

type Change = EventRow<"stackGrow">;

const MODEL = "Sizes, copies and adjusted pointers follow Go's rules; the frame sizes of your own functions are a model.";
/** Rows of the table; the chart has all. */
const MOST_ROWS = 60;

export const growStack: Command = {
  verb: "grow-stack",
  group: "run",
  summary: "each growth of a stack: old and new size, bytes copied, pointers adjusted",
  syntax: "grow-stack [-shrink] [-g=n] [file…]",
  flags: [
    { name: "shrink", value: "none", doc: "collect until no stack gets smaller, and show the steps" },
    { name: "g", value: "required", metavar: "n", doc: "only goroutine n" },
  ],
  maxArgs: 10_000,
  examples: [
    { line: "grow-stack", says: "the stacks of the last program" },
    { line: "grow-stack -shrink main.go", says: "run a program, then collect until its stacks are small again" },
  ],
  goEquivalent: "none: Go does not tell",
  goSource: "runtime/stack.go (newstack, copystack, shrinkstack)",
  run(context, call) {
    const only = numberFlag(call, "g", 1, 0);
    const world = worldOf(context, call);
    if (!world) return;
    const { collector, recorder } = world.process;
    if (hasFlag(call, "shrink")) collectUntilSmall(() => collector.collect(), () => rows(recorder.record(), "stackShrink").length);
    const record = recorder.record();
    const wanted = (kind: "stackGrow" | "stackShrink") => rows(record, kind).filter((r) => only === 0 || r.g === only);
    const [grown, shrunk] = [wanted("stackGrow"), wanted("stackShrink")];
    const subtitle = settingsLine(world.settings);
    const data = { schema: "gomem.v1", verb: "grow-stack", settings: subtitle, grown, shrunk } as const;
    context.show({ kind: "text", text: sentence(grown, shrunk) }, data);
    if (grown.length + shrunk.length === 0) return;
    showTable(context, [...grown, ...shrunk].sort((a, b) => a.time - b.time));
    context.show(stackGrowthChart(record, { subtitle }));
  },
};

/** Collects until a collection makes no stack smaller. A stack halves once a cycle, so 20 are enough for 1 GB. */
function collectUntilSmall(collect: () => void, shrunk: () => number): void {
  for (let i = 0, before = -1; i < 20 && shrunk() !== before; i++) {
    before = shrunk();
    collect();
  }
}

function sentence(grown: readonly Change[], shrunk: readonly Change[]): string {
  if (grown.length + shrunk.length === 0) return "No stack grew: 2 KiB were enough for every goroutine.";
  const copied = grown.reduce((n, r) => n + r.copied, 0);
  const largest = Math.max(0, ...grown.map((r) => r.new));
  const up = grown.length === 0 ? "" : `Stacks grew ${times(grown.length)}, to at most ${sizeText(largest)}; ${sizeText(copied)} were copied and ${grouped(grown.reduce((n, r) => n + r.adjusted, 0))} pointers adjusted.`;
  const down = shrunk.length === 0 ? "" : `At collections they shrank ${times(shrunk.length)}, to ${sizeText(shrunk.at(-1)?.new ?? 0)}.`;
  return [up, down].filter((s) => s !== "").join(" ");
}

const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${grouped(n)} times`);

function showTable(context: Context, changes: readonly Change[]): void {
  const shown = changes.slice(0, MOST_ROWS);
  const left = changes.length - shown.length;
  context.show({
    kind: "table",
    title: "",
    columns: ["goroutine", "old size", "new size", "bytes copied", "pointers adjusted", "frames"],
    rows: shown.map((r) => [r.g, sizeText(r.old), sizeText(r.new), r.copied, r.adjusted, r.frames]),
    note: left > 0 ? `${grouped(left)} more are in the record (-format=json). ${MODEL}` : MODEL,
  });
}
