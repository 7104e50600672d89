/**
 * Which function a call calls, and whether it may be inlined there.
 *
 * Go: cmd/compile/internal/inline/inl.go (inlineCallCheck, inlCallee, inlineCostOK, canInlineCallExpr).
 */
import { identical } from "../types/index.ts";
import {
  type AssignedNames,
  basePos, type CallExpr, canonical, type Expr, factsOnResult, type Func, funcString, inlinedCall, inlineIndex, type MethodExpr, type Name, nameOnResult, staticCalleeName, staticValue, wholePosition,
} from "../ir/index.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { type Callee, type Inliner, placeOf } from "./context.ts";

/** Largest cost of a function that is inlined. Go: inlineMaxBudget. */
export const MAX_COST = 80;
/** The same in a caller of BIG_NODES nodes or more. Go: inlineBigFunctionMaxCost. */
export const BIG_CALLER_MAX_COST = 20;
/** Largest cost of a closure that is called in one place. Go: inlineClosureCalledOnceCost. */
export const CALLED_ONCE_MAX_COST = 10 * MAX_COST;

/** Whether inlining `call` is out of the question, whatever it calls. */
export function mightInline(o: Inliner, call: CallExpr): boolean {
  if (o.disabled || call.kind !== "CALLFUNC" || call.goDefer || call.noInline) return false;
  return !(o.checkptr && revealsPointer(call)) && !isIntrinsicCall(call) && !isEscapeHint(call);
}

/** A function that escape analysis itself does. */
function isEscapeHint({ fun }: CallExpr): boolean {
  const callee = staticCalleeName(fun);
  return callee?.pkg?.path === "internal/abi" && callee.sym.startsWith("EscapeNonString[");
}

/** With checked pointers a few calls stay calls, so that their results are seen. */
function revealsPointer({ fun }: CallExpr): boolean {
  const callee = staticCalleeName(fun);
  if (callee?.pkg?.path === "runtime") return true;
  return fun.kind === "METHEXPR" && callee?.pkg?.path === "reflect" && (callee.sym === "Value.UnsafeAddr" || callee.sym === "Value.Pointer");
}

/** Whether the compiler has own instructions for the function that is called. */
export function isIntrinsicCall(call: CallExpr): boolean {
  return call.kind === "CALLFUNC" && (call.compilerVarLive === true || isIntrinsicName(staticCalleeName(call.fun)));
}

const isIntrinsicName = (name: Name | undefined): boolean => name?.facts?.intr === true || (name?.func !== undefined && isIntrinsic(name.func));

/** The function that `fun` stands for in `caller`. With `decide`, a closure's inlinability is found out on the way. `assigned` knows the caller's assignments. */
export function calleeOf(o: Inliner, caller: Func, fun: Expr, decide: boolean, assigned?: AssignedNames): Callee | undefined {
  const value = staticValue(fun, assigned);
  switch (value.kind) {
    case "METHEXPR":
      return hasOwnReceiver(value) ? calleeOfName(value.func) : undefined;
    case "NAME":
      return value.class === "func" ? calleeOfName(value) : undefined;
    case "CLOSURE": {
      const first = value.func.closureVars[0];
      // Closures are not inlined across frames: what they capture has to be this caller's.
      if (first?.outer && first.outer.curfn !== caller) return undefined;
      if (decide) o.canInline(value.func);
      return { kind: "local", func: value.func };
    }
    case "CALLFUNC":
      return calleeOfResult(caller, value);
    default:
      return undefined;
  }
}

/** The function that an inlined library call returns. */
function calleeOfResult(caller: Func, call: CallExpr): Callee | undefined {
  const made = staticCalleeName(call.fun);
  const then = made?.facts?.then;
  if (call.std?.caller !== caller || !made?.facts || !then) return undefined;
  // The literal may be in a body that is inlined in turn.
  if (call.std.inlined.size < (then.t0 ? 1 : (made.facts.i?.length ?? 0))) return undefined;
  call.std.then ??= nameOnResult("", made.pkg, call.type, factsOnResult(made.facts, then));
  return { kind: "std", name: call.std.then, base: call };
}

