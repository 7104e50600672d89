/**
 * The events of spans that WebAssembly has swept (heap/refill.ts): it writes them into a buffer in linear memory, from where they go to the recorder
 * before any other event does, so the order is that of what happened.
 *
 * Go: traceGCSweepSpan in runtime/traceruntime.go.
 */
import type { Recorder } from "../../record/recorder.ts";
import { UNITS_PER_NANO } from "../clock.ts";
import { HEAP_CELL, SWEPT } from "../heap/index.ts";
import type { Memory } from "../memory.ts";

/** Moves what is in the buffer to the recorder. O(events). */
export function flushSwept({ f64, i32, u32 }: Memory, recorder: Recorder): void {
  const count = i32[HEAP_CELL.sweptCount >>> 2]!;
  if (count === 0) return;
  i32[HEAP_CELL.sweptCount >>> 2] = 0;
  for (let at: number = HEAP_CELL.swept; at < HEAP_CELL.swept + count * SWEPT.size; at += SWEPT.size) {
    const time = Math.floor(f64[at >>> 3]! / UNITS_PER_NANO);
    const w = at >>> 2;
    recorder.add("sweepSpan", time, u32[w + 2]!, u32[w + 3]!, u32[w + 4]!, u32[w + 5]!);
  }
}
