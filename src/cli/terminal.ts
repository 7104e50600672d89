/**
 * Outputs on a terminal: text or JSON. Data goes to standard output, notes and errors to standard error.
 *
 * Exact text of the Go tool is printed as it stands. Colours only mark errors, and only on a terminal that wants them.
 */
import { fstatSync, writeSync } from "node:fs";
import { styleText } from "node:util";
import { type DataRecord, type Output, outputText } from "../views/index.ts";
import { EXIT } from "./exit.ts";

export type Format = "text" | "json";

const colours = (stream: NodeJS.WriteStream): boolean =>
  process.env["FORCE_COLOR"] !== undefined || (stream.isTTY === true && process.env["NO_COLOR"] === undefined && process.env["TERM"] !== "dumb");

/** Writes all of `text`, even to a pipe whose reader is slow. */
export function write(fd: 1 | 2, text: string | Uint8Array): void {
  let bytes: Uint8Array = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EPIPE") process.exit(EXIT.pipe);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** A terminal, or another device that takes characters. */
function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Text for standard output is joined up to so many characters, or for so many ms, unless somebody watches. */
const BATCH = { chars: 32_768, ms: 50 };

/** Shows outputs as they come; `finish` prints what is left, or the JSON document. */
export class Terminal {
  readonly #format: Format;
  readonly #shown: { readonly output: Output; readonly record?: DataRecord }[] = [];
  /** The last error, if one came. */
  error: Extract<Output, { kind: "error" }> | undefined;
  /** Somebody may be looking. `process.stdout` would tell, but making it costs as much as a small program. */
  readonly #watched = isDevice(1);
  /** Standard output that is not written yet, and when that was begun. */
  #waiting = "";
  #since = 0;

  constructor(format: Format) {
    this.#format = format;
  }

  show(output: Output, record?: DataRecord): void {
    if (output.kind === "error") this.error = output;
    if (this.#format === "json") this.#shown.push(record ? { output, record } : { output });
    else this.#print(output);
  }

  /** Called from time to time while a program runs: what has waited long enough is written. */
  pass(): void {
    if (this.#waiting !== "" && Date.now() - this.#since > BATCH.ms) this.#flush();
  }

  finish(): void {
    this.#flush();
    if (this.#format === "json") write(1, `${JSON.stringify({ schema: "gomem.v1", outputs: this.#shown }, (key, x: unknown) => (key === "bytes" ? undefined : x), 1)}\n`);
  }

  #print(output: Output): void {
    const text = outputText(output);
    if (text === undefined || text === "") return;
    switch (output.kind) {
      case "stream":
        if (output.bytes) {
          this.#flush();
          return write(output.name === "stdout" ? 1 : 2, output.bytes);
        }
        return output.name === "stdout" ? this.#out(text) : this.#err(text);
      case "error":
        return this.#err(`${colours(process.stderr) ? styleText("red", text) : text}\n`);
      default:
        return this.#out(text.endsWith("\n") ? text : `${text}\n`);
    }
  }

  #out(text: string): void {
    if (this.#waiting === "") this.#since = Date.now();
    this.#waiting += text;
    if (this.#watched || this.#waiting.length >= BATCH.chars || Date.now() - this.#since > BATCH.ms) this.#flush();
  }

  #err(text: string): void {
    this.#flush();
    write(2, text);
  }

  #flush(): void {
    const text = this.#waiting;
    this.#waiting = "";
    if (text !== "") write(1, text);
  }
}
