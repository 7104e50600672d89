/**
 * Bodies that can be copied: what is kept of a function when it is found to be inlinable, and the copy that replaces a call.
 *
 * Go reads a body anew from its export form for each inlining; so what is copied is the body before anything was inlined into it.
 * A closure in it becomes another closure, named after the caller. Positions remember the inlining, but inside closures.
 *
 * Go: cmd/compile/internal/noder/reader.go (unifiedInlineCall, funcLit), ir/func.go (closureName).
 */
import { bug } from "../../base/bug.ts";
import {
  type ClosureExpr, editChildren, editStmts, type Expr, type Func, inlinedCall, inliningStack, type Name, type Node, type PackageIR, type Stmt, withInline,
} from "../ir/index.ts";

/** A function's body, copied, with the statements that define its names. */
export interface Template {
  readonly body: readonly Stmt[];
  /** Parameters, results and locals in order of declaration. */
  readonly dcl: readonly Name[];
  readonly definitions: ReadonlyMap<Name, Stmt>;
}

/** Keeps the body of `fn` as it is now. Names are shared with it. */
export function makeTemplate(fn: Func): Template {
  const names = new Set<Name>();
  const copy = new Copier({ name: (n) => n, position: (n) => n.pos, label: (l) => l, closure: (c, x) => templateClosure(c, x, names) });
  const body = copy.stmts(fn.body);
  for (const n of fn.dcl) names.add(n);
  return { body, dcl: [...fn.dcl], definitions: copy.definitionsOf(names) };
}

function templateClosure(copy: Copier, x: ClosureExpr, names: Set<Name>): ClosureExpr {
  const fn = x.func;
  for (const n of fn.dcl) names.add(n);
  const func: Func = { ...fn, body: copy.stmts(fn.body), dcl: [...fn.dcl], closures: [...fn.closures], closureVars: [...fn.closureVars] };
  delete func.inl;
  const closure: ClosureExpr = { ...x, func };
  func.closure = closure;
  return closure;
}

/** Where a template is copied to. */
export interface Target {
  readonly ir: PackageIR;
  readonly caller: Func;
  /** Number of the inlined call in `ir.inlineTree`. */
  readonly index: number;
}

/** The copy: its statements, and what became of the names declared in it. */
export interface Expansion {
  readonly body: Stmt[];
  /** Copies of the template's `dcl`, in its order. */
  readonly dcl: Name[];
}

/** Copies the body of `fn` for a call in `target.caller`. Captured variables are those of the caller. */
export function expand(target: Target, fn: Func, template: Template): Expansion {
  const { caller, index } = target;
  const names = new Map<Name, Name>();
  const dcl = template.dcl.map((n) => {
    const pos = withInline(n.pos, index);
    const made: Name = n.class === "auto" ? { ...n, pos, curfn: caller, inlLocal: true } : { ...n, pos, curfn: caller, class: "auto", inlFormal: true };
    delete made.defn;
    names.set(n, made);
    return made;
  });
  for (const cv of fn.closureVars) names.set(cv, cv.outer ?? bug("a captured variable without an outer one"));
  const copy: Copier = new Copier({
    name: (n) => names.get(n) ?? n,
    position: (n) => (fn.synthetic === "closure" ? n.pos : fn.synthetic === "wrapper" ? inlinedCall(target.ir.inlineTree, index).pos : withInline(n.pos, index)),
    label: (l) => `${l}\u00b7${index}`,
    closure: (_, x) => copyClosure({ ...target, outer: copy.rules.name }, x, withInline(x.pos, index), template),
  });
  const body = copy.stmts(template.body);
  copy.define(template, names);
  return { body, dcl };
}

interface ClosureTarget extends Target {
  /** A captured variable as the function around the copy knows it. */
  readonly outer: (n: Name) => Name;
}

/** Makes another closure of a template's, in the function `target.caller`. Its body keeps its positions. */
function copyClosure(target: ClosureTarget, x: ClosureExpr, pos: ClosureExpr["pos"], template: Template): ClosureExpr {
  const old = x.func;
  const { printed, symbol, pkg } = closureName(target, x);
  const names = new Map<Name, Name>();
  const own: Name = { ...old.name, sym: printed };
  const func: Func = { ...old, name: own, printed, symbol, pkg, body: [], closures: [], closureParent: target.caller, dupok: target.caller.dupok };
  delete func.inl;
  delete func.closureGens;
  delete func.foreign;
  own.func = func;
  if (old.rangeParent) func.rangeParent = target.caller.rangeParent ?? target.caller;
  const closure: ClosureExpr = { ...x, pos, func, init: [] };
  func.closure = closure;
  target.ir.funcs.push(func);
  target.caller.closures.push(func);
  const fresh = (n: Name): Name => {
    const made: Name = { ...n, curfn: func };
    delete made.defn;
    names.set(n, made);
    return made;
  };
  func.dcl = old.dcl.map(fresh);
  func.closureVars = old.closureVars.map((cv) => {
    const made = fresh(cv);
    made.outer = target.outer(cv.outer ?? bug("a captured variable without an outer one"));
    made.pos = target.index === 0 ? cv.pos : withInline(cv.pos, target.index);
    return made;
  });
  const mapped = (n: Name): Name => names.get(n) ?? bug(`the parameter ${n.sym} of a closure is not declared in it`);
  func.params = old.params.map(mapped);
  func.results = old.results.map(mapped);
  const copy: Copier = new Copier({
    name: (n) => names.get(n) ?? n,
    position: (n) => n.pos,
    label: (l) => l,
    closure: (_, inner) => copyClosure({ ir: target.ir, caller: func, index: 0, outer: (n) => names.get(n) ?? n }, inner, inner.pos, template),
  });
  func.body = copy.stmts(old.body);
  copy.define(template, names);
  return closure;
}

