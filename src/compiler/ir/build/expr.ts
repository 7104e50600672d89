/**
 * Expressions: constants become literals, names become variables, implicit steps (loads through pointers, embedded fields,
 * addresses of receivers, conversions) become nodes of their own, marked implicit.
 *
 * Calls stand in call.ts, composite and function literals in literal.ts.
 * Go: cmd/compile/internal/noder (writer.go expr, reader.go expr), typecheck/expr.go.
 */
import { bug } from "../../../base/bug.ts";
import type { Pos } from "../../../base/source.ts";
import { sign } from "../../constant/index.ts";
import type * as ast from "../../syntax/ast.ts";
import {
  basic, byteType, identical, isExported, isInterface, isString, isTypeParam, isUntyped, lookupFieldOrMethod, offsetsof, type Func as FuncObj, type Package, type Selection, type Type, type TypeAndValue, unalias, under,
} from "../../types/index.ts";
import type { AssignListStmt, BinaryOp, Expr, MethodExpr, Name, SelectorExpr, XPos } from "../node.ts";
import { xpos } from "../positions.ts";
import type { Builder, FuncState } from "./context.ts";
import { assignable, convertTo } from "./convert.ts";
import { noteAssertion, noteConversion, noteType, typeWord } from "./dictionary.ts";
import { curry, hasBodies, instanceMethodName, instanceValue, methodExprWrap, methodOfInstance, shapedMethod, typeParamMethod } from "./instance.ts";
import { hasShape } from "./shape.ts";
import { address, deref, fixValue, literal, newTemp, nil, typeNode, withInit, declare } from "./make.ts";
import { compositeLit } from "./literal.ts";
import { functionName, globalName, localName, meetType, receiverBase, signatureOf } from "./names.ts";
import { factsOf, idealType, isNil, isTypeExpr, namedObject, recorded, substituted, substitutedSignature, typeOf, unpack, unparen } from "./query.ts";

/** Go's binary operators and their operations. */
export const BINARY: Readonly<Record<string, BinaryOp>> = {
  "+": "ADD", "-": "SUB", "|": "OR", "^": "XOR", "*": "MUL", "/": "DIV", "%": "MOD", "&": "AND", "&^": "ANDNOT", "<<": "LSH", ">>": "RSH",
  "==": "EQ", "!=": "NE", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE",
};

/** The value of `x0`. */
export function buildExpr(f: FuncState, x0: ast.Expr): Expr {
  const s = f.b.state;
  const x = unparen(x0);
  const pos = xpos(x.pos);
  const helper = x.kind === "Name" ? s.made.helpers.get(x) : undefined;
  if (helper) return helper();
  const tv = factsOf(s, x);
  if (tv?.value) {
    const type = substituted(f, idealType(tv.type, sign0(tv.value) < 0));
    meetType(f.b, type);
    return literal(pos, type, fixValue(type, tv.value));
  }
  if (isNil(s, x)) return nil(pos, typeOf(f, x));
  if (tv && tv.mode !== "builtin" && tv.type.kind !== "Tuple" && !isUntyped(tv.type)) meetType(f.b, substituted(f, tv.type));
  const named = namedObject(s, x);
  if (!named) return reshaped(f, tv, operation(f, x, pos));
  if (named.obj.kind === "Func" && named.instance) return instanceValue(f, pos, named.obj, named.instance.typeArgs);
  if (named.obj.kind === "Func" || (named.obj.kind === "Var" && named.obj.role === "package")) return globalName(f.b, named.obj);
  if (named.obj.kind === "Var") return localName(f, named.obj, x.pos);
  return bug(`${named.obj.name} (${named.obj.kind}) is no value`);
}

