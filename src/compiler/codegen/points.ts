/**
 * Numbers the resume points and sites of a function and finds which locals are live at each.
 *
 * A resume point is where resume code may have to go on: the entry, a call that may block, a polled loop. Points are numbered in
 * source order, so those inside one statement are a range; the sites that are no points (checks, calls that only collect)
 * follow. Liveness is one backward walk; loops are walked until nothing changes.
 *
 * Go: cmd/compile/internal/liveness (plive.go).
 */
import { bug } from "../../base/bug.ts";
import type { FrameObject, LCall, LExpr, LFunc, LLabel, LStmt, Site } from "../lower/index.ts";
import { LiveSet } from "./liveset.ts";

/** The resume points inside a statement: `low` to `high`, none if high < low. `middle`: the last one of an if's first branch. */
export interface Range {
  readonly low: number;
  high: number;
  middle: number;
}

/** What the two emitters need to know of a function. */
export interface Points {
  readonly ranges: Map<LStmt, Range>;
  /** Sites by number - 1; number 1 is the entry. */
  readonly sites: Site[];
  /** How many of them are resume points. */
  readonly count: number;
  /** Live when the frame stands at the site (a call's results excluded): locals by id, then frame objects by index. */
  readonly live: Map<Site, LiveSet>;
  /** Locals that are set inside a loop. */
  readonly assigned: Map<LStmt, LiveSet>;
  /** Loops that call nothing that collects or blocks, nor do those inside: fuel stays in a local. */
  readonly leafLoops: Set<LStmt>;
  /** The loops of the function, at whose polls it may go on in resume code. */
  readonly loops: readonly Site[];
  /** The function calls nothing and loops nowhere: it gets a frame only to panic. */
  readonly frameless: boolean;
}

/** Numbers the sites of `fn` (writing `Site.number`) and finds what is live at each. */
export function findPoints(fn: LFunc, entry: Site): Points {
  const numbering = new Numbering(entry);
  numbering.polled = !fn.unpreemptible;
  numbering.list(fn.body);
  const count = numbering.points.length;
  const sites = [...numbering.points, ...numbering.others];
  sites.forEach((site, i) => {
    site.number = i + 1;
  });
  const liveness = new Liveness(fn);
  liveness.live.set(entry, liveness.list(fn.body, liveness.none()));
  for (const set of liveness.live.values()) {
    for (const p of fn.pinned) set.add(p.id);
    for (const object of fn.pinnedObjects) set.add(liveness.objectId(object));
  }
  const frameless = (fn.tail || (count === 1 && numbering.loops.length === 0)) && !numbering.others.some((s) => numbering.collecting.has(s)) && fn.objects.length === 0;
  return { ranges: numbering.ranges, sites, count, live: liveness.live, assigned: liveness.assigned, leafLoops: numbering.leafLoops, loops: numbering.loops, frameless };
}

class Numbering {
  readonly points: Site[];
  readonly others: Site[] = [];
  readonly collecting = new Set<Site>();
  readonly ranges = new Map<LStmt, Range>();
  readonly leafLoops = new Set<LStmt>();

  traps = 0;
  /** Calls that may collect or block. */
  calls = 0;
  onCall: ((call: LCall) => void) | undefined;
  /** Whether loops are resume points. */
  polled = true;
  readonly loops: Site[] = [];

  constructor(entry?: Site) {
    this.points = entry ? [entry] : [];
  }

  list(stmts: readonly LStmt[]): void {
    for (const s of stmts) this.stmt(s);
  }

