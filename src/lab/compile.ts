/**
 * The compiler as the lab uses it: sources in, notes or a program out, faults as lines of text.
 *
 * Hands the compiler its library (`std`) and keeps the last results, so that `escape` after a run analyses nothing twice.
 */
import type { Program } from "../abi/program.ts";
import { type Analysed, type AnalyseFlags, type Checked, type CheckedCell, type CheckInput, type EmitOptions, analyse, analyseCode, check, declaredTypeAt, isGoCommandError, Packages, Workspace } from "../compiler/index.ts";
import { formatDiagnostic, type Diagnostic } from "../base/diagnostic.ts";
import type { Position } from "../base/source.ts";
import type { Note } from "../record/notes.ts";
import { stdImporter } from "../std/index.ts";
import type { Backend } from "./backend.ts";
import type { Runnable } from "./engine.ts";
import type { CompilerFlags } from "./gcflags.ts";
import { mentions, noMain, packageOf, tooLarge } from "./linking.ts";
import { type ModulePackage, nameFrom } from "./packages.ts";
import type { Subject } from "./subject.ts";

/** Lines that end a command: Go's errors, or what cannot be done yet. */
export interface Faults {
  readonly ename: "CompileError" | "Unsupported";
  readonly lines: readonly string[];
}

export interface Analysis {
  /** What stands after `# ` above the lines. */
  readonly header: string;
  /** The import path that the compiler is told: `main` for a program. */
  readonly path: string;
  readonly errors: Faults | undefined;
  readonly notes: readonly Note[];
  readonly unsupported: Faults | undefined;
}

/** Go's usual installation directory: prefix of positions inside its library. Used for nothing else. */
export const GOROOT = "/usr/local/go";

const HEADER = "command-line-arguments";

/** How many programs share what was read of the library. */
const PROGRAMS_PER_LIBRARY = 30;

export class Compiler {
  readonly #importer = stdImporter();
  readonly #backend: Backend;
  #read: { readonly packages: Packages; uses: number } | undefined;
  #last: { readonly key: string; readonly checked: Checked } | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Go's library, for who looks for packages. */
  readonly library = {
    goroot: GOROOT,
    has: (path: string): boolean => (this.#std ??= new Set(this.#importer.paths())).has(path) || path === "unsafe",
    /** What a program may import. */
    paths: (): string[] => [...this.#importer.paths()].filter((path) => !/(?:^|\/)(?:internal|vendor)(?:\/|$)/.test(path)).sort(),
  };
  #std: Set<string> | undefined;

  /** The notes of the compiler about each package of `subject`, in the order in which the go command compiles them. */
  analyseAll(subject: Subject, flags: CompilerFlags): Analysis[] {
    if (!subject.packages) return [this.analyse(subject, flags)];
    const { lang, ...rest } = flags;
    const own = lang === undefined ? rest : { ...rest, lang };
    const done = this.#packages(subject.packages, own, { ...flags.analyse, m: flags.m === 2 ? 2 : 1 });
    return done.flatMap(({ pkg, errors, analysed }): Analysis[] => {
      if (errors) return [{ header: pkg.path, path: pkg.path, errors, notes: [], unsupported: undefined }];
      if (!pkg.named || !analysed) return [];
      return [{ header: pkg.path, path: analysed.checked.pkg.path, errors: undefined, notes: analysed.notes.map((n) => placedFrom(pkg.dir, n)), unsupported: faults(analysed.unsupported, undefined) }];
    });
  }

  /** Checks and analyses packages in order; those that import a wrong one are left out. */
  #packages(packages: readonly ModulePackage[], options: Partial<CheckInput>, flags: AnalyseFlags): { readonly pkg: ModulePackage; readonly errors?: Faults; readonly analysed?: Analysed }[] {
    const workspace = new Workspace(this.#importer);
    const own = new Set(packages.map((p) => p.path));
    return packages.flatMap((pkg): { readonly pkg: ModulePackage; readonly errors?: Faults; readonly analysed?: Analysed }[] => {
      if (pkg.imports.some((i) => own.has(i.path) && !workspace.has(i.path))) return [];
      return [{ pkg, ...analysePackage(workspace, pkg, options, pkg.named ? flags : { m: 1 }) }];
    });
  }

  /** The unit that a package is which cells import; those that it imports itself are in the workspace. */
  imported(workspace: Workspace, pkg: ModulePackage): Runnable | { readonly faults: Faults } {
    const { errors, analysed } = analysePackage(workspace, pkg, {}, { m: 1 });
    if (errors || !analysed) return { faults: errors ?? { ename: "CompileError", lines: [] } };
    return this.#unit(analysed, analysed.checked.pkg.imports.map((p) => p.path));
  }

  /** The notes of the compiler about `subject`; of several packages those of all. */
  analyse(subject: Subject, flags: CompilerFlags): Analysis {
    if (subject.problems) return { header: HEADER, path: "main", errors: { ename: "CompileError", lines: subject.problems.flatMap((p) => p.split("\n")) }, notes: [], unsupported: undefined };
    if (subject.packages) {
      const all = this.analyseAll(subject, flags);
      return { header: all.at(-1)?.header ?? HEADER, path: all.at(-1)?.path ?? "main", errors: all.find((a) => a.errors)?.errors, notes: all.flatMap((a) => a.notes), unsupported: all.find((a) => a.unsupported)?.unsupported };
    }
    const checked = subject.checked?.() ?? this.#check(subject, {
      ...(flags.lang === undefined ? {} : { lang: flags.lang }), ...(flags.path === undefined ? {} : { path: flags.path }), allErrors: flags.allErrors, complete: flags.complete,
    });
    const errors = faults(checked.diagnostics, HEADER);
    if (errors) return { header: HEADER, path: "main", errors, notes: [], unsupported: undefined };
    const analysed = analyse(checked, { ...flags.analyse, m: flags.m === 2 ? 2 : 1 });
    return { header: HEADER, path: "main", errors: undefined, notes: analysed.notes, unsupported: faults(analysed.unsupported, undefined) };
  }

