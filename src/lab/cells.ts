/**
 * The cells of a session that are not files: what they have declared so far, the process in which they run, the program that they are together.
 *
 * A cell that fails leaves everything as it was: names, memory, goroutines.
 */
import { decodeUtf8, Sources } from "../base/source.ts";
import { type CellScope, type Checked, type CheckedCell, checkCell, checkSession, emptyCellScope, libraryReader, Packages, type RanCell } from "../compiler/index.ts";
import type { Exit, Process, Snapshot } from "../runtime/index.ts";
import { stdImporter } from "../std/index.ts";
import type { Output } from "../views/index.ts";
import { CellModules } from "./cell-modules.ts";
import { type Compiler, type Faults, GOROOT } from "./compile.ts";
import type { Runs } from "./backend.ts";
import type { Runnable } from "./engine.ts";
import { type Measured, measureRuns } from "./measure.ts";
import type { ModulePackage } from "./packages.ts";
import { type CompiledCell, declaresNothing, Repeated, type RunCell } from "./repeated.ts";
import type { Settings } from "./settings.ts";
import type { SubjectFile } from "./subject.ts";

/** How a cell ended. */
export interface CellAnswer {
  readonly faults?: Faults;
  readonly exit?: Exit;
  /** Value of the last expression. */
  readonly value?: string;
}

/** What of a cell is linked, the packages that it is the first to import before it, and what it runs. */
interface CellCode {
  readonly units: readonly Runnable[];
  readonly entry: string | undefined;
}

/** What a session's first cell calls: its last value is shown by the first. */
const USUAL = ["fmt.Sprintln", "fmt.Println", "fmt.Printf"];

export class Cells {
  readonly #compiler: Compiler;
  readonly #engine: Runs;
  readonly #ran: RanCell[] = [];
  /** The code of the cells that ran, in order. */
  readonly #code: CellCode[] = [];
  #scope: CellScope = emptyCellScope(new Packages(stdImporter()), new Sources());
  readonly #modules: CellModules;
  readonly #repeated = new Repeated();
  #process: Process | undefined;
  /** Started before the first cell, with these settings, and the snapshot that the first cell begins with. */
  #ahead: { readonly key: string; readonly process: Process; readonly before: Snapshot } | undefined;
  /** Taken while nobody waited, for the next cell. */
  #before: Snapshot | undefined;
  #show: (output: Output) => void = () => undefined;

  constructor(compiler: Compiler, engine: Runs) {
    this.#compiler = compiler;
    this.#engine = engine;
    this.#modules = new CellModules(compiler, this.#scope.packages, this.#scope.sources);
  }

  /** The process in which the cells run; undefined before the first. */
  get process(): Process | undefined {
    return this.#process;
  }

  /** Names that a cell can use, with what they are. */
  get scope(): CellScope {
    return this.#scope;
  }

  /** Checks, compiles and runs a cell. */
  run(file: SubjectFile, { number, imports }: { readonly number: number; readonly imports: readonly ModulePackage[] }, settings: Settings, show: (output: Output) => void): CellAnswer {
    const wrong = this.#modules.ready(imports);
    if (wrong) return { faults: wrong };
    const compiled = this.#repeated.find(file, number, this.#scope) ?? this.#compiled(file, number);
    if ("faults" in compiled) return compiled;
    const { cell, code } = compiled;
    this.#show = show;
    const process = this.#started(settings);
    const before = this.#before ?? process.snapshot();
    this.#before = undefined;
    let exit: Exit | undefined;
    let units: readonly Runnable[] = [];
    try {
      units = this.#link(process, code);
      exit = process.run(cell.entry);
    } finally {
      if (exit?.kind !== "ok") process.restore(before);
      before.release();
    }
    if (exit.kind !== "ok") return { exit };
    this.#modules.linked();
    this.#keep(cell, file);
    this.#code.push({ units, entry: cell.entry });
    this.#repeated.keep(file, number, this.#scope, compiled);
    if (cell.gone.length > 0) show({ kind: "stream", name: "stderr", text: `gomem: gone with the old definition of their types: ${cell.gone.map((n) => decodeUtf8(n)).join(", ")}\n` });
    const value = cell.result === undefined ? undefined : readString(process, cell.result);
    return value === undefined ? { exit } : { exit, value };
  }

