/**
 * Small edits of a program that may keep something off the heap. Each keeps the number of lines, so that lines before and after can be
 * compared; none is believed: counterfactual.ts compiles and analyses what comes out.
 *
 * An edit is made on the text, near a note or in the whole file. What it changes in meaning its words say.
 */
import type { Position } from "../base/source.ts";
import type { Note } from "../record/notes.ts";

/** An edit to try. */
export interface Edit {
  /** Its sort: edits of one sort differ only in what they are about. */
  readonly sort: Sort;
  /** What it does, as the end of "if you …". */
  readonly says: string;
  /** The edited text. */
  readonly text: string;
}

/** The sorts of edits. */
export type Sort =
  | "return by value" | "pass by value" | "values throughout" | "hold values" | "copy for the closure" | "hoist the declaration" | "println" | "strconv" | "slices.Sort" | "fixed size"
  | "room" | "array" | "no pointer" | "concrete type" | "type parameter" | "inline" | "smaller array" | "without -l";

/** What edits are made from. */
export interface Material {
  readonly text: string;
  /** Heap notes that are asked about. */
  readonly about: readonly Note[];
  /** The type of the variable that is declared at a place, as the program would write it. */
  readonly typeAt: (at: Position) => string | undefined;
}

/** The edits worth a trial, the most telling first. Some say nothing new; they are dropped by who tries them. */
export function editsFor(m: Material): Edit[] {
  const lines = m.text.split("\n");
  const all = [
    ...returnByValue(m.text),
    ...m.about.flatMap((n) => nearNote(n, lines, m)),
    ...uninhibited(m.text),
    ...byValueParameters(m.text),
    ...wholeProgram(m.text),
    ...concreteParameters(m.text),
    ...throughout(m.text),
  ];
  return all.filter((e) => e.text !== m.text).map((e) => ({ ...e, text: withImports(m.text, e.text) }));
}

/** A name. */
const WORD = String.raw`[A-Za-z_]\w*`;

/** The interface that everything implements, as it is written. */
const EMPTY = String.raw`(?:interface\{\}|any\b)`;

/** The text with line `n` changed. */
function onLine(lines: readonly string[], n: number, change: (line: string) => string): string {
  return lines.map((l, i) => (i === n - 1 ? change(l) : l)).join("\n");
}

// ---- near a note ------------------------------------------------------------------------------------------------

function nearNote(note: Note, lines: readonly string[], m: Material): Edit[] {
  const moved = note.kind === "moved" ? [...capturedCopy(note, lines), ...declaredBefore(note, lines, m)] : [];
  const steps = "flow" in note ? (note.flow ?? []).flatMap((f) => f.steps.map((s) => s.at.line)) : [];
  return [...moved, ...[...new Set([note.at.line, ...steps])].filter((n) => n > 0).slice(0, 5).flatMap((n) => onThisLine(n, lines))];
}

