/**
 * The compiler as the lab uses it: sources in, notes or a program out, faults as lines of text.
 *
 * Hands the compiler its library (`std`) and keeps the last results, so that `escape` after a run analyses nothing twice.
 */
import { type Checked, type CheckedCell, type CheckInput, analyse, check, isGoCommandError } from "../compiler/index.ts";
import { formatDiagnostic, type Diagnostic } from "../base/diagnostic.ts";
import type { Note } from "../record/notes.ts";
import { stdImporter } from "../std/index.ts";
import type { Backend } from "./backend.ts";
import type { Runnable } from "./engine.ts";
import type { CompilerFlags } from "./gcflags.ts";
import type { Subject } from "./subject.ts";

/** Lines that end a command: Go's errors, or what cannot be done yet. */
export interface Faults {
  readonly ename: "CompileError" | "Unsupported";
  readonly lines: readonly string[];
}

export interface Analysis {
  /** What stands after `# ` above the lines. */
  readonly header: string;
  readonly errors: Faults | undefined;
  readonly notes: readonly Note[];
  readonly unsupported: Faults | undefined;
}

/** Go's usual installation directory: prefix of positions inside its library. Used for nothing else. */
export const GOROOT = "/usr/local/go";

const HEADER = "command-line-arguments";

export class Compiler {
  readonly #importer = stdImporter();
  readonly #backend: Backend;
  #last: { readonly key: string; readonly checked: Checked } | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The notes of the compiler about `subject`. */
  analyse(subject: Subject, flags: CompilerFlags): Analysis {
    const checked = subject.checked?.() ?? this.#check(subject, {
      ...(flags.lang === undefined ? {} : { lang: flags.lang }), ...(flags.path === undefined ? {} : { path: flags.path }), allErrors: flags.allErrors, complete: flags.complete,
    });
    const errors = faults(checked.diagnostics, true);
    if (errors) return { header: HEADER, errors, notes: [], unsupported: undefined };
    const analysed = analyse(checked, { ...flags.analyse, m: flags.m === 2 ? 2 : 1 });
    return { header: HEADER, errors: undefined, notes: analysed.notes, unsupported: faults(analysed.unsupported, false) };
  }

  /** The program that `subject` is with the packages that it imports, or why there is none. */
  program(subject: Subject): Runnable | { readonly faults: Faults } {
    return this.#runnable(this.#check(subject, {}), true);
  }

  /** The unit that a cell is. */
  cell(checked: CheckedCell): Runnable | { readonly faults: Faults } {
    return this.#runnable(checked, false);
  }

  #runnable(checked: Checked, header: boolean): Runnable | { readonly faults: Faults } {
    const errors = faults(checked.diagnostics, header);
    if (errors) return { faults: errors };
    const linker = header ? noMain(checked) : undefined;
    if (linker) return { faults: { ename: "CompileError", lines: linker } };
    const { program, unsupported } = this.#backend.emit(analyse(checked, { m: 1 }));
    const missing = faults(unsupported, false);
    if (missing || !program) return { faults: missing ?? { ename: "Unsupported", lines: ["unsupported: this program"] } };
    const imports = checked.pkg.imports.map((p) => p.path);
    if (checked.input.mode === "cell") return { program, imports };
    const unknown = faults(this.#backend.missing(program, imports).map((symbol) => notInLibrary(symbol, checked)), false);
    return unknown ? { faults: unknown } : { program, imports };
  }

  /** What is wrong with `subject`. */
  diagnostics(subject: Subject): readonly Diagnostic[] {
    return this.#check(subject, {}).diagnostics;
  }

  /** The checked form, for the editor. */
  checked(subject: Subject): Checked {
    return this.#check(subject, {});
  }

  #check(subject: Subject, options: Partial<CheckInput>): Checked {
    const key = JSON.stringify([subject.files, options]);
    if (this.#last?.key === key) return this.#last.checked;
    const checked = check({ files: subject.files, importer: this.#importer, goroot: GOROOT, ...options });
    this.#last = { key, checked };
    return checked;
  }
}

/** Diagnostics as the lines that `go build` prints, under its header; undefined if there are none. */
function faults(diagnostics: readonly Diagnostic[], header: boolean): Faults | undefined {
  if (diagnostics.length === 0) return undefined;
  const ename = diagnostics.every((d) => d.kind === "unsupported") ? "Unsupported" : "CompileError";
  const lines = diagnostics.flatMap((d) => formatDiagnostic(d).split("\n"));
  return { ename, lines: header && ename === "CompileError" && !cmdGo(diagnostics) ? [`# ${HEADER}`, ...lines] : lines };
}

/** Says that a function or variable of the library is not built yet, at its first use. */
function notInLibrary(symbol: string, checked: Checked): Diagnostic {
  const name = /[\w~]+$/.exec(symbol.replace(/\[.*\]$/, ""))?.[0] ?? symbol;
  for (const [at, obj] of checked.info.uses) {
    const path = obj.pkg?.path;
    if (obj.name === name && path !== undefined && symbol.startsWith(`${path}.`)) return { kind: "unsupported", at: checked.sources.position(at.pos), message: symbol };
  }
  return { kind: "unsupported", at: { file: checked.files[0]?.source.name ?? "", line: 1, col: 1 }, message: symbol };
}

/** What `go run` says of a package that is no program. */
function noMain({ pkg }: Checked): readonly string[] | undefined {
  if (pkg.name !== "main") return ["package command-line-arguments is not a main package"];
  if (pkg.scope.names.get("main")?.kind === "Func") return undefined;
  return [`# ${HEADER}`, "runtime.main_main·f: function main is undeclared in the main package"];
}

/** Errors that cmd/go finds before the compiler runs have no header. */
const cmdGo = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(isGoCommandError);
