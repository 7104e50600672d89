/**
 * Notebooks as text: .ipynb in, cells, .ipynb out. No server, no disk.
 *
 * Outputs are written as a Jupyter server would store them; the order of keys and the indentation are nbformat's. Format: nbformat 4.5.
 */
import { type Bundle, type Output, outputText, toBundle } from "../views/index.ts";

export interface NotebookCell {
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly id: string;
  readonly tags: readonly string[];
  /** Everything else that the cell had, kept as it was. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly minor: number;
}

/** The notebook in `text`, or what is wrong with it. */
export function parseNotebook(text: string): Notebook | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `not a notebook: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { cells, nbformat, nbformat_minor: minor, metadata } = (json ?? {}) as Record<string, unknown>;
  if (!Array.isArray(cells) || typeof nbformat !== "number") return { problem: "not a notebook: no cells" };
  if (nbformat !== 4) return { problem: `notebook format ${nbformat} is not supported: save it as version 4` };
  return {
    cells: cells.map((c: Record<string, unknown>, i) => readCell(c, i)),
    metadata: isRecord(metadata) ? metadata : {},
    minor: typeof minor === "number" ? minor : 5,
  };
}

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

function readCell(cell: Record<string, unknown>, index: number): NotebookCell {
  const source = cell["source"];
  const metadata = isRecord(cell["metadata"]) ? cell["metadata"] : {};
  const type = cell["cell_type"];
  return {
    type: type === "code" || type === "raw" ? type : "markdown",
    source: Array.isArray(source) ? source.join("") : String(source ?? ""),
    id: String(cell["id"] ?? `cell-${index}`),
    tags: Array.isArray(metadata["tags"]) ? metadata["tags"].map(String) : [],
    raw: cell,
  };
}

/** What a code cell answered, with the drawn charts. */
export interface CellOutputs {
  readonly count: number;
  readonly outputs: readonly { readonly output: Output; readonly bundle: Bundle }[];
}

/** The notebook as text, with the outputs of its code cells in order. */
export function writeNotebook(notebook: Notebook, results: ReadonlyMap<NotebookCell, CellOutputs>): string {
  const cells = notebook.cells.map((cell) => {
    if (cell.type !== "code") return cell.raw;
    const result = results.get(cell);
    const outputs = result ? joinStreams(result.outputs).map(({ output, bundle }) => storedOutput(output, bundle, result.count)) : [];
    return { ...cell.raw, execution_count: result?.count ?? null, outputs };
  });
  return `${JSON.stringify({ cells, metadata: notebook.metadata, nbformat: 4, nbformat_minor: notebook.minor }, undefined, 1)}\n`;
}

/** Neighbouring pieces of one stream as one, as a Jupyter client stores them. */
function joinStreams(outputs: CellOutputs["outputs"]): CellOutputs["outputs"] {
  const joined: { output: Output; bundle: Bundle }[] = [];
  for (const { output, bundle } of outputs) {
    const last = joined.at(-1)?.output;
    if (output.kind === "clear") joined.length = 0;
    else if (output.kind === "stream" && last?.kind === "stream" && last.name === output.name) {
      const whole: Output = { ...output, text: last.text + output.text };
      joined[joined.length - 1] = { output: whole, bundle: toBundle(whole) };
    } else joined.push({ output, bundle });
  }
  return joined;
}

const lines = (text: string): string[] => text.split(/(?<=\n)/);

function storedOutput(output: Output, bundle: Bundle, count: number): Record<string, unknown> {
  switch (output.kind) {
    case "stream":
      return { name: output.name, output_type: "stream", text: lines(output.text) };
    case "error":
      return { ename: output.ename, evalue: output.evalue, output_type: "error", traceback: output.traceback };
    case "value":
      return { data: { "text/plain": lines(outputText(output) ?? "") }, execution_count: count, metadata: {}, output_type: "execute_result" };
    default: {
      const data = Object.fromEntries(Object.entries(bundle.data).map(([mime, value]) => [mime, typeof value === "string" ? lines(value) : value]));
      return { data, metadata: bundle.metadata, output_type: "display_data" };
    }
  }
}
