/** Runs programs. Until the runtime's door stands, every run answers that it is not built yet. */
import type { Program } from "../abi/program.ts";
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
export interface Exit { readonly kind: "ok" | "exit" | "panic" | "fatal" | "interrupted"; readonly code: number; readonly text?: string }
export type Process = object;

export class Engine {
  constructor(_hooks: EngineHooks) {}
  run(_program: Program, _settings: Settings, _show: (output: Output) => void): { readonly process: Process; readonly exit: Exit } {
    return { process: {}, exit: { kind: "fatal", code: 6, text: "not built" } };
  }
}
