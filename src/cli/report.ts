/** A notebook that has run as one HTML page: opens without a network, prints, reads in light and dark. Charts are drawn as SVG inside it. */
import type { CellOutputs, Notebook, NotebookCell } from "../lab/index.ts";
import { escapeHtml } from "../views/index.ts";
import { markdownHtml } from "./markdown.ts";

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
pre, code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; }
pre { overflow-x: auto; margin: .3rem 0; padding: .6rem .8rem; tab-size: 4; }
pre.in { background: color-mix(in srgb, currentColor 7%, transparent); border-left: 3px solid #0072B2; }
pre.out, pre.err { white-space: pre-wrap; }
pre.err { border-left: 3px solid #D55E00; }
table { border-collapse: collapse; margin: .5rem 0; } td, th { padding: .15rem .7rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); text-align: left; }
figure { margin: .8rem 0; } svg { max-width: 100%; height: auto; }
`;

/** The page. */
export function reportHtml(notebook: Notebook, results: ReadonlyMap<NotebookCell, CellOutputs>): string {
  const heading = notebook.cells.map((c) => /^#\s+(.+)$/m.exec(c.source)?.[1]).find((t) => t !== undefined) ?? "gomem";
  const body = notebook.cells.map((cell) => {
    if (cell.type === "markdown") return markdownHtml(cell.source);
    if (cell.type === "raw") return "";
    return [`<pre class="in">${escapeHtml(cell.source)}</pre>`, ...(results.get(cell)?.outputs ?? []).map(shown)].join("\n");
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(heading)}</title><style>${style}</style></head>
<body>
${body.join("\n")}
</body></html>
`;
}

function shown({ output, bundle }: CellOutputs["outputs"][number]): string {
  const svg = bundle.data["image/svg+xml"];
  if (typeof svg === "string") return `<figure role="img" aria-label="${escapeHtml(String(bundle.data["text/plain"]))}">${svg}</figure>`;
  const html = bundle.data["text/html"];
  if (typeof html === "string") return html;
  const text = String(bundle.data["text/plain"] ?? "");
  return text === "" ? "" : `<pre class="${output.kind === "error" ? "err" : "out"}">${escapeHtml(text)}</pre>`;
}
