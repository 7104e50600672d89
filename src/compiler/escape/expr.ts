/**
 * Expressions: which locations their values come from, and which they make.
 *
 * A location is made before the operands are walked: the order of locations is the order of messages.
 *
 * Go: cmd/compile/internal/escape/expr.go.
 */
import { bug } from "../../base/bug.ts";
import { type ClosureExpr, type ConvExpr, type Expr, isClosure, isReflectHeaderData } from "../ir/index.ts";
import { isInterface, isKind, isUnsafePointer, under } from "../types/index.ts";
import type { Hole } from "./graph.ts";
import type { Escape } from "./options.ts";
import { dotType } from "./stmt.ts";
import { isDirectIface, mayPoint } from "./types.ts";

/** Evaluates `n`, whose init is done, into `hole`. */
export function exprSkipInit(e: Escape, hole: Hole, n: Expr): void {
  const k = hole.derefs >= 0 && !mayPoint(n.type) ? hole.to(e.b.blank) : hole;
  switch (n.kind) {
    case "LITERAL": case "NIL": case "TYPE": case "DYNAMICTYPE": case "METHEXPR": case "RTYPE":
      return;
    case "NAME":
      if (n.class !== "func" && n.class !== "extern") e.b.flow(k, e.b.location(n));
      return;
    case "PLUS": case "NEG": case "BITNOT": case "NOT": case "RECV":
      return e.discard(n.x);
    case "ITAB":
      return e.expr(k, n.x);
    case "CHECKNIL":
      return e.discard(n.x);
    case "ADD": case "SUB": case "OR": case "XOR": case "MUL": case "DIV": case "MOD": case "LSH": case "RSH": case "AND": case "ANDNOT":
    case "EQ": case "NE": case "LT": case "LE": case "GT": case "GE": case "ANDAND": case "OROR":
      e.discard(n.x);
      return e.discard(n.y);
    case "ADDR":
      return e.expr(k.addr(n, "address-of"), n.x);
    case "DEREF":
      return e.expr(k.deref(n, "indirection"), n.x);
    case "DOT": case "DOTINTER":
      return e.expr(k.note(n, "dot"), n.x);
    case "DOTPTR":
      return e.expr(k.deref(n, "dot of pointer"), n.x);
    case "DOTTYPE": case "DOTTYPE2": case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2":
      return e.expr(dotType(k, n.type.kind === "Tuple" ? (n.type.vars[0]?.type ?? n.type) : n.type).note(n, "dot"), n.x);
    case "INDEX":
      e.expr(under(n.x.type).kind === "Array" ? k.note(n, "fixed-array-index-of") : k.deref(n, "dot of pointer"), n.x);
      return e.discard(n.index);
    case "INDEXMAP":
      e.discard(n.x);
      return e.discard(n.index);
    case "SLICE": case "SLICEARR": case "SLICE3": case "SLICE3ARR": case "SLICESTR":
      e.expr(k.note(n, "slice"), n.x);
      e.discard(n.low);
      e.discard(n.high);
      return e.discard(n.max);
    case "SLICEHEADER":
      e.expr(k, n.ptr);
      e.discard(n.len);
      return e.discard(n.cap);
    case "PAREN":
      return e.expr(k, n.x);
    case "CONV": case "CONVNOP": case "CONVIFACE": case "SLICE2ARR": case "SLICE2ARRPTR":
    case "RUNES2STR": case "BYTES2STR": case "STR2RUNES": case "STR2BYTES": case "RUNESTR": case "BYTES2STRTMP": case "STR2BYTESTMP":
      return conversion(e, k, n);
    case "CALLFUNC": case "CALLINTER": case "INLCALL": case "LEN": case "CAP": case "MIN": case "MAX": case "COMPLEX": case "REAL": case "IMAG":
    case "APPEND": case "COPY": case "RECOVER": case "UNSAFEADD": case "UNSAFESLICE": case "UNSAFESTRING": case "UNSAFESTRINGDATA":
    case "UNSAFESLICEDATA":
      return e.call([k], n);
    case "NEW":
      e.spill(k, n);
      return;
    case "MAKESLICE":
      e.spill(k, n);
      e.discard(n.len);
      return e.discard(n.cap);
    case "MAKECHAN":
      return e.discard(n.len);
    case "MAKEMAP":
      e.spill(k, n);
      return e.discard(n.len);
    case "METHVALUE":
      return methodValue(e, k, n);
    case "PTRLIT":
      return e.expr(e.spill(k, n), n.x);
    case "ARRAYLIT":
      for (const elt of n.list) e.expr(k.note(n, "array literal element"), valueOf(elt));
      return;
    case "SLICELIT": {
      const storage = e.spill(k, n);
      for (const elt of n.list) e.expr(storage.note(n, "slice-literal-element"), valueOf(elt));
      return;
    }
    case "STRUCTLIT":
      for (const elt of n.list) e.expr(k.note(n, "struct literal element"), valueOf(elt));
      return;
    case "MAPLIT":
      e.spill(k, n);
      for (const elt of n.list) {
        if (elt.kind !== "KEY") bug(`${elt.kind} in a map literal`);
        e.assignHeap(elt.key, "map literal key", n);
        e.assignHeap(elt.value, "map literal value", n);
      }
      return;
    case "CLOSURE":
      return closure(e, k, n);
    case "ADDSTR":
      e.spill(k, n);
      for (const x of n.list) e.discard(x);
      return;
    default:
      return bug(`${n.kind} is no expression of a value`);
  }
}

