/** `sizeclass`: which slot an object of a size or type gets, what is wasted, how a span is cut. Arithmetic over Go's table; nothing runs. */
import { layoutOf } from "../../compiler/index.ts";
import { CLASS_PAGES, CLASS_SIZE, MAX_BITMAP_SIZE, MAX_SMALL_OBJECT, objectsPerSpan, PAGE_SIZE, SIZE_CLASSES, sizeClass, slotSize, TINY_SIZE } from "../../runtime/index.ts";
import { sizeText, wasteChart } from "../../views/index.ts";
import { parseSize } from "../settings.ts";
import { type Command, hasFlag } from "./command.ts";
import { typeAsked } from "./types.ts";

export const sizeclass: Command = {
  verb: "sizeclass",
  group: "run",
  summary: "the slot that an object gets: class, waste, span, objects in a span",
  syntax: "sizeclass size | type | -all",
  flags: [{ name: "all", value: "none", doc: "every class" }],
  maxArgs: 100,
  examples: [
    { line: "sizeclass 33", says: "an object of 33 bytes" },
    { line: "%sizeclass [100]*int", says: "an object of a type; with % because a [ would be an index" },
    { line: "sizeclass -all", says: "the whole table" },
  ],
  goEquivalent: "none; the table is in internal/runtime/gc/sizeclasses.go",
  goSource: "internal/runtime/gc/sizeclasses.go, runtime/msize.go",
  run(context, call) {
    if (hasFlag(call, "all")) return showAll(context);
    const [word = ""] = call.args;
    const size = call.args.length === 1 ? parseSize(word, false) : undefined;
    if (size !== undefined) return showOne(context, `${size} bytes`, size, undefined);
    const asked = typeAsked(context, call);
    if (!asked) return;
    const l = layoutOf(asked.type, asked.pkg);
    showOne(context, `${l.type} (${l.size} bytes)`, l.size, l.pointerBytes === 0);
  },
};

type Context = Parameters<Command["run"]>[0];

/** One object; `noscan` undefined: both with and without pointers. */
function showOne(context: Context, what: string, size: number, noscan: boolean | undefined): void {
  const kinds = noscan === undefined ? [true, false] : [noscan];
  const rows = kinds.map((k) => rowOf(size, k));
  context.show({ kind: "text", text: kinds.map((k) => sentence(what, size, k, kinds.length > 1)).join("\n") }, { schema: "gomem.v1", verb: "sizeclass", size, rows });
  if (size === 0) return;
  context.show({ kind: "table", title: "", columns: ["pointers", "class", "slot", "waste", "span", "objects in a span"], rows });
  if (size <= MAX_SMALL_OBJECT) context.show(wasteChart(size, noscan ?? true, (n, k) => slotSize(n, k)));
}

function rowOf(size: number, noscan: boolean): (string | number)[] {
  const slot = slotSize(size, noscan);
  const waste = slot === 0 ? "" : `${slot - size} (${Math.round(((slot - size) / slot) * 100)} %)`;
  if (size > MAX_SMALL_OBJECT) return [noscan ? "no" : "yes", "large", slot, waste, sizeText(slot), 1];
  const cls = sizeClass(size + (slot > 0 && !noscan && size > MAX_BITMAP_SIZE ? 8 : 0));
  return [noscan ? "no" : "yes", cls, slot, waste, sizeText((CLASS_PAGES[cls] ?? 0) * PAGE_SIZE), objectsPerSpan(cls, noscan)];
}

function sentence(what: string, size: number, noscan: boolean, both: boolean): string {
  const who = both ? `${what} ${noscan ? "without" : "with"} pointers` : what;
  if (size === 0) return `${who}: nothing is allocated; the address is that of runtime.zerobase.`;
  const slot = slotSize(size, noscan);
  if (size > MAX_SMALL_OBJECT) return `${who}: a large object, a span of its own with ${sizeText(slot)}.`;
  if (noscan && size < TINY_SIZE) return `${who}: shares a tiny block of ${TINY_SIZE} bytes with others.`;
  const how = noscan ? ", never scanned" : size > MAX_BITMAP_SIZE ? ", 8 of them a header with its type" : ", its pointer bits at the end of the span";
  return `${who}: a slot of ${slot} bytes${how}.`;
}

function showAll(context: Context): void {
  const rows = Array.from({ length: SIZE_CLASSES - 1 }, (_, i) => {
    const cls = i + 1;
    const size = CLASS_SIZE[cls] ?? 0;
    const span = (CLASS_PAGES[cls] ?? 0) * PAGE_SIZE;
    const before = CLASS_SIZE[cls - 1] ?? 0;
    return [cls, size, sizeText(span), Math.floor(span / size), objectsPerSpan(cls, false), span % size, `${(((size - before - 1) / size) * 100).toFixed(1)} %`];
  });
  context.show(
    { kind: "table", title: "", columns: ["class", "bytes", "span", "objects", "with pointers", "tail waste", "worst waste in a slot"], rows, note: "Spans with pointers keep mark bits and, up to 512 bytes, pointer bits inside, so they hold fewer." },
    { schema: "gomem.v1", verb: "sizeclass", rows },
  );
}
