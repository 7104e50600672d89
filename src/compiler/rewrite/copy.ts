/** Copies of single nodes, so that an edit of the copy leaves the original alone. Go: ir.Copy. */
import type { Node } from "../ir/index.ts";

/** A copy of `x` whose lists are its own; the children are shared. */
export function copyNode<T extends Exclude<Node, { kind: "NAME" }>>(x: T): T {
  const copy = { ...x, init: [...x.init] };
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value)) Object.assign(copy, { [key]: [...value] });
  return copy;
}
