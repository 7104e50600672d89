/**
 * A session: what the cells so far have declared, and the memory of the last program that ran.
 *
 * Holds all the state of a Lab. Commands ask it; it asks the compiler and the runtime.
 */
import type { Exit, Process } from "../runtime/index.ts";
import { checkCell, emptyCellScope, type Offer, type Package, Packages, type Type } from "../compiler/index.ts";
import { stdImporter } from "../std/index.ts";
import { encodeUtf8, Sources } from "../base/source.ts";
import { type Output, sentences } from "../views/index.ts";
import { readCommand } from "./cell.ts";
import { type CellAnswer, Cells } from "./cells.ts";
import { type Analysis, Compiler, type Faults, GOROOT } from "./compile.ts";
import type { CompilerFlags } from "./gcflags.ts";
import type { Measured } from "./measure.ts";
import { measureRuns } from "./measure.ts";
import type { Backend, Runs } from "./backend.ts";
import type { Stepping } from "./commands/step.ts";
import type { EngineHooks } from "./engine.ts";
import { declaredNames, describeAt, namesAt, type NamesPorts } from "./names.ts";
import { Printed } from "./printed.ts";
import { type Settings, defaultSettings } from "./settings.ts";
import type { Subject, SubjectFile } from "./subject.ts";
import { packProgram } from "./kept.ts";
import { type Kept, keptOf } from "./kept-code.ts";

/** A program that has run, or is stopped: its memory can be looked at. */
export interface World {
  readonly process: Process;
  readonly exit: Exit;
  readonly settings: Settings;
}

/** Takes note of a compiled program; `pack` answers its bytes, undefined if it is not to be kept. */
export type Keep = (files: readonly SubjectFile[], pack: () => Kept | undefined) => void;

/** Name of the function that a measured call stands in. */
const CALL = "gomemCall";

/** Name of the alias under which a type is asked for. */
const TYPE = "gomemType";

/** The program with one more function, which makes the call. */
const withCall = (subject: Subject, call: string, inLibrary: (path: string) => boolean): Subject => withFile(subject, "./call.go", `func ${CALL}() { ${call} }\n`, call, inLibrary);

