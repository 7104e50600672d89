/** What inlining needs from its caller, and the state it keeps for one package. */
import type { Note } from "../../record/notes.ts";
import type { Position, Sources } from "../../base/source.ts";
import { type CallExpr, type Func, type InlinedCallExpr, type Name, outermostPos, type PackageIR, type PrintContext, type XPos } from "../ir/index.ts";
import type { Template } from "./template.ts";

/** The devirtualizer, as inlining sees it: asked at every call, told of every inlined one. */
export interface Devirtualizer {
  /** Makes an interface call static if the dynamic type of its receiver is known. */
  staticCall(call: CallExpr): void;
  /** The call `call` in `fn` was replaced by `inlined`. */
  inlinedCall(fn: Func, call: CallExpr, inlined: InlinedCallExpr): void;
}

/** What the caller provides. */
export interface InlineOptions {
  readonly ir: PackageIR;
  readonly sources: Sources;
  readonly print: PrintContext;
  /** Where decisions are recorded. */
  readonly notes: Note[];
  /** Bodies, reasons and full costs are wanted (-m=2). */
  readonly verbose: boolean;
  /** Inlining is off (-l). */
  readonly disabled: boolean;
  /** Pointer arithmetic is checked (-d=checkptr): the run-time system is not inlined, nor are the calls that reveal pointers. */
  readonly checkptr: boolean;
  /** A new devirtualizer for one run. */
  devirtualizer(): Devirtualizer;
}

/** A call's target: a function that is compiled here, or one of the library by its name. */
export type Callee = { readonly kind: "local"; readonly func: Func } | { readonly kind: "std"; readonly name: Name; /** The call whose result this is. */ readonly base?: CallExpr };

/** State of one package, and the doors between the files of this room. */
export interface Inliner extends InlineOptions {
  /** Functions whose inlinability is known. */
  readonly checked: Set<Func>;
  /** Bodies as they were before anything was inlined into them. */
  readonly templates: Map<Func, Template>;
  /** Of library instances, the function in our own text that is the same; see own.ts. */
  readonly own: Map<Func, Func | undefined>;
  /** Decides whether `fn` may be inlined; says so once. */
  canInline(fn: Func): void;
}

/** Where a message about `pos` stands. */
export const placeOf = (o: InlineOptions, pos: XPos): Position => o.sources.position(outermostPos(o.ir.inlineTree, pos));
