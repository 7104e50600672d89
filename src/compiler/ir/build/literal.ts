/**
 * Composite literals and function literals.
 *
 * A function literal is named, numbered and listed before its body is read; the variables it captures are listed in the
 * order in which the body first mentions them.
 *
 * Go: cmd/compile/internal/noder (compLit, funcLit), ir/func.go (closureName, NewClosureFunc), typecheck/expr.go (tcCompLit).
 */
import { bug } from "../../../base/bug.ts";
import { int64Val } from "../../constant/index.ts";
import type * as ast from "../../syntax/ast.ts";
import { coreType, offsetsof, type SignatureType, type StructType, type Type, under } from "../../types/index.ts";
import type { ClosureExpr, CompLitExpr, Expr, Func, InlinedCall, Name, XPos } from "../node.ts";
import { inliningStack, xpos } from "../positions.ts";
import type { FuncState, PackageState } from "./context.ts";
import { noteType } from "./dictionary.ts";
import { address, composite, newClosureVar, newFunc } from "./make.ts";
import { declareParams, meetSignature, meetType, newState, nonEmpty } from "./names.ts";
import { factsOf, typeOf } from "./query.ts";
import { rewriteRanges } from "./rangefunc.ts";

// ---- composite literals -------------------------------------------------------------------------------------

/** The value of `T{…}`; where the type is elided and a pointer, of `&T{…}`. */
export function compositeLit(f: FuncState, x: ast.CompositeLit): Expr {
  const pos = xpos(x.pos);
  const type = typeOf(f, x);
  meetType(f.b, type);
  const core = coreType(type);
  const own = core?.kind === "Pointer" ? core.elem : type;
  const lit = literalOf(f, x, pos, own);
  if (core?.kind !== "Pointer") return lit;
  const pointer = address(pos, lit);
  pointer.type = type;
  return pointer;
}

function literalOf(f: FuncState, x: ast.CompositeLit, pos: XPos, type: Type): CompLitExpr {
  const t = coreType(type);
  switch (t?.kind) {
    case "Struct":
      return composite(pos, "STRUCTLIT", type, structElems(f, x, t), 0);
    case "Map":
      noteType(f, type);
      return composite(pos, "MAPLIT", type, keyedElems(f, x, t.key, t.elem), 0);
    case "Slice": {
      const list = keyedElems(f, x, undefined, t.elem);
      return composite(pos, "SLICELIT", type, list, lengthOf(list));
    }
    case "Array":
      return composite(pos, "ARRAYLIT", type, keyedElems(f, x, undefined, t.elem), 0);
    default:
      return bug("a composite literal of another type");
  }
}

function structElems(f: FuncState, x: ast.CompositeLit, struct: StructType): Expr[] {
  const offsets = offsetsof(struct.fields);
  return x.elems.map((elem, position) => {
    const keyed = elem.kind === "KeyValueExpr";
    const at = keyed ? elem.key : elem;
    const index = keyed ? struct.fields.findIndex((v) => elem.key.kind === "Name" && v.name === elem.key.value) : position;
    const field = struct.fields[index] ?? bug("a literal of a field that is not there");
    const value = f.b.convert(f, field.type, keyed ? elem.value : elem);
    return {
      kind: "STRUCTKEY", pos: xpos(at.pos), init: [], type: field.type ?? value.type, field: field.name, index, offset: offsets[index] ?? 0, value,
    };
  });
}

function keyedElems(f: FuncState, x: ast.CompositeLit, key: Type | undefined, elem: Type): Expr[] {
  return x.elems.map((e) => {
    if (e.kind !== "KeyValueExpr") return f.b.convert(f, elem, e);
    const k = f.b.convert(f, key, e.key);
    return { kind: "KEY", pos: xpos(e.key.pos), init: [], type: elem, key: k, value: f.b.convert(f, elem, e.value) };
  });
}