/** Among shapes the value of an expression may have another type than the expression: pointers all look alike. Go: exprReshape. */
function reshaped(f: FuncState, tv: TypeAndValue | undefined, x: Expr): Expr {
  if (f.b.state.mode !== "shape" || !tv || !(f.subst || hasShape(x.type)) || tv.mode === "novalue" || tv.mode === "builtin" || tv.type.kind === "Tuple" || isUntyped(tv.type)) return x;
  if (x.kind !== "NAME" && x.type.kind !== "Tuple") x.type = substituted(f, tv.type);
  return x;
}

const sign0 = (v: Parameters<typeof sign>[0]): number => (v.kind === "int" || v.kind === "float" ? sign(v) : 0);

/** The type of the value of `x`: what the checker says, a comma-ok pair counted as its first part. */
function valueType(f: FuncState, x: ast.Expr): Type {
  const t = typeOf(f, x);
  if (t.kind === "Tuple") return t.vars[0]?.type ?? t;
  return isUntyped(t) ? idealType(t, false) : t;
}

function operation(f: FuncState, x: ast.Expr, pos: XPos): Expr {
  switch (x.kind) {
    case "CompositeLit":
      return compositeLit(f, x);
    case "FuncLit":
      return f.b.funcLit(f, x);
    case "SelectorExpr":
      return selector(f, x);
    case "IndexExpr":
      return index(f, x);
    case "SliceExpr":
      return slice(f, x);
    case "AssertExpr": {
      const operand = f.b.expr(f, x.x);
      const type = typeOf(f, x.type);
      meetType(f.b, type);
      const from = typeOf(f, x.x);
      noteAssertion(f, type, from);
      noteType(f, from);
      if (hasShape(type)) return { kind: "DYNAMICDOTTYPE", pos, init: [], type, x: operand, rtype: typeWord(f, pos, type) };
      return { kind: "DOTTYPE", pos, init: [], type, x: operand };
    }
    case "Operation":
      return x.y ? binary(f, x, x.y) : unary(f, x);
    case "CallExpr":
      return f.b.call(f, x);
    default:
      return bug(`${x.kind}${x.kind === "Name" ? ` ${x.value}` : ""} is no value at ${f.b.state.checked.sources.format(x.pos)}`);
  }
}

// ---- selectors ----------------------------------------------------------------------------------------------

function selector(f: FuncState, x: ast.SelectorExpr): Expr {
  const sel = selectionOf(f, x);
  if (sel.kind === "methodExpr") return methodExpression(f, x, sel);
  if (sel.kind === "methodVal") return methodValue(f, x, sel);
  return fieldPath(f.b.expr(f, x.x), sel.index, xpos(x.pos));
}

/** What the checker found a selector to mean. */
export function selectionOf(f: FuncState, x: ast.SelectorExpr): Selection {
  return recorded(f.b.state, (info) => info.selections.get(x)) ?? bug(`no selection for ${x.sel.value}`);
}

/** The field that `path` leads to; the fields on the way were not spelled. */
function fieldPath(x: Expr, path: readonly number[], pos: XPos, implicit = false): Expr {
  return path.reduce<Expr>((at, i, depth) => field(at, i, pos, implicit || depth < path.length - 1), x);
}

/** Field `i` of `x`, a struct or a pointer to one. */
export function field(x: Expr, i: number, pos: XPos, implicit: boolean): SelectorExpr {
  const [structType, pointer] = throughPointer(x.type);
  const struct = under(structType);
  const v = struct.kind === "Struct" ? struct.fields[i] : undefined;
  if (struct.kind !== "Struct" || !v?.type) return bug("a field of something that is no struct");
  const exported = /^\p{Lu}/u.test(v.name);
  return {
    kind: pointer ? "DOTPTR" : "DOT", pos, init: [], type: v.type, x, sel: v.name, ...(v.pkg && !exported ? { selPkg: v.pkg } : {}),
    offset: offsetsof(struct.fields)[i] ?? 0, index: i, ...(implicit ? { implicit } : {}),
  };
}

function throughPointer(t: Type): readonly [Type, boolean] {
  const u = under(t);
  return u.kind === "Pointer" ? [u.elem, true] : [t, false];
}

