/** Function types, parameters, receivers and type parameters. Go: types2/signature.go, decl.go (collectTypeParams). */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { declare } from "./declare.ts";
import { error, type Where, requireVersion } from "./errors.ts";
import { typeOf, varType } from "./evaluate.ts";
import { at, type Mutable, lastOf } from "./lists.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { isValid } from "./predicates.ts";
import { newVar, recordInstance, recordType, recordUse } from "./record.ts";
import { instance, subst, substitution } from "./subst.ts";
import { unpackList, unparen } from "./positions.ts";
import { deref, isTypeParam, unalias, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { NamedType, Scope, SignatureType, Type, TypeName, TypeParamType, Var } from "./type.ts";

/** The parts of a function type or declaration. */
export interface FuncParts {
  readonly type: ast.FuncType;
  readonly recv?: ast.Field | undefined;
  readonly typeParams?: readonly ast.Field[];
  /** The signature to complete, where it must be known before its parts are. */
  readonly into?: Mutable<SignatureType>;
}

/** A signature with no parts. */
export const newSignature = (): Mutable<SignatureType> => ({
  kind: "Signature", typeParams: [], recvTypeParams: [], params: [], results: [], variadic: false,
});

/** The signature that a function type denotes, and the scope of its parameters. */
export function funcType(c: Checker, { type, recv: recvField, typeParams, into }: FuncParts): { sig: SignatureType; scope: Scope } {
  const sig = into ?? newSignature();
  const scope = c.openScope(type, true);
  let recv: Var | undefined;
  if (recvField) {
    const collected = collectReceiver(c, recvField);
    recv = collected.recv;
    sig.recvTypeParams = collected.typeParams;
  }
  if (typeParams && typeParams.length > 0) collectTypeParams(c, typeParams, (list) => (sig.typeParams = list));
  const params = collectParams(c, "param", type.params);
  const results = collectParams(c, "result", type.results);
  if (recv && recvField?.name && recv.name !== "") declare(c, scope, recvField.name, recv);
  declareParams(c, scope, type.params, params.vars);
  declareParams(c, scope, type.results, results.vars);
  if (recv) sig.recv = recv;
  sig.params = params.vars;
  sig.results = results.vars;
  sig.variadic = params.variadic;
  c.closeScope();
  return { sig, scope };
}

function collectParams(c: Checker, role: "param" | "result", list: readonly ast.Field[]): { vars: Var[]; variadic: boolean } {
  const vars: Var[] = [];
  let variadic = false;
  let type: Type = invalidType;
  let previous: ast.Expr | undefined;
  list.forEach((f, i) => {
    if (f.type !== previous) {
      previous = f.type;
      let written = f.type;
      if (written.kind === "DotsType") {
        if (role === "param" && i === list.length - 1) variadic = true;
        else error(c, written, messages.invalidDots());
        written = written.elem;
      }
      type = varType(c, written);
    }
    if (f.name) vars.push(newVar(c, role, f.name.pos, f.name.value, type));
    else {
      const v = newVar(c, role, f.pos, "", type);
      c.info.implicits.set(f, v);
      vars.push(v);
    }
  });
  if (variadic) {
    const last = lastOf(vars);
    last.type = { kind: "Slice", elem: last.type ?? invalidType };
    recordType(c, lastOf(list).type, "type", last.type);
  }
  return { vars, variadic };
}

function declareParams(c: Checker, scope: Scope, fields: readonly ast.Field[], vars: readonly Var[]): void {
  fields.forEach((f, i) => {
    if (f.name && f.name.value !== "") declare(c, scope, f.name, at(vars, i));
  });
}

// ---- type parameters ----------------------------------------------------------------------------------------

/** Declares type parameters and finds their constraints, which may mention them; `keep` gets the list before that. */
export function collectTypeParams(c: Checker, list: readonly ast.Field[], keep: (list: readonly TypeParamType[]) => void): void {
  const params = list.flatMap((f) => (f.name ? [declareTypeParam(c, f.name)] : []));
  params.forEach((p, i) => (p.index = i));
  keep(params);
  c.env.inTypeParams = true;
  let bound: Type = invalidType;
  list.forEach((f, i) => {
    if (i === 0 || f.type !== list[i - 1]?.type) {
      bound = constraint(c, f.type);
      if (isTypeParam(bound)) {
        error(c, f.type, messages.typeParamAsConstraint());
        bound = invalidType;
      }
    }
    const p = params[i];
    if (p) p.constraint = bound;
  });
  c.env.inTypeParams = false;
}

function constraint(c: Checker, e: ast.Expr): Type {
  if (e.kind !== "Operation" || (e.op !== "~" && e.op !== "|")) return typeOf(c, e);
  // ~T and A|B stand for an interface with that element.
  const field: ast.Field = { kind: "Field", pos: e.pos, type: e };
  const t = typeOf(c, { kind: "InterfaceType", pos: e.pos, methods: [field] });
  if (t.kind === "Interface") Object.assign(t, { implicit: true });
  return t;
}

function declareTypeParam(c: Checker, name: ast.Name): TypeParamType {
  const obj: TypeName = { kind: "TypeName", name: name.value, pos: name.pos, pkg: c.pkg, type: undefined };
  const p: TypeParamType = { kind: "TypeParam", id: c.typeParamId(), obj, index: -1, constraint: invalidType };
  obj.type = p;
  declare(c, c.env.scope, name, obj);
  return p;
}

// ---- receivers ----------------------------------------------------------------------------------------------

/** A receiver's type taken apart: `*T[P, Q]`. */
export interface ReceiverParts {
  readonly pointer: boolean;
  readonly base: ast.Expr;
  /** Names of its type parameters; undefined where there is no bracket. */
  readonly params: readonly ast.Name[] | undefined;
}

/** Takes a receiver's type apart; `complain` hears of type parameters that are no names. */
export function unpackReceiver(e: ast.Expr, complain?: (e: ast.Expr) => void): ReceiverParts {
  let base = unparen(e);
  const pointer = base.kind === "Operation" && base.op === "*" && !base.y;
  if (base.kind === "Operation" && pointer) base = unparen(base.x);
  if (base.kind !== "IndexExpr") return { pointer, base, params: undefined };
  const params = unpackList(base.index).map((arg): ast.Name => {
    if (arg.kind === "Name") return arg;
    if (arg.kind !== "BadExpr") complain?.(arg);
    return { kind: "Name", pos: arg.pos, value: "_" };
  });
  return { pointer, base: base.x, params };
}

function collectReceiver(c: Checker, field: ast.Field): { recv: Var; typeParams: readonly TypeParamType[] } {
  const parts = unpackReceiver(field.type, (e) => error(c, e, messages.receiverTypeParam(e)));
  let type: Type;
  let typeParams: readonly TypeParamType[] = [];
  if (!parts.params) {
    type = varType(c, field.type);
    if (!checkReceiverAlias(c, parts.base, type)) type = invalidType;
  } else {
    const generic = genericReceiver(c, field, parts.base, parts.params, parts.pointer);
    ({ type, typeParams } = generic);
  }
  const recv = newVar(c, "recv", field.name?.pos ?? field.pos, field.name?.value ?? "", type);
  if (!field.name || field.name.value === "") c.info.implicits.set(field, recv);
  c.later(() => validReceiver(c, parts.base, recv));
  return { recv, typeParams };
}

/** Reports a receiver that is an alias for an instance. */
function checkReceiverAlias(c: Checker, base: ast.Expr, type: Type): boolean {
  const pointee = (t: Type): Type => {
    let u = t;
    while (u.kind === "Pointer") u = u.elem;
    return u;
  };
  for (let t = pointee(type); t.kind === "Alias"; ) {
    const next = pointee(t.target);
    if ((next.kind === "Named" || next.kind === "Alias") && next.typeParams.length > 0) {
      error(c, base, messages.methodOnInstance(next));
      return false;
    }
    t = next;
  }
  return true;
}

function genericReceiver(
  c: Checker, field: ast.Field, base: ast.Expr, names: readonly ast.Name[], pointer: boolean,
): { type: Type; typeParams: readonly TypeParamType[] } {
  let generic: NamedType | undefined;
  const found = c.genericType(base, (t) => error(c, base, messages.notGeneric(t)));
  if (found.kind === "Named") generic = found;
  else if (found.kind === "Alias" && isValid(found)) error(c, base, messages.methodOnGenericAlias(found));
  const params = names.map((name) => {
    const p = declareTypeParam(c, name);
    recordUse(c, name, p.obj);
    recordType(c, name, "type", p);
    return p;
  });
  params.forEach((p, i) => (p.index = i));
  if (!generic) return { type: invalidType, typeParams: params };
  const own = generic.typeParams;
  if (own.length === params.length) {
    const map = substitution(own, params);
    params.forEach((p, i) => {
      const original = at(own, i);
      c.mono.canonical.set(p, original);
      p.constraint = subst(original.constraint, map, c.instances);
    });
  } else error(c, base, messages.receiverTypeParamCount(params.length, own.length));
  requireVersion(c, base, 18, text`type instantiation`);
  c.instances.at = field.type.pos;
  let type: Type = instance(generic, params, c.instances);
  recordInstance(c, base, params, type);
  if (pointer) type = { kind: "Pointer", elem: type };
  recordReceiverTypes(c, field.type, type);
  return { type, typeParams: params };
}

function recordReceiverTypes(c: Checker, e0: ast.Expr, t0: Type): void {
  let [e, t] = [e0, t0];
  for (;;) {
    recordType(c, e, "type", t);
    if (e.kind === "ParenExpr") e = e.x;
    else if (e.kind === "Operation" && e.op === "*" && !e.y && t.kind === "Pointer") {
      e = e.x;
      t = t.elem;
    } else return;
  }
}

function validReceiver(c: Checker, where: Where, recv: Var): void {
  const type = recv.type ?? invalidType;
  const [base] = deref(type);
  const t = unalias(base);
  if (!isValid(t)) return;
  if (t.kind === "Basic" || (t.kind === "Named" && t.obj.pkg !== c.pkg)) return error(c, where, messages.nonLocalReceiver(base));
  if (t.kind !== "Named") return error(c, where, messages.invalidReceiver(type, ""));
  const u = under(t);
  if (u.kind === "Pointer" || u.kind === "Interface") error(c, where, messages.invalidReceiver(base, "pointer or interface type"));
  else if (u.kind === "Basic" && u.basic === "unsafe.Pointer") error(c, where, messages.invalidReceiver(base, "unsafe.Pointer"));
}

