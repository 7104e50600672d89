/**
 * What can be told of a value without running anything: the single assignment behind a name, whether a variable is
 * ever assigned again, whether two expressions are the same.
 *
 * Shared by the inliner (which function is called), the devirtualizer (which type) and escape analysis (constant
 * sizes, captures by value).
 *
 * Go: cmd/compile/internal/ir (expr.go StaticValue, Reassigned, SameSafeExpr; reassignment.go; node.go OuterValue).
 */
import { bug } from "../../base/bug.ts";
import { identical, under } from "../types/index.ts";
import { compare } from "../constant/index.ts";
import type { AssignListStmt, BinaryExpr, Expr, Func, InlinedCallExpr, Name, Node } from "./node.ts";
import { someNode, someNodeOf } from "./visit.ts";

/** The declaration that `n` stands for: a closure's copy of a captured variable is the variable itself. */
export function canonical(n: Name): Name {
  let at = n;
  while (at.outer) at = at.outer;
  return at;
}

/** Whether `n` is the blank identifier. */
export const isBlank = (n: Node | undefined): boolean => n?.kind === "NAME" && n.sym === "_";

/** The variable that assigning to `n` changes a part of: through fields, array elements and free conversions. */
export function outerValue(n: Expr): Expr {
  for (let at = n; ; ) {
    if (at.kind === "DOT" || at.kind === "PAREN" || at.kind === "CONVNOP") at = at.x;
    else if (at.kind === "INDEX" && under(at.x.type).kind === "Array") at = at.x;
    else return at;
  }
}

/** The only result of an inlined call. */
export function singleResult(n: InlinedCallExpr): Expr {
  return n.results.length === 1 ? (n.results[0] ?? bug("a hole among results")) : bug(`an inlined call with ${n.results.length} results used as one value`);
}

/** `n`, followed through free conversions, inlined calls and locals that are assigned once. `known` answers for the function that it is of. */
export function staticValue(n: Expr, known?: AssignedNames): Expr {
  return follow(n, (name, rhs) => ((known?.fn === name.curfn ? known?.reassigned(name) : reassigned(name)) ? undefined : rhs));
}

function follow(n: Expr, allow: (name: Name, rhs: Expr) => Expr | undefined): Expr {
  for (let at = n; ; ) {
    if (at.kind === "CONVNOP" || at.kind === "PAREN") {
      at = at.x;
      continue;
    }
    if (at.kind === "INLCALL") {
      at = singleResult(at);
      continue;
    }
    if (at.kind !== "NAME") return at;
    const name = canonical(at);
    const rhs = name.class === "auto" ? definedBy(name) : undefined;
    const next = rhs && allow(name, rhs);
    if (!next) return at;
    at = next;
  }
}

/** The right side of the statement that defines `name`, where it is a plain assignment. */
function definedBy(name: Name): Expr | undefined {
  const defn = name.defn;
  if (defn?.kind === "AS") return defn.y;
  if (defn?.kind === "AS2") return defn.rhs[defn.lhs.indexOf(name)];
  return undefined;
}

const isAssignList = (n: Node): n is AssignListStmt =>
  n.kind === "AS2" || n.kind === "AS2FUNC" || n.kind === "AS2RECV" || n.kind === "AS2MAPR" || n.kind === "AS2DOTTYPE" || n.kind === "SELRECV2";

/** Calls `f` with every left side that `n` itself assigns to; stops when `f` holds. */
function someTarget(n: Node, f: (target: Expr) => boolean): boolean {
  if (n.kind === "AS" || n.kind === "ASOP") return f(n.x);
  if (n.kind === "RANGE") return (n.key !== undefined && f(n.key)) || (n.value !== undefined && f(n.value));
  return isAssignList(n) && n.lhs.some(f);
}

/** Whether `name` has any assignment but its definition. Package-level variables and those with an address always may. */
export function reassigned(name: Name): boolean {
  if (!name.curfn || name.addrtaken) return true;
  const assigns = (n: Node): boolean => {
    if (n.kind === "CLOSURE") return someNodeOf(n.func.body, assigns);
    return someTarget(n, (target) => isNamed(target, name) && (n.kind === "ASOP" || n.kind === "RANGE" || n !== name.defn));
  };
  return someNodeOf(name.curfn.body, assigns);
}

/** Answers `reassigned` for the variables of a function whose body grows: what is added is walked once, instead of the whole for each name. */
export class AssignedNames {
  readonly fn: Func;
  readonly #again = new Set<Name>();

  constructor(fn: Func) {
    this.fn = fn;
    for (const n of fn.body) this.add(n);
  }

