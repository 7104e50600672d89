/**
 * From texts to a checked package: parses each file and, if all of them parse, checks them together.
 *
 * Go: cmd/compile/internal/noder/noder.go (LoadPackage).
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import { type ByteString, Sources } from "../base/source.ts";
import type { Imported } from "./ir/index.ts";
import { type File, type FuncDecl, parseFile } from "./syntax/index.ts";
import { branchErrors, checkPackage, clauseError, type CheckedPackage, importErrors, type Importer, type Info, newInfo, type Package, Packages, type Placed, type TypeName, universe } from "./types/index.ts";

/** A file as it was given. */
export interface SourceText {
  /** As printed: `./main.go`. */
  readonly name: string;
  readonly text: ByteString;
}

/** What is to be checked, and how. */
export interface CheckInput {
  readonly files: readonly SourceText[];
  /** Import path, "main" if absent. */
  readonly path?: string;
  /** The library, or packages that were imported from it before. */
  readonly importer: Importer | Packages;
  readonly mode?: "program" | "cell" | "std";
  /** `go1.21`: the version of the language, the newest if absent. */
  readonly lang?: string;
  /** What positions in Go's library begin with. */
  readonly goroot?: string;
  /** -e: all errors instead of ten. */
  readonly allErrors?: boolean;
  /** -complete=false: functions without a body are declarations. */
  readonly complete?: boolean;
  /** Where the texts of all packages of one program go, so that their positions stay apart. */
  readonly sources?: Sources;
  /** Packages of the same program that were analysed before, by import path: this one may import them. */
  readonly siblings?: Siblings;
  /** Packages that were analysed before, from their text, in a workspace. */
  readonly imported?: Imported;
}

/** Packages of a program that have been analysed. */
export type Siblings = ReadonlyMap<string, Sibling>;

/** What an importing package needs of one: its text, and what was decided about its functions. */
export interface Sibling extends LibraryText {
  /** By symbol. */
  readonly decided: ReadonlyMap<string, Decided>;
}

/** What was decided about a function when its own package was compiled. Go keeps it in export data. */
export interface Decided {
  /** Of inlining it; absent: it may not be. */
  readonly cost?: number;
  /** How its receiver and parameters leak. */
  readonly tags: readonly string[];
  /** Of the library's own text: see FuncFacts.place. */
  readonly place?: Placed;
}

/** A checked package; if `diagnostics` is not empty, the rest may have holes. */
export interface Checked {
  readonly input: CheckInput;
  /** Sorted, as Go prints them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  readonly files: readonly File[];
  readonly pkg: Package;
  readonly info: Info;
  readonly packages?: CheckedPackage["packages"];
  readonly siblings?: Siblings;
  /** Of a session's types that were declared anew: which type of its name each is. */
  readonly versions?: ReadonlyMap<TypeName, number>;
  readonly imported?: Imported;
  /** A package of the library, checked from our own Go text: where bodies of its generic functions come from. */
  library?(path: string): LibraryText | undefined;
}

/** A package of the library as our own Go text has it. */
export interface LibraryText {
  readonly pkg: Package;
  readonly info: Info;
  readonly files: readonly File[];
  /** To be called before the body of a function is looked at: bodies are checked when they are needed. */
  readonly readBody?: ((decl: FuncDecl) => void) | undefined;
}

/** After so many errors Go gives up. Go: base/print.go. */
const MAX_ERRORS = 10;
const TOO_MANY = "too many errors";

/** Parses and checks the files of one package. */
export function check(input: CheckInput): Checked {
  const sources = input.sources ?? new Sources();
  const parsed = input.files.map(({ name, text }) => parseFile(sources.add(name, text), sources));
  const errors = parsed.flatMap((p) => p.errors);
  const files = parsed.flatMap((p) => p.file ?? []);
  const path = input.path ?? "main";
  if (parsed.some((p) => !p.file) || errors.some(endsCompilation)) {
    return { input, diagnostics: syntaxFaults(input, errors, files, sources), sources, files, pkg: emptyPackage(path), info: newInfo() };
  }
  const { pkg, info, diagnostics, packages } = checkPackage(files, {
    path, sources, earlier: errors, importer: input.importer, ...(input.goroot === undefined ? {} : { goroot: input.goroot }),
    mode: {
      version: minorVersion(input.lang), allErrors: input.allErrors === true, cell: input.mode === "cell",
      std: input.mode === "std", complete: input.mode !== "std" && input.complete !== false,
    },
  });
  return { input, diagnostics, sources, files, pkg, info, packages, library: libraryReader(input.importer, sources, packages), ...(input.imported ? { imported: input.imported } : {}), ...(input.siblings ? { siblings: input.siblings } : {}) };
}

