/**
 * The engine's thread: owns the Lab, answers one question after another.
 *
 * A cell runs synchronously; what it shows is posted as it comes, charts when the cell has ended (drawing them is asynchronous and slow).
 * Interrupts arrive through a shared word, lines of stdin through a shared buffer.
 */
import { parentPort, workerData } from "node:worker_threads";
import { haste } from "../src/base/patience.ts";
import { Lab } from "../src/index.ts";
import { type Bundle, type DataRecord, type Output, drawChart, toBundle } from "../src/views/index.ts";
import { type Answers, type Ask, type FromWorker, SHARED, STDIN, type Shown, type ToWorker } from "./engine.ts";

const { shared } = workerData as { shared: SharedArrayBuffer };
const words = new Int32Array(shared, 0, SHARED.words);
const post = (message: FromWorker): void => parentPort?.postMessage(message);

let current: { readonly id: number; readonly allowStdin: boolean } | undefined;
/** What was shown last, if it can leave together with what comes next: the end of most cells, for each message wakes the other thread. */
let held: { readonly id: number; readonly shown: Shown } | undefined;

/** Posts what a cell shows. A value or an error is mostly the last of it. */
function show(id: number, shown: Shown): void {
  release();
  if (shown.kind === "result" || shown.kind === "error") held = { id, shown };
  else post({ kind: "shown", id, shown });
}

/** Posts what is held. */
function release(): void {
  if (held) post({ kind: "shown", ...held });
  held = undefined;
}

const lab = new Lab({
  interrupted: () => {
    if (held) release();
    return Atomics.load(words, SHARED.interrupt) !== 0;
  },
  stdin: readLine,
});

// All of ours is loaded. Without this a function is interpreted some hundred times first, and the first dozens of cells take twice as long.
haste(true);

/** Blocks until the user has typed a line; undefined is end of file. */
function readLine(): string | undefined {
  if (!current?.allowStdin) return undefined;
  release();
  Atomics.store(words, SHARED.stdinState, STDIN.asked);
  post({ kind: "stdin", id: current.id, prompt: "" });
  Atomics.wait(words, SHARED.stdinState, STDIN.asked);
  const state = Atomics.exchange(words, SHARED.stdinState, STDIN.idle);
  if (state !== STDIN.answered) return undefined;
  const length = Atomics.load(words, SHARED.stdinLength);
  return `${Buffer.from(new Uint8Array(shared, SHARED.words * 4, length)).toString("utf8")}\n`;
}

/** Runs a cell; posts what it shows. */
async function execute(id: number, ask: Extract<Ask, { kind: "execute" }>): Promise<Answers["execute"]> {
  current = { id, allowStdin: ask.allowStdin };
  const charts: Extract<Output, { kind: "chart" }>[] = [];
  const { ok } = lab.cell(
    ask.code,
    (output, record) => {
      if (output.kind === "chart") charts.push(output);
      else for (const shown of toShown(output, record)) show(id, shown);
    },
    ask.cell,
  );
  if (charts.length > 0) release();
  for (const chart of charts) show(id, { kind: "display", bundle: toBundle(chart, { svg: await drawChart(chart.spec) }) });
  const expressions = ok ? evaluate(ask.expressions) : {};
  current = undefined;
  return { ok, expressions };
}

function toShown(output: Output, record: DataRecord | undefined): Shown[] {
  switch (output.kind) {
    case "stream":
      return [output];
    case "clear":
      return [output];
    case "error":
      return [output];
    case "value":
      return [{ kind: "result", bundle: toBundle(output) }];
    case "text":
      return [{ kind: output.pager ? "page" : "display", bundle: toBundle(output, record ? { record } : {}) }];
    default:
      return [{ kind: "display", bundle: toBundle(output, record ? { record } : {}) }];
  }
}

/** The value of each user expression: a Go expression of the session. */
function evaluate(expressions: Readonly<Record<string, string>>): Record<string, unknown> {
  const answers = Object.entries(expressions).map(([name, text]) => {
    let answer: unknown = { status: "error", ename: "CompileError", evalue: "no value", traceback: [] };
    lab.cell(text, (output) => {
      if (output.kind === "value") answer = { status: "ok", ...toBundle(output) };
      if (output.kind === "error") answer = { status: "error", ename: output.ename, evalue: output.evalue, traceback: output.traceback };
    });
    return [name, answer] as const;
  });
  return Object.fromEntries(answers);
}

const cardBundle = (card: { readonly text: string; readonly markdown: string } | undefined): Bundle | undefined =>
  card && { data: { "text/plain": card.text, "text/markdown": card.markdown }, metadata: {} };

async function answer(id: number, ask: Ask): Promise<Answers[keyof Answers]> {
  switch (ask.kind) {
    case "execute":
      return execute(id, ask);
    case "complete":
      return lab.complete(ask.code, ask.at);
    case "inspect":
      return cardBundle(lab.inspect(ask.code, ask.at, ask.detail));
    case "isComplete":
      return lab.isComplete(ask.code);
  }
}

/** What the next cells will need is made while nothing is asked, in steps between which questions are answered; all but the first when nothing was asked for so many ms. */
const IDLE = 30;
let waiting = 0;
let idle: NodeJS.Timeout | undefined;
let steps: Generator<void> | undefined;

/** Goes on with what is made ahead: the next step after `ms`, those behind it after `then`. */
function prepareLater(ms: number, then: number): void {
  clearTimeout(idle);
  idle = setTimeout(() => {
    if (waiting > 0) return;
    steps ??= lab.prepare();
    if (!steps.next().done) return prepareLater(then, 0);
    steps = undefined;
    void warmCharts();
  }, ms);
}

/** Loads the chart libraries and draws once, so that the first chart of a cell is quick. */
async function warmCharts(): Promise<void> {
  if (warmed) return;
  warmed = true;
  // Much of what is loaded here is never called again.
  haste(false);
  await drawChart({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", data: { values: [{ x: 1, y: 1 }] }, mark: "line", encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } } });
  haste(true);
}
let warmed = false;

/** Lets the other thread see which question is worked at; one that was stopped before gets its time from now on. */
function begin(id: number): void {
  Atomics.store(words, SHARED.begun, id);
  if (Atomics.load(words, SHARED.interrupt) !== 0) post({ kind: "begun", id });
}

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", ({ id, ask }: ToWorker) => {
  waiting++;
  clearTimeout(idle);
  last = last.then(async () => {
    begin(id);
    try {
      const answered = await answer(id, ask);
      const last = held?.shown;
      held = undefined;
      post({ kind: "answer", id, answer: answered, ...(last ? { last } : {}) });
    } catch (error) {
      release();
      post({ kind: "failed", id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    waiting--;
    steps = undefined;
    if (waiting === 0) prepareLater(0, IDLE);
  });
});
post({ kind: "ready" });
prepareLater(0, 0);
