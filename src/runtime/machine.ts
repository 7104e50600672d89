/**
 * What natives are given, and the few natives that are the runtime's own: those that our Go text in internal/runtime declares.
 *
 * Go: functions that Go's packages reach by go:linkname.
 */
import type { Random } from "../base/random.ts";
import type { ByteString } from "../base/source.ts";
import type { Clock } from "./clock.ts";
import type { Collector } from "./gc/index.ts";
import type { Heap } from "./heap/index.ts";
import { UNSUPPORTED } from "../abi/runtime-symbols.ts";
import { CELL } from "../abi/structs.ts";
import type { DataSpace, Linker } from "./link/index.ts";
import type { Malloc } from "./malloc.ts";
import type { Memory } from "./memory.ts";
import { Missing, type NativeFunction, type NativeMachine, Stopped } from "./natives.ts";
import { type CrashPorts, goroutineText, otherGoroutines, type Panics, type Places, type RuntimeErrors } from "./panic/index.ts";
import { type Goroutine, REASON, type Scheduler } from "./sched/index.ts";
import type { ProcessHooks } from "./settings.ts";
import { framesOf } from "./stack/index.ts";
import { reflectionNatives } from "./values/index.ts";

/** What the machine of natives is made from. */
export interface MachinePorts {
  readonly memory: Memory;
  readonly malloc: Malloc;
  readonly clock: Clock;
  readonly random: Random;
  readonly panics: Panics;
  readonly errors: RuntimeErrors;
  readonly hooks: ProcessHooks;
  readonly epoch: bigint;
  readonly scheduler: Scheduler;
  readonly collector: Collector;
  readonly heap: Heap;
  readonly linker: Linker;
  readonly space: DataSpace;
  readonly places: Places;
  readonly crash: CrashPorts;
  /** Registers what is to be asked before a goroutine is chosen: whether finalizers wait. */
  readonly onSpecials: (check: () => void) => void;
  /** GOMAXPROCS, a stack's limit: what a program can set. */
  readonly tunable: { procs: number; maxStack: number };
}

/** Makes the machine that natives see. */
export function makeNativeMachine(p: MachinePorts): NativeMachine {
  const { memory } = p;
  const builtins = builtinNatives(p);
  return {
    memory,
    mallocNoscan: (size) => p.malloc.allocate(size, 0),
    newString: (text: ByteString) => {
      if (text === "") return [0, 0n];
      const at = p.malloc.allocate(text.length, 0, 0);
      memory.writeString(at, text);
      return [at, BigInt(text.length)];
    },
    goString: (pointer, length) => memory.readString(pointer >>> 0, Number(length)),
    charge: (nanos) => p.clock.charge(nanos),
    walltime: () => p.epoch + BigInt(p.clock.now()),
    random: () => p.random.uint32(),
    write: (fd, bytes) => p.hooks.write(fd, bytes),
    read: (n) => {
      const bytes = p.hooks.stdin(n);
      if (p.hooks.interrupted()) throw new Stopped();
      return bytes;
    },
    args: p.hooks.args ?? ["./main"],
    panicPlain: (text) => p.panics.demand({ kind: "panic", ...p.errors.plain(text) }),
    unsupported: endUnsupported,
    builtin: (symbol) => {
      const native = builtins[symbol];
      return native ? () => native : undefined;
    },
  };
}

function endUnsupported(what: string): never {
  throw new Missing(what);
}

function builtinNatives(p: MachinePorts): Readonly<Record<string, NativeFunction>> {
  return { [UNSUPPORTED]: (at: number, length: bigint) => endUnsupported(p.memory.readString(at >>> 0, Number(length))), ...memoryNatives(p), ...placeNatives(p), ...specialNatives(p), ...reflectionNatives(p) };
}

