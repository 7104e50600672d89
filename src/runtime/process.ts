/**
 * A process: one running Go world. It wires memory, heap, collector, stacks, scheduler and panics to one another, links units into them, and
 * runs functions on the main goroutine until they return or the program ends.
 *
 * `load` a unit, `run` a function, look at the state, go on: goroutines that still exist freeze at the end of a run and go on in the next
 * one. Nothing here depends on the host but through ProcessHooks. What a run leaves can be taken back with `snapshot` and `restore`.
 *
 * Go: runtime/proc.go (schedinit, main).
 */
import { bug } from "../base/bug.ts";
import { Random } from "../base/random.ts";
import { Recorder } from "../record/recorder.ts";
import { ENTRIES } from "../abi/entries.ts";
import type { LibraryUnit } from "../abi/library.ts";
import type { DataSymbol, FuncInfo, Program } from "../abi/program.ts";
import { CELL, FRAME, MAP, NATIVE_RATIO } from "../abi/structs.ts";
import { type ByteFunctions, byteFunctions } from "./bytes.ts";
import { Clock, UNITS_PER_NANO } from "./clock.ts";
import { makeEntries, visibleAddress } from "./entries.ts";
import { baseGlobals, Collector, takeSnapshot as takeHeapSnapshot, wasmMarkLoop } from "./gc/index.ts";
import { Growth } from "./growth.ts";
import { CHUNK_SIZE, type FastPaths, fastPaths, Heap, PAGE_SIZE } from "./heap/index.ts";
import { DataSpace, type LinkableProgram, type LinkedUnit, Linker, type LinkImage } from "./link/index.ts";
import { Malloc } from "./malloc.ts";
import { type MapFunctions, mapFunctions } from "./maps/index.ts";
import { Memory } from "./memory.ts";
import { type MemStats, peekMemStats, readMemStats } from "./memstats.ts";
import { storeMemStats } from "./memstats-struct.ts";
import { makeNativeMachine } from "./machine.ts";
import { Missing, type NativeMachine, type Natives, Stopped } from "./natives.ts";
import { type CrashPorts, fatalInText, fatalText, goroutineText, otherGoroutines, panicText, Panics, Places, RuntimeErrors } from "./panic/index.ts";
import {
  BUSY_GRANT, G, type Goroutine, HELPER_SITE, type Machine, makeMachine, MARKER_FRAME, type Outcome, PLAIN_FRAME, Scheduler, START_FRAME,
  SwitchEvents, TEXT_FRAME,
} from "./sched/index.ts";
import type { Exit, ProcessHooks, ProcessSettings } from "./settings.ts";
import { G_DESC } from "./gtype.ts";
import { OwnCode } from "./own-code.ts";
import { rareFunctions } from "./rare.ts";
import { type Allocation, allocationPlace } from "./observe.ts";
import { type Snapshot, SnapshotRoom, takeSnapshot } from "./snapshot.ts";
import type { HeapSnapshot } from "../record/snapshot.ts";
import { MAX_STACK, STACK_MIN, StackPool } from "./stack/index.ts";
import { ProcessWorld } from "./world.ts";

/** Room of the main goroutine's stack at the start: most programs never move it. */
const MAIN_STACK = 65536;
/** Table slots of helper frames' code. */
const HELPERS = { start: 1, plain: 2, marker: 3, text: 4 } as const;
/** Bytes that V8 takes for reason enough to collect; never touched. */
const WEIGHT = 2 ** 27;
/** What a process has mapped besides the heap: runtime structures and the binary. runtime.md 14. */
const OTHER_MAPPED = 3_600_000;

