/** `clear`: empties the output of the cell so far. */
import { type Command, hasFlag } from "./command.ts";

export const clear: Command = {
  verb: "clear",
  group: "experiment",
  summary: "empty the output of this cell so far",
  syntax: "clear [-wait]",
  flags: [{ name: "wait", value: "none", doc: "only when something new is shown, so that nothing flickers" }],
  maxArgs: 0,
  examples: [
    { line: "clear", says: "forget what the cell has shown" },
    { line: "clear -wait", says: "replace it by what comes next" },
  ],
  goSource: "none: a notebook's habit",
  run(context, call) {
    context.show({ kind: "clear", wait: hasFlag(call, "wait") });
  },
};