  /** The program that `subject` is with the packages that it imports, or why there is none. */
  program(subject: Subject): Runnable | { readonly faults: Faults } {
    if (subject.problems) return { faults: { ename: "CompileError", lines: subject.problems } };
    if (subject.packages) return this.#packagesProgram(subject.packages);
    return this.#runnable(this.#check(subject, {}), HEADER);
  }

  /** The last package with those it imports, each as a unit of its own. */
  #packagesProgram(packages: readonly ModulePackage[]): Runnable | { readonly faults: Faults } {
    const units: Program[] = [];
    const done = this.#packages(packages, {}, { m: 1 });
    const wrong = done.find((d) => d.errors)?.errors;
    if (wrong) return { faults: wrong };
    let imports: readonly string[] = [...new Set(packages.flatMap((p) => p.imports.map((i) => i.path)).filter((path) => this.library.has(path)))];
    for (const { pkg, analysed } of done) {
      if (!analysed) continue;
      const main = pkg === packages.at(-1);
      const linker = main ? noMain(analysed.checked, pkg.path) : undefined;
      if (linker) return { faults: { ename: "CompileError", lines: linker } };
      const unit = this.#unit(analysed, imports, {}, units);
      if ("faults" in unit) return unit;
      imports = unit.imports;
      units.push(unit.program);
    }
    const program = units.pop();
    return program ? { program, imports, before: units } : { faults: { ename: "Unsupported", lines: ["unsupported: a program without packages"] } };
  }

  /** The unit that a cell is. */
  cell(checked: CheckedCell): Runnable | { readonly faults: Faults } {
    return this.#runnable(checked, undefined, checked.entry ?? "");
  }

  #runnable(checked: Checked, header: string | undefined, once?: string): Runnable | { readonly faults: Faults } {
    const errors = faults(checked.diagnostics, header);
    if (errors) return { faults: errors };
    const linker = header === undefined ? undefined : noMain(checked, header);
    if (linker) return { faults: { ename: "CompileError", lines: linker } };
    return this.#unit(analyseCode(checked), checked.pkg.imports.map((p) => p.path), once === undefined ? {} : { once });
  }

  /** The code of an analysed package, and what of the library it needs. What the library lacks of it ends the program where it is reached. */
  #unit(analysed: Analysed, imports: readonly string[], options: EmitOptions = {}, beside: readonly Program[] = []): Runnable | { readonly faults: Faults } {
    const unit = this.#emitted(analysed, imports, options);
    if ("faults" in unit) return unit;
    // What earlier cells and their packages have made is looked for when the cell is linked.
    const cell = analysed.checked.input.mode === "cell";
    const absent = this.#backend.missing(unit.program, unit.imports, beside).filter((symbol) => !cell || this.library.has(packageOf(symbol)));
    return absent.length === 0 ? unit : this.#emitted(analysed, imports, { ...options, absent: mentions(absent, analysed.checked) });
  }

  #emitted(analysed: Analysed, imports: readonly string[], options: EmitOptions): Runnable | { readonly faults: Faults } {
    const { program, unsupported } = this.#backend.emit(analysed, options);
    const cannot = faults(unsupported, undefined);
    if (cannot || !program) return { faults: cannot ?? { ename: "Unsupported", lines: ["unsupported: this program"] } };
    const large = tooLarge(program, analysed.checked);
    if (large) return { faults: { ename: "Unsupported", lines: [formatDiagnostic(large)] } };
    return { program, imports: this.#backend.linked(program, imports) };
  }

  /** What is wrong with `subject`. */
  diagnostics(subject: Subject): readonly Diagnostic[] {
    return this.#check(subject, {}).diagnostics;
  }

  /** The checked form of a program, or of its last package. */
  checkedAll(subject: Subject): Checked {
    if (!subject.packages) return this.#check(subject, {});
    const done = this.#packages(subject.packages, {}, { m: 1 });
    return done.at(-1)?.analysed?.checked ?? this.#check({ files: subject.files }, {});
  }

  /** What is wrong with a checked program; undefined: nothing. */
  faults(checked: Checked): Faults | undefined {
    return faults(checked.diagnostics, undefined);
  }

  /** The type of the variable that is declared at a place. */
  typeAt(subject: Subject, at: Position): string | undefined {
    return declaredTypeAt(this.#check(subject, {}), at);
  }

  /** The checked form, for the editor. */
  checked(subject: Subject): Checked {
    return this.#check(subject, {});
  }

  /** The library's packages, read once for many programs. What those make of its generic types would pile up, so that it is read anew at times. */
  #library(): Packages {
    const known = this.#read;
    if (known && known.uses++ < PROGRAMS_PER_LIBRARY) return known.packages;
    const packages = new Packages(this.#importer);
    this.#read = { packages, uses: 0 };
    return packages;
  }

  #check(subject: Subject, options: Partial<CheckInput>): Checked {
    const key = JSON.stringify([subject.files, options]);
    if (this.#last?.key === key) return this.#last.checked;
    const checked = check({ files: subject.files, importer: this.#library(), goroot: GOROOT, ...options });
    this.#last = { key, checked };
    return checked;
  }
}

/** Diagnostics as the lines that `go build` prints, under its header; undefined if there are none. */
function faults(diagnostics: readonly Diagnostic[], header: string | undefined): Faults | undefined {
  if (diagnostics.length === 0) return undefined;
  const ename = diagnostics.every((d) => d.kind === "unsupported") ? "Unsupported" : "CompileError";
  const lines = diagnostics.flatMap((d) => formatDiagnostic(d).split("\n"));
  return { ename, lines: header !== undefined && ename === "CompileError" && !cmdGo(diagnostics) ? [`# ${header}`, ...lines] : lines };
}

/** Errors that cmd/go finds before the compiler runs have no header. */
const cmdGo = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(isGoCommandError);

/** Checks and analyses one package after those that it imports. */
function analysePackage(workspace: Workspace, pkg: ModulePackage, options: Partial<CheckInput>, flags: AnalyseFlags): { readonly errors?: Faults; readonly analysed?: Analysed } {
  const input = { ...(pkg.lang === undefined ? {} : { lang: pkg.lang }), ...options, ...(pkg.assembly ? { complete: false } : {}), files: pkg.files, path: pkg.name === "main" ? "main" : pkg.path, goroot: GOROOT };
  const { checked, analysed } = workspace.analyse(input, flags);
  const errors = faults(checked.diagnostics.map((d) => diagnosticFrom(pkg.dir, d)), pkg.path);
  return errors ? { errors } : analysed ? { analysed } : {};
}

/** A diagnostic with its files named as the package in `dir` names them, those of its further lines too. */
function diagnosticFrom(dir: string, d: Diagnostic): Diagnostic {
  const message = d.message.replace(/\n\t(\.\/[^\s:]+)(?=:\d)/g, (_, file: string) => `\n\t${nameFrom(dir, file)}`);
  return { ...d, message, at: { ...d.at, file: nameFrom(dir, d.at.file) } };
}

/** A note with its files named as the package in `dir` names them. */
function placedFrom(dir: string, note: Note): Note {
  if (dir === "") return note;
  return JSON.parse(JSON.stringify(note), (key, value: unknown) => (key === "file" && typeof value === "string" ? nameFrom(dir, value) : value)) as Note;
}
