/**
 * The scheduler: one processor that runs goroutines in Go's order on the virtual clock.
 *
 * It enters a goroutine through the trampoline and gets it back when its stack is empty or when it wants something (CELL.unw). What a
 * panic does is panic.ts's business, when a program is over that of process.ts. The collector is asked at safepoints through a port.
 *
 * Go: runtime/proc.go (schedule, findRunnable, execute, goschedImpl, checkdead); time slices are those of sysmon (retake).
 */
import { bug } from "../../base/bug.ts";
import { CELL, FRAME, UNWIND } from "../../abi/structs.ts";
import { type Clock, UNITS_PER_NANO } from "../clock.ts";
import { HELPER_SITE, PLAIN_FRAME, START_FRAME } from "./helpers.ts";
import { Looks } from "./looks.ts";
import { STACK_MIN } from "../stack/index.ts";
import { ATTENTION, G, MAX_GRANT, SCHED } from "./cells.ts";
import { Goroutine, REASON, type SavedGoroutine } from "./goroutine.ts";
import type { Outcome, SchedulerPorts } from "./ports.ts";
import { RunQueue } from "./queue.ts";
import { Timers } from "./timer.ts";
import type { Machine } from "./trampoline.ts";

/** So much time passes at most without a poll that asks whether to stop, in fuel units. */
const MAX_QUIET = 16 * MAX_GRANT;
/** A goroutine runs so long before others get their turn. Go: forcePreemptNS. */
const TIME_SLICE = 10_000_000;
/** A function's hot loop is sent into its resume code so often, where that could not be optimised at once. decisions.md 18. */
const MAX_REENTRIES = 32;
/** Fuel between two looks at a loop that may be hot, in fuel units: less than V8 waits before it optimises the normal code in vain. */
const LOOK_GRANT = 50_000;
/** A loop that stood at so many looks stays: to optimise one takes as long as hundreds of looks. */
const STAYS = 8;
/** The same where it is optimised already; such polls are rarer. */
const STAYS_AGAIN = 2;

/** All goroutines of a process. */
export class Scheduler {
  readonly queue: RunQueue;
  readonly timers: Timers;
  main: Goroutine | undefined;
  /** True while compiled code of the current goroutine is on the native stack. */
  executing = false;
  /** What the current goroutine wants, set by the entry that unwinds it. */
  #wants: "switch" | "interrupted" | { readonly command: number } = "switch";
  readonly #looks = new Looks();
  /** The loop that was met last is optimised: no looks before polls are due. */
  #settled: boolean;
  /** Set while a func() runs on the system stack: no switching there. */
  #onSystem = false;
  #system: Goroutine | undefined;
  readonly #p: SchedulerPorts;
  /** All that ever were, by their structure, which the next one uses again with the value. */
  readonly #byAddress = new Map<number, Goroutine>();
  /** The goroutine whose structure was asked for last. */
  #last: Goroutine | undefined;
  #machine: Machine | undefined;
  /** The tables' slots of the helper frames' code. */
  #helpers = { start: 0, plain: 0 };
  /** The func() of a goroutine whose structure is being allocated: a root. */
  starting = 0;

  constructor(ports: SchedulerPorts) {
    this.#p = ports;
    this.#settled = ports.warm;
    this.queue = new RunQueue(ports.memory);
    this.timers = new Timers((next) => ports.memory.storeF64(SCHED.timerNext, next * UNITS_PER_NANO));
    this.startingStack = STACK_MIN;
    ports.memory.store32(SCHED.nextId, 1);
    ports.memory.store32(SCHED.startCost, Math.round(ports.costs.newGoroutine * UNITS_PER_NANO));
    ports.memory.store32(SCHED.switchCost, Math.round(ports.costs.goSwitch * UNITS_PER_NANO));
  }

  /** Go's size of a stack that is used again. */
  get startingStack(): number {
    return this.#p.memory.loadU32(SCHED.startingStack);
  }

