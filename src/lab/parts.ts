/**
 * What a cell consists of, as data: Go text and command lines. cell.ts makes it from a cell's text, the CLI from its arguments.
 *
 * Grammar of a command (product language): `%? NAME=word* verb (-flag[=value] | arg)* [-- call] [// comment]`.
 */
import type { Diagnostic } from "../base/diagnostic.ts";

export interface Flag {
  readonly name: string;
  /** After `=`; absent for a bare flag. */
  readonly value?: string;
}

/** A command, read but not yet checked against its definition. */
export interface CommandCall {
  readonly verb: string;
  /** `GOGC=50` before the verb: for this command only. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly flags: readonly Flag[];
  readonly args: readonly string[];
  /** A Go call after `--`, or the text of the cell below a `%%verb` line. */
  readonly call?: string;
  /** Line and column in the cell, from 1. */
  readonly line: number;
  readonly col: number;
}

export type CellPart =
  /** Go text; `line` is the cell line on which it begins, from 1. */
  | { readonly kind: "go"; readonly text: string; readonly line: number }
  | { readonly kind: "command"; readonly command: CommandCall }
  /** `%%verb flags` on line 1: the verb applied to the rest of the cell. */
  | { readonly kind: "magic"; readonly command: CommandCall; readonly body: string; readonly line: number }
  | { readonly kind: "error"; readonly diagnostic: Diagnostic };
