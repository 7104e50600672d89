/** Questions about types that only escape analysis asks. */
import { alignof, isUntyped, hasPointers, ptrdata, sizeof, type Type, under } from "../types/index.ts";
import type { ClosureExpr, Expr } from "../ir/index.ts";

const WORD = 8;

/** Whether an interface holds a value of type `t` itself, and not a pointer to it. Go: types.IsDirectIface. */
export const isDirectIface = (t: Type): boolean => sizeof(t) === WORD && ptrdata(t) === WORD;

/** Whether a value of type `t` may hold a pointer. */
export const mayPoint = (t: Type): boolean => isUntyped(t) || hasPointers(t);

/** The element type of a pointer, slice or array. */
export function elemOf(t: Type): Type | undefined {
  const u = under(t);
  return u.kind === "Pointer" || u.kind === "Slice" || u.kind === "Array" || u.kind === "Chan" ? u.elem : undefined;
}

/** Whether `t` is a slice of elements that hold pointers. */
export function isSliceOfPointers(t: Type): boolean {
  const u = under(t);
  return u.kind === "Slice" && hasPointers(u.elem);
}

/** Whether `t` holds a pointer other than those of strings. */
export function hasNonStringPointers(t: Type): boolean {
  if (!hasPointers(t)) return false;
  const u = under(t);
  if (u.kind === "Basic") return u.basic !== "string";
  if (u.kind === "Struct") return u.fields.some((f) => f.type !== undefined && hasNonStringPointers(f.type));
  return u.kind === "Array" ? hasNonStringPointers(u.elem) : true;
}

// GOROOT/src/cmd/compile/internal/ir/cfg.go.
/** Largest sizes in bytes of what may lie in a frame. */
export interface FrameLimits {
  /** A declared variable. */
  readonly variable: number;
  /** What `new`, `&T{}`, `make` and closures allocate. */
  readonly implicit: number;
}

export const FRAMES: FrameLimits = { variable: 128 * 1024, implicit: 64 * 1024 };
/** With -smallframes. */
export const SMALL_FRAMES: FrameLimits = { variable: 64 * 1024, implicit: 16 * 1024 };

/** Variables up to this size are captured by value. */
export const MAX_BY_VALUE = 128;

/** Why `n` can't be on the stack whatever it flows to; undefined if it can. Go: escape.HeapAllocReason. */
export function heapReason(n: Expr, { variable, implicit }: FrameLimits): string | undefined {
  if (n.kind === "NAME" && (n.class === "param" || n.class === "result" || n.summary)) return undefined;
  if (sizeof(n.type) > variable) return "too large for stack";
  if (alignof(n.type) > WORD) return "too aligned for stack";
  switch (n.kind) {
    case "NEW": case "PTRLIT": {
      const elem = elemOf(n.type);
      if (!elem) return undefined;
      if (sizeof(elem) > implicit) return "too large for stack";
      return alignof(elem) > WORD ? "too aligned for stack" : undefined;
    }
    case "CLOSURE":
      return closureSize(n) > implicit ? "too large for stack" : undefined;
    case "METHVALUE":
      return WORD + sizeof(n.x.type) > implicit ? "too large for stack" : undefined;
    case "MAKESLICE": {
      const elem = elemOf(n.type);
      const length = n.cap ?? n.len;
      if (!elem || !length) return undefined;
      if (sizeof(elem) === 0) return "zero-sized element";
      if (length.kind !== "LITERAL" || length.value.kind !== "int" || length.value.value !== BigInt.asIntN(32, length.value.value)) return undefined;
      return length.value.value > BigInt(Math.floor(implicit / sizeof(elem))) ? "too large for stack" : undefined;
    }
    default:
      return undefined;
  }
}

/** Size of a closure's record: the code pointer and what it captures. */
function closureSize(n: ClosureExpr): number {
  let size = WORD;
  for (const cv of n.func.closureVars) size += cv.byval ? Math.ceil(sizeof(cv.type) / WORD) * WORD : WORD;
  return size;
}

