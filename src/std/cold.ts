/**
 * Which functions of the library are linked only at their first call: those that bring much code with them and that common programs do not call.
 *
 * What common programs call is found by running some (the folder common), with every function linked at its first call. Only the time of starting depends
 * on it. Runs when the package is built.
 *
 * Go: no counterpart; what a profile-guided layout of code is elsewhere.
 */
import { type LibraryUnit, PLACE } from "../abi/library.ts";
import type { Program } from "../abi/program.ts";
import { Recorder } from "../record/recorder.ts";
import { DEFAULT_SETTINGS, Process } from "../runtime/index.ts";
import { mathNatives } from "./math/math.ts";
import { osNatives } from "./os/os.ts";

/** Bytes of code that a function must bring with it: less is not worth a module of its own. */
const MUCH = 3000;

/** Symbols of the functions of `units` that `program` calls. */
export function calledBy(program: Program, units: readonly LibraryUnit[]): Set<string> {
  const hooks = { write: () => undefined, crashed: () => undefined, interrupted: () => false, stdin: () => new Uint8Array(0), stopped: () => "go on" as const };
  const process = new Process(DEFAULT_SETTINGS, new Recorder(), new Map([...mathNatives, ...osNatives]), hooks);
  process.hold(units);
  process.load(program);
  process.run(program.entry);
  return new Set(process.linker.linkedLibrary());
}

/** Functions that are not in `called` and bring much with them. */
export function coldFunctions(units: readonly LibraryUnit[], called: ReadonlySet<string>): Set<string> {
  const cold = new Set<string>();
  const graph = new Graph(units);
  for (const unit of units) for (const symbol of unit.funcs()) if (!called.has(symbol) && graph.weight(symbol) >= MUCH) cold.add(symbol);
  return cold;
}

/** Who calls whom in the library. */
class Graph {
  readonly #homes = new Map<string, { readonly unit: LibraryUnit; readonly body: number }>();
  readonly #calls = new Map<string, readonly string[]>();

  constructor(units: readonly LibraryUnit[]) {
    for (const unit of units) unit.funcs().forEach((symbol, body) => this.#homes.set(symbol, { unit, body }));
  }

  /** Bytes of code of a function and all that it reaches by direct calls; no more than is of interest. */
  weight(symbol: string): number {
    const seen = new Set([symbol]);
    let bytes = 0;
    for (const s of seen) {
      const home = this.#homes.get(s);
      bytes += home?.unit.body(home.body).bytes.length ?? 0;
      if (bytes >= MUCH) return bytes;
      for (const called of this.#callsOf(s)) seen.add(called);
    }
    return bytes;
  }

  #callsOf(symbol: string): readonly string[] {
    const known = this.#calls.get(symbol);
    if (known) return known;
    const home = this.#homes.get(symbol);
    const found: string[] = [];
    if (home) {
      const { unit, body } = home;
      const { places } = unit.body(body);
      for (let i = 0; i < places.length; i += 3) {
        const ref = places[i + 1] === PLACE.call ? unit.refs()[places[i + 2] ?? 0] : undefined;
        if (ref?.module === "own") found.push(unit.funcs()[ref.body] ?? "");
        else if (ref?.module === "f") found.push(ref.name);
      }
    }
    this.#calls.set(symbol, found);
    return found;
  }
}
