/**
 * The exam `errors`: GOROOT's `// run` programs with one mistake each; every line of `go build` must be there and nothing else.
 *
 * 125 programs give four mutants each, of other kinds each time. The real `go build` says which mutants have exactly one error.
 */
import type { Unit } from "./goroot.ts";
import { type Mutant, mutants } from "./mutate.ts";
import type { Oracle } from "./oracle.ts";
import { sample } from "./sample.ts";

const PROGRAMS = 125;
const EACH = 4;
/** Longer programs are left out. */
const MAX_LINES = 400;

/** The places in the exam: the j-th mutant of a program; which one that is, `mutantOf` finds with the real compiler. */
export function errorUnits(units: readonly Unit[]): Unit[] {
  const small = units.filter((u) => u.action === "gorun" && /^package main\b/m.test(u.text) && u.text.split("\n").length <= MAX_LINES);
  return sample(small, PROGRAMS).flatMap((u, n) => Array.from({ length: EACH }, (_, j): Unit => ({ ...u, id: `${u.id}#${j}`, place: n * EACH + j })));
}

/** The mutant at a place, with what `go build` says of it; undefined if none there has exactly one error. */
export function mutantOf(unit: Unit, oracle: Oracle): { readonly mutant: Mutant; readonly want: readonly string[] } | undefined {
  const place = unit.place ?? 0;
  const program = Math.floor(place / EACH);
  // Every fourth kind belongs to the place; the programs begin at other kinds.
  const mine = mutants(unit.text, program).filter((_, i) => i % EACH === place % EACH);
  const from = program % Math.max(mine.length, 1);
  for (const mutant of [...mine.slice(from), ...mine.slice(0, from)]) {
    const { exit, text } = oracle.build(unit.file, mutant.text);
    const want = body(text);
    if (exit !== 0 && want.filter((l) => !l.startsWith("\t")).length === 1) return { mutant, want };
  }
  return undefined;
}

/** The lines without headers. */
export const body = (text: string): string[] => text.split("\n").filter((l) => l !== "" && !l.startsWith("# "));
