/**
 * The public door of gomem as a library: class Lab and the types that a caller needs. Loads no native module.
 */
export { defaultSettings, type FilePort, Lab, type LabOptions, type RunResult, type Settings, type Show, type Source } from "./lab/index.ts";
export type { DataRecord, Output, SourceLine, VegaLiteSpec } from "./views/index.ts";
