/**
 * Actions of the statement rules. (How actions are called: actions-expr.ts.)
 *
 * Go: cmd/compile/internal/syntax/parser.go (statements; header).
 */
import type {
  BlockStmt, BranchStmt, CallStmt, CaseClause, CommClause, Decl, DeclStmt, Expr, ForStmt, IfStmt, LabeledStmt, Operator, RangeClause,
  ReturnStmt, SelectStmt, SimpleStmt, Stmt, SwitchStmt,
} from "./ast.ts";
import { listExpr } from "./actions-expr.ts";
import { exprString, stmtString } from "./print.ts";
import { semicolonName } from "./recovery.ts";
import { type Header, unparen } from "./shapes.ts";
import { type Mutable, nameAt, posOf, type State, type Token } from "./state.ts";
import { spelling, token } from "./tokens.ts";

/** What follows the first expression of a simple statement. */
type Tail =
  | { readonly kind: "assign"; readonly at: Token; readonly rhs: Expr | RangeClause }
  | { readonly kind: "op"; readonly at: Token; readonly rhs: Expr | undefined }
  | { readonly kind: "send"; readonly at: Token; readonly value: Expr }
  | { readonly kind: "list"; readonly more: Expr; readonly assign: Extract<Tail, { kind: "assign" }> | undefined };

/** `; cond` of a header, or `; cond; post`. */
interface HeaderRest {
  /** The first semicolon; inverted where it is missing. */
  readonly semi: Token;
  readonly cond: SimpleStmt | undefined;
  readonly post?: SimpleStmt | undefined;
}

function simple(s: State, _at: Token, first: Expr, tail: Tail | undefined): SimpleStmt {
  if (!tail) return { kind: "ExprStmt", pos: first.pos, x: first };
  switch (tail.kind) {
    case "assign":
      return assign(s, first, tail);
    case "list":
      if (!tail.assign) return { kind: "ExprStmt", pos: first.pos, x: first };
      return assign(s, listExpr(first, tail.more.kind === "ListExpr" ? tail.more.elems : [tail.more]), tail.assign);
    case "send":
      return { kind: "SendStmt", pos: posOf(s, tail.at), chan: first, value: tail.value };
    case "op": {
      const text = spelling(s.tokens.kinds[tail.at] ?? 0);
      const base = { kind: "AssignStmt" as const, pos: posOf(s, tail.at), op: text.slice(0, -1) as Operator, def: false };
      return tail.rhs ? { ...base, incDec: false, lhs: first, rhs: tail.rhs } : { ...base, incDec: true, lhs: first };
    }
  }
}

function assign(s: State, lhs: Expr, { at, rhs }: Extract<Tail, { kind: "assign" }>): SimpleStmt {
  const def = s.tokens.kinds[at] === token(":=");
  if (rhs.kind === "RangeClause") return { ...rhs, lhs, def };
  return { kind: "AssignStmt", pos: posOf(s, at), def, incDec: false, lhs, rhs };
}

const assignTail = (_s: State, _at: Token, at: Token, rhs: Expr | RangeClause): Tail => ({ kind: "assign", at, rhs });
const opTail = (_s: State, _at: Token, at: Token, rhs: Expr): Tail => ({ kind: "op", at, rhs });
const sendTail = (_s: State, _at: Token, at: Token, value: Expr): Tail => ({ kind: "send", at, value });

function listTail(_s: State, _at: Token, _comma: Token, more: Expr, tail: Tail | undefined): Tail {
  return { kind: "list", more, assign: tail?.kind === "assign" ? tail : undefined };
}

function block(s: State, at: Token, _open: Token, list: readonly Stmt[] | undefined, close: Token | undefined): BlockStmt {
  const end = close ?? s.recovery.registers.at - 1;
  return { kind: "BlockStmt", pos: posOf(s, at), list: list ?? [], rbrace: posOf(s, end) };
}

// ---- headers

const headerRest = (_s: State, _at: Token, semi: Token, cond: SimpleStmt | undefined): HeaderRest => ({ semi, cond });

/** Tells initialisation from condition; `x, ok := m[k]` alone is a condition that can't be used as one. */
function header(s: State, keyword: "if" | "switch" | "for", first: SimpleStmt | undefined, rest: HeaderRest | undefined): Header {
  const init = keyword === "switch" ? guarded(first) : first;
  if (first?.kind === "RangeClause") return { init: first, cond: undefined, post: undefined };
  const condition = rest ? rest.cond : init;
  const cond = condition && keyword === "switch" ? guarded(condition) : condition;
  const kept = rest ? init : undefined;
  return { init: kept, cond: conditionOf(s, keyword, cond, rest), post: rest?.post };
}

