/**
 * How values of a type lie in memory: size, fields, padding, pointer words, and the order of fields that wastes least.
 *
 * Go: cmd/compile/internal/types/size.go; the order is that of golang.org/x/tools fieldalignment (facts of alignment, nothing else).
 */
import { alignof, offsetsof, pointerWords, ptrdata, sizeof, type StructType, type Type, typeString, under, type Package, type Var } from "./types/index.ts";

/** A field, or the bytes between two. */
export interface Slot {
  /** Empty: padding. */
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly size: number;
  readonly align: number;
}

/** A type's layout. */
export interface TypeLayout {
  readonly type: string;
  readonly size: number;
  readonly align: number;
  /** Bytes up to the end of the last pointer: what the collector has to look at. */
  readonly pointerBytes: number;
  /** For each word up to there, whether it holds a pointer. */
  readonly pointers: readonly boolean[];
  /** Of a struct: fields and padding in order of memory. */
  readonly slots: readonly Slot[];
  /** Of a struct: the same with the fields in the order that wastes least. */
  readonly best?: TypeLayout;
}

/** The layout of a type of package `pkg`. */
export function layoutOf(t: Type, pkg: Package): TypeLayout {
  const shown = (u: Type): string => typeString(u, (p) => (p === pkg || p.path === "main" ? "" : p.name));
  const u = under(t);
  const own = plainLayout(shown(t), t, u.kind === "Struct" ? slotsOf(u, shown) : []);
  if (u.kind !== "Struct") return own;
  const better: StructType = { ...u, fields: bestOrder(u.fields), tags: [] };
  return sizeof(better) < own.size || ptrdata(better) < own.pointerBytes ? { ...own, best: plainLayout(shown(t), better, slotsOf(better, shown)) } : own;
}

const plainLayout = (type: string, t: Type, slots: readonly Slot[]): TypeLayout => ({ type, size: sizeof(t), align: alignof(t), pointerBytes: ptrdata(t), pointers: pointerWords(t), slots });

function slotsOf(t: StructType, shown: (u: Type) => string): Slot[] {
  const offsets = offsetsof(t.fields);
  const slots: Slot[] = [];
  let end = 0;
  const pad = (to: number): void => {
    if (to > end) slots.push({ name: "", type: "", offset: end, size: to - end, align: 1 });
  };
  for (const [i, f] of t.fields.entries()) {
    if (!f.type) continue;
    const offset = offsets[i] ?? 0;
    pad(offset);
    const size = sizeof(f.type);
    slots.push({ name: f.name, type: shown(f.type), offset, size, align: alignof(f.type) });
    end = offset + size;
  }
  pad(sizeof(t));
  return slots;
}

/** Nothing first, then by alignment, then what has pointers with the fewest bytes behind them, then by size. */
function bestOrder(fields: readonly Var[]): Var[] {
  const facts = (v: Var) => (v.type ? { size: sizeof(v.type), align: alignof(v.type), pointers: ptrdata(v.type) } : { size: 0, align: 1, pointers: 0 });
  return [...fields].sort((a, b) => {
    const [x, y] = [facts(a), facts(b)];
    if ((x.size === 0) !== (y.size === 0)) return x.size === 0 ? -1 : 1;
    if (x.align !== y.align) return y.align - x.align;
    if ((x.pointers === 0) !== (y.pointers === 0)) return x.pointers === 0 ? 1 : -1;
    if (x.pointers > 0) {
      const trailing = (f: typeof x): number => f.size - f.pointers;
      if (trailing(x) !== trailing(y)) return trailing(x) - trailing(y);
    }
    return y.size - x.size;
  });
}
