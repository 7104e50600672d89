/**
 * What happened in memory during a run: kinds of events and their columns.
 *
 * Written by the runtime through recorder.ts, read through reader.ts. Times are virtual nanoseconds, sizes bytes, addresses offsets in linear memory.
 */

/** Each kind with the names of its numeric columns (at most six), besides the time that every event has. */
export const EVENTS = {
  /** An object was allocated. */
  alloc: ["addr", "size", "slot", "site", "g", "type"],
  /** Objects freed by sweeping one span. */
  sweepSpan: ["span", "freed", "bytes", "live"],
  /** A collection starts: number, heap live, trigger, goal, why (0 heap, 1 forced, 2 time), stacks in use. */
  gcStart: ["cycle", "heapLive", "trigger", "goal", "why", "stacks"],
  /** A phase begins: 0 sweep termination (stopped), 1 concurrent mark, 2 mark termination (stopped), 3 sweep, 4 off. */
  gcPhase: ["cycle", "phase", "heapLive"],
  /** A collection has marked all: heap live at the end, bytes marked, scan work by heap, stacks, globals. */
  gcEnd: ["cycle", "heapLive", "marked", "heapWork", "stackWork", "globalsWork"],
  /** Sweeping of a cycle is done: bytes and objects freed, next goal and trigger. */
  gcSwept: ["cycle", "freedBytes", "freedObjects", "goal", "trigger"],
  /** An object turned grey, black. */
  grey: ["addr", "cycle", "by"],
  black: ["addr", "cycle"],
  /** The write barrier shaded a pointer: slot, old value, new value. */
  barrier: ["slot", "old", "new", "g"],
  /** A goroutine helped the collector: work in bytes, time. */
  assist: ["g", "work", "nanos"],
  /** The world was stopped: kind (phase number), length in ns. */
  pause: ["kind", "nanos", "cycle"],
  /** A stack grew or shrank: goroutine, old and new size, bytes copied, pointers adjusted, frames. */
  stackGrow: ["g", "old", "new", "copied", "adjusted", "frames"],
  stackShrink: ["g", "old", "new", "copied", "adjusted", "frames"],
  goStart: ["g", "parent", "site"],
  goEnd: ["g"],
  goPark: ["g", "reason"],
  goReady: ["g", "by"],
  /** A sample of the heap: live, in-use spans, released, goal, trigger. */
  heap: ["live", "inuse", "sys", "goal", "trigger", "stacks"],
} as const;
export type EventKind = keyof typeof EVENTS;