  /** Takes what stands below `n` for a part of the body. */
  add(n: Node): void {
    someNode(n, (m) => this.#look(m));
  }

  #look(n: Node): boolean {
    if (n.kind === "CLOSURE") someNodeOf(n.func.body, (m) => this.#look(m));
    someTarget(n, (target) => {
      const outer = outerValue(target);
      const name = outer.kind === "NAME" ? canonical(outer) : undefined;
      if (name && (n.kind === "ASOP" || n.kind === "RANGE" || n !== name.defn)) this.#again.add(name);
      return false;
    });
    return false;
  }

  reassigned(name: Name): boolean {
    return name.addrtaken || this.#again.has(name);
  }
}

/** Whether local `name` was declared without a value and never gets one: the compiler knows that it is zero. */
export function neverSet(name: Name): boolean {
  if (!name.curfn || name.addrtaken || name.class !== "auto") return false;
  const sets = (n: Node): boolean => {
    if (n.kind === "CLOSURE") return someNodeOf(n.func.body, sets);
    return someTarget(n, (target) => isNamed(target, name) && !(n.kind === "AS" && n.y === undefined));
  };
  return !someNodeOf(name.curfn.body, sets);
}

function isNamed(x: Expr, name: Name): boolean {
  const outer = outerValue(x);
  return outer.kind === "NAME" && canonical(outer) === name;
}

/** Answers `reassigned` and `staticValue` for one function after a single walk over it. Go: ir.ReassignOracle. */
export class ReassignOracle {
  /** Never reassigned: locals with their defining statement, parameters with their function. */
  readonly #single = new Map<Name, Node | Func>();

  constructor(fn: Func) {
    for (const param of fn.recv ? [fn.recv, ...fn.params] : fn.params) if (!isBlank(param)) this.#single.set(param, fn);
    for (const stmt of fn.body) someNode(stmt, (n) => this.#find(n));
    for (const stmt of fn.body) someNode(stmt, (n) => this.#prune(n));
  }

  #find(n: Node): boolean {
    if (n.kind === "NAME" && n.defn && !n.addrtaken && n.class === "auto" && !n.outer) this.#single.set(n, n.defn);
    if (n.kind === "CLOSURE") someNodeOf(n.func.body, (m) => this.#find(m));
    return false;
  }

  #prune(n: Node): boolean {
    someTarget(n, (target) => {
      const outer = outerValue(target);
      if (outer.kind !== "NAME") return false;
      const name = canonical(outer);
      const defn = this.#single.get(name);
      if (defn && (name.class === "param" || (name.class === "auto" && defn !== n))) this.#single.delete(name);
      return false;
    });
    if (n.kind === "CLOSURE") someNodeOf(n.func.body, (m) => this.#prune(m));
    return false;
  }

  reassigned(name: Name): boolean {
    return !this.#single.has(name);
  }

  staticValue(n: Expr): Expr {
    return follow(n, (name, rhs) => (this.#single.has(name) ? rhs : undefined));
  }
}

/** The function that `n` names, if it is a function's name, a method expression or a literal. */
export function staticCalleeName(n: Expr): Name | undefined {
  if (n.kind === "METHEXPR") return n.func;
  if (n.kind === "NAME" && n.class === "func") return n;
  return n.kind === "CLOSURE" ? n.func.name : undefined;
}

/** Whether `l` and `r` are the same expression and either may stand for both. Go: ir.SameSafeExpr. */
export function sameSafeExpr(l: Expr, r: Expr): boolean {
  let a = l;
  let b = r;
  while (a.kind === "CONVNOP") a = a.x;
  while (b.kind === "CONVNOP") b = b.x;
  if (a.kind !== b.kind || !identical(a.type, b.type)) return false;
  if (a.kind === "NAME") return a === b;
  if ((a.kind === "DOT" || a.kind === "DOTPTR") && b.kind === a.kind) return a.sel === b.sel && sameSafeExpr(a.x, b.x);
  if (a.kind === "DEREF" && b.kind === a.kind) return sameSafeExpr(a.x, b.x);
  if ((a.kind === "NOT" || a.kind === "BITNOT" || a.kind === "PLUS" || a.kind === "NEG") && b.kind === a.kind) return sameSafeExpr(a.x, b.x);
  if (a.kind === "CONV" && b.kind === "CONV") return isSimple(a) && sameSafeExpr(a.x, b.x);
  if ((a.kind === "INDEX" || a.kind === "INDEXMAP") && b.kind === a.kind) return sameSafeExpr(a.x, b.x) && sameSafeExpr(a.index, b.index);
  if (isArithmetic(a) && isArithmetic(b)) return sameSafeExpr(a.x, b.x) && sameSafeExpr(a.y, b.y);
  if (a.kind === "LITERAL" && b.kind === "LITERAL") return compare(a.value, "==", b.value);
  return a.kind === "NIL";
}

const ARITHMETIC: ReadonlySet<string> = new Set(["ADD", "SUB", "OR", "XOR", "MUL", "LSH", "RSH", "AND", "ANDNOT", "DIV", "MOD"]);
const isArithmetic = (n: Expr): n is BinaryExpr => ARITHMETIC.has(n.kind);

function isSimple(n: Expr): boolean {
  const t = under(n.type);
  return t.kind === "Basic" && t.basic !== "string" && t.basic !== "unsafe.Pointer";
}
