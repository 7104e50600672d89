/** What is wrong with a user's text, as data. Words come from each phase's messages.ts; doors print it. */
import { COLUMN_LIMIT, type Position } from "./source.ts";

/** `error` is what Go itself says; `unsupported` is valid Go that we cannot do yet; `command` is about a command line. */
export type DiagnosticKind = "error" | "unsupported" | "command";

export interface Diagnostic {
  readonly kind: DiagnosticKind;
  readonly at: Position;
  /** Go's words, byte for byte; continuation lines begin with a tab. For `unsupported`: the construct. */
  readonly message: string;
  /** What to type next, if we know. */
  readonly hint?: string;
}

/** `./main.go:4:2`; a place without a line is its file. */
export function formatPosition({ file, line, col }: Position): string {
  return line === 0 ? file : col > 0 && col < COLUMN_LIMIT ? `${file}:${line}:${col}` : `${file}:${line}`;
}

/** One line as `go build` prints it: `./main.go:4:2: declared and not used: x`. */
export function formatDiagnostic(d: Diagnostic): string {
  const place = formatPosition(d.at);
  if (d.kind === "unsupported") return `unsupported: ${d.message} at ${place}`;
  return place === "" ? d.message : `${place}: ${d.message}`;
}

/** Thrown inside a phase to leave a function that holds a construct we cannot do; caught by that phase's door, which answers it as a diagnostic. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
  readonly diagnostic: Diagnostic;

  constructor(construct: string, at: Position) {
    super(`unsupported: ${construct}`);
    this.diagnostic = { kind: "unsupported", at, message: construct };
  }
}
