/**
 * Reports errors: where, in which order, how many.
 *
 * The compiler stops at the tenth error it meets, whatever its place, and sorts what it has by then. So the order in which
 * things are checked decides what is printed. Go: types2/errors.go, cmd/compile/internal/base/print.go, noder/irgen.go.
 */
import { noPos, type Pos, type Position } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { format, type Message } from "./message.ts";
import * as messages from "./messages.ts";
import type { Operand } from "./operand.ts";
import { startPos } from "./positions.ts";
import type { Obj, Package } from "./type.ts";

/** Where an error is: a position, or something that has one. */
export type Where = Pos | ast.Node | Operand | Obj;

/** Thrown to leave the checker at the tenth error; caught by checkPackage alone. */
export class TooManyErrors extends Error {
  override readonly name = "TooManyErrors";
}

/** The place at which an error is reported: the beginning of what is wrong. */
export function positionOf(where: Where): Pos {
  if (typeof where !== "object") return where;
  if (where.kind === "Operand") return where.expr ? startPos(where.expr) : noPos;
  return startPos(where);
}

/** One line of an error; the lines after the first are indented and may have places of their own. */
export interface ErrorLine {
  readonly at: Where;
  readonly message: Message;
}

/** Reports an error of one line. */
export function error(c: Checker, at: Where, message: Message): void {
  report(c, [{ at, message }]);
}

/** Reports an error of several lines. */
export function report(c: Checker, lines: readonly ErrorLine[]): void {
  const f = { qualifier: qualifier(c), sources: c.sources };
  const [first] = lines;
  if (!first) return;
  const head = format(f, first.message);
  // What follows from an earlier error is not worth telling.
  if (c.failed && (head.indexOf("invalid operand") > 0 || head.indexOf("invalid type") > 0)) return;
  const rest = lines.slice(1).map((line) => {
    const pos = positionOf(line.at);
    return `\n\t${pos === noPos ? "" : `${c.sources.format(pos)}: `}${format(f, line.message)}`;
  });
  const pos = c.env.errpos !== noPos ? c.env.errpos : positionOf(first.at);
  emit(c, pos, withVersionHint(c, pos, head + rest.join("")));
}

/** Adds an error to the list as the compiler's queue does it. */
export function emit(c: Checker, pos: Pos, message: string): void {
  queue(c, c.sources.position(pos), message);
}

/** Adds an error whose place is known already. Go: base.ErrorfAt. */
export function queue(c: Checker, at: Position, message: string): void {
  c.failed = true;
  const last = c.lastError;
  if (last && last.line === at.line && last.file === at.file && last.message === message) return;
  c.lastError = { line: at.line, file: at.file, message };
  c.diagnostics.push({ kind: "error", at, message });
  if (!c.mode.allErrors && c.diagnostics.length >= messages.MAX_ERRORS) throw new TooManyErrors();
}

function withVersionHint(c: Checker, pos: Pos, message: string): string {
  if (!/requires go[0-9]+\.[0-9]+ or later/.test(message)) return message;
  const file = c.sources.file(pos);
  const declared = c.fileVersions.get(file.name);
  return `${message}${messages.versionHint(c.mode.version, declared)}`;
}

/** Reports that `what` needs a newer language version; answers whether the version has it. */
export function requireVersion(c: Checker, at: Where, minor: number, what: Message): boolean {
  if (c.allows(minor)) return true;
  error(c, at, messages.requiresVersion(what, minor));
  return false;
}

/** How packages are named in messages: not at all for this one, by name, or by quoted path where a name is not unique. */
export function qualifier(c: Checker): (pkg: Package) => string {
  return (pkg) => {
    if (pkg.path === c.pkg.path) return "";
    return (reachable(c).get(pkg.name)?.size ?? 0) > 1 ? JSON.stringify(pkg.path) : pkg.name;
  };
}

/** The import paths of all packages that this one reaches, by name. */
function reachable(c: Checker): ReadonlyMap<string, ReadonlySet<string>> {
  if (c.reachable?.imports === c.pkg.imports) return c.reachable.paths;
  const paths = new Map<string, Set<string>>();
  const seen = new Set<Package>();
  const walk = (pkg: Package): void => {
    if (seen.has(pkg)) return;
    seen.add(pkg);
    const known = paths.get(pkg.name);
    if (known) known.add(pkg.path);
    else paths.set(pkg.name, new Set([pkg.path]));
    for (const i of pkg.imports) walk(i);
  };
  walk(c.pkg);
  c.reachable = { imports: c.pkg.imports, paths };
  return paths;
}

/** A message as text, to become part of another one. */
export const textOf = (c: Checker, message: Message): string => format({ qualifier: qualifier(c), sources: c.sources }, message);
