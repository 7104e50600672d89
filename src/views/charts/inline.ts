/** Costs of functions against the inliner's budget of 80, as bars. */
import { type Chart, chart, COLOURS, counted, WIDTH } from "./theme.ts";

/** GOROOT/src/cmd/compile/internal/inline/inl.go (inlineMaxBudget). */
const BUDGET = 80;
/** Most bars; the dearest inlinable ones and the cheapest of the rest tell most. */
const MOST = 60;

export interface InlineBar {
  readonly func: string;
  readonly cost: number;
  readonly inlined: boolean;
}

/** The chart. */
export function inlineChart(bars: readonly InlineBar[]): Chart {
  const sorted = [...bars].sort((a, b) => a.cost - b.cost || (a.func < b.func ? -1 : 1));
  const shown = sorted.slice(0, MOST);
  const can = bars.filter((b) => b.inlined).length;
  const title = `${counted(can, "function")} of ${bars.length} can be inlined`;
  const limit = Math.min(Math.max(BUDGET * 1.25, ...shown.map((b) => b.cost)), BUDGET * 8);
  return chart({
    title,
    subtitle: sorted.length > shown.length ? `the ${shown.length} cheapest of ${sorted.length}` : `budget ${BUDGET}`,
    description: `${title}; bars show each function's cost against the budget of ${BUDGET}.`,
    fallback: title,
    body: {
      width: WIDTH - 160,
      height: { step: 20 },
      layer: [
        {
          data: { values: shown },
          mark: { type: "bar", clip: true },
          encoding: {
            y: { field: "func", type: "nominal", sort: null, title: null, axis: { labelLimit: 150 } },
            x: { field: "cost", type: "quantitative", title: "cost (nodes)", scale: { domain: [0, limit] } },
            color: { field: "inlined", type: "nominal", title: "can be inlined", scale: { domain: [true, false], range: [COLOURS.stack, COLOURS.heap] }, legend: { orient: "bottom" } },
            tooltip: [{ field: "func", title: "function" }, { field: "cost" }, { field: "inlined", title: "can be inlined" }],
          },
        },
        { data: { values: [{ budget: BUDGET }] }, mark: { type: "rule", strokeDash: [4, 3], color: COLOURS.goal }, encoding: { x: { field: "budget", type: "quantitative" } } },
      ],
    },
  });
}
