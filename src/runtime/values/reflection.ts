/**
 * What package reflect asks of the machine: adapters that call functions of a type known only at run time, and types that no code has.
 *
 * A new type gets a descriptor like any other, interned by its id, so two ways to the same type meet. Lists are given as a Go array of pointers to
 * descriptors.
 *
 * Go: reflect (FuncOf, SliceOf, StructOf …), runtime/type.go.
 */
import { FIELD, KIND, type TypeDesc } from "../../abi/types.ts";
import { roundUp } from "../../base/units.ts";
import type { Linker } from "../link/index.ts";
import type { Memory } from "../memory.ts";
import type { NativeFunction } from "../natives.ts";
import { boundAdapter, callAdapter, madeAdapter, spilledAdapter } from "./adapters.ts";
import { partOf, shapeOf } from "./shape.ts";

/** The Go function that runs functions made by reflect.MakeFunc: a wrapper to recover. */
export const MADE_HANDLER = "reflect.serve";

/** What the natives of reflection need. */
export interface ReflectionPorts {
  readonly memory: Memory;
  readonly linker: Linker;
}

/** Natives of internal/runtime by symbol. */
export function reflectionNatives({ memory, linker }: ReflectionPorts): Readonly<Record<string, NativeFunction>> {
  const types = new NewTypes(memory, linker);
  return {
    "internal/runtime.callAdapter": (type: number, receiver: number) => linker.linkMade(callAdapter(shapeOf(memory, type >>> 0, receiver !== 0))),
    "internal/runtime.madeAdapter": (type: number) => linker.linkMade(madeAdapter(shapeOf(memory, type >>> 0, false))),
    "internal/runtime.boundAdapter": (type: number) => linker.linkMade(boundAdapter(shapeOf(memory, type >>> 0, false))),
    "internal/runtime.spilledAdapter": (type: number) => linker.linkMade(spilledAdapter(shapeOf(memory, type >>> 0, false))),
    "internal/runtime.callable": (slot: bigint) => {
      linker.callable(Number(slot));
    },
    "internal/runtime.roomType": (type: number, receiver: number) => types.room(type >>> 0, receiver !== 0),
    "internal/runtime.typeMadeOf": (kind: bigint, elem: number, key: number, n: bigint) => types.madeOf(Number(kind), elem >>> 0, key >>> 0, Number(n)),
    "internal/runtime.funcType": (list: number, ins: bigint, outs: bigint, variadic: number) => types.func(list >>> 0, Number(ins), Number(outs), variadic !== 0),
    "internal/runtime.structType": (fields: number, n: bigint) => types.struct(fields >>> 0, Number(n)),
  };
}

/** Parts of a description that most new types share. */
const PLAIN = { named: false, name: "", pkgPath: "", comparable: false, plainMemory: false, direct: false } as const;
const WORD = { size: 8, align: 8, ptrdata: 8, mask: [true] } as const;
/** Longer types have no mask (abi/types.ts). */
const MAX_MASK = 4096;

class NewTypes {
  readonly #memory: Memory;
  readonly #linker: Linker;

  constructor(memory: Memory, linker: Linker) {
    this.#memory = memory;
    this.#linker = linker;
  }

