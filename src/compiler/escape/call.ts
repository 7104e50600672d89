/**
 * Calls: where arguments and results flow.
 *
 * A callee of the same batch takes part with its own locations; one analysed before by its tags; one of the library by its facts; an
 * unknown one takes everything to the heap.
 *
 * Go: cmd/compile/internal/escape/call.go.
 */
import { bug } from "../../base/bug.ts";
import { type AssignStmt, type CallExpr, type Expr, type GoDeferStmt, type Name, nodeString, staticCalleeName, staticValue, type Stmt } from "../ir/index.ts";
import { hasPointers, isKind, isUnsafePointer } from "../types/index.ts";
import type { Hole } from "./graph.ts";
import { Hole as HoleOf } from "./graph.ts";
import { Leaks, TAGGED_RESULTS } from "./leaks.ts";
import { type Escape, placeOf } from "./options.ts";
import { instantiate, tagOf } from "./summary.ts";
import { elemOf, hasNonStringPointers, isSliceOfPointers } from "./types.ts";

/** Walks a call or builtin; its results go into `ks`, or nowhere. */
export function call(e: Escape, ks: readonly Hole[] | undefined, n: Expr): void {
  const argument = (k: Hole, arg: Expr): void => e.expr(k.note(n, "call parameter"), arg);
  const all = (args: readonly Expr[]): void => args.forEach((a) => e.discard(a));
  switch (n.kind) {
    case "CALLFUNC": case "CALLINTER":
      return functionCall(e, ks, n);
    case "INLCALL":
      e.stmts(n.body);
      n.results.forEach((r, i) => e.expr(ks ? hole(ks, i) : e.b.discardHole(), r));
      return;
    case "APPEND": {
      const [slice, ...values] = n.args;
      if (!slice) return;
      const k = ks ? hole(ks, 0) : e.b.discardHole();
      const elem = elemOf(slice.type);
      // What is appended to may be the result; otherwise its elements move to a new array.
      let into = e.tee(k, e.b.mutatorHole());
      if (elem && hasPointers(elem)) into = e.tee(into, e.b.heapHole().deref(n, "appendee slice"));
      argument(into, slice);
      if (n.isDDD) values.forEach((v) => argument(isSliceOfPointers(v.type) ? e.b.heapHole().deref(n, "appended slice...") : e.b.discardHole(), v));
      else values.forEach((v) => argument(e.b.heapHole(), v));
      // The new array's address is in the result. It is never reused, so loops don't matter.
      e.spill(k, n).dst.loopDepth = 0;
      return;
    }
    case "COPY": {
      const [to, from] = n.args;
      if (to) argument(e.b.mutatorHole(), to);
      if (from) argument(isSliceOfPointers(from.type) ? e.b.heapHole().deref(n, "copied slice") : e.b.discardHole(), from);
      return;
    }
    case "PANIC":
      n.args.forEach((a) => argument(e.b.heapHole(), a));
      return;
    case "CLEAR":
      n.args.forEach((a) => argument(e.b.mutatorHole(), a));
      return;
    case "MIN": case "MAX": case "UNSAFESTRINGDATA": case "UNSAFESLICEDATA":
      n.args.forEach((a) => argument(ks ? hole(ks, 0) : e.b.discardHole(), a));
      return;
    case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING": {
      const [pointer, ...rest] = n.args;
      if (pointer) argument(ks ? hole(ks, 0) : e.b.discardHole(), pointer);
      return all(rest);
    }
    case "COMPLEX": case "DELETE": case "PRINT": case "PRINTLN": case "RECOVER": case "LEN": case "CAP": case "REAL": case "IMAG": case "CLOSE":
      return all(n.args);
    default:
      return bug(`${n.kind} is no call`);
  }
}

const hole = (ks: readonly Hole[], i: number): Hole => ks[i] ?? bug(`no hole for result ${i}`);

function functionCall(e: Escape, ks: readonly Hole[] | undefined, n: CallExpr): void {
  const fn = n.kind === "CALLFUNC" ? (n.std?.base && n.fun.kind !== "METHEXPR" ? n.std.base.std?.then : staticCalleeName(staticValue(n.fun))) : undefined;
  if (ks && fn?.func && !fn.facts && e.b.members.has(fn.func)) fn.func.results.forEach((r, i) => e.expr(hole(ks, i), r));
  if (n.kind === "CALLFUNC") e.expr(calleeHole(e, ks, n, fn), n.fun);
  if (fn?.facts && (n.std || fn.facts.base)) return instantiate(e, ks, n, fn.facts);
  const args = n.kind === "CALLINTER" && n.fun.kind === "DOTINTER" ? [n.fun.x, ...n.args] : n.args;
  if (fn?.facts) tellUnknown(e, n, fn, args.some((_, i) => ks && pastResults(ks, fn, i)));
  const forced = forcedHole(e, n, fn);
  args.forEach((arg, i) => {
    if (fn?.func) keepUintptrArguments(e, arg, n, fn);
    const k = forced ? forced(i) : e.parameterHole(ks, fn, i);
    e.expr(k.note(n, "call parameter"), arg);
  });
}

/** A library function of which nothing is known: what it does to its arguments can't be said. */
function tellUnknown(e: Escape, n: CallExpr, fn: Name, elsewhere: boolean): void {
  const { facts } = fn;
  if (!facts || !(elsewhere || facts.unknown || ((facts.tparams || facts.rtparams) && facts.at === undefined))) return;
  const at = placeOf(e.b.o, n.pos);
  const construct = `call of ${nodeString(fn, e.b.o.print)}`;
  e.b.o.notes.push({ kind: "missing", at, construct, func: e.fn.printed });
  if (!e.b.o.ir.unsupported.has(e.fn)) e.b.o.ir.unsupported.set(e.fn, { kind: "unsupported", at, message: construct });
}

