/**
 * Ranges over functions: the loop's body becomes a function that the ranged-over function calls.
 *
 * Works on syntax, before anything is built, one function at a time, inner loops first. Each loop has a state variable that
 * catches a function which calls the body when it must not; a `#next` variable of the outermost loop tells, after the call,
 * what a return, break, continue or goto in the body wants: -1 return, 2·depth break, 2·depth-1 continue, below -1 a jump to a label.
 *
 * Go: cmd/compile/internal/rangefunc/rewrite.go, whose head explains the translation at length.
 */
import { bug } from "../../../base/bug.ts";
import { noPos, type Pos } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import { anyType, basic, coreType, type SignatureType, type Var } from "../../types/index.ts";
import type { PackageState } from "./context.ts";
import { defOf, factsOf, recorded, unpack } from "./query.ts";
import { plainSignature, RangeSyntax } from "./rangesyntax.ts";

/** States of a loop. Go: internal/abi (RF_DONE…). */
const DONE = 0;
const READY = 1;
const PANIC = 2;
const EXHAUSTED = 3;
const MISSING_PANIC = 4;

const LOOP_STEP = 2;

/** `body` of a function of signature `sig`, with its ranges over functions replaced. */
export function rewriteRanges(s: PackageState, sig: SignatureType, body: ast.BlockStmt): ast.BlockStmt {
  const known = s.made.bodies.get(body);
  if (known) return known;
  const r: Rewriter = {
    s, sig, body, make: new RangeSyntax(s.made), loops: [], targets: [], decls: [], next: undefined, defers: undefined, states: 0, closures: 0, labels: undefined,
  };
  const done = { ...body, list: editList(r, body.list) };
  s.made.bodies.set(body, done);
  return done;
}

interface Loop {
  readonly stmt: ast.ForStmt;
  readonly state: Var;
  readonly depth: number;
  checkReturn: boolean;
  checkBreak: boolean;
  checkContinue: boolean;
  readonly checkBranches: { readonly tok: ast.BranchStmt["tok"]; readonly label: string }[];
}

/** What a break or continue may leave: a loop, switch or select, with its label. */
interface Target {
  readonly stmt: ast.Stmt;
  readonly label: string | undefined;
}

interface Rewriter {
  readonly s: PackageState;
  readonly sig: SignatureType;
  readonly body: ast.BlockStmt;
  readonly make: RangeSyntax;
  /** Ranges over functions around the current place, outermost first. */
  readonly loops: Loop[];
  readonly targets: Target[];
  /** Variables of the outermost loop. */
  decls: { readonly v: Var; readonly value?: ast.Expr }[];
  next: Var | undefined;
  defers: Var | undefined;
  states: number;
  closures: number;
  labels: { readonly loopOf: Map<string, ast.ForStmt | undefined>; readonly nextOf: Map<string, number> } | undefined;
}

/** The range clause of a loop over a function. */
function rangeOverFunc(r: Rewriter, stmt: ast.ForStmt): ast.RangeClause | undefined {
  if (stmt.init?.kind !== "RangeClause") return undefined;
  const t = factsOf(r.s, stmt.init.x)?.type;
  return t && coreType(t)?.kind === "Signature" ? stmt.init : undefined;
}

// ---- statements ---------------------------------------------------------------------------------------------

const editList = (r: Rewriter, list: readonly ast.Stmt[]): readonly ast.Stmt[] => {
  const edited = list.map((stmt) => edit(r, stmt, undefined));
  return edited.every((stmt, i) => stmt === list[i]) ? list : edited;
};

const editBlock = (r: Rewriter, block: ast.BlockStmt): ast.BlockStmt => {
  const list = editList(r, block.list);
  return list === block.list ? block : { ...block, list };
};

function edit(r: Rewriter, stmt: ast.Stmt, label: string | undefined): ast.Stmt {
  switch (stmt.kind) {
    case "LabeledStmt": {
      const inner = edit(r, stmt.stmt, stmt.label.value);
      return inner === stmt.stmt ? stmt : { ...stmt, stmt: inner };
    }
    case "BlockStmt":
      return editBlock(r, stmt);
    case "IfStmt":
      return editIf(r, stmt);
    case "ForStmt":
      return within(r, stmt, label, () => editFor(r, stmt));
    case "SwitchStmt":
      return within(r, stmt, label, () => {
        const body = stmt.body.map((clause) => editClause(r, clause));
        return body.every((clause, i) => clause === stmt.body[i]) ? stmt : { ...stmt, body };
      });
    case "SelectStmt":
      return within(r, stmt, label, () => {
        const body = stmt.body.map((clause) => editClause(r, clause));
        return body.every((clause, i) => clause === stmt.body[i]) ? stmt : { ...stmt, body };
      });
    case "BranchStmt":
      return r.loops.length > 0 ? editBranch(r, stmt) : stmt;
    case "ReturnStmt":
      return r.loops.length > 0 ? editReturn(r, stmt) : stmt;
    case "CallStmt":
      if (r.loops.length > 0 && stmt.tok === "defer") editDefer(r, stmt);
      return stmt;
    default:
      return stmt;
  }
}

