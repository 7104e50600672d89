/**
 * Library instances whose body our own text has too: a call of one is replaced by that body, as a call of the program's functions is.
 *
 * That is done where a body holds closures: what becomes of those depends on what the program passes and does with them, which is more
 * than a summary can tell. It is never done where the fingerprint is another than that of the real body.
 *
 * Go: cmd/compile/internal/inline (bodies from export data).
 */
import { DEFAULT_GOROOT, type Func, funcString, type Name } from "../ir/index.ts";
import { type Inliner, placeOf } from "./context.ts";
import { signedBody, withClosures } from "./cost.ts";
import { decideElsewhere } from "./expand.ts";
import { hasFingerprint } from "./own.ts";

/** The function that stands for the library function `name` where it is inlined, if its body is known. */
export function ownCallee(o: Inliner, name: Name): Func | undefined {
  const { func, facts } = name;
  if (!func?.canned?.own || (facts?.c ?? []).length === 0) return undefined;
  if (!o.own.has(func)) o.own.set(func, sameInOurText(o, func, facts?.cost));
  const own = o.own.get(func);
  if (own && facts) o.ir.inlinedLibrary.add(facts);
  return own;
}

function sameInOurText(o: Inliner, func: Func, cost: number | undefined): Func | undefined {
  const own = func.canned?.own?.();
  const lines = func.canned?.printed?.() ?? [];
  if (!own || lines.length === 0) return undefined;
  const said = withClosures(own);
  if (said.length !== lines.length || !said.every((fn, i) => isSame(o, func, fn, lines[i] ?? ""))) return undefined;
  const instances = own.elsewhere?.() ?? [];
  decideElsewhere(o, instances);
  return own.inl?.cost === cost && instances.every((fn) => fn.inl) ? own : undefined;
}

/** Whether `line`, which -m=2 prints about the instance `func` or a closure in it, is about `fn`: body and place. */
function isSame(o: Inliner, func: Func, fn: Func, line: string): boolean {
  const [, place, print] = /^(.*?): can inline .* #(\w+)$/.exec(line) ?? [];
  const { file, line: row, col } = placeOf(o, fn.pos);
  return place?.replace("$GOROOT", DEFAULT_GOROOT) === `${file}:${row}:${col}` && print !== undefined && hasFingerprint(funcString(func, o.print), signedBody(o, fn), print);
}
