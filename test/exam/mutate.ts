/**
 * Breaks a right program in one place, in one of many ways: the programs of the exam `errors`.
 *
 * Works on tokens and, where the tree is needed, on positions of the tree. The same text and seed give the same mutants. Whether a
 * mutant has exactly one error is the real compiler's to say (errors.ts).
 */
import { parseFile, type Tokens, scanText } from "../../dist/src/compiler/index.js";
import { walk } from "../../dist/src/compiler/types/index.js";
import type { FuncDecl, IfStmt, Node } from "../../dist/src/compiler/syntax/index.js";
import { Sources } from "../../dist/src/base/source.js";

export interface Mutant {
  readonly kind: string;
  /** A byte string. */
  readonly text: string;
}

/** Replaces bytes `from` to `to`. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Statements that make the function wrong which begins with them. */
const STATEMENTS: Readonly<Record<string, string>> = {
  "unused-variable": "zzLeft := 1",
  "unused-result": 'len("zz")',
  "unused-expression": "3 * 4",
  "declared-type": 'var zzTyped int = "text"\n\t_ = zzTyped',
  "invalid-operator": '_ = "left" - "right"',
  "invalid-not": "_ = !7",
  "label-unused": "zzLabel:\n\tfor false {\n\t}",
  "label-undefined": "goto zzNowhere",
  "break-outside": "break",
  "continue-label": "zzBlock:\n\tif true {\n\t\tcontinue zzBlock\n\t}",
  "call-non-function": "_ = 5(3)",
  "constant-overflow": "var zzSmall int8 = 300\n\t_ = zzSmall",
  "division-by-zero": "_ = 8 / 0",
  "indirect-non-pointer": '_ = *len("four")',
  "missing-method": "var _ interface{ ZzMethod() } = 5",
  "duplicate-case": "switch zzTag := 1; zzTag {\n\tcase 1:\n\tcase 1:\n\t}",
  "duplicate-key": '_ = map[string]int{"k": 1, "k": 2}',
  "index-out-of-range": "_ = [3]int{1, 2, 3}[5]",
  "assign-to-constant": "const zzFixed = 1\n\tzzFixed = 2",
  "assign-to-string-byte": "zzText := \"abc\"\n\tzzText[0] = 'x'",
  "slice-compare": "_ = []int{} == []int{}",
  "range-over-float": "for range 3.5 {\n\t}",
  "defer-non-call": "defer main",
  "type-not-expression": "_ = int",
  "nil-untyped": "zzNothing := nil\n\t_ = zzNothing",
  "impossible-assertion": "_ = interface{ m() }(nil).(int)",
  "assert-non-interface": "_ = 5.(int)",
  "unknown-struct-field": "_ = struct{ a int }{b: 1}",
  "mixed-literal": "_ = struct{ a, b int }{a: 1, 2}",
  "send-to-receive-only": "var zzChan <-chan int\n\tzzChan <- 1",
  "missing-conversion": "var zzWhole int\n\tvar zzReal float64 = zzWhole\n\t_ = zzReal",
  "shift-of-float": "var zzReal float64 = 1\n\t_ = zzReal << 2",
  "type-is-value": "zzFunc := func() {}\n\t_ = new(zzFunc)",
  "assignment-in-condition": "if zzNew = 1; zzNew > 0 {\n\t}",
  "octal-literal": "_ = 09",
};

/** Declarations that make the package wrong. */
const DECLARATIONS: Readonly<Record<string, string>> = {
  "statement-outside-function": "zzTop := 1",
  "redeclared-function": "func main() {}",
  "recursive-type": "type zzRing struct {\n\tn int\n\tr zzRing\n}",
  "initialization-cycle": "var zzFirst = zzSecond + 1\n\nvar zzSecond = zzFirst",
  "duplicate-method": "type zzOwner int\n\nfunc (zzOwner) twice() {}\n\nfunc (zzOwner) twice() {}",
  "duplicate-field": "type zzPair struct {\n\ta int\n\ta string\n}",
  "undefined-type": "func zzTakes(x zzNone) {}",
  "method-on-builtin": "func (x int) zzMethod() {}",
};

