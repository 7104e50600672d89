/**
 * Output to MIME bundle, for the kernel and for notebooks that we write.
 *
 * `text/plain` is always there and enough alone. A chart never carries `text/html`: JupyterLab ranks HTML above Vega-Lite and would hide it.
 */
import { sourceHtml, tableHtml } from "./html.ts";
import type { DataRecord, Output } from "./output.ts";
import { outputText } from "./text.ts";

export const VEGA_LITE_MIME = "application/vnd.vegalite.v5+json";
export const RECORD_MIME = "application/vnd.gomem.v1+json";

/** What one display of a notebook holds. */
export interface Bundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The bundle of an output. `svg` is the drawn chart, for places that draw no Vega-Lite; `record` rides along for scripts. */
export function toBundle(output: Output, extra: { readonly svg?: string; readonly record?: DataRecord } = {}): Bundle {
  const data: Record<string, unknown> = { "text/plain": outputText(output) ?? "" };
  const metadata: Record<string, unknown> = {};
  if (output.kind === "table") data["text/html"] = tableHtml(output);
  if (output.kind === "source") data["text/html"] = sourceHtml(output);
  if (output.kind === "text" && output.markdown !== undefined) data["text/markdown"] = output.markdown;
  if (output.kind === "chart") {
    data[VEGA_LITE_MIME] = output.spec;
    metadata[VEGA_LITE_MIME] = { embed_options: { actions: false, renderer: "svg" } };
    if (extra.svg !== undefined) data["image/svg+xml"] = extra.svg;
  }
  if (extra.record !== undefined) data[RECORD_MIME] = extra.record;
  return { data, metadata };
}
