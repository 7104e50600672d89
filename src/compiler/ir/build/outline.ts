/**
 * Big map literals of package-level variables get an initialising function of their own, so that a linker may drop them.
 *
 * Go: cmd/compile/internal/staticinit/sched.go (OutlineMapInits, AnySideEffects).
 */
import { sign } from "../../constant/index.ts";
import { under } from "../../types/index.ts";
import type { Func, Node, Stmt } from "../node.ts";
import { someNode, visit } from "../visit.ts";
import type { PackageState } from "./context.ts";
import { callNode, emptySignature, newFunc } from "./make.ts";

/** Right sides with fewer nodes stay where they are. Go: wrapGlobalMapInitSizeThreshold. */
const THRESHOLD = 20;

/** Moves each big map initialiser of `fn` into a function `map.init.N`. */
export function outlineMaps(s: PackageState, fn: Func): void {
  let made = 0;
  fn.body.forEach((stmt, i) => {
    if (!isBigMap(stmt)) return;
    const outlined = newFunc({ pkg: s.checked.pkg, printed: `map.init.${made++}`, pos: stmt.pos, namePos: stmt.pos, type: emptySignature });
    outlined.neverInline = true;
    outlined.body = [stmt];
    s.funcs.push(outlined);
    fn.body[i] = callNode(stmt.pos, outlined.name, [], false);
  });
}

function isBigMap(stmt: Stmt): boolean {
  if (stmt.kind !== "AS" || !stmt.y || stmt.x.kind !== "NAME" || stmt.x.sym === "_" || under(stmt.x.type).kind !== "Map") return false;
  let size = 0;
  visit(stmt.y, () => void size++);
  return size >= THRESHOLD && !anySideEffects(stmt.y);
}

const HARMLESS: ReadonlySet<string> = new Set([
  "NAME", "METHEXPR", "TYPE", "LITERAL", "NIL", "NE", "EQ", "LT", "LE", "GT", "GE", "ADD", "SUB", "OR", "XOR", "ADDSTR", "ADDR", "ANDAND", "BYTES2STR",
  "RUNES2STR", "STR2BYTES", "STR2RUNES", "CAP", "MAPLIT", "STRUCTLIT", "ARRAYLIT", "SLICELIT", "PTRLIT", "CONV", "CONVIFACE", "CONVNOP", "DOT", "KEY",
  "STRUCTKEY", "LEN", "MUL", "LSH", "RSH", "AND", "ANDNOT", "NEW", "NOT", "BITNOT", "PLUS", "NEG", "OROR", "PAREN", "RUNESTR", "REAL", "IMAG", "COMPLEX",
]);

/** Whether evaluating `n` may do more than make a value. Go: staticinit.AnySideEffects. */
export const anySideEffects = (n: Node): boolean => someNode(n, hasEffect);

/** Whether evaluating `n` may do or see something else than make a value. */
function hasEffect(n: Node): boolean {
  if (n.kind === "DIV" || n.kind === "MOD") return n.y.kind !== "LITERAL" || sign(n.y.value) === 0;
  if (n.kind === "MAKECHAN" || n.kind === "MAKEMAP") return n.len?.kind !== "LITERAL" || sign(n.len.value) !== 0;
  return !HARMLESS.has(n.kind);
}