/** Whether the tag of parameter `index` names a result that the call has not: it was told for the function when inlined, as with `-l` it is not. */
function pastResults(ks: readonly Hole[], fn: Name, index: number): boolean {
  const leaks = fn.facts && tagOf(fn.facts, index);
  for (let i = ks.length; leaks && i < TAGGED_RESULTS; i++) if (leaks.result(i) >= 0) return true;
  return false;
}

/** What is called matters where it is unknown and its results are used: they may be anything that a closure holds. */
function calleeHole(e: Escape, ks: readonly Hole[] | undefined, n: CallExpr, fn: Name | undefined): Hole {
  return !fn && ks?.some((k) => k.dst !== e.b.blank) ? e.b.calleeHole().note(n, "callee operand") : e.b.discardHole();
}

/** Functions whose arguments the compiler treats in its own way. */
function forcedHole(e: Escape, n: CallExpr, fn: Name | undefined): ((param: number) => Hole) | undefined {
  if (n.compilerVarLive) return () => e.b.discardHole();
  if (fn?.pkg?.path !== "internal/abi" || !fn.sym.startsWith("EscapeNonString[")) return undefined;
  const value = n.args[1];
  return value && hasNonStringPointers(value.type) ? () => e.b.heapHole() : () => e.b.discardHole();
}

/** Where an argument for parameter `index` of `fn` goes; the receiver is parameter 0 of a method. */
export function parameterHole(e: Escape, ks: readonly Hole[] | undefined, fn: Name | undefined, index: number): Hole {
  if (!fn) return e.b.heapHole();
  const func = fn.facts ? undefined : fn.func;
  if (func && e.b.members.has(func)) {
    const param = func.recv ? (index === 0 ? func.recv : func.params[index - 1]) : func.params[index];
    return param ? e.addr(param) : e.b.discardHole();
  }
  const leaks = func ? Leaks.parse(func.tags?.[index] ?? "") : fn.facts ? tagOf(fn.facts, index) : Leaks.parse("");
  const holes: Hole[] = [];
  if (leaks.heap >= 0) holes.push(e.b.heapHole().shift(leaks.heap));
  if (leaks.mutator >= 0) holes.push(e.b.mutatorHole().shift(leaks.mutator));
  if (leaks.callee >= 0) holes.push(e.b.calleeHole().shift(leaks.callee));
  for (let i = 0; ks && i < Math.min(TAGGED_RESULTS, fn.facts ? ks.length : TAGGED_RESULTS); i++) {
    if (leaks.result(i) >= 0) holes.push(hole(ks, i).shift(leaks.result(i)));
  }
  return e.tee(...holes);
}

/** `go f()` and `defer f()`: the function outlives the statement; that of a defer outside loops only until the function returns. */
export function goDefer(e: Escape, n: GoDeferStmt): void {
  let k = e.b.heapHole();
  if (n.kind === "DEFER" && e.loopDepth === 1 && !n.deferAt) {
    const later = e.newLocation(undefined, true);
    e.b.flow(e.b.discardHole(), later);
    k = new HoleOf(later);
    n.esc = "none";
  }
  const { call: called } = n;
  if (called.kind !== "CALLFUNC") bug(`${n.kind} of ${called.kind}`);
  if (called.fun.kind === "CLOSURE" && n.kind === "GO") called.fun.isGoWrap = true;
  e.expr(k, called.fun);
}

/** `uintptr(p)` as an argument of a system call: what `p` points to stays until the call returns, or escapes. */
function keepUintptrArguments(e: Escape, arg: Expr, n: CallExpr, fn: Name): void {
  const pragmas = fn.func?.pragmas;
  if (!pragmas || !(pragmas.has("go:uintptrkeepalive") || pragmas.has("go:uintptrescapes"))) return;
  const list = arg.kind === "SLICELIT" ? arg.list.map((x) => (x.kind === "KEY" ? x.value : x)) : [arg];
  for (const x of list) {
    if (x.kind !== "CONVNOP" || !isUnsafePointer(x.x.type) || !isKind(x.type, "uintptr")) continue;
    const temp = copyInto(e, x.x, n.init);
    x.x = temp;
    const k = pragmas.has("go:uintptrescapes") ? e.b.heapHole().note(x, "//go:uintptrescapes") : e.b.mutatorHole();
    e.b.flow(k, e.b.location(temp));
    temp.addrtaken = true;
    (n.keepAlive ??= []).push(temp);
  }
}

/** Copies `x` into a new variable, by statements appended to `init`. */
function copyInto(e: Escape, x: Expr, init: Stmt[]): Name {
  const temp: Name = {
    kind: "NAME", pos: x.pos, init: [], sym: `.autotmp_${e.fn.dcl.length}`, type: x.type, class: "auto", curfn: e.fn, addrtaken: false, used: true, byval: false, autotemp: true,
  };
  e.fn.dcl.push(temp);
  const assign: AssignStmt = { kind: "AS", pos: x.pos, init: [], x: temp, y: x, def: false };
  temp.defn = assign;
  const made: Stmt[] = [{ kind: "DCL", pos: x.pos, init: [], x: temp }, assign];
  init.push(...made);
  e.newLocation(temp, true);
  e.stmts(made);
  return temp;
}

