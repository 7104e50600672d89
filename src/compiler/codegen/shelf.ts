/**
 * The shelf: small functions of the library in low form, kept when the library is built, so that code of other units may have them in place of calls.
 *
 * What a function refers to in its own unit is kept so that others can say it: functions by name, data as offsets, sites and table slots as numbers of
 * that unit. The frame is kept too, for all who write the function must agree on it. Positions are not: sites are told by the unit that they belong to.
 *
 * Go: the inlined bodies in export data (cmd/compile/internal/noder/writer.go); ours are of a lower form and show in no trace.
 */
import { bug } from "../../base/bug.ts";
import { Parts, partsFile, type PartsHead, Pieces, pieceAt } from "../../base/parts.ts";
import type { ValType } from "../../wasm/opcodes.ts";
import type { XPos } from "../ir/index.ts";
import type { FrameObject, FuncRef, GlobalRef, LExpr, LFunc, LLabel, Local, Region, Site } from "../lower/index.ts";
import { signatureOf, valTypes } from "../lower/index.ts";
import type { Ready } from "./body.ts";
import { findPoints } from "./points.ts";

/** A function on the shelf: its text, and the functions that it calls. */
export interface Shelved {
  readonly symbol: string;
  readonly text: string;
  readonly calls: readonly string[];
}

/** Where to look for the functions of other units. */
export interface Shelf {
  /** The function of this symbol; undefined: it is not kept. */
  find(symbol: string): Ready | undefined;
}

/** What is kept of a function besides its statements. */
interface Kept {
  readonly params: readonly number[];
  readonly results: string;
  readonly method?: string;
  readonly hasContext: boolean;
  /** Types of its locals, and those that are pointers. */
  readonly locals: string;
  readonly pointers: readonly number[];
  readonly objects: readonly { readonly size: number; readonly pointers: readonly number[]; readonly call?: true; readonly offset: number }[];
  readonly cost: number;
  readonly unpreemptible: boolean;
  readonly frame: Ready["frame"]["size"];
  readonly goFrame: number;
  readonly slots: readonly number[];
  readonly firstSite: number;
  readonly resumeSlot: number;
  readonly quick?: true;
  readonly body: LFunc["body"];
}

// ---- keeping ------------------------------------------------------------------------------------------------

/** What the text of a function cannot say: a table slot of its unit, whose function nobody would link. */
class Unkeepable extends Error {}

/** The form of `ready` that others can read; undefined if there is none. */
export function shelve(ready: Ready, zeroStart: number): Shelved | undefined {
  const { fn, frame, firstSite, resumeSlot } = ready;
  const labels = new Map<LLabel, number>();
  const calls = new Set<string>();
  const number = (label: LLabel): number => labels.get(label) ?? labels.set(label, labels.size).size - 1;
  function put(this: unknown, key: string, value: unknown): unknown {
    const holder = this as { readonly kind?: string };
    switch (key) {
      case "local": return (value as Local).id;
      case "object": case "begins": return value === undefined ? undefined : fn.objects.indexOf(value as FrameObject);
      case "site": return (value as Site).number;
      case "label": case "out": case "again": case "otherwise": return number(value as LLabel);
      case "labels": return (value as LLabel[]).map(number);
      case "results": return holder.kind === "call" ? (value as (Local | undefined)[]).map((l) => l?.id ?? -1) : value;
      case "value": return typeof value === "bigint" ? `${value}` : typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)) ? { float: floatText(value) } : value;
      case "fn": case "target": {
        const ref = value as FuncRef;
        if (ref.module === "own" || ref.module === "f") calls.add(ref.name);
        return ref.module === "own" ? { ...ref, module: "f" } : ref;
      }
      default:
    }
    const e = value as LExpr | undefined;
    if (typeof e !== "object" || e === null) return value;
    if (e.kind === "slot" || (e.kind === "global" && (e.ref satisfies GlobalRef).module === "s")) throw new Unkeepable();
    return e.kind === "base" && e.of === "zero" ? { ...e, of: "data", offset: e.offset + zeroStart } : value;
  }
  const kept: Kept = {
    params: fn.params.map((p) => p.id), results: signatureOf(fn.results), ...(fn.method === undefined ? {} : { method: fn.method }), hasContext: fn.hasContext,
    locals: signatureOf(fn.locals.map((l) => l.type)), pointers: fn.locals.filter((l) => l.pointer).map((l) => l.id),
    objects: fn.objects.map((o) => ({ size: o.size, pointers: o.pointers, ...(o.region === "call" ? { call: true as const } : {}), offset: o.offset })),
    cost: fn.cost, unpreemptible: fn.unpreemptible, frame: frame.size, goFrame: frame.goFrame, slots: Array.from(frame.slots), firstSite, resumeSlot,
    ...(ready.quick ? { quick: true as const } : {}), body: [],
  };
  try {
    const head = JSON.stringify(kept);
    return { symbol: fn.symbol, text: `${head.slice(0, head.lastIndexOf("[]"))}${JSON.stringify(fn.body, put)}}`, calls: [...calls] };
  } catch (e) {
    if (e instanceof Unkeepable) return undefined;
    throw e;
  }
}

