/**
 * Cells that say again what an earlier one said, while nothing was declared in between: they are not compiled again.
 *
 * What a cell that declares nothing is compiled to depends on its text, on what earlier cells left, and on its number, which only names hold: those of
 * its function and of its value, and of its file in positions. So the code of an earlier cell is taken with the names of the new one. Never runs anything.
 *
 * Go: the go command's build cache, in which a package whose inputs are the same is not compiled again.
 */
import type { Program } from "../abi/program.ts";
import type { Position } from "../base/source.ts";
import type { CellScope, CheckedCell } from "../compiler/index.ts";
import type { Runnable } from "./engine.ts";
import type { SubjectFile } from "./subject.ts";

/** What of a checked cell running it needs. */
export type RunCell = Pick<CheckedCell, "entry" | "result" | "gone" | "exports" | "imports" | "types" | "decls" | "versions">;

/** A cell with its code. */
export interface CompiledCell {
  readonly cell: RunCell;
  readonly code: Runnable;
}

interface Kept extends CompiledCell {
  readonly number: number;
  readonly file: string;
}

/** So many texts are known. */
const LIMIT = 64;

/** The cells of a session that may be said again. */
export class Repeated {
  #scope: CellScope | undefined;
  readonly #kept = new Map<string, Kept>();

  /** The cell that an earlier one with this text becomes; undefined if there is none. */
  find(file: SubjectFile, number: number, scope: CellScope): CompiledCell | undefined {
    if (scope !== this.#scope) this.#kept.clear();
    const kept = this.#kept.get(file.text);
    if (!kept) return undefined;
    const names = new Map<string, string>();
    const { entry, result } = kept.cell;
    const [newEntry, newResult] = [entry, result].map((symbol) => symbol && numbered(symbol, kept.number, number));
    if (entry !== undefined && newEntry !== undefined) names.set(entry, newEntry);
    if (result !== undefined && newResult !== undefined) names.set(result, newResult);
    const program = renamed(kept.code.program, names, (at) => (at.file === kept.file ? { ...at, file: file.name } : at));
    const cell = { ...kept.cell, ...(newEntry === undefined ? {} : { entry: newEntry }), ...(newResult === undefined ? {} : { result: newResult }) };
    return { cell, code: { ...kept.code, program } };
  }

  /** Remembers a cell that ran; `scope` is what the next cell finds. */
  keep(file: SubjectFile, number: number, scope: CellScope, { cell, code }: CompiledCell): void {
    if (scope !== this.#scope) this.#kept.clear();
    this.#scope = scope;
    if (!isNameless(cell, code.program, number) || this.#kept.has(file.text)) return;
    if (this.#kept.size >= LIMIT) this.#kept.clear();
    this.#kept.set(file.text, { cell, code, number, file: file.name });
  }
}

/** Whether a cell leaves nothing that later ones find. */
export const declaresNothing = (cell: RunCell): boolean =>
  cell.exports.length === 0 && cell.gone.length === 0 && cell.imports.length === 0 && cell.types.size === 0 && cell.decls.size === 0;

/** Whether only the names of its function and of its value hold the number of a cell. */
function isNameless(cell: RunCell, { funcs, symbols, types, imports, inits, relocations }: Program, number: number): boolean {
  if (!declaresNothing(cell) || funcs.length !== 1 || funcs[0]?.symbol !== cell.entry || !funcs[0]?.once || inits.length > 0 || !imports) return false;
  const own = (symbol: string): boolean => symbol.includes(`cell${number}`) || symbol.endsWith(`·${number}`);
  const named = relocations.flatMap(({ to }) => (to.kind === "symbol" || to.kind === "slot" ? [to.symbol] : to.kind === "type" ? [to.id] : to.kind === "itab" ? [to.iface, to.type] : []));
  return ![...symbols.flatMap((s) => (s.symbol === cell.result ? [] : [s.symbol])), ...types.map((t) => t.id), ...imports.map((i) => i.name), ...named].some(own);
}

/** The symbol `main.cell3` or `main._result·3` with another number. */
function numbered(symbol: string, from: number, to: number): string {
  const end = String(from);
  return symbol.endsWith(end) ? symbol.slice(0, -end.length) + String(to) : symbol;
}

/** A program with other names and positions; its code is the same. */
function renamed(program: Program, names: ReadonlyMap<string, string>, place: (at: Position) => Position): Program {
  const name = (symbol: string): string => names.get(symbol) ?? symbol;
  const { compiled: _, ...rest } = program;
  return {
    ...rest,
    funcs: program.funcs.map((f) => ({ ...f, symbol: name(f.symbol), at: place(f.at) })),
    sites: program.sites.map((s) => ({ ...s, at: place(s.at), ...(s.inlined ? { inlined: s.inlined.map((i) => ({ ...i, symbol: name(i.symbol), at: place(i.at) })) } : {}) })),
    symbols: program.symbols.map((s) => ({ ...s, symbol: name(s.symbol) })),
  };
}
