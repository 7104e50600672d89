/**
 * Virtual time. It passes only because work is charged for, so a run takes the same time on every machine.
 *
 * Compiled code charges by counting CELL.fuel down in units of 0.1 ns; the runtime charges by `charge`. Elapsed time is what was
 * granted as fuel minus what is left. Who grants, and what happens when fuel is used up, is the scheduler's business.
 *
 * Go: runtime.nanotime; there is no virtual clock in Go (the playground's faketime is the nearest).
 */
import { CELL } from "../abi/structs.ts";
import { type Nanos, nanos } from "../base/units.ts";
import type { Memory } from "./memory.ts";

/** Fuel units in a nanosecond. */
export const UNITS_PER_NANO = 10;
/** 2009-11-10T23:00:00Z, where the reference mode's clock starts. Nanoseconds since 1970 as a multiple of 1 s. */
export const REFERENCE_START_SECONDS = 1257894000;

/** f64: fuel units handed out since the start. It lies in memory because WebAssembly asks for the time too (sched/switch.ts). */
export const GRANTED = 0x1e28;

/** The clock of one process; all its state is in memory. */
export class Clock {
  readonly #memory: Memory;
  constructor(memory: Memory) {
    this.#memory = memory;
    memory.storeInt(CELL.fuel, 0);
  }

  /** Fuel units handed out since the start. */
  get #granted(): number {
    return this.#memory.loadF64(GRANTED);
  }

  set #granted(units: number) {
    this.#memory.storeF64(GRANTED, units);
  }

  /** Virtual nanoseconds since the process began. */
  now(): Nanos {
    return nanos(Math.floor((this.#granted - this.#memory.loadInt(CELL.fuel)) / UNITS_PER_NANO));
  }

  /** The same in fuel units, exactly. */
  elapsed(): number {
    return this.#granted - this.#memory.loadInt(CELL.fuel);
  }

  /** What is left of the granted time, in fuel units; negative if it is overspent. */
  left(): number {
    return this.#memory.loadInt(CELL.fuel);
  }

  /** Lets `units` pass before the next poll, counted from now: sets fuel to exactly that. Time does not move. */
  grant(units: number): void {
    this.#granted += units - this.#memory.loadInt(CELL.fuel);
    this.#memory.storeInt(CELL.fuel, units);
  }

  /** Lets time pass for work of the runtime: counts fuel down, so the next poll comes earlier. */
  charge(ns: number): void {
    const m = this.#memory;
    m.storeInt(CELL.fuel, m.loadInt(CELL.fuel) - Math.round(ns * UNITS_PER_NANO));
  }

  /** Jumps forward to `at` with nothing running; the fuel left stays as it is. */
  advanceTo(at: Nanos): void {
    const missing = at - this.now();
    if (missing > 0) this.#granted += missing * UNITS_PER_NANO;
  }
}