function onThisLine(n: number, lines: readonly string[]): Edit[] {
  const edit = (sort: Sort, says: string, change: (line: string) => string): Edit => ({ sort, says, text: onLine(lines, n, change) });
  return [
    edit("println", "print with the built-in println, which takes no interfaces", withoutFmt),
    edit("strconv", "make the text with strconv, which takes no interfaces", withStrconv),
    edit("slices.Sort", "sort with slices.Sort, which takes no interface", (l) =>
      l.replace(/\bsort\.Slice\((\w+), func\((\w+), (\w+) int\) bool \{ return \1\[\2\] < \1\[\3\] \}\)/, "slices.Sort($1)").replace(/\bsort\.Sort\(sort\.(?:Int|String|Float64)Slice\((\w+)\)\)/, "slices.Sort($1)")),
    edit("fixed size", "allocate a fixed size", (l) => l.replace(/\bmake\((\[\][^,()]+),\s*[^,()]+\)/, "make($1, 64)")),
    edit("room", "give the slice room for a fixed number", (l) => l.replace(/\bmake\((\[\][^,()]+),\s*([^,()]+),\s*[^,()]+\)/, "make($1, $2, 64)")),
    edit("smaller array", "take 1024 elements, which a stack can hold", (l) => l.replace(/(\bvar \w+ |:= )\[[^\]]+\](?=\w)/, "$1[1024]")),
    edit("no pointer", "store a value in place of a pointer", (l) => l.replace(new RegExp(`&(?=${WORD}(?:\\.${WORD})?\\{)`), "")),
    edit("array", "use an array in place of a slice", (l) => l.replace(/(:=\s*)\[\](?=[A-Za-z_][\w.]*\{)/, "$1[...]")),
    edit("concrete type", "keep the concrete type, not an interface", (l) => l.replace(new RegExp(`\\bvar (${WORD}) (?:${WORD}\\.)?(?:${WORD}|interface\\{[^{}]*\\}) = `), "$1 := ")),
    edit("concrete type", "keep the concrete type, not an interface", (l) => l.replace(new RegExp(`\\b(?:${WORD}\\.)?(?:${WORD})\\((&?${WORD}(?:\\{[^{}]*\\}))\\)`), "$1")),
    edit("concrete type", "do not convert to an interface", (l) => l.replace(new RegExp(`\\b${EMPTY}\\(([^()]*)\\)`), "$1")),
  ];
}

/** A text with one number in it. */
function withStrconv(line: string): string {
  return line
    .replace(/\bfmt\.Sprintf\("([^"%\\]*)%[dv]([^"%\\]*)", (\w+)\)/g, (_, before: string, after: string, n: string) =>
      [before && JSON.stringify(before), `strconv.Itoa(${n})`, after && JSON.stringify(after)].filter((p) => p !== "").join(" + "))
    .replace(/\bfmt\.Sprintf\("([^"%\\]*)%s([^"%\\]*)", (\w+)\)/g, (_, before: string, after: string, s: string) =>
      [before && JSON.stringify(before), s, after && JSON.stringify(after)].filter((p) => p !== "").join(" + "))
    .replace(/\bfmt\.Sprint\((\w+)\)/g, "strconv.Itoa($1)");
}

