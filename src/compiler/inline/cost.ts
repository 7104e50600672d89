/**
 * May a function be inlined, and what does its body cost? One unit for each node, corrected where a node is cheaper or dearer than
 * its looks. Who may be inlined where is decided in callee.ts.
 *
 * Go: cmd/compile/internal/inline/inl.go (CanInline, InlineImpossible, hairyVisitor, IsBigFunc).
 */
import { boolVal, sign } from "../constant/index.ts";
import { type AssignListStmt, bodyString, type CallExpr, cannedNote, type Func, funcString, type IfStmt, type Node, someChild, typeString, visitFunc } from "../ir/index.ts";
import { calleeOf, CALLED_ONCE_MAX_COST, inlineCost, isIntrinsicCall, isParameterLike, MAX_COST, mayInlineAt } from "./callee.ts";
import { type Inliner, placeOf } from "./context.ts";
import { hasFingerprint } from "./own.ts";
import { makeTemplate } from "./template.ts";

// GOROOT/src/cmd/compile/internal/inline/inl.go.
const CALL_COST = 57;
const PARAMETER_CALL_COST = 17;
const PANIC_COST = 1;
const THROW_COST = MAX_COST;
const CLOSURE_COST = 15;
const BIG_FUNCTION_NODES = 5000;

/** Decides whether `fn` may be inlined, records it, and keeps its body as it is now. */
export function canInline(o: Inliner, fn: Func): void {
  if (fn.canned) return tellCanned(o, fn, fn.canned.can);
  const impossible = inlineImpossible(fn);
  if (impossible !== undefined) return refuse(o, fn, impossible);
  // The function that initialises the package is never called by name, so nothing is said of it.
  if (o.checked.has(fn) || fn.packageInit || fn.neverInline) return;
  o.checked.add(fn);
  const budget = fn.closureParent ? CALLED_ONCE_MAX_COST : MAX_COST;
  const measure: Measure = { o, fn, budget, left: budget, big: isBigFunc(fn), reason: undefined };
  if (fn.body.some((stmt) => tooHairy(measure, stmt))) return refuse(o, fn, measure.reason ?? "too expensive");
  const cost = budget - measure.left;
  if (measure.left < 0) return refuse(o, fn, `function too complex: cost ${cost} exceeds budget ${budget}`);
  fn.inl = { cost, dcl: [...fn.dcl], body: fn.body, canDelayResults: canDelayResults(fn) };
  o.templates.set(fn, makeTemplate(fn));
  const body = o.verbose ? { body: signedBody(o, fn) } : {};
  o.notes.push({ kind: "canInline", at: placeOf(o, fn.pos), func: funcString(fn, o.print), cost, ...body });
}

/** Makes a function of another package inlinable, as was decided there. Nothing is said of it. */
export function keepBody(o: Inliner, fn: Func): void {
  const cost = fn.imported?.cost;
  o.checked.add(fn);
  if (cost === undefined || fn.body.length === 0) return;
  fn.inl = { cost, dcl: [...fn.dcl], body: fn.body, canDelayResults: canDelayResults(fn) };
  o.templates.set(fn, makeTemplate(fn));
}

/** A library instance: what is said of it is known, but for the body, which our own text may have. */
function tellCanned(o: Inliner, fn: Func, lines: readonly string[]): void {
  if (o.checked.has(fn)) return;
  o.checked.add(fn);
  for (const line of lines) {
    const [, bare, name = "", print] = /^(.*: can inline (.*) with cost \d+) #(\w+)$/.exec(line) ?? [];
    const body = bare === undefined || name !== funcString(fn, o.print) ? undefined : ownBody(o, fn);
    const known = body !== undefined && print !== undefined && hasFingerprint(name, body, print);
    o.notes.push(cannedNote(known ? `${bare} as: ${body}` : (bare ?? line)));
    if (bare !== undefined && !known) o.ir.unsupported.set(fn, { kind: "unsupported", at: cannedNote(bare).at, message: `body of ${name}` });
  }
}

/** The body of a library instance in our own text. Those of its closures are not told: the lines about them are a probe's, whatever an element holds. */
function ownBody(o: Inliner, fn: Func): string | undefined {
  const own = fn.canned?.own?.();
  return own && signedBody(o, own);
}

