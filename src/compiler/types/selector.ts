/** `x.f`: an object of a package, a field, a method value, a method expression. Go: types2/call.go (selector). */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { error } from "./errors.ts";
import { exprOrType } from "./evaluate.ts";
import { whyNoSelection } from "./implements.ts";
import { lookupFieldOrMethod } from "./lookup.ts";
import * as messages from "./messages.ts";
import { isExported, isValidName, namesIgnoringCase } from "./names.ts";
import type { Operand } from "./operand.ts";
import { isMissing } from "./packages.ts";
import { isValid } from "./predicates.ts";
import { recordSelection, recordUse } from "./record.ts";
import { under } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { Func, PkgName, SignatureType, Type, Var } from "./type.ts";

/** Checks a selector expression; with `wantType` it must denote a type. */
export function selector(c: Checker, x: Operand, e: ast.SelectorExpr, wantType: boolean): void {
  const ok = select(c, x, e, wantType);
  x.expr = e;
  if (ok) return;
  x.mode = "invalid";
  x.type = invalidType;
}

function select(c: Checker, x: Operand, e: ast.SelectorExpr, wantType: boolean): boolean {
  if (e.x.kind === "Name") {
    const obj = c.lookup(e.x.value) ?? c.importNamed(e.x.value);
    if (obj?.kind === "PkgName") return selectFromPackage(c, x, e, e.x, obj);
  }
  exprOrType(c, x, e.x, false);
  if (x.mode === "builtin") {
    error(c, e.pos, messages.builtinInSelector(x));
    return false;
  }
  if (x.mode === "invalid") return false;
  if (wantType) {
    error(c, e.sel, messages.selectorNotAType(e));
    return false;
  }
  const found = lookupFieldOrMethod(x.type, x.mode === "variable", c.pkg, e.sel.value);
  if (!found.obj) {
    reportMissing(c, x, e, found.index !== undefined, found.indirect);
    return false;
  }
  const index = found.index ?? [];
  if (found.obj.kind === "Func") {
    c.objDecl(found.obj);
    return x.mode === "type" ? methodExpr(c, x, e, found.obj, index, found.indirect) : methodValue(c, x, e, found.obj, index, found.indirect);
  }
  if (x.mode === "type") {
    error(c, e.sel, messages.noMethod(x, x.type, e.sel.value));
    return false;
  }
  recordSelection(c, e, { kind: "field", recv: x.type, obj: found.obj, index, indirect: found.indirect });
  x.mode = x.mode === "variable" || found.indirect ? "variable" : "value";
  x.type = found.obj.type ?? invalidType;
  return true;
}

function selectFromPackage(c: Checker, x: Operand, e: ast.SelectorExpr, name: ast.Name, pkgName: PkgName): boolean {
  recordUse(c, name, pkgName);
  pkgName.used = true;
  const pkg = pkgName.imported;
  const sel = e.sel.value;
  const obj = pkg.scope.names.get(sel);
  if (!obj) {
    if (isValidName(sel) && !isMissing(pkg)) {
      const [other] = namesIgnoringCase(pkg.scope, sel);
      error(c, e.sel, messages.undefinedInPackage(e, other));
    }
    return false;
  }
  if (!isExported(sel)) error(c, e.sel, messages.notExported(sel, pkg.name));
  recordUse(c, e.sel, obj);
  switch (obj.kind) {
    case "Const":
      x.mode = "constant";
      x.value = obj.value;
      break;
    case "TypeName":
      x.mode = "type";
      break;
    case "Var":
      x.mode = "variable";
      break;
    case "Func":
      x.mode = "value";
      break;
    case "Builtin":
      x.mode = "builtin";
      x.builtin = obj.name;
      x.type = invalidType;
      return true;
    default:
      return false;
  }
  x.type = obj.type ?? invalidType;
  return true;
}

function reportMissing(c: Checker, x: Operand, e: ast.SelectorExpr, ambiguous: boolean, needsPointer: boolean): void {
  const sel = e.sel.value;
  if (!isValid(under(x.type))) return;
  if (ambiguous) error(c, e.sel, messages.ambiguousSelector(e.x, sel));
  else if (needsPointer) error(c, e.sel, x.mode === "type" ? messages.methodNeedsPointer(x.type, sel) : messages.cannotCallPointerMethod(sel, x.type));
  else error(c, e.sel, messages.selectorUndefined(e.x, sel, whyNoSelection(c, x.type, sel, x.mode === "variable")));
}

function methodExpr(c: Checker, x: Operand, e: ast.SelectorExpr, m: Func, index: readonly number[], indirect: boolean): boolean {
  recordSelection(c, e, { kind: "methodExpr", recv: x.type, obj: m, index, indirect });
  const sig = m.type;
  if (sig?.kind !== "Signature" || !sig.recv) {
    error(c, e, messages.cycleInMethod());
    return false;
  }
  x.type = withReceiverFirst(sig, sig.recv, x.type);
  x.mode = "value";
  c.dependOn(m);
  return true;
}

/** The method's signature with its receiver as first parameter; it gets a name where the parameters have names. */
function withReceiverFirst(sig: SignatureType, recv: Var, type: Type): SignatureType {
  const named = sig.params[0] !== undefined && sig.params[0].name !== "";
  const first: Var = { ...recv, name: named ? recv.name || "_" : "", type, role: "param" };
  const { recv: _, ...rest } = sig;
  return { ...rest, recvTypeParams: [], params: [first, ...sig.params] };
}

function methodValue(c: Checker, x: Operand, e: ast.SelectorExpr, m: Func, index: readonly number[], indirect: boolean): boolean {
  recordSelection(c, e, { kind: "methodVal", recv: x.type, obj: m, index, indirect });
  x.mode = "value";
  if (m.type?.kind === "Signature") {
    const { recv: _, ...rest } = m.type;
    x.type = rest;
  } else {
    x.type = invalidType;
  }
  c.dependOn(m);
  return true;
}
