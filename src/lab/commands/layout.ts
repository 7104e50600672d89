/** `layout`: how values of a type lie in memory, field by field, and the order of fields that wastes least. Arithmetic only; nothing runs. */
import { layoutOf, type Slot, type TypeLayout } from "../../compiler/index.ts";
import { layoutChart } from "../../views/index.ts";
import { slotSize } from "../../runtime/index.ts";
import { type Command, CommandError, hasFlag } from "./command.ts";
import { typeAsked } from "./types.ts";

export const layout: Command = {
  verb: "layout",
  group: "compiler",
  summary: "offsets, padding and pointers of a type, its size class, the best order of its fields",
  syntax: "layout [-optimal] type [file…]",
  flags: [{ name: "optimal", value: "none", doc: "show the order of fields that wastes least" }],
  maxArgs: 100,
  examples: [
    { line: "layout point", says: "a type of the session or of the last program" },
    { line: "layout -optimal struct{ a bool; b int64; c bool }", says: "any type, in its best order" },
    { line: "layout time.Time", says: "a type of the library" },
  ],
  goEquivalent: "unsafe.Sizeof, unsafe.Offsetof; fieldalignment",
  goSource: "cmd/compile/internal/types/size.go",
  run(context, call) {
    const asked = typeAsked(context, call);
    if (!asked) return;
    const own = layoutOf(asked.type, asked.pkg);
    if (own.size < 0 || !Number.isFinite(own.size)) throw new CommandError(`layout: ${own.type} has no size`);
    const shown = hasFlag(call, "optimal") && own.best ? own.best : own;
    context.show({ kind: "text", text: sentence(own) }, { schema: "gomem.v1", verb: "layout", ...own });
    if (shown.slots.length === 0) return;
    context.show({
      kind: "table",
      title: "",
      columns: ["offset", "size", "align", "field", "type", "pointers"],
      rows: shown.slots.map((s) => [s.offset, s.size, s.name === "" ? "" : s.align, s.name === "" ? "(padding)" : s.name, s.type, pointersOf(s, shown)]),
      note: `${shown.pointerBytes} of ${shown.size} bytes may hold pointers: the collector looks no further.`,
    });
    context.show(layoutChart(own));
  },
};

function sentence(l: TypeLayout): string {
  const waste = padding(l);
  const slot = slotSize(l.size, l.pointerBytes === 0);
  const parts = [
    `${l.type} takes ${bytesText(l.size)}, aligned to ${l.align}${waste > 0 ? `; ${bytesText(waste)} are padding` : ""}.`,
    l.size === 0 ? "On the heap it takes nothing." : `On the heap it lies in a slot of ${bytesText(slot)}${l.pointerBytes === 0 ? ", which the collector never scans" : ""}.`,
  ];
  if (l.best) {
    const order = l.best.slots.filter((s) => s.name !== "").map((s) => s.name).join(", ");
    const better = l.best.size < l.size ? `With its fields in the order ${order} it takes ${bytesText(l.best.size)} (slot ${bytesText(slotSize(l.best.size, l.pointerBytes === 0))}).` : `With its fields in the order ${order} the collector looks at ${bytesText(l.best.pointerBytes)} in place of ${l.pointerBytes}.`;
    parts.push(better);
  }
  return parts.join("\n");
}

const padding = (l: TypeLayout): number => l.slots.reduce((n, s) => n + (s.name === "" ? s.size : 0), 0);

const bytesText = (n: number): string => `${n} ${n === 1 ? "byte" : "bytes"}`;

/** The pointer words inside a field. */
function pointersOf(s: Slot, l: TypeLayout): string {
  const words: number[] = [];
  for (let at = s.offset; at < s.offset + s.size; at += 8) if (l.pointers[at / 8] === true) words.push(at);
  return words.length > 6 ? `${words.slice(0, 6).join(" ")} …` : words.join(" ");
}
