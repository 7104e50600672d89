/** The door of the rewrites between building, inlining and escape analysis. */
export { keepLoopResults } from "./bloop.ts";
export { elideBounds } from "./bounds.ts";
export { dropDeadLocals } from "./deadlocals.ts";
export { perIterationNotes, perIterationVariables } from "./loopvar.ts";
export { stackBuffers } from "./stackbuffer.ts";
export { staticInit } from "./staticinit.ts";
export { makeWrappers } from "./wrappers.ts";