/** All mutants of a program, one a kind; none if it has no tree. */
export function mutants(text: string, seed: number): Mutant[] {
  const sources = new Sources();
  const { file, errors } = parseFile(sources.add("p.go", text), sources);
  if (!file || errors.length > 0) return [];
  const subject = new Subject(text, seed, file.source.base, file);
  return [...changes(subject), ...additions(subject)].flatMap(({ kind, edits }) => {
    const edit = edits[subject.pick(kind, edits.length)];
    return edit ? [{ kind, text: text.slice(0, edit.from) + edit.text + text.slice(edit.to) }] : [];
  });
}

interface Choice {
  readonly kind: string;
  readonly edits: readonly Edit[];
}

/** The program with what the changes look for. */
class Subject {
  readonly text: string;
  readonly tokens: Tokens;
  readonly funcs: FuncDecl[] = [];
  readonly ifs: IfStmt[] = [];
  readonly imports: string[] = [];
  readonly #seed: number;
  readonly #base: number;

  constructor(text: string, seed: number, base: number, file: Node) {
    this.text = text;
    this.tokens = scanText(text);
    this.#seed = seed;
    this.#base = base;
    walk(file, (n) => {
      if (n.kind === "FuncDecl" && n.body) this.funcs.push(n);
      if (n.kind === "IfStmt") this.ifs.push(n);
      if (n.kind === "ImportDecl") this.imports.push(n.path.value.slice(1, -1));
      return true;
    });
  }

  at(pos: number): number {
    return pos - this.#base;
  }

  word(i: number): string {
    return this.text.slice(this.tokens.starts[i] ?? 0, this.tokens.ends[i] ?? 0);
  }

  start(i: number): number {
    return this.tokens.starts[i] ?? 0;
  }

  end(i: number): number {
    return this.tokens.ends[i] ?? 0;
  }

  /** Number of the first token at or after a place. */
  tokenAt(offset: number): number {
    const found = this.tokens.starts.subarray(0, this.tokens.count).findIndex((s) => s >= offset);
    return found < 0 ? this.tokens.count : found;
  }

  /** Number of the token that closes the bracket at token `open`. */
  closing(open: number): number {
    let depth = 0;
    for (let i = open; i < this.tokens.count; i++) {
      if (/^[([{]$/.test(this.word(i))) depth++;
      else if (/^[)\]}]$/.test(this.word(i)) && --depth === 0) return i;
    }
    return this.tokens.count;
  }

  /** Number of the semicolon or closing bracket that ends the statement which token `from` is in. */
  statementEnd(from: number): number {
    for (let i = from; i < this.tokens.count; i++) {
      const word = this.word(i);
      if (/^[([{]$/.test(word)) i = this.closing(i);
      else if (word === "" || word === ";" || word === "\n" || /^[)\]}]$/.test(word)) return i;
    }
    return this.tokens.count;
  }

  /** Number of the token that begins the statement of token `at`; undefined where it does not stand at a line's start. */
  lineStart(at: number): number | undefined {
    let i = at;
    while (i > 0 && !/^[;{\n]?$/.test(this.word(i - 1))) i--;
    return /^[ \t]*$/.test(this.text.slice(this.text.lastIndexOf("\n", this.start(i) - 1) + 1, this.start(i))) ? i : undefined;
  }

  /** Numbers of the tokens inside function bodies for which `wanted` holds. */
  inBodies(wanted: (i: number) => boolean): number[] {
    return this.funcs.flatMap((f) => {
      if (!f.body) return [];
      const [from, to] = [this.tokenAt(this.at(f.body.pos)), this.tokenAt(this.at(f.body.rbrace))];
      return Array.from({ length: to - from }, (_, k) => from + k).filter(wanted);
    });
  }

  isName(i: number): boolean {
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(this.word(i)) && !KEYWORDS.has(this.word(i)) && this.word(i) !== "_";
  }

  /** One of `count`, by seed and kind. */
  pick(kind: string, count: number): number {
    let h = 2166136261 ^ this.#seed;
    for (const c of kind) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
    return count === 0 ? -1 : ((h ^ (h >>> 15)) >>> 0) % count;
  }
}

const KEYWORDS = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var".split(" "),
);

const BINARY = new Set(["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&", "|", "^"]);

