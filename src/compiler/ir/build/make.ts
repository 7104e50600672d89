/**
 * Small constructors of IR nodes, so that the builder reads as what it builds.
 *
 * Left to neighbours: deciding which node is wanted (the other files of this folder).
 */
import { makeBool, makeInt64, roundTo, toComplex, toFloat, toInt, type Value } from "../../constant/index.ts";
import { basic, identical, isComplex, isFloat, isInteger, type Type, under } from "../../types/index.ts";
import type {
  AddrExpr, AssignListStmt, AssignStmt, CallExpr, CompLitExpr, ConvExpr, DeclStmt, DerefExpr, Expr, Func, LiteralExpr, Name, NilExpr, PtrLitExpr, Stmt, TypeExpr, XPos,
} from "../node.ts";
import { canonical, outerValue } from "../value.ts";
import type { Package, SignatureType, TupleType, Var } from "../../types/index.ts";

/** `() `: the type of a call without results, and of a statement. */
export const noResults: TupleType = { kind: "Tuple", vars: [] };
/** `func()`. */
export const emptySignature: SignatureType = { kind: "Signature", typeParams: [], recvTypeParams: [], params: [], results: [], variadic: false };

export const literal = (pos: XPos, type: Type, value: Value): LiteralExpr => ({ kind: "LITERAL", pos, init: [], type, value });
/** An untyped integer constant, as the compiler makes them for itself. */
export const intLiteral = (pos: XPos, n: number, type: Type = basic["untyped int"]): LiteralExpr => literal(pos, type, makeInt64(n));
export const boolLiteral = (pos: XPos, value: boolean): LiteralExpr => literal(pos, basic.bool, makeBool(value));
export const nil = (pos: XPos, type: Type): NilExpr => ({ kind: "NIL", pos, init: [], type });
export const typeNode = (pos: XPos, type: Type): TypeExpr => ({ kind: "TYPE", pos, init: [], type });
export const pointerTo = (elem: Type): Type => ({ kind: "Pointer", elem });
export const declare = (pos: XPos, x: Name): DeclStmt => ({ kind: "DCL", pos, init: [], x });

/** The constant `value` as one of type `t` stores it. */
export function fixValue(t: Type, value: Value): Value {
  if (isInteger(t)) return toInt(value);
  if (isFloat(t)) return rounded(toFloat(value), t);
  return isComplex(t) ? rounded(toComplex(value), t) : value;
}

function rounded(value: Value, t: Type): Value {
  const u = under(t);
  const name = u.kind === "Basic" ? u.basic : "";
  if (name === "float32" || name === "complex64") return roundTo(value, 32);
  return name === "float64" || name === "complex128" ? roundTo(value, 64) : value;
}

export function assign(pos: XPos, x: Expr, y: Expr | undefined, def = false): AssignStmt {
  const made: AssignStmt = { kind: "AS", pos, init: [], x, ...(y ? { y } : {}), def };
  // Who makes a temporary does not say what defines it; the assignment does (Go: typecheck1, OAS).
  if (x.kind === "NAME" && x.autotemp) x.defn = made;
  return made;
}

/** `*x`. */
export function deref(pos: XPos, x: Expr, implicit = false): DerefExpr {
  const t = under(x.type);
  return { kind: "DEREF", pos, init: [], type: t.kind === "Pointer" ? t.elem : x.type, x, ...(implicit ? { implicit } : {}) };
}

/** `&x`: of a composite literal a PTRLIT, else an ADDR that marks its variable. */
export function address(pos: XPos, x: Expr, implicit = false): AddrExpr | PtrLitExpr {
  const type = pointerTo(x.type);
  if (x.kind === "ARRAYLIT" || x.kind === "MAPLIT" || x.kind === "SLICELIT" || x.kind === "STRUCTLIT") return { kind: "PTRLIT", pos, init: [], type, x };
  const variable = outerValue(x);
  if (variable.kind === "NAME") {
    variable.addrtaken = true;
    if (variable.outer && !variable.byval) canonical(variable).addrtaken = true;
  }
  return { kind: "ADDR", pos, init: [], type, x, ...(implicit ? { implicit } : {}) };
}

/** A conversion that changes nothing. */
export const convNop = (pos: XPos, type: Type, x: Expr, implicit = false): ConvExpr => ({
  kind: "CONVNOP", pos, init: [], type, x, ...(implicit ? { implicit } : {}),
});

