/**
 * Statements with bodies: if, for, range, switch, select.
 *
 * A condition that is constant keeps only the live branch. Go: cmd/compile/internal/noder (ifStmt, forStmt, switchStmt,
 * selectStmt), typecheck/stmt.go (tcSelect).
 */
import { bug } from "../../../base/bug.ts";
import type { Pos } from "../../../base/source.ts";
import type * as ast from "../../syntax/ast.ts";
import { basic, coreType, emptyInterface, isInterface, runeType, type Type, under } from "../../types/index.ts";
import type { AssignListStmt, CaseClause, CommClause, Expr, IfStmt, RangeStmt, SelectStmt, Stmt, SwitchStmt, TypeSwitchGuard } from "../node.ts";
import { xpos } from "../positions.ts";
import type { FuncState } from "./context.ts";
import { assignable } from "./convert.ts";
import { noteAssertion, noteConversion, noteType, typeWord } from "./dictionary.ts";
import { hasShape } from "./shape.ts";
import { assign, declare, newTemp, nil, typeNode } from "./make.ts";
import { declareLocal, meetType } from "./names.ts";
import { factsOf, isNil, recorded, typeOf, unpack } from "./query.ts";
import { constantSwitch, staticBool } from "./static.ts";
import { block, define, single, type Target, target } from "./target.ts";

const labelled = (label: string | undefined): { label?: string } => (label === undefined ? {} : { label });

/** `if`; with a constant condition what is left of it, or nothing. */
export function ifStmt(f: FuncState, stmt: ast.IfStmt): Stmt | undefined {
  const pos = xpos(stmt.pos);
  const { value, rest } = staticBool(f.b.state, stmt.cond);
  const init = single(f, stmt.init);
  const cond = f.b.expr(f, rest);
  const body = value === false ? [] : f.b.stmts(f, stmt.then.list);
  const otherwise = value === true ? [] : single(f, stmt.else);
  if (value === undefined) return { kind: "IF", pos, init, cond, body, else: otherwise } satisfies IfStmt;
  if (cond.kind !== "LITERAL") init.push(assign(pos, f.b.state.blank, cond));
  return block([...init, ...body, ...otherwise]);
}

/** `for`, with a condition or over a range. */
export function forStmt(f: FuncState, stmt: ast.ForStmt, label: string | undefined): Stmt | undefined {
  if (stmt.init?.kind === "RangeClause") return rangeStmt(f, stmt, stmt.init, label);
  const pos = xpos(stmt.pos);
  const fixed = stmt.cond ? staticBool(f.b.state, stmt.cond) : undefined;
  const init = block(single(f, stmt.init));
  const cond = fixed && f.b.expr(f, fixed.rest);
  const post = fixed?.value === false ? undefined : block(single(f, stmt.post));
  const body = fixed?.value === false ? [] : f.b.stmts(f, stmt.body.list);
  if (cond?.kind === "LITERAL" && fixed?.value === false) return init;
  return {
    kind: "FOR", pos, init: init ? [init] : [], ...labelled(label), ...(cond ? { cond } : {}), ...(post ? { post } : {}), body,
    distinctVars: perIteration(f, stmt.pos),
  };
}

/** Whether loop variables are new in each iteration: since Go 1.22, unless the file asks for an older language. */
function perIteration(f: FuncState, at: Pos): boolean {
  const { checked } = f.b.state;
  const version = checked.files.find((file) => file.source === checked.sources.file(at))?.goVersion;
  const minor = version === undefined ? 22 : Number(version.split(".")[1] ?? "22");
  return minor >= 22;
}

function rangeStmt(f: FuncState, stmt: ast.ForStmt, clause: ast.RangeClause, label: string | undefined): RangeStmt {
  const pos = xpos(clause.pos);
  const targets = unpack(clause.lhs).map((x) => target(f, x));
  const [key, value] = targets;
  const x = f.b.expr(f, clause.x);
  if (f.dict?.recording) noteRange(f, typeOf(f, clause.x), targets);
  const range: RangeStmt = {
    kind: "RANGE", pos, init: [], ...labelled(label), x, ...(key ? { key: key.x } : {}), ...(value ? { value: value.x } : {}), body: [], def: false,
    distinctVars: perIteration(f, stmt.pos),
  };
  range.def = define(range, targets);
  range.body = f.b.stmts(f, stmt.body.list);
  return range;
}

