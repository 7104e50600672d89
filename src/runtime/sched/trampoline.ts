/**
 * The fixed WebAssembly code under every goroutine: the loop that resumes frames, and the helper frames that the runtime puts on stacks.
 *
 * The trampoline calls the resume code of the top frame only; when that has popped its frame, its parent's comes next. When a goroutine waits it
 * goes on with the next one (switch.ts). It stops when a stack is empty (0) or something wants the scheduler (UNWIND). Before each call it sets
 * CELL.lim, so that neither the stack's room nor the host's native stack (CELL.nativeBudget) is exceeded.
 *
 * Helper frames are frames as abi/structs.ts draws them, with sites of their own (HELPER_SITE):
 *
 *     start    +8 closure                                     calls a func(): the first frame of a goroutine, and a deferred call in a panic
 *     plain    +8 table index                                 calls a func() that takes no context: package initialisation, main
 *     marker   +8 unused                                      below a panicking frame; asks panic.ts what comes next
 *     text     +8 code  +16 receiver  +24 string  +40 length  calls a method func() string, then asks panic.ts
 *
 * Go: runtime/asm_amd64.s (mcall, gogo, goexit), reflectcall. The technique: engine.md 6.2.
 */
import { CELL, FRAME, UNWIND } from "../../abi/structs.ts";
import { Code } from "../../wasm/code.ts";
import { ModuleBuilder } from "../../wasm/module.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import { emitSwitch, loadCell, parkCode, pollCode, readyCode } from "./switch.ts";
import { emitEnd, endedCode, newprocCode, startedCode } from "./births.ts";
import { HELPER_SITE, PLAIN_FRAME, START_FRAME, TEXT_FRAME } from "./helpers.ts";
import { itabCode, recoverCode } from "./answers.ts";
import { OwnCode } from "../own-code.ts";

/** What the fixed module gives. */
export interface Machine {
  /** Runs goroutines until the current one has ended (0) or wants something that the scheduler must decide (UNWIND). */
  readonly run: () => number;
  /** Resume code that compiles itself at first use. */
  readonly stub: () => void;
  readonly start: () => void;
  readonly plain: () => void;
  readonly marker: () => void;
  readonly text: () => void;
  /** The goroutine at that address begins, or is over: their events. */
  readonly started: (g: number) => void;
  readonly ended: (g: number) => void;
  /** The entries of the same names. */
  readonly gopark: (reason: number) => void;
  readonly goready: (g: number) => void;
  readonly enter: (frame: number, slot: number) => void;
  readonly newproc: (closure: number) => void;
  readonly poll: (resumed: number) => number;
  readonly gorecover: (frame: number) => readonly [number, number];
  readonly finditab: (inter: number, type: number) => number;
}

/** What the fixed module asks of the runtime. */
export interface MachineImports {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  /** Puts resume code into table slot `index`. */
  readonly compile: (index: number) => void;
  /** The marker frame at `frame` is on top: its deferred call has returned. */
  readonly mark: (frame: number) => void;
  /** The text frame at `frame` holds its string. */
  readonly texted: (frame: number) => void;
  /** The buffer of switch events is full. */
  readonly flush: () => void;
  /** goready of a goroutine that doesn't wait, or with a full ring; the event is written afterwards. */
  readonly ready: (g: number) => void;
  /** A poll that has more to do than to grant fuel. */
  readonly poll: (resumed: number) => number;
  /** A go statement that takes more than a dead goroutine's structure and stack. */
  readonly spawn: (closure: number) => void;
  /** The word and data of the panic that the function on top recovers, zeros if there is none. */
  readonly recover: (frame: number) => readonly [number, number];
  /** The itab of an interface and a type, 0 if the type lacks a method. */
  readonly itab: (inter: number, type: number) => number;
}

/** Builds the fixed module into one memory and table. */
export function makeMachine(imports: MachineImports, own = new OwnCode()): Machine {
  return own.exports("machine", machineModule, {
    m: { memory: imports.memory, table: imports.table },
    r: {
      compile: imports.compile, mark: imports.mark, texted: imports.texted, flush: imports.flush, ready: imports.ready, recover: imports.recover, spawn: imports.spawn,
      itab: imports.itab, poll: imports.poll,
    },
  }) as unknown as Machine;
}

