/**
 * The difference between "escapes to heap" and "allocates": what the compiler's line means once the program runs.
 *
 * `-m` says where a value may have to live. A constant that is boxed lies in the program's read-only data; a small integer is found in a
 * table of the runtime; a slice that has room is not copied. Go: cmd/compile/internal/walk/convert.go (dataWord), runtime/iface.go.
 */
import type { Note } from "../record/notes.ts";

/** When a line of -m means an allocation. */
export interface Allocation {
  readonly when: "always" | "sometimes" | "never";
  /** Why, as the end of a sentence. */
  readonly because: string;
}

/** What a heap note means at run time; undefined for notes that are about something else. */
export function allocationOf(note: Note): Allocation | undefined {
  if (note.kind === "moved") return { when: "always", because: "each time its declaration is reached, the heap gives it a new place" };
  if (note.kind !== "escapes") return undefined;
  const { expr } = note;
  if (isConstant(expr)) return { when: "never", because: "a constant that is boxed lies in read-only data" };
  if (expr === "append") return { when: "sometimes", because: "only where the slice has no room left" };
  if (expr === "func literal") return { when: "always", because: "unless it captures nothing: then it is static" };
  if (/^(make|new)\(|^&|^\[\]|^map\[/.test(expr) || /\{(\.\.\.)?\}$/.test(expr)) return { when: "always", because: "each time it is evaluated" };
  if (/^\[\]byte\(|^\(\[\]byte\)|^string\(|^\[\]rune\(|^\(\[\]rune\)| \+ /.test(expr)) return { when: "sometimes", because: "not for an empty result" };
  const boxed = note.flow?.some((f) => f.steps.some((s) => s.why === "interface-converted" || s.why === "spill"));
  if (boxed !== false) return { when: "sometimes", because: "a copy is boxed; integers below 256, empty strings and zero values of no size need no box" };
  return { when: "always", because: "each time it is evaluated" };
}

/** Whether a heap note never allocates. */
export const alwaysStays = (note: Note): boolean => allocationOf(note)?.when === "never";

/** A number, a string, a rune, true, false or nil as the compiler prints them; arithmetic of constants was done by the compiler. */
const isConstant = (expr: string): boolean => /^(?:-?\d[\w.+-]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+'|`[^`]*`|true|false|nil)$/.test(expr);