/** What a range asks a dictionary for: the type of a map, and the conversions of what it yields, even to the same type. */
function noteRange(f: FuncState, type: Type, targets: readonly Target[]): void {
  const core = coreType(type);
  const own = core?.kind === "Pointer" ? coreType(core.elem) : core;
  if (own?.kind === "Map") noteType(f, type);
  const yields = ranged(own, type);
  targets.forEach(({ x }, i) => {
    const from = yields[i];
    if (from && x !== f.b.state.blank) noteConversion(f, from, x.type);
  });
}

/** Types of key and value. */
function ranged(core: Type | undefined, type: Type): readonly Type[] {
  switch (core?.kind) {
    case "Map": return [core.key, core.elem];
    case "Chan": return [core.elem];
    case "Slice": case "Array": return [basic.int, core.elem];
    case "Basic": return core.basic === "string" ? [basic.int, runeType] : [type];
    default: return [];
  }
}

// ---- switch -------------------------------------------------------------------------------------------------

/** `switch` over values or types. */
export function switchStmt(f: FuncState, stmt: ast.SwitchStmt, label: string | undefined): SwitchStmt {
  const pos = xpos(stmt.pos);
  const init = single(f, stmt.init);
  const first = block(init);
  const sw: SwitchStmt = { kind: "SWITCH", pos, init: first ? [first] : [], ...labelled(label), cases: [] };
  if (stmt.tag?.kind === "TypeSwitchGuard") typeSwitch(f, stmt, stmt.tag, sw);
  else valueSwitch(f, stmt, sw);
  return sw;
}

function valueSwitch(f: FuncState, stmt: ast.SwitchStmt, sw: SwitchStmt): void {
  const fixed = constantSwitch(f.b.state, stmt);
  const tag = fixed ? undefined : stmt.tag;
  const clauses = fixed ? (fixed.clause ? [fixed.clause] : []) : stmt.body;
  const cases = (clause: ast.CaseClause): readonly ast.Expr[] => (fixed ? [] : unpack(clause.cases));
  const type = caseType(f, tag, clauses.flatMap(cases));
  if (tag) sw.tag = f.b.convert(f, type, tag);
  for (const clause of clauses) {
    const list = cases(clause).map((x) => f.b.convert(f, type, x));
    sw.cases.push({ kind: "CASE", pos: xpos(clause.pos), init: [], list, body: f.b.stmts(f, clause.body) });
  }
}

/** The type in which tag and cases are compared; absent for channels, whose directions may differ. */
function caseType(f: FuncState, tag: ast.Expr | undefined, cases: readonly ast.Expr[]): Type | undefined {
  const type = tag ? typeOf(f, tag) : basic.bool;
  if (under(type).kind === "Chan") return undefined;
  const mixed = cases.some((x) => {
    if (isNil(f.b.state, x)) return false;
    const t = typeOf(f, x);
    return !assignable(t, type) && (isInterface(t) || isInterface(type));
  });
  return mixed ? emptyInterface : type;
}

function typeSwitch(f: FuncState, stmt: ast.SwitchStmt, guard: ast.TypeSwitchGuard, sw: SwitchStmt): void {
  const x = f.b.expr(f, guard.x);
  const from = typeOf(f, guard.x);
  const tag: TypeSwitchGuard = { kind: "TYPESW", pos: xpos(guard.pos), init: [], x, used: guard.lhs !== undefined, ...(guard.lhs ? { tag: guard.lhs.value } : {}) };
  sw.tag = tag;
  for (const clause of stmt.body) {
    const list = unpack(clause.cases).map((c) => caseTypeNode(f, c, from));
    const c: CaseClause = { kind: "CASE", pos: xpos(clause.pos), init: [], list, body: [] };
    const obj = f.b.state.made.implicits.get(clause) ?? recorded(f.b.state, (info) => info.implicits.get(clause));
    if (obj?.kind === "Var") {
      const last = unpack(clause.cases).at(-1);
      c.var = declareLocal(f, obj, last ? typeEnd(last) : clause.pos);
      c.var.defn = tag;
    }
    c.body = f.b.stmts(f, clause.body);
    sw.cases.push(c);
  }
}

