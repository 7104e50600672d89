/**
 * Writes the events of a run into columns, and a rolling hash of them.
 *
 * Hot: one call per event, no objects. Each kind has its own table of doubles, a row being the time and the kind's columns (events.ts).
 * Reading is reader.ts. A kind keeps at most `limit` rows; later ones are counted and hashed but not kept.
 *
 * Go: the execution tracer (GOROOT/src/runtime/trace.go) has the same place.
 */
import { bug } from "../base/bug.ts";
import { EVENTS, type EventKind } from "./events.ts";

/** Rows of one kind: `rows` times `width` doubles, the first of a row being its time. */
export interface EventTable {
  readonly kind: EventKind;
  readonly width: number;
  rows: number;
  /** Events that came after the limit. */
  dropped: number;
  data: Float64Array;
}

/** Everything that was recorded in one run; plain data. */
export type EventRecord = { readonly [K in EventKind]?: EventTable };

const KINDS = Object.keys(EVENTS) as EventKind[];
/** A number for each kind, for the hash. */
const NUMBER = new Map(KINDS.map((kind, i) => [kind, i + 1]));
/** Rows that a kind keeps unless told otherwise. */
const DEFAULT_LIMIT = 1_000_000;
/** The same for kinds that come from a source: they come by the million and are of use one by one. */
const SOURCE_LIMIT = 1 << 16;

/** Events that somebody else writes and hashes first, because `add` would cost too much. */
export interface EventSource {
  /** Hands over, by `put`, what is pending. */
  readonly flush: () => void;
  /** Two words that depend on all events of the source so far. */
  readonly hash: () => readonly [number, number];
}

/** A place in a record: rows kept and dropped of each kind, the hash so far. */
export interface RecorderState {
  readonly lengths: readonly (readonly [kind: EventKind, rows: number, dropped: number])[];
  readonly hash: readonly [number, number];
}

/** Writes events. */
export class Recorder {
  readonly #tables = new Map<EventKind, EventTable & { readonly number: number }>();
  readonly #limit: number;
  #hashLow = 0x811c9dc5;
  #hashHigh = 0x9e3779b9;
  /** Whether kinds that come once an object (alloc, grey, black, barrier) are wanted. Whoever writes them asks. */
  detailed = false;
  /** Who writes the events of switches. */
  source: EventSource | undefined;
  /** Whoever keeps events back for a while hands them over, by `add`, before another one is added. */
  before: () => void = () => undefined;

  constructor(limit = DEFAULT_LIMIT) {
    this.#limit = limit;
  }

  /** Writes one event at virtual time `time`; missing columns are 0. O(1), allocates nothing but when a table doubles. */
  add(kind: EventKind, time: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): void {
    this.before();
    const t = this.#tables.get(kind) ?? this.#table(kind);
    this.#mix(t.number, time);
    this.#mix(a, b);
    this.#mix(c, d);
    this.#mix(e, f);
    const at = this.#row(t, this.#limit);
    if (at < 0) return;
    const data = t.data;
    data[at] = time;
    const n = t.width;
    if (n > 1) data[at + 1] = a;
    if (n > 2) data[at + 2] = b;
    if (n > 3) data[at + 3] = c;
    if (n > 4) data[at + 4] = d;
    if (n > 5) data[at + 5] = e;
    if (n > 6) data[at + 6] = f;
  }

  /** An event with up to three columns from the source, which has hashed it. */
  put(kind: EventKind, time: number, a: number, b = 0, c = 0): void {
    const t = this.#tables.get(kind) ?? this.#table(kind);
    const at = this.#row(t, Math.min(this.#limit, SOURCE_LIMIT));
    if (at < 0) return;
    t.data[at] = time;
    t.data[at + 1] = a;
    if (t.width > 2) t.data[at + 2] = b;
    if (t.width > 3) t.data[at + 3] = c;
  }

  /** Whether `put` would drop an event of this kind. */
  isFull(kind: EventKind): boolean {
    return (this.#tables.get(kind)?.rows ?? 0) >= Math.min(this.#limit, SOURCE_LIMIT);
  }

  /** Counts `n` events of a source that came after the limit. */
  drop(kind: EventKind, n: number): void {
    if (n > 0) (this.#tables.get(kind) ?? this.#table(kind)).dropped += n;
  }

  #table(kind: EventKind): EventTable & { readonly number: number } {
    const width = EVENTS[kind].length + 1;
    const number = NUMBER.get(kind) ?? bug(`no event kind ${kind}`);
    const t = { kind, width, number, rows: 0, dropped: 0, data: new Float64Array(64 * width) };
    this.#tables.set(kind, t);
    return t;
  }

  /** Where the next row goes; -1 if the table is full, which is counted. */
  #row(t: EventTable, limit: number): number {
    if (t.rows >= limit) {
      t.dropped++;
      return -1;
    }
    const at = t.rows++ * t.width;
    if (at + t.width > t.data.length) t.data = grown(t.data);
    return at;
  }

  /** Hash of all events so far, 16 hex digits: equal runs have equal hashes. */
  hash(): string {
    this.before();
    const [low, high] = this.source?.hash() ?? [0, 0];
    return hex(this.#hashHigh ^ high) + hex(this.#hashLow ^ low);
  }

  /** How far the record is. */
  save(): RecorderState {
    const lengths = [...this.#tables].map(([kind, t]) => [kind, t.rows, t.dropped] as const);
    return { lengths, hash: [this.#hashLow, this.#hashHigh] };
  }

  /** Forgets what was recorded since `save`. */
  restore({ lengths, hash }: RecorderState): void {
    const kept = new Map(lengths.map(([kind, ...length]) => [kind, length]));
    for (const [kind, t] of this.#tables) [t.rows, t.dropped] = kept.get(kind) ?? [0, 0];
    [this.#hashLow, this.#hashHigh] = hash;
  }

  /** What was recorded; tables are cut to their rows. */
  record(): EventRecord {
    this.before();
    this.source?.flush();
    const record: { [K in EventKind]?: EventTable } = {};
    for (const kind of KINDS) {
      const t = this.#tables.get(kind);
      if (t) record[kind] = { kind, width: t.width, rows: t.rows, dropped: t.dropped, data: t.data.slice(0, t.rows * t.width) };
    }
    return record;
  }

  /** Two multiply-xor rounds over the bits of two doubles' integer parts. */
  #mix(x: number, y: number): void {
    const high = Math.floor(x / 4294967296) ^ Math.floor(y / 4294967296);
    this.#hashLow = Math.imul(this.#hashLow ^ (x >>> 0) ^ (this.#hashHigh >>> 15), 0x85ebca6b);
    this.#hashHigh = Math.imul(this.#hashHigh ^ (y >>> 0) ^ high ^ (this.#hashLow >>> 13), 0xc2b2ae35);
  }
}

function grown(old: Float64Array): Float64Array {
  const data = new Float64Array(old.length * 2);
  data.set(old);
  return data;
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
