/** The scheduler's door. */
export { ATTENTION, BUSY_GRANT, G, SCHED } from "./cells.ts";
export { SwitchEvents } from "./events.ts";
export { type Deferred, type Goroutine, type Panicking, REASON, type Status, WAIT_REASONS } from "./goroutine.ts";
export { type Outcome, Scheduler, type SchedulerPorts, type SchedulerState } from "./scheduler.ts";
export { HELPER_SITE, type Machine, makeMachine, MARKER_FRAME, PLAIN_FRAME, START_FRAME, TEXT_FRAME } from "./trampoline.ts";
