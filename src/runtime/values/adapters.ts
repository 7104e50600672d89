/**
 * Code that reflection needs for a signature that is known only at run time: WebAssembly written for one function type.
 *
 *     call     (room, closure or 0, slot)           loads the parameters from a room, calls, stores the results there
 *     made     a closure's code: [+8 handler]       stores its parameters in its frame, has the handler fill a room, returns what is there
 *     bound    a closure's code: [+8 slot +16 word] calls a method with its receiver: no frame, so recover works in the method
 *     spilled  a closure's code: [+8 slot]          calls a method that wants its receiver by address with one that is a parameter
 *
 * Frames are as abi/structs.ts draws them. Each has two sites: the one at its entry, where a stack too small was met, and the call.
 *
 * Go: reflect/asm_amd64.s (makeFuncStub, methodValueCall), runtime/asm_amd64.s (reflectcall).
 */
import { isAddressLeaf } from "../../abi/leaves.ts";
import { CELL, FRAME } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { F32, F64, I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";
import type { MadeCode } from "../link/index.ts";
import type { StackObject } from "../../abi/program.ts";
import { type Part, type Shape, wasmTypes } from "./shape.ts";

/** Offsets in the frame of `call`; copies of what goes by address follow. */
const CALL = { room: 8, closure: 16, slot: 24, copies: 32 } as const;
/** Offsets in the frame of `made`; addresses of result areas and the parameters follow. */
const MADE = { closure: 8, areas: 16 } as const;

/** What a module of this kind has at hand. */
interface Tools {
  readonly m: ModuleBuilder;
  readonly shape: Shape;
  readonly types: ReturnType<typeof wasmTypes>;
  /** Type of the function that is called, or that this one is. */
  readonly signature: number;
  readonly morestack: number;
  readonly barrier: number;
  readonly bulk: number;
  /** Table slot of the resume code, and the number of the entry's site; the call's is one more. */
  readonly resume: number;
  readonly site: number;
}

type Bases = Parameters<MadeCode["module"]>[0];

function tools(shape: Shape, bases: Bases): Tools {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  m.importTable("m", "table");
  const types = wasmTypes(shape);
  return {
    m, shape, types, signature: m.type([I32, ...types.params, I32], types.results), resume: bases.table, site: bases.site,
    morestack: m.importFunc("r", "morestack", m.type([I32, I32], [I32])),
    barrier: m.importFunc("r", "gcWriteBarrier", m.type([I32, I32], [])),
    bulk: m.importFunc("r", "bulkBarrier", m.type([I32, I32, I32, I64], [])),
  };
}

function finish(t: Tools, code: Code, params: readonly ValType[], results: readonly ValType[], resume: Code): Uint8Array {
  t.m.exportFunc("code", t.m.func(t.m.type([...params], [...results]), code));
  t.m.exportFunc("resume", t.m.func(t.m.type([I32], []), resume));
  return t.m.encode();
}

// ---- call ---------------------------------------------------------------------------------------------------

/** Calls functions of a type with what lies in a room. */
export function callAdapter(shape: Shape): MadeCode {
  let size: number = CALL.copies;
  const place = (p: Part): number => {
    const at = size;
    size += Math.ceil(p.size / 8) * 8;
    return at;
  };
  const copies = new Map([...shape.params, ...shape.results].filter((p) => !p.leaves).map((p) => [p, place(p)] as const));
  const objects: StackObject[] = [...copies].filter(([p]) => shape.params.includes(p) && p.pointers.length > 0).map(([p, at]) => ({ at, size: p.size, pointers: p.pointers }));
  return {
    symbol: "reflect.call", frame: size, objects,
    sites: [{ pointers: [CALL.room, CALL.closure], objects: [] }, { pointers: [CALL.room], objects: objects.map((_, i) => i) }],
    module: (bases) => {
      const t = tools(shape, bases);
      return finish(t, callCode(t, size, copies), [I32, I32, I32, I32, I32], [], callResume(t, size, copies));
    },
  };
}

/** Locals: frame, room, closure, slot, context. */
function callCode(t: Tools, size: number, copies: ReadonlyMap<Part, number>): Code {
  const c = new Code(5);
  takeFrame(t, c, size);
  const save: readonly (readonly [number, number])[] = [[1, CALL.room], [2, CALL.closure], [3, CALL.slot]];
  for (const [local, at] of save) store(c, 0, at, () => c.get(local));
  stopIfUnwinding(c, t, []);
  callNow(t, c, { frame: 0, room: 1, closure: 2, slot: 3 }, copies);
  return c;
}

/** Local 0: frame. */
function callResume(t: Tools, size: number, copies: ReadonlyMap<Part, number>): Code {
  const c = new Code(1);
  const room = c.local(I32);
  const closure = c.local(I32);
  const slot = c.local(I32);
  const reload: readonly (readonly [number, number])[] = [[room, CALL.room], [closure, CALL.closure], [slot, CALL.slot]];
  for (const [local, at] of reload) {
    c.get(0);
    c.mem(OP.i32_load, at);
    c.set(local);
  }
  ifAtEntry(c, t);
  callNow(t, c, { frame: 0, room, closure, slot }, copies);
  c.else();
  const values = t.types.results.map((type, i) => {
    const l = c.local(type);
    c.i32(CELL.results + 8 * i);
    c.mem(LOAD[type], 0);
    c.set(l);
    return l;
  });
  keepResults(t, c, 0, room, values, copies);
  c.end();
  popFrame(c, size);
  return c;
}

interface CallLocals {
  readonly frame: number;
  readonly room: number;
  readonly closure: number;
  readonly slot: number;
}

/** The call itself; returns from the adapter if the callee unwinds. */
function callNow(t: Tools, c: Code, l: CallLocals, copies: ReadonlyMap<Part, number>): void {
  const copyOf = (p: Part): number => copies.get(p) ?? bug("a value by address without its place");
  for (const p of t.shape.params) {
    if (p.leaves) continue;
    address(c, l.frame, copyOf(p));
    address(c, l.room, p.offset);
    c.i32(p.size);
    c.memoryCopy();
  }
  store(c, l.frame, FRAME.state, () => c.i32(t.site + 1));
  c.get(l.frame);
  for (const r of t.shape.results) if (!r.leaves) address(c, l.frame, copyOf(r));
  for (const p of t.shape.params) {
    if (!p.leaves) address(c, l.frame, copyOf(p));
    for (const leaf of p.leaves ?? []) {
      c.get(l.room);
      c.mem(leaf.load, p.offset + leaf.offset);
    }
  }
  c.get(l.closure);
  c.get(l.slot);
  c.callIndirect(t.signature);
  const values = t.types.results.map((type) => c.local(type));
  for (const v of [...values].reverse()) c.set(v);
  returnIfUnwinding(c, []);
  keepResults(t, c, l.frame, l.room, values, copies);
}

/** Stores results in the room, which the collector may have seen already. */
function keepResults(t: Tools, c: Code, frame: number, room: number, values: readonly number[], copies: ReadonlyMap<Part, number>): void {
  let next = 0;
  for (const r of t.shape.results) {
    if (!r.leaves) {
      ifMarking(c);
      c.i32(r.type);
      address(c, room, r.offset);
      address(c, frame, copies.get(r) ?? 0);
      c.i64(1);
      c.call(t.bulk);
      c.end();
      address(c, room, r.offset);
      address(c, frame, copies.get(r) ?? 0);
      c.i32(r.size);
      c.memoryCopy();
      continue;
    }
    for (const leaf of r.leaves) {
      const value = values[next++] ?? bug("a leaf without its value");
      if (leaf.pointer) {
        ifMarking(c);
        address(c, room, r.offset + leaf.offset);
        c.get(value);
        c.call(t.barrier);
        c.end();
      }
      c.get(room);
      c.get(value);
      if (isAddressLeaf(leaf)) c.op(OP.i64_extend_i32_u);
      c.mem(leaf.store, r.offset + leaf.offset);
    }
  }
}

// ---- made ---------------------------------------------------------------------------------------------------

/** Frame of a function that keeps its parameters: addresses of result areas, then the parameters as in a room. */
interface MadeFrame {
  readonly size: number;
  readonly args: number;
  /** Offsets of pointer words. */
  readonly pointers: readonly number[];
}

function madeFrame(shape: Shape): MadeFrame {
  const areas = shape.results.filter((r) => !r.leaves);
  const args = MADE.areas + 8 * areas.length;
  const pointers = [MADE.closure, ...areas.map((_, i) => MADE.areas + 8 * i), ...shape.params.flatMap((p) => p.pointers.map((at) => args + p.offset + at))];
  return { args, pointers, size: args + Math.ceil(shape.params.reduce((end, p) => Math.max(end, p.offset + p.size), 0) / 8) * 8 };
}

/** The code of functions that reflect.MakeFunc makes. */
export function madeAdapter(shape: Shape): MadeCode {
  const frame = madeFrame(shape);
  const { pointers, size, args } = frame;
  return {
    symbol: "reflect.makeFuncStub", frame: size, objects: [], sites: [{ pointers, objects: [] }, { pointers, objects: [] }],
    module: (bases) => {
      const t = tools(shape, bases);
      const c = new Code(t.types.params.length + 2);
      const room = c.local(I32);
      enterMade(t, c, frame);
      handle(t, c, args, room, t.types.results);
      for (const r of t.shape.results) for (const leaf of r.leaves ?? []) loadLeaf(c, room, leaf.load, r.offset + leaf.offset);
      return finish(t, c, [I32, ...t.types.params, I32], t.types.results, madeResume(t, size, args));
    },
  };
}

/** Takes the frame and keeps the parameters there. Locals: frame, addresses of areas, leaves of parameters, context. */
function enterMade(t: Tools, c: Code, { size, args }: MadeFrame): void {
  takeFrame(t, c, size);
  store(c, 0, MADE.closure, () => c.get(t.types.params.length + 1));
  let next = 1;
  const areas = t.shape.results.filter((r) => !r.leaves);
  areas.forEach((_, i) => store(c, 0, MADE.areas + 8 * i, () => c.get(next++)));
  for (const p of t.shape.params) {
    if (!p.leaves) {
      address(c, 0, args + p.offset);
      c.get(next++);
      c.i32(p.size);
      c.memoryCopy();
    }
    for (const leaf of p.leaves ?? []) {
      c.get(0);
      c.get(next++);
      if (isAddressLeaf(leaf)) c.op(OP.i64_extend_i32_u);
      c.mem(leaf.store, args + p.offset + leaf.offset);
    }
  }
  stopIfUnwinding(c, t, t.types.results);
}

function madeResume(t: Tools, size: number, args: number): Code {
  const c = new Code(1);
  const room = c.local(I32);
  ifAtEntry(c, t);
  handle(t, c, args, room, []);
  c.else();
  c.i32(CELL.results);
  c.mem(OP.i32_load, 0);
  c.set(room);
  fillAreas(t, c, room);
  c.end();
  let cell = 0;
  for (const r of t.shape.results) {
    for (const leaf of r.leaves ?? []) {
      c.i32(CELL.results + 8 * cell++);
      loadLeaf(c, room, leaf.load, r.offset + leaf.offset);
      c.mem(STORE[leaf.type], 0);
    }
  }
  popFrame(c, size);
  return c;
}

/** Calls the handler of the closure in the frame; leaves the room with the results in `room`. */
function handle(t: Tools, c: Code, args: number, room: number, results: readonly ValType[]): void {
  store(c, 0, FRAME.state, () => c.i32(t.site + 1));
  c.get(0);
  c.get(0);
  c.mem(OP.i32_load, MADE.closure);
  address(c, 0, args);
  for (const _ of [0, 1]) {
    c.get(0);
    c.mem(OP.i32_load, MADE.closure);
    c.mem(OP.i32_load, 8);
  }
  c.mem(OP.i32_load, 0);
  c.callIndirect(t.m.type([I32, I32, I32, I32], [I32]));
  c.set(room);
  returnIfUnwinding(c, results);
  fillAreas(t, c, room);
}

/** Copies the results that go by address to where the caller wants them. */
function fillAreas(t: Tools, c: Code, room: number): void {
  t.shape.results.filter((r) => !r.leaves).forEach((r, i) => {
    c.get(0);
    c.mem(OP.i32_load, MADE.areas + 8 * i);
    address(c, room, r.offset);
    c.i32(r.size);
    c.memoryCopy();
  });
}

// ---- bound --------------------------------------------------------------------------------------------------

/** The code of a method with its receiver: the callee answers our caller. `shape` is that of the method, without receiver. */
export function boundAdapter(shape: Shape): MadeCode {
  return {
    symbol: "reflect.methodValueCall", frame: 0, objects: [], sites: [],
    module: (bases) => {
      const t = tools(shape, bases);
      const areas = shape.results.filter((r) => !r.leaves).length;
      const count = t.types.params.length;
      const c = new Code(count + 2);
      for (let i = 0; i <= areas; i++) c.get(i);
      loadLeaf(c, count + 1, OP.i32_load, 16);
      for (let i = areas + 1; i <= count; i++) c.get(i);
      c.i32(0);
      loadLeaf(c, count + 1, OP.i32_load, 8);
      c.callIndirect(t.m.type([I32, ...t.types.params.slice(0, areas), I32, ...t.types.params.slice(areas), I32], t.types.results));
      return finish(t, c, [I32, ...t.types.params, I32], t.types.results, new Code(1));
    },
  };
}

/**
 * The code of a method as a function whose first parameter is the receiver, while the method wants the receiver's address. `shape` is that of the
 * function. Its frame is that of `made`.
 */
export function spilledAdapter(shape: Shape): MadeCode {
  const frame = madeFrame(shape);
  const kept = shape.params.filter((p, i) => p.pointers.length > 0 && (i === 0 || !p.leaves));
  const objects = kept.map((p) => ({ at: frame.args + p.offset, size: p.size, pointers: p.pointers }));
  return {
    symbol: "reflect.methodFunc", frame: frame.size, objects, sites: [{ pointers: frame.pointers, objects: [] }, { pointers: [], objects: objects.map((_, i) => i) }],
    module: (bases) => {
      const t = tools(shape, bases);
      const c = new Code(t.types.params.length + 2);
      enterMade(t, c, frame);
      callMethod(t, c, frame.args);
      const resume = new Code(1);
      ifAtEntry(resume, t);
      callMethod(t, resume, frame.args);
      keepCells(t, resume);
      resume.end();
      // Otherwise the results lie in their cells already.
      popFrame(resume, frame.size);
      return finish(t, c, [I32, ...t.types.params, I32], t.types.results, resume);
    },
  };
}

/** Calls the method of the closure in the frame with the parameters there; leaves its results. */
function callMethod(t: Tools, c: Code, args: number): void {
  const [receiver, ...rest] = t.shape.params;
  const areas = t.shape.results.filter((r) => !r.leaves);
  const closure = (): void => {
    c.get(0);
    c.mem(OP.i32_load, MADE.closure);
  };
  store(c, 0, FRAME.state, () => c.i32(t.site + 1));
  c.get(0);
  areas.forEach((_, i) => loadLeaf(c, 0, OP.i32_load, MADE.areas + 8 * i));
  address(c, 0, args + (receiver ?? bug("a method without a receiver")).offset);
  for (const p of rest) {
    if (!p.leaves) address(c, 0, args + p.offset);
    for (const leaf of p.leaves ?? []) loadLeaf(c, 0, leaf.load, args + p.offset + leaf.offset);
  }
  c.i32(0);
  closure();
  c.mem(OP.i32_load, 8);
  const own = rest.flatMap((p): ValType[] => p.leaves?.map((l) => l.type) ?? [I32]);
  c.callIndirect(t.m.type([I32, ...areas.map((): ValType => I32), I32, ...own, I32], t.types.results));
}

/** Resume code: results that a call has left go to their cells, unless it has unwound. */
function keepCells(t: Tools, c: Code): void {
  const values = t.types.results.map((type) => c.local(type));
  for (const v of [...values].reverse()) c.set(v);
  returnIfUnwinding(c, []);
  t.types.results.forEach((type, i) => {
    c.i32(CELL.results + 8 * i);
    c.get(values[i] ?? 0);
    c.mem(STORE[type], 0);
  });
}

// ---- pieces -------------------------------------------------------------------------------------------------

/** Makes room for a frame below local 0, which becomes the frame; CELL.unw is set where it must be left at once. */
function takeFrame(t: Tools, c: Code, size: number): void {
  const frame = c.local(I32);
  c.get(0);
  c.i32(size);
  c.op(OP.i32_sub);
  c.tee(frame);
  c.i32(CELL.lim);
  c.mem(OP.i32_load, 0);
  c.op(OP.i32_lt_u);
  c.if();
  c.i32(CELL.sp);
  c.get(0);
  c.mem(OP.i32_store, 0);
  c.get(frame);
  c.i32(size);
  c.call(t.morestack);
  c.set(frame);
  c.end();
  c.get(frame);
  c.set(0);
  store(c, 0, FRAME.func, () => c.i32(t.resume));
}

/** Leaves the frame at its entry, if its stack is to be moved; results are zeros. */
function stopIfUnwinding(c: Code, t: Tools, results: readonly ValType[]): void {
  c.i32(CELL.unw);
  c.mem(OP.i32_load, 0);
  c.if();
  store(c, 0, FRAME.state, () => c.i32(t.site));
  c.i32(CELL.sp);
  c.get(0);
  c.mem(OP.i32_store, 0);
  zeros(c, results);
  c.return();
  c.end();
}

function returnIfUnwinding(c: Code, results: readonly ValType[]): void {
  c.i32(CELL.unw);
  c.mem(OP.i32_load, 0);
  c.if();
  zeros(c, results);
  c.return();
  c.end();
}

function zeros(c: Code, types: readonly ValType[]): void {
  for (const t of types) {
    if (t === I32) c.i32(0);
    else if (t === I64) c.i64(0);
    else if (t === F32) c.f32(0);
    else c.f64(0);
  }
}

function ifAtEntry(c: Code, t: Tools): void {
  c.get(0);
  c.mem(OP.i32_load, FRAME.state);
  c.i32(t.site);
  c.op(OP.i32_eq);
  c.if();
}

function ifMarking(c: Code): void {
  c.i32(CELL.writeBarrier);
  c.mem(OP.i32_load, 0);
  c.if();
}

/** Pushes a local plus a constant. */
function address(c: Code, local: number, offset: number): void {
  c.get(local);
  if (offset === 0) return;
  c.i32(offset);
  c.op(OP.i32_add);
}

function loadLeaf(c: Code, base: number, load: number, offset: number): void {
  c.get(base);
  c.mem(load, offset);
}

/** Stores an i32 in a frame, as a whole word where it is a slot. */
function store(c: Code, frame: number, at: number, value: () => void): void {
  c.get(frame);
  value();
  if (at >= FRAME.header) {
    c.op(OP.i64_extend_i32_u);
    c.mem(OP.i64_store, at);
  } else c.mem(OP.i32_store, at);
}

function popFrame(c: Code, size: number): void {
  c.i32(CELL.sp);
  c.get(0);
  c.i32(size);
  c.op(OP.i32_add);
  c.mem(OP.i32_store, 0);
}

const LOAD: Readonly<Record<ValType, number>> = { [I32]: OP.i32_load, [I64]: OP.i64_load, [F32]: OP.f32_load, [F64]: OP.f64_load };
const STORE: Readonly<Record<ValType, number>> = { [I32]: OP.i32_store, [I64]: OP.i64_store, [F32]: OP.f32_store, [F64]: OP.f64_store };
