/** The door of panics. */
export { type CrashPorts, fatalInText, fatalText, goroutineText, otherGoroutines, panicText, panicValueText } from "./crash.ts";
export { type Place, Places } from "./callers.ts";
export { type PanicValue, RuntimeErrors } from "./errors.ts";
export { type Decision, type Demand, NIL_POINTER, type PanicPorts, Panics } from "./unwind.ts";
