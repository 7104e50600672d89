/** `set`, `show` and `reset`: the settings of the session, and a fresh one. Names are Go's where Go has them. */
import { nearest } from "../nearest.ts";
import { applySetting, settingDefs } from "../settings.ts";
import { type Command, CommandError } from "./command.ts";

export const set: Command = {
  verb: "set",
  group: "experiment",
  summary: "change settings of the session",
  syntax: "set NAME=value...",
  flags: [],
  maxArgs: 16,
  examples: [
    { line: "set GOGC=50", says: "collect when the heap has grown by half" },
    { line: "set GOMEMLIMIT=64MiB seed=7", says: "a soft limit, another schedule" },
  ],
  goEquivalent: "GOGC=50 ./program",
  goSource: "runtime/extern.go",
  run(context, call) {
    const words = [...call.settings.map((s) => `${s.name}=${s.value}`), ...call.args];
    if (words.length === 0) throw new CommandError("set: nothing to set", "set GOGC=50");
    let settings = context.session.settings;
    for (const word of words) {
      const [name = "", ...value] = word.split("=");
      const next = applySetting(settings, name, value.join("="));
      if ("problem" in next) throw new CommandError(`set: ${next.problem}`, suggestion(name));
      settings = next;
    }
    context.session.settings = settings;
    context.show({ kind: "text", text: list(context.session.settings) });
  },
};

export const show: Command = {
  verb: "show",
  group: "experiment",
  summary: "the settings of the session",
  syntax: "show",
  flags: [],
  maxArgs: 0,
  examples: [{ line: "show", says: "every setting with its value" }],
  goSource: "runtime/extern.go",
  run(context) {
    context.show({ kind: "text", text: list(context.settings) });
  },
};

export const reset: Command = {
  verb: "reset",
  group: "experiment",
  summary: "a fresh runtime; settings and declarations are forgotten too with -all",
  syntax: "reset [-all]",
  flags: [{ name: "all", value: "none", doc: "forget settings as well" }],
  maxArgs: 0,
  examples: [{ line: "reset", says: "memory as at the start, nothing declared" }],
  goSource: "runtime/proc.go (schedinit)",
  run(context, call) {
    context.session.reset(call.flags.some((f) => f.name === "all"));
    context.show({ kind: "text", text: "reset" });
  },
};

function suggestion(name: string): string | undefined {
  const near = nearest(name, settingDefs.map((d) => d.name));
  return near === undefined ? "help set" : `set ${near}=…`;
}

const list = (settings: Parameters<(typeof settingDefs)[number]["format"]>[0]): string =>
  settingDefs.map((d) => `${d.name}=${d.format(settings)}`).join("\n");
