/**
 * The history of inputs: kept in memory and, unless GOMEM_HISTORY=off, in a bounded JSON-lines file of the user.
 *
 * A kernel that starts looks only at the file's last line: what earlier sessions typed is read when somebody asks, and hardly anybody does.
 *
 * Answers `history_request` (tail, range, search). Protocol: "History" of the Jupyter messaging specification.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Json } from "./wire.ts";

interface Entry {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  readonly output: string;
}

/** Entries that are read back from the file. */
const LIMIT = 10_000;
/** A file of more bytes is read when a kernel starts, and made shorter. */
const LARGE = 8 * 1024 * 1024;
/** Bytes at the end of the file among which its last line is looked for first. */
const TAIL = 4096;

export class History {
  /** What earlier sessions left, once it was asked for. */
  #earlier: readonly Entry[] | undefined;
  readonly #entries: Entry[] = [];
  readonly #session: number;
  readonly #file: string | undefined;
  /** Bytes of the file that earlier sessions wrote. */
  readonly #size: number;
  /** Lines that are not in the file yet. */
  #unsaved = "";

  constructor(file = historyFile()) {
    this.#file = file;
    this.#size = file === undefined ? 0 : sizeOf(file);
    if (file !== undefined && this.#size > LARGE) this.#earlier = shorten(file, this.#size);
    const last = this.#earlier ? this.#earlier.at(-1) : file === undefined ? undefined : lastOf(file, this.#size);
    this.#session = (last?.session ?? 0) + 1;
  }

  add(line: number, input: string, output: string): void {
    const entry = { session: this.#session, line, input, output };
    this.#entries.push(entry);
    if (this.#file === undefined) return;
    if (this.#unsaved === "") setImmediate(() => this.save());
    this.#unsaved += `${JSON.stringify(entry)}\n`;
  }

  /** Writes what was added to the file: when the cell has been answered, or before the kernel ends. */
  save(): void {
    if (this.#file === undefined || this.#unsaved === "") return;
    const text = this.#unsaved;
    this.#unsaved = "";
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, text);
    } catch {
      // A history that cannot be kept is no reason to fail a cell.
    }
  }

  /** The `history` list of a reply. */
  answer(request: Json): unknown[] {
    const pairs = request["output"] === true;
    return this.#select(request).map((e) => [e.session, e.line, pairs ? [e.input, e.output] : e.input]);
  }

  #all(): readonly Entry[] {
    this.#earlier ??= this.#file === undefined ? [] : entriesIn(textOf(this.#file, 0, this.#size)).slice(-LIMIT);
    return [...this.#earlier, ...this.#entries];
  }

  #select(request: Json): readonly Entry[] {
    const entries = this.#all();
    const n = typeof request["n"] === "number" ? request["n"] : 10;
    switch (request["hist_access_type"]) {
      case "tail":
        return n > 0 ? entries.slice(-n) : [];
      case "range": {
        const asked = typeof request["session"] === "number" ? request["session"] : 0;
        const session = asked <= 0 ? this.#session + asked : asked;
        const start = Number(request["start"] ?? 0);
        const stop = typeof request["stop"] === "number" ? request["stop"] : Number.POSITIVE_INFINITY;
        return entries.filter((e) => e.session === session && e.line >= start && e.line < stop);
      }
      case "search": {
        const pattern = glob(String(request["pattern"] ?? "*"));
        let found = entries.filter((e) => pattern.test(e.input));
        if (request["unique"] === true) found = found.filter((e, i) => found.findLastIndex((o) => o.input === e.input) === i);
        return typeof request["n"] === "number" ? (n > 0 ? found.slice(-n) : []) : found;
      }
      default:
        return [];
    }
  }
}

/** A shell pattern with `*` and `?` as an expression for the whole text. */
function glob(pattern: string): RegExp {
  const body = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, "[^]*").replace(/\?/g, "[^]");
  return new RegExp(`^${body}$`);
}

function historyFile(): string | undefined {
  if (process.env["GOMEM_HISTORY"] === "off") return undefined;
  return process.env["GOMEM_HISTORY"] ?? join(process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"), "gomem", "history.jsonl");
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The file's text between two offsets; empty if it cannot be read. */
function textOf(file: string, from: number, to: number): string {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  if (bytes.length === 0) return "";
  try {
    const descriptor = openSync(file, "r");
    try {
      return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, bytes.length, from));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}

/** The entries in lines of text; what is no entry, a line cut short for instance, is left out. */
function entriesIn(text: string): Entry[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      const entry = JSON.parse(line) as Entry;
      return typeof entry?.session === "number" && typeof entry.input === "string" ? [entry] : [];
    } catch {
      return [];
    }
  });
}

/** The last entry of a file of `size` bytes; a last line may be longer than what is read first. */
function lastOf(file: string, size: number): Entry | undefined {
  const near = entriesIn(textOf(file, Math.max(0, size - TAIL), size)).at(-1);
  return near ?? (size > TAIL ? entriesIn(textOf(file, 0, size)).at(-1) : undefined);
}

/** The entries of a file that has grown large, of which half the bytes are kept at most. */
function shorten(file: string, size: number): Entry[] {
  const entries = entriesIn(textOf(file, Math.max(0, size - LARGE / 2), size)).slice(-LIMIT);
  try {
    writeFileSync(`${file}.new`, entries.map((e) => `${JSON.stringify(e)}\n`).join(""));
    renameSync(`${file}.new`, file);
  } catch {
    // It stays as long as it is.
  }
  return entries;
}
