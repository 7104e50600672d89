/**
 * Benchmarks: what statements inside `for b.Loop()` assign or return is kept alive, so that no optimisation drops the work that is
 * measured.
 *
 * Done for the sake of what is said about the code: our own code generation drops no stores, so it is never made of this form.
 *
 * Go: cmd/compile/internal/bloop.
 */
import type { Sources } from "../../base/source.ts";
import type { Note } from "../../record/notes.ts";
import { anyType, basic, type Type, under } from "../types/index.ts";
import {
  address, type AssignListStmt, type AssignOpStmt, type AssignStmt, assign, basePos, type BlockStmt, type CallExpr, type CompLitExpr, convNop, declare, type DerefExpr, editChildren,
  type Expr, type Func, isBlank, type Name, newTemp, type PackageIR, type Stmt, type XPos,
} from "../ir/index.ts";

interface Keeper {
  readonly ir: PackageIR;
  readonly sources: Sources;
  readonly notes: Note[];
  readonly fn: Func;
  /** A loop was found. */
  found: boolean;
}

/** Keeps the results of benchmark loops alive; false if there are no such loops. */
export function keepLoopResults(ir: PackageIR, sources: Sources, notes: Note[]): boolean {
  if (!ir.pkg.imports.some((p) => p.path === "testing")) return false;
  let found = false;
  for (const fn of ir.funcs) {
    const k: Keeper = { ir, sources, notes, fn, found: false };
    fn.body.forEach((s) => inside(k, s, false));
    found ||= k.found;
  }
  return found;
}

/** Goes through `n`, children first; in a benchmark loop the statements of each body are kept. */
function inside(k: Keeper, n: Stmt, outer: boolean): void {
  const kept = outer || isLoop(n);
  k.found ||= kept;
  const editor = {
    expr: (x: Expr): Expr => {
      if (x.kind !== "NAME") editChildren(x, editor);
      return x;
    },
    stmt: (s: Stmt): Stmt => {
      inside(k, s, kept);
      return s;
    },
  };
  if (n.kind === "SWITCH" || n.kind === "SELECT") {
    if (n.kind === "SWITCH" && n.tag && n.tag.kind !== "TYPESW") n.tag = editor.expr(n.tag);
    for (const clause of n.cases) {
      editChildren(clause, editor);
      if (kept) preserveAll(k, clause.body);
    }
    return;
  }
  if (n.kind !== "NAME") editChildren(n, editor);
  if (!kept) return;
  if (n.kind === "FOR" || n.kind === "RANGE" || n.kind === "IF") preserveAll(k, n.body);
  if (n.kind === "IF") preserveAll(k, n.else);
  if (n.kind === "BLOCK") preserveAll(k, n.list);
}

function isLoop(n: Stmt): boolean {
  if (n.kind !== "FOR" || n.cond?.kind !== "CALLFUNC" || n.cond.fun.kind !== "METHEXPR") return false;
  const method = n.cond.fun.func;
  return method.pkg?.path === "testing" && method.sym === "(*B).Loop";
}

function preserveAll(k: Keeper, list: Stmt[]): void {
  list.forEach((s, i) => {
    list[i] = preserve(k, s);
  });
}

function preserve(k: Keeper, n: Stmt): Stmt {
  switch (n.kind) {
    case "AS":
      return preserveAssignment(k, n);
    case "ASOP":
      return keepTargets(k, n, [n.x]);
    case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2":
      return preserveAssignments(k, n);
    case "CALLFUNC": case "CALLINTER":
      return preserveCall(k, n);
    default:
      return n;
  }
}

/** What is assigned to nothing gets a variable. */
function preserveAssignment(k: Keeper, n: AssignStmt): Stmt {
  if (isBlank(n.x) && n.y) {
    n.x = temporary(k, n, n.y.type);
    n.def = true;
  }
  return keepTargets(k, n, [n.x]);
}

function preserveAssignments(k: Keeper, n: AssignListStmt): Stmt {
  const tuple = n.rhs.length === 1 ? n.rhs[0]?.type : undefined;
  n.lhs.forEach((x, i) => {
    const type = tuple?.kind === "Tuple" ? tuple.vars[i]?.type : n.rhs[i]?.type;
    if (!isBlank(x) || !type || n.rhs.length !== (tuple?.kind === "Tuple" ? 1 : n.lhs.length)) return;
    n.lhs[i] = temporary(k, n, type);
    n.def = true;
  });
  return keepTargets(k, n, n.lhs);
}

/** A variable that statement `n` declares and assigns to. */
function temporary(k: Keeper, n: AssignStmt | AssignListStmt, type: Type): Name {
  const temp = newTemp(k.fn, n.pos, type);
  temp.defn = n;
  n.init.push(declare(n.pos, temp));
  return temp;
}

