/** The little Markdown that our notebooks use, as HTML: headings, paragraphs, lists, tables, code, emphasis, links. */
import { escapeHtml } from "../views/index.ts";

/** HTML of a Markdown text. Anything it does not know stays text. */
export function markdownHtml(text: string): string {
  const out: string[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; ) {
    const block = blockAt(lines, i);
    out.push(block.html);
    i = block.next;
  }
  return out.filter(Boolean).join("\n");
}

interface Block {
  readonly html: string;
  readonly next: number;
}

function blockAt(lines: readonly string[], i: number): Block {
  const line = lines[i] ?? "";
  if (line.trim() === "") return { html: "", next: i + 1 };
  if (line.startsWith("```")) {
    const end = lines.indexOf("```", i + 1);
    const last = end < 0 ? lines.length : end;
    return { html: `<pre>${escapeHtml(lines.slice(i + 1, last).join("\n"))}</pre>`, next: last + 1 };
  }
  const heading = /^(#{1,5})\s+(.*)$/.exec(line);
  if (heading) return { html: `<h${heading[1]?.length}>${inline(heading[2] ?? "")}</h${heading[1]?.length}>`, next: i + 1 };
  if (/^\s*[-*]\s/.test(line)) return list(lines, i);
  if (line.startsWith("|") && /^\|[\s:|-]+\|$/.test(lines[i + 1] ?? "")) return table(lines, i);
  let end = i;
  while (end < lines.length && (lines[end] ?? "").trim() !== "" && !/^(#{1,5}\s|```|\s*[-*]\s)/.test(lines[end] ?? "")) end++;
  const quote = line.startsWith(">");
  const words = lines.slice(i, Math.max(end, i + 1)).map((l) => (quote ? l.replace(/^>\s?/, "") : l)).join("\n");
  return { html: quote ? `<blockquote>${inline(words)}</blockquote>` : `<p>${inline(words)}</p>`, next: Math.max(end, i + 1) };
}

function list(lines: readonly string[], i: number): Block {
  let end = i;
  while (/^\s*[-*]\s/.test(lines[end] ?? "")) end++;
  const items = lines.slice(i, end).map((l) => `<li>${inline(l.replace(/^\s*[-*]\s+/, ""))}</li>`);
  return { html: `<ul>${items.join("")}</ul>`, next: end };
}

function table(lines: readonly string[], i: number): Block {
  let end = i;
  while ((lines[end] ?? "").startsWith("|")) end++;
  const row = (l: string, tag: string) => `<tr>${l.split("|").slice(1, -1).map((c) => `<${tag}>${inline(c.trim())}</${tag}>`).join("")}</tr>`;
  return { html: `<table>${row(lines[i] ?? "", "th")}${lines.slice(i + 2, end).map((l) => row(l, "td")).join("")}</table>`, next: end };
}

function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`.+`$/.test(part) ? `<code>${escapeHtml(part.slice(1, -1))}</code>` : emphasis(escapeHtml(part))))
    .join("");
}

const emphasis = (html: string): string =>
  html
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*\n]+)\*/g, "<em>$1</em>")
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>');