/** Changes of what is there. */
function changes(s: Subject): Choice[] {
  const after = (i: number, text: string): Edit => ({ from: s.end(i), to: s.end(i), text });
  const drop = (from: number, to: number): Edit => ({ from, to, text: "" });
  const own = new Set(s.funcs.filter((f) => !f.recv).map((f) => f.name.value));
  const packages = new Set(s.imports.map((p) => p.slice(p.lastIndexOf("/") + 1)));
  const names = s.inBodies((i) => s.isName(i));
  const selected = names.filter((i) => s.word(i - 1) === ".");
  const ofPackage = selected.filter((i) => packages.has(s.word(i - 2)) && s.word(i - 3) !== ".");
  const ofValue = selected.filter((i) => !ofPackage.includes(i));
  const strings = s.inBodies((i) => s.word(i).startsWith('"'));
  const numbers = s.inBodies((i) => /^[0-9]+$/.test(s.word(i)));
  const operands = (list: readonly number[]): number[] => list.filter((i) => BINARY.has(s.word(i - 1)) || BINARY.has(s.word(i + 1)));
  const elses = s.inBodies((i) => s.word(i) === "else");
  const commas = s.inBodies((i) => s.word(i) === "," && s.word(i + 1) === "}");
  return [
    { kind: "undefined-name", edits: names.filter((i) => s.word(i - 1) !== ".").map((i) => after(i, "Zz")) },
    { kind: "undefined-in-package", edits: ofPackage.map((i) => after(i, "Zz")) },
    { kind: "not-exported", edits: ofPackage.map((i) => ({ from: s.start(i), to: s.end(i), text: s.word(i).toLowerCase() })) },
    { kind: "no-field-or-method", edits: ofValue.map((i) => after(i, "Zz")) },
    { kind: "mismatched-number", edits: operands(numbers).map((i) => ({ from: s.start(i), to: s.end(i), text: '"zz"' })) },
    { kind: "mismatched-string", edits: operands(strings).map((i) => ({ from: s.start(i), to: s.end(i), text: "42" })) },
    { kind: "else-on-new-line", edits: elses.map((i) => after(i - 1, "\n")) },
    { kind: "missing-comma", edits: commas.map((i) => drop(s.start(i), s.end(i))) },
    { kind: "unterminated-string", edits: strings.map((i) => drop(s.end(i) - 1, s.end(i))) },
    { kind: "unknown-escape", edits: strings.map((i) => ({ from: s.start(i) + 1, to: s.start(i) + 1, text: "\\z" })) },
    ...callChanges(s, names.filter((i) => own.has(s.word(i)) && s.word(i - 1) !== "." && s.word(i + 1) === "(")),
    ...statementChanges(s),
    { kind: "import-removed", edits: importEdits(s) },
  ];
}

/** Changes of calls of the program's own functions; `names` are the tokens of their names. */
function callChanges(s: Subject, names: readonly number[]): Choice[] {
  const calls = names.map((i) => {
    const close = s.closing(i + 1);
    const args = close === i + 2 ? [] : splitArguments(s, i + 1, close);
    return { close: s.start(close), args, end: s.end(close), open: s.end(i + 1), dots: s.word(close - 1) === "..." };
  });
  const full = calls.filter((c) => c.args.length > 0 && !c.dots);
  return [
    { kind: "too-few-arguments", edits: full.map((c) => ({ from: c.args.length > 1 ? (c.args.at(-2)?.to ?? 0) : c.open, to: c.args.at(-1)?.to ?? 0, text: "" })) },
    { kind: "too-many-arguments", edits: calls.filter((c) => !c.dots).map((c) => ({ from: c.args.at(-1)?.to ?? c.open, to: c.args.at(-1)?.to ?? c.open, text: c.args.length > 0 ? ", nil" : "nil" })) },
    { kind: "argument-type", edits: full.map((c) => ({ from: c.args[0]?.from ?? 0, to: c.args[0]?.to ?? 0, text: "func(a, b, c int) {}" })) },
    { kind: "missing-paren", edits: calls.map((c) => ({ from: c.close, to: c.end, text: "" })) },
  ];
}

