/**
 * Declarations, checked when they are first needed: at package level in any order, inside functions in theirs.
 *
 * Go: types2/decl.go.
 */
import { noPos, type Pos } from "../../base/source.ts";
import { makeInt64, makeUnknown } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { initConst, initVar, initVars } from "./assign.ts";
import { type Checker, type DeclInfo, environment } from "./checker.ts";
import { declare } from "./declare.ts";
import { error, report, requireVersion } from "./errors.ts";
import { expr, newTarget, typeOf, varType } from "./evaluate.ts";
import { validCycle, validType } from "./finite.ts";
import { at, type Mutable } from "./lists.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { objectId } from "./names.ts";
import { newOperand } from "./operand.ts";
import { isConstType, isValid } from "./predicates.ts";
import { endPos, unpackList } from "./positions.ts";
import { newVar } from "./record.ts";
import { collectTypeParams, funcType, newSignature } from "./signature.ts";
import { isImportedConstraint } from "./typesetreport.ts";
import { asNamed, isTypeParam, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { AliasType, Const, Func, NamedType, Obj, Scope, Type, TypeName, TypeParamType, Var } from "./type.ts";

/** Checks the declaration of an object, unless that is done or under way. */
export function objDecl(c: Checker, obj: Obj): void {
  if (c.path.includes(obj)) {
    cycleTo(c, obj);
    return;
  }
  if (obj.kind !== "Const" && obj.kind !== "Var" && obj.kind !== "TypeName" && obj.kind !== "Func") return;
  if (obj.type) return;
  const d = c.objects.get(obj);
  if (!d) return;
  c.path.push(obj);
  const saved = c.env;
  c.env = environment(d.file, d.version);
  switch (obj.kind) {
    case "Const":
      c.env.decl = d;
      constDecl(c, obj, d.type, d.init, d.inherited ?? false, d.iota ?? 0);
      break;
    case "Var":
      c.env.decl = d;
      varDecl(c, obj, d.lhs, d.type, d.init);
      break;
    case "TypeName":
      if (d.typeDecl) typeDecl(c, obj, d.typeDecl);
      collectMethods(c, obj);
      break;
    case "Func":
      if (d.funcDecl) funcDecl(c, obj, d, d.funcDecl);
      break;
  }
  c.env = saved;
  c.path.pop();
}

/** An object is needed for its own declaration. */
function cycleTo(c: Checker, obj: Obj): void {
  const valid = validCycle(c, obj);
  if (obj.kind === "Const" || obj.kind === "Var") {
    if (!valid || !obj.type) obj.type = invalidType;
  } else if (obj.kind === "TypeName" && !valid) obj.type = invalidType;
}

function constDecl(c: Checker, obj: Const, typeExpr: ast.Expr | undefined, init: ast.Expr | undefined, inherited: boolean, iota: number): void {
  const { iota: outerIota, errpos } = c.env;
  c.env.iota = makeInt64(iota);
  c.env.errpos = noPos;
  obj.value = makeUnknown();
  if (constType(c, obj, typeExpr)) {
    const x = newOperand();
    if (init) {
      // Errors in a repeated expression are reported where it is repeated.
      if (inherited) c.env.errpos = obj.pos;
      expr(c, x, init);
    }
    initConst(c, obj, x);
  }
  c.env.iota = outerIota;
  c.env.errpos = errpos;
}

function constType(c: Checker, obj: Const, e: ast.Expr | undefined): boolean {
  if (!e) return true;
  const t = typeOf(c, e);
  if (isConstType(t)) {
    obj.type = t;
    return true;
  }
  if (isValid(under(t))) error(c, e, messages.invalidConstantType(t));
  obj.type = invalidType;
  return false;
}

function varDecl(c: Checker, obj: Var, lhs: readonly Var[] | undefined, typeExpr: ast.Expr | undefined, init: ast.Expr | undefined): void {
  if (typeExpr) obj.type = varType(c, typeExpr);
  if (!init) {
    if (!typeExpr) obj.type = invalidType;
    return;
  }
  if (!lhs || lhs.length === 1) {
    const x = newOperand();
    expr(c, x, init, newTarget(obj.type, obj.name));
    initVar(c, obj, x, "variable declaration");
    return;
  }
  // `var a, b = f()`: all are initialised with the first that is needed.
  if (typeExpr) for (const v of lhs) v.type = obj.type;
  initVars(c, lhs, [init], undefined);
}

// ---- types --------------------------------------------------------------------------------------------------

function typeDecl(c: Checker, obj: TypeName, d: ast.TypeDecl): void {
  const declared: { rhs?: Type; versionError: boolean } = { versionError: false };
  c.later(() => {
    const n = obj.type && asNamed(obj.type);
    if (n) validType(c, n);
    if (!declared.versionError && declared.rhs && isImportedConstraint(c, declared.rhs)) {
      requireVersion(c, d.type, 18, text`using type constraint ${declared.rhs}`);
    }
  });
  declared.rhs = d.alias ? aliasDecl(c, obj, d, declared) : namedDecl(c, obj, d, declared);
}

function aliasDecl(c: Checker, obj: TypeName, d: ast.TypeDecl, declared: { versionError: boolean }): Type {
  const [first] = d.typeParams;
  declared.versionError = !(first ? requireVersion(c, first, 23, text`generic type alias`) : requireVersion(c, d, 9, text`type alias`));
  const alias: Mutable<AliasType> = { kind: "Alias", obj, typeParams: [], typeArgs: [], target: invalidType };
  obj.type ??= alias;
  if (first) {
    c.openScope(d);
    collectTypeParams(c, d.typeParams, (list) => (alias.typeParams = list));
  }
  const rhs = c.declaredType(d.type, obj);
  alias.target = rhs;
  if (rhs.kind === "TypeParam" && alias.typeParams.includes(rhs)) {
    error(c, d.type, messages.typeParamAsAlias());
    alias.target = invalidType;
  }
  if (first) c.closeScope();
  return rhs;
}

function namedDecl(c: Checker, obj: TypeName, d: ast.TypeDecl, declared: { versionError: boolean }): Type {
  const [first] = d.typeParams;
  if (first) declared.versionError = !requireVersion(c, first, 18, text`type parameter`);
  const named: Mutable<NamedType> = { kind: "Named", obj, typeParams: [], typeArgs: [], underlying: undefined, methods: [] };
  obj.type ??= named;
  if (first) {
    c.openScope(d);
    collectTypeParams(c, d.typeParams, (list: readonly TypeParamType[]) => (named.typeParams = list));
  }
  let rhs = c.declaredType(d.type, obj);
  if (isTypeParam(rhs)) {
    error(c, d.type, messages.typeParamAsType());
    rhs = invalidType;
  }
  named.rhs = rhs;
  if (first) c.closeScope();
  return rhs;
}

/** Gives a type its methods; duplicates are reported. */
export function collectMethods(c: Checker, obj: TypeName): void {
  const methods = c.methods.get(obj);
  if (!methods) return;
  c.methods.delete(obj);
  const base = obj.type && asNamed(obj.type);
  if (base) c.later(() => checkFieldNames(c, base));
  const names = new Map<string, Func>();
  for (const m of methods) {
    const id = objectId(m);
    const other = names.get(id);
    if (other) {
      error(c, m.pos, messages.methodRedeclared(obj.name, m.name, other.pos));
      continue;
    }
    names.set(id, m);
    base?.methods.push(m);
  }
}

/** Reports methods that are named like fields. */
function checkFieldNames(c: Checker, base: NamedType): void {
  const u = under(base);
  if (u.kind !== "Struct") return;
  const methods = new Map(base.methods.map((m) => [objectId(m), m]));
  for (const f of u.fields) {
    const method = f.name === "_" ? undefined : methods.get(objectId(f));
    if (!method) continue;
    report(c, [{ at: method, message: messages.fieldAndMethod(f.name) }, { at: f, message: messages.otherDeclaration(f.name) }]);
  }
}

// ---- functions ----------------------------------------------------------------------------------------------

function funcDecl(c: Checker, obj: Func, d: DeclInfo, f: ast.FuncDecl): void {
  const sig = newSignature();
  // The function may be mentioned in its own signature.
  obj.type = sig;
  const { scope } = funcType(c, { type: f.type, recv: f.recv, typeParams: f.typeParams, into: sig });
  // The parameters are seen in the whole declaration.
  Object.assign(scope, { pos: f.pos, end: endPos(f) });
  if (f.typeParams.length > 0 && !f.body) error(c, f, messages.genericWithoutBody());
  const { body } = f;
  if (!body) return;
  const check = (): void => c.funcBody(d, sig, scope, body, undefined);
  if (c.bodies) c.bodies.set(body, check);
  else c.later(check);
}

// ---- inside functions ---------------------------------------------------------------------------------------

/** Checks declarations inside a function. */
export function declStmt(c: Checker, list: readonly ast.Decl[]): void {
  let last: ast.ConstDecl | undefined;
  let group: ast.Group | undefined;
  for (const d of list) {
    switch (d.kind) {
      case "ConstDecl": {
        if (!d.group || d.group !== group) last = undefined;
        ({ group } = d);
        const inherited = !d.type && !d.values && last !== undefined;
        if (d.type || d.values) last = d;
        localConsts(c, d, inherited ? last : d, inherited);
        break;
      }
      case "VarDecl":
        group = undefined;
        localVars(c, d);
        break;
      case "TypeDecl":
        group = undefined;
        localType(c, d);
        break;
      default:
        break;
    }
  }
}

function localConsts(c: Checker, d: ast.ConstDecl, from: ast.ConstDecl | undefined, inherited: boolean): void {
  const top = c.delayed;
  const values = unpackList(from?.values);
  const consts = d.names.map((name, i) => {
    const obj: Const = { kind: "Const", name: name.value, pos: name.pos, pkg: c.pkg, type: undefined, value: undefined };
    constDecl(c, obj, from?.type, values[i], inherited, d.iota);
    return obj;
  });
  checkCount(c, d.pos, d.names, values, inherited ? "inherited" : "const");
  c.processDelayed(top);
  d.names.forEach((name, i) => declare(c, c.env.scope, name, at(consts, i)));
}

function localVars(c: Checker, d: ast.VarDecl): void {
  const top = c.delayed;
  const vars = d.names.map((name) => newVar(c, "local", name.pos, name.value, undefined));
  const values = unpackList(d.values);
  for (let i = 0; i < vars.length; i++) {
    const shared = values.length === 1 && vars.length !== 1;
    varDecl(c, at(vars, i), shared ? vars : undefined, d.type, shared ? values[0] : values[i]);
    if (shared) break;
  }
  if (!d.type || d.values) checkCount(c, d.pos, d.names, values, "var");
  c.processDelayed(top);
  d.names.forEach((name, i) => declare(c, c.env.scope, name, at(vars, i)));
}

function localType(c: Checker, d: ast.TypeDecl): void {
  const obj: TypeName = { kind: "TypeName", name: d.name.value, pos: d.name.pos, pkg: c.pkg, type: undefined };
  declare(c, c.env.scope, d.name, obj);
  c.path.push(obj);
  const outer = enclosingTypeParams(c);
  typeDecl(c, obj, d);
  if (outer.length > 0 && obj.type?.kind === "Named") Object.assign(obj.type, { outerParams: outer } satisfies Partial<NamedType>);
  c.path.pop();
}

/** The type parameters of the function that is being checked, in order. */
function enclosingTypeParams(c: Checker): TypeParamType[] {
  const found: TypeParamType[] = [];
  for (let s: Scope | undefined = c.env.scope; s && s !== c.pkg.scope; s = s.parent) {
    for (const obj of s.names.values()) if (obj.kind === "TypeName" && obj.type?.kind === "TypeParam") found.push(obj.type);
  }
  return found.sort((a, b) => a.index - b.index);
}

/** Reports a declaration with too few or too many values. */
export function checkCount(c: Checker, pos: Pos, names: readonly ast.Name[], values: readonly ast.Expr[], what: "var" | "const" | "inherited"): void {
  const extra = values[names.length];
  if (extra) {
    if (what === "inherited") error(c, pos, messages.extraInitAt(extra.pos));
    else error(c, extra, messages.extraInit(extra));
    return;
  }
  const missing = names[values.length];
  if (missing && (what !== "var" || values.length !== 1)) error(c, missing, messages.missingInit(missing.value));
}

