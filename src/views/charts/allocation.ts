/** Chart 5 of the product's list: what was allocated, by place, type or size; bars of bytes, most first. */
import { grouped, sizeText } from "../text.ts";
import { bytesAxis, type Chart, chart, COLOURS, WIDTH } from "./theme.ts";

/** A bar. */
export interface AllocationRow {
  readonly label: string;
  readonly objects: number;
  readonly bytes: number;
}

export interface AllocationOptions {
  readonly subtitle: string;
  /** Begins the title: `f(1) allocates`, `the heap holds`. */
  readonly what: string;
  /** What a bar is: place, type, size. */
  readonly by: string;
}

/** Bars that fit. */
const MOST_BARS = 20;

/** Bytes by group. */
export function allocationChart(rows: readonly AllocationRow[], { subtitle, what, by }: AllocationOptions): Chart {
  const total = rows.reduce((n, r) => n + r.bytes, 0);
  const shown = rows.slice(0, MOST_BARS);
  const [first] = rows;
  const share = first && total > 0 ? Math.round((first.bytes / total) * 100) : 0;
  const title = `${what} ${sizeText(total)}${first ? `; ${share} % of it: ${first.label}` : ""}`;
  return chart({
    title,
    subtitle: rows.length > MOST_BARS ? `${subtitle} · the ${MOST_BARS} largest of ${grouped(rows.length)}` : subtitle,
    description: `${title}. Bars show bytes by ${by}.`,
    fallback: title,
    body: {
      width: WIDTH,
      height: { step: 20 },
      data: { values: shown },
      mark: { type: "bar", color: COLOURS.heap },
      encoding: {
        y: { field: "label", type: "nominal", sort: null, title: null, axis: { labelLimit: 180 } },
        x: { field: "bytes", type: "quantitative", axis: bytesAxis("bytes", first?.bytes ?? 1) },
        tooltip: [{ field: "label", title: by }, { field: "objects", title: "objects", format: "," }, { field: "bytes", title: "bytes", format: "," }],
      },
    },
  });
}
