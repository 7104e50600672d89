/**
 * `why`: the flow that put something on the heap, step by step in plain words with the lines of source, and edits that would keep it off.
 *
 * The edits are counterfactuals that the analysis has re-run and confirmed (counterfactual.ts).
 */
import { decodeUtf8, type Position } from "../../base/source.ts";
import type { Flow, Note } from "../../record/notes.ts";
import { flowChart, sentences } from "../../views/index.ts";
import { allocationOf } from "../allocates.ts";
import { type Proposal, proposals } from "../counterfactual.ts";
import { compilerFlags } from "../gcflags.ts";
import { nearest } from "../nearest.ts";
import type { CommandCall } from "../parts.ts";
import { readSubject, type Subject } from "../subject.ts";
import { filesOf, sourceLines } from "../texts.ts";
import { type Command, CommandError, type Context } from "./command.ts";
import { reportErrors } from "./escape.ts";

export const why: Command = {
  verb: "why",
  group: "compiler",
  summary: "why something is on the heap: the flow step by step, and edits that would keep it off",
  syntax: "why name | [file:]line[:col] | function [file… | ./...]",
  flags: [
    { name: "l", value: "none", doc: "do not inline" },
    { name: "m", value: "optional", metavar: "2", doc: "accepted; why always shows the whole flow" },
  ],
  maxArgs: 100,
  examples: [
    { line: "why x", says: "one variable of the last Go cell" },
    { line: "why 12", says: "whatever is decided on line 12" },
    { line: "why newInt main.go", says: "everything in one function of a file" },
  ],
  goEquivalent: "go build -gcflags=-m=2 main.go",
  goSource: "cmd/compile/internal/escape/solve.go (explainPath)",
  run(context, call) {
    const flags = compilerFlags(call);
    const { subject, target } = ask(context, call);
    const analysis = context.session.analyse(subject, flags);
    if (!reportErrors(context, analysis.errors)) return;
    const notes = analysis.notes.filter((n) => sentences([n]).length > 0);
    const found = notes.filter((n) => matches(n, target));
    if (found.length === 0) return nothing(context, subject, notes, target);
    const source = sourceLines(subject);
    const several = filesOf(subject).length > 1;
    const ideas = proposals(context.session.compiler, subject, found, flags);
    const text = [...found.map((n) => noteText(n, source)), ...ideas.map((p) => proposalText(p, several))].join("\n\n");
    context.show({ kind: "text", text }, { schema: "gomem.v1", verb: "why", target, notes: found, proposals: ideas.map(({ edited: _, ...p }) => p) });
    for (const n of found.slice(0, 3)) {
      const chart = flowChart(n, sentences([n])[0]?.text ?? "", `${n.at.file}:${n.at.line}:${n.at.col}`);
      if (chart) context.show(chart);
    }
  },
};

/** The thing asked about, and the program it is in. */
function ask(context: Context, call: CommandCall): { readonly subject: Subject; readonly target: string } {
  const isPlace = (a: string) => /^(?:.*\.go:)?\d+(?::\d+)?$/.test(a);
  const isPath = (a: string) => a.endsWith(".go") || /^\.\.?(\/|$)/.test(a) && !isPlace(a);
  const targets = call.args.filter((a) => !isPath(a));
  const [target, ...more] = targets;
  if (target === undefined || more.length > 0) throw new CommandError("why: one name or place is needed", "why x");
  const named = isPlace(target) ? /^(.*\.go):/.exec(target)?.[1] : undefined;
  const paths = [...call.args.filter(isPath), ...(named === undefined || context.session.subject?.files.some((f) => f.name.endsWith(named)) ? [] : [named])];
  if (paths.length > 0) return { subject: readSubject(context, paths), target };
  if (!context.session.subject) throw new CommandError("why: there is no Go yet", "run a cell with Go first, or name a file: why x main.go");
  return { subject: context.session.subject, target };
}

function matches(note: Note, target: string): boolean {
  const place = /^(?:(.*\.go):)?(\d+)(?::(\d+))?$/.exec(target);
  if (place) return Number(place[2]) === note.at.line && (place[3] === undefined || Number(place[3]) === note.at.col) && (place[1] === undefined || note.at.file.endsWith(place[1]));
  return namesOf(note).includes(target);
}

/** What a note can be asked by: its variable or expression, and the function it is in. */
function namesOf(note: Note): string[] {
  const inside = "func" in note && note.func !== undefined ? [note.func] : [];
  if (note.kind === "moved") return [note.name, ...inside];
  if (note.kind === "leaks") return [note.param, ...inside];
  if (note.kind === "stays" || note.kind === "escapes") return [note.expr, ...inside];
  return inside;
}

/** A name that no note speaks of never left its function; one that the program does not have is a mistake. */
function nothing(context: Context, subject: Subject, notes: readonly Note[], target: string): void {
  const inSource = /^\w+$/.test(target) && filesOf(subject).some((f) => new RegExp(`\\b${target}\\b`).test(f.text));
  if (!inSource && !/^\d/.test(target)) {
    const near = nearest(target, [...new Set(notes.flatMap(namesOf))]);
    throw new CommandError(`why: the program has no ${target}`, near && `why ${near}`);
  }
  const what = /^\d/.test(target) || target.includes(":") ? `On ${target} nothing` : `${target} is on the stack or in a register: nothing of it`;
  context.show({ kind: "text", text: `${what} had to be decided; the compiler has no line about it.` });
}

type Source = ReturnType<typeof sourceLines>;

function noteText(note: Note, source: Source): string {
  const head = sentences([note])[0]?.text ?? "";
  const flows = "flow" in note ? (note.flow ?? []) : [];
  const allocation = allocationOf(note);
  const really = allocation ? [`  When it runs this allocates ${allocation.when}: ${allocation.because}.`] : [];
  return [`${note.at.file}:${note.at.line}:${note.at.col}: ${head}.`, ...really, ...flows.flatMap((f, i) => flowText(f, i, source))].join("\n");
}

function flowText(flow: Flow, i: number, source: Source): string[] {
  if (flow.truncated) return [`  ${i + 1}. and so on`];
  const how = flow.derefs < 0 ? `the address of ${flow.from}` : flow.derefs === 0 ? flow.from : `what ${flow.from} points to`;
  const to = flow.to === "{heap}" ? "the heap" : flow.to;
  return [`  ${i + 1}. ${how} flows to ${to}`, ...flow.steps.map((s) => `       ${s.why}: ${s.expr}${sourceAt(s.at, source)}`)];
}

function sourceAt(at: Position, source: Source): string {
  const line = source(at);
  return line === undefined ? "" : `    ${at.line} | ${line.trim()}`;
}

function proposalText(p: Proposal, several: boolean): string {
  const edits = p.changes.flatMap((c) => [`    ${c.line} - ${decodeUtf8(c.before).trim()}`, `    ${c.line} + ${decodeUtf8(c.after).trim()}`]);
  return [`If you ${p.says}, these lines are gone (tried):`, ...p.gone.map((g) => `    ${g}`), `  the edit${several && p.changes.length > 0 ? ` in ${p.file}` : ""}:`, ...edits].join("\n");
}
