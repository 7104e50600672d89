/**
 * Programs made by hand: functions that are a straight line of calls, in both versions that compiled code has (normal and resume).
 *
 * They follow the protocol of abi/structs.ts as codegen does, so scheduling, panics and stacks can be tested without a compiler.
 */
import { ENTRIES, type EntryName } from "../../../../src/abi/entries.ts";
import type { FuncInfo, Program, SiteInfo } from "../../../../src/abi/program.ts";
import { CELL, FRAME } from "../../../../src/abi/structs.ts";
import { Code } from "../../../../src/wasm/code.ts";
import { ModuleBuilder } from "../../../../src/wasm/module.ts";
import { I32, I64, OP } from "../../../../src/wasm/opcodes.ts";

/** A step of a function: a runtime call with constants, a call of another function, or code that cannot block. */
export type Step =
  | { readonly entry: EntryName; readonly args: readonly (number | bigint | { readonly closure: string } | "frame" | "frameEnd")[] }
  | { readonly call: string }
  /** Counts the word at `counter` down and leaves the function if it is 0. */
  | { readonly unless: number };

/** A function of the hand-made program; every one can be a func() value. */
export interface HandFunc {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly frame?: number;
  readonly defers?: boolean;
  readonly goFrame?: number;
}

const at = { file: "hand.go", line: 1, col: 1 };

/** Builds the program. Function i has its closure object at data offset 8 * i. */
export function handProgram(funcs: readonly HandFunc[], entry: string): Program {
  const index = new Map(funcs.map((f, i) => [f.name, i]));
  const sites: SiteInfo[] = [];
  const firstSite: number[] = [];
  const infos: FuncInfo[] = funcs.map((f, i) => {
    firstSite.push(sites.length);
    f.steps.forEach((_, k) => sites.push({ func: i, pointers: [], at: { ...at, line: k + 1 } }));
    sites.push({ func: i, pointers: [], at });
    return {
      symbol: f.name, frame: f.frame ?? 32, goFrame: f.goFrame ?? 24, at, resumeSlot: 2 * i, valueSlot: 2 * i + 1, hasDefer: f.defers ?? false,
      params: "", results: "", ...(f.defers ? { deferSite: sites.length - 1 } : {}),
    };
  });
  return {
    path: "main", funcs: infos, sites, data: new Uint8Array(8 * funcs.length), dataSize: 8 * funcs.length, symbols: [], types: [], slots: 2 * funcs.length,
    relocations: funcs.map((f, i) => ({ offset: 8 * i, to: { kind: "slot", symbol: f.name } })), inits: [], entry,
    wasm: build(funcs, index, firstSite, undefined),
    resume: (wanted) => build(funcs, index, firstSite, wanted),
    resumeLoops: (func) => build(funcs, index, firstSite, [func]),
  };
}

function build(funcs: readonly HandFunc[], index: Map<string, number>, firstSite: readonly number[], resume: readonly number[] | undefined): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  m.importTable("m", "table");
  const val = { i: I32, I: I64, f: I32, F: I64 } as const;
  const entries = new Map<string, number>();
  const used = new Set<EntryName>(["morestack", "deferreturn"]);
  for (const f of funcs) for (const s of f.steps) if ("entry" in s) used.add(s.entry);
  for (const name of used) {
    const e = ENTRIES[name];
    const types = (s: string): (typeof I32 | typeof I64)[] => [...s].map((c) => val[c as "i" | "I"]) as (typeof I32 | typeof I64)[];
    entries.set(name, m.importFunc("r", name, m.type(types(e.params), types(e.results))));
  }
  const frameType = m.type([I32], []);
  const closureType = m.type([I32, I32], []);
  const own = new Map<string, number>();
  if (resume) for (const f of funcs) own.set(f.name, m.importFunc("f", f.name, frameType));
  const g = { data: m.importGlobal("b", "data", I32), table: m.importGlobal("b", "table", I32), site: m.importGlobal("b", "site", I32) };
  if (!resume) for (const f of funcs) own.set(f.name, m.declare(frameType));
  funcs.forEach((f, i) => {
    if (resume && !resume.includes(i)) return;
    const code = body(f, i, { m, g, entries, own, index, first: firstSite[i] ?? 0, closureType, resume: resume !== undefined });
    if (resume) m.exportFunc(`r:${f.name}`, m.func(frameType, code));
    else {
      m.define(own.get(f.name) ?? 0, code);
      m.exportFunc(`f:${f.name}`, own.get(f.name) ?? 0);
      const value = new Code(2);
      value.get(0);
      value.call(own.get(f.name) ?? 0);
      m.exportFunc(`s:${f.name}`, m.func(closureType, value));
    }
  });
  return m.encode();
}

interface Ctx {
  readonly m: ModuleBuilder;
  readonly g: { readonly data: number; readonly table: number; readonly site: number };
  readonly entries: Map<string, number>;
  readonly own: Map<string, number>;
  readonly index: Map<string, number>;
  readonly first: number;
  readonly closureType: number;
  readonly resume: boolean;
}

