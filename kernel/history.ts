/**
 * The history of inputs: kept in memory and, unless GOMEM_HISTORY=off, in a bounded JSON-lines file of the user.
 *
 * Answers `history_request` (tail, range, search). Protocol: "History" of the Jupyter messaging specification.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

export class History {
  readonly #entries: Entry[];
  readonly #session: number;
  readonly #file: string | undefined;
  /** Lines that are not in the file yet. */
  #unsaved = "";

  constructor(file = historyFile()) {
    this.#file = file;
    this.#entries = file === undefined ? [] : load(file);
    this.#session = (this.#entries.at(-1)?.session ?? 0) + 1;
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

  #select(request: Json): readonly Entry[] {
    const n = typeof request["n"] === "number" ? request["n"] : 10;
    switch (request["hist_access_type"]) {
      case "tail":
        return n > 0 ? this.#entries.slice(-n) : [];
      case "range": {
        const asked = typeof request["session"] === "number" ? request["session"] : 0;
        const session = asked <= 0 ? this.#session + asked : asked;
        const start = Number(request["start"] ?? 0);
        const stop = typeof request["stop"] === "number" ? request["stop"] : Number.POSITIVE_INFINITY;
        return this.#entries.filter((e) => e.session === session && e.line >= start && e.line < stop);
      }
      case "search": {
        const pattern = glob(String(request["pattern"] ?? "*"));
        let found = this.#entries.filter((e) => pattern.test(e.input));
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

function load(file: string): Entry[] {
  if (!existsSync(file)) return [];
  try {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    const entries = lines.slice(-LIMIT).map((line) => JSON.parse(line) as Entry);
    if (lines.length > 2 * LIMIT) {
      writeFileSync(`${file}.new`, `${lines.slice(-LIMIT).join("\n")}\n`);
      renameSync(`${file}.new`, file);
    }
    return entries;
  } catch {
    return [];
  }
}
