/** The flow of an escape as a graph: what flows into what, from the thing itself to what outlives the call. Reads notes. */
import type { Flow, Note } from "../../record/notes.ts";
import { type Chart, chart, COLOURS, WIDTH } from "./theme.ts";

/** One box of the graph. */
interface Box {
  readonly step: number;
  readonly label: string;
  readonly kind: "value" | "heap";
}

/** The graph of one note's flow; undefined where the note has none. */
export function flowChart(note: Note, headline: string, subtitle: string): Chart | undefined {
  const flows = "flow" in note ? (note.flow ?? []) : [];
  if (flows.length === 0) return undefined;
  const boxes = boxesOf(flows);
  const edges = flows.map((f, i) => ({ step: i, next: i + 1, why: f.steps.map((s) => `${s.why} (line ${s.at.line})`).join(", ") || "flows", derefs: derefText(f.derefs) }));
  const y = { field: "step", type: "quantitative", axis: null, scale: { domain: [-0.5, boxes.length - 0.5], reverse: true } };
  const x = { value: WIDTH / 2 };
  return chart({
    title: headline,
    subtitle,
    description: `${headline}. ${boxes.map((b) => b.label).join(" flows to ")}.`,
    fallback: boxes.map((b) => b.label).join(" → "),
    body: {
      width: WIDTH,
      height: 64 * boxes.length,
      layer: [
        { data: { values: edges }, mark: { type: "rule", strokeWidth: 2, color: "#767676" }, encoding: { y, y2: { field: "next" }, x } },
        { data: { values: edges }, transform: [{ calculate: "datum.step + 0.5", as: "middle" }], mark: { type: "text", align: "left", dx: 10, color: "#767676" }, encoding: { y: { ...y, field: "middle" }, x, text: { field: "why" }, tooltip: [{ field: "why", title: "why" }, { field: "derefs", title: "as" }] } },
        { data: { values: boxes }, mark: { type: "point", filled: true, size: 160, opacity: 1 }, encoding: { y, x, color: { field: "kind", type: "nominal", legend: null, scale: { domain: ["value", "heap"], range: [COLOURS.stack, COLOURS.heap] } }, shape: { field: "kind", type: "nominal", legend: null, scale: { domain: ["value", "heap"], range: ["circle", "square"] } } } },
        { data: { values: boxes }, mark: { type: "text", align: "right", dx: -14, fontWeight: "bold", color: "#767676" }, encoding: { y, x, text: { field: "label" } } },
      ],
    },
  });
}

function boxesOf(flows: readonly Flow[]): Box[] {
  const first = flows.at(0);
  const chain = [...flows.map((f) => f.to)];
  const labels = first ? [first.from, ...chain] : chain;
  return labels.map((label, step) => ({ step, label: label === "{heap}" ? "the heap" : label, kind: step === labels.length - 1 ? "heap" : "value" }));
}

const derefText = (derefs: number): string => (derefs < 0 ? "its address" : derefs === 0 ? "its value" : `${derefs} dereference${derefs === 1 ? "" : "s"}`);
