/**
 * The exam `facts`: what the compiler says about callers of every library function, against the real compiler.
 *
 * One unit is one package and one way to call; its verdict counts callers. Lines belong to the caller at whose place they stand; lines
 * with other places (wrappers, instances) are one more caller.
 */
import { stdImporter } from "../../dist/src/std/index.js";
import { type Caller, CallerWriter, type Kind, KINDS } from "./callers.ts";
import type { Unit } from "./goroot.ts";
import type { Oracle } from "./oracle.ts";

/** A package and a way to call. */
export interface FactsUnit extends Unit {
  readonly writer: CallerWriter;
  readonly callers: readonly Caller[];
  readonly lines: readonly number[];
}

/** Packages that no program on this road imports. */
const LEFT_OUT: ReadonlySet<string> = new Set(["unsafe", "plugin", "runtime/cgo"]);

/** All units: those of `-l` have it in their flags. */
export function factsUnits(): FactsUnit[] {
  const importer = stdImporter();
  return importer.paths().filter((path) => !LEFT_OUT.has(path) && !/(^|\/)internal\//.test(path)).flatMap((path) => {
    const facts = importer.facts(path);
    return facts ? KINDS.flatMap((kind) => unitsOf(new CallerWriter(facts), path, kind)) : [];
  });
}

function unitsOf(writer: CallerWriter, path: string, kind: Kind): FactsUnit[] {
  const callers = writer.callers(kind);
  if (callers.length === 0) return [];
  const unit = (flags: readonly string[]): FactsUnit => ({
    id: `${path}:${kind}${flags.join("")}`, file: "main.go", action: "gorun", flags, fails: false, auto: false, output: "", writer, callers, ...writer.program(callers),
  });
  return kind === "dropped" || kind === "returned" ? [unit([]), unit(["-l"])] : [unit([])];
}

/** The unit without the callers that the compiler refuses; undefined where none is left. */
export function accepted(unit: FactsUnit, oracle: Oracle): FactsUnit | undefined {
  let now = unit;
  for (let turn = 0; turn < 4; turn++) {
    const { exit, text } = oracle.compile(now.file, now.text, ["-m", ...now.flags]);
    if (exit === 0) return now;
    const all = oracle.compile(now.file, now.text, ["-e", ...now.flags]).text || text;
    const bad = byCaller(now, all.split("\n"));
    const callers = now.callers.filter((_, i) => bad[i]?.length === 0);
    if (callers.length === 0 || callers.length === now.callers.length) return undefined;
    now = { ...now, callers, ...unit.writer.program(callers) };
  }
  return undefined;
}

/** The lines of each caller, and at last those of none. */
export function byCaller(unit: FactsUnit, output: readonly string[]): string[][] {
  const groups: string[][] = [...unit.callers.map(() => []), []];
  for (const line of output) {
    const at = Number(/^\.\/main\.go:(\d+)/.exec(line)?.[1] ?? 0);
    let i = unit.lines.findLastIndex((first) => first <= at);
    if (i < 0) i = groups.length - 1;
    groups[i]?.push(line);
  }
  return groups;
}
