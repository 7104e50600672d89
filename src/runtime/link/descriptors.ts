/**
 * Type descriptors and itabs in linear memory, interned: one descriptor a type string, one itab a pair of types.
 *
 * A later unit may know more of a type than the first one did (code of a method that was not compiled there); what is missing is filled in.
 * Layout: abi/types.ts. How compiled code uses them is codegen's business.
 *
 * Go: cmd/compile/internal/reflectdata (descriptors), runtime/iface.go (getitab, additab).
 */
import { bug } from "../../base/bug.ts";
import type { LibraryUnit } from "../../abi/library.ts";
import { ITABS } from "../../abi/structs.ts";
import type { ByteString } from "../../base/source.ts";
import { DESC, DESC_FLAG, FIELD, IMETHOD, ITAB, KIND, METHOD, type TypeDesc } from "../../abi/types.ts";
import type { Memory } from "../memory.ts";
import { layoutMap } from "./maptype.ts";
import { KeptTypes } from "./kept-types.ts";
import type { TypesImage } from "./image.ts";
import type { DataSpace } from "./space.ts";

/** A descriptor and the data it was made from. */
export interface LinkedType {
  /** The newest: a session may give a type more methods. */
  desc: TypeDesc;
  readonly at: number;
  readonly number: number;
  /** The unit of the library that it came from. */
  readonly home?: LibraryUnit | undefined;
}

/** Table index of a function by symbol (its context-taking form), 0 if it isn't known. */
export type CodeOf = (symbol: string) => number;

/** Where descriptors get what is linked only when somebody asks. */
export interface TypeSource {
  /** What the library knows of a type, and the unit that knows what the type speaks of; `home` is asked first. */
  readonly type: (id: string, home?: LibraryUnit) => { readonly desc: TypeDesc; readonly home: LibraryUnit } | undefined;
  /** The unit of a package of the library. */
  readonly unit: (path: string) => LibraryUnit | undefined;
  readonly code: CodeOf;
  /** Makes the function in a table slot callable. */
  readonly want: (slot: number) => void;
}

/** All types and itabs of one process. */
export class Descriptors {
  readonly #memory: Memory;
  readonly #space: DataSpace;
  readonly #byId = new Map<string, LinkedType>();
  readonly #byAddress = new Map<number, LinkedType>();
  #size = 0;
  readonly #itabs = new Map<number, Map<number, number>>();
  /** Types of an image that nobody has asked for yet. */
  #kept: KeptTypes | undefined;

  readonly #source: TypeSource;

  constructor(memory: Memory, space: DataSpace, source: TypeSource) {
    this.#memory = memory;
    this.#space = space;
    this.#source = source;
  }

  /** The type of this id, if it is linked or in the library. */
  find(id: string, home?: LibraryUnit): LinkedType | undefined {
    return this.#known(id) ?? this.#fetch(id, home);
  }

