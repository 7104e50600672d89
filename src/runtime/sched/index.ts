/** The scheduler's door. */
export { type Deferred, G, type Goroutine, type Panicking, REASON, type Status, WAIT_REASONS } from "./goroutine.ts";
export { type Outcome, Scheduler, type SchedulerPorts, type SchedulerState } from "./scheduler.ts";
export { HELPER_SITE, type Machine, makeMachine, MARKER_FRAME, PLAIN_FRAME, START_FRAME, TEXT_FRAME } from "./trampoline.ts";
