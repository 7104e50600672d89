/** `sweep`: the same program once for each combination of settings; a table and the trade-off between memory and the collector's work. */
import { rows } from "../../record/reader.ts";
import { grouped, sizeText, tradeOffChart } from "../../views/index.ts";
import { applySetting, type Settings, settingDefs } from "../settings.ts";
import { readSubject } from "../subject.ts";
import { nearest } from "../nearest.ts";
import { type Command, CommandError } from "./command.ts";
import { exitOutput } from "../failure.ts";
import { reportErrors } from "./escape.ts";

/** Most runs of one grid. */
const MOST = 400;

/** What one run cost. */
interface Run {
  readonly settings: string;
  readonly cycles: number;
  readonly peak: number;
  /** Share of the time that went into collections, in percent. */
  readonly share: number;
  readonly pause: number;
  readonly nanos: number;
}

export const sweep: Command = {
  verb: "sweep",
  group: "experiment",
  summary: "one run for each combination of settings: collections, memory, pauses, the trade-off",
  syntax: "sweep NAME=a,b,c… NAME=lo..hi*2… [file…]",
  flags: [],
  maxArgs: 10_000,
  examples: [
    { line: "sweep GOGC=25,50,100,200,off main.go", says: "five runs of a program" },
    { line: "sweep GOGC=50..400*2 GOMEMLIMIT=off,64MiB", says: "a grid over the last program" },
  ],
  goEquivalent: "GOGC=50 ./program, again and again",
  goSource: "runtime/mgcpacer.go",
  run(context, call) {
    const axes = call.args.filter((a) => /^\w+=/.test(a));
    const files = call.args.filter((a) => !/^\w+=/.test(a));
    if (axes.length === 0) throw new CommandError("sweep: no setting to vary", "sweep GOGC=25,50,100,200,off");
    const grid = axes.reduce<readonly { readonly settings: Settings; readonly words: readonly string[] }[]>(
      (all, axis) => all.flatMap(({ settings, words }) => valuesOf(axis).map((value) => ({ settings: changed(settings, axis, value), words: [...words, `${nameOf(axis)}=${value}`] }))),
      [{ settings: context.settings, words: [] }],
    );
    if (grid.length > MOST) throw new CommandError(`sweep: more runs than can be waited for, at most ${MOST} are made`, "sweep GOGC=25..400*2");
    const subject = files.length > 0 ? readSubject(context, files) : context.session.subject;
    if (!subject) throw new CommandError("sweep: there is no Go yet", "run a cell with Go first, or name a file: sweep GOGC=50,100 main.go");
    const runs: Run[] = [];
    let output: string | undefined;
    for (const { settings, words } of grid) {
      let text = "";
      const world = context.session.run(subject, settings, (o) => (text += o.kind === "stream" && o.name === "stdout" ? o.text : ""));
      if ("faults" in world) return void reportErrors(context, world.faults);
      const failure = exitOutput(world.exit);
      if (failure) {
        context.show({ kind: "text", text: `with ${words.join(" ")}:` });
        return context.show(failure);
      }
      if (output !== undefined && output !== text) context.show({ kind: "stream", name: "stderr", text: `gomem: with ${words.join(" ")} the program prints something else\n` });
      output ??= text;
      const { process } = world;
      const record = process.recorder.record();
      const peak = rows(record, "heap").reduce((n, h) => Math.max(n, h.live), process.memStats().HeapAlloc);
      runs.push({
        settings: words.join(" "), cycles: process.collector.cycles.length, peak, share: Math.round(process.collector.gcFraction * 1000) / 10,
        pause: rows(record, "pause").reduce((n, p) => Math.max(n, p.nanos), 0), nanos: process.now(),
      });
    }
    const least = runs.reduce((a, b) => (b.share < a.share ? b : a));
    context.show({ kind: "text", text: `${grouped(runs.length)} runs; least work for the collector with ${least.settings}: ${least.cycles} collections, at most ${sizeText(least.peak)} live.` }, { schema: "gomem.v1", verb: "sweep", runs });
    context.show({
      kind: "table",
      title: "",
      columns: ["settings", "collections", "peak heap", "GC CPU", "longest pause", "time"],
      rows: runs.map((r) => [r.settings, r.cycles, sizeText(r.peak), `${r.share} %`, `${grouped(Math.round(r.pause / 100) / 10)} µs`, `${grouped(Math.round(r.nanos / 1000))} µs`]),
      note: "Times are the cost model's. Runs are exact: the same settings give the same numbers.",
    });
    context.show(tradeOffChart(runs, { subtitle: `seed=${context.settings.seed}` }));
  },
};

const nameOf = (axis: string): string => axis.slice(0, axis.indexOf("="));

/** `25,50,off`, or a range `25..400*2`, `1..9`, `0..100+10`. */
function valuesOf(axis: string): string[] {
  return axis.slice(axis.indexOf("=") + 1).split(",").flatMap((word) => {
    const [, low, high, op = "+", by = "1"] = /^(\d+)\.\.(\d+)(?:([*+])(\d+))?$/.exec(word) ?? [];
    if (low === undefined || high === undefined) return [word];
    const values: string[] = [];
    const next = (n: number): number => (op === "*" ? n * Number(by) : n + Number(by));
    for (let n = Number(low); n <= Number(high) && values.length <= MOST && next(n) > n; n = next(n)) values.push(String(n));
    return values;
  });
}

function changed(settings: Settings, axis: string, value: string): Settings {
  const name = nameOf(axis);
  const made = applySetting(settings, name, value);
  if (!("problem" in made)) return made;
  const near = nearest(name, settingDefs.map((d) => d.name));
  throw new CommandError(`sweep: ${made.problem}`, near === undefined ? "help set" : `sweep ${near}=…`);
}
