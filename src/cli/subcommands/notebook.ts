/**
 * `gomem run x.ipynb`: a notebook without a server.
 *
 * Prints each answer as it comes, writes a notebook with outputs (`-o=FILE`, or in place with `-w`) and a self-contained HTML report
 * (`-report=FILE`). Stops at the first failed cell unless it is tagged `raises-exception`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type CellOutputs, Lab, type Notebook, type NotebookCell, parseNotebook, settingsFromEnvironment, writeNotebook } from "../../lab/index.ts";
import { type Output, drawChart, toBundle } from "../../views/index.ts";
import type { Arguments } from "../arguments.ts";
import { EXIT, exitOf } from "../exit.ts";
import { folderPort, shellFiles } from "../files.ts";
import { reportHtml } from "../report.ts";
import { type Format, Terminal, write } from "../terminal.ts";

const usage = "usage: gomem run x.ipynb [-w | -o=OUT.ipynb] [-report=OUT.html] [-q]";

/** Runs every code cell of the notebook named in `words`; answers the exit code. */
export async function runNotebook(words: Arguments, format: Format, interrupted: () => boolean): Promise<number> {
  const file = words.args[0] ?? "";
  const unknown = words.flags.find((f) => !["w", "o", "report", "q"].includes(f.name));
  if (unknown || words.args.length > 1) return refuse(unknown ? `unknown flag -${unknown.name}` : "one notebook at a time", EXIT.usage);
  const source = shellFiles.read(file);
  if ("problem" in source) return refuse(`open ${file}: ${source.problem}`, EXIT.failed);
  const notebook = parseNotebook(Buffer.from(source.text, "latin1").toString("utf8"));
  if ("problem" in notebook) return refuse(`${file}: ${notebook.problem}`, EXIT.failed);

  const value = (name: string) => words.flags.findLast((f) => f.name === name)?.value;
  const quiet = words.flags.some((f) => f.name === "q");
  const terminal = new Terminal(format);
  const results = new Map<NotebookCell, CellOutputs>();
  const code = await runCells(notebook, { file, quiet, terminal, results, interrupted });
  terminal.finish();
  const out = value("o") ?? (words.flags.some((f) => f.name === "w") ? file : undefined);
  if (out !== undefined) save(out, writeNotebook(notebook, results), quiet);
  const report = value("report");
  if (report !== undefined) save(report, reportHtml(notebook, results), quiet);
  return code;
}

interface NotebookRun {
  readonly file: string;
  readonly quiet: boolean;
  readonly terminal: Terminal;
  readonly results: Map<NotebookCell, CellOutputs>;
  readonly interrupted: () => boolean;
}

async function runCells(notebook: Notebook, run: NotebookRun): Promise<number> {
  const lab = new Lab({ settings: settingsFromEnvironment(process.env), interrupted: run.interrupted, files: folderPort(dirname(run.file)) });
  const codeCells = notebook.cells.filter((c) => c.type === "code");
  for (const [i, cell] of codeCells.entries()) {
    if (!run.quiet) write(2, `\n[${i + 1}/${codeCells.length}] ${title(cell.source)}\n`);
    const shown: Output[] = [];
    lab.cell(cell.source, (output, record) => {
      shown.push(output);
      run.terminal.show(output, record);
    }, i + 1);
    run.results.set(cell, { count: i + 1, outputs: await Promise.all(shown.map(bundled)) });
    const error = shown.find((o) => o.kind === "error");
    if (error?.kind === "error" && !cell.tags.includes("raises-exception")) return error.exit ?? exitOf(error.ename);
  }
  return EXIT.done;
}

async function bundled(output: Output): Promise<CellOutputs["outputs"][number]> {
  const svg = output.kind === "chart" ? await drawChart(output.spec) : undefined;
  return { output, bundle: toBundle(output, svg === undefined ? {} : { svg }) };
}

const title = (source: string): string => source.split("\n").find((l) => l.trim() !== "")?.trim().slice(0, 90) ?? "";

function save(file: string, text: string, quiet: boolean): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (!quiet) write(2, `gomem: wrote ${file}\n`);
}

function refuse(problem: string, code: number): number {
  write(2, `gomem: ${problem}${code === EXIT.usage ? `\n\t${usage}` : ""}\n`);
  return code;
}
