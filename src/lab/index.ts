/**
 * The door of the laboratory for the CLI, the kernel and programs.
 *
 * `Lab` can do everything. `Analyst` runs no Go: it is for a shell that only asks the compiler, and loads neither code generation nor runtime.
 */
export { commands } from "./commands/index.ts";
export { type Command, CommandError, type Context, type FilePort } from "./commands/command.ts";
export type { CellPart, CommandCall, Flag } from "./parts.ts";
export { type CellOutputs, type Notebook, type NotebookCell, parseNotebook, writeNotebook } from "./notebook.ts";
export { defaultSettings, type Settings, settingsFromEnvironment } from "./settings.ts";
export { nearest } from "./nearest.ts";
export type { Kept } from "./kept-code.ts";
export { type Keep, Session } from "./session.ts";
export type { SubjectFile } from "./subject.ts";
export type { Laboratory, LabOptions, RunResult, Show, Source } from "./lab.ts";
export { Lab } from "./running.ts";
export { Analyst } from "./analyst.ts";
export { Again } from "./again.ts";
