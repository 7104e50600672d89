/**
 * Voice: our own words. A case is a text archive: `cell` parts are run one after another in one Lab, each followed by what it showed.
 *
 * `UPDATE_VOICE=1` writes the answers anew; they are read by eye in review.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Lab, type Output } from "gomem";
import { expect, test } from "vitest";
import { parseArchive } from "./support/txtar.ts";

const dir = "test/voice";
const cases = readdirSync(dir, { recursive: true }).map(String).filter((n) => n.endsWith(".txtar")).sort();

/** What a cell shows, one line for what kind it is and then its text. */
function shownText(outputs: readonly Output[]): string {
  const parts: string[] = [];
  for (const o of outputs) {
    if (o.kind === "stream") parts.push(`${o.name}: ${o.text.trimEnd()}`);
    else if (o.kind === "text" || o.kind === "value") parts.push(`${o.kind}: ${o.text.trimEnd()}`);
    else if (o.kind === "chart") parts.push(`chart: ${o.title}`);
    else if (o.kind === "table") parts.push([`table: ${o.columns.join(" | ")}`, ...o.rows.map((r) => `  ${r.join(" | ")}`), ...(o.note ? [`  (${o.note})`] : [])].join("\n"));
    else if (o.kind === "source") parts.push([`source: ${o.text.trimEnd()}`, ...o.lines.filter((l) => l.mark !== "none").map((l) => `  ${l.number} ${l.mark}: ${l.why.join("; ")}`), `  ${o.finding}`].join("\n"));
    else if (o.kind === "error") parts.push(`error ${o.ename}: ${o.traceback.join("\n  ")}`);
    else parts.push(o.kind);
  }
  return parts.map((p) => `${p}\n`).join("");
}

test.each(cases)("voice/%s", (name) => {
  const path = join(dir, name);
  const { comment, files } = parseArchive(readFileSync(path, "utf8"));
  const lab = new Lab();
  const got = files.filter((f) => f.name === "cell").map((cell) => {
    const outputs: Output[] = [];
    lab.cell(cell.text.replace(/\n$/, ""), (o) => outputs.push(o));
    return { cell: cell.text, shown: shownText(outputs) };
  });
  const text = `${comment}${got.map((g) => `-- cell --\n${g.cell}-- shown --\n${g.shown}`).join("")}`;
  if (process.env["UPDATE_VOICE"] === "1") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
});