/**
 * The receiver of `x.M` as the method wants it (embedded fields followed, loaded or its address taken), and the method. Inside
 * a generic function the method is looked up anew, for the type argument has it. Go: recvExpr.
 */
export function methodReceiver(f: FuncState, x: ast.SelectorExpr, sel: Selection): { readonly recv: Expr; readonly method: FuncObj } {
  const pos = xpos(x.pos);
  let at = f.b.expr(f, x.x);
  let method = methodOf(sel);
  let { index } = sel;
  if (f.subst) {
    const found = lookupFieldOrMethod(at.type, true, method.pkg, method.name);
    if (found.obj?.kind !== "Func" || !found.index) return bug(`no method ${method.name} on a type argument`);
    method = found.obj;
    index = found.index;
  }
  for (const i of index.slice(0, -1)) at = field(at, i, pos, true);
  return { recv: adaptReceiver(at, receiverType(method), pos), method };
}

/** The method that a selection found. */
export const methodOf = (sel: Selection): FuncObj => (sel.obj.kind === "Func" ? sel.obj : bug(`${sel.obj.name} is no method`));

const receiverType = (method: FuncObj): Type => signatureOf(method).recv?.type ?? bug(`${method.name} has no receiver`);

function adaptReceiver(at: Expr, recv: Type, pos: XPos): Expr {
  if (isPointerTo(at.type, recv)) return deref(pos, at, true);
  return isPointerTo(recv, at.type) ? address(pos, at, true) : at;
}

function isPointerTo(from: Type, to: Type): boolean {
  const u = unalias(from);
  return u.kind === "Pointer" && identical(u.elem, to);
}

/** The type of a method as a function whose first parameter is the receiver. */
export function methodFuncType(recv: Type, sig: ReturnType<typeof signatureOf>): ReturnType<typeof signatureOf> {
  const self = { kind: "Var", name: "", pos: sig.recv?.pos ?? (0 as Pos), type: recv, embedded: false, role: "param", used: true } as const;
  return { kind: "Signature", typeParams: [], recvTypeParams: [], params: [self, ...sig.params], results: sig.results, variadic: sig.variadic };
}

/** `T.M` for the method that `sel` found on values of type `recv`. */
export function methodExprNode(b: Builder, pos: XPos, recv: Type, method: FuncObj): MethodExpr {
  const func = methodName(b, recv, method);
  const own = func.func?.shaped ? under(func.type) : undefined;
  const sig = own?.kind === "Signature" ? own : signatureOf(method);
  return { kind: "METHEXPR", pos, init: [], type: methodFuncType(recv, sig), x: typeNode(pos, recv), sel: method.name, func };
}

/** The name of the function behind a method; a method of an interface has one that stands for no function. */
export function methodName(b: Builder, recv: Type, method: FuncObj): Name {
  if (!isInterface(recv)) {
    const base = receiverBase(signatureOf(method));
    const instance = base && base.typeArgs.length > 0 && (!method.facts || (b.state.mode === "shape" && method.facts.at !== undefined));
    return instance ? instanceMethodName(b, base, method) : functionName(b, method);
  }
  return {
    kind: "NAME", pos: xpos(method.pos), init: [], sym: method.name, type: signatureOf(method), class: "func", addrtaken: false, used: true, byval: false,
    autotemp: false,
  };
}

/** A method chosen on a value. */
export interface SelectedMethod {
  /** A METHEXPR; a DOTINTER where the method is that of an (embedded) interface. */
  readonly fun: Expr;
  /** The receiver, ready to be the first argument; absent for a DOTINTER. */
  readonly recv?: Expr;
}

/** A method of an interface value, as the callee of a call. */
export function interfaceMethod(pos: XPos, x: Expr, method: FuncObj): SelectorExpr {
  const { name, pkg } = method;
  return { kind: "DOTINTER", pos, init: [], type: signatureOf(method), x, sel: name, ...(pkg && !isExported(name) ? { selPkg: pkg } : {}), offset: -1, index: -1 };
}

