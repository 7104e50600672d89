/**
 * The layout of a map's groups, from the layouts of its key and element.
 *
 * A group is 8 control bytes and 8 slots of key and element; keys and elements above 128 bytes are held by pointer.
 *
 * Go: cmd/compile/internal/reflectdata/map.go (MapGroupType, writeMapType).
 */
import { DESC, KIND, MAP_EXTRA, MAP_FLAG, type TypeDesc } from "../../abi/types.ts";
import type { Memory } from "../memory.ts";
import type { LinkedType } from "./descriptors.ts";
import type { DataSpace } from "./space.ts";

/** Larger keys and elements are stored by pointer. internal/abi (MapMaxKeyBytes, MapMaxElemBytes). */
const MAX_INLINE = 128;
const SLOTS = 8;

/** Writes the MAP_EXTRA of map type `t`; `group` makes the descriptor of its group. */
export function layoutMap(memory: Memory, space: DataSpace, t: LinkedType, need: (id: string) => LinkedType, group: (desc: TypeDesc) => number): void {
  const key = need(t.desc.key ?? "").desc;
  const elem = need(t.desc.elem ?? "").desc;
  const k = inSlot(key);
  const e = inSlot(elem);
  const align = Math.max(k.align, e.align, 1);
  const elemOffset = roundTo(k.size, e.align);
  // A struct that ends in a field of size zero has a byte of padding, so that the field's address lies inside.
  const end = elemOffset + e.size + (e.size === 0 && k.size > 0 ? 1 : 0);
  const slotSize = roundTo(end, align);
  const groupSize = Math.max(16, roundTo(8 + SLOTS * slotSize, 8));
  const mask: boolean[] = [];
  for (let s = 0; s < SLOTS; s++) {
    const base = 8 + s * slotSize;
    k.mask.forEach((set, i) => set && (mask[base / 8 + i] = true));
    e.mask.forEach((set, i) => set && (mask[(base + elemOffset) / 8 + i] = true));
  }
  const whole = Array.from(mask, (set) => set === true);
  const at = space.alloc(MAP_EXTRA.size);
  memory.storePtr(at + MAP_EXTRA.group, group(groupDesc(t.desc.id, groupSize, whole)));
  memory.storeInt(at + MAP_EXTRA.groupSize, groupSize);
  memory.storeInt(at + MAP_EXTRA.slotSize, slotSize);
  memory.storeInt(at + MAP_EXTRA.elemOffset, elemOffset);
  memory.storeInt(at + MAP_EXTRA.flags, mapFlags(key, elem, need));
  memory.storePtr(t.at + DESC.extra, at);
}

interface Slot {
  readonly size: number;
  readonly align: number;
  readonly mask: readonly boolean[];
}

const inSlot = (d: TypeDesc): Slot => (d.size > MAX_INLINE ? { size: 8, align: 8, mask: [true] } : d);
const roundTo = (n: number, align: number): number => Math.ceil(n / Math.max(align, 1)) * Math.max(align, 1);

function groupDesc(id: string, size: number, mask: readonly boolean[]): TypeDesc {
  return {
    id: `map.group[${id}]`, string: `map.group[${id}]`, kind: KIND.Struct, size, align: 8, ptrdata: mask.length * 8, mask,
    comparable: false, plainMemory: false, direct: false, named: false, name: "", pkgPath: "",
  };
}

function mapFlags(key: TypeDesc, elem: TypeDesc, need: (id: string) => LinkedType): number {
  return (
    (someLeaf(key, need, needsUpdate) ? MAP_FLAG.needKeyUpdate : 0) |
    (someLeaf(key, need, (d) => d.kind === KIND.Interface) ? MAP_FLAG.hashMightPanic : 0) |
    (key.size > MAX_INLINE ? MAP_FLAG.indirectKey : 0) |
    (elem.size > MAX_INLINE ? MAP_FLAG.indirectElem : 0)
  );
}

/** Whether equal keys of this kind can differ in memory (+0 and -0, strings that keep other bytes alive). */
function needsUpdate(d: TypeDesc): boolean {
  return (d.kind >= KIND.Float32 && d.kind <= KIND.Complex128) || d.kind === KIND.Interface || d.kind === KIND.String;
}

/** Whether a part of `d` that is no array or struct satisfies `test`. */
function someLeaf(d: TypeDesc, need: (id: string) => LinkedType, test: (d: TypeDesc) => boolean): boolean {
  if (d.kind === KIND.Array) return d.elem !== undefined && someLeaf(need(d.elem).desc, need, test);
  if (d.kind === KIND.Struct) return (d.fields ?? []).some((f) => someLeaf(need(f.type).desc, need, test));
  return test(d);
}
