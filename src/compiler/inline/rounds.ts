/**
 * The order of inlining: bottom-up over the functions, in rounds within each. All calls of a function are tried in order, arguments
 * before the call that has them; the calls that the copied bodies bring form the next round.
 *
 * While this goes on each call stands in a PAREN of its own, so that it can be replaced where it is, whatever tree it has moved to.
 *
 * Go: cmd/compile/internal/inline/interleaved.
 */
import { bug } from "../../base/bug.ts";
import { AssignedNames, type CallExpr, cannedNote, editChildren, editStmts, type Expr, type Func, funcString, type InlinedCallExpr, type Name, type ParenExpr, type Stmt, visitFuncsBottomUp } from "../ir/index.ts";
import { calleeOf, calleeOfArgument, mayInlineAt, mightInline, type Site } from "./callee.ts";
import { type Callee, type Devirtualizer, type Inliner, placeOf } from "./context.ts";
import { isBigFunc } from "./cost.ts";
import { inlineCall } from "./expand.ts";
import { ownCallee } from "./body.ts";
import { inlinePassed, inlineSummary, inlineSummaryCall, type SummaryCall } from "./std.ts";

/** A call to try: in the tree, or inside a library function that was inlined by its summary. */
type Entry = { readonly kind: "call"; readonly paren: ParenExpr; target?: Callee } | { readonly kind: "summary"; readonly name: Name; readonly at: SummaryCall; done: boolean };

/** What is known of one function while its calls are inlined. Go: inlClosureState. */
interface State {
  readonly o: Inliner;
  readonly fn: Func;
  readonly big: boolean;
  readonly entries: Entry[];
  /** The PARENs that `mark` made here. */
  readonly own: Set<ParenExpr>;
  /** Inlined bodies that stand in no tree. */
  readonly detached: InlinedCallExpr[];
  /** Calls resolved to each function, in the whole package. */
  readonly uses: Map<Func | Name, number>;
  readonly devirtualizer: Devirtualizer;
  readonly assigned: AssignedNames;
}

/** Devirtualizes and inlines in all functions of the package. */
export function inlineInRounds(o: Inliner): void {
  const states = new Map<Func, State>();
  const uses = new Map<Func | Name, number>();
  const devirtualizer = o.devirtualizer();
  const told = new Set<Func>();
  const all = [...o.ir.funcs];
  for (const fn of all) {
    const s = start(o, fn, uses, devirtualizer);
    states.set(fn, s);
    for (const entry of s.entries) resolve(s, entry);
  }
  visitFuncsBottomUp(o.ir.funcs, (group) => {
    for (let changed = true; changed; ) {
      changed = false;
      for (const fn of group) {
        if (o.disabled) tellPlain(fn);
        else if (fn.canned && !told.has(fn)) for (const line of fn.canned.inlining) o.notes.push(cannedNote(line));
        told.add(fn);
        const s = states.get(fn);
        if (s && inlineOneFunction(s)) changed = true;
      }
    }
  });
  for (const s of states.values()) removeParens(s);
}

/** Nothing is inlined into a library instance, and so other things are said of it. */
function tellPlain(fn: Func): void {
  if (!fn.canned) return;
  const { later: _, ...rest } = fn.canned;
  fn.canned = { ...rest, escape: rest.plain };
}

/** Devirtualizes and inlines in one function that was made later: a wrapper. */
export function inlineInFunction(o: Inliner, fn: Func): void {
  if (fn.canned) {
    if (!o.disabled) for (const line of fn.canned.inlining) o.notes.push(cannedNote(line));
    else tellPlain(fn);
    return;
  }
  const s = start(o, fn, new Map(), o.devirtualizer());
  for (let changed = true; changed; ) {
    changed = false;
    // Unlike in a whole package, calls are tried as they come.
    for (let i = 0; i < s.entries.length; i++) if (tryEntry(s, i)) changed = true;
  }
  removeParens(s);
}

function start(o: Inliner, fn: Func, uses: State["uses"], devirtualizer: Devirtualizer): State {
  const big = !o.disabled && isBigFunc(fn);
  if (big && o.verbose) o.notes.push({ kind: "bigFunction", at: placeOf(o, fn.pos), func: funcString(fn, o.print) });
  const s: State = { o, fn, big, entries: [], own: new Set(), detached: [], uses, devirtualizer, assigned: new AssignedNames(fn) };
  editStmts(fn.body, marker(s));
  return s;
}

function inlineOneFunction(s: State): boolean {
  let changed = false;
  let from = 0;
  let to = s.entries.length;
  for (;;) {
    for (let i = from; i < to; i++) if (tryEntry(s, i)) changed = true;
    from = to;
    to = s.entries.length;
    if (from === to) return changed;
    for (let i = from; i < to; i++) {
      const entry = s.entries[i];
      if (entry) resolve(s, entry);
    }
  }
}

/** The call of an entry, unless it was inlined already. */
function pendingCall(entry: Entry): CallExpr | undefined {
  if (entry.kind === "summary") return undefined;
  const { x } = entry.paren;
  return (x.kind === "CALLFUNC" || x.kind === "CALLINTER") && !x.std ? x : undefined;
}

const keyOf = (callee: Callee): Func | Name => (callee.kind === "local" ? callee.func : callee.name);

