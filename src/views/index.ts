/** The door of the views: records in, something to read out. svg.ts is loaded apart (`drawChart`), because it brings vega. */
import type { VegaLiteSpec } from "./output.ts";

export type { DataRecord, ErrorName, Output, SourceLine, VegaLiteSpec } from "./output.ts";
export { type Bundle, RECORD_MIME, toBundle, VEGA_LITE_MIME } from "./mime.ts";
export { cellText, grouped, outputText, sizeText, tableText } from "./text.ts";
export { gctraceLine, pacerTraceLines } from "./gctrace.ts";
export { layoutChart, wasteChart } from "./charts/layout.ts";
export { triColourChart } from "./charts/tricolour.ts";
export { tradeOffChart } from "./charts/trade-off.ts";
export { flowChart } from "./charts/flow.ts";
export { inlineChart } from "./charts/inline.ts";
export { allocationChart } from "./charts/allocation.ts";
export { heapChart } from "./charts/heap.ts";
export { pausesChart } from "./charts/pauses.ts";
export { stackGrowthChart } from "./charts/stack-growth.ts";
export { compilerLines } from "./compiler-lines.ts";
export { compilerRecords, type RecordFile } from "./compiler-json.ts";
export { finding, markedSource, type Sentence, sentences } from "./why.ts";
export { escapeHtml, sourceHtml, tableHtml } from "./html.ts";

/** The SVG text of a chart; loads the chart libraries on first use. */
export async function drawChart(spec: VegaLiteSpec): Promise<string> {
  const { chartSvg } = await import("./svg.ts");
  return chartSvg(spec);
}
