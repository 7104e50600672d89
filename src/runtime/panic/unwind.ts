/**
 * Panics, Goexit and recover: which deferred call runs next, and where a goroutine goes on.
 *
 * When code panics, every frame is saved and returns, so the goroutine stands still in memory with its traceback whole. A *marker* frame is
 * pushed below the panicking one and a helper frame that calls the deferred func() below that; the trampoline runs them as any frame,
 * waiting included. When the call has returned the marker is on top: not recovered, the next deferred call follows, or the crash; recovered,
 * the stack is cut at the deferring frame, which runs its remaining deferred calls and returns its results.
 *
 * Go: runtime/panic.go (gopanic, nextDefer, recovery, Goexit, gorecover, preprintpanics).
 */
import { bug } from "../../base/bug.ts";
import type { ByteString } from "../../base/source.ts";
import { CELL, FRAME, UNWIND } from "../../abi/structs.ts";
import { METHOD, DESC } from "../../abi/types.ts";
import type { Linker } from "../link/index.ts";
import type { Memory } from "../memory.ts";
import type { Deferred, Goroutine, Panicking } from "../sched/index.ts";
import { HELPER_SITE, MARKER_FRAME, START_FRAME, TEXT_FRAME } from "../sched/index.ts";
import { frameAt, type StackReader } from "../stack/index.ts";
import { MADE_HANDLER } from "../values/index.ts";
import type { PanicValue, RuntimeErrors } from "./errors.ts";

/** What code asked for when it set CELL.unw to panic. */
export type Demand =
  | ({ readonly kind: "panic" } & PanicValue)
  | { readonly kind: "goexit" }
  /** A fatal error; `user` ones are not the runtime's fault and say less. */
  | { readonly kind: "fatal"; readonly text: ByteString; readonly user: boolean }
  | { readonly kind: "exit"; readonly code: number }
  /** The chain of panics has its words: the program dies of it. */
  | { readonly kind: "crash" };

/** What `handle` decided. */
export type Decision = "go on" | "goroutine ended" | Exclude<Demand, { kind: "panic" | "goexit" }>;

/** What panics need of the machine. */
export interface PanicPorts {
  readonly memory: Memory;
  readonly linker: Linker;
  readonly errors: RuntimeErrors;
  /** Table slots of the helper frames' code. */
  readonly helpers: { readonly start: number; readonly marker: number; readonly text: number };
  readonly running: () => Goroutine;
  /** Makes sure that `bytes` are free below the stack pointer of `g`, moving its stack if need be. */
  readonly ensureRoom: (g: Goroutine, bytes: number) => void;
  readonly charge: (what: "panic" | "defer") => void;
}

/** Bytes of helper frames that a panic pushes at once. */
const HELPERS = MARKER_FRAME.size + START_FRAME.size + TEXT_FRAME.size;

/** The panics of one process. */
export class Panics {
  readonly #p: PanicPorts;
  readonly #reader: StackReader;
  #demand: Demand | undefined;
  /** The goroutine whose panic values are being asked for their words. */
  #printing: Goroutine | undefined;
  /** Which of its panics is being asked. */
  #asked = 0;

  constructor(ports: PanicPorts) {
    this.#p = ports;
    this.#reader = { memory: ports.memory, sites: ports.linker.sites };
  }

  /** Called by an entry: all frames return, then `handle` is called. */
  demand(demand: Demand): void {
    this.#demand = demand;
    this.#p.memory.store32(CELL.unw, UNWIND.panic);
  }

  /** All frames of `g` are saved: decides what comes next. */
  handle(g: Goroutine): Decision {
    const demand = this.#demand ?? bug("unwound for a panic that nobody raised");
    this.#demand = undefined;
    if (demand.kind === "exit" || demand.kind === "fatal" || demand.kind === "crash") {
      this.#printing = undefined;
      return demand;
    }
    if (this.#printing === g && demand.kind === "panic") return this.#panicWhilePrinting(demand);
    return this.#begin(g, demand);
  }

  #begin(g: Goroutine, demand: Extract<Demand, { kind: "panic" | "goexit" }>): Decision {
    this.#p.charge("panic");
    this.#p.ensureRoom(g, HELPERS);
    const marker = g.sp - MARKER_FRAME.size;
    this.#frame(marker, this.#p.helpers.marker, HELPER_SITE.marker);
    const value = demand.kind === "panic" ? demand : { word: 0, data: 0 };
    const panic: Panicking = {
      word: value.word, data: value.data, goexit: demand.kind === "goexit", marker, call: 0, deferring: 0, recovered: false, aborted: false, origin: g.sp,
      ...(demand.kind === "panic" && demand.text !== undefined ? { text: demand.text } : {}),
      ...(demand.kind === "panic" && demand.fault !== undefined ? { fault: demand.fault } : {}),
    };
    const older = g.panics.at(-1);
    if (older) older.aborted = true;
    g.enterPanic(panic);
    return this.#next(g, panic);
  }

