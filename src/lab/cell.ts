/**
 * Takes a cell apart: Go text and command lines, each with its place.
 *
 * A line may be a command only where a Go statement may start, outside every bracket. So the text is scanned as Go, and at each end of a
 * statement the next line is asked what it is: grammar/cell.ohm says which is which, grammar/command.ohm reads the command. Whether a
 * verb has such a flag, and whether the Go text is right, is for others to say.
 *
 * ohm-js is loaded when the first line that looks like a command is met.
 */
import type * as Ohm from "ohm-js";
import { decodeUtf8, encodeUtf8, Sources } from "../base/source.ts";
import { keywords, parseCell, parseFile, scanText, spelling, type Tokens } from "../compiler/index.ts";
import { loadGrammar } from "./grammars.ts";
import { nearest } from "./nearest.ts";
import type { CellPart, CommandCall, Flag } from "./parts.ts";

/** What an editor is told of a cell: could it run, does more have to come, or is it wrong as it stands. */
export type CellStatus = "complete" | "incomplete" | "invalid";

/** The parts of a cell in order. Of `verbs`, those that begin with `%` are commands only where it is written. */
export function splitCell(text: string, verbs: readonly string[]): CellPart[] {
  const bytes = encodeUtf8(text);
  const whole = wholeCell(text, verbs);
  if (whole) return [whole];
  const parts: CellPart[] = [];
  for (let from = 0; from < bytes.length; ) {
    const stop = nextCommand(bytes, from, verbs);
    const goEnd = stop?.start ?? bytes.length;
    const go = bytes.slice(from, goEnd);
    const { count, errors } = scanText(go);
    if (count + errors.length > 0) parts.push({ kind: "go", text: decodeUtf8(go), line: lineOf(bytes, from) });
    if (!stop) break;
    if (stop.part !== "comment") parts.push(stop.part);
    from = stop.end;
  }
  return parts;
}

/** Whether a cell can be run as it stands. A command always can. */
export function cellStatus(text: string, verbs: readonly string[]): CellStatus {
  let status: CellStatus = "complete";
  for (const part of splitCell(text, verbs)) {
    if (part.kind !== "go") continue;
    const found = goStatus(encodeUtf8(part.text));
    if (found === "incomplete") return found;
    if (found === "invalid") status = found;
  }
  return status;
}

