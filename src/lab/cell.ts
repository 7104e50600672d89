/** A cell into Go text and command lines. PLACEHOLDER until the cell grammar stands. */
import type { CellPart } from "./parts.ts";

export function splitCell(text: string, verbs: readonly string[]): readonly CellPart[] {
  const m = /^\s*(%{0,2})([a-z-]+)(.*)$/.exec(text);
  if (m && verbs.includes(m[2] ?? "")) return [{ kind: "command", command: { verb: m[2] ?? "", settings: [], flags: [], args: [], line: 1, col: 1 } }];
  return [{ kind: "go", text, line: 1 }];
}

export function cellStatus(_text: string, _verbs: readonly string[]): "complete" | "incomplete" | "invalid" {
  return "complete";
}
