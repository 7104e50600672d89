/**
 * The events of switches (goPark, goReady): written by switch.ts into a buffer in linear memory, moved to the recorder when that is full or
 * somebody wants to read. They come twice a switch, so they must cost a few nanoseconds: a call of Recorder.add costs 60.
 *
 * Go: traceGoPark, traceGoUnpark in runtime/traceruntime.go.
 */
import type { Recorder } from "../../record/recorder.ts";
import { UNITS_PER_NANO } from "../clock.ts";
import type { Memory } from "../memory.ts";
import { EVENT, PARKED, SCHED } from "./cells.ts";

/** The buffer of one process. */
export class SwitchEvents {
  readonly #memory: Memory;
  readonly #recorder: Recorder;

  constructor(memory: Memory, recorder: Recorder) {
    this.#memory = memory;
    this.#recorder = recorder;
    recorder.source = { flush: () => this.flush(), hash: () => [memory.load32(SCHED.hash), memory.load32(SCHED.hash + 4)] };
  }

  /** Moves what is in the buffer to the recorder. O(events). */
  flush(): void {
    const m = this.#memory;
    const count = m.loadU32(SCHED.events);
    m.store32(SCHED.events, 0);
    for (let at: number = SCHED.buffer; at < SCHED.buffer + count * EVENT.size; at += EVENT.size) {
      const time = Math.floor(m.loadF64(at + EVENT.time) / UNITS_PER_NANO);
      const what = m.load32(at + EVENT.what);
      if (what < PARKED) this.#recorder.put("goReady", time, m.load32(at + EVENT.g), what);
      else this.#recorder.put("goPark", time, m.load32(at + EVENT.g), what - PARKED);
    }
  }
}
