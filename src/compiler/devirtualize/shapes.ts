/**
 * Whether a type implements an interface in code that is compiled by shape.
 *
 * A shape is as good as any type of the same structure. The methods of a type that is itself an instance by shape take a
 * dictionary, so they implement nothing.
 * Go: cmd/compile/internal/types/identity.go (identical), typecheck/subr.go (implements).
 */
import { hasShape } from "../ir/index.ts";
import { type Func, identical, invalidType, missingMethod, type SignatureType, type Type, typeSet, unalias, under, type Var } from "../types/index.ts";

/** Two types that are taken to be alike while their parts are compared. */
type Pair = readonly [Type, Type];

/** Whether a value of type `t` has the methods of `iface`, each compiled so that it can be called in its stead. */
export const implementsByShape = (t: Type, iface: Type): boolean => !missingMethod(t, iface, { isStatic: true, equivalent: callableAs });

function callableAs(have: Type, want: Type): boolean {
  if (have.kind === "Signature" && have.recv && hasShape(receiverBase(have.recv))) return false;
  return alike(have, want, []);
}

function receiverBase(recv: Var): Type {
  const t = unalias(recv.type ?? invalidType);
  return t.kind === "Pointer" ? unalias(t.elem) : t;
}

function alike(x0: Type, y0: Type, assumed: readonly Pair[]): boolean {
  if (identical(x0, y0)) return true;
  const [x, y] = [unalias(x0), unalias(y0)];
  if (!hasShape(x) && !hasShape(y)) return false;
  if (assumed.some(([a, b]) => a === x && b === y)) return true;
  return alikeParts(under(x), under(y), [...assumed, [x, y]]);
}

function alikeParts(x: Type, y: Type, assumed: readonly Pair[]): boolean {
  switch (x.kind) {
    case "Pointer": case "Slice":
      return y.kind === x.kind && alike(x.elem, y.elem, assumed);
    case "Array":
      return y.kind === "Array" && x.len === y.len && alike(x.elem, y.elem, assumed);
    case "Chan":
      return y.kind === "Chan" && x.dir === y.dir && alike(x.elem, y.elem, assumed);
    case "Map":
      return y.kind === "Map" && alike(x.key, y.key, assumed) && alike(x.elem, y.elem, assumed);
    case "Struct":
      return y.kind === "Struct" && x.fields.every((f, i) => f.name === y.fields[i]?.name) && alikeVars(x.fields, y.fields, assumed);
    case "Interface":
      return y.kind === "Interface" && alikeMethods(typeSet(x).methods, typeSet(y).methods, assumed);
    case "Signature":
      return y.kind === "Signature" && alikeSignatures(x, y, assumed);
    default:
      return identical(x, y);
  }
}

function alikeSignatures(x: SignatureType, y: SignatureType, assumed: readonly Pair[]): boolean {
  return x.variadic === y.variadic && alikeVars(x.params, y.params, assumed) && alikeVars(x.results, y.results, assumed);
}

function alikeMethods(xs: readonly Func[], ys: readonly Func[], assumed: readonly Pair[]): boolean {
  return xs.length === ys.length && xs.every((x, i) => x.name === ys[i]?.name && alike(x.type ?? invalidType, ys[i].type ?? invalidType, assumed));
}

function alikeVars(xs: readonly Var[], ys: readonly Var[], assumed: readonly Pair[]): boolean {
  return xs.length === ys.length && xs.every((x, i) => {
    const y = ys[i];
    return y !== undefined && alike(x.type ?? invalidType, y.type ?? invalidType, assumed);
  });
}
