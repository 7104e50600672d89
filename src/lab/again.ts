/**
 * A laboratory that can do one thing: run a program that was compiled before. It loads neither the compiler nor the commands.
 *
 * What it shows is what `run` shows (commands/run.ts), fault for fault.
 */
import { Image } from "../std/index.ts";
import { Engine } from "./engine.ts";
import { exitOutput, faultOutput } from "./failure.ts";
import { openProgram } from "./kept.ts";
import type { LabOptions, Show } from "./lab.ts";
import { defaultSettings } from "./settings.ts";

export class Again {
  readonly #options: LabOptions;
  readonly #kept: Uint8Array;

  /** `kept` is what LabOptions.keep was given when the program was compiled. */
  constructor(options: LabOptions, kept: Uint8Array) {
    this.#options = options;
    this.#kept = kept;
  }

  /** Runs the program, whatever the call names. */
  command(_call: unknown, show: Show): { readonly ok: boolean } {
    const { interrupted = () => false, stdin = () => undefined, args = [], settings } = this.#options;
    try {
      const { exit } = new Engine({ interrupted, stdin, args }, new Image()).again(openProgram(this.#kept), { ...defaultSettings, ...settings }, show);
      const failure = exitOutput(exit);
      if (failure) show(failure);
      return { ok: failure === undefined };
    } catch (error) {
      show(faultOutput(error));
      return { ok: false };
    }
  }
}
