/** An operand: what is known of an expression while it is checked. Go: types2/operand.go. */
import { type Value, valueString } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import { exprString } from "../syntax/index.ts";
import { at } from "./lists.ts";
import { compositeKind, hasEmptySet, isGeneric, isUntyped, isValid } from "./predicates.ts";
import { type Qualifier, typeString } from "./typestring.ts";
import { asTypeParam, under } from "./under.ts";
import { basic, invalidType } from "./universe.ts";
import type { BuiltinName, OperandMode, Type, TypeParamType } from "./type.ts";

/** Filled step by step by the functions that check an expression; `mode` "invalid" once an error was reported. */
export interface Operand {
  readonly kind: "Operand";
  mode: OperandMode | "invalid";
  expr: ast.Expr | undefined;
  type: Type;
  value: Value | undefined;
  builtin: BuiltinName | undefined;
}

/** An operand about which nothing is known. */
export const newOperand = (): Operand => ({ kind: "Operand", mode: "invalid", expr: undefined, type: invalidType, value: undefined, builtin: undefined });

/** An operand with a mode, an expression and a type. */
export const operandOf = (mode: Operand["mode"], expr: ast.Expr | undefined, type: Type, value?: Value): Operand => ({
  kind: "Operand", mode, expr, type, value, builtin: undefined,
});

/** Makes `x` the same as `y`. */
export function setOperand(x: Operand, y: Operand): void {
  x.mode = y.mode;
  x.expr = y.expr;
  x.type = y.type;
  x.value = y.value;
  x.builtin = y.builtin;
}

/** Whether nothing wrong was found about the operand (asked anew after calls that may change it). */
export const isUsable = (x: Operand): boolean => x.mode !== "invalid";

/** Marks the operand as wrong. */
export function invalidate(x: Operand): void {
  x.mode = "invalid";
}

const modeNames: Readonly<Record<Operand["mode"], string>> = {
  invalid: "invalid operand",
  novalue: "no value",
  builtin: "built-in",
  type: "type",
  constant: "constant",
  variable: "variable",
  mapindex: "map index expression",
  value: "value",
  nilvalue: "nil",
  commaok: "comma, ok expression",
  commaerr: "comma, error expression",
  cgofunc: "cgo function",
};

/** What a printed operand needs: how packages are named, and where a type parameter was declared. */
export interface Naming {
  readonly qualifier: Qualifier;
  readonly place: (p: TypeParamType) => string;
}

/** The operand as messages describe it: `x (variable of type int)`. */
export function operandString(x: Operand, naming: Naming): string {
  const text = (t: Type): string => typeString(t, naming.qualifier, naming.place);
  if (x.mode === "nilvalue") {
    if (x.type === invalidType) return "nil (with invalid type)";
    return x.type === basic["untyped nil"] ? "nil" : `nil (of type ${text(x.type)})`;
  }
  const expr = x.expr ? exprString(x.expr) : unwrittenText(x, text);
  const described = describe(x, expr, text);
  return expr === "" ? described : `${expr} (${described})`;
}

function unwrittenText(x: Operand, text: (t: Type) => string): string {
  if (x.mode === "builtin") return x.builtin ?? "";
  if (x.mode === "type") return text(x.type);
  return x.mode === "constant" && x.value ? valueString(x.value) : "";
}

function describe(x: Operand, expr: string, text: (t: Type) => string): string {
  const typed = x.mode !== "invalid" && x.mode !== "novalue" && x.mode !== "builtin" && x.mode !== "type";
  const untyped = typed && isUntyped(x.type);
  let out = untyped && x.type.kind === "Basic" ? `${x.type.name} ` : "";
  out += modeNames[x.mode];
  if (x.mode === "constant" && x.value) {
    const value = valueString(x.value);
    if (value !== expr) out += ` ${value}`;
  }
  if (!typed || untyped) return out;
  if (!isValid(x.type)) return `${out} with invalid type`;
  const param = asTypeParam(x.type);
  out += ` of ${isGeneric(x.type) ? "generic " : ""}${param ? "" : kindOfNamed(x.type)}type ${text(x.type)}`;
  if (param) out += ` constrained by ${text(param.constraint)}${hasEmptySet(param) ? " with empty type set" : ""}`;
  return out;
}

/** `struct ` or `int ` in front of a type whose name doesn't tell. */
function kindOfNamed(t: Type): string {
  if (t.kind !== "Alias" && t.kind !== "Named") return "";
  const kind = compositeKind(t);
  if (kind !== "") return `${kind} `;
  const u = under(t);
  if (u.kind !== "Basic") return "";
  return u.basic === "unsafe.Pointer" ? "Pointer " : `${u.name} `;
}

/** The types of operands. */
export const operandTypes = (list: readonly Operand[]): Type[] => list.map((x) => x.type);

/** Whether a list of operands holds one that is wrong. */
export const anyInvalid = (list: readonly Operand[]): boolean => list.some((x) => x.mode === "invalid");

/** The operand at `i`, which must exist. */
export const operandAt = (list: readonly Operand[], i: number): Operand => at(list, i);