  set startingStack(size: number) {
    this.#p.memory.store32(SCHED.startingStack, size);
  }

  /** Runs now, or has just come back from the trampoline. */
  get current(): Goroutine | undefined {
    return this.at(this.#p.memory.loadU32(SCHED.current));
  }

  set current(g: Goroutine | undefined) {
    this.#p.memory.store32(SCHED.current, g?.at ?? 0);
  }

  /** The goroutine whose structure is at `at`. */
  at(at: number): Goroutine | undefined {
    if (this.#last?.at !== at) this.#last = this.#byAddress.get(at);
    return this.#last;
  }

  /** Gives the scheduler the trampoline, and where the table holds the code of `start` and `plain` frames. */
  attach(machine: Machine, helpers: { readonly start: number; readonly plain: number }): void {
    this.#machine = machine;
    this.#helpers = helpers;
    this.#p.memory.store32(SCHED.startSlot, helpers.start);
  }

  /** Every goroutine that isn't dead, in order of creation. O(n log n): started and ended they are by the hundred thousand, listed seldom. */
  get all(): Goroutine[] {
    const living = [...this.#byAddress.values()].filter((g) => g !== this.#system && g.status !== "dead");
    return living.sort((a, b) => birth(a.id) - birth(b.id));
  }

  /** Every goroutine with frames: those that exist, and the system stack while something runs there. */
  stacks(): Goroutine[] {
    const list = this.all;
    if (this.#onSystem && this.#system) list.push(this.#system);
    return list;
  }

  /** The running goroutine. */
  get running(): Goroutine {
    return this.current ?? bug("no goroutine runs");
  }

  /** Makes the main goroutine, with room of `size` bytes. */
  makeMain(at: number, size: number): Goroutine {
    const lo = this.#p.pool.alloc(size);
    const g = this.#make(at, lo, size, STACK_MIN, 0, 0, false);
    this.main = g;
    this.#p.memory.store32(SCHED.main, at);
    g.status = "running";
    this.current = g;
    return g;
  }

  /** Starts a goroutine that calls the func() at `closure`; it runs next. Go: newproc. */
  spawn(closure: number, parent: number, site: number, system = false): Goroutine {
    const { memory, pool } = this.#p;
    const old = memory.loadU32(SCHED.dead);
    if (old !== 0) memory.store32(SCHED.dead, memory.loadU32(old + G.link));
    this.starting = closure;
    const at = old || this.#p.newG();
    this.starting = 0;
    const lo = memory.loadU32(at + G.lo) || pool.alloc(STACK_MIN);
    if (lo === 0) this.#p.outOfMemory(STACK_MIN);
    const g = this.#make(at, lo, STACK_MIN, old ? this.startingStack : STACK_MIN, parent, site, system);
    g.sp = g.stack.hi - START_FRAME.size;
    memory.store32(g.sp + FRAME.func, this.#helpers.start);
    memory.store32(g.sp + FRAME.state, HELPER_SITE.startReady);
    memory.storePtr(g.sp + START_FRAME.closure, closure);
    this.queue.putNext(g.at);
    this.#p.started(closure);
    this.#p.clock.charge(this.#p.costs.newGoroutine);
    this.#gears.started(at);
    return g;
  }

  /** Puts a call of the function in table slot `slot`, `func()` without context, on the empty stack of the main goroutine. */
  enterMain(slot: number): void {
    const g = this.main ?? bug("no main goroutine");
    const { memory } = this.#p;
    g.sp = g.stack.hi - PLAIN_FRAME.size;
    memory.store32(g.sp + FRAME.func, this.#helpers.plain);
    memory.store32(g.sp + FRAME.state, HELPER_SITE.plainReady);
    memory.store32(g.sp + PLAIN_FRAME.slot, slot);
    if (this.current !== undefined && this.current !== g) this.queue.putNext(this.current.at);
    this.current = g;
    g.status = "running";
    this.#beginSlice();
  }

  /** Runs goroutines until something happens that others must decide. */
  advance(): Outcome {
    for (;;) {
      const next = this.current ?? this.#next();
      if (next === undefined) return this.#p.interrupted() ? { kind: "interrupted" } : { kind: "deadlock" };
      const why = this.#enter(next);
      const g = this.running;
      switch (why) {
        case UNWIND.none:
          // A main goroutine that was left by Goexit is gone, and the program goes on without it.
          if (g === this.main && !g.panics.some((p) => p.goexit)) return { kind: "ended" };
          this.kill(g);
          break;
        case UNWIND.block: {
          const wants = this.#wants;
          this.#want("switch");
          if (wants === "interrupted") return { kind: "interrupted" };
          if (wants !== "switch") return { kind: "stopped", command: wants.command };
          this.current = undefined;
          break;
        }
        case UNWIND.panic:
          return { kind: "panic" };
        case UNWIND.grow:
          this.#p.grown(g);
          break;
        default:
          bug(`unwound with ${why}`);
      }
    }
  }

  /** The current goroutine is over; its structure and stack are used again. */
  kill(g: Goroutine): void {
    const { memory, pool } = this.#p;
    g.status = "dead";
    g.defers.length = 0;
    g.clearPanics();
    this.#gears.ended(g.at);
    if (g !== this.main) {
      const size = g.stack.hi - g.stack.lo;
      if (size !== STACK_MIN) {
        pool.free(g.stack.lo, size);
        g.stack.lo = 0;
      }
      memory.store32(g.at + G.link, memory.loadU32(SCHED.dead));
      memory.store32(SCHED.dead, g.at);
    }
    if (memory.loadU32(SCHED.current) === g.at) this.current = undefined;
  }

  /** Structures that are used again, newest first. */
  #dead(): number[] {
    const { memory } = this.#p;
    const dead: number[] = [];
    for (let at = memory.loadU32(SCHED.dead); at !== 0; at = memory.loadU32(at + G.link)) dead.push(at);
    return dead;
  }

  /** A collection gives back the stacks of dead goroutines, those that died first at first. Go: markrootFreeGStacks. */
  freeDeadStacks(): void {
    const { memory, pool } = this.#p;
    for (const at of this.#dead().reverse()) {
      const lo = memory.loadU32(at + G.lo);
      if (lo === 0) continue;
      pool.free(lo, STACK_MIN);
      memory.store32(at + G.lo, 0);
    }
    pool.trim();
  }

  #want(what: "switch" | "interrupted" | { readonly command: number }): void {
    this.#wants = what;
    this.#attend(ATTENTION.wants, what !== "switch");
  }

  /** Says whether the next switch needs TypeScript for this reason. */
  #attend(reason: number, on: boolean): void {
    const { memory } = this.#p;
    const now = memory.load32(SCHED.attention);
    memory.store32(SCHED.attention, on ? now | reason : now & ~reason);
  }

  /** The fuel is used up. `resumed`: 0 in a normal loop, 1 in resume code, 2 not in a loop. Returns what the code must do. */
  poll(resumed: number): number {
    const { clock, memory } = this.#p;
    if (this.#onSystem) {
      this.#grantUnits(MAX_GRANT);
      return 0;
    }
    if (this.#p.interrupted()) {
      this.#want("interrupted");
      memory.store32(CELL.unw, UNWIND.block);
      return 1;
    }
    if (clock.elapsed() <= this.#due) return this.#look(resumed);
    this.#fireTimers();
    if (this.#p.mustShrink()) {
      memory.store32(CELL.unw, UNWIND.grow);
      return 1;
    }
    const wanted = this.#p.safepoint();
    const now = clock.now();
    if (now >= this.#sliceEnd()) {
      if (this.queue.length > 0) {
        const g = this.running;
        g.status = "runnable";
        this.queue.putGlobal(g.at);
        memory.store32(CELL.unw, UNWIND.block);
        return 1;
      }
      this.#beginSlice();
    }
    this.#grant(wanted);
    const answer = this.#look(resumed);
    if (this.#settled && answer === 0) memory.storeF64(SCHED.quietUntil, Math.min(this.#p.quietUntil() * UNITS_PER_NANO, clock.elapsed() + MAX_QUIET));
    return answer;
  }

  /** When the next whole poll is due, in fuel units since the start; polls before it only look for a hot loop. */
  get #due(): number {
    return this.#p.memory.loadF64(SCHED.due);
  }

  set #due(units: number) {
    this.#p.memory.storeF64(SCHED.due, units);
  }

  /** Marking begins: the collector has its turn at polls and switches from now on. */
  attendCollector(): void {
    this.#attend(ATTENTION.collector, true);
    this.wakePolls();
  }

  /** The next whole poll may have something to do. */
  wakePolls(): void {
    this.#p.memory.storeF64(SCHED.quietUntil, 0);
  }

  /** When a poll last had nothing to do but to grant fuel, in virtual ns. */
  get lastQuietPoll(): number {
    return Math.floor(this.#p.memory.loadF64(SCHED.quietPoll) / UNITS_PER_NANO);
  }

  /** What a polled loop must do: go on, or go on in resume code. */
  #look(resumed: number): number {
    const reenter = resumed !== 2 && this.#reenter(this.#p.memory.loadU32(CELL.sp), resumed === 1);
    this.#grantUnits(this.#due - this.#p.clock.elapsed());
    return reenter ? 2 : 0;
  }

  /**
   * Whether the loop of the frame at `sp` is to go on in its resume code. A loop that has run since the last poll stays long in one
   * invocation; one that was only met by chance is optimised through its calls. Resume code that is optimised is entered again by later invocations that
   * stay: their normal code may still be that of the first tier.
   */
  #reenter(sp: number, resumed: boolean): boolean {
    const func = this.#p.sites.site(this.#p.memory.load32(sp + FRAME.state)).func;
    const optimised = func.reentries >= MAX_REENTRIES;
    this.#settled = optimised || this.#p.warm;
    if (!resumed && this.#p.isBusy(func)) return false;
    const times = this.#looks.meet(sp, func);
    if (optimised) return !resumed && times >= STAYS_AGAIN;
    if (times < STAYS) return false;
    func.reentries = func.reentries === 0 && this.#p.optimise(func) ? MAX_REENTRIES : func.reentries + 1;
    return true;
  }

  /** The current goroutine waits until somebody makes it ready. */
  park(reason: number): void {
    this.#gears.gopark(reason);
  }

  /** A waiting goroutine can run again, and does so next. */
  ready(g: Goroutine): void {
    this.#gears.goready(g.at);
  }

  /** goready where switch.ts can't: the ring is full, or the goroutine does not wait. */
  readySlowly(at: number): void {
    const g = this.at(at) ?? bug(`goready of ${at}, which is no goroutine`);
    if (g.status !== "waiting") bug(`goroutine ${g.id} is ${g.status}, not waiting`);
    g.status = "runnable";
    g.reason = 0;
    this.queue.putNext(at);
  }

  get #gears(): Machine {
    return this.#machine ?? bug("no machine");
  }

  /** The current goroutine lets others run. Go: Gosched. */
  yield(): void {
    const g = this.running;
    g.status = "runnable";
    this.queue.putGlobal(g.at);
    this.#p.memory.store32(CELL.unw, UNWIND.block);
  }

  /** The current goroutine waits for `ns`. */
  sleep(ns: number): void {
    if (ns <= 0) return this.yieldIfOthers();
    const g = this.running;
    this.timers.add({ when: this.#p.clock.now() + ns, period: 0, wake: g.at, closure: 0, owner: 0 });
    this.park(REASON.sleep);
  }

  /** What time.Sleep(0) does: nothing. */
  yieldIfOthers(): void {
    return;
  }

  /** The current goroutine stands at a command of the cell. */
  stop(command: number): void {
    this.#want({ command });
    this.#p.memory.store32(CELL.unw, UNWIND.block);
  }

  /** Something is due at `when` (virtual ns): polls no later. */
  sooner(when: number): void {
    const { clock } = this.#p;
    const units = Math.max(1, Math.ceil((when - clock.now()) * UNITS_PER_NANO));
    if (units < this.#due - clock.elapsed()) this.#grantUnits(units);
  }

  /** Calls the func() at `closure` at once on the system stack; it must not wait. */
  callSystem(closure: number): void {
    const { memory } = this.#p;
    const m = this.#gears;
    this.#system ??= this.#makeSystem();
    const g = this.#system;
    const kept = { cells: KEPT_CELLS.map((cell) => memory.load32(cell)), current: this.current, onSystem: this.#onSystem, executing: this.executing };
    const results = memory.bytes(CELL.results, 128).slice();
    if (kept.current && kept.executing) kept.current.sp = memory.loadU32(CELL.sp);
    g.sp = (kept.onSystem ? memory.load32(CELL.sp) : g.stack.hi) - START_FRAME.size;
    memory.store32(g.sp + FRAME.func, this.#helpers.start);
    memory.store32(g.sp + FRAME.state, HELPER_SITE.startReady);
    memory.storePtr(g.sp + START_FRAME.closure, closure);
    const top = g.sp + START_FRAME.size;
    this.#onSystem = true;
    this.#attend(ATTENTION.system, true);
    this.wakePolls();
    this.current = g;
    this.#load(g);
    memory.store32(CELL.stackTop, top);
    this.executing = true;
    const why = m.run();
    this.executing = kept.executing;
    if (why !== UNWIND.none) bug(`a call on the system stack unwound with ${why}`);
    this.#onSystem = kept.onSystem;
    this.#attend(ATTENTION.system, kept.onSystem);
    this.current = kept.current;
    KEPT_CELLS.forEach((cell, i) => memory.store32(cell, kept.cells[i] ?? 0));
    memory.u8.set(results, CELL.results);
  }

  /** Grants fuel until the next thing that must happen. */
  #grant(wanted: number): void {
    const { clock } = this.#p;
    const now = clock.now();
    const next = Math.min(this.timers.next, wanted, this.#sliceEnd());
    this.#grantUnits(Math.max(1, Math.min(MAX_GRANT, Math.ceil((next - now) * UNITS_PER_NANO))));
  }

  /** The next whole poll comes after so many units, looks before it. */
  #grantUnits(units: number): void {
    const { clock } = this.#p;
    this.#due = clock.elapsed() + units;
    if (!this.#settled) this.wakePolls();
    clock.grant(this.#settled ? units : Math.min(units, LOOK_GRANT));
  }

  #beginSlice(): void {
    this.#p.memory.storeF64(SCHED.sliceEnd, (this.#p.clock.now() + TIME_SLICE) * UNITS_PER_NANO);
  }

  /** When the time slice is over, in virtual nanoseconds. */
  #sliceEnd(): number {
    return this.#p.memory.loadF64(SCHED.sliceEnd) / UNITS_PER_NANO;
  }

  #fireTimers(): void {
    const now = this.#p.clock.now();
    for (let t = this.timers.due(now); t !== undefined; t = this.timers.due(now)) {
      if (t.wake === 0) this.callSystem(t.closure);
      else {
        const g = this.at(t.wake);
        if (g?.status === "waiting") this.ready(g);
      }
    }
  }

  /** Takes the next goroutine; with none, lets the collector work or the clock jump to the next timer. Go: findRunnable. */
  #next(): Goroutine | undefined {
    const { clock } = this.#p;
    for (;;) {
      if (this.#p.interrupted()) return undefined;
      this.#fireTimers();
      this.#p.switching();
      this.#attend(ATTENTION.collector, this.#p.busy());
      const picked = this.queue.pick();
      if (picked !== undefined) {
        const g = this.at(picked.item) ?? bug(`no goroutine at ${picked.item}`);
        this.current = g;
        g.status = "running";
        clock.charge(this.#p.costs.goSwitch);
        if (!picked.inherits) this.#beginSlice();
        this.#grant(Infinity);
        return g;
      }
      if (this.#p.idle()) continue;
      if (this.timers.size === 0) return undefined;
      clock.advanceTo(this.timers.next as ReturnType<Clock["now"]>);
    }
  }

  /** Lets `g` go on, and others after it, until the stack of the current one is empty or it wants something. */
  #enter(g: Goroutine): number {
    this.#load(g);
    this.executing = true;
    const why = this.#gears.run();
    this.executing = false;
    this.running.sp = this.#p.memory.loadU32(CELL.sp);
    return why;
  }

  /** Sets the machine's cells for `g`. */
  #load(g: Goroutine): void {
    const { memory } = this.#p;
    memory.store32(CELL.sp, g.sp);
    memory.store32(CELL.stackFloor, g.stack.floor);
    memory.store32(CELL.stackTop, g.stack.hi);
    memory.store32(CELL.g, g.at);
    memory.store32(CELL.unw, UNWIND.none);
  }

  #makeSystem(): Goroutine {
    const size = SYSTEM_STACK;
    const g = this.#make(this.#p.newG(), this.#p.pool.alloc(size), size, size, 0, 0, true);
    return g;
  }

  #make(at: number, lo: number, size: number, goSize: number, parent: number, site: number, system: boolean): Goroutine {
    const id = this.#newId(system);
    const dead = this.#byAddress.get(at);
    const g = Goroutine.make(this.#p.memory, { id, at, parent, site }, lo, size, goSize, dead);
    if (dead === undefined) this.#byAddress.set(at, g);
    return g;
  }

  /** Main is 1; the next ones belong to Go's own goroutines. */
  #newId(system: boolean): number {
    const { memory } = this.#p;
    const id = memory.loadU32(SCHED.nextId);
    memory.store32(SCHED.nextId, id === 1 && !system ? FIRST_USER_ID : id + 1);
    return system ? -1 - id : id;
  }

  /** State outside linear memory, for a snapshot. */
  save(): SchedulerState {
    return {
      timers: this.timers.save(), all: this.all.map((g) => g.save()),
    };
  }

  /** Back to what `save` gave; the caller has restored memory. */
  restore(state: SchedulerState): void {
    this.#byAddress.clear();
    this.#last = undefined;
    for (const saved of state.all) {
      const g = Goroutine.restore(this.#p.memory, saved);
      this.#byAddress.set(g.at, g);
    }
    // Those whose structures a go statement will take again, without asking.
    for (const at of this.#dead()) this.#byAddress.set(at, Goroutine.restore(this.#p.memory, { at, defers: [], panics: [] }));
    if (this.#system) this.#byAddress.set(this.#system.at, this.#system);
    this.timers.restore(state.timers);
    this.#want("switch");
    this.main = this.all.find((g) => g.id === 1);
  }
}

/** State of the scheduler at a moment. */
export interface SchedulerState {
  readonly timers: ReturnType<Timers["save"]>;
  readonly all: readonly SavedGoroutine[];
}

/** Numbers goroutines in order of creation: the runtime's own have negative ids. */
const birth = (id: number): number => (id < 0 ? -1 - id : id);

/** Cells that a call on the system stack must leave as they were. */
const KEPT_CELLS = [CELL.sp, CELL.lim, CELL.unw, CELL.g, CELL.stackFloor, CELL.stackTop, CELL.nativeFloor];
const SYSTEM_STACK = 65536;
/** With one processor the first goroutine of a program is number 6 or more: Go's own come first (forcegc, bgsweep, scavenger, finalizer). */
const FIRST_USER_ID = 6;