  stmt(s: LStmt): void {
    const range: Range = { low: this.points.length + 1, high: 0, middle: 0 };
    this.ranges.set(s, range);
    switch (s.kind) {
      case "set": this.expr(s.x); break;
      case "store": this.expr(s.addr); this.expr(s.x); break;
      case "copy": this.expr(s.to); this.expr(s.from); this.expr(s.size); break;
      case "zero": this.expr(s.to); this.expr(s.size); break;
      case "eval": this.expr(s.x); break;
      case "leafCall": s.args.forEach((a) => this.expr(a)); break;
      case "call":
        s.args.forEach((a) => this.expr(a));
        if (s.target.module === "table") this.expr(s.target.index);
        if (s.may !== "panic") this.calls++;
        this.onCall?.(s);
        if (s.may === "block") this.points.push(s.site);
        else {
          this.others.push(s.site);
          if (s.may === "gc") this.collecting.add(s.site);
        }
        break;
      case "if":
        this.expr(s.cond);
        this.list(s.then);
        range.middle = this.points.length;
        this.list(s.else);
        break;
      case "block": this.list(s.body); break;
      case "loop": {
        this.loops.push(s.site);
        if (this.polled) this.points.push(s.site);
        const before = this.calls;
        this.list(s.body);
        if (this.calls === before) this.leafLoops.add(s);
        break;
      }
      case "br": if (s.cond) this.expr(s.cond); break;
      case "switch": this.expr(s.x); break;
      case "return": s.values.forEach((v) => this.expr(v)); break;
      case "abandon": break;
    }
    range.high = this.points.length;
  }

  expr(e: LExpr): void {
    switch (e.kind) {
      case "tee": case "load": return this.expr(e.x);
      case "op":
        this.expr(e.x);
        if (e.y) this.expr(e.y);
        return;
      case "choose":
        this.expr(e.cond);
        this.expr(e.x);
        return this.expr(e.y);
      case "leaf": return e.args.forEach((a) => this.expr(a));
      case "trap":
        this.expr(e.bad);
        e.args.forEach((a) => this.expr(a));
        this.others.push(e.site);
        this.traps++;
        return this.expr(e.x);
      default:
    }
  }
}

/** Whether a statement is or holds a loop. */
export function hasLoop(s: LStmt): boolean {
  switch (s.kind) {
    case "loop": return true;
    case "if": return s.then.some(hasLoop) || s.else.some(hasLoop);
    case "block": return s.body.some(hasLoop);
    default: return false;
  }
}

/** How many checks stand in `stmts`, counted up to `most`; `inPlace` answers which bodies stand in place of a call. */
export function countTraps(stmts: readonly LStmt[], most: number, inPlace: (call: LCall) => readonly LFunc[]): number {
  const numbering = new Numbering();
  numbering.onCall = (call) => {
    const { onCall } = numbering;
    numbering.onCall = undefined;
    for (const fn of inPlace(call)) numbering.list(fn.body);
    numbering.onCall = onCall;
  };
  for (const s of stmts) if (numbering.traps < most) numbering.stmt(s);
  return numbering.traps;
}

/** How many calls `loop` makes that may collect or block, without those in whose place something stands. */
export function countCalls(loop: LStmt, inPlace: (call: LCall) => readonly LFunc[]): number {
  const numbering = new Numbering();
  let inside = 0;
  numbering.onCall = (call) => { if (inPlace(call).length > 0) inside++; };
  numbering.stmt(loop);
  return numbering.calls - inside;
}

class Liveness {
  readonly live = new Map<Site, LiveSet>();
  readonly assigned = new Map<LStmt, LiveSet>();
  readonly #size: number;
  /** What is live where a branch to the label goes. */
  readonly #labels = new Map<LLabel, LiveSet>();
  readonly #loops: LiveSet[] = [];

  readonly #objects: Map<FrameObject, number>;

  constructor(fn: LFunc) {
    this.#size = fn.locals.length + fn.objects.length;
    this.#objects = new Map(fn.objects.map((object, i) => [object, fn.locals.length + i]));
  }