  /** The room of calls of a function type, see shape.ts. */
  room(type: number, receiver: boolean): number {
    const shape = shapeOf(this.#memory, type, receiver);
    const pointers = [...shape.params, ...shape.results].flatMap((p) => p.pointers.map((at) => p.offset + at));
    const id = `reflect.room${receiver ? " with receiver" : ""}[${this.#desc(type).id}]`;
    return this.#intern({ ...PLAIN, id, string: id, kind: KIND.Struct, align: 8, size: shape.roomSize, ...masked(pointers) });
  }

  madeOf(kind: number, elem: number, key: number, n: number): number {
    const e = this.#desc(elem);
    switch (kind) {
      case KIND.Pointer:
        return this.#intern({ ...PLAIN, ...WORD, ...named("*", e), kind, comparable: true, plainMemory: true, direct: true, elem: e.id });
      case KIND.Slice:
        return this.#intern({ ...PLAIN, ...named("[]", e), kind, size: 24, align: 8, ptrdata: 8, mask: [true], elem: e.id });
      case KIND.Map: {
        const k = this.#desc(key);
        return this.#intern({ ...PLAIN, ...WORD, id: `map[${k.id}]${e.id}`, string: `map[${k.string}]${e.string}`, kind, direct: true, key: k.id, elem: e.id });
      }
      case KIND.Chan:
        return this.#intern({
          ...PLAIN, ...WORD, id: channel(n, e.id), string: channel(n, e.string), kind, comparable: true, plainMemory: true, direct: true, elem: e.id, chanDir: DIRECTIONS[n] ?? "both",
        });
      default:
        return this.#array(elem, n);
    }
  }

  #array(elem: number, n: number): number {
    const e = this.#desc(elem);
    const part = partOf(this.#memory, elem, 0);
    const pointers = Array.from({ length: part.pointers.length > 0 ? n : 0 }, (_, i) => part.pointers.map((at) => i * e.size + at)).flat();
    return this.#intern({
      ...PLAIN, ...named(`[${n}]`, e), kind: KIND.Array, size: e.size * n, align: e.align, ...masked(pointers), comparable: e.comparable, plainMemory: n === 0 || e.plainMemory,
      direct: n === 1 && e.direct, elem: e.id, len: n,
    });
  }

  func(list: number, ins: number, outs: number, variadic: boolean): number {
    const all = Array.from({ length: ins + outs }, (_, i) => this.#desc(this.#memory.loadPtr(list + 8 * i)));
    const text = (of: "id" | "string"): string => {
      const params = all.slice(0, ins).map((d, i) => (variadic && i === ins - 1 ? `...${d[of].slice(2)}` : d[of]));
      const results = all.slice(ins).map((d) => d[of]);
      return `func(${params.join(", ")})${results.length === 0 ? "" : results.length === 1 ? ` ${results[0] ?? ""}` : ` (${results.join(", ")})`}`;
    };
    return this.#intern({
      ...PLAIN, ...WORD, id: text("id"), string: text("string"), kind: KIND.Func, direct: true, variadic, params: all.slice(0, ins).map((d) => d.id), results: all.slice(ins).map((d) => d.id),
    });
  }

  /** A struct of fields that lie in memory as FIELD; their offsets are not read. */
  struct(list: number, n: number): number {
    const m = this.#memory;
    const text = (at: number): string => m.readString(m.loadPtr(at), m.loadInt(at + 8));
    let offset = 0;
    let align = 1;
    const pointers: number[] = [];
    const fields = Array.from({ length: n }, (_, i) => {
      const at = list + i * FIELD.size;
      const type = m.loadPtr(at + FIELD.type);
      const desc = this.#desc(type);
      offset = roundUp(offset, Math.max(1, desc.align));
      align = Math.max(align, desc.align);
      const field = { desc, offset, name: text(at + FIELD.name), pkgPath: text(at + FIELD.pkgPath), embedded: m.loadInt(at + FIELD.embedded) !== 0, tag: text(at + FIELD.tag) };
      pointers.push(...partOf(m, type, 0).pointers.map((p) => offset + p));
      offset += desc.size;
      return field;
    });
    const last = fields[n - 1];
    // A field of no size at the end is followed by a byte, so that its address lies inside.
    if (last && last.desc.size === 0 && offset > 0) offset++;
    const size = roundUp(offset, align);
    const shown = (of: "id" | "string"): string => {
      const parts = fields.map((f) => {
        const name = of === "id" && f.pkgPath !== "" ? `${f.pkgPath}.${f.name}` : f.name;
        return `${f.embedded ? "" : `${name} `}${f.desc[of]}${f.tag === "" ? "" : ` ${JSON.stringify(f.tag)}`}`;
      });
      return parts.length === 0 ? "struct {}" : `struct { ${parts.join("; ")} }`;
    };
    const packed = fields.reduce((end, f) => (end === f.offset ? f.offset + f.desc.size : -1), 0) === size;
    return this.#intern({
      ...PLAIN, id: shown("id"), string: shown("string"), kind: KIND.Struct, size, align, ...masked(pointers), comparable: fields.every((f) => f.desc.comparable),
      plainMemory: packed && fields.every((f) => f.name !== "_" && f.desc.plainMemory), direct: n === 1 && fields[0]?.desc.direct === true,
      fields: fields.map(({ desc, ...f }) => ({ ...f, type: desc.id })),
    });
  }

  #desc(at: number): TypeDesc {
    return this.#linker.types.at(at).desc;
  }

  #intern(desc: TypeDesc): number {
    const { types } = this.#linker;
    const known = types.find(desc.id);
    if (known) return known.at;
    types.add([desc]);
    return types.address(desc.id);
  }
}

const named = (before: string, elem: TypeDesc): { readonly id: string; readonly string: string } => ({ id: before + elem.id, string: before + elem.string });

function masked(pointers: readonly number[]): { readonly ptrdata: number; readonly mask: readonly boolean[] } {
  const last = pointers.reduce((end, at) => Math.max(end, at + 8), 0);
  if (last / 8 > MAX_MASK) return { ptrdata: last, mask: [] };
  const mask = new Array<boolean>(last / 8).fill(false);
  for (const at of pointers) mask[at / 8] = true;
  return { ptrdata: last, mask };
}

const DIRECTIONS: Readonly<Record<number, "recv" | "send" | "both">> = { 1: "recv", 2: "send", 3: "both" };

function channel(direction: number, elem: string): string {
  if (direction !== 3) return `${direction === 1 ? "<-chan" : "chan<-"} ${elem}`;
  return elem.startsWith("<-") ? `chan (${elem})` : `chan ${elem}`;
}
