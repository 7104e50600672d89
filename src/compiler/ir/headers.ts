/**
 * The headers of strings and slices that package reflect shows: integers that are addresses.
 *
 * Their Data is a pointer to escape analysis, and code keeps it in memory as pointers are kept. Go: cmd/compile/internal/ir (IsReflectHeaderDataField).
 */
import { isKind, type Type, under } from "../types/index.ts";
import type { Expr } from "./node.ts";

/** Whether `t` is reflect.SliceHeader or StringHeader. */
export const isReflectHeader = (t: Type | undefined): boolean =>
  t?.kind === "Named" && t.obj.pkg?.path === "reflect" && (t.obj.name === "SliceHeader" || t.obj.name === "StringHeader");

/** Whether `n` is the Data field of such a header. */
export function isReflectHeaderData(n: Expr): boolean {
  if ((n.kind !== "DOT" && n.kind !== "DOTPTR") || n.sel !== "Data" || !isKind(n.type, "uintptr")) return false;
  const holder = under(n.x.type);
  return isReflectHeader(n.kind === "DOT" ? n.x.type : holder.kind === "Pointer" ? holder.elem : undefined);
}
