/**
 * Generic functions get their type arguments: written, or inferred from what the function is assigned to.
 *
 * Go: types2/call.go (funcInst, instantiateSignature).
 */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker, Target } from "./checker.ts";
import { error, requireVersion } from "./errors.ts";
import { typeList } from "./evaluate.ts";
import { verify } from "./implements.ts";
import { type Failure, infer, renameTypeParams, reportFailure } from "./infer.ts";
import { at } from "./lists.ts";
import { text } from "./message.ts";
import * as messages from "./messages.ts";
import { recordMono } from "./mono.ts";
import { invalidate, type Operand, operandOf } from "./operand.ts";
import { startPos, unpackList } from "./positions.ts";
import { newVar, recordInstance } from "./record.ts";
import { instantiateSignature as instantiated, tupleOf } from "./subst.ts";
import type { SignatureType, Type, Var } from "./type.ts";

/** What is to be instantiated. */
export interface Instantiation {
  readonly target?: Target | undefined;
  readonly pos: Pos;
  /** The generic function. */
  readonly x: Operand;
  /** The expression with the written type arguments. */
  readonly inst?: ast.IndexExpr;
  /** Missing type arguments must be found here; otherwise the written ones are answered. */
  readonly infer: boolean;
}

/** Instantiates a generic function. Answers the written type arguments where some are missing and may be inferred later. */
export function funcInst(c: Checker, { target, pos, x, inst, infer: mustInfer }: Instantiation): readonly Type[] | undefined {
  const errorPos = inst ? inst.pos : pos;
  if (inst) x.expr = inst;
  const versioned = requireVersion(c, errorPos, 18, text`function instantiation`);
  const written = inst ? unpackList(inst.index) : [];
  let args: readonly Type[] | undefined = inst ? typeList(c, written) : [];
  if (!args || x.type.kind !== "Signature") {
    invalidate(x);
    return undefined;
  }
  const sig = x.type;
  const want = sig.typeParams.length;
  if (args.length > want) {
    error(c, at(written, args.length - 1), messages.typeArgumentCount(args.length, want));
    invalidate(x);
    return undefined;
  }
  if (args.length < want) {
    if (!mustInfer) return args;
    if (target && versioned && !c.allows(21)) {
      error(c, errorPos, messages.requiresVersion(text`${inst ? "partially" : "implicitly"} instantiated function in assignment`, 21));
    }
    args = inferFromTarget(c, pos, x, sig, args, target);
    if (!args) {
      invalidate(x);
      return undefined;
    }
  }
  x.type = instantiateSignature(c, x.expr?.pos ?? pos, x.expr, sig, args, written);
  x.mode = "value";
  return undefined;
}

function inferFromTarget(
  c: Checker, pos: Pos, x: Operand, sig: SignatureType, args: readonly Type[], target: Target | undefined,
): readonly Type[] | undefined {
  const operands: Operand[] = [];
  const params: Var[] = [];
  if (target) {
    const generic: SignatureType = { ...sig, typeParams: [], recvTypeParams: [] };
    params.push(newVar(c, "param", x.expr?.pos ?? pos, "", generic));
    operands.push(operandOf("value", { kind: "Name", pos: x.expr?.pos ?? pos, value: target.desc }, target.sig));
  }
  const renamed = renameTypeParams(c, sig.typeParams, tupleOf(params));
  const failure: Failure = { lines: [] };
  const found = infer(c, { pos, params: renamed.params, args, formal: renamed.type.vars, actual: operands, reverse: target !== undefined }, failure);
  if (!found) reportFailure(c, failure);
  return found;
}

/** A generic function's signature with its type arguments, which are verified when the statement is complete. */
export function instantiateSignature(
  c: Checker, pos: Pos, e: ast.Expr | undefined, sig: SignatureType, args: readonly Type[], written: readonly ast.Expr[],
): SignatureType {
  c.instances.at = pos;
  const inst = instantiated(sig, args, c.instances);
  if (e) recordInstance(c, e, args, inst);
  c.later(() => {
    const wrong = verify(c, sig.typeParams, args);
    if (!wrong) {
      recordMono(c, pos, sig.typeParams, args, written);
      return;
    }
    const where = written[wrong.index];
    error(c, where ? startPos(where) : pos, text`${wrong.cause}`);
  });
  return inst;
}