  /** The marker at `frame` is on top of the running goroutine: its deferred call has returned. Called from the trampoline. */
  mark(frame: number): void {
    const g = this.#p.running();
    g.sp = frame;
    const panic = g.panics.at(-1) ?? bug("a marker without a panic");
    if (panic.marker !== frame) bug(`marker at ${frame}, the panic's is at ${panic.marker}`);
    const decision = panic.recovered ? this.#recover(g, panic) : this.#next(g, panic);
    this.#p.memory.store32(CELL.sp, g.sp);
    if (decision === "go on") return;
    if (decision === "goroutine ended") {
      this.#p.memory.store32(CELL.sp, g.stack.hi);
      return;
    }
    this.demand(decision);
  }

  /**
   * recover() called by the function on top: the panic's value if exactly one function that is no wrapper stands between the panic and the
   * call. What was inlined into a wrapper counts as a function of its own.
   */
  recover(): PanicValue | undefined {
    const panic = this.#p.running().panics.at(-1);
    if (panic === undefined || panic.goexit || panic.recovered) return undefined;
    let functions = 0;
    let at = this.#p.memory.loadU32(CELL.sp);
    while (at < panic.call && functions < 2) {
      const frame = frameAt(this.#reader, at);
      functions += (frame.func.info.wrapper || frame.func.info.symbol === MADE_HANDLER ? 0 : 1) + (frame.site?.inlined?.length ?? 0);
      at = frame.end;
    }
    if (at !== panic.call || functions !== 1) return undefined;
    panic.recovered = true;
    return panic;
  }

  /** Registers a deferred call of the function at `frame`; those of functions that it called lie lower and come first. */
  defer(frame: number, closure: number): void {
    const { defers } = this.#p.running();
    let at = defers.length;
    while (at > 0 && (defers[at - 1]?.frame ?? frame) < frame) at--;
    if (at === defers.length) defers.push({ frame, closure });
    else defers.splice(at, 0, { frame, closure });
  }

  /** Takes the next deferred call of `frame`, 0 if there is none. A nil func panics when its turn comes. */
  deferReturn(frame: number): number {
    const { defers } = this.#p.running();
    if (defers.at(-1)?.frame !== frame) return 0;
    const { closure } = defers.pop() ?? bug("no deferred call");
    if (closure === 0) this.demand({ kind: "panic", ...this.#p.errors.error(NIL_POINTER, 0) });
    return closure;
  }

  /** The text frame at `frame` has the string: the words of the panic that was asked. Called from the trampoline. */
  texted(frame: number): void {
    const { memory } = this.#p;
    const g = this.#p.running();
    const asked = g.panics[this.#asked] ?? bug("no panic was asked for its words");
    asked.text = memory.readString(memory.loadPtr(frame + TEXT_FRAME.string), memory.loadInt(frame + TEXT_FRAME.length));
    g.sp = frame + TEXT_FRAME.size;
    const decision = this.#print(g);
    memory.store32(CELL.sp, g.sp);
    if (decision !== "go on") this.demand({ kind: "crash" });
  }

  /** Adds `delta` to every address in `from` … `to` that panics and deferred calls of `g` hold: its stack was moved. */
  adjust(g: Goroutine, from: number, to: number, delta: number): void {
    const moved = (a: number): number => (a >= from && a < to ? a + delta : a);
    for (const d of g.defers) {
      d.frame = moved(d.frame);
      d.closure = moved(d.closure);
    }
    g.panics.forEach((p, i) => {
      g.panics[i] = { ...p, marker: moved(p.marker), call: moved(p.call), deferring: moved(p.deferring), origin: moved(p.origin) };
    });
  }

  /** Puts the next deferred call on the stack; without one, Goexit ends the goroutine and a panic the program. */
  #next(g: Goroutine, panic: Panicking): Decision {
    g.sp = panic.marker;
    const deferred = this.#openDefer(g, panic) ?? g.defers.pop();
    if (deferred === undefined) {
      panic.deferring = 0;
      if (panic.goexit) return "goroutine ended";
      this.#printing = g;
      return this.#print(g);
    }
    this.#p.charge("defer");
    panic.deferring = deferred.frame;
    if (deferred.closure === 0) {
      return this.#begin(g, { kind: "panic", ...this.#p.errors.error(NIL_POINTER, 0) });
    }
    panic.call = panic.marker - START_FRAME.size;
    this.#frame(panic.call, this.#p.helpers.start, HELPER_SITE.startReady);
    this.#p.memory.storePtr(panic.call + START_FRAME.closure, deferred.closure);
    g.sp = panic.call;
    return "go on";
  }

  /** Takes the next deferred call that a frame holds itself; undefined if there is none, or a registered one comes first. O(frames that are left). */
  #openDefer(g: Goroutine, panic: Panicking): Deferred | undefined {
    const { memory } = this.#p;
    const listed = g.defers.at(-1)?.frame ?? g.stack.hi;
    // Frames below the one that deferred the last call have no more.
    for (let at = panic.deferring || panic.marker; at < listed; ) {
      const frame = frameAt(this.#reader, at);
      const open = frame.site && frame.func.info.openDefers;
      const bits = open ? memory.load32(at + open.at) : 0;
      if (open && bits !== 0) {
        const last = 31 - Math.clz32(bits);
        memory.store32(at + open.at, bits & ~(1 << last));
        return { frame: at, closure: memory.loadPtr(at + open.at + 8 + 8 * last) };
      }
      at = frame.end;
    }
    return undefined;
  }

  /** Cuts the stack at the frame that deferred the recovering call; a Goexit that lies in the cut part goes on instead. */
  #recover(g: Goroutine, panic: Panicking): Decision {
    g.leavePanic();
    for (let older = g.panics.at(-1); older !== undefined && older.marker < panic.deferring; older = g.panics.at(-1)) {
      if (older.goexit) return this.#next(g, older);
      g.leavePanic();
    }
    const { memory, linker } = this.#p;
    const func = linker.sites.funcOf(memory.load32(panic.deferring + FRAME.state), memory.load32(panic.deferring + FRAME.func));
    const site = func.info.deferSite ?? bug(`${func.info.symbol} deferred but has no place to go on`);
    this.#frame(panic.deferring, func.resume, func.siteBase + site);
    g.sp = panic.deferring;
    return "go on";
  }

  /** Asks errors and Stringers among the panic values for their words, newest first; with all known the crash can be printed. */
  #print(g: Goroutine): Decision {
    for (let i = g.panics.length - 1; i >= 0; i--) {
      const p = g.panics[i] ?? bug("no panic");
      if (p.goexit || p.text !== undefined) continue;
      const newer = g.panics[i + 1];
      if (newer && p.word !== 0 && newer.word === p.word && newer.data === p.data) {
        if (newer.text !== undefined) p.text = newer.text;
        continue;
      }
      const code = this.#textMethod(p);
      if (code === undefined) continue;
      this.#asked = i;
      this.#p.ensureRoom(g, TEXT_FRAME.size);
      const frame = g.sp - TEXT_FRAME.size;
      this.#frame(frame, this.#p.helpers.text, HELPER_SITE.textReady);
      this.#p.memory.store32(frame + TEXT_FRAME.code, code);
      this.#p.memory.storePtr(frame + TEXT_FRAME.receiver, p.data);
      g.sp = frame;
      return "go on";
    }
    return { kind: "crash" };
  }

  /** Table index of the value's method Error() string, else of String() string. */
  #textMethod(p: Panicking): number | undefined {
    if (p.word === 0) return undefined;
    const { memory, linker } = this.#p;
    const { desc, at } = linker.types.at(p.word);
    for (const name of ["Error", "String"]) {
      const index = (desc.methods ?? []).findIndex((m) => m.name === name && m.type === "func() string");
      if (index < 0) continue;
      const code = memory.loadInt(memory.loadPtr(at + DESC.methods) + index * METHOD.size + METHOD.code);
      if (code !== 0) return linker.callable(code);
    }
    return undefined;
  }

  #panicWhilePrinting(demand: PanicValue): Decision {
    this.#printing = undefined;
    const { memory, linker } = this.#p;
    const type = demand.word === 0 ? undefined : linker.types.at(demand.word).desc;
    const shown = type?.id === "string" ? `: ${memory.readString(memory.loadPtr(demand.data), memory.loadInt(demand.data + 8))}` : `: type ${type?.string ?? "nil"}`;
    return { kind: "fatal", text: `panic while printing panic value${shown}`, user: false };
  }

  #frame(at: number, func: number, site: number): void {
    this.#p.memory.store32(at + FRAME.func, func);
    this.#p.memory.store32(at + FRAME.state, site);
  }
}

/** Go: memoryError. */
export const NIL_POINTER = "invalid memory address or nil pointer dereference";
