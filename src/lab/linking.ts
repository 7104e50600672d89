/**
 * What is wrong with a program that compiles: what the go command and its linker would say, or what cannot be linked here.
 *
 * Looks at names and sizes only. Go: cmd/link/internal/ld.
 */
import { MAP } from "../abi/structs.ts";
import type { Program } from "../abi/program.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Checked } from "../compiler/index.ts";
import { formatSize } from "./settings.ts";

/** Path of the package that a symbol begins with: `sync/atomic` of `sync/atomic.(*Pointer[int]).Load`. */
export const packageOf = (symbol: string): string => /^(?:[^/.[(]+\/)*[^/.[(]+/.exec(symbol)?.[0] ?? "";

/** Says that a function or variable of the library is not built yet, at its first use. */
export function notInLibrary(symbol: string, checked: Checked): Diagnostic {
  const name = /[\w~]+$/.exec(symbol.replace(/\[.*\]$/, ""))?.[0] ?? symbol;
  for (const [at, obj] of checked.info.uses) {
    const path = obj.pkg?.path;
    if (obj.name === name && path !== undefined && symbol.startsWith(`${path}.`)) return { kind: "unsupported", at: checked.sources.position(at.pos), message: symbol };
  }
  return { kind: "unsupported", at: { file: checked.files[0]?.source.name ?? "", line: 1, col: 1 }, message: symbol };
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
