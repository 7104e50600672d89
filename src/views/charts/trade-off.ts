/** Chart 4: memory against the collector's work, one point for each setting, joined in the order of the runs. */
import { sizeText } from "../text.ts";
import { bytesAxis, type Chart, chart, COLOURS, counted, WIDTH } from "./theme.ts";

/** A run of a sweep. */
export interface TradeOffRow {
  readonly settings: string;
  readonly cycles: number;
  readonly peak: number;
  /** Percent. */
  readonly share: number;
}

/** The points of a sweep. */
export function tradeOffChart(runs: readonly TradeOffRow[], { subtitle }: { readonly subtitle: string }): Chart {
  const peaks = runs.map((r) => r.peak);
  const [low, high] = [Math.min(...peaks, Number.MAX_SAFE_INTEGER), Math.max(...peaks, 0)];
  const title = runs.length === 0 ? "no runs" : `${counted(runs.length, "run")}: between ${sizeText(low)} and ${sizeText(high)} of live heap, ${Math.min(...runs.map((r) => r.share))} to ${Math.max(...runs.map((r) => r.share))} % of the time in collections`;
  const x = { field: "peak", type: "quantitative", axis: bytesAxis("peak heap", high) };
  const y = { field: "share", type: "quantitative", title: "GC CPU, %" };
  const tooltip = [{ field: "settings" }, { field: "peak", title: "peak heap, bytes", format: "," }, { field: "share", title: "GC CPU, %" }, { field: "cycles", title: "collections" }];
  return chart({
    title, subtitle, description: `${title}. Lower and further left is better.`, fallback: title,
    body: {
      width: WIDTH,
      height: 260,
      data: { values: runs.map((r, i) => ({ ...r, order: i })) },
      layer: [
        { mark: { type: "line", color: COLOURS.edge, opacity: 0.5 }, encoding: { x, y, order: { field: "order", type: "quantitative" }, tooltip } },
        { mark: { type: "point", filled: true, size: 80, color: COLOURS.heap }, encoding: { x, y, tooltip } },
        { mark: { type: "text", align: "left", dx: 8, fontSize: 10 }, encoding: { x, y, text: { field: "settings" }, tooltip } },
      ],
    },
  });
}
