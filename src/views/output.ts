/** What a cell or a command answers. The kernel turns it into MIME bundles (mime.ts), the CLI into terminal text. Plain data. */

/** A Vega-Lite 5 specification with its data inline. */
export type VegaLiteSpec = { readonly $schema: string; readonly [property: string]: unknown };

export type Output =
  /** What the program wrote, as it comes. `text` is whole code points; where that is not what was written, since it is no UTF-8, `bytes` is. */
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string; readonly bytes?: Uint8Array }
  /** Exact text of the Go tool, or plain words of ours. `markdown` is the same for a notebook. */
  | { readonly kind: "text"; readonly text: string; readonly markdown?: string; /** Shown in the client's pager instead of below the cell (`name?`). */ readonly pager?: boolean }
  /** The value of a cell's last expression. */
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "table"; readonly title: string; readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[]; readonly note?: string }
  | { readonly kind: "chart"; readonly title: string; readonly spec: VegaLiteSpec; /** Says the finding without the picture. */ readonly fallback: string }
  /** Source with margin marks. `mark`: heap, stack, leak or none. `text` is the exact tool output that belongs to it. */
  | { readonly kind: "source"; readonly path: string; readonly text: string; /** The finding in one sentence, for people; never part of `text`. */ readonly finding: string; readonly lines: readonly SourceLine[] }
  /** Empties what the cell showed so far. */
  | { readonly kind: "clear"; readonly wait: boolean }
  /** Ends the cell; at most one. */
  | { readonly kind: "error"; readonly ename: ErrorName; readonly evalue: string; /** Lines as a terminal shows them, no colours. */ readonly traceback: readonly string[]; /** Of a Go program that ended: its exit code. */ readonly exit?: number };

export type ErrorName = "CompileError" | "CommandError" | "GoPanic" | "GoFatal" | "GoExit" | "AssertionFailed" | "Unsupported" | "Interrupted" | "InternalError" | "BadRequest";

export interface SourceLine {
  readonly number: number;
  readonly text: string;
  readonly mark: "heap" | "stack" | "leak" | "none";
  /** Sentences for this line, one per variable or expression. */
  readonly why: readonly string[];
}

/** A record for scripts, beside any output: `application/vnd.gomem.v1+json`. */
export interface DataRecord {
  readonly schema: "gomem.v1";
  readonly verb: string;
  readonly [key: string]: unknown;
}