function conditionOf(s: State, keyword: string, cond: SimpleStmt | undefined, rest: HeaderRest | undefined): Expr | undefined {
  if (!cond) {
    if (keyword !== "if" || !rest || rest.semi < 0) return undefined;
    const semi = semicolonName(s.tokens, rest.semi);
    const words = semi === "semicolon" ? "missing condition in if statement" : `unexpected ${semi}, expected { after if clause`;
    s.recovery.sayAt(s.recovery.offset(rest.semi), words);
    return { kind: "BadExpr", pos: posOf(s, rest.semi) };
  }
  if (cond.kind === "ExprStmt") return cond.x;
  const plain = cond.kind === "AssignStmt" && !cond.def && cond.op === undefined && cond.rhs;
  const text = plain ? `assignment ${emphasized(cond.lhs)} = ${emphasized(plain)}` : stmtString(cond);
  s.recovery.sayAt(cond.pos - s.base, `cannot use ${text} as value`);
  return undefined;
}

/** A binary expression in parentheses, so that `=` between two of them is seen. */
function emphasized(x: Expr): string {
  return x.kind === "Operation" && x.y ? `(${exprString(x)})` : exprString(x);
}

/** `x := y.(type)` of a switch is one guard. */
function guarded(stmt: SimpleStmt | undefined): SimpleStmt | undefined {
  if (stmt?.kind !== "AssignStmt" || !stmt.def || stmt.lhs.kind !== "Name" || stmt.rhs?.kind !== "TypeSwitchGuard") return stmt;
  return { kind: "ExprStmt", pos: stmt.rhs.pos, x: { ...stmt.rhs, lhs: stmt.lhs } };
}

