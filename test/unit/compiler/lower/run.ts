/** Compiles and runs a small Go program without imports; answers what it wrote to standard error. */
import { readdirSync, readFileSync } from "node:fs";
import type { Program } from "../../../../src/abi/program.ts";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { analyse, check, emit, Packages } from "../../../../src/compiler/index.ts";
import { Recorder } from "../../../../src/record/recorder.ts";
import { DEFAULT_SETTINGS, NO_HOOKS, Process } from "../../../../src/runtime/index.ts";
import { stdImporter, stdNatives } from "../../../../src/std/index.ts";

const importer = new Packages(stdImporter());

function compile(path: string, files: { name: string; text: string }[], mode: "std" | "program", small = false): Program {
  const checked = check({ files, path, importer, mode });
  if (checked.diagnostics.length > 0) throw new Error(checked.diagnostics.map((d) => d.message).join("\n"));
  if (mode === "std") importer.add(checked.pkg);
  const { program, unsupported } = emit(analyse(checked, {}), { small });
  if (!program) throw new Error(unsupported.map((d) => d.message).join("\n"));
  return program;
}

const library = ["internal/runtime", "runtime"].map((path) => {
  const files = readdirSync(`src/std/${path}`).filter((f) => f.endsWith(".go"));
  return compile(path, files.map((f) => ({ name: f, text: readFileSync(`src/std/${path}/${f}`, "latin1") })), "std");
});

/** A run that is over. */
export interface Ran {
  readonly process: Process;
  readonly recorder: Recorder;
  readonly out: string;
}

/** Runs the program; `before` may touch the process before main is called. `small`: no function stands in place of its call. */
export function runIn(body: string, declarations: string, before: (process: Process) => void, small = false): Ran {
  const program = compile("main", [{ name: "./prog.go", text: encodeUtf8(`package main\n${declarations}\nfunc main() {\n${body}\n}\n`) }], "program", small);
  let out = "";
  const recorder = new Recorder();
  const process = new Process(DEFAULT_SETTINGS, recorder, stdNatives(), { ...NO_HOOKS, write: (_, bytes) => { out += Buffer.from(bytes).toString("latin1"); } });
  for (const unit of library) process.load(unit);
  process.load(program);
  before(process);
  process.run(program.entry);
  return { process, recorder, out };
}

/** What the program printed with println. */
export const run = (body: string, declarations = ""): string => runIn(body, declarations, () => undefined).out;
