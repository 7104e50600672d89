/**
 * The library in one process: its units' data, slots and sites as a whole, its code function by function as it is reached.
 *
 * What a program reaches is found by following the places of each body; all that is new goes into one small module. A table slot whose function is
 * not linked yet is linked before anybody can see its number in an itab (`want`). Linking runs nothing.
 *
 * Go: cmd/link/internal/ld/deadcode.go.
 */
import { type LibraryBody, type LibraryRef, type LibraryUnit, PLACE } from "../../abi/library.ts";
import { ENTRIES, type EntryName } from "../../abi/entries.ts";
import type { DataSymbol } from "../../abi/program.ts";
import type { TypeDesc } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { putPadded32, readPadded32 } from "../../wasm/bytes.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { I32, type ValType } from "../../wasm/opcodes.ts";
import type { Modules } from "../modules.ts";
import type { ImageModule, ImageRef } from "./image.ts";
import type { LinkedFunc } from "./sites.ts";
import type { Slots } from "./slots.ts";

/** A unit of the library after its data was placed. */
export interface HeldUnit {
  readonly unit: LibraryUnit;
  readonly dataBase: number;
  readonly tableBase: number;
  readonly siteBase: number;
  /** Code of each body, where it is linked. */
  readonly code: (LinkedCode | undefined)[];
  /** Table slots of functions that are linked at their first call, and what stands there until then. */
  readonly doors: Map<number, Door>;
  readonly funcs: (LinkedFunc | undefined)[];
  /** Its variables by symbol, once somebody has asked for one. */
  data?: ReadonlyMap<string, DataSymbol>;
}

/**
 * A function in the table of the module that it was linked in. It becomes a function of the host's when somebody asks for it: for each exported one V8
 * makes a wrapper a signature at once, which took longer than the module.
 */
export interface LinkedCode {
  readonly table: WebAssembly.Table;
  readonly index: number;
}

/** A table slot through which a function is called that may not be linked yet. */
interface Door {
  readonly slot: number;
  /** Links the function and calls it. */
  opener: LinkedCode | undefined;
}

/** What linking of bodies asks of the rest. */
export interface LibraryPorts {
  readonly modules: Modules;
  readonly slots: Slots;
  readonly memory: WebAssembly.Memory;
  /** The value of an immutable "s", "v", "t" or "i". */
  readonly constant: (module: string, name: string, home: LibraryUnit) => number;
  readonly entry: (name: string) => WebAssembly.ImportValue;
  readonly native: (symbol: string) => WebAssembly.ImportValue;
}

/** A body that is being linked. */
interface Reached {
  readonly held: HeldUnit;
  readonly body: number;
}

/** A module that was made: what it imports in order, what it exports, what it calls through new doors, what it put into the table. */
interface Made {
  readonly bytes: Uint8Array;
  readonly refs: readonly (string | Reached)[];
  readonly reached: readonly Reached[];
  readonly cold: readonly Reached[];
  readonly values: readonly Found[];
}

/** A function of the library by its symbol. */
type Found = { readonly held: HeldUnit; readonly func: number };

export class Library {
  readonly #p: LibraryPorts;
  readonly #units: HeldUnit[] = [];
  /** Functions that were asked for. */
  readonly #found = new Map<string, Found>();
  /** What has been linked, in order: to be forgotten with a snapshot. */
  readonly #log: Reached[] = [];
  /** Bodies to be linked next. */
  #reached: Reached[] = [];
  readonly #waiting = new Map<HeldUnit, Set<number>>();
  /** Functions whose value is to stand in the table. */
  #values: Found[] = [];
  #collecting = 0;
  #made: Made[] | undefined;

  constructor(ports: LibraryPorts) {
    this.#p = ports;
  }

  /** Its units, in the order of linking. */
  get units(): readonly HeldUnit[] {
    return this.#units;
  }

  /** Takes in a unit whose data has been placed. */
  add(held: HeldUnit): void {
    this.#units.push(held);
  }

  /** Remembers modules from now on, for an image. */
  record(): void {
    this.#made = [];
  }

