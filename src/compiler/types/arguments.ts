/** Arguments against parameters, with the inference of type arguments between them. Go: types2/call.go (arguments, genericExprList). */
import type * as ast from "../syntax/ast.ts";
import { assignment } from "./assignable.ts";
import type { Checker } from "./checker.ts";
import { error, report, requireVersion } from "./errors.ts";
import { exclude, genericExpr } from "./evaluate.ts";
import { funcInst, instantiateSignature } from "./funcinst.ts";
import { type Failure, infer, renameTypeParams } from "./infer.ts";
import { indexExpr } from "./indexing.ts";
import { at, lastOf } from "./lists.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { newOperand, type Operand, operandOf, operandTypes } from "./operand.ts";
import { record } from "./record.ts";
import { noPos } from "../../base/source.ts";
import { subst, substitution, tupleOf } from "./subst.ts";
import { invalidType } from "./universe.ts";
import type { SignatureType, Type, TypeParamType, Var } from "./type.ts";

/** Arguments as they are before anything is inferred: generic functions may be among them. */
export interface GenericArguments {
  readonly args: Operand[];
  /** For each argument the type arguments written on it, where some are missing. */
  readonly typeArgLists: (readonly Type[] | undefined)[];
}

/** Checks the arguments of a call by themselves. */
export function genericExprList(c: Checker, list: readonly ast.Expr[]): GenericArguments {
  const mustInfer = !c.allows(21);
  const args: Operand[] = [];
  const typeArgLists: (readonly Type[] | undefined)[] = [];
  for (const e of list) {
    const x = newOperand();
    if (e.kind === "IndexExpr" && indexExpr(c, x, e)) {
      const written = funcInst(c, { pos: x.expr?.pos ?? e.pos, x, inst: e, infer: mustInfer });
      if (written) {
        typeArgLists[args.length] = written;
        x.expr = e;
      } else record(c, x);
    } else if (e.kind === "IndexExpr") {
      finishIndex(c, x, e);
    } else if (list.length === 1) {
      c.rawExpr(undefined, x, e, undefined, true);
      exclude(c, x, "novalue", "builtin", "type");
      if (x.type.kind === "Tuple" && x.mode !== "invalid") {
        for (const v of x.type.vars) args.push(operandOf("value", e, v.type ?? invalidType));
        continue;
      }
    } else genericExpr(c, x, e);
    args.push(x);
  }
  return { args, typeArgLists };
}

/** An index expression that turned out to be an ordinary one is already checked; it is only recorded. */
function finishIndex(c: Checker, x: Operand, e: ast.IndexExpr): void {
  x.expr = e;
  record(c, x);
  exclude(c, x, "novalue", "builtin", "type");
}

/** A call's parts. */
export interface CallParts {
  readonly sig: SignatureType;
  readonly typeArgs: readonly Type[];
  readonly written: readonly ast.Expr[];
  readonly args: readonly Operand[];
  readonly typeArgLists: readonly (readonly Type[] | undefined)[];
}

/** Checks arguments against parameters; answers the signature, instantiated if it was generic. */
export function checkArguments(c: Checker, call: ast.CallExpr, parts: CallParts): SignatureType {
  const { sig, args } = parts;
  const params = matchCount(c, call, sig, args);
  if (!params) return sig;
  const inferred = inferArguments(c, call, parts, params.vars, params.adjusted);
  if (!inferred) return sig;
  const context = text`argument to ${call.fun}`;
  args.forEach((a, i) => assignment(c, a, at(inferred.vars, i).type, context));
  return inferred.sig;
}

/** One parameter for each argument, those of a variadic function repeated; undefined if the numbers don't match. */
function matchCount(c: Checker, call: ast.CallExpr, sig: SignatureType, args: readonly Operand[]): { vars: readonly Var[]; adjusted: boolean } | undefined {
  let vars = sig.params;
  let adjusted = false;
  let want = vars.length;
  if (sig.variadic && call.hasDots) {
    if (call.args.length === 1 && args.length > 1) {
      error(c, call, messages.dotsWithMultiValue(args.length, at(call.args, 0)));
      return undefined;
    }
  } else if (sig.variadic) {
    if (args.length >= want - 1) {
      const last = lastOf(vars);
      const elem = last.type?.kind === "Slice" ? last.type.elem : invalidType;
      const repeated: Var = { ...last, type: elem };
      vars = [...vars.slice(0, -1), ...args.slice(want - 1).map(() => repeated)];
      adjusted = true;
      want = args.length;
    } else want--;
  } else if (call.hasDots) {
    error(c, call, messages.dotsToNonVariadic(call.fun));
    return undefined;
  }
  if (args.length === want) return { vars, adjusted };
  reportCount(c, call, sig, args, want);
  return undefined;
}

