/**
 * The collector: the phases of a cycle, advanced on the virtual clock by whoever has time (assists, background workers, a forced
 * collection), so that it is truly concurrent with the program.
 *
 *   off → start(): stop, finish sweeping, roots prepared, barrier on → mark: drain() from assists and workers → markDone(): stop,
 *   barrier off, lists change roles → off, while sweep.ts sweeps.
 *
 * Marking is mark.ts (or its WebAssembly twin), the arithmetic pacer.ts. The scheduler calls `background` when it looks for work.
 *
 * Go: GOROOT/src/runtime/mgc.go (gcStart, gcMarkDone, gcMarkTermination), mgcmark.go (gcDrain).
 */
import { CELL } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { type Nanos, nanos } from "../../base/units.ts";
import type { CycleRecord } from "../../record/cycle.ts";
import type { Recorder } from "../../record/recorder.ts";
import type { Clock } from "../clock.ts";
import type { Costs } from "../cost.ts";
import { type Heap, HEAP_CELL, PAGE_SIZE } from "../heap/index.ts";
import { Assists } from "./assist.ts";
import { Barrier } from "./barrier.ts";
import { Drain } from "./drain.ts";
import { Limiter } from "./limiter.ts";
import { Marker, type MarkLoop } from "./mark.ts";
import { type MappedMemory, NO_LIMIT, Pacer } from "./pacer.ts";
import { Roots } from "./roots.ts";
import { Specials, type SpecialsState } from "./specials.ts";
import { Sweep } from "./sweep.ts";
import { flushSwept } from "./swept.ts";
import type { World } from "./world.ts";

/** A fractional worker stops itself at this multiple of its share. */
const FRACTION_SLACK = 1.2;
/** A mark phase that nobody shares is all of a fractional worker if it is so short. Go checks its share every 100,000 bytes of work. */
const SHORT_MARK = 200e3;
/** Share of the processors that background workers take. */
const BACKGROUND_SHARE = 0.25;
/** Spans that the background sweeper sweeps before it lets others run. Go: sweepBatchSize. */
const SWEEP_BATCH = 10;
/** Without a collection for so long, one starts. Go: forcegcperiod. */
const FORCE_PERIOD = 120e9;
/**
 * Bytes that Go maps for each span beside its pages: descriptor, mark bits, page summaries. Solved, together with 3.6 MB that do not grow,
 * from the first goals of two oracle programs under a memory limit (garbage_small, list_growth).
 */
const SPAN_METADATA = 225;
/** A goroutine runs so long before others, and background workers, get a turn. Go: forcePreemptNS. */
const TIME_SLICE = 10e6;
/** The heap is recorded each time it has changed by this much, or by 1/64 of the goal if that is more. */
const SAMPLE_STEP = 64 << 10;
const WHY = { heap: 0, forced: 1, time: 2 } as const;

/** Settings of a collector. */
export interface CollectorSettings {
  readonly gogc: number;
  readonly memoryLimit: number;
  /** Bytes that a real process has mapped besides heap and stacks and that don't grow with them; 3.6 MB for a plain one. A model. */
  readonly otherMapped: number;
  /** Stress: an assist or a worker does only about so much work at a time, so that mark phases are long. */
  readonly markStep?: number;
}

type AtStart = Pick<
  CycleRecord, "goalAtStart" | "heapScanAtStart" | "assistRatio" | "expectedWork" | "dedicatedWorkers" | "fractionalUtilization"
>;

/** What a snapshot keeps of a collector. */
export interface CollectorState {
  readonly pacer: Record<string, number | number[]>;
  readonly specials: SpecialsState;
  readonly limiter: readonly number[];
  readonly own: readonly number[];
  readonly numbers: readonly number[];
}