/** `x.sel` as a callee, for later phases: embedded fields followed, the receiver loaded or its address taken. Go: typecheck.XDotMethod. */
export function selectMethod(b: Builder, x: Expr, sel: string, pkg: Package | undefined, pos: XPos): SelectedMethod {
  const { obj, index } = lookupFieldOrMethod(x.type, true, pkg ?? b.state.checked.pkg, sel);
  if (obj?.kind !== "Func" || !index) return bug(`no method ${sel}`);
  let at = x;
  for (const i of index.slice(0, -1)) at = field(at, i, pos, true);
  if (isInterface(at.type)) return { fun: interfaceMethod(pos, at, obj) };
  const recv = adaptReceiver(at, receiverType(obj), pos);
  return { fun: methodExprNode(b, pos, recv.type, obj), recv };
}

/** Whether, in a shaped function, `x.M` is a method of a type parameter. */
export const isTypeParamReceiver = (f: FuncState, x: ast.SelectorExpr): boolean =>
  f.b.state.mode === "shape" && isTypeParam(factsOf(f.b.state, x.x)?.type ?? basic.int);

/** The instance whose method, compiled here for its shape, a call of `method` reaches; only where shapes are built. */
export function shapedReceiver(f: FuncState, recv: Type, method: FuncObj): ReturnType<typeof methodOfInstance> {
  if (f.b.state.mode !== "shape") return undefined;
  const found = methodOfInstance(recv, method);
  return found && hasBodies(f.b, found.named) ? found : undefined;
}

function methodValue(f: FuncState, x: ast.SelectorExpr, sel: Selection): Expr {
  const pos = xpos(x.pos);
  if (isTypeParamReceiver(f, x)) {
    const target = typeParamMethod(f, pos, f.b.expr(f, x.x), x.sel.value, substitutedSignature(f, signatureOf(methodOf(sel))));
    return curry(f, pos, target.fun, target.args);
  }
  const { recv, method } = methodReceiver(f, x, sel);
  const shaped = shapedReceiver(f, recv.type, method);
  if (shaped && hasShape(shaped.named)) {
    const target = shapedMethod(f, pos, shaped.named, shaped.method);
    return curry(f, pos, target.fun, [recv, ...target.args]);
  }
  const { recv: _, ...bare } = signatureOf(method);
  const func = isInterface(recv.type) ? undefined : methodName(f.b, recv.type, method);
  f.b.state.methodValues.push({ recv: recv.type, method, type: bare, declared: func !== undefined && (func.pkg === undefined || func.pkg === f.b.state.checked.pkg), have: f.b.state.inImported });
  return { kind: "METHVALUE", pos: xpos(x.pos), init: [], type: bare, x: recv, sel: method.name, ...(func ? { func } : {}) };
}

function methodExpression(f: FuncState, x: ast.SelectorExpr, sel: Selection): Expr {
  const recv = typeOf(f, x.x);
  meetType(f.b, recv);
  let method = methodOf(sel);
  if (f.subst) {
    const found = lookupFieldOrMethod(recv, true, method.pkg, method.name);
    if (found.obj?.kind === "Func") method = found.obj;
  }
  const pos = xpos(x.pos);
  if (isTypeParamReceiver(f, x)) return typeParamMethod(f, pos, nil(pos, recv), x.sel.value, substitutedSignature(f, signatureOf(methodOf(sel)))).fun;
  if (f.b.state.mode === "shape" && hasShape(recv)) {
    const found = lookupFieldOrMethod(recv, true, method.pkg, method.name);
    const adapt = (at: Expr): Expr => adaptReceiver(fieldPath(at, [...(found.index ?? []).slice(0, -1)], pos, true), receiverType(method), pos);
    const shaped = shapedReceiver(f, adapt(nil(pos, recv)).type, method);
    const target = shaped && hasShape(shaped.named) ? shapedMethod(f, pos, shaped.named, shaped.method) : undefined;
    if (target) return methodExprWrap(f, pos, recv, target, adapt);
  }
  return methodExprNode(f.b, pos, recv, method);
}

