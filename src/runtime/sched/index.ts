/** The scheduler's door. */
export { ATTENTION, BUSY_GRANT, G, SCHED } from "./cells.ts";
export { SwitchEvents } from "./events.ts";
export { type Deferred, type Goroutine, type Panicking, REASON, type Status, WAIT_REASONS } from "./goroutine.ts";
export type { Outcome, SchedulerPorts } from "./ports.ts";
export { Scheduler, type SchedulerState } from "./scheduler.ts";
export { HELPER_SITE, MARKER_FRAME, PLAIN_FRAME, START_FRAME, TEXT_FRAME } from "./helpers.ts";
export { type Machine, makeMachine } from "./trampoline.ts";
