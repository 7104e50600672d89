/** Which variables of a function must live in memory, and which are ever assigned to: one walk over its body. */
import type { Expr, Func, Name, Node } from "../ir/index.ts";
import { outerValue, visitFunc } from "../ir/index.ts";
import { under } from "../types/index.ts";
import { DEFER_RANGE } from "./helpers.ts";

export interface Uses {
  /** Their address is taken, or a closure holds it. */
  readonly addressed: Set<Name>;
  readonly assigned: Set<Name>;
  readonly gotoLabels: Set<string>;
  readonly defers: boolean;
  /** Defer statements, if none of them can run twice; else 0. */
  readonly openDefers: number;
}

/** Looks through the body of `fn`, not into its closures. */
export function findUses(fn: Func): Uses {
  const uses = { addressed: new Set<Name>(), assigned: new Set<Name>(), gotoLabels: new Set<string>(), defers: false, openDefers: 0 };
  let repeated = false;
  const address = (x: Expr): void => {
    const n = outerValue(x);
    if (n.kind === "NAME") uses.addressed.add(n);
  };
  const target = (x: Expr | undefined): void => {
    const n = x && outerValue(x);
    if (n?.kind === "NAME") uses.assigned.add(n);
  };
  visitFunc(fn, (n: Node) => {
    switch (n.kind) {
      case "ADDR": return address(n.x);
      case "SLICEARR": case "SLICE3ARR":
        if (under(n.x.type).kind === "Array") address(n.x);
        return;
      case "CLOSURE":
        for (const v of n.func.closureVars) if (!v.byval && v.outer) uses.addressed.add(v.outer);
        return;
      case "AS": case "ASOP": return target(n.x);
      case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2": return n.lhs.forEach(target);
      case "RANGE": target(n.key); return target(n.value);
      case "GOTO": return void (n.label !== undefined && uses.gotoLabels.add(n.label));
      case "DEFER":
        uses.defers ||= !n.deferAt;
        // Escape analysis has found out whether it stands in a loop.
        repeated ||= n.deferAt === undefined && n.esc !== "none";
        if (!n.deferAt) uses.openDefers++;
        return;
      case "CALLFUNC":
        if (n.fun.kind !== "NAME" || n.fun.runtime !== true || n.fun.sym !== DEFER_RANGE) return;
        uses.defers = true;
        repeated = true;
        return;
      default:
    }
  });
  return repeated ? { ...uses, openDefers: 0 } : uses;
}
