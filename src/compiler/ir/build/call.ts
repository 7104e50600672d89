/**
 * Calls: of functions, methods, interface methods and built-ins; conversions written as calls.
 *
 * A method call becomes the call of the method as a function, its receiver first. Extra arguments of a variadic function
 * become one implicit slice literal. A callee that itself contains a call is bound to a temporary.
 *
 * Go: cmd/compile/internal/noder (exprCall), typecheck/func.go (tcCall, FixVariadicCall, FixMethodCall, builtins).
 */
import { bug } from "../../../base/bug.ts";
import type * as ast from "../../syntax/ast.ts";
import { alignof, basic, byteType, coreType, identical, isInterface, offsetof, type SignatureType, sizeof, type Type, under } from "../../types/index.ts";
import type { BuiltinExpr, Expr, MakeExpr, Name, Stmt, XPos } from "../node.ts";
import { xpos } from "../positions.ts";
import type { FuncState } from "./context.ts";
import { convertTo } from "./convert.ts";
import { interfaceMethod, isTypeParamReceiver, methodExprNode, methodOf, methodReceiver, shapedReceiver } from "./expr.ts";
import { noteConversion, noteType, typeWord } from "./dictionary.ts";
import { hasShape } from "./shape.ts";
import { finishCall } from "./finish.ts";
import { instanceCallee, shapedMethod, typeParamMethod } from "./instance.ts";
import { address, assign, declare, intLiteral, newTemp, noResults, pointerTo, sameType } from "./make.ts";
import { meetType, signatureOf } from "./names.ts";
import { builtinName, factsOf, isPackageQualified, isTypeExpr, namedObject, pointee, recorded, substitutedSignature, typeOf, unparen } from "./query.ts";

/** The value of a call. */
export function buildCall(f: FuncState, x: ast.CallExpr): Expr {
  const s = f.b.state;
  if (isTypeExpr(s, x.fun)) return conversion(f, x);
  const builtin = builtinName(s, x.fun);
  if (builtin !== undefined) return builtinCall(f, x, builtin);
  const { fun, args } = callee(f, x);
  const pos = xpos(x.pos);
  const sig = coreSignature(typeOf(f, x.fun));
  args.push(...f.b.multi(f, x.pos, (i) => paramType(sig, x.hasDots, i), x.args));
  return finishCall(f, pos, fun, args, x.hasDots);
}

function coreSignature(t: Type): SignatureType {
  const core = coreType(t);
  return core?.kind === "Signature" ? core : bug("a call of something that is no function");
}

/** The type that argument `i` is converted to. */
function paramType(sig: SignatureType, hasDots: boolean, i: number): Type | undefined {
  const last = sig.params.length - 1;
  if (sig.variadic && !hasDots && i >= last) {
    const t = sig.params[last]?.type;
    const u = t && under(t);
    return u?.kind === "Slice" ? u.elem : t;
  }
  return sig.params[i]?.type;
}

/** What is called, and the arguments that the callee brings along: a method's receiver. */
function callee(f: FuncState, x: ast.CallExpr): { fun: Expr; args: Expr[] } {
  const s = f.b.state;
  const fun = unparen(x.fun);
  if (fun.kind === "SelectorExpr" && !isPackageQualified(s, fun)) {
    const sel = recorded(s, (info) => info.selections.get(fun));
    if (sel?.kind === "methodVal") {
      const pos = xpos(fun.pos);
      if (isTypeParamReceiver(f, fun)) return typeParamMethod(f, pos, f.b.expr(f, fun.x), fun.sel.value, substitutedSignature(f, signatureOf(methodOf(sel))));
      const { recv, method } = methodReceiver(f, fun, sel);
      const shaped = shapedReceiver(f, recv.type, method);
      if (shaped) {
        const { fun: target, args } = shapedMethod(f, pos, shaped.named, shaped.method);
        return { fun: target, args: [recv, ...args] };
      }
      if (isInterface(recv.type)) return { fun: interfaceMethod(pos, recv, method), args: [] };
      return { fun: methodExprNode(f.b, pos, recv.type, method), args: [recv] };
    }
  }
  const named = namedObject(s, fun);
  if (named?.instance && named.obj.kind === "Func") return instanceCallee(f, xpos(fun.pos), named.obj, named.instance.typeArgs);
  return { fun: f.b.expr(f, fun), args: [] };
}

function conversion(f: FuncState, x: ast.CallExpr): Expr {
  const arg = x.args[0] ?? bug("a conversion of nothing");
  const type = typeOf(f, x.fun);
  meetType(f.b, type);
  noteConversion(f, typeOf(f, arg), type);
  return convertTo(xpos(arg.pos), type, f.b.expr(f, arg), false);
}

// ---- built-in functions -------------------------------------------------------------------------------------