const floatText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

// ---- reading ------------------------------------------------------------------------------------------------

/** The function that `shelve` made this text of, as one of the unit `home`. */
export function unshelve(symbol: string, text: string, home: string): Ready {
  const region: Region = { parent: undefined };
  const nowhere = { at: 0 as XPos, region, order: 0, objects: [] };
  const sites: Site[] = [];
  const labels: LLabel[] = [];
  const site = (n: number): Site => (sites[n] ??= { ...nowhere, number: n });
  const label = (n: number): LLabel => (labels[n] ??= { name: "" });
  const bodyAt = text.indexOf('"body":') + '"body":'.length;
  const kept = JSON.parse(`${text.slice(0, bodyAt)}[]}`) as Kept;
  const pointers = new Set(kept.pointers);
  const locals: Local[] = valTypes(kept.locals).map((type: ValType, id) => ({ id, type, pointer: pointers.has(id) }));
  const objects: FrameObject[] = kept.objects.map(({ size, pointers: words, call, offset }) => ({ size, pointers: words, region: call ? "call" : region, order: 0, offset }));
  function take(this: unknown, key: string, value: unknown): unknown {
    switch (key) {
      case "local": return locals[value as number] ?? bug(`${symbol}: no local ${String(value)}`);
      case "object": case "begins": return objects[value as number] ?? bug(`${symbol}: no object ${String(value)}`);
      case "site": return site(value as number);
      case "label": case "out": case "again": case "otherwise": return label(value as number);
      case "labels": return (value as number[]).map(label);
      case "results": return (this as { readonly kind?: string }).kind === "call" ? (value as number[]).map((n) => locals[n]) : value;
      case "value": return typeof value === "string" ? BigInt(value) : typeof value === "object" && value !== null ? Number((value as { readonly float: string }).float) : value;
      default: return value;
    }
  }
  const fn: LFunc = {
    symbol, at: nowhere.at, params: kept.params.map((n) => locals[n] ?? bug("no parameter")), results: valTypes(kept.results),
    ...(kept.method === undefined ? {} : { method: kept.method }), hasContext: kept.hasContext, locals, objects,
    body: JSON.parse(text.slice(bodyAt, -1), take) as LFunc["body"], cost: kept.cost, hasDefer: false, pinned: [], pinnedObjects: [], unpreemptible: kept.unpreemptible, tail: false,
  };
  const found = findPoints(fn, { ...nowhere, number: 0 });
  // What was left out of a quick part had sites, too.
  sites.forEach((s, n) => { s.number = n; });
  const points = kept.quick ? { ...found, frameless: true } : found;
  return {
    fn, points, frame: { size: kept.frame, goFrame: kept.goFrame, slots: Int32Array.from(kept.slots) }, firstSite: kept.firstSite, resumeSlot: kept.resumeSlot, home,
    ...(kept.quick ? { quick: true } : {}),
  };
}

// ---- files --------------------------------------------------------------------------------------------------

interface ShelfHead extends PartsHead<"texts" | "ends"> {
  readonly symbols: readonly string[];
}

/** Functions of one unit as a file. */
export function shelfFile(shelved: readonly Shelved[]): Uint8Array {
  const texts = new Pieces();
  for (const { text } of shelved) texts.add(text);
  return partsFile({ symbols: shelved.map((s) => s.symbol) }, { texts: texts.bytes, ends: texts.ends });
}

/** The shelf whose files `read` gives by import path. Each function is read once. */
export function openShelf(read: (path: string) => Uint8Array | undefined): Shelf {
  const files = new Map<string, { readonly parts: Parts<ShelfHead>; readonly numbers: ReadonlyMap<string, number> } | undefined>();
  const known = new Map<string, Ready | undefined>();
  const file = (path: string): ReturnType<typeof files.get> => {
    if (files.has(path)) return files.get(path);
    const bytes = read(path);
    const parts = bytes && new Parts<ShelfHead>(bytes);
    const opened = parts && { parts, numbers: new Map(parts.head.symbols.map((symbol, i) => [symbol, i])) };
    files.set(path, opened);
    return opened;
  };
  const find = (symbol: string): Ready | undefined => {
    const path = packageOf(symbol);
    const opened = path === undefined ? undefined : file(path);
    const n = opened?.numbers.get(symbol);
    if (path === undefined || !opened || n === undefined) return undefined;
    return unshelve(symbol, textOf(pieceAt(opened.parts.bytes("texts"), opened.parts.numbers("ends"), n)), path);
  };
  return {
    find: (symbol) => {
      if (!known.has(symbol)) known.set(symbol, find(symbol));
      return known.get(symbol);
    },
  };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");

/** The import path that a symbol of the library begins with. */
export const packageOf = (symbol: string): string | undefined => /^[a-z0-9]+(?:\/[a-z0-9]+)*(?=\.)/.exec(symbol)?.[0];
