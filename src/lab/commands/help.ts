/** `help`: the list of commands, or one command's card. Both are made from the definitions. */
import { nearest } from "../nearest.ts";
import { settingDefs } from "../settings.ts";
import { type Command, CommandError } from "./command.ts";

const groups = [
  ["compiler", "What the compiler decides"],
  ["run", "What happens in memory"],
  ["experiment", "The experiment"],
] as const;

export const help: Command = {
  verb: "help",
  group: "experiment",
  summary: "what a command does, with examples; what a Go name or a setting is",
  syntax: "help [command | name | setting]",
  flags: [],
  maxArgs: 1,
  examples: [
    { line: "help", says: "every command in one line" },
    { line: "help escape", says: "the card of one command" },
    { line: "help strings.Repeat", says: "what the compiler knows of a name; strings.Repeat? asks the same" },
  ],
  goSource: "cmd/go/internal/help/help.go",
  run(context, call) {
    const name = call.args[0];
    if (name === undefined) return context.show({ kind: "text", text: overview(context.commands) });
    const command = context.commands.find((c) => c.verb === name);
    if (command) return context.show({ kind: "text", text: card(command), markdown: cardMarkdown(command) });
    const setting = settingDefs.find((d) => d.name === name);
    if (setting) return context.show({ kind: "text", text: `${setting.name}: ${setting.doc}` });
    const known = context.session.describe(name, name.length);
    if (known) return context.show({ kind: "text", text: known.text, markdown: known.markdown });
    const near = nearest(name, context.commands.map((c) => c.verb));
    throw new CommandError(`no help for ${JSON.stringify(name)}`, near === undefined ? "help" : `help ${near}`);
  },
};

const shown = (c: Command): string => (c.percent ? `%${c.verb}` : c.verb);

/** Every command in one line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((c) => shown(c).length));
  const parts = groups.map(([group, title]) => {
    const lines = commands.filter((c) => c.group === group).map((c) => `  ${shown(c).padEnd(width)}  ${c.summary}`);
    return [title, ...lines].join("\n");
  });
  return ["Write Go in a cell; then ask, on a line of its own or between statements:", ...parts, 'More of one: "help escape". A setting for one command: GOGC=50 gc'].join("\n\n");
}

/** One screen about one command. */
export function card(command: Command): string {
  const flags = command.flags.map((f) => `  -${f.name}${valueForm(f)}\n        ${f.doc}`);
  const examples = command.examples.map((e) => `  ${e.line}\n        ${e.says}`);
  return [
    `${command.verb}: ${command.summary}`,
    `usage: ${command.syntax}`,
    ...(flags.length ? [`flags:\n${flags.join("\n")}`] : []),
    `examples:\n${examples.join("\n")}`,
    ...(command.goEquivalent === undefined ? [] : [`with Go: ${command.goEquivalent}`]),
    `in Go's source: ${command.goSource}`,
    ...(command.verb === "set" ? [`settings:\n${settingDefs.map((d) => `  ${d.name}\n        ${d.doc}`).join("\n")}`] : []),
  ].join("\n");
}

/** The same card for a notebook's tooltip. */
export function cardMarkdown(command: Command): string {
  const flags = command.flags.map((f) => `- \`-${f.name}${valueForm(f)}\` ${f.doc}`);
  const examples = command.examples.map((e) => `- \`${e.line}\` ${e.says}`);
  return [`**${command.verb}**: ${command.summary}`, `\`${command.syntax}\``, ...flags, "Examples:", ...examples, `Go's source: \`${command.goSource}\``].join("\n\n");
}

function valueForm(f: Command["flags"][number]): string {
  const name = f.choices?.join("|") ?? f.metavar ?? "value";
  if (f.value === "none") return "";
  return f.value === "optional" ? `[=${name}]` : `=${name}`;
}