/** The program with one more file that holds `declaration`. Packages that `expr` in it names are imported if the program does so, or if they are the library's. */
function withFile(subject: Subject, name: string, declaration: string, expr: string, inLibrary: (path: string) => boolean): Subject {
  const named = [...new Set([...expr.matchAll(/(?<![\w.)\]"`])([a-z]\w*)\./g)].map((m) => m[1] ?? ""))];
  const clauses = subject.files.flatMap((f) => [...f.text.matchAll(/^\s*(?:import\s+)?((?:[\w.]+\s+)?"([^"\n]+)")\s*$/gm)]);
  const imports = named.flatMap((word) => {
    const own = clauses.find((c) => (c[1] ?? "").startsWith(`${word} `) || (c[2] ?? "").split("/").at(-1) === word)?.[1];
    return own ?? (inLibrary(word) ? JSON.stringify(word) : []);
  });
  const text = `package ${packageName(subject)}\n\n${imports.map((i) => `import ${i}\n`).join("")}\n${declaration}`;
  return { files: [...subject.files, { name, text }], ...(subject.packages ? { packages: subject.packages.map((p, i) => (i === (subject.packages?.length ?? 0) - 1 ? { ...p, files: [...p.files, { name, text }] } : p)) } : {}) };
}

const packageName = (subject: Subject): string => /^\s*package\s+(\w+)/m.exec(subject.files[0]?.text ?? "")?.[1] ?? "main";

/** Whether a cell is a Go file: its first token is `package`. */
export const isFile = (text: string): boolean => /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*package\s/.test(text);

/** What is compiled ahead of the first cells: text of the kinds that cells hold, so often that the host finds the compiler worth its optimising. */
const WARMING = {
  first: 2,
  rounds: 10,
  program: "package main\n\nimport \"fmt\"\n\nfunc f(n int) *int {\n\treturn &n\n}\n\nfunc main() {\n\tfmt.Println(*f(1), \"go\")\n}\n",
  cells: ["1 + 2", "xs := []int{1, 2}\nfor i, x := range xs {\n\tfmt.Println(i, x)\n}", "type T struct{ n int }\n\nfunc (t *T) add(n int) { t.n += n }\n\nvar m = map[string]*T{}"],
} as const;

export class Session {
  settings: Settings;
  /** The Go that bare commands speak of. */
  subject: Subject | undefined;
  /** The state that memory commands look at. */
  world: World | undefined;
  /** The collection that is being stepped through. */
  stepping: Stepping | undefined;
  /** Files that cells have written, by path. */
  readonly written = new Map<string, string>();
  /** What `escape` has shown of the cells. */
  printed = new Printed();
  readonly compiler: Compiler;
  readonly #engine: Runs;
  #cells: Cells;
  readonly #initial: Settings;
  readonly #keep: Keep | undefined;
  /** What is left to do once. */
  readonly #warming = this.#warm();

  constructor(settings: Settings, hooks: EngineHooks & { readonly keep?: Keep }, backend: Backend) {
    this.settings = settings;
    this.#initial = settings;
    this.#keep = hooks.keep;
    this.compiler = new Compiler(backend);
    this.#engine = backend.engine({ ...hooks, keeps: hooks.keep !== undefined });
    this.#cells = new Cells(this.compiler, this.#engine);
  }

  analyse(subject: Subject, flags: CompilerFlags): Analysis {
    return this.compiler.analyse(subject, flags);
  }

  /** Each package for itself. */
  analyseAll(subject: Subject, flags: CompilerFlags): Analysis[] {
    return this.compiler.analyseAll(subject, flags);
  }

  /**
   * Compiles and runs a program; what it writes is shown as it comes. The world stays as it was at exit. The cells of a session run
   * once more in a world of their own; the session goes on in the old one.
   */
  run(subject: Subject, settings: Settings, show: (output: Output) => void): World | { readonly faults: Faults } {
    if (subject.again) {
      const ran = subject.again(settings, show);
      return "faults" in ran ? ran : { ...ran, settings };
    }
    const compiled = this.compiler.program(subject);
    if ("faults" in compiled) return compiled;
    const { process, exit, image, own } = this.#engine.run(compiled, settings, show);
    if (!subject.packages && !subject.checked) this.#keep?.(subject.files, () => keptOf(packProgram(compiled, image?.(), own), process));
    this.subject = subject;
    this.world = { process, exit, settings };
    return this.world;
  }

  /** The type that `text` means in the session, or in the program. */
  typeNamed(subject: Subject | undefined, text: string): { readonly type: Type; readonly pkg: Package } | { readonly faults: Faults } {
    const declared = `type ${TYPE} = ${text}\n`;
    const inCells = !subject || subject.checked !== undefined;
    const checked = inCells ? this.#cells.check({ name: "./type.go", text: declared }) : this.compiler.checkedAll(withFile(subject, "./type.go", declared, text, this.compiler.library.has));
    const wrong = this.compiler.faults(checked);
    const obj = checked.pkg.scope.names.get(TYPE);
    if (wrong || obj?.kind !== "TypeName" || !obj.type) return { faults: wrong ?? { ename: "CompileError", lines: [`${text} is no type`] } };
    return { type: obj.type.kind === "Alias" ? obj.type.target : obj.type, pkg: checked.pkg };
  }

  /** Makes a call in the session, or in the program that was run last, several times and counts what it allocates. What it prints is shown as it comes. */
  measure(subject: Subject, call: string, settings: Settings, how: { readonly runs: number; readonly show: (output: Output) => void }): Measured | { readonly faults: Faults } {
    // A statement behind it, so that its value is not shown.
    if (subject.checked) return this.#cells.measure({ name: "./call.go", text: `${call}\n_ = 0` }, settings, how);
    const compiled = this.compiler.program(withCall(subject, call, this.compiler.library.has));
    if ("faults" in compiled) return compiled;
    const { entry: _, ...program } = compiled.program;
    const { process } = this.#engine.run({ ...compiled, program }, settings, how.show);
    return measureRuns(process, () => process.run(`main.${CALL}`), how.runs);
  }

  /** Runs a cell: a file is a program of its own; anything else goes on with the session. */
  runCell(subject: Subject, number: number, show: (output: Output) => void): CellAnswer {
    const [file] = subject.files;
    if (!file) return subject.problems ? { faults: { ename: "CompileError", lines: subject.problems } } : {};
    if (subject.packages || isFile(file.text)) {
      const world = this.run(subject, this.settings, show);
      this.subject = subject;
      return "faults" in world ? world : { exit: world.exit };
    }
    const answer = this.#cells.run(file, { number, imports: subject.imports ?? [] }, this.settings, show);
    const { process } = this.#cells;
    if (answer.exit?.kind === "ok" && process) {
      this.subject = { files: [file], checked: () => this.#cells.together(), again: (others) => this.#cells.again(others) };
      this.world = { process, exit: answer.exit, settings: this.settings };
    }
    return answer;
  }

  /** A cell as the session's next one, for a command that does not keep it. */
  aside(subject: Subject): Subject {
    const [file] = subject.files;
    if (!file || subject.packages || isFile(file.text)) return subject;
    return { ...subject, aside: true, checked: () => this.#cells.together(file), again: (settings, show) => this.#cells.again(settings, { file, show }) };
  }

  /** Does, while nobody waits, what the next cells would have to wait for; a step at a time, the first in no time. Answers and later runs are the same without it. */
  *prepare(): Generator<void> {
    yield this.#cells.settle();
    yield this.#cells.prepare(this.settings);
    for (let step = this.#warming.next(); !step.done; step = this.#warming.next()) yield;
    yield this.#engine.prepare(this.settings);
  }

  /** The host compiles our compiler while it is used: without this the first dozens of cells take twice as long. */
  *#warm(): Generator<void> {
    yield* this.#rehearse();
    yield* this.#warmCells(WARMING.first);
    const subject = { files: [{ name: "./cell0.go", text: WARMING.program }] };
    yield void readCommand("help", { line: 1, col: 1 });
    yield void this.compiler.diagnostics(subject);
    yield void this.compiler.program(subject);
    yield this.#engine.prepare(this.settings);
    yield* this.#warmCells(WARMING.rounds);
  }

  /**
   * Runs a first cell in a session of its own, which is dropped. The host keeps the machine code of a module for others with the same bytes, and the
   * library as this session links it is one: the real first cell finds it compiled. Once that has run there is nothing to rehearse.
   */
  *#rehearse(): Generator<void> {
    if (this.#cells.process) return;
    const cells = new Cells(this.compiler, this.#engine);
    yield cells.prepare(this.settings);
    if (this.#cells.process) return;
    yield void cells.run({ name: "./cell0.go", text: WARMING.cells[0] }, { number: 0, imports: [] }, this.settings, () => undefined);
  }

  *#warmCells(rounds: number): Generator<void> {
    for (let round = 0; round < rounds; round++)
      for (const text of WARMING.cells) {
        const session = emptyCellScope(new Packages(stdImporter()), new Sources());
        yield void this.compiler.cell(checkCell({ name: "./cell0.go", text, number: 0, session, goroot: GOROOT }));
      }
  }

  /** A command may change what cells left. */
  disturb(): void {
    this.#cells.disturb();
  }

  /** Go names that could stand at UTF-16 position `at`. */
  names(text: string, at: number): Offer[] {
    return namesAt(this.#names(), text, at);
  }

  /** What the cells have declared, by name. */
  declared(): readonly Offer[] {
    return declaredNames(this.#names());
  }

  /** A card about the Go name at `at`. */
  describe(text: string, at: number): { readonly text: string; readonly markdown: string } | undefined {
    return describeAt(this.#names(), text, at, (name) => this.#livesAt(text, name));
  }

  /** Whether a variable of a program, or of the session so far, is on the heap, as far as the compiler has decided it. */
  #livesAt(text: string, name: string): string | undefined {
    const subject = isFile(text) ? { files: [{ name: "./cell.go", text: encodeUtf8(text) }] } : this.subject;
    if (!subject) return undefined;
    const { notes, errors } = this.analyse(subject, { analyse: {}, m: 1, allErrors: false, complete: true });
    if (errors) return undefined;
    const moved = notes.find((n) => n.kind === "moved" && n.name === encodeUtf8(name));
    if (moved) return sentences([moved])[0]?.text;
    return isFile(text) ? `${name} is on the stack or in a register` : undefined;
  }

  #names(): NamesPorts {
    return { scope: this.#cells.scope, compiler: this.compiler, isFile };
  }

  /** Forgets what was declared and run; with `all` the settings too. */
  reset(all: boolean): void {
    this.subject = undefined;
    this.world = undefined;
    this.written.clear();
    this.stepping = undefined;
    this.printed = new Printed();
    this.#cells = new Cells(this.compiler, this.#engine);
    if (all) this.settings = this.#initial ?? defaultSettings;
  }
}