// ---- index, slice -------------------------------------------------------------------------------------------

function index(f: FuncState, x: ast.IndexExpr): Expr {
  const pos = xpos(x.pos);
  const container = f.b.expr(f, x.x);
  const t = under(container.type);
  if (t.kind === "Map") {
    const key = f.b.convert(f, t.key, x.index);
    noteType(f, container.type);
    return { kind: "INDEXMAP", pos, init: [], type: t.elem, x: container, index: key, assigned: false };
  }
  const i = f.b.expr(f, x.index);
  const base = t.kind === "Pointer" ? deref(pos, container, true) : container;
  return { kind: "INDEX", pos, init: [], type: elementType(base.type), x: base, index: i };
}

function elementType(t: Type): Type {
  const u = under(t);
  if (u.kind === "Array" || u.kind === "Slice") return u.elem;
  return isString(t) ? byteType : bug("an index into something without elements");
}

function slice(f: FuncState, x: ast.SliceExpr): Expr {
  const pos = xpos(x.pos);
  let operand = f.b.expr(f, x.x);
  const [low, high, max] = x.index.map((i) => (i ? f.b.expr(f, i) : undefined));
  if (under(operand.type).kind === "Array") operand = address(pos, operand, true);
  const t = under(operand.type);
  const array = t.kind === "Pointer" ? under(t.elem) : undefined;
  const type: Type = array?.kind === "Array" ? { kind: "Slice", elem: array.elem } : operand.type;
  const kind = isString(operand.type) ? "SLICESTR" : array ? (max ? "SLICE3ARR" : "SLICEARR") : max ? "SLICE3" : "SLICE";
  return { kind, pos, init: [], type, x: operand, ...(low ? { low } : {}), ...(high ? { high } : {}), ...(max ? { max } : {}) };
}

// ---- operators ----------------------------------------------------------------------------------------------

function unary(f: FuncState, x: ast.Operation): Expr {
  const pos = xpos(x.pos);
  const operand = f.b.expr(f, x.x);
  switch (x.op) {
    case "&":
      return address(pos, operand);
    case "*":
      return deref(pos, operand);
    case "<-":
      return { kind: "RECV", pos, init: [], type: channelElem(operand.type), x: operand };
    case "!":
      return { kind: "NOT", pos, init: [], type: operand.type, x: operand };
    case "-":
      return { kind: "NEG", pos, init: [], type: operand.type, x: operand };
    case "+":
      return { kind: "PLUS", pos, init: [], type: operand.type, x: operand };
    case "^":
      return { kind: "BITNOT", pos, init: [], type: operand.type, x: operand };
    default:
      return bug(`unary ${x.op}`);
  }
}

function channelElem(t: Type): Type {
  const u = under(t);
  return u.kind === "Chan" ? u.elem : bug("a receive from something that is no channel");
}

function binary(f: FuncState, x: ast.Operation, right: ast.Expr): Expr {
  const pos = xpos(x.pos);
  const common = x.op === "<<" || x.op === ">>" ? undefined : commonType(f, x.x, right);
  const a = f.b.convert(f, common, x.x);
  const b = f.b.convert(f, common, right);
  const type = valueType(f, x);
  if (x.op === "&&") return { kind: "ANDAND", pos, init: [], type, x: a, y: b };
  if (x.op === "||") return { kind: "OROR", pos, init: [], type, x: a, y: b };
  if (x.op === "+" && isString(type)) return concat(pos, type, a, b);
  return { kind: BINARY[x.op] ?? bug(`binary ${x.op}`), pos, init: [], type, x: a, y: b };
}

/** Both sides of an operator as one list of strings. */
export function concat(pos: XPos, type: Type, a: Expr, b: Expr): Expr {
  const right = b.kind === "ADDSTR" ? b.list : [b];
  if (a.kind !== "ADDSTR") return { kind: "ADDSTR", pos, init: [], type, list: [a, ...right] };
  a.list.push(...right);
  a.pos = pos;
  a.type = type;
  return a;
}

