/** The runtime's door. */
export { DEFAULT_COSTS, type Costs } from "./cost.ts";
export type { CycleRecord } from "./gc/index.ts";
export {
  CLASS_PAGES, CLASS_SIZE, MAX_BITMAP_SIZE, MAX_SMALL_OBJECT, objectsPerSpan, PAGE_SIZE, SIZE_CLASSES, sizeClass, slotSize, TINY_SIZE,
} from "./heap/index.ts";
export type { ImageImport, ImageModule, ImageRef, ImageUnit, LinkableProgram, LinkedFunc, LinkedSite, LinkedUnit, LinkImage } from "./link/index.ts";
export { type KeptCode, type KeptModule, Modules } from "./modules.ts";
export type { MemStats } from "./memstats.ts";
export type { NativeFunction, NativeMachine, Natives, NativeValue } from "./natives.ts";
export { Process } from "./process.ts";
export type { Allocation } from "./observe.ts";
export { type Goroutine, WAIT_REASONS } from "./sched/index.ts";
export { DEFAULT_SETTINGS, type Exit, NO_HOOKS, type ProcessHooks, type ProcessSettings } from "./settings.ts";
export type { Snapshot } from "./snapshot.ts";
