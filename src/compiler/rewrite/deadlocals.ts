/**
 * Drops assignments to locals that nothing reads, where the assigned value has no effect of its own.
 *
 * So an unused closure, or an argument of an inlined call that the body does not use, prints nothing and captures nothing.
 *
 * Go: cmd/compile/internal/deadlocals.
 */
import { canonical, type Expr, type Func, forEachChild, intLiteral, isBlank, isClosure, type Name, noXPos, type Node } from "../ir/index.ts";

/** Removes dead assignments from every function and its closures. */
export function dropDeadLocals(funcs: readonly Func[], blank: Name): void {
  for (const fn of funcs) {
    if (isClosure(fn)) continue;
    const v: Visitor = { blank, defs: new Map() };
    for (const stmt of fn.body) visit(v, stmt);
    for (const [name, assigns] of v.defs) {
      if (!assigns || assigns.length === 0) continue;
      for (const as of assigns) as.drop();
      name.defn = undefined;
    }
  }
}

/** One assignment to a local without effects: how to see its value and how to drop it. */
interface Assign {
  readonly value: Expr | undefined;
  drop(): void;
}

interface Visitor {
  readonly blank: Name;
  /** Assignments of a local that was not read so far; undefined: it was. */
  readonly defs: Map<Name, Assign[] | undefined>;
}

const zero = (): Expr => intLiteral(noXPos, 0);

function visit(v: Visitor, n: Node): void {
  switch (n.kind) {
    case "CLOSURE":
      for (const stmt of n.init) visit(v, stmt);
      for (const captured of n.func.closureVars) visit(v, captured);
      for (const stmt of n.func.body) visit(v, stmt);
      return;
    case "DCL":
      return;
    case "NAME":
      return use(v, canonical(n));
    case "AS":
      return assign(v, n.x, n.y, false, () => {
        n.x = v.blank;
        n.y = zero();
      });
    case "AS2": {
      const several = n.lhs.some((x) => !isBlank(x));
      n.lhs.forEach((x, i) =>
        assign(v, x, n.rhs[i], several, () => {
          n.lhs[i] = v.blank;
          n.rhs[i] = zero();
        }),
      );
      return;
    }
    default:
      forEachChild(n, (child) => visit(v, child));
  }
}

function use(v: Visitor, name: Name): void {
  if (!isLocal(name, false)) return;
  const waiting = v.defs.get(name);
  v.defs.set(name, undefined);
  for (const as of waiting ?? []) if (as.value) visit(v, as.value);
}

function assign(v: Visitor, x: Expr, value: Expr | undefined, blankIsNoUse: boolean, drop: () => void): void {
  if (x.kind !== "NAME") {
    visit(v, x);
    if (value) visit(v, value);
    return;
  }
  const name = canonical(x);
  if (isLocal(name, blankIsNoUse) && !hasEffects(value)) {
    const known = v.defs.get(name);
    if (known || !v.defs.has(name)) {
      v.defs.set(name, [...(known ?? []), { value, drop }]);
      return;
    }
  }
  if (value) visit(v, value);
}

/** A variable of the function; the blank identifier only where `blankIsNoUse`. */
function isLocal(name: Name, blankIsNoUse: boolean): boolean {
  if (isBlank(name)) return blankIsNoUse;
  return name.class === "auto" || name.class === "param";
}

function hasEffects(n: Expr | undefined): boolean {
  if (!n) return false;
  return n.init.length > 0 || (n.kind !== "NAME" && n.kind !== "LITERAL" && n.kind !== "NIL" && n.kind !== "CLOSURE");
}
