/**
 * Compiler flags as they are written in `-gcflags="-m=2 -l"` and as flags of `escape`.
 *
 * Go: cmd/compile/internal/base/flag.go.
 */
import type { AnalyseFlags } from "../compiler/index.ts";
import { Unsupported } from "../base/diagnostic.ts";
import type { CommandCall } from "./parts.ts";
import { CommandError, flagValue, hasFlag } from "./commands/command.ts";

export interface CompilerFlags {
  readonly analyse: AnalyseFlags;
  /** `-m` was among them, or implied by the command. */
  readonly m: 0 | 1 | 2;
  /** `-json`: records are wanted, in this folder, or as text where none is named. */
  readonly json?: { readonly folder?: string };
  /** `-lang=go1.21`. */
  readonly lang?: string;
  /** `-p=path`: the import path of the package. */
  readonly path?: string;
  /** `-e`: all errors instead of ten. */
  readonly allErrors: boolean;
  /** `-complete=false`: functions without a body are declarations. */
  readonly complete: boolean;
}

/** The flags of `escape`: its own and those in `-gcflags`. Without `-gcflags`, -m is implied. */
export function compilerFlags(call: CommandCall): CompilerFlags {
  const given = flagValue(call, "gcflags");
  const words = given === undefined ? [] : given.split(/\s+/).filter(Boolean);
  const own = ["m", "l", "N", "json"].flatMap((name) => {
    const value = flagValue(call, name);
    if (value === undefined) return [];
    return value === "" ? [`-${name}`] : [`-${name}=${value}`];
  });
  if (given === undefined && !hasFlag(call, "m") && !hasFlag(call, "json")) own.push("-m");
  return flagsOf([...words, ...own]);
}

/** What words of `-gcflags` mean. */
export const flagsOf = (words: readonly string[]): CompilerFlags => words.reduce(addWord, { analyse: {}, m: 0, allErrors: false, complete: true });

/** Flags that change nothing of what is printed here. */
const SILENT = /^(c=\d+|pack|trimpath=.*|nolocalimports|goversion=.*|std|\+|dwarf(=.*)?|shared|buildid=.*)$/;

function addWord(flags: CompilerFlags, word: string): CompilerFlags {
  const m = /^--?([A-Za-z0-9+]+.*)$/.exec(word);
  const text = m?.[1] ?? "";
  const [name = "", value] = text.split(/=(.*)/s);
  const on = value === undefined || value === "true" || value === "1";
  switch (name) {
    case "m":
      return level(flags, value);
    case "l":
      return { ...flags, analyse: { ...flags.analyse, l: value !== "0" && value !== "false" } };
    case "N":
      return { ...flags, analyse: { ...flags.analyse, N: on } };
    case "e":
      return { ...flags, allErrors: on };
    case "complete":
      return { ...flags, complete: on };
    case "json":
      return { ...flags, json: jsonOption(value) };
    case "smallframes":
      return { ...flags, analyse: { ...flags.analyse, smallFrames: on } };
    case "d":
      return { ...flags, analyse: (value ?? "").split(",").reduce((a, setting) => debugSetting(a, setting, word), flags.analyse) };
    case "p":
      return value === undefined ? flags : { ...flags, path: value };
    case "lang":
      return value === undefined ? flags : { ...flags, lang: value };
    default:
      if (m && SILENT.test(text)) return flags;
      throw new Unsupported(`compiler flag ${word}`, { file: "the command line", line: 0, col: 0 });
  }
}

/** `-json`, or as the compiler takes it: `-json=0,/dir`. Go: logopt (LogJsonOption). */
function jsonOption(value: string | undefined): { readonly folder?: string } {
  if (value === undefined || value === "0") return {};
  const [, version, folder] = /^(\d+),(?:file:\/\/)?(.+)$/.exec(value) ?? [];
  if (folder === undefined || version === undefined) throw new CommandError(`-json option should be '<version>,<destination>' where <version> is a number`, "-json=0,records");
  if (version !== "0") throw new CommandError("-json version must be 0", `-json=0,${folder}`);
  return { folder };
}

/** One setting of `-d=name=value,name`. */
function debugSetting(flags: AnalyseFlags, setting: string, word: string): AnalyseFlags {
  const [name = "", value = "1"] = setting.split("=");
  const on = value !== "0";
  switch (name) {
    case "checkptr":
      return on ? { ...flags, checkptr: Number(value) >= 2 ? 2 : 1 } : flags;
    case "escapemutationscalls":
      return { ...flags, mutations: on };
    case "zerocopy": case "inlfuncswithclosures":
      // Both are on without being asked for.
      if (on) return flags;
  }
  throw new Unsupported(`compiler flag ${word}`, { file: "the command line", line: 0, col: 0 });
}

/** `-m` adds one, `-m=2` sets; -m twice is -m=2. */
function level(flags: CompilerFlags, value: string | undefined): CompilerFlags {
  if (value === undefined) return { ...flags, m: flags.m === 0 ? 1 : 2 };
  if (!/^[0-9]$/.test(value)) throw new CommandError(`invalid value ${JSON.stringify(value)} for -m: want 1 or 2`, "-m=2");
  const n = Number(value);
  return { ...flags, m: n === 0 ? 0 : n === 1 ? 1 : 2 };
}
