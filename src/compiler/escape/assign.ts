/**
 * Assignments: the hole that a left side is, and the flows from the right sides.
 *
 * Go: cmd/compile/internal/escape/assign.go, utils.go (isSelfAssign).
 */
import { bug } from "../../base/bug.ts";
import { type Expr, funcString, isBlank, isReflectHeaderData, type Node, nodeString, sameSafeExpr } from "../ir/index.ts";
import { under } from "../types/index.ts";
import { Hole } from "./graph.ts";
import { type Escape, placeOf } from "./options.ts";

/** The hole for assigning to `n`. Storing through a pointer, slice or map goes to the heap. */
export function addr(e: Escape, n: Expr | undefined): Hole {
  if (!n || isBlank(n)) return e.b.discardHole();
  switch (n.kind) {
    case "NAME":
      return n.class === "extern" ? e.b.heapHole() : new Hole(e.b.location(n));
    case "DOT":
      return e.addr(n.x);
    case "INDEX":
      e.discard(n.index);
      if (under(n.x.type).kind === "Array") return e.addr(n.x);
      e.expr(e.b.mutatorHole(), n.x);
      return e.b.heapHole();
    case "DEREF": case "DOTPTR":
      e.expr(e.b.mutatorHole(), n.x);
      return e.b.heapHole();
    case "INDEXMAP":
      e.discard(n.x);
      e.assignHeap(n.index, "key of map put", n);
      return e.b.heapHole();
    case "PAREN": case "CONVNOP":
      return e.addr(n.x);
    default:
      return bug(`assignment to ${n.kind}`);
  }
}

/** Lets each of `srcs` flow into the left side at its place. */
export function assignList(e: Escape, dsts: readonly Expr[], srcs: readonly (Expr | undefined)[], why: string, where: Node): void {
  const ks = dsts.map((n) => e.addr(n));
  ks.forEach((k, i) => {
    const dst = dsts[i];
    const src = srcs[i];
    if (dst?.kind === "DOTPTR" && src && isReflectHeaderData(dst)) return e.unsafeValue(e.b.heapHole().note(where, why), src);
    let into = k;
    if (dst && src && isSelfAssign(dst, src)) {
      const { notes, print } = e.b.o;
      notes.push({ kind: "selfAssignment", at: placeOf(e.b.o, where.pos), func: funcString(e.fn, print), stmt: nodeString(where, print) });
      into = e.b.discardHole();
    }
    e.expr(into.note(where, why), src);
  });
  e.reassigned(ks, where);
}

/** Remembers that the variables of `ks` are assigned, unless `where` is their definition. */
export function reassigned(ks: readonly Hole[], where: Node): void {
  // The zero value of `var x T` is a definition too.
  if (where.kind === "AS" && !where.y && where.x.kind === "NAME" && !where.x.defn) return;
  for (const { dst } of ks) {
    if (dst.n?.kind === "NAME" && dst.n.defn === where && where.kind !== "RANGE") continue;
    dst.reassigned = true;
  }
}

/** Assigning back what was there: `val.x = val.y`, `b.buf = b.buf[n:m]`. */
function isSelfAssign(dst: Expr, src: Expr): boolean {
  if (isSliceSelfAssign(dst, src)) return true;
  if ((dst.kind === "DOT" || dst.kind === "DOTPTR") && src.kind === dst.kind) return sameSafeExpr(dst.x, src.x);
  if (dst.kind !== "INDEX" || src.kind !== "INDEX") return false;
  return !mayAffectMemory(dst.index) && !mayAffectMemory(src.index) && sameSafeExpr(dst.x, src.x);
}

function isSliceSelfAssign(dst: Expr, src: Expr): boolean {
  if ((dst.kind !== "DEREF" && dst.kind !== "DOTPTR") || dst.x.kind !== "NAME") return false;
  if (src.kind === "SLICEARR" || src.kind === "SLICE3ARR") {
    // Slicing the array itself would be a new pointer into the variable.
    if (src.x.kind === "ADDR") return false;
  } else if (src.kind !== "SLICE" && src.kind !== "SLICE3" && src.kind !== "SLICESTR") return false;
  return (src.x.kind === "DEREF" || src.x.kind === "DOTPTR") && src.x.x.kind === "NAME" && src.x.x === dst.x;
}

/** Whether evaluating `n` could change or allocate memory. */
function mayAffectMemory(n: Expr): boolean {
  switch (n.kind) {
    case "NAME": case "LITERAL": case "NIL":
      return false;
    case "ADD": case "SUB": case "OR": case "XOR": case "MUL": case "LSH": case "RSH": case "AND": case "ANDNOT": case "DIV": case "MOD":
      return mayAffectMemory(n.x) || mayAffectMemory(n.y);
    case "INDEX":
      return mayAffectMemory(n.x) || mayAffectMemory(n.index);
    case "LEN": case "CAP":
      return n.args.some(mayAffectMemory);
    case "CONVNOP": case "CONV": case "NOT": case "BITNOT": case "PLUS": case "NEG": case "DOT": case "DOTPTR": case "DEREF":
      return mayAffectMemory(n.x);
    default:
      return true;
  }
}
