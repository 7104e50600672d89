/**
 * Which index expressions can't be out of bounds by their type or form alone, so that code generation leaves the check out.
 *
 * Only arrays and constant strings have a length to compare with. Go tells where it finds one; so do we, in the order of its back end:
 * functions as listed, closures after the function around them, the last one first.
 *
 * Go: cmd/compile/internal/walk/expr.go (walkIndex, bounded), gc/compile.go (enqueueFunc).
 */
import type { Sources } from "../../base/source.ts";
import type { Note } from "../../record/notes.ts";
import {
  type AssignListStmt, type CallExpr, cannedNote, forEachChild, type Expr, type Func, type IndexExpr, isClosure, type Node, outermostPos, outerValue, type PackageIR, someNode, staticCalleeName, staticValue, type StdInline,
} from "../ir/index.ts";
import { type FuncFacts, isInteger, isUnsigned, sizeof, under } from "../types/index.ts";

/** What is known while the functions are gone through. */
interface Bounds {
  readonly notes: Note[];
  /** Compiled when the function at hand is done, the last one first: closures, and library calls for the closures that they make. */
  readonly later: (Func | CallExpr)[];
  readonly copied: Set<Expr>;
  tell(n: Node): void;
}

/** Marks index expressions that need no check, and records them. */
export function elideBounds(ir: PackageIR, sources: Sources, notes: Note[]): void {
  const tell = (n: Node): void => {
    notes.push({ kind: "boundsElided", at: sources.position(outermostPos(ir.inlineTree, n.pos)) });
  };
  const o: Bounds = { notes, tell, later: [], copied: new Set() };
  for (const fn of ir.funcs) {
    for (const line of fn.canned?.bounds ?? []) notes.push(cannedNote(line));
    if (isClosure(fn)) continue;
    o.later.push(fn);
    for (let next = o.later.pop(); next; next = o.later.pop()) {
      if ("body" in next) for (const stmt of next.body) look(stmt, o);
      else for (const place of summaryOf(next)?.bcep ?? []) notes.push(cannedNote(`${place}: index bounds check elided`));
    }
  }
}

/** Looks at `n` after its children, as the back end does; closures that capture something are left for later. */
function look(n: Node, o: Bounds): void {
  if (n.kind === "APPEND") for (const arg of n.args) if (arg.kind === "INDEX" && isComputed(arg.index)) o.copied.add(arg);
  const passed = n.kind === "CALLFUNC" && n.std ? passedArguments(n) : [];
  if (n.kind === "AS2" && n.lhs.length === n.rhs.length) assignmentOrder(n).forEach((child) => look(child, o));
  else forEachChild(n, (child) => (passed.includes(child) ? undefined : look(child, o)));
  if (n.kind === "CLOSURE" && isClosure(n.func)) o.later.push(n.func);
  if (n.kind === "CALLFUNC" && n.std) lookLibrary(n, n.std, o);
  if (n.kind !== "INDEX" || n.bounded) return;
  const max = lengthOf(n);
  if (max === undefined || !(o.copied.has(n) ? inRange(n.index, max) : bounded(n.index, max))) return;
  n.bounded = true;
  if (n.index.kind !== "LITERAL") o.tell(n);
}

/** An inlined library call: what its body has, and what the functions have that it was given and that were inlined in turn. */
function lookLibrary(n: CallExpr, std: StdInline, o: Bounds): void {
  const facts = summaryOf(n);
  for (let i = facts?.bce ?? 0; i > 0; i--) o.tell(n);
  for (const inlined of std.calls.values()) for (const stmt of [...inlined.init, ...inlined.body, ...inlined.results]) look(stmt, o);
  for (const call of std.library ?? []) for (let i = summaryOf(call)?.bce ?? 0; i > 0; i--) o.tell(n);
  if (facts?.bcep) o.later.push(n);
}

/** The function literals among the arguments that were inlined where the library calls them. */
function passedArguments(n: CallExpr): readonly Node[] {
  const facts = summaryOf(n);
  const skip = facts?.base ? -facts.base.named : facts?.recv === undefined ? 0 : 1;
  const dictionary = facts?.dictionary === undefined ? 0 : 1;
  return [...(n.std?.calls.keys() ?? [])].flatMap((i) => {
    const param = String(facts?.pc?.[i]?.[0]);
    const arg = /^z\d+$/.test(param) ? n.args[Number(param.slice(1)) + skip + dictionary] : undefined;
    return arg ? [arg] : [];
  });
}