/** The type to which both operands are converted: that of the side which the other can be assigned to. */
function commonType(f: FuncState, x: ast.Expr, y: ast.Expr): Type | undefined {
  const tx = operandType(f, x);
  const ty = operandType(f, y);
  if (!tx) return ty;
  if (!ty || identical(tx, ty)) return tx;
  return assignable(tx, ty) ? ty : tx;
}

/** Absent for nil, which takes the other side's type. */
const operandType = (f: FuncState, x: ast.Expr): Type | undefined => (isNil(f.b.state, x) ? undefined : typeOf(f, x));

// ---- conversion and lists -----------------------------------------------------------------------------------

/** The value of `x` as one of type `dst`, converted without the source saying so. Go: implicitConvExpr. */
export function buildConvert(f: FuncState, dst: Type | undefined, x: ast.Expr): Expr {
  if (!dst) return f.b.expr(f, x);
  const inner = unparen(x);
  if (isNil(f.b.state, inner)) return nil(xpos(inner.pos), dst);
  const from = typeOf(f, x);
  if (identical(from, dst) || (isUntyped(from) && !isInterface(dst))) {
    const value = f.b.expr(f, x);
    if (isUntyped(from) && value.kind === "LITERAL") return literal(value.pos, dst, fixValue(dst, value.value));
    return value;
  }
  meetType(f.b, dst);
  noteConversion(f, from, dst);
  return convertTo(xpos(x.pos), dst, f.b.expr(f, x), true);
}

/** The values of a list; several results of one call are bound to temporaries first. Go: multiExpr. */
export function buildMulti(f: FuncState, pos0: Pos, dst: (i: number) => Type | undefined, list: readonly ast.Expr[]): Expr[] {
  const only = list.length === 1 ? list[0] : undefined;
  const tuple = only && !isTypeExpr(f.b.state, only) ? typeOf(f, only) : undefined;
  if (!only || tuple?.kind !== "Tuple" || tuple.vars.length < 2) return list.map((x, i) => f.b.convert(f, dst(i), x));
  const pos = xpos(pos0);
  const value = f.b.expr(f, only);
  const results: Expr[] = [];
  const as = multiAssign(pos, value);
  tuple.vars.forEach((v, i) => {
    const type = concrete(substituted(f, v.type ?? basic.bool));
    const temp = newTemp(f.fn, pos, type);
    temp.defn = as;
    as.init.push(declare(pos, temp));
    as.lhs.push(temp);
    const want = dst(i);
    if (want && !identical(type, want)) noteConversion(f, type, want);
    results.push(want && !identical(type, want) ? convertTo(pos, want, temp, true) : temp);
  });
  results[0] = withInit(f.basePos, [as], results[0] ?? bug("no results"));
  return results;
}

const concrete = (t: Type): Type => (isUntyped(t) ? idealType(t, false) : t);

function multiAssign(pos: XPos, value: Expr): AssignListStmt {
  const kinds = { INDEXMAP: "AS2MAPR", RECV: "AS2RECV", DOTTYPE: "AS2DOTTYPE", DYNAMICDOTTYPE: "AS2DOTTYPE" } as const;
  const kind = value.kind === "INDEXMAP" || value.kind === "RECV" || value.kind === "DOTTYPE" || value.kind === "DYNAMICDOTTYPE" ? kinds[value.kind] : "AS2FUNC";
  if (value.kind === "DOTTYPE") value.kind = "DOTTYPE2";
  if (value.kind === "DYNAMICDOTTYPE") value.kind = "DYNAMICDOTTYPE2";
  return { kind, pos, init: [], lhs: [], rhs: [value], def: true };
}

/** The elements of an instantiation or index list. */
export const indexList = (x: ast.IndexExpr): readonly ast.Expr[] => unpack(x.index);
