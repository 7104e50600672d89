/**
 * What turns analysed Go into a run, as a session sees it: code generation, what the library has, a place to run.
 *
 * Given to a session, so that who only analyses (analyst.ts) loads nothing of it; the real one is running.ts.
 */
import type { emit } from "../compiler/index.ts";
import type { Image } from "../std/index.ts";
import type { Engine, EngineHooks } from "./engine.ts";

/** Runs programs. */
export type Runs = Pick<Engine, "run" | "start" | "extend" | "prepare">;

/** A code generator and an engine with its library. */
export interface Backend {
  readonly emit: typeof emit;
  /** The units of the library that a program needs, from what it imports. */
  readonly linked: Image["linked"];
  /** Symbols that a program asks of the library and that are not there. */
  readonly missing: Image["missing"];
  engine(hooks: EngineHooks): Runs;
}