/** Thrown through compiled code when the program cannot go on at all; caught by `run`. */
class Halt {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One running Go program, or one session. */
export class Process {
  readonly settings: ProcessSettings;
  readonly recorder: Recorder;
  readonly memory = new Memory(65536);
  readonly heap: Heap;
  readonly clock: Clock;
  readonly space: DataSpace;
  readonly linker: Linker;
  readonly scheduler: Scheduler;
  readonly collector: Collector;
  readonly malloc: Malloc;
  readonly panics: Panics;
  readonly pool: StackPool;
  readonly #hooks: ProcessHooks;
  readonly #natives: Natives;
  readonly #errors: RuntimeErrors;
  readonly #growth: Growth;
  readonly #world: ProcessWorld;
  readonly #crash: CrashPorts;
  readonly #random: Random;
  readonly #entries: ReturnType<typeof makeEntries>;
  readonly #rare: Readonly<Record<string, Function>>;
  readonly #nativeMachine: NativeMachine;
  readonly #nativeFunctions = new Map<string, Function>();
  readonly #fast: FastPaths;
  /** Packages of the library that are linked, and bytes of the program's own variables. */
  readonly #library = new Set<string>();
  #ownGlobals = 0;
  /** Addresses of all goroutine structures. */
  #structures: number[] = [];
  /** Functions of linked units that have not run yet: package initialisation. */
  #pending: string[] = [];
  #exit: Exit | undefined;
  readonly #switches: SwitchEvents;
  readonly #room = new SnapshotRoom();
  readonly #own: OwnCode;
  readonly #bytes: ByteFunctions;
  readonly #maps: MapFunctions;
  #machine: Machine | undefined;
  #weight: ArrayBuffer | undefined;
  /** Wakes the goroutine that runs finalizers, if some wait. */
  #checkSpecials: () => void = () => undefined;
  /** What a program can set while it runs. */
  readonly #tunable: { procs: number; maxStack: number };

  constructor(settings: ProcessSettings, recorder: Recorder, natives: Natives, hooks: ProcessHooks) {
    this.settings = settings;
    this.recorder = recorder;
    this.#natives = natives;
    this.#hooks = hooks;
    recorder.detailed = settings.detailed;
    this.#random = new Random(settings.seed);
    this.#tunable = { procs: settings.procs, maxStack: MAX_STACK };
    const { memory } = this;
    this.heap = new Heap(memory, settings.heapLimit);
    this.clock = new Clock(memory);
    this.#switches = new SwitchEvents(memory, recorder);
    this.#own = new OwnCode(hooks.own, settings.heapLimit, hooks.modules);
    this.#bytes = byteFunctions(memory, this.#own);
    this.#maps = mapFunctions(memory, this.#bytes.memequal, this.#own);
    this.space = new DataSpace(memory, this.heap.layout.dataEnd);
    this.linker = new Linker(memory, this.space, { entry: (name) => this.#entry(name), native: (symbol) => this.#native(symbol) }, hooks.modules);
    this.heap.sites.ownFrame = (site) => this.linker.sites.ownFrame(site);
    this.pool = new StackPool({ allocStack: (pages) => this.heap.allocManual(pages), freeStack: (at) => this.heap.freeManual(at) });
    this.scheduler = this.#makeScheduler();
    this.#world = this.#makeWorld();
    this.collector = this.#makeCollector();
    this.malloc = new Malloc(this.heap, this.collector, this.clock, settings.costs, recorder, (size) => this.#outOfMemory(size));
    this.malloc.stress = settings.stressGC;
    this.#errors = new RuntimeErrors({ memory, space: this.space, types: this.linker.types, newObject: (size, type) => this.malloc.allocate(size, type) });
    this.panics = new Panics({
      memory, linker: this.linker, errors: this.#errors, helpers: HELPERS, running: () => this.scheduler.running,
      ensureRoom: (g, n) => this.#growth.ensureRoom(g, n), charge: (what) => this.clock.charge(what === "panic" ? settings.costs.panic : settings.costs.deferCall),
    });
    this.#growth = new Growth({
      memory, sites: this.linker.sites, pool: this.pool, scheduler: this.scheduler, panics: this.panics, recorder, clock: this.clock, costs: settings.costs,
      visible: (a) => this.visible(a), print: (text) => this.#print(text), maxStack: () => this.#tunable.maxStack,
    });
    this.#crash = { memory, linker: this.linker, visible: (a) => this.visible(a), now: () => this.clock.now() };
    this.#entries = this.#makeEntries();
    this.#rare = rareFunctions(memory, (name) => this.#entries[name as keyof ReturnType<typeof makeEntries>] as (...args: (number | bigint)[]) => unknown, this.#own);
    this.#fast = fastPaths(this.heap, {
      mallocgc: this.#entries.mallocgc as (size: number, type: number, zero: number) => number,
      newarray: this.#entries.newarray as (type: number, n: bigint) => number,
      gcWriteBarrier: this.#entries.gcWriteBarrier as (slot: number, value: number) => void,
    }, this.#own);
    this.#nativeMachine = makeNativeMachine({
      memory, malloc: this.malloc, clock: this.clock, random: this.#random, panics: this.panics, errors: this.#errors, hooks,
      epoch: this.#epoch, scheduler: this.scheduler, collector: this.collector, heap: this.heap, linker: this.linker,
      space: this.space, places: new Places(memory, this.linker), crash: this.#crash, tunable: this.#tunable,
      onSpecials: (check) => (this.#checkSpecials = check),
    });
    this.#prepareMemory();
    this.#prepareHelpers();
  }