/** The go command looks at imports first, and at nothing else. */
function syntaxFaults(input: CheckInput, errors: readonly Diagnostic[], files: readonly File[], sources: Sources): readonly Diagnostic[] {
  const packages = input.importer instanceof Packages ? input.importer : new Packages(input.importer);
  const alone = input.mode === "std" || input.complete === false;
  const clause = alone || input.mode === "cell" ? undefined : sources.files.filter((f) => input.files.some((own) => own.name === f.name)).map(clauseError).find((d) => d !== undefined);
  if (clause) return [clause];
  const imports = alone ? [] : importErrors(files, { sources, packages, goroot: input.goroot ?? "" });
  if (imports.length > 0) return imports;
  return firstErrors([...errors, ...branchErrors(files, errors, sources)], input);
}

/** Where bodies of the library's generic functions come from. */
export type LibraryReader = (path: string) => LibraryText | undefined;

/** Reads each package of the library at most once, and only when it is asked for. The texts go to `sources`. */
export function libraryReader(texts: CheckInput["importer"], sources: Sources, packages: Packages): LibraryReader {
  const read = new Map<string, LibraryText | undefined>();
  const library = (path: string): LibraryText | undefined => {
    if (!read.has(path)) read.set(path, readLibrary(path, texts, sources, packages, library));
    return read.get(path);
  };
  return library;
}

function readLibrary(path: string, from: CheckInput["importer"], sources: Sources, importer: Packages, library: LibraryReader): LibraryText | undefined {
  const texts = from instanceof Packages ? from.source(path) : (from.source?.(path) ?? []);
  const files = texts.flatMap(({ name, text }) => parseFile(sources.add(name, text), sources).file ?? []);
  if (files.length === 0 || files.length < texts.length) return undefined;
  for (const other of files.flatMap(importsOf)) {
    // A package that exists only as our text has no facts.
    const text = importer.find(other) ? undefined : library(other);
    if (text) importer.add(text.pkg);
  }
  const { pkg, info, diagnostics, readBody } = checkPackage(files, { path, sources, importer, mode: { std: true }, bodiesLater: true });
  return diagnostics.length > 0 ? undefined : { pkg, info, files, readBody };
}

const importsOf = (file: File): string[] => file.decls.flatMap((d) => (d.kind === "ImportDecl" ? [d.path.value.slice(1, -1)] : []));

/** After a `syntax error: …` types are not checked; after other faults of a text (a bad digit, a misplaced `...`) they are. Go: noder.go (checkFiles). */
const endsCompilation = (d: Diagnostic): boolean => d.kind !== "error" || d.message.startsWith("syntax error");

/** 21 of `go1.21`; 0 for the newest. */
function minorVersion(lang: string | undefined): number {
  return Number(/^go1\.(\d+)/.exec(lang ?? "")?.[1] ?? 0);
}

/** The errors that are printed of those found in this order: the first ten, by place; then that there are more. */
function firstErrors(errors: readonly Diagnostic[], { files, allErrors }: CheckInput): Diagnostic[] {
  const rank = (d: Diagnostic): number => files.findIndex((f) => f.name === d.at.file);
  const byPlace = (a: Diagnostic, b: Diagnostic): number => rank(a) - rank(b) || a.at.line - b.at.line || a.at.col - b.at.col;
  const found = [...errors];
  if (allErrors || errors.length < MAX_ERRORS) return found.sort(byPlace);
  const shown = found.slice(0, MAX_ERRORS);
  const last = shown.at(-1);
  return [...shown.sort(byPlace), ...(last ? [{ ...last, message: TOO_MANY }] : [])];
}

const emptyPackage = (path: string): Package => ({
  path, name: "main", imports: [], std: false, scope: { parent: universe, names: new Map(), pos: universe.pos, end: universe.end, isFunc: false, children: [] },
});
