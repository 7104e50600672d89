/** What operators need to know of a basic type: width, sign, WebAssembly type. */
import { bug } from "../../base/bug.ts";
import { I32, I64 } from "../../wasm/opcodes.ts";
import { type Type, under } from "../types/index.ts";
import { offsetsof, sizeof } from "../types/index.ts";

export interface IntKind {
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
  readonly type: typeof I32 | typeof I64;
}

const INTS: Readonly<Record<string, IntKind>> = {
  bool: { bits: 8, signed: false, type: I32 }, "untyped bool": { bits: 8, signed: false, type: I32 },
  int8: { bits: 8, signed: true, type: I32 }, int16: { bits: 16, signed: true, type: I32 }, int32: { bits: 32, signed: true, type: I32 },
  int64: { bits: 64, signed: true, type: I64 }, int: { bits: 64, signed: true, type: I64 },
  uint8: { bits: 8, signed: false, type: I32 }, uint16: { bits: 16, signed: false, type: I32 }, uint32: { bits: 32, signed: false, type: I32 },
  uint64: { bits: 64, signed: false, type: I64 }, uint: { bits: 64, signed: false, type: I64 }, uintptr: { bits: 64, signed: false, type: I64 },
  "untyped int": { bits: 64, signed: true, type: I64 }, "untyped rune": { bits: 32, signed: true, type: I32 },
};

/** Name of a basic type, or the kind of another. */
export function basicName(t: Type): string {
  const u = under(t);
  return u.kind === "Basic" ? u.basic : u.kind;
}

/** The integer kind of a type; undefined for others. */
export const intKind = (t: Type): IntKind | undefined => INTS[basicName(t)];
/** The integer kind of a type that must be one. */
export const needInt = (t: Type): IntKind => intKind(t) ?? bug(`${basicName(t)} is no integer`);

export const isFloat32 = (t: Type): boolean => basicName(t) === "float32";
export const isFloat64 = (t: Type): boolean => basicName(t) === "float64" || basicName(t) === "untyped float";
export const isComplexType = (t: Type): boolean => basicName(t).endsWith("complex") || basicName(t).startsWith("complex");
export const isStringType = (t: Type): boolean => basicName(t) === "string" || basicName(t) === "untyped string";

/** Whether two values are equal exactly when their bytes are. Go: compare.IsRegularMemory. */
export function isPlainMemory(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case "Basic": return intKind(u) !== undefined || u.basic === "unsafe.Pointer";
    case "Pointer": case "Chan": return true;
    case "Array": return u.len === 0 || isPlainMemory(u.elem);
    case "Struct": {
      const offsets = offsetsof(u.fields);
      let end = 0;
      for (let i = 0; i < u.fields.length; i++) {
        const f = u.fields[i] ?? bug("a missing field");
        const type = f.type ?? bug("a field without type");
        if (f.name === "_" || offsets[i] !== end || !isPlainMemory(type)) return false;
        end += sizeof(type);
      }
      return end === sizeof(t);
    }
    default: return false;
  }
}
