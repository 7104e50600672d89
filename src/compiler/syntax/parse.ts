/**
 * From a source file to its tree: scans, runs the generated parser, collects errors in the order in which Go reports them.
 *
 * The parser is made at build (build.ts). Where it has not been built, as in tests that run from source, it is made here,
 * which loads ohm-js.
 *
 * Go: cmd/compile/internal/syntax/syntax.go; the choice of one syntax error a line is base/print.go's (ErrorfAt).
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Pos, SourceFile, Sources } from "../../base/source.ts";
import { actions } from "./actions.ts";
import type { FileParts } from "./actions-decl.ts";
import type { Decl, File, Stmt } from "./ast.ts";
import { buildGoVersion, lineDirective } from "./directives.ts";
import { GIVE_UP, LEAVE, Recovery, type Registers, type SyntaxFault } from "./recovery.ts";
import { scan, TokenRoom, type ScanError, type Tokens } from "./scan.ts";
import { sites } from "./sites.ts";
import { pragma, type StartRule, type State } from "./state.ts";

/** What the generated module exports. */
interface GeneratedModule {
  readonly createParser: (actions: unknown, sites: unknown, leave: unknown) => GeneratedParser;
}

/** The generated parser. */
export interface GeneratedParser {
  readonly registers: Registers;
  parse(start: StartRule, kinds: Uint16Array, state: State, recovery: Recovery): unknown;
}

/** Where the build writes the parser, beside this file. */
const BUILT: string = "./generated-parser.js";

const parser = (await loadParser()).createParser(actions, sites, LEAVE);
/** Tokens of the file that is being parsed; one at a time, as the parser's registers. */
const room = new TokenRoom(4096);

async function loadParser(): Promise<GeneratedModule> {
  try {
    return (await import(BUILT)) as GeneratedModule;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND" && !/cannot find|failed to load/i.test(String(error))) throw error;
    const { parserModule } = await import("./generated.ts");
    return parserModule();
  }
}

/** A file's tree, where it could be made, and what is wrong with its text. */
export interface ParsedFile {
  readonly file?: File;
  /** In order of discovery, one syntax error a line. */
  readonly errors: readonly Diagnostic[];
}

/** A notebook cell's declarations and statements, in order. */
export interface Cell {
  readonly source: SourceFile;
  readonly items: readonly (Decl | Stmt)[];
  readonly eof: Pos;
}

/** A cell's tree and what is wrong with its text. */
export interface ParsedCell {
  readonly cell?: Cell;
  readonly errors: readonly Diagnostic[];
}

/** Parses a Go file. `//line` directives are entered into `source`. */
export function parseFile(source: SourceFile, sources: Sources): ParsedFile {
  const run = parse("SourceFile", source);
  const errors = diagnostics(run.errors, source, sources);
  if (!run.value) return { errors };
  const { start, pkgName, decls } = run.value as FileParts;
  const { tokens, state } = run;
  const pos = (offset: number | undefined): Pos => sources.pos(source, offset ?? 0);
  const goVersion = tokens.directives
    .filter((d) => !d.block && d.token <= start && d.text.startsWith("go:build"))
    .reduce<string | undefined>((found, d) => buildGoVersion(d.text) ?? found, undefined);
  const file: File = {
    kind: "File",
    pos: pos(tokens.starts[start]),
    source,
    pkgName,
    decls,
    eof: pos(source.text.length),
    ...(goVersion === undefined ? {} : { goVersion }),
    pragmas: state.pragmas.map((d) => pragma(state, d)),
  };
  return { file, errors };
}

/** Parses the text of a cell: declarations and statements, without a package clause. */
export function parseCell(source: SourceFile, sources: Sources): ParsedCell {
  const run = parse("Cell", source);
  const errors = diagnostics(run.errors, source, sources);
  if (!run.value) return { errors };
  return { cell: { source, items: run.value as (Decl | Stmt)[], eof: sources.pos(source, source.text.length) }, errors };
}

/** All syntax errors of a file, several a line too, in the order of discovery. */
export function syntaxErrors(source: SourceFile): readonly SyntaxFault[] {
  return parse("SourceFile", source).errors;
}

interface Run {
  readonly value: unknown;
  readonly tokens: Tokens;
  readonly state: State;
  readonly errors: readonly SyntaxFault[];
}

function parse(start: StartRule, source: SourceFile): Run {
  const scanned = scan(source, room);
  const tokens = { ...scanned, errors: [...scanned.errors, ...enterLineDirectives(source, scanned)].sort((a, b) => a.token - b.token || a.offset - b.offset) };
  const recovery = new Recovery(tokens, source.base, parser.registers);
  const pragmas = tokens.directives.filter((d) => d.text.startsWith("go:"));
  const state: State = { tokens, base: source.base, recovery, pragmas: [...pragmas], groups: 0 };
  let value: unknown;
  try {
    value = parser.parse(start, tokens.kinds, state, recovery);
    recovery.count();
  } catch (thrown) {
    if (thrown instanceof RangeError) recovery.errors.push({ offset: recovery.offset(), message: TOO_DEEP });
    else if (thrown !== GIVE_UP) throw thrown;
  }
  return { value, tokens, state, errors: recovery.errors };
}

/** Said where the nesting of the text is deeper than our stack. */
const TOO_DEEP = "nesting this deep";

function enterLineDirectives(source: SourceFile, tokens: Tokens): readonly ScanError[] {
  const errors: ScanError[] = [];
  source.directives.length = 0;
  for (const d of tokens.directives) {
    const found = lineDirective(source, d, source.directives);
    if (!found) continue;
    if ("message" in found) errors.push(found);
    else source.directives.push(found);
  }
  return errors;
}

/** Errors as diagnostics: of several syntax errors on one line the first, of equal other errors on one line the first. */
function diagnostics(errors: readonly SyntaxFault[], source: SourceFile, sources: Sources): readonly Diagnostic[] {
  const kept: Diagnostic[] = [];
  let syntaxLine = "";
  let other = "";
  for (const { offset, message } of errors) {
    const at = sources.position(sources.pos(source, offset));
    const line = `${at.file}:${at.line}`;
    if (message === TOO_DEEP) kept.push({ kind: "unsupported", at, message });
    else if (message.startsWith("syntax error")) {
      if (line !== syntaxLine) kept.push({ kind: "error", at, message });
      syntaxLine = line;
    } else {
      if (other !== `${line} ${message}`) kept.push({ kind: "error", at, message });
      other = `${line} ${message}`;
    }
  }
  return kept;
}