/** Calls of fmt that only print, as calls of println. */
function withoutFmt(line: string): string {
  return line
    .replace(/\bfmt\.(Println|Print)\(/g, (_, f: string) => (f === "Println" ? "println(" : "print("))
    .replace(/\bfmt\.Fprint(ln)?\(os\.Std(?:out|err),\s*/g, (_, ln: string | undefined) => (ln === undefined ? "print(" : "println("))
    .replace(/\bfmt\.Printf\("((?:[^"\\]|\\.)*)"(?:,\s*(.*))?\)\s*$/, (_, format: string, args: string | undefined) => `print("${format}"${args === undefined ? "" : `, ${args}`})`)
    .replace(/\b(?:log|t)\.(?:Println|Print|Log)\(/g, "println(");
}

/** A closure that gets its own copy of a variable captures it by value. */
function capturedCopy(note: Extract<Note, { kind: "moved" }>, lines: readonly string[]): Edit[] {
  const captured = note.flow?.some((f) => f.steps.some((s) => s.why === "captured by a closure"));
  if (!captured) return [];
  const copy = `${note.name} := ${note.name}; `;
  // The literal begins on the line of the variable's first mention behind its declaration that stands inside a `func`.
  const starts = lines.flatMap((l, i) => (i >= note.at.line && /\bfunc\s*\([^)]*\)[^{]*\{/.test(l) && /^\s*(?:go|defer|return|\w+(?:\[[^\]]*\])?(?:\.\w+)?\s*:?=)/.test(l) ? [i + 1] : [])).slice(0, 3);
  return starts.map((n) => ({ sort: "copy for the closure", says: `let the closure on line ${n} capture a copy of ${note.name}`, text: onLine(lines, n, (l) => l.replace(/^(\s*)/, `$1${copy}`)) }));
}

/** A variable that a loop makes anew each time, and whose address lives on outside: one variable for all rounds. */
function declaredBefore(note: Extract<Note, { kind: "moved" }>, lines: readonly string[], m: Material): Edit[] {
  const n = note.at.line;
  const own = lines[n - 1] ?? "";
  const declares = new RegExp(`^(\\s*)${note.name} := `).exec(own) ?? new RegExp(`^(\\s*)var ${note.name} [\\w.\\[\\]*]+ = `).exec(own);
  const type = declares ? m.typeAt(note.at) : undefined;
  if (!declares || type === undefined) return [];
  for (let i = n - 1; i > 0; i--) {
    const head = lines[i - 1] ?? "";
    const indent = /^\s*/.exec(head)?.[0].length ?? 0;
    if (head.trim() === "" || indent >= (declares[1]?.length ?? 0)) continue;
    if (!/^\s*for\b/.test(head)) return [];
    const inside = own.replace(declares[0], `${declares[1]}${note.name} = `);
    const text = lines.map((l, k) => (k === n - 1 ? inside : k === i - 1 ? l.replace(/^(\s*)/, `$1var ${note.name} ${type}; `) : l)).join("\n");
    return [{ sort: "hoist the declaration", says: `declare ${note.name} once, before the loop on line ${i}`, text }];
  }
  return [];
}

// ---- in the whole file ------------------------------------------------------------------------------------------

/** Functions that may be inlined after all. */
function uninhibited(text: string): Edit[] {
  const all: Edit = { sort: "inline", says: "let the compiler inline it (no //go:noinline)", text: text.replace(/^\/\/go:noinline$/gm, "//") };
  const each = [...text.matchAll(/^\/\/go:noinline\n(?:\/\/[^\n]*\n)*func (?:\([^)]*\) )?(\w+)/gm)].map((f): Edit => ({
    sort: "inline", says: `let the compiler inline ${f[1]} (no //go:noinline)`, text: `${text.slice(0, f.index)}//${text.slice(f.index + "//go:noinline".length)}`,
  }));
  return each.length > 1 ? [...each, all] : [all];
}

/** A `*` or `&` that stands before an operand or a type, not between two. */
const STAR = /(^|[\s(,{[\]=:;!<>+\-/|^%])\*(?=[A-Za-z_(*[])/gm;
const AND = /(^|[\s(,{[=:;!<>+\-/|^%])&(?=[A-Za-z_(])/gm;

/** No pointers at all: receivers and arguments are copies then. */
function throughout(text: string): Edit[] {
  const values = text.replace(/\bnew\(([\w.[\]]+)\)/g, "(*new($1))\u0001").replace(STAR, "$1").replace(AND, "$1").replaceAll("(new(", "(*new(").replaceAll("\u0001", "");
  const names = [...new Set([...text.matchAll(/^type (\w+) /gm)].map((f) => f[1] ?? ""))];
  const each = names.map((t): Edit => ({
    sort: "values throughout", says: `use values of ${t} throughout, no pointers to it (receivers are then copies)`,
    text: text.replace(new RegExp(`(^|[\\s(,{[\\]=:;!])\\*${t}\\b`, "gm"), `$1${t}`).replace(new RegExp(`&(?=${t}\\{)`, "g"), "").replace(new RegExp(`\\bnew\\(${t}\\)`, "g"), `${t}{}`),
  }));
  return [...each, { sort: "values throughout", says: "use values throughout, no pointers (receivers and arguments are then copies)", text: values }];
}

/** Containers that hold values where they held pointers or interfaces. */
function wholeProgram(text: string): Edit[] {
  const elements = [...new Set([...text.matchAll(/(?:\[[\w.]*\]|\bchan (?:<- )?|\bmap\[[\w.]+\])\*([A-Za-z_][\w.]*)/g)].map((f) => f[1] ?? ""))];
  const ranged = [...new Set([...text.matchAll(/\bfor (?:\w+, )?(\w+) := range|\b(\w+)(?:, \w+)? :?= <-/g)].map((f) => f[1] ?? f[2] ?? ""))];
  const bare = (t: string): string => ranged.reduce((old, v) => old.replace(new RegExp(`\\*${v}\\b`, "g"), v), t).replace(/\*(?=\w+\[)/g, "").replace(/\*\(?(<-\w+)\)?/g, "$1");
  const values = elements.map((t): Edit => ({
    sort: "hold values", says: `hold values of ${t} in place of pointers to them`,
    text: bare(
      text
        .replace(new RegExp(`(\\[[\\w.]*\\]|\\bchan (?:<- )?|\\bmap\\[[\\w.]+\\])\\*${t}\\b`, "g"), `$1${t}`)
        .replace(new RegExp(`&(?=${t}\\{)`, "g"), "")
        .replace(/(<-\s*|[,{:]\s*|= )&(?=[A-Za-z_]\w*(?:[),}]|\s*$))/gm, "$1")
        .replace(new RegExp(`\\bnew\\(${t}\\)`, "g"), `*new(${t})`),
    ),
  }));
  const boxed = ["int", "string", "float64"].flatMap((t): Edit[] => [
    { sort: "concrete type", says: `use []${t} in place of a slice of interfaces`, text: text.replace(new RegExp(`\\[\\]${EMPTY}`, "g"), `[]${t}`) },
    { sort: "concrete type", says: `send ${t} on the channel, not interfaces`, text: text.replace(new RegExp(`\\bchan ${EMPTY}`, "g"), `chan ${t}`) },
    { sort: "concrete type", says: `keep ${t} in the map, not interfaces`, text: text.replace(new RegExp(`\\bmap\\[(\\w+)\\]${EMPTY}`, "g"), `map[$1]${t}`) },
    { sort: "concrete type", says: `let the variables be ${t}, not interfaces`, text: text.replace(new RegExp(`\\bvar (\\w+(?:, \\w+)*) ${EMPTY}(?=$| =)`, "gm"), `var $1 ${t}`) },
  ]);
  const globals = [...text.matchAll(new RegExp(`^var (${WORD}) \\*(${WORD})$`, "gm"))].map(([, name = "", type = ""]): Edit => ({
    sort: "hold values", says: `keep a ${type} in ${name}, not a pointer to one`,
    text: text
      .replace(new RegExp(`^var ${name} \\*${type}$`, "gm"), `var ${name} ${type}`)
      .replace(new RegExp(`\\b${name} = &(?=\\w)`, "g"), `${name} = `)
      .replace(new RegExp(`\\*${name}\\b`, "g"), name),
  }));
  return [...values, ...globals, ...boxed];
}

/** `func f(x any)` with the type that it is called with, or a type parameter. */
function concreteParameters(text: string): Edit[] {
  const heads = [...text.matchAll(new RegExp(`^func (\\w+)\\(([^()]*?\\b)(\\w+) (${EMPTY}|error|fmt\\.Stringer|[A-Z]\\w*)((?:, [^()]*)?)\\)`, "gm"))];
  return heads.flatMap((head): Edit[] => {
    const [whole, name = "", before = "", param = "", type = "", after = ""] = head;
    const put = (made: string): string => text.slice(0, head.index) + made + text.slice(head.index + whole.length);
    const types = new RegExp(EMPTY).test(type) ? ["int", "string", "float64"] : [];
    const constraint = types.length > 0 ? "any" : type;
    return [
      { sort: "type parameter", says: `give ${name} a type parameter in place of an interface`, text: put(`func ${name}[T ${constraint}](${before}${param} T${after})`) },
      ...types.map((t): Edit => ({ sort: "concrete type", says: `let ${name} take ${t}, not an interface`, text: put(`func ${name}(${before}${param} ${t}${after})`) })),
    ];
  });
}

/** Where the body that begins with the `{` at `open` ends. */
function bodyEnd(text: string, open: number): number {
  const line = text.indexOf("\n", open);
  const one = text.lastIndexOf("}", line < 0 ? text.length : line);
  if (one > open && text.slice(open, line).trim() !== "{") return one;
  const end = text.indexOf("\n}", open);
  return end < 0 ? text.length : end;
}

/** `func f(p *T)` as `func f(p T)`, and `f(&x)` as `f(x)`. */
function byValueParameters(text: string): Edit[] {
  const heads = [...text.matchAll(/^func (\w+)\(([^()]*?\b)(\w+) \*([\w.]+)((?:, [^()]*)?)\)/gm)];
  return heads.map((head): Edit => {
    const [whole, name = "", before = "", param = "", type = "", after = ""] = head;
    const end = bodyEnd(text, text.indexOf("{", head.index + whole.length));
    const body = text.slice(head.index + whole.length, end).replace(new RegExp(`\\*${param}\\b`, "g"), param);
    const edited = `${text.slice(0, head.index)}func ${name}(${before}${param} ${type}${after})${body}${text.slice(end)}`;
    return { sort: "pass by value", says: `pass the ${type} itself to ${name}, not a pointer to it`, text: edited.replace(new RegExp(`\\b(${name}\\((?:[^()]*, )?)&(?=\\w)`, "g"), "$1") };
  });
}

/** For each function that returns a pointer to something of its own, and for all of them: return the value, and let callers use it without `*`. */
function returnByValue(text: string): Edit[] {
  const heads = [...text.matchAll(/^func ((?:\([^()]*\) )?)(\w+)\(([^()]*)\) (\(?)\*([\w.]+)((?:, [\w.*[\]]+)*\)?) \{/gm)];
  const edits = heads.map((head): Edit => ({ sort: "return by value", says: `return the ${head[5]} itself from ${head[2]}, not a pointer to it`, text: oneByValue(text, head) }));
  if (heads.length < 2) return edits;
  const names = heads.map((h) => h[2]).join(", ");
  const all = heads.reduceRight((t, head) => oneByValue(t, head), text);
  return [...edits, { sort: "return by value", says: `return values, not pointers, from ${names}`, text: all }];
}

function oneByValue(text: string, head: RegExpExecArray): string {
  const [whole, recv = "", name = "", params = "", open = "", type = "", rest = ""] = head;
  const from = head.index;
  const end = bodyEnd(text, from + whole.length - 1);
  const body = text
    .slice(from + whole.length, end)
    .replace(/\breturn &(\w+)\b/g, "return $1")
    .replace(new RegExp(`(return |:= |= )new\\(${type}\\)`, "g"), `$1*new(${type})`)
    .replace(new RegExp(`(:= |= )&(?=${type}\\{)`, "g"), "$1")
    .replace(/\breturn nil, /g, `return *new(${type}), `);
  const edited = `${text.slice(0, from)}func ${recv}${name}(${params}) ${open}${type}${rest} {${body}${text.slice(end)}`;
  const holders = [...edited.matchAll(new RegExp(`\\b(\\w+)(?:, \\w+)? :?= (?:\\w+\\.)?${name}\\(`, "g"))].map((m) => m[1] ?? "");
  return holders.reduce((t, v) => t.replace(new RegExp(`\\*${v}\\b`, "g"), v), edited).replaceAll(`*${name}(`, `${name}(`);
}

// ---- imports ----------------------------------------------------------------------------------------------------

/** Packages that the edit made unused are still imported, without a name; those that it needs stand on the line of another. */
function withImports(before: string, after: string): string {
  let text = after;
  for (const needed of ["strconv", "slices"]) {
    if (!text.includes(`${needed}.`) || new RegExp(`"${needed}"`).test(text)) continue;
    text = text.replace(/^(\s*)(import\s+)?("[^"\n]+")[ \t]*$/m, (_, blank: string, word: string | undefined, path: string) =>
      word === undefined ? `${blank}${path}; "${needed}"` : `${blank}import (${path}; "${needed}")`);
  }
  for (const [, name = ""] of before.matchAll(/^\s*(?:import\s+)?"(?:[\w.]+\/)*(\w+)"\s*$/gm)) {
    const use = new RegExp(`\\b${name}\\.`);
    if (use.test(before) && !use.test(text)) text = text.replace(new RegExp(`^(\\s*(?:import\\s+)?\\(?)("(?:[\\w.]+\\/)*${name}")(?=\\s*$|;)`, "m"), "$1_ $2");
  }
  return text;
}
