/**
 * What is wrong with a program that compiles: what the go command and its linker would say, or what cannot be linked here.
 *
 * Looks at names and sizes only. Go: cmd/link/internal/ld.
 */
import { MAP } from "../abi/structs.ts";
import type { Program } from "../abi/program.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Position } from "../base/source.ts";
import type { Checked } from "../compiler/index.ts";
import { formatSize } from "./settings.ts";

/** Path of the package that a symbol begins with: `sync/atomic` of `sync/atomic.(*Pointer[int]).Load`. */
export const packageOf = (symbol: string): string => /^(?:[^/.[(]+\/)*[^/.[(]+/.exec(symbol)?.[0] ?? "";

/** Where the text of a package mentions functions and variables of the library that are not there, by symbol. */
export function mentions(symbols: readonly string[], checked: Checked): Map<string, readonly Position[]> {
  const found = new Map<string, Position[]>(symbols.map((symbol) => [symbol, []]));
  const byName = new Map<string, string[]>();
  for (const symbol of symbols) {
    const name = /[\w~]+$/.exec(symbol.replace(/\[.*\]$/, ""))?.[0] ?? symbol;
    byName.set(name, [...(byName.get(name) ?? []), symbol]);
  }
  for (const [at, obj] of checked.info.uses) {
    const path = obj.pkg?.path;
    if (path === undefined) continue;
    for (const symbol of byName.get(obj.name) ?? []) if (symbol.startsWith(`${path}.`)) found.get(symbol)?.push(checked.sources.position(at.pos));
  }
  for (const places of found.values()) places.sort((a, b) => (a.file === b.file ? a.line - b.line || a.col - b.col : a.file < b.file ? -1 : 1));
  return found;
}

/** What `go run` says of a package that is no program. */
export function noMain({ pkg }: Checked, header: string): readonly string[] | undefined {
  if (pkg.name !== "main") return [`package ${header} is not a main package`];
  if (pkg.scope.names.get("main")?.kind === "Func") return undefined;
  return [`# ${header}`, "runtime.main_main·f: function main is undeclared in the main package"];
}

/** A program whose package variables do not fit below the heap: its largest variable. */
export function tooLarge(program: Program, checked: Checked): Diagnostic | undefined {
  if (program.dataSize <= MAP.dataReserve - LIBRARY_ROOM) return undefined;
  const largest = program.symbols.reduce((a, b) => (b.size > a.size ? b : a));
  const obj = checked.pkg.scope.names.get(largest.symbol.slice(largest.symbol.lastIndexOf(".") + 1));
  const at = obj ? checked.sources.position(obj.pos) : { file: checked.files[0]?.source.name ?? "", line: 1, col: 1 };
  return { kind: "unsupported", at, message: `${largest.symbol}, a package variable of ${formatSize(largest.size)}, where all of them have ${formatSize(MAP.dataReserve - LIBRARY_ROOM)}` };
}

/** What the library's own data may take of it, in bytes. */
const LIBRARY_ROOM = 32 * 2 ** 20;
