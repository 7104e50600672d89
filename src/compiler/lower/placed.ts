/**
 * Functions that return the address of something new and let it go nowhere else, in a second form whose caller gives the memory: strings.NewReader, errors.New.
 *
 * Go inlines such a function, and where what it returns does not escape, it lies in the caller's frame. Calls of the library stay calls here, so the caller hands
 * over an address in its own frame. The form takes it behind the other parameters. New is a literal that stands in one return statement (of others
 * the caller's memory is not used), or a variable whose address does.
 *
 * Go: what inlining and escape analysis do together.
 */
import { type Expr, type Func, type Name, type Node, type PtrLitExpr, visitFunc } from "../ir/index.ts";

/** The symbol of the second form. */
export const placedSymbol = (symbol: string): string => `${symbol}·placed`;

/** What the caller gives memory for. */
export type Placeable = PtrLitExpr | Name;

/** What `fn` returns the address of, if the caller can give the memory for it and it is in the heap. */
export function placedLiteral(fn: Func): Placeable | undefined {
  if (fn.closure || fn.closureVars.length > 0 || fn.wrapper || fn.shaped || fn.recv) return undefined;
  const found: Placeable[] = [];
  let simple = true;
  visitFunc(fn, (n) => {
    if (n.kind === "CLOSURE" || n.kind === "DEFER" || n.kind === "GO" || n.kind === "TAILCALL") simple = false;
    if (n.kind !== "RETURN") return;
    if (n.results.length !== 1) simple = false;
    const fresh = n.results[0] && returned(n.results[0]);
    if (fresh) found.push(fresh);
  });
  const [only, ...more] = found;
  return simple && only && more.length === 0 && (only.kind === "PTRLIT" || usedOnce(fn, only)) ? only : undefined;
}

function returned(x: Expr): Placeable | undefined {
  let at = x;
  while ((at.kind === "PAREN" || at.kind === "CONVNOP" || at.kind === "CONVIFACE") && at.init.length === 0) at = at.x;
  if (at.kind === "ADDR" && at.x.kind === "NAME") return at.x.class === "autoheap" && !at.x.outer && !fromCaller(at.x) ? at.x : undefined;
  return at.kind === "PTRLIT" && at.esc !== "none" ? at : undefined;
}

const fromCaller = (n: Name): boolean => n.curfn !== undefined && [...n.curfn.params, ...n.curfn.results].includes(n);

/** Whether a variable is only declared, at the top of the function, set to values, and its address returned. */
function usedOnce(fn: Func, variable: Name): boolean {
  let uses = 0;
  let known = 0;
  visitFunc(fn, (n: Node) => {
    if (n === variable) uses++;
    if ((n.kind === "DCL" || n.kind === "AS") && n.x === variable) known++;
  });
  const declared = fn.body.filter((s) => s.kind === "DCL" && s.x === variable).length;
  return declared === 1 && uses === known + 1;
}

/** Whether `fn` does nothing but return it. */
export const onlyReturns = (fn: Func): boolean => fn.body.filter((s) => s.kind !== "BLOCK" || s.list.length > 0).length === 1;
