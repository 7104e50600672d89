/** Answers as plain text for a terminal of 100 columns, and as the `text/plain` of a notebook. Pure functions. */
import type { Output } from "./output.ts";

/** Columns of a terminal that a table should fit. */
const WIDTH = 100;

/** A table with a title, aligned columns (numbers to the right) and a note. */
export function tableText(table: Extract<Output, { kind: "table" }>): string {
  const cells = [table.columns, ...table.rows.map((row) => row.map(cellText))];
  const widths = table.columns.map((_, i) => Math.max(...cells.map((row) => [...(row[i] ?? "")].length)));
  const right = table.columns.map((_, i) => table.rows.length > 0 && table.rows.every((row) => typeof row[i] === "number"));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => pad(cell, widths[i] ?? 0, right[i] ?? false)).join("  ").trimEnd().slice(0, WIDTH);
  const [head = [], ...rest] = cells;
  const rule = widths.map((w) => "-".repeat(w)).join("  ").slice(0, WIDTH);
  return [table.title, line(head), rule, ...rest.map(line), ...(table.note ? [table.note] : [])].filter((l) => l !== "").join("\n");
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - [...text].length));
  return right ? blanks + text : text + blanks;
}

/** A cell of a table; numbers get thousands separators. */
export function cellText(value: string | number): string {
  return typeof value === "number" ? grouped(value) : value;
}

/** 1234567 as "1,234,567". */
export function grouped(n: number): string {
  const [whole = "", part] = String(n).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? spaced : `${spaced}.${part}`;
}

/** A size in the unit that reads best: 2,048 bytes as "2 KiB". */
export function sizeText(n: number): string {
  for (const [unit, size] of [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]] as const) {
    if (Math.abs(n) >= size) return `${Number((n / size).toFixed(n / size < 10 ? 2 : 1))} ${unit}`;
  }
  return `${Number(n.toFixed(1))} B`;
}

/** What an output says without pictures; undefined for those that say nothing in text. */
export function outputText(output: Output): string | undefined {
  switch (output.kind) {
    case "stream":
    case "text":
    case "value":
      return output.text;
    case "table":
      return tableText(output);
    case "chart":
      return `[chart] ${output.fallback}`;
    case "source":
      return output.text;
    case "error":
      return output.traceback.join("\n");
    case "clear":
      return undefined;
  }
}
