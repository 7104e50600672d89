/**
 * The graph of flows: locations, the holes that expressions are evaluated into, and the edges between locations.
 *
 * A location is a variable or an allocating expression. An edge `dst <- src` with a number of derefs says what of `src` may come to
 * `dst`: -1 its address, 0 its value, 1 what it points to. A hole is a destination together with the derefs still to apply.
 *
 * Go: cmd/compile/internal/escape/graph.go.
 */
import type { Note } from "../../record/notes.ts";
import { bug } from "../../base/bug.ts";
import type { Position } from "../../base/source.ts";
import type { Flow } from "../../record/notes.ts";
import { type CallExpr, canonical, type ClosureExpr, type Expr, type Func, type Name, type Node, type XPos } from "../ir/index.ts";
import { Leaks, TAGGED_RESULTS } from "./leaks.ts";
import type { EscapeOptions } from "./options.ts";

/** Must be allocated on the heap. */
export const ESCAPES = 1;
/** Outlives the statement that made it. */
export const PERSISTS = 2;
/** What is reached from it may be written to. */
export const MUTATES = 4;
/** Closures reached from it may be called without track of their results. */
export const CALLS = 8;

/** An allocation that is known from a library summary alone. */
export interface Site {
  readonly kind: "SITE";
  readonly op: string;
  readonly text: string;
  readonly pos: XPos;
  /** Its own place, where it lies in a closure of a library body. */
  readonly at?: Position;
  /** A go/defer wrapper: it prints nothing. */
  readonly silent: boolean;
}

/** A parameter of a closure in a library body: its line follows those of the caller. */
export interface ClosureParameter {
  readonly loc: Location;
  readonly name: string;
  readonly at: Position;
}

/** A function of the batch as the graph sees it, also a closure in a library body. */
export interface Frame {
  readonly func?: Func;
  /** Of a closure of a library body: its name. */
  readonly name?: string;
  readonly parent?: Frame;
  /** Not all calls are known: what it returns may go anywhere. */
  resultsLost: boolean;
  readonly results: Location[];
}

/** Whether `inner` is a closure somewhere inside `outer`. */
export function containsFrame(outer: Frame, inner: Frame): boolean {
  for (let p = inner.parent; p; p = p.parent) if (p === outer) return true;
  return false;
}

export class Location {
  /** What it stands for; absent for helpers. */
  readonly n: Expr | Site | undefined;
  readonly frame: Frame;
  readonly edges: Edge[] = [];
  loopDepth: number;
  /** Index among the results, from 1; 0 for everything else. */
  resultIndex = 0;
  attrs = 0;
  readonly leaks = new Leaks();
  captured = false;
  reassigned = false;
  addrtaken = false;
  readonly param: boolean;
  readonly paramOut: boolean;
  /** The closure that it holds, where that is known to the graph. */
  closure: Frame | undefined;

  // State of the solver (solve.ts).
  derefs = 0;
  walk = 0;
  dst: Location | undefined;
  dstEdge = 0;
  queued = false;
  queuedWalk = 0;
  /** A helper that stands for a variable of a library body: its name. */
  label: string | undefined;
  /** A variable of a library body of which nothing is known but that values pass through it: it outlives nothing. */
  transit = false;
  /** Why it escapes, if that was asked for. */
  flow: readonly Flow[] | undefined;

  constructor(n: Expr | Site | undefined, frame: Frame, loopDepth: number, persists: boolean, as?: "param" | "result") {
    this.n = n;
    this.frame = frame;
    this.loopDepth = loopDepth;
    if (persists) this.attrs = PERSISTS;
    this.param = as === "param" || (n?.kind === "NAME" && n.class === "param");
    this.paramOut = as === "result" || (n?.kind === "NAME" && n.class === "result");
  }

  has(attr: number): boolean {
    return (this.attrs & attr) !== 0;
  }

  /** Records that this parameter's value comes to `sink`. */
  leakTo(sink: Location, derefs: number): void {
    if (!sink.has(ESCAPES) && sink.paramOut && sink.frame === this.frame && sink.resultIndex - 1 < TAGGED_RESULTS) {
      this.leaks.addResult(sink.resultIndex - 1, derefs);
      return;
    }
    this.leaks.addHeap(derefs);
  }
}

export interface Edge {
  readonly src: Location;
  readonly derefs: number;
  readonly notes: FlowNote | undefined;
  /** The flows that this edge sums up; none, if both of its ends are one variable. */
  readonly inner: readonly InnerFlow[] | undefined;
}

/** Why a value flows: the innermost context first. */
export interface FlowNote {
  readonly next: FlowNote | undefined;
  readonly where: Node | Site;
  readonly why: string;
}

/** One flow inside a library body. */
export interface InnerFlow {
  readonly derefs: number;
  /** The variable that it reaches; absent: the edge's own destination. */
  readonly to: string | undefined;
  readonly notes: FlowNote | undefined;
}

