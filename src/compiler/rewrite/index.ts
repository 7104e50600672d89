/** The door of the rewrites between building, inlining and escape analysis. */
export { dropDeadLocals } from "./deadlocals.ts";
export { perIterationVariables } from "./loopvar.ts";
export { staticInit } from "./staticinit.ts";
export { makeWrappers } from "./wrappers.ts";
