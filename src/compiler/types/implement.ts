/** Whether a type implements an interface, for those who ask outside the checker: without reasons, the declarations being complete. */
import { hasTerms, incomparable, isAllTypes, isComparableSet, isEmptySet, termIncludes, termsWithin, typeSet } from "./identical.ts";
import { missingMethod } from "./lookup.ts";
import { under } from "./under.ts";
import type { Type } from "./type.ts";

/** Whether `v` implements the interface `t`. Go: types2.Implements. */
export function implement(v: Type, t: Type): boolean {
  const iface = under(t);
  if (iface.kind !== "Interface") return false;
  const set = typeSet(iface);
  if (isAllTypes(set)) return true;
  const vu = under(v);
  const own = vu.kind === "Interface" ? typeSet(vu) : undefined;
  if (own && isEmptySet(own)) return true;
  if (isEmptySet(set) || missingMethod(v, t)) return false;
  if (isComparableSet(set) && incomparable(v, false)) return false;
  if (!hasTerms(set)) return true;
  return own ? termsWithin(own.terms, set.terms) : set.terms.some((term) => termIncludes(term, v));
}
