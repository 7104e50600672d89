/**
 * `assert`: a budget on a line of its own. One that fails ends the cell, and the shell with exit code 3; it undoes nothing.
 *
 * What can be asked is one table: of the compiler (`stays(x)`, `inlines(f)`, `cost(f)`), of a call (`allocs(f(1))`, `bytes(f(1))`) and of the
 * live state (`gcs`, `heap`, `pause.p99` …).
 */
import type { Note } from "../../record/notes.ts";
import { rows } from "../../record/reader.ts";
import { grouped, sizeText } from "../../views/index.ts";
import { sentences } from "../../views/index.ts";
import { compilerFlags } from "../gcflags.ts";
import { measuredCall } from "./allocs.ts";
import { nearest } from "../nearest.ts";
import type { CommandCall } from "../parts.ts";
import { parseSize } from "../settings.ts";
import { readSubject, type Subject, subjectOf } from "../subject.ts";
import { filesOf } from "../texts.ts";
import { worldOf } from "../world.ts";
import { type Command, CommandError, type Context } from "./command.ts";

/** What a quantity is measured in. */
type Unit = "count" | "bytes" | "ns" | "truth";

/** A value, and what to say of it. */
interface Found {
  readonly value: number;
  readonly says?: string;
}

interface Quantity {
  readonly unit: Unit;
  /** How it is written. */
  readonly form: string;
  readonly doc: string;
  /** undefined: something was shown that ends the command. */
  readonly find: (context: Context, argument: string, call: CommandCall) => Found | undefined;
}

const compiler = (find: (notes: Notes, name: string, subject: Subject) => Found) => (context: Context, argument: string, call: CommandCall): Found | undefined => {
  const { subject } = subjectOf(context, call);
  return find(notesOf(context, subject, call), argument, subject);
};

const state = (find: (world: NonNullable<ReturnType<typeof worldOf>>) => number) => (context: Context, _argument: string, call: CommandCall): Found | undefined => {
  const world = worldOf(context, { ...call, args: call.args.filter((a) => a.endsWith(".go")) });
  return world && { value: find(world) };
};

const pauses = (at: number) =>
  state(({ process }) => {
    const all = rows(process.recorder.record(), "pause").map((p) => p.nanos).sort((a, b) => a - b);
    return all[Math.min(all.length - 1, Math.ceil(all.length * at) - 1)] ?? 0;
  });

/** Everything that can be asked. */
export const quantities: Readonly<Record<string, Quantity>> = {
  stays: { unit: "truth", form: "stays(x)", doc: "nothing called x is moved to the heap or escapes", find: compiler((notes, name, subject) => heapNote(notes, name, subject, false)) },
  escapes: { unit: "truth", form: "escapes(x)", doc: "x is moved to the heap or escapes", find: compiler((notes, name, subject) => heapNote(notes, name, subject, true)) },
  inlines: {
    unit: "truth", form: "inlines(f)", doc: "f can be inlined",
    find: compiler((notes, name) => {
      const refused = judged(notes, name).find((n) => n.kind === "cannotInline");
      return { value: judged(notes, name).some((n) => n.kind === "canInline") ? 1 : 0, ...(refused?.kind === "cannotInline" ? { says: `${name} cannot be inlined: ${refused.reason}` } : {}) };
    }),
  },
  cost: {
    unit: "count", form: "cost(f) <= 80", doc: "what inlining f costs",
    find: compiler((notes, name) => {
      const [first] = judged(notes, name);
      const cost = first?.kind === "canInline" ? first.cost : Number(first?.kind === "cannotInline" ? (/cost (\d+)/.exec(first.reason)?.[1] ?? Number.NaN) : Number.NaN);
      return Number.isNaN(cost) ? { value: Number.POSITIVE_INFINITY, says: first?.kind === "cannotInline" ? `${name} cannot be inlined at any cost: ${first.reason}` : `no cost of ${name} is known` } : { value: cost };
    }),
  },
  allocs: { unit: "count", form: "allocs(f(1)) == 0", doc: "allocations of one call", find: (context, argument, call) => measured(context, argument, call, "allocs") },
  bytes: { unit: "bytes", form: "bytes(f(1)) < 1KiB", doc: "bytes that one call allocates", find: (context, argument, call) => measured(context, argument, call, "bytes") },
  gcs: { unit: "count", form: "gcs <= 3", doc: "collections so far", find: state((w) => w.process.collector.cycles.length) },
  heap: { unit: "bytes", form: "heap < 4MiB", doc: "bytes of live objects", find: state((w) => w.process.memStats().HeapAlloc) },
  mallocs: { unit: "count", form: "mallocs < 1000", doc: "objects allocated so far", find: state((w) => w.process.memStats().Mallocs) },
  total: { unit: "bytes", form: "total < 1MiB", doc: "bytes allocated so far", find: state((w) => w.process.memStats().TotalAlloc) },
  goroutines: { unit: "count", form: "goroutines == 1", doc: "goroutines that exist", find: state((w) => w.process.goroutines().length) },
  "pause.max": { unit: "ns", form: "pause.max < 1ms", doc: "longest stop of the world", find: pauses(1) },
  "pause.p99": { unit: "ns", form: "pause.p99 < 100us", doc: "99 of 100 stops are shorter", find: pauses(0.99) },
  "pause.p50": { unit: "ns", form: "pause.p50 < 50us", doc: "the middle one of all stops", find: pauses(0.5) },
};