  /** What was made since `record`; undefined if nothing was recorded. */
  capture(): (() => readonly ImageModule[]) | undefined {
    const made = this.#made;
    this.#made = undefined;
    const place = ({ held, body }: Reached): [number, number] => [this.#units.indexOf(held), body];
    return made && (() => made.map(({ bytes, refs, reached, cold, values }) => ({
      bytes, imports: refs.map((r) => (typeof r === "string" ? r : place(r))), bodies: reached.flatMap(place),
      doors: cold.flatMap((r) => [...place(r), r.held.doors.get(r.body)?.slot ?? bug("a door is gone")]),
      values: values.flatMap(({ held, func }) => [slotOf({ held, func }), ...place({ held, body: held.unit.form(func) })]),
    })));
  }

  /** Links the modules of an image whose units have been added. */
  adopt(modules: readonly ImageModule[]): void {
    const { memory, slots } = this.#p;
    const { table } = slots;
    for (const [number, { bytes, imports, bodies, doors, values }] of modules.entries()) {
      const x = Object.fromEntries(imports.map((ref, i) => [i, this.#given(ref)]));
      // Values alone come without a module.
      const own = bytes.length === 0 ? table : this.#instance(bytes, { m: { memory, table }, x }, `library ${number}`);
      for (let i = 0; i < doors.length; i += 3) {
        const held = this.#numbered(doors[i]);
        held.doors.set(doors[i + 1]!, { slot: doors[i + 2]!, opener: { table: own, index: bodies.length / 2 + i / 3 } });
        this.#behind.push({ held, body: doors[i + 1]! });
      }
      for (let i = 0; i < bodies.length; i += 2) {
        const [held, body] = [this.#numbered(bodies[i]), bodies[i + 1]!];
        held.code[body] = { table: own, index: i / 2 };
        this.#log.push({ held, body });
      }
      for (let i = 0; i < values.length; i += 3) table.set(values[i]!, functionOf(this.#numbered(values[i + 1]).code[values[i + 2]!]));
    }
  }

  /** Tells where functions of a unit are, so that nobody need read it for them. */
  know(unit: number, funcs: readonly (readonly [string, number])[]): void {
    for (const [symbol, func] of funcs) this.#found.set(symbol, { held: this.#numbered(unit), func });
  }

  /** The function of the library that an image speaks of. */
  codeAt([unit, body]: readonly [number, number]): Function {
    return functionOf(this.#numbered(unit).code[body]) ?? bug("an image speaks of code that is not in it");
  }

  /** How an image speaks of a function. */
  placeOf(symbol: string): readonly [number, number] | undefined {
    const found = this.#lookup(symbol);
    return found && [this.#units.indexOf(found.held), found.func];
  }

  #numbered(unit: number | undefined): HeldUnit {
    return this.#units[unit ?? -1] ?? bug(`no unit ${unit}`);
  }

  #given(ref: ImageRef): WebAssembly.ImportValue {
    if (typeof ref !== "string") return this.codeAt(ref);
    if (ref === "link") return (number: number) => this.#linkCold(number);
    return ref.startsWith("r ") ? this.#p.entry(ref.slice(2)) : this.#p.native(ref.slice(2));
  }

  /** The function of this symbol: in its own package, else (wrappers, instances) wherever it was needed first. */
  #lookup(symbol: string): Found | undefined {
    const known = this.#found.get(symbol);
    if (known) return known;
    const at = (held: HeldUnit): Found | undefined => {
      const func = held.unit.numberOf(symbol);
      return func === undefined ? undefined : { held, func };
    };
    const home = this.#units.filter((h) => symbol.startsWith(`${h.unit.path}.`));
    for (const held of [...home, ...this.#units]) {
      const found = at(held);
      if (!found) continue;
      this.#found.set(symbol, found);
      return found;
    }
    return undefined;
  }

  /** The records of functions that somebody has asked for. */
  *funcs(): Generator<LinkedFunc> {
    for (const { funcs } of this.#units) for (const func of funcs) if (func) yield func;
  }

  /** The record of a function. */
  func(symbol: string): LinkedFunc | undefined {
    const found = this.#lookup(symbol);
    return found && funcOf(found.held, found.func);
  }

  /** A package variable: in its own package, else in an annex of that. */
  data(symbol: string): { readonly symbol: DataSymbol; readonly at: number } | undefined {
    const home = this.#units.filter((h) => symbol.startsWith(`${h.unit.path}.`));
    for (const held of home.length > 0 ? [...home, ...this.#units] : this.#units) {
      const found = (held.data ??= new Map(held.unit.symbols().map((s) => [s.symbol, s]))).get(symbol);
      if (found) return { symbol: found, at: held.dataBase + found.offset };
    }
    return undefined;
  }

  /** Table slot of a function's context-taking form, 0 if there is none. */
  slot(symbol: string): number {
    const found = this.#lookup(symbol);
    return found ? slotOf(found) : 0;
  }

  /** The code of a function, if it is linked. */
  code(symbol: string): Function | undefined {
    const found = this.#lookup(symbol);
    return functionOf(found?.held.code[found.func]) ?? undefined;
  }

  /** The unit of a package. */
  unit(path: string): LibraryUnit | undefined {
    return this.#units.find((h) => h.unit.path === path)?.unit;
  }

  /** Symbols of the functions that are linked, in the order of linking. */
  linked(): string[] {
    return this.#log.flatMap(({ held, body }) => held.unit.funcs()[body] ?? []);
  }

  /** The type of this id, if a unit knows it, and that unit: it knows all that the type speaks of. `home` is asked first. */
  type(id: string, home?: LibraryUnit): { readonly desc: TypeDesc; readonly home: LibraryUnit } | undefined {
    for (const unit of home ? [home, ...this.#units.map((h) => h.unit)] : this.#units.map((h) => h.unit)) {
      const desc = unit.type(id);
      if (desc) return { desc, home: unit };
    }
    return undefined;
  }

  /** Everything that `work` reaches is linked at its end, at once. */
  collect<T>(work: () => T): T {
    this.#collecting++;
    try {
      return work();
    } finally {
      if (--this.#collecting === 0) this.#flush();
    }
  }

  /** Links a function of the library with all that it calls. */
  require(symbol: string): void {
    const found = this.#lookup(symbol);
    if (found) this.collect(() => this.#reach(found.held, found.func));
  }

  /** Makes a table slot callable, if it is one of the library's. */
  want(slot: number): void {
    const held = this.#unitAt(slot);
    if (!held) return;
    const func = held.unit.funcOfSlot(slot - held.tableBase);
    if (func >= 0) this.collect(() => this.#reachValue({ held, func }));
  }

  /** Compiles the resume code of a function and puts it into the table; false if it is too large to be optimised. */
  resume(func: LinkedFunc, optimised: boolean): boolean {
    const found = this.#lookup(func.info.symbol) ?? bug(`${func.info.symbol} has no resume code`);
    const body = found.held.unit.resume(found.func);
    this.collect(() => this.#follow(found.held, body));
    const { bytes, imports, cold } = this.#module([{ held: found.held, body }]);
    const { modules } = this.#p;
    const name = `${optimised ? "loops" : "resume"} ${func.info.symbol}`;
    const module = optimised ? modules.makeOptimised(bytes, name) : modules.make(bytes, name);
    if (!module) return false;
    const instance = new WebAssembly.Instance(module, imports);
    if (optimised || bytes.length <= RESUME_KEPT) modules.know(name, bytes, module, () => instance.exports["0"] as Function);
    this.#p.slots.table.set(func.resume, instance.exports["0"] as Function);
    this.#opened(cold, functionsOf(instance), 1);
    return true;
  }

  /** How many units there are and how much is linked. */
  save(): { readonly units: number; readonly linked: number } {
    return { units: this.#units.length, linked: this.#log.length };
  }

  /** Forgets what came after `save`: its constants may speak of data that is gone. */
  restore({ units, linked }: { readonly units: number; readonly linked: number }): void {
    if (this.#units.splice(units).length > 0) this.#found.clear();
    for (const { held, body } of this.#log.splice(linked)) {
      held.code[body] = undefined;
      const door = held.doors.get(body);
      if (door) this.#p.slots.table.set(door.slot, functionOf(door.opener));
      const stub = this.#p.slots.filling;
      if (stub && body < held.unit.count) this.#p.slots.table.set(held.tableBase + body, stub);
    }
  }

  #unitAt(slot: number): HeldUnit | undefined {
    return this.#units.find((h) => slot >= h.tableBase && slot < h.tableBase + h.unit.slots);
  }

  // ---- what is reached ----------------------------------------------------------------------------------------

  #reach(held: HeldUnit, body: number): void {
    if (held.code[body]) return;
    let waiting = this.#waiting.get(held);
    if (!waiting) this.#waiting.set(held, (waiting = new Set()));
    if (waiting.has(body)) return;
    waiting.add(body);
    this.#reached.push({ held, body });
  }

  #reachValue(found: Found): void {
    const form = found.held.unit.form(found.func);
    if (!found.held.code[form]) this.#reach(found.held, form);
    this.#values.push(found);
  }

  /** Reaches whatever a body refers to. */
  #follow(held: HeldUnit, { places }: LibraryBody): void {
    for (let i = 0; i < places.length; i += 3) {
      const target = places[i + 2] ?? 0;
      const kind = places[i + 1];
      if (kind === PLACE.table) {
        if (target >= 0) this.#reachValue({ held, func: target });
      } else if (kind === PLACE.call || kind === PLACE.constant) this.#followRef(held, held.unit.refs()[target]);
    }
  }

  #followRef(held: HeldUnit, ref: LibraryRef | undefined): void {
    switch (ref?.module) {
      case "own":
        if (!isCold(held, ref.body)) this.#reach(held, ref.body);
        return;
      case "f": {
        const found = this.#lookup(ref.name) ?? bug(`${held.unit.path} calls ${ref.name}, which is not linked`);
        if (!isCold(found.held, found.func)) this.#reach(found.held, found.func);
        return;
      }
      case "s": case "t": case "i":
        this.#p.constant(ref.module, ref.name, held.unit);
        return;
      default:
    }
  }

  // ---- modules ------------------------------------------------------------------------------------------------

  /** Links what was reached: one module, and values into the table. */
  #flush(): void {
    this.#collecting++;
    for (let i = 0; i < this.#reached.length; i++) {
      const { held, body } = this.#reached[i]!;
      this.#follow(held, held.unit.body(body));
    }
    this.#collecting--;
    const reached = this.#reached;
    const values = this.#values;
    this.#reached = [];
    this.#values = [];
    this.#waiting.clear();
    if (reached.length > 0) {
      const { bytes, imports, refs, cold } = this.#module(reached.map(({ held, body }) => ({ held, body: held.unit.body(body), number: body })), values);
      // What is behind a door is linked while the program runs, in an order that may be another one next time.
      const [first] = reached;
      const table = this.#instance(bytes, imports, this.#made ? `library ${this.#made.length}` : `door ${first?.held.unit.path} ${first?.body}`);
      this.#made?.push({ bytes, refs, reached, cold, values: values.filter(isOld) });
      for (const found of values.filter(isOld)) this.#setValue(found);
      reached.forEach(({ held, body }, index) => (held.code[body] = { table, index }));
      this.#opened(cold, table, reached.length);
      this.#log.push(...reached);
      return;
    }
    if (values.length > 0) this.#made?.push({ bytes: new Uint8Array(0), refs: [], reached: [], cold: [], values });
    for (const found of values) this.#setValue(found);
  }

  /** The functions of a module that is called so among those that are kept. */
  #instance(bytes: Uint8Array, imports: WebAssembly.Imports, name: string): WebAssembly.Table {
    const { modules } = this.#p;
    const module = modules.make(bytes, name);
    const table = functionsOf(new WebAssembly.Instance(module, imports));
    // The last one opens a door, if there are any: it takes no time to be optimised.
    modules.know(name, bytes, module, () => functionOf({ table, index: table.length - 1 }) ?? undefined);
    return table;
  }

  /** Tells the doors of cold functions what opens them: functions of `table` from `index` on. */
  #opened(cold: readonly Reached[], table: WebAssembly.Table, index: number): void {
    cold.forEach(({ held, body }, i) => {
      const door = held.doors.get(body) ?? bug("a door is gone");
      door.opener = { table, index: index + i };
    });
  }

  #setValue(found: Found): void {
    this.#p.slots.table.set(slotOf(found), functionOf(found.held.code[found.held.unit.form(found.func)]));
  }

  /** A module of these bodies, exported by number, and what it imports. */
  #module(bodies: readonly { readonly held: HeldUnit; readonly body: LibraryBody; readonly number?: number }[], values: readonly Found[] = []): { readonly bytes: Uint8Array<ArrayBuffer>; readonly imports: WebAssembly.Imports; readonly refs: readonly (string | Reached)[]; readonly cold: readonly Reached[] } {
    const builder = new ModuleBuilder();
    builder.importMemory("m", "memory");
    builder.importTable("m", "table");
    const imports = { m: { memory: this.#p.memory, table: this.#p.slots.table }, x: {} as Record<string, WebAssembly.ImportValue> };
    const inside = new Map<HeldUnit, Map<number, number>>();
    bodies.forEach(({ held, number }, i) => number !== undefined && (inside.get(held) ?? insert(inside, held)).set(number, i));
    const known = new Map<string | LinkedCode, number>();
    const refs: (string | Reached)[] = [];
    const importOf = (key: string | LinkedCode, value: () => WebAssembly.ImportValue, held: HeldUnit | undefined, signature: number, target?: Reached): number => {
      const old = known.get(key);
      if (old !== undefined) return old;
      const name = String(known.size);
      imports.x[name] = value();
      refs.push(target ?? String(key));
      const index = builder.importFunc("x", name, held ? typeOf(builder, held, signature) : builder.type([I32], []));
      known.set(key, index);
      return index;
    };
    const cold: Reached[] = [];
    const coldCall = (target: Reached): number => {
      const at = cold.findIndex((c) => c.held === target.held && c.body === target.body);
      return -1 - bodies.length - (at >= 0 ? at : cold.push(target) - 1);
    };
    /** Function numbers: imports as they are, functions of this module as -1 - number, calls of cold ones behind those. */
    const funcs = bodies.map(({ held, body }) => {
      const found: number[] = [];
      for (let i = 0; i < body.places.length; i += 3) {
        if (body.places[i + 1] !== PLACE.call) continue;
        const ref = held.unit.refs()[body.places[i + 2] ?? 0];
        if (ref?.module === "r") found.push(importOf(`r ${ref.name}`, () => this.#p.entry(ref.name), held, entrySignature(held, ref)));
        else if (ref?.module === "n") found.push(importOf(`n ${ref.name}`, () => this.#p.native(ref.name), held, ref.signature));
        else {
          const target = this.#target(held, ref);
          const own = inside.get(target.held)?.get(target.body);
          if (own !== undefined) found.push(-1 - own);
          else if (!target.held.code[target.body] && isCold(target.held, target.body)) found.push(coldCall(target));
          else {
            const code = target.held.code[target.body] ?? bug(`${held.unit.path} calls what is not linked`);
            found.push(importOf(code, () => functionOf(code) ?? bug("no function in a table"), target.held, target.held.unit.body(target.body).signature, target));
          }
        }
      }
      return found;
    });
    const link = cold.length > 0 ? importOf("link", () => (number: number) => this.#linkCold(number), undefined, -1) : 0;
    const indices = bodies.map(({ held, body }) => builder.declare(typeOf(builder, held, body.signature)));
    const openers = cold.map((target) => {
      const { call, opener } = this.#coldForms(builder, target, link);
      indices.push(call);
      return opener;
    });
    bodies.forEach(({ held, body }, i) => {
      const calls = (funcs[i] ?? []).map((n) => (n < 0 ? (indices[-1 - n] ?? 0) : n));
      builder.define(indices[i] ?? 0, this.#filled(builder, held, body, calls));
      if (bodies[i]?.number === undefined) builder.exportFunc(String(i), indices[i] ?? 0);
    });
    const slots = new Map<number, number>();
    bodies.forEach(({ held, number }, i) => {
      const door = number === undefined ? undefined : held.doors.get(number);
      if (door) slots.set(door.slot, indices[i] ?? 0);
    });
    cold.forEach(({ held, body }, i) => slots.set(held.doors.get(body)?.slot ?? bug("a door is gone"), openers[i] ?? 0));
    for (const found of values) {
      const own = inside.get(found.held)?.get(found.held.unit.form(found.func));
      if (own !== undefined) slots.set(slotOf(found), indices[own] ?? 0);
    }
    builder.functions("functions", [...indices.slice(0, bodies.length), ...openers]);
    for (const [slot, func] of slots) builder.element(0, slot, [func]);
    return { bytes: Uint8Array.from(builder.encode()), imports, refs, cold };
  }

  // ---- calls that link ----------------------------------------------------------------------------------------

  /** Functions behind doors, by the number with which compiled code asks for them. */
  readonly #behind: Reached[] = [];

  /** Writes what stands for a cold function in a module: a call through its door, and what opens the door; answers the first. */
  #coldForms(builder: ModuleBuilder, { held, body }: Reached, link: number): { readonly call: number; readonly opener: number } {
    const { signature } = held.unit.body(body);
    const type = typeOf(builder, held, signature);
    const params = held.unit.signatures()[signature]?.params.length ?? 0;
    const number = this.#behind.push({ held, body }) - 1;
    const door = held.doors.get(body) ?? { slot: this.#p.slots.take(1), opener: undefined };
    held.doors.set(body, door);
    const call = (before?: (c: Code) => void): number => {
      const c = new Code(params);
      before?.(c);
      for (let i = 0; i < params; i++) c.get(i);
      c.i32(door.slot);
      c.callIndirect(type);
      return builder.func(type, c);
    };
    const opener = call((c) => {
      c.i32(number);
      c.call(link);
    });
    return { call: call(), opener };
  }

  #linkCold(number: number): void {
    const { held, body } = this.#behind[number] ?? bug(`no function behind door ${number}`);
    this.collect(() => this.#reach(held, body));
  }

  #target(held: HeldUnit, ref: LibraryRef | undefined): Reached {
    if (ref?.module === "own") return { held, body: ref.body };
    const found = ref?.module === "f" ? this.#lookup(ref.name) : undefined;
    return found ? { held: found.held, body: found.func } : bug(`a call in ${held.unit.path} leads nowhere`);
  }

  /** A body with every place filled; `calls` are the numbers for its calls in order. */
  #filled(builder: ModuleBuilder, held: HeldUnit, { bytes, places }: LibraryBody, calls: readonly number[]): Uint8Array {
    // A copy: slice of Node's Buffer would share its memory, and a second module would be filled upon the first.
    const code = new Uint8Array(bytes);
    let call = 0;
    for (let i = 0; i < places.length; i += 3) {
      const at = places[i] ?? 0;
      const target = places[i + 2] ?? 0;
      switch (places[i + 1]) {
        case PLACE.call: putPadded32(code, at, calls[call++] ?? 0); break;
        case PLACE.type: putPadded32(code, at, typeOf(builder, held, target)); break;
        case PLACE.constant: {
          const ref = held.unit.refs()[target];
          putPadded32(code, at, ref && "name" in ref ? this.#p.constant(ref.module, ref.name, held.unit) : 0);
          break;
        }
        case PLACE.data: putPadded32(code, at, readPadded32(code, at) + held.dataBase); break;
        case PLACE.table: putPadded32(code, at, readPadded32(code, at) + held.tableBase); break;
        default: putPadded32(code, at, readPadded32(code, at) + held.siteBase);
      }
    }
    return code;
  }
}

/** Whole resume code of so many bytes is optimised for the next process; more would take longer than what most programs lose without it. */
export const RESUME_KEPT = 4096;

/** The function of the host's that linked code is; null if there is none. */
const functionOf = (code: LinkedCode | undefined): Function | null => (code ? (code.table.get(code.index) as Function) : null);

/** The table in which a module of the library has its functions. */
function functionsOf({ exports }: WebAssembly.Instance): WebAssembly.Table {
  const { functions } = exports;
  return functions instanceof WebAssembly.Table ? functions : bug("a module of the library without functions");
}

/** Whether the code of a value was linked before. */
const isOld = ({ held, func }: Found): boolean => held.code[held.unit.form(func)] !== undefined;

const isCold = (held: HeldUnit, body: number): boolean => !held.code[body] && body < held.unit.count && held.unit.cold(body);

const slotOf = ({ held, func }: Found): number => {
  const slot = held.unit.valueSlot(func);
  return slot < 0 ? 0 : held.tableBase + slot;
};

/** The record of a function of a unit, made when it is first asked for. */
export function funcOf(held: HeldUnit, func: number): LinkedFunc {
  return (held.funcs[func] ??= {
    info: held.unit.info(func), resume: held.tableBase + func, value: slotOf({ held, func }), siteBase: held.siteBase, helper: false, reentries: 0,
  });
}

function insert(map: Map<HeldUnit, Map<number, number>>, held: HeldUnit): Map<number, number> {
  const inner = new Map<number, number>();
  map.set(held, inner);
  return inner;
}

function typeOf(builder: ModuleBuilder, held: HeldUnit, signature: number): number {
  const { params, results } = held.unit.signatures()[signature] ?? bug(`no signature ${signature}`);
  return builder.type(params as readonly ValType[], results as readonly ValType[]);
}

/** Runtime calls have the signature that the image was built with; a call that is gone is our fault. */
function entrySignature({ unit }: HeldUnit, ref: { readonly name: string; readonly signature: number }): number {
  return ENTRIES[ref.name as EntryName] ? ref.signature : bug(`${unit.path} asks for runtime call ${ref.name}`);
}
