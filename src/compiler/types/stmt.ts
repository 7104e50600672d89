/** Statements and function bodies. Go: types2/stmt.go. */
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { assignVar, assignVars, initVars, shortVarDecl } from "./assign.ts";
import { assignment } from "./assignable.ts";
import { binary, channelElem } from "./binary.ts";
import { type Checker, type DeclInfo, environment } from "./checker.ts";
import { declStmt } from "./decl.ts";
import { error, report } from "./errors.ts";
import { expr, use } from "./evaluate.ts";
import * as messages from "./messages.ts";
import { newOperand } from "./operand.ts";
import { allBoolean, allNumeric } from "./predicates.ts";
import { unpackList, unparen } from "./positions.ts";
import { rangeStmt } from "./range.ts";
import { isTerminatingList } from "./returns.ts";
import { stmtList } from "./stmtlist.ts";
import { multipleDefaults, switchStmt, typeSwitchStmt } from "./switch.ts";
import type { Scope, SignatureType, Var } from "./type.ts";

/** Checks the body of a function. */
export function funcBody(
  c: Checker, decl: DeclInfo | undefined, sig: SignatureType, scope: Scope, body: ast.BlockStmt, iota: Value | undefined,
): void {
  const saved = c.env;
  c.env = { ...environment(scope, saved.version), decl, iota, sig };
  stmtList(c, body.list);
  if (sig.results.length > 0 && !isTerminatingList(body.list, c.env.panics)) error(c, body.rbrace, messages.missingReturn());
  if (!c.mode.cell) reportUnused(c, scope);
  c.env = saved;
}

/** Reports variables that nothing uses, those of inner blocks after those of outer ones. */
function reportUnused(c: Checker, scope: Scope): void {
  const unused: Var[] = [];
  for (const obj of scope.names.values()) if (obj.kind === "Var" && obj.role === "local" && !obj.used) unused.push(obj);
  unused.sort((a, b) => a.pos - b.pos);
  for (const v of unused) error(c, v.pos, messages.declaredAndNotUsed(v.name));
  // The bodies of function literals are checked, and reported, by themselves.
  for (const child of scope.children) if (!child.isFunc) reportUnused(c, child);
}

/** Checks one statement, and what it put off: the bodies of its function literals. */
export function stmt(c: Checker, s: ast.Stmt): void {
  const top = c.delayed;
  checkStmt(c, s);
  c.processDelayed(top);
}

function checkStmt(c: Checker, s: ast.Stmt): void {
  switch (s.kind) {
    // Branches are checked, all of a function together, by branches.ts.
    case "EmptyStmt":
    case "RangeClause":
    case "BranchStmt":
      return;
    case "DeclStmt":
      return declStmt(c, s.decls);
    case "LabeledStmt":
      return c.stmt(s.stmt);
    case "ExprStmt":
      return exprStmt(c, s);
    case "SendStmt":
      return sendStmt(c, s);
    case "AssignStmt":
      return assignStmt(c, s);
    case "CallStmt":
      return callStmt(c, s);
    case "ReturnStmt":
      return returnStmt(c, s);
    case "BlockStmt":
      c.openScope(s);
      stmtList(c, s.list);
      return c.closeScope();
    case "IfStmt":
      return ifStmt(c, s);
    case "SwitchStmt":
      c.openScope(s);
      if (s.init) c.stmt(s.init);
      if (s.tag?.kind === "TypeSwitchGuard") typeSwitchStmt(c, s, s.tag);
      else switchStmt(c, s);
      return c.closeScope();
    case "SelectStmt":
      return selectStmt(c, s);
    case "ForStmt":
      return forStmt(c, s);
  }
}

function exprStmt(c: Checker, s: ast.ExprStmt): void {
  const x = newOperand();
  const kind = c.rawExpr(undefined, x, s.x, undefined, false);
  if (x.mode === "builtin") error(c, x, messages.mustBeCalled(x));
  else if (x.mode === "type") error(c, x, messages.notAnExpression(x));
  else if (kind !== "statement" && !c.isResult(s)) error(c, x, messages.isNotUsed(x));
}

function sendStmt(c: Checker, s: ast.SendStmt): void {
  const channel = newOperand();
  const value = newOperand();
  expr(c, channel, s.chan);
  expr(c, value, s.value);
  if (channel.mode === "invalid" || value.mode === "invalid") return;
  const elem = channelElem(c, s, channel, false);
  if (elem) assignment(c, value, elem, "send");
}