/** The callee that gets the result of an inlined library call as its argument, where it is known what the two do together. */
export function calleeOfArgument(caller: Func, call: CallExpr, { name }: Extract<Callee, { kind: "std" }>): Callee | undefined {
  const last = call.args.at(-1);
  const base = last && staticValue(last);
  if (base?.kind !== "CALLFUNC" || base.std?.caller !== caller) return undefined;
  const made = staticCalleeName(base.fun);
  const together = made?.facts?.passed?.[`${(name.pkg ?? name.func?.pkg)?.path ?? ""}.${name.sym.replace(/\[.*/s, "")}`];
  if (!made?.facts || !together) return undefined;
  base.std.then ??= nameOnResult("", name.pkg, call.type, factsOnResult(made.facts, together, true));
  return { kind: "std", name: base.std.then, base };
}

const calleeOfName = (name: Name): Callee | undefined => {
  if (name.func && !name.facts) return { kind: "local", func: name.func };
  return name.facts ? { kind: "std", name } : undefined;
};

/** Whether a method expression is of the very type that declares the method. */
function hasOwnReceiver(x: MethodExpr): boolean {
  if (x.func.facts) return true;
  const recv = x.func.func?.type.recv?.type ?? x.func.func?.recv?.type;
  return recv !== undefined && identical(recv, x.x.type);
}

/** Cost of inlining the callee; undefined where it can't be. */
export function inlineCost(callee: Callee): number | undefined {
  if (callee.kind === "local") return callee.func.inl?.cost;
  const facts = callee.name.facts;
  return facts?.i ? (facts.cost ?? 0) : undefined;
}

/** How a call is to be inlined. */
export interface Site {
  readonly caller: Func;
  readonly call: CallExpr;
  readonly bigCaller: boolean;
  /** The callee is a closure and this is its only call. */
  readonly calledOnce: boolean;
}

/** Whether `callee` may be inlined at this call. With `tell`, a refusal is recorded. */
export function mayInlineAt(o: Inliner, site: Site, callee: Callee, tell: boolean): boolean {
  const cost = inlineCost(callee);
  if (cost === undefined) return false;
  const limit = limitAt(site, callee);
  if (cost > limit) {
    if (tell) refuse(o, site.call, `cost ${cost} of ${symbolOf(callee)} exceeds max caller cost ${limit}`);
    return false;
  }
  if (repeatsPosition(o, site.call)) {
    // The record of Go has no words for this one.
    if (tell) refuse(o, site.call, "");
    return false;
  }
  return !repeatsFunction(o, site, callee, tell);
}

function refuse(o: Inliner, call: CallExpr, reason: string): void {
  if (o.verbose) o.notes.push({ kind: "cannotInlineCall", at: wholePosition(o.sources, o.ir.inlineTree, call.pos), reason });
}

/** The function's name with its package's path. */
function symbolOf(callee: Callee): string {
  if (callee.kind === "local") return callee.func.symbol;
  return callee.name.pkg ? `${callee.name.pkg.path}.${callee.name.sym}` : callee.name.sym;
}

function limitAt(site: Site, callee: Callee): number {
  const limit = site.bigCaller ? BIG_CALLER_MAX_COST : MAX_COST;
  if (callee.kind === "std" || !callee.func.closureParent) return limit;
  return site.calledOnce ? Math.max(2 * limit, CALLED_ONCE_MAX_COST) : 2 * limit;
}

/** The call came here by inlining a body that already contains it. */
function repeatsPosition(o: Inliner, call: CallExpr): boolean {
  const at = basePos(call.pos);
  for (let index = inlineIndex(call.pos); index !== 0; ) {
    const outer = inlinedCall(o.ir.inlineTree, index);
    if (basePos(outer.pos) === at) return true;
    index = inlineIndex(outer.pos);
  }
  return false;
}

/** The callee was already inlined on the way to this call. */
function repeatsFunction(o: Inliner, { caller, call }: Site, callee: Callee, tell: boolean): boolean {
  if (callee.kind === "std") return false;
  for (let index = inlineIndex(call.pos); index !== 0; ) {
    const outer = inlinedCall(o.ir.inlineTree, index);
    if (outer.func.symbol === callee.func.symbol) {
      if (tell && o.verbose) {
        o.notes.push({ kind: "recursiveCycle", at: placeOf(o, call.pos), callee: funcString(callee.func, o.print), caller: caller.printed });
        refuse(o, call, `repeated recursive cycle to ${callee.func.symbol}`);
      }
      return true;
    }
    index = inlineIndex(outer.pos);
  }
  return false;
}

/** Whether `name` is a parameter of the function that mentions it, or a variable captured from outside. */
export const isParameterLike = (name: Name): boolean => name.class === "param" || (name.class === "autoheap" && name.outer !== undefined && canonical(name) !== name);