/** `n`, after which the variables behind its left sides are used. */
function keepTargets(k: Keeper, n: AssignStmt | AssignListStmt | AssignOpStmt, targets: readonly Expr[]): Stmt {
  const kept: (Name | DerefExpr)[] = [];
  for (const x of targets) {
    const name = variableIn(x);
    if (name) {
      tellName(k, name, n.pos);
      kept.push(name);
    } else if (x.kind === "DEREF") {
      // Only names are used again, whatever is said.
      tell(k, n.pos, "dereference will be kept alive");
    } else tell(k, n.pos, "expr is unknown to bloop pass");
  }
  return keepAlive(kept, n);
}

function preserveCall(k: Keeper, n: CallExpr): Stmt {
  const sig = under(n.fun.type);
  const results = sig.kind === "Signature" ? sig.results : [];
  if (results.length === 0) return preserveArguments(k, n);
  const made: AssignListStmt = { kind: results.length === 1 ? "AS2" : "AS2FUNC", pos: n.pos, init: [], lhs: [], rhs: [n], def: true };
  const temps = results.map((r) => newTemp(k.fn, n.pos, r.type ?? basic["unsafe.Pointer"]));
  for (const temp of temps) {
    temp.defn = made;
    made.lhs.push(temp);
    made.init.push(declare(n.pos, temp));
  }
  tell(k, n.pos, `function result${results.length > 1 ? "s" : ""} will be kept alive`);
  return keepAlive(temps, made);
}

/** Of a call without results the arguments are kept. */
function preserveArguments(k: Keeper, n: CallExpr): Stmt {
  const made: Stmt[] = [];
  const kept: Name[] = [];
  const keep = (list: Expr[], i: number, pos: XPos, name: (known: Name) => void): void => {
    const arg = list[i];
    const known = arg && variableIn(arg);
    if (known) {
      tellName(k, known, n.pos);
      name(known);
    } else if (arg) {
      const temp = newTemp(k.fn, pos, arg.type);
      const as = assign(pos, temp, arg, true);
      as.init.push(declare(pos, temp));
      temp.defn = as;
      made.push(as);
      kept.push(temp);
      list[i] = temp;
      tell(k, n.pos, "function arg will be kept alive");
    }
  };
  n.args.forEach((arg, i) => {
    if (arg.kind !== "SLICELIT") return keep(n.args, i, n.pos, (known) => kept.push(known));
    const names: Name[] = [];
    const { list }: CompLitExpr = arg;
    list.forEach((elem, at) => keep(list, at, elem.pos, (known) => names.push(known)));
    kept.push(...names);
  });
  return keepAlive(kept, made.length > 0 ? block(n.pos, [...made, n]) : n);
}

const block = (pos: XPos, list: Stmt[]): BlockStmt => ({ kind: "BLOCK", pos, init: [], list });

/** The variable that `x` is a part of, or points into by way of it; none if that has no address. */
function variableIn(x: Expr): Name | undefined {
  for (let at = x; ; ) {
    switch (at.kind) {
      case "NAME":
        return at.class === "func" ? undefined : at;
      case "SLICE": case "SLICE3": case "DOT": case "DOTPTR": case "CONV": case "CONVIFACE": case "CONVNOP": case "ADDR": case "INDEX": case "INDEXMAP":
        at = at.x;
        break;
      default:
        return undefined;
    }
  }
}

/** `n`, and after it a use of the address of each variable. */
function keepAlive(kept: readonly Expr[], n: Stmt): Stmt {
  if (kept.length === 0) return n;
  const uses = kept.flatMap((x): Stmt[] => (x.kind === "NAME" && !isBlank(x) ? [use(n.pos, x)] : []));
  return block(n.pos, [n, ...uses]);
}

function use(pos: XPos, x: Name): CallExpr {
  const arg: Expr = { kind: "CONVIFACE", pos, init: [], type: anyType, x: convNop(pos, basic["unsafe.Pointer"], address(pos, x)), implicit: true };
  const fun: Name = {
    kind: "NAME", pos, init: [], sym: "KeepAlive", type: { kind: "Signature", typeParams: [], recvTypeParams: [], params: [], results: [], variadic: false }, class: "func",
    addrtaken: false, used: true, byval: false, autotemp: false, runtime: true,
  };
  return {
    kind: "CALLFUNC", pos, init: [], type: { kind: "Tuple", vars: [] }, fun, args: [arg], isDDD: false, noInline: true, compilerVarLive: true,
  };
}

function tell(k: Keeper, pos: XPos, what: string): void {
  k.notes.push({ kind: "keptAlive", at: k.sources.position(basePos(pos)), what });
}

/** Variables are told by their symbol. */
function tellName(k: Keeper, x: Name, pos: XPos): void {
  const { pkg } = k.ir;
  const path = pkg.path === "main" && pkg.name !== "main" ? "command-line-arguments" : pkg.path;
  tell(k, pos, `${(x.pkg ?? { path }).path}.${x.sym} will be kept alive`);
}
