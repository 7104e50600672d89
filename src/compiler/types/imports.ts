/**
 * Imports that the go command refuses before the compiler runs. It reads nothing of a file but its imports, so these errors come
 * even before those of syntax, and nothing else is reported with them.
 *
 * Go: cmd/go/internal/load, cmd/go/internal/modload.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { decodeUtf8, type Sources } from "../../base/source.ts";
import { makeFromLiteral } from "../constant/index.ts";
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
  if (/(^|\/)internal(\/|$)/.test(path) && packages.find(path)) {
    return { kind: "error", at: { file: "", line: 0, col: 0 }, message: messages.internalImport(`${place.file}:${at.line}:${at.col}`, path) };
  }
  if (packages.find(path)) return undefined;
  const outside = (path.split("/")[0] ?? "").includes(".");
  return error(outside ? messages.noModule(path) : messages.notInStd(path, goroot));
}

/** Whether a diagnostic is the go command's: there is no `# package` line above it. */
export const isGoCommandError = (d: Diagnostic): boolean => messages.goCommandWords.some((words) => d.message.includes(words));