/** Number of elements of a slice literal: one more than the largest index. */
function lengthOf(list: readonly Expr[]): number {
  let next = 0;
  let length = 0;
  for (const e of list) {
    if (e.kind === "KEY" && e.key.kind === "LITERAL") next = Number(int64Val(e.key.value).value);
    length = Math.max(length, ++next);
  }
  return length;
}

// ---- function literals --------------------------------------------------------------------------------------

/** Why a closure is made: a literal, the body of a range over a function, or the wrapper of a go or defer. */
export type ClosureReason = "func" | "range" | "go" | "defer";

const SUFFIX: Readonly<Record<ClosureReason, string>> = { func: ".func", range: "-range", go: ".gowrap", defer: ".deferwrap" };

/** The next name for a closure made in `outer` at `pos`. Go: closureName. */
export function closureName(inlineTree: readonly InlinedCall[], outer0: Func, pos: XPos, why: ClosureReason): string {
  const outer = outer0.rangeParent ?? outer0;
  const gens = (outer.closureGens ??= { lit: 0, range: 0, goDefer: 0 });
  const count = why === "func" ? ++gens.lit : why === "range" ? ++gens.range : ++gens.goDefer;
  const suffix = why === "func" && outer.closure ? "." : SUFFIX[why];
  const inlined = inliningStack(inlineTree, pos).map((call) => call.func.printed);
  return [outer.printed, ...inlined].join(".") + suffix + String(count);
}

/** A new closure of `outer`, listed among the package's functions, and its literal. Go: NewClosureFunc. */
export function newClosure(s: PackageState, outer: Func, pos: XPos, type: SignatureType, why: ClosureReason): ClosureExpr {
  const fn = newFunc({ pkg: outer.pkg, printed: closureName(s.inlineTree, outer, pos, why), pos, namePos: pos, type });
  fn.dupok = outer.dupok;
  if (outer.foreign) fn.foreign = true;
  fn.closureParent = outer;
  if (why === "range") fn.rangeParent = outer.rangeParent ?? outer;
  const literal: ClosureExpr = { kind: "CLOSURE", pos, init: [], type, func: fn };
  fn.closure = literal;
  outer.closures.push(fn);
  s.funcs.push(fn);
  return literal;
}

/** The value of a function literal. */
export function funcLit(f: FuncState, x: ast.FuncLit): Expr {
  const type = typeOf(f, x);
  const sig = under(type);
  if (sig.kind !== "Signature") return bug("a function literal without a signature");
  meetSignature(f.b, sig);
  const range = f.b.state.made.rangeBodies.has(x);
  const literal = newClosure(f.b.state, f.fn, xpos(x.pos), sig, range ? "range" : "func");
  if (range) literal.func.rangeFuncBody = true;
  const declared = declaredSignature(f, x, sig);
  const inner = newState(f.b, literal.func, declared, f);
  const body = range ? x.body : rewriteRanges(f.b.state, declared, x.body);
  declareParams(inner);
  const dict = f.dictParam && copyDictionary(literal.func, f.dictParam);
  if (dict) inner.dictParam = dict;
  literal.func.body = nonEmpty(f.b.stmts(inner, body.list));
  if (dict) literal.func.closureVars.push(dict);
  literal.func.endPos = xpos(x.body.rbrace);
  return literal;
}

/** A literal's own copy of the dictionary around it: captured last, used or not. */
function copyDictionary(fn: Func, dict: Name): Name {
  const copy = newClosureVar(fn, dict.pos, dict);
  fn.closureVars.pop();
  return copy;
}

/** The signature whose variables the checker declared for the literal's body: the one it recorded, before substitution. */
function declaredSignature(f: FuncState, x: ast.FuncLit, sig: SignatureType): SignatureType {
  const recorded = factsOf(f.b.state, x)?.type;
  const u = recorded && under(recorded);
  return u?.kind === "Signature" ? u : sig;
}
