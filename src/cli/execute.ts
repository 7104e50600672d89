/** One command line, whole: output format, kind of file, the lab's command, the exit code. */
import { readSync, statSync } from "node:fs";
import type { Usually } from "../base/machine-code.ts";
import { type CommandCall, type Laboratory, type LabOptions, nearest, settingsFromEnvironment } from "../lab/index.ts";
import type { DataRecord, Output } from "../views/index.ts";
import type { Arguments } from "./arguments.ts";
import { EXIT, exitOf } from "./exit.ts";
import { shellFiles } from "./files.ts";
import { type Format, Terminal, write } from "./terminal.ts";

/** What a command line needs of a laboratory: one that only runs what was compiled before reads no cells. */
export type Bench = Pick<Laboratory, "command"> & Partial<Pick<Laboratory, "cell">>;

/** What a command line is executed with. */
export interface Workplace {
  /** Makes the laboratory that the command needs. */
  readonly lab: (options: LabOptions) => Bench;
  /** Asked while Go runs. */
  readonly interrupted: () => boolean;
  /** Does something under V8's usual flags, where `interrupted` has changed them. */
  readonly usually?: Usually;
  /** This thread's stack is small: what needs a deeper one is left undone, and nothing of it is shown. */
  readonly shallow?: boolean;
  /** Told where the command shows its outputs, before it begins. */
  readonly opened?: (terminal: Terminal) => void;
}

/** Executes `words`; answers the exit code, or that a deeper stack is needed. */
export async function execute(words: Arguments, { lab: makeLab, interrupted, usually, shallow, opened }: Workplace): Promise<number | "too deep"> {
  const format = formatOf(words);
  if (format === undefined) return EXIT.usage;
  const file = words.args[0] ?? "";
  const flags = words.flags.filter((f) => f.name !== "format");
  if (words.verb === "run" && file.endsWith(".ipynb")) {
    const { runNotebook } = await import("./subcommands/notebook.ts");
    return runNotebook({ ...words, flags }, format, interrupted);
  }
  const terminal = new Terminal(format);
  opened?.(terminal);
  const held: (() => void)[] = [];
  let tooDeep = false;
  const show = (output: Output, record?: DataRecord): void => {
    if (shallow && isTooDeep(output)) tooDeep = true;
    // A program that runs has been compiled: what it writes is shown at once.
    else if (shallow && words.verb !== "run") held.push(() => terminal.show(output, record));
    else terminal.show(output, record);
  };
  const settings = settingsFromEnvironment(process.env);
  const lab = makeLab({ settings, interrupted: () => (terminal.pass(), interrupted()), files: shellFiles, stdin: readInput, args: programArguments(words.args), ...(usually ? { usually } : {}) });
  if (words.verb === "run" && file.endsWith(".gomem")) {
    const source = shellFiles.read(file);
    if ("problem" in source) return cannot(file, source.problem);
    lab.cell?.(Buffer.from(source.text, "latin1").toString("utf8").replace(/^(\s*)#/gm, "$1//"), show);
  } else {
    const call: CommandCall = { verb: words.verb, settings: words.settings, flags, args: words.args.map(asPath), line: 0, col: 0, ...(words.call === undefined ? {} : { call: words.call }) };
    lab.command(call, show);
  }
  if (tooDeep) return "too deep";
  for (const show of held) show();
  terminal.finish();
  const { error } = terminal;
  return error === undefined ? EXIT.done : (error.exit ?? exitOf(error.ename));
}

const isTooDeep = (output: Output): boolean => output.kind === "error" && output.ename === "Unsupported" && output.traceback.some((l) => l.includes("nesting this deep"));

/** What stands behind the Go files, or behind the one package. */
function programArguments(args: readonly string[]): readonly string[] {
  const others = args.findIndex((a) => !a.endsWith(".go"));
  return others < 0 ? [] : args.slice(Math.max(1, others));
}

/** A folder that is named without a slash is a path all the same. */
const asPath = (word: string): string => (/^[\w.-]+$/.test(word) && !word.endsWith(".go") && statSync(word, { throwIfNoEntry: false })?.isDirectory() ? `./${word}` : word);

function formatOf(words: Arguments): Format | undefined {
  const misspelt = words.flags.find((f) => f.name !== "format" && (f.value === "text" || f.value === "json") && nearest(f.name, ["format"]) !== undefined);
  if (misspelt) {
    write(2, `gomem: ${words.verb}: unknown flag -${misspelt.name}\n\tdid you mean "-format=${misspelt.value}"?\n`);
    return undefined;
  }
  const asked = words.flags.findLast((f) => f.name === "format")?.value ?? "text";
  if (asked === "text" || asked === "json") return asked;
  write(2, `gomem: invalid value ${JSON.stringify(asked)} for -format: want text or json\n`);
  return undefined;
}

function cannot(file: string, problem: string): number {
  write(2, `gomem: open ${file}: ${problem}\n`);
  return EXIT.failed;
}

/** What has come on standard input, at least a byte; undefined at its end. */
function readInput(): Uint8Array | undefined {
  const room = new Uint8Array(INPUT_BYTES);
  for (;;) {
    try {
      const n = readSync(0, room, 0, room.length, null);
      return n === 0 ? undefined : room.subarray(0, n);
    } catch (e) {
      const { code } = e as { readonly code?: string };
      if (code !== "EAGAIN") return undefined;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}

const INPUT_BYTES = 65536;
/** Standard input that doesn't block is asked again after so long. */
const WAIT_MS = 5;