export const statementActions = {
  Block: block,
  IfBlock: block,
  ForBlock: block,
  StatementList: (_s: State, _at: Token, list: readonly Stmt[]): readonly Stmt[] => list,
  EmptyStatement: (s: State, at: Token): Stmt => ({ kind: "EmptyStmt", pos: posOf(s, at) }),
  LabeledStmt: labeled,
  DeclStmt: (s: State, at: Token, decls: readonly Decl[]): DeclStmt => ({ kind: "DeclStmt", pos: posOf(s, at), decls }),
  ReturnStmt(s: State, at: Token, _keyword: Token, results: Expr | undefined): ReturnStmt {
    const pos = posOf(s, at);
    return results ? { kind: "ReturnStmt", pos, results } : { kind: "ReturnStmt", pos };
  },
  GoStmt(s: State, at: Token, keyword: Token, x: Expr): CallStmt {
    const tok = spelling(s.tokens.kinds[keyword] ?? 0) as "go" | "defer";
    const call = unparen(x);
    if (call !== x) s.recovery.error(x.pos - s.base, `expression in ${tok} must not be parenthesized`);
    return { kind: "CallStmt", pos: posOf(s, at), tok, call };
  },
  BreakStmt(s: State, at: Token, keyword: Token, label: Token | undefined): BranchStmt {
    const tok = spelling(s.tokens.kinds[keyword] ?? 0) as "break" | "continue";
    return { kind: "BranchStmt", pos: posOf(s, at), tok, ...(label === undefined ? {} : { label: nameAt(s, label) }) };
  },
  GotoStmt(s: State, at: Token, _keyword: Token, label: Token): BranchStmt {
    return { kind: "BranchStmt", pos: posOf(s, at), tok: "goto", label: nameAt(s, label) };
  },
  FallthroughStmt: (s: State, at: Token, _keyword: Token): BranchStmt => ({ kind: "BranchStmt", pos: posOf(s, at), tok: "fallthrough" }),

  SimpleStmt: simple,
  SimpleStmtH: simple,
  SimpleStmtF: simple,
  ListTail: listTail,
  ListTailH: listTail,
  ListTailF: listTail,
  Assignment: assignTail,
  AssignmentH: assignTail,
  AssignmentF: assignTail,
  OpAssignment: opTail,
  OpAssignmentH: opTail,
  SendTail: sendTail,
  SendTailH: sendTail,
  IncDec: (_s: State, _at: Token, at: Token): Tail => ({ kind: "op", at, rhs: undefined }),

  IfStmt(s: State, at: Token, _keyword: Token, head: Header | undefined, then: BlockStmt, otherwise: IfStmt | BlockStmt | undefined): IfStmt {
    const cond: Expr = head?.cond ?? { kind: "BadExpr", pos: posOf(s, at + 1) };
    const stmt: Mutable<IfStmt> = { kind: "IfStmt", pos: posOf(s, at), cond, then };
    if (head?.init) stmt.init = head.init;
    if (otherwise) stmt.else = otherwise;
    return stmt;
  },
  ElseClause: (_s: State, _at: Token, _keyword: Token, branch: IfStmt | BlockStmt | undefined) => branch,
  IfHeader: (s: State, _at: Token, init: SimpleStmt | undefined, rest: HeaderRest | undefined): Header => header(s, "if", init, rest),
  IfHeaderRest: headerRest,

  SwitchStmt(s: State, at: Token, _keyword: Token, head: Header, _open: Token, body: readonly CaseClause[], close: Token): SwitchStmt {
    const { init, cond } = head;
    const stmt: Mutable<SwitchStmt> = { kind: "SwitchStmt", pos: posOf(s, at), body, rbrace: posOf(s, close) };
    if (init) stmt.init = init;
    if (cond) stmt.tag = cond;
    return stmt;
  },
  SwitchHeader: (s: State, _at: Token, init: SimpleStmt | undefined, rest: HeaderRest | undefined): Header => header(s, "switch", init, rest),
  SwitchHeaderRest: headerRest,
  CaseClause(s: State, at: Token, cases: Expr | undefined, colon: Token, body: readonly Stmt[]): CaseClause {
    const clause: Mutable<CaseClause> = { kind: "CaseClause", pos: posOf(s, at), body, colon: posOf(s, colon) };
    if (cases) clause.cases = cases;
    return clause;
  },
  ExpressionCase: (_s: State, _at: Token, _keyword: Token, cases: Expr): Expr => cases,
  DefaultCase: (_s: State, _at: Token, _keyword: Token): undefined => undefined,

  SelectStmt(s: State, at: Token, _keyword: Token, _open: Token, body: readonly CommClause[], close: Token): SelectStmt {
    return { kind: "SelectStmt", pos: posOf(s, at), body, rbrace: posOf(s, close) };
  },
  CommClause(s: State, at: Token, comm: SimpleStmt | undefined, colon: Token, body: readonly Stmt[]): CommClause {
    const clause: Mutable<CommClause> = { kind: "CommClause", pos: posOf(s, at), body, colon: posOf(s, colon) };
    if (comm) clause.comm = comm;
    return clause;
  },
  CommCase: (_s: State, _at: Token, _keyword: Token, comm: SimpleStmt): SimpleStmt => comm,

  ForStmt(s: State, at: Token, _keyword: Token, { init, cond, post }: Header, body: BlockStmt): ForStmt {
    const stmt: Mutable<ForStmt> = { kind: "ForStmt", pos: posOf(s, at), body };
    if (init) stmt.init = init;
    if (cond) stmt.cond = cond;
    if (post) stmt.post = post;
    return stmt;
  },
  ForHeader: (s: State, _at: Token, init: SimpleStmt | undefined, rest: HeaderRest | undefined): Header => header(s, "for", init, rest),
  ForRest: (_s: State, _at: Token, semi: Token, rest: HeaderRest | undefined): HeaderRest => ({ cond: undefined, ...rest, semi }),
  ForCondition(s: State, _at: Token, cond: SimpleStmt | undefined, semi: Token, post: SimpleStmt | undefined): HeaderRest {
    if (post?.kind === "AssignStmt" && post.def) s.recovery.sayAt(post.pos - s.base, "cannot declare in post statement of for loop");
    return { semi, cond, post };
  },
  RangeClause: (s: State, at: Token, _keyword: Token, x: Expr): RangeClause => ({ kind: "RangeClause", pos: posOf(s, at), def: false, x }),
};

/** A label and its statement, which may be empty before `}`; undefined where the statement is missing. */
function labeled(s: State, _at: Token, label: Token, colon: Token, body: Stmt | undefined): LabeledStmt | undefined {
  const pos = posOf(s, colon);
  const empty = s.recovery.is("}") || s.recovery.is(";");
  const stmt: Stmt | undefined = body ?? (empty ? { kind: "EmptyStmt", pos: s.recovery.pos() } : undefined);
  if (stmt) return { kind: "LabeledStmt", pos, label: nameAt(s, label), stmt };
  s.recovery.sayAt(pos - s.base, "missing statement after label");
  return undefined;
}