function machineModule(): Uint8Array {
  const m = new ModuleBuilder();
  m.importMemory("m", "memory");
  m.importTable("m", "table");
  const frameType = m.type([I32], []);
  const closureType = m.type([I32, I32], []);
  const textType = m.type([I32, I32, I32], [I32, I64]);
  const compile = m.importFunc("r", "compile", frameType);
  const mark = m.importFunc("r", "mark", frameType);
  const texted = m.importFunc("r", "texted", frameType);
  const calls = { flush: m.importFunc("r", "flush", m.type([], [])), ready: m.importFunc("r", "ready", frameType) };
  const pollType = m.type([I32], [I32]);
  const poll = m.importFunc("r", "poll", pollType);
  const pairType = m.type([I32], [I32, I32]);
  const itabType = m.type([I32, I32], [I32]);
  const spawn = m.importFunc("r", "spawn", frameType);
  const recover = m.importFunc("r", "recover", pairType);
  const itab = m.importFunc("r", "itab", itabType);
  m.exportFunc("poll", m.func(pollType, pollCode(poll)));
  m.exportFunc("gorecover", m.func(pairType, recoverCode(recover)));
  m.exportFunc("finditab", m.func(itabType, itabCode(itab)));
  const started = m.func(frameType, startedCode(calls));
  const ended = m.func(frameType, endedCode(calls));
  m.exportFunc("started", started);
  m.exportFunc("ended", ended);
  m.exportFunc("newproc", m.func(frameType, newprocCode({ spawn, started })));
  m.exportFunc("gopark", m.func(frameType, parkCode(calls)));
  m.exportFunc("goready", m.func(frameType, readyCode(calls)));
  m.exportFunc("enter", m.func(closureType, enterCode(frameType)));
  m.exportFunc("run", m.func(m.type([], [I32]), runCode(frameType, ended)));
  m.exportFunc("stub", m.func(frameType, stubCode(compile, frameType)));
  m.exportFunc("start", m.func(frameType, startCode(closureType)));
  m.exportFunc("plain", m.func(frameType, plainCode(frameType)));
  m.exportFunc("marker", m.func(frameType, callWith(mark)));
  m.exportFunc("text", m.func(frameType, textCode(textType, texted)));
  return m.encode();
}

function enterCode(frameType: number): Code {
  const c = new Code(2);
  c.get(0);
  c.get(1);
  c.callIndirect(frameType);
  return c;
}

/** `run() → i32`: locals sp, lim. */
function runCode(frameType: number, ended: number): Code {
  const c = new Code(0);
  const sp = c.local(I32);
  const lim = c.local(I32);
  const leave = c.block();
  const loop = c.loop();
  const switching = c.block();
  loadCell(c, CELL.sp);
  c.tee(sp);
  loadCell(c, CELL.stackTop);
  c.op(OP.i32_eq);
  c.if();
  emitEnd(c, ended);
  c.br(switching);
  c.end();
  c.i32(CELL.unw);
  c.i32(UNWIND.none);
  c.mem(OP.i32_store, 0);
  setLimit(c, sp, lim);
  c.get(sp);
  c.get(sp);
  c.mem(OP.i32_load, FRAME.func);
  c.callIndirect(frameType);
  // Goes on while unw is none (0) or reenter (2).
  loadCell(c, CELL.unw);
  c.i32(~UNWIND.reenter);
  c.op(OP.i32_and);
  c.op(OP.i32_eqz);
  c.brIf(loop);
  loadCell(c, CELL.unw);
  c.i32(UNWIND.block);
  c.op(OP.i32_ne);
  c.brIf(leave);
  c.end();
  emitSwitch(c, loop, leave);
  c.end();
  c.end();
  loadCell(c, CELL.unw);
  return c;
}

