/** Charts 15 and the curve of waste: the bytes of a struct as it is and in its best order; what size classes waste. */
import { type Chart, chart, COLOURS, WIDTH } from "./theme.ts";

/** What the chart needs of a layout. */
export interface LayoutRows {
  readonly type: string;
  readonly size: number;
  readonly pointers: readonly boolean[];
  readonly slots: readonly { readonly name: string; readonly type: string; readonly offset: number; readonly size: number }[];
  readonly best?: LayoutRows;
}

/** Bytes of a struct: fields, padding hatched by colour, pointer words marked. */
export function layoutChart(layout: LayoutRows): Chart {
  const orders = [{ order: "as written", l: layout }, ...(layout.best ? [{ order: "best order", l: layout.best }] : [])];
  const fields = orders.flatMap(({ order, l }) => l.slots.map((s) => ({ order, name: s.name === "" ? "padding" : s.name, type: s.type, from: s.offset, to: s.offset + s.size, kind: s.name === "" ? "padding" : "field" })));
  const pointers = orders.flatMap(({ order, l }) => l.pointers.flatMap((p, i) => (p ? [{ order, from: i * 8, to: i * 8 + 8 }] : [])));
  const padding = layout.slots.reduce((n, s) => n + (s.name === "" ? s.size : 0), 0);
  const title = padding === 0 ? `${layout.type}: ${layout.size} bytes, no padding` : `${layout.type}: ${padding} of ${layout.size} bytes are padding`;
  const y = { field: "order", type: "nominal", title: null, sort: null, scale: { domain: orders.map((o) => o.order) } };
  return chart({
    title,
    subtitle: "pointer words have a line below",
    description: `${title}. One bar for each field from its first to its last byte.`,
    fallback: title,
    body: {
      width: WIDTH,
      height: { step: 46 },
      layer: [
        {
          data: { values: fields },
          mark: { type: "bar", height: 22, stroke: COLOURS.edge },
          encoding: {
            y, x: { field: "from", type: "quantitative", title: "byte" }, x2: { field: "to" },
            color: { field: "kind", type: "nominal", title: null, scale: { domain: ["field", "padding"], range: [COLOURS.stack, COLOURS.fresh] }, legend: { orient: "bottom" } },
            tooltip: [{ field: "name", title: "field" }, { field: "type" }, { field: "from", title: "offset" }, { field: "to", title: "end" }],
          },
        },
        { data: { values: fields.filter((f) => f.to - f.from >= layout.size / 16) }, mark: { type: "text", align: "left", dx: 3, color: "#FFFFFF" }, encoding: { y, x: { field: "from", type: "quantitative" }, text: { field: "name" }, tooltip: { field: "type" } } },
        ...(pointers.length > 0 ? [{ data: { values: pointers }, mark: { type: "rule", strokeWidth: 3, yOffset: 16, color: COLOURS.heap }, encoding: { y, x: { field: "from", type: "quantitative" }, x2: { field: "to" }, tooltip: { value: "a pointer" } } }] : []),
      ],
    },
  });
}

/** What objects around a size take: a staircase over the line of what they ask for. */
export function wasteChart(size: number, noscan: boolean, slot: (size: number, noscan: boolean) => number): Chart {
  const end = Math.max(64, Math.min(size * 2, 32_768));
  const step = Math.max(1, Math.floor(end / 512));
  const values = Array.from({ length: Math.floor(end / step) }, (_, i) => ({ size: (i + 1) * step, slot: slot((i + 1) * step, noscan) }));
  const own = slot(size, noscan);
  const title = own === size ? `${size} bytes fill their slot` : `${size} bytes take a slot of ${own}: ${own - size} are wasted`;
  return chart({
    title,
    subtitle: noscan ? "objects without pointers" : "objects with pointers",
    description: `${title}. Steps: slot sizes; line: the size asked for.`,
    fallback: title,
    body: {
      width: WIDTH,
      height: 200,
      layer: [
        { data: { values }, mark: { type: "line", interpolate: "step-before", color: COLOURS.heap }, encoding: { x: { field: "size", type: "quantitative", title: "bytes asked for" }, y: { field: "slot", type: "quantitative", title: "bytes taken" }, tooltip: [{ field: "size" }, { field: "slot" }] } },
        { data: { values: [{ size: 0, slot: 0 }, { size: end, slot: end }] }, mark: { type: "line", color: COLOURS.goal, strokeDash: [4, 3] }, encoding: { x: { field: "size", type: "quantitative" }, y: { field: "slot", type: "quantitative" }, tooltip: { value: "what is asked for" } } },
        { data: { values: [{ size, slot: own }] }, mark: { type: "point", filled: true, size: 80, color: COLOURS.stack }, encoding: { x: { field: "size", type: "quantitative" }, y: { field: "slot", type: "quantitative" }, tooltip: [{ field: "size" }, { field: "slot" }] } },
      ],
    },
  });
}
