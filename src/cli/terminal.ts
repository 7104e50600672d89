/**
 * Outputs on a terminal: text or JSON. Data goes to standard output, notes and errors to standard error.
 *
 * Exact text of the Go tool is printed as it stands. Colours only mark errors, and only on a terminal that wants them.
 */
import { writeSync } from "node:fs";
import { styleText } from "node:util";
import { type DataRecord, type Output, outputText } from "../views/index.ts";

export type Format = "text" | "json";

const colours = (stream: NodeJS.WriteStream): boolean =>
  process.env["FORCE_COLOR"] !== undefined || (stream.isTTY === true && process.env["NO_COLOR"] === undefined && process.env["TERM"] !== "dumb");

/** Writes all of `text`, even to a pipe whose reader is slow. */
export function write(fd: 1 | 2, text: string): void {
  let bytes: Uint8Array = Buffer.from(text, "utf8");
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Shows outputs as they come; `finish` prints the JSON document. */
export class Terminal {
  readonly #format: Format;
  readonly #shown: { readonly output: Output; readonly record?: DataRecord }[] = [];
  /** The last error, if one came. */
  error: Extract<Output, { kind: "error" }> | undefined;

  constructor(format: Format) {
    this.#format = format;
  }

  show(output: Output, record?: DataRecord): void {
    if (output.kind === "error") this.error = output;
    if (this.#format === "json") this.#shown.push(record ? { output, record } : { output });
    else this.#print(output);
  }

  finish(): void {
    if (this.#format === "json") write(1, `${JSON.stringify({ schema: "gomem.v1", outputs: this.#shown }, undefined, 1)}\n`);
  }

  #print(output: Output): void {
    const text = outputText(output);
    if (text === undefined || text === "") return;
    switch (output.kind) {
      case "stream":
        return write(output.name === "stdout" ? 1 : 2, text);
      case "error":
        return write(2, `${colours(process.stderr) ? styleText("red", text) : text}\n`);
      default:
        return write(1, text.endsWith("\n") ? text : `${text}\n`);
    }
  }
}
