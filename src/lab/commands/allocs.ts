/** `allocs`: exact allocations and bytes of one call, or of a whole program, each with its place in the source and the compiler's reason. */
import type { Note } from "../../record/notes.ts";
import { allocationChart, grouped, sentences, sizeText } from "../../views/index.ts";
import { brokenBudgets } from "../budget.ts";
import type { Faults } from "../compile.ts";
import { type Allocated, allocatedBetween, countersOf, mallocsOf, type Measured } from "../measure.ts";
import type { CommandCall } from "../parts.ts";
import { settingsLine } from "../settings.ts";
import { readSubject, type Subject } from "../subject.ts";
import { type Command, CommandError, type Context, flagValue, numberFlag } from "./command.ts";
import { brokenOutput } from "./broken.ts";
import { reportErrors } from "./escape.ts";
import { exitOutput } from "../failure.ts";
import { runSubject } from "./run.ts";

const RUNS = 5;
/** Rows of the table; the record has all. */
const MOST_ROWS = 40;

export const allocs: Command = {
  verb: "allocs",
  group: "run",
  summary: "exact allocations and bytes of one call, or of a program, each with its place and reason",
  syntax: "allocs [-count=n] [-assert=n] [file…] [call]",
  flags: [
    { name: "count", value: "required", metavar: "n", doc: "calls after the first, over which is averaged; 5 if not given" },
    { name: "assert", value: "required", metavar: "n", doc: "fail if one call allocates more often" },
  ],
  maxArgs: 10_000,
  examples: [
    { line: "allocs f(1)", says: "one call of a function of the session, as testing.AllocsPerRun counts" },
    { line: "allocs -assert=0 f(1)", says: "a budget for the call" },
    { line: "allocs main.go", says: "everything that a program allocates" },
  ],
  goEquivalent: "go test -bench=. -benchmem, testing.AllocsPerRun",
  goSource: "testing/allocs.go (AllocsPerRun), runtime/mprof.go",
  run(context, call) {
    const files = call.args.filter((a) => /\.go$|^\.\.?$|^\.{0,2}\//.test(a));
    const text = [...call.args.filter((a) => !files.includes(a)), ...(call.call === undefined ? [] : [call.call])].join(" ");
    const runs = numberFlag(call, "count", 1, RUNS);
    const most = flagValue(call, "assert") === undefined ? undefined : numberFlag(call, "assert", 0, 0);
    const subject = files.length > 0 ? readSubject(context, files) : context.session.subject;
    if (!subject) throw new CommandError("allocs: there is no Go yet", "run a cell with Go first, or name a file: allocs main.go");
    const aside = text === "" && subject.aside;
    const found = aside ? measuredCall(context, context.body ?? "", runs, subject) : text === "" ? wholeProgram(context, subject, call) : measuredCall(context, text, runs, subject);
    if (!found) return;
    show(context, subject, { found, what: aside ? "the cell" : text === "" ? "the program" : text, perCall: text !== "" || aside === true });
    if (most !== undefined && found.allocs > most) {
      const line = `assertion failed: ${text === "" ? "the program" : text} allocates ${grouped(found.allocs)} times, at most ${grouped(most)} are allowed`;
      context.show({ kind: "error", ename: "AssertionFailed", evalue: line, traceback: [line] });
    }
  },
};

/** What a call allocates; undefined if it could not be made, which has then been shown. */
export function measuredCall(context: Context, text: string, runs: number, about?: Subject): Measured | undefined {
  const subject = about ?? context.session.subject;
  if (!subject) throw new CommandError("there is no Go yet", "run a cell with Go first, or name a file: allocs main.go f(1)");
  const measure = (call: string) => context.session.measure(subject, call, context.settings, { runs, show: (o) => context.show(o) });
  const measured = measuredAs(text, measure);
  if ("faults" in measured) {
    reportErrors(context, { ename: measured.faults.ename, lines: measured.faults.lines.map((l) => l.replace(/^\.\/call\.go:\d+:\d+: /, `in the call ${text}: `)) });
    return undefined;
  }
  const failure = exitOutput(measured.exit);
  if (failure) context.show(failure);
  return failure ? undefined : measured;
}

/** Measures a call; the bare name of a function means its call, and a value is no statement. */
function measuredAs(text: string, measure: (call: string) => Measured | { readonly faults: Faults }): Measured | { readonly faults: Faults } {
  if (/^[\w.]+$/.test(text)) {
    const called = measure(`${text}()`);
    if (!("faults" in called) || !called.faults.lines.some((l) => l.includes("cannot call non-function"))) return called;
  }
  const first = measure(text);
  return "faults" in first && first.faults.lines.some((l) => l.endsWith("is not used")) ? measure(`_ = ${text}`) : first;
}

/** Everything that the last run of a program allocated; it is run if it has not been, or if other settings are asked for. */
function wholeProgram(context: Context, subject: Subject, call: CommandCall): Measured | undefined {
  const { session } = context;
  const world = session.world && session.subject === subject && call.settings.length === 0 ? session.world : runSubject(context, subject);
  if (!world) return undefined;
  const { process, exit } = world;
  const allocs = mallocsOf(process);
  return { exit, allocs, bytes: process.memStats().TotalAlloc, places: allocatedBetween(process, new Map(), countersOf(process), 1) };
}

interface Shown {
  readonly found: Measured;
  readonly what: string;
  readonly perCall: boolean;
}

function show(context: Context, subject: Subject, { found, what, perCall }: Shown): void {
  const { notes } = context.session.analyse(subject, { analyse: {}, m: 2, allErrors: false, complete: true });
  const rows = found.places.map((p) => ({ ...p, why: reasonOf(p, notes) }));
  const sentence = perCall ? callText(what, found) : programText(found);
  context.show({ kind: "text", text: sentence }, { schema: "gomem.v1", verb: "allocs", call: what, allocs: found.allocs, bytes: found.bytes, places: rows, settings: settingsLine(context.settings) });
  if (rows.length > 0) {
    const left = rows.length - MOST_ROWS;
    context.show({
      kind: "table",
      title: "",
      columns: ["place", "function", "allocations", "bytes", "why"],
      rows: rows.slice(0, MOST_ROWS).map((r) => [placeText(r), r.func.replace(/^main\.gomemCall$/, "the call"), rounded(r.objects), rounded(r.bytes), r.why]),
      note: `${left > 0 ? `${grouped(left)} more are in the record (-format=json). ` : ""}Bytes are those of size classes. What Go's library allocates is shown where it is called.`,
    });
    context.show(allocationChart(rows.map((r) => ({ label: inLibrary(r) || r.at.line === 0 ? r.func : placeText(r), objects: r.objects, bytes: r.bytes })), { subtitle: settingsLine(context.settings), what: `${what} allocates`, by: "place" }));
  }
  const broken = brokenBudgets(subject.files, notes);
  if (broken.length > 0) context.show(brokenOutput(broken));
}

const callText = (what: string, found: Measured): string =>
  found.allocs === 0 ? `${what} allocates nothing.` : `${what} allocates ${averageText(found)}, ${sizeText(found.bytes)} each time.`;

/** Of a program: what stands in its own text, and what its library and the runtime allocate beside that. */
function programText({ places, allocs, bytes }: Measured): string {
  const own = places.filter((p) => p.at.line > 0 && !inLibrary(p));
  const [objects, size] = [own.reduce((n, p) => n + p.objects, 0), own.reduce((n, p) => n + p.bytes, 0)];
  const rest = `the library and the runtime ${times(allocs - objects)}, ${sizeText(bytes - size)}`;
  return objects === 0 ? `the program allocates nothing itself; ${rest}.` : `the program itself allocates ${times(objects)}, ${sizeText(size)}; ${rest}.`;
}

const inLibrary = ({ at }: Allocated): boolean => at.file.startsWith("/usr/local/go/");

/** How often one call allocates: exact, though testing.AllocsPerRun leaves out fractions. */
function averageText(found: Measured): string {
  const exact = found.places.reduce((n, p) => n + p.objects, 0);
  return Math.abs(exact - found.allocs) < 0.01 ? times(found.allocs) : `${rounded(exact)} times on average (testing.AllocsPerRun: ${found.allocs})`;
}

const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${grouped(n)} times`);

const rounded = (n: number): number => Number(n.toFixed(1));

const placeText = ({ at, ...site }: Allocated): string => (at.line === 0 ? "runtime" : inLibrary({ at, ...site }) ? "library" : at.file === "./call.go" ? "the call" : `${at.file}:${at.line}:${at.col}`);

/** What the compiler said at the very place, or on its line. */
function reasonOf({ at, through }: Allocated, notes: readonly Note[]): string {
  if (through !== undefined && !through.startsWith("internal/runtime.")) return `${through.replace(/\[.*\]/, "")} allocates`;
  const near = notes.filter((n) => (n.kind === "moved" || n.kind === "escapes") && n.at.file === at.file && n.at.line === at.line);
  const exact = near.find((n) => n.at.col === at.col) ?? near[0];
  return exact ? (sentences([exact])[0]?.text ?? "") : "";
}