function builtinCall(f: FuncState, x: ast.CallExpr, name: string): Expr {
  const pos = xpos(x.pos);
  const type = (): Type => {
    const t = factsOf(f.b.state, x)?.type;
    return t ? typeOf(f, x) : noResults;
  };
  const plain = (kind: BuiltinExpr["kind"], t: Type, dst: (i: number) => Type | undefined = () => undefined): BuiltinExpr => ({
    kind, pos, init: [], type: t, args: f.b.multi(f, x.pos, dst, x.args),
  });
  switch (name) {
    case "make":
      return makeCall(f, x, pos);
    case "new":
      return newCall(f, x, pos);
    case "append":
      return appendCall(f, x, pos);
    case "len":
      return plain("LEN", basic.int);
    case "cap":
      return plain("CAP", basic.int);
    case "copy":
      return noting(f, elementOf(f, x.args[0]), plain("COPY", basic.int));
    case "clear":
      return plain("CLEAR", noResults);
    case "close":
      return plain("CLOSE", noResults);
    case "delete":
      return noting(f, x.args[0] && typeOf(f, x.args[0]), plain("DELETE", noResults, (i) => (i === 1 ? mapKey(f, x) : undefined)));
    case "min": case "max":
      return plain(name === "min" ? "MIN" : "MAX", type(), () => type());
    case "panic":
      return plain("PANIC", noResults, () => ANY);
    case "recover":
      return plain("RECOVER", ANY);
    case "print": case "println":
      return plain(name === "print" ? "PRINT" : "PRINTLN", noResults);
    case "complex":
      return plain("COMPLEX", type(), () => partType(type()));
    case "real": case "imag":
      return plain(name === "real" ? "REAL" : "IMAG", type());
    case "Add":
      return plain("UNSAFEADD", type());
    case "Slice":
      return plain("UNSAFESLICE", type());
    case "String":
      return plain("UNSAFESTRING", type());
    case "SliceData":
      return plain("UNSAFESLICEDATA", type());
    case "StringData":
      return plain("UNSAFESTRINGDATA", pointerTo(byteType));
    case "Sizeof": case "Alignof": case "Offsetof":
      return intLiteral(pos, layoutValue(f, x, name), basic.uintptr);
    default:
      return bug(`built-in ${name}`);
  }
}

/** `call`, and the type that it finds in the dictionary. */
function noting(f: FuncState, type: Type | undefined, call: BuiltinExpr): BuiltinExpr {
  if (type) noteType(f, type);
  return call;
}

function elementOf(f: FuncState, x: ast.Expr | undefined): Type | undefined {
  const core = x && coreType(typeOf(f, x));
  return core?.kind === "Slice" ? core.elem : undefined;
}

/** Sizes and offsets that depend on type arguments, and so were not constant for the checker. */
function layoutValue(f: FuncState, x: ast.CallExpr, name: "Sizeof" | "Alignof" | "Offsetof"): number {
  const arg = unparen(x.args[0] ?? bug(`${name} of nothing`));
  if (name === "Sizeof") return sizeof(typeOf(f, arg));
  if (name === "Alignof") return alignof(typeOf(f, arg));
  if (arg.kind !== "SelectorExpr") return bug("Offsetof of no field");
  const sel = recorded(f.b.state, (info) => info.selections.get(arg)) ?? bug("Offsetof of no field");
  return offsetof(pointee(typeOf(f, arg.x)), sel.index);
}

const ANY: Type = { kind: "Interface", methods: [], embeddeds: [], implicit: false };

function mapKey(f: FuncState, x: ast.CallExpr): Type | undefined {
  const first = x.args[0];
  const m = first && coreType(typeOf(f, first));
  return m?.kind === "Map" ? m.key : undefined;
}

/** The type of the parts of a complex type. */
function partType(t: Type): Type {
  const u = under(t);
  return u.kind === "Basic" && u.basic === "complex64" ? basic.float32 : basic.float64;
}

function makeCall(f: FuncState, x: ast.CallExpr, pos: XPos): MakeExpr {
  const type = typeOf(f, x.args[0] ?? bug("make of nothing"));
  meetType(f.b, type);
  noteType(f, type);
  const extra = x.args.slice(1).map((a) => sizeOperand(f, a));
  const core = coreType(type);
  if (core?.kind === "Slice") {
    const [len, cap] = extra;
    return { kind: "MAKESLICE", pos, init: [], type, ...(len ? { len } : {}), ...(cap ? { cap } : {}) };
  }
  const kind = core?.kind === "Map" ? "MAKEMAP" : "MAKECHAN";
  return { kind, pos, init: [], type, len: extra[0] ?? intLiteral(pos, 0) };
}

const sizeOperand = (f: FuncState, x: ast.Expr): Expr => f.b.expr(f, x);

function newCall(f: FuncState, x: ast.CallExpr, pos: XPos): Expr {
  const arg = x.args[0] ?? bug("new of nothing");
  if (isTypeExpr(f.b.state, arg)) {
    const elem = typeOf(f, arg);
    meetType(f.b, elem);
    noteType(f, elem);
    return { kind: "NEW", pos, init: [], type: pointerTo(elem), ...(hasShape(elem) ? { rtype: typeWord(f, pos, elem) } : {}) };
  }
  const init: Stmt[] = [];
  const temp = tempCopy(f, pos, f.b.expr(f, arg), init);
  const addr = address(pos, temp);
  addr.init = init;
  return addr;
}

/** A temporary that holds `x`; its declaration and assignment are added to `init`. */
export function tempCopy(f: FuncState, pos: XPos, x: Expr, init: Stmt[]): Name {
  const temp = newTemp(f.fn, pos, x.type);
  init.push(declare(pos, temp), assign(pos, temp, x));
  // The definition is a statement of its own, not the one in the tree: so the compiler counts the other as a reassignment.
  temp.defn = assign(pos, temp, x, true);
  return temp;
}

function appendCall(f: FuncState, x: ast.CallExpr, pos: XPos): Expr {
  const first = x.args[0] ?? bug("append to nothing");
  const type = factsOf(f.b.state, x) ? typeOf(f, x) : typeOf(f, first);
  const core = coreType(type);
  const elem = core?.kind === "Slice" ? core.elem : undefined;
  const args = f.b.multi(f, x.pos, (i) => (i === 0 ? sliceOperand(f, first, type) : x.hasDots ? undefined : elem), x.args);
  if (elem) noteType(f, elem);
  return { kind: "APPEND", pos, init: [], type, args, isDDD: x.hasDots };
}

function sliceOperand(f: FuncState, first: ast.Expr, type: Type): Type | undefined {
  const t = typeOf(f, first);
  return t.kind === "Tuple" || sameType(t, type) || identical(t, type) ? undefined : type;
}
