/** Writes what was found out into the side tables. Go: types2/recording.go. */
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import type { Operand } from "./operand.ts";
import { isUntyped } from "./predicates.ts";
import { basic, invalidType } from "./universe.ts";
import { defaultType } from "./predicates.ts";
import type { Func, Obj, OperandMode, Scope, Selection, SignatureType, TupleType, Type, Var } from "./type.ts";
import { noPos } from "../../base/source.ts";

/** The type of a call without results. */
export const noResults: TupleType = { kind: "Tuple", vars: [] };

/** Records an operand, or remembers it until its type is final. */
export function record(c: Checker, x: Operand): void {
  if (!x.expr || x.mode === "invalid") return;
  const type = x.mode === "novalue" ? noResults : x.type;
  const value = x.mode === "constant" ? x.value : undefined;
  if (type.kind === "Basic" && isUntyped(type)) c.untyped.set(x.expr, { isShiftLhs: false, mode: x.mode, type, value });
  else recordType(c, x.expr, x.mode, type, value);
}

/** Records mode, type and value of an expression. */
export function recordType(c: Checker, e: ast.Expr, mode: OperandMode | "invalid", type: Type, value?: Value): void {
  if (mode === "invalid") return;
  c.info.types.set(e, value ? { mode, type, value } : { mode, type });
}

/** Records what never got a type: constants in constant declarations, operands of comparisons of constants … */
export function recordUntyped(c: Checker): void {
  for (const [e, info] of c.untyped) recordType(c, e, info.mode, info.type, info.value);
  c.untyped.clear();
}

/** Records the signature that a built-in has in this call. */
export function recordBuiltin(c: Checker, fun: ast.Expr, sig: SignatureType): void {
  let f = fun;
  for (;;) {
    recordType(c, f, "builtin", sig);
    if (f.kind !== "ParenExpr") return;
    f = f.x;
  }
}

/** A signature for `recordBuiltin`. */
export function builtinSignature(result: Type | undefined, ...params: Type[]): SignatureType {
  const make = (role: Var["role"], type: Type): Var => ({ kind: "Var", name: "", pos: noPos, type, embedded: false, role, used: true });
  return {
    kind: "Signature", typeParams: [], recvTypeParams: [], params: params.map((t) => make("param", defaultType(t))),
    results: result ? [make("result", result)] : [], variadic: false,
  };
}

/** Records that an expression yields its value and a boolean here. */
export function recordCommaOk(c: Checker, e: ast.Expr, list: readonly Operand[]): void {
  const [value, ok] = list;
  if (!value || !ok || value.mode === "invalid") return;
  let x = e;
  for (;;) {
    const known = c.info.types.get(x);
    const vars = [value, ok].map((o): Var => newVar(c, "local", x.pos, "", o.type));
    c.info.types.set(x, { mode: known?.mode ?? "commaok", type: { kind: "Tuple", vars } });
    if (x.kind !== "ParenExpr") return;
    x = x.x;
  }
}

/** Records the type arguments of an instantiated name. */
export function recordInstance(c: Checker, e: ast.Expr, typeArgs: readonly Type[], type: Type): void {
  const x = e.kind === "IndexExpr" ? e.x : e;
  const name = x.kind === "SelectorExpr" ? x.sel : x;
  if (name.kind === "Name") c.info.instances.set(name, { typeArgs, type });
}

export function recordDef(c: Checker, name: ast.Name, obj: Obj | undefined): void {
  c.info.defs.set(name, obj);
}

export function recordUse(c: Checker, name: ast.Name, obj: Obj): void {
  c.info.uses.set(name, obj);
}

/** Records what a selector expression selects. */
export function recordSelection(c: Checker, e: ast.SelectorExpr, s: Omit<Selection, "type">): void {
  recordUse(c, e.sel, s.obj);
  c.info.selections.set(e, { ...s, type: selectionType(s.kind, s.recv, s.obj) });
}

function selectionType(kind: Selection["kind"], recv: Type, obj: Var | Func): Type {
  const t = obj.type ?? invalidType;
  if (t.kind !== "Signature" || kind === "field") return t;
  const { recv: own, ...rest } = t;
  if (kind === "methodVal") return rest;
  const first: Var = { kind: "Var", name: own?.name ?? "", pos: own?.pos ?? noPos, type: recv, embedded: false, role: "param", used: true };
  return { ...rest, params: [first, ...t.params] };
}

/** A variable of this package. */
export const newVar = (c: Checker, role: Var["role"], pos: Var["pos"], name: string, type: Type | undefined, embedded = false): Var => ({
  kind: "Var", name, pos, pkg: c.pkg, type, embedded, role, used: false,
});

/** Adds `obj` to a scope; answers what has its name already. */
export function insert(scope: Scope, obj: Obj): Obj | undefined {
  const other = scope.names.get(obj.name);
  if (other) return other;
  scope.names.set(obj.name, obj);
  if (!obj.parent) Object.assign(obj, { parent: scope });
  return undefined;
}

export const untypedBool: Type = basic["untyped bool"];
