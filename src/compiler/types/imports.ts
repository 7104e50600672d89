/**
 * Imports that the go command refuses before the compiler runs. It reads nothing of a file but its imports, so these errors come
 * even before those of syntax, and nothing else is reported with them.
 *
 * Go: cmd/go/internal/load, cmd/go/internal/modload.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { decodeUtf8, type SourceFile, type Sources } from "../../base/source.ts";
import { makeFromLiteral } from "../constant/index.ts";
import { keywords, scan, spelling, tokenText } from "../syntax/index.ts";
import type * as ast from "../syntax/ast.ts";
import * as messages from "./messages.ts";
import type { Packages } from "./packages.ts";

/** What imports are checked against. */
export interface ImportCheck {
  readonly sources: Sources;
  readonly packages: Packages;
  /** Where Go is installed, as messages print it. */
  readonly goroot: string;
}

/** What is wrong with the imports of files; empty if all packages are there. */
export function importErrors(files: readonly ast.File[], check: ImportCheck): Diagnostic[] {
  const imports = files.flatMap((f) => f.decls.filter((d) => d.kind === "ImportDecl" && !d.path.bad));
  return imports.flatMap((d) => (d.kind === "ImportDecl" ? (importError(d, check) ?? []) : []));
}

function importError(d: ast.ImportDecl, { sources, packages, goroot }: ImportCheck): Diagnostic | undefined {
  const value = makeFromLiteral(d.path.value, "string");
  const path = value.kind === "string" ? decodeUtf8(value.value) : "";
  const at = sources.position(d.path.pos);
  // The go command names files without `./`.
  const place = { ...at, file: at.file.replace(/^\.\//, "") };
  const error = (message: string): Diagnostic => ({ kind: "error", at: place, message });
  if (path === "C") return { kind: "unsupported", at, message: 'import "C"' };
  if (/^\.\.?\//.test(path)) return error(messages.relativeImport(path));
  // What is no proper path is the checker's to report.
  if (!/^\w[\w.~+-]*(\/[\w.~+-]+)*$/.test(path)) return undefined;
  if (/(^|\/)internal(\/|$)/.test(path) && packages.find(path)?.std) {
    return { kind: "error", at: { file: "", line: 0, col: 0 }, message: messages.internalImport(`${place.file}:${at.line}:${at.col}`, path) };
  }
  if (packages.find(path)) return undefined;
  const outside = (path.split("/")[0] ?? "").includes(".");
  return error(outside ? messages.noModule(path) : messages.notInStd(path, goroot));
}

/** What the go command has against the package clause of a file; it reads that before anything else, and with a parser of its own. */
export function clauseError(source: SourceFile): Diagnostic | undefined {
  const tokens = scan(source);
  // What is no Go text at all is told by our scanner.
  if (tokens.errors.some((e) => e.token <= 2)) return undefined;
  const text = (i: number): string => (i < tokens.count ? tokenText(tokens, i) : "");
  const isName = (i: number): boolean => /^[^\0-@[-^`{-\x7f]/.test(text(i)) && !keywords.includes(text(i));
  const error = (wanted: Parameters<typeof messages.clauseExpected>[0], i: number): Diagnostic => {
    const found = i >= tokens.count ? "'EOF'" : isName(i) || /^["'`0-9]|^\.[0-9]/.test(text(i)) ? text(i) : `'${text(i)}'`;
    return { kind: "error", at: placeOf(source, i < tokens.count ? (tokens.starts[i] ?? 0) : source.text.length), message: messages.clauseExpected(wanted, found) };
  };
  if (text(0) !== "package") return error("package", 0);
  if (!isName(1)) return error("IDENT", 1);
  return tokens.count <= 2 || spelling(tokens.kinds[2] ?? 0) === ";" ? undefined : error(";", 2);
}

/** As go/scanner counts: the end of a text whose last line is complete belongs to that line. */
function placeOf(source: SourceFile, offset: number): Diagnostic["at"] {
  const line = source.lines.findLastIndex((start, i) => start <= offset && (i === 0 || start < source.text.length));
  return { file: source.name.replace(/^\.\//, ""), line: line + 1, col: offset - (source.lines[line] ?? 0) + 1 };
}

/** Whether a diagnostic is the go command's: there is no `# package` line above it. */
export const isGoCommandError = (d: Diagnostic): boolean => messages.goCommandWords.some((words) => d.message.includes(words));
