/** The type that a command is asked about: any type that could be written in the session or in the program. */
import type { Package, Type } from "../../compiler/index.ts";
import type { CommandCall } from "../parts.ts";
import { readSubject } from "../subject.ts";
import { CommandError, type Context } from "./command.ts";
import { reportErrors } from "./escape.ts";

/** The type, and the package in which it was written; undefined if it is none, which has then been shown. */
export function typeAsked(context: Context, call: CommandCall): { readonly type: Type; readonly pkg: Package } | undefined {
  const files = call.args.filter((a) => a.endsWith(".go"));
  const text = [...call.args.filter((a) => !a.endsWith(".go")), ...(call.call === undefined ? [] : [call.call])].join(" ");
  if (text === "") throw new CommandError(`${call.verb}: a type is needed`, `${call.verb} struct{ a bool; b int }`);
  const found = context.session.typeNamed(files.length > 0 ? readSubject(context, files) : context.session.subject, text);
  if (!("faults" in found)) return found;
  reportErrors(context, { ename: found.faults.ename, lines: found.faults.lines.filter((l) => !l.startsWith("#")).map((l) => l.replace(/^\.\/type\.go:\d+:\d+: /, `${call.verb} ${text}: `)) });
  return undefined;
}