/** The collector of one process. */
export class Collector {
  readonly pacer: Pacer;
  readonly marker: Marker;
  readonly barrier: Barrier;
  readonly assists: Assists;
  readonly sweep: Sweep;
  readonly specials: Specials;
  /** Finished cycles, oldest first. */
  readonly cycles: CycleRecord[] = [];
  /** True between start and mark termination. */
  marking = false;
  /** Cycles started. */
  started = 0;
  forcedCycles = 0;
  pauseTotal = 0;
  lastEnd = 0;
  /** Called when a cycle has ended; the process prints gctrace here if it is asked to. */
  onCycle: (cycle: CycleRecord) => void = () => undefined;
  /** Called once, when the first cycle starts: the runtime allocates its mark workers. */
  beforeFirstCycle: () => void = () => undefined;
  /** Called each time marking begins: from now on the scheduler must let the collector have its turns. */
  beforeMark: () => void = () => undefined;
  /** When a poll last passed that the scheduler has kept from `background`, in virtual ns. */
  lastQuietPoll: () => number = () => 0;
  readonly #heap: Heap;
  readonly #clock: Clock;
  readonly #costs: Costs;
  readonly #world: World;
  readonly #recorder: Recorder;
  readonly #settings: CollectorSettings;
  readonly #loop: MarkLoop;
  readonly #roots: Roots;
  readonly #drain: Drain;
  readonly #limiter: Limiter;
  #why: CycleRecord["why"] = "heap";
  #sweepTermAt = nanos(0);
  #markAt = nanos(0);
  #heapStart = 0;
  #trigger = 0;
  #atStart: AtStart = { goalAtStart: 0, heapScanAtStart: 0, assistRatio: 0, expectedWork: 0, dedicatedWorkers: 0, fractionalUtilization: 0 };
  #fractionalTime = 0;
  #dedicatedTime = 0;
  #gcTime = 0;
  #sweptReported = true;
  /** True while the first cycle makes its workers. */
  #starting = false;
  /** When the background last had its turn, and when other processors were last looked after. */
  #lastTurn = 0;
  #lastLook = 0;

  constructor(heap: Heap, clock: Clock, costs: Costs, world: World, recorder: Recorder, settings: CollectorSettings, loop?: (m: Marker) => MarkLoop) {
    this.#heap = heap;
    this.#clock = clock;
    this.#costs = costs;
    this.#world = world;
    this.#recorder = recorder;
    this.#settings = settings;
    this.pacer = new Pacer(settings.gogc, settings.memoryLimit, () => this.mapped(), new Float64Array(heap.memory.wasm.buffer, HEAP_CELL.live, 2));
    this.marker = new Marker(heap);
    this.#loop = loop?.(this.marker) ?? this.marker;
    this.barrier = new Barrier(heap, this.#loop);
    this.specials = new Specials(heap, {
      shade: (p) => {
        if (this.marking) this.#loop.shade(p);
      },
      drain: () => 0,
    });
    this.#roots = new Roots(world, this.#loop, heap.memory, this.specials);
    this.#limiter = new Limiter(world.procs);
    this.#drain = new Drain({
      marker: this.marker, loop: this.#loop, barrier: this.barrier, roots: this.#roots, pacer: this.pacer, costs, step: settings.markStep ?? Infinity,
    });
    this.sweep = new Sweep(heap, () => this.pacer.heapLive, {
      swept: (span, freed, bytes, live) => {
        clock.charge(costs.sweepSpan);
        if (freed > 0) recorder.add("sweepSpan", clock.now(), span, freed, bytes, live);
      },
      specials: (span) => this.specials.beforeSweep(span),
    });
    this.assists = new Assists(heap.memory, this.pacer, {
      drain: (work) => this.#assistWork(work),
      limiting: () => this.#limits(),
      markDone: () => this.#markDone(),
      now: () => clock.now(),
      assisted: (g, work, time) => {
        this.#limiter.assisted(time);
        recorder.add("assist", clock.now(), g, work, time);
      },
    });
    heap.ports = {
      account: { update: (live, scan) => this.#account(live, scan) },
      sweeper: this.sweep,
      testTrigger: () => this.testTrigger(),
      flushSwept: () => flushSwept(heap.memory, recorder),
      spanTaken: () => this.#scavenge(),
    };
    recorder.before = heap.ports.flushSwept;
    this.#tellRefill();
  }

  /** Memory that is mapped, for the limit and for MemStats. Bytes. */
  mapped(): MappedMemory {
    const { pages, stats } = this.#heap;
    return {
      mappedReady: (pages.grown - pages.releasedPages) * PAGE_SIZE + this.#settings.otherMapped + stats.spans * SPAN_METADATA,
      heapFree: pages.freeRetained * PAGE_SIZE,
      heapAlloc: stats.totalAlloc - stats.totalFree,
    };
  }

