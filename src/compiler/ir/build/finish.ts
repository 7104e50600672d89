/**
 * The last steps of a call: variadic arguments are packed, a callee that contains a call is bound to a temporary.
 *
 * Go: cmd/compile/internal/typecheck/func.go (FixVariadicCall, RewriteNonNameCall).
 */
import { bug } from "../../../base/bug.ts";
import { type SignatureType, under } from "../../types/index.ts";
import type { CallExpr, Expr, Stmt, XPos } from "../node.ts";
import { someNode } from "../visit.ts";
import type { FuncState } from "./context.ts";
import { assign, callNode, composite, declare, newTemp, nil } from "./make.ts";

/** A call of `fun` with all its arguments, variadic ones not packed yet unless `isDDD`. */
export function finishCall(f: FuncState, pos: XPos, fun: Expr, args: Expr[], isDDD: boolean): CallExpr {
  const init: Stmt[] = [];
  const callee = bindCallee(f, pos, fun, init);
  const sig = under(callee.type);
  const packed = sig.kind === "Signature" && sig.variadic && !isDDD ? packVariadic(pos, sig, args) : args;
  const call = callNode(pos, callee, packed, isDDD || packed !== args);
  call.init = init;
  return call;
}

/** `args` with the extra ones of a variadic call in one implicit slice literal. */
export function packVariadic(pos: XPos, sig: SignatureType, args: Expr[]): Expr[] {
  const first = sig.params.length - 1;
  const type = sig.params[first]?.type ?? bug("a variadic function without parameters");
  const extra = args.slice(first);
  if (extra.length === 0) return [...args.slice(0, first), nil(pos, type)];
  return [...args.slice(0, first), { ...composite(pos, "SLICELIT", type, extra, extra.length), implicit: true }];
}

const CALL_OR_CHANNEL: ReadonlySet<string> = new Set([
  "APPEND", "CALLFUNC", "CALLINTER", "CAP", "CLEAR", "CLOSE", "COMPLEX", "COPY", "DELETE", "IMAG", "LEN", "MAX", "MIN", "PANIC", "PRINT", "PRINTLN", "REAL",
  "RECOVER", "RECV", "UNSAFEADD", "UNSAFESLICE", "UNSAFESLICEDATA", "UNSAFESTRING", "UNSAFESTRINGDATA",
]);

/** Binds a callee that contains a call to a temporary. Go: RewriteNonNameCall. */
function bindCallee(f: FuncState, pos: XPos, fun: Expr, init: Stmt[]): Expr {
  const inner = fun.kind === "DOTINTER" || fun.kind === "METHVALUE" ? fun.x : fun;
  if (!someNode(inner, (n) => CALL_OR_CHANNEL.has(n.kind))) return fun;
  const temp = newTemp(f.fn, pos, inner.type);
  const as = assign(pos, temp, inner);
  as.init.push(declare(pos, temp));
  init.push(as);
  if (fun.kind !== "DOTINTER" && fun.kind !== "METHVALUE") return temp;
  fun.x = temp;
  return fun;
}
