/** Runs programs: loads Go's library and a program into a process, and turns what it writes into outputs. One process for each run. */
import type { Program } from "../abi/program.ts";
import { type Exit, Process } from "../runtime/index.ts";
import { stdNatives, stdPrograms } from "../std/index.ts";
import type { Output } from "../views/index.ts";
import type { Settings } from "./settings.ts";

export interface EngineHooks {
  /** Asked at every preemption point. */
  readonly interrupted: () => boolean;
  /** The next line of standard input with its newline; undefined is end of file. */
  readonly stdin: () => string | undefined;
  /** os.Args[1:]. */
  readonly args: readonly string[];
}

export class Engine {
  readonly #hooks: EngineHooks;

  constructor(hooks: EngineHooks) {
    this.#hooks = hooks;
  }

  /** Runs `program` from its inits and entry to its end. */
  run(program: Program, settings: Settings, show: (output: Output) => void): { readonly process: Process; readonly exit: Exit } {
    const process = this.start(settings, show);
    process.load(program);
    const exit = process.run();
    return { process, exit };
  }

  /** A process that holds Go's library and nothing else. */
  start(settings: Settings, show: (output: Output) => void): Process {
    const text = { 1: new Decoder("stdout", show), 2: new Decoder("stderr", show) };
    const process = new Process({
      settings,
      natives: stdNatives(),
      write: (fd, bytes) => text[fd === 2 ? 2 : 1].write(bytes),
      interrupted: this.#hooks.interrupted,
      stdin: this.#hooks.stdin,
      args: ["gomem", ...this.#hooks.args],
      env: {},
    });
    for (const unit of stdPrograms()) process.load(unit);
    return process;
  }
}

/** Turns bytes into whole code points: a sequence that is cut between two writes waits for its rest. */
class Decoder {
  readonly #name: "stdout" | "stderr";
  readonly #show: (output: Output) => void;
  readonly #utf8 = new TextDecoder("utf-8");

  constructor(name: "stdout" | "stderr", show: (output: Output) => void) {
    this.#name = name;
    this.#show = show;
  }

  write(bytes: Uint8Array): void {
    const text = this.#utf8.decode(bytes, { stream: true });
    if (text !== "") this.#show({ kind: "stream", name: this.#name, text });
  }
}
