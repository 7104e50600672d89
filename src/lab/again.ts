/**
 * A laboratory that can do one thing: run a program that was compiled before. It loads neither the compiler nor the commands.
 *
 * What it shows is what `run` shows (commands/run.ts), fault for fault.
 */
import { Image } from "../std/index.ts";
import { Engine } from "./engine.ts";
import { exitOutput, faultOutput } from "./failure.ts";
import { openProgram } from "./kept.ts";
import { type Kept, moreOf, openCode } from "./kept-code.ts";
import type { LabOptions, Show } from "./lab.ts";
import { defaultSettings } from "./settings.ts";

export class Again {
  readonly #options: LabOptions;
  readonly #kept: Kept;
  /** What is to be kept from now on. */
  #next: (() => Kept | undefined) | undefined;

  /** `kept` is what LabOptions.keep was given when the program was compiled. */
  constructor(options: LabOptions, kept: Kept) {
    this.#options = options;
    this.#kept = kept;
  }

  /** What is to be kept in place of what was, after a run; undefined if that is to stay. */
  kept(): Kept | undefined {
    return this.#next?.();
  }

  /** Runs the program, whatever the call names. */
  command(_call: unknown, show: Show): { readonly ok: boolean } {
    const { interrupted = () => false, stdin = () => undefined, args = [], settings, usually } = this.#options;
    try {
      const code = this.#kept.code && openCode(this.#kept.code);
      const engine = new Engine({ interrupted, stdin, args, keeps: true, ...(usually ? { usually } : {}) }, new Image());
      const { process, exit } = engine.again({ ...openProgram(this.#kept.program), code }, { ...defaultSettings, ...settings }, show);
      this.#next = () => moreOf(this.#kept.program, process, code);
      const failure = exitOutput(exit);
      if (failure) show(failure);
      return { ok: failure === undefined };
    } catch (error) {
      show(faultOutput(error));
      return { ok: false };
    }
  }
}
