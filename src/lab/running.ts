/** The whole laboratory: programs are compiled and run. */
import { emit, openShelf } from "../compiler/index.ts";
import { Image, shelfBytes } from "../std/index.ts";
import type { Backend } from "./backend.ts";
import { Engine } from "./engine.ts";
import { Laboratory, type LabOptions } from "./lab.ts";

/** One image and one shelf of the library for all that a laboratory runs. */
function running(): Backend {
  const image = new Image();
  const shelf = openShelf(shelfBytes);
  return {
    emit: (analysed, options) => emit(analysed, { shelf, ...options }),
    linked: (program, imports) => image.linked(program, imports),
    missing: (program, imports, beside) => image.missing(program, imports, beside),
    engine: (hooks) => new Engine(hooks, image),
  };
}

/** The whole laboratory. */
export class Lab extends Laboratory {
  constructor(options: LabOptions = {}) {
    super(options, running());
  }
}