function assignStmt(c: Checker, s: ast.AssignStmt): void {
  if (!s.rhs) {
    // x++ or x--
    const x = newOperand();
    expr(c, x, s.lhs);
    if (x.mode === "invalid") return;
    if (!allNumeric(x.type)) {
      error(c, s.lhs, messages.nonNumericIncDec(s.lhs, s.op ?? "+", x.type));
      return;
    }
    assignVar(c, s.lhs, undefined, x, "assignment");
    return;
  }
  const lhs = unpackList(s.lhs);
  const rhs = unpackList(s.rhs);
  if (s.def) return shortVarDecl(c, s.pos, lhs, rhs);
  if (!s.op) return assignVars(c, lhs, rhs);
  const [left] = lhs;
  const [right] = rhs;
  if (!left || !right || lhs.length !== 1 || rhs.length !== 1) {
    error(c, s, messages.singleValuedAssignOp(s.op));
    return;
  }
  const x = newOperand();
  binary(c, x, { left, right, op: s.op });
  assignVar(c, left, undefined, x, "assignment");
}

/** `go f()` and `defer f()`. */
function callStmt(c: Checker, s: ast.CallStmt): void {
  if (s.call.kind !== "CallExpr") {
    error(c, s.call, messages.mustBeFunctionCall(s.tok));
    use(c, s.call);
    return;
  }
  const x = newOperand();
  const kind = c.rawExpr(undefined, x, s.call, undefined, false);
  if (kind === "conversion") error(c, x, messages.requiresCall(s.tok, x));
  else if (kind === "expression") error(c, x, messages.discardsResult(s.tok, x));
}

function returnStmt(c: Checker, s: ast.ReturnStmt): void {
  const results = c.env.sig?.results ?? [];
  const values = unpackList(s.results);
  if (values.length > 0 || results.length === 0 || results[0]?.name === "") {
    // A bare return of a function without results is right; a value there is one too many.
    if (results.length > 0 || values.length > 0) initVars(c, results, values, s);
    return;
  }
  for (const r of results) {
    const other = c.lookup(r.name);
    if (!other || other === r) continue;
    report(c, [{ at: s, message: messages.resultNotInScope(r.name) }, { at: other, message: messages.innerDeclaration(r) }]);
  }
}

function ifStmt(c: Checker, s: ast.IfStmt): void {
  c.openScope(s);
  if (s.init) c.stmt(s.init);
  condition(c, s.cond, "if");
  c.stmt(s.then);
  if (s.else) c.stmt(s.else);
  c.closeScope();
}

function condition(c: Checker, e: ast.Expr, what: "if" | "for"): void {
  const x = newOperand();
  expr(c, x, e);
  if (x.mode !== "invalid" && !allBoolean(x.type)) error(c, e, messages.nonBooleanCondition(what));
}

function forStmt(c: Checker, s: ast.ForStmt): void {
  if (s.init?.kind === "RangeClause") return rangeStmt(c, s, s.init);
  c.openScope(s);
  if (s.init) c.stmt(s.init);
  if (s.cond) condition(c, s.cond, "for");
  if (s.post) {
    c.stmt(s.post);
    // The parser reports a declaration here; its variables are used.
    if (s.post.kind === "AssignStmt" && s.post.def) use(c, s.post.lhs);
  }
  c.stmt(s.body);
  c.closeScope();
}

function selectStmt(c: Checker, s: ast.SelectStmt): void {
  multipleDefaults(c, s.body.filter((clause) => !clause.comm));
  for (const clause of s.body) {
    if (clause.comm && !isCommunication(clause.comm)) {
      error(c, clause.comm, messages.selectCase());
      continue;
    }
    c.openScope(clause);
    if (clause.comm) c.stmt(clause.comm);
    stmtList(c, clause.body);
    c.closeScope();
  }
}

function isCommunication(s: ast.SimpleStmt): boolean {
  if (s.kind === "SendStmt") return true;
  let e: ast.Expr | undefined;
  if (s.kind === "AssignStmt") e = s.rhs;
  else if (s.kind === "ExprStmt") e = s.x;
  const x = e && unparen(e);
  return x?.kind === "Operation" && x.op === "<-" && !x.y;
}