function editClause<T extends ast.CaseClause | ast.CommClause>(r: Rewriter, clause: T): T {
  const body = editList(r, clause.body);
  if (body === clause.body) return clause;
  const edited = { ...clause, body };
  const variable = recorded(r.s, (info) => info.implicits.get(clause));
  if (variable) r.s.made.implicits.set(edited, variable);
  return edited;
}

function editIf(r: Rewriter, stmt: ast.IfStmt): ast.IfStmt {
  const then = editBlock(r, stmt.then);
  const otherwise = stmt.else && edit(r, stmt.else, undefined);
  if (then === stmt.then && otherwise === stmt.else) return stmt;
  return { ...stmt, then, ...(otherwise?.kind === "IfStmt" || otherwise?.kind === "BlockStmt" ? { else: otherwise } : {}) };
}

function within(r: Rewriter, stmt: ast.Stmt, label: string | undefined, f: () => ast.Stmt): ast.Stmt {
  r.targets.push({ stmt, label });
  const edited = f();
  r.targets.pop();
  return edited;
}

function editFor(r: Rewriter, stmt: ast.ForStmt): ast.Stmt {
  const clause = rangeOverFunc(r, stmt);
  if (!clause) {
    const body = editBlock(r, stmt.body);
    return body === stmt.body ? stmt : { ...stmt, body };
  }
  const state = r.make.variable(`#state${++r.states}`, basic.int, stmt.pos);
  const loop: Loop = { stmt, state, depth: r.loops.length + 1, checkReturn: false, checkBreak: false, checkContinue: false, checkBranches: [] };
  r.loops.push(loop);
  const body = editList(r, stmt.body.list);
  const block = endLoop(r, loop, clause, body);
  r.loops.pop();
  return block;
}

/** A variable that lives outside the outermost loop. */
function outerVar(r: Rewriter, name: string, type: Var["type"], value?: ast.Expr): Var {
  const v = r.make.variable(name, type ?? basic.int);
  r.decls.push({ v, ...(value ? { value } : {}) });
  return v;
}

const nextVar = (r: Rewriter, pos: Pos): ast.Name => r.make.use((r.next ??= outerVar(r, "#next", basic.int)), pos);

function setState(r: Rewriter, index: number, state: number, pos: Pos): ast.Stmt {
  const loop = r.loops[index] ?? bug("no such loop");
  return r.make.assign(r.make.use(loop.state, pos), r.make.int(state, pos), pos);
}

const innermost = (r: Rewriter): number => r.loops.length - 1;

// ---- leaving a body -----------------------------------------------------------------------------------------

function editDefer(r: Rewriter, stmt: ast.CallStmt): void {
  const extra = r.make.variable("extra", anyType);
  r.defers ??= outerVar(r, "#defers", anyType, r.make.helper("deferrangefunc", plainSignature([], [extra]), [], outermostPos(r)));
  r.s.made.deferAt.set(stmt, r.make.use(r.defers, stmt.pos));
}

const outermostPos = (r: Rewriter): Pos => r.loops[0]?.stmt.pos ?? bug("no loop");

function editReturn(r: Rewriter, stmt: ast.ReturnStmt): ast.Stmt {
  const { make } = r;
  const { pos } = stmt;
  const list: ast.Stmt[] = [];
  if (stmt.results) {
    r.sig.results.forEach((v, i) => {
      if (v.name === "" || v.name === "_") r.s.made.renamed.set(v, `#rv${i + 1}`);
    });
    const names = r.sig.results.map((v) => make.use(v, pos));
    const [only] = names;
    list.push(make.assign(names.length === 1 && only ? only : { kind: "ListExpr", pos, elems: names }, stmt.results, pos));
  }
  for (const loop of r.loops) loop.checkReturn = true;
  list.push(make.assign(nextVar(r, pos), make.int(-1, pos), pos), setState(r, innermost(r), DONE, pos), make.returns(pos, make.bool(false, pos)));
  return make.block(list, pos);
}

/** The statement that a break or continue leaves; undefined for goto. */
function branchTarget(r: Rewriter, stmt: ast.BranchStmt): ast.Stmt | undefined {
  if (stmt.tok === "goto") return undefined;
  const label = stmt.label?.value;
  const found = r.targets.findLast(({ stmt: t, label: l }) => (label === undefined ? stmt.tok === "break" || t.kind === "ForStmt" : l === label));
  return found?.stmt;
}