/** What a parallel assignment evaluates, in order: a right side that an earlier assignment may change comes before its left side. Go: ascompatee. */
function assignmentOrder({ init, lhs, rhs }: AssignListStmt): readonly Node[] {
  const assigned = new Set<Node>();
  let memory = false;
  return [...init, ...lhs.flatMap((l, i) => {
    const r = rhs[i];
    const early = r !== undefined && someNode(r, (n) => (n.kind === "NAME" && assigned.has(n)) || (memory && readsMemory(n)));
    const to = outerValue(l);
    if (to.kind === "NAME" && (to.class === "auto" || to.class === "param" || to.class === "result")) assigned.add(to);
    else memory = true;
    return r === undefined ? [l] : early ? [r, l] : [l, r];
  })];
}

const PURE: ReadonlySet<string> = new Set([
  "ADD", "AND", "ANDAND", "ANDNOT", "BITNOT", "CONV", "CONVIFACE", "CONVNOP", "DIV", "DOT", "DOTTYPE", "LITERAL", "LSH", "MOD", "MUL", "NEG", "NIL", "OR", "OROR", "PAREN", "PLUS",
  "RSH", "SUB", "XOR",
]);

/** Whether what `n` itself yields may be changed by a write to memory. */
const readsMemory = (n: Node): boolean => (n.kind === "NAME" ? n.class !== "func" && (n.addrtaken || n.class === "extern" || n.class === "autoheap") : !PURE.has(n.kind));

const summaryOf = (n: CallExpr): FuncFacts | undefined =>
  (n.std?.base && n.fun.kind !== "METHEXPR" ? n.std.base.std?.then : staticCalleeName(staticValue(n.fun)))?.facts;

function lengthOf(n: IndexExpr): number | undefined {
  const t = under(n.x.type);
  const array = t.kind === "Pointer" ? under(t.elem) : t;
  if (array.kind === "Array") return array.len;
  return n.x.kind === "LITERAL" && n.x.value.kind === "string" ? n.x.value.value.length : undefined;
}

/** Whether the form of `x` may say more than its type. An operand of append is evaluated into a variable first, and that is lost. */
const isComputed = (x: Expr): boolean => x.kind === "AND" || x.kind === "ANDNOT" || x.kind === "MOD" || x.kind === "DIV" || x.kind === "RSH";

/** Whether every value of the type of `x` is below `max`. */
const inRange = ({ type }: Expr, max: number): boolean => isInteger(type) && isUnsigned(type) && 8 * sizeof(type) <= 62 && 2 ** (8 * sizeof(type)) <= max;

/** Whether 0 <= n < max for sure. */
function bounded(n: Expr, max: number): boolean {
  if (!isInteger(n.type)) return false;
  const signed = !isUnsigned(n.type);
  let bits = 8 * sizeof(n.type);
  const own = smallInt(n);
  if (own !== undefined) return own >= 0 && own < max;
  if (n.kind === "AND" || n.kind === "ANDNOT") {
    const mask = maskOf(smallInt(n.x), smallInt(n.y), n.kind === "ANDNOT", signed ? undefined : bits);
    if (mask !== undefined && mask >= 0 && mask < max) return true;
  }
  if (!signed && (n.kind === "MOD" || n.kind === "DIV" || n.kind === "RSH")) {
    const y = smallInt(n.y);
    if (n.kind === "MOD" && y !== undefined && y >= 0 && y <= max) return true;
    if (n.kind === "DIV" && y !== undefined) for (let v = y; bits > 0 && v >= 2; v = Math.floor(v / 2)) bits--;
    if (n.kind === "RSH" && y !== undefined) {
      if (y > bits) return true;
      bits -= y;
    }
  }
  return !signed && bits <= 62 && 2 ** bits <= max;
}

/** The constant operand of a mask, as the largest value that can be left. */
function maskOf(x: number | undefined, y: number | undefined, not: boolean, unsignedBits: number | undefined): number | undefined {
  if (x !== undefined) return x;
  if (y === undefined || !not) return y;
  return unsignedBits === undefined ? -1 - y : Number(BigInt.asUintN(unsignedBits, ~BigInt(y)));
}

/** The value of a constant of at most 32 bits. */
function smallInt(n: Expr): number | undefined {
  if (n.kind !== "LITERAL" || n.value.kind !== "int") return undefined;
  const { value } = n.value;
  return BigInt.asIntN(32, value) === value ? Number(value) : undefined;
}
