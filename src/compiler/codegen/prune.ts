/**
 * The quick part of a function, to stand in place of its calls where the whole would be too much.
 *
 * As long as a function has stored nothing and called nobody, it can be abandoned: the call is made after all, and begins anew. So whatever calls or loops
 * from there on is left out, and what remains needs no frame unless a check fails. Decides nothing about size.
 *
 * Go has nothing like it; its inliner takes all of a body or nothing.
 */
import type { LExpr, LFunc, LIf, LLabel, LStmt, Local } from "../lower/index.ts";

/** How a function goes on when all that calls or loops was left out. */
export interface Pruned {
  readonly body: readonly LStmt[];
  /** Its end is reached without the call: what was left out stood aside. Otherwise it only returns early. */
  readonly whole: boolean;
}

/** The quick part of `fn`; undefined if it has none, or if it needs a frame. */
export function prune(fn: LFunc): Pruned | undefined {
  if (fn.tail || fn.hasDefer || fn.pinned.length > 0 || fn.pinnedObjects.length > 0) return undefined;
  const pruner = new Pruner(fn.params);
  const body = pruner.list(fn.body);
  if (pruner.failed || !pruner.left) return undefined;
  const whole = ends(body);
  return whole || body.some(returns) ? { body, whole } : undefined;
}

class Pruner {
  /** Something calls or loops where it is too late. */
  failed = false;
  /** Something was left out. */
  left = false;
  /** Nothing has happened yet, on any way that leads here. */
  #pure = true;
  /** Labels to which something branches after something has happened. */
  readonly #late = new Set<LLabel>();
  readonly #params: readonly Local[];

  constructor(params: readonly Local[]) {
    this.#params = params;
  }

  list(stmts: readonly LStmt[]): LStmt[] {
    const out: LStmt[] = [];
    for (const [i, s] of stmts.entries()) {
      if (this.#pure && !this.failed && acts(s)) {
        // From here on it is too late to abandon: if something calls later, now.
        const left = this.left;
        const rest = this.#acting(stmts.slice(i));
        if (!this.failed) return [...out, ...rest];
        this.failed = false;
        this.left = left;
        return this.#abandoned(out);
      }
      if ((s.kind === "call" && s.may !== "panic") || s.kind === "loop" || (s.kind === "block" && this.#pure && isSwitch(s) && asks(s))) {
        if (!this.#pure) this.failed = true;
        return this.#abandoned(out);
      }
      out.push(this.#stmt(s));
    }
    return out;
  }

  /** Statements of which the first makes something happen. */
  #acting(stmts: readonly LStmt[]): LStmt[] {
    this.#pure = false;
    return this.list(stmts);
  }

  /** `out`, as far as it is needed, and no more. */
  #abandoned(out: readonly LStmt[]): LStmt[] {
    this.left = true;
    this.#pure = true;
    return [...(out.some(returns) || out.some(leaves) ? out : []), { kind: "abandon" }];
  }

  #stmt(s: LStmt): LStmt {
    switch (s.kind) {
      case "if": return this.#if(s);
      case "block": {
        const body = this.list(s.body);
        if (this.#late.has(s.label)) this.#pure = false;
        return { ...s, body };
      }
      case "set":
        this.#see(s.x);
        this.#assign(s.local);
        return s;
      case "eval":
        this.#see(s.x);
        return s;
      case "switch":
        this.#see(s.x);
        if (!this.#pure) for (const l of [...s.labels, s.otherwise]) this.#late.add(l);
        return s;
      case "br":
        if (s.cond) this.#see(s.cond);
        if (!this.#pure) this.#late.add(s.label);
        return s;
      case "return":
        for (const v of s.values) this.#see(v);
        return s;
      case "call":
        for (const a of s.args) this.#see(a);
        return s;
      case "store": this.#see(s.addr); this.#see(s.x); break;
      case "copy": this.#see(s.to); this.#see(s.from); this.#see(s.size); break;
      case "zero": this.#see(s.to); this.#see(s.size); break;
      case "leafCall": for (const a of s.args) this.#see(a); break;
      default:
    }
    this.#pure = false;
    return s;
  }

  #if(s: LIf): LStmt {
    this.#see(s.cond);
    // A branch that returns is as good as what follows.
    const seldom = (list: readonly LStmt[]): boolean => list.some(asks) && list[list.length - 1]?.kind !== "return";
    const [first, second] = [seldom(s.then), seldom(s.else)];
    const before = this.#pure;
    const then = before && first && !second ? this.#leaveOut() : this.list(s.then);
    const after = this.#pure || !goesOn(then);
    this.#pure = before;
    const rest = before && second && !first ? this.#leaveOut() : this.list(s.else);
    this.#pure = after && (this.#pure || !goesOn(rest));
    return { ...s, then, else: rest };
  }

  #leaveOut(): LStmt[] {
    this.left = true;
    return [{ kind: "abandon" }];
  }

  /** A call that is made after all takes the parameters as they were. */
  #assign(local: Local): void {
    if (this.#params.includes(local)) this.#pure = false;
  }

  #see(e: LExpr): void {
    switch (e.kind) {
      case "tee":
        this.#assign(e.local);
        return this.#see(e.x);
      case "load": return this.#see(e.x);
      case "op":
        this.#see(e.x);
        if (e.y) this.#see(e.y);
        return;
      case "choose": this.#see(e.cond); this.#see(e.x); return this.#see(e.y);
      case "leaf":
        for (const a of e.args) this.#see(a);
        this.#pure = false;
        return;
      case "trap":
        this.#see(e.bad);
        for (const a of e.args) this.#see(a);
        return this.#see(e.x);
      case "frame": case "frameStart": this.failed = true; return;
      default:
    }
  }
}