  /** After an allocation that took a span: starts a cycle if the heap has reached the trigger. */
  testTrigger(): void {
    if (!this.marking && !this.#starting && this.pacer.heapLive >= this.pacer.trigger()) this.#start("heap");
  }

  /** runtime.GC: finishes the running cycle, runs a whole one and sweeps everything, so that what is unreachable is freed. */
  collect(): void {
    if (this.marking) this.finishMark();
    this.#start("forced");
    this.finishMark();
    this.sweep.finish();
    this.#reportSwept();
  }

  /** Keeps objects of the runtime itself alive for good. */
  keep(objects: readonly number[]): void {
    this.#roots.own.push(...objects);
  }

  /** One of the runtime's own objects takes the place of another (0: of none), which may go. */
  replaceOwn(old: number, fresh: number): void {
    const at = this.#roots.own.indexOf(old);
    if (at >= 0) this.#roots.own[at] = fresh;
    else this.#roots.own.push(fresh);
  }

  /** Starts a cycle now and returns while it marks: for stepping through one. Does nothing while a cycle runs. */
  begin(): void {
    if (!this.marking) this.#start("forced");
  }

  /** Marks for about `work` bytes of scan work and ends the mark phase if that was all; returns whether the phase goes on. */
  step(work: number): boolean {
    if (!this.marking) return false;
    this.#assistWork(work);
    this.#markDone();
    return this.marking;
  }

  /** Marks until the running cycle's mark phase is over. */
  finishMark(): void {
    const start = this.#clock.now();
    while (this.marking && !this.#drain.done()) {
      this.#assistWork(Infinity);
      if (this.#settings.markStep === undefined) break;
    }
    // Nobody else runs: a fractional worker takes its share, idle ones the rest.
    const time = this.#clock.now() - start;
    const fractional = time < SHORT_MARK ? time : time * BACKGROUND_SHARE * FRACTION_SLACK;
    this.#fractionalTime += fractional;
    this.#bookIdle(time - fractional);
    this.#markDone();
  }

  /**
   * The scheduler looks for work. `idle`: no goroutine could run. Runs a mark worker for its share, or sweeps a batch; returns whether
   * it did anything. Time passes on the clock. A goroutine that goes on running is not disturbed before its time slice is over, as in Go;
   * `switching` says that another one is about to run.
   */
  background(idle: boolean, switching = idle): boolean {
    const now = this.#clock.now();
    if (this.marking && this.#world.procs > 1) this.#otherProcessors(now - Math.max(this.#lastLook, this.lastQuietPoll(), this.#markAt));
    this.#lastLook = now;
    if (!switching && now - this.#lastTurn < TIME_SLICE) return false;
    const done = this.#turn(idle);
    this.#lastTurn = this.#clock.now();
    return done;
  }

  /** Until when `background` has nothing to do at a poll but to note the time, unless marking begins or there are more processors; 0 if it has. */
  quietUntil(): number {
    return this.marking && this.#world.procs > 1 ? 0 : this.#lastTurn + TIME_SLICE;
  }

  /** Whether assists are switched off for now: the collector has had half of the processor for a second. */
  #limits(): boolean {
    this.#limiter.update(this.#clock.now(), true);
    return this.#limiter.limiting;
  }

  #turn(idle: boolean): boolean {
    if (this.marking) return this.#worker(idle);
    if (!this.sweep.active) return this.#timed();
    for (let i = 0; i < SWEEP_BATCH; i++) if (this.sweep.sweepOne() < 0) break;
    if (!this.sweep.active) this.#reportSwept();
    return true;
  }

  /** debug.SetGCPercent: a new percentage from now on. */
  setGogc(percent: number): void {
    this.pacer.setGogc(percent);
    this.#commit();
    if (percent < 0 && this.marking) this.finishMark();
  }

  /** debug.SetMemoryLimit. */
  setMemoryLimit(limit: number): void {
    this.pacer.memoryLimit = limit;
    this.#commit();
  }

  /** debug.FreeOSMemory: a forced collection, then every free page is released. */
  freeOSMemory(): void {
    this.collect();
    this.#heap.pages.flushCache();
    this.#heap.pages.release(Infinity);
  }

  /** Settles the cache's accounts and forgets the tiny block, as ReadMemStats does in Go. */
  flush(): void {
    this.#heap.cache.releaseAll(this.#heap.ports.account, (s) => this.sweep.sweepStale(s));
  }

  /** Whether single objects are recorded: grey, black, barrier. Marking then takes the reference loop. */
  setDetailed(on: boolean): void {
    this.#recorder.detailed = on;
    const { memory } = this.#heap;
    memory.i32[HEAP_CELL.slow >>> 2] = (memory.i32[HEAP_CELL.slow >>> 2]! & 1) | (on ? 2 : 0);
    const add = (kind: "grey" | "black" | "barrier", a: number, b: number, c: number, d = 0): void =>
      this.#recorder.add(kind, this.#clock.now(), a, b, c, d);
    this.marker.listener = on
      ? { grey: (object, by) => add("grey", object, this.started, by), black: (object) => add("black", object, this.started, 0) }
      : undefined;
    this.barrier.listener = on ? (slot, old, value) => add("barrier", slot, old, value, memory.u32[CELL.g >>> 2]) : undefined;
  }

  #account(live: number, scan: number): void {
    const { pacer } = this;
    pacer.update(live, scan, this.marking);
    const { f64 } = this.#heap.memory;
    const step = Math.max(SAMPLE_STEP, pacer.percentGoal === Infinity ? pacer.heapLive / 64 : pacer.percentGoal / 64);
    if (Math.abs(pacer.heapLive - f64[HEAP_CELL.sampled >>> 3]!) < step) return;
    f64[HEAP_CELL.sampled >>> 3] = pacer.heapLive;
    const { pages, stats } = this.#heap;
    this.#recorder.add(
      "heap", this.#clock.now(), pacer.heapLive, stats.heapPages * PAGE_SIZE, pages.grown * PAGE_SIZE, finite(pacer.heapGoal()), finite(pacer.trigger()),
      stats.stackPages * PAGE_SIZE,
    );
  }

