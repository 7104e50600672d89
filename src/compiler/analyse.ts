/**
 * From checked syntax to IR that says where everything lives: the phases between the checker and code generation, in Go's order.
 *
 * Go: cmd/compile/internal/gc/main.go.
 */
import { type Diagnostic, Unsupported } from "../base/diagnostic.ts";
import { noPos } from "../base/source.ts";
import type { Note } from "../record/notes.ts";
import { Devirtualizing } from "./devirtualize/index.ts";
import { argumentLeaks, escapePackage, FRAMES, SMALL_FRAMES } from "./escape/index.ts";
import { makeInlining } from "./inline/index.ts";
import type { Checked, Sibling } from "./check.ts";
import { basePos, type Built, buildPackage, type Func, type PackageIR, returnCall, selectMethod } from "./ir/index.ts";
import { dropDeadLocals, elideBounds, keepLoopResults, makeWrappers, perIterationNotes, perIterationVariables, stackBuffers, staticInit } from "./rewrite/index.ts";

/** What the user asked of the compiler. */
export interface AnalyseFlags {
  /** -m or -m=2. */
  readonly m?: 1 | 2;
  /** -l: no inlining. */
  readonly l?: boolean;
  /** -N: no optimisation. */
  readonly N?: boolean;
  /** -smallframes: smaller variables move to the heap. */
  readonly smallFrames?: boolean;
  /** -d=checkptr: pointer arithmetic is checked; 2 as -d=checkptr=2. */
  readonly checkptr?: 1 | 2;
  /** -d=escapemutationscalls: what happens to parameters that stay is told too. */
  readonly mutations?: boolean;
}

/** An analysed package. */
export interface Analysed {
  readonly checked: Checked;
  readonly flags: AnalyseFlags;
  readonly built: Built;
  readonly ir: PackageIR;
  /** In the order in which Go prints them. */
  readonly notes: readonly Note[];
  /** Constructs that we cannot do, and where. */
  readonly unsupported: readonly Diagnostic[];
  /** Its IR has full instances: it is what code is made of, and its notes are not Go's. */
  readonly full?: true;
}

/** Builds, inlines, rewrites and escape-analyses a package. Afterwards its IR is not changed any more. */
export function analysePackage(checked: Checked, flags: AnalyseFlags): Analysed {
  return guardDepth(checked, () => ({ checked, flags, ...phases(checked, flags, "shape") }));
}

/**
 * Analyses a package of which nothing but code is wanted. Where the first look shows that the IR for the messages would not be the code's, it
 * is not made: of a program with generic functions that saves a third.
 */
export function analyseCode(checked: Checked): Analysed {
  const flags: AnalyseFlags = { m: 1 };
  return guardDepth(checked, () => {
    const built = buildPackage(checked, "shape", false);
    if (!built.ir.forNotes && !built.ir.funcs.some((fn) => fn.shaped && !fn.notesOnly)) return { checked, flags, ...phasesOf(built, checked, flags, "shape", false) };
    return { checked, flags, ...phasesOf(buildPackage(checked, "full", false), checked, flags, "full", false), full: true };
  });
}

/**
 * The IR that code is made of: that of the analysis, or, where it has shaped functions, the package built once more with full
 * instances. The latter's notes are dropped.
 */
export function forCode({ checked, flags, built, ir, unsupported, notes, full }: Analysed): Phases {
  if (full) return { built, ir, unsupported, notes };
  // Of packages of the library nothing is inlined into others, so nothing more is known of them here.
  const known = (checked.siblings?.size ?? 0) === 0 || checked.input.mode === "std";
  if (known && unsupported.length === 0 && !ir.forNotes && !ir.funcs.some((fn) => fn.shaped)) return { built, ir, unsupported, notes };
  return phases(checked, flags, "full");
}

/** Runs a phase; where the nesting of the program is deeper than our stack, that is said. */
export function guardDepth<T>({ sources, files }: Checked, phase: () => T): T {
  try {
    return phase();
  } catch (thrown) {
    if (!(thrown instanceof RangeError) || !/call stack/.test(thrown.message)) throw thrown;
    throw new Unsupported("nesting this deep", sources.position(files[0]?.pos ?? noPos));
  }
}

/** A jump to another function is, for our code, a call and a return. */
function returnTailCalls(fn: Func): void {
  const last = fn.body.at(-1);
  if (last?.kind === "TAILCALL") fn.body[fn.body.length - 1] = returnCall(fn, last.pos, last.call);
}

/** What a package that imports an analysed one needs of it. */
export function siblingOf({ checked: { pkg, info, files }, ir }: Analysed): Sibling {
  const decided = new Map(ir.funcs.map((fn) => [fn.symbol, { tags: fn.tags ?? [], ...(fn.inl ? { cost: fn.inl.cost } : {}) }]));
  return { pkg, info, files, decided };
}

type Phases = Pick<Analysed, "built" | "ir" | "notes" | "unsupported">;

const phases = (checked: Checked, flags: AnalyseFlags, mode: "shape" | "full"): Phases => phasesOf(buildPackage(checked, mode, flags.m === 2), checked, flags, mode, true);

/** What follows building. `explain`: notes say why, too. */
function phasesOf(built: Built, checked: Checked, flags: AnalyseFlags, mode: "shape" | "full", explain: boolean): Phases {
  const { ir, print, builder } = built;
  const { sources } = checked;
  const notes: Note[] = [];
  const verbose = flags.m === 2;
  const inlining = makeInlining({
    ir, sources, print, notes, verbose, disabled: flags.l === true || flags.N === true, checkptr: flags.checkptr !== undefined,
    devirtualizer: () =>
      new Devirtualizing({ ir, sources, print, notes, forCode: mode === "full", selectMethod: (x, sel, pkg, pos) => selectMethod(builder, x, sel, pkg, pos) }),
  });
  for (const pos of builder.state.impreciseCalls) notes.push({ kind: "impreciseCall", at: sources.position(basePos(pos)) });
  if (mode === "shape" && keepLoopResults(ir, sources, notes)) ir.forNotes = true;
  inlining.package();
  makeWrappers(builder, ir.funcs, (fn) => inlining.func(fn));
  const perIteration = ir.funcs.flatMap((fn) => perIterationVariables(fn));
  ir.staticInits = staticInit(ir, print, builder.state.blank);
  dropDeadLocals(ir.funcs, builder.state.blank);
  escapePackage({
    ir, sources, print, notes, verbose, explain, limits: flags.smallFrames ? SMALL_FRAMES : FRAMES, mutations: flags.mutations === true,
    checkConversions: flags.checkptr === 2,
  });
  elideBounds(ir, sources, notes);
  if (verbose) notes.push(...perIterationNotes(perIteration, ir, sources));
  // Library instances that the program does not call are of no more use; one that it calls asks for the other set of instances.
  ir.funcs.splice(0, ir.funcs.length, ...ir.funcs.filter((fn) => !fn.canned || fn.shaped));
  ir.funcs.splice(0, ir.funcs.length, ...ir.funcs.filter((fn) => !fn.notesOnly));
  if (flags.N !== true) for (const fn of ir.funcs) stackBuffers(fn, argumentLeaks);
  for (const fn of ir.funcs) returnTailCalls(fn);
  return { built, ir, notes, unsupported: [...ir.unsupported.values()] };
}