/** A function and the closures in it. */
export const withClosures = (fn: Func): Func[] => [fn, ...fn.closures.flatMap(withClosures)];

/** Signature and body, as -m=2 shows them. */
export function signedBody(o: Inliner, fn: Func): string {
  const method = fn.recv ? `method(${typeString(fn.recv.type, o.print)}) ` : "";
  return `${method}${typeString(fn.type, o.print)} { ${bodyString(fn.body, o.print)} }`;
}

function refuse(o: Inliner, fn: Func, reason: string): void {
  if (o.verbose) o.notes.push({ kind: "cannotInline", at: placeOf(o, fn.pos), func: funcString(fn, o.print), reason });
}

const FORBIDDING_PRAGMAS: readonly (readonly [pragma: string, reason: string])[] = [
  ["go:noinline", "marked go:noinline"],
  ["go:cgo_unsafe_args", "marked go:cgo_unsafe_args"],
  ["go:uintptrkeepalive", "marked as having a keep-alive uintptr argument"],
  ["go:uintptrescapes", "marked as having an escaping uintptr argument"],
  ["go:yeswritebarrierrec", "marked go:yeswritebarrierrec"],
];

/** Why `fn` can't be inlined whatever its body is. */
function inlineImpossible(fn: Func): string | undefined {
  for (const [pragma, reason] of FORBIDDING_PRAGMAS) if (fn.pragmas.has(pragma)) return reason;
  return fn.body.length === 0 ? "no function body" : undefined;
}

/** A single return with operands and unnamed results: the results need no variables before it. */
function canDelayResults(fn: Func): boolean {
  let returns = 0;
  visitFunc(fn, (n) => {
    if (n.kind === "RETURN") returns += n.results.length === 0 ? 2 : 1;
  });
  return returns === 1 && fn.type.results.every((r) => r.name === "" || r.name === "_");
}

interface Measure {
  readonly o: Inliner;
  readonly fn: Func;
  readonly budget: number;
  /** What is left of the budget. */
  left: number;
  readonly big: boolean;
  reason: string | undefined;
}

/** Charges `n` and what is below it; true as soon as the function can't be inlined. */
function tooHairy(m: Measure, n: Node): boolean {
  switch (n.kind) {
    case "CALLFUNC":
      if (chargeCall(m, n)) return true;
      break;
    case "CALLINTER":
      m.left -= CALL_COST;
      break;
    case "PANIC":
      if (n.args[0]?.kind === "CONVIFACE" && n.args[0].implicit) m.left++;
      m.left -= PANIC_COST;
      break;
    case "RECOVER":
      return hairy(m, "call to recover");
    case "CLOSURE":
      m.left -= CLOSURE_COST;
      break;
    case "GO": case "DEFER": case "TAILCALL":
      return hairy(m, `unhandled op ${n.kind}`);
    case "ADDR":
      // The address of the first field of a variable is the variable's own.
      if ((n.x.kind === "DOT" || n.x.kind === "DOTPTR") && n.x.x.kind === "NAME" && n.x.offset === 0) m.left += 2;
      break;
    case "DEREF": {
      let pointer = n.x;
      while (pointer.kind === "CONVNOP") pointer = pointer.x;
      if (pointer.kind === "ADDR") m.left++;
      break;
    }
    case "CONVNOP": case "BLOCK": case "METHEXPR":
      m.left++;
      break;
    case "FALL": case "TYPE":
      return false;
    case "IF":
      if (n.cond.kind === "LITERAL" && n.cond.value.kind === "bool") return tooHairyBranch(m, n);
      break;
    case "METHVALUE": case "SLICELIT":
      m.left--;
      break;
    case "NEW":
      // A type that only the dictionary knows is a node.
      if (n.rtype) m.left--;
      break;
    case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2":
      // The descriptor of the interface's own type: an address and a symbol.
      m.left -= 2;
      break;
    case "TYPESW":
      // The name of the variable is a node of its own.
      if (n.tag !== undefined) m.left--;
      break;
    case "AS2":
      m.left += splitRefund(n);
      break;
    case "SLICE": case "SLICEARR": case "SLICESTR": case "SLICE3": case "SLICE3ARR":
      if (n.low?.kind === "LITERAL" && sign(n.low.value) === 0) m.left++;
      if (n.high?.kind === "LEN" && n.high.args[0] === n.x) m.left += 2;
      break;
    default:
  }
  m.left--;
  if (m.left < 0 && !m.o.verbose) return hairy(m, "too expensive");
  return someChild(n, (child) => tooHairy(m, child));
}