/** Blocks nested so that a br_table over the state lands behind each step. */
function body(f: HandFunc, i: number, x: Ctx): Code {
  const c = new Code(1);
  const frame = 0;
  const st = c.local(I32);
  const closure = c.local(I32);
  const size = f.frame ?? 32;
  const store = (addr: () => void, value: () => void, offset = 0): void => {
    addr();
    value();
    c.mem(OP.i32_store, offset);
  };
  const cell = (a: number): void => {
    c.i32(a);
    c.mem(OP.i32_load, 0);
  };
  const save = (state: () => void): void => {
    store(() => c.get(frame), () => {
      c.globalGet(x.g.table);
      c.i32(2 * i);
      c.op(OP.i32_add);
    }, FRAME.func);
    store(() => c.get(frame), state, FRAME.state);
  };
  const site = (k: number): void => {
    c.globalGet(x.g.site);
    c.i32(x.first + k);
    c.op(OP.i32_add);
  };
  const checked = (k: number): void => {
    cell(CELL.unw);
    c.if();
    save(() => site(k));
    c.return();
    c.end();
  };
  if (x.resume) {
    c.get(frame);
    c.mem(OP.i32_load, FRAME.state);
    c.tee(st);
    c.if();
    c.get(st);
    site(0);
    c.op(OP.i32_sub);
    c.i32(1);
    c.op(OP.i32_add);
    c.set(st);
    c.end();
  } else {
    c.get(frame);
    c.i32(size);
    c.op(OP.i32_sub);
    c.tee(frame);
    cell(CELL.lim);
    c.op(OP.i32_lt_u);
    c.if();
    c.i32(CELL.site);
    c.globalGet(x.g.table);
    c.i32(2 * i);
    c.op(OP.i32_add);
    c.mem(OP.i32_store, 0);
    c.get(frame);
    c.i32(size);
    c.call(x.entries.get("morestack") ?? 0);
    c.set(frame);
    store(() => c.i32(CELL.sp), () => c.get(frame));
    cell(CELL.unw);
    c.if();
    save(() => c.i32(0));
    c.return();
    c.end();
    c.end();
    store(() => c.i32(CELL.sp), () => c.get(frame));
  }
  const exit = c.block();
  const n = f.steps.length + (f.defers ? 1 : 0);
  const again = f.defers ? c.loop() : 0;
  const landings: number[] = [];
  for (let k = n; k >= 0; k--) landings[k] = c.block();
  c.get(st);
  c.brTable(landings, landings[n] ?? 0);
  for (let k = 0; k <= n; k++) {
    c.end();
    if (k === n) break;
    const s = f.steps[k];
    if (s === undefined) {
      // The exit loop: deferred calls one by one; landing n is behind the call.
      store(() => c.i32(CELL.sp), () => c.get(frame));
      c.get(frame);
      c.call(x.entries.get("deferreturn") ?? 0);
      c.tee(closure);
      c.op(OP.i32_eqz);
      c.brIf(exit);
      store(() => c.get(frame), () => site(k), FRAME.state);
      c.get(frame);
      c.get(closure);
      c.get(closure);
      c.mem(OP.i32_load, 0);
      c.callIndirect(x.closureType);
      checked(k);
      continue;
    }
    if ("unless" in s) {
      c.i32(s.unless);
      c.mem(OP.i32_load, 0);
      c.op(OP.i32_eqz);
      c.brIf(exit);
      store(() => c.i32(s.unless), () => {
        c.i32(s.unless);
        c.mem(OP.i32_load, 0);
        c.i32(1);
        c.op(OP.i32_sub);
      });
      continue;
    }
    store(() => c.get(frame), () => site(k), FRAME.state);
    if ("call" in s) {
      c.get(frame);
      c.call(x.own.get(s.call) ?? 0);
    } else {
      store(() => c.i32(CELL.sp), () => c.get(frame));
      for (const a of s.args) {
        if (typeof a === "bigint") c.i64(a);
        else if (typeof a === "number") c.i32(a);
        else if (a === "frame") c.get(frame);
        else if (a === "frameEnd") {
          c.get(frame);
          c.i32(size);
          c.op(OP.i32_add);
        } else {
          c.globalGet(x.g.data);
          c.i32(8 * (x.index.get(a.closure) ?? 0));
          c.op(OP.i32_add);
        }
      }
      c.call(x.entries.get(s.entry) ?? 0);
      for (const _ of ENTRIES[s.entry].results) c.drop();
    }
    checked(k);
  }
  if (f.defers) {
    // Landing behind a deferred call: look for the next one.
    c.i32(f.steps.length);
    c.set(st);
    c.br(again);
    c.end();
  }
  c.end();
  store(() => c.i32(CELL.sp), () => {
    c.get(frame);
    c.i32(size);
    c.op(OP.i32_add);
  });
  return c;
}