  /** With a memory limit: gives free pages back as far as mapped memory is over it. Go: the scavenging in mheap.allocSpan. */
  #scavenge(): void {
    if (this.pacer.memoryLimit === NO_LIMIT) return;
    const over = this.mapped().mappedReady - this.pacer.memoryLimit;
    if (over > 0) this.#heap.pages.release(Math.ceil(over / PAGE_SIZE));
  }

  /** Share of all processor time since the start that the collector took. */
  get gcFraction(): number {
    const total = this.#clock.now() * this.#world.procs;
    return total === 0 ? 0 : Math.min(1, this.#gcTime / total);
  }

  /** State outside linear memory, for a snapshot between two cycles' mark phases. */
  save(): CollectorState {
    if (this.marking) bug("a snapshot while marking");
    return {
      pacer: this.pacer.save(),
      specials: this.specials.save(),
      limiter: this.#limiter.save(),
      own: [...this.#roots.own],
      numbers: [this.started, this.forcedCycles, this.pauseTotal, this.lastEnd, this.#gcTime, this.cycles.length, this.#sweptReported ? 1 : 0],
    };
  }

  /** Back to what `save` gave; the caller has restored memory and heap. Cycles since then are forgotten. */
  restore(state: CollectorState): void {
    this.#setMarking(false);
    this.pacer.restore(state.pacer);
    this.specials.restore(state.specials);
    this.#limiter.restore(state.limiter);
    this.#roots.own.splice(0, this.#roots.own.length, ...state.own);
    const [started = 0, forced = 0, pauses = 0, lastEnd = 0, gcTime = 0, cycles = 0, reported = 1] = state.numbers;
    this.started = started;
    this.forcedCycles = forced;
    this.pauseTotal = pauses;
    this.lastEnd = lastEnd;
    this.#gcTime = gcTime;
    this.cycles.length = cycles;
    this.#sweptReported = reported === 1;
    this.assists.reset();
  }

  #timed(): boolean {
    if (this.pacer.gogc < 0 || this.lastEnd === 0 || this.#clock.now() - this.lastEnd <= FORCE_PERIOD) return false;
    this.#start("time");
    return true;
  }

  #start(why: CycleRecord["why"]): void {
    while (this.#triggered(why) && this.sweep.sweepOne() >= 0);
    this.#starting = true;
    if (this.started === 0) this.beforeFirstCycle();
    this.#starting = false;
    this.#reportSwept();
    this.#why = why;
    this.#trigger = this.pacer.trigger();
    this.#heapStart = this.pacer.heapLive;
    this.#sweepTermAt = this.#clock.now();
    this.#emitPhase(0);
    this.sweep.finish();
    this.#world.clearPools();
    this.started++;
    this.#limiter.update(this.#sweepTermAt, false);
    this.#fractionalTime = 0;
    this.#dedicatedTime = 0;
    this.marker.reset();
    this.assists.reset();
    this.pacer.startCycle(this.#world.procs, why === "time");
    this.#atStart = {
      goalAtStart: this.pacer.heapGoal(),
      heapScanAtStart: this.pacer.heapScan,
      assistRatio: this.pacer.assistWorkPerByte,
      expectedWork: this.pacer.lastHeapScan + this.pacer.lastStackScan + this.pacer.globalsScan,
      dedicatedWorkers: this.pacer.dedicatedWorkers,
      fractionalUtilization: this.pacer.fractionalUtilization,
    };
    this.#roots.prepare(this.pacer.globalsScan);
    this.beforeMark();
    this.#setMarking(true);
    this.#loop.shade(this.#heap.memory.u32[HEAP_CELL.tiny >>> 2]!);
    this.#clock.charge(this.#costs.stopTheWorld);
    this.#markAt = this.#clock.now();
    this.#recorder.add(
      "gcStart", this.#sweepTermAt, this.started, this.#heapStart, finite(this.#trigger), finite(this.pacer.heapGoal()), WHY[why], this.pacer.maxStackScan,
    );
    this.#pause(0, this.#markAt - this.#sweepTermAt);
    this.#emitPhase(1);
  }

  #triggered(why: CycleRecord["why"]): boolean {
    return why !== "heap" || this.pacer.heapLive >= this.pacer.trigger();
  }

  #setMarking(on: boolean): void {
    this.marking = on;
    const m = this.#heap.memory;
    m.i32[CELL.writeBarrier >>> 2] = on ? 1 : 0;
    const slow = m.i32[HEAP_CELL.slow >>> 2]!;
    m.i32[HEAP_CELL.slow >>> 2] = on ? slow | 1 : slow & ~1;
  }

  /** Mark work of a goroutine for about `work` bytes; it pays with its time. Returns the work. */
  #assistWork(work: number): number {
    const done = this.#drain.assist(work);
    this.#pay();
    return done;
  }

  /** Lets the time of mark work pass on the clock. */
  #pay(): void {
    const ns = this.#drain.takeSpent();
    this.#clock.charge(ns);
    this.#gcTime += ns;
  }

  /** A background worker on the only processor: for its share of the time, or while nobody else can run. */
  #worker(idle: boolean): boolean {
    const start = this.#clock.now();
    const share = this.pacer.fractionalUtilization;
    const elapsed = (): number => Math.max(1, this.#clock.now() - this.#markAt);
    if (!idle && (share === 0 || this.#fractionalTime / elapsed() > share)) return false;
    this.assists.backgroundCredit += this.#drain.worker(() => {
      this.#pay();
      if (idle) return this.#world.hasRunnable();
      return (this.#fractionalTime + this.#clock.now() - start) / elapsed() > FRACTION_SLACK * share;
    });
    this.#pay();
    const time = this.#clock.now() - start;
    if (idle) this.#bookIdle(time);
    else this.#fractionalTime += time;
    this.#markDone();
    return true;
  }

  /**
   * Background workers on the other processors, in `since` nanoseconds that have passed: dedicated ones, and idle ones on processors that
   * have nothing else to do (one runs the program). Their time does not delay it.
   */
  #otherProcessors(since: number): void {
    const { procs } = this.#world;
    const others = procs - 1;
    const budget = since * others;
    let used = 0;
    this.assists.backgroundCredit += this.#drain.worker(() => (used += this.#drain.takeSpent()) >= budget);
    used += this.#drain.takeSpent();
    this.#gcTime += used;
    const dedicated = Math.min(used, since * this.pacer.dedicatedWorkers);
    this.#dedicatedTime += dedicated;
    this.#bookIdle(used - dedicated);
    this.#markDone();
  }

  /** Time of idle workers is no loss, so it isn't part of the collector's share of the processors. */
  #bookIdle(time: number): void {
    this.pacer.idleTime += time;
    this.#gcTime -= time;
  }

  /** Ends the mark phase if nothing is left to mark. Go: gcMarkDone, gcMarkTermination. */
  #markDone(): void {
    if (!this.marking || !this.#drain.done()) return;
    const { pacer, sweep } = this;
    const markTermAt = this.#clock.now();
    this.#limiter.update(markTermAt, true);
    this.#emitPhase(2);
    this.#clock.charge(this.#costs.stopTheWorld);
    this.#world.markTerminated();
    this.#setMarking(false);
    this.assists.end();
    const consMark = pacer.consMark;
    pacer.endCycle(markTermAt - this.#sweepTermAt, this.#world.procs);
    const heapEnd = pacer.heapLive;
    const marked = this.marker.bytesMarked;
    this.#heap.memory.i32[HEAP_CELL.scanAlloc >>> 2] = 0;
    pacer.resetLive(marked);
    sweep.begin();
    this.#sweptReported = false;
    this.#commit();
    const endAt = this.#clock.now();
    this.#pause(2, endAt - markTermAt);
    this.flush();
    this.#finishRecord({ markTermAt, endAt, heapEnd, marked, consMark });
  }

  #finishRecord(end: { markTermAt: Nanos; endAt: Nanos; heapEnd: number; marked: number; consMark: number }): void {
    const { pacer } = this;
    this.lastEnd = end.endAt;
    if (this.#why === "forced") this.forcedCycles++;
    const cycle: CycleRecord = {
      number: this.started,
      why: this.#why,
      sweepTermAt: this.#sweepTermAt,
      markAt: this.#markAt,
      markTermAt: end.markTermAt,
      endAt: end.endAt,
      heapStart: this.#heapStart,
      heapEnd: end.heapEnd,
      heapMarked: end.marked,
      trigger: this.#trigger,
      goal: pacer.lastHeapGoal,
      stackScan: pacer.lastStackScan,
      globalsScan: pacer.globalsScan,
      heapScanWork: pacer.lastHeapScan,
      ...this.#atStart,
      utilization: BACKGROUND_SHARE + pacer.assistTime / Math.max(1, (end.markTermAt - this.#sweepTermAt) * this.#world.procs),
      consMark: end.consMark,
      assistTime: pacer.assistTime,
      dedicatedTime: this.#dedicatedTime,
      fractionalTime: this.#fractionalTime,
      idleTime: pacer.idleTime,
      gcFraction: this.gcFraction,
      procs: this.#world.procs,
    };
    this.cycles.push(cycle);
    this.#recorder.add(
      "gcEnd", end.endAt, cycle.number, cycle.heapEnd, cycle.heapMarked, cycle.heapScanWork, pacer.stackScanWork, pacer.globalsScanWork,
    );
    this.#emitPhase(3);
    this.onCycle(cycle);
  }

  /** The pacer's goal and the sweeper's pace for what comes next. Go: gcControllerCommit. */
  #commit(): void {
    this.pacer.commit(!this.sweep.active);
    if (this.marking) this.pacer.revise();
    this.sweep.pace(this.pacer.trigger());
    this.#tellRefill();
  }

  /** What heap/refill.ts must know: when it has to ask. Only without a goal and with a memory limit does that depend on more than the live heap. */
  #tellRefill(): void {
    const { f64, i32 } = this.#heap.memory;
    const { percentGoal, memoryLimit } = this.pacer;
    f64[HEAP_CELL.trigger >>> 3] = percentGoal === Infinity ? 0 : this.pacer.trigger();
    f64[HEAP_CELL.sampleStep >>> 3] = percentGoal === Infinity ? 0 : Math.max(SAMPLE_STEP, percentGoal / 64);
    i32[HEAP_CELL.noRefill >>> 2] = Number(memoryLimit !== NO_LIMIT);
  }

  /** The sweep phase of the last cycle is over: says what it freed. */
  #reportSwept(): void {
    if (this.#sweptReported) return;
    this.#sweptReported = true;
    const { sweep, pacer } = this;
    this.#recorder.add("gcSwept", this.#clock.now(), this.started, sweep.freedBytes, sweep.freedObjects, finite(pacer.heapGoal()), finite(pacer.trigger()));
    this.#emitPhase(4);
  }

  #pause(kind: number, length: number): void {
    this.pauseTotal += length;
    this.#gcTime += length * this.#world.procs;
    this.#recorder.add("pause", this.#clock.now(), kind, length, this.started);
  }

  #emitPhase(phase: number): void {
    this.#recorder.add("gcPhase", this.#clock.now(), this.started + (phase === 0 ? 1 : 0), phase, this.pacer.heapLive);
  }
}

/** What stands for no goal in records: 0. Without a goal by GOGC or a limit Go's is near the largest int64. */
const finite = (n: number): number => (n > NO_GOAL ? 0 : n);
const NO_GOAL = 2 ** 60;