/** Whether a statement itself makes something happen. */
const acts = (s: LStmt): boolean => s.kind === "store" || s.kind === "copy" || s.kind === "zero" || s.kind === "leafCall";

/** Whether control may reach the end of `stmts`. */
function goesOn(stmts: readonly LStmt[]): boolean {
  const last = stmts[stmts.length - 1];
  return last?.kind !== "return" && last?.kind !== "abandon" && !(last?.kind === "br" && !last.cond);
}

/** The cases of a switch. */
const isSwitch = (s: Extract<LStmt, { kind: "block" }>): boolean => s.label.name === "switch";

/** Whether a statement calls anything, the runtime included: of two branches the one that does is taken seldom. */
function asks(s: LStmt): boolean {
  switch (s.kind) {
    case "call": case "leafCall": case "loop": return true;
    case "if": return s.then.some(asks) || s.else.some(asks);
    case "block": return s.body.some(asks);
    default: return false;
  }
}

/** Whether the end of `stmts`, or a return behind all that was left out, may be reached. */
function ends(stmts: readonly LStmt[]): boolean {
  for (const s of stmts) {
    switch (s.kind) {
      case "abandon": return false;
      case "return": return true;
      case "if":
        if (!ends(s.then) && !ends(s.else)) return false;
        break;
      case "block":
        if (!ends(s.body) && !s.body.some(leaves)) return false;
        break;
      default:
    }
  }
  return true;
}

/** Whether a statement may end the function. */
function returns(s: LStmt): boolean {
  switch (s.kind) {
    case "return": return true;
    case "if": return s.then.some(returns) || s.else.some(returns);
    case "block": return s.body.some(returns);
    default: return false;
  }
}

/** Whether a statement may branch elsewhere. */
function leaves(s: LStmt): boolean {
  switch (s.kind) {
    case "br": case "switch": return true;
    case "if": return s.then.some(leaves) || s.else.some(leaves);
    case "block": return s.body.some(leaves);
    default: return false;
  }
}