  #compiled(file: SubjectFile, number: number): CompiledCell | { readonly faults: Faults } {
    const cell = this.#checked(file, number, this.#scope);
    const code = this.#compiler.cell(cell);
    return "faults" in code ? code : { cell, code };
  }

  /** Checks a text as the next cell would be, and keeps nothing. */
  check(file: SubjectFile): CheckedCell {
    const sources = this.#sources();
    const library = sources === this.#scope.sources ? this.#scope.library : libraryReader(this.#scope.packages, sources, this.#scope.packages);
    return this.#checked(file, 0, { ...this.#scope, sources, library });
  }

  #checked(file: SubjectFile, number: number, session: CellScope): CheckedCell {
    return { ...checkCell({ name: file.name, text: file.text, number, session, goroot: GOROOT }), ...this.#modules.known };
  }

  /** Where texts go that are not kept. Bodies of imported packages are read anew, so that their texts have to be there. */
  #sources(): Sources {
    return this.#modules.used ? this.#scope.sources : new Sources();
  }

  /** Links a cell's unit, after the packages that it is the first to import. */
  #link(process: Process, cell: Runnable): readonly Runnable[] {
    const units = [...this.#modules.unlinked(), cell];
    this.#load(process, units);
    return units;
  }

  #load(process: Process, units: readonly Runnable[]): void {
    for (const { program, imports } of units) {
      this.#engine.extend(process, imports);
      process.load(program);
    }
  }

  /** Runs all cells once more in a process of its own with other settings, and after them `next`, which is not kept. Nothing is shown but what `next` writes. */
  again(settings: Settings, next?: { readonly file: SubjectFile; readonly show: (output: Output) => void }): { readonly process: Process; readonly exit: Exit } | { readonly faults: Faults } {
    const cell = next && this.check(next.file);
    const compiled = cell && this.#compiler.cell(cell);
    if (compiled && "faults" in compiled) return compiled;
    const last: CellCode | undefined = cell && compiled && { units: [...this.#modules.unlinked(), compiled], entry: cell.entry };
    let show: (output: Output) => void = () => undefined;
    const process = this.#start(settings, (o) => show(o));
    let exit: Exit = { kind: "ok", code: 0 };
    for (const code of last ? [...this.#code, last] : this.#code) {
      const { units, entry } = code;
      if (next && code === last) show = next.show;
      this.#load(process, units);
      exit = process.run(entry);
      if (exit.kind !== "ok") break;
    }
    return { process, exit };
  }

  /** Runs the statements of `file` several times and counts; afterwards everything is as it was. */
  measure(file: SubjectFile, settings: Settings, { runs, show }: { readonly runs: number; readonly show: (output: Output) => void }): Measured | { readonly faults: Faults } {
    const cell = this.check(file);
    const compiled = this.#compiler.cell(cell);
    if ("faults" in compiled) return compiled;
    this.#show = show;
    const process = this.#started(settings);
    this.disturb();
    const before = process.snapshot();
    this.#link(process, compiled);
    try {
      return measureRuns(process, () => process.run(cell.entry), runs);
    } finally {
      process.restore(before);
      before.release();
    }
  }

  /** Takes the snapshot that the next cell begins with. Not while a collection is marking, which a snapshot would finish: when it is taken must not be seen. */
  settle(): void {
    if (this.#process?.collector.marking === false) this.#before ??= this.#process.snapshot();
  }

  /** The process is about to be changed by something other than a cell. */
  disturb(): void {
    this.#before?.release();
    this.#before = undefined;
  }

  /** Does ahead what the first cell would have to wait for. */
  prepare(settings: Settings): void {
    if (this.#process) return;
    const key = JSON.stringify(settings);
    if (this.#ahead?.key === key) return;
    const process = this.#start(settings);
    this.#ahead = { key, process, before: process.snapshot() };
  }

  #started(settings: Settings): Process {
    if (this.#process) return this.#process;
    const ahead = this.#ahead?.key === JSON.stringify(settings) ? this.#ahead : undefined;
    this.#ahead = undefined;
    this.#before = ahead?.before;
    return (this.#process = ahead?.process ?? this.#start(settings));
  }

  /** A process for cells. What the first one is likely to call is linked here, so that addresses do not tell whether there was time to start it ahead. */
  #start(settings: Settings, show = (o: Output) => this.#show(o)): Process {
    const process = this.#engine.start(settings, ["fmt"], show);
    process.ready(USUAL);
    return process;
  }

  /** The program that all cells together are, `next` as the last of them. */
  together(next?: SubjectFile): Checked {
    let cells: readonly RanCell[] = next ? [...this.#ran, { ...next, valued: this.check(next).result !== undefined }] : this.#ran;
    for (;;) {
      const checked = { ...checkSession(cells, this.#scope.packages, this.#sources()), ...this.#modules.known };
      // What ran before a type was declared anew does not fit it: its statements are left out, then all of it.
      const wrong = new Set(checked.diagnostics.map((d) => d.at.file));
      const last = cells.at(-1)?.name;
      if (wrong.size === 0 || (last !== undefined && wrong.has(last)) || !cells.some((c) => wrong.has(c.name) && c.fits !== "nothing")) return checked;
      cells = cells.map((c) => (wrong.has(c.name) ? { ...c, fits: c.fits === "declarations" ? "nothing" : "declarations" } : c));
    }
  }

  #keep(cell: RunCell, file: SubjectFile): void {
    this.#ran.push({ name: file.name, text: file.text, valued: cell.result !== undefined });
    if (declaresNothing(cell)) return;
    const names = new Map(this.#scope.scope.names);
    for (const name of cell.gone) names.delete(name);
    for (const [name, obj] of cell.exports) names.set(name, obj);
    this.#scope = { ...this.#scope, scope: { ...this.#scope.scope, names }, imports: [...this.#scope.imports, ...cell.imports], types: new Map([...this.#scope.types, ...cell.types]),
      decls: new Map([...this.#scope.decls, ...cell.decls]), versions: cell.versions ?? this.#scope.versions,
    };
  }
}

/** The Go string in a package variable, without the line feed that Sprintln ends it with. */
function readString(process: Process, symbol: string): string | undefined {
  const at = process.linker.data(symbol)?.at;
  if (at === undefined) return undefined;
  const { memory } = process;
  return decodeUtf8(memory.readString(memory.loadPtr(at), memory.loadInt(at + 8))).replace(/\n$/, "");
}
