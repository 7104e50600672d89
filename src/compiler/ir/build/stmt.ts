/**
 * Statements: declarations, assignments, jumps, calls. Loops, conditions, switches and selects stand in control.ts.
 *
 * What follows a statement that ends the function is not built unless a label comes later.
 * Go: cmd/compile/internal/noder (writer.go stmts, reader.go stmt1), typecheck/stmt.go.
 */
import { bug } from "../../../base/bug.ts";
import type { Pos } from "../../../base/source.ts";
import { makeInt64 } from "../../constant/index.ts";
import type * as ast from "../../syntax/ast.ts";
import { type Type, under } from "../../types/index.ts";
import type { AssignListStmt, Stmt } from "../node.ts";
import { xpos } from "../positions.ts";
import type { FuncState } from "./context.ts";
import { forStmt, ifStmt, selectStmt, switchStmt } from "./control.ts";
import { BINARY } from "./expr.ts";
import { goDefer } from "./godefer.ts";
import { assign, declare, fixValue, literal } from "./make.ts";
import { substituted, typeOf, unpack } from "./query.ts";
import { terminates } from "./static.ts";
import { define, type Target, target } from "./target.ts";

/** The statements of a list, dead ones left out. */
export function buildStmts(f: FuncState, list: readonly ast.Stmt[]): Stmt[] {
  const out: Stmt[] = [];
  const lastLabel = list.findLastIndex((stmt) => stmt.kind === "LabeledStmt");
  let dead = false;
  list.forEach((stmt, i) => {
    if (dead && i > lastLabel) return;
    buildStmt(f, stmt, out);
    dead = terminates(f.b.state, stmt);
  });
  return out;
}

function buildStmt(f: FuncState, stmt: ast.Stmt, out: Stmt[]): void {
  const pos = xpos(stmt.pos);
  const push = (s: Stmt | undefined): void => void (s && out.push(s));
  switch (stmt.kind) {
    case "EmptyStmt": case "RangeClause":
      return;
    case "AssignStmt":
      return push(assignStmt(f, stmt));
    case "BlockStmt":
      out.push(...f.b.stmts(f, stmt.list));
      return;
    case "BranchStmt":
      return push(branch(stmt));
    case "CallStmt":
      return push(callStmt(f, stmt));
    case "DeclStmt":
      for (const decl of stmt.decls) if (decl.kind === "VarDecl") varDecl(f, decl, out);
      return;
    case "ExprStmt":
      return push(f.b.expr(f, stmt.x));
    case "ForStmt":
      return push(forStmt(f, stmt, labelBefore(out)));
    case "IfStmt":
      return push(ifStmt(f, stmt));
    case "LabeledStmt":
      out.push({ kind: "LABEL", pos, init: [], label: stmt.label.value });
      return buildStmt(f, stmt.stmt, out);
    case "ReturnStmt": {
      const results = f.sig.results;
      const values = f.b.multi(f, stmt.pos, (i) => resultType(f, results[i]?.type), unpack(stmt.results));
      return push({ kind: "RETURN", pos, init: [], results: values });
    }
    case "SelectStmt":
      return push(selectStmt(f, stmt, labelBefore(out)));
    case "SendStmt": {
      const chan = f.b.expr(f, stmt.chan);
      const t = under(chan.type);
      return push({ kind: "SEND", pos, init: [], chan, value: f.b.convert(f, t.kind === "Chan" ? t.elem : undefined, stmt.value) });
    }
    case "SwitchStmt":
      return push(switchStmt(f, stmt, labelBefore(out)));
  }
}

function callStmt(f: FuncState, stmt: ast.CallStmt): Stmt {
  const call = f.b.expr(f, stmt.call);
  const at = f.b.state.made.deferAt.get(stmt);
  const built = goDefer(f, xpos(stmt.pos), stmt.tok === "go" ? "GO" : "DEFER", call);
  if (at) built.deferAt = f.b.expr(f, at);
  return built;
}

const resultType = (f: FuncState, t: Type | undefined): Type | undefined => t && substituted(f, t);

/** The label that stands directly before the next statement. */
function labelBefore(out: readonly Stmt[]): string | undefined {
  const last = out.at(-1);
  return last?.kind === "LABEL" ? last.label : undefined;
}

function branch(stmt: ast.BranchStmt): Stmt {
  const kinds = { break: "BREAK", continue: "CONTINUE", goto: "GOTO", fallthrough: "FALL" } as const;
  return { kind: kinds[stmt.tok], pos: xpos(stmt.pos), init: [], ...(stmt.label ? { label: stmt.label.value } : {}) };
}

// ---- assignments --------------------------------------------------------------------------------------------

function assignStmt(f: FuncState, stmt: ast.AssignStmt): Stmt {
  const pos = xpos(stmt.pos);
  if (stmt.incDec || stmt.op) {
    const op = BINARY[stmt.op ?? "+"] ?? bug(`no operation ${stmt.op ?? ""}`);
    const x = f.b.expr(f, stmt.lhs);
    if (stmt.incDec) return { kind: "ASOP", pos, init: [], x, y: literal(pos, x.type, fixValue(x.type, makeInt64(1))), op, incDec: true };
    const right = stmt.rhs ?? bug("an assignment without right side");
    const y = f.b.convert(f, op === "LSH" || op === "RSH" ? undefined : typeOf(f, stmt.lhs), right);
    return { kind: "ASOP", pos, init: [], x, y, op, incDec: false };
  }
  return assignment(f, stmt.pos, unpack(stmt.lhs), unpack(stmt.rhs));
}

/** `lhs = rhs`, or the declaration of variables with values. */
function assignment(f: FuncState, pos0: Pos, lhs: readonly ast.Expr[], rhs: readonly ast.Expr[]): Stmt {
  const pos = xpos(pos0);
  const targets = lhs.map((x) => target(f, x));
  const values = f.b.multi(f, pos0, (i) => targetType(targets[i]), rhs);
  const [x] = targets;
  const [y] = values;
  if (x && y && targets.length === 1 && values.length === 1) {
    const as = assign(pos, x.x, y);
    as.def = define(as, targets);
    return as;
  }
  const as: AssignListStmt = { kind: "AS2", pos, init: [], lhs: targets.map((t) => t.x), rhs: values, def: false };
  as.def = define(as, targets);
  return as;
}

/** The type that a value assigned to `t` gets; the blank identifier takes any. */
function targetType(t: Target | undefined): Type | undefined {
  return !t || (t.x.kind === "NAME" && t.x.sym === "_") ? undefined : t.x.type;
}

function varDecl(f: FuncState, decl: ast.VarDecl, out: Stmt[]): void {
  if (decl.values) {
    out.push(assignment(f, decl.pos, decl.names, unpack(decl.values)));
    return;
  }
  const pos = xpos(decl.pos);
  for (const { declared } of decl.names.map((name) => target(f, name))) {
    if (!declared) continue;
    const as = assign(pos, declared, undefined);
    as.init.push(declare(pos, declared));
    out.push(as);
  }
}