function editBranch(r: Rewriter, stmt: ast.BranchStmt): ast.Stmt {
  if (stmt.tok === "fallthrough") return stmt;
  const target = branchTarget(r, stmt);
  const index = r.loops.findLastIndex((loop) => loop.stmt === target);
  if (!stmt.label && index !== innermost(r)) return stmt;
  if (stmt.tok === "goto" || index < 0) return editJump(r, stmt);
  const { make } = r;
  const { pos } = stmt;
  const continues = stmt.tok === "continue";
  if (index === innermost(r)) {
    return make.block([setState(r, index, continues ? READY : DONE, pos), make.returns(pos, make.bool(continues, pos))], pos);
  }
  let exitFrom = index + 1;
  const exit = (i: number): Loop => r.loops[i] ?? bug("no such loop");
  if (continues) exit(exitFrom).checkContinue = true;
  else exit(--exitFrom).checkBreak = true;
  for (let j = exitFrom + 1; j < r.loops.length; j++) exit(j).checkBreak = true;
  return leave(r, LOOP_STEP * (index + 1) - (continues ? 1 : 0), pos);
}

/** Tells the loops outside what is wanted, and leaves the innermost one. */
function leave(r: Rewriter, next: number, pos: Pos): ast.Stmt {
  const { make } = r;
  return make.block([
    make.assign(nextVar(r, pos), make.int(next, pos), pos), setState(r, innermost(r), DONE, pos), make.returns(pos, make.bool(false, pos)),
  ], pos);
}

/** A jump to a label outside all ranges over functions, or inside one of the outer ones. */
function editJump(r: Rewriter, stmt: ast.BranchStmt): ast.Stmt {
  const label = stmt.label?.value ?? bug("a jump without a label");
  const labels = (r.labels ??= findLabels(r));
  const target = labels.loopOf.get(label);
  if (r.loops[innermost(r)]?.stmt === target) return stmt;
  const next = labels.nextOf.get(`${stmt.tok} ${label}`) ?? bug(`no label ${label}`);
  const exitFrom = r.loops.findLastIndex((loop) => loop.stmt === target) + 1;
  r.loops[exitFrom]?.checkBranches.push({ tok: stmt.tok, label });
  for (let j = exitFrom + 1; j < r.loops.length; j++) {
    const loop = r.loops[j];
    if (loop) loop.checkReturn = true;
  }
  return leave(r, next, stmt.pos);
}

function findLabels(r: Rewriter): NonNullable<Rewriter["labels"]> {
  const loopOf = new Map<string, ast.ForStmt | undefined>();
  const walk = (stmt: ast.Stmt | undefined, loop: ast.ForStmt | undefined): void => {
    switch (stmt?.kind) {
      case "LabeledStmt":
        loopOf.set(stmt.label.value, loop);
        return walk(stmt.stmt, loop);
      case "BlockStmt":
        return stmt.list.forEach((s) => walk(s, loop));
      case "IfStmt":
        walk(stmt.then, loop);
        return walk(stmt.else, loop);
      case "ForStmt":
        return walk(stmt.body, rangeOverFunc(r, stmt) ? stmt : loop);
      case "SwitchStmt": case "SelectStmt":
        return stmt.body.forEach((c) => c.body.forEach((s) => walk(s, loop)));
      default:
        return;
    }
  };
  walk(r.body, undefined);
  const nextOf = new Map<string, number>();
  let used = -1;
  for (const label of loopOf.keys()) {
    used -= 3;
    ["break", "continue", "goto"].forEach((tok, i) => nextOf.set(`${tok} ${label}`, used + i));
  }
  return { loopOf, nextOf };
}

// ---- the loop -----------------------------------------------------------------------------------------------

function endLoop(r: Rewriter, loop: Loop, clause: ast.RangeClause, body: readonly ast.Stmt[]): ast.BlockStmt {
  const { make } = r;
  const start = loop.stmt.pos;
  const end = loop.stmt.body.rbrace;
  const at = innermost(r);
  const closure = bodyFunc(r, loop, clause, body);
  const yields = make.variable(`#yield${++r.closures}`, factsOf(r.s, closure)?.type ?? bug("a body without a type"));
  const call: ast.CallExpr = { kind: "CallExpr", pos: start, fun: clause.x, args: [make.use(yields, start)], hasDots: false };
  make.typed(call, { kind: "Tuple", vars: [] });
  const missing = make.when("==", make.use(loop.state, end), make.int(PANIC, end), [panicState(r, make.int(MISSING_PANIC, end), end)], end);
  const list: ast.Stmt[] = [
    make.declare(loop.state, start, make.int(READY, start)),
    make.declare(yields, start, closure),
    { kind: "ExprStmt", pos: start, x: call },
    missing,
    setState(r, at, EXHAUSTED, end),
    ...checks(r, loop, end),
  ];
  if (r.loops.length === 1) {
    list.unshift(...r.decls.map(({ v, value }) => make.declare(v, start, value)));
    r.decls = [];
    r.next = undefined;
    r.defers = undefined;
  }
  return make.block(list, start, end);
}

