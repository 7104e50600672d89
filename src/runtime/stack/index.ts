/** The door of the stacks. */
export { forEachLivePointer, forEachPointer, type Frame, frameAt, framesOf, livePointers, modelledUse, RETURN_ADDRESS, type StackReader } from "./frames.ts";
export {
  countAdjusted, ENTRY_USE, type GoGrowth, goFrameOf, goGrowth, MAX_STACK, type Move, moveStack, newStack, RED_ZONE, resize, roomFor, setFloor,
  shrunkSize, type Stack, STACK_GUARD,
} from "./grow.ts";
export { STACK_MIN, type StackPages, StackPool, type StackPoolState } from "./pool.ts";