/** From where to where each argument between two brackets reaches. */
function splitArguments(s: Subject, open: number, close: number): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  let first = open + 1;
  for (let i = open + 1; i <= close; i++) {
    if (i < close && /^[([{]$/.test(s.word(i))) i = s.closing(i);
    else if (i === close || s.word(i) === ",") {
      if (i > first) found.push({ from: s.start(first), to: s.end(i - 1) });
      first = i + 1;
    }
  }
  return found;
}

/** Changes of assignments, conditions, results. */
function statementChanges(s: Subject): Choice[] {
  const defines = s.inBodies((i) => s.word(i) === ":=");
  const returns = s.inBodies((i) => s.word(i) === "return" && s.statementEnd(i) > i + 1);
  const before = (i: number, text: string): Edit => ({ from: s.start(i), to: s.start(i), text });
  const ends = s.funcs.flatMap((f) => {
    const last = f.body?.list.at(-1);
    return f.type.results.length > 0 && last?.kind === "ReturnStmt" && last.results ? [s.tokenAt(s.at(last.pos))] : [];
  });
  const twice = defines.flatMap((i) => {
    const first = s.lineStart(i);
    const end = s.end(s.statementEnd(i) - 1);
    return first === undefined || /^(if|for|switch|select|case)$/.test(s.word(first)) ? [] : [{ from: end, to: end, text: `\n${s.text.slice(s.start(first), end)}` }];
  });
  const conditions = s.ifs.map((n) => {
    const brace = s.tokenAt(s.at(n.then.pos));
    let from = brace;
    while (!/^(if|;)$/.test(s.word(from - 1)) && from > 0) from--;
    return { from: s.start(from), to: s.end(brace - 1), text: "1 + 2" };
  });
  return [
    { kind: "assignment-count", edits: defines.map((i) => before(i, ", zzExtra ")) },
    { kind: "no-new-variables", edits: twice },
    { kind: "assign-undeclared", edits: defines.map((i) => ({ from: s.start(i), to: s.end(i), text: "=" })) },
    { kind: "non-boolean-condition", edits: conditions },
    { kind: "missing-open-brace", edits: s.ifs.map((n) => ({ from: s.at(n.then.pos), to: s.at(n.then.pos) + 1, text: "" })) },
    { kind: "too-many-results", edits: returns.map((i) => before(s.statementEnd(i), ", 7")) },
    { kind: "result-type", edits: returns.map((i) => ({ from: s.start(i + 1), to: s.end(s.statementEnd(i) - 1), text: "struct{ zz int }{1}" })) },
    { kind: "not-enough-results", edits: returns.map((i) => ({ from: s.start(i + 1), to: s.end(s.statementEnd(i) - 1), text: "" })) },
    { kind: "missing-return", edits: ends.map((i) => ({ from: s.start(i), to: s.end(s.statementEnd(i) - 1), text: "" })) },
  ];
}

function importEdits(s: Subject): Edit[] {
  if (s.imports.length < 2) return [];
  return s.imports.flatMap((path) => {
    const from = s.text.indexOf(`\t"${path}"\n`);
    return from < 0 ? [] : [{ from, to: from + path.length + 3, text: "" }];
  });
}

/** What is put into the program. */
function additions(s: Subject): Choice[] {
  const clause = /^package \w+/m.exec(s.text);
  const head = (clause?.index ?? 0) + (clause?.[0].length ?? 0);
  const tail = s.text.length;
  const put = (at: number, text: string): Edit => ({ from: at, to: at, text });
  const bodies = s.funcs.flatMap((f) => (f.body ? [{ at: s.at(f.body.pos) + 1, f }] : []));
  const plain = bodies.filter(({ f }) => f.type.results.length === 0);
  const withHelper = (call: string, helper: string): Edit[] =>
    bodies.map(({ at }) => ({ from: at, to: tail, text: `\n\t${call}${s.text.slice(at)}\n${helper}\n` }));
  const brace = s.text.lastIndexOf("}");
  return [
    { kind: "unused-import", edits: s.imports.includes("container/ring") ? [] : [put(head, '\n\nimport "container/ring"')] },
    { kind: "unknown-import", edits: [put(head, '\n\nimport "container/zzring"')] },
    { kind: "missing-brace", edits: brace < 0 ? [] : [{ from: brace, to: brace + 1, text: "" }] },
    ...Object.entries(DECLARATIONS).map(([kind, text]) => ({ kind, edits: [put(tail, `\n\n${text}\n`)] })),
    ...Object.entries(STATEMENTS).map(([kind, text]) => ({ kind, edits: bodies.map(({ at }) => put(at, `\n\t${text}`)) })),
    { kind: "infer-type-parameter", edits: withHelper("zzAny()", "func zzAny[T any]() {}") },
    { kind: "constraint-not-satisfied", edits: withHelper('zzNumber("s")', "func zzNumber[T ~int | ~float64](x T) {}") },
    { kind: "return-value-in-void", edits: plain.map(({ at }) => put(at, "\n\tif true {\n\t\treturn 1\n\t}")) },
  ];
}
