/**
 * Loop variables that are new in each iteration.
 *
 * Only loops whose variable may outlive an iteration are rewritten: one that a closure captures or whose address is taken
 * (but not within a return statement). A range loop gets a temporary key and declares the variable in its body; a
 * three-clause loop keeps its state in a temporary and copies it in and out. Runs after inlining.
 *
 * Go: cmd/compile/internal/loopvar.
 */
import type { Position, Sources } from "../../base/source.ts";
import type { Note } from "../../record/notes.ts";
import {
  assign, type AssignStmt, basePos, boolLiteral, canonical, declare, type Expr, type ForStmt, type Func, forEachChild, inlineIndex, isBlank, type Name, newTemp, type Node, noXPos,
  outerValue, type PackageIR, type RangeStmt, type Stmt, wholePosition, type XPos,
} from "../ir/index.ts";
import { basic } from "../types/index.ts";

/** A variable that became new in each iteration, the loop that was rewritten for it, and the last place in that. */
export interface PerIteration {
  readonly name: Name;
  readonly loop: ForStmt | RangeStmt;
  readonly last: XPos;
}

/** Gives the loops of `fn` variables of their own in each iteration, where that can be seen; returns these. */
export function perIterationVariables(fn: Func): readonly PerIteration[] {
  const s: Scan = { fn, leaks: new Map(), fixups: new Map(), depth: 0, returnDepth: 0, labels: 0, last: noXPos, made: [] };
  for (const stmt of fn.body) scan(s, stmt);
  if (s.fixups.size > 0) moveDeclarations(s);
  return s.made;
}

/** What records say of these variables, once it is known where they live: first all variables, then all loops. */
export function perIterationNotes(made: readonly PerIteration[], { inlineTree }: PackageIR, sources: Sources): Note[] {
  const whole = (pos: XPos): Position => wholePosition(sources, inlineTree, pos);
  const loops = new Map(made.map((m) => [m.loop, m]));
  return [
    ...made.map(({ name }): Note => ({ kind: "iterationVariable", at: whole(name.pos), name: inlineIndex(name.pos) === 0 ? name.sym : `${name.sym} (from inline)`, heap: name.class === "autoheap" })),
    ...[...loops.values()].map(({ loop, last }): Note => ({ kind: "loopModified", at: whole(loop.pos), loop: loop.kind === "FOR" ? "for" : "range", last: whole(last) })),
  ];
}

interface Scan {
  readonly fn: Func;
  /** Variables of loops with per-iteration semantics, and whether they may outlive an iteration. */
  readonly leaks: Map<Name, boolean>;
  /** The assignment before which a variable's declaration has to move. */
  readonly fixups: Map<Name, AssignStmt>;
  depth: number;
  /** Loop depth of the innermost return statement around the place that is looked at. */
  returnDepth: number;
  labels: number;
  /** The last place so far in the innermost loop. */
  last: XPos;
  readonly made: PerIteration[];
}

const mayLeak = (s: Scan, x: Expr | undefined): void => void (x?.kind === "NAME" && !isBlank(x) && s.leaks.set(x, false));

function leak(s: Scan, name: Name): void {
  if (s.returnDepth < s.depth && s.leaks.has(name)) s.leaks.set(name, true);
}

/** Places in other files, or in bodies inlined elsewhere, do not count. */
function passPlace(s: Scan, pos: XPos): void {
  if (inlineIndex(pos) === inlineIndex(s.last) && basePos(pos) > basePos(s.last)) s.last = pos;
}

/** Looks at what is in a loop, and gives the last place in it. */
function scanLoop(s: Scan, n: ForStmt | RangeStmt): XPos {
  const outer = s.last;
  s.last = n.pos;
  s.depth++;
  scanChildren(s, n);
  s.depth--;
  const last = s.last;
  s.last = outer;
  if (s.depth > 0) passPlace(s, last);
  return last;
}

function scan(s: Scan, n: Node): void {
  if (s.depth > 0) passPlace(s, n.pos);
  switch (n.kind) {
    case "CLOSURE":
      for (const captured of n.func.closureVars) leak(s, canonical(captured));
      break;
    case "ADDR": {
      const variable = outerValue(n.x);
      if (variable.kind === "NAME" && variable.class !== "extern" && variable.class !== "func") leak(s, variable);
      break;
    }
    case "RETURN": {
      const saved = s.returnDepth;
      s.returnDepth = s.depth;
      scanChildren(s, n);
      s.returnDepth = saved;
      return;
    }
    case "RANGE":
      if (n.def && n.distinctVars) return range(s, n);
      n.distinctVars = false;
      break;
    case "FOR":
      if (n.distinctVars) return threeClause(s, n);
      break;
    default:
      break;
  }
  scanChildren(s, n);
}

const scanChildren = (s: Scan, n: Node): void => forEachChild(n, (child) => scan(s, child));

function range(s: Scan, n: RangeStmt): void {
  mayLeak(s, n.key);
  mayLeak(s, n.value);
  const last = scanLoop(s, n);
  if (n.key) n.key = replaced(s, n, n.key, last);
  if (n.value) n.value = replaced(s, n, n.value, last);
  n.distinctVars = false;
}