function reportCount(c: Checker, call: ast.CallExpr, sig: SignatureType, args: readonly Operand[], want: number): void {
  let where: ast.Expr = call;
  let tooMany = false;
  if (args.length > want) {
    where = at(args, want).expr ?? call;
    tooMany = true;
  } else if (args.length > 0) where = lastOf(args).expr ?? call;
  // Missing arguments are reported where the next one would stand: at the closing parenthesis, which the tree doesn't keep.
  report(c, [
    { at: where, message: messages.argumentCount(tooMany, call.fun) },
    { at: noPos, message: messages.have(messages.typesSummary(operandTypes(args), false, call.hasDots)) },
    { at: noPos, message: messages.want(messages.typesSummary(sig.params.map((v) => v.type), sig.variadic, false)) },
  ]);
}

interface Inferred {
  readonly sig: SignatureType;
  readonly vars: readonly Var[];
}

function inferArguments(c: Checker, call: ast.CallExpr, parts: CallParts, vars: readonly Var[], adjusted: boolean): Inferred | undefined {
  const { sig, args } = parts;
  let typeParams: readonly TypeParamType[] = [];
  let typeArgs: (Type | undefined)[] = [];
  let formal = vars;
  const own = sig.typeParams.length;
  if (own > 0) {
    if (call.fun.kind === "IndexExpr") requireVersion(c, call.fun, 18, text`function instantiation`);
    else requireVersion(c, call, 18, text`implicit function instantiation`);
    const renamed = renameTypeParams(c, sig.typeParams, tupleOf(vars));
    typeParams = renamed.params;
    formal = renamed.type.vars;
    typeArgs = typeParams.map((_, i) => parts.typeArgs[i]);
  }
  const generic = renameGenericArguments(c, parts);
  if (generic.indices[0] !== undefined) requireVersion(c, at(args, generic.indices[0]), 21, text`implicitly instantiated function as argument`);
  typeParams = [...typeParams, ...generic.typeParams];
  typeArgs = [...typeArgs, ...generic.typeArgs];
  if (typeParams.length === 0) return { sig, vars: formal };
  const failure: Failure = { lines: [] };
  const found = infer(c, { pos: call.pos, params: typeParams, args: typeArgs, formal, actual: args, reverse: false }, failure);
  if (!found) {
    const [first] = failure.lines;
    if (first) report(c, [{ at: first.at, message: messages.inCallTo(call.fun, first.message) }, ...failure.lines.slice(1)]);
    return undefined;
  }
  let result: Inferred = { sig, vars: formal };
  if (own > 0) {
    const mine = found.slice(0, own);
    const inst = instantiateSignature(c, call.pos, call.fun, sig, mine, parts.written);
    const map = substitution(typeParams.slice(0, own), mine);
    result = { sig: inst, vars: adjusted ? subst(tupleOf(formal), map, c.instances).vars : inst.params };
  }
  instantiateArguments(c, call, args, generic.indices, found.slice(own));
  return result;
}

/** Generic functions among the arguments take part in the inference with type parameters of their own. */
function renameGenericArguments(
  c: Checker, { args, typeArgLists }: CallParts,
): { typeParams: TypeParamType[]; typeArgs: (Type | undefined)[]; indices: number[] } {
  const typeParams: TypeParamType[] = [];
  const typeArgs: (Type | undefined)[] = [];
  const indices: number[] = [];
  args.forEach((arg, i) => {
    if (arg.type.kind !== "Signature" || arg.type.typeParams.length === 0) return;
    const renamed = renameTypeParams(c, arg.type.typeParams, { ...arg.type });
    arg.type = { ...renamed.type, typeParams: renamed.params };
    typeParams.push(...renamed.params);
    renamed.params.forEach((_, k) => typeArgs.push(typeArgLists[i]?.[k]));
    indices.push(i);
  });
  return { typeParams, typeArgs, indices };
}

function instantiateArguments(c: Checker, call: ast.CallExpr, args: readonly Operand[], indices: readonly number[], found: readonly Type[]): void {
  let next = 0;
  for (const i of indices) {
    const arg = at(args, i);
    if (arg.type.kind !== "Signature") continue;
    const count = arg.type.typeParams.length;
    arg.type = instantiateSignature(c, call.pos, arg.expr, arg.type, found.slice(next, next + count), []);
    record(c, arg);
    next += count;
  }
}
