/** Charts drawn as SVG without a browser. Loads vega and vega-lite, so it is imported only when a chart is asked for; the same bytes each time. */
import type { Spec } from "vega";
import type { TopLevelSpec } from "vega-lite";
import type { VegaLiteSpec } from "./output.ts";

/** The SVG text of a chart. */
export async function chartSvg(spec: VegaLiteSpec): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  const compiled: Spec = compile(spec as unknown as TopLevelSpec).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