/** Hangs `init` before `x`; a shared node is wrapped, for it cannot carry statements. */
export function withInit(pos: XPos, init: Stmt[], x: Expr): Expr {
  if (init.length === 0) return x;
  const carrier = x.kind === "NAME" || x.kind === "NIL" || x.kind === "LITERAL" || x.kind === "TYPE" ? convNop(pos, x.type, x) : x;
  carrier.init = [...init, ...carrier.init];
  return carrier;
}

export const composite = (pos: XPos, kind: CompLitExpr["kind"], type: Type, list: Expr[], len: number): CompLitExpr => ({
  kind, pos, init: [], type, list, len,
});

/** A call whose operands are final: variadic arguments are packed already. */
export const callNode = (pos: XPos, fun: Expr, args: Expr[], isDDD: boolean): CallExpr => ({
  kind: fun.kind === "DOTINTER" ? "CALLINTER" : "CALLFUNC", pos, init: [], type: resultType(fun.type), fun, args, isDDD,
});

/** What a call of a function of type `t` yields: nothing, a value or a tuple. */
export function resultType(t: Type): Type {
  const sig = under(t);
  if (sig.kind !== "Signature" || sig.results.length === 0) return noResults;
  return sig.results.length === 1 ? (sig.results[0]?.type ?? noResults) : { kind: "Tuple", vars: sig.results };
}

/** A variable of function `fn`, added to its declarations. */
export function newLocal(fn: Func, pos: XPos, sym: string, type: Type, obj?: Var): Name {
  const name: Name = {
    kind: "NAME", pos, init: [], sym, type, class: "auto", ...(fn.foreign && /^[^.~_]|^_.|^\.dict$/.test(sym) ? { pkg: fn.pkg } : {}), curfn: fn, addrtaken: false, used: true, byval: false, autotemp: false, ...(obj ? { obj } : {}),
  };
  fn.dcl.push(name);
  return name;
}

/** A temporary: numbered by how many variables its function has so far. */
export function newTemp(fn: Func, pos: XPos, type: Type): Name {
  const name = newLocal(fn, pos, `.autotmp_${fn.dcl.length}`, type);
  name.autotemp = true;
  name.esc = "none";
  return name;
}

/** `return call`, for a call as the last thing a function does; several results go through temporaries. Go: RewriteMultiValueCall. */
export function returnCall(fn: Func, pos: XPos, call: CallExpr): Stmt {
  const sig = under(call.fun.type);
  const results = sig.kind === "Signature" ? sig.results : [];
  if (results.length === 0) return call;
  if (results.length === 1) return { kind: "RETURN", pos, init: [], results: [call] };
  const as: AssignListStmt = { kind: "AS2FUNC", pos, init: [], lhs: [], rhs: [call], def: false };
  for (const { type } of results) {
    const temp = newTemp(fn, pos, type ?? noResults);
    as.init.push(declare(pos, temp));
    as.lhs.push(temp);
  }
  return { kind: "RETURN", pos, init: [as], results: [...as.lhs] };
}

/** A function's own copy of the captured variable `n`. */
export function newClosureVar(fn: Func, pos: XPos, n: Name): Name {
  const copy: Name = {
    kind: "NAME", pos, init: [], sym: n.sym, ...(n.pkg ? { pkg: n.pkg } : {}), type: n.type, class: "autoheap", curfn: fn, addrtaken: false, used: n.used,
    byval: false, autotemp: n.autotemp, outer: n,
  };
  fn.closureVars.push(copy);
  return copy;
}

/** The parts of a new function that its maker decides. */
export interface NewFunc {
  readonly pkg: Package;
  readonly printed: string;
  readonly pos: XPos;
  readonly namePos: XPos;
  readonly type: SignatureType;
}

/** A function without parameters or body yet, and its name. */
export function newFunc({ pkg, printed, pos, namePos, type }: NewFunc): Func {
  const name: Name = { kind: "NAME", pos: namePos, init: [], sym: printed, type, class: "func", addrtaken: false, used: true, byval: false, autotemp: false };
  const fn: Func = {
    name, pos, endPos: pos, printed, symbol: `${pkg.path}.${printed}`, pkg, type, params: [], results: [], dcl: [], body: [], closureVars: [], closures: [],
    pragmas: new Set(), dupok: false, wrapper: false, hasDefer: false, bodyless: false, label: 0,
  };
  name.func = fn;
  return fn;
}

/** Whether two types are the same as far as conversions care. */
export const sameType = (a: Type, b: Type): boolean => a === b || identical(a, b);