  /** Links a unit. Its package initialisation runs first in the next `run`. */
  load(program: Program): LinkedUnit {
    const unit = this.linker.link(program, this.#pending);
    this.#pending.push(...program.inits);
    this.#countGlobals(program.path, () => program.symbols);
    return unit;
  }

  /** Links what waits to be initialised and these functions of the library, before anybody waits for it. */
  ready(symbols: readonly string[]): void {
    this.linker.ready([...this.#pending, ...symbols]);
  }

  /**
   * Takes in packages of the library, each after those that it imports. Their initialisation runs first in the next `run`; their code is linked as far
   * as something reaches it, all in one module.
   */
  hold(units: readonly LibraryUnit[]): void {
    this.linker.hold(units);
    for (const unit of units) {
      this.#pending.push(...unit.inits());
      this.#countGlobals(unit.path, unit.symbols);
    }
  }

  /** In place of `hold` and `load`, for a fresh process: a program and its library as they were linked before. */
  adopt(image: LinkImage, units: readonly LibraryUnit[], program: LinkableProgram, inits: readonly string[]): void {
    this.linker.adopt(image, units, program);
    for (const unit of image.units) {
      this.#pending.push(...unit.inits.map(([symbol]) => symbol));
      this.#countGlobals(unit.path, () => []);
    }
    this.#pending.push(...inits);
    this.#countGlobals(program.path, () => program.symbols);
  }

  /**
   * Tells the host's collector that this process is heavy, which it cannot see (memory.ts): dead ones go when the next is made. Left out for the only
   * process of a host, which ends with it.
   */
  weigh(): void {
    this.#weight ??= new ArrayBuffer(WEIGHT);
  }

  /** Runs what is to be initialised, then `symbol`, a func() without receiver, on the main goroutine. */
  run(symbol?: string): Exit {
    this.#exit = undefined;
    const main = this.#mainGoroutine();
    if (main.sp !== main.stack.hi) return bug("the main goroutine stands in the middle of a run; resume or restore it");
    if (symbol !== undefined) this.#pending.push(symbol);
    return this.#guarded(() => this.#runPending());
  }

  /** Goes on after a run was interrupted or left at a stop. */
  resume(): Exit {
    this.#exit = undefined;
    return this.#guarded(() => this.#advance());
  }

  /** How the last run ended. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Virtual nanoseconds since the process began. */
  now(): number {
    return this.clock.now();
  }

  /** Tells of each allocation from now on, with its place in the program; undefined: no more. */
  observe(hear: ((allocation: Allocation) => void) | undefined): void {
    this.malloc.observe(hear && ((size, slot) => hear({ size, slot, ...allocationPlace(this.memory, this.linker, this.scheduler.running.stack.hi) })));
  }

  /** The heap as it is: objects, pointers, roots. Ends a cycle that is marking, unless `asIs`. */
  heapSnapshot(asIs = false): HeapSnapshot {
    if (!asIs) this.collector.finishMark();
    const words = new Map<number, string>();
    for (const { symbol, at } of this.linker.roots()) for (const offset of symbol.pointers) words.set(at + offset, symbol.symbol);
    const names = { global: (word: number) => words.get(word) ?? "", goroutine: (i: number) => `goroutine ${this.#world.goroutineId(i)}` };
    return takeHeapSnapshot(this.heap, this.collector, this.#world, names, this.clock.now());
  }

  /** What a program sees of an address. */
  visible(address: number): bigint {
    return visibleAddress(this.heap, address);
  }

  /** The numbers of runtime.MemStats without the effects of reading them. */
  memStats(): MemStats {
    return peekMemStats(this.heap, this.collector, Number(this.#epoch));
  }

  /** Goroutines that exist, main first. */
  goroutines(): readonly Goroutine[] {
    return [...this.scheduler.all.values()].filter((g) => !g.system);
  }

  /** Header and frames of a goroutine, as a traceback shows them. */
  traceback(g: Goroutine): string {
    return goroutineText(this.#crash, g);
  }

  /** A copy of everything that a run can change, to be given to `restore`. Finishes a collection that is marking. */
  snapshot(): Snapshot {
    this.collector.finishMark();
    this.#switches.flush();
    return takeSnapshot({
      memory: this.memory, room: this.#room, heap: this.heap, collector: this.collector, scheduler: this.scheduler, pool: this.pool,
      linker: this.linker, space: this.space, errors: this.#errors, recorder: this.recorder,
      own: {
        save: () => ({ structures: this.#structures.slice(), pending: this.#pending.slice() }),
        restore: (s) => {
          this.#structures = s.structures.slice();
          this.#pending = s.pending.slice();
        },
      },
    });
  }

  /** Back to the state at `snapshot`; units linked since then are forgotten. */
  restore(snapshot: Snapshot): void {
    this.#switches.flush();
    snapshot.restore();
  }

  get #epoch(): bigint {
    return BigInt(this.settings.epochSeconds) * 1_000_000_000n;
  }

  #runPending(): Exit {
    const next = this.#pending.shift();
    if (next === undefined) return { kind: "ok", code: 0 };
    const code = this.linker.code(next);
    if (typeof code !== "function") return bug(`nothing to run under ${next}`);
    this.linker.table.set(PLAIN_CODE, code);
    this.scheduler.enterMain(PLAIN_CODE);
    return this.#advance();
  }

  /** Runs until the program is over, is stopped, or has nothing more to run. */
  #advance(): Exit {
    for (;;) {
      const outcome: Outcome = this.scheduler.advance();
      switch (outcome.kind) {
        case "ended":
          return this.#pending.length > 0 ? this.#runPending() : { kind: "ok", code: 0 };
        case "panic": {
          const exit = this.#panicked();
          if (exit) return exit;
          break;
        }
        case "deadlock":
          return this.#deadlock();
        case "interrupted":
          return { kind: "interrupted", code: 130 };
        case "stopped":
          return { kind: "stopped", code: 0, command: outcome.command };
      }
    }
  }

  #panicked(): Exit | undefined {
    const g = this.scheduler.running;
    const decision = this.panics.handle(g);
    if (decision === "go on") return undefined;
    if (decision === "goroutine ended") {
      this.scheduler.kill(g);
      return undefined;
    }
    switch (decision.kind) {
      case "exit":
        return { kind: "exit", code: decision.code };
      case "fatal": {
        const others = decision.user ? otherGoroutines(this.#crash, this.scheduler.all.values(), g) : "";
        const text = decision.user ? fatalInText(this.#crash, g, decision.text) : fatalText(decision.text);
        return this.#died("fatal", text + goroutineText(this.#crash, g) + others);
      }
      case "crash":
        return this.#died("panic", panicText(this.#crash, g) + goroutineText(this.#crash, g));
    }
  }

  #deadlock(): Exit {
    const nobody = this.goroutines().length === 0;
    const words = nobody ? "no goroutines (main called runtime.Goexit) - deadlock!" : "all goroutines are asleep - deadlock!";
    return this.#died("fatal", fatalText(words) + otherGoroutines(this.#crash, this.scheduler.all.values(), undefined));
  }

  #died(kind: "panic" | "fatal", text: string): Exit {
    (this.#hooks.crashed ?? ((t: string) => this.#print(t)))(text);
    return { kind, code: 2, text };
  }

  #print(text: string): void {
    this.#hooks.write(2, Buffer.from(text, "latin1"));
  }

  /** Runs, and turns what was thrown through compiled code into an exit. */
  #guarded(go: () => Exit): Exit {
    try {
      this.#exit = go();
    } catch (thrown) {
      this.#exit = this.#thrown(thrown);
    }
    return this.#exit;
  }

  #thrown(thrown: unknown): Exit {
    if (thrown instanceof Halt) return this.#died("fatal", thrown.text);
    if (thrown instanceof Stopped) return { kind: "interrupted", code: 130 };
    if (thrown instanceof Missing) return { kind: "unsupported", code: 6, what: thrown.what };
    // A method table has no code for the methods of a type whose package isn't compiled.
    if (thrown instanceof WebAssembly.RuntimeError && /^null function/.test(thrown.message)) {
      return { kind: "unsupported", code: 6, what: "a method of a package that has no code" };
    }
    if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
      return { kind: "unsupported", code: 6, what: "recursion deeper than the host's native stack" };
    }
    throw thrown;
  }

  /** The library's variables are those of a real binary, whatever ours has; the program's own are counted. */
  #countGlobals(path: string, symbols: () => readonly DataSymbol[]): void {
    if (!isOwn(path)) this.#library.add(path);
    else this.#ownGlobals += symbols().reduce((n, s) => n + (s.readonly ? 0 : s.size), 0);
    this.collector.pacer.globalsScan = baseGlobals(this.#library) + this.#ownGlobals;
  }

  /** The heap can't grow. Go asks the host for whole chunks, and says how much it asked for. */
  #outOfMemory(size: number): never {
    const wanted = Math.ceil(size / CHUNK_SIZE) * CHUNK_SIZE;
    const inUse = this.heap.stats.heapPages * PAGE_SIZE;
    const g = this.scheduler.running;
    g.sp = this.memory.loadU32(CELL.sp);
    const place = goroutineText(this.#crash, g);
    throw new Halt(`runtime: out of memory: cannot allocate ${wanted}-byte block (${inUse} in use)\nfatal error: out of memory\n${place}`);
  }

  #mainGoroutine(): Goroutine {
    const { scheduler } = this;
    if (scheduler.main && scheduler.main.status !== "dead") return scheduler.main;
    const main = scheduler.makeMain(this.#newG(), MAIN_STACK);
    this.malloc.bootstrap(1, this.#library.has("os"));
    // Go's system goroutines have left free pieces of the smallest size in the pool.
    this.pool.free(this.pool.alloc(STACK_MIN), STACK_MIN);
    return main;
  }

  #newG(): number {
    const desc = this.linker.types.address(G_DESC.id);
    const at = this.malloc.allocateOwn(G.size, desc);
    this.#structures.push(at);
    this.malloc.goroutineMade();
    return at;
  }

  #makeScheduler(): Scheduler {
    const { clock, memory } = this;
    const now = (): number => clock.now();
    return new Scheduler({
      memory, clock, costs: this.settings.costs, sites: this.linker.sites, pool: this.pool,
      interrupted: () => this.#hooks.interrupted(),
      warm: this.#hooks.modules?.warm ?? false,
      isBusy: (func) => this.linker.isBusy(func),
      optimise: (func) => this.linker.optimiseResume(func),
      newG: () => this.#newG(),
      safepoint: () => {
        this.collector.background(false, false);
        return this.collector.marking || this.collector.sweep.active ? now() + BUSY_GRANT / UNITS_PER_NANO : Infinity;
      },
      quietUntil: () => (this.#world.shrinks ? 0 : this.collector.quietUntil()),
      switching: () => {
        this.collector.background(false, true);
        this.#checkSpecials();
      },
      idle: () => {
        const worked = this.collector.background(true, true);
        this.#checkSpecials();
        return worked || this.scheduler.queue.length > 0;
      },
      grown: (g) => this.#growth.finish(g),
      started: (closure) => {
        if (this.collector.marking) this.collector.barrier.shade(closure);
      },
      outOfMemory: (size) => this.#outOfMemory(size),
      mustShrink: () => this.#world.shrinkRunning(),
      busy: () => this.collector.marking || this.collector.sweep.active || this.collector.specials.waiting > 0,
    });
  }

  #makeWorld(): ProcessWorld {
    const { memory, linker, scheduler, recorder, clock } = this;
    return new ProcessWorld({
      memory, linker, scheduler, recorder, clock,
      procs: () => this.#tunable.procs, structures: () => this.#structures, growth: () => this.#growth,
    });
  }

  #makeCollector(): Collector {
    const { recorder, clock, settings } = this;
    const options = { gogc: settings.gogc, memoryLimit: settings.memoryLimit, otherMapped: OTHER_MAPPED };
    const collector = new Collector(this.heap, clock, settings.costs, this.#world, recorder, options, (marker) => wasmMarkLoop(this.heap, marker, this.#own));
    collector.pacer.globalsScan = baseGlobals([]);
    collector.beforeMark = () => this.scheduler.attendCollector();
    collector.lastQuietPoll = () => this.scheduler.lastQuietPoll;
    return collector;
  }

  #makeEntries(): ReturnType<typeof makeEntries> {
    return makeEntries({
      memory: this.memory, heap: this.heap, malloc: this.malloc, collector: this.collector, clock: this.clock, linker: this.linker,
      scheduler: this.scheduler, panics: this.panics, errors: this.#errors,
      morestack: (want, size) => this.#growth.morestack(want, size),
      epoch: this.#epoch,
      random64: () => (BigInt(this.#random.uint32()) << 32n) | BigInt(this.#random.uint32()),
      write: (fd, bytes) => this.#hooks.write(fd, bytes),
      readMemStats: (at) => storeMemStats(this.memory, at, readMemStats(this.heap, this.collector, this.clock, Number(this.#epoch))),
      mustShrink: () => this.#world.shrinkRunning(),
      stop: (command) => {
        if (this.#hooks.stopped(command) === "leave") this.scheduler.stop(command);
      },
    });
  }

  #entry(name: string): WebAssembly.ImportValue {
    if (name === "gopark" || name === "goready" || name === "newproc" || name === "gorecover" || name === "finditab" || name === "enter" || name === "poll") return (this.#machine ?? bug("no machine"))[name];
    if (name in this.#rare) return this.#rare[name] ?? bug(`runtime call ${name}`);
    if (name in this.#bytes) return this.#bytes[name as keyof ByteFunctions];
    if (name in this.#maps) return this.#maps[name as keyof MapFunctions];
    if (name in this.#fast) return this.#fast[name as keyof FastPaths];
    if (!(name in ENTRIES)) return bug(`runtime call ${name}`);
    return this.#entries[name as keyof ReturnType<typeof makeEntries>] as Function;
  }

  /** A native, made when code that imports it is first linked. */
  #native(symbol: string): WebAssembly.ImportValue {
    const known = this.#nativeFunctions.get(symbol);
    if (known) return known;
    const make = this.#natives.get(symbol) ?? this.#nativeMachine.builtin(symbol);
    const native: Function = make
      ? make(this.#nativeMachine)
      : () => {
          throw new Missing(`${symbol} has no body`);
        };
    this.#nativeFunctions.set(symbol, native);
    return native;
  }

  /** A go statement of the running goroutine. */
  #spawn(closure: number): void {
    if (closure === 0) return this.panics.demand({ kind: "fatal", text: "go of nil func value", user: true });
    const site = this.memory.load32(this.memory.loadU32(CELL.sp) + FRAME.state);
    this.scheduler.spawn(closure, this.scheduler.running.id, site);
  }

  #prepareMemory(): void {
    const { memory } = this;
    for (let i = 0; i < 256; i++) memory.storeInt(MAP.smallInts + 8 * i, i);
    memory.store32(CELL.nativeBudget, Math.floor(this.settings.nativeStack / NATIVE_RATIO));
    this.linker.types.add([G_DESC]);
  }

  #prepareHelpers(): void {
    const { memory, linker, scheduler } = this;
    const machine = makeMachine({
      memory: memory.wasm, table: linker.table,
      compile: (index) => linker.compileResume(index),
      mark: (frame) => this.panics.mark(frame >>> 0),
      texted: (frame) => this.panics.texted(frame >>> 0),
      flush: () => this.#switches.flush(),
      ready: (g) => this.scheduler.readySlowly(g >>> 0),
      poll: (resumed) => this.scheduler.poll(resumed),
      spawn: (closure) => this.#spawn(closure >>> 0),
      recover: () => {
        const value = this.panics.recover();
        return value ? [value.word, value.data] : [0, 0];
      },
      itab: (inter, type) => linker.types.itab(inter >>> 0, type >>> 0),
    }, this.#own);
    this.#machine = machine;
    linker.setStub(machine.stub);
    linker.table.set(HELPERS.start, machine.start);
    linker.table.set(HELPERS.plain, machine.plain);
    linker.table.set(HELPERS.marker, machine.marker);
    linker.table.set(HELPERS.text, machine.text);
    const helper = (name: string, slot: number, size: number, sites: readonly number[], pointers: readonly number[]): void => {
      const info: FuncInfo = {
        symbol: name, frame: size, goFrame: 0, at: { file: "", line: 0, col: 0 }, resumeSlot: slot, valueSlot: -1, hasDefer: false, params: "", results: "",
      };
      const func = { info, resume: slot, value: 0, siteBase: 0, helper: true, reentries: 0 };
      for (const site of sites) linker.sites.setHelper(site, { func, info: { func: 0, pointers, at: info.at } });
    };
    helper("start", HELPERS.start, START_FRAME.size, [HELPER_SITE.startReady, HELPER_SITE.startCalled], [START_FRAME.closure]);
    helper("plain", HELPERS.plain, PLAIN_FRAME.size, [HELPER_SITE.plainReady, HELPER_SITE.plainCalled], []);
    helper("marker", HELPERS.marker, MARKER_FRAME.size, [HELPER_SITE.marker], []);
    helper("text", HELPERS.text, TEXT_FRAME.size, [HELPER_SITE.textReady, HELPER_SITE.textCalled], [TEXT_FRAME.receiver, TEXT_FRAME.string]);
    scheduler.attach(machine, HELPERS);
  }
}

/** Table slot of the function that the main goroutine is entered with. */
const PLAIN_CODE = 8;
/** Whether a unit is the program's or the session's, not the library's. */
const isOwn = (path: string): boolean => path === "main" || /^[^/]*\./.test(path) || path.startsWith("cell");
