/** A laboratory that runs no Go: for a shell that only asks the compiler. Loads neither code generation nor runtime. */
import { bug } from "../base/bug.ts";
import type { Backend } from "./backend.ts";
import { Laboratory, type LabOptions } from "./lab.ts";

const none = (): never => bug("this laboratory runs no programs");

const analysing: Backend = { emit: none, linked: none, missing: none, engine: () => ({ run: none, start: none, extend: none, prepare: none }) };

/** A laboratory that only analyses. */
export class Analyst extends Laboratory {
  constructor(options: LabOptions = {}) {
    super(options, analysing);
  }
}