export const assert: Command = {
  verb: "assert",
  group: "experiment",
  summary: "a budget: one that fails ends the cell, and the shell with exit code 3",
  syntax: "assert quantity [== != < <= > >= value] [file…]",
  flags: [],
  maxArgs: 10_000,
  examples: [
    { line: "assert allocs(f(1)) == 0", says: "a call allocates nothing" },
    { line: "assert stays(x)", says: "x is not on the heap" },
    { line: "assert inlines(f) main.go", says: "a function of a file can be inlined" },
    { line: "assert pause.p99 < 100us", says: "stops of the world are short" },
  ],
  goEquivalent: "testing.AllocsPerRun in a test",
  goSource: "testing/allocs.go (AllocsPerRun)",
  run(context, call) {
    const files = call.args.filter((a) => a.endsWith(".go"));
    const text = [...call.args.filter((a) => !a.endsWith(".go")), ...(call.call === undefined ? [] : [call.call])].join(" ");
    const { not, name, argument, op, wanted } = parse(text);
    const quantity = quantities[name];
    if (!quantity) throw new CommandError(`assert: unknown quantity ${name}`, `assert ${quantities[nearest(name, Object.keys(quantities)) ?? "stays"]?.form ?? ""}`);
    if (argument === undefined && quantity.form.includes("(")) throw new CommandError(`assert: ${name} needs an argument`, `assert ${quantity.form}`);
    if (quantity.unit !== "truth" && op === undefined) throw new CommandError(`assert: ${name} needs a comparison`, `assert ${quantity.form}`);
    if (quantity.unit === "truth" && op !== undefined) throw new CommandError(`assert: ${name} is true or false`, `assert ${quantity.form}`);
    const limit = wanted === undefined ? 1 : valueOf(wanted, quantity);
    const found = quantity.find(context, argument ?? "", { ...call, args: files });
    if (!found) return;
    const holds = quantity.unit === "truth" ? (found.value === 1) !== not : compare(found.value, op ?? "==", limit);
    const shown = quantity.unit === "truth" ? "" : `${text.replace(/\s*(==|!=|<=|>=|<|>).*$/, "")} is ${unitText(found.value, quantity.unit)}`;
    const line = holds ? `ok: ${text}${shown === "" || op === "==" ? "" : ` (${shown})`}` : `assertion failed: ${text}${shown === "" ? "" : `: ${shown}`}${found.says === undefined ? "" : `\n\t${found.says}`}`;
    const record = { schema: "gomem.v1", verb: "assert", assertion: text, holds, value: found.value } as const;
    if (holds) context.show({ kind: "text", text: line }, record);
    else context.show({ kind: "error", ename: "AssertionFailed", evalue: line.split("\n")[0] ?? "", traceback: line.split("\n") }, record);
  },
};