/** Where code is: Callers, FuncForPC, Stack. */
function placeNatives(p: MachinePorts): Readonly<Record<string, NativeFunction>> {
  const { memory, scheduler, places, space } = p;
  const text = (s: ByteString): [number, bigint] => [space.text(s), BigInt(s.length)];
  return {
    "internal/runtime.callers": (skip: bigint, pcs: number, max: bigint) => {
      const g = scheduler.running;
      const found = places.onStack({ sp: memory.loadU32(CELL.sp), top: g.stack.hi, main: g.id === 1 }, Number(skip), Number(max));
      found.forEach((pc, i) => memory.storeInt((pcs >>> 0) + 8 * i, pc));
      return BigInt(found.length);
    },
    "internal/runtime.pcInfo": (pc: bigint) => {
      const place = places.find(Number(pc));
      if (!place) return [0, 0n, 0, 0n, 0n, 0n, 0];
      return [...text(place.symbol), ...text(place.at.file || "??"), BigInt(place.at.line), BigInt(place.entry), place.inlined ? 1 : 0];
    },
    "internal/runtime.funcPC": (closure: number) => BigInt(closure === 0 ? 0 : places.ofFunction(memory.load32(closure >>> 0))),
    "internal/runtime.stackText": (buf: number, n: bigint, all: number) => {
      const g = scheduler.running;
      g.sp = memory.loadU32(CELL.sp);
      const ports = { ...p.crash, offsets: true };
      const own = goroutineText(ports, g).slice(1).replace(/\nruntime\.Stack\(.*\n.*/, "");
      const whole = all ? own + otherGoroutines(ports, scheduler.all.values(), g) : own;
      const cut = whole.slice(0, Number(n));
      memory.writeString(buf >>> 0, cut);
      return BigInt(cut.length);
    },
    "internal/runtime.numGoroutine": () => BigInt([...scheduler.all.values()].filter((g) => !g.system).length),
  };
}

/** Finalizers, cleanups, weak pointers, and the goroutine that runs them. */
function specialNatives(p: MachinePorts): Readonly<Record<string, NativeFunction>> {
  const { memory, scheduler, linker, heap } = p;
  const { specials } = p.collector;
  let runner: Goroutine | undefined;
  p.onSpecials(() => {
    if (specials.waiting > 0 && runner?.status === "waiting" && runner.reason === REASON.finalizerWait) scheduler.ready(runner);
  });
  /** How internal/runtime.runSpecials is to call a finalizer: by its WebAssembly results. */
  const kinds: Readonly<Record<string, bigint>> = { "": 2n, I: 3n, i: 4n, iI: 5n, ii: 6n };
  return {
    "internal/runtime.setFinalizer": (at: number, closure: number) => {
      const first = heap.objectFirst(at >>> 0);
      if (specials.setFinalizer(at >>> 0, closure >>> 0)) return at >>> 0 === first ? 0n : 3n;
      if (first !== 0) return 1n;
      return at >>> 0 < heap.layout.arena ? 0n : 2n;
    },
    "internal/runtime.addCleanup": (at: number, closure: number) => BigInt(specials.addCleanup(at >>> 0, closure >>> 0)),
    "internal/runtime.stopCleanup": (id: bigint) => specials.stopCleanup(Number(id)),
    "internal/runtime.weakHandle": (at: number) => specials.weakHandle(at >>> 0, () => p.malloc.allocate(8, 0)),
    "internal/runtime.weakStrong": (handle: number) => specials.strong(handle >>> 0, p.collector.sweep, p.collector.marking),
    "internal/runtime.nextSpecial": () => {
      const next = specials.take();
      if (!next) return [0n, 0, 0];
      if (next.kind === "cleanup") return [1n, next.closure, 0];
      const results = linker.sites.byValue(memory.load32(next.closure))?.info.results ?? "";
      return [kinds[results] ?? 2n, next.closure, next.object];
    },
    "internal/runtime.startSystem": (closure: number) => {
      runner = scheduler.spawn(closure >>> 0, 0, 0, true);
    },
    "internal/runtime.wrapperPanic": () => {
      const reader = { memory, sites: linker.sites };
      for (const frame of framesOf(reader, memory.loadU32(CELL.sp), scheduler.running.stack.hi)) {
        const name = /^(.*)\.\(\*(.*)\)\.([^.]*)$/.exec(frame.func.info.symbol);
        if (!frame.func.info.wrapper || !name) continue;
        const [, pkg, type, method] = name;
        p.panics.demand({ kind: "panic", ...p.errors.plain(`value method ${pkg}.${type}.${method} called using nil *${type} pointer`) });
        return;
      }
    },
  };
}

function memoryNatives({ memory, scheduler, epoch, clock, collector, tunable }: MachinePorts): Readonly<Record<string, NativeFunction>> {
  return {
    "internal/runtime.memmove": (to: number, from: number, n: bigint) => memory.copy(to >>> 0, from >>> 0, Number(n)),
    "internal/runtime.memclr": (at: number, n: bigint) => memory.fill(at >>> 0, Number(n)),
    "internal/runtime.startTimer": (owner: number, when: bigint, period: bigint, closure: number) => {
      const at = Math.max(Number(when - epoch), clock.now());
      if (collector.marking) {
        collector.barrier.shade(closure >>> 0);
        collector.barrier.shade(owner >>> 0);
      }
      scheduler.timers.add({ when: at, period: Number(period), wake: 0, closure: closure >>> 0, owner: owner >>> 0 });
      scheduler.sooner(at);
    },
    "internal/runtime.stopTimer": (owner: number) => Number(scheduler.timers.remove(owner >>> 0)),
    "internal/runtime.procs": (n: bigint) => {
      const old = tunable.procs;
      if (n > 0n) tunable.procs = Number(n);
      scheduler.wakePolls();
      return BigInt(old);
    },
    "internal/runtime.setMaxStack": (n: bigint) => {
      const old = tunable.maxStack;
      tunable.maxStack = Number(n);
      return BigInt(old);
    },
    "internal/runtime.setGCPercent": (percent: number) => {
      const old = collector.pacer.gogc;
      collector.setGogc(percent);
      return old;
    },
    "internal/runtime.setMemoryLimit": (limit: bigint) => {
      const old = collector.pacer.memoryLimit;
      if (limit >= 0n) collector.setMemoryLimit(limit === MAX_INT64 ? Infinity : Number(limit));
      return old === Infinity ? MAX_INT64 : BigInt(old);
    },
    "internal/runtime.freeOSMemory": () => collector.freeOSMemory(),
  };
}

const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;
