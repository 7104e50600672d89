/**
 * Functions that do nothing but return the address of a new literal, in a second form whose caller gives the memory: strings.NewReader, errors.New.
 *
 * Go inlines such a function, and where what it returns does not escape, the literal lies in the caller's frame. Calls of the library stay
 * calls here, so the caller hands over an address in its own frame. The form takes it behind the other parameters.
 *
 * Go: what inlining and escape analysis do together.
 */
import type { Expr, Func, PtrLitExpr } from "../ir/index.ts";

/** The symbol of the second form. */
export const placedSymbol = (symbol: string): string => `${symbol}·placed`;

/** The literal whose address `fn` returns, if that is all it does and the literal is in the heap. */
export function placedLiteral(fn: Func): PtrLitExpr | undefined {
  if (fn.closure || fn.closureVars.length > 0 || fn.wrapper || fn.shaped || fn.recv) return undefined;
  const [only, ...more] = fn.body.filter((s) => s.kind !== "BLOCK" || s.list.length > 0);
  if (only?.kind !== "RETURN" || more.length > 0 || only.results.length !== 1) return undefined;
  let at: Expr | undefined = only.results[0];
  while (at && (at.kind === "PAREN" || at.kind === "CONVNOP" || at.kind === "CONVIFACE") && at.init.length === 0) at = at.x;
  return at?.kind === "PTRLIT" && at.esc !== "none" ? at : undefined;
}