interface Parsed {
  readonly not: boolean;
  readonly name: string;
  readonly argument: string | undefined;
  readonly op: string | undefined;
  readonly wanted: string | undefined;
}

function parse(text: string): Parsed {
  const m = /^(!)?\s*([\w.]+)\s*(?:\((.*)\))?\s*(?:(==|!=|<=|>=|<|>)\s*(\S+))?$/s.exec(text.trim());
  if (!m) throw new CommandError(text.trim() === "" ? "assert: nothing to hold" : `assert: can't read ${text}`, "assert stays(x)");
  return { not: m[1] !== undefined, name: m[2] ?? "", argument: m[3], op: m[4], wanted: m[5] };
}

const NANOS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, "µs": 1e3, ms: 1e6, s: 1e9 };

function valueOf(word: string, { unit, form }: Quantity): number {
  const bad = (): never => {
    throw new CommandError(`assert: ${JSON.stringify(word)} is no ${unit === "bytes" ? "size" : unit === "ns" ? "duration" : "number"}`, `assert ${form}`);
  };
  if (unit === "bytes") return parseSize(word, false) ?? bad();
  const [, number = "", suffix = ""] = /^(\d+(?:\.\d+)?)(\S*)$/.exec(word) ?? [];
  const scale = unit === "ns" ? NANOS[suffix] : suffix === "" ? 1 : undefined;
  return number === "" || scale === undefined ? bad() : Number(number) * scale;
}

function compare(a: number, op: string, b: number): boolean {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function unitText(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return "unknown";
  if (unit === "bytes") return sizeText(value);
  return unit === "ns" ? `${grouped(value)} ns` : grouped(value);
}

function notesOf(context: Context, subject: Subject, call: CommandCall): readonly Note[] {
  const analysis = context.session.analyse(subject, { ...compilerFlags({ ...call, flags: [] }), m: 2 });
  const [error] = analysis.errors?.lines.filter((l) => !l.startsWith("#")) ?? [];
  if (error !== undefined) throw new CommandError(`assert: the program has errors: ${error}`);
  return analysis.notes;
}

type Notes = readonly Note[];

/** Whether something by that name is on the heap; a name that the program does not have is a mistake. */
function heapNote(notes: Notes, name: string, subject: Subject, wanted: boolean): Found {
  const about = notes.filter((n) => (n.kind === "moved" && n.name === name) || ((n.kind === "escapes" || n.kind === "stays") && n.expr === name) || (n.kind === "leaks" && n.param === name));
  if (about.length === 0 && /^\w+$/.test(name) && !filesOf(subject).some((f) => new RegExp(`\\b${name}\\b`).test(f.text))) {
    const near = nearest(name, [...new Set(filesOf(subject).flatMap((f) => f.text.match(/\b[A-Za-z_]\w*/g) ?? []))]);
    throw new CommandError(`assert: the program has no ${name}`, near && `assert ${wanted ? "escapes" : "stays"}(${near})`);
  }
  const heap = about.find((n) => n.kind === "moved" || n.kind === "escapes");
  const says = heap ? `${heap.at.file}:${heap.at.line}:${heap.at.col}: ${sentences([heap])[0]?.text ?? ""}` : undefined;
  return { value: (heap !== undefined) === wanted ? 1 : 0, ...(says === undefined ? {} : { says }) };
}

function judged(notes: Notes, name: string) {
  const found = notes.filter((n) => (n.kind === "canInline" || n.kind === "cannotInline") && n.func === name);
  if (found.length > 0) return found;
  const near = nearest(name, notes.flatMap((n) => (n.kind === "canInline" || n.kind === "cannotInline" ? [n.func] : [])));
  throw new CommandError(`assert: the program has no function ${name}`, near);
}

function measured(context: Context, expr: string, call: CommandCall, what: "allocs" | "bytes"): Found | undefined {
  const found = measuredCall(context, expr, 5, call.args.length > 0 ? readSubject(context, call.args) : undefined);
  if (!found) return undefined;
  const [first] = found.places;
  return { value: found[what], ...(first ? { says: `most of it at ${first.at.file}:${first.at.line}:${first.at.col}, in ${first.func}` } : {}) };
}
