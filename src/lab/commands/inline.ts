/** `inline`: which functions are inlined, what they cost against the budget of 80, and what blocks the others. */
import type { Note } from "../../record/notes.ts";
import { inlineChart } from "../../views/index.ts";
import { compilerFlags } from "../gcflags.ts";
import { nearest } from "../nearest.ts";
import { subjectOf } from "../subject.ts";
import { type Command, CommandError } from "./command.ts";
import { reportErrors } from "./escape.ts";

type Judged = Extract<Note, { kind: "canInline" | "cannotInline" }>;

export const inline: Command = {
  verb: "inline",
  group: "compiler",
  summary: "what is inlined, its cost against the budget of 80, what blocks the rest",
  syntax: "inline [file… | function]",
  flags: [{ name: "m", value: "optional", metavar: "2", doc: "accepted; inline always shows costs" }],
  maxArgs: 10_000,
  examples: [
    { line: "inline", says: "every function of the last Go cell" },
    { line: "inline newInt", says: "one function" },
  ],
  goEquivalent: "go build -gcflags=-m=2 main.go",
  goSource: "cmd/compile/internal/inline/inl.go",
  run(context, call) {
    const { subject, functions } = subjectOf(context, call);
    const analysis = context.session.analyse(subject, { ...compilerFlags({ ...call, flags: [] }), m: 2 });
    if (!reportErrors(context, analysis.errors)) return;
    const judged = analysis.notes.filter((n): n is Judged => n.kind === "canInline" || n.kind === "cannotInline");
    const wanted = functions.length === 0 ? judged : judged.filter((n) => functions.includes(n.func));
    if (functions.length > 0 && wanted.length === 0) {
      const near = nearest(functions[0] ?? "", judged.map((n) => n.func));
      throw new CommandError(`inline: the program has no function ${functions.join(", ")}`, near && `inline ${near}`);
    }
    const calls = (func: string): number => analysis.notes.filter((n) => n.kind === "inlining" && n.func === func).length;
    context.show(
      {
        kind: "table",
        title: "",
        columns: ["function", "cost", "inlined at", "why not"],
        rows: wanted.map((n) => [n.func, costOf(n) ?? "", n.kind === "canInline" ? calls(n.func) : 0, n.kind === "cannotInline" ? n.reason : ""]),
        note: "The budget is 80; a caller of 5,000 nodes and more takes only functions that cost up to 20.",
      },
      { schema: "gomem.v1", verb: "inline", notes: wanted },
    );
    const bars = wanted.flatMap((n) => {
      const cost = costOf(n);
      return cost === undefined ? [] : [{ func: n.func, cost, inlined: n.kind === "canInline" }];
    });
    if (bars.length > 0) context.show(inlineChart(bars));
    reportErrors(context, analysis.unsupported);
  },
};

/** The cost of a function; of one that cannot be inlined only if its cost is why. */
function costOf(n: Judged): number | undefined {
  if (n.kind === "canInline") return n.cost;
  const cost = /cost (\d+) exceeds/.exec(n.reason)?.[1];
  return cost === undefined ? undefined : Number(cost);
}
