/** Calls: of functions, of built-ins, and conversions, which look like calls. Go: types2/call.go (callExpr). */
import type * as ast from "../syntax/ast.ts";
import { checkArguments, genericExprList } from "./arguments.ts";
import { builtinCall } from "./builtins.ts";
import type { Checker, ExprKind } from "./checker.ts";
import { commonUnder } from "./common.ts";
import { conversion } from "./conversion.ts";
import { error, requireVersion } from "./errors.ts";
import { expr, exprOrType, typeList, use } from "./evaluate.ts";
import { instantiateSignature } from "./funcinst.ts";
import { isMethodSet, typeSet } from "./identical.ts";
import { indexExpr } from "./indexing.ts";
import { isParameterized } from "./infer.ts";
import { at } from "./lists.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { invalidate, type Operand, isUsable } from "./operand.ts";
import { unpackList } from "./positions.ts";
import { isGeneric } from "./predicates.ts";
import { record, recordType } from "./record.ts";
import { isTypeParam, under } from "./under.ts";
import { builtinForms, invalidType } from "./universe.ts";
import type { SignatureType, Type } from "./type.ts";

/** Checks anything of the form `f(args)`. */
export function callExpr(c: Checker, x: Operand, call: ast.CallExpr): ExprKind {
  let inst: ast.IndexExpr | undefined;
  if (call.fun.kind === "IndexExpr") {
    // f[T](…): the type arguments may be only some; the rest is inferred from the arguments.
    if (indexExpr(c, x, call.fun)) inst = call.fun;
    x.expr = call.fun;
    record(c, x);
  } else {
    exprOrType(c, x, call.fun, true);
  }
  switch (x.mode) {
    case "invalid":
      use(c, ...call.args);
      return "statement";
    case "type":
      convert(c, x, call);
      return "conversion";
    case "builtin": {
      const name = x.builtin;
      if (!name) return "statement";
      if (!builtinCall(c, x, call, name)) invalidate(x);
      if (isUsable(x) && !isConstant(x)) c.env.hasCallOrRecv = true;
      return builtinForms[name].kind;
    }
    default:
      callFunction(c, x, call, inst);
      return "statement";
  }
}

const isConstant = (x: Operand): boolean => x.mode === "constant";

/** `T(x)`. */
function convert(c: Checker, x: Operand, call: ast.CallExpr): void {
  const t = x.type;
  if (isGeneric(t) && x.expr) {
    error(c, x.expr, messages.genericWithoutInstantiation("type", x.expr));
    x.type = invalidType;
    return invalidate(x);
  }
  invalidate(x);
  const [arg, second] = call.args;
  if (!arg) {
    error(c, call, messages.missingConversionArgument(t));
    return;
  }
  if (second) {
    use(c, ...call.args);
    error(c, at(call.args, call.args.length - 1), messages.tooManyConversionArguments(t));
    return;
  }
  expr(c, x, arg);
  if (!isUsable(x)) return;
  const u = under(t);
  if (u.kind === "Interface" && !isTypeParam(t) && !isMethodSet(typeSet(u))) {
    error(c, call, messages.constraintInConversion(t));
    return;
  }
  if (call.hasDots) {
    error(c, arg, messages.dotsInConversion(t));
    return;
  }
  conversion(c, x, t);
}

function callFunction(c: Checker, x: Operand, call: ast.CallExpr, inst: ast.IndexExpr | undefined): void {
  const common = commonUnder(x.type, (t, u) => (u && t && u.kind !== "Signature" ? text`${t} is not a function` : undefined));
  if (common.under?.kind !== "Signature") {
    error(c, x, messages.cannotCall(x, common.error));
    return invalidate(x);
  }
  let sig: SignatureType = common.under;
  const wasGeneric = sig.typeParams.length > 0;
  let written: readonly ast.Expr[] = [];
  let typeArgs: readonly Type[] = [];
  if (inst) {
    written = unpackList(inst.index);
    const found = writtenTypeArgs(c, call, sig, written);
    if (!found) return invalidate(x);
    typeArgs = found;
    if (found.length === sig.typeParams.length && found.length > 0) {
      requireVersion(c, inst, 18, text`function instantiation`);
      sig = instantiateSignature(c, inst.pos, inst, sig, found, written);
      typeArgs = [];
      written = [];
    }
  }
  const { args, typeArgLists } = genericExprList(c, call.args);
  sig = checkArguments(c, call, { sig, typeArgs, written, args, typeArgLists });
  if (wasGeneric && sig.typeParams.length === 0) recordType(c, call.fun, "value", sig);
  setResult(x, sig);
  x.expr = call;
  c.env.hasCallOrRecv = true;
  // The arguments were wrong, so the type parameters are still there.
  if (x.mode === "value" && sig.typeParams.length > 0 && isParameterized(sig.typeParams, x.type)) invalidate(x);
}

function writtenTypeArgs(c: Checker, call: ast.CallExpr, sig: SignatureType, written: readonly ast.Expr[]): readonly Type[] | undefined {
  const args = typeList(c, written);
  if (!args) {
    use(c, ...call.args);
    return undefined;
  }
  const want = sig.typeParams.length;
  if (args.length <= want) return args;
  error(c, at(written, want), messages.typeArgumentCount(args.length, want));
  use(c, ...call.args);
  return undefined;
}

function setResult(x: Operand, sig: SignatureType): void {
  const [result] = sig.results;
  if (!result) x.mode = "novalue";
  else {
    x.mode = "value";
    x.type = sig.results.length === 1 ? (result.type ?? invalidType) : { kind: "Tuple", vars: sig.results };
  }
}
