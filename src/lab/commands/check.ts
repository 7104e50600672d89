/** Holds a call against its command's definition: unknown verbs and flags with the nearest word, values, number of arguments. */
import { nearest } from "../nearest.ts";
import type { CommandCall } from "../parts.ts";
import { settingDefs } from "../settings.ts";
import { type Command, CommandError } from "./command.ts";

/** The command that `call` names; a CommandError with a suggestion if there is none or its flags are wrong. */
export function checkCall(commands: readonly Command[], call: CommandCall): Command {
  const command = commands.find((c) => c.verb === call.verb);
  if (!command) {
    const near = /\.(go|gomem|ipynb)$/.test(call.verb) ? `run ${call.verb}` : nearest(call.verb, commands.map((c) => c.verb));
    throw new CommandError(`unknown command ${JSON.stringify(call.verb)}`, near === undefined ? "help" : near);
  }
  for (const flag of call.flags) {
    const def = command.flags.find((f) => f.name === flag.name);
    if (!def) {
      const setting = settingDefs.find((s) => s.name.toLowerCase() === flag.name.toLowerCase());
      if (setting) throw new CommandError(`${call.verb}: ${setting.name} is a setting and stands before the command`, `${setting.name}=${flag.value ?? "…"} ${call.verb}`);
      const near = nearest(flag.name, command.flags.map((f) => f.name));
      throw new CommandError(`${call.verb}: unknown flag -${flag.name}`, near === undefined ? `help ${call.verb}` : `-${near}`);
    }
    if (def.value === "none" && flag.value !== undefined && !/^(true|false)$/.test(flag.value)) throw new CommandError(`${call.verb}: -${flag.name} takes no value`);
    if (def.value === "required" && flag.value === undefined) {
      throw new CommandError(`${call.verb}: -${flag.name} needs a value`, `-${flag.name}=${def.metavar ?? "value"}`);
    }
    const words = flag.value === undefined || flag.value === "" ? [] : def.many ? flag.value.split(",") : [flag.value];
    const wrong = words.find((w) => def.choices && !def.choices.includes(w));
    if (def.choices && wrong !== undefined) {
      const near = nearest(wrong, def.choices);
      throw new CommandError(`${call.verb}: invalid value ${JSON.stringify(wrong)} for -${flag.name}: want ${def.choices.join(", ")}`, near && `-${flag.name}=${near}`);
    }
  }
  if (call.args.length > command.maxArgs) {
    throw new CommandError(`${call.verb}: ${call.args.length} arguments, ${command.maxArgs === 0 ? "none is" : `at most ${command.maxArgs} are`} taken`, command.syntax);
  }
  return command;
}
