/**
 * Chart 11: objects and pointers of the heap while a cycle marks. Rows are intervals of steps, so a slider moves through the cycle without a
 * server: white is a hollow circle, grey a triangle, black a square, a root a diamond.
 */
import type { HeapSnapshot } from "../../record/snapshot.ts";
import { type Chart, chart, COLOURS, counted, WIDTH } from "./theme.ts";

export interface TriColourOptions {
  /** The step that is shown at first. */
  readonly at: number;
  readonly subtitle: string;
  /** What to say of an object. */
  readonly label: (object: number) => string;
}

/** Objects that fit. */
const MOST = 150;
const NAMES = ["white", "grey", "black"] as const;

/** The pictures of one cycle, one a step. */
export function triColourChart(pictures: readonly HeapSnapshot[], { at, subtitle, label }: TriColourOptions): Chart {
  const shown = pictures[at] ?? pictures[0];
  const objects = shown ? chosen(shown) : [];
  const place = shown ? placed(shown, objects) : new Map<number, Place>();
  const rows = objects.flatMap((o) => intervals(pictures, o).map((r) => ({ ...r, ...place.get(o), label: label(o) })));
  const edges = shown ? edgesOf(shown, place) : [];
  const grey = shown ? objects.filter((o) => shown.colour[o] === 1).length : 0;
  const title = `step ${at}: ${counted(grey, "object")} waiting to be scanned`;
  const left = (shown?.site.filter((s) => s !== 0).length ?? 0) - objects.length;
  const filter = "datum.from <= step && step < datum.to";
  return chart({
    title,
    subtitle: left > 0 ? `${subtitle} · the first ${objects.length} objects, ${left} more` : subtitle,
    description: `${title}. Objects in columns by their distance from a root; lines are pointers.`,
    fallback: title,
    body: {
      width: WIDTH,
      height: 260,
      params: [{ name: "step", value: at, bind: { input: "range", min: 0, max: Math.max(1, pictures.length - 1), step: 1 } }],
      layer: [
        { data: { values: edges }, mark: { type: "rule", color: COLOURS.edge, opacity: 0.4 }, encoding: { x: { field: "x", type: "quantitative", axis: null }, y: { field: "y", type: "quantitative", axis: null }, x2: { field: "x2" }, y2: { field: "y2" }, tooltip: { value: "a pointer" } } },
        {
          data: { values: rows },
          transform: [{ filter }],
          mark: { type: "point", filled: true, size: 90, opacity: 1, stroke: COLOURS.edge },
          encoding: {
            x: { field: "x", type: "quantitative", axis: null },
            y: { field: "y", type: "quantitative", axis: null },
            shape: { field: "colour", type: "nominal", title: null, scale: { domain: NAMES, range: ["circle", "triangle-up", "square"] } },
            color: { field: "colour", type: "nominal", title: null, scale: { domain: NAMES, range: ["#FFFFFF", COLOURS.fresh, COLOURS.stack] } },
            tooltip: [{ field: "label", title: "object" }, { field: "colour" }],
          },
        },
      ],
    },
  });
}

/** The objects of the program, at most as many as fit. */
const chosen = (s: HeapSnapshot): number[] => s.addr.flatMap((_, i) => (s.site[i] !== 0 ? [i] : [])).slice(0, MOST);

/** From which step to which an object has a colour. */
function intervals(pictures: readonly HeapSnapshot[], object: number): { colour: string; from: number; to: number }[] {
  const rows: { colour: string; from: number; to: number }[] = [];
  pictures.forEach((s, i) => {
    const colour = NAMES[s.colour[object] ?? 0] ?? "white";
    const last = rows.at(-1);
    if (last?.colour === colour) last.to = i + 1;
    else rows.push({ colour, from: i, to: i + 1 });
  });
  return rows;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Columns by distance from a root; what nothing reaches stands in the last. */
function placed(s: HeapSnapshot, objects: readonly number[]): Map<number, Place> {
  const inside = new Set(objects);
  const depth = new Map<number, number>();
  let layer = [...new Set(s.roots.map((r) => r.to))].filter((o) => inside.has(o));
  for (let d = 0; layer.length > 0; d++) {
    for (const o of layer) depth.set(o, d);
    layer = [...new Set(layer.flatMap((o) => s.edges.slice(s.firstEdge[o], s.firstEdge[o + 1])))].filter((o) => inside.has(o) && !depth.has(o));
  }
  const deepest = Math.max(0, ...depth.values()) + 1;
  const filled = new Map<number, number>();
  return new Map(objects.map((o) => {
    const x = depth.get(o) ?? deepest;
    const y = filled.get(x) ?? 0;
    filled.set(x, y + 1);
    return [o, { x, y: -y }];
  }));
}

function edgesOf(s: HeapSnapshot, place: ReadonlyMap<number, Place>): { x: number; y: number; x2: number; y2: number }[] {
  return [...place].flatMap(([o, from]) =>
    s.edges.slice(s.firstEdge[o], s.firstEdge[o + 1]).flatMap((to) => {
      const end = place.get(to);
      return end ? [{ x: from.x, y: from.y, x2: end.x, y2: end.y }] : [];
    }),
  );
}