function hairy(m: Measure, reason: string): true {
  m.reason = reason;
  return true;
}

/** Only the branch that is taken costs anything. */
function tooHairyBranch(m: Measure, n: IfStmt): boolean {
  const live = n.cond.kind === "LITERAL" && boolVal(n.cond.value) ? n.body : n.else;
  return [...n.init, ...live].some((stmt) => tooHairy(m, stmt));
}

/** `a, b = f()` was split by way of temporaries; what they cost is given back. */
function splitRefund(n: AssignListStmt): number {
  const init = n.rhs[0]?.init;
  const first = init?.length === 1 ? init[0] : undefined;
  return first && "lhs" in first ? 4 * n.lhs.length + 1 : 0;
}

function chargeCall(m: Measure, call: CallExpr): boolean {
  const special = specialCall(call);
  if (special === "forbidden") return hairy(m, reasonOf(call));
  if (special === "throw") {
    m.left -= THROW_COST;
    return false;
  }
  if (special === "cheap" || isIntrinsicCall(call)) return false;
  const callee = calleeOf(m.o, m.fn, call.fun, true);
  const cost = callee && inlineCost(callee);
  if (callee && cost !== undefined && mayInlineAt(m.o, { caller: m.fn, call, bigCaller: m.big, calledOnce: false }, callee, false)) {
    m.left -= cost;
    return false;
  }
  m.left -= call.fun.kind === "NAME" && isParameterLike(call.fun) ? PARAMETER_CALL_COST : CALL_COST;
  return false;
}

/** Functions of the library that the inliner knows by name. */
function specialCall(call: CallExpr): "cheap" | "throw" | "forbidden" | undefined {
  const { fun } = call;
  if (fun.kind === "METHEXPR") return isUnalignedAccess(fun.func.func?.pkg.path ?? fun.func.pkg?.path, fun.func.sym) ? "cheap" : undefined;
  if (fun.kind !== "NAME" || fun.class !== "func") return undefined;
  if (fun.runtime) return fun.sym === "throw" ? "throw" : fun.sym === "deferrangefunc" ? "forbidden" : fun.sym === "panicrangestate" ? "cheap" : undefined;
  switch (fun.func?.pkg.path ?? fun.pkg?.path) {
    case "internal/abi":
      return fun.sym === "NoEscape" || fun.sym.startsWith("EscapeNonString[") ? "cheap" : undefined;
    case "internal/runtime/sys":
      return fun.sym === "GetCallerPC" || fun.sym === "GetCallerSP" ? "forbidden" : undefined;
    case "internal/byteorder":
      return /^[LB]E(Put|Append)?Uint(16|32|64)$/.test(fun.sym) ? "cheap" : undefined;
    default:
      return undefined;
  }
}

const reasonOf = (call: CallExpr): string =>
  call.fun.kind === "NAME" && call.fun.sym !== "deferrangefunc" ? `call to ${call.fun.sym}` : "defer call in range func";

/** Loads and stores of encoding/binary that are one instruction. */
const isUnalignedAccess = (path: string | undefined, name: string): boolean =>
  path === "encoding/binary" && /^(littleEndian|bigEndian)\.(Put|Append)?Uint(16|32|64)$/.test(name);

/** Whether `fn` has so many nodes that only the smallest functions are inlined into it. */
export function isBigFunc(fn: Func): boolean {
  let left = BIG_FUNCTION_NODES - 1;
  const exceeds = (n: Node): boolean => {
    if (n.kind === "AS2") left += splitRefund(n);
    if (n.kind === "TYPESW" && n.tag !== undefined) left--;
    return --left <= 0 || someChild(n, exceeds);
  };
  return fn.body.some(exceeds);
}
