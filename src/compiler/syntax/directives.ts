/**
 * `//line` directives and the Go version that a `//go:build` line asks for.
 *
 * Go: cmd/compile/internal/syntax/parser.go (updateBase), go/build/constraint (GoVersion).
 */
import { decodeUtf8, type LineDirective, type SourceFile } from "../../base/source.ts";
import type { Directive, ScanError } from "./scan.ts";

/** Largest line or column of a directive. Go: syntax.PosMax. */
const POSITION_LIMIT = 1 << 30;

/** What a `//line` comment says: from where on lines count anew, or what is wrong with it; undefined if it is an ordinary comment. */
export function lineDirective(file: SourceFile, d: Directive, known: readonly LineDirective[]): LineDirective | ScanError | undefined {
  const lineStart = file.text.lastIndexOf("\n", d.offset - 1) + 1;
  if (!d.text.startsWith("line ") || (!d.block && d.offset !== lineStart)) return undefined;
  const text = d.text.slice(5);
  const last = trailingNumber(text);
  if (!last) return undefined;
  const fault = (what: string, at: number, end?: number): ScanError => {
    return { token: d.token, offset: d.offset + 7 + at, message: `invalid ${what} number: ${decodeUtf8(text.slice(at, end))}` };
  };
  if (last.value === undefined) return fault("line", last.at);
  const before = trailingNumber(text.slice(0, last.at - 1));
  const withColumn = before?.value !== undefined;
  const line = withColumn ? (before.value ?? 0) : last.value;
  const col = withColumn ? last.value : 0;
  const nameEnd = withColumn ? before.at : last.at;
  if (withColumn && (col === 0 || col > POSITION_LIMIT)) return fault("column", last.at);
  if (line === 0 || line > POSITION_LIMIT) return fault("line", nameEnd, withColumn ? last.at - 1 : undefined);
  const name = decodeUtf8(text.slice(0, nameEnd - 1));
  const shown = name === "" && withColumn ? (known.at(-1)?.file ?? file.name) : name;
  const end = d.offset + d.text.length + 2;
  return { offset: d.block ? end + 2 : (file.text.indexOf("\n", d.offset) + 1 || file.text.length), file: shown, line, col };
}

/** What stands behind the last colon of `text`: where it begins, and its value if it is a number. */
function trailingNumber(text: string): { readonly at: number; readonly value: number | undefined } | undefined {
  const at = text.lastIndexOf(":") + 1;
  if (at === 0) return undefined;
  const digits = text.slice(at);
  return { at, value: /^[0-9]+$/.test(digits) ? Number(digits) : undefined };
}

/** The least Go version under which the expression of a `//go:build` line can hold, as `go1.21`; undefined if it says none or can't be read. */
export function buildGoVersion(text: string): string | undefined {
  const words = text.replace(/^go:build\s/, "").match(/[()!]|&&|\|\||[^\s()!&|]+|./g)?.filter((w) => w.trim() !== "") ?? [];
  let at = 0;
  let valid = true;
  /** The least version under which the operand holds (sign 1) or fails to (sign -1); -1: any. */
  type Value = { readonly holds: number; readonly fails: number };
  const or = (): Value => {
    let x = and();
    while (words[at] === "||") {
      at++;
      const y = and();
      x = { holds: Math.min(x.holds, y.holds), fails: Math.max(x.fails, y.fails) };
    }
    return x;
  };
  const and = (): Value => {
    let x = not();
    while (words[at] === "&&") {
      at++;
      const y = not();
      x = { holds: Math.max(x.holds, y.holds), fails: Math.min(x.fails, y.fails) };
    }
    return x;
  };
  const not = (): Value => {
    const word = words[at++];
    if (word === "!") {
      const x = not();
      return { holds: x.fails, fails: x.holds };
    }
    if (word === "(") {
      const x = or();
      valid &&= words[at++] === ")";
      return x;
    }
    valid &&= word !== undefined && /^[\w.\u0080-\u00ff]+$/.test(word);
    const minor = /^go1(?:\.(\d+))?$/.exec(word ?? "");
    return { holds: minor ? Number(minor[1] ?? 0) : -1, fails: -1 };
  };
  const { holds } = or();
  if (!valid || at !== words.length || holds < 0) return undefined;
  return holds === 0 ? "go1" : `go1.${holds}`;
}
