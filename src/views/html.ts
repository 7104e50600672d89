/** Tables and marked source as HTML that reads in light and dark themes, without script. Pure functions. */
import type { Output, SourceLine } from "./output.ts";
import { cellText } from "./text.ts";

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A table with caption, scoped headings and numbers to the right. */
export function tableHtml(table: Extract<Output, { kind: "table" }>): string {
  const head = table.columns.map((c) => `<th scope="col">${escapeHtml(c)}</th>`).join("");
  const body = table.rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  const note = table.note ? `<p>${escapeHtml(table.note)}</p>` : "";
  return `<table><caption style="text-align:left">${escapeHtml(table.title)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>${note}`;
}

const cell = (value: string | number): string => {
  const style = typeof value === "number" ? ' style="text-align:right;font-variant-numeric:tabular-nums"' : "";
  return `<td${style}>${escapeHtml(cellText(value))}</td>`;
};

/** Columns of a tab. */
const TAB = 4;

/** Heap is a filled mark, stack a hollow one, a leaking parameter an arrow: shape and colour say the same. */
const marks: Readonly<Record<SourceLine["mark"], string>> = {
  heap: '<span style="color:#D55E00" title="on the heap">●</span>',
  stack: '<span style="color:#0072B2" title="on the stack">○</span>',
  leak: '<span style="color:#CC79A7" title="leaves through a parameter">→</span>',
  none: " ",
};

/** The exact text of the tool, then the source with a mark in the margin and the reasons behind each line. */
export function sourceHtml(source: Extract<Output, { kind: "source" }>): string {
  const width = String(source.lines.length).length;
  // The text begins at a tab stop, or its first tab would be as wide as the margin leaves it.
  const gap = " ".repeat(TAB - ((2 + width) % TAB));
  const rows = source.lines.map((line) => {
    const why = line.why.length ? `  <span style="color:#767676">// ${escapeHtml(line.why.join("; "))}</span>` : "";
    return `${marks[line.mark]} <span style="color:#767676">${String(line.number).padStart(width)}</span>${gap}${escapeHtml(line.text)}${why}`;
  });
  const legend = `${marks.heap} heap  ${marks.stack} stack  ${marks.leak} leaks from the caller`;
  const said = source.text === "" ? "" : `<pre>${escapeHtml(source.text)}</pre>`;
  return `${said}<div>${escapeHtml(source.path)} <small>${legend}</small></div><pre style="line-height:1.35;tab-size:${TAB}">${rows.join("\n")}</pre><p>${escapeHtml(source.finding)}</p>`;
}
