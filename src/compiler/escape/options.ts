/** What escape analysis needs from its caller, and the doors between the files of this room. */
import type { Position, Sources } from "../../base/source.ts";
import type { Note } from "../../record/notes.ts";
import { type Expr, type Func, type GoDeferStmt, type Name, type Node, outermostPos, type PackageIR, type PrintContext, ReassignOracle, type Stmt, wholePosition, type XPos } from "../ir/index.ts";
import type { FrameLimits } from "./types.ts";
import type { Batch, Frame, Hole, Location, Site } from "./graph.ts";

/** What the caller provides. */
export interface EscapeOptions {
  readonly ir: PackageIR;
  readonly sources: Sources;
  readonly print: PrintContext;
  /** Where decisions are recorded. */
  readonly notes: Note[];
  /** Explanations are wanted as notes of their own, at the moment they are found (-m=2). */
  readonly verbose: boolean;
  /** The path of each escape is kept with its note. */
  readonly explain: boolean;
  /** Where positions in Go's own source begin. */
  readonly goroot: string;
  readonly oracles: Oracles;
  readonly limits: FrameLimits;
  /** What is written or called through parameters is told too. */
  readonly mutations: boolean;
  /** Pointers that become unsafe ones are checked at run time, and so escape. */
  readonly checkConversions: boolean;
}

/** Where a message about `pos` stands. */
export const placeOf = (o: EscapeOptions, pos: XPos): Position =>
  o.verbose ? wholePosition(o.sources, o.ir.inlineTree, pos) : o.sources.position(outermostPos(o.ir.inlineTree, pos));

/** Oracles of outermost functions, shared by all batches of a package. */
export class Oracles {
  readonly #known = new Map<Func, ReassignOracle>();

  /** The oracle for `fn`: that of the function around all closures. */
  of(fn: Func): ReassignOracle {
    let outer = fn;
    while (outer.closureParent && outer.closureParent.symbol !== `${outer.pkg.path}.init`) outer = outer.closureParent;
    const known = this.#known.get(outer);
    if (known) return known;
    const made = new ReassignOracle(outer);
    this.#known.set(outer, made);
    return made;
  }
}

/** The walk through one function's body. Its files call one another through these doors only. */
export interface Escape {
  readonly b: Batch;
  readonly fn: Func;
  readonly frame: Frame;
  loopDepth: number;
  /** Labels not yet reached; true if a later goto jumps back to it. */
  readonly labels: Map<string, boolean>;

  stmt(n: Stmt | undefined): void;
  stmts(list: readonly Stmt[]): void;
  /** Statements at the end of which the loop depth is what it was. */
  block(list: readonly Stmt[]): void;
  expr(k: Hole, n: Expr | undefined): void;
  exprSkipInit(k: Hole, n: Expr): void;
  discard(n: Expr | undefined): void;
  /** Holes for the results, or none where they are dropped. */
  call(ks: readonly Hole[] | undefined, n: Expr): void;
  addr(n: Expr | undefined): Hole;
  assignList(dsts: readonly Expr[], srcs: readonly (Expr | undefined)[], why: string, where: Node): void;
  reassigned(ks: readonly Hole[], where: Node): void;
  assignHeap(src: Expr, why: string, where: Node): void;
  unsafeValue(k: Hole, n: Expr): void;
  /** Walks the body of a closure where its literal stands. */
  closure(fn: Func): void;
  goDefer(n: GoDeferStmt): void;

  newLocation(n: Expr | Site | undefined, persists: boolean): Location;
  /** A location for what `n` allocates; its address flows into `k`. */
  spill(k: Hole, n: Expr): Hole;
  /** One hole that flows into all of `ks`. */
  tee(...ks: readonly Hole[]): Hole;
  declare(n: Name): Hole;
  /** Where an argument for parameter `index` (receiver first) of the known function goes. */
  parameterHole(ks: readonly Hole[] | undefined, fn: Name | undefined, index: number): Hole;
}