/** Finds the target of a call and counts it; returns how many calls of the target there are, 0 for none. */
function resolve(s: State, entry: Entry): number {
  if (entry.kind === "summary") return 0;
  if (entry.target) return s.uses.get(keyOf(entry.target)) ?? 0;
  const call = pendingCall(entry);
  if (!call) return 0;
  s.devirtualizer.staticCall(call);
  if (!mightInline(s.o, call)) return 0;
  const callee = calleeOf(s.o, s.fn, call.fun, false, s.assigned);
  if (!callee) return 0;
  entry.target = callee;
  const count = (s.uses.get(keyOf(callee)) ?? 0) + 1;
  s.uses.set(keyOf(callee), count);
  return count;
}

/** Inlines the call of entry `i` if that is possible; its body's calls become entries. */
function tryEntry(s: State, i: number): boolean {
  const entry = s.entries[i];
  if (!entry) return false;
  if (entry.kind === "summary") return trySummary(s, entry);
  const call = pendingCall(entry);
  if (!call) return false;
  const count = resolve(s, entry);
  if (count <= 0 || !mightInline(s.o, call)) return false;
  const callee = calleeOf(s.o, s.fn, call.fun, true, s.assigned);
  const closure = entry.target?.kind === "local" && entry.target.func.closureParent !== undefined;
  const site: Site = { caller: s.fn, call, bigCaller: s.big, calledOnce: count === 1 && closure };
  if (!callee || !mayInlineAt(s.o, site, callee, true)) return false;
  const known = callee.kind === "std" ? calleeOfArgument(s.fn, call, callee) : undefined;
  const own = callee.kind === "std" && !known ? ownCallee(s.o, callee.name) : undefined;
  if (callee.kind === "std" && !own) {
    const { name, base } = known?.kind === "std" ? known : callee;
    addSummaryCalls(s, name, inlineSummary(s.o, site, name, base ?? call.base));
    return true;
  }
  const inlined = inlineCall(s.o, site, own ?? (callee.kind === "local" ? callee.func : bug("a library function without a body")));
  entry.paren.x = inlined;
  s.assigned.add(inlined);
  editChildren(inlined, marker(s));
  s.devirtualizer.inlinedCall(s.fn, call, inlined);
  return true;
}

function trySummary(s: State, entry: Extract<Entry, { kind: "summary" }>): boolean {
  if (entry.done) return false;
  entry.done = true;
  if (entry.at.passed) {
    const inlined = inlinePassed(s.o, s.fn, entry.at);
    if (!inlined) return false;
    s.assigned.add(inlined);
    editChildren(inlined, marker(s));
    s.detached.push(inlined);
    return true;
  }
  addSummaryCalls(s, entry.name, inlineSummaryCall(s.o, s.fn, s.big, entry.name, entry.at));
  return true;
}

function addSummaryCalls(s: State, name: Name, calls: readonly SummaryCall[]): void {
  for (const at of calls) s.entries.push({ kind: "summary", name: at.library ?? name, at, done: false });
}

/** Puts a PAREN around each call and notes it, children first. */
function marker(s: State): { expr(x: Expr): Expr; stmt(x: Stmt): Stmt } {
  const editor = {
    expr: (x: Expr): Expr => {
      if (x.kind === "PAREN" && s.own.has(x)) return x;
      const inner = x.kind === "PAREN" ? x.x : x;
      if (inner.kind !== "NAME") editChildren(inner, editor);
      if (inner.kind !== "CALLFUNC" && inner.kind !== "CALLINTER") return x;
      const paren: ParenExpr = x.kind === "PAREN" ? x : { kind: "PAREN", pos: inner.pos, init: [], type: inner.type, x: inner };
      s.own.add(paren);
      s.entries.push({ kind: "call", paren });
      return paren;
    },
    stmt: (n: Stmt): Stmt => {
      if (isExpr(n)) return editor.expr(n);
      if (n.kind === "TAILCALL") {
        n.call.noInline = true;
        editChildren(n.call, editor);
      } else editChildren(n, editor);
      return n;
    },
  };
  return editor;
}

const STATEMENTS: ReadonlySet<string> = new Set([
  "AS", "AS2", "AS2FUNC", "AS2RECV", "AS2MAPR", "AS2DOTTYPE", "SELRECV2", "ASOP", "DCL", "BLOCK", "IF", "FOR", "RANGE", "SWITCH", "SELECT", "SEND", "RETURN",
  "GO", "DEFER", "BREAK", "CONTINUE", "GOTO", "FALL", "LABEL", "TAILCALL", "INLMARK",
]);

const isExpr = (n: Stmt): n is Expr => !STATEMENTS.has(n.kind);

function removeParens({ fn, detached }: State): void {
  const editor = {
    expr: (x: Expr): Expr => {
      const inner = x.kind === "PAREN" ? x.x : x;
      if (inner.kind !== "NAME") editChildren(inner, editor);
      return inner;
    },
    stmt: (n: Stmt): Stmt => {
      if (isExpr(n)) return editor.expr(n);
      editChildren(n, editor);
      return n;
    },
  };
  editStmts(fn.body, editor);
  for (const n of detached) editChildren(n, editor);
}