  none(): LiveSet {
    return new LiveSet(this.#size);
  }

  /** Frame objects are numbered behind the locals. */
  objectId(object: FrameObject): number {
    return this.#objects.get(object) ?? bug("an object of another function");
  }

  /** What is live before `stmts`, if `after` is live behind them. `after` is changed. */
  list(stmts: readonly LStmt[], after: LiveSet): LiveSet {
    let live = after;
    for (let i = stmts.length - 1; i >= 0; i--) live = this.#stmt(stmts[i] ?? bug("a hole in a list"), live);
    return live;
  }

  #stmt(s: LStmt, live: LiveSet): LiveSet {
    switch (s.kind) {
      case "set":
        this.#kill(s.local.id, live);
        this.#expr(s.x, live);
        return live;
      case "store":
        this.#expr(s.x, live);
        this.#expr(s.addr, live);
        if (s.begins) live.delete(this.objectId(s.begins));
        return live;
      case "copy": case "zero":
        this.#expr(s.size, live);
        if (s.kind === "copy") this.#expr(s.from, live);
        this.#expr(s.to, live);
        if (s.kind === "zero" && s.begins) live.delete(this.objectId(s.begins));
        return live;
      case "eval":
        this.#expr(s.x, live);
        return live;
      case "leafCall":
        this.#exprs(s.args, live);
        return live;
      case "call": {
        for (const r of s.results) if (r) this.#kill(r.id, live);
        if (s.may === "panic") live = this.none();
        this.#note(s.site, live);
        if (s.target.module === "table") this.#expr(s.target.index, live);
        this.#exprs(s.args, live);
        return live;
      }
      case "if": {
        const other = this.list(s.else, live.copy());
        const all = this.list(s.then, live);
        all.union(other);
        this.#expr(s.cond, all);
        return all;
      }
      case "block":
        this.#labels.set(s.label, live.copy());
        return this.list(s.body, live);
      case "loop":
        return this.#loop(s, live);
      case "br": {
        const target = this.#target(s.label);
        if (!s.cond) return target.copy();
        live.union(target);
        this.#expr(s.cond, live);
        return live;
      }
      case "switch": {
        const all = this.#target(s.otherwise).copy();
        for (const l of s.labels) all.union(this.#target(l));
        this.#expr(s.x, all);
        return all;
      }
      case "return": {
        const none = this.none();
        this.#exprs(s.values, none);
        return none;
      }
      case "abandon": return this.none();
    }
  }

  #loop(s: Extract<LStmt, { kind: "loop" }>, after: LiveSet): LiveSet {
    const assigned = this.none();
    this.#loops.push(assigned);
    this.#labels.set(s.out, after);
    const head = this.none();
    for (;;) {
      this.#labels.set(s.again, head.copy());
      if (!head.union(this.list(s.body, head.copy()))) break;
    }
    this.#loops.pop();
    this.#loops[this.#loops.length - 1]?.union(assigned);
    this.assigned.set(s, assigned);
    this.#note(s.site, head);
    return head.copy();
  }

  #note(site: Site, live: LiveSet): void {
    const known = this.live.get(site);
    if (known) known.union(live);
    else this.live.set(site, live.copy());
  }

  #target(label: LLabel): LiveSet {
    return this.#labels.get(label) ?? bug(`a branch to ${label.name}, which is not open`);
  }

  #kill(id: number, live: LiveSet): void {
    live.delete(id);
    this.#loops[this.#loops.length - 1]?.add(id);
  }

  #exprs(list: readonly LExpr[], live: LiveSet): void {
    for (let i = list.length - 1; i >= 0; i--) this.#expr(list[i] ?? bug("a hole in a list"), live);
  }

  #expr(e: LExpr, live: LiveSet): void {
    switch (e.kind) {
      case "get": live.add(e.local.id); return;
      case "frame":
        if (e.object.region !== "call") live.add(this.objectId(e.object));
        return;
      case "tee":
        this.#kill(e.local.id, live);
        this.#expr(e.x, live);
        return;
      case "load": this.#expr(e.x, live); return;
      case "op":
        if (e.y) this.#expr(e.y, live);
        this.#expr(e.x, live);
        return;
      case "choose": {
        const other = live.copy();
        this.#expr(e.y, other);
        this.#expr(e.x, live);
        live.union(other);
        this.#expr(e.cond, live);
        return;
      }
      case "leaf": this.#exprs(e.args, live); return;
      case "trap":
        this.#expr(e.x, live);
        this.#note(e.site, this.none());
        this.#exprs(e.args, live);
        this.#expr(e.bad, live);
        return;
      default:
    }
  }
}
