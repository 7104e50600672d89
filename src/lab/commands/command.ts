/**
 * What a command is: one definition from which come the cell line, the CLI subcommand, the script line, help and completion.
 *
 * A command reads its call, asks the session and shows outputs. It never prints, never reads a disk but through `files`, never knows
 * whether a notebook or a terminal shows the answer.
 */
import type { DataRecord, Output } from "../../views/index.ts";
import type { CommandCall } from "../parts.ts";
import type { Session } from "../session.ts";
import type { Settings } from "../settings.ts";

export interface FlagDef {
  readonly name: string;
  /** What follows `=`: nothing, something that may be left out, or something that must be there. */
  readonly value: "none" | "optional" | "required";
  /** Name of the value in the syntax: `n`, `bytes`, `file`. */
  readonly metavar?: string;
  /** Words that the value may be, for completion and for the error. */
  readonly choices?: readonly string[];
  /** Several choices may be given, with commas. */
  readonly many?: boolean;
  readonly doc: string;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

export interface Command {
  readonly verb: string;
  /** In a cell it is written with `%` only, because its name is too good a name for a variable. */
  readonly percent?: true;
  readonly group: "compiler" | "run" | "experiment";
  /** One line, without a full stop. */
  readonly summary: string;
  /** As in help: `escape [-m[=2]] [-l] [file…]`. */
  readonly syntax: string;
  readonly flags: readonly FlagDef[];
  /** Most arguments that are taken. */
  readonly maxArgs: number;
  readonly examples: readonly Example[];
  /** The command of the Go tool that answers the same, if there is one. */
  readonly goEquivalent?: string;
  /** Where in Go's source the answer is made. */
  readonly goSource: string;
  run(context: Context, call: CommandCall): void;
}

/** What a command may use. */
export interface Context {
  readonly session: Session;
  /** The session's settings with those of this call. */
  readonly settings: Settings;
  readonly commands: readonly Command[];
  show(output: Output, record?: DataRecord): void;
  /** The rest of the cell, where the command is its first line: `%%file a.go`. */
  readonly body?: string;
  /** Files named by a command, below the folder of the notebook or shell. */
  readonly files: FilePort;
}

/** The one way to a disk. */
export interface FilePort {
  /** The bytes of a file (a byte string); a problem in plain words if it cannot be had. */
  read(path: string): { readonly text: string } | { readonly problem: string };
  /** The Go files that a path means: a file, those of a folder, `./...`. */
  list(path: string): { readonly paths: readonly string[] } | { readonly problem: string };
  /** The assembly files of a folder: a package that has some may declare functions without body. */
  assembly?(folder: string): readonly string[];
  /** A file's whole path, where one may be told. */
  whole?(path: string): string;
  /** Writes a new file, with the folders that it lies in; a problem in plain words if that cannot be. */
  write?(path: string, text: string): { readonly problem: string } | undefined;
}

/** Thrown by a command to end with an error that is the user's to mend. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** What to type instead. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The value of a flag: undefined if it was not given, "" if it was given bare. */
export const flagValue = (call: CommandCall, name: string): string | undefined => {
  const found = call.flags.findLast((f) => f.name === name);
  return found && (found.value ?? "");
};

export const hasFlag = (call: CommandCall, name: string): boolean => flagValue(call, name) !== undefined;

/** A flag that holds a whole number of at least `least`; `otherwise` if it was not given. */
export function numberFlag(call: CommandCall, name: string, least: number, otherwise: number): number {
  const word = flagValue(call, name);
  if (word === undefined) return otherwise;
  if (!/^\d{1,12}$/.test(word) || Number(word) < least) throw new CommandError(`invalid value ${JSON.stringify(word)} for -${name}: want a whole number of at least ${least}`);
  return Number(word);
}