/** What the loop assigns instead of `x`: a temporary that the body copies. */
function replaced(s: Scan, n: RangeStmt, x: Expr, last: XPos): Expr {
  if (x.kind !== "NAME" || s.leaks.get(x) !== true) return x;
  s.made.push({ name: x, loop: n, last });
  const temp = newTemp(s.fn, s.fn.pos, x.type);
  const as = assign(n.pos, x, temp, true);
  n.body.unshift(as);
  s.fixups.set(x, as);
  return temp;
}

/** Calls `f` with each variable that the loop declares; what it returns takes its place. */
function editDeclared(n: ForStmt, f: (x: Expr) => Expr): void {
  for (const stmt of n.init) {
    if (stmt.kind === "AS" && stmt.def) stmt.x = f(stmt.x);
    else if ((stmt.kind === "AS2" || stmt.kind === "AS2FUNC" || stmt.kind === "AS2MAPR" || stmt.kind === "AS2RECV" || stmt.kind === "AS2DOTTYPE") && stmt.def) {
      stmt.lhs = stmt.lhs.map(f);
    }
  }
}

function threeClause(s: Scan, n: ForStmt): void {
  const leaked: Name[] = [];
  editDeclared(n, (x) => {
    mayLeak(s, x);
    return x;
  });
  const last = scanLoop(s, n);
  editDeclared(n, (x) => {
    if (x.kind === "NAME" && s.leaks.get(x) === true) leaked.push(x);
    return x;
  });
  n.distinctVars = false;
  for (const name of leaked) s.made.push({ name, loop: n, last });
  if (leaked.length > 0) restructure(s, n, leaked);
}

/** Copies the variables in at the start of each iteration and out at its end. */
function restructure(s: Scan, n: ForStmt, leaked: readonly Name[]): void {
  const { fn } = s;
  const before: Stmt[] = [];
  const after: Stmt[] = [];
  const state = new Map<Name, Name>();
  for (const z of leaked) {
    const temp = newTemp(fn, fn.pos, z.type);
    state.set(z, temp);
    const as = assign(n.pos, z, temp, true);
    z.defn = as;
    before.push(as);
    s.fixups.set(z, as);
    after.push(assign(n.pos, temp, z));
  }
  const label = `.3clNext_${++s.labels}`;
  editContinues(n.body, n.label, label, 0);
  editDeclared(n, (x) => (x.kind === "NAME" ? (state.get(x) ?? x) : x));
  if (n.post) before.push(advance(fn, n, n.post));
  if (n.cond) {
    const not: Expr = { kind: "NOT", pos: n.cond.pos, init: [], type: n.cond.type, x: n.cond };
    before.push({ kind: "IF", pos: n.pos, init: [], cond: not, body: [{ kind: "BREAK", pos: n.pos, init: [] }], else: [] });
  }
  n.body = [...before, ...n.body, { kind: "LABEL", pos: n.pos, init: [], label }, ...after];
  delete n.cond;
  delete n.post;
}

/** `post` in all iterations but the first. */
function advance(fn: Func, n: ForStmt, post: Stmt): Stmt {
  const first = newTemp(fn, fn.pos, basic.bool);
  n.init.push(assign(n.pos, first, boolLiteral(fn.pos, true)));
  return {
    kind: "IF", pos: n.pos, init: [declare(fn.pos, first)], cond: first, body: [assign(n.pos, first, boolLiteral(fn.pos, false))], else: [post],
  };
}

/** Lets `continue` of the loop jump to `label`. */
function editContinues(list: readonly Stmt[], loop: string | undefined, label: string, depth: number): void {
  const visit = (n: Node, d: number): void => {
    if (n.kind === "CONTINUE" && ((d === 0 && n.label === undefined) || (loop !== undefined && n.label === loop))) {
      n.kind = "GOTO";
      n.label = label;
    }
    const inside = n.kind === "RANGE" || n.kind === "FOR" ? d + 1 : d;
    forEachChild(n, (child) => visit(child, inside));
  };
  for (const stmt of list) visit(stmt, depth);
}

// ---- declarations -------------------------------------------------------------------------------------------

/** Moves the declarations of rewritten variables to the assignments in the bodies. */
function moveDeclarations(s: Scan): void {
  const take = (list: Stmt[]): Stmt[] =>
    list.filter((stmt) => {
      if (stmt.kind !== "DCL") return true;
      const as = s.fixups.get(stmt.x);
      if (!as) return true;
      as.init.unshift(stmt);
      s.fixups.delete(stmt.x);
      return false;
    });
  const walk = (n: Node): void => {
    if (n.kind !== "NAME") n.init = take(n.init);
    switch (n.kind) {
      case "BLOCK":
        n.list = take(n.list);
        break;
      case "INLCALL": case "CASE": case "COMM": case "FOR": case "RANGE":
        n.body = take(n.body);
        break;
      case "IF":
        n.body = take(n.body);
        n.else = take(n.else);
        break;
      default:
        break;
    }
    forEachChild(n, walk);
  };
  s.fn.body = take(s.fn.body);
  for (const stmt of s.fn.body) walk(stmt);
}