/** Names a closure after the function it stands in and the functions whose inlining brought it there. */
function closureName({ caller, index, ir }: Target, x: ClosureExpr): { readonly printed: string; readonly symbol: string; readonly pkg: Func["pkg"] } {
  const range = x.func.rangeFuncBody === true;
  const holder = caller.rangeParent ?? caller;
  const gens = (holder.closureGens ??= { lit: 0, range: 0, goDefer: 0 });
  const inlined = index === 0 ? [] : inliningStack(ir.inlineTree, withInline(x.pos, index)).map((call) => call.func.printed);
  const outer = [holder.printed, ...inlined].join(".");
  const wrapperOf = x.func.wrapperOf;
  const number = wrapperOf ? ++gens.goDefer : range ? ++gens.range : ++gens.lit;
  const suffix = wrapperOf ? (wrapperOf === "go" ? ".gowrap" : ".deferwrap") : range ? "-range" : holder.closure ? "." : ".func";
  const printed = `${outer}${suffix}${number}`;
  return { printed, symbol: `${holder.pkg.path}.${printed}`, pkg: holder.pkg };
}

// ---- copying ------------------------------------------------------------------------------------------------

interface Rules {
  readonly name: (n: Name) => Name;
  position(n: Exclude<Node, Name>): Exclude<Node, Name>["pos"];
  label(l: string): string;
  closure(copy: Copier, x: ClosureExpr): ClosureExpr;
}

/** Copies trees; what becomes of names, positions, labels and closures is up to the rules. */
class Copier {
  readonly rules: Rules;
  /** Statements that may define names, and their copies. */
  readonly #copies = new Map<Node, Stmt>();

  constructor(rules: Rules) {
    this.rules = rules;
  }

  stmts(list: readonly Stmt[]): Stmt[] {
    const copy = [...list];
    editStmts(copy, this.#editor);
    return copy;
  }

  /** For each of `names`, the copy of the statement that defines it. */
  definitionsOf(names: ReadonlySet<Name>): Map<Name, Stmt> {
    const found = new Map<Name, Stmt>();
    for (const n of names) {
      const copy = n.defn && this.#copies.get(n.defn);
      if (copy) found.set(n, copy);
    }
    return found;
  }

  /** Sets the definitions of copied names. */
  define(template: Template, names: ReadonlyMap<Name, Name>): void {
    for (const [old, made] of names) {
      const defn = template.definitions.get(old);
      const copy = defn && this.#copies.get(defn);
      if (copy && made !== old && !made.defn) made.defn = copy;
    }
  }

  readonly #editor = {
    expr: (x: Expr): Expr => this.#expr(x),
    stmt: (s: Stmt): Stmt => this.#stmt(s),
  };

  #expr(x: Expr): Expr {
    if (x.kind === "NAME") return this.rules.name(x);
    if (x.kind === "CLOSURE") return { ...this.rules.closure(this, x), init: this.stmts(x.init) };
    return this.#node(x);
  }

  #stmt(s: Stmt): Stmt {
    if (s.kind === "NAME" || s.kind === "CLOSURE") return this.#expr(s);
    const copy = this.#node(s);
    if (DEFINING.has(s.kind)) this.#copies.set(s, copy);
    return copy;
  }

  #node<N extends Exclude<Node, Name>>(n: N): N {
    const copy: N = { ...n };
    copy.pos = this.rules.position(n);
    unshare(copy);
    if (copy.kind === "SWITCH") {
      copy.cases = copy.cases.map((c) => this.#shallow(c));
      if (copy.tag?.kind === "TYPESW") copy.tag = this.#shallow(copy.tag);
    } else if (copy.kind === "SELECT") copy.cases = copy.cases.map((c) => this.#shallow(c));
    if ("label" in copy && copy.label !== undefined) copy.label = this.rules.label(copy.label);
    editChildren(copy, this.#editor);
    return copy;
  }

  /** A clause: its parent's edit goes into it. */
  #shallow<N extends Exclude<Node, Name>>(n: N): N {
    const copy: N = { ...n };
    copy.pos = this.rules.position(n);
    unshare(copy);
    return copy;
  }
}

const LISTS: readonly string[] = ["init", "list", "args", "body", "else", "lhs", "rhs", "results", "keepAlive"];

/** Gives a shallow copy lists of its own. */
function unshare(copy: Exclude<Node, Name>): void {
  const fields = copy as unknown as Record<string, unknown>;
  for (const name of LISTS) {
    const list = fields[name];
    if (Array.isArray(list)) fields[name] = [...(list as readonly unknown[])];
  }
}

const DEFINING: ReadonlySet<string> = new Set(["AS", "AS2", "AS2FUNC", "AS2RECV", "AS2MAPR", "AS2DOTTYPE", "SELRECV2", "RANGE", "SWITCH", "SELECT"]);