/** Where the value of an expression goes. */
export class Hole {
  readonly dst: Location;
  readonly derefs: number;
  readonly notes: FlowNote | undefined;
  /** The expression's address is taken, whether or not it ends up anywhere. */
  readonly addrtaken: boolean;

  constructor(dst: Location, derefs = 0, notes?: FlowNote, addrtaken = false) {
    this.dst = dst;
    this.derefs = derefs;
    this.notes = notes;
    this.addrtaken = addrtaken;
  }

  note(where: Node | Site, why: string): Hole {
    return new Hole(this.dst, this.derefs, { next: this.notes, where, why }, this.addrtaken);
  }

  shift(delta: number): Hole {
    if (this.derefs + delta < -1) bug("an address of an address");
    return new Hole(this.dst, this.derefs + delta, this.notes, delta < 0);
  }

  deref(where: Node, why: string): Hole {
    return this.shift(1).note(where, why);
  }

  addr(where: Node, why: string): Hole {
    return this.shift(-1).note(where, why);
  }

  to(dst: Location): Hole {
    return new Hole(dst, this.derefs, this.notes, this.addrtaken);
  }
}

/** A closure literal and the hole of its record: its captures flow there once it is known how they are captured. */
export interface PendingClosure {
  readonly hole: Hole;
  readonly closure: ClosureExpr;
}

/** What is said of the closures of a library body, in their place among the others. */
export interface ToldClosures {
  readonly told: readonly Note[];
}

const NOWHERE: Frame = { resultsLost: false, results: [] };

/** What happens when something is known to escape while the graph is built. */
export type OnEscape = (dst: Location, src: Location, derefs: number, notes: FlowNote | undefined) => void;

/** Functions that are analysed together. */
export class Batch {
  readonly o: EscapeOptions;
  readonly members: ReadonlySet<Func>;
  readonly locations: Location[] = [];
  readonly closures: (PendingClosure | ToldClosures)[] = [];
  /** Locations of the parameters, results and nodes of inlined library calls. */
  readonly instances = new Map<CallExpr, readonly Location[]>();
  /** Literals of which only inlined copies are left: they allocate nothing. */
  readonly gone: ReadonlySet<ClosureExpr>;
  readonly closureParameters: ClosureParameter[] = [];
  readonly heap = new Location(undefined, NOWHERE, 0, false);
  readonly mutator = new Location(undefined, NOWHERE, 0, false);
  readonly callee = new Location(undefined, NOWHERE, 0, false);
  readonly blank = new Location(undefined, NOWHERE, 0, false);
  readonly #ofName = new Map<Name, Location>();
  readonly #frames = new Map<Func, Frame>();
  readonly #onEscape: OnEscape;

  constructor(o: EscapeOptions, members: readonly Func[], gone: readonly ClosureExpr[], onEscape: OnEscape) {
    this.o = o;
    this.gone = new Set(gone);
    this.members = new Set(members);
    this.#onEscape = onEscape;
    this.heap.attrs = ESCAPES | PERSISTS | MUTATES | CALLS;
    this.mutator.attrs = MUTATES;
    this.callee.attrs = CALLS;
  }

  heapHole(): Hole {
    return new Hole(this.heap);
  }

  mutatorHole(): Hole {
    return new Hole(this.mutator);
  }

  calleeHole(): Hole {
    return new Hole(this.callee);
  }

  discardHole(): Hole {
    return new Hole(this.blank);
  }

  /** Lets `src` flow into `k`. */
  flow(k: Hole, src: Location, inner?: readonly InnerFlow[]): void {
    if (k.addrtaken) src.addrtaken = true;
    const { dst } = k;
    if (dst === this.blank || (dst === src && k.derefs >= 0)) return;
    if (dst.has(ESCAPES) && k.derefs < 0) {
      this.#onEscape(dst, src, k.derefs, k.notes);
      src.attrs |= ESCAPES | PERSISTS | MUTATES | CALLS;
      return;
    }
    dst.edges.push({ src, derefs: k.derefs, notes: k.notes, inner });
  }

  /** The frame of `fn`, made when first asked for. */
  frame(fn: Func): Frame {
    const known = this.#frames.get(fn);
    if (known) return known;
    const parent = fn.closureParent && fn.closure ? { parent: this.frame(fn.closureParent) } : {};
    const made: Frame = { func: fn, ...parent, resultsLost: false, results: [] };
    this.#frames.set(fn, made);
    return made;
  }

  /** The location of a variable. */
  location(n: Name): Location {
    return this.#ofName.get(canonical(n)) ?? bug(`${n.sym} has no location`);
  }

  hasLocation(n: Name): boolean {
    return this.#ofName.has(canonical(n));
  }

  /** Makes the location of `n`, or of a helper. */
  newLocation(n: Expr | Site | undefined, frame: Frame, loopDepth: number, persists: boolean, as?: "param" | "result"): Location {
    const made = new Location(n, frame, loopDepth, persists, as);
    this.locations.push(made);
    if (n?.kind === "NAME") this.#ofName.set(n, made);
    return made;
  }
}
