/**
 * Slices that one local variable alone refers to while it grows: their backing store may lie in the frame until the variable gives
 * them away. Appends to such a variable are marked as not escaping, and before the one place that gives it away a statement moves the
 * elements to the heap. The messages keep saying that the append escapes.
 *
 * Left to neighbours: stackbuffer.ts makes the buffers; analyse.ts knows from escape analysis what calls do with their arguments.
 *
 * Go: cmd/compile/internal/slice.
 */
import { type AppendExpr, type CallExpr, type Expr, type Func, forEachChild, type Name, type Node, type Stmt } from "../ir/index.ts";
import { hasPointers, sizeof, type Type, under } from "../types/index.ts";

/** The most bytes of a buffer in the frame. */
export const BUFFER_BYTES = 32;

/** Whether argument `index` of a call stays reachable after it. */
export type ArgumentLeaks = (call: CallExpr, index: number) => boolean;

/** A slice variable that is to be moved to the heap before `transition`. */
export interface Moved {
  readonly variable: Name;
  readonly transition: Stmt;
  /** Whether its capacity can be seen. */
  readonly keepCapacity: boolean;
}

/** The element type of a slice that a buffer in the frame can hold. */
export function bufferedElement(t: Type): Type | undefined {
  const u = under(t);
  return u.kind === "Slice" && sizeof(u.elem) <= BUFFER_BYTES ? u.elem : undefined;
}

/** Whether a buffer of elements of type `t` has to be clear before anything is in it. */
export const clearedEarly = (t: Type): boolean => hasPointers(t);

interface Tracked {
  okUses: number;
  allUses: number;
  transition?: Stmt;
  readonly appends: AppendExpr[];
  weight: number;
  depth: number;
  capUsed: boolean;
}

/** Marks the appends of `fn` that may use a buffer in the frame, and says which variables have to be moved where. */
export function exclusiveSlices(fn: Func, leaks: ArgumentLeaks): Moved[] {
  const scan = new Scan(fn, leaks);
  if (scan.tracked.size === 0) return [];
  for (const stmt of fn.body) scan.node(stmt);
  const moved: Moved[] = [];
  for (const [variable, i] of scan.tracked) {
    if (i.okUses !== i.allUses || !i.transition || i.weight < 2) continue;
    for (const append of i.appends) {
      append.esc = "none";
      if (i.capUsed) append.useBuf = true;
    }
    moved.push({ variable, transition: i.transition, keepCapacity: i.capUsed });
  }
  return moved;
}

class Scan {
  readonly tracked = new Map<Name, Tracked>();
  readonly #results: readonly Name[];
  readonly #leaks: ArgumentLeaks;
  #depth = 0;

  constructor(fn: Func, leaks: ArgumentLeaks) {
    for (const name of fn.dcl) {
      if (bufferedElement(name.type)) this.tracked.set(name, { okUses: 0, allUses: 0, appends: [], weight: 0, depth: 0, capUsed: false });
    }
    this.#results = fn.results.filter((name) => this.tracked.has(name));
    this.#leaks = leaks;
  }

  #of(n: Node | undefined): Tracked | undefined {
    return n?.kind === "NAME" ? this.tracked.get(n) : undefined;
  }

  #ok(n: Node | undefined, capUsed = false): void {
    const i = this.#of(n);
    if (!i) return;
    i.okUses++;
    i.capUsed ||= capUsed;
  }

  /** `n`, if tracked, is given away by `place`: once, and not more often than it is declared. */
  #givenAway(n: Node, place: Stmt): void {
    const i = this.#of(n);
    if (!i || n.kind !== "NAME") return;
    if (i.transition || this.#depth > i.depth) this.tracked.delete(n);
    else i.transition = place;
  }

  #assign(x: Expr | undefined, y: Expr | undefined, place: Stmt): void {
    const to = this.#of(x);
    if (to) this.#assignTracked(to, x, y);
    const from = this.#of(y);
    if (!from || !y) return;
    from.okUses++;
    this.#givenAway(y, place);
  }

  #assignTracked(to: Tracked, x: Expr | undefined, y: Expr | undefined): void {
    if (!y || y.kind === "NIL") to.okUses++;
    else if (y.kind === "SLICELIT") {
      to.okUses++;
      to.capUsed = true;
    } else if (y.kind === "SLICE" && y.x === x) {
      to.okUses += 2;
      to.capUsed = true;
    } else if (y.kind === "APPEND" && y.args[0] === x) {
      to.okUses += 2;
      to.appends.push(y);
      to.weight += 1 + (this.#depth - to.depth);
    }
  }

  /** Counts the uses in `n` and below. */
  node(n: Node): void {
    switch (n.kind) {
      case "NAME": {
        const i = this.tracked.get(n);
        if (i) i.allUses++;
        return;
      }
      case "DCL": {
        const i = this.#of(n.x);
        if (!i) break;
        i.okUses++;
        i.depth = this.#depth;
        break;
      }
      case "INDEX": case "RANGE":
        this.#ok(n.x);
        break;
      case "LEN":
        this.#ok(n.args[0]);
        break;
      case "CAP":
        this.#ok(n.args[0], true);
        break;
      case "ADDR":
        if (n.x.kind === "INDEX" && n.x.x.kind === "NAME") this.tracked.delete(n.x.x);
        break;
      case "RETURN":
        this.#return(n.results, n);
        break;
      case "CALLFUNC":
        n.args.forEach((arg, i) => {
          if (this.#of(arg) && !this.#leaks(n, i)) this.#ok(arg, true);
        });
        break;
      case "AS":
        this.#assign(n.x, n.y, n);
        break;
      case "AS2":
        n.lhs.forEach((x, i) => this.#assign(x, n.rhs[i], n));
        break;
      case "CLOSURE":
        for (const captured of n.func.closureVars) if (captured.outer) this.node(captured.outer);
        break;
      default:
        break;
    }
    const loop = n.kind === "FOR" || n.kind === "RANGE" ? 1 : 0;
    this.#depth += loop;
    forEachChild(n, (child) => this.node(child));
    this.#depth -= loop;
  }

  #return(results: readonly Expr[], place: Stmt): void {
    for (const x of results) {
      this.#ok(x);
      this.#givenAway(x, place);
    }
    if (results.length === 0) for (const x of this.#results) this.#givenAway(x, place);
  }
}