function panicState(r: Rewriter, state: ast.Expr, pos: Pos): ast.Stmt {
  const sig = plainSignature([r.make.variable("state", basic.int)], []);
  return { kind: "ExprStmt", pos, x: r.make.helper("panicrangestate", sig, [state], pos) };
}

/** The function that stands for the loop's body. */
function bodyFunc(r: Rewriter, loop: Loop, clause: ast.RangeClause, body: readonly ast.Stmt[]): ast.FuncLit {
  const { make } = r;
  const start = loop.stmt.pos;
  const end = loop.stmt.body.rbrace;
  const at = innermost(r);
  const { params, copies } = bodyParams(r, clause, start);
  const before = make.variable("#tmpState", basic.int);
  const list: ast.Stmt[] = [
    ...copies,
    make.declare(before, noPos, make.use(loop.state, noPos)),
    setState(r, at, PANIC, start),
    make.when("!=", make.use(before, start), make.int(READY, start), [panicState(r, make.use(before, start), start)], start),
    ...body,
    setState(r, at, READY, end),
    make.returns(end, make.bool(true, noPos)),
  ];
  const literal: ast.FuncLit = { kind: "FuncLit", pos: start, type: { kind: "FuncType", pos: start, params: [], results: [] }, body: make.block(list, start, end) };
  r.s.made.rangeBodies.add(literal);
  return make.typed(literal, plainSignature(params, [make.variable("#r", basic.bool, start)]));
}

/** The parameters of the body: the loop's own variables, or ones that are assigned to them. */
function bodyParams(r: Rewriter, clause: ast.RangeClause, start: Pos): { readonly params: Var[]; readonly copies: ast.Stmt[] } {
  const fun = coreType(factsOf(r.s, clause.x)?.type ?? basic.int);
  const yields = fun?.kind === "Signature" ? coreType(fun.params[0]?.type ?? basic.int) : undefined;
  if (yields?.kind !== "Signature") return bug("a range over something that takes no function");
  const lhs = unpack(clause.lhs);
  const copies: ast.Stmt[] = [];
  const params = yields.params.map((p, i) => {
    const x = lhs[i];
    const own = x?.kind === "Name" && clause.def ? defOf(r.s, x) : undefined;
    if (own?.kind === "Var") return own;
    const v = r.make.variable(clause.def && x?.kind === "Name" ? x.value : `#p${i + 1}`, p.type ?? basic.int, start);
    if (x && !clause.def) copies.push(r.make.assign(x, r.make.use(v, x.pos), x.pos));
    return v;
  });
  return { params, copies };
}

/** What the function around the loop does after the call, by `#next`. */
function checks(r: Rewriter, loop: Loop, pos: Pos): ast.Stmt[] {
  const { make } = r;
  const list: ast.Stmt[] = [];
  const clear = (): ast.Stmt => make.assign(nextVar(r, pos), make.int(0, pos), pos);
  const when = (op: "==" | "<" | ">", n: number, ...then: ast.Stmt[]): void => void list.push(make.when(op, nextVar(r, pos), make.int(n, pos), then, pos));
  const done = new Set<string>();
  for (const { tok, label } of loop.checkBranches) {
    const key = `${tok} ${label}`;
    if (done.has(key)) continue;
    done.add(key);
    when("==", r.labels?.nextOf.get(key) ?? bug(`no label ${label}`), clear(), { kind: "BranchStmt", pos, tok, label: { kind: "Name", pos, value: label } });
  }
  const outer = loop.depth - 2;
  if (outer < 0) {
    if (loop.checkReturn) when("==", -1, make.returns(pos));
    return list;
  }
  const back = (state: number, value: boolean): ast.Stmt[] => [setState(r, outer, state, pos), make.returns(pos, make.bool(value, pos))];
  const step = LOOP_STEP * (loop.depth - 1);
  if (loop.checkReturn) when("<", 0, ...back(DONE, false));
  when(">", step, panicState(r, make.int(DONE, pos), pos));
  if (loop.checkContinue) when("==", step - 1, clear(), ...back(READY, true));
  if (loop.checkBreak) when("==", step, clear(), ...back(DONE, false));
  if (loop.checkContinue || loop.checkBreak) when(">", 0, ...back(DONE, false));
  return list;
}