  #known(id: string): LinkedType | undefined {
    return this.#byId.get(id) ?? this.#taken(this.#kept?.byId(id));
  }

  /** A type of the image, made known. */
  #taken(n: number | undefined): LinkedType | undefined {
    if (n === undefined || !this.#kept) return undefined;
    const linked = this.#kept.type(n);
    this.#byId.set(linked.desc.id, linked);
    this.#byAddress.set(linked.at, linked);
    return linked;
  }

  /** Takes a type from the library, and with a named one its pointer type: reflection may ask for that through it. */
  #fetch(id: string, from: LibraryUnit | undefined): LinkedType | undefined {
    const found = this.#source.type(id, from);
    if (!found) return undefined;
    const { desc, home } = found;
    const linked = this.#reserve(desc, home);
    this.#fill(linked);
    if (desc.kind === KIND.Map) this.#layoutMap(linked);
    if (desc.named && home.type(`*${id}`)) this.find(`*${id}`, home);
    return linked;
  }

  #layoutMap(t: LinkedType): void {
    layoutMap(this.#memory, this.#space, t, (id) => this.#need(id, t.home), (desc) => this.#group(desc));
  }

  /** The type whose descriptor is at `address`. */
  at(address: number): LinkedType {
    return this.#byAddress.get(address) ?? this.#taken(this.#kept?.byAddress(address)) ?? bug(`no type descriptor at ${address}`);
  }

  /** True if a descriptor begins at `address`. */
  has(address: number): boolean {
    return this.#byAddress.has(address) || this.#kept?.byAddress(address) !== undefined;
  }

  /** Every type that is linked. */
  all(): Iterable<LinkedType> {
    this.#takeAll();
    return this.#byAddress.values();
  }

  get size(): number {
    return this.#size;
  }

  /** Address of the descriptor of `id`, which must be linked. */
  address(id: string, home?: LibraryUnit): number {
    const kept = this.#kept?.byId(id);
    return kept !== undefined ? this.#kept!.at(kept) : this.find(id, home)?.at ?? bug(`type ${id} is not linked`);
  }

  /** Adds the types of a unit. References among them and to earlier ones are resolved. */
  add(types: readonly TypeDesc[]): void {
    const known = (t: TypeDesc): boolean => this.#known(t.id) !== undefined || this.#knownBetter(t);
    // What was unknown may have come from the library since, with another type that was looked for.
    const fresh = types.filter((t) => !known(t)).filter((t) => this.#known(t.id) === undefined).map((desc) => this.#reserve(desc));
    for (const t of fresh) this.#fill(t);
    for (const t of fresh) if (t.desc.kind === KIND.Map) this.#layoutMap(t);
    for (const desc of types) this.#complete(desc);
  }

  /** Takes a type of the library, or one with methods whose code this unit lacks, from the library. */
  #knownBetter(t: TypeDesc): boolean {
    const home = t.named ? this.#source.unit(t.pkgPath) : undefined;
    if (home) return this.find(t.id, home) !== undefined;
    return t.methods?.some((m) => m.symbol === undefined) === true && this.find(t.id) !== undefined;
  }

  /** The itab of concrete type `type` for interface `inter`; 0 if the type lacks a method. */
  itab(inter: number, type: number): number {
    this.#takeItabs();
    const row = this.#itabs.get(inter) ?? new Map<number, number>();
    this.#itabs.set(inter, row);
    const known = row.get(type);
    if (known !== undefined) return known;
    const made = this.missingMethod(inter, type) === undefined ? this.#makeItab(inter, type) : 0;
    row.set(type, made);
    return made;
  }

  /** Empties the table of itabs that were asked for (sched/answers.ts). */
  #forgetAsked(): void {
    this.#memory.fill(ITABS.inter, ITABS.size * 16);
  }

  /** The first method of interface `inter` that `type` lacks, in the interface's order. */
  missingMethod(inter: number, type: number): ByteString | undefined {
    // A type that reflection made while the program ran has none.
    const methods = (this.has(type) ? this.at(type).desc.methods : undefined) ?? [];
    for (const want of this.at(inter).desc.imethods ?? []) {
      const pkg = isExported(want.name) ? "" : want.pkgPath;
      const found = methods.find((m) => m.name === want.name && (isExported(m.name) || m.pkgPath === pkg));
      if (found?.type !== want.type) return want.name;
    }
    return undefined;
  }

  /** Forgets what lies at or above `mark` (a failed cell). */
  release(mark: number): void {
    this.#forgetAsked();
    this.#takeAll();
    while ((this.#grown.at(-1)?.at ?? 0) >= mark) {
      const last = this.#grown.pop();
      if (last) last.linked.desc = last.before;
    }
    for (const [at, t] of this.#byAddress) {
      if (at < mark) continue;
      this.#byAddress.delete(at);
      this.#byId.delete(t.desc.id);
    }
    this.#size = this.#byAddress.size;
    for (const [inter, row] of this.#itabs) {
      if (inter >= mark) this.#itabs.delete(inter);
      for (const [type, at] of row) if (type >= mark || at >= mark || at === 0) row.delete(type);
    }
  }

  /** Types and itabs as they are now, for an image. `units` numbers their homes. */
  capture(units: readonly LibraryUnit[]): () => TypesImage {
    const used = this.#space.used;
    return () => {
      this.#takeAll();
      const types = [...this.#byAddress.values()].filter((t) => t.at < used);
      const descs = new Map(types.map((t) => [t, this.#grown.find((g) => g.linked === t && g.at >= used)?.before ?? t.desc]));
      const own = types.filter((t) => t.home?.type(t.desc.id) !== descs.get(t));
      const itabs = [...this.#itabs].flatMap(([inter, row]) => [...row].flatMap(([type, at]) => (at > 0 && at < used ? [inter, type, at] : [])));
      return {
        ids: () => types.map((t) => t.desc.id), at: Int32Array.from(types, (t) => t.at), home: Int32Array.from(types, (t) => (t.home ? units.indexOf(t.home) : -1)),
        desc: Int32Array.from(types, (t) => own.indexOf(t)), own: () => own.map((t) => descs.get(t) ?? t.desc), itabs: Int32Array.from(itabs),
      };
    };
  }

  /** Takes in the types of an image in place of those that are there. */
  adopt(image: TypesImage, units: readonly LibraryUnit[]): void {
    this.#byId.clear();
    this.#byAddress.clear();
    this.#size = image.at.length;
    this.#kept = new KeptTypes(image, units);
    this.#keptItabs = image.itabs;
  }

  #keptItabs: Int32Array | undefined;

  #takeItabs(): void {
    const itabs = this.#keptItabs;
    if (!itabs) return;
    this.#keptItabs = undefined;
    for (let i = 0; i < itabs.length; i += 3) {
      const [inter = 0, type = 0, at = 0] = itabs.subarray(i, i + 3);
      const row = this.#itabs.get(inter) ?? new Map<number, number>();
      this.#itabs.set(inter, row.set(type, at));
    }
  }

  /** Makes all types of the image known, in their order. */
  #takeAll(): void {
    const kept = this.#kept;
    if (!kept) return;
    const later = [...this.#byAddress.values()].filter((t) => kept.byAddress(t.at) === undefined);
    const old = kept.numbers().map((n) => this.#byId.get(kept.id(n)) ?? kept.type(n));
    this.#kept = undefined;
    this.#takeItabs();
    this.#byAddress.clear();
    for (const t of [...old, ...later]) {
      this.#byId.set(t.desc.id, t);
      this.#byAddress.set(t.at, t);
    }
  }

  #need(id: string, home: LibraryUnit | undefined): LinkedType {
    return this.find(id, home) ?? bug(`type ${id} is used but not linked`);
  }

  #reserve(desc: TypeDesc, home?: LibraryUnit): LinkedType {
    const linked = { desc, at: this.#space.alloc(DESC.size), number: ++this.#size, home };
    this.#byId.set(desc.id, linked);
    this.#byAddress.set(linked.at, linked);
    return linked;
  }

  #group(desc: TypeDesc): number {
    const known = this.#known(desc.id);
    if (known) return known.at;
    const t = this.#reserve(desc);
    this.#fill(t);
    return t.at;
  }

  #fill({ desc, at, number, home }: LinkedType): void {
    const m = this.#memory;
    m.storeInt(at + DESC.byteSize, desc.size);
    m.storeInt(at + DESC.ptrdata, desc.ptrdata);
    m.store32(at + DESC.hash, fnv1a(desc.id));
    m.store8(at + DESC.kind, desc.kind);
    m.store8(at + DESC.align, desc.align);
    m.store8(at + DESC.flags, flagsOf(desc));
    m.storePtr(at + DESC.mask, this.#mask(desc.mask));
    this.#space.storeString(at + DESC.string, desc.string);
    this.#space.storeString(at + DESC.name, desc.name);
    this.#space.storeString(at + DESC.pkgPath, desc.pkgPath);
    m.storePtr(at + DESC.elem, desc.elem === undefined ? 0 : this.#need(desc.elem, home).at);
    m.storePtr(at + DESC.key, desc.key === undefined ? 0 : this.#need(desc.key, home).at);
    m.storeInt(at + DESC.len, desc.chanDir ? CHAN_DIR[desc.chanDir] : desc.kind === KIND.Func ? Number(desc.variadic ?? false) : (desc.len ?? 0));
    m.storeInt(at + DESC.number, number);
    if (desc.kind === KIND.Pointer && desc.elem !== undefined) m.storePtr(this.#need(desc.elem, home).at + DESC.ptrTo, at);
    const pointer = this.#known(`*${desc.id}`);
    if (pointer && pointer.desc.elem === desc.id) m.storePtr(at + DESC.ptrTo, pointer.at);
    this.#fillMembers(desc, at, home);
  }

  #fillMembers(desc: TypeDesc, at: number, home: LibraryUnit | undefined): void {
    const m = this.#memory;
    const list = (offset: number, count: number, size: number): number => {
      const where = count === 0 ? 0 : this.#space.alloc(count * size);
      m.storePtr(at + offset, where);
      m.storeInt(at + offset + 8, count);
      return where;
    };
    if (desc.fields) {
      const base = list(DESC.fields, desc.fields.length, FIELD.size);
      desc.fields.forEach((f, i) => {
        const to = base + i * FIELD.size;
        this.#space.storeString(to + FIELD.name, f.name);
        this.#space.storeString(to + FIELD.pkgPath, f.pkgPath);
        m.storePtr(to + FIELD.type, this.#need(f.type, home).at);
        m.storeInt(to + FIELD.offset, f.offset);
        m.storeInt(to + FIELD.embedded, Number(f.embedded));
        this.#space.storeString(to + FIELD.tag, f.tag);
      });
    }
    if (desc.params) {
      const base = list(DESC.fields, desc.params.length, 8);
      desc.params.forEach((id, i) => m.storePtr(base + i * 8, this.#need(id, home).at));
    }
    if (desc.imethods) {
      const base = list(DESC.fields, desc.imethods.length, IMETHOD.size);
      desc.imethods.forEach((f, i) => this.#method(base + i * IMETHOD.size, f, home));
    }
    if (desc.results) {
      const results = this.#space.alloc(8 + desc.results.length * 8);
      m.storeInt(results, desc.results.length);
      desc.results.forEach((id, i) => m.storePtr(results + 8 + i * 8, this.#need(id, home).at));
      m.storePtr(at + DESC.extra, results);
    }
    if (desc.methods?.length) {
      const base = list(DESC.methods, desc.methods.length, METHOD.size);
      desc.methods.forEach((f, i) => {
        this.#method(base + i * METHOD.size, f, home);
        m.storeInt(base + i * METHOD.size + METHOD.code, f.symbol === undefined ? 0 : this.#source.code(f.symbol));
      });
    }
  }

  #method(to: number, f: { readonly name: string; readonly pkgPath: string; readonly type: string }, home: LibraryUnit | undefined): void {
    this.#space.storeString(to + IMETHOD.name, f.name);
    this.#space.storeString(to + IMETHOD.pkgPath, f.pkgPath);
    this.#memory.storePtr(to + IMETHOD.type, this.#need(f.type, home).at);
  }

  /** Takes methods, and newer code of methods, that an earlier unit's descriptor of the same type lacks, into the descriptor and its itabs. */
  #complete(desc: TypeDesc): void {
    const linked = this.#need(desc.id, undefined);
    if (linked.desc === desc || !desc.methods?.length) return;
    const m = this.#memory;
    let changed = this.#addMethods(linked, desc.methods);
    const base = m.loadPtr(linked.at + DESC.methods);
    (linked.desc.methods ?? []).forEach((f, i) => {
      const symbol = desc.methods?.find((g) => g.name === f.name && g.pkgPath === f.pkgPath)?.symbol;
      const slot = base + i * METHOD.size + METHOD.code;
      // Only a session declares methods again.
      if (symbol === undefined || (m.loadInt(slot) !== 0 && !symbol.startsWith("main."))) return;
      const newest = this.#source.code(symbol);
      if (newest === 0 || m.loadInt(slot) === newest) return;
      m.storeInt(slot, newest);
      changed = true;
    });
    if (!changed) return;
    this.#forgetAsked();
    this.#takeItabs();
    for (const [inter, row] of this.#itabs) {
      const at = row.get(linked.at);
      if (at) this.#fillItab(at, inter, linked.at);
      else row.delete(linked.at);
    }
  }

  /** Descriptors that were given more methods, with what they had; the newest last. */
  readonly #grown: { readonly linked: LinkedType; readonly before: TypeDesc; readonly at: number }[] = [];

  /** Gives a type the methods that it lacks. Its method table is made anew. */
  #addMethods(linked: LinkedType, methods: NonNullable<TypeDesc["methods"]>): boolean {
    const had = linked.desc.methods ?? [];
    const same = (a: (typeof had)[number], b: (typeof had)[number]): boolean => a.name === b.name && a.pkgPath === b.pkgPath;
    const changedTypes = had.some((h) => methods.some((n) => same(h, n) && n.type !== h.type));
    if (methods.every((n) => had.some((h) => same(h, n))) && !changedTypes) return false;
    const all = [...methods, ...had.filter((h) => !methods.some((n) => same(h, n)))].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.pkgPath < b.pkgPath ? -1 : 1));
    const m = this.#memory;
    const old = m.loadPtr(linked.at + DESC.methods);
    const base = this.#space.alloc(all.length * METHOD.size);
    for (const [i, f] of all.entries()) {
      this.#method(base + i * METHOD.size, f, linked.home);
      const index = had.findIndex((h) => same(h, f));
      m.storeInt(base + i * METHOD.size + METHOD.code, index < 0 ? 0 : m.loadInt(old + index * METHOD.size + METHOD.code));
    }
    m.storePtr(linked.at + DESC.methods, base);
    m.storeInt(linked.at + DESC.methods + 8, all.length);
    this.#grown.push({ linked, before: linked.desc, at: base });
    linked.desc = { ...linked.desc, methods: all };
    return true;
  }

  #makeItab(inter: number, type: number): number {
    const count = this.at(inter).desc.imethods?.length ?? 0;
    const at = this.#space.alloc(ITAB.methods + 8 * count);
    this.#fillItab(at, inter, type);
    return at;
  }

  #fillItab(at: number, inter: number, type: number): void {
    const m = this.#memory;
    m.storePtr(at + ITAB.inter, inter);
    m.storePtr(at + ITAB.type, type);
    m.store32(at + ITAB.hash, m.load32(type + DESC.hash));
    const methods = this.at(type).desc.methods ?? [];
    const base = m.loadPtr(type + DESC.methods);
    (this.at(inter).desc.imethods ?? []).forEach((want, i) => {
      const index = methods.findIndex((f) => f.name === want.name && (isExported(f.name) || f.pkgPath === want.pkgPath));
      const slot = m.loadInt(base + index * METHOD.size + METHOD.code);
      this.#source.want(slot);
      m.storeInt(at + ITAB.methods + 8 * i, slot);
    });
  }

  #mask(mask: readonly boolean[]): number {
    if (mask.length === 0) return 0;
    const at = this.#space.alloc((mask.length + 7) >> 3, 1);
    mask.forEach((set, i) => {
      if (set) this.#memory.store8(at + (i >> 3), this.#memory.loadU8(at + (i >> 3)) | (1 << (i & 7)));
    });
    return at;
  }
}

const CHAN_DIR = { recv: 1, send: 2, both: 3 } as const;

/** Whether an identifier begins with an upper-case letter; only ASCII ones can be missed by `pkgPath` being empty. */
const isExported = (name: string): boolean => name >= "A" && name < "[";

function flagsOf(d: TypeDesc): number {
  return (
    (d.comparable ? DESC_FLAG.comparable : 0) |
    (d.plainMemory ? DESC_FLAG.plainMemory : 0) |
    (d.direct ? DESC_FLAG.direct : 0) |
    (d.named ? DESC_FLAG.named : 0) |
    (d.variadic ? DESC_FLAG.variadic : 0)
  );
}

/** FNV-1a, 32 bits. */
export function fnv1a(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
