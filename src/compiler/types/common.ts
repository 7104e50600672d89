/** The underlying type that all types of a type parameter's set share, with the reason where there is none. Go: types2/under.go (commonUnder). */
import { identical } from "./identical.ts";
import { text, type Message } from "./message.ts";
import { typesOf } from "./predicates.ts";
import type { Type } from "./type.ts";

/** A common underlying type, or why there is none. */
export interface CommonUnder {
  readonly under?: Type;
  readonly error: Message;
}

const none = text``;

/** Like `coreType`, but each type must also pass `condition`, which answers what is wrong with it. */
export function commonUnder(t: Type, condition?: (t: Type | undefined, u: Type | undefined) => Message | undefined): CommonUnder {
  let common: { t: Type; u: Type } | undefined;
  for (const [type, u] of typesOf(t)) {
    const wrong = condition?.(type, u);
    if (wrong) return { error: wrong };
    if (!u || !type) return { error: text`no specific type` };
    if (!common) {
      common = { t: type, u };
      continue;
    }
    const next = join(common, { t: type, u });
    if ("error" in next) return next;
    common = next;
  }
  return common ? { under: common.u, error: none } : { error: none };
}

interface Pair {
  readonly t: Type;
  readonly u: Type;
}

function join(a: Pair, b: Pair): Pair | { readonly error: Message } {
  if (a.u.kind === "Chan" && b.u.kind === "Chan") {
    if (!identical(a.u.elem, b.u.elem)) return { error: text`channels ${a.t} and ${b.t} have different element types` };
    if (a.u.dir === b.u.dir || b.u.dir === "both") return a;
    if (a.u.dir === "both") return b;
    return { error: text`channels ${a.t} and ${b.t} have conflicting directions` };
  }
  return identical(a.u, b.u) ? a : { error: text`${a.t} and ${b.t} have different underlying types` };
}
