/**
 * The events of switches (goPark, goReady) and of goroutines that begin and end: written by switch.ts into a buffer in linear memory, moved to the recorder when that is full or
 * somebody wants to read. They come twice a switch, so they must cost a few nanoseconds: a call of Recorder.add costs 60.
 *
 * Go: traceGoPark, traceGoUnpark in runtime/traceruntime.go.
 */
import type { Recorder } from "../../record/recorder.ts";
import { UNITS_PER_NANO } from "../clock.ts";
import type { Memory } from "../memory.ts";
import { ENDED, EVENT, PARKED, SCHED } from "./cells.ts";

/** The buffer of one process. */
export class SwitchEvents {
  readonly #memory: Memory;
  readonly #recorder: Recorder;

  constructor(memory: Memory, recorder: Recorder) {
    this.#memory = memory;
    this.#recorder = recorder;
    recorder.source = { flush: () => this.flush(), hash: () => [memory.load32(SCHED.hash), memory.load32(SCHED.hash + 4)] };
  }

  /** Moves what is in the buffer to the recorder. O(events). Once the recorder is full, which is after 65,536, none come: switch.ts counts them. */
  flush(): void {
    const { f64, i32, u32 } = this.#memory;
    const count = i32[SCHED.events >>> 2]!;
    i32[SCHED.events >>> 2] = 0;
    const full = [this.#recorder.isFull("goPark"), this.#recorder.isFull("goReady")];
    const dropped = [u32[SCHED.parks >>> 2]!, u32[SCHED.readies >>> 2]!];
    u32[SCHED.parks >>> 2] = 0;
    u32[SCHED.readies >>> 2] = 0;
    for (let at: number = SCHED.buffer; at < SCHED.buffer + count * EVENT.size; at += EVENT.size) {
      const what = i32[(at + EVENT.what) >>> 2]!;
      if (what < 0) {
        const time = Math.floor(f64[(at + EVENT.time) >>> 3]! / UNITS_PER_NANO);
        const g = i32[(at + EVENT.g) >>> 2]!;
        if (what === ENDED) this.#recorder.put("goEnd", time, g);
        else {
          at += EVENT.size;
          this.#recorder.put("goStart", time, g, i32[at >>> 2]!, i32[(at + 4) >>> 2]!);
        }
        continue;
      }
      const kind = what < PARKED ? 1 : 0;
      if (full[kind]) {
        dropped[kind]!++;
        continue;
      }
      const time = Math.floor(f64[(at + EVENT.time) >>> 3]! / UNITS_PER_NANO);
      const g = i32[(at + EVENT.g) >>> 2]!;
      if (kind === 1) this.#recorder.put("goReady", time, g, what);
      else this.#recorder.put("goPark", time, g, what - PARKED);
    }
    this.#recorder.drop("goPark", dropped[0]!);
    this.#recorder.drop("goReady", dropped[1]!);
    i32[SCHED.countOnly >>> 2] = Number(this.#recorder.isFull("goPark") && this.#recorder.isFull("goReady"));
  }
}
