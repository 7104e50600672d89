/**
 * Uses of generic functions and of methods of generic types.
 *
 * Go: cmd/compile/internal/noder/reader.go (funcInst, methodExpr, objDictIdx, callShaped).
 */
import { Unsupported } from "../../../base/diagnostic.ts";
import { basePos } from "../positions.ts";
import { asNamed, deref, type Func as FuncObj, type Type } from "../../types/index.ts";
import type { Expr, XPos } from "../node.ts";
import type { FuncState } from "./context.ts";

/** A callee and the arguments it brings along. */
export interface Callee {
  readonly fun: Expr;
  readonly args: Expr[];
}

/** An instance of a generic function, used as a value. */
export function instanceValue(f: FuncState, pos: XPos, obj: FuncObj, typeArgs: readonly Type[]): Expr {
  return instanceCallee(f, pos, obj, typeArgs).fun;
}

/** An instance of a generic function, called. */
export function instanceCallee(f: FuncState, pos: XPos, obj: FuncObj, _typeArgs: readonly Type[]): Callee {
  throw new Unsupported(`generic function ${obj.name}`, f.b.state.checked.sources.position(basePos(pos)));
}

/** The call of a method of a generic type; undefined where the receiver's type is not one. */
export function instanceMethodCall(f: FuncState, pos: XPos, recv: Expr, method: FuncObj): Callee | undefined {
  const named = asNamed(deref(recv.type)[0]);
  if (!named || named.typeArgs.length === 0) return undefined;
  throw new Unsupported(`method ${method.name} of a generic type`, f.b.state.checked.sources.position(basePos(pos)));
}