const valueOf = (elt: Expr): Expr => (elt.kind === "KEY" || elt.kind === "STRUCTKEY" ? elt.value : elt);

function conversion(e: Escape, k: Hole, n: ConvExpr): void {
  switch (n.kind) {
    case "CONV": case "CONVNOP":
      if (e.b.o.checkConversions && isUnsafePointer(n.type) && under(n.x.type).kind === "Pointer") return e.assignHeap(n.x, "conversion to unsafe.Pointer", n);
      if (isUnsafePointer(n.type) && isKind(n.x.type, "uintptr")) return e.unsafeValue(k, n.x);
      return e.expr(k, n.x);
    case "CONVIFACE": {
      const boxed = !isInterface(n.x.type) && !isDirectIface(n.x.type);
      return e.expr((boxed ? e.spill(k, n) : k).note(n, "interface-converted"), n.x);
    }
    case "SLICE2ARR":
      return e.expr(k.deref(n, "slice-to-array"), n.x);
    case "SLICE2ARRPTR":
      return e.expr(k, n.x);
    default:
      e.spill(k, n);
      return e.discard(n.x);
  }
}

/** The receiver goes into the closure, and to wherever the method lets it flow: its results may go anywhere. */
function methodValue(e: Escape, k: Hole, n: Extract<Expr, { kind: "METHVALUE" }>): void {
  const record = e.spill(k, n);
  const sig = under(n.type);
  const results = sig.kind === "Signature" ? sig.results.map(() => e.b.heapHole()) : [];
  e.expr(e.tee(e.parameterHole(results, n.func, 0), record), n.x);
}

function closure(e: Escape, k: Hole, n: ClosureExpr): void {
  if (e.b.gone.has(n)) {
    n.esc = "none";
    return;
  }
  const record = e.spill(k, n);
  if (e.b.members.has(n.func)) record.dst.closure = e.b.frame(n.func);
  e.b.closures.push({ hole: record, closure: n });
  if (!isClosure(n.func)) return;
  for (const cv of n.func.closureVars) {
    const loc = e.b.location(cv);
    if (loc.captured) continue;
    loc.captured = true;
    // Assignments in straight-line code before the first capture don't matter.
    if (loc.loopDepth === e.loopDepth) loc.reassigned = false;
  }
  e.closure(n.func);
}

/** A uintptr that becomes an unsafe.Pointer: the pointer it came from flows. */
export function unsafeValue(e: Escape, k: Hole, n: Expr): void {
  e.stmts(n.init);
  switch (n.kind) {
    case "CONV": case "CONVNOP":
      return isUnsafePointer(n.x.type) ? e.expr(k, n.x) : e.discard(n.x);
    case "DOTPTR":
      return isReflectHeaderData(n) ? e.expr(k.deref(n, "reflect.Header.Data"), n.x) : e.discard(n.x);
    case "PLUS": case "NEG": case "BITNOT":
      return e.unsafeValue(k, n.x);
    case "ADD": case "SUB": case "OR": case "XOR": case "MUL": case "DIV": case "MOD": case "AND": case "ANDNOT":
      e.unsafeValue(k, n.x);
      return e.unsafeValue(k, n.y);
    case "LSH": case "RSH":
      e.unsafeValue(k, n.x);
      return e.discard(n.y);
    default:
      return e.exprSkipInit(e.b.discardHole(), n);
  }
}