function caseTypeNode(f: FuncState, x: ast.Expr, from: Type): Expr {
  if (isNil(f.b.state, x)) return nil(xpos(x.pos), factsOf(f.b.state, x)?.type ?? basic["untyped nil"]);
  const type = typeOf(f, x);
  meetType(f.b, type);
  noteAssertion(f, type, from);
  const pos = xpos(x.pos);
  return hasShape(type) ? { kind: "DYNAMICTYPE", pos, init: [], type, rtype: typeWord(f, pos, type) } : typeNode(pos, type);
}

/** Where the last part of a type begins: the position of a type switch's variable in that clause. */
function typeEnd(x: ast.Expr): Pos {
  switch (x.kind) {
    case "SelectorExpr": return x.x.pos;
    case "ParenExpr": case "Operation": return typeEnd(x.x);
    case "ArrayType": case "ChanType": case "DotsType": case "SliceType": return typeEnd(x.elem);
    case "MapType": return typeEnd(x.value);
    case "InterfaceType": return lastField(x.methods) ?? x.pos;
    case "FuncType": return lastField(x.results) ?? lastField(x.params) ?? x.pos;
    case "IndexExpr": return typeEnd(unpack(x.index).at(-1) ?? x.index);
    default: return x.pos;
  }
}

function lastField(fields: readonly ast.Field[]): Pos | undefined {
  const last = fields.at(-1);
  return last && typeEnd(last.type);
}

// ---- select -------------------------------------------------------------------------------------------------

/** `select`. */
export function selectStmt(f: FuncState, stmt: ast.SelectStmt, label: string | undefined): SelectStmt {
  return { kind: "SELECT", pos: xpos(stmt.pos), init: [], ...labelled(label), cases: stmt.body.map((clause) => commClause(f, clause)) };
}

function commClause(f: FuncState, clause: ast.CommClause): CommClause {
  const pos = xpos(clause.pos);
  const before: Stmt[] = [];
  const built = block(single(f, clause.comm));
  const body = f.b.stmts(f, clause.body);
  const comm = built && communication(f, pos, built, before);
  return { kind: "COMM", pos, init: [], ...(comm ? { comm } : {}), body: [...before, ...body] };
}

/** The send or receive itself; assignments that need conversions go to the front of the clause's body. */
function communication(f: FuncState, pos: CommClause["pos"], comm: Stmt, before: Stmt[]): Stmt {
  switch (comm.kind) {
    case "RECV":
      return received(comm.pos, [f.b.state.blank, f.b.state.blank], comm, false, []);
    case "AS":
      return receiveOne(f, pos, comm, before);
    case "AS2": {
      const [carrier] = comm.rhs;
      const [recv] = carrier?.init ?? [];
      if (!carrier || carrier.kind === "NAME" || recv?.kind !== "AS2RECV") return bug("a select clause that receives nothing");
      carrier.init = [];
      before.push(comm);
      recv.kind = "SELRECV2";
      return recv;
    }
    default:
      return comm;
  }
}

function receiveOne(f: FuncState, pos: CommClause["pos"], comm: Stmt & { kind: "AS" }, before: Stmt[]): Stmt {
  const blank = f.b.state.blank;
  const value = comm.y ?? bug("a select clause that receives nothing");
  if (!comm.def && value.kind === "CONVIFACE" && value.implicit) {
    const recv = value.x;
    const temp = newTemp(f.fn, pos, recv.type);
    value.x = temp;
    before.push(comm);
    return received(pos, [temp, blank], recv, true, [declare(pos, temp)]);
  }
  const recv = (value.kind === "CONVNOP" || value.kind === "CONVIFACE") && value.implicit ? value.x : value;
  return received(comm.pos, [comm.x, blank], recv, comm.def, comm.init);
}

function received(pos: CommClause["pos"], lhs: [Expr, Expr], recv: Expr, def: boolean, init: Stmt[]): AssignListStmt {
  return { kind: "SELRECV2", pos, init, lhs, rhs: [recv], def };
}