/** `lim = max(stackFloor, nativeFloor = sp - nativeBudget)`, unsigned; the difference counts as 0 where it would be negative. */
function setLimit(c: Code, sp: number, floor: number): void {
  c.i32(CELL.nativeFloor);
  c.get(sp);
  loadCell(c, CELL.nativeBudget);
  c.op(OP.i32_sub);
  c.i32(0);
  c.get(sp);
  loadCell(c, CELL.nativeBudget);
  c.op(OP.i32_gt_u);
  c.op(OP.select);
  c.tee(floor);
  c.mem(OP.i32_store, 0);
  c.i32(CELL.lim);
  c.get(floor);
  loadCell(c, CELL.stackFloor);
  c.get(floor);
  loadCell(c, CELL.stackFloor);
  c.op(OP.i32_gt_u);
  c.op(OP.select);
  c.mem(OP.i32_store, 0);
}

function stubCode(compile: number, frameType: number): Code {
  const c = new Code(1);
  c.get(0);
  c.mem(OP.i32_load, FRAME.func);
  c.call(compile);
  c.get(0);
  c.get(0);
  c.mem(OP.i32_load, FRAME.func);
  c.callIndirect(frameType);
  return c;
}

/** Calls the closure at first; pops the frame when the call has returned, now or after a resumption. */
function startCode(closureType: number): Code {
  const c = new Code(1);
  ifState(c, HELPER_SITE.startReady, HELPER_SITE.startCalled);
  c.get(0);
  c.get(0);
  c.mem(OP.i32_load, START_FRAME.closure);
  c.get(0);
  c.mem(OP.i32_load, START_FRAME.closure);
  c.mem(OP.i32_load, 0);
  c.callIndirect(closureType);
  leaveIfUnwinding(c);
  c.end();
  popFrame(c, START_FRAME.size);
  return c;
}

function plainCode(plainType: number): Code {
  const c = new Code(1);
  ifState(c, HELPER_SITE.plainReady, HELPER_SITE.plainCalled);
  c.get(0);
  c.get(0);
  c.mem(OP.i32_load, PLAIN_FRAME.slot);
  c.callIndirect(plainType);
  leaveIfUnwinding(c);
  c.end();
  popFrame(c, PLAIN_FRAME.size);
  return c;
}

/** Calls a method `func() string`, keeps what it returns in the frame, and tells the runtime. */
function textCode(textType: number, texted: number): Code {
  const c = new Code(1);
  const length = c.local(I64);
  const pointer = c.local(I32);
  ifState(c, HELPER_SITE.textReady, HELPER_SITE.textCalled);
  c.get(0);
  c.get(0);
  c.mem(OP.i32_load, TEXT_FRAME.receiver);
  c.i32(0);
  c.get(0);
  c.mem(OP.i32_load, TEXT_FRAME.code);
  c.callIndirect(textType);
  c.set(length);
  c.set(pointer);
  leaveIfUnwinding(c);
  popFrame(c, 0);
  c.else();
  loadCell(c, CELL.results);
  c.set(pointer);
  c.i32(CELL.results + 8);
  c.mem(OP.i64_load, 0);
  c.set(length);
  c.end();
  c.get(0);
  c.get(pointer);
  c.mem(OP.i32_store, TEXT_FRAME.string);
  c.get(0);
  c.get(length);
  c.mem(OP.i64_store, TEXT_FRAME.length);
  c.get(0);
  c.call(texted);
  return c;
}

/** Opens `if (state == ready) { state = called; …`. */
function ifState(c: Code, ready: number, called: number): void {
  c.get(0);
  c.mem(OP.i32_load, FRAME.state);
  c.i32(ready);
  c.op(OP.i32_eq);
  c.if();
  c.get(0);
  c.i32(called);
  c.mem(OP.i32_store, FRAME.state);
}

function popFrame(c: Code, size: number): void {
  c.i32(CELL.sp);
  c.get(0);
  c.i32(size);
  c.op(OP.i32_add);
  c.mem(OP.i32_store, 0);
}

function leaveIfUnwinding(c: Code): void {
  loadCell(c, CELL.unw);
  c.if();
  c.return();
  c.end();
}

function callWith(func: number): Code {
  const c = new Code(1);
  c.get(0);
  c.call(func);
  return c;
}
