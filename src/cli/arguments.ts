/** The words of a command line as a command call: `NAME=value* verb (-flag[=value] | argument)* [-- call]`. Loads nothing. */
import type { Flag } from "../lab/index.ts";

export interface Arguments {
  readonly verb: string;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly flags: readonly Flag[];
  readonly args: readonly string[];
  /** What stands behind `--`. */
  readonly call?: string;
}

/** Reads the words after the program's name; one or two dashes are the same, `-` alone is standard input. */
export function readArguments(words: readonly string[]): Arguments {
  const settings: { name: string; value: string }[] = [];
  const flags: Flag[] = [];
  const args: string[] = [];
  let at = 0;
  for (; /^[A-Za-z_]\w*=/.test(words[at] ?? ""); at++) settings.push(split(words[at] ?? ""));
  const verb = words[at++] ?? "";
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return { verb, settings, flags, args, call: words.slice(at + 1).join(" ") };
    const flag = /^--?([^-=][^=]*)(?:=([^]*))?$/.exec(word);
    if (!flag) args.push(word);
    else flags.push(flag[2] === undefined ? { name: flag[1] ?? "" } : { name: flag[1] ?? "", value: flag[2] });
  }
  return { verb, settings, flags, args };
}

function split(word: string): { name: string; value: string } {
  const at = word.indexOf("=");
  return { name: word.slice(0, at), value: word.slice(at + 1) };
}
