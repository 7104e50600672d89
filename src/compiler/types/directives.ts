/**
 * `//go:` directives: whether they stand where they mean something, and whether the program may use them.
 *
 * Some are found in Go while it parses, others when all types are right. Go: cmd/compile/internal/noder (noder.go, lex.go, writer.go).
 */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { emit, textOf } from "./errors.ts";
import type { Message } from "./message.ts";
import * as messages from "./messages.ts";
import { walk } from "./walk.ts";
import { makeFromLiteral } from "../constant/index.ts";

/** Directives about functions. */
const functionDirectives = new Set([
  "go:noescape", "go:norace", "go:nosplit", "go:noinline", "go:nocheckptr", "go:systemstack", "go:nowritebarrier", "go:nowritebarrierrec",
  "go:yeswritebarrierrec", "go:cgo_unsafe_args", "go:uintptrkeepalive", "go:uintptrescapes", "go:registerparams",
]);
const runtimeDirectives = new Set(["go:systemstack", "go:nowritebarrier", "go:nowritebarrierrec", "go:yeswritebarrierrec"]);

/** Whether the directive must belong to a function; a build constraint belongs before the package clause. */
const needsFunction = (f: ast.File, p: ast.Pragma): boolean => functionDirectives.has(verb(p)) || (verb(p) === "go:build" && p.pos > f.pos);

const hasDirectives = (f: ast.File): boolean => f.source.text.includes("//go:");

const verb = (p: ast.Pragma): string => p.text.split(" ", 1)[0] ?? "";

/** Reports what Go reports while it parses. */
export function checkDirectives(c: Checker, f: ast.File): void {
  if (c.mode.std || !hasDirectives(f)) return;
  const say = (pos: Pos, message: Message): void => emit(c, pos, textOf(c, message));
  for (const p of [...f.pragmas, ...declared(f)].sort((a, b) => a.pos - b.pos)) {
    const name = verb(p);
    if (!standsAlone(f, p.pos)) say(p.pos, messages.misplacedDirective());
    else if (runtimeDirectives.has(name)) say(p.pos, messages.runtimeDirective(name));
    else if (name === "go:uintptrkeepalive") say(p.pos, messages.libraryDirective(name));
    else if (name === "go:embed" && f.pragmas.includes(p) && !belongsToDeclaration(f, p.pos)) say(p.pos, messages.misplacedEmbed());
    else if (needsFunction(f, p) && f.pragmas.includes(p) && !belongsToDeclaration(f, p.pos)) say(p.pos, messages.misplacedDirective());
  }
}

/** Whether the directive stands before a clause that takes directives, though none means anything to it. */
function belongsToDeclaration(f: ast.File, pos: Pos): boolean {
  const rest = f.source.text.slice(f.source.text.indexOf("\n", pos - f.source.base));
  return /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*(?:package|import|const)\b/.test(rest);
}

/** The directives of all declarations of a file. */
function declared(f: ast.File): ast.Pragma[] {
  const found: ast.Pragma[] = [];
  walk(f, (n) => {
    if (n.kind === "FuncDecl" || n.kind === "TypeDecl" || n.kind === "VarDecl") found.push(...n.pragmas);
    return true;
  });
  return found;
}

/** Whether nothing but blanks precedes the directive on its line. */
function standsAlone(f: ast.File, pos: Pos): boolean {
  const offset = pos - f.source.base;
  const line = f.source.text.slice(f.source.text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*(\/\/)?$/.test(line);
}

/** Reports what Go reports once all types are right. */
export function checkDirectivesAfter(c: Checker, f: ast.File): void {
  if (c.mode.std || !hasDirectives(f)) return;
  for (const p of f.pragmas) if (needsFunction(f, p)) emit(c, p.pos, textOf(c, messages.misplacedDirective()));
  let depth = 0;
  walk(
    f,
    (n) => {
      if (n.kind === "BlockStmt") depth++;
      if (n.kind !== "TypeDecl" && n.kind !== "VarDecl") return true;
      for (const p of n.pragmas) if (needsFunction(f, p)) emit(c, p.pos, textOf(c, messages.misplacedDirective()));
      if (n.kind === "VarDecl") checkEmbed(c, f, n, depth > 0);
      return true;
    },
    (n) => {
      if (n.kind === "BlockStmt") depth--;
    },
  );
  checkLinknames(c, f);
}

/** Files that become part of a program: whether the variable may hold them. What is in them decides nothing here. */
function checkEmbed(c: Checker, f: ast.File, n: ast.VarDecl, local: boolean): void {
  const p = n.pragmas.find((d) => verb(d) === "go:embed");
  if (!p) return;
  let message: Message | undefined;
  if (!imports(f, "embed")) message = messages.embedImport();
  else if (n.names.length > 1) message = messages.embedCannot("multiple vars");
  else if (n.values) message = messages.embedCannot("var with initializer");
  else if (!n.type) message = messages.embedCannot("var without type");
  else if (local) message = messages.embedCannot("var inside func");
  if (message) emit(c, p.pos, textOf(c, message));
  else c.info.embeds.push(p.pos);
}

function checkLinknames(c: Checker, f: ast.File): void {
  const importsUnsafe = imports(f, "unsafe");
  const seen = new Set<string>();
  for (const p of [...f.pragmas, ...declared(f)].sort((a, b) => a.pos - b.pos)) {
    const [name, local, remote] = p.text.split(/\s+/);
    if (name !== "go:linkname" || local === undefined) continue;
    const obj = c.pkg.scope.names.get(local);
    let message: Message | undefined;
    if (!importsUnsafe) message = messages.linknameWithoutUnsafe();
    else if (remote?.includes("[")) message = messages.linknameInstance();
    else if (obj?.kind !== "Func" && obj?.kind !== "Var") message = c.mode.version === 0 || c.mode.version >= 18 ? messages.linknameTarget() : undefined;
    else if (seen.has(local)) message = messages.duplicateLinkname(local);
    else seen.add(local);
    if (message) emit(c, p.pos, textOf(c, message));
  }
}

/** Whether the file imports the package. */
function imports(f: ast.File, path: string): boolean {
  return f.decls.some((d) => {
    const value = d.kind === "ImportDecl" ? makeFromLiteral(d.path.value, "string") : undefined;
    return value?.kind === "string" && value.value === path;
  });
}
