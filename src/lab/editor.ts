/**
 * What an editor asks: completion, hover, is this cell complete. Verbs and flags come from the commands' definitions, Go names from the
 * session and the checker.
 */
import { cellStatus } from "./cell.ts";
import { card, cardMarkdown } from "./commands/help.ts";
import type { Command } from "./commands/command.ts";
import type { Session } from "./session.ts";
import { settingDefs } from "./settings.ts";

export interface Completions {
  readonly matches: readonly { readonly text: string; readonly type: string; readonly signature: string }[];
  readonly start: number;
  readonly end: number;
}

const keywords =
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var";

/** What could replace the word before `at`. */
export function complete(session: Session, commands: readonly Command[], text: string, at: number): Completions {
  const before = text.slice(0, at);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const word = /[\w.%-]*$/.exec(line)?.[0] ?? "";
  const start = at - word.length;
  const answer = (matches: Completions["matches"]): Completions => ({ matches, start, end: at });
  const inside = insideText(before);
  if (inside) return insideCompletions(session, before, inside, at);
  const flag = /^\s*%{0,2}(?:\w+=\S+\s+)*([\w-]+)\s.*?--?(\w*)$/.exec(line);
  const command = flag && commands.find((c) => c.verb === flag[1]);
  if (command && word.startsWith("-")) {
    const dashes = /^-+/.exec(word)?.[0] ?? "-";
    const found = command.flags.filter((f) => f.name.startsWith(word.slice(dashes.length)));
    return answer(found.map((f) => ({ text: `${dashes}${f.name}`, type: "keyword", signature: f.doc })));
  }
  const value = /^\s*%{0,2}(?:\w+=\S+\s+)*([\w-]+)\s(?:.*\s)?--?(\w+)=(\w*)$/.exec(line);
  const choices = value && commands.find((c) => c.verb === value[1])?.flags.find((f) => f.name === value[2])?.choices;
  if (choices) return answer(choices.filter((c) => c.startsWith(word)).map((c) => ({ text: c, type: "keyword", signature: "" })));
  const percent = /^%*/.exec(word)?.[0] ?? "";
  const atStart = /^\s*(?:\w+=\S+[ \t]+)*$/.test(line.slice(0, line.length - word.length));
  const plain = word.slice(percent.length);
  const verbs = atStart ? commands.filter((c) => c.verb.startsWith(plain) && (percent !== "" || !c.percent)).map((c) => ({ text: percent + c.verb, type: "magic", signature: c.summary })) : [];
  if (percent !== "") return answer(verbs);
  const name = /[\w\x80-\uffff]*$/.exec(word)?.[0] ?? "";
  const settings = atStart || /^\s*set\s/.test(line) ? settingDefs.filter((d) => name !== "" && d.name.startsWith(name)).map((d) => ({ text: `${d.name}=`, type: "property", signature: d.doc })) : [];
  const words = name === "" || word.endsWith(`.${name}`) ? [] : keywords.split(" ").filter((k) => k.startsWith(name)).map((k) => ({ text: k, type: "keyword", signature: "" }));
  const names = [...session.names(text, at), ...words];
  if (name !== plain) return verbs.length > 0 ? answer(verbs) : { matches: names, start: at - name.length, end: at };
  return answer([...verbs, ...settings, ...names]);
}

/** A literal or comment that is open at the end of a text, and where what it holds begins. */
interface Inside {
  readonly kind: "string" | "other";
  readonly from: number;
}

/** Whether the end of a text is inside a literal or a comment: no name is typed there. */
function insideText(before: string): Inside | undefined {
  const piece = /\/\/[^\n]*(\n?)|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*("|\n)?|`[^`]*(`?)|'(?:\\.|[^'\\\n])*('|\n)?/g;
  for (let found = piece.exec(before); found; found = piece.exec(before)) {
    if (piece.lastIndex < before.length) continue;
    const text = found[0];
    const closed = text.startsWith("/*") ? text.length > 3 && text.endsWith("*/") : found.slice(1).some((end) => end !== undefined && end !== "");
    if (!closed) return { kind: text.startsWith('"') ? "string" : "other", from: found.index + 1 };
  }
  return undefined;
}

/** In an import declaration the paths of packages; nothing anywhere else. */
function insideCompletions(session: Session, before: string, { kind, from }: Inside, at: number): Completions {
  const imports = kind === "string" && /(?:^|[\n;])\s*import\s*(?:\([^()]*?)?(?:[\w.]+\s+)?$/.test(before.slice(0, from - 1));
  const typed = before.slice(from);
  const paths = imports ? session.compiler.library.paths().filter((path) => path.startsWith(typed)) : [];
  return { matches: paths.map((path) => ({ text: path, type: "module", signature: `package ${path.slice(path.lastIndexOf("/") + 1)}` })), start: from, end: at };
}

/** The card of what stands at `at`: a command, or a Go name. */
export function inspect(session: Session, commands: readonly Command[], place: { readonly text: string; readonly at: number; readonly detail: number }): { readonly text: string; readonly markdown: string } | undefined {
  const { text, at } = place;
  const from = /[\w.]*$/.exec(text.slice(0, at))?.[0] ?? "";
  const to = /^\w*/.exec(text.slice(at))?.[0] ?? "";
  const word = from + to;
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const alone = /^\s*%{0,2}$/.test(text.slice(lineStart, at - from.length));
  const command = alone ? commands.find((c) => c.verb === word) : undefined;
  if (command) return { text: card(command), markdown: cardMarkdown(command) };
  return word === "" ? undefined : session.describe(text, at);
}

/** Whether a cell can be run as it stands; the indentation to go on with if not. */
export function isComplete(text: string, verbs: readonly string[]): { readonly status: "complete" | "incomplete" | "invalid"; readonly indent: string } {
  const status = cellStatus(text, verbs);
  return { status, indent: status === "incomplete" ? "\t" : "" };
}