/** Text that ends too early could go on; any other fault is a fault. */
function goStatus(bytes: string): CellStatus {
  const tokens = scanText(bytes);
  if (tokens.errors.some((e) => /^(string|comment) not terminated$/.test(e.message) && /^[`/]/.test(bytes.charAt(e.offset)))) return "incomplete";
  const sources = new Sources();
  const source = sources.add("", bytes);
  const { errors } = spelling(tokens.kinds[0] ?? 0) === "package" ? parseFile(source, sources) : parseCell(source, sources);
  const [first] = errors;
  if (!first) return "complete";
  const rest = bytes.slice((source.lines[first.at.line - 1] ?? 0) + first.at.col - 1);
  return rest.trim() === "" && !endsStatement(tokens) ? "incomplete" : "invalid";
}

/** Whether the text ends where a line feed ends a statement, outside every bracket: nothing can follow then. */
function endsStatement(tokens: Tokens): boolean {
  let depth = 0;
  for (let i = 0; i < tokens.count; i++) depth += step(tokens, i);
  return depth <= 0 && spelling(tokens.kinds[tokens.count - 1] ?? 0) === ";";
}

const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);

/** By how much a token changes the number of open brackets. */
function step(tokens: Tokens, i: number): number {
  const text = spelling(tokens.kinds[i] ?? 0);
  return OPENING.has(text) ? 1 : CLOSING.has(text) ? -1 : 0;
}

// ---- finding command lines --------------------------------------------------------------------------------------

/** A command line in the cell's bytes. */
interface Found {
  readonly start: number;
  /** Start of the next line. */
  readonly end: number;
  readonly part: LinePart;
}

/** What a line is that is no Go: a command, a fault, or a comment that begins with `#` as in a script. */
type LinePart = CellPart | "comment";

/** The first command line from byte `from` on, where a statement may start. */
function nextCommand(bytes: string, from: number, verbs: readonly string[]): Found | undefined {
  const tokens = scanText(bytes.slice(from));
  let depth = 0;
  const first = commandAt(bytes, from, verbs);
  if (first) return first;
  for (let i = 0; i < tokens.count; i++) {
    depth += step(tokens, i);
    if (depth > 0 || spelling(tokens.kinds[i] ?? 0) !== ";") continue;
    const semi = from + (tokens.starts[i] ?? 0);
    if (bytes[semi] === ";") continue;
    const found = commandAt(bytes, semi, verbs);
    if (found) return found;
  }
  return undefined;
}

/** The command on the line of the first character after white space and comments from `at` on. */
function commandAt(bytes: string, at: number, verbs: readonly string[]): Found | undefined {
  const skip = /(?:[ \t\r\n]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  skip.lastIndex = at;
  skip.test(bytes);
  const place = skip.lastIndex;
  if (place >= bytes.length) return undefined;
  const start = bytes.lastIndexOf("\n", place - 1) + 1;
  if (!/^[ \t\r]*$/.test(bytes.slice(start, place))) return undefined;
  const newline = bytes.indexOf("\n", place);
  const end = newline < 0 ? bytes.length : newline;
  const line = decodeUtf8(bytes.slice(start, end));
  const part = commandPart(line, { line: lineOf(bytes, start), col: place - start + 1 }, verbs);
  return part && { start, end: Math.min(end + 1, bytes.length), part };
}

function lineOf(bytes: string, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf("\n"); i >= 0 && i < offset; i = bytes.indexOf("\n", i + 1)) line++;
  return line;
}

interface Place {
  readonly line: number;
  readonly col: number;
}

/** What a line is that stands where a statement may start; undefined: Go. */
function commandPart(line: string, place: Place, verbs: readonly string[]): LinePart | undefined {
  if (!mayBeCommand(line, verbs)) return undefined;
  // `name??` asks for more of it in IPython; there is one card.
  const { form, word } = lineForm(line.replace(/^(\s*\?)\?|\?(\?\s*)$/, "$1$2"));
  switch (form) {
    case "wholeCell":
      return problem("a line with %% must be the first of its cell");
    case "percent":
      return known(line, place, verbs);
    case "comment":
      return "comment";
    case "shell":
      return problem("a cell is an experiment that must replay anywhere; use a terminal");
    case "helpBefore":
    case "helpAfter":
      return { kind: "command", command: { verb: "help", settings: [], flags: [], args: word === "" ? [] : [word], ...place } };
    case "alone":
    case "bare":
      if (verbs.includes(word)) return known(line, place, verbs);
      return form === "bare" ? misspelled(word, verbs) : undefined;
    default:
      return undefined;
  }
}

/** A cheap look that spares most Go lines the grammar. */
function mayBeCommand(line: string, verbs: readonly string[]): boolean {
  if (/^\s*[%!?#]|^\s*\S+\?\s*$/.test(line)) return true;
  const [, word = "", next = ""] = /^\s*(?:\w+=\S+\s+)*([\w-]+)(.?)/.exec(line) ?? [];
  if (verbs.includes(word)) return true;
  return /\s/.test(next) && !keywords.includes(word) && nearest(word, verbs) !== undefined;
}

/** `%%verb flags` on the first line: the command and the rest of the cell. */
function wholeCell(text: string, verbs: readonly string[]): CellPart | undefined {
  const found = /^\s*?([ \t]*%%.*)(?:\n|$)/.exec(text);
  const line = found?.[1];
  if (!found || line === undefined) return undefined;
  const at = lineOf(text, found[0].length - 1);
  const part = known(line, { line: at, col: line.indexOf("%") + 1 }, verbs);
  return part.kind === "command" ? { kind: "magic", command: part.command, body: text.slice(found[0].length), line: at + 1 } : part;
}

/** The command of a line that begins with `%` or a verb. */
function known(line: string, place: Place, verbs: readonly string[]): CellPart {
  const command = readCommand(line, place);
  if (!command) return problem(`can't read the command ${line.trim()}`);
  return isVerb(command.verb, verbs) ? { kind: "command", command } : unknown(command.verb, verbs);
}

/** Verbs that are written with `%` only begin with it in the list. */
const isVerb = (word: string, verbs: readonly string[]): boolean => verbs.includes(word) || verbs.includes(`%${word}`);

/** Habits from IPython, and what does the same here. */
const HABITS: ReadonlyMap<string, string> = new Map([["timeit", "allocs"], ["lsmagic", "help"], ["memit", "allocs"], ["who", "%list"], ["whos", "%list"], ["ls", "%list"]]);

function unknown(verb: string, verbs: readonly string[]): CellPart {
  return problem(`unknown command ${JSON.stringify(verb)}`, HABITS.get(verb) ?? nearest(verb, verbs));
}

/** A line that can't be Go and begins with almost a verb. */
function misspelled(word: string, verbs: readonly string[]): CellPart | undefined {
  return keywords.includes(word) || nearest(word, verbs) === undefined ? undefined : unknown(word, verbs);
}

function problem(message: string, hint?: string): CellPart {
  return { kind: "error", diagnostic: { kind: "command", at: { file: "", line: 0, col: 0 }, message, ...(hint === undefined ? {} : { hint }) } };
}

// ---- reading one line --------------------------------------------------------------------------------------------

/** A node or a match that ohm-js has given its operations. */
type Operated = Ohm.Dict | Ohm.Node;
/** What the operation `form` of cell.ohm makes of a node. */
const formOf = (node: Operated) => (node as unknown as { form(): { form: string; word: string } }).form();
/** What the operation `read` of command.ohm makes of a node. */
const readOf = (node: Operated) => (node as unknown as { read(): unknown }).read();

interface Grammars {
  readonly form: (line: string) => { readonly form: string; readonly word: string };
  readonly command: (line: string) => Omit<CommandCall, "line" | "col"> | undefined;
}

const grammars = once(loadGrammars);
const lineForm = (line: string) => grammars().form(line);

/** Reads a command line; undefined if it has no verb. */
export function readCommand(line: string, place: Place): CommandCall | undefined {
  const read = grammars().command(line);
  return read && { ...read, ...place };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function loadGrammars(): Grammars {
  const cell = loadGrammar("cell");
  const form = cell.createSemantics().addOperation<{ form: string; word: string }>("form", formActions);
  const commands = loadGrammar("command");
  const command = commands.createSemantics().addOperation<unknown>("read", readActions);
  return {
    form(line) {
      const match = cell.match(line, "line");
      return match.succeeded() ? formOf(form(match)) : { form: "go", word: "" };
    },
    command(line) {
      const match = commands.match(line, "line");
      return match.succeeded() ? (readOf(command(match)) as Omit<CommandCall, "line" | "col">) : undefined;
    },
  };
}

/** The form of a line, with its verb or topic. */
const formActions: Ohm.ActionDict<{ form: string; word: string }> = {
  line: (_blanks, form) => formOf(form),
  form_wholeCell: (_mark, _rest) => ({ form: "wholeCell", word: "" }),
  form_percent: (_mark, _rest) => ({ form: "percent", word: "" }),
  form_comment: (_mark, _rest) => ({ form: "comment", word: "" }),
  form_shell: (_mark, _rest) => ({ form: "shell", word: "" }),
  form_helpBefore: (_mark, _blanks, topic, _end) => ({ form: "helpBefore", word: topic.sourceString.trim() }),
  form_helpAfter: (topic, _mark, _blanks, _end) => ({ form: "helpAfter", word: topic.sourceString.trim() }),
  form_alone: (_settings, word, _end) => ({ form: "alone", word: word.sourceString }),
  form_bare: (_settings, word, follow, _rest) => ({ form: follow.child(0)?.ctorName === "follow_argument" ? "bare" : "alone", word: word.sourceString }),
  form_go: (_rest) => ({ form: "go", word: "" }),
};

/** A part of a command line: a flag, or the text of an argument. */
type Part = Flag | string;

const readActions: Ohm.ActionDict<unknown> = {
  line(_blanks, _percent, settings, verb, _between, parts, call, _after, _comment, _end) {
    const all = parts.children.map((part) => readOf(part) as Part);
    const text = call.numChildren === 0 ? undefined : (readOf(call.child(0)) as string);
    return {
      verb: verb.sourceString,
      settings: settings.children.map((setting) => readOf(setting)),
      flags: all.filter((part): part is Flag => typeof part !== "string"),
      args: all.filter((part): part is string => typeof part === "string"),
      ...(text === undefined ? {} : { call: text }),
    };
  },
  setting: (name, _equals, value, _blanks) => ({ name: name.sourceString, value: unquoted(value.sourceString) }),
  part: (body) => readOf(body),
  partBody: (body) => readOf(body),
  flag: (_dashes, name, value, _end) => {
    const text = value.numChildren === 0 ? undefined : (readOf(value.child(0)) as string);
    return text === undefined ? { name: name.sourceString } : { name: name.sourceString, value: text };
  },
  flagValue: (_equals, value) => unquoted(value.sourceString),
  arg: (pieces) => pieces.sourceString,
  call: (_before, _mark, _blanks, text) => readOf(text),
  callText: (pieces) => pieces.sourceString,
};

/** The inside of a value that stands in quotes as a whole. */
function unquoted(value: string): string {
  const inside = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  return inside === undefined ? value : inside.replace(/\\(.)/g, "$1");
}
